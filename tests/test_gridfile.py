"""Any bytes become grids or a problem: encodings, delimiters, workbooks, zips, and what does harm."""

from __future__ import annotations

import codecs
import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart

from prt.files.workbook.grid import grids_of, read_grids
from prt.files.workbook.workbook import MOST_BYTES, MOST_COLUMNS, Grid
from tests.conftest import only_in_ci
from tests.exported import grid

TABLE = "Nom;Prénom;Rôle\r\nTremblay;Zoé;ADC\r\n"
ROWS = (("Nom", "Prénom", "Rôle"), ("Tremblay", "Zoé", "ADC"))


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TABLE.encode(), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8-sig"),
        (TABLE.encode("cp1252"), "cp1252"),
        (codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("utf-16-le"), "utf-16-le"),
        (TABLE.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_the_encoding_is_known_by_the_bytes(raw: bytes, encoding: str) -> None:
    found = grid(raw)
    assert (found.rows, found.encoding, found.delimiter) == (ROWS, encoding, ";")


@pytest.mark.parametrize(
    ("text", "delimiter", "cells"),
    [
        ("a,b,c\n1,2,3\n", ",", 3),
        ("a;b;c\n1,5;2,5;3\n", ";", 3),
        ("ID;Dans l’ensemble, êtes-vous satisfait, oui?;Nom\n1;Oui;Zoé\n", ";", 3),
        ("ID,Which tools?,Name\n1,A;B;C;,Zoé\n2,A;B;C;D;,Al\n", ",", 3),
        ("1. Summary\nMeeting title\tA, B, C\nStart time\t9/26/24, 9:28:07 AM\n", "\t", 2),
        ("1. Summary,,\nMeeting title,A,\nStart time,\"9/26/24, 9:28:07 AM\",\n", ",", 3),
        ("1. Summary\nMeeting title,A\nStart time,\"9/26/24, 9:28:07 AM\"\n", ",", 2),
        ("Nom\nTremblay, Zoé\nÉchantillon, Alex\n", ";", 1),
        ("Nom, Prénom\nTremblay, Zoé\n", ",", 2),
        ('"Timestamp","Your\nboard"\n"2024","a;b;c"\n', ",", 2),
        ("sep=;\nnom;rôle, ou fonction, ou poste\nZoé;ADC\n", ";", 2),
    ],
)  # fmt: skip
def test_the_delimiter(text: str, delimiter: str, cells: int) -> None:
    found = grid(text)
    assert (found.delimiter, max(map(len, found.rows))) == (delimiter, cells)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('a,b\n"one\ntwo","say ""hi"""\n', (("a", "b"), ("one\ntwo", 'say "hi"'))),
        ("a,b\n1\n1,2,3\n,\n\n", (("a", "b"), ("1",), ("1", "2", "3"))),
        ("a,b\rone,two\r", (("a", "b"), ("one", "two"))),  # an old Mac
        ('a,b\r"one\ntwo",x\r', (("a", "b"), ("one\ntwo", "x"))),
        ("a,b\r\none\rtwo,x\r\n", (("a", "b"), ("one two", "x"))),
        ("a,b\r\r\n1,2\r\r\n", (("a", "b"), ("1", "2"))),
        ("\u200e10\u200e/\u200e16,b\u200b\n1,\u202e2\n", (("10/16", "b"), ("1", "2"))),
        ("a,b\n1,2\u20283\n", (("a", "b"), ("1", "2 3"))),
    ],
)
def test_the_rows(text: str, rows: tuple[tuple[str, ...], ...]) -> None:
    assert grid(text).rows == rows


def test_rows_keep_their_lines() -> None:
    assert grid('a,b\n\n"1\n2",x\n,\n3,4\n').lines == (1, 3, 6)


def test_nuls_are_left_out_and_told() -> None:
    [found], [problem] = grids_of(b"name,role\nZo\xc3\xa9\0,CDA\n" + b"x,y\n" * 50, "z.csv")
    assert found.rows[1] == ("Zoé", "CDA")
    assert (problem.severity, "1 of its characters" in problem.what) == ("warning", True)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n  \r\n", "is empty"),
        (bytes(500), "is empty"),
        (b",,,\n,,\n", "has no rows"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "is neither a text nor a workbook"),
        (b"\xd0\xcf\x11\xe0 anything", "is an old Excel workbook (.xls), or one with a password"),
        (b"%PDF-1.7 anything", "is a PDF"),
        (b"\n <html><body><table>", "is a web page"),
        (b"PK\x03\x04 torn", "is a workbook or a zip that cannot be read"),
        (b"a,b\n" * (MOST_BYTES // 4 + 1), "has more than 30 million bytes"),
        (b"," * (MOST_COLUMNS + 1) + b"x\n", "has a row of 2,002 cells"),
        pytest.param(b"a,b\n" * 200_001, "has 200,001 rows", marks=only_in_ci),
        (b'"\n' * 1_000_001, "has more than 1,000,000 lines"),
        (b'"a"b\n' * 101, "has 101 lines with a quotation mark"),
    ],
)
def test_what_is_no_table(raw: bytes, says: str) -> None:
    grids, problems = grids_of(raw, "file.csv")
    assert grids == []
    assert says in problems[-1].what
    assert problems[-1].remedy


def test_more_rows_than_are_taken_are_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prt.files.workbook.workbook.MOST_ROWS", 200)
    found = {number: grids_of(b"a,b\n" * number, "file.csv") for number in (200, 201)}
    assert [len(grids) for grids, _ in found.values()] == [1, 0]
    assert "has 201 rows" in found[201][1][-1].what and "200" in found[201][1][-1].what


