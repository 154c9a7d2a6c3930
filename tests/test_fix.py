"""`prt check --fix`: what can only mean one thing is shown, put right, kept in corrections.csv and taken back."""

from __future__ import annotations

import datetime as dt

import pytest

from prt.files.csv.repairs import certain_line
from prt.model.calendar import Window, certain_day
from prt.model.cells import Known
from tests.answers import Answers
from tests.conftest import only_in_ci
from tests.project import WORKSHOP, Prt

YEAR = Window(dt.date(2024, 7, 1), dt.date(2025, 6, 30))
LINES = Known(lines=frozenset({"1.1", "1.2", "1.3a", "1.10", "2.1", "3.4"}))
HEAD = "id,line,date,title,format\n"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/11/2024", "2024-11-13"),
        ("11/13/2024", "2024-11-13"),
        ("5/5/2024", "2024-05-05"),
        ("13-11-2024", "2024-11-13"),
        ("13.11.2024", "2024-11-13"),
        ("2024/11/13", "2024-11-13"),
        ("2024-8-26", "2024-08-26"),
        ("2024-11-13 00:00:00", "2024-11-13"),
        ("16 octobre 2024", "2024-10-16"),
        ("16-oct-2024", "2024-10-16"),
        ("16-oct", "2024-10-16"),
        ("01-janv", "2025-01-01"),
        ("19-Dec-24", "2024-12-19"),
        ("11-dec-24", "2024-12-11"),
        ("19-déc-24", "2024-12-19"),
        ("1-févr.-25", "2025-02-01"),
        ("03/04/2025", None),  # 3 April, or 4 March
        ("13/11/24", None),  # 2024, or the 24th
        ("24-oct-16", None),  # 2016, or the 16th
        ("19-Dec-23", None),  # not of this year
        ("oct-16", None),  # the 16th, or October 2016
        ("29-févr", None),
        ("31/02/2024", None),
        ("2024-11-13 09:30", None),
        ("soon", None),
    ],
)
def test_a_day_that_can_be_read_only_one_way(text: str, day: str | None) -> None:
    found = certain_day(text, YEAR)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize("text", ["13/12/2023", "2025/7/1", "13 nov. 2023"])
def test_a_day_outside_the_plan_year_is_left_as_an_error(prt: Prt, text: str) -> None:
    """Its year is likely a slip, and the row would count on the first day, or the last."""
    prt.write("sessions", f"{HEAD}w-1,1.1,{text},One,full-day\n")
    prt("check --fix --yes", code=1)
    assert "cell" not in prt.err and text in prt.lines("sessions")[0]


def test_a_day_without_its_year_is_none_of_a_file_that_belongs_to_no_year() -> None:
    assert certain_day("16-oct", None) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("01-janv", "1.1"),
        ("01-oct", "1.10"),
        ("04-mars", "3.4"),
        ("03-avr", "3.4"),
        ("02-janv", ""),  # 1.2, or 2.1
        ("05-mai", ""),
        ("01-jui", ""),
    ],
)
def test_a_line_that_a_spreadsheet_made_a_date_of(text: str, line: str) -> None:
    assert certain_line(text, LINES) == line


def spoiled(prt: Prt) -> bytes:
    """Twenty workshops as a spreadsheet saved them."""
    rows = [f'w-2024{one:04},1.1,{one}/11/2024,"Title {one}",full-day\n' for one in range(13, 31)]
    rows += ["w-1,01-janv,16-oct,MontrÃ©al,half-day\n", ",1.1,03/04/2025,Later,full-day\n"]
    prt.write("sessions", HEAD + "".join(rows))
    return prt.path("sessions").read_bytes()


def test_twenty_days_are_one_problem_and_put_right(prt: Prt) -> None:
    """Case D9."""
    before = spoiled(prt)
    out = prt("check", code=1)
    assert out.count("is not a date") == 1 and "… and 19 more like it" in out
    assert "prt check --fix can put 21 cells right: it shows them, and asks." in prt.err
    prt("check --fix", code=2)
    assert ":2  date  13/11/2024 → 2024-11-13" in prt.err and ":20  line  01-janv → 1.1" in prt.err
    assert "Nothing was done. In a script, add --yes." in prt.err
    assert prt.path("sessions").read_bytes() == before and not prt.path("corrections").exists()
    out = prt("check --fix --yes", code=1)
    assert "Put right: 21 cells, 1 id, how 2 files are written. Not right? prt undo" in prt.err
    assert "1.1.workshops  0 → 19 of 37" in prt.err and "→ 19" not in out
    lines = prt.lines("sessions")
    assert lines[0] == "w-20240013,1.1,2024-11-13,Title 13,full-day"
    assert lines[18] == "w-1,1.1,2024-10-16,Montréal,half-day"
    assert lines[19].startswith("w-") and lines[19].endswith(",1.1,03/04/2025,Later,full-day")
    assert out.count("is not a date") == 1 and "more like it" not in out
    kept = prt.lines("corrections")
    assert len(kept) == 21
    assert "w-20240013,date,13/11/2024,2024-11-13,prt check --fix: a day written otherwise" in kept[0]
    prt("undo", code=2)
    assert "21 rows of sessions would be as before" in prt.err
    assert "1 row of sessions would be without the id" in prt.err
    assert "organisations.csv would be written as it was before" in prt.err
    prt("undo --yes")
    assert prt.lines("sessions")[18] == "w-1,01-janv,16-oct,MontrÃ©al,half-day"
    assert prt.path("sessions").read_bytes().decode().splitlines()[0] == HEAD.strip()
    assert prt.lines("sessions")[19] == ",1.1,03/04/2025,Later,full-day"


