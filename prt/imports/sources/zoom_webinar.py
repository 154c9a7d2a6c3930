"""Zoom: the attendee report of a webinar, several titled tables in one file; and lists of registrants."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from prt.imports.export import Export, Grid, Presence
from prt.imports.reading.dates import Asked, settle
from prt.imports.reading.table import (
    NOTHING,
    Names,
    Reader,
    Row,
    Table,
    columns_of,
    email_of,
    full_name,
    is_title,
    listed,
    place_of,
    with_role_and_board,
)
from prt.model.text import folded
from prt.problems import Problem

NAMES: Names = {
    "attended": ("attended", "a participe", "present", "a assiste", "participation"),
    "name": (
        "user name (original name)", "user name", "name (original name)", "name",
        "nom d'utilisateur (nom original)", "nom d'utilisateur", "nom (nom original)",
    ),
    "first": ("first name", "prenom"),
    "last": ("last name", "nom de famille", "nom"),
    "email": ("email", "user email", "adresse e mail", "e mail", "courriel", "adresse courriel"),
    "registered": (
        "registration time", "heure d'inscription", "date d'inscription", "date et heure d'inscription",
    ),
    "approval": ("approval status", "statut d'approbation", "etat d'approbation", "statut de l'approbation"),
    "joined": ("join time", "heure d'arrivee", "heure de connexion"),
    "left": ("leave time", "heure de depart", "heure de deconnexion"),
    "minutes": (
        "time in session (minutes)", "time in session(minutes)", "temps en session (minutes)",
        "temps dans la session (minutes)", "duree de la session (minutes)",
        "temps passe en session (minutes)", "temps de session (minutes)",
    ),
}  # fmt: skip
SUMMARY: Names = {
    "topic": ("topic", "sujet", "rubrique", "theme"),
    "starts": ("actual start time", "start time", "heure de debut reelle", "heure de debut"),
    "minutes": (
        "actual duration (minutes)", "duration (minutes)",
        "duree reelle (minutes)", "duree (minutes)",
    ),
}  # fmt: skip
ORGANISERS = ("host", "panelist", "hote", "animateur", "paneliste", "intervenant")
YES = {"yes": True, "oui": True, "no": False, "non": False}
FIRST = 60  # rows where a header may stand without a title above it
MOST_HEADS = 500  # places where one is looked for
REFUSED = "lists who registered, not who came: it is no attendance"
INSTEAD = "Import the report of participants or attendees of the same day. A registration is not a presence."


def recognise(grid: Grid) -> str:
    tables = tables_of(grid)
    if any("minutes" in table.columns for table in tables):
        return f'Zoom webinar, {len(tables)} lists (column "{named(tables, "minutes")}")'
    if tables:
        return f'Zoom registrants (columns "{named(tables, "registered")}" and "{named(tables, "approval")}")'
    return ""


def named(tables: list[Table], name: str) -> str:
    return next((table.named(name) for table in tables if name in table.columns), "")


def tables_of(grid: Grid) -> list[Table]:
    """The lists of people, each up to the title or header of the next."""
    near = islice(
        (at for at in range(len(grid.rows)) if at < FIRST or is_title(grid.rows[at - 1])), MOST_HEADS
    )
    heads = [(at, columns) for at in near if is_people(columns := columns_of(grid.rows[at], NAMES))]
    ends = [*(at for at, _ in heads), len(grid.rows)][1:]
    return [
        Table(grid, at, with_role_and_board(grid.rows[at], dict(columns)), end)
        for (at, columns), end in zip(heads, ends, strict=True)
    ]


def is_people(columns: Mapping[str, int]) -> bool:
    """A list of a webinar has the time in session; a list of registrants when and how they registered."""
    known = "minutes" in columns or {"registered", "approval"} <= set(columns)
    return known and ("name" in columns or "first" in columns)


def read(grid: Grid, asked: Asked) -> Export:
    tables = tables_of(grid)
    if not any("minutes" in table.columns for table in tables):
        return registrants(grid, tables)
    topic, starts_text, minutes = summary(grid, tables)
    clock, problems = settle([starts_text, *times(tables)], asked, place_of(grid))
    reader = Reader(grid, clock)
    starts = clock.moment(starts_text)
    presences = tuple(one for table in tables for one in presences_of(table, reader, starts))
    ends = starts + dt.timedelta(minutes=minutes) if starts and minutes else None
    return Export(
        "zoom",
        "attendance",
        recognise(grid),
        topic=topic,
        starts=starts,
        ends=ends,
        presences=presences,
        dropped=tuple(dict.fromkeys(name for table in tables for name in dropped(table))),
        left_out=absent(tables),
        problems=(*problems, *reader.problems()),
    )


def registrants(grid: Grid, tables: list[Table]) -> Export:
    """Nobody is read from a list of registrants."""
    names = tables[0].header if tables else ()
    problem = Problem(place_of(grid), REFUSED, INSTEAD)
    return Export("zoom", "registration", recognise(grid), dropped=names, problems=(problem,))


def summary(grid: Grid, tables: list[Table]) -> tuple[str, str, int]:
    """The topic, the start as written and the minutes, from the rows above the lists."""
    for at in range(tables[0].head - 1):
        columns = columns_of(grid.rows[at], SUMMARY)
        if {"topic", "starts"} <= set(columns):
            row = Row(0, grid.rows[at + 1], columns)
            return row["topic"], row["starts"], whole(row["minutes"])
    return "", "", 0


def whole(text: str) -> int:
    """A number of minutes up to a week; 0 where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def times(tables: list[Table]) -> Iterator[str]:
    """Also when people registered: the more dates, the surer the order of day and month."""
    for table in tables:
        for row in table.rows():
            yield from (row["joined"], row["left"], row["registered"])


