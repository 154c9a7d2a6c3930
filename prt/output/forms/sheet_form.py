"""A workbook of somebody else, filled in: the XML of a sheet is patched cell by cell, never loaded and saved.

Whatever else is in it, a text box or a check box, stays as it is, byte for byte.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from fractions import Fraction
from html import unescape
from posixpath import join, normpath
from typing import Any

from docx.oxml.parser import parse_xml

from prt.files.workbook.book_marks import (
    ADDRESS_XML,
    CELL_XML,
    FORMULA_XML,
    LINE_XML,
    ROW_XML,
    column_number,
    with_cells,
)
from prt.files.workbook.given_book import Shown
from prt.files.workbook.package import repack
from prt.output.forms.form_names import FormNames
from prt.output.numbers import Value
from prt.output.renderers.word.word_names import NAME
from prt.output.renderers.word.word_runs import plain_text
from prt.values import dataclass

BOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NAMED = "prt."
CELL_OF_NAME = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?([0-9]+)")
TYPE_XML = re.compile(rb'\bt="(\w+)"')
STYLE_XML = re.compile(rb'\bs="(\d+)"')
TEXT_XML = re.compile(rb"<(?:\w+:)?t\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?t>)", re.DOTALL)
VALUE_XML = re.compile(rb"<(?:\w+:)?v>(\d+)</(?:\w+:)?v>")
CALC = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)(/?)>")
CALC_AFTER = re.compile(rb"</((?:\w+:)?)(?:definedNames|externalReferences|functionGroups|sheets)>")
"""What stands before the settings of computing; the last of them."""
SHEET_DATA = re.compile(rb"<((?:\w+:)?)sheetData\b([^>]*?)(?:/>|>(.*?)</\1sheetData>)", re.DOTALL)
PERCENTS, DAYS = {9, 10}, {*range(14, 18), 22}
"""The numbers that Excel itself has for formats of percentages and of days."""
Place = tuple[str, int, int]
"""The part of a sheet, and the line and column of a cell in it."""


@dataclass(frozen=True)
class Found:
    """What a form says in a cell; a defined name has the cell of its `name`, whatever that says."""

    place: Place
    text: str
    style: int


def sheet_form_names(raw: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        for one in list_found(package):
            yield from NAME.findall(one.text)


def fill_sheet_form(raw: bytes, names: FormNames) -> bytes:
    """The workbook with the names that are known replaced: numbers as numbers where it shows them so."""
    cells = dict[str, dict[tuple[int, int], Shown]]()
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        formats = list_formats(package)
        for one in list_found(package):
            value = cell_value(one, names, formats)
            if value is not None:
                part, line, column = one.place
                cells.setdefault(part, {})[line, column] = value
        changed = {
            part: with_cells(with_rows(package.read(part), {line for line, _ in wanted}), wanted)
            for part, wanted in cells.items()
        }
        if changed:
            changed[BOOK] = computed_anew(package.read(BOOK))
    return repack(raw, changed)


def list_found(package: zipfile.ZipFile) -> Iterator[Found]:
    """Each cell with a name in it, and each cell that a defined name of ours is for."""
    strings = list_strings(package)
    parts = sheet_parts(package)
    styles: dict[Place, int] = {}
    for part in parts.values():
        for row in ROW_XML.finditer(package.read(part)):
            line = LINE_XML.search(row[2])
            for cell in CELL_XML.finditer(row[3] or b""):
                address, style = ADDRESS_XML.search(cell[2]), STYLE_XML.search(cell[2])
                if not address or not line:
                    continue
                place = part, int(line[1]), column_number(address[1].decode())
                styles[place] = int(style[1]) if style else 0
                text = text_of_cell(cell, strings)
                if NAME.search(text):
                    yield Found(place, text, styles[place])
    for name, place in defined_places(package, parts):
        yield Found(place, f"{{{{ {name} }}}}", styles.get(place, 0))


def text_of_cell(cell: re.Match[bytes], strings: list[str]) -> str:
    kind, inside = TYPE_XML.search(cell[2]), cell[3] or b""
    if kind is None or FORMULA_XML.search(inside):
        return ""
    if kind[1] == b"inlineStr":
        return joined_text(inside)
    at = VALUE_XML.search(inside) if kind[1] == b"s" else None
    return strings[int(at[1])] if at and int(at[1]) < len(strings) else ""


def joined_text(xml: bytes) -> str:
    return unescape("".join((one or b"").decode() for one in TEXT_XML.findall(xml)))


def list_strings(package: zipfile.ZipFile) -> list[str]:
    """The texts that cells share, each with its runs joined."""
    if STRINGS not in package.namelist():
        return []
    root = parse_xml(package.read(STRINGS))
    return [
        "".join(
            one.text or "" for one in item.iter(f"{SHEET}t") if next(one.iterancestors()).tag != f"{SHEET}rPh"
        )
        for item in root.iter(f"{SHEET}si")
    ]


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of each sheet, by its title."""
    links = parse_xml(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): normpath(join("xl", one.get("Target"))) for one in links}
    parts = set(package.namelist())
    found = {
        one.get("name"): targets[one.get(RELATION)].lstrip("/")
        for one in parse_xml(package.read(BOOK)).iter(f"{SHEET}sheet")
    }
    return {title: part for title, part in found.items() if part in parts}


