"""The indicators with their rules and targets, and the figures of each window."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from prt.figures.evaluate import Evaluation, Result
from prt.model.base import Base
from prt.model.measures import Measure
from prt.model.plan import Target
from prt.model.selections import Condition, Selection
from prt.model.text import LANGUAGES
from prt.output.package.data_table import DataField, DataTable, ForeignKey
from prt.output.package.team_edition import TeamEdition
from prt.output.words import Words

PROJECT = (DataField("project", "string", "Name of the project"), DataField("year", "string", "Plan year"))
INDICATOR_FIELDS = (
    *PROJECT,
    DataField("id", "string", "Id of the indicator"),
    DataField("volet", "string", "Id of its volet"),
    DataField("line", "string", "Id of its line"),
    DataField("label_en", "string", "Label in English"),
    DataField("label_fr", "string", "Label in French"),
    DataField("kind", "string", "Kind of its measure"),
    DataField("unit", "string", "%, h, a unit that the plan names, or empty"),
    DataField(
        "part_by", "string", "How facts make the part: sum, median, distinct, event, latest or members"
    ),
    DataField(
        "whole_by",
        "string",
        "How the whole is made: sum, count (of parts), distinct, anyone or members; empty: none",
    ),
    DataField("rule_en", "string", "Its rule in English"),
    DataField("rule_fr", "string", "Its rule in French"),
    DataField(
        "bound",
        "string",
        "at_least, at_most, exactly, between, due; of one that is not judged by the year each_period, "
        "more_than_last_year or to_be_set; empty: no target",
    ),
    DataField("target", "number", "The number of the target, the lower of two"),
    DataField("target_to", "number", "The higher of two"),
    DataField("due", "date", "The day a target is due, or is to be set"),
    DataField("definition", "string", "Digest of the rule: add only equal ones; empty if it names somebody"),
    DataField("plan_updated", "date", "Day the plan was last changed, as it says"),
)
FIGURE_FIELDS = (
    *PROJECT,
    DataField("indicator", "string", "Id of the indicator"),
    DataField("window", "string", "to_date, or the number of a period"),
    DataField("from", "date", "Its first day"),
    DataField("to", "date", "Its last day, or the day that figures stop at"),
    DataField("value", "number", "The figure; a percentage is a fraction of 1"),
    DataField("part", "number", "Its part"),
    DataField("whole", "number", "Its whole"),
    DataField("absent", "string", "Why there is none: no_data, not_computable or withheld"),
    DataField("status", "string", "Status of the target"),
    DataField("expected", "number", "What the target asks for by then"),
    DataField("as_of", "date", "The day that figures stop at"),
)
OF_INDICATOR = (ForeignKey("indicator", "indicators", "id"),)


def indicator_tables(edition: TeamEdition, project: str) -> Iterator[DataTable]:
    evaluation = edition.evaluation
    year, words = evaluation.plan.year, words_of_both(evaluation)
    lines = [(project, year, *indicator_line(edition, one, words)) for one in evaluation.results]
    yield DataTable("indicators.csv", INDICATOR_FIELDS, lines, ("id",))
    figures = [(project, year, *line) for one in evaluation.results for line in figure_lines(evaluation, one)]
    yield DataTable("figures.csv", FIGURE_FIELDS, figures, ("indicator", "window"), OF_INDICATOR)


def words_of_both(evaluation: Evaluation) -> list[Words]:
    return [Words(language, evaluation.plan, evaluation.data.organisations) for language in LANGUAGES]


def indicator_line(edition: TeamEdition, result: Result, words: Iterable[Words]) -> Sequence[Any]:
    measure, label, plan = result.measure, result.indicator.label, edition.evaluation.plan
    rules = [measure.sentence(say) for say in words]
    told = [edition.rule(one) for one in rules]
    return (
        result.handle,
        result.volet.id,
        result.line.id,
        *(label.to(language) for language in LANGUAGES),
        measure.kind,
        measure.unit,
        measure.part_by,
        measure.whole_by,
        *told,
        *target_cells(result.promised),
        definition_digest(measure, result.handle, plan.selections) if told == rules else None,
        plan.updated,
    )


def target_cells(target: Target | None) -> Sequence[Any]:
    """Its bound, its number or two, its due date."""
    if target is None:
        return None, None, None, None
    if target.due or target.to_be_set:
        return target.aim, None, None, target.due or target.to_be_set
    if not target.has_number:
        return target.aim, Fraction(getattr(target, target.aim)), None, None
    lower = target.upper if target.lower is None else target.lower
    return target.aim, Fraction(lower), Fraction(target.upper) if target.between else None, None


def definition_digest(measure: Measure, indicator_id: str, named: Mapping[str, Selection]) -> str:
    """Of what a figure is: the same for two plans that call their selections and indicators otherwise, and
    however they break it down."""
    rows = [plain_rule(one, named) for one in measure.reads(indicator_id)]
    text = json.dumps([plain_rule(measure, named), rows], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def plain_rule(value: Any, named: Mapping[str, Selection]) -> Any:
    """A piece of a plan as JSON, its names resolved; what is asked of a row in one order."""
    if isinstance(value, Selection):
        flat = value.flat(named)
        return [flat.log, sorted([name, plain_rule(one, named)] for name, one in flat.conditions), flat.when]
    if isinstance(value, Condition):
        return json.dumps({name: plain_condition(one) for name, one in value.items() if one is not None})
    if isinstance(value, Base):
        told = {name: one for name, one in value.items() if name != "split_by" and one is not None}
        return [type(value).__name__, {name: plain_rule(one, named) for name, one in told.items()}]
    if isinstance(value, Mapping):
        return {name: plain_rule(one, named) for name, one in value.items()}
    if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], Selection):
        return plain_rule(value[0], named)  # the digest of a definition does not change with prt
    if isinstance(value, (tuple, list)):
        return [plain_rule(one, named) for one in value]
    return value if isinstance(value, (bool, int, str)) else str(value)


def plain_condition(value: Any) -> Any:
    return sorted(value) if isinstance(value, tuple) else value


def figure_lines(evaluation: Evaluation, result: Result) -> Iterator[Sequence[Any]]:
    """The figure of each period begun, and to date with its status."""
    first, last = result.view.window.first, evaluation.cut_off
    for (period, window), figure in zip(evaluation.windows, result.periods, strict=True):
        if figure is not None:
            yield window_line(result.handle, str(period.id), window.first, window.last, figure, last)
    status = (result.status.code, result.expected)
    yield window_line(result.handle, "to_date", first, last, result.to_date, last, *status)


def window_line(
    handle: str,
    window: str,
    first: dt.date,
    last: dt.date,
    figure: Any,
    as_of: dt.date,
    status: str | None = None,
    expected: Fraction | None = None,
) -> Sequence[Any]:
    part, whole = (None, None) if figure.whole is None else (figure.part, figure.whole)
    return handle, window, first, last, figure.value, part, whole, figure.absent, status, expected, as_of
