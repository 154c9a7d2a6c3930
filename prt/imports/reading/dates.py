"""Dates, times and durations as exports write them.

Which of 10/11/2024 is the day is never guessed: all dates of the file decide together, then the day of the
session, then the option that settles it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from prt.model.cells import number
from prt.model.dates import MONTHS, place_of
from prt.model.text import folded
from prt.problems import Mistake, Place, Problem

ORDERS = {"mdy": (2, 0, 1), "dmy": (2, 1, 0), "ymd": (0, 1, 2)}  # where year, month and day stand
PLAIN = ""  # the order of a date that cannot be read in two ways: 2024-10-16, Oct 16, 2024
YEARS = range(2019, 2080)  # of exports: 22/7/11 is of 2022, for in 2011 there were none
NEAR = 7  # days between a session and its export; the two readings of a date are 27 or more apart

NUMERIC = re.compile(r"([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{1,4})(?![0-9])")
WORD = r"([a-zà-ÿ]{3,9}\.?)"
NAMED = re.compile(
    rf"(?:[a-zà-ÿ]+\.?,? )?(?:{WORD} ([0-9]{{1,2}})|([0-9]{{1,2}})(?:er)?[ -]{WORD})"
    r",?[ -]([0-9]{4})(?![0-9])"
)
TIME = re.compile(
    r"(?:t|,? ?(?:(?:at|à) )?)(?P<hour>[0-9]{1,2})(?: ?h ?|:)(?P<minute>[0-9]{2})?"
    r"(?: ?min\.? ?|:)?(?P<second>[0-9]{2})?(?:[.,][0-9]+)?(?: ?s)?(?: ?(?P<half>[ap])\.? ?m\.?)?"
    r"(?: ?z| ?[a-z]{2,5})?(?: ?[+−-][0-9]{1,2}:?(?:[0-9]{2})?)?"  # the zone: AST, UTC−4, -05:00
)
SERIAL = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
SERIALS = range(43_466, 65_745)  # Excel's days of the years above
LONGEST = 80


@dataclass(frozen=True)
class Asked:
    """What is known before a file is read: the day of the session, whether days come before months, and the
    first and the last day that anybody can have attended (found only where a date may be two). `present` are
    statuses, folded, of who came."""

    session_date: dt.date | None = None
    day_first: bool | None = None
    within: Callable[[], tuple[dt.date, dt.date]] | None = None
    present: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clock:
    """Reads the dates and times of one file, all in the same order; `order` is "" where none is settled."""

    order: str = ""

    def moment(self, text: str) -> dt.datetime | None:
        """A date with its time, midnight where there is none; None if it cannot be read or may be two."""
        plain = plain_text(text)
        if SERIAL.fullmatch(plain):
            return of_serial(plain)
        date, rest = split(plain)
        found, time = readings(date), clock_time(rest.strip()) if rest else dt.time()
        days = {found[self.order]} if self.order in found else set(found.values())
        return dt.datetime.combine(days.pop(), time) if len(days) == 1 and time is not None else None

    def doubts(self, text: str) -> bool:
        """Whether the text is a date that may be two: the file is refused for it already."""
        return not self.order and len(readings(split(plain_text(text))[0])) > 1


def plain_text(text: str) -> str:
    """`"10/16/2024, 9:01:00\u202fAM"` with plain spaces and small letters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text[:LONGEST].lower().split())


def split(plain: str) -> tuple[str, str]:
    """The date, and what follows it: the time, with what stands between."""
    found = NUMERIC.match(plain) or NAMED.match(plain)
    return (found[0], plain[found.end() :]) if found else ("", plain)


def is_dated(text: str) -> bool:
    """Whether the text begins with a date, in whatever order."""
    return bool(readings(split(plain_text(text))[0]))


