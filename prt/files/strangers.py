"""Files that lie where prt reads and are not read: copies of OneDrive, Dropbox and iCloud, workbooks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from prt.files.csv.dialect import decode
from prt.files.csv.reader import CsvFile, parse_csv, read_csv
from prt.files.merging.tables import mergeable_models
from prt.files.privacy.walk import known_names, nameless_place
from prt.files.project import YEARS, Project, Year, original_of, table_models
from prt.files.rooms import (
    LEFT_BY_SYSTEMS,
    OPEN,
    SUBMITTED,
    Room,
    is_read_as,
    original_in,
    rooms_of,
    rooms_of_all_years,
)
from prt.files.store.disk import read_bytes
from prt.files.trace.disk_questions import (
    find_below,
    is_folder,
    is_link,
    is_stored_file,
    link_target,
    list_folder,
)
from prt.files.yaml.words import say_phrase
from prt.model.merging.tables import content_of
from prt.problems import JoinedTexts, Mistake, Place, Problem, PrtError, errors
from prt.text import compile_later
from prt.values import replace

NOT_HERE = compile_later(r"\.(?P<name>.+)\.icloud")
"""What iCloud leaves in the place of a file that it keeps elsewhere."""
READ_INSIDE = {"notes", SUBMITTED}
"""Folders of a year with files that are looked at elsewhere."""
WORKBOOKS = {".xlsx", ".xlsm", ".xls", ".ods", ".numbers"}
TOLD = {".csv", ".tsv", ".yaml", ".yml", ".md", ".json", *WORKBOOKS}
"""Endings of what may be meant for prt; a document, such as an evidence, is not."""
OLD_PLAN = compile_later(r"(?P<year>\d{4}-\d{4})(?!\d).*\.ya?ml", re.IGNORECASE)
"""How a plan is called that somebody put aside."""
HEAD = 20_000
"""So many bytes of a table are looked at for its columns."""
EXPLAINS = compile_later(r"readme(\.\w+)?|licen[cs]e(\.\w+)?", re.IGNORECASE)
COPIES = {"copy_with_rows", "copy_differs", "copy_without_news", "copy_not_whole", "workbook_beside_table"}
"""The codes of what is a copy of a file that prt reads."""


def link_problems(project: Project) -> Iterator[Problem]:
    """Links in the folders that prt writes in: it reads what they lead to, and does not write there. Those of
    what was submitted are named with it."""
    folders = (project.root / "plan", project.root / "data", project.private)
    every = ((path, path.relative_to(folder)) for folder in folders for path in find_below(folder, "*"))
    links = {path for path, inside in every if is_link(path) and SUBMITTED not in inside.parts}
    for path in sorted(links - {project.private}):
        yield Problem.of(
            Place(project.shown(path)), Mistake("link_not_written", to=link_target(path)), "warning"
        )


def stranger_problems(year: Year) -> Iterator[Problem]:
    """What lies in the project's folders and is not read; where it is a copy, what only it has is counted."""
    return problems_of_rooms(year.project, rooms_of(year))


def copies_beside_plans(project: Project) -> list[Problem]:
    """Copies of files outside plan/ in every year, found without reading a plan: none can be read alone."""
    rooms = [room for room in rooms_of_all_years(project) if room.folder != project.root / "plan"]
    return [one for one in problems_of_rooms(project, rooms) if one.mistake and one.mistake.code in COPIES]


def problems_of_rooms(project: Project, rooms: Iterable[Room]) -> Iterator[Problem]:
    names = known_names(project)
    for room in rooms:
        for path in sorted(list_folder(room.folder)) if is_folder(room.folder) else ():
            for problem in stranger_problem(project, room, path):
                called_after = room.folder != project.private and any(names.found(path.stem))
                yield without_name(problem, nameless_place(project, path, names)) if called_after else problem


def without_name(problem: Problem, place: Place) -> Problem:
    """The problem at a place without the name of a person, which its remedy does not repeat either."""
    return replace(problem, where=place, remedy=problem.remedy.replace(f' "{problem.where.file}"', ""))


