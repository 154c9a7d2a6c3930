"""Eventbrite: the report of attendees. Only who was checked in was there; the others have a ticket."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from prt.imports.export import Export, Grid, Presence
from prt.imports.reading.dates import Asked, settle
from prt.imports.reading.table import (
    Names,
    Reader,
    Row,
    Table,
    email_of,
    find_header,
    full_name,
    listed,
    place_of,
    with_role_and_board,
)
from prt.model.text import folded
from prt.problems import Problem

NAMES: Names = {
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
USED = ("first", "last", "email", "quantity", "status", "event", "starts", "role", "board")
# Not « enregistré », which is as much who registered: a word that is not known is no presence, unless told.
PRESENT = frozenset({"checked in", "presence enregistree", "entree enregistree", "admis", "admise"})
MOST_TICKETS = 100  # in one order; more is a mistake
REFUSED = "lists who has a ticket, not who came: nobody in it is Checked In"
MEANT = 'Means one of these statuses that they came? --present "{}".'
INSTEAD = "Check people in with Eventbrite's app, or import the sign-in sheet or the Zoom list of the day."


def recognise(grid: Grid) -> str:
    """How the file is known to be Eventbrite's; "" if it is not."""
    table = table_of(grid)
    return (
        f"Eventbrite attendees (columns {table.named('order')}, {table.named(mark(table))})" if table else ""
    )


def is_report(columns: Mapping[str, int]) -> bool:
    return "order" in columns and ("status" in columns or "ticket" in columns)


def mark(table: Table) -> str:
    return "status" if "status" in table.columns else "ticket"


def table_of(grid: Grid) -> Table | None:
    found = find_header(grid, NAMES, is_report)
    if not found:
        return None
    head, columns = found
    return Table(grid, head, with_role_and_board(grid.rows[head], columns))


def read(grid: Grid, asked: Asked) -> Export:
    table = table_of(grid)
    if table is None:
        problem = Problem(place_of(grid), "is no report of Eventbrite", "Leave out --as eventbrite.")
        return Export("eventbrite", "attendance", "", problems=(problem,))
    rows = [row for row in table.rows() if row["order"]]
    came = PRESENT | set(asked.present)
    present = [row for row in rows if folded(row["status"]) in came]
    others = [row for row in rows if folded(row["status"]) not in came]
    return attendance(table, present, left_out(others), asked) if present else registrations(table, rows)


def registrations(table: Table, rows: list[Row]) -> Export:
    """Nobody is read from a list of tickets; the statuses it has are told, for a word may be new."""
    counts = Counter(row["status"] for row in rows)
    what = f"{REFUSED} ({listed(counts)})" if counts else REFUSED
    unsure = [status for status in sorted(counts) if "enregistre" in folded(status)]
    remedy = f"{MEANT.format(unsure[0])} Else: {INSTEAD}" if unsure else INSTEAD
    problem = Problem(place_of(table.grid), what, remedy)
    how = recognise(table.grid)
    return Export("eventbrite", "registration", how, dropped=table.header, problems=(problem,))


def attendance(table: Table, present: list[Row], absent: tuple[str, ...], asked: Asked) -> Export:
    grid, first = table.grid, present[0]
    clock, problems = settle((row["starts"] for row in present), asked, place_of(grid))
    reader = Reader(grid, clock)
    used = {at for name, at in table.columns.items() if name in USED}
    starts = reader.moment(first.line, table.named("starts"), first["starts"])
    presences = tuple(one for row in present for one in presences_of(row, table, reader))
    return Export(
        "eventbrite",
        "attendance",
        recognise(grid),
        topic=first["event"],
        starts=starts,
        presences=presences,
        dropped=tuple(name for at, name in enumerate(table.header) if name and at not in used),
        left_out=absent,
        problems=(*problems, *reader.problems()),
    )


def left_out(others: list[Row]) -> tuple[str, ...]:
    statuses = Counter(row["status"] for row in others)
    return (f"{statuses.total()} registered but not checked in ({listed(statuses)})",) if statuses else ()


def presences_of(row: Row, table: Table, reader: Reader) -> Iterator[Presence]:
    """Who ordered, by name; who came on the other tickets of the order is not known by name."""
    yield Presence(
        row.line,
        full_name(row["first"], row["last"]),
        email_of(row["email"]),
        role=row["role"],
        board=row["board"],
    )
    for _ in range(quantity(row, table, reader) - 1):
        yield Presence(row.line, "", role=row["role"], board=row["board"])


def quantity(row: Row, table: Table, reader: Reader) -> int:
    text = row["quantity"] or "1"
    if text.isascii() and text.isdigit() and len(text) < 5 and 1 <= int(text) <= MOST_TICKETS:
        return int(text)
    reader.fail(
        row.line, table.named("quantity"), f'"{text}" is not a number of tickets from 1 to {MOST_TICKETS}'
    )
    return 1
