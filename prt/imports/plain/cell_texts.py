"""What people write in the cells of their own sheets, as the texts that a log reads."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from prt.imports.reading.durations import parse_minutes
from prt.imports.reading.marks import is_total
from prt.imports.reading.table import ERROR_CELL
from prt.model.cells import Cell, HoursCell, Known, MinutesCell, OneOf, cell_of_one, is_number
from prt.model.columns import Column, LogRecord
from prt.problems import Mistake
from prt.text import compile_later, fold_text

BARE_NUMBER = compile_later(r"[0-9]+(?:[.,][0-9]+)?")


def read_duration(cell: Cell, text: str, unit: Fraction | None) -> str:
    """`1:30`, `01:30:00`, `1h30m`, `90m`, `2 heures` as the cell of a log has them; any other text stays.

    `unit` is the number of minutes of the unit in the heading: it is that of a number alone.
    """
    if unit is None and is_number(text):
        return text
    try:
        minutes = parse_minutes(text, unit)
    except Mistake:
        return text
    if isinstance(cell, MinutesCell):
        return str(minutes) if minutes.denominator == 1 else text
    hours = HoursCell().write(minutes / 60)
    return text if BARE_NUMBER.fullmatch(text) and unit == 60 else hours


def read_label(column: Column, text: str, known: Known) -> str:
    """A label of one of the program's own lists as its code, by which a row is known again; any other text
    stays."""
    cell = cell_of_one(column.cell)
    if not isinstance(cell, OneOf) or fold_text(text) in cell.spellings:
        return text
    return cell.labelled_code(text, known, column.name) or text


def defaulted_columns(model: type[LogRecord], mapped: Iterable[str]) -> list[Column]:
    """The columns that no heading fills and whose empty cells mean something, as the kind of hours does."""
    filled = set(mapped)
    return [
        one
        for one in model.columns()
        if one.empty is not None and one.name not in filled and isinstance(one.cell, OneOf)
    ]


def holds_values(column: Column, texts: Iterable[str], known: Known) -> bool:
    """Are most of these texts values of the column?"""
    cell = column.cell
    assert isinstance(cell, OneOf)
    values = {*cell.labels(column.name), *cell.spellings_in(known, column.name)}
    words = [fold_text(text) for text in texts if text]
    return bool(words) and 2 * sum(word in values for word in words) >= len(words)


def is_total_row(texts: Iterable[str]) -> bool:
    """Has a row without a date only numbers, or numbers beside a word for the total?"""
    words = [text for text in texts if text]
    labels = [text for text in words if not is_amount(text)]
    return len(labels) < len(words) and all(map(is_total, labels))


def is_amount(text: str) -> bool:
    """A number or a duration, or a formula that was not computed: what a total is of."""
    if ERROR_CELL.fullmatch(text):
        return True
    try:
        parse_minutes(text, Fraction(60))
    except Mistake:
        return False
    return True
