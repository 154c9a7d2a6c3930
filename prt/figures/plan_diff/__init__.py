"""What is another between two plans: only what they mean, not how they are written.

Comments, the order of keys and quotation marks are not seen here at all: plans are compared, not files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from prt.figures.plan_diff.change import Aim, Change, Changes, Effect, How, Number, Seen
from prt.figures.plan_diff.effect import with_effects
from prt.figures.plan_diff.match import Matches, match
from prt.figures.plan_diff.structure import (
    amendment_changes,
    indicator_changes,
    selection_changes,
    structure_changes,
    vocabulary_changes,
    word_changes,
    year_changes,
)
from prt.model.plan import Plan
from prt.model.view import Data

__all__ = ["Aim", "Change", "Effect", "How", "Matches", "Number", "Seen", "match", "plan_diff"]


def plan_diff(
    before: Plan,
    after: Plan,
    rows: Callable[[], tuple[Data, Data]] | None = None,
    today: dt.date = dt.date.min,
) -> list[Change]:
    """Every change, in the order of a plan; empty where both plans mean the same.

    With `rows`, which gives those of the year as each of the two plans reads them, also what would become of
    the figures of the periods that are over `today`. They are asked for only if anything changed.
    """
    matches = match(before, after)
    changes = list(differences(before, after, matches))
    if rows is None or not changes:
        return changes
    return with_effects(changes, matches, (before, after), rows(), today)


def differences(before: Plan, after: Plan, matches: Matches) -> Changes:
    yield from year_changes(before, after)
    yield from vocabulary_changes(before.vocabularies, after.vocabularies)
    yield from word_changes("acronym", before.acronyms, after.acronyms, "acronym")
    yield from selection_changes(before.selections, after.selections)
    yield from structure_changes(before, after, matches)
    for old, new in matches.indicators:
        yield from indicator_changes(old, new)
    yield from amendment_changes(before, after)
