"""What is there already of a session, and what the private folder knows: read before anything is proposed."""

from __future__ import annotations

from dataclasses import dataclass

from prt.files.csv.rows import read_rows
from prt.files.project import Year
from prt.files.store.store import path_of
from prt.imports.export import Stay
from prt.imports.people.attendees import Mark
from prt.imports.people.matching import folded_email
from prt.imports.people.names import IsWord, spelling
from prt.imports.people.seats import Before
from prt.imports.reading import stays
from prt.imports.reading.scales import WORDS, Reading, split
from prt.model.cells import Known
from prt.model.provenance import ImportedRow, ImportRecord, StayRecord, UnmatchedRecord
from prt.model.records import Record
from prt.model.rows import Row
from prt.model.text import folded


@dataclass(frozen=True)
class Earlier:
    """Imports of every session of the year, and what is there of one."""

    imports: tuple[Row, ...]
    before: Before
    session: str

    def of_session(self, kind: str) -> list[Row]:
        return [row for row in self.imports if row["session"] == self.session and row["kind"] == kind]

    def session_of(self, digest: str) -> str | None:
        """The session that a file with these bytes went to, if it was imported."""
        return next((row["session"] or "" for row in self.imports if row["digest"] == digest), None)

    def readings(self, question: str) -> dict[str, Reading]:
        """How somebody said that answers to this question are read, by folded label; the last word holds."""
        found: dict[str, Reading] = {}
        for row in self.imports:
            for reading, column in WORDS.items() if row["question"] == question else ():
                found |= dict.fromkeys(split(row[column] or ""), reading)
        return found

    def highest(self, question: str) -> str:
        """The highest number of the scale of this question, where somebody said it."""
        said = [str(row["scale"]) for row in self.imports if row["question"] == question and row["scale"]]
        return said[-1] if said else ""


def rows_of(year: Year, model: type[Record]) -> list[Row]:
    """The rows of a file that is no log; none without the private folder, for one that is there."""
    return read_rows(model, year.project.read_csv(path_of(year, model.log)), Known())[0]


def earlier(year: Year, session: str, is_word: IsWord) -> Earlier:
    imports = tuple(rows_of(year, ImportRecord))
    sources = {row["source"] for row in imports if (row["session"], row["kind"]) == (session, "attendance")}
    before = Before(
        tuple(row for row in year.data.logs["attendance"] if row["session"] == session),
        marks_of(year, session, is_word),
        stays_of(year, session),
        frozenset(row.id for row in rows_of(year, ImportedRow)),
        frozenset(sources),
    )
    return Earlier(imports, before, session)


def marks_of(year: Year, session: str, is_word: IsWord) -> dict[str, Mark]:
    """By the id of an unnamed row, what its exported name and e-mail are compared by."""
    found: dict[str, Mark] = {}
    for row in rows_of(year, UnmatchedRecord):
        if row["session"] == session:
            text = row["name"] or ""
            said = spelling(text, is_word)
            emails = {folded_email(one) for one in (row["email"] or "", said.email) if one}
            found[row.id] = Mark(said.keys, frozenset(emails), folded(text))
    return found


def stays_of(year: Year, session: str) -> dict[str, tuple[Stay, ...]]:
    """The times of each row; a line that cannot be read is passed over."""
    found: dict[str, tuple[Stay, ...]] = {}
    for row in rows_of(year, StayRecord):
        if row["session"] == session:
            found[row["row"]] = stays.union((*found.get(row["row"], ()), *readable(row["stays"])))
    return found


def readable(text: str) -> tuple[Stay, ...]:
    try:
        return stays.read(text)
    except (TypeError, ValueError):
        return ()