@lru_cache(maxsize=4096)  # a file has few different days
def readings(date: str) -> Mapping[str, dt.date]:
    """The days a written date may be, by the order of its numbers."""
    if found := NUMERIC.fullmatch(date):
        first, second, third = map(int, found.group(1, 3, 4))
        if len(found[1]) == 4:
            return plainly(first, second, third)
        numbers = (first, second, third)
        days = {order: day_of(numbers, order) for order in orders(found[1], found[2], found[4])}
        return {order: day for order, day in days.items() if day}
    if found := NAMED.fullmatch(date):
        month = place_of(folded((found[1] or found[4]).rstrip(".")), MONTHS)
        return plainly(int(found[5]), 0 if month is None else month + 1, int(found[2] or found[3]))
    return {}


def plainly(year: int, month: int, day: int) -> Mapping[str, dt.date]:
    found = day_of((year, month, day), "ymd")
    return {PLAIN: found} if found else {}


def orders(first: str, separator: str, last: str) -> tuple[str, ...]:
    """Which orders the look of a date allows: with dots days come first."""
    if len(first) == 3 or len(last) not in (2, 4):
        return ()
    if separator == ".":
        return ("dmy",)
    return ("mdy", "dmy") if len(last) == 4 else ("mdy", "dmy", "ymd")


def day_of(numbers: tuple[int, ...], order: str) -> dt.date | None:
    year, month, day = (numbers[place] for place in ORDERS[order])
    year += 2000 if year < 100 else 0
    try:
        return dt.date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def time_of(text: str) -> dt.time | None:
    """`9:28:07 am`, `18:29`, `09 h 28 min 07 s`; the zone is left out: times stay as the export has them."""
    return clock_time(plain_text(text))


def clock_time(plain: str) -> dt.time | None:
    found = TIME.fullmatch(plain)
    if not found:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "p") if 1 <= hour <= 12 else 99
    try:
        return dt.time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def of_serial(text: str) -> dt.datetime | None:
    """`45581.5`, which Excel shows as 2024-10-16 12:00 once the cell has the format of a date."""
    days = Fraction(text.replace(",", "."))
    if int(days) not in SERIALS:
        return None
    return dt.datetime(1899, 12, 30) + dt.timedelta(seconds=round(days * 86_400))


def settle(texts: Iterable[str], asked: Asked, place: Place) -> tuple[Clock, list[Problem]]:
    """The clock of a file with these dates; a problem where two readings remain, or none."""
    dates = {split(plain_text(text))[0] for text in set(texts)}
    found = {date: days for date in sorted(dates) if (days := readings(date))}
    open_ones = {date: days for date, days in found.items() if PLAIN not in days}
    if not open_ones:
        return Clock(), []
    possible = [order for order in ORDERS if all(order in days for days in open_ones.values())]
    if not possible:
        return Clock(), [mixed(open_ones, place)]
    if asked.day_first is not None:
        return as_asked("dmy" if asked.day_first else "mdy", possible, open_ones, place)
    return decided(possible, open_ones, asked, place)


Days = Mapping[str, Mapping[str, dt.date]]


def mixed(dates: Days, place: Place) -> Problem:
    """One date that has no month 13 to 31 at its first place, and one that has none at its second."""
    examples = [next(date for date, days in dates.items() if order not in days) for order in ("mdy", "dmy")]
    return Problem(
        place,
        f"has dates of both orders: {' and '.join(examples)}",
        "A spreadsheet with other regional settings may have changed some. Export the file again.",
    )


def as_asked(want: str, possible: list[str], dates: Days, place: Place) -> tuple[Clock, list[Problem]]:
    if want in possible:
        return Clock(want), []
    against = next(date for date, days in dates.items() if want not in days)
    option = "--day-first" if want == "dmy" else "--month-first"
    return Clock(), [Problem(place, f"{option} does not fit the date {against}", "Leave the option out.")]


