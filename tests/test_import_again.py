"""The same sheet of hours next month: what was corrected in it changes its row, what is gone is offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.answers import Answers
from tests.test_import import Team

HEADINGS = "Date;Durée;Commission scolaire;Rôle;Objectif;Note\n"
OCTOBER = "2024-10-16;2;EMSB;ADC;skills;\n"
LATER = "2024-10-17;1h15;RSB;ADC;action-plan;\n"
LAST = "2024-10-18;3;ETSB;direction;skills;\n"
INTO = "--into accompaniment --yes"


@pytest.fixture
def prt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Team:
    team = Team(tmp_path / "p", monkeypatch, capsys)
    team.settle()
    team.me("p-mar2")
    return team


def take(prt: Team, rows: str, options: str = INTO, headings: str = HEADINGS, code: int = 0) -> None:
    prt(f"import {prt.file('hours.csv', headings + rows)} {options}", code)


def hours(prt: Team) -> list[str]:
    return [f"{row['date'][5:]} {row['hours']} {row['board']}" for row in prt.rows("accompaniment")]


@pytest.mark.parametrize(
    ("before", "after", "says", "rows"),
    [
        (OCTOBER, OCTOBER.replace(";2;", ";4;"), "hours 2\u00a0h → 4\u00a0h", ["10-16 4 EMSB"]),
        (OCTOBER + LATER, OCTOBER.replace(";2;", ";4;") + LATER, "hours 2\u00a0h → 4\u00a0h", ["10-16 4 EMSB", "10-17 1.25 RSB"]),
        (OCTOBER + LATER, OCTOBER + LATER.replace("-17", "-21").replace("1h15", "2"), "date 17 Oct 2024 → 21 Oct 2024, hours 1.25\u00a0h → 2\u00a0h", ["10-16 2 EMSB", "10-21 2 RSB"]),
        (OCTOBER + LATER, LATER + OCTOBER.replace("EMSB", "LBPSB") + LAST, "board EMSB → LBPSB", ["10-16 2 LBPSB", "10-17 1.25 RSB", "10-18 3 ETSB"]),
        (OCTOBER + OCTOBER, OCTOBER + OCTOBER.replace(";2;", ";1;"), "hours 2\u00a0h → 1\u00a0h", ["10-16 2 EMSB", "10-16 1 EMSB"]),
    ],
    ids=["the only row", "one of two", "two cells", "among new rows", "one of two equal rows"],
)  # fmt: skip
def test_a_corrected_cell_changes_its_row(
    prt: Team, before: str, after: str, says: str, rows: list[str]
) -> None:
    take(prt, before)
    ids = [row["id"] for row in prt.rows("accompaniment")]
    take(prt, after)
    assert "1 changed" in prt.out and says in prt.out
    assert hours(prt) == rows
    assert [row["id"] for row in prt.rows("accompaniment")][: len(ids)] == ids
    take(prt, after)
    assert "Nothing new: no file was touched." in prt.out
    prt("undo --yes")
    assert sorted(hours(prt))[:1] == ["10-16 2 EMSB"]


def test_a_row_that_is_gone_is_offered_for_removal_and_yes_is_no_answer(
    prt: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(prt, OCTOBER + LATER + LAST)
    take(prt, OCTOBER + LAST)
    assert "1 gone" in prt.out and "17 Oct 2024, 1.25\u00a0h, CDA, RSB" in prt.out
    assert "prt remove a-20241017" in prt.err and len(hours(prt)) == 3
    asked = Answers(["y"])
    monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: asked)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    take(prt, OCTOBER + LAST, "--into accompaniment")
    assert asked.told == ["Remove the one that is gone? [y/N] > "]
    assert hours(prt) == ["10-16 2 EMSB", "10-18 3 ETSB"]
    take(prt, OCTOBER + LATER + LAST)
    assert "1 to add, 2 there already" in prt.out


def test_rows_of_another_sheet_are_neither_changed_nor_gone(prt: Team) -> None:
    """Next month's own file, and the file of another board on the same days."""
    take(prt, OCTOBER + LATER)
    take(prt, (OCTOBER + LATER).replace("-10-", "-11-"))
    take(prt, OCTOBER.replace("EMSB", "CQSB") + LATER.replace("RSB", "CQSB"))
    assert "2 to add" in prt.out and "gone" not in prt.out and "changed" not in prt.out
    assert len(hours(prt)) == 6


