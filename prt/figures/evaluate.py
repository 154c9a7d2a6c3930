"""Every indicator of the plan over its windows: the one thing that screens and reports are views of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from fractions import Fraction
from functools import cached_property

from prt.figures.status import Judgement, Status, Word, judge_period, worst_first
from prt.model.calendar import Period, Window
from prt.model.facts import DatedFacts, Facts
from prt.model.figure import Figure, LeftOut, Member
from prt.model.measures import Measure
from prt.model.plan import Indicator, Line, Plan, Reading, Target, Thresholds, Volet, handle
from prt.model.rows import LINE_COLUMNS, Row, RowTable, Tests, by_log
from prt.model.selections import Flat, Selection
from prt.model.view import Data, FigureBefore, View, is_held
from prt.values import dataclass


class SeenFacts(dict[View, Facts]):
    """The facts of a measure that a view sees, looked for when they are first asked for."""

    def __init__(self, facts: Facts) -> None:
        self.dated = DatedFacts(facts)

    def __missing__(self, view: View) -> Facts:
        self[view] = found = self.dated.within(view.window)
        return found


@dataclass(frozen=True)
class Measured:
    """One measure of an indicator over its windows: each figure is computed when it is first asked for, and
    kept.

    `views` see the periods begun, the last of which contains the cut-off; `view` sees the rows to date.
    """

    views: tuple[View, ...]
    view: View

    @property
    def handle(self) -> str:
        """`1.1.workshops`"""
        raise NotImplementedError

    @property
    def measure(self) -> Measure:
        raise NotImplementedError

    @cached_property
    def facts(self) -> Facts:
        """What each row of the year gives, whatever its day."""
        return tuple(self.view.data.facts_of(self.measure, self.handle))

    @cached_property
    def seen(self) -> SeenFacts:
        return SeenFacts(self.facts)

    @property
    def has_periods(self) -> bool:
        """Has it a figure of a single period?"""
        return not self.measure.to_date_only(self.view.data.selections)

    @cached_property
    def period(self) -> Figure | None:
        """The figure of the period that contains the cut-off, up to it."""
        return self.figure_seen_by(self.views[-1]) if self.has_periods else None

    @cached_property
    def to_date(self) -> Figure:
        return self.measure.figure_of_seen(self.seen[self.view], self.view)

    def figure_seen_by(self, view: View) -> Figure:
        return self.measure.figure_of_seen(self.seen[view], view)


@dataclass(frozen=True)
class Second(Measured):
    """A second reading of a result with its figures: no status."""

    reading: Reading
    result: Result

    @property
    def handle(self) -> str:
        return self.result.handle

    @property
    def measure(self) -> Measure:
        return self.reading.measure


@dataclass(frozen=True)
class Result(Measured):
    """An indicator with its figures, what they are held against, and where they stand."""

    volet: Volet
    line: Line
    indicator: Indicator
    thresholds: Thresholds

    @property
    def handle(self) -> str:
        return handle(self.line, self.indicator)

    @property
    def measure(self) -> Measure:
        return self.indicator.measure

    @cached_property
    def target(self) -> Target | None:
        """The target of the year that the figure is held against; None where there is none, or none yet."""
        target = self.indicator.target
        if target is None or target.has_number:
            return target
        before = self.final_before.value if target.is_relative else None
        return None if before is None else target.beside(before)

    @property
    def promised(self) -> Target | None:
        """The target that a reader is told of: as it is judged, else as it is written."""
        return self.target or self.indicator.target

    @cached_property
    def final_before(self) -> FigureBefore:
        """The figure that the year before ended with, or why it is not known."""
        before = self.view.data.before
        return before.final(self.line, self.indicator) if before else FigureBefore(why="no_year")

    @cached_property
    def periods(self) -> tuple[Figure | None, ...]:
        """A figure for each period begun; None where the measure has none."""
        if not self.has_periods:
            return (None,) * len(self.views)
        return (*map(self.figure_seen_by, self.views[:-1]), self.period)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that count to date."""
        return self.to_date.rows

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The members of the population to date, even where there is no figure."""
        return self.to_date.members or self.measure.members(self.seen[self.view], self.view)

    @cached_property
    def left_out(self) -> list[LeftOut]:
        """Every other row of the logs that it reads, with the first reason why it does not count."""
        return rows_left_out(self.measure, self.handle, self.to_date, self.view)

    @cached_property
    def planned(self) -> int:
        """Sessions to come that would count."""
        return self.measure.planned(self.view)

    @cached_property
    def judged(self) -> Indicator:
        """The indicator with the target that the figure of the year is held against."""
        target = self.target
        return self.indicator if target is self.indicator.target else self.indicator.replace(target=target)

    @cached_property
    def judgement(self) -> Judgement | None:
        """What its status follows from: the figure to date, or without a target of the year that of the
        current period, at the plan's end that of the worst one.
        """
        if self.target is not None:
            calendar, day = self.view.data.calendar, self.view.window.last
            return Judgement(self.judged, self.to_date, calendar, day, self.thresholds, None)
        found = self.of_periods if self.indicator.target and self.indicator.target.is_of_periods else ()
        if self.view.at_end:
            return min(found, key=lambda one: worst_first(one.status.code), default=None)
        return found[-1] if found else None

    @cached_property
    def of_periods(self) -> tuple[Judgement, ...]:
        """Each period begun, held against what each is asked for; none where nothing is."""
        target, calendar = self.indicator.target, self.view.data.calendar
        if target is None or target.each_period is None:
            return ()
        begun = zip(calendar.windows(self.view.window.last), self.periods, strict=True)
        return tuple(
            judge_period(self.indicator, figure, calendar, period, window.last, self.thresholds)
            for (period, window), figure in begun
            if figure is not None
        )

    @cached_property
    def expected(self) -> Fraction | None:
        """What the target asks for by the cut-off, of the year or of a period; None without one."""
        return self.judgement.expected if self.judgement else None

    @cached_property
    def status(self) -> Status:
        if self.indicator.target is None:
            return Status("monitored")
        if self.indicator.target.to_be_set:
            return Status("to_be_set")
        return self.judgement.status if self.judgement else Status("no_last_year")

    @cached_property
    def is_untouched(self) -> bool:
        """Is it short while its log has no row of its line, of whatever day? It may have been forgotten."""
        if self.to_date.value != 0 or self.status.word not in ("at_risk", "behind"):
            return False
        return all(map(self.has_no_row_of_line, self.measure.sources))

    def has_no_row_of_line(self, selection: Selection) -> bool:
        """Does a selection ask for a line of which its log has no row?"""
        data = self.view.data
        flat = data.flat(selection)
        asked = [(name, test) for name, test in flat.tests(data, data.known) if name in LINE_COLUMNS]
        return bool(asked) and not data.table(flat.log).passing(asked).rows

    @cached_property
    def also(self) -> tuple[Second, ...]:
        """Its second readings."""
        return tuple(Second(self.views, self.view, reading, self) for reading in self.indicator.also)

    @property
    def readings(self) -> list[Result | Second]:
        """The indicator itself, then its second readings."""
        return [self, *self.also]


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
        """The indicators that have a target, one that is still to be set too."""
        return [result for result in self.results if result.indicator.target]

    @cached_property
    def rows_counted(self) -> Mapping[str, RowTable]:
        """The rows that count to date in at least one indicator, each once, by log."""
        found: dict[str, dict[Row, None]] = {}
        for result in self.results:
            for log, rows in by_log(result.rows).items():
                found.setdefault(log, {}).update(dict.fromkeys(rows))
        return {log: RowTable([*rows]) for log, rows in found.items()}

    def result(self, wanted: str) -> Result | None:
        return next((result for result in self.results if result.handle == wanted), None)


def evaluate(plan: Plan, data: Data, cut_off: dt.date) -> Evaluation:
    """Every indicator at a cut-off, which is a day of the plan year.

    The same rows in any order give the same evaluation; no clock is asked.
    """
    cut_off = plan.calendar.clamp(cut_off)
    data = data.at(cut_off)
    windows = tuple(plan.calendar.windows(cut_off))
    views = tuple(data.see(window) for _, window in windows)
    to_date = data.see(plan.calendar.to_date(cut_off))
    results = tuple(
        Result(views, to_date, volet, line, indicator, plan.status)
        for volet, line, indicator in plan.indicators()
    )
    return Evaluation(plan, data, cut_off, windows, results)


def tally(results: Iterable[Result]) -> Counter[Word]:
    """How many targets have each of the words: statuses are counted, never averaged."""
    return Counter(result.status.word for result in results if result.indicator.target)


IDENTITY = (*LINE_COLUMNS, "indicator")
"""A row of another line is about something else."""


def rows_left_out(measure: Measure, indicator_id: str, figure: Figure, view: View) -> list[LeftOut]:
    """Every row that does not count, once, with the first reason.

    First those that the measure could not use, then those that its selections leave out. Of a row that two
    selections leave out, the reason is that of the one which it is about.
    """
    counted, reasons = set(map(id, figure.rows)), dict[int, LeftOut]()
    for one in (*figure.left_out, *figure.idle):
        if id(one.row) not in counted:
            reasons.setdefault(id(one.row), one)
    for selection in measure.reads(indicator_id):
        for one in left_out_by(selection, view, counted):
            known = reasons.get(id(one.row))
            if known is None or (known.aside and not one.aside):
                reasons[id(one.row)] = one
    return list(reasons.values())


def left_out_by(selection: Selection, view: View, counted: Set[int]) -> Iterator[LeftOut]:
    """Every other row of the log of one selection, with the reason why it does not give anything to its
    figure."""
    flat = view.data.flat(selection)
    tests, rows = flat.tests(view.data, view.data.known), view.data.logs[flat.log]
    return (why_not(row, flat, tests, view) for row in rows if id(row) not in counted)


def why_not(row: Row, flat: Flat, tests: Tests, view: View) -> LeftOut:
    """Why a row is left out: the first reason. One of another line, or that fails several conditions, is
    about something else.
    """
    failed = [name for name, test in tests if not test(row[name])]
    others = [name for name in failed if name in IDENTITY]
    if others or len(failed) > 1:
        return LeftOut(row, "condition", (others or failed)[0], aside=True)
    day = view.data.day(row, flat)
    if day is not None and day > view.window.last:
        return LeftOut(row, "after")
    if row.left_out:
        return LeftOut(row, row.left_out)
    if not flat.asks_status and not is_held(row):
        return LeftOut(row, (row.session or row)["status"])
    if failed:
        return LeftOut(row, "condition", failed[0])
    if day is None:
        when = flat.when or "date"
        return LeftOut(row, "no_date" if row[when] is None else "other_year", when)
    return LeftOut(row, "before" if day < view.window.first else "no_figure")