def decided(possible: list[str], dates: Days, asked: Asked, place: Place) -> tuple[Clock, list[Problem]]:
    """By the one reading that is near the session, or that is in the past and in a plan year, or by the file
    alone. 04/04/2025 tells nothing.

    22/10/24 is a day of October 2024 unless the session says 2022: two digits of a year come first only
    where nothing else fits (22/7/11), or with hyphens, as Canada writes them (24-10-22).
    """
    telling = [days for days in dates.values() if len({days[order] for order in possible}) > 1]
    session = asked.session_date
    near = [order for order in possible if session and is_near(order, telling, session)]
    if len(near) == 1:
        return Clock(near[0]), []
    if len(possible) > 1 and asked.within:
        first, last = asked.within()
        possible = [order for order in possible if is_within(order, dates, first, last)] or possible
    if len(possible) > 1 and not any("-" in date for date in dates):
        possible = [order for order in possible if order != "ymd"]
    if all(len({days[order] for order in possible}) == 1 for days in dates.values()):
        return Clock(possible[0]), []
    return Clock(), [ambiguous(possible, dates, place)]


def is_near(order: str, telling: Sequence[Mapping[str, dt.date]], session: dt.date) -> bool:
    """Is one of the dates that the orders read differently near the session?"""
    return any(abs((days[order] - session).days) <= NEAR for days in telling)


def is_within(order: str, dates: Days, first: dt.date, last: dt.date) -> bool:
    """Can people have been there on all of these days?"""
    return all(first <= days[order] <= last for days in dates.values())


def ambiguous(possible: list[str], dates: Days, place: Place) -> Problem:
    date, days = next(
        (date, days) for date, days in dates.items() if len({days[order] for order in possible}) > 1
    )
    meant = {order: f"{days[order].day} {days[order]:%B %Y}" for order in possible}
    options = {"mdy": "--month-first", "dmy": "--day-first"}
    choices = [f"{options[order]} ({day})" for order, day in meant.items() if order in options]
    return Problem(
        place,
        f"{date} may be {' or '.join(meant.values())}, and no date of this file tells which",
        f"Add {' or '.join(choices)}, or name the session with --session.",
    )


UNITS: Mapping[int | Fraction, str] = {  # minutes
    1440: "d day days j jour jours",
    60: "h hr hrs hour hours heure heures std godz 時間",
    1: "m mn min mins minute minutes 分",
    Fraction(1, 60): "s sec secs sek second seconds seconde secondes 秒",
}
MINUTES_OF = {word: Fraction(minutes) for minutes, words in UNITS.items() for word in words.split()}
PART = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,3})?) ?([a-z時間分秒]+)\.?(?: |,|et |and )*")
CLOCKED = re.compile(r"([0-9]{1,3})(?: ?h ?|:)([0-5][0-9])(?::([0-5][0-9]))?")
HOURS, MINUTES = re.compile(r"\b(h|hrs?|hours?|heures?)\b"), re.compile(r"\bmin")


@lru_cache(maxsize=64)
def unit_of(header: str) -> Fraction | None:
    """How many minutes the unit in the name of a column is: `Durée (h)`, `Duration (Minutes)`; else None."""
    name = folded(header)
    if MINUTES.search(name):
        return Fraction(1)
    return Fraction(60) if HOURS.search(name) else None


@lru_cache(maxsize=4096)
def minutes_of(text: str, unit: Fraction | None = None) -> Fraction:
    """`1h 33m 7s`, `58s`, `1:33:07`, `3,25` in the unit given. Raises Mistake."""
    plain = plain_text(text)
    if found := CLOCKED.fullmatch(plain):
        return int(found[1]) * 60 + int(found[2]) + Fraction(int(found[3] or 0), 60)
    parts = PART.findall(plain)
    if parts and "".join(PART.split(plain)[::3]) == "" and all(word in MINUTES_OF for _, word in parts):
        return sum((number(amount) * MINUTES_OF[word] for amount, word in parts), Fraction(0))
    amount = number(plain)
    if unit is None:
        raise Mistake(f'"{text}" has no unit', "Write the unit in the name of the column: (h) or (min).")
    return amount * unit
