"""Zoom: the attendee report of a webinar, several titled tables in one file; and lists of registrants."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from prt.files.workbook.workbook import is_title_row
from prt.files.yaml.words import say_phrase
from prt.imports.export import Export, Grid, Presence, ReadingHints
from prt.imports.reading.dates import begins_with_date
from prt.imports.reading.table import (
    EMPTY_WORDS,
    CellReader,
    ColumnNames,
    GridTable,
    TableRow,
    count_registered,
    find_columns,
    grid_place,
    join_name,
    keep_email,
)
from prt.problems import Mistake, Problem
from prt.text import compile_later, fold_text

WEBINAR_COLUMNS: ColumnNames = {
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
    "joined": ("join time", "heure d'arrivee", "heure de connexion", "heure de participation"),
    "left": ("leave time", "heure de depart", "heure de deconnexion", "heure de sortie"),
    "minutes": (
        "time in session (minutes)", "time in session(minutes)", "temps en session (minutes)",
        "temps dans la session (minutes)", "duree de la session (minutes)",
        "temps passe en session (minutes)", "temps de session (minutes)",
    ),
}  # fmt: skip
SUMMARY_COLUMNS: ColumnNames = {
    "topic": ("topic", "sujet", "rubrique", "theme"),
    "starts": ("actual start time", "start time", "heure de debut reelle", "heure de debut"),
    "minutes": (
        "actual duration (minutes)", "duration (minutes)",
        "duree reelle (minutes)", "duree (minutes)",
    ),
}  # fmt: skip
TIME_IN_SESSION = compile_later(r"(?:time|temps|duree|duration|presence).*\(?min")
ORGANISER_TITLES = ("host", "panelist", "hote", "animateur", "paneliste", "intervenant")
ATTENDED_WORDS = {"yes": True, "oui": True, "no": False, "non": False}
UNTITLED_ROWS = 60  # rows where a header may stand without a title above it
MOST_HEADS = 500  # places where one is looked for


def recognise_webinar(grid: Grid) -> str:
    tables = find_webinar_lists(grid)
    if any("minutes" in table.columns for table in tables):
        return say_phrase("is_webinar", len(tables), columns=name_column(tables, "minutes"))
    if tables:
        registered, approval = name_column(tables, "registered"), name_column(tables, "approval")
        return say_phrase("is_registrants", registered=registered, approval=approval)
    return ""


def name_column(tables: list[GridTable], name: str) -> str:
    return next((table.heading(name) for table in tables if name in table.columns), "")


def find_webinar_lists(grid: Grid) -> list[GridTable]:
    """The lists of people, each up to the title or header of the next."""
    below = [at + 1 for at in grid.titles if UNTITLED_ROWS <= at + 1 < len(grid.rows)]
    near = [*range(min(UNTITLED_ROWS, len(grid.rows))), *below][:MOST_HEADS]
    heads = [(at, columns) for at in near if is_webinar_list(columns := find_webinar_columns(grid.rows[at]))]
    ends = [*(at for at, _ in heads), len(grid.rows)][1:]
    return [
        GridTable(grid, at, columns, end).with_role_and_board()
        for (at, columns), end in zip(heads, ends, strict=True)
    ]


def find_webinar_columns(header: Sequence[str]) -> dict[str, int]:
    """The columns by their names, and the time in session by its words: it is in minutes."""
    columns = find_columns(header, WEBINAR_COLUMNS)
    if "minutes" not in columns and {"registered", "approval"} <= columns.keys():
        titles = enumerate(map(fold_text, header))
        found = next((at for at, title in titles if TIME_IN_SESSION.search(title)), None)
        columns |= {} if found is None else {"minutes": found}
    return columns


def is_webinar_list(columns: Mapping[str, int]) -> bool:
    """A list of a webinar has the time in session; a list of registrants when and how they registered."""
    known = "minutes" in columns or {"registered", "approval"} <= set(columns)
    return known and ("name" in columns or "first" in columns)


def read_webinar(grid: Grid, hints: ReadingHints) -> Export:
    tables = find_webinar_lists(grid)
    if not any("minutes" in table.columns for table in tables):
        return refuse_registrants(grid, tables)
    topic, starts_text, minutes = read_summary(grid, tables)
    reader = CellReader.of_dates(grid, [starts_text, *list_webinar_times(tables)], hints)
    starts = reader.clock.moment(starts_text)
    presences = tuple(one for table in tables for one in read_webinar_list(table, reader, starts))
    ends = starts + dt.timedelta(minutes=minutes) if starts and minutes else None
    return Export(
        "attendance",
        topic=topic,
        starts=starts,
        ends=ends,
        presences=presences,
        dropped=tuple(dict.fromkeys(name for table in tables for name in dropped_columns(table))),
        left_out=count_absent(tables),
        problems=tuple(reader.problems()),
    )


def refuse_registrants(grid: Grid, tables: list[GridTable]) -> Export:
    """A list of registrants has no presences."""
    names = tables[0].header if tables else ()
    problem = Problem.of(grid_place(grid), Mistake("registrants_only"))
    if unknown := [heading for table in tables for heading in unread_times(table)]:
        mistake = Mistake("may_be_presences", headings=", ".join(unknown))
        problem = Problem.of(grid_place(grid), mistake)
    return Export("registration", dropped=names, problems=(problem,))


def unread_times(table: GridTable) -> Iterator[str]:
    """Headings that nobody knows over numbers or moments, where people are listed more than once: they may be
    times of presence."""
    rows = list(people_rows(table))
    people = [row["email"].casefold() or fold_text(registered_name(row)) for row in rows]
    if len(set(filter(None, people))) == len(list(filter(None, people))):
        return
    for at, heading in enumerate(table.header):
        if heading in table.unused_headings():
            cells = [row.cells[at].strip() for row in rows if at < len(row.cells)]
            filled = [cell for cell in cells if cell not in EMPTY_WORDS]
            if filled and all(cell.isdigit() or begins_with_date(cell) for cell in filled):
                yield heading


def read_summary(grid: Grid, tables: list[GridTable]) -> tuple[str, str, int]:
    """The topic, the start as written and the minutes, from the rows above the lists."""
    for at in range(tables[0].head - 1):
        columns = find_columns(grid.rows[at], SUMMARY_COLUMNS)
        if {"topic", "starts"} <= set(columns):
            row = TableRow(0, grid.rows[at + 1], columns)
            return row["topic"], row["starts"], parse_whole_minutes(row["minutes"])
    return "", "", 0


def parse_whole_minutes(text: str) -> int:
    """A number of minutes up to a week; 0 where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def list_webinar_times(tables: list[GridTable]) -> Iterator[str]:
    """Also when people registered: the more dates, the surer the order of day and month."""
    for table in tables:
        for row in table.rows():
            yield from (row["joined"], row["left"], row["registered"])


