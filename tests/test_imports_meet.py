"""Google Meet: first join, last exit and duration of each person, with dates or with hours alone."""

from __future__ import annotations

import pytest

from tests.exported import presences, read

ENGLISH = "First name,Last name,Email,Duration,Time joined,Time exited\n"
FRENCH = "Prénom,Nom,Adresse e-mail,Durée,Heure de participation,Heure de sortie\n"


@pytest.mark.parametrize("header", [ENGLISH, FRENCH])
@pytest.mark.parametrize(
    ("rows", "on", "expected"),
    [
        ("Zoé,Exemple,zoe@x.example,1 hr 2 min,9:00 AM,10:02 AM\n", "2024-10-16", "2 Zoé Exemple <zoe@x.example> 62 min 2024-10-16 [09:00:00-10:02:00]"),
        ("Zoé,Exemple,,25 min,9:00 AM,12:00 PM\n", "2024-10-16", "2 Zoé Exemple 25 min 2024-10-16"),
        ("Zoé,Exemple,,1h,9:00 AM,10:00 AM\n", "", "2 Zoé Exemple 60 min -"),
        ("Zoé,Exemple,,1h 0m 12s,2024-10-16 9:00:00,2024-10-16 10:00:12\n", "", "2 Zoé Exemple 60 1/5 min 2024-10-16 [09:00:00-10:00:12]"),
        ("Zoé,Exemple,,60 min,2024-10-16T13:00:00,2024-10-16T14:00:00\n", "", "2 Zoé Exemple 60 min 2024-10-16 [13:00:00-14:00:00]"),
        ("Zoé,,,2 h,18:30,20:30\n", "2024-10-16", "2 Zoé 120 min 2024-10-16 [18:30:00-20:30:00]"),
    ],
    ids=["hours of the day", "with a break", "no day", "moments", "ISO", "first name only"],
)  # fmt: skip
def test_a_report(header: str, rows: str, on: str, expected: str) -> None:
    export = read(header + rows, on=on)
    assert (export.source, export.kind, presences(export)) == ("meet", "attendance", [expected])
    assert export.problems == ()


def test_the_day_is_in_the_name_of_the_file() -> None:
    export = read(
        ENGLISH + "Zoé,Exemple,,30 min,9:00 AM,9:30 AM\n", name="PLC 1 - 2024-10-16 - Attendance Report.csv"
    )
    assert presences(export) == ["2 Zoé Exemple 30 min 2024-10-16 [09:00:00-09:30:00]"]


def test_a_duration_that_cannot_be_read_is_said() -> None:
    [problem] = read(ENGLISH + "Zoé,Exemple,,quelque temps,9:00 AM,9:30 AM\n", on="2024-10-16").problems
    assert (problem.where.line, problem.where.path) == (2, "Duration")
