"""Many rows of one log entered together: what a text stands for is found out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import repeat
from typing import Any

from prt.figures.entering import days_to_come, has_post, link_mistakes
from prt.files.csv.edit import are_readable
from prt.files.project import Year
from prt.model.cells import (
    DayCell,
    OrganisationCell,
    PersonCell,
    PlanNumberCell,
    RowIdCell,
    TextCell,
    Value,
    cell_of_one,
)
from prt.model.columns import Record
from prt.model.rows import Entry, Row, cells_of
from prt.problems import Mistake
from prt.tasks.entry.log_rows import (
    complete_entry,
    posts_for,
    report_mistakes,
    why_refused,
    with_all_boards,
    with_iso_dates,
    with_person_ids,
)
from prt.text import compose_accents
from prt.values import NamedTuple

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

    def times(self, number: int) -> ReadColumn:
        """The column of as many rows, each as the only one of this."""
        return ReadColumn(
            self.written * number, self.values * number, [*range(number)] if self.unread else []
        )


class EnteredTable(NamedTuple):
    """Rows as they will be written: their cells by column, "" where there is none, their values, and what is
    wrong with some, by row."""

    columns: dict[str, list[str]]
    rows: list[Row]
    mistakes: dict[int, tuple[tuple[str, Mistake], ...]]

    def entries(self) -> list[Entry]:
        """Each row with its cells."""
        names = list(self.columns)
        table = zip(*self.columns.values(), strict=True)
        cells = [{name: text for name, text in zip(names, row, strict=True) if text} for row in table]
        return [Entry(cells[at], row, self.mistakes.get(at, ())) for at, row in enumerate(self.rows)]


class Entering:
    """Many rows of one log. What a text stands for is found out once; a row in which nothing is wrong is made
    of that, and any other by `complete_entry`, which says its mistakes."""

    def __init__(self, model: type[Record], year: Year, today: dt.date, me: str | None) -> None:
        self.model, self.year, self.today, self.me = model, year, today, me
        columns = model.columns()
        self.texts = Texts(model, year, today)
        self.tied: dict[tuple[Value, ...], bool] = {}
        self.ties = [
            one.name for one in columns if isinstance(cell_of_one(one.cell), LINKS) or one.name in POST
        ]
        self.days = [one.name for one in columns if isinstance(one.cell, DayCell)]
        self.required = {one.name for one in columns if one.required}
        self.empty: dict[str, Value] = {one.name: one.empty for one in columns}
        self.filled = {"status"} & self.empty.keys() | {*(model.worker_columns()[:1] if me else ())}

    def entered(self, cells: Mapping[str, str]) -> Entry:
        given = cells or dict.fromkeys(self.empty, "")
        [entry] = self.entered_together({name: [text] for name, text in given.items()}, [""], [0]).entries()
        return entry

    def entered_together(
        self, columns: Mapping[str, Sequence[str]], files: Sequence[str], lines: Sequence[int]
    ) -> EnteredTable:
        """The rows of a table, read column by column; one is entered alone if there is more to say."""
        mine = self.filled - columns.keys() - {"status"}
        texts = {**columns, **{name: [self.me or ""] * len(lines) for name in mine}}
        read = {name: self.read_column(name, own) for name, own in texts.items()}
        read |= {
            name: self.read_column(name, [""]).times(len(lines)) for name in self.empty if name not in read
        }
        values = zip(*(read[name].values for name in self.empty), strict=True)
        rows = list(map(Row, repeat(self.model), files, lines, values))
        table = EnteredTable({name: read[name].written for name in texts}, rows, {})
        alone = set[int]().union(*(one.unread for one in read.values()))
        if self.may_fill(read):
            alone |= {at for at in range(len(rows)) if at not in alone and not self.fill(table, at)}
        alone |= {*self.wrong_rows(rows, [at for at in range(len(rows)) if at not in alone])}
        for at in sorted(alone):
            self.enter_alone(table, at, {name: own[at] for name, own in columns.items() if own[at]})
        return table

    def may_fill(self, read: Mapping[str, ReadColumn]) -> bool:
        """Is there anybody whose post may not be said, or a day to come, for which a row is planned?"""
        days = read["date"].values if "status" in self.filled else ()
        people = read["person"].values if has_post(self.model) else ()
        return any(people) or any(day > self.today for day in {*days} if day)

    def read_column(self, name: str, texts: Sequence[str]) -> ReadColumn:
        """What each text stands for; an empty one as well, unless the row needs it or it is filled in."""
        needed = name not in self.empty or name in self.required or name in self.filled - {"status"}
        if words := self.texts.words(name, texts):
            blanks = [at for at, word in enumerate(words) if not word] if "" in words else []
            values: list[Any] = words.copy()
            for at in blanks:
                values[at] = self.empty[name]
            return ReadColumn(words, values, [at for at in blanks if needed or texts[at]])
        blank = None if needed else TextValue("", self.empty[name])
        known = {text: self.texts[name][text] if text else blank for text in {*texts}}
        wrong = {text for text, one in known.items() if one is None}
        written = {text: one.written if one else "" for text, one in known.items()}
        stands_for = {text: one.value if one else None for text, one in known.items()}
        return ReadColumn(
            [*map(written.__getitem__, texts)],
            [*map(stands_for.__getitem__, texts)],
            [at for at, text in enumerate(texts) if text in wrong] if wrong else [],
        )

    def fill(self, table: EnteredTable, at: int) -> bool:
        """Put in the post of a person, and that what is to come is planned; False where it is not clear."""
        row, status = table.rows[at], table.columns.get("status")
        posts = posts_for(row, self.year)
        more = dict(zip(POST, posts[0], strict=True)) if posts else {}
        if "status" in self.filled and row["date"] > self.today and not (status and status[at]):
            more["status"] = "planned"
        if not more:
            return True
        read = self.texts.read({name: text for name, text in more.items() if text})
        if len(posts) > 1 or read is None:
            return False
        for name, one in read.items():
            table.columns.setdefault(name, [""] * len(table.rows))[at] = one.written
        old = dict(zip(self.empty, row.values, strict=True))
        values = old | {name: one.value for name, one in read.items()}
        table.rows[at] = Row(self.model, row.file, row.line, tuple(values.values()))
        return True

    def wrong_rows(self, rows: Sequence[Row], among: Sequence[int]) -> Iterator[int]:
        """The rows of which there is anything to say; what ties rows to others is looked at once."""
        chosen = [rows[at] for at in among]
        ties = zip(*(cells_of(chosen, name) for name in self.ties), strict=True) if self.ties else ()
        for at, tie in zip(among, ties, strict=False):
            if tie not in self.tied:
                self.tied[tie] = not any(link_mistakes(self.year.plan, self.year.data, rows[at]))
            if not self.tied[tie]:
                yield at
        if any(day and day > self.today for name in self.days for day in {*cells_of(chosen, name)}):
            yield from (at for at in among if any(days_to_come(rows[at], self.today)))
        if self.model.has_mistakes():
            yield from (at for at in among if any(self.model.mistakes(rows[at])))
        if self.model.logged_by_submit:
            yield from (at for at in among if report_mistakes(self.year, rows[at]))

    def enter_alone(self, table: EnteredTable, at: int, cells: Mapping[str, str]) -> None:
        """One row of the table as it is entered by itself."""
        entry = complete_entry(self.model, cells, self.year, self.today, self.me)
        entry.row.file, entry.row.line = table.rows[at].file, table.rows[at].line
        table.rows[at] = entry.row
        if entry.mistakes:
            table.mistakes[at] = entry.mistakes
        for name in (*table.columns, *entry.cells):
            column = table.columns.setdefault(name, [""] * len(table.rows))
            column[at] = entry.cells.get(name, "")


class TextValue(NamedTuple):
    """A text as the log writes it, and its value."""

    written: str
    value: Value


class Texts(dict[str, "ColumnTexts"]):
    """What the texts of each column stand for."""

    def __init__(self, model: type[Record], year: Year, today: dt.date) -> None:
        self.model, self.year, self.today, self.known = model, year, today, year.known.at(model.log)
        columns = model.columns()
        self.plain = {one.name for one in columns if not isinstance(cell_of_one(one.cell), LOOKED_UP)}

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
        found = text if name in self.plain else self.looked_up(name, text)
        if column is None or not (text := found.strip()) or why_refused(self.model, name, found):
            return None
        try:
            value = column.cell.read(text, self.known, name)
        except Mistake:
            return None
        return TextValue(column.cell.write(value), value)

    def words(self, name: str, texts: Sequence[str]) -> list[str]:
        """Words of one's own, of which most stand in one row only: they are looked at as one text.

        It is empty where they must be looked at one by one.
        """
        column = self.model.column_named(name)
        is_words = column is not None and type(column.cell) is TextCell and name != self.model.title_column
        if not is_words or not are_readable(texts):
            return []
        return [compose_accents(text.strip()) if text else "" for text in texts]

    def looked_up(self, name: str, text: str) -> str:
        """What stands in the file for a day, a person or an organisation; "" where that is not certain."""
        cells = with_all_boards(self.model, {name: text}, self.year)
        cells, wrong = with_iso_dates(self.model, cells, self.today, self.year.plan.window)
        cells, unclear = with_person_ids(self.model, cells, self.year)
        return "" if wrong or unclear else cells[name]


class ColumnTexts(dict[str, TextValue | None]):
    """What each text stands for; None of one that cannot be read, or is blank."""

    def __init__(self, read: Callable[[str], TextValue | None]) -> None:
        self.read = read

    def __missing__(self, text: str) -> TextValue | None:
        self[text] = found = self.read(text)
        return found
