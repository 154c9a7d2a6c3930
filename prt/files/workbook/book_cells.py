"""The cells of a workbook as texts: each part is read once, and each different cell is converted once.

openpyxl knows the sheets, the formats of dates and the shared texts of a workbook. It makes five objects of
each cell, though, and reads a sheet twice that does not say how large it is.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from prt.files.workbook.cell_text import NOT_COMPUTED, excel_text

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ROW, CELL, VALUE, FORMULA, TEXT, SHARED, READING = (
    f"{MAIN}{name}" for name in ("row", "c", "v", "f", "t", "si", "rPh")
)
SHARED_PART = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
PIECE = 8_192
"""Bytes of a part that are parsed at once: rows of one may be much wider than they are long."""
DIGITS = "0123456789"


class SheetPart(NamedTuple):
    """A sheet of a workbook: its name, whether it is `visible`, and the part that has its cells."""

    title: str
    state: str | None
    part: str


class BookCells:
    """A workbook with the texts that its cells show; a formula shows the value that was stored with it."""

    def __init__(self, package: zipfile.ZipFile, raw: bytes) -> None:
        from openpyxl.reader.excel import ExcelReader  # 200 ms, which an export as CSV does not need
        from openpyxl.styles.stylesheet import apply_stylesheet

        reader = ExcelReader(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        with warnings.catch_warnings():  # of styles that Forms writes and openpyxl leaves out
            warnings.simplefilter("ignore")
            reader.read_manifest()
            reader.read_workbook()
            apply_stylesheet(reader.archive, reader.wb)
        self.package = package
        self.sheets = [
            SheetPart(sheet.name, sheet.state, part.target)
            for sheet, part in reader.parser.find_sheets()
            if part.target in reader.valid_files and "chartsheet" not in part.Type
        ]
        shared: Any = reader.package.find(SHARED_PART)  # type: ignore[no-untyped-call]
        self.texts = CellTexts(reader.wb, list_shared(package.read(shared.PartName[1:])) if shared else [])

    def read_sheet(self, sheet: SheetPart) -> SheetRows:
        return SheetRows(self.package.read(sheet.part), self.texts)


class CellTexts(dict[tuple[str, str, str], str]):
    """What a cell of this kind and style shows, with this stored."""

    def __init__(self, book: Any, shared: list[str]) -> None:
        self.shared, self.epoch = shared, book.epoch
        self.dates, self.durations = book._date_formats, book._timedelta_formats

    def __missing__(self, key: tuple[str, str, str]) -> str:
        self[key] = found = excel_text(self.value(*key))
        return found

    def value(self, kind: str, style: str, stored: str) -> Any:
        if kind == "s":
            return self.shared[int(stored)]
        if kind == "b":
            return bool(int(stored))
        if kind == "n":
            return self.number(int(style or 0), stored)
        return read_iso(stored) if kind == "d" else stored

    def number(self, style: int, stored: str) -> Any:
        """A number, or the moment or the duration that it stands for by its style."""
        from openpyxl.utils.datetime import from_excel  # 0 ms: the workbook is open

        value = float(stored) if {*stored} & {*".Ee"} else int(stored)
        if style not in self.dates:
            return value
        try:
            return from_excel(value, self.epoch, timedelta=style in self.durations)
        except (OverflowError, ValueError):  # no day of any calendar
            return "#VALUE!"


def read_iso(stored: str) -> dt.date | dt.time | dt.timedelta | None:
    from openpyxl.utils.datetime import from_ISO8601  # 0 ms: the workbook is open

    found: dt.date | dt.time | dt.timedelta | None = from_ISO8601(stored)  # type: ignore[no-untyped-call]
    return found


class PartReader:
    """What a parser tells of a part: texts, of which one may stand in several runs. How a text is
    read aloud (`rPh`) is none of it."""

    def __init__(self) -> None:
        self.pieces, self.runs, self.aside = list[str](), list[str](), False

    def data(self, text: str) -> None:
        self.pieces.append(text)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in (TEXT, VALUE):
            self.pieces = []
        elif tag == READING:
            self.aside = True

    def end(self, tag: str) -> None:
        if tag == TEXT and not self.aside:
            self.runs.append("".join(self.pieces))
        elif tag == READING:
            self.aside = False


class SharedTexts(PartReader):
    """The texts that cells share, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.texts = list[str]()

    def end(self, tag: str) -> None:
        super().end(tag)
        if tag == SHARED:
            self.texts.append("".join(self.runs).replace("x005F_", ""))
            self.runs = []


def list_shared(part: bytes) -> list[str]:
    found = SharedTexts()
    for _ in parse_part(part, found):
        pass
    return found.texts


class SheetRows(PartReader):
    """The rows of a sheet with their numbers, as far as they were iterated; `hidden` is how many of them
    nobody sees."""

    def __init__(self, part: bytes, texts: CellTexts) -> None:
        super().__init__()
        self.part, self.texts = part, texts
        self.rows, self.hidden = list[tuple[int, list[str]]](), 0
        self.number = self.last = 0
        self.row = list[str]()
        self.cell: Mapping[str, str] = {}
        self.stored, self.has_formula, self.column = "", False, 0

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for _ in parse_part(self.part, self):
            yield from self.rows
            self.rows.clear()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == CELL:
            self.cell, self.runs, self.stored, self.has_formula = attributes, [], "", False
        elif tag == ROW:
            self.begin_row(attributes)
        elif tag == FORMULA:
            self.has_formula = True
        else:
            super().start(tag, attributes)

    def end(self, tag: str) -> None:
        if tag == CELL:
            self.end_cell(self.cell)
        elif tag == VALUE:
            self.stored = "".join(self.pieces)
        elif tag == ROW and self.number > self.last:  # of two rows with one number the first holds
            self.rows.append((self.number, self.row))
            self.last = self.number
        else:
            super().end(tag)

    def begin_row(self, attributes: Mapping[str, str]) -> None:
        self.number = int(float(attributes["r"])) if "r" in attributes else self.number + 1
        self.hidden += attributes.get("hidden") in ("1", "true")
        self.row, self.column = [], 0

    def end_cell(self, cell: Mapping[str, str]) -> None:
        """The cell stands where it says; else behind the one before it."""
        place, kind = cell.get("r"), cell.get("t", "n")
        self.column = column_number(place.rstrip(DIGITS)) if place else self.column + 1
        stored = "".join(self.runs) if kind == "inlineStr" else self.stored
        shown = self.texts[kind, cell.get("s", ""), stored] if stored else NOT_COMPUTED * self.has_formula
        row = self.row
        if self.column > len(row):
            row += [""] * (self.column - 1 - len(row))
            row.append(shown)
        else:
            row[self.column - 1] = shown


def parse_part(part: bytes, reader: PartReader) -> Iterator[None]:
    """Tell a reader what is in a part, piece by piece."""
    from xml.etree.ElementTree import XMLParser  # 5 ms, which an export as CSV does not need

    parser = XMLParser(target=reader)
    for begin in range(0, len(part), PIECE):
        parser.feed(part[begin : begin + PIECE])
        yield
    parser.close()


@cache
def column_number(letters: str) -> int:
    """A is 1, AA is 27. ValueError for what is no column."""
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
