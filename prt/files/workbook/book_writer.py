"""A workbook to be filled, as bytes: sheets, lists with names, validations, and what it keeps of itself.

Only who makes one imports this: openpyxl takes half a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from prt.files.workbook.book_marks import put_cell, saved_bytes
from prt.files.workbook.given_book import (
    FIRST_ROW,
    HEADING_ROW,
    KEEPER,
    LISTS,
    PEOPLE_LIST,
    GivenBook,
    GivenSheet,
    column_key,
    range_name,
)

SPARE_ROWS = 2000
"""So many empty rows below the last one have the lists too."""
CELL_FORMATS = {"date": "yyyy-mm-dd", "text": "@", "number": "General"}
COLUMN_WIDTHS = {"date": 12, "number": 10, "text": 22}


def book_bytes(book: GivenBook) -> bytes:
    """The workbook. The same book gives the same bytes."""
    made = Workbook()
    made.remove(made["Sheet"])
    for sheet in book.sheets:
        fill_sheet(made.create_sheet(sheet.title), sheet, book)
    fill_lists(made, book)
    fill_keeper(made.create_sheet(KEEPER), book)
    return saved_bytes(made)


def fill_sheet(page: Worksheet, sheet: GivenSheet, book: GivenBook) -> None:
    names = ["id", *(column.name for column in sheet.columns)]
    headings = [book.words["id"], *(column.heading for column in sheet.columns)]
    for at, (name, heading) in enumerate(zip(names, headings, strict=True), 1):
        put_cell(page, 1, at, column_key(sheet.log, name))
        put_cell(page, HEADING_ROW, at, heading)
        drawn: Any = page.cell(HEADING_ROW, at)
        drawn.font = Font(bold=True)
    for line, row in enumerate(sheet.rows, FIRST_ROW):
        put_cell(page, line, 1, row.id)
        for at, column in enumerate(sheet.columns, 2):
            put_cell(page, line, at, row.shown.get(column.name))
            page.cell(line, at).number_format = CELL_FORMATS[column.form]
    for at, column in enumerate(sheet.columns, 2):
        drawn = page.column_dimensions[get_column_letter(at)]
        drawn.number_format, drawn.width = CELL_FORMATS[column.form], COLUMN_WIDTHS[column.form]
    page.row_dimensions[1].hidden = page.column_dimensions["A"].hidden = True
    page.freeze_panes = f"B{FIRST_ROW}"
    print_across(page)
    last = max(FIRST_ROW, FIRST_ROW - 1 + len(sheet.rows))
    page.auto_filter.ref = f"A{HEADING_ROW}:{get_column_letter(len(names))}{last}"
    add_validations(page, sheet, book, last + SPARE_ROWS)


def print_across(page: Worksheet) -> None:
    """On letter paper all columns stand side by side, below the headings of each page."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_LETTER
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToHeight = 0
    page.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"


def add_validations(page: Worksheet, sheet: GivenSheet, book: GivenBook, last: int) -> None:
    """Lists below the headings, and headings that take nothing: a protected sheet cannot be sorted."""
    fixed = DataValidation(type="custom", formula1="FALSE", showErrorMessage=True, errorStyle="stop")
    fixed.error = book.words["heading"]
    fixed.add(f"A1:{get_column_letter(len(sheet.columns) + 1)}{HEADING_ROW}")
    page.add_data_validation(fixed)
    places = {column.name: get_column_letter(at) for at, column in enumerate(sheet.columns, 2)}
    for column in sheet.columns:
        if column.choices:
            style: Literal["stop", "warning"] = "stop" if column.firm else "warning"
            formula = list_formula(column.choices, places.get("board", ""), book)
            chosen = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle=style)
            chosen.showErrorMessage, chosen.error = True, book.words[style]
            chosen.add(f"{places[column.name]}{FIRST_ROW}:{places[column.name]}{last}")
            page.add_data_validation(chosen)


def list_formula(choices: str, board: str, book: GivenBook) -> str:
    """The range of a list; of people those of the board in the row, or all where it has none."""
    if choices != PEOPLE_LIST or not board or not book.people:
        return range_name(choices)
    boards, row = range_name("boards_of_people"), f"${board}{FIRST_ROW}"
    named = f"OFFSET({range_name('names_by_board')},MATCH({row},{boards},0)-1,0,COUNTIF({boards},{row}),1)"
    return f"IF(COUNTIF({boards},{row})=0,{range_name(PEOPLE_LIST)},{named})"


def fill_lists(made: Workbook, book: GivenBook) -> None:
    """Each list as two columns, labels and codes, under its name; of people the boards before them."""
    page = made.create_sheet(LISTS)
    page.sheet_state = "veryHidden"
    everybody = sorted({(label, code) for _, label, code in book.people})
    lists = {**book.lists, **({PEOPLE_LIST: everybody} if book.people else {})}
    for at, (name, pairs) in enumerate(lists.items()):
        fill_list(made, name, 2 * at + 1, [label for label, _ in pairs])
        for line, (_, code) in enumerate(pairs, 2):
            put_cell(page, line, 2 * at + 2, code)
    if book.people:
        by_board = sorted(one for one in book.people if one[0])
        at = 2 * len(lists) + 1
        fill_list(made, "boards_of_people", at, [board for board, _, _ in by_board])
        fill_list(made, "names_by_board", at + 1, [label for _, label, _ in by_board], first=True)


def fill_list(made: Workbook, name: str, at: int, texts: Sequence[str], *, first: bool = False) -> None:
    """A column of texts and the name of their range, or of its `first` cell."""
    page, letter = made[LISTS], get_column_letter(at)
    put_cell(page, 1, at, name)
    for line, text in enumerate(texts, 2):
        put_cell(page, line, at, text)
    end = "" if first else f":${letter}${max(2, len(texts) + 1)}"
    called = range_name(name)
    made.defined_names[called] = DefinedName(called, attr_text=f"{LISTS}!${letter}$2{end}")


def fill_keeper(page: Worksheet, book: GivenBook) -> None:
    """Which project and year, whose it is, the workbook's own id, and every row as it was given out."""
    page.sheet_state = "veryHidden"
    lines: list[Sequence[str]] = [("book", book.number, book.project, book.year, book.made, book.owner)]
    for sheet in book.sheets:
        names = [column.name for column in sheet.columns]
        lines.append(("columns", sheet.log, sheet.title, *names))
        lines.append(("headings", sheet.log, "", *(column.heading for column in sheet.columns)))
        for row in sheet.rows:
            lines.append(("row", sheet.log, row.id, *(row.cells.get(name, "") for name in names)))
    for number, line in enumerate(lines, 1):
        for at, text in enumerate(line, 1):
            if text:
                put_cell(page, number, at, text)
