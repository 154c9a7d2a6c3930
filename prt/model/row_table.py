"""Rows of a log as columns: what many figures ask of many rows is taken from each of them once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import compress
from typing import Any

from prt.model.rows import Row, are_of_one_log, cells_of_logs
from prt.values import dataclass


class RowTable:
    """Rows with their cells column by column, each column taken when it is first asked for.

    A table may be the rows of another that `passes` tell: its columns are those of that one, made shorter.
    """

    def __init__(self, rows: Sequence[Row], of: RowTable | None = None, passes: Sequence[bool] = ()) -> None:
        self.rows = rows
        self.of = of
        self.passes = passes
        self._cells: dict[str, Sequence[Any]] = {}

    def where(self, passes: Sequence[bool]) -> RowTable:
        """The rows that pass: `passes` has True or False for each."""
        return self if all(passes) else RowTable(list(compress(self.rows, passes)), self, passes)

    def cells(self, name: str) -> Sequence[Any]:
        """One column, in the order of the rows."""
        if name not in self._cells:
            self._cells[name] = self.take_cells(name)
        return self._cells[name]

    def take_cells(self, name: str) -> Sequence[Any]:
        if self.of:
            return list(compress(self.of.cells(name), self.passes))
        found = self.own_columns.get(name)
        return cells_of_logs(self.rows, name) if found is None else found

    @cached_property
    def own_columns(self) -> Mapping[str, Sequence[Any]]:
        """The columns of the log itself, which one walk takes; none where rows are of several logs."""
        if not self.rows or not are_of_one_log(self.rows):
            return {}
        columns = tuple(zip(*[row.values for row in self.rows], strict=True))
        return {name: columns[at] for name, at in self.rows[0].index.items()}

    @cached_property
    def days(self) -> Sequence[dt.date]:
        """The day on which each row counts."""
        if self.of:
            return list(compress(self.of.days, self.passes))
        return [row.day for row in self.rows]


NO_ROWS = RowTable(())


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
