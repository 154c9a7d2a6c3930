"""Why *behind*? What is expected by a cut-off, and the status that follows.

The first rule that fits decides. A status never flatters: nothing is rounded before it is compared.
A Judgement is a figure held against its target on a day.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property
from math import trunc
from typing import Literal

from prt.model.calendar import Calendar, Period
from prt.model.figure import Figure
from prt.model.plan import Indicator, Target, Thresholds
from prt.values import dataclass

Code = Literal[
    "monitored",
    "over_limit",
    "met",
    "met_so_far",
    "not_due",
    "no_data",
    "not_computable",
    "partly_met",
    "not_met",
    "on_track",
    "at_risk",
    "behind",
    "withheld",
    "no_last_year",
    "to_be_set",
]
Word = Literal[
    "met", "on_track", "at_risk", "behind", "not_due", "no_data", "withheld", "to_be_set", "no_target"
]

WORDS: dict[Code, Word] = {
    "met": "met",
    "met_so_far": "met",
    "on_track": "on_track",
    "at_risk": "at_risk",
    "partly_met": "at_risk",
    "behind": "behind",
    "not_met": "behind",
    "over_limit": "behind",
    "not_due": "not_due",
    "no_data": "no_data",
    "not_computable": "no_data",
    "withheld": "withheld",
    "no_last_year": "no_data",
    "to_be_set": "to_be_set",
    "monitored": "no_target",
}
"""The seven words of a screen; *withheld*, which others see; *to be set*, of a target that is not known yet.
*At risk* and *behind* in reports mean these groups.
"""

RARE: frozenset[Code] = frozenset({"to_be_set", "no_last_year"})
"""Statuses that a report explains where it has them."""

WORST: tuple[Code, ...] = ("not_met", "no_data", "not_computable", "partly_met")
"""The statuses of periods that are over, the worst first; any other is better."""


@dataclass(frozen=True)
class Status:
    """`days_late` of a milestone that was met after its due date."""

    code: Code
    days_late: int = 0

    @property
    def word(self) -> Word:
        return WORDS[self.code]


def worst_first(code: Code) -> int:
    """The place of a status, the worst first."""
    return WORST.index(code) if code in WORST else len(WORST)


def met_by(target: Target, figure: Figure) -> bool:
    """Does the comparison hold? `due` asks that it is done at all."""
    value = figure.value
    assert value is not None
    lower, upper = target.lower, target.upper
    return (lower is None or value >= lower) and (upper is None or value <= upper)


def over_limit(target: Target, figure: Figure, due: Fraction) -> bool:
    """Is it more than is allowed by now? A way down from a baseline has no limit but its end."""
    limit = due if target.by else target.upper
    if figure.value is None or target.upper is None or target.is_way_down:
        return False
    return figure.value > limit


def progress(target: Target, value: Fraction, due: Fraction) -> Fraction:
    """The share of the way from the baseline, or from 0, to what is due; less than 0 the other way.

    Of 0 or less, without a way to it, there is no share: what is below it has none of it.
    """
    if due == target.start or target.rests_on_itself:
        return Fraction(0)
    return (value - target.start) / (due - target.start)


def is_worse(target: Target, figure: Figure) -> bool:
    """Is it further from the target than the baseline was?"""
    value = figure.value
    return target.is_way and value is not None and progress(target, value, target.full) < 0


def expected_amount(
    indicator: Indicator, calendar: Calendar, cut_off: dt.date, figure: Figure
) -> Fraction | None:
    """What the target asks for by the cut-off: 0 while nothing is due; None without a target.

    At the plan's end, and from the first day where the baseline had reached it, that is the target itself.
    """
    target = indicator.target
    if target is None:
        return None
    if target.due:
        return Fraction(cut_off > target.due)
    full, start = target.full, target.start
    if cut_off >= calendar.ends or (target.lower is not None and target.is_reached_before):
        return full
    if target.by:
        return expected_by(target, calendar, cut_off)
    if target.lower is None and not target.is_way:
        return full
    if indicator.pace == "at_end":
        return start
    if target.rests_on_itself:
        return full
    if indicator.pace == "steady":
        way = (full - start) * calendar.expected_share(cut_off)
        return start + (trunc(way) if indicator.measure.whole_numbers else way)
    return full if is_due(indicator, calendar, cut_off, figure, full) else start


def expected_by(target: Target, calendar: Calendar, cut_off: dt.date) -> Fraction:
    """The entry of the last period that is over. Before the first nothing is expected, and the first ceiling
    holds.
    """
    over = [period.id for period in calendar.periods if period.last <= cut_off and period.id in target.by]
    if over:
        return target.by[over[-1]]
    return target.start if target.at_most is None else target.by[min(target.by)]


def is_due(
    indicator: Indicator, calendar: Calendar, cut_off: dt.date, figure: Figure, full: Fraction
) -> bool:
    """Is a target without pace asked for yet?

    Of a reach by sessions it is once the best still possible falls short; of a reach by rounds once a
    round is due; of a ratio always.
    """
    measure = indicator.measure
    if measure.by_rounds:
        return any(one.due <= cut_off for one in calendar.rounds)
    return out_of_reach(figure, full) if measure.by_best else True


def out_of_reach(figure: Figure, full: Fraction) -> bool:
    return figure.best is not None and figure.best < full


def status(
    indicator: Indicator,
    figure: Figure,
    due: Fraction | None,
    *,
    at_end: bool,
    thresholds: Thresholds,
) -> Status:
    """The first of the eight rules that fits. `due` is what is expected by now."""
    target = indicator.target
    if target is None or due is None:
        return Status("monitored")
    if figure.absent is None:
        if over_limit(target, figure, due):
            return Status("over_limit")
        if met_by(target, figure):
            return met(indicator, target, figure, at_end)
    if nothing_is_due(target, due) and not is_worse(target, figure):
        return Status("not_due")
    if figure.absent:
        return Status("no_data" if figure.absent == "no_data" else "not_computable")
    assert figure.value is not None
    if at_end:
        reached = progress(target, figure.value, target.full)
        return Status("partly_met" if reached >= thresholds.at_risk else "not_met")
    if target.at_most is not None and not target.is_way:  # within the ceiling that holds by now
        return Status("on_track")
    return under_way(indicator, progress(target, figure.value, due), thresholds)


def nothing_is_due(target: Target, due: Fraction) -> bool:
    """Is nothing expected yet? A limit is always in force."""
    return due == target.start and (target.is_way or bool(target.lower))


def met(indicator: Indicator, target: Target, figure: Figure, at_end: bool) -> Status:
    """*So far* for what can still fall before the plan's end; a milestone met late says the days."""
    if target.due and figure.done_on:
        return Status("met", max(0, (figure.done_on - target.due).days))
    can_fall = indicator.measure.can_fall or target.upper is not None
    return Status("met_so_far" if can_fall and not at_end else "met")


