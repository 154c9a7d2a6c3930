"""How the sheets of a report's workbook look, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from prt.files.workbook.given_book import plain_cell
from prt.output.document.report_document import Report
from prt.output.renderers.sheet_parts import HEAD_ROW, Rate, ReportSheet
from prt.output.renderers.status_looks import COLOURS

PLAIN, HEAD, TITLE = (
    Font(name="Calibri", size=size, bold=bold) for size, bold in ((10, False), (10, True), (13, True))
)
LOOKS: dict[str, dict[str, Any]] = {
    "head": {
        "font": HEAD,
        "fill": PatternFill("solid", fgColor="EEF1F4"),
        "border": Border(bottom=Side("medium", color="8A949E")),
    },
    "row": {"font": PLAIN, "border": Border(bottom=Side("thin", color="C9D0D8"))},
}
SIDES = {
    right: Alignment(horizontal=side, vertical="top", wrap_text=True, indent=indent)
    for right, side, indent in ((False, "left", 1), (True, "right", 0))
}


def colour_statuses(page: Worksheet, sheet: ReportSheet) -> None:
    """The words of statuses in their colour; the word says it, the colour only helps."""
    if not sheet.status or not sheet.rows:
        return
    at = [column.title for column in sheet.columns].index(sheet.status)
    heads = {row[at].partition(",")[0]: word for row, word in zip(sheet.rows, sheet.words, strict=True)}
    first = f"{get_column_letter(at + 1)}{HEAD_ROW + 1}"
    for head in sorted(heads, key=len, reverse=True):
        if heads[head] in COLOURS:
            said = head.replace('"', '""')
            look = DifferentialStyle(font=Font(bold=True, color=COLOURS[heads[head]]))
            formula = [f'LEFT({first},{len(head)})="{said}"']
            rule = Rule(
                "beginsWith", operator="beginsWith", text=head, formula=formula, dxf=look, stopIfTrue=True
            )
            page.conditional_formatting.add(range_of(first, len(sheet.rows)), rule)


def draw_rates(page: Worksheet, sheet: ReportSheet) -> None:
    """A bar in each rate of a target, from nothing to all of it."""
    ends = [FormatObject("num", end) for end in (0, 1)]
    bar = Rule("dataBar", dataBar=DataBar(cfvo=ends, color="9DC3E6"))
    for at in rate_columns(sheet):
        first = f"{get_column_letter(at + 1)}{HEAD_ROW + 1}"
        page.conditional_formatting.add(range_of(first, len(sheet.rows)), bar)


def rate_columns(sheet: ReportSheet) -> Iterator[int]:
    for at, cells in enumerate(zip(*sheet.rows, strict=True)):
        if any(isinstance(one, Rate) for one in cells):
            yield at


def range_of(first: str, rows: int) -> str:
    """A column of so many rows from its first cell on."""
    letters = first.rstrip("0123456789")
    return f"{first}:{letters}{HEAD_ROW + rows}"


def set_print(page: Worksheet, sheet: ReportSheet, report: Report) -> None:
    """Head frozen and repeated, a filter; Letter landscape, one page wide, with title, draft and cut-off."""
    last, rows = get_column_letter(len(sheet.columns)), HEAD_ROW + max(1, len(sheet.rows))
    page.freeze_panes = f"A{HEAD_ROW + 1}"
    page.auto_filter.ref = f"A{HEAD_ROW}:{last}{rows}"
    page.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    if not all(column.printed for column in sheet.columns):
        page.print_area = f"A1:{get_column_letter(sum(column.printed for column in sheet.columns))}{rows}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", "1"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_margins = PageMargins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3)
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    head, foot = page.oddHeader, page.oddFooter
    assert head is not None and foot is not None
    head.left.text = plain_edge(f"{report.cover.title} · {report.cover.name}")
    head.right.text = plain_edge(report.cover.draft or report.cover.sent)
    foot.left.text = plain_edge(report.cover.cut_off)
    foot.right.text = "&P / &N"


def plain_edge(text: str) -> str:
    """A text for the head or the foot of a page, with `&` doubled: there it begins a code."""
    return plain_cell(text).replace("&", "&&")
