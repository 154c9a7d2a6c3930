"""A row of a log as figures see it: converted values, and the file and line that it came from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from prt.model.records import Record
from prt.problems import Place

SESSION = "session."
"""Prefix by which a child row (attendance, feedback) names a column of its session."""


class Row:
    """One row; `row["hours"]` is its value, `row["session.line"]` that of the session it belongs to.

    `day` is the day it counts on (a session's last day, inside the plan year); `session` its session.
    `left_out` says why it counts in no measure, or is empty. `derived` names the columns that were
    empty in the file and come from attendance and feedback rows.
    """

    __slots__ = ("day", "derived", "file", "id", "index", "left_out", "line", "model", "session", "values")

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

    def __getitem__(self, column: str) -> Any:
        if column in self.index:
            return self.values[self.index[column]]
        if column.startswith(SESSION):
            return None if self.session is None else self.session[column.removeprefix(SESSION)]
        raise KeyError(f"{self.log}.{column}")

    @property
    def key(self) -> str:
        """What tells this row from all others, with an id or without."""
        return self.id or str(self.place())

    @property
    def log(self) -> str:
        return self.model.log

    def place(self, column: str = "") -> Place:
        return Place(self.file, self.line, 0, column)

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
        return f"<{self.log} {self.key}>"
