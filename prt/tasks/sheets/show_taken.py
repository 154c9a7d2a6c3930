"""What a workbook would do to the log, as a person reads it before agreeing, in the person's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from prt.files.corrections import day_of, removed_rows
from prt.files.project import Year
from prt.files.workbook.filled_book import FilledBook
from prt.imports.proposing.sheet_rows import MOST_SHOWN, ChangedRow, SheetChanges
from prt.imports.proposing.versions import ReturnedRow, RowEdit
from prt.model.cells import DayCell
from prt.problems import Mistake
from prt.tasks.imports.show_rows import RowScreen
from prt.tasks.sheets.make_book import BookMaker
from prt.tasks.sheets.read_book import TakenSheet
from prt.tasks.sheets.sheet_reader import SheetReader

Taken = Mapping[str, tuple[SheetReader, TakenSheet]]


class TakenScreen(RowScreen):
    """The lines of the preview."""

    def __init__(self, book: FilledBook, year: Year, shown: str, taken: Taken) -> None:
        self.book, self.year, self.shown, self.taken = book, year, shown, taken
        self.maker = BookMaker(year, "", named=book.holds_names)
        super().__init__(self.maker.words, self.maker.people)

    def changes(self) -> Iterator[SheetChanges]:
        yield from (one.changes for _, one in self.taken.values())

    def lines(self) -> Iterator[str]:
        """How many rows are what, then each that is not as it was."""
        made = self.words.weekday(dt.date.fromisoformat(self.book.made))
        yield self.words("sheet.read", file=self.shown, day=made, counts=self.counts(list(self.changes())))
        yield from (str(one) for one in self.book.problems)
        absent = [title for log, title in self.book.titles.items() if log not in self.taken]
        if absent:
            yield f" {self.words('sheet.absent', sheets=', '.join(absent))}"
        for reader, taken in self.taken.values():
            yield from self.taken_lines(reader, taken)

    def taken_lines(self, reader: SheetReader, taken: TakenSheet) -> Iterator[str]:
        """One sheet, line by line; the first of many."""
        found = [(row.line, self.unready(reader, row, dict(wrong))) for row, wrong in taken.unready]
        found += [(one.found.place.line, self.edit(reader, taken, one)) for one in taken.changes.edited]
        found += [(one.place.line, self.row_text(reader, one.cells)) for one in taken.changes.added]
        found += self.doubles(taken.changes)
        title = f"{taken.sheet.title}, " if len(self.book.sheets) > 1 else ""
        yield from self.first_rows(reader.model, found, taken.changes.gone, title, len(found))
        if taken.versions.since:
            yield f" {title}{self.words('sheet.since', n=str(taken.versions.since))}"
        for name in taken.versions.kept:
            yield f" {title}{self.words('sheet.kept', id=name)}"
        if taken.sheet.extra:
            yield f" {title}{self.words('sheet.extra', columns=', '.join(taken.sheet.extra))}"
        for lines, word in ((reader.left.totals, "totals"), (reader.left.remarks, "remarks")):
            if lines:
                numbers = ", ".join(map(str, lines[:MOST_SHOWN]))
                yield f" {title}{self.words.counted(f'sheet.{word}', len(lines), lines=numbers)}"

    def edit(self, reader: SheetReader, taken: TakenSheet, edited: ChangedRow) -> str:
        """`a-20250130-9wd1  hours 2 → 4, date 30 Jan → "31 jan.", read as Fri 31 Jan 2025`"""
        line, model = edited.found.place.line, reader.model
        typed = next((one.texts for one in taken.sheet.rows if one.line == line), {})
        new = {
            name: self.as_typed(reader, name, text, typed.get(name, ""))
            for name, text in edited.changes.items()
        }
        return self.change(model, edited, new)

    def as_typed(self, reader: SheetReader, name: str, text: str, typed: str) -> str:
        """The new value; a date in whatever words also as it is understood."""
        value, column = reader.value(name, text), reader.columns[name]
        if isinstance(column.cell, DayCell) and isinstance(value, dt.date) and typed != value.isoformat():
            return self.words("sheet.read_as", typed=typed, day=self.words.weekday(value))
        return self.value(reader.model, name, value)

    def unready(self, reader: SheetReader, row: ReturnedRow, wrong: Mapping[str, Mistake]) -> str:
        """`3 h, EMSB, no objective: not taken yet`"""
        known = self.row_text(reader, {name: text for name, text in row.cells.items() if row.texts.get(name)})
        missing = [
            self.words("sheet.without", column=self.words.column_name(reader.model.log, name))
            for name in wrong
        ]
        return self.words("sheet.unready", cells=", ".join(filter(None, [known, *missing])))

    def row_text(self, reader: SheetReader, cells: Mapping[str, str]) -> str:
        """`3 h, Zoé Tremblay, EMSB, Action plan`"""
        told = {*reader.model.listed, *reader.model.person_columns()} - {*reader.model.workers}
        return ", ".join(
            self.value(reader.model, name, reader.value(name, text))
            for name, text in cells.items()
            if text and name in told
        )

    def was_removed(self, edit: RowEdit, log: str) -> str:
        """`a-20250130-9wd1 was removed on 2025-02-05: "twice". Bring it back?`"""
        note = removed_rows(self.year.corrections()).get((log, edit.row.id))
        if note is None:
            return self.words("sheet.was_deleted", id=edit.row.id)
        day = self.words.weekday(dt.date.fromisoformat(day_of(note)))
        return self.words("sheet.was_removed", id=edit.row.id, day=day, why=note["why"] or "")
