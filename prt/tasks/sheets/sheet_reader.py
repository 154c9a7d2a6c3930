"""The cells of a sheet that came back, as the log writes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from copy import copy
from functools import cached_property

from prt import spoken
from prt.console import context
from prt.files.corrections import edits_of, removed_rows
from prt.files.privacy.personal import Names
from prt.files.privacy.walk import known_names
from prt.files.project import Year
from prt.files.provenance import UNDONE
from prt.files.workbook.filled_book import FilledBook, FilledRow, FilledSheet
from prt.files.workbook.given_book import PEOPLE_LIST, plain_cell
from prt.imports.export import Export
from prt.imports.plain.cells import PlainCells
from prt.imports.plain.headings import Headings
from prt.imports.plain.left_out import LeftOutLines
from prt.imports.plain.sheet_problems import settle_rows_clock
from prt.imports.proposing.sheet_rows import (
    write_cell,
)
from prt.imports.proposing.versions import ReturnedRow
from prt.model.cells import Value, cell_of_one, choices_list, names_person
from prt.model.columns import Column
from prt.model.rows import Entry, Row
from prt.output.words import Words
from prt.problems import Mistake, Place
from prt.tasks.entry.log_rows import complete_entry
from prt.tasks.entry.many_rows import Entering
from prt.text import fold_text, same_text


class SheetReader:
    """The cells of one sheet as the log writes them; each text is read once."""

    def __init__(
        self, book: FilledBook, sheet: FilledSheet, year: Year, shown: str, order: bool | None
    ) -> None:
        self.book, self.sheet, self.year, self.shown = book, sheet, year, f"{shown}, {sheet.title}"
        self.model = year.plan.record_of(sheet.log)
        self.me = context.me(year.project.root)
        self.entering = Entering(self.model, year, context.today(), self.me)
        given = [one for one in self.model.columns() if one.name in sheet.columns and one.name != "id"]
        self.columns: dict[str, Column] = {one.name: one for one in given}
        texts = {name: [row.texts.get(name, "") for row in sheet.rows] for name in self.columns}
        export = Export("rows", lines=[row.line for row in sheet.rows], columns=texts)
        headings = Headings({name: name for name in self.columns}, ())
        self.plain, self.left = (
            PlainCells(self.model, headings, year.person_finder, year.known.at(self.model.log)),
            LeftOutLines(self.model),
        )
        self.clock, self.problems = settle_rows_clock(self.model, self.shown, export, headings, order)
        pairs = zip(book.columns[sheet.log], book.headings[sheet.log], strict=False)
        self.headings = dict(pairs)

    @cached_property
    def now(self) -> dict[str, Row]:
        return {row.id: row.as_read() for row in self.year.data.logs[self.model.log] if row.id}

    @cached_property
    def names(self) -> Names:
        return known_names(self.year.project)

    def cells_now(self, names: Collection[str]) -> dict[str, dict[str, str]]:
        """The cells of these rows as the log has them now, as a workbook can hold them."""
        return {
            name: {one.name: plain_cell(write_cell(one, row[one.name])) for one in self.model.columns()}
            for name in names
            if (row := self.now.get(name))
        }

    def entered_with(self, now: Row, changes: Mapping[str, str]) -> Entry:
        """A row of the log with other cells."""
        columns = {one.name: write_cell(one, now[one.name]) for one in self.model.columns()}
        merged = {name: text for name, text in {**columns, **changes}.items() if text}
        return self.entering.entered(merged)

    def given(self) -> dict[str, dict[str, str]]:
        """The rows as they were given out or taken since; a cell that was taken, and then undone, is again
        what it was before."""
        log = self.model.log
        given, before = self.book.given.get(log, {}), self.book.before.get(log, {})
        edits = edits_of(self.year.corrections()) if before else {}
        now = self.cells_now(before)
        found = {name: dict(cells) for name, cells in given.items()}
        for name in before.keys() & now.keys() & given.keys():
            for column, text in given[name].items():
                last = edits[log, name, column].note if (log, name, column) in edits else None
                if last is None or last["why"] != UNDONE or before[name].get(column, "") == text:
                    continue
                if same_text(last["old"] or "", text, column):
                    found[name][column] = now[name].get(column, "")
        return found

    def is_undone(self, row: ReturnedRow) -> bool:
        """Did an import write this row that was taken back since? Then it is new again."""
        note = self.removed.get((self.model.log, row.id))
        return note is not None and note["why"] == UNDONE

    @cached_property
    def removed(self) -> dict[tuple[str, str], Row]:
        return removed_rows(self.year.corrections())

    def place(self, line: int, column: str = "") -> Place:
        return Place(self.shown, line, 0, self.headings.get(column, column))

    def rows(self) -> Iterator[ReturnedRow]:
        """Each row that has any cell; totals and remarks, which have no id, are left out and counted."""
        for row in self.sheet.rows:
            given = {name: text for name in self.columns if (text := row.texts.get(name, ""))}
            if given and (row.id or not self.left.takes(str(row.line), given, given)):
                yield self.row(row, given)

    def row(self, row: FilledRow, given: Mapping[str, str]) -> ReturnedRow:
        cells, mistakes, texts = dict[str, str](), dict[str, Mistake](), dict[str, str]()
        for name, column in self.columns.items():
            text = given.get(name, "")
            try:
                texts[name] = self.coded(column, text) if text else ""
                cells[name] = self.written(column, texts[name])
            except Mistake as mistake:
                mistakes[name] = self.with_labels(column, mistake)
        for name, person in self.plain.persons_at_work(texts, cells, mistakes).items():
            cells[name] = texts[name] = person
            del mistakes[name]
        return ReturnedRow(row.line, row.id, cells, mistakes, texts)

    def with_labels(self, column: Column, mistake: Mistake) -> Mistake:
        """The choices as the list of the workbook has them, beside their codes."""
        if "choices" not in mistake.values or f"{self.model.log}.{column.name}" not in self.book.labels:
            return mistake
        words, log = Words(spoken.language, self.year.plan, self.year.data.organisations), self.model.log
        codes = cell_of_one(column.cell).choices(self.year.known.at(log), column.name)
        labels = {code: words.label(log, column.name, str(code)) for code in codes}
        called = [f"{label} ({code})" if label != code else label for code, label in labels.items()]
        labelled = copy(mistake)
        labelled.values = mistake.values | {"choices": choices_list(called)}
        return labelled

    def coded(self, column: Column, text: str) -> str:
        """The text with the codes of labels that the workbook has."""
        labels = self.book.labels.get(
            PEOPLE_LIST if names_person(column.cell) else f"{self.model.log}.{column.name}", {}
        )
        parts = [part.strip() for part in text.split(";")] if column.cell.many else [text]
        found = [labels.get(fold_text(part), "") for part in parts]
        if names_person(column.cell):
            known = self.year.person_finder.ids
            return "; ".join(code if code in known else part for code, part in zip(found, parts, strict=True))
        if all(found):
            return "; ".join(found)
        return self.plain.read(column.name, self.clock, text)

    def written(self, column: Column, text: str) -> str:
        """The cell as the log writes it. Raises Mistake."""
        if not text:
            return plain_cell(write_cell(column, column.empty))
        if read := self.entering.texts[column.name][text]:
            return plain_cell(read.written)
        entry = complete_entry(self.model, {column.name: text}, self.year, context.today(), self.me)
        wrong = dict(entry.mistakes).get(column.name)
        if wrong is None:
            return plain_cell(entry.cells[column.name])
        raise wrong

    def value(self, name: str, text: str) -> Value:
        """The value that a cell of the sheet was read as; its text where that is none; None if empty."""
        read = self.entering.texts[name][text] if text else None
        return read.value if read else text or None
