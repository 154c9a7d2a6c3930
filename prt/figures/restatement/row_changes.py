"""Which rows of a plan year are not what they were: late, corrected, removed, each with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from prt.model.rows import Row, RowKey
from prt.model.view import Data, group_by
from prt.problems import Problem
from prt.values import dataclass, replace

Kind = Literal["late", "corrected", "unreadable", "removed"]
KINDS: tuple[Kind, ...] = ("late", "corrected", "unreadable", "removed")


@dataclass(frozen=True)
class CellEdit:
    """One cell: its value then and now, and why."""

    column: str
    old: Any
    new: Any
    why: str = ""


@dataclass(frozen=True)
class RowChange:
    """One row: `sent` as it was, `now` as it is. A late row was not there, a removed one is not.

    An *unreadable* one is in its file, where it cannot be read any more: `problem` says why.
    """

    kind: Kind
    sent: Row | None
    now: Row | None
    edits: tuple[CellEdit, ...] = ()
    why: str = ""
    problem: Problem | None = None

    @property
    def row(self) -> Row:
        """The row as it is now; of a removed one as it was."""
        found = self.now or self.sent
        assert found is not None
        return found

    @property
    def key(self) -> RowKey:
        return self.row.key

    def of(self, columns: Iterable[str]) -> RowChange:
        """Only the edits of these columns."""
        wanted = set(columns)
        return replace(self, edits=tuple(edit for edit in self.edits if edit.column in wanted))


Unread = Mapping[RowKey, Problem]
"""(log, id) of the rows that an error leaves out, with the first error; (log, "") of all rows."""


class Reasons:
    """The reasons for changes of rows, from corrections.csv; of several the latest."""

    def __init__(self, corrections: Iterable[Row]) -> None:
        self.found: dict[tuple[str, str, str], str] = {}
        for one in corrections:
            self.found[one["row"], one["action"], one["column"] or ""] = one["why"] or ""

    def of(self, row: str, action: str, column: str = "") -> str:
        return self.found.get((row, action, column), "")


def recorded_since(corrections: Iterable[Row], known: Iterable[Row]) -> list[Row]:
    """The corrections that were not recorded yet when a report was sent: older ones explain older changes."""
    before = Counter(one.values for one in known)
    found = []
    for one in corrections:
        before[one.values] -= 1
        if before[one.values] < 0:
            found.append(one)
    return found


def row_changes(
    sent: Data, now: Data, corrections: Iterable[Row], unread: Unread | None = None
) -> list[RowChange]:
    """Every row of every log, of the people and of the organisations that is not what it was.

    `corrections` are those recorded since, `unread` the rows that today's files have and that cannot be read.
    """
    reasons = Reasons(corrections)
    pairs = [(sent.logs[log], now.logs[log]) for log in sent.logs]
    pairs += [(sent.people, now.people), (sent.organisations, now.organisations)]
    found = (change for before, after in pairs for change in paired_changes(before, after, reasons))
    return [told_apart(change, unread or {}) for change in found]


def told_apart(change: RowChange, unread: Unread) -> RowChange:
    """A removed row, unless it is still there and cannot be read."""
    log, name = change.row.log, change.row.id
    problem = unread.get((log, name)) or unread.get((log, "")) if change.kind == "removed" else None
    return replace(change, kind="unreadable", problem=problem, why="") if problem else change


def paired_changes(before: Sequence[Row], after: Sequence[Row], reasons: Reasons) -> Iterator[RowChange]:
    """Rows with one id are one row; where several have it (the roles of a person) equal ones go first.

    A row that had no id, and has got one since, is the row with the same other cells.
    """
    values = values_reader(before, after)
    sent, now = (group_by(rows, lambda row: row.id) for rows in (before, after))
    gone, new = rows_without_equal(sent, now, values)

    def cells_without_id(row: Row) -> tuple[Any, ...]:
        return values(row)[1:]  # the id is the first column of every table

    unnamed = group_by(gone.pop("", []), cells_without_id)
    for name, rows in new.items():
        olds = gone.pop(name, []) if name else []
        for row in rows:
            if olds:
                yield row_correction(olds.pop(0), row, values, reasons)
            elif unnamed.get(cells_without_id(row)):
                unnamed[cells_without_id(row)].pop()
            else:
                yield RowChange("late", None, row)
        gone[name] = olds
    for rows in (*unnamed.values(), *gone.values()):
        for row in rows:
            yield RowChange("removed", row, None, why=reasons.of(row.id, "removed"))


ValuesOf = Callable[[Row], tuple[Any, ...]]
"""The values of a row as they stand in its file, by the columns of today."""


def values_reader(before: Sequence[Row], after: Sequence[Row]) -> ValuesOf:
    """How the rows of both sides are compared: by the columns of today, some of which the plan may have added
    since."""
    columns = [row.model.columns() for row in (*after[:1], *before[:1])]
    names = [[column.name for column in some] for some in columns]
    if len(names) < 2 or names[0] == names[1]:
        return typed_values

    def values(row: Row) -> tuple[Any, ...]:
        found = dict(zip(row.index, typed_values(row), strict=True))
        return tuple(found.get(column.name, column.empty) for column in columns[0])

    return values


def rows_without_equal(
    before: Mapping[str, list[Row]], after: Mapping[str, list[Row]], values: ValuesOf
) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """The rows of both sides that have no equal on the other, by id, in their order."""
    gone: dict[str, list[Row]] = {}
    new: dict[str, list[Row]] = {}
    for name in {**before, **after}:
        olds, rows = before.get(name, []), after.get(name, [])
        if len(olds) == len(rows) == 1 and values(olds[0]) == values(rows[0]):
            continue
        gone[name], new[name] = without(olds, rows, values), without(rows, olds, values)
    return gone, new


def without(rows: Iterable[Row], others: Iterable[Row], values: ValuesOf) -> list[Row]:
    """The rows that are left when each equal one of the others takes one away."""
    there = Counter(map(values, others))
    left = []
    for row in rows:
        if there[values(row)]:
            there[values(row)] -= 1
        else:
            left.append(row)
    return left


def typed_values(row: Row) -> tuple[Any, ...]:
    """The values as they stand in the file: what comes from other rows is theirs."""
    return row.as_read().values if row.derived else row.values


def row_correction(sent: Row, now: Row, values: ValuesOf, reasons: Reasons) -> RowChange:
    edits = tuple(
        CellEdit(name, old, new, reasons.of(now.id, "edited", name))
        for name, old, new in zip(now.index, values(sent), values(now), strict=True)
        if old != new
    )
    return RowChange("corrected", sent, now, edits)
