"""Which questions `prt log` asks for one row: what the log needs, and what the plan's measures read of it.

No id of a plan stands here: line 1.1 is asked for a category because a measure of line 1.1 counts categories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from typing import Any

from prt.figures.entering import has_post
from prt.model.cells import IndicatorCell, Known, LineCell, choices_text
from prt.model.columns import Column, LogRecord
from prt.model.measures import Measure
from prt.model.plan import Indicator, Line, Plan, handle
from prt.model.records import LOGS, TypedFigure
from prt.model.rows import Row, may_be
from prt.model.selections import Flat, Selection, is_empty, log_of
from prt.values import dataclass

Values = Mapping[str, Any]
OF_PLAN = (LineCell, IndicatorCell)
"""Cells that name a part of the plan: offered are only the parts that read the log."""
POST = frozenset({"role", "board"})


@dataclass(frozen=True)
class Question:
    """One question; its answer fills one column, or several with a number each. It is `needed` where another
    answer made it so: without a person a row says which role and board."""

    columns: tuple[Column, ...]
    needed: bool = False

    @property
    def required(self) -> bool:
        return self.needed or all(column.required for column in self.columns)

    @property
    def key(self) -> str:
        return self.columns[0].name


def questions(
    model: type[LogRecord], plan: Plan, known: Known, values: Values, *, planned: bool, posted: bool
) -> list[Question]:
    """The questions for a row of which some values are known, in their order; columns that the plan adds are
    always asked for, and those of a breakdown that an earlier row would have lent.

    Of a row that is `planned` only what it needs; `posted`: role and board of the person are known.
    """
    every = model.columns()
    columns = [column for column in every if column.required]
    if planned:
        return [Question((column,)) for column in columns]
    read = columns_read(plan, known, model.log, values)
    lent = {*model.repeated, *model.repeated_if_titled}
    wanted = read - model.unprompted | model.prompted(values) | {one.name for one in every if one.own}
    wanted |= lent & columns_split_by(plan, known, model.log, values)
    if has_post(model):
        wanted = (wanted | {"person"}) - POST
        wanted |= POST if "person" in values and not posted else set()
    needed = needed_of_nobody(model) if values.get("person", "") is None else frozenset()
    columns += [column for column in every if column.name in wanted and not column.required]
    together = tuple(column for column in every if column.name in model.prompted_together)
    last = [column for column in every if column.name in model.prompted_last]
    return [
        *(Question((column,), column.name in needed) for column in columns),
        *([Question(together)] if together and read & model.unprompted else []),
        *(Question((column,)) for column in last),
    ]


@cache
def needed_of_nobody(model: type[LogRecord]) -> frozenset[str]:
    """The columns that a row must fill where it names no person."""
    found = model.mistakes(dict.fromkeys(model.header()))
    return frozenset(name for name, mistake in found if mistake.code == "person_missing")


def choices(
    model: type[LogRecord], column: Column, plan: Plan, known: Known, values: Values
) -> list[tuple[str, str]]:
    """(code, what is shown) of each value allowed, those that measures ask for first; of lines only those."""
    codes = [str(code) for code in column.cell.choices(known.at(model.log), column.name)]
    others = {name: value for name, value in values.items() if name != column.name}
    first = accepted_values(plan, known, column.name, model.log, others)
    if isinstance(column.cell, IndicatorCell):
        first = [code for code in codes if is_typed(plan, code)]
    if isinstance(column.cell, OF_PLAN) and first:
        codes = []
    return [(code, label(plan, model.log, column, code)) for code in dict.fromkeys([*first, *codes])]


def allowed_text(model: type[LogRecord], column: Column, plan: Plan, known: Known) -> str:
    """What may be written; of lines and indicators only those that read this log."""
    if not isinstance(column.cell, OF_PLAN):
        return may_be(column, known.at(model.log))
    return choices_text([code for code, _ in choices(model, column, plan, known, {})])


def is_typed(plan: Plan, code: str) -> bool:
    return any(one.measure.by_hand and f"{line.id}.{one.id}" == code for _, line, one in plan.indicators())


def label(plan: Plan, log: str, column: Column, code: str) -> str:
    """What a person reads: the plan's word, or the code; a line with what its first indicator is called."""
    if isinstance(column.cell, LineCell):
        return f"{code:<4}  {plan.called(code).to('en')}"
    words = plan.words_of(log, column.name)
    return words[code].to("en") if code in words else code.replace("-", " ")


def counts_heads(plan: Plan, line: str) -> bool:
    """Does the plan name no person of this line? Then its participants are a number, and no name is kept."""
    values = {"session.line": line}
    logs = [log for log, model in LOGS.items() if model.presences]
    named = (one for log in logs for one in readings(plan, log) if "person" in one.columns)
    return not any(one.may_take(values, Known()) for one in named)


