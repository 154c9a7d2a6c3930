"""What a sheet or a workbook would do to its logs, row by row, as a person reads it before agreeing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest

from prt.entry.persons import PersonFinder
from prt.files.privacy.personal import EMAIL
from prt.imports.proposing.sheet_rows import MOST_SHOWN, ChangedRow, SheetChanges, SheetRow
from prt.model.cells import OneOf, OrganisationCell, Value, cell_of_one, names_person
from prt.model.columns import Column, LogRecord
from prt.model.rows import Row
from prt.model.view import group_by
from prt.output.words import Words
from prt.text import fold_text, join_labels


class RowScreen:
    """Rows in the words of the person's language; `people` are labels by id."""

    def __init__(self, words: Words, people: Mapping[str, str]) -> None:
        self.words, self.people = words, people

    def counts(self, changes: Sequence[SheetChanges]) -> str:
        """`12 new · 2 changed · 1 gone · 200 same`"""
        number = {
            "new": sum(len(one.added) for one in changes),
            "changed": sum(len(one.edited) for one in changes),
            "gone": sum(len(one.gone) for one in changes),
            "same": sum(one.same for one in changes),
        }
        counted = (
            self.words.counted(f"sheet.{name}", n) for name, n in number.items() if n or name == "same"
        )
        return " · ".join(counted)

    def first_rows(
        self,
        model: type[LogRecord],
        found: Collection[tuple[int, str]],
        gone: Sequence[Row],
        title: str,
        number: int,
    ) -> Iterator[str]:
        """The first lines, in the order of the sheet, of so many, then what is gone from it."""
        for line, text in sorted(found)[:MOST_SHOWN]:
            yield f" {title}{self.words('sheet.row', line=str(line))}  {text}"
        for row in gone[:MOST_SHOWN]:
            yield f" {title}{self.words('sheet.gone_row')}  {row.id}  {self.summary(model, row)}"
        if (more := max(0, number - MOST_SHOWN) + max(0, len(gone) - MOST_SHOWN)) > 0:
            yield f" {self.words('sheet.more', n=str(more))}"

    def doubles(self, changes: SheetChanges) -> list[tuple[int, str]]:
        pairs = changes.doubles
        return [(one.line, self.words("sheet.double", id=row.name)) for one, row in pairs]

    def change(self, model: type[LogRecord], edited: ChangedRow, new: Mapping[str, str]) -> str:
        """`a-20250130-9wd1  hours 2 → 4`"""
        cells = (
            self.words(
                "sheet.change",
                column=self.words.column_name(model.log, name),
                old=self.value(model, name, edited.row[name]),
                new=text,
            )
            for name, text in new.items()
        )
        return f"{edited.row.id}  {', '.join(cells)}"

    def value(self, model: type[LogRecord], name: str, value: Value) -> str:
        if value is None or value in ("", ()):
            return self.words("sheet.empty")
        column = model.column_named(name)
        if column and isinstance(cell_of_one(column.cell), OrganisationCell):
            return column.cell.write(value)
        if isinstance(value, str) and column and names_person(column.cell):
            return self.people.get(value, value)
        return self.words.value(model.log, name, value)

    def summary(self, model: type[LogRecord], row: Row) -> str:
        """What tells a reader which row it is: `1 h, RSB, Principal`"""
        columns: list[Column] = [
            one
            for name in model.listed[1:]
            if name not in model.workers and (one := model.column_named(name))
        ]
        return ", ".join(
            self.value(model, one.name, row[one.name]) for one in columns if row[one.name] not in (None, ())
        )

    def sheet_lines(self, model: type[LogRecord], changes: SheetChanges, shown: str) -> Iterator[str]:
        """A plain sheet: how many rows are what, then those that are new, change, or are gone."""
        yield f"  {self.counts([changes])}"
        found: list[tuple[SheetRow, SheetRow | ChangedRow]] = [(one, one) for one in changes.added]
        found += [(one.found, one) for one in changes.edited]
        sheets = group_by(found, lambda pair: pair[0].file) or {shown: found}
        for at, (sheet, ones) in enumerate(sheets.items()):
            title = "" if sheet == shown else f"{sheet.removeprefix(f'{shown}, ')}, "
            first = nsmallest(MOST_SHOWN, ones, key=lambda pair: pair[0].line)
            lines = [(row.line, self.shown_row(model, one)) for row, one in first]
            lines += [] if at else self.doubles(changes)
            gone = [] if at else changes.gone
            number = len(ones) + (0 if at else len(changes.doubles))
            yield from self.first_rows(model, lines, gone, title, number)

    def shown_row(self, model: type[LogRecord], one: SheetRow | ChangedRow) -> str:
        if isinstance(one, ChangedRow):
            return self.changed_row(model, one)
        return self.summary(model, one.new_row)

    def changed_row(self, model: type[LogRecord], one: ChangedRow) -> str:
        new = {name: self.value(model, name, one.found.new_row[name]) for name in one.changes}
        return self.change(model, one, new)

    def words_read(self, model: type[LogRecord], read: Mapping[tuple[str, str], str]) -> Iterable[str]:
        """`“Rencontre” → contact`: words and parts of names that the log has otherwise."""
        found = []
        for (name, text), code in read.items():
            column = model.column_named(name)
            if column and (isinstance(cell_of_one(column.cell), OneOf) or names_person(column.cell)):
                label = self.value(model, name, code)
                quoted = self.words("change.quote", text=text)
                found += [f"{quoted} → {label}"] if fold_text(label) != fold_text(text) else []
        if found:
            yield f"  {join_labels(found, MOST_SHOWN)}"


def person_labels(finder: PersonFinder) -> dict[str, str]:
    """The name of each person; of namesakes with the id behind it."""
    names = {person: str(row["name"]) for person, row in finder.names.items() if row["name"]}
    times = Counter(map(fold_text, names.values()))
    return {
        person: name if times[fold_text(name)] == 1 and not EMAIL.search(name) else f"{name} ({person})"
        for person, name in names.items()
    }
