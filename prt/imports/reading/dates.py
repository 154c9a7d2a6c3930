"""Dates, times and durations as exports write them.

Which of 10/11/2024 is the day is never guessed: all dates of the file decide together, then the day of the
session, then the option that settles it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from prt import spoken
from prt.imports.export import ReadingHints
from prt.model.calendar import MONTHS, place_of
from prt.problems import JoinedTexts, Mistake, Place, Problem, say_date
from prt.text import compile_later, fold_text
from prt.values import dataclass

DATE_ORDERS = {"mdy": (2, 0, 1), "dmy": (2, 1, 0), "ymd": (0, 1, 2)}  # where year, month and day stand
ONE_ORDER = ""  # the order of a date that cannot be read in two ways: 2024-10-16, Oct 16, 2024
EXPORT_YEARS = range(2019, 2080)  # of exports: 22/7/11 is of 2022, for in 2011 there were none
NEAR_SESSION = 7  # days between a session and its export; the two readings of a date are 27 or more apart

NUMERIC_DATE = compile_later(r"([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{1,4})(?![0-9])")
MONTH_WORD = r"([a-zà-ÿ]{3,9}\.?)"
NAMED_DATE = compile_later(
    rf"(?:[a-zà-ÿ]+\.?,? )?(?:{MONTH_WORD} ([0-9]{{1,2}})|([0-9]{{1,2}})(?:er)?[ -]{MONTH_WORD})"
    r",?[ -]([0-9]{4})(?![0-9])"
    r"|([0-9]{1,2})-([a-zà-ÿ]{3,9})\.?-([0-9]{2})(?![0-9])"  # as Excel shows a day
)
TIME_TEXT = compile_later(
    r"(?:t|,? ?(?:(?:at|à) )?)(?P<hour>[0-9]{1,2})(?: ?h ?|:)(?P<minute>[0-9]{2})?"
    r"(?: ?min\.? ?|:)?(?P<second>[0-9]{2})?(?:[.,][0-9]+)?(?: ?s)?(?: ?(?P<half>[ap])\.? ?m\.?)?"
    r"(?P<zone> ?z| ?[a-z]{2,5})?(?: ?(?P<offset>[+−-][0-9]{1,2}:?(?:[0-9]{2})?))?"  # AST, UTC−4, -05:00
)
ZONE_SIGN = compile_later(r"[z+−-]|utc|gmt")
SERIAL_DATE = compile_later(r"[0-9]{5}(?:[.,][0-9]+)?")
SERIAL_DAYS = range(43_466, 65_745)  # Excel's days of the years above
LONGEST_DATE = 80


class DoubtfulDate(Mistake):
    """The mistake that a date may be several days, by the order of its numbers."""

    def __init__(self, mistake: Mistake, days: Mapping[str, dt.date]) -> None:
        super().__init__(mistake.code, **mistake.values)
        self.days = days


@dataclass(frozen=True)
class Clock:
    """Reads the dates and times of one file, all in the same order; `order` is "" where none is settled."""

    order: str = ""

    def moment(self, text: str) -> dt.datetime | None:
        """A date with its time, midnight where there is none; None if it cannot be read or may be two."""
        return parse_moment(text, self.order)

    def doubts(self, text: str) -> bool:
        """Whether the text is a date that may be two: the file is refused for it already."""
        return not self.order and len(read_date_orders(split_date(simplify_date(text))[0])) > 1


@lru_cache(maxsize=10_000)  # of a meeting many join in the same minute
def parse_moment(text: str, order: str) -> dt.datetime | None:
    """What `Clock.moment` says of a text."""
    plain = simplify_date(text)
    if SERIAL_DATE.fullmatch(plain):
        return parse_serial(plain)
    date, rest = split_date(plain)
    found, time = read_date_orders(date), parse_clock_time(rest.strip()) if rest else dt.time()
    days = {found[order]} if order in found else set(found.values())
    if len(days) != 1 or time is None:
        return None
    moment = dt.datetime.combine(days.pop(), time)
    return convert_to_quebec(moment - offset) if (offset := find_offset(rest)) is not None else moment


def simplify_date(text: str) -> str:
    """`"10/16/2024, 9:01:00\u202fAM"` with plain spaces and small letters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text[:LONGEST_DATE].lower().split())


def split_date(plain: str) -> tuple[str, str]:
    """The date, and what follows it: the time, with what stands between."""
    found = NUMERIC_DATE.match(plain) or NAMED_DATE.match(plain)
    return (found[0], plain[found.end() :]) if found else ("", plain)


