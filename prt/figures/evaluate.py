"""Every indicator of the plan over its windows: the one thing that screens and reports are views of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from prt.figures.status import Status, Word, expected, status
from prt.model.calendar import Period, Window
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.plan import Indicator, Line, Plan, Reading, Volet, handle
from prt.model.view import Data, View


@dataclass(frozen=True)
class Second:
    """A second reading with its figures: no status."""

    reading: Reading
    period: Figure | None
    to_date: Figure


@dataclass(frozen=True)
class Result:
    """One indicator: a figure for each period begun (None where it has none), and to date."""

    volet: Volet
    line: Line
    indicator: Indicator
    periods: tuple[Figure | None, ...]
    to_date: Figure
    planned: int
    expected: Fraction | None
    status: Status
    also: tuple[Second, ...] = ()

    @property
    def handle(self) -> str:
        """`1.1.workshops`"""
        return handle(self.line, self.indicator)

    @property
    def period(self) -> Figure | None:
        """The figure of the period that contains the cut-off."""
        return self.periods[-1]


@dataclass(frozen=True)
class Evaluation:
    """All results at one cut-off. `windows` are the periods begun; the last contains the cut-off."""

    plan: Plan
    data: Data
    cut_off: dt.date
    windows: tuple[tuple[Period, Window], ...]
    results: tuple[Result, ...]

    @property
    def period(self) -> Period:
        return self.windows[-1][0]

    @property
    def window(self) -> Window:
        """The days of the current period up to the cut-off."""
        return self.windows[-1][1]

    @property
    def view(self) -> View:
        """The rows to date."""
        return self.data.see(self.plan.calendar.to_date(self.cut_off))

    @property
    def at_end(self) -> bool:
        return self.cut_off >= self.plan.ends

    def targets(self) -> list[Result]:
        return [result for result in self.results if result.indicator.target]

    def result(self, wanted: str) -> Result | None:
        return next((result for result in self.results if result.handle == wanted), None)


def evaluate(plan: Plan, data: Data, cut_off: dt.date) -> Evaluation:
    """Compute every indicator; `cut_off` is a day of the plan year.

    The same rows in any order give the same evaluation; no clock is asked.
    """
    cut_off = plan.calendar.clamp(cut_off)
    windows = tuple(plan.calendar.windows(cut_off))
    views = [data.see(window) for _, window in windows]
    to_date = data.see(plan.calendar.to_date(cut_off))
    results = tuple(
        result_of(volet, line, indicator, views, to_date, plan)
        for volet, line, indicator in plan.indicators()
    )
    return Evaluation(plan, data, cut_off, windows, results)


def result_of(
    volet: Volet, line: Line, indicator: Indicator, views: list[View], to_date: View, plan: Plan
) -> Result:
    measure, name = indicator.measure, handle(line, indicator)
    figure = measure.figure(to_date, name)
    due = expected(indicator, plan.calendar, to_date.window.last, figure)
    return Result(
        volet,
        line,
        indicator,
        tuple(of_period(measure, view, name) for view in views),
        figure,
        measure.planned(to_date),
        due,
        status(indicator, figure, due, at_end=to_date.at_end, thresholds=plan.status),
        tuple(second(reading, views[-1], to_date, name) for reading in indicator.also),
    )


def second(reading: Reading, view: View, to_date: View, name: str) -> Second:
    measure = reading.measure
    return Second(reading, of_period(measure, view, name), measure.figure(to_date, name))


def of_period(measure: Measure, view: View, name: str) -> Figure | None:
    return None if measure.to_date_only(view.data.selections) else measure.figure(view, name)


def tally(results: Iterable[Result]) -> Counter[Word]:
    """How many targets have each of the words: statuses are counted, never averaged."""
    return Counter(result.status.word for result in results if result.indicator.target)
