"""A row in a few words, before it is saved, in the language of the person who reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any

from prt.files.project import Year
from prt.model.cells import (
    DayCell,
    HoursCell,
    IndicatorCell,
    LineCell,
    OneOf,
    RowIdCell,
    WholeCell,
    WordCell,
    YesNoCell,
    cell_of_one,
    choices_list,
)
from prt.model.columns import Column
from prt.model.records import named_logs
from prt.model.rows import Entry, Row
from prt.model.selections import several
from prt.output.numbers import format_figure
from prt.output.screens.hours_lines import hours_text
from prt.output.words import Words
from prt.problems import ValueInWords

COUNTED = ("round", "period")
"""Whole numbers that say which, not how many."""
WIDE = 76
MOST_NAMED = 4
"""So many values of a cell are named where a row is one of a list."""


def summary(entry: Entry, words: Words, names: Mapping[str, str], most_named: int = MOST_NAMED) -> list[str]:
    """The row on lines that fit; people, and rows that it names, by the `names` of their ids. More values of
    one cell than `most_named` are counted."""
    cells = ordered_cells(entry)
    described = (describe_cell(entry.row, name, text, words, names, most_named) for name, text in cells)
    pieces = [piece for piece in described if piece]
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1]) + 3 + len(piece) <= WIDE:
            lines[-1] += f" · {piece}"
        else:
            lines.append(piece)
    return lines


def name_rows(year: Year, words: Words, of: Row | None = None) -> dict[str, str]:
    """What a screen says for an id: the name of a person, the title of a session, what a request is for; of
    the rows that one row names, or of all."""
    logs = (year.data.logs.get(log, ()) for log in named_logs())
    titles = {
        row.id: words.label(row.log, column, str(row[column]))
        for row in (chain.from_iterable(logs) if of is None else rows_named_by(of, year))
        if row.id and (column := row.model.title_column) and row[column]
    }
    return titles | {row.id: str(row["name"]) for row in year.project.names().values()}


def rows_named_by(row: Row, year: Year) -> Iterator[Row]:
    """The rows that a row names, such as its session."""
    for name in row.model.row_columns():
        if (column := row.model.column_named(name)) and isinstance(column.cell, RowIdCell):
            for one in several(row[name]):
                yield from year.data.rows_with(column.cell.log, id=one)


def describe_row(row: Row, words: Words, names: Mapping[str, str]) -> str:
    """A row of a log on one line, as it stands in the file."""
    row = row.as_read()
    known = ((one, row[one.name]) for one in row.model.columns())
    cells = {one.name: one.cell.write(value) for one, value in known if value not in (None, ())}
    return " · ".join(summary(Entry(cells, row), words, names))


def ordered_cells(entry: Entry) -> list[tuple[str, str]]:
    """The cells in the order of the columns."""
    return [(name, entry.cells[name]) for name in entry.row.index if name in entry.cells]


def describe_cell(
    row: Row, name: str, text: str, words: Words, names: Mapping[str, str], most_named: int = MOST_NAMED
) -> str:
    """One cell as a person says it: `Wed 12 Feb 2025`, `4 boards`, `24 participants`; by the `names` of their
    ids people, and rows that it names."""
    column, value, log = row.model.column_named(name), row[name], row.log
    if column is None or name == "id" or (name == "status" and value == "held"):
        return ""
    called = words.column_name(log, name)
    if isinstance(column.cell, DayCell):
        return words.weekday(value) if name == "date" else f"{called} {words.weekday(value)}"
    if isinstance(column.cell, HoursCell):
        return hours_text(value, words)
    if isinstance(column.cell, WholeCell):
        counted = f"{value} {called}{share_text(row, name, words)}"
        return counted if name not in COUNTED else f"{called} {value}"
    if isinstance(value, bool):
        return words("ask.labelled", name=called, text=words("value.any.yes" if value else "value.any.no"))
    if isinstance(value, tuple) and len(value) > most_named:
        return f"{len(value)} {called}"
    if isinstance(column.cell, (LineCell, IndicatorCell)):
        return f"{text} {words.plan.called(text).to(words.language)}".rstrip()
    if name in (*row.model.person_columns(), *row.model.row_columns()):
        return ", ".join(names.get(one, one) for one in text.split("; "))
    return spoken_codes(words, log, column, text)


def spoken_codes(words: Words, log: str, column: Column, text: str) -> str:
    """What a person reads of a cell, of several codes each; what has no codes stays as it is."""
    parts = text.split("; ") if column.cell.many else [text]
    if isinstance(cell_of_one(column.cell), (OneOf, WordCell)):
        parts = [spoken_code(words, log, column.name, one) for one in parts]
    return ", ".join(parts)


class SpokenChoices(ValueInWords):
    """Values of a column as a value of a mistake: each as the screen says it, in the person's language."""

    def __init__(self, log: str, column: Column, codes: Sequence[str], both: Sequence[Words]) -> None:
        self.log, self.column, self.codes = log, column, codes
        self.by_language: dict[str, Words] = {words.language: words for words in both}

    def text(self, language: str) -> str:
        return choices_list([self.say(code, self.by_language[language]) for code in self.codes])

    def say(self, code: str, words: Words) -> str:
        if isinstance(self.column.cell, YesNoCell):
            return words(f"value.any.{code}")
        is_coded = isinstance(cell_of_one(self.column.cell), (OneOf, WordCell))
        return spoken_code(words, self.log, self.column.name, code) if is_coded else code


def spoken_code(words: Words, log: str, name: str, code: str) -> str:
    """The plan's label, the program's word, or the code without hyphens; an organisation by its code."""
    label = words.label(log, name, code)
    return label if label != code else code.replace("-", " ")


def share_text(row: Row, name: str, words: Words) -> str:
    """`(88.2%)` after the number of positive answers."""
    whole: Any = row["answered"] or row["respondents"] if name == "positive" else None
    return f" ({format_figure(Fraction(row[name], whole), '%', words.language)})" if whole else ""
