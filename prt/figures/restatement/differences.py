"""The difference of two sets of facts: which rows give something else to some figures than they did.

A row of persons or answers gives by way of its session, too, whose empty cells it fills.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from prt.figures.evaluate import Result
from prt.figures.restatement.row_changes import Key
from prt.model.facts import EACH, MEMBER, ROW, SIDE, Facts, PlainFact, of_side, through
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.records import LOGS
from prt.model.rows import SESSION, Row
from prt.model.selections import Selection
from prt.model.view import Data, View


@dataclass(frozen=True)
class Seen:
    """One figure of one side: what it sees, what computes it, the facts it was made of, and what came out."""

    view: View
    measure: Measure
    facts: Facts
    figure: Figure

    def counted(self) -> Iterator[PlainFact]:
        """The facts that count, those of a population among them."""
        yield from self.figure.facts
        if self.measure.population:
            yield from of_side(self.facts, "whole")


Gift = tuple[Hashable, ...]
"""What a row gives to one of the figures, whatever row it is."""


class Contributions:
    """What every row gives to some figures of an indicator, on one side."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self.data: Data = seen[0].view.data
        self.gifts: dict[Key, set[Gift]] = {}
        self.rows: dict[Key, Row] = {}
        for number, one in enumerate(seen):
            for fact in one.counted():
                row = fact[ROW]
                groups = tuple(row[column] for column in one.measure.breakdowns)
                self.gifts.setdefault((row.log, row.key), set()).add((number, *fact[SIDE:], *groups))
                self.rows[row.log, row.key] = row

    def figures_of(self, row: Row) -> frozenset[Hashable]:
        """The figures in which a row counts."""
        return frozenset(gift[0] for gift in self.gifts.get((row.log, row.key), ()))

    @cached_property
    def parents(self) -> dict[Key, Row]:
        """The rows that others belong to, by (log, id)."""
        logs = {model.parent for model in LOGS.values() if model.parent}
        return {(log, row.key): row for log in logs for row in self.data.logs[log]}

    @cached_property
    def presences(self) -> dict[Key, Row]:
        logs = [log for log, model in LOGS.items() if model.presences]
        return {(log, row.key): row for log in logs for row in self.data.logs[log]}


class Difference:
    """Both sides of some figures: which rows give something else, and which sessions are filled otherwise.

    `columns` are those on which the figures depend, as (log, column).
    """

    def __init__(self, sent: Contributions, now: Contributions, columns: set[tuple[str, str]]) -> None:
        self.sent, self.now, self.columns = sent, now, columns
        keys = sent.gifts.keys() | now.gifts.keys()
        self.touched = {key for key in keys if sent.gifts.get(key) != now.gifts.get(key)}
        rows = [side.rows[key] for key in self.touched for side in (sent, now) if key in side.rows]
        self.parents = {(row.session.log, row.session.key) for row in rows if row.session}
        self.filled = {key: names for key in self.touched if (names := self.filled_otherwise(key))}

    def filled_otherwise(self, key: Key) -> frozenset[str]:
        """The columns of a session that come from other rows on one side, and are others."""
        before, after = self.sent.parents.get(key), self.now.parents.get(key)
        if before is None or after is None:
            return frozenset()
        names = {*before.derived, *after.derived} & self.wanted(key[0])
        return frozenset(name for name in names if before[name] != after[name])

    def wanted(self, log: str) -> set[str]:
        """The columns of a log that the figures depend on."""
        return {name for of, name in self.columns if of == log}

    def columns_filling(self, *rows: Row | None) -> set[str]:
        """The columns by which these rows fill their sessions."""
        fills = (row.model.fills.get(name) for row in rows if row for name in self.filled_by(row))
        return {column for fill in fills if fill for column in fill.by}

    def filled_by(self, row: Row) -> frozenset[str]:
        """The columns of its session that are filled otherwise."""
        return (
            self.filled.get((row.session.log, row.session.key), frozenset()) if row.session else frozenset()
        )

    def fills_otherwise(self, sent: Row | None, now: Row | None) -> bool:
        return self.gifts_through(sent, self.sent) != self.gifts_through(now, self.now)

    def gifts_through(self, row: Row | None, side: Contributions) -> set[Gift]:
        """What a row of persons or answers gives to the figures by way of a session that it fills."""
        if row is None or row.session is None:
            return set()
        figures = side.figures_of(row.session)
        found = through(row.session, self.filled_by(row), [row]) if figures else ()
        return {(figures, fact[MEMBER], fact[EACH]) for fact in found}

    def persons(self) -> set[str]:
        """Those whose presence counts on one side only, although its row is the same: by their role."""
        old, new = self.sent.presences, self.now.presences
        turned = (key for key in old.keys() & new.keys() if old[key].left_out != new[key].left_out)
        return {
            new[key]["person"]
            for key in turned
            if key in self.touched or self.fills_otherwise(old[key], new[key])
        }


def columns_read(result: Result) -> set[tuple[str, str]]:
    """(log, column) of every cell that the indicator's figures depend on."""
    named = result.view.data.selections
    found: set[tuple[str, str]] = set()
    for _, measure in result.indicator.measures():
        for _, of, name in measure.columns():
            found.add(owned(of.flat(named).log, name))
        for of in measure.reads(result.handle):
            found.update(columns_of(of, named))
    return found | ({("sessions", "respondents")} if ("sessions", "answered") in found else set())


def columns_of(selection: Selection, named: Mapping[str, Selection]) -> Iterator[tuple[str, str]]:
    """The columns that decide whether a row is selected, and on which day it counts."""
    flat = selection.flat(named)
    names = [*(name for name, _ in flat.conditions), *([flat.when] if flat.when else [])]
    for name in (*names, *LOGS[flat.log].placing):
        yield owned(flat.log, name)
    if parent := LOGS[flat.log].parent:
        yield from ((parent, name) for name in LOGS[parent].placing)


def owned(log: str, name: str) -> tuple[str, str]:
    """The log and the column that a name such as `session.line` means."""
    parent = LOGS[log].parent if log in LOGS else ""
    return (parent, name.removeprefix(SESSION)) if name.startswith(SESSION) else (log, name)
