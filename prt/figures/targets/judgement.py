"""A figure held against its target on a day: what is expected, and the status that follows."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from functools import cached_property

from prt.figures.status import Status, expected_amount, status
from prt.model.calendar import Calendar, Period
from prt.model.figure import Figure
from prt.model.plan import Indicator, Target, Thresholds
from prt.values import dataclass


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
