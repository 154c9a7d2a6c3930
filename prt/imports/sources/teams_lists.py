"""Microsoft Teams: lists of who joined and left (2020), and of the connections to a live event."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from prt.files.yaml.words import say_phrase
from prt.imports.export import Export, Grid, Presence, ReadingHints, Stay
from prt.imports.reading.dates import (
    convert_to_quebec,
    find_offset,
    knows_quebec_time,
    simplify_date,
    split_date,
)
from prt.imports.reading.table import CellReader, ColumnNames, GridTable, TableRow, find_table, grid_place
from prt.problems import Mistake, Problem
from prt.text import fold_text
from prt.values import NamedTuple

EVENT_COLUMNS: ColumnNames = {
    "name": ("full name", "fullname", "nom complet", "name", "nom"),
    "action": ("user action", "action", "action de l'utilisateur", "action utilisateur"),
    "time": ("timestamp", "horodatage", "horodateur", "utceventtimestamp", "utc event timestamp"),
    "session": ("sessionid", "session id"),
    "participant": ("participantid", "participant id"),
    "role": ("role",),
}
EVENT_ACTIONS = {  # whether somebody came
    "joined": True, "joined before": True, "a rejoint": True, "rejoint": True, "a rejoint avant": True,
    "rejoint avant": True, "a participe": True, "s'est joint": True, "s'est jointe": True,
    "left": False, "a quitte": False, "quitte": False, "est parti": False, "parti": False,
}  # fmt: skip
EVENT_ORGANISERS = frozenset(
    {"organizer", "organiser", "producer", "presenter", "organisateur", "producteur"}
)


class Event(NamedTuple):
    """One line of the list: a person came, or left."""

    line: int
    came: bool
    moment: dt.datetime | None
    row: TableRow


def recognise_event_list(grid: Grid) -> str:
    if not (table := find_table(grid, EVENT_COLUMNS, is_event_list)):
        return ""
    columns = ", ".join(map(table.heading, ("name", "action", "time")))
    return say_phrase("is_live_event" if is_live_event(table.columns) else "is_teams_2020", columns=columns)


def is_event_list(columns: Mapping[str, int]) -> bool:
    return {"name", "action", "time"} <= set(columns)


def is_live_event(columns: Mapping[str, int]) -> bool:
    return "session" in columns


def read_event_list(grid: Grid, hints: ReadingHints) -> Export:
    table = find_table(grid, EVENT_COLUMNS, is_event_list)
    assert table is not None
    reader = CellReader.of_dates(grid, (row["time"] for row in table.rows()), hints)
    events = read_events(table, reader)
    moments = [event.moment for each in events.values() for event in each if event.moment]
    left = [event for each in events.values() for event in each if not event.came]
    end = max(moments, default=None) if left else None  # made while all were there, it has no end
    presences = sorted(
        (one for each in events.values() for one in pair_events(each, end)), key=lambda one: one.line
    )
    return Export(
        "attendance",
        starts=min(moments, default=None),
        ends=max(moments, default=None),
        presences=tuple(presences),
        dropped=dropped_with_ids(table),
        problems=(*reader.problems(), *warn_of_utc(table)),
    )


def read_events(table: GridTable, reader: CellReader) -> Mapping[tuple[str, ...], Sequence[Event]]:
    """The events of each person, in order; of a live event those of each connection."""
    found: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for row in table.rows():
        word = fold_text(row["action"])
        if word not in EVENT_ACTIONS:
            mistake = Mistake("neither_joined_nor_left", text=row["action"])
            reader.fail(row.line, table.heading("action"), mistake)
            continue
        moment = reader.moment(row.line, table.heading("time"), row["time"])
        if moment and is_live_event(table.columns) and not tells_zone(row["time"]):
            moment = convert_to_quebec(moment)
        key = (row["session"], row["participant"]) if row["session"] else (row["name"],)
        found[key].append(Event(row.line, EVENT_ACTIONS[word], moment, row))
    for events in found.values():
        events.sort(key=lambda event: event.moment or dt.datetime.max)
    return found


def tells_zone(text: str) -> bool:
    """Does a time say how far it is from UTC, so that it was read as a time in Québec?"""
    return find_offset(split_date(simplify_date(text))[1]) is not None


def pair_events(events: Sequence[Event], end: dt.datetime | None) -> Iterator[Presence]:
    """A presence for each coming with the leaving after it; people who had not left stayed until the end."""
    waiting: list[Event] = []
    for event in events:
        if event.came:
            waiting.append(event)
        elif waiting:
            yield make_event_presence(waiting.pop(0), event.moment)
        else:
            yield make_event_presence(event, None)
    yield from (make_event_presence(event, end) for event in waiting)


def make_event_presence(event: Event, left: dt.datetime | None) -> Presence:
    """A presence of one coming; without minutes if it is not known when the person left, or came."""
    joined = event.moment
    stay = Stay(joined, left) if event.came and joined and left and joined <= left else None
    return Presence(
        event.line,
        event.row["name"],
        stays=(stay,) if stay else (),
        minutes=Fraction(round((stay.left - stay.joined).total_seconds()), 60) if stay else None,
        day=joined.date() if joined else None,
        organiser=fold_text(event.row["role"]) in EVENT_ORGANISERS,
    )


def dropped_with_ids(table: GridTable) -> tuple[str, ...]:
    ids = tuple(filter(None, (table.heading("session"), table.heading("participant"))))
    return (*ids, *table.unused_headings())


def warn_of_utc(table: GridTable) -> list[Problem]:
    if not is_live_event(table.columns) or knows_quebec_time():
        return []
    return [Problem.of(grid_place(table.grid), Mistake("times_in_utc"), "warning")]
