"""What a line of hours was read as: its cells and where each came from, or what must be asked first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal

from prt.entry.lexicon import Lexicon, make_lexicon
from prt.entry.persons import PersonFinder
from prt.entry.pieces import LinePiece
from prt.model.columns import LogRecord
from prt.model.plan import Plan
from prt.model.view import Data
from prt.problems import Mistake
from prt.values import dataclass, field, replace

SURE = "sure"
"""The column of an answer that says yes, as many hours as that."""


@dataclass(frozen=True)
class LineQuestion:
    """What must be answered before a line is complete: which of the `options` the `text` is.

    `could_be`: words with several meanings; `which`: two values of one column; `missing`: a column that
    nothing fills, whose answer may be any words; `really`: more hours than is usual.
    """

    code: Literal["could_be", "which", "missing", "really"]
    column: str
    text: str = ""
    options: tuple[LinePiece, ...] = ()


@dataclass(frozen=True)
class LineReading:
    """One line as a row of a log. `origin` says of each value where it is from: `typed`, the `post` of the
    person, the line `above`, or the day of a like row."""

    line: str
    record: type[LogRecord] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    origin: Mapping[str, str | dt.date] = field(default_factory=dict)
    questions: tuple[LineQuestion, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    asks_request: bool = False
    """Is a request to be logged with the row, and linked to it?"""
    chosen: tuple[LinePiece, ...] = ()
    skipped: tuple[str, ...] = ()
    """Words that nobody knows, where the others are enough."""

    @property
    def is_complete(self) -> bool:
        return bool(self.log) and not self.questions and not self.mistakes

    @property
    def log(self) -> str:
        return self.record.log if self.record else ""

    @property
    def model(self) -> type[LogRecord]:
        """The class of the row, as the plan has it, of a line of which the log is known."""
        assert self.record is not None
        return self.record

    @property
    def staff(self) -> str:
        """Who gave the hours; empty as long as nobody is known."""
        return str(self.values.get(self.model.worker_columns()[0]) or "")

    @property
    def cells(self) -> dict[str, str]:
        """The row as `prt log` takes it."""
        columns = {name: self.model.column_named(name) for name in self.values}
        values = ((name, column.cell, self.values[name]) for name, column in columns.items() if column)
        return {name: one if isinstance(one, str) else cell.write(one) for name, cell, one in values}


@dataclass(frozen=True)
class LineContext:
    """What a line is read with. `words` are the program's, in both languages; `lines` those read before it,
    the last of them the line above."""

    plan: Plan
    data: Data
    finder: PersonFinder
    today: dt.date
    me: str
    words: Mapping[str, str]
    lines: Sequence[LineReading] = ()

    @cached_property
    def lexicon(self) -> Lexicon:
        return make_lexicon(self.data.known, self.data, self.words)

    @property
    def above(self) -> LineReading | None:
        return self.lines[-1] if self.lines else None

    def after(self, reading: LineReading) -> LineContext:
        """The context of the next line."""
        return self.with_lines((*self.lines, reading), self.today)

    def with_lines(self, lines: Sequence[LineReading], today: dt.date) -> LineContext:
        """Below other lines, or on another day; the words of the plan are looked up once."""
        found = replace(self, lines=lines, today=today)
        found.__dict__["lexicon"] = self.lexicon
        return found
