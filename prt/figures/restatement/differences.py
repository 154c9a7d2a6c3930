"""The difference of two sets of facts: which rows give something else to some figures than they did.

A row of persons or answers gives by way of its session, too, whose empty cells it fills.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from prt.figures.evaluate import Result
from prt.figures.restatement.row_changes import KINDS, RowChange
from prt.model.cells import OrganisationCell, cell_of_one
from prt.model.facts import EACH, MEMBER, ROW, SIDE, through
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.populations import Members
from prt.model.records import LOGS
from prt.model.rows import SESSION, Row, RowKey
from prt.model.selections import Selection, several
from prt.model.view import Data, View
from prt.values import dataclass


@dataclass(frozen=True)
class Seen:
    """One figure of one side: what it sees, what computes it, and what came out."""

    view: View
    measure: Measure
    figure: Figure


Gift = tuple[Hashable, ...]
"""What a row gives to one of the figures, whatever row it is."""


class Gifts:
    """What every row gives to some figures of an indicator, on one side."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self.data: Data = seen[0].view.data
        self.gifts: dict[RowKey, set[Gift]] = {}
        self.rows: dict[RowKey, Row] = {}
        for number, one in enumerate(seen):
            for fact in one.figure.facts:
                row = fact[ROW]
                groups = tuple(row[column] for column in one.measure.split_columns(fact[SIDE]))
                self.gifts.setdefault(row.key, set()).add((number, *fact[SIDE:], *groups))
                self.rows[row.key] = row

    def figures_of(self, row: Row) -> frozenset[Hashable]:
        """The figures in which a row counts."""
        return frozenset(gift[0] for gift in self.gifts.get(row.key, ()))

    @cached_property
    def parents(self) -> dict[RowKey, Row]:
        """The rows that others belong to, by (log, id)."""
        logs = {model.parent for model in LOGS.values() if model.parent}
        return {row.key: row for log in logs for row in self.data.logs[log]}

    @cached_property
    def presences(self) -> dict[RowKey, Row]:
        logs = [log for log, model in LOGS.items() if model.presences]
        return {row.key: row for log in logs for row in self.data.logs[log]}


class Difference:
    """Both sides of some figures: which rows give something else, and which sessions are filled otherwise.

    `columns` are those on which the figures depend, as (log, column).
    """

    def __init__(self, sent: Gifts, now: Gifts, columns: set[tuple[str, str]]) -> None:
        self.sent, self.now, self.columns = sent, now, columns
        keys = sent.gifts.keys() | now.gifts.keys()
        self.touched = {key for key in keys if sent.gifts.get(key) != now.gifts.get(key)}
        rows = [side.rows[key] for key in self.touched for side in (sent, now) if key in side.rows]
        self.parents = {row.session.key for row in rows if row.session}
        self.filled = {key: names for key in self.touched if (names := self.filled_otherwise(key))}

    def filled_otherwise(self, key: RowKey) -> frozenset[str]:
        """The columns of a session that other rows fill on one side, and whose values differ."""
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
        return self.filled.get(row.session.key, frozenset()) if row.session else frozenset()

    def fills_otherwise(self, sent: Row | None, now: Row | None) -> bool:
        return self.gifts_through(sent, self.sent) != self.gifts_through(now, self.now)

    def gifts_through(self, row: Row | None, side: Gifts) -> set[Gift]:
        """What a row of persons or answers gives to the figures by way of a session that it fills."""
        if row is None or row.session is None:
            return set()
        figures = side.figures_of(row.session)
        found = through(row.session, self.filled_by(row), [row]) if figures else ()
        return {(figures, fact[MEMBER], fact[EACH]) for fact in found}

    def persons(self) -> set[str]:
        """The persons whose presence counts on one side only, although its row is the same: by their role."""
        old, new = self.sent.presences, self.now.presences
        turned = (key for key in old.keys() & new.keys() if old[key].left_out != new[key].left_out)
        return {
            new[key]["person"]
            for key in turned
            if key in self.touched or self.fills_otherwise(old[key], new[key])
        }


def read_columns(result: Result) -> set[tuple[str, str]]:
    """(log, column) of every cell that the indicator's figures depend on."""
    named = result.view.data.selections
    found: set[tuple[str, str]] = set()
    for _, measure in result.indicator.measures():
        for _, of, name in measure.columns():
            found.add(owning_column(of.flat(named).log, name))
        for of in measure.reads(result.handle):
            found.update(columns_of(of, named))
    return found | {
        (log, LOGS[log].stand_ins[name]) for log, name in found if log in LOGS and name in LOGS[log].stand_ins
    }


