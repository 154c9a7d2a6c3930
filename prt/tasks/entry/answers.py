"""One answer of a dialogue: from what was typed to cells, and from cells to what a person reads."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from prt.figures.questions import Question, label
from prt.files.csv.edit import why_unreadable
from prt.model.calendar import Window, read_day
from prt.model.cells import (
    DayCell,
    HoursCell,
    Known,
    Many,
    OneOf,
    OrganisationCell,
    WholeCell,
    WordCell,
    cell_of_one,
    choices_list,
    names_person,
)
from prt.model.columns import Column
from prt.model.plan import Plan
from prt.model.rows import Entry, wanted
from prt.model.view import Data
from prt.output.numbers import format_exact, format_figure
from prt.problems import Mistake
from prt.text import closest, fold_text
from prt.values import dataclass

Choices = Sequence[tuple[str, str]]
"""(code, label) pairs."""


class Meant(Exception):
    """`text` is no value, but close to one."""

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.text = text
        self.code = code


@dataclass(frozen=True)
class Reader:
    """How answers to one log are read. `boards` are what `all` stands for; `names` are ids by folded name;
    a day without a year is one of `year`."""

    log: str
    known: Known
    today: dt.date
    boards: Sequence[str] = ()
    names: Mapping[str, str] | None = None
    year: Window | None = None

    def cells(self, question: Question, text: str, offered: Choices) -> dict[str, str]:
        """The cells that an answer fills; an empty text empties them. Raises Mistake, or Meant."""
        if strange := why_unreadable(text):
            raise strange
        if len(question.columns) > 1:
            return self.feedback(question, text)
        column = question.columns[0]
        if not text and question.required:
            raise Mistake("answer_needed", wanted=wanted(column, self.known.at(self.log)))
        return {column.name: self.one(column, text, offered) if text else ""}

    def feedback(self, question: Question, text: str) -> dict[str, str]:
        """`17 15`: seventeen answered, fifteen of them positive; `no`: there was no form."""
        if fold_text(text) in ("no", "non", "none"):
            return dict.fromkeys((one.name for one in question.columns), "") | {"feedback_form": "no"}
        parts = re.split(r"[ ,;/]+", text.strip()) if text else []
        if len(parts) > len(question.columns):
            raise Mistake("more_than_two_numbers", text=text)
        parts += [""] * (len(question.columns) - len(parts))
        cells = {one.name: self.one(one, part, ()) for one, part in zip(question.columns, parts, strict=True)}
        return cells | {"feedback_form": ""}

    def one(self, column: Column, text: str, offered: Choices) -> str:
        """The cell of one column."""
        if not text:
            return ""
        if isinstance(column.cell, DayCell):
            return read_day(text, self.today, self.year).isoformat()
        if not isinstance(column.cell, Many):
            return self.value(column, text, offered)
        if is_all(column, text):
            return column.cell.write(tuple(self.boards))
        parts = [part.strip() for part in re.split("[,;]", text) if part.strip()]
        return column.cell.write(tuple(dict.fromkeys(self.value(column, part, offered) for part in parts)))

    def value(self, column: Column, text: str, offered: Choices) -> str:
        """One value: the number of a choice, a code, a label or another spelling."""
        if offered and text.isascii() and text.isdigit() and 1 <= int(text) <= len(offered):
            return offered[int(text) - 1][0]
        if names_person(column.cell):
            text = (self.names or {}).get(fold_text(text), text)
        cell = cell_of_one(column.cell)
        try:
            return cell.write(cell.read(text, self.known.at(self.log), column.name))
        except Mistake as mistake:
            if code := self.closest(column, text):
                raise Meant(text, code) from None
            if offered:
                choices = choices_list([code for code, _ in offered])
                raise Mistake("not_offered", mistake=mistake, choices=choices) from None
            raise

    def closest(self, column: Column, text: str) -> str | None:
        """The one code with a spelling that begins so; else the one that is spelt most like it."""
        spellings = spellings_of(column, self.known.at(self.log))
        typed = fold_text(text)
        begun = {code for spelling, code in spellings.items() if typed and spelling.startswith(typed)}
        if len(begun) == 1:
            return begun.pop()
        close = closest(typed, spellings)
        return spellings[close] if close else None


def is_all(column: Column, text: str) -> bool:
    """Does `all` stand for every board here?"""
    cell = column.cell
    several = isinstance(cell, Many) and isinstance(cell.each, OrganisationCell)
    return several and fold_text(text) in ("all", "tous", "toutes")


def boards_of(data: Data) -> list[str]:
    """The codes of the boards that the plan counts: what `all` stands for."""
    return [row["code"] for row in data.organisations if row["counts_as_board"]]


def spellings_of(column: Column, known: Known) -> Mapping[str, str]:
    """Every way to write the values of a column that has choices, folded, with its code."""
    cell = column.cell.each if isinstance(column.cell, Many) else column.cell
    if isinstance(cell, OrganisationCell):
        return known.organisations
    return known.words(column.name) or {fold_text(code): code for code in cell.choices(known, column.name)}


COUNTED = ("round", "period")
"""Whole numbers that say which, not how many."""


def summary(entry: Entry, plan: Plan) -> list[str]:
    """The row in a few words, on lines that fit."""
    pieces = [piece for name, text in ordered(entry) if (piece := describe_cell(entry, name, text, plan))]
    lines: list[str] = []
    for piece in pieces:
        if lines and len(lines[-1]) + 3 + len(piece) <= 76:
            lines[-1] += f" · {piece}"
        else:
            lines.append(piece)
    return lines


def ordered(entry: Entry) -> list[tuple[str, str]]:
    """The cells in the order of the columns."""
    return [(name, entry.cells[name]) for name in entry.row.index if name in entry.cells]


def describe_cell(entry: Entry, name: str, text: str, plan: Plan) -> str:
    """One cell as a person says it: `Wed 12 Feb 2025`, `4 boards`, `24 participants`."""
    column, value = entry.row.model.column_named(name), entry.row[name]
    if column is None or name == "id" or (name == "status" and value == "held"):
        return ""
    if isinstance(column.cell, DayCell):
        return day_text(value) if name == "date" else f"{name.replace('_', ' ')} {day_text(value)}"
    if isinstance(column.cell, HoursCell):
        return f"{format_exact(value, '', 'en')} h"
    if isinstance(column.cell, WholeCell):
        return f"{value} {name}{share_text(entry, name)}" if name not in COUNTED else f"{name} {value}"
    if isinstance(value, bool):
        return f"{name.replace('_', ' ')}: {'yes' if value else 'no'}"
    if isinstance(value, tuple) and len(value) > 4:
        return f"{len(value)} {name}"
    if isinstance(column.cell, (OneOf, WordCell)):
        return label(plan, entry.row.log, column, text)
    return text.replace("; ", ", ")


def share_text(entry: Entry, name: str) -> str:
    """`(88.2%)` after the number of positive answers."""
    whole: Any = entry.row["answered"] or entry.row["respondents"] if name == "positive" else None
    return f" ({format_figure(Fraction(entry.row[name], whole), '%', 'en')})" if whole else ""


def day_text(day: dt.date) -> str:
    """`Wed 12 Feb 2025`"""
    return f"{day:%a} {day.day} {day:%b %Y}"
