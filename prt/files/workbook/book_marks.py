"""What prt writes into a workbook that came back: ids, and what its very hidden sheet keeps.

The parts of the package are changed as texts, and no other byte of it: whatever somebody added, such as a
chart, a colour or the value of a formula, stays.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from prt.files.workbook.filled_book import FilledBook
from prt.files.workbook.given_book import Shown, plain_cell
from prt.files.workbook.package import repack
from prt.files.workbook.workbook import open_book
from prt.text import compile_later
from prt.values import dataclass, field

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ROW_XML = compile_later(rb"<((?:\w+:)?)row\b([^>]*?)(?:/>|>(.*?)</\1row>)", re.DOTALL)
CELL_XML = compile_later(rb"<((?:\w+:)?)c\b([^>]*?)(?:/>|>(.*?)</\1c>)", re.DOTALL)
FORMULA_XML = compile_later(rb"<(?:\w+:)?f\b")
LINE_XML = compile_later(rb'\br="(\d+)"')
ADDRESS_XML = compile_later(rb'\br="([A-Z]+)\d+"')
STYLE_XML = compile_later(rb'\bs="\d+"')
SHEET_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns='
    '"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
PROPERTIES = ("creator", "lastModifiedBy", "title", "subject", "description", "keywords", "category")
PAGE_EDGES = [f"{pages}{edge}" for pages in ("odd", "even", "first") for edge in ("Header", "Footer")]
MOST_OF_TITLE = 31
"""Characters of a sheet's title."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MODIFIED = compile_later(rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>")
CORE = "docProps/core.xml"
DAY_ZERO = dt.date(1899, 12, 30)
"""The day that is 0 for Excel."""


@dataclass(frozen=True)
class RowMark:
    """What the workbook is told of a row that is in the log now: its id, other values of some of its cells,
    and the cells that were taken, which from now on are those given out."""

    log: str
    line: int
    id: str
    taken: Mapping[str, str]
    shown: Mapping[str, Shown] = field(default_factory=dict)


def marked_bytes(raw: bytes, book: FilledBook, marks: Collection[RowMark]) -> bytes:
    """The workbook with these marks."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as parts, zipfile.ZipFile(packed, "w") as package:
        changed = {book.keeper: keeper_part(book, marks)}
        for sheet in book.sheets:
            cells = dict[tuple[int, int], Shown]()
            for one in marks:
                if one.log == sheet.log:
                    cells[one.line, sheet.columns["id"]] = one.id
                    cells |= {(one.line, sheet.columns[name]): value for name, value in one.shown.items()}
            changed[sheet.part] = with_cells(parts.read(sheet.part), cells)
        for part in parts.infolist():
            data = changed.get(part.filename)
            package.writestr(part, parts.read(part) if data is None else data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def with_cells(part: bytes, cells: Mapping[tuple[int, int], Shown]) -> bytes:
    """The part of a sheet with other values in these cells, by line and column. Formulas stay."""
    by_line = dict[int, dict[int, Shown]]()
    for (line, column), value in cells.items():
        by_line.setdefault(line, {})[column] = value

    def row(found: re.Match[bytes]) -> bytes:
        line = LINE_XML.search(found[2])
        wanted = by_line.get(int(line[1])) if line else None
        return found[0] if not line or not wanted else row_with(found, int(line[1]), wanted)

    return ROW_XML.sub(row, part) if by_line else part


def row_with(found: re.Match[bytes], line: int, wanted: Mapping[int, Shown]) -> bytes:
    """A row, its cells in the order of their columns; its elements have the prefix that they had."""
    prefix, attributes, inside = found.groups(b"")
    there = dict[int, re.Match[bytes]]()
    for cell in CELL_XML.finditer(inside):
        if address := ADDRESS_XML.search(cell[2]):
            there[column_number(address[1].decode())] = cell
    texts = {at: cell[0] for at, cell in there.items()}
    for at, value in wanted.items():
        old = there.get(at)
        if old is None or not FORMULA_XML.search(old[3] or b""):
            style = STYLE_XML.search(old[2]) if old else None
            texts[at] = cell_xml(at, line, value, style[0] if style else b"", prefix)
    cells = b"".join(texts[at] for at in sorted(texts))
    return b"<%srow%s>%s</%srow>" % (prefix, attributes, cells, prefix)


def column_number(letters: str) -> int:
    """0 of A, 26 of AA."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def column_letters(number: int) -> str:
    rest, found = number + 1, ""
    while rest:
        rest, at = divmod(rest - 1, 26)
        found = chr(65 + at) + found
    return found