def presences_of(table: Table, reader: Reader, starts: dt.datetime | None) -> Iterator[Presence]:
    organiser = any(word in title_of(table) for word in ORGANISERS)
    for row in people(table):
        if came(row, table, reader):
            yield presence(row, table, reader, starts, organiser)


def title_of(table: Table) -> str:
    """The line above the header, folded: `Panelist Details,`"""
    above = table.grid.rows[table.head - 1] if table.head else ()
    return folded(above[0]) if is_title(above) else ""


def people(table: Table) -> Iterator[Row]:
    """The rows but the title of the next list."""
    return (row for row in table.rows() if not is_title(row.cells))


def name_of(row: Row) -> str:
    """The name given at registration, for the one shown may be that of a telephone."""
    registered = full_name(row["first"], row["last"])
    return registered if row["first"] and row["last"] else row["name"] or registered


def came(row: Row, table: Table, reader: Reader) -> bool:
    """As the column says; a list without it has only those who came."""
    if "attended" not in table.columns:
        return bool(name_of(row) or row["email"])
    return reader.yes(row.line, table.named("attended"), row["attended"], YES)


def presence(row: Row, table: Table, reader: Reader, starts: dt.datetime | None, organiser: bool) -> Presence:
    minutes = reader.minutes(row.line, table.named("minutes"), row["minutes"])
    stays = reader.connection(row.line, table.named("joined"), row["joined"], row["left"], minutes)
    begins = stays[0].joined if stays else starts
    return Presence(
        row.line,
        name_of(row),
        email_of(row["email"]),
        stays,
        minutes,
        begins.date() if begins else None,
        organiser,
        row["role"],
        row["board"],
    )


def dropped(table: Table) -> list[str]:
    """The columns left behind; the answers to other questions of the registration among them."""
    unused = {table.named("registered"), table.named("approval")} - {""}
    return [name for name in table.header if name in unused or name in table.dropped()]


def absent(tables: list[Table]) -> tuple[str, ...]:
    """How many registered and did not come, by the status of their registration."""
    statuses = Counter(
        row["approval"]
        for table in tables
        if "attended" in table.columns
        for row in people(table)
        if YES.get(folded(row["attended"])) is False
    )
    statuses = Counter({("" if folded(name) in NOTHING else name): count for name, count in statuses.items()})
    return (f"{statuses.total()} registered who did not attend ({listed(statuses)})",) if statuses else ()