@pytest.mark.parametrize(
    ("before", "after", "same", "number"),
    [
        ("PLC; morning", "Data teams; afternoon", "", 4),
        ("PLC; morning", "Data teams; afternoon", LAST, 3),
        ("PLC on data", "PLC on the data", "", 2),
        ("", "Data teams", "", 2),
    ],
    ids=["two sheets", "a row is as it was", "a note corrected", "a note added"],
)
def test_sheets_that_differ_in_notes_alone(
    prt: Team, before: str, after: str, same: str, number: int
) -> None:
    """Two half days at one board have the same day and hours, and each its own note."""
    for note in (before, after):
        rows = "".join(row.replace(";\n", f';"{note}"\n') for row in (OCTOBER, LATER))
        take(prt, rows + same)
    assert len(hours(prt)) == number


def test_what_was_corrected_here_since_stays(prt: Team) -> None:
    take(prt, OCTOBER + LATER)
    prt(f"edit {prt.rows('accompaniment')[0]['id']} --objective challenges --why 'Said so'")
    take(prt, OCTOBER.replace(";2;", ";4;") + LATER)
    assert (prt.rows("accompaniment")[0]["hours"], prt.rows("accompaniment")[0]["objective"]) == (
        "4",
        "challenges",
    )


def test_a_row_that_was_typed_before_is_changed_by_its_sheet(prt: Team) -> None:
    """It was left out as a double: corrected in the sheet it is no second row."""
    prt("log accompaniment --date 2024-10-16 --hours 2 --role cda --board EMSB --objective skills")
    take(prt, OCTOBER + LATER)
    assert hours(prt) == ["10-16 2 EMSB", "10-17 1.25 RSB"]
    take(prt, OCTOBER.replace(";2;", ";2,5;") + LATER)
    assert "1 changed" in prt.out and hours(prt) == ["10-16 2.5 EMSB", "10-17 1.25 RSB"]
    prt("undo --yes")
    prt("undo --yes")
    assert hours(prt) == ["10-16 2 EMSB"]


@pytest.mark.parametrize("by_hand", [False, True])
def test_a_correction_that_was_taken_back_is_news_again(prt: Team, by_hand: bool) -> None:
    """Whether the sheet itself was taken back, or what somebody corrected to the same."""
    take(prt, OCTOBER + LATER)
    if by_hand:
        prt(f"edit {prt.rows('accompaniment')[0]['id']} --hours 4 --why 'Said so'")
    else:
        take(prt, OCTOBER.replace(";2;", ";4;") + LATER)
    prt("undo --yes")
    assert hours(prt) == ["10-16 2 EMSB", "10-17 1.25 RSB"]
    take(prt, OCTOBER.replace(";2;", ";4;") + LATER)
    assert hours(prt) == ["10-16 4 EMSB", "10-17 1.25 RSB"]


def test_the_same_rows_of_two_members_of_the_team_are_four(prt: Team) -> None:
    """Without a column that says whose hours they are."""
    prt.people("p-mar2,prt-staff,,,,,,", "p-kim2,prt-staff,,,,,,")
    take(prt, OCTOBER + LATER)
    prt.me("p-kim2")
    take(prt, OCTOBER + LATER)
    assert [row["staff"] for row in prt.rows("accompaniment")] == ["p-mar2", "p-mar2", "p-kim2", "p-kim2"]


@pytest.mark.parametrize("heading", ["ID", "_id", "Identifiant", "Row ID"])
def test_ids_of_the_sheet_tell_a_row_again_and_are_none_of_prt(prt: Team, heading: str) -> None:
    headings = f"{heading};{HEADINGS}"
    take(prt, f"17;{OCTOBER}18;{LATER}", headings=headings)
    ids = [row["id"] for row in prt.rows("accompaniment")]
    assert all(one.startswith("a-2024") for one in ids)
    take(prt, f"17;{LAST}18;{LATER}", headings=headings)
    assert "1 changed" in prt.out and hours(prt) == ["10-18 3 ETSB", "10-17 1.25 RSB"]
    assert [row["id"] for row in prt.rows("accompaniment")] == ids


def test_an_id_that_is_there_twice_is_refused(prt: Team) -> None:
    take(prt, f"17;{OCTOBER}17;{LATER}", headings=f"ID;{HEADINGS}", code=1)
    assert "hours.csv:3: ID: the id 17 is that of line 2 too" in prt.err
    assert prt.rows("accompaniment") == []


