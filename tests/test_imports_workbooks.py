"""Workbooks of several sheets: days, months, lists beside them; none is passed over without a word."""

from __future__ import annotations

import io
import shlex
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl
import pytest

from prt.files.workbook.grid import grids_of
from prt.imports.sources.registry import read_sheets
from tests.answers import sit_down
from tests.exported import presences
from tests.exported import read as read_text
from tests.test_import import SESSION, Team, prt

__all__ = ["prt"]

Rows = Sequence[Sequence[object]]
NAMES: Rows = [("Nom", "Présent"), ("Zoé Exemple", "x"), ("Alex Échantillon", "")]
OTHERS: Rows = [("Nom", "Présent"), ("Zoé Exemple", "x"), ("Ida Sample", "oui")]
HOURS = ("Date", "Durée", "Commission scolaire", "Rôle", "Objectif")
JANUARY: Rows = [
    HOURS,
    ("2025-01-16", 2, "EMSB", "ADC", "skills"),
    ("2025-01-17", 1.5, "RSB", "ADC", "skills"),
]
FEBRUARY: Rows = [HOURS, ("2025-02-06", 3, "EMSB", "ADC", "skills")]
BOARDS: Rows = [("Code", "Commission"), *((f"B{n}", f"Board {n}") for n in range(30))]


