"""Files that lie where prt reads and are not read: copies of OneDrive, Dropbox and iCloud, workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from prt.files.csv.dialect import decode
from prt.files.csv.reader import CsvFile, parse_csv
from prt.files.notes import notes_path
from prt.files.privacy.walk import known_names
from prt.files.project import YEARS, Project, Year, original_of, table_models
from prt.files.provenance import KEPT, PRIVATE, HeadingRecord
from prt.files.store.project_format import NAME as FORMAT_FILE
from prt.files.submissions.manifest import LEFT_BY_SYSTEMS
from prt.files.workbook.grid import read_grids
from prt.model.merging.tables import content_of
from prt.model.records import LOGS, ROSTERS
from prt.model.text import LANGUAGES
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import fold_text, plural

FROZEN = "submitted"
OPEN = re.compile(r"~\$.*|\.~lock\..*#")
"""What Word, Excel and LibreOffice keep beside a file while it is open."""
NOT_HERE = re.compile(r"\.(?P<name>.+)\.icloud")
"""What iCloud leaves in the place of a file that it keeps elsewhere."""
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods", ".numbers"}
TOLD = {".csv", ".tsv", ".yaml", ".yml", ".md", ".json", *WORKBOOKS}
"""Endings of what may be meant for prt; a document, such as an evidence, is not."""
NOTES = re.compile(r"(annual|period-\d+)\.(" + "|".join(LANGUAGES) + r")\.md")
EXPLAINS = re.compile(r"readme(\.\w+)?|licen[cs]e(\.\w+)?", re.IGNORECASE)
COPIES = {"copy_with_rows", "copy_differs", "copy_without_news", "workbook_beside_table"}
"""The codes of what is a copy of a file that prt reads."""


@dataclass(frozen=True)
class Room:
    """A folder and the names of the files that prt reads in it, and of the folders, where others may be their
    copies; of files that are no copies all are told, or none."""

    folder: Path
    files: frozenset[str]
    folders: frozenset[str] = frozenset()
    all_told: bool = True


def rooms_of(year: Year) -> Iterator[Room]:
    """The folders in which what nobody reads may be mistaken for what is read."""
    yield from shared_rooms(year.project, frozenset(path.stem for path in year.project.plan_paths))
    yield from year_rooms(year.folder, notes_names(year))


def rooms_of_all_years(project: Project) -> Iterator[Room]:
    """The same of every year that has a plan, without reading one; of notes those that there are."""
    years = plan_years(project)
    yield from shared_rooms(project, frozenset(years))
    for year in years:
        yield from year_rooms(project.root / "data" / year, found_notes(project.root / "data" / year))


def plan_years(project: Project) -> list[str]:
    """The years that have a plan of their own name, the latest first; no copy of a plan is one."""
    return [path.stem for path in project.plan_paths if YEARS.fullmatch(path.stem)]


def found_notes(folder: Path) -> Iterator[str]:
    notes = folder / "notes"
    yield from (
        path.name for path in (notes.iterdir() if notes.is_dir() else ()) if NOTES.fullmatch(path.name)
    )


def shared_rooms(project: Project, years: frozenset[str]) -> Iterator[Room]:
    yield Room(project.root / "plan", frozenset(f"{one}.yaml" for one in years))
    rosters = names(*ROSTERS, HeadingRecord.log)
    yield Room(project.root / "data", rosters | {FORMAT_FILE}, years | {"private"})
    yield Room(project.private, names(*PRIVATE, "corrections"), all_told=False)


def year_rooms(folder: Path, notes: Iterable[str]) -> Iterator[Room]:
    yield Room(folder, names(*LOGS, *KEPT, "corrections"))
    yield Room(folder / "notes", frozenset(notes))


def link_problems(project: Project) -> Iterator[Problem]:
    """Links in the folders that prt writes in: it reads what they lead to, and does not write there. Those of
    what was submitted are named with it."""
    folders = (project.root / "plan", project.root / "data", project.private)
    every = ((path, path.relative_to(folder)) for folder in folders for path in folder.rglob("*"))
    links = {path for path, inside in every if path.is_symlink() and FROZEN not in inside.parts}
    for path in sorted(links - {project.private}):
        yield Problem.of(
            Place(project.shown(path)), Mistake("link_not_written", to=path.readlink()), "warning"
        )


def names(*tables: str) -> frozenset[str]:
    return frozenset(f"{table}.csv" for table in tables)


def notes_names(year: Year) -> Iterator[str]:
    """The names of the notes that a report would look for."""
    for stem in ("annual", *(f"period-{period.id}" for period in year.plan.periods)):
        yield from (notes_path(year.folder, stem, language).name for language in LANGUAGES)


def stranger_problems(year: Year) -> Iterator[Problem]:
    """What lies in the project's folders and is not read; where it is a copy, what only it has is counted."""
    return problems_of_rooms(year.project, rooms_of(year))


