"""All the rules of a plan, one subject after the other."""

from __future__ import annotations

from collections.abc import Iterator

from prt.model.cells import Known
from prt.model.plan import Plan
from prt.model.rules.measures import measure_rules
from prt.model.rules.own_columns import own_column_rules
from prt.model.rules.rule import Rule
from prt.model.rules.selections import selection_rules
from prt.model.rules.targets import Written, figure_rules, target_rules
from prt.model.rules.texts import text_rules
from prt.model.rules.words import amendment_rules, id_rules, vocabulary_rules
from prt.model.rules.year import year_rules


def plan_rules(plan: Plan, known: Known, written: Written = lambda path: "") -> Iterator[Rule]:
    """Every mistake that pydantic cannot know, but names of organisations: see `organisation_rules`.

    `written` gives the source text at a path, where there is a file.
    """
    yield from year_rules(plan)
    yield from vocabulary_rules(plan)
    yield from own_column_rules(plan)
    yield from selection_rules(plan, known)
    yield from id_rules(plan)
    yield from amendment_rules(plan)
    yield from measure_rules(plan)
    yield from target_rules(plan, written)
    yield from figure_rules(plan)
    yield from text_rules(plan)
