"""What somebody chooses where both sides changed the same thing; what was not taken becomes a correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import get_args

from prt.files.csv.reader import CsvFile
from prt.files.merging.tables import new_row_text
from prt.model.columns import Record as Model
from prt.model.merging.tables import Cells, Conflict, Merged, Side
from prt.model.merging.two_way import REMOVED, Note
from prt.problems import Mistake, PrtError
from prt.text import same_text
from prt.values import dataclass, field

Write = Callable[[dict[str, str]], None]
"""Notes a correction of the log that is merged."""


@dataclass(frozen=True)
class Choices:
    """Which side is taken: of a cell, of a row, of everything else."""

    of: Mapping[str, Side] = field(default_factory=dict)
    other: Side | None = None

    def side(self, row: str, column: str = "") -> Side | None:
        return self.of.get(f"{row}.{column}") or self.of.get(row) or self.other

    def plus(self, conflict: OpenCell, side: Side) -> Choices:
        return Choices({**self.of, conflict.name: side}, self.other)


def read_choices(text: str | None) -> Choices:
    """`ours`, `theirs`, `w-20241016-7kq2=theirs`, `w-20241016-7kq2.hours=ours`, several after commas."""
    chosen: dict[str, Side] = {}
    other: Side | None = None
    for one in (text or "").replace(",", " ").split():
        name, equals, word = one.rpartition("=")
        side = next((side for side in get_args(Side) if side == word), None)
        if side is None or (equals and not name):
            raise PrtError(Mistake("not_a_side", text=one), code=2)
        if name:
            chosen[name] = side
        else:
            other = side
    return Choices(chosen, other)


@dataclass(frozen=True)
class SideEdit:
    """What one side made of a cell of a row that the other removed."""

    column: str
    old: str
    new: str
    told: Note | None


@dataclass(frozen=True)
class OpenCell:
    """A cell in which both sides differ, or a row (no column) that one removed and the other has: None."""

    shown: str
    row: str
    column: str
    ours: str | None
    theirs: str | None
    told: Mapping[Side, Note | None]
    """The correction of each side that says who changed the cell, when and why, where there is one."""
    edits: tuple[SideEdit, ...] = ()
    is_of_both: bool = False
    """Is it known that both sides changed it? If not, they differ."""

    @property
    def name(self) -> str:
        return f"{self.row}.{self.column}" if self.column else self.row


@dataclass(frozen=True)
class ToldChanges:
    """Who made a cell what it is, when and why, as far as the corrections of its side say; where git has
    merged these already, those of both."""

    log: str
    ours: list[Note]
    theirs: list[Note]

    def tell(self, row: str, column: str, text: str | None, side: Side) -> Note | None:
        """The last correction that led to this text, or to the row that is there or not."""
        if column:
            found = [note for note in self.of(row, column, side) if note.new == text]
        else:
            found = [note for note in self.of(row, "", side) if (note.action == REMOVED) == (text is None)]
        return found[-1] if found else None

    def of(self, row: str, column: str, side: Side) -> list[Note]:
        """The corrections that this side alone has of a cell, else those that both have."""
        mine, other = (self.ours, self.theirs) if side == "ours" else (self.theirs, self.ours)
        known = {note.id for note in other}
        found = [note for note in mine if note.subject == (self.log, row, column)]
        return [note for note in found if note.id not in known] or found

    def edits(self, row: str, cells: Cells, side: Side) -> Iterator[SideEdit]:
        """The cells that were edited to what they are, and those that differ from the removed row."""
        both = [*self.ours, *self.theirs]
        removed = [note for note in both if note.subject == (self.log, row, "") and note.action == REMOVED]
        was = removed[-1].cells if removed else {}
        for column, text in cells.items():
            notes = [note for note in self.of(row, column, side) if note.new == text]
            old = was.get(column, notes[-1].old if notes else text)
            if not same_text(old, text, column):
                yield SideEdit(column, old, text, notes[-1] if notes else None)


def open_cells(shown: str, conflict: Conflict, teller: ToldChanges, *, by_both: bool) -> Iterator[OpenCell]:
    """The cells of a conflict; `by_both` where git says that both sides changed them."""
    row = conflict.key[0]
    for column in conflict.columns or ("",):
        ours, theirs = cell_text(conflict.ours, column), cell_text(conflict.theirs, column)
        told: dict[Side, Note | None] = {
            "ours": teller.tell(row, column, ours, "ours"),
            "theirs": teller.tell(row, column, theirs, "theirs"),
        }
        edits = tuple(edits_of(conflict, teller)) if not column else ()
        known = all(told.values()) or (any(told.values()) and any(edit.told for edit in edits))
        yield OpenCell(shown, row, column, ours, theirs, told, edits, by_both or known)


def edits_of(conflict: Conflict, teller: ToldChanges) -> Iterator[SideEdit]:
    for side in get_args(Side):
        if cells := conflict.taken(side):
            yield from teller.edits(conflict.key[0], cells, side)


def cell_text(cells: Cells | None, column: str) -> str | None:
    """The text of a cell, or of the whole row; None where the row was removed."""
    if cells is None:
        return None
    return cells.get(column, "") if column else row_in_words(cells)


def row_in_words(cells: Cells) -> str:
    return ", ".join(f"{name} {text}" for name, text in cells.items() if text.strip() and name != "id")


def settle_conflicts(
    file: CsvFile, model: type[Model], merged: Merged, choices: Choices, write: Write
) -> list[Side]:
    """Each conflict of which all cells are chosen; the others stay. Returns the sides that were taken."""
    taken: list[Side] = []
    for conflict in list(merged.conflicts):
        columns = conflict.columns or ("",)
        chosen = {column: choices.side(conflict.key[0], column) for column in columns}
        sides: dict[str, Side] = {column: side for column, side in chosen.items() if side}
        if len(sides) == len(columns):
            merged.settle(conflict, conflict.cell_by_cell(sides))
            taken += sides.values()
            for note in notes_of_choice(file, model, merged, conflict, sides):
                write({"row": conflict.key[0], **note})
    return taken


def notes_of_choice(
    file: CsvFile, model: type[Model], merged: Merged, conflict: Conflict, sides: Mapping[str, Side]
) -> Iterator[dict[str, str]]:
    for column, side in sides.items():
        other: Side = "theirs" if side == "ours" else "ours"
        kept, lost = conflict.taken(side), conflict.taken(other)
        if kept is not None and lost is not None:
            old, new = lost.get(column, ""), kept.get(column, "")
            why = f"merged, {other} was {old or 'empty'}"
            yield {"action": "edited", "column": column, "old": old, "new": new, "why": why}
        elif kept is not None:
            line = new_row_text(file, model, kept, merged.columns).rstrip("\r\n")
            yield {"action": "restored", "new": line, "why": f"merged, {other} had removed it"}
        elif lost is not None:
            line = new_row_text(file, model, lost, merged.columns).rstrip("\r\n")
            yield {"action": "removed", "old": line, "why": f"merged, {other} had changed it"}
