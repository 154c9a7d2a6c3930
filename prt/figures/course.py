"""How a figure came to be what it is: its value at the end of each week, and what was expected by then."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from fractions import Fraction

from prt.figures.evaluate import Result
from prt.figures.status import expected_amount
from prt.model.calendar import Calendar, Window

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
    data, (facts, days) = result.view.data, result.seen.dated.by_day
    found, before, first = list[tuple[dt.date, Fraction]](), Fraction(0), 0
    for day in weeks(data.calendar, result.view.window.last):
        last = bisect_right(days, day, lo=first)
        if first and first == last:  # a week that gives nothing
            found.append((day, before))
            continue
        figure = result.measure.fold(facts[first:last], data.see(data.calendar.to_date(day)))
        if figure.value is not None or first:
            found.append((day, before + (figure.value or 0)))
        if figure.facts:
            before, first = found[-1][1], last
    return found


def months(calendar: Calendar, last: dt.date) -> Iterator[Window]:
    """The months of the year up to a day; the first and the last may be cut short."""
    first = calendar.starts
    while first <= last:
        following = (first.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        yield Window(first, min(following - dt.timedelta(days=1), last))
        first = following


def figures_of_months(result: Result) -> list[Fraction | None]:
    """The figure of each month up to the cut-off, of what adds up: together they are the figure to date."""
    data = result.view.data
    found = months(data.calendar, result.view.window.last)
    return [result.measure.figure_of(result.facts, data.see(one)).value for one in found]


def expected_course(result: Result) -> list[tuple[dt.date, Fraction]]:
    """What the target asks for at the first day and at the end of each period of the year."""
    calendar = result.view.data.calendar
    days = [calendar.starts, calendar.pace_from, *(period.last for period in calendar.periods)]
    due = ((day, expected_amount(result.judged, calendar, day, result.to_date)) for day in sorted(set(days)))
    return [(day, value) for day, value in due if value is not None]


def may_be_drawn(result: Result) -> bool:
    """Does its course tell nothing of persons? A step may be one of them; of hours and activities none is."""
    about = result.measure.people(result.to_date.facts, result.view)
    return not about.part and not about.whole
