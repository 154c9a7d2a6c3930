"""The rows of a plain sheet, with the cells that a log has."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from prt.entry.roster import Roster
from prt.files.yaml.words import say_phrase
from prt.imports.export import Export, ReadingHints
from prt.imports.plain.cell_texts import (
    defaulted_columns,
    holds_values,
    is_total_row,
    read_duration,
    read_label,
)
from prt.imports.plain.digests import digest_text
from prt.imports.plain.heading_words import find_column
from prt.imports.plain.headings import Headings
from prt.imports.reading.dates import Clock, DoubtfulDate, parse_time, settle_clock
from prt.imports.reading.durations import parse_heading_unit
from prt.imports.reading.marks import is_total
from prt.imports.reading.table import ERROR_CELL
from prt.model.cells import DayCell, HoursCell, MinutesCell, OneOf, cell_of_one, names_person
from prt.model.columns import LogRecord
from prt.problems import JoinedTexts, Mistake, Place, Problem
from prt.text import join_labels
from prt.values import replace

SheetCells = Mapping[str, str]

HAS_DIGIT = re.compile("[0-9]")

PERSON_ID = re.compile(r"p-[a-z0-9]+")

SPAN_SIGN = " – "


def settle_rows_clock(
    model: type[LogRecord], shown: str, export: Export, found: Headings, day_first: bool | None
) -> tuple[Clock, list[Problem]]:
    """How the dates of a sheet are read, decided from all of them."""
    cells = {column.name: column.cell for column in model.columns()}
    days = [heading for heading, name in found.columns.items() if isinstance(cells[name], DayCell)]
    texts = (texts[heading] for _, texts in export.rows for heading in days)
    clock, problems = settle_clock(texts, ReadingHints(None, day_first), Place(shown))
    return clock, [without_session(one) for one in problems]


def without_session(problem: Problem) -> Problem:
    """Rows of a log are of no session that could tell which day a date is."""
    doubt = problem.mistake
    if not isinstance(doubt, DoubtfulDate):
        return problem
    values = doubt.values
    order = Mistake("which_order", date=values["date"], days=values["days"], options=values["options"])
    return Problem.of(problem.where, DoubtfulDate(order, doubt.days))


class ReadTable(NamedTuple):
    """The rows of a sheet: their places, the texts of each column as its log reads them, what is wrong with
    some, by row, and the digests of the rows' own ids, if any."""

    places: list[Place]
    columns: dict[str, list[str]]
    mistakes: Mapping[int, Mapping[str, Mistake]]
    keys: list[str]


