"""What a sheet cannot tell is asked on a terminal, and remembered; a script gets the mistake that names the
option."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers import Answers, sit_down
from tests.test_import import SESSION, ZOOM, Team

OWN = (
    "Date;CS;Rôle;Durée;Genre;Objectif;Remarques;Total\n"
    "2024-10-16;EMSB;directeur;1h30;Rencontre;skills;au printemps;\n"
    "2024-10-17;RSB;ADC;2;Suivi;skills;;\n"
)
SPAN = "Date;CS;Rôle;Début;Fin\n2024-10-16;EMSB;ADC;9:00;11 h 30\n"
MEETING = "Date,Name,Attended\n{day},Zoé Tremblay,x\n"


@pytest.fixture
def prt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Team:
    team = Team(tmp_path / "p", monkeypatch, capsys)
    team.settle()
    team.me("p-mar2")
    return team


def take(prt: Team, text: str, *answers: str, options: str = "", code: int = 0) -> Answers:
    """The sheet is imported by somebody who gives these answers."""
    with prt.monkeypatch.context() as there:
        person = sit_down(there, *answers)
        prt(f"import {prt.file('hours.csv', text)} {options}", code)
    return person


def rows(prt: Team, *columns: str) -> list[str]:
    return [" ".join(row.get(one) or "-" for one in columns) for row in prt.rows("accompaniment")]


def test_hours_go_to_the_log_whose_columns_they_have_and_so_next_month(prt: Team) -> None:
    take(prt, OWN, "", "y")
    assert rows(prt, "hours", "board", "role", "kind", "note") == [
        "1.5 EMSB principal contact au printemps",
        "2 RSB cda follow-up -",
    ]
    prt(f"import {prt.file('next.csv', OWN.replace('2024-10', '2024-11').replace('1h30', '3'))} --yes")
    assert rows(prt, "hours")[2:] == ["3", "2"]


def test_before_it_is_asked_the_preview_shows_the_rows_as_read_and_what_moves(prt: Team) -> None:
    take(prt, OWN, "", "n")
    assert "2 new" in prt.out and not prt.path("accompaniment").exists()
    for said in (
        " row 2  16 Oct 2024, 1.5\u00a0h, ",
        "“directeur” → principal",
        "“Rencontre” → ",
        "3a.hours  0 → 3.5",
    ):
        assert said in prt.out


def test_where_several_logs_fit_it_is_asked(prt: Team) -> None:
    text = "Date;Heures;Quoi\n2024-10-16;2;skills\n"
    prt(f"import {prt.file('hours.csv', text)} --yes", code=2)
    assert "--into" in prt.err
    person = take(prt, text, "1", "objective", "n", code=1)
    assert "its rows are?" in person.screen and "support to partners" in person.screen


@pytest.mark.parametrize(
    "answers", [("skills", "y"), ("?", "Compétences", "<", "skills", "y"), ("-", "skills", "y")]
)
def test_begin_and_end_are_hours_and_one_value_is_that_of_all_rows(
    prt: Team, answers: tuple[str, ...]
) -> None:
    prt(f"import {prt.file('hours.csv', SPAN)} --into accompaniment --yes", code=2)
    assert '--value "objective=…"' in prt.err
    take(prt, SPAN, *answers)
    assert rows(prt, "hours", "objective") == ["2.5 skills"]
    assert "Début, Fin → hours" in prt.out and "objective of all rows: skills" in prt.out
    prt(f"import {prt.file('next.csv', SPAN.replace('16;', '18;'))} --yes")
    assert rows(prt, "hours", "objective")[1:] == ["2.5 skills"]


def test_one_value_of_all_rows_by_an_option(prt: Team) -> None:
    prt(f'import {prt.file("hours.csv", SPAN)} --into accompaniment --yes --value "objective=skills"')
    assert rows(prt, "objective") == ["skills"]
    for wrong in ("objective", "nothing=x"):
        prt(f'import {prt.file("hours.csv", SPAN)} --into accompaniment --yes --value "{wrong}"', code=2)


@pytest.mark.parametrize(
    ("times", "says"), [("11:00;9:00", "it ends at 9:00"), ("9:00;soon", '"soon" is not a time of the day')]
)
def test_a_time_that_cannot_be(prt: Team, times: str, says: str) -> None:
    text = SPAN.replace("9:00;11 h 30", times)
    prt(f'import {prt.file("hours.csv", text)} --into accompaniment --yes --value "objective=skills"', code=1)
    assert says in prt.err


def test_a_mistake_after_the_questions_loses_no_answer(prt: Team) -> None:
    """A heading answered wrongly is answered again, with what was answered as the bracket."""
    text = "Date;Lieu;Rôle;Durée;Sur quoi\n2024-10-16;EMSB;ADC;2;skills\n"
    person = take(prt, text, "note", "objectif", "y", "board", "", "y", options="--into accompaniment")
    assert "“Sur quoi” is? [objective]" in person.screen
    assert rows(prt, "board", "objective", "hours") == ["EMSB skills 2"]


def test_one_column_is_not_given_to_two_headings(prt: Team) -> None:
    text = "Date;Lieu;Rôle;Durée;Sur quoi\n2024-10-16;EMSB;ADC;2;skills\n"
    person = take(prt, text, "durée", "hours", "cs", "objectif", "y", options="--into accompaniment")
    assert "hours is “Durée” already" in person.screen and rows(prt, "hours") == ["2"]


DATES = "Date;CS;Rôle;Durée;Objectif\n12/10/2024;EMSB;ADC;2;skills\n"


@pytest.mark.parametrize(
    ("answer", "day"), [("1", "2024-10-12"), ("2", "2024-12-10"), ("12 oct", "2024-10-12")]
)
def test_the_order_of_day_and_month_is_asked(prt: Team, answer: str, day: str) -> None:
    prt(f"import {prt.file('hours.csv', DATES)} --into accompaniment --yes", code=1)
    assert "--day-first" in prt.err and "--session" not in prt.err
    take(prt, DATES, answer, "y")
    assert rows(prt, "date") == [day]


@pytest.mark.parametrize(("answer", "date"), [("1", "2024-10-12"), ("2", "2024-12-10")])
def test_and_so_it_is_of_a_list_of_presences(prt: Team, answer: str, date: str) -> None:
    for day in ("2024-10-12", "2024-12-10"):
        prt.session(f"log meeting --line 1.4a --date {day} --title PLC")
    person = take(prt, MEETING.format(day="12/10/2024"), answer, "", "", "", "")
    assert "12/10/2024 is?" in person.screen
    (row,) = prt.rows("attendance")
    held = [one["date"] for one in prt.rows("sessions") if one["id"] == row["session"]]
    assert held == [date]


def test_a_session_of_another_day_is_told_under_the_question(prt: Team) -> None:
    """It is not offered, and where it is named the question is asked again."""
    other = prt.session(f"{SESSION.replace('2024-10-16', '2024-10-23')}")
    with prt.monkeypatch.context() as there:
        person = sit_down(there, other)
        prt(f"import {prt.file('zoom.csv', ZOOM)}", code=130)
    assert f"people were there on 2024-10-16, but {other} is of 2024-10-23" in person.screen
    assert f" 1  {other}" not in person.screen
