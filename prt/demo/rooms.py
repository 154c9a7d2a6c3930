"""Lists of those who came to a room: sign-in sheets, and the tickets of Eventbrite."""

from __future__ import annotations

from random import Random

from prt.demo.gatherings import Gathering, Visit
from prt.demo.names import Visits
from prt.demo.tables import encode_csv, encode_workbook


def write_sign_in(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The sign-in sheet of a room, saved by an Excel of Québec."""
    head = ["Nom", "Prénom", "Courriel", "Présent"]
    return encode_csv([head, *(sign_in_row(one) for one in visits)], ";", "cp1252")


def sign_in_row(one: Visit) -> list[str]:
    first, _, last = one.name.rpartition(" ")
    return [last, first, one.email, "Oui" if one.came else "Non"]


def write_sign_in_days(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The sign-in sheets of several days, typed into one table."""
    head = ["Nom", "Prénom", "Courriel", "Présence", "Date"]
    return encode_csv([head, *([*sign_in_row(one), one.day] for one in visits)])


def write_sign_in_workbook(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The sign-in sheet as a workbook, under the title of the day."""
    rows = [[one.name, one.email, "x" if one.came else ""] for one in visits]
    return encode_workbook([[gathering.session["title"]], ["Name", "Email", "Signature"], *rows])


def write_tickets(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """Everybody who had a ticket; who was checked in was there."""
    head = [
        "Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Ticket Type", "Attendee #",
        "Attendee Status",
    ]  # fmt: skip
    ordered = f"{gathering.at(-20_000):%m/%d/%y %H:%M}"
    rows = [head]
    for number, one in enumerate(visits, 11_000_000):
        first, _, last = one.name.rpartition(" ")
        status = "Checked In" if one.came else "Attending"
        person = [first, last, one.email]
        rows.append([str(number), ordered, *person, "1", "General Admission", str(number), status])
    return encode_csv(rows)
