"""Days as an iCalendar file (RFC 5545), by the library icalendar: it folds and escapes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from prt.text import one_line
from prt.values import dataclass

MADE_BY = "-//prt//todo//EN"
"""The sign in such a file that prt made it."""


@dataclass(frozen=True)
class CalendarDay:
    """What is on a day, or until `last`. Whoever takes in a second file has the day of this `uid` moved."""

    uid: str
    first: dt.date
    text: str
    last: dt.date | None = None
    is_cancelled: bool = False


def write_calendar(days: Iterable[CalendarDay], stamp: dt.date) -> str:
    """The file, all-day events that leave their days free: the same bytes for the same days."""
    from icalendar import Calendar, Event  # 0.25 s, for calendars alone

    calendar = Calendar()
    for name, text in (("VERSION", "2.0"), ("PRODID", MADE_BY), ("METHOD", "PUBLISH")):
        calendar.add(name, text)
    for day in days:
        event = Event()
        event.add("UID", day.uid)
        event.add("DTSTAMP", dt.datetime.combine(stamp, dt.time(), dt.UTC))
        event.add("DTSTART", day.first)
        if day.last and day.last > day.first:
            event.add("DTEND", day.last + dt.timedelta(days=1))
        text = one_line(" ".join(day.text.splitlines()))
        event.add("SUMMARY", text.replace("\\N", "\\\u2060N"))  # the library takes it for a line end
        event.add("TRANSP", "TRANSPARENT")
        if day.is_cancelled:
            event.add("STATUS", "CANCELLED")
        calendar.add_component(event)
    return str(calendar.to_ical().decode())