def begins_with_date(text: str) -> bool:
    """Whether the text begins with a date, in whatever order."""
    return bool(read_date_orders(split_date(simplify_date(text))[0]))


@lru_cache(maxsize=4096)  # a file has few different days
def read_date_orders(date: str) -> Mapping[str, dt.date]:
    """The days a written date may be, by the order of its numbers."""
    if found := NUMERIC_DATE.fullmatch(date):
        first, second, third = map(int, found.group(1, 3, 4))
        if len(found[1]) == 4:
            return read_one_order(first, second, third)
        numbers = (first, second, third)
        days = {order: make_date(numbers, order) for order in possible_orders(found[1], found[2], found[4])}
        return {order: day for order, day in days.items() if day}
    if found := NAMED_DATE.fullmatch(date):
        month = place_of(fold_text((found[1] or found[4] or found[7]).rstrip(".")), MONTHS)
        year, day = int(found[5] or f"20{found[8]}"), int(found[2] or found[3] or found[6])
        return read_one_order(year, 0 if month is None else month + 1, day)
    return {}


def read_one_order(year: int, month: int, day: int) -> Mapping[str, dt.date]:
    found = make_date((year, month, day), "ymd")
    return {ONE_ORDER: found} if found else {}


def possible_orders(first: str, separator: str, last: str) -> tuple[str, ...]:
    """Which orders the look of a date allows: with dots days come first."""
    if len(first) == 3 or len(last) not in (2, 4):
        return ()
    if separator == ".":
        return ("dmy",)
    return ("mdy", "dmy") if len(last) == 4 else ("mdy", "dmy", "ymd")


def make_date(numbers: tuple[int, ...], order: str) -> dt.date | None:
    year, month, day = (numbers[place] for place in DATE_ORDERS[order])
    year += 2000 if year < 100 else 0
    try:
        return dt.date(year, month, day) if year in EXPORT_YEARS else None
    except ValueError:
        return None


def parse_time(text: str) -> dt.time | None:
    """`9:28:07 am`, `18:29`, `09 h 28 min 07 s`; an hour without its day stays as the export has it."""
    return parse_clock_time(simplify_date(text))