class SheetRows:
    """The rows of a sheet, one by one, with the cells that a log has."""

    def __init__(
        self,
        model: type[LogRecord],
        shown: str,
        export: Export,
        found: Headings,
        roster: Roster,
        people: Iterable[str],
    ) -> None:
        self.model, self.shown, self.export = model, shown, export
        self.headings, self.roster = found, roster
        self.people = {*people, *roster.names}
        self.columns = {column.name: column for column in model.columns()}
        self.hours = {name for name, column in self.columns.items() if isinstance(column.cell, HoursCell)}
        self.read: dict[tuple[str, str], str] = {}
        """What words of the program's lists are in the log, by column and text, in the order of the sheet."""
        self.totals: list[Place] = []
        self.remarks: list[Place] = []

    def table(self, clock: Clock) -> ReadTable:
        """The rows that have any cell; totals and remarks are left out, and remembered by what they are."""
        rows = list(self.rows())
        columns: dict[str, list[str]] = {}
        mistakes: dict[int, dict[str, Mistake]] = defaultdict(dict)
        words: list[tuple[int, int, str, str, str]] = []
        spanned = ("hours",) if self.headings.span else ()
        for name in dict.fromkeys((*self.headings.constants, *self.headings.columns.values(), *spanned)):
            read = ReadTexts(partial(self.cell, name, clock))
            constant = self.headings.constants.get(name, "")
            texts = [given.get(name, constant) for _, _, given in rows]
            columns[name] = list(map(read.__getitem__, texts))
            for at, text in enumerate(texts) if read.wrong else ():
                if text in read.wrong:
                    mistakes[at][name] = read.wrong[text]
            if isinstance(cell_of_one(self.columns[name].cell), OneOf):
                first = dict(zip(reversed(texts), reversed(range(len(texts))), strict=True))
                words += [(at, len(columns), name, text, read[text]) for text, at in first.items()]
        self.read = {(name, text): code for _, _, name, text, code in sorted(words) if text}
        own, log = self.headings.own_id, self.model.log
        keys = [
            digest_text(f"{log}.{place.file}.{texts[own]}") if own and texts[own] else ""
            for place, texts, _ in rows
        ]
        return ReadTable([place for place, _, _ in rows], columns, mistakes, keys)

    def rows(self) -> Iterator[tuple[Place, SheetCells, SheetCells]]:
        """The place of each row, its texts by headings, and those that the log has, by columns."""
        columns, span = list(self.headings.columns.items()), self.headings.span
        for place, texts in self.placed_rows():
            given = {name: text for heading, name in columns if (text := texts[heading])}
            if span and all(times := [texts[heading] for heading in span]):
                given["hours"] = SPAN_SIGN.join(times)
            if not self.is_no_row(given, texts, place) and given:
                yield place, texts, given

    def is_no_row(self, given: SheetCells, texts: SheetCells, place: Place) -> bool:
        """Is it a total, or a remark, which has neither a date nor hours? Only a log of hours has those, but
        for totals that say so in the place of the date."""
        date = given.get("date", "")
        is_named = date[:1].isalpha() and is_total(date)
        has_date = HAS_DIGIT.search(date) and not is_named
        if has_date or not (self.hours or is_named) or not any(texts.values()):
            return False
        if is_total_row(texts.values()):
            self.totals.append(place)
        elif self.hours and not self.hours & set(given):
            self.remarks.append(place)
        else:
            return False
        return True

    def count_left_out(self) -> Iterator[str]:
        """What is no row, with its lines."""
        for places, word in ((self.totals, "total_lines"), (self.remarks, "remark_lines")):
            if places:
                yield say_phrase(word, len(places), lines=join_labels((place.line for place in places), 8))

    def placed_rows(self) -> Iterator[tuple[Place, SheetCells]]:
        """Each row with its place, of which the sheet is a part where there are several."""
        sheets = self.export.sheets or ("",) * len(self.export.rows)
        for (line, texts), sheet in zip(self.export.rows, sheets, strict=True):
            yield Place(f"{self.shown}, {sheet}" if sheet else self.shown, line), texts

    def rival_headings(self) -> Iterator[Problem]:
        """A problem for each column of which two headings differ, for nobody knows which holds."""
        for column, headings in self.headings.rivals.items():
            for place, texts in self.placed_rows():
                said = {text for heading in headings if (text := texts[heading])}
                if len(said) > 1:
                    mistake = Mistake(
                        "headings_of_one_column", headings=JoinedTexts(headings, "and"), column=column,
                        texts=", ".join(texts[heading] for heading in headings if texts[heading]),
                    )  # fmt: skip
                    yield Problem.of(place, mistake)
                    break

    def unread_values(self, said: Mapping[str, str]) -> Iterator[Problem]:
        """A problem for each heading left behind that may be a column whose empty cells mean something: its
        rows would silently be of the first kind. `said` are headings, folded, that somebody told of."""
        left = [heading for heading in self.headings.left if find_column(heading, said) is None]
        for column in defaulted_columns(self.model, self.headings.filled):
            for heading in left:
                if holds_values(column, (texts[heading] for _, texts in self.export.rows)):
                    mistake = Mistake("heading_may_be_column", column=column.name, heading=heading)
                    yield Problem.of(Place(self.shown, path=heading), mistake)

    def repeated_ids(self) -> Iterator[Problem]:
        """A problem for each row whose own id is that of a row above it."""
        lines: dict[tuple[str, str], int] = {}
        for place, texts in self.placed_rows() if self.headings.own_id else ():
            own = texts[self.headings.own_id]
            first = lines.setdefault((place.file, own), place.line)
            if own and first != place.line:
                mistake = Mistake("own_id_twice", id=own, line=first)
                yield Problem.of(replace(place, path=self.headings.own_id), mistake)

    def cell(self, name: str, clock: Clock, text: str) -> str:
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
            return read_label(column, text)
        if not column.cell.many:
            return self.person(text)
        return "; ".join(self.person(part.strip()) for part in text.split(";") if part.strip())

    def person(self, text: str) -> str:
        """The id of somebody whose id, name or e-mail this is: names never go into a log."""
        if text in self.people or PERSON_ID.fullmatch(text):
            return text
        match = self.roster.match([text], [text])
        if match.person:
            return match.person
        if match.several:
            raise Mistake("several_of_this_name", number=len(match.several))
        raise Mistake("nobody_of_this_name")

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