@dataclass(frozen=True)
class LogReading:
    """One selection of one measure of a plan, with the columns that it needs; breakdowns need none."""

    plan: Plan
    line: Line
    indicator: Indicator
    measure: Measure
    of: Selection
    flat: Flat

    @cached_property
    def columns(self) -> set[str]:
        named = {
            name for path, one, name in self.measure.columns() if "split_by" not in path and self.same(one)
        }
        conditions = {name for name, _ in self.flat.conditions}
        return named | conditions | ({self.flat.when} if self.flat.when else set())

    @cached_property
    def splits(self) -> set[str]:
        """The columns by which the figure is broken down."""
        return {name for path, one, name in self.measure.columns() if "split_by" in path and self.same(one)}

    def same(self, selection: Selection) -> bool:
        """Is a column of this selection a column of what is read here?"""
        return log_of(selection, self.plan.selections) == self.flat.log

    def failing(self, values: Mapping[str, Any], known: Known) -> set[str]:
        """The columns whose known values it does not take. Any status may be, and what is unknown too."""
        return {
            name
            for name, test in self.flat.tests(self.plan, known)
            if name != "status" and values.get(name) not in (None, ()) and not test(values[name])
        }

    def may_take(self, values: Mapping[str, Any], known: Known) -> bool:
        """Can a row with these values, and others still unknown, be one that it takes?"""
        return not self.failing(values, known)


def readings(plan: Plan, log: str) -> tuple[LogReading, ...]:
    """Everything that the plan reads of one log. Looked up once: each question asks for it."""
    known: dict[str, tuple[LogReading, ...]] = vars(plan).setdefault("_readings", {})
    if log not in known:
        known[log] = tuple(every_reading(plan, log))
    return known[log]


def every_reading(plan: Plan, log: str) -> Iterator[LogReading]:
    for _, line, indicator in plan.indicators():
        for _, measure in indicator.measures():
            for _, selection in measure.selections():
                flat = selection.flat(plan.selections)
                if flat.log == log:
                    yield LogReading(plan, line, indicator, measure, selection, flat)


def columns_read(plan: Plan, known: Known, log: str, values: Mapping[str, Any]) -> set[str]:
    """The columns that matter for a row of which some values are known.

    Whether a column matters does not depend on its own value: `new` was worth a question also where it is no.
    """
    return {
        name
        for reading in readings(plan, log)
        for failing in [reading.failing(values, known)]
        for name in reading.columns
        if failing <= {name}
    }


def columns_split_by(plan: Plan, known: Known, log: str, values: Mapping[str, Any]) -> set[str]:
    """The columns by which figures are broken down that such a row may enter."""
    found = (one.splits for one in readings(plan, log) if one.splits and one.may_take(values, known))
    return {name for splits in found for name in splits}


def accepted_values(plan: Plan, known: Known, column: str, log: str, values: Mapping[str, Any]) -> list[str]:
    """The values of a column that measures ask for, in the plan's order; none where they take any."""
    cells = (
        cell
        for reading in readings(plan, log)
        if reading.may_take(values, known)
        for name, condition in reading.flat.conditions
        if name == column
        for cell in condition.any_of or ()
    )
    return list(dict.fromkeys(cells))


def asked_for(plan: Plan, known: Known, column: str, value: str, log: str, values: Mapping[str, Any]) -> str:
    """The indicator with a target that asks for this value of a column and of no other; or nothing."""
    for reading in readings(plan, log):
        wanted = [condition.any_of for name, condition in reading.flat.conditions if name == column]
        if (value,) in wanted and reading.indicator.target and reading.may_take(values, known):
            return handle(reading.line, reading.indicator)
    return ""


def counting_test(plan: Plan, known: Known, log: str) -> Callable[[Row], bool]:
    """Does any measure read such a row of this log, on whatever day and of whatever status?

    A presence or a form counts through its session. What the plan reads is looked up once.
    """
    if LOGS[log].parent:
        return lambda row: True
    if log == TypedFigure.log:
        typed = {handle(line, one) for _, line, one in plan.indicators() if one.measure.by_hand}
        return lambda row: row["indicator"] in typed
    asked = [
        [(name, test) for name, test in reading.flat.tests(plan, known) if name != "status"]
        for reading in readings(plan, log)
    ]
    indexes = plan.record_of(log).indexes()
    places = sorted({indexes[name] for tests in asked for name, _ in tests})
    known_values: dict[tuple[Any, ...], bool] = {}

    def counts(row: Row) -> bool:
        values = tuple([row.values[at] for at in places])
        if values not in known_values:
            known_values[values] = any(all(test(row[name]) for name, test in tests) for tests in asked)
        return known_values[values]

    return counts


def lacking_test(plan: Plan, known: Known, log: str) -> Callable[[Row], dict[str, list[str]]]:
    """For a row of this log, by column: the indicators that would count it if that cell were not empty, as a
    publication counts with a link. What the plan reads is looked up once."""
    asked = [
        (handle(reading.line, reading.indicator), reading.flat.when or "date", filled, tests)
        for reading in readings(plan, log)
        if (filled := {name for name, one in reading.flat.conditions if one.present})
        for tests in [reading.flat.tests(plan, known)]
    ]

    def lacks(row: Row) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for indicator, day, filled, tests in asked:
            failed = [name for name, test in tests if not test(row[name])]
            if row[day] and len(failed) == 1 and failed[0] in filled and is_empty(row[failed[0]]):
                found.setdefault(failed[0], [])
                found[failed[0]] += [indicator] if indicator not in found[failed[0]] else []
        return found

    return lacks
