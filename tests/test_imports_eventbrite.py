"""Eventbrite: only who was checked in was there."""

from __future__ import annotations

import pytest

from prt.imports.export import ReadingHints
from prt.imports.sources import registry
from tests.exported import grid, presences, read

HEADER = "Order #,Order Date,First Name,Surname,Email,Quantity,Ticket Type,Attendee #,Attendee Status,Home Address 1,Home Country,School board,Role"


def attendees(*rows: str) -> str:
    return "\n".join([HEADER, *rows]) + "\n"


HERE = "11,11/29/24 22:54,Zoé,Tremblay,zoe@etsb.example,1,General,18,Checked In,1 Main,CA,ETSB,CDA"


def test_only_checked_in_is_presence() -> None:
    export = read(
        attendees(HERE, HERE.replace("Checked In", "Attending"), HERE.replace("Checked In", "Refunded"))
    )
    assert presences(export) == ["2 Zoé Tremblay <zoe@etsb.example> - min - role=CDA board=ETSB"]
    assert export.left_out == ("2 registered but not checked in (Attending 1, Refunded 1)",)
    assert {"Home Address 1", "Home Country", "Order #", "Ticket Type"} <= set(export.dropped)


def test_several_tickets_of_one_order_are_as_many_presences() -> None:
    export = read(attendees(HERE.replace(",1,General", ",3,General")))
    assert [one.name for one in export.presences] == ["Zoé Tremblay", "", ""]
    assert [one.email for one in export.presences] == ["zoe@etsb.example", "", ""]


@pytest.mark.parametrize("quantity", ["0", "-1", "1000", "many", "1.5", "0000000003", "9" * 5000])
def test_a_quantity_that_is_none(quantity: str) -> None:
    export = read(attendees(HERE.replace(",1,General", f",{quantity},General")))
    assert [problem.where.path for problem in export.problems] == ["Quantity"]
    assert len(export.presences) == 1


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        (attendees(HERE.replace("Checked In", "Attending")), "(Attending 1)"),
        ("Order #,Order Date,First Name,Last Name,Email,Quantity,Ticket Type\n1,11/29/24,Zoé,T,z@x.example,1,General\n", "(without a word 1)"),
        ("N° de commande,Prénom,Nom de famille,Adresse e-mail,Quantité,Type de billet,Statut du participant\n1,Zoé,T,z@x.example,1,Régulier,Participera\n", "(Participera 1)"),
        (HEADER + "\n", "Checked In"),
    ],
)  # fmt: skip
def test_without_anybody_checked_in_it_is_a_list_of_registrations(text: str, statuses: str) -> None:
    export = read(text)
    assert (export.source, export.kind, export.presences) == ("eventbrite", "registration", ())
    [problem] = export.problems
    assert "who has a ticket, not who came" in problem.what
    assert statuses in problem.what
    assert "sign-in sheet" in problem.remedy


def test_the_event_is_named_where_the_report_names_it() -> None:
    text = "Order no.,Event Name,Event Start Date,First Name,Last Name,Email,Attendee Status\n1,Families,2024-11-29 18:00,Zoé,T,z@x.example,Checked In\n"
    export = read(text)
    assert (export.topic, str(export.starts), export.problems) == ("Families", "2024-11-29 18:00:00", ())


def test_a_status_that_may_mean_either_is_named() -> None:
    text = attendees(HERE.replace("Checked In", "Enregistré(e)"), HERE.replace("Checked In", "Participera"))
    assert '--present "Enregistré(e)"' in read(text).problems[0].remedy
    export = registry.read_export(grid(text), ReadingHints(present=("enregistre(e)",)))
    assert [one.line for one in export.presences] == [2]
    assert export.left_out == ("1 registered but not checked in (Participera 1)",)
