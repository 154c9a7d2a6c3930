"""The cells of a plain sheet as a log has them: each text is read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress

from prt.entry.persons import PersonFinder
from prt.imports.plain.cell_texts import read_duration, read_label
from prt.imports.plain.headings import Headings
from prt.imports.reading.dates import Clock, parse_time
from prt.imports.reading.durations import parse_heading_unit
from prt.imports.reading.table import ERROR_CELL
from prt.model.cells import DayCell, HoursCell, Known, MinutesCell, OneOf, TextCell, names_person
from prt.model.columns import LogRecord
from prt.problems import Mistake
from prt.text import compile_later

HAS_DIGIT = compile_later("[0-9]")
PERSON_ID = compile_later(r"p-[a-z0-9]+")
SPAN_SIGN = " – "


class PlainCells:
    """Reads the cells of a sheet with these headings; `finder` knows who may be named in it, `known` how its
    boards may be spelt."""

    def __init__(self, model: type[LogRecord], found: Headings, finder: PersonFinder, known: Known) -> None:
        self.model, self.headings, self.finder, self.known = model, found, finder, known
        self.columns = {column.name: column for column in model.columns()}

    def keeps(self, name: str) -> bool:
        """Does a text of the column stay as it is, unless it is the sign of a formula that fails?"""
        return type(self.columns[name].cell) is TextCell

    def read(self, name: str, clock: Clock, text: str) -> str:
        column = self.columns[name]
        if text[:1] == "#" and ERROR_CELL.fullmatch(text):
            raise Mistake("cell_not_computed", text=text)
        if isinstance(column.cell, DayCell):
            if moment := clock.moment(text):
                return moment.date().isoformat()
            if not HAS_DIGIT.search(text):  # what says no day of a month: a sheet is of no today
                raise Mistake("not_a_date", text=text)
        if isinstance(column.cell, HoursCell) and SPAN_SIGN in text:
            text = f"{minutes_between(*text.split(SPAN_SIGN, 1))}min"
        if isinstance(column.cell, HoursCell | MinutesCell):
            return read_duration(column.cell, text, parse_heading_unit(self.heading_of(name)))
        if not names_person(column.cell):
            return read_label(column, text, self.known)
        if not column.cell.many:
            return self.person(text, name)
        return "; ".join(self.person(part.strip(), name) for part in text.split(";") if part.strip())

    def is_role(self, text: str) -> bool:
        """Is a text in the place of a person only what the person is?"""
        cell = self.columns["role"].cell if "role" in self.columns else None
        return isinstance(cell, OneOf) and bool(cell.code(text, self.known, "role"))

    def person(self, text: str, column: str) -> str:
        """The id of somebody whose id, name or e-mail this is: names never go into a log. Who may be meant
        is told, and never taken."""
        if PERSON_ID.fullmatch(text):
            return text
        found = self.finder.find(text, team=column in self.model.workers)
        if found.certain:
            return found.certain
        raise self.finder.person_may_be(text, found) if found.persons else Mistake("nobody_of_this_name")

    def persons_at_work(
        self, texts: Mapping[str, str], cells: Mapping[str, str], mistakes: Mapping[str, Mistake]
    ) -> dict[str, str]:
        """Whom a part of a name, or a name that several have, means in each column, as at entry: the only
        person in post on the day of the row, at its board."""
        if {"date", "board"} & {*mistakes}:
            return {}
        unclear = [name for name, mistake in mistakes.items() if mistake.code == "person_may_be"]
        day, board = cells.get("date", ""), cells.get("board", "")
        found = {name: self.person_at_work(texts[name], name, day, board) for name in unclear}
        return {name: person for name, person in found.items() if person}

    def person_at_work(self, text: str, column: str, day: str, board: str) -> str:
        """The id of the one person whom a text means of those in post that day at that board; else empty."""
        code = board
        if board:
            with suppress(Mistake):
                code = str(self.columns["board"].cell.read(board, self.known, "board"))
        on = dt.date.fromisoformat(day) if day else None
        return self.finder.find(text, on, code, team=column in self.model.workers).taken

    def heading_of(self, column: str) -> str:
        found = (heading for heading, name in self.headings.columns.items() if name == column)
        return next(found, self.headings.span[0] if column == "hours" and self.headings.span else column)


def minutes_between(start: str, end: str) -> int:
    """The minutes from `9:00` to `11 h 30`. Raises Mistake."""
    times = []
    for text in (start, end):
        time = parse_time(text)
        if time is None:
            raise Mistake("not_a_time", text=text)
        times.append(60 * time.hour + time.minute)
    if times[1] <= times[0]:
        raise Mistake("ends_before_it_starts", start=start, end=end)
    return times[1] - times[0]


class ReadTexts(dict[str, str]):
    """The texts of one column as its log reads them; those of which that is `wrong` stay as they are."""

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__({"": ""})
        self.read, self.wrong = read, dict[str, Mistake]()

    def __missing__(self, text: str) -> str:
        try:
            self[text] = self.read(text)
        except Mistake as mistake:
            self[text], self.wrong[text] = text, mistake
        return self[text]
