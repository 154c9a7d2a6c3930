"""Many rows of one log entered together: what a text stands for is found out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from prt.figures.entering import days_to_come, link_mistakes
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
    with_iso_dates,
    with_person_ids,
)

LINKS = (RowIdCell, PersonCell, PlanNumberCell)
"""The kinds of cells that tie a row to other rows, to people, or to the plan."""
POST = ("role", "board")
LOOKED_UP = (DayCell, OrganisationCell, PersonCell)
"""The kinds of cells of which somebody may type another text than stands in the file."""


class Entering:
    """Many rows of one log. What a text stands for is found out once; a row in which nothing is wrong is made
    of that, and any other by `complete_entry`, which says its mistakes."""

    def __init__(self, model: type[Record], year: Year, today: dt.date, me: str | None) -> None:
        self.model, self.year, self.today, self.me = model, year, today, me
        columns = year.plan.columns(model.log)
        self.texts = Texts(model, year, today)
        self.linked: set[tuple[Value, ...]] = set()
        self.ties = [
            at
            for at, one in enumerate(columns)
            if isinstance(cell_of_one(one.cell), LINKS) or one.name in POST
        ]
        self.knows_itself = model.has_mistakes()
        self.required = {one.name for one in columns if one.required}
        self.empty: dict[str, Value] = {one.name: one.empty for one in columns}
        self.filled = {"status"} & self.empty.keys() | {*(model.worker_columns()[:1] if me else ())}

    def entered(self, cells: Mapping[str, str]) -> Entry:
        given = cells or dict.fromkeys(self.empty, "")
        return self.entered_together({name: [text] for name, text in given.items()})[0]

    def entered_together(self, columns: Mapping[str, Sequence[str]]) -> list[Entry]:
        """Each row of a table, read column by column."""
        length = len(next(iter(columns.values())))
        read = {name: self.read_column(name, texts) for name, texts in columns.items()}
        for name in self.filled - read.keys() - {"status"}:
            read[name] = [self.texts[name][self.me or ""]] * length
        others = self.empty.keys() - read.keys()
        table = read | {name: self.read_column(name, [""] * length) for name in others}
        open_columns = [column for column in table.values() if None in column]
        unread = {at for column in open_columns for at, one in enumerate(column) if one is None}
        values = zip(*([one and one.value for one in table[name]] for name in self.empty), strict=True)
        written = zip(*([one and one.written for one in column] for column in read.values()), strict=True)
        found = []
        for at, (row, texts) in enumerate(zip(values, written, strict=True)):
            entry = None if at in unread else self.settled(row, dict(zip(read, texts, strict=True)))
            if entry is None:
                cells = {name: own[at] for name, own in columns.items() if own[at]}
                entry = complete_entry(self.model, cells, self.year, self.today, self.me)
            found.append(entry)
        return found

    def read_column(self, name: str, texts: Iterable[str]) -> list[TextValue | None]:
        """What each text stands for; an empty one as well, unless the row needs it or it is filled in."""
        known = self.texts[name]
        none = name not in self.empty or name in self.required or (name in self.filled and name != "status")
        blank = None if none else TextValue("", self.empty[name])
        return [known[text] if text else blank for text in texts]

    def settled(self, values: tuple[Any, ...], cells: dict[str, str]) -> Entry | None:
        """The row with what is filled in; None if there is anything to say of it."""
        row = Row(self.model, "", 0, values)
        posts = posts_for(row, self.year)
        more = dict(zip(POST, posts[0], strict=True)) if posts else {}
        if "status" in self.filled and not cells.get("status") and row["date"] > self.today:
            more["status"] = "planned"
        read = self.texts.read({name: text for name, text in more.items() if text})
        if len(posts) > 1 or read is None:
            return None
        if read:
            cells |= {name: one.written for name, one in read.items()}
            old = dict(zip(self.empty, values, strict=True))
            row = Row(self.model, "", 0, (*(old | {name: one.value for name, one in read.items()}).values(),))
        if (
            not self.is_linked(row)
            or (self.knows_itself and any(self.model.mistakes(row)))
            or any(days_to_come(row, self.today))
        ):
            return None
        return Entry({name: text for name, text in cells.items() if text}, row)

    def is_linked(self, row: Row) -> bool:
        """Is nothing wrong between this row and others? What ties it to them is looked at once."""
        ties = tuple([row.values[at] for at in self.ties])
        if ties not in self.linked and not any(link_mistakes(self.year.plan, self.year.data, row)):
            self.linked.add(ties)
        return ties in self.linked and not report_mistakes(self.year, row)


class TextValue(NamedTuple):
    """A text as the log writes it, and its value."""

    written: str
    value: Value


class Texts(dict[str, "ColumnTexts"]):
    """What the texts of each column stand for."""

    def __init__(self, model: type[Record], year: Year, today: dt.date) -> None:
        self.model, self.year, self.today, self.known = model, year, today, year.known.at(model.log)
        columns = year.plan.columns(model.log)
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
