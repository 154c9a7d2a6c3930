"""The events of an .ics file (RFC 5545), by the library icalendar.

It knows the names of time zones that Windows uses, those that a file defines, and the escapes of texts.
Places, descriptions and guests are taken out before it reads a line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any

from prt.files.yaml.words import say_phrase
from prt.imports.export import Aside, CalendarEvent, Export, Grid
from prt.imports.reading.dates import quebec_zone
from prt.imports.reading.table import grid_place
from prt.problems import Mistake, Problem
from prt.text import collapse_spaces, compile_later, fold_text

READ_LINES = compile_later(
    r"(?:BEGIN|END|UID|SUMMARY|DTSTART|DTEND|DURATION|RRULE|RDATE|RECURRENCE-ID|CATEGORIES|CLASS|STATUS|TRANSP"
    r"|X-MICROSOFT-CDO-(?:BUSYSTATUS|ALLDAYEVENT)|TZID|TZNAME|TZOFFSETFROM|TZOFFSETTO)[;:]",
    re.IGNORECASE,
)
CANCELLED = compile_later(r"(?:cancell?ed|annulee?) ?:")
WHOLE_DAY = 24 * 60
"""Minutes from which an event is no hours of anybody."""
MOST_EVENTS = 20_000
"""The library takes 0.6 ms for each."""


def is_ics(grid: Grid) -> bool:
    return bool(grid.rows) and fold_text(grid.rows[0][0]) == "begin:vcalendar"


def read_ics(grid: Grid) -> Export:
    """All events; a file that the library cannot read is a problem, an event without a time is counted."""
    if sum(cells[0].upper().startswith("BEGIN:VEVENT") for cells in grid.rows) > MOST_EVENTS:
        too_many = Problem.of(grid_place(grid), Mistake("too_many_events", most=f"{MOST_EVENTS:,}"))
        return Export("events", problems=(too_many,))
    try:
        found = list(parse_events([cells[0] for cells in grid.rows if READ_LINES.match(cells[0])]))
    except Exception:  # a damaged calendar fails in a dozen ways, none of them the user's to know
        wrong = Problem.of(grid_place(grid), Mistake("calendar_unreadable"))
        return Export("events", problems=(wrong,))
    read = [read_ics_event(one) for one in found]
    events = {event.uid or place: event for place, event in enumerate(read) if event}
    timeless = len(read) - sum(event is not None for event in read)
    left_out = (say_phrase("events_timeless", timeless),) if timeless else ()
    return Export("events", events=tuple(events.values()), left_out=left_out)


def parse_events(lines: Sequence[str]) -> Iterator[Any]:
    """Raises ValueError where the end is missing: the library would leave out all that stands before it."""
    from icalendar import Calendar  # 0.25 s, for calendars alone

    begun, ended = (sum(line.upper().startswith(word) for line in lines) for word in ("BEGIN:", "END:"))
    if begun != ended:
        raise ValueError(f"{begun} parts begin, {ended} end")
    for calendar in Calendar.from_ical("\r\n".join(lines), multiple=True):
        yield from calendar.walk("VEVENT")


def read_ics_event(event: Any) -> CalendarEvent | None:
    """One event; None where it has no time that can be."""
    try:
        begins, ends = moment_of(event, "DTSTART"), moment_of(event, "DTEND")
        if begins is None:
            return None
        ends = ends or begins + (moment_of(event, "DURATION") or dt.timedelta())
        starts = to_quebec(begins)
        length = elapsed_minutes(starts, to_quebec(ends))
    except (ArithmeticError, TypeError, ValueError):  # the year 0, or an end of another kind than the start
        return None
    subject, uid = collapse_spaces(property_text(event, "SUMMARY")), property_text(event, "UID")
    which = moment_of(event, "RECURRENCE-ID")
    whole_day = not isinstance(begins, dt.datetime) or length >= WHOLE_DAY
    return CalendarEvent(
        subject,
        starts.replace(tzinfo=None),
        length,
        tuple(categories_of(event)),
        f"{uid} {which.isoformat()}" if which else uid,
        find_ics_aside(event, all_day=whole_day),
    )


def moment_of(event: Any, name: str) -> Any:
    """A date, a moment or a duration; None where there is none, or several."""
    return getattr(event.get(name), "dt", None)


def property_text(event: Any, name: str) -> str:
    """The text of a property; "" where there is none, the first of several."""
    found = event.get(name)
    return str(found[0] if isinstance(found, list) else found) if found is not None else ""


def categories_of(event: Any) -> Iterator[str]:
    found = event.get("CATEGORIES")
    for some in found if isinstance(found, list) else [found]:
        yield from (text for one in getattr(some, "cats", ()) if (text := collapse_spaces(str(one))))


def find_ics_aside(event: Any, *, all_day: bool) -> Aside:
    """Why the event is nobody's hours; of a private one nothing else is told."""

    def is_one_of(name: str, *words: str) -> bool:
        return property_text(event, name).strip().upper() in words

    if property_text(event, "CLASS").strip().upper() not in ("", "PUBLIC"):
        return "private"
    if is_one_of("STATUS", "CANCELLED") or is_cancelled(property_text(event, "SUMMARY")):
        return "cancelled"
    if all_day or is_one_of("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE"):
        return "all_day"
    if is_one_of("TRANSP", "TRANSPARENT") or is_one_of("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"):
        return "free"
    return "repeated" if "RRULE" in event or "RDATE" in event else ""


def is_cancelled(subject: str) -> bool:
    """Does the subject begin as Outlook marks it: `Canceled: …`, `Annulé : …`?"""
    return bool(CANCELLED.match(fold_text(subject)))


def to_quebec(moment: dt.date) -> dt.datetime:
    """The time in Québec; one without a zone is of there already."""
    zone = quebec_zone() or dt.UTC
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def elapsed_minutes(starts: dt.datetime, ends: dt.datetime) -> int:
    """How long it took, also in the night in which the clocks change."""
    length = to_quebec(ends).astimezone(dt.UTC) - to_quebec(starts).astimezone(dt.UTC)
    return int(length.total_seconds() // 60)