def stranger_problem(project: Project, room: Room, path: Path) -> Iterator[Problem]:
    place = Place(project.shown(path))
    if is_folder(path):
        if path.name[0] != "." and path.name not in {*room.folders, *READ_INSIDE}:
            if held_tables(path) and (original_in(room, path) or (room.folders and YEARS.match(path.name))):
                yield Problem.of(place, Mistake("folder_nobody_reads"), "warning")
            elif files := sorted(set(own_files_in(path))):
                mistake = Mistake("folder_of_own_files", files=JoinedTexts(files, "and"))
                yield Problem.of(place, mistake, "warning")
        return
    if path.name in room.files or path.name in LEFT_BY_SYSTEMS or not is_stored_file(path):
        return
    if OPEN.fullmatch(path.name):
        alone = not is_beside(path)
        mistake = Mistake("lock_without_file") if alone else Mistake("file_is_open_elsewhere")
        yield Problem.of(place, mistake, "warning")
    elif (left := NOT_HERE.fullmatch(path.name)) and left["name"] in room.files:
        yield Problem.of(place, Mistake("file_is_in_icloud", name=left["name"]))
    elif path.name[0] != "." and not is_read_as(path, room):
        original = room.original(path.name)
        if original:
            yield copy_problem(project, path, room.folder / original)
        elif room.all_told and path.suffix.casefold() in TOLD and not EXPLAINS.fullmatch(path.name):
            yield Problem.of(place, Mistake("file_nobody_reads"), "warning")


def is_beside(lock: Path) -> bool:
    """Is the file there that a program says with this one that it has open? Of a long name Word leaves the
    first two letters away."""
    name = lock.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")
    return any(name in (one.name, one.name[2:]) for one in list_folder(lock.parent) if one != lock)


def held_tables(folder: Path) -> bool:
    """Does a folder hold tables, as that of a year does?"""
    return any(one.suffix.casefold() == ".csv" for one in list_folder(folder))


def own_files_in(folder: Path) -> Iterator[str]:
    """What lies in a folder, or in those inside it, and is called as a plan is, or as a table and has its
    columns: by the name that it had. A document, such as an evidence, has other columns."""
    models = {f"{name}.csv": model for name, model in mergeable_models().items()}
    for path in (path for path in find_below(folder, "*") if is_stored_file(path)):
        if plan := OLD_PLAN.fullmatch(path.name):
            yield f"{plan['year']}.yaml"
        elif path.suffix.casefold() == ".csv" and (table := original_of(path.name, models)):
            columns, own = columns_of(path), {column.name for column in models[table].columns()}
            if 2 * len(columns & own) > len(columns):
                yield table


def columns_of(path: Path) -> set[str]:
    """The names of a table's columns; none where it cannot be read."""
    try:
        return {*parse_csv(read_bytes(path)[:HEAD], path, path.name).header} - {""}
    except OSError:
        return set()


def copy_problem(project: Project, path: Path, original: Path) -> Problem:
    """What a copy has that the file lacks; a copy without anything new can go."""
    place, real = Place(project.shown(path)), project.shown(original)
    if original.suffix != ".csv":
        if text_of(path) == text_of(original):
            return Problem.of(place, Mistake("copy_without_news", file=real), "warning")
        return Problem.of(place, Mistake("copy_differs", file=real, copy=project.shown(path)))
    if (rows := rows_in_copy(path)) is None and path.suffix.casefold() not in WORKBOOKS:
        return Problem.of(place, Mistake("copy_not_whole", file=real, copy=place.file))
    if rows is None:
        return Problem.of(place, Mistake("workbook_beside_table", file=real))
    missing, other = compare_rows(rows, project.read_csv(original), id_of(original.stem))
    if missing or other:
        mistake = Mistake(
            "copy_with_rows", file=real, copy=place.file, missing=say_phrase("rows", missing), other=other
        )
        return Problem.of(place, mistake)
    return Problem.of(place, Mistake("copy_without_news", file=real), "warning")


def id_of(table: str) -> str:
    models = table_models()
    return models[table].id_column if table in models else "id"


def text_of(path: Path) -> str:
    """The words of a file in any encoding, one a line; "" where it cannot be read."""
    try:
        return text_in(read_bytes(path))
    except OSError:
        return ""


def text_in(data: bytes) -> str:
    """Spaces and line ends make no difference between two texts."""
    return "\n".join(decode(data)[0].split())


def rows_in_copy(path: Path) -> list[dict[str, str]] | None:
    """The rows of a table, or of each sheet of a workbook that begins with a heading of its first one, by the
    names of their columns; None where some cannot be read."""
    if path.suffix.casefold() not in WORKBOOKS:
        file = read_csv(path, path.name)
        return None if errors(file.problems) else [file.cells(record) for record in file.records]
    from prt.files.workbook.grid import read_grids  # 6 ms, where a workbook lies beside a table

    try:
        grids, _ = read_grids(path, path.name)
    except PrtError:
        return None
    if not grids:
        return None
    sheets = [[list(map(str, row)) for row in grid.rows] for grid in grids if grid.rows]
    known = {name for sheet in sheets[:1] for name in sheet[0]}
    return [row for sheet in sheets if known.intersection(sheet[0][:1]) for row in rows_of_sheet(sheet)]


def rows_of_sheet(sheet: Sequence[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(sheet[0], row, strict=False)) for row in sheet[1:]]


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
