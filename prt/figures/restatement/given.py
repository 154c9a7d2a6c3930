"""What each row gives to some figures of an indicator, as they were sent and as they are now.

That is whether it counts, and the cells that are added, told apart or listed. A row of persons or answers
gives by way of its session, too, whose empty cells it fills.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from prt.figures.evaluate import Result
from prt.figures.restatement.row_changes import Key
from prt.model.figure import Figure
from prt.model.measures import Measure, Milestone, Reach, Typed
from prt.model.records import LOGS
from prt.model.rows import SESSION, Row
from prt.model.selections import Flat, Selection
from prt.model.view import Data, View


@dataclass(frozen=True)
class Seen:
    """One figure of one side: what it sees, what computes it, and what came out."""

    view: View
    measure: Measure
    figure: Figure


@dataclass
class Side:
    """What every row gives to the figures of an indicator, on one side."""

    data: Data
    given: dict[Key, list[Any]] = field(default_factory=dict)
    rows: dict[Key, Row] = field(default_factory=dict)

    def standing(self, session: Row) -> tuple[Any, ...]:
        """How a session counts, but for the cells that come from other rows."""
        given = self.given.get((session.log, session.key), ())
        return tuple(
            (
                place,
                tuple(pair for pair in zip(columns, values, strict=True) if pair[0] not in session.derived),
            )
            for place, _, columns, values in given
        )

    @cached_property
    def sessions(self) -> dict[str, Row]:
        return {row.key: row for row in self.data.logs["sessions"]}

    @cached_property
    def attendance(self) -> dict[str, Row]:
        return {row.key: row for row in self.data.logs["attendance"]}

    @classmethod
    def of(cls, seen: Sequence[Seen]) -> Side:
        side = cls(seen[0].view.data)
        for place, one in enumerate(seen):
            for flat, rows, columns in used(one):
                for row in rows:
                    key = row.log, row.key
                    values = tuple(row[name] for name in columns)
                    side.given.setdefault(key, []).append((place, flat.log, columns, values))
                    side.rows[key] = row
        return side


def used(seen: Seen) -> Iterator[tuple[Flat, list[Row], tuple[str, ...]]]:
    """Each selection that a figure reads: the rows that count, and the columns that it takes from them."""
    measure, view = seen.measure, seen.view
    chosen = list({view.data.flat(one): one for one in selections(measure)}.items())
    for flat, selection in chosen:
        columns = {name for _, of, name in measure.columns() if view.data.flat(of) == flat}
        columns |= taken(measure, flat)
        rows = list(seen.figure.rows) if isinstance(measure, Typed) else view.rows(selection)
        yield flat, rows, tuple(sorted(columns))


def taken(measure: Measure, flat: Flat) -> set[str]:
    """Columns of the rows that count which a measure takes without naming them."""
    if isinstance(measure, Typed):
        return {"date", "value"}
    if isinstance(measure, Milestone):
        return {flat.when or "date"}
    return {"session"} if isinstance(measure, Reach) and measure.within else set()


def selections(measure: Measure) -> list[Selection]:
    return [measure.main, *(selection for _, selection in measure.selections())]


class Sides:
    """Both sides of the figures: which rows give something else, and which sessions are filled otherwise."""

    def __init__(self, sent: Side, now: Side, columns: set[tuple[str, str]]) -> None:
        self.sent, self.now, self.columns = sent, now, columns
        keys = sent.given.keys() | now.given.keys()
        self.touched = {key for key in keys if sent.given.get(key) != now.given.get(key)}
        rows = [side.rows[key] for key in self.touched for side in (sent, now) if key in side.rows]
        self.sessions = {row.session.key for row in rows if row.session}
        self.filled = {key[1]: names for key in self.touched if (names := self.filled_otherwise(key))}

    def filled_otherwise(self, key: Key) -> frozenset[str]:
        """The columns of a session that come from other rows on one side, and are others."""
        before, after = self.sent.sessions.get(key[1]), self.now.sessions.get(key[1])
        if key[0] != "sessions" or before is None or after is None:
            return frozenset()
        names = {*before.derived, *after.derived} & self.wanted("sessions")
        return frozenset(name for name in names if before[name] != after[name])

    def wanted(self, log: str) -> set[str]:
        """The columns of a log that the figures depend on."""
        return {name for of, name in self.columns if of == log}

    def filling(self, *rows: Row | None) -> set[str]:
        """The columns by which these rows fill their sessions."""
        names = {name for row in rows if row and row.session for name in self.filled.get(row.session.key, ())}
        logs = {row.log for row in rows if row}
        fills = [(LOGS[log].fills, name) for log in logs for name in names]
        return {column for own, name in fills if name in own for column in own[name].by}

    def gives(self, row: Row | None, side: Side) -> set[tuple[Any, str, Hashable]]:
        """What a row of persons or answers gives to the figures by way of a session that it fills."""
        if row is None or row.session is None or row.left_out:
            return set()
        session = row.session
        found = ((side.standing(session), name, fill(row, name)) for name in self.filled.get(session.key, ()))
        return {one for one in found if one[0] and one[2] is not None}

    def refills(self, sent: Row | None, now: Row | None) -> bool:
        return self.gives(sent, self.sent) != self.gives(now, self.now)

    def persons(self) -> set[str]:
        """Those whose presence counts on one side only, although its row is the same: by their role."""
        old, new = self.sent.attendance, self.now.attendance
        turned = (key for key in old.keys() & new.keys() if old[key].left_out != new[key].left_out)
        return {
            new[key]["person"]
            for key in turned
            if ("attendance", key) in self.touched or self.refills(old[key], new[key])
        }


def fill(row: Row, name: str) -> Hashable:
    found = row.model.fills.get(name)
    return found.gives(row) if found else None


def matter(result: Result) -> set[tuple[str, str]]:
    """(log, column) of every cell that the indicator's figures depend on."""
    named = result.view.data.selections
    found: set[tuple[str, str]] = set()
    for _, measure in result.indicator.measures():
        for _, of, name in measure.columns():
            found.add(owned(of.flat(named).log, name))
        for of in selections(measure):
            found |= set(read_by(of, named))
    return found | ({("sessions", "respondents")} if ("sessions", "answered") in found else set())


def read_by(selection: Selection, named: Mapping[str, Selection]) -> Iterator[tuple[str, str]]:
    flat = selection.flat(named)
    names = [*(name for name, _ in flat.conditions), *([flat.when] if flat.when else [])]
    for name in (*names, *LOGS[flat.log].placing):
        yield owned(flat.log, name)
    if parent := LOGS[flat.log].parent:
        yield from ((parent, name) for name in LOGS[parent].placing)


def owned(log: str, name: str) -> tuple[str, str]:
    return ("sessions", name.removeprefix(SESSION)) if name.startswith(SESSION) else (log, name)
