"""What must not come back with a copy: somebody who was erased, names whose time was over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from prt.files.csv.dialect import decode, split_lines
from prt.files.csv.reader import CsvFile
from prt.files.merging.copies import Twin
from prt.files.merging.sides import Sides
from prt.files.privacy.person import ROW, id_pattern, token_of
from prt.files.privacy.personal import NOBODY, Identity, identity_of_cells
from prt.files.provenance import PurgeRecord, UnmatchedRecord
from prt.files.rooms import plan_years
from prt.files.store.disk import bytes_or_none
from prt.files.submissions.manifest import files_of
from prt.files.trace.disk_questions import is_folder, is_on_disk
from prt.model.columns import Record as Model
from prt.model.ids import is_erased
from prt.model.records import LOGS, NameRecord, PersonRecord
from prt.problems import Mistake, Place, Problem

PEOPLE = (PersonRecord.log, NameRecord.log, PurgeRecord.log)
"""Tables whose ids are those of people, or stand for somebody who was erased."""
PERSON = re.compile(rf"(?<![\w-]){PersonRecord.prefix}-\w[\w-]*")
"""What may be the id of a person in a text."""
Tables = Mapping[Path, tuple[CsvFile, type[Model]]]
"""The tables of one side by the paths of ours."""


def refused_for_privacy(sides: Sides) -> dict[Twin, list[Problem]]:
    """Files that would bring somebody back who was erased here, or of whom the other copy knows that, and
    private files from which rows were destroyed here whose time was over, and there were not."""
    every = (*sides.copy.twins, *sides.copy.submitted)
    theirs = {twin: their_lines(sides, twin) for twin in every}
    ours = {twin: sides.ours(twin).lines for twin in sides.theirs}
    here, there = KnownNames(our_tables(sides)), KnownNames(their_tables(sides))
    mine = set[str]().union(*(people_of(sides.ours(twin), sides.model(twin)) for twin in sides.theirs))
    back = here.erased(there.people | named_anywhere(theirs.values()), there.names)
    gone = there.erased(mine | named_anywhere(ours.values()), here.names)
    rows = {
        number: here.rows.get(number, set()) | there.rows.get(number, set())
        for number in there.rows | here.rows
    }
    found: dict[Twin, list[Problem]] = {}
    for twin in every:
        brought, kept = named_in(theirs[twin], back), named_in(ours.get(twin, ()), gone)
        if twin.is_table and sides.is_private(twin.ours):
            brought |= erased_in_rows(sides.theirs[twin], sides.ours(twin), rows, back)
            kept |= erased_in_rows(sides.ours(twin), sides.theirs[twin], rows, gone)
        if twin.ours.stem == UnmatchedRecord.log and not (brought or kept):
            brought |= here.unnamed_presences(new_ids(sides.theirs[twin], sides.ours(twin)))
            kept |= there.unnamed_presences(new_ids(sides.ours(twin), sides.theirs[twin]))
        found[twin] = [
            *(
                problem_at(sides, twin.theirs, Mistake("copy_before_erasure", person=one))
                for one in sorted(brought)
            ),
            *(problem_at(sides, twin.ours, Mistake("erased_in_copy", person=one)) for one in sorted(kept)),
            *(purged_problems(sides, twin) if twin.is_table else ()),
        ]
    return {twin: problems for twin, problems in found.items() if problems}


def problem_at(sides: Sides, path: Path, mistake: Mistake) -> Problem:
    return Problem.of(Place(sides.project.shown(path)), mistake)


def their_lines(sides: Sides, twin: Twin) -> list[str]:
    """The lines of a file that may be taken over; of a text that is here too none is."""
    if twin.is_table:
        return sides.theirs[twin].lines
    if is_on_disk(twin.ours):
        return []
    paths = files_of(twin.theirs).values() if is_folder(twin.theirs) else (twin.theirs,)
    return [line for path in paths for line in split_lines(decode(bytes_or_none(path) or b"")[0])]


def our_tables(sides: Sides) -> Tables:
    """Ours of the copy, and those that know who was erased here, and from which rows."""
    project = sides.project
    found = {twin.ours: (sides.ours(twin), sides.model(twin)) for twin in sides.theirs}
    more: dict[Path, type[Model]] = {
        project.roster_path(PersonRecord.log): PersonRecord,
        register_path(sides): PurgeRecord,
    }
    folders = [project.root / "data" / year for year in plan_years(project)]
    paths = [folder / f"{log}.csv" for folder in folders for log in LOGS]
    more |= {path: sides.model_of(path) for path in paths}
    return {path: (project.read_csv(path), model) for path, model in more.items()} | found


def their_tables(sides: Sides) -> Tables:
    return {twin.ours: (file, sides.model(twin)) for twin, file in sides.theirs.items()}


class KnownNames:
    """What the tables of one side know of people: their ids, those of their rows, and their names."""

    def __init__(self, tables: Tables) -> None:
        self.people, self.rows, self.names = set[str](), dict[str, set[str]](), dict[str, Identity]()
        self.presences = set[str]()
        for file, model in tables.values():
            self.people |= people_of(file, model)
            if model.log in LOGS:
                self.rows |= people_by_row(file, model)
            elif model is PurgeRecord:
                unmatched = f"{UnmatchedRecord.log}.csv"
                self.presences |= {
                    file.cell(one, "id").strip()
                    for one in file.records
                    if file.cell(one, "file") == unmatched and is_erased(file.cell(one, "id").strip())
                }
            elif model is NameRecord:
                self.names |= {
                    file.cell(one, "id").strip(): identity_of_cells(file.cells(one)) for one in file.records
                }

    @property
    def tokens(self) -> set[str]:
        return {one for one in self.people if is_erased(one)}

    def erased(self, people: Iterable[str], names: Mapping[str, Identity]) -> dict[str, Identity]:
        """The people of the other side who were erased on this one, with the names that they are known by
        there. Without an erasure nobody is tried, for that is slow."""
        tokens = self.tokens
        tried = {one for one in people if tokens and one not in self.people and not is_erased(one)}
        return {one: names.get(one, NOBODY) for one in tried if token_of(one) in tokens}

    def unnamed_presences(self, ids: Iterable[str]) -> set[str]:
        """The tokens of presences of these ids that nobody was ever matched to, and whose name was erased."""
        return {token_of(one) for one in ids if one and self.presences} & self.presences


def named_anywhere(texts: Iterable[Iterable[str]]) -> set[str]:
    return {one for lines in texts for line in lines for one in PERSON.findall(line)}


def people_by_row(file: CsvFile, model: type[Model]) -> dict[str, set[str]]:
    columns = model.person_columns()
    return {
        file.cell(record, model.id_column).strip(): set().union(
            *(ids_in(file.cell(record, name)) for name in columns)
        )
        for record in file.records
        if columns
    }


def named_in(lines: Iterable[str], people: Mapping[str, Identity]) -> set[str]:
    """The ids of the people whose id, name or address stands in a text."""
    forms = {person: id_pattern(person) for person in people}
    return {
        person
        for line in (lines if people else ())
        for person, identity in people.items()
        if forms[person].search(line) or identity.stands_in(line)
    }


def new_ids(file: CsvFile, other: CsvFile) -> set[str]:
    return set(file.column("id")) - set(other.column("id"))


def erased_in_rows(
    file: CsvFile, other: CsvFile, rows: Mapping[str, set[str]], people: Mapping[str, Identity]
) -> set[str]:
    """Who was erased of those whose presences the rows of a private file belong to, where the other side has
    not the same rows; a token where nobody knows any more who it was."""
    known, found = set(other.column("id")), set[str]()
    for record in (record for record in file.records if file.cell(record, "id") not in known):
        about = set().union(*(rows.get(file.cell(record, name).strip(), set()) for name in ROW))
        found |= about & people.keys() or {one for one in about if is_erased(one)}
    return found


def people_of(file: CsvFile, model: type[Model]) -> set[str]:
    """Every id of a person in a table."""
    columns = (*model.person_columns(), *(("id",) if model.log in PEOPLE else ()))
    return set().union(*(ids_in(text) for name in columns for text in file.column(name)))


def ids_in(text: str) -> set[str]:
    """The ids in a cell, which may have several."""
    return {one.strip() for one in text.split(";")} - {""}


def purged_problems(sides: Sides, twin: Twin) -> Iterator[Problem]:
    if not (sides.copy.whole and sides.is_private(twin.ours)):
        return
    path = register_path(sides)
    done = purges(sides.project.read_csv(path), twin.ours.name)
    known = purges(sides.by_path[path], twin.ours.name) if path in sides.by_path else set()
    if done - known:
        yield Problem.of(Place(sides.theirs[twin].shown), Mistake("copy_before_purge"))


def register_path(sides: Sides) -> Path:
    return sides.project.private / f"{PurgeRecord.log}.csv"


def purges(file: CsvFile, name: str) -> set[str]:
    """The ids of the destructions of rows of a file."""
    found = {file.cell(record, "id").strip() for record in file.records if file.cell(record, "file") == name}
    return {one for one in found if not is_erased(one)}
