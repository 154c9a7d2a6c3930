"""Durations as exports write them, and the stays of one person joined, so that no minute counts twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

from prt.imports.export import Stay
from prt.imports.reading.dates import simplify_date
from prt.model.cells import number
from prt.problems import Mistake
from prt.text import compile_later, fold_text

ROUNDING = Fraction(1)
"""Minutes that a duration may be from the time between its join and its leave."""
NO_TIME, DAY_SECONDS = dt.timedelta(), 24 * 60 * 60
UNIT_WORDS: Mapping[int | Fraction, str] = {  # minutes
    1440: "d day days j jour jours",
    60: "h hr hrs hour hours heure heures std godz 時間",
    1: "m mn min mins minute minutes 分",
    Fraction(1, 60): "s sec secs sek second seconds seconde secondes 秒",
}
UNIT_MINUTES = {word: Fraction(minutes) for minutes, words in UNIT_WORDS.items() for word in words.split()}
AMOUNT_WITH_UNIT = compile_later(r"([0-9]{1,6}(?:[.,][0-9]{1,3})?) ?([a-z時間分秒]+)\.?(?: |,|et |and )*")
CLOCK_LENGTH = compile_later(r"([0-9]{1,3})(?: ?h ?|:)([0-5][0-9])(?::([0-5][0-9]))?")
HOURS_HEADING, MINUTES_HEADING = compile_later(r"\b(h|hrs?|hours?|heures?)\b"), compile_later(r"\bmin")


@lru_cache(maxsize=64)
def parse_heading_unit(header: str) -> Fraction | None:
    """How many minutes the unit in the name of a column is: `Durée (h)`, `Duration (Minutes)`; else None."""
    name = fold_text(header)
    if MINUTES_HEADING.search(name):
        return Fraction(1)
    return Fraction(60) if HOURS_HEADING.search(name) else None


@lru_cache(maxsize=4096)
def parse_minutes(text: str, unit: Fraction | None = None) -> Fraction:
    """`1h 33m 7s`, `58s`, `1:33:07`, `3,25` in the unit given. Raises Mistake."""
    plain = simplify_date(text)
    if found := CLOCK_LENGTH.fullmatch(plain):
        return int(found[1]) * 60 + int(found[2]) + Fraction(int(found[3] or 0), 60)
    parts = AMOUNT_WITH_UNIT.findall(plain)
    if (
        parts
        and "".join(AMOUNT_WITH_UNIT.split(plain)[::3]) == ""
        and all(word in UNIT_MINUTES for _, word in parts)
    ):
        return sum((number(amount) * UNIT_MINUTES[word] for amount, word in parts), Fraction(0))
    amount = number(plain)
    if unit is None:
        raise Mistake("no_unit", text=text)
    return amount * unit


def uninterrupted_stays(own: tuple[Stay, ...], minutes: Fraction | None) -> tuple[Stay, ...]:
    """First join to last leave, if there was no break between: the minutes of the report leave breaks out."""
    if not own or minutes is None:
        return own
    between = Fraction(round((own[0].left - own[0].joined).total_seconds()), 60)
    return own if abs(between - minutes) <= ROUNDING else ()


def join_stays(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """The same time in stays that do not touch, in order."""
    own = tuple(stays)
    if len(own) < 2:
        return own
    in_order = sorted(own, key=lambda one: (one.joined, one.left))
    found = in_order[:1]
    for stay in in_order[1:]:
        if stay.joined <= found[-1].left:
            found[-1] = Stay(found[-1].joined, max(found[-1].left, stay.left))
        else:
            found.append(stay)
    return tuple(found)


def count_minutes(stays: Iterable[Stay]) -> int:
    """Whole minutes, rounded down, of the union."""
    time = sum([left - joined for joined, left in join_stays(stays)], NO_TIME)
    return (time.days * DAY_SECONDS + time.seconds) // 60


def minutes_present(stays: Iterable[Stay], told: Iterable[Fraction | None]) -> int | None:
    """Minutes present; `told` are those of lists without times. None, the whole time, where no list measured.

    Lists may tell of the same minutes, so that they are never added: the longest is certain.
    """
    measured, all_told = count_minutes(stays), list(told)
    known = [int(one) for one in all_told if one is not None]
    return None if all_told and not (known or measured) else max(measured, *known, 0)


def format_stays(stays: Iterable[Stay]) -> str:
    """`2024-10-16T08:58:44/2024-10-16T10:31:02; …`"""
    pairs = join_stays(stays)
    return "; ".join([f"{format_moment(joined)}/{format_moment(left)}" for joined, left in pairs])


@lru_cache(maxsize=10_000)  # of a meeting many join in the same second
def format_moment(moment: dt.datetime) -> str:
    return moment.isoformat()


def parse_stays(text: str) -> tuple[Stay, ...]:
    """Stays as they are written in a cell. Raises ValueError for anything else."""
    pairs = [part.strip().split("/") for part in text.split(";") if part.strip()]
    return tuple(Stay(*(dt.datetime.fromisoformat(one) for one in pair)) for pair in pairs)
