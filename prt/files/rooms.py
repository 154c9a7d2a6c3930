"""The folders that prt reads, the names that it knows in each, and what is a copy by its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from prt.files.project import YEARS, Project, Year, original_of
from prt.files.provenance import KEPT, PRIVATE, HeadingRecord
from prt.files.store.disk import read_text
from prt.files.store.project_format import NAME as FORMAT_FILE
from prt.files.trace.disk_questions import (
    find_below,
    is_folder,
    is_on_disk,
    is_same_file,
    is_stored_file,
    list_folder,
    split_folder,
)
from prt.files.yaml.words import shipped_templates
from prt.model.records import LOGS, ROSTERS
from prt.model.text import LANGUAGES, Language
from prt.text import compile_later, fold_text
from prt.values import dataclass

OPEN = compile_later(r"~\$.*|\.~lock\..*#")
"""What Word, Excel and LibreOffice keep beside a file while it is open."""
LEFT_BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}
SUBMITTED = "submitted"
SUBMISSION = compile_later(r"(period-(?P<period>\d+)|annual)(-r(?P<revision>\d+))?")
NOTES = compile_later(r"(annual|period-\d+)\.(" + "|".join(LANGUAGES) + r")\.md")


@dataclass(frozen=True)
class Room:
    """A folder and the names of the files that prt reads in it, and of the folders, where others may be their
    copies; of files that are no copies all are told, or none. In a room `of_endings` what is a copy has the
    ending of its original."""

    folder: Path
    files: frozenset[str]
    folders: frozenset[str] = frozenset()
    all_told: bool = True
    of_endings: bool = False

    def original(self, name: str) -> str:
        """The file of this room that another one is a copy of, by its name; "" where it is of none."""
        ending = Path(name).suffix
        return original_of(
            name, [one for one in self.files if not self.of_endings or Path(one).suffix == ending]
        )


def rooms_of(year: Year) -> Iterator[Room]:
    """The folders that prt reads from, each with the names it reads: other files there may be oversights."""
    yield from shared_rooms(year.project, frozenset(path.stem for path in year.project.plan_paths))
    yield from year_rooms(year.folder, notes_names(year))


def rooms_of_all_years(project: Project) -> Iterator[Room]:
    """The folders that prt reads from in every year that has a plan; no plan is read to know them."""
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
        path.name for path in (list_folder(notes) if is_folder(notes) else ()) if NOTES.fullmatch(path.name)
    )


def shared_rooms(project: Project, years: frozenset[str]) -> Iterator[Room]:
    yield Room(project.root / "plan", frozenset(f"{one}.yaml" for one in years))
    rosters = names(*ROSTERS, HeadingRecord.log)
    yield Room(project.root / "data", rosters | {FORMAT_FILE}, years | {"private"})
    yield Room(project.private, names(*PRIVATE, "corrections"), all_told=False)
    yield from template_rooms(project.root / "templates")


def template_rooms(folder: Path) -> Iterator[Room]:
    """A project's own templates, if it has some: those that are called as ours, or that another one names."""
    shipped = shipped_templates()
    if is_folder(folder) and not is_same_file(folder, shipped):
        own = {path.name for path in list_folder(folder)}
        known = own & {path.name for path in list_folder(shipped)}
        known |= set(named_in_templates(folder, own - known))
        yield Room(folder, frozenset(known), all_told=False, of_endings=True)


def named_in_templates(folder: Path, names: set[str]) -> Iterator[str]:
    """The names, of those given, that a template of the folder includes."""
    texts = (
        [text_or_nothing(path) for path in find_below(folder, "*.j2") if is_stored_file(path)]
        if names
        else []
    )
    yield from (
        name for name in names if any(f"{sign}{name}{sign}" in one for one in texts for sign in "\"'")
    )


def text_or_nothing(path: Path) -> str:
    with suppress(OSError):
        return read_text(path, errors="replace")
    return ""


def year_rooms(folder: Path, notes: Iterable[str]) -> Iterator[Room]:
    yield Room(folder, names(*LOGS, *KEPT, "corrections"))
    yield Room(folder / "notes", frozenset(notes))


def names(*tables: str) -> frozenset[str]:
    return frozenset(f"{table}.csv" for table in tables)


def notes_names(year: Year) -> Iterator[str]:
    """The names of the notes that a report would look for."""
    for stem in ("annual", *(f"period-{period.id}" for period in year.plan.periods)):
        yield from (notes_path(year.folder, stem, language).name for language in LANGUAGES)


def notes_path(folder: Path, report: str, language: Language) -> Path:
    """`data/2024-2025/notes/period-2.fr.md`; `folder` is that of the plan year."""
    return folder / "notes" / f"{report}.{language}.md"


def report_stem(period: int, annual: bool) -> str:
    """The name of a submission's folder without `-r2`, and of its notes."""
    return "annual" if annual else f"period-{period}"


def submission_folders(year: Year) -> list[Path]:
    """What was submitted in a plan year, in no order."""
    folder = year.folder / SUBMITTED
    found = list_folder(folder) if is_folder(folder) else ()
    return [one for one in found if is_folder(one) and SUBMISSION.fullmatch(one.name)]


def stem_of(folder: Path) -> str:
    """The name without `-r2`: what it is a submission of."""
    return folder.name.partition("-r")[0]


def find_copies(rooms: Iterable[Room]) -> Iterator[tuple[Path, Path]]:
    """Each file or folder that is a copy by its name, and what it is a copy of; none is read."""
    for room in rooms:
        folders, files = split_folder(room.folder)
        unread = {*folders} - room.folders | {*files} - room.files
        for path in sorted(room.folder / name for name in unread):
            if original := original_in(room, path):
                yield path, room.folder / original


def original_in(room: Room, path: Path) -> str:
    """The name of what a file or a folder of this room is a copy of; "" where it is of none."""
    known = room.folders if is_folder(path) else room.files
    if path.name in known or path.name[0] == "." or path.name in LEFT_BY_SYSTEMS or OPEN.fullmatch(path.name):
        return ""
    if is_folder(path):
        return original_of(f"{path.name}.", [f"{one}." for one in known]).rstrip(".")
    return "" if not is_stored_file(path) or is_read_as(path, room) else room.original(path.name)


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
    return bool(real) and is_on_disk(room.folder / real) and is_same_file(room.folder / real, path)
