"""A sheet that was imported before: which of its rows are new, which changed a row, which are gone.

A row is known again by the digest of its cells, or by its own id if the sheet has one. A row that is new is
compared with rows that are gone only where both are of one sheet: rows of other sheets stay what they are.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain, combinations, groupby, repeat
from operator import attrgetter, itemgetter

from prt.figures.doubles import agree_in, first_alike, key_of
from prt.model.cells import HoursCell, Value
from prt.model.columns import Column, LogRecord
from prt.model.rows import Row, cells_of
from prt.model.view import group_by
from prt.problems import Place
from prt.text import fold_text, fold_texts
from prt.values import NamedTuple, dataclass, field, replace

MOST_DIFFERENT = 2
"""Cells in which a row and the row that it was may differ."""
SAME_NOTE = 0.6
"""How much of two notes must agree that may be one, corrected."""
MOST_SHOWN = 12
"""Rows that change, or are gone, of which each is shown."""


class SheetRow(NamedTuple):
    """A row of a sheet: its cells as the log writes them, in the columns of these names, the digest of what
    the sheet says, and the digest of the id that the sheet itself gives it, if any. `row` has the values of a
    row that may be new."""

    file: str
    line: int
    names: tuple[str, ...]
    texts: tuple[str, ...]
    content: str
    key: str = ""
    row: Row | None = None

    @property
    def place(self) -> Place:
        return Place(self.file, self.line)

    @property
    def cells(self) -> dict[str, str]:
        """The cells of the row that are not empty, by column."""
        return {name: text for name, text in zip(self.names, self.texts, strict=True) if text}

    def with_cells(self, cells: Mapping[str, str], row: Row | None = None) -> SheetRow:
        return self._replace(names=tuple(cells), texts=tuple(cells.values()), row=row)

    @property
    def new_row(self) -> Row:
        """The row that the log would have."""
        assert self.row is not None
        return self.row


new_sheet_row: Callable[[tuple[object, ...]], SheetRow] = partial(tuple.__new__, SheetRow)
"""A row of its parts, all of them, in half the time."""


def cell_columns(rows: Sequence[SheetRow], header: Iterable[str]) -> dict[str, list[str]]:
    """The cells of rows by column, those of the header too; "" where there is none."""
    every = dict.fromkeys(chain(chain.from_iterable(dict.fromkeys(row.names for row in rows)), header))
    columns: dict[str, list[str]] = {name: [] for name in every}
    for names, some in groupby(rows, key=attrgetter("names")):
        texts = list(zip(*(row.texts for row in some), strict=True))
        table = dict(zip(names, texts, strict=True))
        blank = ("",) * len(texts[0])
        for name, column in columns.items():
            column += table.get(name, blank)
    return columns


@dataclass(frozen=True)
class ChangedRow:
    """A row of a log that the sheet has otherwise; `changes` are the new cells, if any is news."""

    found: SheetRow
    row: Row
    changes: Mapping[str, str]


@dataclass(frozen=True)
class SheetChanges:
    """What a sheet does to its log. `gone` are rows that it brought and has no more, `doubles` those of the
    sheet that somebody typed already, each with the row of the log."""

    added: tuple[SheetRow, ...]
    changed: tuple[ChangedRow, ...] = ()
    gone: tuple[Row, ...] = ()
    same: int = 0
    doubles: tuple[tuple[SheetRow, Row], ...] = ()

    @cached_property
    def new_columns(self) -> dict[str, list[str]]:
        """The cells of new rows by column, with the columns of their log that no row fills."""
        header = self.added[0].new_row.model.header() if self.added else ()
        return cell_columns(self.added, header)

    @property
    def edited(self) -> list[ChangedRow]:
        return [one for one in self.changed if one.changes]

    @property
    def is_nothing(self) -> bool:
        """Is there nothing to write, whatever is gone?"""
        return not (self.added or self.edited)


@dataclass
class KnownRows:
    """The rows of a log and what imports remember of them: `imported` are rows of imported.csv, `again` the
    ids of imports of the very same bytes, `corrected` older texts of cells that somebody corrected, by the id
    of the row and the column."""

    rows: Mapping[str, Row]
    imported: Sequence[Row]
    again: Collection[str] = ()
    corrected: Mapping[tuple[str, str], Collection[str]] = field(default_factory=dict)


def compare_sheet(model: type[LogRecord], sheet: Sequence[SheetRow], known: KnownRows) -> SheetChanges:
    """Every row of the sheet as new, changed or the same, and the rows that are gone from it."""
    comparison = SheetComparison(model, sheet, known)
    comparison.take_same()
    comparison.take_own_ids()
    comparison.leave_other_sheets()
    comparison.take_alike()
    return comparison.result()


def leave_doubles(found: SheetChanges, typed: Iterable[Row], *, once: bool = True) -> SheetChanges:
    """Without the new rows that are one thing with a row that was typed; `once` means that each of these
    stands for one."""
    rows = [one.new_row for one in found.added]
    dates = list_dates(rows)
    new, there = {*dates}, list(typed)
    same_days = [row for row, day in zip(there, list_dates(there), strict=True) if day in new]
    near = group_by(same_days, day_and_key)
    known = {(own_date(row), fold_text(row["note"] or "")) for row in same_days}
    doubles = list[tuple[SheetRow, Row]]()
    notes = fold_texts([note or "" for note in cells_of(rows, "note")]) if known else [""] * len(rows)
    for one, row, day, note in zip(found.added, rows, dates, notes, strict=True):
        if (day, note) in known and (twin := find_near(row, near)):
            if once:
                near[day_and_key(twin)].remove(twin)
            doubles.append((one, twin))
    left = {id(one) for one, _ in doubles}
    added = tuple([one for one in found.added if id(one) not in left])
    return replace(found, added=added, doubles=tuple(doubles))


def find_near(row: Row, near: Mapping[tuple[Value, Hashable], Sequence[Row]]) -> Row | None:
    """The first that may be the same thing of rows by what they have in common."""
    day, key = day_and_key(row)
    return None if key is None else first_alike(row, near.get((day, key), ()))


def day_and_key(row: Row) -> tuple[Value, Hashable]:
    """What rows have in common of which one may be the other."""
    return own_date(row), key_of(row)


def own_date(row: Row) -> dt.date | None:
    return row["date"] if "date" in row.index else None


def list_dates(rows: Sequence[Row]) -> list[dt.date | None]:
    """The own dates of rows of one log."""
    return cells_of(rows, "date") if rows and "date" in rows[0].index else [None] * len(rows)


class SheetComparison:
    """The rows that wait for a row of the log, and the imported rows that nothing in the sheet is yet."""

    def __init__(self, model: type[LogRecord], sheet: Sequence[SheetRow], known: KnownRows) -> None:
        self.model, self.sheet, self.known = model, sheet, known
        self.worker = next(iter(model.worker_columns()), "")
        self.waiting: list[SheetRow] = []
        self.missing: list[Row] = []
        self.same: list[tuple[SheetRow, Row]] = []
        self.kin: list[Row] = []
        self.changed: list[ChangedRow] = []

    @cached_property
    def cells(self) -> dict[str, list[str]]:
        """The cells of the sheet by column, in which rows of the log are looked for."""
        return cell_columns(self.sheet, (self.worker, "date"))

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns in which the sheet has anything."""
        return {one.name: one for one in self.model.columns() if any(self.cells.get(one.name, ()))}

    @cached_property
    def everybody(self) -> set[str]:
        """The ids of who did the work in the rows of the sheet."""
        return {*self.cells[self.worker]}

    def take_same(self) -> None:
        """Rows whose cells are those of an import, and of the same member of the team."""
        by_content: dict[str, list[Row]] = group_by(self.known.imported, itemgetter("content"))
        taken: set[str] = set()
        for at, row in [one for one in enumerate(self.sheet) if one[1].content in by_content]:
            staff = self.cells[self.worker][at]
            free = (one for one in by_content[row.content] if one.id not in taken and self.may_be(staff, one))
            if known := next(free, None):
                taken.add(known.id)
                self.same.append((row, known))
        found = {id(row) for row, _ in self.same}
        self.waiting = [row for row in self.sheet if id(row) not in found]
        self.kin = [known for _, known in self.same]
        rows = self.known.rows
        self.missing = [
            one
            for one in self.known.imported
            if one.id in rows and one.id not in taken and self.staff_of(one) in self.everybody
        ]

    def may_be(self, staff: str, record: Row) -> bool:
        """Can the row be this imported one? Hours of another person are not; one that was removed may be."""
        return record.id not in self.known.rows or self.staff_of(record) == staff

    def staff_of(self, record: Row) -> str:
        there = self.known.rows[record.id]
        return (there[self.worker] or "") if self.worker else ""

    def take_own_ids(self) -> None:
        """Rows that have the id of an imported row, however many of their cells differ."""
        by_key = {record["key"]: record for record in self.missing if record["key"]}
        pairs = ((row, by_key[row.key]) for row in self.waiting if row.key in by_key)
        self.take((row, one) for row, one in pairs if self.may_be(row.cells.get(self.worker, ""), one))

    def take(self, pairs: Iterable[tuple[SheetRow, Row]]) -> None:
        """Rows of the sheet become the changed versions of imported rows."""
        found = list(pairs)
        for row, record in found:
            there = self.known.rows[record.id]
            self.changed.append(ChangedRow(row, there, self.changes(row, there)))
        rows, records = {id(row) for row, _ in found}, {record.id for _, record in found}
        self.waiting = [row for row in self.waiting if id(row) not in rows]
        self.missing = [record for record in self.missing if record.id not in records]
        self.kin += [record for _, record in found]

    def changes(self, row: SheetRow, there: Row) -> dict[str, str]:
        """The cells that the sheet says otherwise. An empty cell says nothing, and one that still has what
        somebody corrected in the log since is not news."""
        return {
            name: text
            for name, text in row.cells.items()
            if text != write_cell(self.columns[name], there[name])
            and text not in self.known.corrected.get((there.id, name), ())
        }

    def take_alike(self) -> None:
        """Rows that differ from a row that is gone in one cell or two, the most alike first."""
        rounds = self.rounds()
        while self.waiting and self.missing and (left_out := next(rounds, None)) is not None:
            self.take(self.pairs(left_out))

    def rounds(self) -> Iterator[frozenset[str]]:
        """Which columns may differ: a measure, then any, then any two, never more than half of them."""
        names = list(self.columns)
        yield frozenset(names) - self.identity
        most = min(MOST_DIFFERENT, len(names) // 2)
        for number in range(1, most + 1):
            yield from map(frozenset, combinations(names, number))

    @property
    def identity(self) -> frozenset[str]:
        """The columns that tell what a row is about: hours and notes do not."""
        names = self.model.same or [one.name for one in self.model.columns() if one.required]
        return frozenset(
            name
            for name in names
            if name in self.columns and not isinstance(self.columns[name].cell, HoursCell)
        )

    def pairs(self, left_out: Collection[str]) -> Iterator[tuple[SheetRow, Row]]:
        """Rows with imported rows that agree in all columns but those."""
        if not self.missing:
            return
        names = [name for name in self.columns if name not in left_out]
        free: dict[tuple[str, ...], deque[Row]] = defaultdict(deque)
        for record in self.missing:
            there = self.known.rows[record.id]
            free[tuple(write_cell(self.columns[name], there[name]) for name in names)].append(record)
        columns = cell_columns(self.waiting, names)
        keys = zip(*(columns[name] for name in names), strict=True) if names else repeat(())
        for row, key in zip(self.waiting, keys, strict=False):
            if records := free.get(key):
                yield row, records.popleft()

    def leave_other_sheets(self) -> None:
        """Only rows that an earlier version of this sheet brought can be gone from it.

        It is one if half of its rows are here, with other hours perhaps; where half of the rows here are
        of it, it may be a longer one, and only its rows of the same days are meant.
        """
        kin = Counter(record["file"] or "" for record in self.kin)
        size = kin + Counter(record["file"] or "" for record in self.missing)
        if not self.missing:
            return
        sure = {*kin, *self.known.again}
        for row, record in self.pairs(frozenset(self.columns) - self.identity):
            file = record["file"] or ""
            kin[file] += file in sure or self.is_same_line(row, record)
        days = sorted(self.cells["date"])
        self.missing = [
            record
            for record in self.missing
            if (file := record["file"] or "") in self.known.again
            or 2 * kin[file] >= size[file]
            or (2 * kin[file] >= len(self.sheet) and days[0] <= self.day(record) <= days[-1])
        ]

    def is_same_line(self, row: SheetRow, record: Row) -> bool:
        """Is it the line of the sheet, and about the same thing? Of two notes that have little in common each
        tells of something else: such are two sheets where no row is as it was."""
        notes = (row.cells.get("note", ""), self.known.rows[record.id]["note"] or "")
        alike = not all(notes) or agree_in(fold_text(notes[0]), fold_text(notes[1]), SAME_NOTE)
        return alike and bool(record["line"] == row.line)

    def day(self, record: Row) -> str:
        there = self.known.rows[record.id]
        return there["date"].isoformat() if "date" in there.index and there["date"] else ""

    def result(self) -> SheetChanges:
        changed = sorted(self.changed, key=lambda one: one.found.place)
        same = len(self.same) + sum(not one.changes for one in changed)
        gone = tuple(self.known.rows[record.id] for record in self.missing)
        return SheetChanges(tuple(self.waiting), tuple(changed), gone, same)


def write_cell(column: Column, value: Value) -> str:
    return "" if value is None else column.cell.write(value)
