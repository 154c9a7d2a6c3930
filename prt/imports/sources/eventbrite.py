"""Eventbrite: the report of attendees. Only who was checked in was there; the others have a ticket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from prt.files.yaml.words import say_phrase
from prt.imports.export import Export, Grid, Presence, ReadingHints, Source
from prt.imports.reading.table import (
    CellReader,
    ColumnNames,
    GridTable,
    TableRow,
    count_registered,
    find_table,
    grid_place,
    join_counts,
    join_name,
    keep_email,
)
from prt.problems import Mistake, Problem
from prt.text import fold_text

TICKET_COLUMNS: ColumnNames = {
    "order": (
        "order #", "order no.", "order number", "order id", "no de commande", "n° de commande",
        "numero de commande", "commande n°", "commande no", "commande #",
    ),
    "ordered": ("order date", "date de commande", "date de la commande"),
    "first": ("first name", "attendee first name", "prenom", "prenom du participant"),
    "last": ("last name", "surname", "attendee surname", "nom de famille", "nom", "attendee last name"),
    "email": (
        "attendee email", "email", "email address", "adresse e mail", "e mail", "courriel",
        "adresse courriel",
    ),
    "quantity": ("quantity", "ticket quantity", "quantite", "quantite de billets"),
    "ticket": ("ticket type", "type de billet"),
    "status": ("attendee status", "statut du participant", "etat du participant", "statut de participant"),
    "event": ("event name", "nom de l'evenement"),
    "starts": ("event start date", "event start time", "date de debut de l'evenement", "event date"),
}  # fmt: skip
USED_COLUMNS = ("first", "last", "email", "quantity", "status", "event", "starts", "role", "board")
# Not « enregistré », which is as much who registered: a word that is not known is no presence, unless told.
CHECKED_IN = frozenset({"checked in", "presence enregistree", "entree enregistree", "admis", "admise"})
MOST_TICKETS = 100  # in one order; more is a mistake


def recognise_tickets(grid: Grid) -> str:
    """How the file is known to be Eventbrite's; "" if it is not."""
    table = find_tickets(grid)
    columns = ", ".join(map(table.heading, ("order", status_column(table)))) if table else ""
    return say_phrase("is_eventbrite", columns=columns) if table else ""


def is_ticket_list(columns: Mapping[str, int]) -> bool:
    return "order" in columns and ("status" in columns or "ticket" in columns)


def status_column(table: GridTable) -> str:
    return "status" if "status" in table.columns else "ticket"


def find_tickets(grid: Grid) -> GridTable | None:
    table = find_table(grid, TICKET_COLUMNS, is_ticket_list)
    return table and table.with_role_and_board()


def read_tickets(grid: Grid, hints: ReadingHints) -> Export:
    table = find_tickets(grid)
    assert table is not None
    rows = [row for row in table.rows() if row["order"]]
    came = CHECKED_IN | set(hints.present)
    present = [row for row in rows if fold_text(row["status"]) in came]
    others = [row for row in rows if fold_text(row["status"]) not in came]
    if not present:
        return refuse_tickets(table, rows)
    absent = count_registered(Counter(row["status"] for row in others), "not_checked_in")
    return read_checked_in(table, present, absent, hints)


def refuse_tickets(table: GridTable, rows: list[TableRow]) -> Export:
    """A list of tickets has no presences; the problem names its statuses, for a word may be new."""
    counts = Counter(row["status"] for row in rows)
    problem = Problem.of(grid_place(table.grid), nobody_checked_in(counts))
    return Export("registration", dropped=table.header, problems=(problem,))


def nobody_checked_in(counts: Counter[str]) -> Mistake:
    """Why tickets of these statuses show nobody who came; a status that may mean it is asked about."""
    if not counts:
        return Mistake("tickets_only")
    statuses = join_counts(counts)
    unsure = [status for status in sorted(counts) if "enregistre" in fold_text(status)]
    if unsure:
        return Mistake("tickets_of_unsure_status", statuses=statuses, unsure=unsure[0])
    return Mistake("tickets_of_statuses", statuses=statuses)


def read_checked_in(
    table: GridTable, present: list[TableRow], absent: tuple[str, ...], hints: ReadingHints
) -> Export:
    first, reader = present[0], CellReader.of_dates(table.grid, (row["starts"] for row in present), hints)
    used = {at for name, at in table.columns.items() if name in USED_COLUMNS}
    starts = reader.moment(first.line, table.heading("starts"), first["starts"])
    presences = tuple(one for row in present for one in read_ticket(row, table, reader))
    return Export(
        "attendance",
        topic=first["event"],
        starts=starts,
        presences=presences,
        dropped=tuple(name for at, name in enumerate(table.header) if name and at not in used),
        left_out=absent,
        problems=tuple(reader.problems()),
    )


def read_ticket(row: TableRow, table: GridTable, reader: CellReader) -> Iterator[Presence]:
    """The person who ordered, by name, and one nameless presence for each other ticket of the order."""
    yield Presence(
        row.line,
        join_name(row["first"], row["last"]),
        keep_email(row["email"]),
        role=row["role"],
        board=row["board"],
    )
    for _ in range(read_quantity(row, table, reader) - 1):
        yield Presence(row.line, "", role=row["role"], board=row["board"])


def read_quantity(row: TableRow, table: GridTable, reader: CellReader) -> int:
    text = row["quantity"] or "1"
    if text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST_TICKETS:
        return int(text)
    mistake = Mistake("not_a_number_of_tickets", text=text, most=MOST_TICKETS)
    reader.fail(row.line, table.heading("quantity"), mistake)
    return 1


SOURCE = Source("eventbrite", recognise_tickets, read_tickets)
