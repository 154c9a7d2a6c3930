"""A report as an Excel workbook: numbers as numbers, days as days, filters, heads and feet to print.

Only who makes one imports this: openpyxl takes half a second.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable
from copy import copy
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from prt.files.workbook.book_marks import put_cell, saved_bytes
from prt.files.workbook.given_book import plain_cell
from prt.output.document.report_document import Report
from prt.output.numbers import Value
from prt.output.renderers.report_sheets import list_sheets
from prt.output.renderers.sheet_looks import (
    LOOKS,
    PLAIN,
    SIDES,
    TITLE,
    colour_statuses,
    draw_rates,
    set_print,
)
from prt.output.renderers.sheet_parts import HEAD_ROW, Formula, ReportSheet, SheetColumn
from prt.output.words import Words

LINE_HEIGHT = 13.5
LETTERS = 112
"""So many letters have room in a column of a hundred digits."""
NARROWEST = 90
"""Characters that a sheet is wide at least, for its title and what it is of."""
FORMATS = {"%": "0.0 %", "h": "#,##0.##", "day": "yyyy-mm-dd", "": "#,##0.##"}
WHOLE = "#,##0"
"""The format of a number without decimals, after which the others would leave their decimal sign."""
LONGEST_TITLE = 31
"""Characters that Excel has for the name of a sheet."""
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\"))


def render_excel(report: Report, words: Words, templates: Path | None = None) -> bytes:
    """The workbook. The same report gives the same bytes."""
    made = Workbook()
    made.remove(made["Sheet"])
    taken, worn = set[str](), Worn()
    for sheet in list_sheets(report, words):
        page = made.create_sheet(free_name(sheet.name, taken))
        fill_page(page, sheet, worn)
        colour_statuses(page, sheet)
        draw_rates(page, sheet)
        set_print(page, sheet, report)
    set_properties(made, report)
    return saved_bytes(made)


class Worn(dict[tuple[str, bool], Any]):
    """The styles of cells that were dressed, as openpyxl has them: it compares every part of a style that it
    is given, which took half of a workbook's time. A look is known by its name.
    """

    def dress(self, cell: Any, look: str, right: bool) -> None:
        if (look, right) in self:
            cell._style = copy(self[look, right])
            return
        cell.alignment = SIDES[right]
        for name, style in LOOKS[look].items():
            setattr(cell, name, style)
        self[look, right] = copy(cell._style)


def fill_page(page: Worksheet, sheet: ReportSheet, worn: Worn) -> None:
    put(page, 1, 1, sheet.title)
    put(page, 2, 1, str(sheet.about))
    page["A1"].font, page["A2"].font, page["A2"].alignment = TITLE, PLAIN, SIDES[False]
    width = sum(column.width for column in sheet.columns if column.printed)
    across = len(sheet.columns)
    while width < NARROWEST:
        across, width = across + 1, width + 8
    page.merge_cells(start_row=2, end_row=2, start_column=1, end_column=across)
    page.row_dimensions[2].height = LINE_HEIGHT * lines_of([sheet.about], [SheetColumn("", width)])
    fill_row(page, HEAD_ROW, [column.title for column in sheet.columns], sheet, "head", worn)
    for at, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(at)].width = column.width
    for number, row in enumerate(sheet.rows, HEAD_ROW + 1):
        fill_row(page, number, row, sheet, "row", worn)


def fill_row(
    page: Worksheet, number: int, row: Iterable[Any], sheet: ReportSheet, look: str, worn: Worn
) -> None:
    """Values of one look, as high as the longest text of the row needs."""
    values = list(row)
    for at, (value, column) in enumerate(zip(values, sheet.columns, strict=True), 1):
        worn.dress(page.cell(number, at), look, column.right)
        put(page, number, at, value)
    page.row_dimensions[number].height = LINE_HEIGHT * lines_of(values, sheet.columns)


def put(page: Worksheet, row: int, column: int, value: Any) -> None:
    """A value in its cell: a number or a day with its format, one of our formulas, or a text that is none."""
    cell: Any = page.cell(row, column)
    amount = amount_of(value)
    if isinstance(value, Formula):
        cell.value, cell.number_format = str(value), value.shown_as
    elif isinstance(amount, Fraction):
        whole, unit = amount.denominator == 1, value.unit if isinstance(value, Value) else ""
        cell.value = int(amount) if whole else float(amount)
        cell.number_format = WHOLE if whole and unit != "%" else FORMATS.get(unit, FORMATS[""])
    elif isinstance(amount, dt.date):
        cell.value, cell.number_format = amount, FORMATS["day"]
    elif isinstance(value, int):
        cell.value, cell.number_format = value, WHOLE
    elif value not in ("", None):
        put_cell(page, row, column, str(value))


def amount_of(value: Any) -> Any:
    return value.amount if isinstance(value, Value) else value


def lines_of(row: Iterable[Any], columns: Iterable[SheetColumn]) -> int:
    """How many lines the longest text of a row needs: Excel and LibreOffice do not agree by themselves."""
    pairs = zip(row, columns, strict=True)
    texts = ((one, column.width * LETTERS // 100) for one, column in pairs if is_text(one))
    return max((len(textwrap.wrap(text, room)) for text, room in texts if len(text) > room), default=1)


def is_text(value: Any) -> bool:
    return (
        isinstance(value, str) and not isinstance(value, Formula) and isinstance(amount_of(value), str | None)
    )


def set_properties(made: Workbook, report: Report) -> None:
    made.properties.title = plain_cell(f"{report.cover.title} – {report.cover.name}")
    made.properties.language = f"{report.language}-CA"


def free_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and that no other sheet has."""
    base = wanted.translate(FORBIDDEN).strip("' ") or "1"
    short = base if len(base) <= LONGEST_TITLE else base[: LONGEST_TITLE + 1].rpartition(" ")[0]
    names = (short or base[:LONGEST_TITLE], *(f"{base[: LONGEST_TITLE - 3]} {n}" for n in range(2, 99)))
    name = next(one for one in names if one.casefold() not in taken)
    taken.add(name.casefold())
    return name
