"""The plan year: periods, rounds, and the share of a steady target that is due on a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any

from prt.model.base import Base, Written, field
from prt.model.cells import NumberCell, iso_date
from prt.problems import Mistake
from prt.text import compile_later, fold_text
from prt.values import dataclass

WITH_UNIT = compile_later(r"([^\W\d_]+|[$€£])?\s*(\d(?:[\d\s.,]*\d)?)\s*([^\W\d_][^\d]*|[$€£])?")
"""`6 days` and `$ 500`: a number, and what it is a number of."""


def as_amount(value: Any) -> Fraction:
    """`37`, `0.75` or `75%` as an exact number."""
    if isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, (list, tuple, dict)):
        raise Mistake("several_numbers")
    text = str(value)
    found = WITH_UNIT.fullmatch(text)
    if found and (found[1] or found[3]):
        raise Mistake("number_with_unit", text=text, number=found[2], unit=found[1] or found[3])
    return NumberCell.exact(text)


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

    def period(self, number: int | None) -> Period | None:
        return next((period for period in self.periods if period.id == number), None)

    def to_date(self, cut_off: dt.date) -> Window:
        return Window(self.starts, cut_off)

    def windows(self, cut_off: dt.date) -> Iterator[tuple[Period, Window]]:
        """Every period begun by the cut-off; the last one may be cut short."""
        for period in self.periods:
            if period.first <= cut_off:
                yield period, Window(period.first, min(period.last, cut_off))

    def of_period(self, period: Period) -> Calendar:
        """The days of one period as a year of its own: what it asks for is due, day by day, by its end."""
        whole = period.replace(expected=Fraction(1))
        begins = min(max(self.pace_from, period.first), period.last)
        return Calendar(period.first, period.last, begins, (whole,), ())

    def same_day(self, day: dt.date, of: Calendar) -> dt.date:
        """The day of this year that a day of another one is compared with.

        The end of a period is compared with that of the period of the same number; any other day with the
        same one of its month, inside that period.
        """
        number = next((one.id for one in of.periods if one.first <= day <= one.last), None)
        ends = next((one.last for one in of.periods if one.id == number), None)
        period = self.period(number)
        if period is None or day != ends:
            day = same_day_of(day, day.year + self.starts.year - of.starts.year)
            return self.clamp(day if period is None else min(max(day, period.first), period.last))
        return period.last

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


def same_day_of(day: dt.date, year: int) -> dt.date:
    """The day of another year; 29 February is the 28th where that year has none."""
    return day_of(year, day.month, day.day) or dt.date(year, 2, 28)


MONTHS = (
    ("january", "janvier"), ("february", "fevrier"), ("march", "mars"), ("april", "avril"),
    ("may", "mai"), ("june", "juin"), ("july", "juillet"), ("august", "aout"),
    ("september", "septembre"), ("october", "octobre"), ("november", "novembre"),
    ("december", "decembre"),
)  # fmt: skip
WEEKDAYS = (
    ("monday", "lundi"), ("tuesday", "mardi"), ("wednesday", "mercredi"), ("thursday", "jeudi"),
    ("friday", "vendredi"), ("saturday", "samedi"), ("sunday", "dimanche"),
)  # fmt: skip
DAYS_AWAY = {
    "today": 0, "aujourd'hui": 0, "yesterday": -1, "hier": -1, "avant-hier": -2, "tomorrow": 1, "demain": 1,
}  # fmt: skip
LAST = compile_later(r"^last | dernier$")
YEAR_FIRST = compile_later(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
SLASHED = compile_later(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})|([0-9]{1,2})[/.]([0-9]{1,2})")
NAMED = compile_later(
    r"(?:(?P<word>[a-z]+)\.? (?P<day>[0-9]{1,2})|(?P<day2>[0-9]{1,2})(?:er)? (?P<word2>[a-z]+)\.?)"
    r"(?:,? (?:(?P<year>[0-9]{4})|(?P<short>[0-9]{2})))?"
)


def read_day(text: str, today: dt.date, year: Window | None = None) -> dt.date:
    """`2024-10-16`, `2024/8/6`, `today`, `hier`, `-2d`, `wed`, `last wed`, `oct 16`, `16 octobre 2024`.

    A weekday is the latest, today included, and `last wed` the one before today; a month and day without a
    year is that of the plan `year`, else the nearest to today. `16-oct-24`, as a spreadsheet shows a day, is
    one of the plan `year` or none. Raises Mistake for `03/04/2025`, which may be two days.
    """
    word = fold_text(text.replace("-", "\x00")).replace("\x00", "-")
    if word in DAYS_AWAY:
        return today + dt.timedelta(days=DAYS_AWAY[word])
    if back := re.fullmatch(r"([+-])([0-9]{1,3}) ?[dj]", word):
        return today + dt.timedelta(days=int(back[1] + back[2]))
    bare = LAST.sub("", word)
    if (weekday := place_of(bare.removesuffix("."), WEEKDAYS)) is not None:
        latest = today if bare == word else today - dt.timedelta(days=1)
        return latest - dt.timedelta(days=(latest.weekday() - weekday) % 7)
    if named := NAMED.fullmatch(word.replace("-", " ")):
        return named_day(text, named, today, year)
    if slashed := SLASHED.fullmatch(word):
        return slashed_day(text, slashed, today, year)
    if written := YEAR_FIRST.fullmatch(word):
        if day := day_of(*map(int, written.groups())):
            return day
        raise Mistake("not_a_day", text=text)
    try:
        return iso_date(text.strip())
    except Mistake as mistake:
        raise (Mistake("not_a_date_typed", text=text) if mistake.code == "not_a_date" else mistake) from None


WRITTEN = compile_later(
    r"([0-9]{1,2})[/. ]([0-9]{1,2})[/. ]([0-9]{4})|([0-9]{4})[/. ]([0-9]{1,2})[/. ]([0-9]{1,2})"
)
MIDNIGHT = compile_later(r"[ tT]0?0:00(:00)?(\.0+)?$")


def certain_day(text: str, year: Window | None) -> dt.date | None:
    """The one day that a text in a file can mean: `13/11/2024`, `2024-8-26`, `13 nov. 2024`, one at midnight.

    `16-oct` and `16-oct-24`, as a spreadsheet shows a day, are of the plan `year`, in a file that belongs to
    one. None where two days are possible.
    """
    word = fold_text(MIDNIGHT.sub("", text.strip()))
    if found := WRITTEN.fullmatch(word):
        numbers = [int(part) for part in found.groups() if part]
        written = [numbers] if found[4] else [numbers[::-1], [numbers[2], numbers[0], numbers[1]]]
        days = {day for one in written if (day := day_of(one[0], one[1], one[2]))}
        return days.pop() if len(days) == 1 else None
    named = NAMED.fullmatch(word)
    month = place_of(named["word"] or named["word2"], MONTHS) if named else None
    if named is None or month is None:
        return None
    number = int(named["day"] or named["day2"])
    if named["year"]:
        return day_of(int(named["year"]), month + 1, number)
    if named["short"]:
        return day_of_short_year(named, year)
    if year is None or not named["day2"]:
        return None
    near = (day_of(one, month + 1, number) for one in range(year.first.year, year.last.year + 1))
    inside = [day for day in near if day and day in year]
    return inside[0] if len(inside) == 1 else None


def day_of_short_year(found: re.Match[str], plan: Window | None) -> dt.date | None:
    """`16 oct 24` as 16 October 2024, if that is in the plan's year. Else 24 may be the day."""
    month = place_of(found["word2"] or "", MONTHS)
    day = None if month is None else day_of(2000 + int(found["short"]), month + 1, int(found["day2"]))
    return day if day and plan and day in plan else None


