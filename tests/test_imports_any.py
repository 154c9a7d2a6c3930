"""Whatever the bytes, there is an export or a problem with a remedy; what is personal is never kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from prt.files.workbook.grid import grids_of
from prt.imports.export import Export, Grid, ReadingHints
from prt.imports.sources import registry
from tests.exported import preview, read
from tests.texts import any_text

EXPORTS = Path(__file__).parent / "exports"
SAMPLES = [path.read_bytes() for path in sorted(EXPORTS.iterdir()) if path.suffix in (".csv", ".xlsx")]
HEADERS = [
    "Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Attended", "First Name",
    "Last Name", "Registration Time", "Approval Status", "Time in Session (minutes)", "Topic", "Start time", "Host",
    "1. Summary", "2. Participants", "3. In-Meeting Activities", "Full Name", "User Action", "Timestamp", "Action",
    "First Join", "Last Leave", "Role", "ID", "Completion time", "Q", "Points - Q", "Order #", "Attendee Status",
    "Quantity", "Nom", "Prénom", "Présent", "Durée (h)", "Arrivée", "Départ", "Date",
]  # fmt: skip
VALUES = [
    "", "--", "Zoé T", "zoe@x.example", "10/11/2024 9:00:00 AM", "10/16/2024 9:30 AM", "16/10/2024", "22/7/11 18:29",
    "99/99/9999", "0000-00-00", "99999.9", "45581.5", "1h 33m 7s", "193", "3,25", "1,400", "Yes", "Joined", "Left",
    "Checked In", "25:61", "9:00", "²", "١٢", "1" * 400, "1h " * 30, "\u202e", "A;B;", "Organizer", "12:00 AM PM",
]  # fmt: skip
CELLS = st.sampled_from(HEADERS + VALUES) | any_text(max_size=12)
HEAD = st.lists(st.sampled_from(HEADERS), min_size=1, max_size=9)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=9), max_size=8)
DAYS = st.none() | st.dates(dt.date(2020, 1, 1), dt.date(2026, 1, 1))


def is_said(export: Export) -> bool:
    """Every problem says what to do; an export without any is of a source and says how that was known."""
    remedies = all(problem.what and problem.remedy for problem in export.problems)
    return remedies and bool(export.problems or (export.source and export.how)) and bool(preview(export))


@given(
    HEAD, ROWS, ROWS, DAYS, st.sampled_from([None, True, False]), st.sampled_from([None, *registry.SOURCES])
)
def test_any_table_is_read_or_refused(
    head: list[str],
    above: list[list[str]],
    below: list[list[str]],
    day: dt.date | None,
    first: bool | None,
    as_: str | None,
) -> None:
    rows = tuple(map(tuple, [*above, head, *below]))
    assert is_said(
        registry.read_export(
            Grid("any.csv", rows, tuple(range(1, len(rows) + 1))), ReadingHints(day, first), as_
        )
    )


def told(raw: bytes) -> bool:
    grids, problems = grids_of(raw, "any.csv")
    assert grids or problems
    return all(problem.remedy for problem in problems) and all(
        is_said(registry.read_export(one)) for one in grids
    )


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert told(raw)


@given(st.sampled_from(SAMPLES), st.data())
def test_a_damaged_export_is_read_or_refused(sample: bytes, data: st.DataObject) -> None:
    """Cut off, with a part taken out, or with bytes put in."""
    start = data.draw(st.integers(0, len(sample)))
    stop = data.draw(st.integers(start, len(sample)))
    assert told(sample[:start] + data.draw(st.binary(max_size=6)) + sample[stop:])


def nested(row: Callable[[int], str], count: int) -> Export:
    return read(
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)\n"
        + "".join(map(row, range(count)))
    )


def test_a_long_list_is_read_whole() -> None:
    export = nested(lambda n: f"P{n},,10/16/2024 9:{n % 60:02} AM,10/16/2024 10:{n % 60:02} AM,60\n", 5000)
    assert (len(export.presences), export.presences[-1].line, export.problems) == (5000, 5001, ())


def test_telephones_and_addresses_are_never_in_an_export() -> None:
    secret = "SECRET"
    tables = [
        f"Order #,First Name,Last Name,Email,Attendee Status,Home Address 1,Home Zip,Cell Phone\n1,Zoé,T,z@x,Checked In,{secret},{secret},{secret}\n",
        f"Timestamp,Phone number,Adresse,IP address,Q\n2024-10-16,{secret},{secret},{secret},5\n",
        f"Nom;Présent;Téléphone;Adresse;Ville\nZoé;Oui;{secret};{secret};{secret}\n",
        f"Date;Objectif;Tél.;Code postal;Pays;Country/Region Name\n2024-10-16;Suivi;{secret};{secret};{secret};{secret}\n",
        f"Attended,First Name,Last Name,Email,Phone,City,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Country/Region Name\nYes,Zoé,T,z@x.example,{secret},{secret},,,2024-10-16 9:00,2024-10-16 9:30,30,{secret}\n",
    ]  # fmt: skip
    for table in tables:
        export = read(table)
        assert (export.problems, secret in repr(export)) == ((), False), table
        assert len(export.dropped) > 1
