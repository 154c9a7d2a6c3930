"""Workbooks (.xlsx) and zips: bytes that unpack. A small one may hold a very large one: limits come first."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from prt.files.workbook.cell_text import NOT_COMPUTED, excel_text
from prt.problems import Mistake, Place, Problem
from prt.text import compile_later
from prt.values import dataclass

if TYPE_CHECKING:
    from openpyxl import Workbook

ZIP = b"PK\x03\x04"
MOST_UNPACKED = 150_000_000  # bytes in all the parts of a workbook
MOST_TIMES = 400  # how many times larger a part may become; a sheet of like rows becomes 30 to 100 times
SMALL = 5_000_000  # no part of this size does harm
MOST_CELLS = 10_000_000
LAST_ROW = 1_048_576  # of any sheet
WORKBOOK = "xl/workbook.xml"
STRICT = b"http://purl.oclc.org/ooxml/"
"""The names of Strict Open XML, which no library here reads."""
OTHERS = {  # what else is a zip, by a part that it has
    "xl/workbook.bin": Mistake("binary_workbook"),
    "mimetype": Mistake("opendocument"),
    "word/document.xml": Mistake("word_document"),
    "ppt/presentation.xml": Mistake("presentation"),
}
MOST_BYTES = 30_000_000  # an attendance list of 50,000 rows has 5 to 12 million
MOST_ROWS = 200_000
MOST_COLUMNS = 2_000
UNCOMPUTED = compile_later(
    rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]{1,3})([0-9]+)"[^>]*>\s*'
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
HIDDEN_ROW = compile_later(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')
ENTITIES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True)
class Grid:
    """A table as it was read: rows of cells, each with the line (or row of the sheet) that it came from.

    Empty rows are left out; rows need not be equally long. `name` is the file, `sheet` the sheet of a
    workbook; `encoding` and `delimiter` say how a text was read.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""

    @cached_property
    def titles(self) -> list[int]:
        """Where the rows stand that have their first cell only: several sources look there for a list."""
        most = (at for at, row in enumerate(self.rows) if len(row) < 2 or not row[1] or row[1].isspace())
        return [at for at in most if is_title_row(self.rows[at])]


def is_title_row(cells: Sequence[str]) -> bool:
    """A row that has its first cell only: it names the list below it."""
    return bool(cells and cells[0].strip()) and not "".join(cells[1:]).strip()


Read = Callable[[bytes, str], tuple[list[Grid], list[Problem]]]


