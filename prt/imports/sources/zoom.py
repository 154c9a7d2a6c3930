"""Zoom: the participants of a meeting, of two generations, English and French; the rest is in webinar.py."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from prt.imports.export import Export, Grid, Presence, Stay
from prt.imports.reading.dates import Asked, settle
from prt.imports.reading.table import Names, Reader, Row, Table, columns_of, email_of, find_header, place_of
from prt.imports.sources import zoom_webinar
from prt.model.text import folded
from prt.problems import Problem

EMAILS = (
    "user email", "email", "adresse e mail de l'utilisateur", "adresse e mail", "e mail de l'utilisateur",
    "e mail", "courriel de l'utilisateur", "adresse courriel", "courriel", "email address",
)  # fmt: skip
NAMES: Names = {
    "name": ("name (original name)", "nom (nom original)", "nom (nom d'origine)", "nom (nom initial)"),
    "email": EMAILS,
    "joined": ("join time", "heure d'arrivee", "heure de connexion", "heure d'entree"),
    "left": ("leave time", "heure de depart", "heure de deconnexion", "heure de sortie"),
    "minutes": (
        "duration (minutes)",
        "total duration (minutes)",
        "duree (minutes)",
        "duree totale (minutes)",
    ),
}
BLOCK: Names = {
    "topic": ("topic", "sujet", "rubrique", "theme", "objet"),
    "starts": ("start time", "heure de debut"),
    "ends": ("end time", "heure de fin"),
    "host": ("host", "hote", "animateur", "organisateur"),
    "email": EMAILS,
}
HOST = re.compile(r"(.*?)\s*\(([^()]*@[^()]*)\)")


@dataclass(frozen=True)
class Block:
    """The meeting that stands above the participants: its topic, its times as written, its host."""

    topic: str = ""
    starts: str = ""
    ends: str = ""
    host: str = ""
    email: str = ""

    def is_host(self, name: str, email: str) -> bool:
        """By e-mail, or by the name before a bracket: `Marianne Testut (she/her)`."""
        same_email = bool(self.email) and self.email.casefold() == email.casefold()
        return same_email or (bool(self.host) and folded(self.host) == folded(name.split(" (")[0]))


def recognise(grid: Grid) -> str:
    """How the file is known to be Zoom's; "" if it is not."""
    if how := zoom_webinar.recognise(grid):
        return how
    if not (found := find_header(grid, NAMES, is_list)):
        return ""
    rows = "one row per connection" if "joined" in found[1] else "one row per participant"
    return f'Zoom participants, {rows} (column "{grid.rows[found[0]][found[1]["name"]].strip()}")'


def is_list(columns: Mapping[str, int]) -> bool:
    return {"name", "minutes"} <= set(columns)


def read(grid: Grid, asked: Asked) -> Export:
    """Every row is a presence: who joins again has several, but in the list of unique users."""
    found = find_header(grid, NAMES, is_list)
    if zoom_webinar.recognise(grid) or not found:
        return zoom_webinar.read(grid, asked)
    table = Table(grid, found[0], list_columns(grid.rows[found[0]]))
    block = block_beside(table) or block_above(grid, table.head)
    clock, problems = settle(times(table, block), asked, place_of(grid))
    reader = Reader(grid, clock)
    starts, ends = clock.moment(block.starts), clock.moment(block.ends)
    presences = tuple(presence(row, table, block, reader, starts) for row in table.rows() if row["name"])
    stays = [stay for one in presences for stay in one.stays]
    return Export(
        "zoom",
        "attendance",
        recognise(grid),
        topic=block.topic,
        starts=starts or min((stay.joined for stay in stays), default=None),
        ends=ends or max((stay.left for stay in stays), default=None),
        presences=presences,
        dropped=table.dropped(),
        problems=(*problems, *second_list(table), *reader.problems()),
    )


def list_columns(header: Sequence[str]) -> Mapping[str, int]:
    """The columns from the name on: a usage report repeats the meeting, with its host, before each name."""
    begins = columns_of(header, NAMES)["name"]
    return {name: begins + at for name, at in columns_of(header[begins:], NAMES).items()}


def meeting_columns(table: Table) -> Mapping[str, int]:
    """Where a usage report has the meeting: before the name."""
    return columns_of(table.grid.rows[table.head][: table.columns["name"]], BLOCK)


def block_beside(table: Table) -> Block | None:
    columns = meeting_columns(table)
    first = next(table.rows(), None)
    return block_of(Row(0, first.cells, columns)) if first and "topic" in columns else None


def block_above(grid: Grid, head: int) -> Block:
    """The meeting that the rows above the list tell of, if any."""
    found = find_header(grid, BLOCK, lambda columns: {"topic", "starts"} <= set(columns), within=head)
    if not found or found[0] + 1 >= head:
        return Block()
    return block_of(Row(0, grid.rows[found[0] + 1], found[1]))


def block_of(row: Row) -> Block:
    host = HOST.fullmatch(row["host"])
    name, email = (host[1], host[2]) if host else (row["host"], row["email"])
    return Block(row["topic"], row["starts"], row["ends"], name, email)


def times(table: Table, block: Block) -> list[str]:
    return [block.starts, block.ends, *(row[name] for row in table.rows() for name in ("joined", "left"))]


def presence(row: Row, table: Table, block: Block, reader: Reader, starts: dt.datetime | None) -> Presence:
    stays: tuple[Stay, ...] = ()
    minutes = reader.minutes(row.line, table.named("minutes"), row["minutes"])
    if row["joined"] or row["left"]:
        stays = reader.connection(row.line, table.named("joined"), row["joined"], row["left"], minutes)
    begins = stays[0].joined if stays else starts
    return Presence(
        row.line,
        row["name"],
        email_of(row["email"]),
        stays,
        minutes,
        begins.date() if begins else None,
        organiser=block.is_host(row["name"], row["email"]),
    )


def second_list(table: Table) -> list[Problem]:
    """Several meetings in one file: a presence is of one."""
    header, columns = table.named("name").casefold(), meeting_columns(table)
    meetings = [Row(row.line, row.cells, columns) for row in table.rows()] if columns else []
    again = [row.line for row in table.rows() if row["name"].casefold() == header]
    again += [row.line for row in meetings if block_of(row) != block_of(meetings[0])]
    what = "the participants of a second meeting begin here"
    remedy = "Import each meeting as its own file."
    return [Problem(place_of(table.grid, line), what, remedy) for line in islice(again, 1)]
