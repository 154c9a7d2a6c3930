"""Lists of those who came to a room: sign-in sheets, and the tickets of Eventbrite."""

from __future__ import annotations

from random import Random

from prt.demo.gatherings import Gathering, Visit
from prt.demo.names import Visits
from prt.demo.tables import csv_bytes, workbook


def sheet(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The sign-in sheet of a room, saved by an Excel of Québec."""
    head = ["Nom", "Prénom", "Courriel", "Présent"]
    return csv_bytes([head, *(sheet_row(one) for one in visits)], ";", "cp1252")


def sheet_row(one: Visit) -> list[str]:
    first, _, last = one.name.rpartition(" ")
    return [last, first, one.email, "Oui" if one.came else "Non"]


def days(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The sign-in sheets of several days, typed into one table."""
    head = ["Nom", "Prénom", "Courriel", "Présence", "Date"]
    return csv_bytes([head, *([*sheet_row(one), one.day] for one in visits)])


def book(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The sign-in sheet as a workbook, under the title of the day."""
    rows = [[one.name, one.email, "x" if one.came else ""] for one in visits]
    return workbook([[gathering.session["title"]], ["Name", "Email", "Signature"], *rows])


def eventbrite(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
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
    return csv_bytes(rows)