def cell_xml(at: int, line: int, value: Shown, style: bytes = b"", prefix: bytes = b"") -> bytes:
    """A cell with a text in it, a number, a day or nothing."""
    head, p = f'{column_letters(at)}{line}" {style.decode()}', prefix.decode()
    if value is None or value == "":
        found = f'<{p}c r="{head}/>'
    elif isinstance(value, str):
        text = f'<{p}is><{p}t xml:space="preserve">{escape(value, quote=False)}</{p}t></{p}is>'
        found = f'<{p}c r="{head} t="inlineStr">{text}</{p}c>'
    else:
        number = (value - DAY_ZERO).days if isinstance(value, dt.date) else value
        found = f'<{p}c r="{head}><{p}v>{number}</{p}v></{p}c>'
    return found.encode()


def keeper_part(book: FilledBook, marks: Iterable[RowMark]) -> bytes:
    """The sheet that keeps what was given out, with what was taken since, and what that was before."""
    rows = dict[tuple[str, ...], tuple[str, ...]]()
    for line in book.kept:
        rows[line[:3] if line[0] in ("row", "before") else line[:2]] = line
    given = {log: {name: dict(cells) for name, cells in found.items()} for log, found in book.given.items()}

    def kept(kind: str, one: RowMark, cells: Mapping[str, str]) -> Sequence[str]:
        return (kind, one.log, one.id, *(cells.get(name, "") for name in book.columns[one.log]))

    for one in marks:
        if before := given[one.log].get(one.id):
            rows.setdefault(("before", one.log, one.id), tuple(kept("before", one, before)))
        cells = given[one.log].setdefault(one.id, {})
        cells |= {name: text for name, text in one.taken.items() if name in book.columns[one.log]}
        rows["row", one.log, one.id] = tuple(kept("row", one, cells))
    lines = (
        f'<row r="{number}">'
        + b"".join(cell_xml(at, number, text) for at, text in enumerate(line) if text).decode()
        + "</row>"
        for number, line in enumerate(rows.values(), 1)
    )
    return SHEET_XML.format("".join(lines)).encode()


def replaced_bytes(raw: bytes, redacted: Callable[[str], str]) -> bytes | None:
    """The workbook with other texts in its cells and about them; None where none would be another."""
    opened, changed = open_book(raw), False
    for page in opened.worksheets:
        for line, cells in enumerate(page.iter_rows(values_only=True), 1):
            for at, before in enumerate(cells, 1):
                if isinstance(before, str) and (text := redacted(before)) != before:
                    changed = True
                    put_cell(page, line, at, text)
    for holder, name in texts_about(opened):
        before = getattr(holder, name)
        if isinstance(before, str) and (text := redacted(before)) != before:
            changed = True
            setattr(holder, name, text[:MOST_OF_TITLE] if name == "title" else text)
    return saved_bytes(opened) if changed else None


def put_cell(page: Worksheet, row: int, column: int, value: Shown) -> None:
    """A value in its cell; a text that looks like a formula stays a text, whoever edits it."""
    cell: Any = page.cell(row, column)
    cell.value = plain_cell(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type, cell.number_format = "s", "@"
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)


def saved_bytes(made: Workbook) -> bytes:
    """The bytes of a workbook, which tell neither when they were written nor by whom."""
    raw = io.BytesIO()
    made.properties.creator, made.properties.lastModifiedBy = "prt", None
    made.properties.created = dt.datetime(2000, 1, 1)
    made.save(raw)
    with zipfile.ZipFile(raw) as parts:
        core = MODIFIED.sub(b"", parts.read(CORE))
    return repack(raw.getvalue(), {CORE: core})


def texts_about(opened: Any) -> Iterator[tuple[Any, str]]:
    """What holds a text beside the cells, and its name there: properties, titles, comments, page headers."""
    yield from ((opened.properties, name) for name in PROPERTIES)
    for page in opened.worksheets:
        yield page, "title"
        cells = (cell for row in page.iter_rows() for cell in row)
        for note in (cell.comment for cell in cells if cell.comment):
            yield from ((note, "text"), (note, "author"))
        for kind in PAGE_EDGES:
            edge = getattr(page, kind)
            yield from ((part, "text") for part in (edge.left, edge.center, edge.right))