def copies_beside_plans(project: Project) -> list[Problem]:
    """The same outside plan/, of every year and without reading a plan, where none can be read alone."""
    rooms = [room for room in rooms_of_all_years(project) if room.folder != project.root / "plan"]
    return [one for one in problems_of_rooms(project, rooms) if one.mistake and one.mistake.code in COPIES]


def problems_of_rooms(project: Project, rooms: Iterable[Room]) -> Iterator[Problem]:
    names = known_names(project)
    for room in rooms:
        for path in sorted(room.folder.iterdir()) if room.folder.is_dir() else ():
            for problem in stranger_problem(project, room, path):
                called_after = room.all_told and any(names.found(path.stem))
                yield without_name(problem, hidden_place(project, path)) if called_after else problem


def without_name(problem: Problem, place: Place) -> Problem:
    """The problem at a place that names nobody; what to do names all copies."""
    return replace(problem, where=place, remedy=problem.remedy.replace(f' "{problem.where.file}"', ""))


def hidden_place(project: Project, path: Path) -> Place:
    """The place of a file that is called after a person, without the name."""
    return Place(f"{project.shown(path.parent)}/…{path.suffix}")


def stranger_problem(project: Project, room: Room, path: Path) -> Iterator[Problem]:
    place = Place(project.shown(path))
    if path.is_dir():
        if room.folders and path.name not in room.folders and path.name[0] != "." and held_tables(path):
            yield Problem.of(place, Mistake("folder_nobody_reads"), "warning")
        return
    if path.name in room.files or path.name in LEFT_BY_SYSTEMS or not path.is_file():
        return
    if OPEN.fullmatch(path.name):
        alone = not is_beside(path)
        mistake = Mistake("lock_without_file") if alone else Mistake("file_is_open_elsewhere")
        yield Problem.of(place, mistake, "warning")
    elif (left := NOT_HERE.fullmatch(path.name)) and left["name"] in room.files:
        yield Problem.of(place, Mistake("file_is_in_icloud", name=left["name"]))
    elif path.name[0] != "." and not is_read_as(path, room):
        original = original_of(path.name, room.files)
        if original:
            yield copy_problem(project, path, room.folder / original)
        elif room.all_told and path.suffix.casefold() in TOLD and not EXPLAINS.fullmatch(path.name):
            yield Problem.of(place, Mistake("file_nobody_reads"), "warning")


def is_beside(lock: Path) -> bool:
    """Is the file there that a program says with this one that it has open? Of a long name Word leaves the
    first two letters away."""
    name = lock.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
    return any(name in (one.name, one.name[2:]) for one in lock.parent.iterdir() if one != lock)


def held_tables(folder: Path) -> bool:
    """Are there tables in it, as in a copy of a year? Other folders, such as those of evidence, are left."""
    return any(one.suffix.casefold() == ".csv" for one in folder.iterdir())


def find_copies(project: Project) -> Iterator[tuple[Path, Path]]:
    """Each file or folder that is a copy by its name, in every plan year, and what it is a copy of."""
    for room in rooms_of_all_years(project):
        for path in sorted(room.folder.iterdir()) if room.folder.is_dir() else ():
            if original := original_in(room, path):
                yield path, room.folder / original


