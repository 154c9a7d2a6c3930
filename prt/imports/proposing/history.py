"""What earlier imports left of a session, and what the private folder knows of its unnamed rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from prt.entry.person_names import IsWord, parse_name
from prt.files.project import Year
from prt.files.provenance import ImportedRow, ImportRecord, StayRecord, UnmatchedRecord
from prt.imports.export import Presence, Stay
from prt.imports.people.attendees import Attendee, make_attendee
from prt.imports.reading.codes import AUDIENCE_NOTES
from prt.imports.reading.durations import join_stays, parse_stays
from prt.imports.reading.scales import READING_COLUMNS, LabelReading, split_labels
from prt.model.columns import Record
from prt.model.rows import Row
from prt.values import dataclass, field


@dataclass(frozen=True)
class ImportHistory:
    """Imports of every session of the year, and the rows that are there of one.

    `unmatched` has the exported names of unnamed rows, `stays` the times of any row that an import wrote,
    both by the id of the row; `written` has the ids of rows that were written without a name or times.
    """

    imports: tuple[Row, ...]
    session: str
    rows: Sequence[Row] = ()
    unmatched: Mapping[str, Attendee] = field(default_factory=dict)
    stays: Mapping[str, tuple[Stay, ...]] = field(default_factory=dict)
    written: frozenset[str] = frozenset()

    def list_imports(self, kind: str) -> list[Row]:
        """Earlier imports of this session: its attendance lists, or its forms."""
        return [row for row in self.imports if row["session"] == self.session and row["kind"] == kind]

    @property
    def sources(self) -> set[str]:
        """The programs whose attendance lists of this session were imported."""
        return {row["source"] for row in self.list_imports("attendance")}

    def find_session(self, digest: str) -> str | None:
        """The session that a file with these bytes went to, or None if it was not imported."""
        return next((row["session"] or "" for row in self.imports if row["digest"] == digest), None)

    def find_question(self, digest: str) -> str:
        """The question for which the form with these bytes was imported first; empty if it was not."""
        mine = (row for row in self.list_imports("feedback") if row["digest"] == digest)
        return next((row["question"] or "" for row in mine), "")

    def find_readings(self, question: str) -> dict[str, LabelReading]:
        """How somebody said that answers to this question are read, by folded label; the last word holds."""
        found: dict[str, LabelReading] = {}
        for row in self.imports:
            for reading, column in READING_COLUMNS.items() if row["question"] == question else ():
                found |= dict.fromkeys(split_labels(row[column] or ""), reading)
        return found

    def find_highest(self, question: str) -> str:
        """The highest number of the scale of this question, if somebody said it; else empty."""
        said = [str(row["scale"]) for row in self.imports if row["question"] == question and row["scale"]]
        return said[-1] if said else ""

    def is_orphan(self, row: Row) -> bool:
        """Was this unnamed row imported, and is its exported name not here? A row typed by hand never is."""
        imported = row.id in self.written or row.id in self.stays
        return row["person"] is None and row.id not in self.unmatched and imported

    def orphan_audience(self, row: Row) -> str:
        """Orphans of a list of parents count as parents, of students as students; else empty: the row may get
        a name."""
        return next((audience for audience, note in AUDIENCE_NOTES.items() if row["note"] == note), "")


def read_record_rows(year: Year, model: type[Record]) -> list[Row]:
    """The rows of a file that is no log; none if it is in the private folder, and that is not here."""
    return year.read_rows(model)[0]


def read_history(year: Year, session: str, is_word: IsWord) -> ImportHistory:
    """The history of one session; each file is read once."""
    return ImportHistory(
        tuple(read_record_rows(year, ImportRecord)),
        session,
        tuple(row for row in year.data.logs["attendance"] if row["session"] == session),
        read_unmatched(year, is_word, lambda row: row["session"] == session),
        read_stays(year, session),
        frozenset(row.id for row in read_record_rows(year, ImportedRow)),
    )


def read_unmatched(year: Year, is_word: IsWord, wanted: Callable[[Row], bool]) -> dict[str, Attendee]:
    """The attendees of unnamed rows whose exported name is kept, by the id of the row."""
    found: dict[str, Attendee] = {}
    for row in filter(wanted, read_record_rows(year, UnmatchedRecord)):
        email = row["email"] or ""
        presence = Presence(0, row["name"] or email, email)
        found[row.id] = make_attendee(presence, parse_name(presence.name, is_word))
    return found


def read_stays(year: Year, session: str) -> dict[str, tuple[Stay, ...]]:
    """The times of each row; a line that cannot be read is passed over."""
    found: dict[str, tuple[Stay, ...]] = {}
    for row in read_record_rows(year, StayRecord):
        if row["session"] == session:
            found[row["row"]] = join_stays((*found.get(row["row"], ()), *parse_readable(row["stays"])))
    return found


def parse_readable(text: str) -> Iterable[Stay]:
    try:
        return parse_stays(text)
    except (TypeError, ValueError):
        return ()
