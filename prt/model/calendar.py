"""The plan year: periods, rounds, and the share of a steady target that is due on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any

from prt.model.base import Base, Written, field
from prt.model.cells import NumberCell


def as_amount(value: Any) -> Fraction:
    """`37`, `0.75` or `75%` as an exact number."""
    if isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    return NumberCell.exact(str(value))


Amount = Annotated[
    Fraction,
    Written(
        as_amount, {"type": ["number", "string"], "description": "A number, or a percentage such as 75%"}
    ),
]


class Period(Base):
    """A reporting period; `expected` is the share of a steady target that is due by its last day."""

    id: int
    first: dt.date = field(key="from")
    last: dt.date = field(key="to")
    due: dt.date
    expected: Amount


class Round(Base):
    """A round of the CDAs' journals."""

    id: int
    due: dt.date


@dataclass(frozen=True)
class Window:
    """The days that a figure is about, both included; `last` is the cut-off."""

    first: dt.date
    last: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Calendar:
    """Dates of one plan year. Nothing is expected before `pace_from`."""

    starts: dt.date
    ends: dt.date
    pace_from: dt.date
    periods: tuple[Period, ...]
    rounds: tuple[Round, ...]

    def clamp(self, day: dt.date) -> dt.date:
        """A day outside the year counts on its first or last day."""
        return min(max(day, self.starts), self.ends)

    def period_of(self, day: dt.date) -> Period:
        """The period that contains a day of the year."""
        return next((period for period in self.periods if day <= period.last), self.periods[-1])

    def period(self, number: int | None) -> Period | None:
        return next((period for period in self.periods if period.id == number), None)

    def to_date(self, cut_off: dt.date) -> Window:
        return Window(self.starts, cut_off)

    def windows(self, cut_off: dt.date) -> Iterator[tuple[Period, Window]]:
        """Every period begun by the cut-off; the last one may be cut short."""
        for period in self.periods:
            if period.first <= cut_off:
                yield period, Window(period.first, min(period.last, cut_off))

    def expected_share(self, day: dt.date) -> Fraction:
        """Share of a steady target due on a day: linear from `pace_from` through the cut-offs."""
        points = [(self.pace_from, Fraction(0))]
        points += [(period.last, period.expected) for period in self.periods if period.last > self.pace_from]
        if day <= self.pace_from:
            return Fraction(0)
        for (before, low), (after, high) in pairwise(points):
            if day <= after:
                return low + (high - low) * Fraction((day - before).days, (after - before).days)
        return points[-1][1]
