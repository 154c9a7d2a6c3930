"""What each side did to a table, where only corrections.csv remembers it: two copies of one project.

What one copy alone has in its corrections is what was done there, and its net effect counts: a removal that
was taken back is none. A text that nobody has noted, such as one typed in Excel, is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from prt.model.merging.tables import Cells, Content, Fate, Key, Side, Table, same_text

Subject = tuple[str, str, str]
"""A log, the id of a row of it, and a column; without a column it is the whole row."""
REMOVED, RESTORED = "removed", "restored"
TAKEN_OUT = "[…]"
"""What stands in corrections.csv where something personal was taken out."""


@dataclass(frozen=True)
class Note:
    """A row of corrections.csv. `cells` are those of a removed row, where its line can be read."""

    id: str
    log: str
    row: str
    action: str
    column: str = ""
    old: str = ""
    new: str = ""
    when: str = ""
    who: str = ""
    why: str = ""
    cells: Cells = field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        return self.log, self.row, self.column


Notes = Mapping[Subject, Sequence[Note]]


def by_subject(notes: Iterable[Note]) -> dict[Subject, list[Note]]:
    found: dict[Subject, list[Note]] = {}
    for note in notes:
        found.setdefault(note.subject, []).append(note)
    return found


def is_net_edit(notes: Sequence[Note]) -> bool:
    """Did these edits of one cell leave it otherwise than it was?"""
    return bool(notes) and not same_text(notes[0].old, notes[-1].new)


def is_live(notes: Sequence[Note], text: str) -> bool:
    """Do edits of one cell lead to this text oftener than away from it? They may be those of two sides."""
    begun = bool(notes) and same_text(notes[0].old, text)
    return begun + sum(same_text(note.new, text) - same_text(note.old, text) for note in notes) > 0


def net_change(notes: Sequence[Note]) -> str:
    """`removed`, `restored`, or an empty text where a row is there as it was before these notes."""
    if not notes or notes[0].action != notes[-1].action:
        return ""
    return notes[-1].action


def without_effect(notes: Iterable[Note]) -> set[str]:
    """The ids of the notes that others of the same side took back."""
    groups = by_subject(notes).items()
    gone = [group for (_, _, column), group in groups if not (is_net_edit if column else net_change)(group)]
    return {note.id for group in gone for note in group}


class TwoWay:
    """The corrections of both sides, in the order of their files; the cells of `united` columns are lists."""

    def __init__(
        self, log: str, ours: Sequence[Note], theirs: Sequence[Note], united: AbstractSet[str] = frozenset()
    ) -> None:
        known, others = {note.id for note in ours}, {note.id for note in theirs}
        self.log, self.united = log, united
        self.both: Notes = by_subject(note for note in ours if note.id in others)
        self.own: dict[Side, Notes] = {
            "ours": by_subject(note for note in ours if note.id not in others),
            "theirs": by_subject(note for note in theirs if note.id not in known),
        }

    def cell(self, key: Key, column: str, ours: str, theirs: str) -> str | None:
        subject = (self.log, key[0], column)
        here, there = self.claims("ours", subject, ours), self.claims("theirs", subject, theirs)
        if here != there:
            left = self.left_behind("ours" if here else "theirs", subject, theirs if here else ours)
            found = ours if here else theirs
            return found if left else self.unite(column, ours, theirs)
        both = self.both.get(subject, ())
        if not here and is_live(both, ours) != is_live(both, theirs):
            found, other = (ours, theirs) if is_live(both, ours) else (theirs, ours)
            if any(same_text(note.old, other) for note in both):
                return found
        return self.unite(column, ours, theirs)

    def claims(self, side: Side, subject: Subject, text: str) -> bool:
        """Is the text what this side has edited the cell to?"""
        notes = self.own[side].get(subject, ())
        return is_net_edit(notes) and same_text(notes[-1].new, text)

    def left_behind(self, side: Side, subject: Subject, text: str) -> bool:
        """Is it a text that this side knows, and has changed?"""
        notes = (*self.both.get(subject, ()), *self.own[side].get(subject, ()))
        return any(same_text(note.old, text) for note in notes)

    def unite(self, column: str, ours: str, theirs: str) -> str | None:
        """Other spellings of a name are all of them; any other cell is a conflict."""
        if column not in self.united:
            return None
        return "; ".join(dict.fromkeys(one.strip() for one in f"{ours};{theirs}".split(";") if one.strip()))

    def alone(self, key: Key, row: Cells, side: Side) -> Fate:
        other: Side = "theirs" if side == "ours" else "ours"
        whole = (self.log, key[0], "")
        mine, others, both = (notes.get(whole, ()) for notes in (self.own[side], self.own[other], self.both))
        if net_change(others) == REMOVED:
            removal, fate = others[-1], "drop"
        elif last := [*both, *mine][-1:]:
            removal, fate = last[0], "back"
            if removal.action != REMOVED:
                return "keep"
        else:
            return "keep"
        if self.is_edited(side, key) or not self.is_as_removed(key, row, removal):
            return "ask"
        return "drop" if fate == "drop" else "back"

    def is_edited(self, side: Side, key: Key) -> bool:
        """Has this side edits of the row that the other one does not know?"""
        own = self.own[side].items()
        return any(subject[:2] == (self.log, key[0]) and subject[2] and is_net_edit(n) for subject, n in own)

    def is_as_removed(self, key: Key, row: Cells, removal: Note) -> bool:
        """Is the row what it was when it was removed, or earlier?"""
        return all(
            same_text(row.get(column, ""), was) or self.was_known(key, column, row.get(column, ""))
            for column, was in removal.cells.items()
        )

    def was_known(self, key: Key, column: str, text: str) -> bool:
        subject = (self.log, key[0], column)
        return any(self.left_behind(side, subject, text) for side in self.own)

    def number(self, content: Content, ours: Sequence[int], named: Sequence[int]) -> int:
        """Rows without an id that the other side has given one are those of that id."""
        return max(0, ours[0] - named[1], ours[1] - named[0])

    def is_new_column(self, column: str) -> bool:
        return True

    def follow_posts(self, ours: Table, theirs: Table) -> None:
        """A row of which a column that tells it apart was edited has the key of before on both sides."""
        for side, table, other in (("ours", ours, theirs), ("theirs", theirs, ours)):
            for key, at in table.by_key.items() if len(table.identity) > 1 else ():
                before = self.key_before("ours" if side == "ours" else "theirs", key, table.identity)
                if before != key and key not in other.by_key and before in other.by_key:
                    table.keys[at] = before

    def key_before(self, side: Side, key: Key, identity: Sequence[str]) -> Key:
        """The key of a row before this side edited it."""
        found = list(key)
        for place, column in enumerate(identity[1:], 1):
            notes = self.own[side].get((self.log, key[0], column), ())
            if is_net_edit(notes) and same_text(notes[-1].new, key[place]):
                found[place] = notes[0].old.strip()
        return tuple(found)


class OnlyGrows:
    """A register from which no row goes: both sides together. What was taken out of one stays out."""

    def cell(self, key: Key, column: str, ours: str, theirs: str) -> str | None:
        return theirs if TAKEN_OUT in theirs and TAKEN_OUT not in ours else ours

    def alone(self, key: Key, row: Cells, side: Side) -> Fate:
        return "keep"

    def number(self, content: Content, ours: Sequence[int], named: Sequence[int]) -> int:
        return max(ours)

    def is_new_column(self, column: str) -> bool:
        return True
