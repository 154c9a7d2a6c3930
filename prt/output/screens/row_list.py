"""Rows of a log as a list in words: the columns that matter, and on a narrow terminal fewer of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from prt.model.calendar import Window
from prt.model.cells import names_person
from prt.model.columns import LogRecord
from prt.model.ids import id_ending
from prt.model.rows import Row
from prt.output.screens.cell_words import Names, is_whole, name_cell, say_cell
from prt.output.screens.hours_lines import short_day
from prt.output.tables import Heading, Table
from prt.output.words import Words
from prt.text import Align
from prt.values import dataclass


@dataclass(frozen=True)
class RowList:
    """The columns that `listed` names; `names` are the names and titles of ids."""

    model: type[LogRecord]
    words: Words
    names: Names

    def table(self, rows: Sequence[Row]) -> Table:
        columns = self.columns(rows)
        cells = (tuple(self.cell(row, name) for name in columns) for row in rows)
        return Table(tuple(map(self.heading, columns)), tuple(cells))

    def columns(self, rows: Sequence[Row]) -> list[str]:
        return list(self.model.listed)

    def heading(self, name: str) -> Heading:
        column = self.model.column_named(name)
        align: Align = "right" if column is not None and column.cell.numeric else "left"
        person = column is not None and names_person(column.cell)
        return Heading(name, self.title(name), align, is_whole(self.model, name), cropped_last=person)

    def title(self, name: str) -> str:
        return name_cell(self.words, self.model.log, name)

    def cell(self, row: Row, name: str) -> str:
        """The value; of a session that was not held its status instead of its participants."""
        not_held = row.model.plannable and name == "participants" and row["status"] != "held"
        return say_cell(self.words, row, "status" if not_held else name, self.names)


@dataclass(frozen=True)
class NarrowList(RowList):
    """The same on a narrow terminal: short headings, days of the `year` without it, a person or, unnamed, the
    role in one column, and nobody of the team who stands in every row. Where that is too wide still, of the
    program's own ids the end, by which commands know a row too."""

    year: Window
    short_ids: bool = False

    def columns(self, rows: Sequence[Row]) -> list[str]:
        names = [name for name in self.model.listed if not self.one_worker(rows, name)]
        return [name for name in names if name != "role" or "person" not in names]

    def one_worker(self, rows: Sequence[Row], name: str) -> str:
        """Who of the team is the same in all rows; "" where they differ."""
        said = {self.cell(row, name) for row in rows} if name in self.model.worker_columns() else set()
        return said.pop() if len(said) == 1 else ""

    def in_every_row(self, rows: Sequence[Row]) -> str:
        """`; team member: Zoé Tremblay`: what the columns that are left out would say."""
        said = [(name, self.one_worker(rows, name)) for name in self.model.listed]
        texts = (
            self.words("ask.labelled", name=name_cell(self.words, self.model.log, name), text=text)
            for name, text in said
            if text
        )
        return "".join(f"; {text}" for text in texts)

    def title(self, name: str) -> str:
        return self.words.word_of_column("short_column", self.model.log, name) or super().title(name)

    def cell(self, row: Row, name: str) -> str:
        if isinstance(day := row[name], dt.date) and day in self.year:
            return short_day(day, self.words, weekday=False)
        if self.short_ids and name == self.model.id_column:
            return id_ending(row.id)
        if name == "person" and "role" in self.model.listed and row[name] not in self.names:
            return super().cell(row, "role") or super().cell(row, name)
        return super().cell(row, name)
