"""Roles and boards as a file writes them, read as the cells of a log are."""

from __future__ import annotations

from collections.abc import Iterable

from prt.model.cells import Known
from prt.model.records import Attendance, Column
from prt.problems import Mistake, Place, Problem, PrtError


class Codes:
    """What a text of a file says; each text is read once."""

    def __init__(self, known: Known) -> None:
        self.known = known.at(Attendance.log)
        self.columns = {column.name: column for column in Attendance.columns()}
        self.read: dict[tuple[str, str], str] = {}

    def code(self, name: str, texts: Iterable[str]) -> str:
        """The first text that is a role, or a board; empty where none is."""
        return next((code for text in texts if (code := self.one(name, text))), "")

    def one(self, name: str, text: str) -> str:
        if (name, text) not in self.read:
            self.read[name, text] = code_of(self.columns[name], text.strip(), self.known)
        return self.read[name, text]

    def required(self, name: str, text: str | None) -> str:
        """The code of an option; a PrtError where it is none."""
        try:
            cell = self.columns[name].cell
            return cell.write(cell.read(text, self.known, name)) if text else ""
        except Mistake as mistake:
            raise PrtError(Problem(Place(f"--{name}"), mistake.what, mistake.remedy), code=2) from None

    def is_word(self, text: str) -> bool:
        """Is the text a role or a board, and so nobody's name?"""
        return bool(self.one("role", text) or self.one("board", text))


def code_of(column: Column, text: str, known: Known) -> str:
    try:
        return column.cell.write(column.cell.read(text, known, column.name)) if text else ""
    except Mistake:
        return ""