def place_of(word: str, names: tuple[tuple[str, str], ...]) -> int | None:
    """Which of the names in either language a word of three letters or more begins."""
    found = [place for place, pair in enumerate(names) if any(name.startswith(word) for name in pair)]
    return found[0] if len(found) == 1 and len(word) >= 3 else None


def named_day(text: str, found: re.Match[str], today: dt.date, plan: Window | None) -> dt.date:
    word = found["word"] or found["word2"]
    month = place_of(word, MONTHS)
    if month is None:
        raise Mistake("unknown_month", text=text)
    if found["short"]:
        if day := day_of_short_year(found, plan):
            return day
        raise Mistake("not_a_date_typed", text=text)
    return in_year(text, month + 1, int(found["day"] or found["day2"]), found["year"], today, plan)


def slashed_day(text: str, found: re.Match[str], today: dt.date, plan: Window | None) -> dt.date:
    first, second = int(found[1] or found[4]), int(found[2] or found[5])
    if first == second or (first > 12) != (second > 12):
        day, month = max(first, second), min(first, second)
        return in_year(text, month, day, found[3], today, plan)
    one = in_year(text, second, first, found[3], today, plan)
    other = in_year(text, first, second, found[3], today, plan)
    inside = [day for day in (one, other) if plan and day in plan]
    if len(inside) == 1:
        return inside[0]
    days = {"one_day": one, "other_day": other}
    raise Mistake("two_days_possible", text=text, one=one.isoformat(), other=other.isoformat(), **days)


def in_year(
    text: str, month: int, day: int, year: str | None, today: dt.date, plan: Window | None
) -> dt.date:
    """The day in the year given, or in the plan's, or in the one that is nearest to today."""
    years = [int(year)] if year else [today.year + shift for shift in (-1, 0, 1)]
    years += range(plan.first.year, plan.last.year + 1) if plan and not year else ()
    near = [one for number in years if (one := day_of(number, month, day))]
    if not near:
        raise Mistake("not_a_day", text=text)
    inside = [one for one in near if plan and one in plan]
    return min(inside or near, key=lambda one: abs((one - today).days))


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where that year has none: 29 February comes in leap years."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