def test_an_open_quote_is_named_with_its_line() -> None:
    grids, [problem] = grids_of(b'a,b\n1,2\n3,"4\n5,6\n', "file.csv")
    assert [one.rows for one in grids] == [(("a", "b"), ("1", "2"))]
    assert (problem.where.line, problem.severity) == (3, "error")


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_cannot_be_read(name: str, tmp_path: Path) -> None:
    grids, [problem] = read_grids(tmp_path / name, name)
    assert grids == []
    assert problem.where.file == name


def workbook(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    """A workbook with one sheet, and others by name."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    for title, others in sheets.items():
        sheet = book.create_sheet(title)
        for row in others:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name.replace("__", "/"), part)
    return target.getvalue()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Zoé\xa0", "Zoé\xa0"),
        (3, "3"),
        (3.0, "3"),
        (3.25, "3.25"),
        (0.1 + 0.2, "0.3"),
        (15145550123, "15145550123"),
        (True, "true"),
        (dt.datetime(2024, 10, 16, 12, 5, 10), "2024-10-16 12:05:10"),
        (dt.datetime(2024, 10, 16, 12, 5, 9, 999_600), "2024-10-16 12:05:10"),
        (dt.date(2024, 10, 16), "2024-10-16"),
        (dt.time(9, 5), "09:05:00"),
        (dt.timedelta(hours=3, minutes=15), "3:15:00"),
        ("one_x000D_\ntwo\u200b", "one\ntwo"),
    ],
)
def test_a_cell_of_a_workbook(value: object, text: str) -> None:
    [found], problems = grids_of(workbook(["header"], [value]), "file.xlsx")
    assert (found.rows, problems) == ((("header",), (text,)), [])


def test_sheets_of_a_workbook_are_grids_of_their_own() -> None:
    raw = workbook(["a", None, None], [None], ["b", "", "c"], Second=[["d"]], Empty=[])
    grids, problems = grids_of(raw, "file.csv")  # whatever it is called
    assert problems == []
    assert grids == [
        Grid("file.csv", (("a",), ("b", "", "c")), (1, 3), "xlsx", "", "Sheet"),
        Grid("file.csv", (("d",),), (1,), "xlsx", "", "Second"),
    ]


def test_google_forms_puts_its_csv_in_a_zip() -> None:
    raw = zipped(**{"Feedback.csv": TABLE.encode(), "__MACOSX__._Feedback.csv": b"\0\1"})
    [found], problems = grids_of(raw, "Feedback.csv.zip")
    assert (found.rows, found.name, problems) == (ROWS, "Feedback.csv.zip", [])


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (zipped(a=b"x,y\n", b=b"x,y\n"), "is a zip that holds 2 files"),
        (zipped(a=zipped(b=b"x,y\n")), "is a zip within a zip"),
        (zipped(**{"word__document.xml": b"<x/>"}), "is a Word document"),
        (zipped(mimetype=b"application/vnd.oasis"), "is an OpenDocument file"),
        (zipped(bomb=bytes(20_000_000)), "would unpack to far more than an export has"),
        (zipped(**{"xl__workbook.xml": b"<x/>"}), "cannot be read"),
        (zipped(**{"xl__workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"}), "has XML that no spreadsheet writes"),
        (zipped(**{"xl__workbook.xml": "<!DOCTYPE x>".encode("utf-16")}), "has XML that no spreadsheet writes"),
        (workbook(), "is a workbook without rows"),
    ],
)  # fmt: skip
def test_a_package_that_is_refused(raw: bytes, says: str) -> None:
    grids, [problem] = grids_of(raw, "file.xlsx")
    assert grids == []
    assert says in problem.what


def rows_of(sheet: str) -> bytes:
    """A workbook whose sheet has this XML."""
    raw = workbook(["x"])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            body = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                body = (
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                    f"{sheet}</worksheet>"
                ).encode()
            new.writestr(part, body)
    return target.getvalue()


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(
            '<sheetData><row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>',
            marks=only_in_ci,
        ),
        pytest.param(
            "<sheetData>" + '<row><c r="XFD1"><v>1</v></c></row>' * 3000 + "</sheetData>", marks=only_in_ci
        ),
        "<sheetData>" + "<row>" * 5000 + "</row>" * 5000 + "</sheetData>",
    ],
    ids=["a row far away", "cells far away", "rows within rows"],
)
def test_a_small_sheet_that_says_it_is_large(sheet: str) -> None:
    grids, problems = grids_of(rows_of(sheet), "file.xlsx")
    assert grids == []
    assert len(problems) == 1


def test_a_sheet_that_declares_a_million_columns_has_those_it_has() -> None:
    sheet = '<dimension ref="A1:XFD1048576"/><sheetData><row r="2"><c r="B2"><v>7</v></c></row></sheetData>'
    [found], problems = grids_of(rows_of(sheet), "file.xlsx")
    assert (found.rows, found.lines, problems) == ((("", "7"),), (2,), [])


def test_a_chart_on_a_sheet_of_its_own_is_no_table() -> None:
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["Name"])
    book.create_chartsheet("Chart").add_chart(BarChart())
    book.save(target)
    grids, problems = grids_of(target.getvalue(), "hours.xlsx")
    assert [(one.sheet, one.rows) for one in grids] == [("Sheet", (("Name",),))]
    assert not problems
