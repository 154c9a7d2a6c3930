"""How a figure came to be what it is: its value at the end of each week, and what was expected by then."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction
from operator import itemgetter

from prt.figures.evaluate import Result
from prt.figures.status import expected
from prt.model.calendar import Calendar
from prt.model.facts import DAY

WEEK = dt.timedelta(days=7)


def weeks(calendar: Calendar, last: dt.date) -> Iterator[dt.date]:
    """The first day of the year, each seventh after it, and the last day that is asked for."""
    day = calendar.starts
    while day < last:
        yield day
        day += WEEK
    yield last


def course(result: Result) -> list[tuple[dt.date, Fraction]]:
    """The figure to date at the end of each week up to the cut-off; none while there is no figure.

    It is one that adds up: each week is what was before and what the week gives.
    """
    data, facts = result.view.data, sorted(result.facts, key=itemgetter(DAY))
    found, before, first = list[tuple[dt.date, Fraction]](), Fraction(0), 0
    for day in weeks(data.calendar, result.view.window.last):
        last = bisect_right(facts, day, lo=first, key=itemgetter(DAY))
        figure = result.measure.fold(facts[first:last], data.see(data.calendar.to_date(day)))
        if figure.value is not None or first:
            found.append((day, before + (figure.value or 0)))
        if figure.facts:
            before, first = found[-1][1], last
    return found


def expected_course(result: Result) -> list[tuple[dt.date, Fraction]]:
    """What the target asks for at the first day and at the end of each period of the year."""
    calendar = result.view.data.calendar
    days = [calendar.starts, calendar.pace_from, *(period.last for period in calendar.periods)]
    due = ((day, expected(result.indicator, calendar, day, result.to_date)) for day in sorted(set(days)))
    return [(day, value) for day, value in due if value is not None]


def may_be_drawn(result: Result) -> bool:
    """Does its course tell nothing of persons? A step may be one of them; of hours and activities none is."""
    about = result.measure.people(result.to_date.facts, result.view)
    return not about.part and not about.whole
