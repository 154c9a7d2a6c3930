"""Many rows of one log entered together: what a text stands for is found out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

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
    with_defaults,
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
        self.texts = Texts(model, year, today)
        self.linked: set[tuple[Value, ...]] = set()
        self.ties = [
            one.name
            for one in model.columns()
            if isinstance(cell_of_one(one.cell), LINKS) or one.name in POST
        ]
        self.columns = [(one.name, one.required, one.empty) for one in model.columns()]

    def entered(self, cells: Mapping[str, str]) -> Entry:
        return self.right(cells) or complete_entry(self.model, cells, self.year, self.today, self.me)

    def right(self, cells: Mapping[str, str]) -> Entry | None:
        """The completed row; None if anything is wrong with it."""
        entry = self.completed(self.texts.read(cells))
        posts = posts_for(entry.row, self.year) if entry else []
        if entry and posts:
            post = {name: text for name, text in zip(POST, posts[0], strict=True) if text}
            entry = self.completed(self.texts.read({**entry.cells, **post})) if len(posts) == 1 else None
        if not entry or not self.is_linked(entry.row):
            return None
        return (
            None if any(self.model.mistakes(entry.row)) or any(days_to_come(entry.row, self.today)) else entry
        )

    def completed(self, read: dict[str, TextValue] | None) -> Entry | None:
        """The row with what is filled in; None without a cell that it needs."""
        if read is None:
            return None
        written = {name: one.written for name, one in read.items()}
        filled = with_defaults(self.model, written, self.today, self.me)
        if len(filled) > len(written):
            more = self.texts.read({name: text for name, text in filled.items() if name not in read})
            if more is None:
                return None
            read |= more
            written |= {name: one.written for name, one in more.items()}
        values = list[Value]()
        for name, required, empty in self.columns:
            one = read.get(name)
            if one is None and required:
                return None
            values.append(empty if one is None else one.value)
        return Entry(written, Row(self.model, "", 0, tuple(values)))

    def is_linked(self, row: Row) -> bool:
        """Is nothing wrong between this row and others? What ties it to them is looked at once."""
        ties = tuple(row[name] for name in self.ties)
        if ties not in self.linked and not any(link_mistakes(self.year.plan, self.year.data, row)):
            self.linked.add(ties)
        return ties in self.linked and not report_mistakes(self.year, row)


class TextValue(NamedTuple):
    """A text as the log writes it, and its value."""

    written: str
    value: Value


class Texts(dict[tuple[str, str], TextValue | None]):
    """What a text of a column stands for, by (column, text); None of one that cannot be read, or is blank."""

    def __init__(self, model: type[Record], year: Year, today: dt.date) -> None:
        self.model, self.year, self.today, self.known = model, year, today, year.known.at(model.log)
        self.plain = {one.name for one in model.columns() if not isinstance(cell_of_one(one.cell), LOOKED_UP)}

    def read(self, cells: Mapping[str, str]) -> dict[str, TextValue] | None:
        """Every cell; None if one of them cannot be read."""
        found = {name: one for name, text in cells.items() if (one := self[name, text])}
        return found if len(found) == len(cells) else None

    def __missing__(self, key: tuple[str, str]) -> TextValue | None:
        name, text = key
        self[key] = found = self.one(name, text)
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
