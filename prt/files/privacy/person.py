"""All that is held on one person, in every file, with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache

from prt.files.csv.reader import CsvFile, Record
from prt.files.privacy.held_kind import Subject
from prt.files.privacy.held_kinds import HELD_KINDS
from prt.files.privacy.personal import Identity, as_read, identity_of, identity_of_cells
from prt.files.privacy.walk import HeldFile, every_file, every_table, every_text, known_names, private_files
from prt.files.project import Project, original_of
from prt.files.provenance import PRIVATE, UnmatchedRecord
from prt.model.columns import Record as Model
from prt.model.ids import erased_id, is_erased
from prt.model.records import Correction, NameRecord
from prt.problems import Place
from prt.values import dataclass

TABLES: tuple[type[Model], ...] = (*PRIVATE.values(), Correction)
FREE_TEXT = tuple(model.log for model in TABLES if model.free_text)
"""Private files in which somebody may have written a name."""
ROW = ("id", "row")
"""Columns of private files that name a row of attendance."""
UNMATCHED = UnmatchedRecord.log


@dataclass(frozen=True)
class HeldRow:
    """A row about the person: its file, its line, and the cells that are not empty."""

    file: str
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class PersonalFile:
    """All that is held: rows by id, lines of text where the name stands, frozen files that have the id."""

    person: str
    rows: tuple[HeldRow, ...]
    texts: tuple[Place, ...]
    submitted: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.texts or self.submitted)


def personal_file(project: Project, person: str) -> PersonalFile:
    rows = tuple(rows_about(project, person))
    shown = {(row.file, row.line) for row in rows}
    texts = (place for place in texts_about(project, person) if (place.file, place.line) not in shown)
    return PersonalFile(person, rows, tuple(texts), tuple(frozen_about(project, person)))


@cache
def token_of(person: str) -> str:
    """What stands for the person after an erasure; a token stands for itself. Slow, so each is kept."""
    return person if is_erased(person) else erased_id(person)


def id_pattern(person: str) -> re.Pattern[str]:
    """The id where no letter, digit or hyphen touches it."""
    return re.compile(rf"(?<![\w-]){re.escape(person)}(?![\w-])")


def identity_of_person(project: Project, person: str) -> Identity:
    """The names and addresses of somebody whose name is kept, be it in a copy of the names alone; nothing of
    others."""
    if row := project.names().get(person):
        return identity_of(row, known_names(project).masks)
    tables = private_tables(project, NameRecord.log)
    copied = [
        (table, one) for table in tables for one in table.records if table.cell(one, "id").strip() == person
    ]
    return identity_of_cells(copied[0][0].cells(copied[0][1])) if copied else Identity()


def private_tables(project: Project, log: str) -> list[CsvFile]:
    """A table of the private folder and the copies of it that lie there."""
    found = (table for table in every_table(project, "private"))
    return [table for table in found if original_of(table.path.name, [f"{log}.csv"])]


def unmatched_presences(project: Project, person: str) -> set[str]:
    """Unnamed presences whose exported name or address is this person's, and nobody else's; of a token those
    that have it in the register of erasures."""
    if is_erased(person):
        ids = {one for file in private_tables(project, UNMATCHED) for one in file.column("id") if one}
        return {one for one in ids if token_of(one) == person}
    mine, found = identity_of_person(project, person), set[str]()
    others = [identity_of(row, ()) for one, row in project.names().items() if one != person]
    for file in private_tables(project, UNMATCHED):
        for record in file.records:
            row = file.cells(record)
            if mine.is_of(row) and not any(one.is_of(row) for one in others):
                found.add(row.get("id", "").strip())
    return found - {""}


def rows_about(project: Project, person: str) -> Iterator[HeldRow]:
    """Rows that have the id; in the private folder also those of the person's rows of attendance, and
    presences under the person's name that were never matched. Of somebody who was erased before, private
    rows that a copy has brought back since belong to presences that have the token."""
    form, unmatched = id_pattern(person), unmatched_presences(project, person)
    token, own = token_of(person), set(unmatched)
    erased = id_pattern(token)
    for table in every_table(project, "open"):
        for record in table.records:
            number = table.cell(record, "id").strip()
            if number in unmatched or any(map(form.search, record.cells)):
                own.add(number)
                yield held_row(table, record)
            elif number != token and any(map(erased.search, record.cells)):
                own.add(number)
    for table in every_table(project, "private", "put away"):
        for record in table.records:
            if any(map(form.search, record.cells)) or is_of_rows(table, record, own):
                yield held_row(table, record)


def is_of_rows(table: CsvFile, record: Record, rows: Collection[str]) -> bool:
    """Does a row of a private file belong to one of these rows of attendance?"""
    return any(table.cell(record, name).strip() in rows for name in ROW if table.cell(record, name).strip())


def held_row(table: CsvFile, record: Record) -> HeldRow:
    known = {name: text.strip() for name, text in table.cells(record).items() if text.strip()}
    return HeldRow(table.shown, record.line, known)


def texts_about(project: Project, person: str) -> Iterator[Place]:
    """Lines in which somebody wrote the name or an address, in frozen files too."""
    texts = every_text(project, "open", "submitted", "sent", "put away")
    subject = subject_of(project, person)
    yield from lines_naming((*texts, *private_files(project, FREE_TEXT)), subject.identity)
    for kind in HELD_KINDS:
        yield from kind.naming(project, subject)


def subject_of(project: Project, person: str) -> Subject:
    """All by which somebody is looked for; without a name where none is kept."""
    row = project.names().get(person)
    name = str(row["name"]) if row else ""
    return Subject(person, token_of(person), identity_of_person(project, person), name)


def lines_naming(files: Iterable[HeldFile], mine: Identity) -> Iterator[Place]:
    for file in files:
        for number, line in enumerate(file.lines(), 1):
            seen = (line, as_read(line)) if file.is_page else (line,)
            if any(mine.stands_in(text, names=not file.is_organisations) for text in seen):
                yield Place(file.shown, number)


def frozen_about(project: Project, person: str) -> Iterator[str]:
    """Frozen files that have the id."""
    form = id_pattern(person)
    for file in every_file(project, "submitted", "sent"):
        if any(map(form.search, file.lines())):
            yield file.shown
