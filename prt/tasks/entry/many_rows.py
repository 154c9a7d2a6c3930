"""Many rows of one log entered together: what a text stands for is found out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

from prt.figures.entering import days_to_come, has_post, link_mistakes
from prt.files.project import Year
from prt.model.cells import (
    DayCell,
    OrganisationCell,
    PersonCell,
    PlanNumberCell,
    RowIdCell,
    Value,
    cell_of_one,
)
from prt.model.columns import Record
from prt.model.rows import Entry, Row
from prt.problems import Mistake
from prt.tasks.entry.log_rows import (
    Mistakes,
    complete_entry,
    posts_for,
    report_mistakes,
    why_refused,
    with_all_boards,
    with_defaults,
    with_iso_dates,
    with_person_ids,
)

LINKS = (RowIdCell, PersonCell, PlanNumberCell)
"""The kinds of cells that tie a row to other rows, to people, or to the plan."""
POST = ("role", "board")
LOOKED_UP = (DayCell, OrganisationCell, PersonCell)
"""The kinds of cells of which somebody may type another text than stands in the file."""


class ReadColumn(NamedTuple):
    """The cells of one column as the log writes them, and their values; `unread` are rows of which it cannot
    be read, or is missing."""

    written: list[str]
    values: list[Any]
    unread: list[int]


class EnteredTable(NamedTuple):
    """Rows as they will be written: their cells by column, "" where there is none, their values, and what is
    wrong with some, by row."""

    columns: dict[str, list[str]]
    rows: list[Row]
    mistakes: dict[int, tuple[tuple[str, Mistake], ...]]


class Entering:
    """Many rows of one log. What a text stands for is found out once; a row in which nothing is wrong is made
    of that, and any other by `complete_entry`, which says its mistakes."""

    def __init__(self, model: type[Record], year: Year, today: dt.date, me: str | None) -> None:
        self.model, self.year, self.today, self.me = model, year, today, me
        self.texts = Texts(model, year, today)
        self.linked: set[tuple[Value, ...]] = set()
        self.links = [one.name for one in model.columns() if isinstance(cell_of_one(one.cell), LINKS)]
        self.ties = [*self.links, *(POST if has_post(model) else ())]
        self.days = [one.name for one in model.columns() if isinstance(one.cell, DayCell)]
        self.knows_itself = model.has_mistakes()
        self.required = {one.name for one in model.columns() if one.required}
        self.empty: dict[str, Value] = {one.name: one.empty for one in model.columns()}
        self.filled = {"status"} & self.empty.keys() | {*(model.worker_columns()[:1] if me else ())}

    def entered(self, cells: Mapping[str, str]) -> Entry:
        return self.right(cells) or complete_entry(self.model, cells, self.year, self.today, self.me)

    def entered_together(
        self, columns: Mapping[str, Sequence[str]], files: Sequence[str], lines: Sequence[int]
    ) -> EnteredTable:
        """The rows of a table, read column by column; one of which anything is open is entered alone."""
        mine = self.filled - columns.keys() - {"status"}
        texts = {**columns, **{name: [self.me or ""] * len(lines) for name in mine}}
        read = {name: self.read_column(name, texts.get(name, [""] * len(lines))) for name in self.empty}
        values = {name: one.values for name, one in read.items()}
        rows = list(map(Row, repeat(self.model), files, lines, zip(*values.values(), strict=True)))
        table = EnteredTable({name: read[name].written for name in texts}, rows, {})
        unread = set[int]().union(*(one.unread for one in read.values()))
        known = [at for at in range(len(rows)) if at not in unread] if unread else range(len(rows))
        for at in sorted(unread.union(self.open_rows(table, values, known))):
            self.enter_alone(table, at, {name: own[at] for name, own in columns.items() if own[at]})
        return table

    def read_column(self, name: str, texts: Sequence[str]) -> ReadColumn:
        """What each text stands for; an empty one as well, unless the row needs it or it is filled in."""
        needed = name in self.required or (name in self.filled and name != "status")
        blank = None if needed else TextValue("", self.empty[name])
        known = {text: self.texts[name][text] if text else blank for text in {*texts}}
        wrong = {text for text, one in known.items() if one is None}
        written = {text: one.written if one else "" for text, one in known.items()}
        values = {text: one.value if one else None for text, one in known.items()}
        return ReadColumn(
            [written[text] for text in texts],
            [values[text] for text in texts],
            [at for at, text in enumerate(texts) if text in wrong] if wrong else [],
        )

    def open_rows(
        self, table: EnteredTable, values: Mapping[str, Sequence[Any]], among: Sequence[int]
    ) -> Iterator[int]:
        """The rows, of those that can be read, in which anything is to be filled in or to be said."""
        rows, named = table.rows, has_post(self.model) and any(values["person"])
        ties = list(zip(*(values[name] for name in (self.ties if named else self.links)), strict=True))
        first = dict(zip(reversed(ties), reversed(rows), strict=True)) if ties else {}
        if loose := {tie for tie, row in first.items() if not self.is_tied(row)}:
            yield from (at for at in among if ties[at] in loose)
        if any(day and day > self.today for name in self.days for day in {*values[name]}):
            said = table.columns.get("status", [""] * len(rows))
            yield from (at for at in among if self.is_to_come(rows[at], said[at]))
        if named:
            yield from (at for at in among if posts_for(rows[at], self.year))
        if self.knows_itself:
            yield from (at for at in among if any(self.model.mistakes(rows[at])))
        if self.model.log == "deliverables":
            yield from (at for at in among if report_mistakes(self.year, rows[at]))

    def is_to_come(self, row: Row, status: str) -> bool:
        """Is it planned, which a row says, or of what cannot be to come?"""
        is_planned = "status" in self.filled and not status and row["date"] > self.today
        return is_planned or any(days_to_come(row, self.today))

    def enter_alone(self, table: EnteredTable, at: int, cells: Mapping[str, str]) -> None:
        """One row of the table as it is entered by itself."""
        entry, before = self.entered(cells), table.rows[at]
        table.rows[at], entry.row.file, entry.row.line = entry.row, before.file, before.line
        if entry.mistakes:
            table.mistakes[at] = entry.mistakes
        for name in (*table.columns, *entry.cells):
            column = table.columns.setdefault(name, [""] * len(table.rows))
            column[at] = entry.cells.get(name, "")

    def right(self, cells: Mapping[str, str]) -> Entry | None:
        """The completed row; None if anything is wrong with it."""
        entry = self.completed(self.texts.read(cells))
        posts = posts_for(entry.row, self.year) if entry else []
        if entry and posts:
            post = {name: text for name, text in zip(POST, posts[0], strict=True) if text}
            entry = self.completed(self.texts.read({**entry.cells, **post})) if len(posts) == 1 else None
        return entry if entry and self.is_right(entry.row) else None

    def is_right(self, row: Row) -> bool:
        return not (
            not self.is_tied(row)
            or report_mistakes(self.year, row)
            or (self.knows_itself and any(self.model.mistakes(row)))
            or any(days_to_come(row, self.today))
        )

    def completed(self, read: dict[str, TextValue] | None) -> Entry | None:
        """The row with what is filled in; None without a cell that it needs."""
        if read is not None and not self.filled <= read.keys():
            written = {name: one.written for name, one in read.items()}
            filled = with_defaults(self.model, written, self.today, self.me)
            more = self.texts.read({name: text for name, text in filled.items() if name not in read})
            read = None if more is None else read | more
        if read is None or not self.required <= read.keys():
            return None
        values = self.empty | {name: one.value for name, one in read.items()}
        return Entry(
            {name: one.written for name, one in read.items()},
            Row(self.model, "", 0, tuple(values.values())),
        )

    def is_tied(self, row: Row) -> bool:
        """Is nothing wrong between this row and others? What ties it to them is looked at once."""
        ties = tuple([row[name] for name in self.ties])
        if ties not in self.linked and not any(link_mistakes(self.year.plan, self.year.data, row)):
            self.linked.add(ties)
        return ties in self.linked


class TextValue(NamedTuple):
    """A text as the log writes it, and its value."""

    written: str
    value: Value


class Texts(dict[str, "ColumnTexts"]):
    """What the texts of each column stand for."""

    def __init__(self, model: type[Record], year: Year, today: dt.date) -> None:
        self.model, self.year, self.today, self.known = model, year, today, year.known.at(model.log)
        self.plain = {one.name for one in model.columns() if not isinstance(cell_of_one(one.cell), LOOKED_UP)}

    def read(self, cells: Mapping[str, str]) -> dict[str, TextValue] | None:
        """Every cell; None if one of them cannot be read."""
        found = {name: one for name, text in cells.items() if (one := self[name][text])}
        return found if len(found) == len(cells) else None

    def __missing__(self, name: str) -> ColumnTexts:
        self[name] = found = ColumnTexts(partial(self.one, name))
        return found

    def one(self, name: str, text: str) -> TextValue | None:
        """As `complete_entry` reads it; what it would say of a text that is wrong is not asked here."""
        column = self.model.column_named(name)
        cells, wrong, unclear = {name: text}, Mistakes(), Mistakes()
        if name not in self.plain:
            cells = with_all_boards(self.model, cells, self.year)
            cells, wrong = with_iso_dates(self.model, cells, self.today, self.year.plan.window)
            cells, unclear = with_person_ids(self.model, cells, self.year)
        text = cells[name].strip()
        if column is None or wrong or unclear or not text or why_refused(self.model, name, cells[name]):
            return None
        try:
            value = column.cell.read(text, self.known, name)
        except Mistake:
            return None
        return TextValue(column.cell.write(value), value)


class ColumnTexts(dict[str, TextValue | None]):
    """What each text stands for; None of one that cannot be read, or is blank."""

    def __init__(self, read: Callable[[str], TextValue | None]) -> None:
        self.read = read

    def __missing__(self, text: str) -> TextValue | None:
        self[text] = found = self.read(text)
        return found
