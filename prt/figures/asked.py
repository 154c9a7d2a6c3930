"""What the plan's measures read of a log: which questions matter, and whether a row counts anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from prt.model.cells import Known
from prt.model.measures import Measure
from prt.model.plan import Indicator, Line, Plan, handle
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.model.selections import Flat, Selection


@dataclass(frozen=True)
class Reading:
    """One selection of one measure, with the columns that it needs; breakdowns need none."""

    line: Line
    indicator: Indicator
    measure: Measure
    of: Selection
    flat: Flat

    @property
    def columns(self) -> set[str]:
        named = {
            name for path, one, name in self.measure.columns() if "split_by" not in path and self.same(one)
        }
        conditions = {name for name, _ in self.flat.conditions}
        return named | conditions | ({self.flat.when} if self.flat.when else set())

    def same(self, selection: Selection) -> bool:
        """Is a column of this selection a column of what is read here?"""
        return selection.log in (None, self.flat.log)

    def failing(self, values: Mapping[str, Any], known: Known) -> set[str]:
        """The columns whose known values it does not take. Any status may be, and what is unknown too."""
        return {
            name
            for name, test in self.flat.tests(known)
            if name != "status" and values.get(name) not in (None, ()) and not test(values[name])
        }

    def may_take(self, values: Mapping[str, Any], known: Known) -> bool:
        """Can a row with these values, and others still unknown, be one that it takes?"""
        return not self.failing(values, known)


def readings(plan: Plan, log: str) -> Iterator[Reading]:
    """Everything that the plan reads of one log."""
    for _, line, indicator in plan.indicators():
        for _, measure in indicator.measures():
            for _, selection in measure.selections():
                flat = selection.flat(plan.selections)
                if flat.log == log:
                    yield Reading(line, indicator, measure, selection, flat)


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


def accepted(plan: Plan, known: Known, column: str, log: str, values: Mapping[str, Any]) -> list[str]:
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


def counts_somewhere(plan: Plan, known: Known, row: Row) -> bool:
    """Does any measure read rows such as this one, on whatever day and of whatever status?

    A presence or a form counts through its session.
    """
    return counting(plan, known, row.log)(row)


def counting(plan: Plan, known: Known, log: str) -> Callable[[Row], bool]:
    """`counts_somewhere` for many rows of one log: what the plan reads of it is looked up once."""
    if LOGS[log].parent:
        return lambda row: True
    if log == "figures":
        typed = {handle(line, one) for _, line, one in plan.indicators() if one.measure.by_hand}
        return lambda row: row["indicator"] in typed
    asked = [
        [(name, test) for name, test in reading.flat.tests(known) if name != "status"]
        for reading in readings(plan, log)
    ]
    return lambda row: any(all(test(row[name]) for name, test in tests) for tests in asked)
