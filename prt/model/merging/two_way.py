"""What each side did to a table, where only corrections.csv remembers it: two copies of one project.

What one copy alone has in its corrections is what was done there, and its net effect counts: a removal that
was taken back is none. A text that nobody has noted, such as one typed in Excel, is asked about.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from prt.model.merging.tables import Cells, Content, Fate, Key, Side, Table
from prt.text import same_text
from prt.values import dataclass, field

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


def net_effect(notes: Sequence[Note], known: Container[str]) -> Note | None:
    """The last correction of one subject in one copy, where it left another state than those that are `known`
    to the other copy; None where the others were taken back."""
    shared = [note for note in notes if note.id in known]
    if not notes or len(shared) == len(notes):
        return None
    before = state_after(shared[-1]) if shared else state_before(notes[0])
    return None if same_text(state_after(notes[-1]), before, notes[-1].column) else notes[-1]


def state_after(note: Note) -> str:
    return note.new if note.column else note.action


def state_before(note: Note) -> str:
    if note.column:
        return note.old
    return RESTORED if note.action == REMOVED else REMOVED


def is_live(notes: Sequence[Note], text: str) -> bool:
    """Do edits of one cell lead to this text oftener than away from it? They may be those of two sides."""

    def is_it(one: str) -> bool:
        return same_text(one, text, notes[0].column)

    return bool(notes) and is_it(notes[0].old) + sum(is_it(one.new) - is_it(one.old) for one in notes) > 0


class TwoWay:
    """The corrections of both sides, in the order of their files; the cells of `united` columns are lists."""

    def __init__(
        self, log: str, ours: Sequence[Note], theirs: Sequence[Note], united: AbstractSet[str] = frozenset()
    ) -> None:
        self.log, self.united = log, united
        self.taken_back: list[tuple[str, str]] = []
        """Cells that have the text of before an edit that both know, on one side: an old copy of the file."""
        self.all: dict[Side, Notes] = {"ours": by_subject(ours), "theirs": by_subject(theirs)}
        self.known: set[str] = {note.id for note in ours} & {note.id for note in theirs}
        self.edited: dict[Side, set[str]] = {
            side: {
                subject[1]
                for subject in notes
                if subject[0] == log and subject[2] and self.net(side, subject)
            }
            for side, notes in self.all.items()
        }

    def of(self, side: Side, subject: Subject) -> Sequence[Note]:
        return self.all[side].get(subject, ())

    def net(self, side: Side, subject: Subject) -> Note | None:
        return net_effect(self.of(side, subject), self.known)

    def cell(self, key: Key, column: str, ours: str, theirs: str) -> str | None:
        subject = (self.log, key[0], column)
        here, there = self.claims("ours", subject, ours), self.claims("theirs", subject, theirs)
        if here != there:
            left = self.left_behind("ours" if here else "theirs", subject, theirs if here else ours)
            found = ours if here else theirs
            return found if left else self.unite(column, ours, theirs)
        both = [note for note in self.of("ours", subject) if note.id in self.known]
        if not here and is_live(both, ours) != is_live(both, theirs):
            found, other = (ours, theirs) if is_live(both, ours) else (theirs, ours)
            if any(same_text(note.old, other, column) for note in both):
                self.taken_back.append((key[0], column))
                return found
        return self.unite(column, ours, theirs)

    def claims(self, side: Side, subject: Subject, text: str) -> bool:
        """Is the text what this side has edited the cell to?"""
        last = self.net(side, subject)
        return last is not None and same_text(last.new, text, subject[2])

    def left_behind(self, side: Side, subject: Subject, text: str) -> bool:
        """Is it a text that this side knows, and has changed?"""
        return any(same_text(note.old, text, subject[2]) for note in self.of(side, subject))

    def unite(self, column: str, ours: str, theirs: str) -> str | None:
        """Other spellings of a name are all of them; any other cell is a conflict."""
        if column not in self.united:
            return None
        return "; ".join(dict.fromkeys(one.strip() for one in f"{ours};{theirs}".split(";") if one.strip()))

    def alone(self, key: Key, row: Cells, side: Side) -> Fate:
        other: Side = "theirs" if side == "ours" else "ours"
        whole = (self.log, key[0], "")
        theirs, mine = self.net(other, whole), self.of(side, whole)[-1:]
        if theirs and theirs.action == REMOVED:
            removal, fate = theirs, "drop"
        elif mine and mine[0].action == REMOVED:
            removal, fate = mine[0], "back"
        else:
            return "keep"
        if key[0] in self.edited[side] or not self.is_as_removed(key, row, removal):
            return "ask"
        return "drop" if fate == "drop" else "back"

    def is_as_removed(self, key: Key, row: Cells, removal: Note) -> bool:
        """Is the row what it was when it was removed, or earlier?"""
        return all(
            same_text(row.get(column, ""), was, column) or self.was_known(key, column, row.get(column, ""))
            for column, was in removal.cells.items()
        )

    def was_known(self, key: Key, column: str, text: str) -> bool:
        subject = (self.log, key[0], column)
        return any(self.left_behind(side, subject, text) for side in self.all)

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
            notes, last = (
                self.of(side, (self.log, key[0], column)),
                self.net(side, (self.log, key[0], column)),
            )
            if last and same_text(last.new, key[place], column):
                shared = [note for note in notes if note.id in self.known]
                found[place] = (shared[-1].new if shared else notes[0].old).strip()
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
