"""School days of the fictional year, and how they are drawn: August to June, quieter around the holidays."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import cache
from random import Random

FIRST, LAST = dt.date(2024, 8, 19), dt.date(2025, 6, 27)
HOLIDAYS = (
    ("2024-09-02", "2024-09-02"),
    ("2024-10-14", "2024-10-14"),
    ("2024-12-21", "2025-01-05"),
    ("2025-03-03", "2025-03-07"),
    ("2025-04-18", "2025-04-21"),
    ("2025-05-19", "2025-05-19"),
    ("2025-06-24", "2025-06-24"),
)


@cache
def list_school_days() -> tuple[dt.date, ...]:
    days = [FIRST + dt.timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    return tuple(day for day in days if day.weekday() < 5 and not is_holiday(day.isoformat()))


def is_holiday(day: str) -> bool:
    return any(first <= day <= last for first, last in HOLIDAYS)


def draw_days(count: int, months: Mapping[int, int], draw: Random) -> list[dt.date]:
    """`count` school days in order; a month's weight is shared by its days."""
    sizes = Counter(day.month for day in list_school_days())
    weights = [months.get(day.month, 0) / sizes[day.month] for day in list_school_days()]
    return sorted(draw.choices(list_school_days(), weights, k=count))


def find_school_day(day: dt.date) -> dt.date:
    """The day itself, or the last school day before it."""
    return max(one for one in list_school_days() if one <= day)