def packed_grids(raw: bytes, name: str, read: Read) -> tuple[list[Grid], list[Problem]]:
    """The tables of a workbook or of the one file in a zip, which `read` reads."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            return grids_in(package, raw, name, read)
    except Exception as error:  # a damaged package fails in a dozen ways, none of them the user's to know
        return [], [no_table(name, Mistake("workbook_unreadable", error=type(error).__name__))]


def grids_in(package: zipfile.ZipFile, raw: bytes, name: str, read: Read) -> tuple[list[Grid], list[Problem]]:
    if too_much := bomb_problem(package, name):
        return [], [too_much]
    parts = set(package.namelist())
    if any(part.endswith(".iwa") or part.rpartition("/")[2] == "Index.zip" for part in parts):
        return [], [no_table(name, Mistake("numbers_document"))]
    if WORKBOOK in parts and STRICT in package.read(WORKBOOK):
        return [], [no_table(name, Mistake("strict_workbook"))]
    if WORKBOOK in parts:
        return workbook_grids(package, raw, name)
    if other := next((mistake for part, mistake in OTHERS.items() if part in parts), None):
        return [], [no_table(name, other)]
    return grids_of_one_file(package, name, read)


def bomb_problem(package: zipfile.ZipFile, name: str) -> Problem | None:
    """Whether its parts, as it declares them, would unpack to more than any export has.

    No part can be larger than declared: zipfile reads no further.
    """
    parts = package.infolist()
    grown = any(part.file_size > SMALL and part.file_size > MOST_TIMES * part.compress_size for part in parts)
    if grown or sum(part.file_size for part in parts) > MOST_UNPACKED:
        return no_table(name, Mistake("unpacks_to_too_much"))
    return None


def grids_of_one_file(package: zipfile.ZipFile, name: str, read: Read) -> tuple[list[Grid], list[Problem]]:
    """Google Forms packs the CSV of its answers; what an operating system adds beside it is passed over."""
    inside = [part for part in package.infolist() if not part.is_dir() and not is_added(part.filename)]
    if len(inside) != 1:
        return [], [no_table(name, Mistake("zip_of_several", number=len(inside)))]
    if inside[0].file_size > MOST_BYTES:
        return [], [too_heavy_problem(name)]
    raw = package.read(inside[0])
    if raw.startswith(ZIP) and not is_workbook(raw):
        return [], [no_table(name, Mistake("zip_in_zip"))]
    return read(raw, name)


def is_added(part: str) -> bool:
    return part.startswith("__MACOSX/") or part.rpartition("/")[2].startswith(".")


def is_workbook(raw: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        return WORKBOOK in package.namelist()


def find_uncomputed(part: bytes) -> dict[int, list[int]]:
    """By row, the columns of formulas whose values are not stored, for the program that wrote them computes
    nothing."""
    found: dict[int, list[int]] = {}
    for cell in UNCOMPUTED.finditer(part) if b"<f" in part or b":f" in part else ():
        letters, line = cell[1].decode(), int(cell[2])
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        found.setdefault(line, []).append(column - 1)
    return found


def filtered_rows(part: bytes, name: str, sheet: str, expected: int = 0) -> list[Problem]:
    """A warning of rows that a filter hides, beside those expected to be hidden: they are read too."""
    number = max(0, len(HIDDEN_ROW.findall(part)) - expected)
    hidden = Mistake("rows_hidden", number=number, sheet=sheet)
    return [Problem.of(Place(name), hidden, "warning")] if number else []


def workbook_grids(package: zipfile.ZipFile, raw: bytes, name: str) -> tuple[list[Grid], list[Problem]]:
    """One grid for each visible sheet that has rows."""
    if any(declares_entities(package.read(part)) for part in package.namelist()):
        return [], [no_table(name, Mistake("strange_xml"))]
    with warnings.catch_warnings():  # of styles and validations that Forms writes and openpyxl leaves out
        warnings.simplefilter("ignore")
        return visible_grids(package, raw, name)


def load_values(raw: bytes) -> Workbook:
    """A workbook with the values that its cells show."""
    return open_book(raw, read_only=True, data_only=True, keep_links=False)


def open_book(raw: bytes, **how: bool) -> Workbook:
    """The whole workbook, formulas and formats too, unless it is asked for otherwise."""
    from openpyxl import load_workbook  # 200 ms, which an export as CSV does not need

    with warnings.catch_warnings():  # of styles and validations that Forms writes and openpyxl leaves out
        warnings.simplefilter("ignore")
        return load_workbook(io.BytesIO(raw), **how)


def visible_grids(package: zipfile.ZipFile, raw: bytes, name: str) -> tuple[list[Grid], list[Problem]]:
    book = load_values(raw)
    grids: list[Grid] = []
    problems: list[Problem] = []
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "hidden"]
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # what it declares may be wrong, or a million rows of nothing
            part = package.read(getattr(sheet, "_worksheet_path").lstrip("/"))  # noqa: B009
            grid, problem = sheet_grid(
                sheet.iter_rows(values_only=True), name, sheet.title, find_uncomputed(part)
            )
            problems += filtered_rows(part, name, sheet.title)
            if problem:
                return [], [problem]
            grids += [grid] if grid.rows else []
    if not grids:
        return [], [no_table(name, Mistake("workbook_without_rows"))]
    unread = Mistake("sheets_hidden", sheets=", ".join(hidden))
    return grids, [*problems, *([Problem.of(Place(name), unread, "warning")] if hidden else [])]


def declares_entities(part: bytes) -> bool:
    """A document type may declare entities that grow without end; spreadsheets have none."""
    return any(sign in part for sign in ENTITIES)


def sheet_grid(
    values: Iterable[tuple[Any, ...]], name: str, title: str, uncomputed: Mapping[int, Sequence[int]]
) -> tuple[Grid, Problem | None]:
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    cells = 0
    for line, row in enumerate(values, 1):
        cells += len(row)
        if line > LAST_ROW or cells > MOST_CELLS:
            return Grid(name, (), ()), no_table(name, Mistake("too_many_cells_in_workbook"))
        if line in uncomputed:
            row = tuple(NOT_COMPUTED if at in uncomputed[line] else value for at, value in enumerate(row))
        if texts := row_texts(row):
            rows.append(texts)
            lines.append(line)
    widest = max(map(len, rows), default=0)
    return Grid(name, tuple(rows), tuple(lines), "xlsx", "", title), too_large_problem(
        name, len(rows), widest
    )


def row_texts(row: tuple[Any, ...]) -> tuple[str, ...]:
    """The cells up to the last one that says something; none of an empty row."""
    texts = [excel_text(value) for value in row]
    while texts and not texts[-1].strip():
        texts.pop()
    return tuple(texts)


def no_table(name: str, mistake: Mistake) -> Problem:
    return Problem.of(Place(name), mistake)


def too_heavy_problem(name: str) -> Problem:
    return no_table(name, Mistake("too_many_bytes", most=MOST_BYTES // 1_000_000))


def too_large_problem(name: str, rows: int, columns: int) -> Problem | None:
    if rows > MOST_ROWS:
        return no_table(name, Mistake("too_many_rows", number=f"{rows:,}", most=f"{MOST_ROWS:,}"))
    if columns > MOST_COLUMNS:
        return no_table(name, Mistake("row_too_wide", number=f"{columns:,}", most=f"{MOST_COLUMNS:,}"))
    return None
