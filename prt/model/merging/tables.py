"""Two versions of a table as one, row by row and cell by cell: rows in, rows and conflicts out.

What is a change, and of which side, is said by a judge: `three_way.py` knows the version that both came from,
`two_way.py` what corrections.csv remembers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, Protocol

from prt.text import normal_text, same_text
from prt.values import dataclass, field

Cells = Mapping[str, str]
"""The texts of a row by the names of their columns."""
Key = tuple[str, ...]
"""What tells a row from all others, its id first; empty where it has no id."""
Content = frozenset[tuple[str, str]]
Fate = Literal["keep", "drop", "back", "ask"]
"""What becomes of a row that one side lacks: `back` is one that was removed and stands there again."""
Side = Literal["ours", "theirs"]


def content_of(row: Cells, but: str = "") -> Content:
    """All that a row says, without the column `but`."""
    found = ((name, text) for name, text in row.items() if text.strip() and name != but)
    return frozenset((name, normal_text(text, name)) for name, text in found)


class Table:
    """The rows of one version. `identity` are the columns that tell one row from another, its id first."""

    def __init__(self, columns: Iterable[str], rows: Iterable[Cells], identity: Sequence[str]) -> None:
        self.columns = tuple(columns)
        self.rows = list(rows)
        self.identity = tuple(identity)
        self.keys = [key_of(row, self.identity) for row in self.rows]

    @property
    def by_key(self) -> dict[Key, int]:
        return {key: at for at, key in enumerate(self.keys) if key}

    @property
    def doubled(self) -> list[Key]:
        """The keys that several rows have, capitals aside."""
        times = Counter(map(folded_key, self.keys))
        return [key for key in dict.fromkeys(self.keys) if key and times[folded_key(key)] > 1]

    def spelt_otherwise(self, other: Table) -> list[tuple[Key, Key]]:
        """The keys that the other version has with other capitals, each with that one."""
        known = {folded_key(key): key for key in other.keys}
        found = ((key, known.get(folded_key(key), key)) for key in dict.fromkeys(self.keys))
        return [(own, one) for own, one in found if own != one]

    def without_id(self) -> dict[Content, list[int]]:
        found: dict[Content, list[int]] = {}
        for at, key in enumerate(self.keys):
            if not key:
                found.setdefault(content_of(self.rows[at]), []).append(at)
        return found

    def named_alone(self, other: Table) -> Counter[Content]:
        """What the rows with an id say that the other version lacks, but for their ids."""
        known = other.by_key
        rows = (row for row, key in zip(self.rows, self.keys, strict=True) if key and key not in known)
        return Counter(content_of(row, but=self.identity[0]) for row in rows)


def folded_key(key: Key) -> Key:
    """A key without the capitals of its id."""
    return tuple(part if at else part.casefold() for at, part in enumerate(key))


def key_of(row: Cells, identity: Sequence[str]) -> Key:
    name = row.get(identity[0], "").strip()
    return (name, *(row.get(column, "").strip() for column in identity[1:])) if name else ()


class Judge(Protocol):
    """Decides, for each difference of two tables, which side changed it."""

    def cell(self, key: Key, column: str, ours: str, theirs: str) -> str | None:
        """The text of a cell in which both differ; None for a conflict."""
        ...

    def alone(self, key: Key, row: Cells, side: Side) -> Fate:
        """What becomes of a row that only this side has."""
        ...

    def number(self, content: Content, ours: Sequence[int], named: Sequence[int]) -> int:
        """How many rows without an id say this: `ours` are the numbers here and there, `named` those of rows
        with an id that say the same and are known to one side only."""
        ...

    def is_new_column(self, column: str) -> bool:
        """Is a column that only theirs has to be added here?"""
        ...


@dataclass(frozen=True)
class Conflict:
    """A row that both sides changed: as each would have it, None where it was removed.

    `at` is its place among our rows, None where we have none; `columns` are the cells in question.
    """

    key: Key
    at: int | None
    ours: Cells | None
    theirs: Cells | None
    columns: tuple[str, ...] = ()

    def taken(self, side: Side) -> Cells | None:
        return self.ours if side == "ours" else self.theirs

    def cell_by_cell(self, sides: Mapping[str, Side]) -> Cells | None:
        """The row with the cells that were chosen, by column; of a removed one all or nothing."""
        if self.ours is None or self.theirs is None:
            return self.taken(sides[""])
        chosen = {name: (self.ours if sides[name] == "ours" else self.theirs)[name] for name in self.columns}
        return {**self.ours, **chosen}


@dataclass
class Merged:
    """What is to become of our rows, by their places, and what is to come after them."""

    columns: tuple[str, ...]
    changed: dict[int, Cells] = field(default_factory=dict)
    removed: list[int] = field(default_factory=list)
    added: list[Cells] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    back: list[Key] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.changed or self.removed or self.added or self.conflicts)

    def settle(self, conflict: Conflict, row: Cells | None) -> None:
        """The row of a conflict as somebody wants it."""
        self.conflicts.remove(conflict)
        if conflict.at is None:
            self.added += [row] if row is not None else []
        elif row is None:
            self.removed.append(conflict.at)
        else:
            self.changed[conflict.at] = row


def merge_tables(ours: Table, theirs: Table, judge: Judge) -> Merged:
    """Our version with what they changed. The order of rows is ours, then come their new ones."""
    new = [name for name in theirs.columns if name not in ours.columns and judge.is_new_column(name)]
    merged = Merged((*ours.columns, *new))
    known, others = ours.by_key, theirs.by_key
    for key, at in known.items():
        if key in others:
            merge_row(merged, key, at, (ours.rows[at], theirs.rows[others[key]]), (ours, theirs), judge)
        else:
            keep_or_drop(merged, key, at, ours.rows[at], judge)
    for key, at in others.items():
        if key not in known:
            add_or_not(merged, key, theirs.rows[at], judge)
    count_rows(merged, ours, theirs, judge)
    return merged


def merge_row(
    merged: Merged, key: Key, at: int, rows: tuple[Cells, Cells], tables: tuple[Table, Table], judge: Judge
) -> None:
    """A row that both have, cell by cell."""
    (mine, other), (ours, theirs) = rows, tables
    asked, result = [], dict(mine)
    for column in merged.columns:
        if column not in theirs.columns or same_text(mine.get(column, ""), other.get(column, ""), column):
            continue
        text = other[column]
        if column in ours.columns:
            found = judge.cell(key, column, mine.get(column, ""), text)
            if found is None:
                asked.append(column)
                continue
            text = found
        result[column] = text
    if asked:
        with_theirs = {**result, **{column: other[column] for column in asked}}
        merged.conflicts.append(Conflict(key, at, result, with_theirs, tuple(asked)))
    elif result != mine:
        merged.changed[at] = result


def keep_or_drop(merged: Merged, key: Key, at: int, row: Cells, judge: Judge) -> None:
    """A row that only we have."""
    fate = judge.alone(key, row, "ours")
    if fate == "ask":
        merged.conflicts.append(Conflict(key, at, row, None))
    elif fate != "keep":
        merged.removed.append(at)
        merged.back += [key] if fate == "back" else []


def add_or_not(merged: Merged, key: Key, row: Cells, judge: Judge) -> None:
    """A row that only they have."""
    fate = judge.alone(key, row, "theirs")
    if fate == "ask":
        merged.conflicts.append(Conflict(key, None, None, row))
    elif fate == "keep":
        merged.added.append(row)
    elif fate == "back":
        merged.back.append(key)


def count_rows(merged: Merged, ours: Table, theirs: Table, judge: Judge) -> None:
    """Rows without an id: as many that say the same as there were on both sides together."""
    here, there = ours.without_id(), theirs.without_id()
    named = ours.named_alone(theirs), theirs.named_alone(ours)
    for content in dict.fromkeys([*here, *there]):
        places, others = here.get(content, []), there.get(content, [])
        numbers = (len(places), len(others))
        wanted = judge.number(content, numbers, (named[0][content], named[1][content]))
        merged.removed += places[wanted:]
        merged.added += [theirs.rows[at] for at in others[: max(0, wanted - len(places))]]
