"""A workbook that came back, and what is to be done with its rows."""

from __future__ import annotations

from pathlib import Path

from prt.files.project import Year
from prt.files.workbook.filled_book import FilledBook
from prt.imports.proposing.versions import CellConflict, RowEdit
from prt.tasks.sheets.read_book import TakenSheet
from prt.tasks.sheets.sheet_reader import SheetReader
from prt.tasks.sheets.show_taken import TakenScreen
from prt.values import dataclass, field


@dataclass
class BookImport:
    """A workbook and what is to be done: `back` are rows to be brought back, by log, `left` the cells of
    which somebody said that the file's is right, `apart` the ids of rows that wait for their ids in the
    workbook and are none of its rows, `removed` those of rows to be taken out."""

    book: FilledBook
    path: Path
    year: Year
    screen: TakenScreen
    back: list[tuple[str, RowEdit]] = field(default_factory=list)
    left: list[tuple[str, CellConflict]] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    removed: frozenset[str] = frozenset()

    @property
    def sheets(self) -> list[tuple[SheetReader, TakenSheet]]:
        return list(self.screen.taken.values())

    @property
    def logs(self) -> list[str]:
        return list(self.screen.taken)

    @property
    def is_nothing(self) -> bool:
        return not self.back and all(taken.changes.is_nothing for _, taken in self.sheets)

    def counted(self) -> str:
        """`12 new and 2 changed`"""
        changed = sum(len(taken.changes.edited) for _, taken in self.sheets)
        number = {
            "new": sum(len(taken.changes.added) for _, taken in self.sheets),
            "changed": changed,
            "back": len(self.back),
        }
        words = self.screen.words
        parts = [words.counted(f"sheet.{name}", n) for name, n in number.items() if n]
        return f" {words('sheet.and')} ".join(parts)