def defined_places(package: zipfile.ZipFile, parts: Mapping[str, str]) -> Iterator[tuple[str, Place]]:
    for one in parse_xml(package.read(BOOK)).iter(f"{SHEET}definedName"):
        name, cell = one.get("name"), CELL_OF_NAME.match(one.text or "")
        title = (cell[1] or "").replace("''", "'") or cell[2] if cell else ""
        if cell and name.casefold().startswith(NAMED) and title in parts:
            yield name[len(NAMED) :], (parts[title], int(cell[4]), column_number(cell[3]))


def cell_value(found: Found, names: FormNames, formats: Mapping[int, str]) -> Shown | None:
    """What the cell is to have; None where it has no name that is known."""
    alone = NAME.fullmatch(found.text.strip())
    one = names.find(alone[1]) if alone else None
    if one and isinstance(one.value, Value):
        amount = one.value.amount
        kind = formats.get(found.style, "")
        if isinstance(amount, Fraction) and (one.value.unit == "%") == (kind == "%"):
            return int(amount) if amount.denominator == 1 else float(amount)
        if isinstance(amount, dt.date) and kind == "day":
            return amount
    said = NAME.sub(lambda name: known.text if (known := names.find(name[1])) else name[0], found.text)
    return None if said == found.text else plain_text(said)


def list_formats(package: zipfile.ZipFile) -> dict[int, str]:
    """The styles of cells that show a percentage or a day, by their number."""
    if STYLES not in package.namelist():
        return {}
    root = parse_xml(package.read(STYLES))
    codes = {int(one.get("numFmtId")): one.get("formatCode") for one in root.iter(f"{SHEET}numFmt")}
    cells: Any = root.find(f"{SHEET}cellXfs")
    numbers = [int(one.get("numFmtId") or 0) for one in cells] if cells is not None else []
    return {at: kind_of_format(number, codes.get(number, "")) for at, number in enumerate(numbers)}


def kind_of_format(number: int, code: str) -> str:
    if number in PERCENTS or "%" in code:
        return "%"
    return "day" if number in DAYS or re.search(r"[dy]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", code)) else ""


def with_rows(part: bytes, lines: set[int]) -> bytes:
    """The part of a sheet with these rows, empty where they were not."""

    def data(found: re.Match[bytes]) -> bytes:
        prefix, attributes, inside = found.groups(b"")
        rows = {int(line[1]): row[0] for row in ROW_XML.finditer(inside) if (line := LINE_XML.search(row[2]))}
        if lines <= rows.keys():
            return found[0]
        rows |= {line: b'<%srow r="%d"></%srow>' % (prefix, line, prefix) for line in lines - rows.keys()}
        whole = b"".join(rows[line] for line in sorted(rows))
        return b"<%ssheetData%s>%s</%ssheetData>" % (prefix, attributes, whole, prefix)

    return SHEET_DATA.sub(data, part, count=1)


def computed_anew(book: bytes) -> bytes:
    """The formulas of the form are computed when it is opened."""
    found = CALC.search(book)
    if found is None:
        after = list(CALC_AFTER.finditer(book))[-1]
        return book[: after.end()] + b'<%scalcPr fullCalcOnLoad="1"/>' % after[1] + book[after.end() :]
    kept = re.sub(rb'\s*fullCalcOnLoad="[^"]*"', b"", found[2]).rstrip()
    made = b'<%scalcPr%s fullCalcOnLoad="1"%s>' % (found[1], kept, found[3])
    return book[: found.start()] + made + book[found.end() :]
