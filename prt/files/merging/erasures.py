"""What must not come back with a copy: somebody who was erased, names whose time was over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from prt.files.csv.reader import CsvFile
from prt.files.merging.copies import Twin
from prt.files.merging.sides import Sides
from prt.files.provenance import PurgeRecord
from prt.model.columns import Record as Model
from prt.model.ids import erased_id, is_erased
from prt.model.records import NameRecord, PersonRecord
from prt.problems import Mistake, Place, Problem

PEOPLE = (PersonRecord.log, NameRecord.log, PurgeRecord.log)
"""Tables whose ids are those of people, or stand for somebody who was erased."""


def refused_for_privacy(sides: Sides) -> dict[Twin, list[Problem]]:
    """Files that would bring somebody back who was erased here, or of whom the other copy knows that, and
    private files from which rows were destroyed here whose time was over, and there were not."""
    found = {twin: [*erased_problems(sides, twin), *purged_problems(sides, twin)] for twin in sides.theirs}
    return {twin: problems for twin, problems in found.items() if problems}


def erased_problems(sides: Sides, twin: Twin) -> Iterator[Problem]:
    here, there = known_here(sides), known_there(sides)
    ours = people_of(sides.ours(twin), sides.model(twin))
    theirs = people_of(sides.theirs[twin], sides.model(twin))
    for person in sorted(erased_in(here, theirs - here)):
        place = Place(sides.theirs[twin].shown)
        yield Problem.of(place, Mistake("copy_before_erasure", person=person))
    for person in sorted(erased_in(there, ours - there)):
        yield Problem.of(Place(sides.ours(twin).shown), Mistake("erased_in_copy", person=person))


def erased_in(known: set[str], people: set[str]) -> Iterator[str]:
    """Those of these people who were erased where these ids are known; without an erasure nobody is tried."""
    tokens = {one for one in known if is_erased(one)}
    return (one for one in people if tokens and not is_erased(one) and erased_id(one) in tokens)


def known_here(sides: Sides) -> set[str]:
    files = [(sides.ours(twin), sides.model(twin)) for twin in sides.theirs]
    files += [(sides.project.read_csv(sides.project.roster_path(PersonRecord.log)), PersonRecord)]
    files += [(sides.project.read_csv(register_path(sides)), PurgeRecord)]
    return set().union(*(people_of(file, model) for file, model in files))


def known_there(sides: Sides) -> set[str]:
    return set().union(*(people_of(file, sides.model(twin)) for twin, file in sides.theirs.items()))


def people_of(file: CsvFile, model: type[Model]) -> set[str]:
    """Every id of a person in a table."""
    columns = (*model.person_columns(), *(("id",) if model.log in PEOPLE else ()))
    texts = [text for name in columns for text in file.column(name)]
    return {one.strip() for text in texts for one in text.split(";")} - {""}


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
