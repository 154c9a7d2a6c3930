"""The events of an .ics file (RFC 5545), by the library icalendar.

It knows the escapes of texts; which zone a name stands for is found in prt/imports/reading/time_zones.py.
Places, descriptions and guests are taken out before it reads a line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from warnings import catch_warnings

from prt.files.yaml.words import say_phrase
from prt.imports.export import Aside, CalendarEvent, Export, Grid
from prt.imports.reading.dates import quebec_zone
from prt.imports.reading.table import grid_place
from prt.imports.reading.time_zones import find_zone
from prt.problems import Mistake, Problem
from prt.text import collapse_spaces, compile_later, fold_text, shorten

READ_LINES = compile_later(
    r"(?:BEGIN|END|UID|SUMMARY|DTSTART|DTEND|DURATION|RRULE|RDATE|RECURRENCE-ID|CATEGORIES|CLASS|STATUS|TRANSP"
    r"|X-MICROSOFT-CDO-(?:BUSYSTATUS|ALLDAYEVENT)|TZID|TZNAME|TZOFFSETFROM|TZOFFSETTO)[;:]",
    re.IGNORECASE,
)
IN_UTC = compile_later(r"(DTSTART|DTEND);.*:(\d{8}T\d{6}Z)\s*", re.IGNORECASE)
"""A moment that is told in UTC, and in which zone it is shown."""
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
    read = [read_ics_event(event, zones) for event, zones in found]
    events = {
        event.uid or place: event for place, event in enumerate(read) if isinstance(event, CalendarEvent)
    }
    timeless = read.count(None)
    left_out = (say_phrase("events_timeless", timeless),) if timeless else ()
    unknown = Counter(one.name for one in read if isinstance(one, UnknownZone))
    problems = (
        Problem.of(grid_place(grid), Mistake("unknown_time_zone", zone=shorten(zone, 60), n=n), "warning")
        for zone, n in unknown.items()
    )
    return Export("events", events=tuple(events.values()), left_out=left_out, problems=tuple(problems))


class UnknownZone(Exception):
    """Raised where nothing tells which time zone a calendar means by a name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Zones:
    """The time zones of one calendar, each found once. The library's own list is of all that a process reads,
    and it leaves a time whose zone it does not know without one, as if it were of here."""

    def __init__(self, calendar: Any) -> None:
        self.defined = calendar.walk("VTIMEZONE")
        self.found: dict[str, dt.tzinfo | None] = {}

    def of(self, name: str) -> dt.tzinfo:
        """Raises UnknownZone."""
        if name not in self.found:
            self.found[name] = find_zone(name, self.defined)
        if zone := self.found[name]:
            return zone
        raise UnknownZone(name)


def parse_events(lines: Sequence[str]) -> Iterator[tuple[Any, Zones]]:
    """Each event with the zones of its calendar. Raises ValueError where the end is missing: the library
    would leave out all that stands before it."""
    from icalendar import Calendar  # 0.25 s, for calendars alone

    begun, ended = (sum(line.upper().startswith(word) for line in lines) for word in ("BEGIN:", "END:"))
    if begun != ended:
        raise ValueError(f"{begun} parts begin, {ended} end")
    with catch_warnings(action="ignore"):  # which zone a name may be, as the library guesses
        told = "\r\n".join(in_utc(line) for line in lines)
        calendars = Calendar.from_ical(told, multiple=True)
    for calendar in calendars:
        zones = Zones(calendar)
        yield from ((event, zones) for event in calendar.walk("VEVENT"))


def in_utc(line: str) -> str:
    """A moment in UTC without the zone in which it is shown: the library would take it as of there."""
    found = IN_UTC.fullmatch(line)
    return f"{found[1]}:{found[2]}" if found else line


def read_ics_event(event: Any, zones: Zones) -> CalendarEvent | UnknownZone | None:
    """One event; None where it has no time that can be."""
    try:
        begins, ends = (zoned_moment(event, name, zones) for name in ("DTSTART", "DTEND"))
        if begins is None:
            return None
        ends = ends or begins + (moment_of(event, "DURATION") or dt.timedelta())
        starts = to_quebec(begins)
        length = elapsed_minutes(starts, to_quebec(ends))
    except UnknownZone as unknown:
        return unknown
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


def zoned_moment(event: Any, name: str, zones: Zones) -> Any:
    """A date, a duration, or a moment in the zone that the file names. Raises UnknownZone."""
    moment, zone = moment_of(event, name), getattr(event.get(name), "params", {}).get("TZID")
    if not isinstance(moment, dt.datetime) or not zone:
        return moment
    return moment.replace(tzinfo=zones.of(str(zone)))


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
