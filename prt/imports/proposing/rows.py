"""A plain sheet as rows of a log: which heading is which column, and cells as the log has them."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from prt import spoken
from prt.entry.roster import Roster
from prt.files.yaml.words import read_topic, say_phrase
from prt.imports.export import Export, ReadingHints
from prt.imports.proposing.cell_texts import (
    defaulted_columns,
    holds_values,
    is_total_row,
    read_duration,
    read_label,
)
from prt.imports.reading.dates import Clock, DoubtfulDate, parse_time, settle_clock
from prt.imports.reading.durations import parse_heading_unit
from prt.imports.reading.table import ERROR_CELL
from prt.model.cells import DayCell, HoursCell, MinutesCell, OneOf, cell_of_one, names_person
from prt.model.columns import LogRecord
from prt.model.records import LOGS
from prt.problems import JoinedTexts, Mistake, Place, Problem
from prt.text import fold_text, join_labels
from prt.values import dataclass, field, replace

SheetCells = Mapping[str, str]
UNIT_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
HEADING_WORDS: Mapping[str, Sequence[str]] = {
    # what people in Québec write above their hours, beside what reports call a column
    "hours": (
        "duree", "duration", "nombre d'heures", "nb d'heures", "nbre d'heures", "nombre heures",
        "number of hours", "temps", "temps passe", "temps consacre", "time", "time spent",
    ),
    "board": (
        "cs", "css", "commission", "ecole / cs", "ecole/cs", "cs / ecole", "board / school",
        "school / board",
    ),
    "person": ("qui", "who", "avec qui", "with whom", "personne rencontree", "personne accompagnee"),
    "note": ("remarques", "notes", "commentaire", "commentaires", "remarks", "comment", "comments"),
    "purpose": ("sujet", "subject", "objet"),
    "staff": (
        "conseillere", "conseiller", "conseiller(ere)", "conseillere pedagogique", "conseiller pedagogique",
        "intervenante", "intervenant", "intervenant(e)", "consultant", "consultante", "employe", "employee",
    ),
    "kind": (
        "type", "genre", "sorte", "categorie", "category", "nature du travail", "type d'heures",
        "type of work",
    ),
}  # fmt: skip
ENCODER = json.JSONEncoder(ensure_ascii=False)
HAS_DIGIT = re.compile("[0-9]")
PERSON_ID = re.compile(r"p-[a-z0-9]+")
SPAN_HEADINGS = (
    frozenset({"debut", "heure de debut", "de", "start", "start time", "begin", "from"}),
    frozenset({"fin", "heure de fin", "a", "end", "end time", "until", "to"}),
)
"""Headings, folded, of when somebody began and ended."""
SPAN_SIGN = " – "
CONSTANT = "="
"""What begins the name under which a value for all rows is kept, beside the headings: `=objective`."""
OWN_ID_HEADINGS = frozenset({
    "id", "identifiant", "row id", "record id", "entry id", "item id", "submission id", "id de la ligne",
    "id de l'entree", "unique id", "identifiant unique", "guid", "uuid",
})  # fmt: skip
"""Headings, folded, of the ids that a sheet gives its own rows."""


@dataclass(frozen=True)
class Headings:
    """The column of each heading of a sheet; `left` are those that no column was found for, or given, and
    `own_id` is the heading of the sheet's own ids: they tell a row again, and are no ids of prt. `rivals` are
    the headings of a column that several are called like. `span` are those of begin and end, where no heading
    is the hours; `constants` are values of all rows, by column."""

    columns: Mapping[str, str]
    left: tuple[str, ...]
    own_id: str = ""
    rivals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    span: tuple[str, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)

    @property
    def filled(self) -> set[str]:
        """The columns that anything fills."""
        return {*self.columns.values(), *self.constants, *(["hours"] if self.span else [])}


def column_spellings(model: type[LogRecord]) -> dict[str, str]:
    """What a heading may say, folded, of each column: its name, or what reports call it in both languages."""
    words = read_topic("column")
    found: dict[str, str] = {}
    for column in model.columns():
        if column.name == model.id_column:
            continue
        keys = [
            f"column.{owner}{column.name}.{lang}" for owner in ("", f"{model.log}.") for lang in ("en", "fr")
        ]
        for text in (column.name, *(words[key] for key in keys if key in words)):
            found.setdefault(fold_text(text), column.name)
    for name in HEADING_WORDS.keys() & set(model.header()):
        for text in HEADING_WORDS[name] if name != "kind" or "hours" in model.header() else ():
            found.setdefault(text, name)
    return found


def map_headings(model: type[LogRecord], header: Sequence[str], *said: Mapping[str, str]) -> Headings:
    """`said` are headings, folded, that somebody gave a column, or none, and values for all rows, the
    strongest first: what was said takes a column before what is only called like it."""
    columns: dict[str, str] = {}
    settled: set[str] = set()
    rivals: dict[str, list[str]] = defaultdict(list)
    for words in (*said, column_spellings(model)):
        taken = set(columns.values())
        for heading in header:
            column = find_column(heading, words)
            if column is None or heading in settled:
                continue
            settled.add(heading)
            if column and column not in taken:
                rivals[column].append(heading)
                columns |= {} if column in columns.values() else {heading: column}
    left = [heading for heading in header if heading not in columns]
    own_id = next((heading for heading in left if fold_text(heading) in OWN_ID_HEADINGS), "")
    hours = "hours" in model.header() and "hours" not in columns.values()
    span = find_span([heading for heading in left if heading not in settled]) if hours else ()
    constants = {
        key.removeprefix(CONSTANT): text
        for words in reversed(said)
        for key, text in words.items()
        if key.startswith(CONSTANT) and key.removeprefix(CONSTANT) not in columns.values()
    }
    return Headings(
        {heading: columns[heading] for heading in header if heading in columns},
        tuple(heading for heading in left if heading != own_id and heading not in span),
        own_id,
        {column: tuple(headings) for column, headings in rivals.items() if len(headings) > 1},
        span,
        constants,
    )


def find_span(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings of begin and end; none unless both are there, once."""
    found = [[one for one in headings if fold_text(one) in words] for words in SPAN_HEADINGS]
    return (found[0][0], found[1][0]) if all(len(one) == 1 for one in found) else ()


