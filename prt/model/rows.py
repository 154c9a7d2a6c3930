"""A row of a log as figures see it: converted values, and the file and line that it came from; and rows as
columns, for what many figures ask of many rows is taken from each of them once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import attrgetter
from typing import Any

from prt.model.cells import Known, Value, choices_text
from prt.model.columns import Column, Record
from prt.problems import Mistake, Place
from prt.values import NamedTuple, dataclass

SESSION = "session."
"""Prefix by which a child row (attendance, feedback) names a column of its session."""
LINE_COLUMNS = ("line", f"{SESSION}line")
"""The columns that say of which line of the plan a row is."""
RowKey = tuple[str, str]
"""The log of a row, and what tells it from the others of this log."""
Tests = list[tuple[str, Callable[[Any], bool]]]
"""Columns, each with what its cell must pass."""


class Row:
    """One row; `row["hours"]` is its value, `row["session.line"]` that of the session it belongs to.

    `day` is the day it counts on (a session's last day, inside the plan year); `session` its session.
    `left_out` says why it counts in no measure, or is empty. `derived` names the columns that were
    empty in the file and come from attendance and feedback rows. `heads` are whom it is about, once that was
    asked (prt/model/facts.py).
    """

    __slots__ = (
        "day",
        "derived",
        "file",
        "heads",
        "id",
        "index",
        "left_out",
        "line",
        "model",
        "session",
        "values",
    )

    def __init__(self, model: type[Record], file: str, line: int, values: tuple[Any, ...]) -> None:
        self.model = model
        self.index = model.indexes()
        self.id: str = values[0] or ""  # the first column of every log; empty where the row has none yet
        self.file = file
        self.line = line
        self.values = values
        self.day: dt.date = dt.date.min
        self.session: Row | None = None
        self.left_out = ""
        self.derived: tuple[str, ...] = ()
        self.heads: Any = None

    def __getitem__(self, column: str) -> Any:
        if (at := self.index.get(column)) is not None:
            return self.values[at]
        if column.startswith(SESSION):
            return None if self.session is None else self.session[column.removeprefix(SESSION)]
        raise KeyError(f"{self.log}.{column}")

    @property
    def key(self) -> RowKey:
        """What tells this row from all others, with an id or without: two logs may hold the same id."""
        return self.log, self.name

    @property
    def name(self) -> str:
        """What tells this row from the others of its log."""
        return self.id or str(self.place())

    @property
    def title(self) -> str:
        """What tells a reader which row it is; empty where its log has no column that does."""
        name = self.model.title_column
        return str(self[name] or "") if name else ""

    @property
    def log(self) -> str:
        return self.model.log

    def place(self, column: str = "") -> Place:
        return Place(self.file, self.line, 0, column)

    def at(self, place: Place, row_id: str = "") -> Row:
        """The row as it stands at a place, under an id."""
        return Row(self.model, place.file, place.line, (row_id or None, *self.values[1:]))

    def fill(self, derived: dict[str, Any]) -> None:
        """Put values into columns that the file left empty."""
        values = list(self.values)
        for column, value in derived.items():
            values[self.index[column]] = value
        self.values = tuple(values)
        self.derived += tuple(derived)

    def as_read(self) -> Row:
        """The row as it came from its file: not placed, not linked, derived cells empty again."""
        values = list(self.values)
        for name in self.derived:
            values[self.index[name]] = self.model.columns()[self.index[name]].empty
        return Row(self.model, self.file, self.line, tuple(values))

    def __repr__(self) -> str:
        return f"<{self.log} {self.name}>"


def cells_of(rows: Sequence[Row], column: str) -> list[Any]:
    """One column of rows of one log, in which it is looked up once; None of a session where there is none."""
    if not rows:
        return []
    if (at := rows[0].index.get(column)) is not None:
        return [row.values[at] for row in rows]
    if not column.startswith(SESSION):
        raise KeyError(f"{rows[0].log}.{column}")
    sessions = [row.session for row in rows]
    cells = iter(cells_of([one for one in sessions if one], column.removeprefix(SESSION)))
    return [one and next(cells) for one in sessions]


def cells_of_logs(rows: Sequence[Row], column: str) -> list[Any]:
    """One column of rows of one log or of several, each of which has it."""
    return cells_of(rows, column) if are_of_one_log(rows) else [row[column] for row in rows]


def are_of_one_log(rows: Sequence[Row]) -> bool:
    return len({*map(MODEL, rows)}) < 2


MODEL = attrgetter("model")
VALUES = attrgetter("values")


class RowTable:
    """Rows with their cells column by column, each column taken when it is first asked for.

    A table may be the rows at some `places` of a `whole` one: its columns are picked from those.
    """

    def __init__(
        self, rows: Sequence[Row], whole: RowTable | None = None, places: Sequence[int] = ()
    ) -> None:
        self.rows = rows
        self.whole = whole
        self.places = places
        self._cells: dict[str, Sequence[Any]] = {}

    def where(self, passes: Sequence[bool]) -> RowTable:
        """The rows that pass: `passes` has True or False for each."""
        if all(passes):
            return self
        places = compress(self.places if self.whole else range(len(self.rows)), passes)
        return RowTable(list(compress(self.rows, passes)), self.whole or self, list(places))

    def passing(self, tests: Tests) -> RowTable:
        """The rows that pass every test."""
        table = self
        for name, test in tests:
            table = table.where(pass_cells(test, table.cells(name)))
        return table

    def cells(self, name: str) -> Sequence[Any]:
        """One column, in the order of the rows."""
        if name not in self._cells:
            if self.whole:
                self._cells[name] = list(map(self.whole.cells(name).__getitem__, self.places))
            elif name in self.own_columns:
                self._cells[name] = self.own_columns[name]
            else:
                self._cells[name] = cells_of_logs(self.rows, name)
        return self._cells[name]

    @cached_property
    def own_columns(self) -> Mapping[str, Sequence[Any]]:
        """The columns of the log itself, which one walk takes; none where rows are of several logs."""
        if len({*map(MODEL, self.rows)}) != 1:
            return {}
        return dict(zip(self.rows[0].index, zip(*map(VALUES, self.rows), strict=True), strict=True))

    @cached_property
    def days(self) -> Sequence[dt.date]:
        """The day on which each row counts."""
        if self.whole:
            return list(map(self.whole.days.__getitem__, self.places))
        return [row.day for row in self.rows]


NO_ROWS = RowTable(())


def pass_cells(test: Callable[[Any], bool], cells: Sequence[Any]) -> Sequence[bool]:
    """Whether each cell passes. Equal cells of a table are one object, and most are of few kinds: each of
    those is tested once."""
    different = dict(zip(map(id, cells), cells, strict=True))
    if 2 * len(different) > len(cells):
        return list(map(test, cells))
    passes = {one: test(cell) for one, cell in different.items()}
    return list(map(passes.__getitem__, map(id, cells)))


def by_log(rows: Sequence[Row]) -> dict[str, Sequence[Row]]:
    """The rows of each log, in their order; most often they are of one."""
    if rows and are_of_one_log(rows):
        return {rows[0].log: rows}
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.log, []).append(row)
    return {**found}


@dataclass(frozen=True)
class Placed:
    """Rows of a selection, each with the day it counts on there."""

    table: RowTable
    days: Sequence[dt.date]

    @property
    def rows(self) -> Sequence[Row]:
        return self.table.rows

    def cells(self, name: str) -> Sequence[Any]:
        return self.table.cells(name)

    def __iter__(self) -> Iterator[tuple[Row, dt.date]]:
        return zip(self.rows, self.days, strict=True)


class Entry(NamedTuple):
    """`cells` are as they will be written, empty ones left out; `row` has their values."""

    cells: dict[str, str]
    row: Row
    mistakes: tuple[tuple[str, Mistake], ...] = ()


def read_entry(model: type[Record], cells: Mapping[str, str], known: Known) -> Entry:
    """The cells as they are written: `English Montréal` becomes EMSB, `1h15` 1.25.

    A cell with a mistake stays as it was given, and counts as empty in what the row knows about itself.
    """
    own = known.at(model.log)
    typed = {name: text.strip() for name, text in cells.items() if text.strip()}
    given = {**model.without_units(typed, own)}
    values, mistakes = read_values(model, given, own)
    read = given | {name: as_written(model, name, value) for name, value in values.items()}
    written = {name: text for name, text in read.items() if text}  # a list of nothing: `;`
    row = Row(model, "", 0, tuple(values.get(column.name, column.empty) for column in model.columns()))
    bad = {name for name, _ in mistakes}
    told = [(name, mistake) for name, mistake in model.mistakes(row) if name not in bad]
    return Entry(written, row, (*mistakes, *told))


def read_values(
    model: type[Record], cells: Mapping[str, str], known: Known
) -> tuple[dict[str, Any], list[tuple[str, Mistake]]]:
    """The value of each cell that can be read; the mistakes of the others, and of those that are missing."""
    found = {
        name: value_or_mistake(model, name, cells.get(name), known)
        for name in dict.fromkeys((*model.fields, *cells))
    }
    wrong = [(name, one) for name, one in found.items() if isinstance(one, Mistake)]
    return {name: found[name] for name in cells if not isinstance(found[name], Mistake)}, wrong


def value_or_mistake(model: type[Record], name: str, text: str | None, known: Known) -> Value | Mistake:
    """The value of one cell, or what is wrong with it."""
    column = model.column_named(name)
    if column is None:
        return Mistake("not_a_column", log=model.log, columns=", ".join(model.header()))
    if text is None:
        return (
            Mistake("missing_cell", wanted=describe_column(column, known))
            if column.required
            else column.empty
        )
    try:
        return column.cell.read(text, known, name)
    except Mistake as mistake:
        return mistake


def may_be(column: Column, known: Known) -> str:
    """What may be written in a cell."""
    choices = list(column.cell.choices(known, column.name))
    return choices_text(choices) if choices else f"Write {column.cell.says}."


def describe_column(column: Column, known: Known) -> str:
    """What a column is and what may be written in it; what the description says is not said again."""
    choices, examples = list(column.cell.choices(known, column.name)), column.cell.says.partition(": ")[2]
    if choices and all(one in column.description for one in choices):
        return choices_text(choices)
    if (examples and examples in column.description) or column.cell.says in column.description:
        return f"{column.description}."
    return f"{column.description}. {may_be(column, known)}"


def as_written(model: type[Record], name: str, value: Any) -> str:
    column = model.column_named(name)
    assert column is not None
    return column.cell.write(value)