def test_how_a_file_is_written_is_put_right_and_taken_back(prt: Prt) -> None:
    raw = "id,date,description\r\n,2025-01-11,Été\n,2025-01-12,B\r\n,2025-01-13,C".encode()
    prt.write("updates", raw)
    prt("check --fix --yes")
    found = prt.path("updates").read_bytes().decode()
    assert found.startswith("\ufeffid,date,description\r\nu-20250111-")
    assert found.count("\r\n") == found.count("\n") == 3
    assert all(line.startswith("u-2025011") for line in prt.lines("updates"))
    prt("check --fix")
    assert prt.err == "Nothing can be put right for certain.\n"
    prt("undo --yes")
    assert "data/2024-2025/updates.csv is written as it was before" in prt.out
    assert prt.path("updates").read_bytes() == raw


def test_on_a_terminal_it_is_asked(prt: Prt) -> None:
    before = spoiled(prt)
    for answers in (["n"], ["y"]):
        prt.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda said=answers: Answers(said))
        prt.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        prt("check --fix", code=1)
        assert (prt.path("sessions").read_bytes() == before) == (answers == ["n"])


def test_cells_that_change_alike_are_counted_behind_the_first(prt: Prt) -> None:
    """Days of another order of day and month, and texts, are others."""
    days = [f"{day}/11/2024" for day in range(13, 30)] + ["11/20/2024", "11/21/2024"]
    titles = ["MontrÃ©al", "QuÃ©bec"]
    rows = [f"w-{at},1.1,{day},T{at},full-day\n" for at, day in enumerate(days)]
    rows += [f"w-x{at},1.1,2024-10-16,{title},full-day\n" for at, title in enumerate(titles)]
    prt.write("sessions", HEAD + "".join(rows))
    prt("check --fix", code=2)
    shown = prt.err.partition("sessions.csv\n")[2].splitlines()
    assert shown[:6] == [
        "  :2  date  13/11/2024 → 2024-11-13",
        "    … and 16 more like it: sessions.csv:3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …",
        "  :19  date  11/20/2024 → 2024-11-20",
        "    … and 1 more like it: sessions.csv:20",
        "  :21  title  MontrÃ©al → Montréal",
        "  :22  title  QuÃ©bec → Québec",
    ]


@only_in_ci
def test_of_very_many_that_are_not_alike_a_thousand_are_shown(prt: Prt) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    titles = [f"{a}{b}{c}Ã©" for a in letters for b in letters for c in "xy"][:1003]
    rows = "".join(f"w-{at},1.1,2024-10-16,{title},full-day\n" for at, title in enumerate(titles))
    prt.write("sessions", HEAD + rows)
    prt("check --fix", code=2)
    assert prt.err.count(" → ") == 1000 and "    … and 3 more like it: sessions.csv:" in prt.err


def test_rows_whose_id_stands_twice_are_left_and_said(prt: Prt) -> None:
    prt.write("sessions", HEAD + "w-1,1.1,13/11/2024,A,full-day\nw-1,1.1,14/11/2024,B,full-day\n")
    before = prt.path("sessions").read_bytes()
    prt("check --fix --yes", code=1)
    assert "2 cells of rows that share an id stay as they are: correct them by hand" in prt.err
    assert prt.path("sessions").read_bytes() == before


def test_where_nothing_can_be_written_that_is_all_that_is_said(prt: Prt) -> None:
    spoiled(prt)
    prt.write("corrections", "a,b\n1,2\n")
    assert prt("check --fix --yes", code=1) == ""
    assert prt.err.count("corrections.csv: id: the file has no such column") == 1
    assert "A row with an error" not in prt.err


def test_names_are_put_right_and_not_shown(prt: Prt) -> None:
    prt('people add --role cda --board EMSB --name "Zoé Sample"')
    names = prt.root / "data" / "private" / "names.csv"
    names.write_bytes(names.read_bytes().replace("Zoé".encode(), "ZoÃ©".encode()))
    prt("check --fix --yes")
    assert "  name  letters read in another encoding" in prt.err and "Sample" not in prt.err
    assert "Zoé Sample" in names.read_text(encoding="utf-8")
    assert "ZoÃ© Sample" in (names.parent / "corrections.csv").read_text(encoding="utf-8")
    assert not prt.path("corrections").exists()


def test_what_is_right_stays_as_it_is(prt: Prt) -> None:
    prt(WORKSHOP)
    before = prt.path("sessions").read_bytes()
    prt("check --fix --yes")
    assert prt.path("sessions").read_bytes() == before


def test_what_was_done_is_said_in_french_where_its_message_cannot_be_printed(
    prt: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiled(prt)
    noted: list[str] = []
    monkeypatch.setattr("prt.console.messages.written", noted)
    monkeypatch.setenv("PRT_LANG", "fr")
    prt("check --fix --yes", code=1)
    assert noted == ["Corrigé : 21 cellules, 1 identifiant, la forme de 2 fichiers"]
    assert "la forme de 2 fichiers. Une erreur? prt undo" in prt.err