def test_a_sheet_read_otherwise_changes_its_rows(prt: Team) -> None:
    """The very same file, with a column that was left behind the first time."""
    headings = HEADINGS.replace("Note", "Genre d’appui")
    rows = OCTOBER.replace(";\n", ";travel\n") + LATER.replace(";\n", ";travel\n")
    take(prt, rows, f"{INTO} --column 'Genre d’appui='", headings)
    take(prt, rows, f"{INTO} --column 'Genre d’appui=kind'", headings)
    assert "2 changed" in prt.out
    assert [row["kind"] for row in prt.rows("accompaniment")] == ["travel", "travel"]


def test_an_older_project_has_fewer_columns(prt: Team) -> None:
    take(prt, OCTOBER + LATER)
    old = [line.split(",")[:2] for line in ["id,content", *prt.lines("imported")]]
    prt.write("imported", "\n".join(",".join(cells) for cells in old) + "\n")
    take(prt, OCTOBER.replace(";2;", ";4;") + LATER + LAST)
    assert "1 changed" in prt.out and hours(prt)[0] == "10-16 4 EMSB"
    assert "Nothing new" not in prt.out


def test_a_shorter_sheet_tells_only_of_its_own_days(prt: Team) -> None:
    """After the whole autumn, November alone: October is not gone."""
    november = [
        row.replace("-10-", "-11-")
        for row in (OCTOBER, LATER.replace("-17", "-19"), LAST.replace("-18", "-20"))
    ]
    take(prt, OCTOBER + LATER + LAST + "".join(november) + OCTOBER.replace("-10-16", "-12-16"))
    take(prt, november[0] + november[2].replace(";3;", ";5;"))
    assert "1 changed" in prt.out and "hours 3\u00a0h → 5\u00a0h" in prt.out
    assert "1 gone" in prt.out and "19 Nov 2024" in prt.out and "16 Oct 2024" not in prt.out


def test_rows_that_somebody_typed_are_left_out(prt: Team) -> None:
    """Each typed row stands for one of the sheet."""
    prt.me("p-mar2")
    prt("log accompaniment --date 2025-02-03 --hours 2 --board EMSB --role cda --objective skills")
    rows = "2025-02-03,2,EMSB,cda,skills\n2025-02-03,2,EMSB,cda,skills\n2025-02-03,3,EMSB,cda,skills\n"
    file = prt.file("typed.csv", f"date,hours,board,role,objective\n{rows}")
    out = prt(f"import {file} --into accompaniment --yes")
    assert "is there already, as a-" in out
    assert len(prt.lines("accompaniment")) == 3


ODD = "2024-10-16;14;EMSB;ADC;skills;\n2024-10-17;14;RSB;ADC;skills;\n2024-10-17;13;RSB;direction;skills;\n"


def test_odd_rows_are_written_only_if_somebody_says_that_they_are_so(prt: Team) -> None:
    take(prt, ODD, code=1)
    assert (
        "hours.csv:4: Durée: with this row p-mar2 gave 27 hours" in prt.err and "hours.csv:3" not in prt.err
    )
    assert "Or keep it all the same: --anyway." in prt.err
    assert not prt.path("accompaniment").exists()
    take(prt, ODD, "--into accompaniment --dry-run")
    assert "hours.csv:4: warning: " in prt.err
    take(prt, ODD, f"{INTO} --anyway")
    assert len(hours(prt)) == 3
    take(prt, ODD)
    assert "Nothing new" in prt.out
    take(prt, ODD.replace(";13;", ";12;"), code=1)
    assert "gave 26 hours" in prt.err


@pytest.mark.parametrize(("answer", "written"), [("", False), ("y", True)])
def test_on_a_terminal_odd_rows_are_told_and_enter_is_no(
    prt: Team, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    asked = Answers([answer])
    monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: asked)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    take(prt, ODD, "--into accompaniment")
    assert "hours.csv:4: warning: " in prt.err and "[y/N]" in asked.told[-1]
    assert prt.path("accompaniment").exists() == written


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_corrected_row_shows_what_people_corrected_and_what_an_empty_cell_means(
    prt: Team, language: str
) -> None:
    """Nothing of what imports remember of it."""
    take(prt, OCTOBER)
    take(prt, OCTOBER.replace(";2;", ";3;"))
    prt.monkeypatch.setenv("PRT_LANG", language)
    row = next(one["id"] for one in prt.rows("accompaniment") if one["hours"] == "3")
    shown = prt(f"show {row}")
    assert "2 → 3" in shown and "content" not in shown and "…" not in shown
    assert {"en": "kind             contact", "fr": "nature               contact"}[language].split() in [
        line.split() for line in shown.splitlines()
    ]