def workbook(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    for at, (title, rows) in enumerate(sheets.items()):
        sheet = book.create_sheet(title, at)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    book.remove(book.worksheets[-1])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def put(prt: Team, name: str, sheets: Mapping[str, Rows]) -> str:
    path = prt.root.parent / name
    path.write_bytes(workbook(sheets))
    return shlex.quote(str(path))


def read(sheets: Mapping[str, Rows]) -> list[tuple[str, list[str]]]:
    grids, problems = grids_of(workbook(sheets), "a.xlsx")
    assert problems == []
    return [(one.sheet, [*presences(one.export), *one.export.left_out]) for one in read_sheets(grids)]


@pytest.mark.parametrize(
    ("first", "second"), [("2024-10-16", "2024-10-17"), ("Jeudi 16 octobre 2024", "17 octobre 2024")]
)
def test_a_sheet_for_each_day_whose_title_is_the_date(first: str, second: str) -> None:
    assert [name for name, _ in read({first: NAMES, second: OTHERS})] == [first, second]
    grids, _ = grids_of(workbook({first: NAMES, second: OTHERS}), "a.xlsx")
    days = [one.export.starts.date().isoformat() for one in read_sheets(grids) if one.export.starts]
    assert days == ["2024-10-16", "2024-10-17"]


@pytest.mark.parametrize("titles", [("Jour 1", "Jour 2"), ("Day 1", "Day 2"), ("Journée 1", "Journée 2")])
def test_day_one_and_day_two_of_a_session(prt: Team, titles: tuple[str, str]) -> None:
    session = prt.session(SESSION.replace("--title", "--last_day 2024-10-17 --title".replace("_", "-")))
    file = put(prt, "presences.xlsx", {titles[0]: NAMES, titles[1]: OTHERS})
    prt(f"import {file} --session {session} --yes")
    found = sorted((row["date"], row["session"]) for row in prt.rows("attendance"))
    assert found == [("2024-10-16", session), ("2024-10-17", session), ("2024-10-17", session)]
    prt(f"import {file} --session {session} --yes")
    assert "Nothing new" in prt.out


def test_days_as_columns_need_no_session_in_advance(prt: Team) -> None:
    session = prt.session(SESSION.replace("--title", "--last-day 2024-10-17 --title"))
    sheet = "PLC 1\n16 octobre 2024\nNom;Jour 1;Jour 2\nZoé T;x;\nAl E;;x\n".replace("16 octobre 2024\n", "")
    prt(f"import {prt.file('jours.csv', sheet)} --session {session} --yes")
    assert [row["date"] for row in prt.rows("attendance")] == ["2024-10-16", "2024-10-17"]


def test_a_sheet_of_another_kind_is_named() -> None:
    [(_, lines)] = read({"Notes": [("À retenir",), ("rien",)], "Jour": NAMES, "Commissions": BOARDS})
    assert lines[-2:] == ["sheet Notes, which is another table", "sheet Commissions, which is another table"]
    assert lines[0].startswith("2 Zoé Exemple")


@pytest.mark.parametrize("titles", [("Janvier", "Février"), ("Jan", "Feb"), ("Feuil1", "Feuil2")])
def test_hours_of_every_month_are_one_table(prt: Team, titles: tuple[str, str]) -> None:
    prt.me("p-mar2")
    file = put(prt, "heures.xlsx", {"Listes": BOARDS, titles[0]: JANUARY, titles[1]: FEBRUARY})
    prt(f"import {file} --into accompaniment --yes")
    assert [(row["date"], row["hours"]) for row in prt.rows("accompaniment")] == [
        ("2025-01-16", "2"), ("2025-01-17", "1.5"), ("2025-02-06", "3"),
    ]  # fmt: skip
    assert "not taken: sheet Listes, which is another table" in prt.out
    changed = [HOURS, ("2025-02-06", 4, "EMSB", "ADC", "skills")]
    put(prt, "heures.xlsx", {titles[0]: JANUARY, titles[1]: changed})
    prt(f"import {file} --into accompaniment --yes")
    assert f" {titles[1]}, row 2  a-" in prt.out and "hours 3\u00a0h → 4\u00a0h" in prt.out


SPANS: Rows = [
    ("Date", "Début", "Fin", "Commission scolaire", "Rôle", "Objectif"),
    ("2025-01-23", "9:00", "11:30", "EMSB", "ADC", "skills"),
    ("2025-01-24", "13 h", "13 h 45", "RSB", "ADC", "skills"),
]


@pytest.mark.parametrize("titles", [("Février", "Mars"), ("Mars", "Février")])
@pytest.mark.parametrize("narrow", [False, True])
def test_begin_and_end_on_one_sheet_and_how_long_on_another(
    prt: Team, titles: tuple[str, str], narrow: bool
) -> None:
    """Also where little else is below like headings."""
    prt.me("p-mar2")
    sheets = {title: {"Février": FEBRUARY, "Mars": SPANS}[title] for title in titles}
    options = "--into accompaniment --yes"
    if narrow:
        kept = ("Date", "Début", "Fin", "Durée", "Rôle")
        places = {
            title: [at for at, name in enumerate(rows[0]) if name in kept] for title, rows in sheets.items()
        }
        sheets = {
            title: [[row[at] for at in places[title]] for row in rows] for title, rows in sheets.items()
        }
        options += " --value board=EMSB --value objective=skills"
    prt(f"import {put(prt, 'heures.xlsx', sheets)} {options}")
    hours = {row["date"]: row["hours"] for row in prt.rows("accompaniment")}
    assert hours == {"2025-02-06": "3", "2025-01-23": "2.5", "2025-01-24": "0.75"}
    assert "Début, Fin → hours" in prt.out and "Durée → hours" in prt.out


def test_begin_and_end_are_left_behind_where_every_row_says_how_long(prt: Team) -> None:
    """With a break in between it is less."""
    rows = [(*SPANS[0], "Durée"), *((*row, 0.5) for row in SPANS[1:])]
    prt.me("p-mar2")
    prt(f"import {put(prt, 'heures.xlsx', {'Mars': rows})} --into accompaniment --yes")
    assert [row["hours"] for row in prt.rows("accompaniment")] == ["0.5", "0.5"]
    assert "columns left behind: Début, Fin" in prt.out


def test_nobody_is_asked_what_begin_and_end_are(prt: Team) -> None:
    prt.me("p-mar2")
    path = put(prt, "heures.xlsx", {"Février": FEBRUARY, "Mars": SPANS})
    person = sit_down(prt.monkeypatch, "y")
    prt(f"import {path} --into accompaniment")
    assert not any("Début" in one for one in person.said), person.screen


def test_a_total_of_each_sheet_is_told_with_its_sheet(prt: Team) -> None:
    prt.me("p-mar2")
    months = {
        "Janvier": [*JANUARY, ("Total", 3.5, "", "", "")],
        "Février": [*FEBRUARY, ("Total", 3, "", "", "")],
    }
    prt(f"import {put(prt, 'heures.xlsx', months)} --into accompaniment --yes")
    last = len(JANUARY) + 1, len(FEBRUARY) + 1
    assert f"not taken: 2 totals (lines Janvier {last[0]}, Février {last[1]})" in prt.out


def test_a_sheet_of_the_whole_year_doubles_no_row(prt: Team) -> None:
    prt.me("p-mar2")
    file = put(
        prt, "heures.xlsx", {"Année": [*JANUARY, *FEBRUARY[1:]], "Janvier": JANUARY, "Février": FEBRUARY}
    )
    prt(f"import {file} --into accompaniment --yes")
    assert (
        len(prt.rows("accompaniment")) == 3 and "sheet Année, whose rows are all on other sheets" in prt.out
    )


def test_a_mistake_names_its_sheet(prt: Team) -> None:
    prt.me("p-mar2")
    wrong = [HOURS, ("2025-02-06", 300, "EMSB", "ADC", "skills")]
    prt(
        f"import {put(prt, 'h.xlsx', {'Janvier': JANUARY, 'Février': wrong})} --into accompaniment --yes",
        code=1,
    )
    assert "h.xlsx, Février:2: Durée: 300" in prt.err and not prt.rows("accompaniment")


def test_a_hidden_sheet_is_said() -> None:
    grids, [problem] = grids_of(workbook({"Jour 1": NAMES, "Jour 2": OTHERS}, ["Jour 2"]), "a.xlsx")
    assert [grid.sheet for grid in grids] == ["Jour 1"]
    assert (problem.severity, problem.what) == ("warning", "has hidden sheets, which are not read: Jour 2")


def test_forms_of_both_languages_in_one_workbook() -> None:
    grids, _ = grids_of(
        workbook({
            "English": [("Timestamp", "Overall?"), ("2024-10-16 12:00", "Good")],
            "Français": [("Horodateur", "Dans l’ensemble ?"), ("2024-10-16 12:00", "Bien")],
        }),
        "a.xlsx",
    )  # fmt: skip
    assert [len(one.export.answers) for one in read_sheets(grids)] == [1, 1]


def test_a_list_of_people_on_a_sheet_for_each_board(prt: Team) -> None:
    sheets: dict[str, Rows] = {
        "EMSB": [("Nom complet", "Rôle", "CS"), ("Ida Exemple", "ADC", "EMSB")],
        "Codes": BOARDS,
        "RSB": [("Nom complet", "Rôle", "CS"), ("Noor Exemple", "direction", "RSB")],
    }
    prt(f"people import {put(prt, 'equipe.xlsx', sheets)} --yes")
    assert "sheets without names, not taken: Codes" in prt.out
    assert [row["name"] for row in prt.secrets("names")][2:] == ["Ida Exemple", "Noor Exemple"]


def patched(raw: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with another text in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as package, zipfile.ZipFile(file, "w") as other:
        for name in package.namelist():
            text = package.read(name)
            assert name != part or old.encode() in text
            other.writestr(name, text.replace(old.encode(), new.encode()) if name == part else text)
    return file.getvalue()


FORMULAS: Rows = [
    HOURS,
    ("2025-01-16", "=1+1", "EMSB", "ADC", "skills"),
    ("2025-01-17", 1, "RSB", "ADC", "skills"),
]


class TestCellsWithoutAValue:
    def take(self, prt: Team, rows: Rows, name: str = "h.xlsx", code: int = 1) -> None:
        prt.me("p-mar2")
        prt(f"import {put(prt, name, {'Feuil1': rows})} --into accompaniment --yes", code=code)

    def test_a_formula_that_nobody_computed_is_named(self, prt: Team) -> None:
        self.take(prt, FORMULAS)
        assert 'h.xlsx:2: Durée: "#FORMULA?" is no value' in prt.err and not prt.rows("accompaniment")

    @pytest.mark.parametrize(
        "sign", ["#NAME?", "########", "#NOM?", "#REF!", "#VALEUR!", "#DIV/0!", "#N/A", "###"]
    )
    def test_what_a_spreadsheet_shows_instead_of_a_value_is_no_text(self, prt: Team, sign: str) -> None:
        text = f"Date;Durée;Commission scolaire;Rôle;Objectif;Note\n2025-01-16;1;EMSB;ADC;skills;{sign}\n"
        prt.me("p-mar2")
        prt(f"import {prt.file('h.csv', text)} --into accompaniment --yes", code=1)
        assert f'h.csv:2: Note: "{sign}" is no value' in prt.err and not prt.rows("accompaniment")

    def test_nor_anybody_s_name(self) -> None:
        [problem] = read_text("Nom;Présent\nZoé Exemple;x\n#NAME?;x\n#NAME?;x\n").problems
        assert (problem.where.line, "1 more" in problem.what) == (3, True)

    def test_a_column_that_is_left_behind_may_have_any(self, prt: Team) -> None:
        assert read_text("Nom;Présent;Casier\nZoé Exemple;x;#REF!\n").problems == ()
        rows = [(*HOURS, "Cumul"), ("2025-01-16", 2, "EMSB", "ADC", "skills", "=B2")]
        self.take(prt, rows, code=0)
        assert len(prt.rows("accompaniment")) == 1

    def test_hidden_rows_are_read_and_said(self) -> None:
        raw = patched(
            workbook({"Jour 1": NAMES}), "xl/worksheets/sheet1.xml", '<row r="2"', '<row r="2" hidden="1"'
        )
        grids, [problem] = grids_of(raw, "a.xlsx")
        assert len(grids[0].rows) == 3
        assert (problem.severity, problem.what) == (
            "warning",
            "has hidden rows on the sheet Jour 1 (1), which are read too",
        )


def packed(names: Sequence[str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return file.getvalue()


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


@pytest.mark.parametrize(
    ("raw", "what", "remedy"),
    [
        (packed(["Index/Document.iwa", "Metadata/Properties.plist", "preview.jpg"]), "Apple Numbers", "Export To, Excel"),
        (packed(["Index.zip", "preview.jpg"]), "Apple Numbers", "Export To, Excel"),
        (patched(workbook({"A": NAMES}), "xl/workbook.xml", MAIN, STRICT), "Strict Open XML", "Save As, Excel Workbook"),
        (b"<html><body><table><tr><td>Nom</td></tr></table></body></html>", "web page", "Excel Workbook"),
        (b"\r\n<!-- export -->\n<table border=1><tr><td>Nom</td></tr></table>", "web page", "Excel Workbook"),
        (b"<meta charset=utf-8><style>td {}</style><table></table>", "web page", "Excel Workbook"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<table></table>", "web page", "Excel Workbook"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>', "Excel 2003", "Excel Workbook"),
    ],
    ids=["Numbers", "older Numbers", "Strict", "page", "comment first", "head", "one file", "XML of 2003"],
)  # fmt: skip
def test_a_file_of_another_program_is_named_with_the_way_out(raw: bytes, what: str, remedy: str) -> None:
    grids, [problem] = grids_of(raw, "liste.xls")
    assert (grids, what in problem.what, remedy in problem.remedy) == ([], True, True), str(problem)
