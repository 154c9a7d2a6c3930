"""A report as an Excel workbook: numbers as numbers, days as days, filters, heads and feet to print.

Only who makes one imports this: openpyxl takes half a second.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from prt.files.workbook.book_marks import put_cell, saved_bytes
from prt.output.document.report_document import Report
from prt.output.numbers import Value
from prt.output.renderers.report_sheets import HEAD_ROW, Formula, ReportSheet, list_sheets
from prt.output.renderers.status_looks import COLOURS
from prt.output.words import Words

LINE_HEIGHT = 15
FORMATS = {"%": "0.0 %", "h": "#,##0.##", "day": "yyyy-mm-dd", "": "#,##0.##"}
LONGEST_TITLE = 31
"""Characters that Excel has for the name of a sheet."""
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\"))


def render_excel(report: Report, words: Words) -> bytes:
    """The workbook. The same report gives the same bytes."""
    made = Workbook()
    made.remove(made["Sheet"])
    taken: set[str] = set()
    for sheet in list_sheets(report, words):
        page = made.create_sheet(free_name(sheet.name, taken))
        fill_page(page, sheet)
        set_print(page, sheet, report)
    set_properties(made, report)
    return saved_bytes(made)


def fill_page(page: Worksheet, sheet: ReportSheet) -> None:
    put(page, 1, 1, sheet.title)
    put(page, 2, 1, sheet.about)
    widths = [column.width for column in sheet.columns]
    page.merge_cells(start_row=2, end_row=2, start_column=1, end_column=len(widths))
    page["A2"].alignment = Alignment(vertical="top", wrap_text=True)
    page.row_dimensions[2].height = LINE_HEIGHT * lines_of([sheet.about], [sum(widths)])
    for at, column in enumerate(sheet.columns, 1):
        put(page, HEAD_ROW, at, column.title)
        page.column_dimensions[get_column_letter(at)].width = column.width
    for number, row in enumerate(sheet.rows, HEAD_ROW + 1):
        for at, value in enumerate(row, 1):
            put(page, number, at, value)
        page.row_dimensions[number].height = LINE_HEIGHT * lines_of(row, widths)
    whole = page[HEAD_ROW : HEAD_ROW + len(sheet.rows)]
    for line in whole if isinstance(whole[0], tuple) else (whole,):
        for cell in line:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            cell.font = Font(bold=cell.row == HEAD_ROW)
    page["A1"].font = Font(bold=True, size=13)
    colour_statuses(page, sheet)


def put(page: Worksheet, row: int, column: int, value: Any) -> None:
    """A value in its cell: a number or a day with its format, one of our formulas, or a text that is none."""
    cell: Any = page.cell(row, column)
    amount = value.amount if isinstance(value, Value) else value
    if isinstance(value, Formula):
        cell.value, cell.number_format = str(value), value.shown_as
    elif isinstance(amount, Fraction):
        cell.value = int(amount) if amount.denominator == 1 else float(amount)
        cell.number_format = FORMATS[value.unit if isinstance(value, Value) else ""]
    elif isinstance(amount, dt.date):
        cell.value, cell.number_format = amount, FORMATS["day"]
    elif isinstance(value, int):
        cell.value, cell.number_format = value, "#,##0"
    elif value not in ("", None):
        put_cell(page, row, column, str(value))


def lines_of(row: Iterable[Any], widths: Sequence[int]) -> int:
    """How many lines the longest text of a row needs: Excel and LibreOffice do not agree by themselves."""
    texts = zip(row, widths, strict=True)
    return max(
        [1, *(-(-len(str(text)) // max(1, width)) for text, width in texts if not isinstance(text, Formula))]
    )


def colour_statuses(page: Worksheet, sheet: ReportSheet) -> None:
    """The words of statuses in their colour; the word says it, the colour only helps."""
    titles = [column.title for column in sheet.columns]
    status = titles.index(sheet.status) + 1 if sheet.status else 0
    for number, word in enumerate(sheet.words, HEAD_ROW + 1):
        if word in COLOURS:
            drawn: Any = page.cell(number, status)
            drawn.font = Font(bold=True, color=COLOURS[word])


def set_print(page: Worksheet, sheet: ReportSheet, report: Report) -> None:
    """Head frozen and repeated, a filter; Letter landscape, one page wide, with title, draft and cut-off."""
    last = get_column_letter(len(sheet.columns))
    page.freeze_panes = f"A{HEAD_ROW + 1}"
    page.auto_filter.ref = f"A{HEAD_ROW}:{last}{HEAD_ROW + max(1, len(sheet.rows))}"
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", "1"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    head, foot = page.oddHeader, page.oddFooter
    assert head is not None and foot is not None
    head.left.text = plain_edge(f"{report.cover.title} · {report.cover.name}")
    head.right.text = plain_edge(report.cover.draft or report.cover.sent)
    foot.left.text = plain_edge(report.cover.cut_off)
    foot.right.text = "&P / &N"


def plain_edge(text: str) -> str:
    """In heads and feet `&` begins a code."""
    return text.replace("&", "&&")


def set_properties(made: Workbook, report: Report) -> None:
    made.properties.title = f"{report.cover.title} – {report.cover.name}"
    made.properties.language = f"{report.language}-CA"


def free_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and that no other sheet has."""
    base = wanted.translate(FORBIDDEN).strip("' ") or "1"
    names = (base[:LONGEST_TITLE], *(f"{base[: LONGEST_TITLE - 3]} {n}" for n in range(2, 99)))
    name = next(one for one in names if one.casefold() not in taken)
    taken.add(name.casefold())
    return name