def original_in(room: Room, path: Path) -> str:
    """The name of what a file or a folder of this room is a copy of; "" where it is of none."""
    known = room.folders if path.is_dir() else room.files
    if path.name in known or path.name[0] == "." or path.name in LEFT_BY_SYSTEMS or OPEN.fullmatch(path.name):
        return ""
    if path.is_dir():
        return original_of(f"{path.name}.", [f"{one}." for one in known]).rstrip(".")
    return "" if not path.is_file() or is_read_as(path, room) else original_of(path.name, room.files)


def mark_of_copy(name: str, original: str) -> str:
    """What a program added to a name to call a copy: the same for files that were copied together. Days and
    times are left out, for each file has its own."""
    stem, begins = (
        fold_text(one.replace("_", " ")) for one in (name, original.rpartition(".")[0] or original)
    )
    return " ".join(re.sub(r"\d{4} \d\d \d\d|\d{6,}", "", stem.replace(begins, "", 1)).split())


def is_read_as(path: Path, room: Room) -> bool:
    """Is it read under a name of other letters, as on a system that knows no capitals?"""
    real = next((name for name in room.files if name.casefold() == path.name.casefold()), "")
    return bool(real) and (room.folder / real).exists() and (room.folder / real).samefile(path)


def copy_problem(project: Project, path: Path, original: Path) -> Problem:
    """What a copy has that the file lacks; a copy without anything new can go."""
    place, real = Place(project.shown(path)), project.shown(original)
    if original.suffix != ".csv":
        if text_of(path) == text_of(original):
            return Problem.of(place, Mistake("copy_without_news", file=real), "warning")
        return Problem.of(place, Mistake("copy_differs", file=real, copy=project.shown(path)))
    if (rows := rows_in_copy(path)) is None:
        return Problem.of(place, Mistake("workbook_beside_table", file=real))
    missing, other = compare_rows(rows, project.read_csv(original), id_of(original.stem))
    if missing or other:
        mistake = Mistake(
            "copy_with_rows", file=real, copy=place.file, missing=plural(missing, "row"), other=other
        )
        return Problem.of(place, mistake)
    return Problem.of(place, Mistake("copy_without_news", file=real), "warning")


def id_of(table: str) -> str:
    models = table_models()
    return models[table].id_column if table in models else "id"


def text_of(path: Path) -> str:
    """The text of a file in any encoding, its line ends alike; "" where it cannot be read."""
    try:
        return "\n".join(decode(path.read_bytes())[0].split())
    except OSError:
        return ""


def rows_in_copy(path: Path) -> list[dict[str, str]] | None:
    """The rows of a table or a workbook, by the names of their columns; None where it cannot be read."""
    if path.suffix.casefold() not in WORKBOOKS:
        file = read_table(path)
        return [file.cells(record) for record in file.records]
    try:
        grids, _ = read_grids(path, path.name)
    except PrtError:
        return None
    if not grids:
        return None
    found = [list(map(str, row)) for row in grids[0].rows]
    return [dict(zip(found[0], row, strict=False)) for row in found[1:]] if found else []


def read_table(path: Path) -> CsvFile:
    try:
        return parse_csv(path.read_bytes(), path, path.name)
    except OSError:
        return CsvFile(path, path.name, b"")


def compare_rows(rows: Iterable[Mapping[str, str]], file: CsvFile, id_column: str) -> tuple[int, int]:
    """How many rows the file lacks, and how many it has otherwise. A row without an id is all its cells."""
    known = {file.cell(record, id_column).strip(): file.cells(record) for record in file.records}
    whole = {content_of(file.cells(record)) for record in file.records}
    missing = other = 0
    for row in rows:
        own = row.get(id_column, "").strip()
        if not content_of(row) or content_of(row) in whole:
            continue
        if own and own in known:
            other += content_of(row) != content_of(known[own])
        else:
            missing += 1
    return missing, other
