"""What each side did to a table, where the version that both came from is known: git knows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from prt.model.merging.tables import Cells, Content, Fate, Key, Side, Table, content_of
from prt.model.merging.two_way import Note, OnlyGrows, TwoWay
from prt.text import same_text


class ThreeWay:
    """What differs from the common version was changed by the side that differs; both: a conflict."""

    def __init__(self, base: Table) -> None:
        self.base = base
        self.rows = {key: base.rows[at] for key, at in base.by_key.items()}
        self.times = Counter({content: len(at) for content, at in base.without_id().items()})

    def cell(self, key: Key, column: str, ours: str, theirs: str) -> str | None:
        if key not in self.rows:
            return None
        was = self.rows[key].get(column, "")
        if same_text(theirs, was, column):
            return ours
        return theirs if same_text(ours, was, column) else None

    def alone(self, key: Key, row: Cells, side: Side) -> Fate:
        if key not in self.rows:
            return "keep"
        return "drop" if content_of(row) == content_of(self.rows[key]) else "ask"

    def number(self, content: Content, ours: Sequence[int], named: Sequence[int]) -> int:
        here, there = ours
        return here if here == there else max(0, here + there - self.times[content])

    def is_new_column(self, column: str) -> bool:
        return column not in self.base.columns


class GrowingThreeWay(ThreeWay):
    """Judges two versions of a register, from which no row is ever removed."""

    def cell(self, key: Key, column: str, ours: str, theirs: str) -> str | None:
        found = super().cell(key, column, ours, theirs)
        return OnlyGrows().cell(key, column, ours, theirs) if found is None else found

    def alone(self, key: Key, row: Cells, side: Side) -> Fate:
        return "keep"


class Remembered(TwoWay):
    """What corrections.csv remembers counts first, for copies may have been merged since without git; where
    it says nothing, the common version tells who changed what."""

    def __init__(
        self,
        base: Table,
        log: str,
        ours: Sequence[Note],
        theirs: Sequence[Note],
        united: AbstractSet[str] = frozenset(),
    ) -> None:
        super().__init__(log, ours, theirs, united)
        self.base = ThreeWay(base)

    def cell(self, key: Key, column: str, ours: str, theirs: str) -> str | None:
        found, subject = super().cell(key, column, ours, theirs), (self.log, key[0], column)
        if found is None and not (
            self.claims("ours", subject, ours) and self.claims("theirs", subject, theirs)
        ):
            return self.base.cell(key, column, ours, theirs)
        return found

    def alone(self, key: Key, row: Cells, side: Side) -> Fate:
        noted = any((self.log, key[0], "") in notes for notes in self.all.values())
        return super().alone(key, row, side) if noted else self.base.alone(key, row, side)

    def number(self, content: Content, ours: Sequence[int], named: Sequence[int]) -> int:
        return self.base.number(content, ours, named)

    def is_new_column(self, column: str) -> bool:
        return self.base.is_new_column(column)

    def follow_posts(self, ours: Table, theirs: Table) -> None:
        super().follow_posts(ours, theirs)
        for side in (ours, theirs):
            follow_posts(side, self.base.base)


def follow_posts(side: Table, base: Table) -> None:
    """A row of which a column that tells it apart was changed keeps its old key: the role of somebody that
    began on another day. Only where one row of an id is gone, and one is new."""
    gone, new = base.by_key.keys() - side.by_key.keys(), side.by_key.keys() - base.by_key.keys()
    for key in new:
        before = [one for one in gone if one[0] == key[0]]
        if len(before) == 1 and sum(one[0] == key[0] for one in new) == 1:
            side.keys[side.by_key[key]] = before[0]