def read_webinar_list(table: GridTable, reader: CellReader, starts: dt.datetime | None) -> Iterator[Presence]:
    organiser = any(word in list_title(table) for word in ORGANISER_TITLES)
    for row in people_rows(table):
        if has_attended(row, table, reader):
            cells = (row.line, registered_name(row), *map(row.__getitem__, CONNECTION_FIELDS[1:]))
            yield read_connection(cells, table, reader, starts, organiser)


def list_title(table: GridTable) -> str:
    """The line above the header, folded: `Panelist Details,`"""
    above = table.grid.rows[table.head - 1] if table.head else ()
    return fold_text(above[0]) if is_title_row(above) else ""


def people_rows(table: GridTable) -> Iterator[TableRow]:
    """The rows of people, without the title of the next list."""
    return (row for row in table.rows() if not is_title_row(row.cells))


def registered_name(row: TableRow) -> str:
    """The name given at registration, for the one shown may be that of a telephone."""
    registered = join_name(row["first"], row["last"])
    return registered if row["first"] and row["last"] else row["name"] or registered


def has_attended(row: TableRow, table: GridTable, reader: CellReader) -> bool:
    """Did the person come? A list without that column has only people who came."""
    if "attended" not in table.columns:
        return bool(registered_name(row) or row["email"])
    return reader.yes(row.line, table.heading("attended"), row["attended"], ATTENDED_WORDS)


CONNECTION_FIELDS = ("name", "email", "joined", "left", "minutes", "role", "board")
"""The cells of one row that tell of a connection."""


def read_connection(
    cells: Sequence[Any],
    table: GridTable,
    reader: CellReader,
    starts: dt.datetime | None,
    organiser: bool,
) -> Presence:
    """One row of a list of Zoom, as its line and cells: somebody's stay, or how long they were there since
    the meeting began."""
    line, name, email, joined, left, length, role, board = cells
    minutes = reader.minutes(line, table.heading("minutes"), length)
    stays = reader.connection(line, table.heading("joined"), joined, left, minutes)
    begins = stays[0].joined if stays else reader.clock.moment(joined) or starts
    day = begins.date() if begins else None
    return Presence(line, name, keep_email(email), stays, minutes, day, organiser, role, board)


def dropped_columns(table: GridTable) -> list[str]:
    """The columns left behind; the answers to other questions of the registration among them."""
    unused = {table.heading("registered"), table.heading("approval")} - {""}
    return [name for name in table.header if name in unused or name in table.unused_headings()]


def count_absent(tables: list[GridTable]) -> tuple[str, ...]:
    """How many registered and did not come, by the status of their registration."""
    statuses = Counter(
        row["approval"]
        for table in tables
        if "attended" in table.columns
        for row in people_rows(table)
        if ATTENDED_WORDS.get(fold_text(row["attended"])) is False
    )
    statuses = Counter(
        {("" if fold_text(name) in EMPTY_WORDS else name): count for name, count in statuses.items()}
    )
    return count_registered(statuses, "did_not_attend")