def find_column(heading: str, words: Mapping[str, str]) -> str | None:
    """The column of a heading by these words, with its unit or without; None where they tell nothing."""
    names = (fold_text(heading), fold_text(UNIT_BRACKETS.sub(" ", heading)))
    return next((words[name] for name in names if name in words), None)


def fitting_logs(header: Sequence[str]) -> list[str]:
    """The logs that could take such a sheet: every column that they need is there."""
    return [
        log
        for log, model in LOGS.items()
        if {one.name for one in model.columns() if one.required} - {*model.workers}
        <= map_headings(model, header).filled
    ]


def unfilled_columns(model: type[LogRecord], found: Headings, given: Iterable[str]) -> list[str]:
    """The columns that every row needs and that nothing fills."""
    filled = {*found.filled, *given}
    return [one.name for one in model.columns() if one.required and one.name not in filled]


def may_be_constant(column: str) -> bool:
    """May all rows of a sheet have the same value of it?"""
    return column not in ("date", "hours")


def say_column(log: str, name: str) -> str:
    """What a column is called where French is spoken; in English as it is typed."""
    words = read_topic("column")
    found = (words.get(f"column.{owner}{name}.{spoken.language}") for owner in (f"{log}.", ""))
    return name if spoken.language == "en" else next(filter(None, found), name)


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
        """Is it a total, or a remark, which has neither a date nor hours? Only a log of hours has those."""
        has_date = HAS_DIGIT.search(given.get("date", ""))
        if has_date or not self.hours or not any(texts.values()):
            return False
        if is_total_row(texts.values()):
            self.totals.append(place)
        elif not self.hours & set(given):
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
        if isinstance(column.cell, DayCell) and (moment := clock.moment(text)):
            return moment.date().isoformat()
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


def digest_rows(log: str, rows: Iterable[SheetCells]) -> list[str]:
    """What tells each row of a sheet again: a digest of its cells, and which of several equal rows it is."""
    return digest_texts(log, (", ".join(map(ENCODER.encode, sorted(cells.items()))) for cells in rows))


def digest_columns(log: str, columns: Mapping[str, Sequence[str]]) -> list[str]:
    """The same of a table; an empty text is no cell."""
    encoded = []
    for name in sorted(columns):
        known = {text: ENCODER.encode([name, text]) for text in {*columns[name]} - {""}}
        encoded.append([known.get(text) for text in columns[name]])
    return digest_texts(log, (", ".join(filter(None, cells)) for cells in zip(*encoded, strict=True)))


def digest_texts(log: str, rows: Iterable[str]) -> list[str]:
    """By the cells of each row as JSON."""
    seen: dict[str, int] = defaultdict(int)
    found, begins = [], f"[{ENCODER.encode(log)}, ["
    for cells in rows:
        seen[cells] += 1
        found.append(digest_text(f"{begins}{cells}]]{seen[cells]}"))
    return found


def digest_text(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:20]