def under_way(indicator: Indicator, share: Fraction, thresholds: Thresholds) -> Status:
    """The status before the plan's end, from the share of what is expected by now."""
    assert indicator.target is not None
    measure = indicator.measure
    strict = indicator.pace == "none" and not indicator.target.by
    if strict and measure.by_best:
        return Status("behind")
    if share >= thresholds.on_track:
        return Status("at_risk" if strict else "on_track")
    return Status("at_risk" if share >= thresholds.at_risk and not strict else "behind")


@dataclass(frozen=True)
class Judgement:
    """`indicator` has the target that the figure is held against; `period` is None where that is the year's,
    else `calendar` has the days of that period alone.
    """

    indicator: Indicator
    figure: Figure
    calendar: Calendar
    day: dt.date
    thresholds: Thresholds
    period: Period | None

    @property
    def target(self) -> Target:
        assert self.indicator.target is not None
        return self.indicator.target

    @property
    def at_end(self) -> bool:
        """Is the year over, or the period?"""
        return self.day >= self.calendar.ends

    @cached_property
    def expected(self) -> Fraction | None:
        """What the target asks for by the day."""
        return expected_amount(self.indicator, self.calendar, self.day, self.figure)

    @cached_property
    def status(self) -> Status:
        due, at_end = self.expected, self.at_end
        return status(self.indicator, self.figure, due, at_end=at_end, thresholds=self.thresholds)


def judge_period(
    indicator: Indicator, figure: Figure, calendar: Calendar, period: Period, day: dt.date, limits: Thresholds
) -> Judgement:
    """The figure of one period, held against what each period is asked for."""
    assert indicator.target is not None
    asked = indicator.replace(target=indicator.target.of_a_period())
    return Judgement(asked, figure, calendar.of_period(period), day, limits, period)
