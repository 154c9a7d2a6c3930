"""What is there already of a session, and what the private folder knows: read before anything is proposed."""

from __future__ import annotations

from dataclasses import dataclass

from prt.files.project import Year
from prt.imports.export import Stay
from prt.imports.people.attendees import Mark
from prt.imports.people.matching import fold_email
from prt.imports.people.names import IsWord, parse_name
from prt.imports.people.seats import Before
from prt.imports.reading.durations import join_stays, parse_stays
from prt.imports.reading.scales import READING_COLUMNS, Reading, split_labels
from prt.model.provenance import ImportedRow, ImportRecord, StayRecord, UnmatchedRecord
from prt.model.records import Record
from prt.model.rows import Row
from prt.text import fold_text


@dataclass(frozen=True)
class ImportHistory:
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
            for reading, column in READING_COLUMNS.items() if row["question"] == question else ():
                found |= dict.fromkeys(split_labels(row[column] or ""), reading)
        return found

    def highest(self, question: str) -> str:
        """The highest number of the scale of this question, where somebody said it."""
        said = [str(row["scale"]) for row in self.imports if row["question"] == question and row["scale"]]
        return said[-1] if said else ""


def read_record_rows(year: Year, model: type[Record]) -> list[Row]:
    """The rows of a file that is no log; none without the private folder, for one that is there."""
    return year.read_rows(model)[0]


def read_history(year: Year, session: str, is_word: IsWord) -> ImportHistory:
    imports = tuple(read_record_rows(year, ImportRecord))
    sources = {row["source"] for row in imports if (row["session"], row["kind"]) == (session, "attendance")}
    before = Before(
        tuple(row for row in year.data.logs["attendance"] if row["session"] == session),
        read_marks(year, session, is_word),
        read_stays(year, session),
        frozenset(row.id for row in read_record_rows(year, ImportedRow)),
        frozenset(sources),
    )
    return ImportHistory(imports, before, session)


def read_marks(year: Year, session: str, is_word: IsWord) -> dict[str, Mark]:
    """By the id of an unnamed row, what its exported name and e-mail are compared by."""
    found: dict[str, Mark] = {}
    for row in read_record_rows(year, UnmatchedRecord):
        if row["session"] == session:
            text = row["name"] or ""
            said = parse_name(text, is_word)
            emails = {fold_email(one) for one in (row["email"] or "", said.email) if one}
            found[row.id] = Mark(said.keys, frozenset(emails), fold_text(text))
    return found


def read_stays(year: Year, session: str) -> dict[str, tuple[Stay, ...]]:
    """The times of each row; a line that cannot be read is passed over."""
    found: dict[str, tuple[Stay, ...]] = {}
    for row in read_record_rows(year, StayRecord):
        if row["session"] == session:
            found[row["row"]] = join_stays((*found.get(row["row"], ()), *parse_readable(row["stays"])))
    return found


def parse_readable(text: str) -> tuple[Stay, ...]:
    try:
        return parse_stays(text)
    except (TypeError, ValueError):
        return ()
