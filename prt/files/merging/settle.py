"""What somebody chooses where both sides changed the same thing; what was not taken becomes a correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import get_args

from prt.files.csv.reader import CsvFile
from prt.files.merging.tables import new_row_text
from prt.model.columns import Record as Model
from prt.model.merging.tables import Cells, Conflict, Merged, Side
from prt.problems import PrtError

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
            raise PrtError(f'--take: "{one}" is none of ours, theirs, ID=ours, ID=theirs.', code=2)
        if name:
            chosen[name] = side
        else:
            other = side
    return Choices(chosen, other)


@dataclass(frozen=True)
class OpenCell:
    """A cell that both sides changed, or a row (no column) that one removed and the other changed: None."""

    shown: str
    row: str
    column: str
    ours: str | None
    theirs: str | None
    told: Mapping[Side, str]
    """Who changed it when and why, where corrections.csv knows."""

    @property
    def name(self) -> str:
        return f"{self.row}.{self.column}" if self.column else self.row


Tell = Callable[[str, str, str, Side], str]
"""What corrections.csv says of a text that a cell of a row has on one side."""


def open_cells(shown: str, conflict: Conflict, tell: Tell) -> Iterator[OpenCell]:
    row = conflict.key[0]
    for column in conflict.columns or ("",):
        ours, theirs = cell_text(conflict.ours, column), cell_text(conflict.theirs, column)
        told: dict[Side, str] = {
            "ours": tell(row, column, ours or "", "ours"),
            "theirs": tell(row, column, theirs or "", "theirs"),
        }
        yield OpenCell(shown, row, column, ours, theirs, told)


def cell_text(cells: Cells | None, column: str) -> str | None:
    """The text of a cell, or of the whole row; None where the row was removed."""
    if cells is None:
        return None
    return cells.get(column, "") if column else row_in_words(cells)


def row_in_words(cells: Cells) -> str:
    return ", ".join(f"{name} {text}" for name, text in cells.items() if text.strip() and name != "id")


def settle_conflicts(
    file: CsvFile, model: type[Model], merged: Merged, choices: Choices, write: Write
) -> None:
    """Each conflict of which all cells are chosen; the others stay."""
    for conflict in list(merged.conflicts):
        columns = conflict.columns or ("",)
        chosen = {column: choices.side(conflict.key[0], column) for column in columns}
        sides: dict[str, Side] = {column: side for column, side in chosen.items() if side}
        if len(sides) == len(columns):
            merged.settle(conflict, conflict.cell_by_cell(sides))
            for note in notes_of_choice(file, model, merged, conflict, sides):
                write({"row": conflict.key[0], **note})


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