def columns_of(selection: Selection, named: Mapping[str, Selection]) -> Iterator[tuple[str, str]]:
    """The columns that decide whether a row is selected, and on which day it counts."""
    flat = selection.flat(named)
    names = [*(name for name, _ in flat.conditions), *([flat.when] if flat.when else [])]
    for name in (*names, *LOGS[flat.log].placing):
        yield owning_column(flat.log, name)
    if parent := LOGS[flat.log].parent:
        yield from ((parent, name) for name in LOGS[parent].placing)


def owning_column(log: str, name: str) -> tuple[str, str]:
    """The log and the column that a name such as `session.line` means."""
    parent = LOGS[log].parent if log in LOGS else ""
    return (parent, name.removeprefix(SESSION)) if name.startswith(SESSION) else (log, name)


def causes(
    sent: Result, now: Result, moved: Sequence[tuple[Seen, Seen]], changes: Sequence[RowChange]
) -> tuple[RowChange, ...]:
    """Of all changes those that move these figures, each pair as sent and now; only the cells that matter."""
    if not moved:
        return ()
    before, after = (Gifts([pair[place] for pair in moved]) for place in (0, 1))
    difference = Difference(before, after, read_columns(sent) | read_columns(now))
    found = [one for change in changes if (one := relevant(change, difference))]
    found = found or list(first_rows(moved, changes))
    members, gone = moved_members(sent, now) | difference.persons(), organisations_of(found)
    found += [one for one in changes if is_member(one, members) or is_gone(one, gone)]
    kept = without_children(found)
    return tuple(sorted(kept, key=lambda one: (KINDS.index(one.kind), one.row.day, one.row.name)))


def without_children(found: Sequence[RowChange]) -> list[RowChange]:
    """The changes without rows that came or went together with their parent, which stands for them."""
    rows = {(one.kind, one.row.key) for one in found}
    return [
        one
        for one in found
        if one.kind == "corrected" or one.row.session is None or (one.kind, one.row.session.key) not in rows
    ]


def relevant(change: RowChange, difference: Difference) -> RowChange | None:
    """The change with the edits that matter, or None where it moves nothing here."""
    log = change.row.log
    names: set[str] = set()
    if change.key in difference.touched or change.key in difference.parents:
        names |= difference.wanted(log)
    if difference.fills_otherwise(change.sent, change.now):
        names |= difference.columns_filling(change.sent, change.now)
    if not names:
        return None
    wanted = change.of(names)
    return wanted if wanted.edits or change.kind != "corrected" else None


def first_rows(moved: Sequence[tuple[Seen, Seen]], changes: Iterable[RowChange]) -> Iterator[RowChange]:
    """Rows that came or went of a log that was empty on one side: none counts, but there are data now."""
    turned = [
        pair for pair in moved if (pair[0].figure.absent == "no_data") != (pair[1].figure.absent == "no_data")
    ]
    seen = (one for pair in turned for one in pair)
    logs = {log: one.view for one in seen for log in one.measure.logs(one.view.data.selections)}
    for change in changes:
        view = logs.get(change.row.log)
        if view and change.kind != "corrected" and change.row.day <= view.window.last:
            yield change


def is_member(change: RowChange, members: set[str]) -> bool:
    return change.row.log in ("people", "organisations") and change.row.id in members


def is_gone(change: RowChange, codes: set[str]) -> bool:
    """Is it an organisation that is not there any more, or is not called so?"""
    if change.row.log != "organisations" or change.row.id not in codes:
        return False
    return change.kind in ("removed", "unreadable") or bool(change.of(("aliases",)).edits)


def organisations_of(found: Iterable[RowChange]) -> set[str]:
    """The organisations named by rows that cannot be read any more: one that is gone may be why."""
    cells = (
        one.row[column.name]
        for one in found
        if one.kind == "unreadable"
        for column in one.row.model.columns()
        if isinstance(cell_of_one(column.cell), OrganisationCell)
    )
    return {code for cell in cells for code in several(cell)}


def moved_members(sent: Result, now: Result) -> set[str]:
    """The members who are in the population on one side only, or who need another number than before."""
    found: set[str] = set()
    for before, after in zip(populations(sent), populations(now), strict=False):
        found |= set(before.members((), sent.view)) ^ set(after.members((), now.view))
    before_asked, after_asked = (
        {(one.id, one.needed) for one in result.to_date.members} for result in (sent, now)
    )
    if sent.measure.has_members and now.measure.has_members:
        found |= {one for one, _ in before_asked ^ after_asked}
    return found


def populations(result: Result) -> list[Members]:
    """The people or organisations that its measures ask for: what rows name is in their facts."""
    found = (measure.population for _, measure in result.indicator.measures())
    return [one for one in found if one and one.conditions()[0]]