def parse_clock_time(plain: str) -> dt.time | None:
    found = TIME_TEXT.fullmatch(plain)
    if not found:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "p") if 1 <= hour <= 12 else 99
    try:
        return dt.time(hour, int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None


def find_offset(rest: str) -> dt.timedelta | None:
    """How far a time is from UTC, where it says so: `Z`, `GMT`, `-05:00`. None of a zone by name, such as
    `AST`: it is that of the place."""
    found = TIME_TEXT.fullmatch(rest.strip()) if ZONE_SIGN.search(rest) else None
    if found and found["offset"]:
        digits = re.sub(r"[^0-9]", "", found["offset"])
        hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
        return dt.timedelta(hours=hours, minutes=minutes) * (1 if found["offset"][0] == "+" else -1)
    return dt.timedelta() if found and (found["zone"] or "").strip() in ("z", "utc", "gmt") else None


def convert_to_quebec(utc: dt.datetime) -> dt.datetime:
    """The time in Québec; UTC where this computer knows no time zones."""
    zone = quebec_zone()
    return utc.replace(tzinfo=dt.UTC).astimezone(zone).replace(tzinfo=None) if zone else utc


def knows_quebec_time() -> bool:
    return quebec_zone() is not None


@lru_cache(maxsize=1)
def quebec_zone() -> dt.tzinfo | None:
    try:
        return ZoneInfo("America/Toronto")
    except ZoneInfoNotFoundError:
        return None


def parse_serial(text: str) -> dt.datetime | None:
    """`45581.5`, which Excel shows as 2024-10-16 12:00 once the cell has the format of a date."""
    days = Fraction(text.replace(",", "."))
    if int(days) not in SERIAL_DAYS:
        return None
    return dt.datetime(1899, 12, 30) + dt.timedelta(seconds=round(days * 86_400))


def settle_clock(texts: Iterable[str], hints: ReadingHints, place: Place) -> tuple[Clock, list[Problem]]:
    """The clock of a file with these dates; a problem where two readings remain, or none."""
    dates = {split_date(simplify_date(text))[0] for text in set(texts)}
    found = {date: days for date in sorted(dates) if (days := read_date_orders(date))}
    open_ones = {date: days for date, days in found.items() if ONE_ORDER not in days}
    if not open_ones:
        return Clock(), []
    possible = [order for order in DATE_ORDERS if all(order in days for days in open_ones.values())]
    if not possible:
        return Clock(), [mixed_orders(open_ones, place)]
    if hints.day_first is not None:
        return apply_order_option("dmy" if hints.day_first else "mdy", possible, open_ones, place)
    return decide_order(possible, open_ones, hints, place)


DateReadings = Mapping[str, Mapping[str, dt.date]]


def mixed_orders(dates: DateReadings, place: Place) -> Problem:
    """One date that has no month 13 to 31 at its first place, and one that has none at its second."""
    examples = [next(date for date, days in dates.items() if order not in days) for order in ("mdy", "dmy")]
    return Problem.of(place, Mistake("dates_of_both_orders", one=examples[0], other=examples[1]))


def apply_order_option(
    want: str, possible: list[str], dates: DateReadings, place: Place
) -> tuple[Clock, list[Problem]]:
    if want in possible:
        return Clock(want), []
    against = next(date for date, days in dates.items() if want not in days)
    option = "--day-first" if want == "dmy" else "--month-first"
    return Clock(), [Problem.of(place, Mistake("order_does_not_fit", option=option, date=against))]


def decide_order(
    possible: list[str], dates: DateReadings, hints: ReadingHints, place: Place
) -> tuple[Clock, list[Problem]]:
    """The order of day and month: the one near the session, or in the past and in a plan year, or by the file
    alone. 04/04/2025 tells nothing.

    22/10/24 is a day of October 2024 unless the session says 2022: two digits of a year come first only
    where nothing else fits (22/7/11), or with hyphens, as Canada writes them (24-10-22).
    """
    telling = [days for days in dates.values() if len({days[order] for order in possible}) > 1]
    session = hints.session_date
    near = [order for order in possible if session and is_near_session(order, telling, session)]
    if len(near) == 1:
        return Clock(near[0]), []
    if len(possible) > 1 and hints.within:
        first, last = hints.within()
        possible = [order for order in possible if are_within(order, dates, first, last)] or possible
    if len(possible) > 1 and not any("-" in date for date in dates):
        possible = [order for order in possible if order != "ymd"]
    if all(len({days[order] for order in possible}) == 1 for days in dates.values()):
        return Clock(possible[0]), []
    return Clock(), [ambiguous_date(possible, dates, place)]


def is_near_session(order: str, telling: Sequence[Mapping[str, dt.date]], session: dt.date) -> bool:
    """Is one of the dates that the orders read differently near the session?"""
    return any(abs((days[order] - session).days) <= NEAR_SESSION for days in telling)


def are_within(order: str, dates: DateReadings, first: dt.date, last: dt.date) -> bool:
    """Can people have been there on all of these days?"""
    return all(first <= days[order] <= last for days in dates.values())


def ambiguous_date(possible: list[str], dates: DateReadings, place: Place) -> Problem:
    date, days = next(
        (date, days) for date, days in dates.items() if len({days[order] for order in possible}) > 1
    )
    meant = {order: say_date(days[order], spoken.language) for order in possible}
    options = {"mdy": "--month-first", "dmy": "--day-first"}
    choices = [f"{options[order]} ({day})" for order, day in meant.items() if order in options]
    texts = JoinedTexts([*meant.values()], "or"), JoinedTexts(choices, "or")
    mistake = Mistake("which_day_unknown", date=date, days=texts[0], options=texts[1])
    return Problem.of(place, DoubtfulDate(mistake, {order: days[order] for order in meant}))


PACKED_DATE = compile_later(r"(?<![0-9])(20[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])")


def find_dates(text: str) -> Iterator[str]:
    """`2025-01-22` of `Back_to_basics_20250122.csv`; `16 octobre 2024` as it is written."""
    plain = simplify_date(PACKED_DATE.sub(r" \1-\2-\3 ", text.replace("_", " ")))
    for found in (*NUMERIC_DATE.finditer(plain), *NAMED_DATE.finditer(plain)):
        if not plain[: found.start()][-1:].isdigit():
            yield found[0]


def remove_dates(text: str) -> str:
    """The other words."""
    plain = PACKED_DATE.sub(" ", text.replace("_", " "))
    return " ".join(NAMED_DAY.sub(" ", NUMERIC_DATE.sub(" ", plain)).split())


NAMED_DAY = compile_later(
    r"\b(?:[0-9]{1,2}(?:er)?[ -][a-zà-ÿ]{3,9}\.?|[a-zà-ÿ]{3,9}\.? [0-9]{1,2}),?[ -]20[0-9]{2}\b",
    re.IGNORECASE,
)
