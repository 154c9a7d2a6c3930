"""A table inside a grid: the columns a source knows by their names, and its rows, read cell by cell."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from prt.files.yaml.words import say_phrase
from prt.imports.export import Grid, ReadingHints, Stay
from prt.imports.reading.dates import Clock, settle_clock
from prt.imports.reading.durations import parse_heading_unit, parse_minutes
from prt.model.cells import NO, YES
from prt.problems import Mistake, Place, Problem, Severity
from prt.text import collapse_spaces, compile_later, fold_text
from prt.values import dataclass, field

ColumnNames = Mapping[str, Collection[str]]
"""What a column may be called, folded, by the field it fills; the first name that is there wins."""

EMPTY_WORDS = frozenset({"", "-", "--", "—", "n/a", "na", "s.o."})
DAY_MINUTES = Fraction(24 * 60)
TOLERANCE = Fraction(11, 10)
BOARD_PHRASES = ("school board", "commission scolaire", "centre de services", "schoolboard")
BOARD_WORDS = frozenset({"board", "sb", "cs", "css", "cs/css", "commission", "organisme", "organization"})
ROLE_PHRASES = ("what is your role", "quel est votre role", "your role", "votre role", "role et fonction")
ROLE_WORDS = frozenset({"role", "roles", "fonction", "poste", "position", "function", "titre d'emploi"})
PERSONAL_HEADING = compile_later(  # what is never needed, whatever file it stands in
    r"(home |work |billing |mailing |postal |your |votre |num(ero|\.) (de )?)*"
    r"(phone|telephone|tel|cell|cellulaire|mobile|address|adresse|city|ville|zip|country|pays|postal code|"
    r"code postal|ip|upn|state|province|date of birth|date de naissance)"
    r"( number| address| \d| name|/region name| code)*\.?( .*\(upn\))?"
)


class TableRow:
    """One row of a table. `row["email"]` is a cell without its outer spaces, "" where it is missing."""

    __slots__ = ("cells", "columns", "line")

    def __init__(self, line: int, cells: tuple[str, ...], columns: Mapping[str, int]) -> None:
        self.line, self.cells, self.columns = line, cells, columns

    def __getitem__(self, name: str) -> str:
        column = self.columns.get(name, -1)
        return self.cells[column].strip() if 0 <= column < len(self.cells) else ""


@dataclass(frozen=True)
class GridTable:
    """Rows `head + 1` to `end` of a grid under the header at `head`; `columns` is where each field stands."""

    grid: Grid
    head: int
    columns: Mapping[str, int]
    end: int = 10**9

    @cached_property
    def header(self) -> tuple[str, ...]:
        return tuple(collapse_spaces(name) for name in self.grid.rows[self.head])

    def rows(self) -> Iterator[TableRow]:
        end = min(self.end, len(self.grid.rows))
        for at in range(self.head + 1, end):
            yield TableRow(self.grid.lines[at], self.grid.rows[at], self.columns)

    @property
    def lines(self) -> Sequence[int]:
        return self.grid.lines[self.head + 1 : self.end]

    def column(self, name: str) -> list[str]:
        """The cells of one field, row by row, as `TableRow` gives them."""
        at, rows = self.columns.get(name, -1), self.grid.rows[self.head + 1 : self.end]
        return [row[at].strip() if 0 <= at < len(row) else "" for row in rows]

    def heading(self, name: str) -> str:
        """The heading of the column of a field, as the file has it; empty if there is none."""
        return self.header[self.columns[name]] if name in self.columns else ""

    def with_role_and_board(self) -> GridTable:
        """The table with the columns in which people were asked for their role and their board, if any."""
        columns = add_role_and_board(self.grid.rows[self.head], dict(self.columns))
        return GridTable(self.grid, self.head, columns, self.end)

    def unused_headings(self) -> tuple[str, ...]:
        """The headings of columns that no field uses."""
        used = set(self.columns.values())
        return tuple(name for at, name in enumerate(self.header) if name and at not in used)


ERROR_CELL = compile_later(
    r"#(?:NAME\?|NOM\s?\?|REF\s?!|DIV/0\s?!|VALUE!|VALEUR\s?!|N/A|NULL!|NUL\s?!|NUM!|NOMBRE\s?!|SPILL!|CALC!|"
    r"PROPAGATION!|FORMULA\?)|#{3,}"
)
"""What a spreadsheet shows instead of a value, in both languages."""


def find_error_cells(grid: Grid, unused: Collection[str]) -> Iterator[Problem]:
    """A problem for each column with cells that have no value, but those whose headings are not used."""
    found: dict[int, tuple[int, str, int]] = {}
    for line, row in zip(grid.lines, grid.rows, strict=True):
        for at, text in enumerate(row):
            if text[:1] == "#" and ERROR_CELL.fullmatch(text.strip()):
                first, sign, number = found.get(at, (line, text, 0))
                found[at] = (first, sign, number + 1)
    for at, (line, text, number) in found.items():
        headings = {collapse_spaces(row[at]) for row in grid.rows[:60] if at < len(row)}
        if headings & set(unused):
            continue
        mistake = Mistake("cell_not_computed", text=text)
        if number > 1:
            mistake = Mistake("more_like_it", mistake=mistake, others=number - 1)
        yield Problem.of(grid_place(grid, line), mistake, value=text)


def find_columns(header: Sequence[str], names: ColumnNames) -> dict[str, int]:
    """Where each field stands: of its names, the first that is in the header."""
    at = {name: place for place, name in reversed(list(enumerate(map(fold_text, header)))) if name}
    found = {name: next((at[one] for one in known if one in at), None) for name, known in names.items()}
    return {name: place for name, place in found.items() if place is not None}


def find_table(
    grid: Grid, names: ColumnNames, fits: Callable[[Mapping[str, int]], bool], within: int = 60
) -> GridTable | None:
    """The list under the first row whose columns fit."""
    tables = (GridTable(grid, at, find_columns(row, names)) for at, row in enumerate(grid.rows[:within]))
    return next((one for one in tables if fits(one.columns)), None)


def add_role_and_board(header: Sequence[str], columns: dict[str, int]) -> dict[str, int]:
    """The columns, with those in which people were asked for their role and their board, if any."""
    for name, phrases, words in (("board", BOARD_PHRASES, BOARD_WORDS), ("role", ROLE_PHRASES, ROLE_WORDS)):
        for at, title in enumerate(map(fold_text, header)):
            if name in columns or at in columns.values():
                continue
            if title.rstrip(" ?:") in words or any(phrase in title for phrase in phrases):
                columns[name] = at
    return columns


def asks_role_or_board(question: str) -> bool:
    """Is it a question about who answers?"""
    title = fold_text(question)
    return title.rstrip(" ?:") in ROLE_WORDS | BOARD_WORDS or any(
        one in title for one in (*ROLE_PHRASES, *BOARD_PHRASES)
    )


def is_personal_heading(header: str) -> bool:
    """Does the column hold personal data that nobody needs here: telephones, addresses, countries?"""
    return bool(PERSONAL_HEADING.fullmatch(fold_text(header)))


def join_name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def keep_email(text: str) -> str:
    """An address, or nothing where there is none (`anonymous`, `n/a`)."""
    return text if "@" in text else ""


def grid_place(grid: Grid, line: int = 0) -> Place:
    return Place(f"{grid.name}, {grid.sheet}" if grid.sheet else grid.name, line)


@dataclass
class CellReader:
    """Reads the cells of one grid, and remembers which it could not read, to say so once for each column."""

    grid: Grid
    clock: Clock = field(default_factory=Clock)
    unread: dict[str, list[tuple[int, Mistake]]] = field(default_factory=dict)
    doubted: dict[str, list[tuple[int, Mistake]]] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)
    """What is wrong with the file as a whole, such as dates that may be two."""
    lengths: dict[tuple[str, str], Fraction] = field(default_factory=dict)
    """The lengths of time that texts were read as, by column and text."""
    moments: dict[str, dt.datetime] = field(default_factory=dict)

    @classmethod
    def of_dates(cls, grid: Grid, texts: Iterable[str], hints: ReadingHints) -> CellReader:
        """The reader of a file with these dates, which together say how they are read."""
        clock, problems = settle_clock(texts, hints, grid_place(grid))
        return cls(grid, clock, found=problems)

    def doubt(self, line: int, column: str, mistake: Mistake) -> None:
        """Note a cell that cannot be right, with what counts instead."""
        self.doubted.setdefault(column, []).append((line, mistake))

    def fail(self, line: int, column: str, mistake: Mistake) -> None:
        self.unread.setdefault(column, []).append((line, mistake))

    def moment(self, line: int, column: str, text: str) -> dt.datetime | None:
        if known := self.moments.get(text):
            return known
        if text.lower() in EMPTY_WORDS:
            return None
        if moment := self.clock.moment(text):
            self.moments[text] = moment
        elif not self.clock.doubts(text):
            self.fail(line, column, Mistake("not_a_moment", text=text))
        return moment

    def stays(
        self, line: int, column: str, joined: str, left: str, duration: Fraction | None = None
    ) -> tuple[Stay, ...]:
        """One stay, or none where a time is missing; of `duration` minutes where it ends before it begins,
        as on the night when clocks go back."""
        begins, ends = self.moment(line, column, joined), self.moment(line, column, left)
        if begins is None or ends is None:
            return ()
        if ends >= begins:
            return (Stay(begins, ends),)
        if duration is None:
            self.fail(line, column, Mistake("left_before_joined", left=left, joined=joined))
            return ()
        mistake = Mistake("left_before_joined_counts", left=left, joined=joined, minutes=int(duration))
        self.doubt(line, column, mistake)
        return (make_stay(begins, duration),)

    def connection(
        self, line: int, column: str, joined: str, left: str, duration: Fraction | None
    ) -> tuple[Stay, ...]:
        """One uninterrupted stay: no longer than its own duration says, nor than a day."""
        found = self.stays(line, column, joined, left, duration)
        if found and duration is not None and is_surely_short(found[0], duration):  # most rows
            return found
        between = stay_minutes(found[0]) if found else Fraction(0)
        if duration is not None and is_too_long(between, duration):
            span, minutes = int(between), int(duration)
            mistake = Mistake(
                "longer_than_its_duration", joined=joined, left=left, between=span, minutes=minutes
            )
            self.doubt(line, column, mistake)
            return (make_stay(found[0].joined, duration),)
        if duration is None and between > DAY_MINUTES:
            self.doubt(line, column, Mistake("longer_than_a_day", joined=joined, left=left))
            return ()
        return found

    def minutes(self, line: int, column: str, text: str) -> Fraction | None:
        if (column, text) in self.lengths:
            return self.lengths[column, text]
        if text.lower() in EMPTY_WORDS:
            return None
        try:
            self.lengths[column, text] = found = parse_minutes(text, parse_heading_unit(column))
            return found
        except Mistake as mistake:
            self.fail(line, column, mistake)
            return None

    def yes(self, line: int, column: str, text: str, also: Mapping[str, bool]) -> bool:
        """A yes or no; `also` has other words, folded. An empty cell is a no."""
        word = text.lower() if text.isascii() else fold_text(text)
        if word in also:
            return also[word]
        if word and word not in YES | NO:
            self.fail(line, column, Mistake("cell_neither_yes_nor_no", text=text))
        return word in YES

    def problems(self) -> list[Problem]:
        """The problems of the file; one for each column with cells that could not be read, for a figure may
        depend on them; a warning for each with cells that were not believed."""
        return [
            *self.found,
            *self.report_cells(self.unread, "error"),
            *self.report_cells(self.doubted, "warning"),
        ]

    def report_cells(
        self, columns: Mapping[str, Sequence[tuple[int, Mistake]]], severity: Severity
    ) -> Iterator[Problem]:
        for column, cells in columns.items():
            line, mistake = cells[0]
            if others := len(cells) - 1:
                mistake = Mistake("more_like_it", mistake=mistake, others=others)
            place = Place(grid_place(self.grid).file, line, path=column)
            yield Problem.of(place, mistake, severity)


def make_stay(begins: dt.datetime, minutes: Fraction) -> Stay:
    return Stay(begins, begins + dt.timedelta(seconds=round(min(minutes, DAY_MINUTES) * 60)))


def stay_minutes(stay: Stay) -> Fraction:
    """The length of a stay in minutes."""
    return Fraction(round((stay.left - stay.joined).total_seconds()), 60)


def is_surely_short(stay: Stay, duration: Fraction) -> bool:
    """Is a stay at most ten minutes longer than its duration, and no longer than a day?"""
    between = stay.left - stay.joined
    seconds = between.days * 86_400 + between.seconds
    return seconds <= 86_400 and seconds * duration.denominator <= 60 * (
        duration.numerator + 10 * duration.denominator
    )


def is_too_long(between: Fraction, duration: Fraction) -> bool:
    """Is a stay longer than its own duration, by more than rounding and clocks explain, or than a day?"""
    return between > DAY_MINUTES or (between > duration * TOLERANCE and between > duration + 10)


def count_registered(statuses: Counter[str], word: str) -> tuple[str, ...]:
    """How many registered and were not there, by their status; nothing where there is nobody."""
    return (f"{say_phrase(word, statuses.total())} ({join_counts(statuses)})",) if statuses else ()


def join_counts(counts: Counter[str]) -> str:
    """`Attending 1, Not Attending 1`"""
    return ", ".join(f"{name or say_phrase('no_status')} {number}" for name, number in sorted(counts.items()))
