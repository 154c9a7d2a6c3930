"""Google Meet: the attendance report, one row per person: first join, last exit, time present."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from prt.files.yaml.words import say_phrase
from prt.imports.export import Export, Grid, Presence, ReadingHints, Source, Stay
from prt.imports.reading.dates import Clock, find_dates, parse_time
from prt.imports.reading.durations import uninterrupted_stays
from prt.imports.reading.table import (
    CellReader,
    ColumnNames,
    GridTable,
    TableRow,
    find_table,
    join_name,
    keep_email,
)

MEET_COLUMNS: ColumnNames = {
    "first": ("first name", "given name", "prenom"),
    "last": ("last name", "surname", "family name", "nom de famille", "nom"),
    "email": ("email", "email address", "e mail", "adresse e mail", "courriel", "adresse courriel"),
    "minutes": ("duration", "duree", "call duration", "duree de l'appel", "time in call", "temps d'appel"),
    "joined": (
        "time joined", "joined time", "first joined", "heure de participation", "heure d'entree",
        "heure de l'arrivee", "rejoint a", "a rejoint a",
    ),
    "left": (
        "time exited", "time left", "exit time", "last exited", "heure de sortie",
        "heure de fin de participation",
        "heure du depart", "sorti a", "a quitte a",
    ),
}  # fmt: skip


def recognise_meet(grid: Grid) -> str:
    """How the file is known to be Google Meet's; "" if it is not."""
    if not (table := find_meet_list(grid)):
        return ""
    columns = ", ".join(map(table.heading, ("joined", "left")))
    return say_phrase("is_meet", columns=columns)


def find_meet_list(grid: Grid) -> GridTable | None:
    return find_table(grid, MEET_COLUMNS, is_meet_list, within=4)


def is_meet_list(columns: Mapping[str, int]) -> bool:
    return {"first", "minutes", "joined", "left"} <= set(columns)


def read_meet(grid: Grid, hints: ReadingHints) -> Export:
    table = find_meet_list(grid)
    assert table is not None
    rows = [row for row in table.rows() if person_name(row) or row["email"]]
    named = list(find_dates(grid.name))
    texts = [row[name] for row in rows for name in ("joined", "left")]
    reader = CellReader.of_dates(grid, [*texts, *named], hints)
    day = hints.session_date or next(
        (moment.date() for text in named if (moment := reader.clock.moment(text))), None
    )
    presences = tuple(read_meet_row(row, table, reader, day) for row in rows)
    stays = [stay for one in presences for stay in one.stays]
    return Export(
        "attendance",
        starts=min((stay.joined for stay in stays), default=None),
        ends=max((stay.left for stay in stays), default=None),
        presences=presences,
        dropped=table.unused_headings(),
        problems=tuple(reader.problems()),
    )


def person_name(row: TableRow) -> str:
    return join_name(row["first"], row["last"])


def read_meet_row(row: TableRow, table: GridTable, reader: CellReader, day: dt.date | None) -> Presence:
    minutes = reader.minutes(row.line, table.heading("minutes"), row["minutes"])
    own = read_meet_stay(row, table, reader, day)
    begins = own[0].joined.date() if own else meeting_day(reader.clock, row["joined"])
    email, stays = keep_email(row["email"]), uninterrupted_stays(own, minutes)
    return Presence(row.line, person_name(row), email, stays, minutes, begins)


def meeting_day(clock: Clock, text: str) -> dt.date | None:
    moment = clock.moment(text)
    return moment.date() if moment else None


def read_meet_stay(
    row: TableRow, table: GridTable, reader: CellReader, day: dt.date | None
) -> tuple[Stay, ...]:
    """From the first join to the last exit, moments or hours of the day of the meeting."""
    joined, left = parse_time(row["joined"]), parse_time(row["left"])
    if joined is None or left is None:
        return reader.stays(row.line, table.heading("joined"), row["joined"], row["left"])
    if day is None:
        return ()
    begins, ends = dt.datetime.combine(day, joined), dt.datetime.combine(day, left)
    return (Stay(begins, ends if ends >= begins else ends + dt.timedelta(days=1)),)


SOURCE = Source("meet", recognise_meet, read_meet)
