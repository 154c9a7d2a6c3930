"""Microsoft Teams: lists of who joined and left (2020), and of the connections to a live event."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from prt.imports.export import Export, Grid, Presence, Stay
from prt.imports.reading.dates import Asked, settle
from prt.imports.reading.table import Names, Reader, Row, Table, find_header, place_of
from prt.model.text import folded
from prt.problems import Problem

NAMES: Names = {
    "name": ("full name", "fullname", "nom complet", "name", "nom"),
    "action": ("user action", "action", "action de l'utilisateur", "action utilisateur"),
    "time": ("timestamp", "horodatage", "horodateur", "utceventtimestamp", "utc event timestamp"),
    "session": ("sessionid", "session id"),
    "participant": ("participantid", "participant id"),
    "role": ("role",),
}
ACTIONS = {  # whether somebody came
    "joined": True, "joined before": True, "a rejoint": True, "rejoint": True, "a rejoint avant": True,
    "rejoint avant": True, "a participe": True, "s'est joint": True, "s'est jointe": True,
    "left": False, "a quitte": False, "quitte": False, "est parti": False, "parti": False,
}  # fmt: skip
ORGANISERS = frozenset({"organizer", "organiser", "producer", "presenter", "organisateur", "producteur"})


class Event(NamedTuple):
    """Somebody who came or left."""

    line: int
    came: bool
    moment: dt.datetime | None
    row: Row


def recognise(grid: Grid) -> str:
    found = find_header(grid, NAMES, is_list)
    if not found:
        return ""
    what = "live event report" if is_live_event(found[1]) else "list of 2020"
    columns = ", ".join(grid.rows[found[0]][found[1][name]].strip() for name in ("name", "action", "time"))
    return f"Teams {what} (columns {columns})"


def is_list(columns: Mapping[str, int]) -> bool:
    return {"name", "action", "time"} <= set(columns)


def is_live_event(columns: Mapping[str, int]) -> bool:
    return "session" in columns


def read(grid: Grid, asked: Asked) -> Export:
    found = find_header(grid, NAMES, is_list)
    if not found:
        problem = Problem(place_of(grid), "is no attendance report of Teams", "Leave out --as teams.")
        return Export("teams", "attendance", "", problems=(problem,))
    table = Table(grid, *found)
    clock, problems = settle((row["time"] for row in table.rows()), asked, place_of(grid))
    reader = Reader(grid, clock)
    events = events_of(table, reader)
    moments = [event.moment for each in events.values() for event in each if event.moment]
    left = [event for each in events.values() for event in each if not event.came]
    end = max(moments, default=None) if left else None  # made while all were there, it has no end
    presences = sorted(
        (one for each in events.values() for one in paired(each, end)), key=lambda one: one.line
    )
    return Export(
        "teams",
        "attendance",
        recognise(grid),
        starts=min(moments, default=None),
        ends=max(moments, default=None),
        presences=tuple(presences),
        dropped=dropped(table),
        problems=(*problems, *reader.problems(), *in_utc(table)),
    )


def events_of(table: Table, reader: Reader) -> Mapping[tuple[str, ...], Sequence[Event]]:
    """What happened to each person, in order; in a live event to each of their connections."""
    found: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for row in table.rows():
        word = folded(row["action"])
        if word not in ACTIONS:
            reader.fail(row.line, table.named("action"), f'"{row["action"]}" is neither joined nor left')
            continue
        moment = reader.moment(row.line, table.named("time"), row["time"])
        moment = here(moment) if moment and is_live_event(table.columns) else moment
        key = (row["session"], row["participant"]) if row["session"] else (row["name"],)
        found[key].append(Event(row.line, ACTIONS[word], moment, row))
    for events in found.values():
        events.sort(key=lambda event: event.moment or dt.datetime.max)
    return found


def paired(events: Sequence[Event], end: dt.datetime | None) -> Iterator[Presence]:
    """Each coming with the leaving after it; who had not left was there until the end of the list."""
    waiting: list[Event] = []
    for event in events:
        if event.came:
            waiting.append(event)
        elif waiting:
            yield presence(waiting.pop(0), event.moment)
        else:
            yield presence(event, None)
    yield from (presence(event, end) for event in waiting)


def presence(event: Event, left: dt.datetime | None) -> Presence:
    """Without minutes where it is not known when somebody left, or came."""
    joined = event.moment
    stay = Stay(joined, left) if event.came and joined and left and joined <= left else None
    return Presence(
        event.line,
        event.row["name"],
        stays=(stay,) if stay else (),
        minutes=Fraction(round((stay.left - stay.joined).total_seconds()), 60) if stay else None,
        day=joined.date() if joined else None,
        organiser=folded(event.row["role"]) in ORGANISERS,
    )


def dropped(table: Table) -> tuple[str, ...]:
    ids = tuple(filter(None, (table.named("session"), table.named("participant"))))
    return (*ids, *table.dropped())


def here(utc: dt.datetime) -> dt.datetime:
    """The time in Québec; UTC where this computer knows no time zones."""
    zone = quebec()
    return utc.replace(tzinfo=dt.UTC).astimezone(zone).replace(tzinfo=None) if zone else utc


@lru_cache(maxsize=1)
def quebec() -> dt.tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # here, for few lists are of live events

    try:
        return ZoneInfo("America/Toronto")
    except ZoneInfoNotFoundError:
        return None


def in_utc(table: Table) -> list[Problem]:
    if not is_live_event(table.columns) or quebec():
        return []
    what = "the times of a live event are in UTC, and this computer knows no time zones"
    remedy = "pip install tzdata. An event of the evening may carry the next day."
    return [Problem(place_of(table.grid), what, remedy, "warning")]
