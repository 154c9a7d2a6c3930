"""Zoom: participants of meetings, two generations, English and French; webinars are in zoom_webinar.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from prt.files.yaml.words import say_phrase
from prt.imports.export import Export, Grid, ReadingHints, Source
from prt.imports.reading.table import (
    CellReader,
    ColumnNames,
    GridTable,
    TableRow,
    find_columns,
    find_table,
    grid_place,
)
from prt.imports.sources import zoom_webinar
from prt.problems import Mistake, Problem
from prt.text import compile_later, fold_text
from prt.values import dataclass, replace

ZOOM_EMAILS = (
    "user email", "email", "adresse e mail de l'utilisateur", "adresse e mail", "e mail de l'utilisateur",
    "e mail", "courriel de l'utilisateur", "adresse courriel", "courriel", "email address",
)  # fmt: skip
ZOOM_COLUMNS: ColumnNames = {
    "name": ("name (original name)", "nom (nom original)", "nom (nom d'origine)", "nom (nom initial)"),
    "email": ZOOM_EMAILS,
    "joined": ("join time", "heure d'arrivee", "heure de connexion", "heure d'entree"),
    "left": ("leave time", "heure de depart", "heure de deconnexion", "heure de sortie"),
    "minutes": (
        "duration (minutes)",
        "total duration (minutes)",
        "duree (minutes)",
        "duree totale (minutes)",
    ),
}
MEETING_COLUMNS: ColumnNames = {
    "topic": ("topic", "sujet", "rubrique", "theme", "objet"),
    "starts": ("start time", "heure de debut"),
    "ends": ("end time", "heure de fin"),
    "host": ("host", "hote", "animateur", "organisateur"),
    "email": ZOOM_EMAILS,
}
HOST_WITH_EMAIL = compile_later(r"(.*?)\s*\(([^()]*@[^()]*)\)")


@dataclass(frozen=True)
class Meeting:
    """The meeting that stands above the participants: its topic, its times as written, its host."""

    topic: str = ""
    starts: str = ""
    ends: str = ""
    host: str = ""
    email: str = ""

    def is_host(self, name: str, email: str) -> bool:
        """Is it the host, by e-mail, or by the name before a bracket: `Marianne Testut (she/her)`?"""
        same_email = bool(self.email) and self.email.casefold() == email.casefold()
        return same_email or (bool(self.host) and fold_text(self.host) == fold_text(name.split(" (")[0]))


def recognise_zoom(grid: Grid) -> str:
    """How the file is known to be Zoom's; "" if it is not."""
    if how := zoom_webinar.recognise_webinar(grid):
        return how
    if not (table := find_table(grid, ZOOM_COLUMNS, is_zoom_list)):
        return ""
    word = "is_zoom" if "joined" in table.columns else "is_zoom_short"
    return say_phrase(word, columns=table.heading("name"))


def is_zoom_list(columns: Mapping[str, int]) -> bool:
    return {"name", "minutes"} <= set(columns)


def read_zoom(grid: Grid, hints: ReadingHints) -> Export:
    """A presence for each row: several for a person who joins again, but in the list of unique users."""
    table = find_table(grid, ZOOM_COLUMNS, is_zoom_list)
    if zoom_webinar.recognise_webinar(grid) or table is None:
        return zoom_webinar.read_webinar(grid, hints)
    table = replace(table, columns=find_list_columns(grid.rows[table.head]))
    block = find_meeting_beside(table) or find_meeting_above(grid, table.head)
    times = [*table.column("joined"), *table.column("left")]
    reader = CellReader.of_dates(grid, [block.starts, block.ends, *times], hints)
    reader.found += find_second_meeting(table)
    starts, ends = reader.clock.moment(block.starts), reader.clock.moment(block.ends)
    presences = tuple(
        zoom_webinar.read_connection(cells, table, reader, starts, block.is_host(cells[1], cells[2]))
        for cells in zip(table.lines, *map(table.column, zoom_webinar.CONNECTION_FIELDS), strict=True)
        if cells[1]
    )
    stays = [stay for one in presences for stay in one.stays]
    return Export(
        "attendance",
        topic=block.topic,
        starts=starts or min((stay.joined for stay in stays), default=None),
        ends=ends or max((stay.left for stay in stays), default=None),
        presences=presences,
        dropped=table.unused_headings(),
        problems=tuple(reader.problems()),
    )


def find_list_columns(header: Sequence[str]) -> Mapping[str, int]:
    """The columns from the name on: a usage report repeats the meeting, with its host, before each name."""
    begins = find_columns(header, ZOOM_COLUMNS)["name"]
    return {name: begins + at for name, at in find_columns(header[begins:], ZOOM_COLUMNS).items()}


def find_meeting_columns(table: GridTable) -> Mapping[str, int]:
    """The columns in which a usage report repeats the meeting: those before the name."""
    return find_columns(table.grid.rows[table.head][: table.columns["name"]], MEETING_COLUMNS)


def find_meeting_beside(table: GridTable) -> Meeting | None:
    columns = find_meeting_columns(table)
    first = next(table.rows(), None)
    return read_meeting(TableRow(0, first.cells, columns)) if first and "topic" in columns else None


def find_meeting_above(grid: Grid, head: int) -> Meeting:
    """The meeting that the rows above the list tell of, if any."""
    found = find_table(grid, MEETING_COLUMNS, lambda columns: {"topic", "starts"} <= columns.keys(), head)
    if not found or found.head + 1 >= head:
        return Meeting()
    return read_meeting(next(found.rows()))


def read_meeting(row: TableRow) -> Meeting:
    host = HOST_WITH_EMAIL.fullmatch(row["host"])
    name, email = (host[1], host[2]) if host else (row["host"], row["email"])
    return Meeting(row["topic"], row["starts"], row["ends"], name, email)


def find_second_meeting(table: GridTable) -> list[Problem]:
    """A problem for a file of several meetings, for a presence is of one."""
    header, columns = table.heading("name").casefold(), find_meeting_columns(table)
    meetings = [TableRow(row.line, row.cells, columns) for row in table.rows()] if columns else []
    names = zip(table.lines, table.column("name"), strict=True)
    again = [line for line, name in names if name.casefold() == header]
    again += [row.line for row in meetings if read_meeting(row) != read_meeting(meetings[0])]
    mistake = Mistake("second_meeting")
    return [Problem.of(grid_place(table.grid, line), mistake) for line in islice(again, 1)]


SOURCE = Source("zoom", recognise_zoom, read_zoom)
