"""Every file and every table of a project that could hold something personal, each once: the one walk."""

from __future__ import annotations

import os
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Literal

from prt.files.csv.dialect import decode, split_lines
from prt.files.csv.reader import CsvFile
from prt.files.privacy.personal import (
    Names,
    Trace,
    as_read,
    begins_name,
    names_of,
    plain_texts,
    telling_cells,
    telling_lines,
    traces,
)
from prt.files.project import Project, Year
from prt.files.provenance import HeadingRecord
from prt.files.rooms import SUBMITTED
from prt.files.store.disk import open_to_read, real_path
from prt.files.store.draft import MERGED
from prt.files.submissions.manifest import files_of
from prt.files.submissions.submission import SENT
from prt.files.trace.disk_questions import (
    file_size,
    find_below,
    find_in,
    is_folder,
    is_link,
    is_on_disk,
    is_stored_file,
    walk_folders,
)
from prt.model.records import LOGS, OrganisationRecord
from prt.problems import Mistake, Place, Problem, first_of_each_kind
from prt.values import dataclass

TEXTS = {".csv", ".md", ".yaml", ".yml", ".j2", ".txt", ".json"}
PAGE = ".html"
FOLDERS = ("plan", "data", "templates", "reports")
LARGEST = 50_000_000
"""A text with more bytes is none."""
LARGEST_AROUND, MOST_AROUND = 1_000_000, 10_000_000
"""So many bytes of a text, and of all of them, are looked at outside the project's folder."""
HEAD = 8000
"""Where git looks too for what no text has."""

Room = Literal["open", "submitted", "sent", "private", "put away"]
"""Who may see a file: git and reports carry what is *open*; *submitted* is frozen, *sent* was really sent;
copies that were merged are *put away*."""


@dataclass(frozen=True)
class HeldFile:
    """A file of a project and the room it lies in."""

    project: Project
    path: Path
    room: Room

    @property
    def shown(self) -> str:
        return self.project.shown(self.path)

    @property
    def folder(self) -> str:
        """`data`, `reports` …; the file's own name in the project's folder itself."""
        return self.path.relative_to(self.project.root).parts[0]

    @property
    def is_page(self) -> bool:
        return self.path.suffix == PAGE

    @property
    def is_text(self) -> bool:
        return self.path.suffix in TEXTS or self.is_page

    @property
    def is_table(self) -> bool:
        apart = self.room in ("private", "put away")
        return self.path.suffix == ".csv" and (apart or self.folder == "data")

    @property
    def is_organisations(self) -> bool:
        """In the list of organisations every name is an organisation's."""
        name = OrganisationRecord.log
        return self.path.stem == name and self.path == self.project.roster_path(name)

    def lines(self) -> list[str]:
        """The lines of a text in any encoding; none of a file that cannot be read.

        Several checks ask for those of an open file, which are kept; frozen ones are asked for once.
        """
        try:
            small = file_size(self.path) < LARGEST
            data = self.project.cache.read_bytes(self.path, keep=self.room == "open") if small else b""
        except OSError:
            return []
        return split_lines(decode(data)[0])

    def table(self) -> CsvFile:
        return self.project.read_csv(self.path)


def every_file(project: Project, *rooms: Room) -> Iterator[HeldFile]:
    """The files of these rooms, in an order that does not change."""
    if "open" in rooms:
        yield from open_files(project)
    if "submitted" in rooms or "sent" in rooms:
        yield from (file for file in frozen_files(project) if file.room in rooms)
    if "private" in rooms:
        found = sorted(find_in(project.private, "*.csv")) if is_folder(project.private) else ()
        yield from (HeldFile(project, path, "private") for path in found if is_stored_file(path))
    if "put away" in rooms:
        folders = [folder / ".prt" / MERGED for folder in (project.root, project.private)]
        found = [
            path for folder in folders for path in sorted(find_below(folder, "*")) if is_stored_file(path)
        ]
        yield from (HeldFile(project, path, "put away") for path in found)


def private_paths(project: Project) -> list[Path]:
    """Every file anywhere in the private folder but hidden ones; a link leads to none."""
    found = (
        path
        for path in sorted(find_below(project.private, "*"))
        if is_stored_file(path) and not is_link(path)
    )
    return [path for path in found if path.relative_to(project.private).parts[0][0] != "."]


def every_text(project: Project, *rooms: Room) -> Iterator[HeldFile]:
    return (file for file in every_file(project, *rooms) if file.is_text)


def every_table(project: Project, *rooms: Room) -> Iterator[CsvFile]:
    return (file.table() for file in every_file(project, *rooms) if file.is_table)


def private_files(project: Project, names: Iterable[str]) -> list[HeldFile]:
    """The private files of these names that are there, in the order asked for."""
    found = {file.path.stem: file for file in every_file(project, "private")}
    return [found[name] for name in names if name in found]


def open_files(project: Project) -> Iterator[HeldFile]:
    """What lies in the project's folder itself, the plan, the data without the private folder and without
    what was submitted, templates, reports; and pages wherever they are."""
    paths = [path for path in sorted(find_in(project.root, "*")) if path.suffix != PAGE]
    for folder in FOLDERS:
        inside = (path for path in find_below(project.root / folder, "*") if path.suffix != PAGE)
        paths += [path for path in sorted(inside) if not is_apart(project, path)]
    paths += files_ending(project, PAGE)
    yield from (HeldFile(project, path, "open") for path in paths if is_stored_file(path))


def files_ending(project: Project, suffix: str) -> Iterator[Path]:
    """The files with this ending, such as reports made as HTML, in any folder but the private one, hidden
    folders, and environments of Python.
    """
    for here, inside, files in walk_folders(project.root):
        inside[:] = sorted(
            name for name in inside if name[0] != "." and not is_on_disk(here / name / "pyvenv.cfg")
        )
        found = (here / name for name in sorted(files) if name.endswith(suffix))
        yield from (path for path in found if not is_apart(project, path))


def is_apart(project: Project, path: Path) -> bool:
    """Is it private, or a part of what was submitted?"""
    inside = path.relative_to(project.root).parts
    return path.is_relative_to(project.private) or inside[:2] == ("data", "private") or "submitted" in inside


def frozen_files(project: Project) -> Iterator[HeldFile]:
    for folder in frozen_folders(project):
        for name, path in files_of(folder).items():
            yield HeldFile(project, path, "sent" if name.startswith(SENT) else "submitted")


def frozen_folders(project: Project) -> list[Path]:
    return sorted(one for one in find_in(project.root / "data", f"*/{SUBMITTED}/*") if is_folder(one))


def every_log(years: Iterable[Year]) -> Iterator[tuple[Year, str, CsvFile]]:
    """Each log of each plan year, with its name."""
    for year in years:
        yield from ((year, log, year.read_table(log)) for log in LOGS)


CORRECTIONS = "corrections.csv"
IN_TEXT = {"email": Mistake("email_in_text"), "phone": Mistake("phone_in_text")}
IN_CORRECTIONS = {"email": Mistake("email_in_corrections"), "phone": Mistake("phone_in_corrections")}


def known_names(project: Project) -> Names:
    """The names of the private folder; inside the name of an organisation they tell of nobody."""
    columns = ("name_en", "name_fr")
    organisations = [str(row[name]) for row in project.organisations[0] for name in columns]
    aliases = [alias for row in project.organisations[0] for alias in row["aliases"] or ()]
    return names_of(project.names().values(), [*organisations, *aliases])


def personal_problems(project: Project) -> list[Problem]:
    """A warning for each line, and each name of a file, that has something personal; the name itself is not
    repeated."""
    names = known_names(project)
    return first_of_each_kind(chain(named_in_texts(project, names), named_files(project, names)))


def named_in_texts(project: Project, names: Names) -> Iterator[Problem]:
    for file in every_text(project, "open"):
        for number, one in traces_in(file, names):
            mistake = mistake_in(file, one)
            place = nameless_place(project, file.path, names)
            yield Problem.of(Place(place.file, number), mistake, "warning")


def carried_problems(project: Project, carried: Iterable[str]) -> Iterator[Problem]:
    """Known names in what git carries beside those texts, such as minutes, and in the names of its files."""
    names = known_names(project)
    seen = {file.path for file in every_file(project, "open")} if names.people else set[Path]()
    paths = (project.root / name for name in sorted(carried) if names.people)
    for path in (path for path in paths if path not in seen and not is_apart(project, path)):
        lines = HeldFile(project, path, "open").lines()
        place = nameless_place(project, path, names)
        yield from named_in_lines(place, lines if is_prose(lines) else (), names)
        yield from called_after(project, path, names)


def problems_around(project: Project, paths: Iterable[Path]) -> Iterator[Problem]:
    """Known names in files outside the project's folder that git carries with it: in texts up to a megabyte
    each, and ten in all."""
    names, left, private = known_names(project), MOST_AROUND, real_path(project.private)
    for path in (path for path in paths if names.people and not path.is_relative_to(private)):
        data = small_text(path) if left > 0 else b""
        left -= len(data)
        text = decode(data)[0] if left >= 0 else ""
        if any(begins_name(plain, names) for plain in plain_texts(text)):  # of most texts that is all
            yield from named_in_lines(nameless_place(project, path, names), split_lines(text), names)
        yield from called_after(project, path, names)


def small_text(path: Path) -> bytes:
    """What a text holds; nothing of a link, of a large file, of a picture or a workbook."""
    with suppress(OSError):
        if is_stored_file(path) and not is_link(path) and file_size(path) <= LARGEST_AROUND:
            with open_to_read(path) as file:
                head = file.read(HEAD)
                is_text = b"\0" not in head or head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
                return head + file.read() if is_text else b""
    return b""


def named_in_lines(file: Place, lines: Sequence[str], names: Names) -> Iterator[Problem]:
    for number in telling_lines(lines, names):
        for person in dict.fromkeys(names.found(lines[number - 1])):
            yield Problem.of(Place(file.file, number), Mistake("name_in_text", person=person), "warning")


def shown_around(project: Project, path: Path) -> str:
    """The path seen from the project's folder: `../minutes/may.md`."""
    return Path(os.path.relpath(path, real_path(project.root))).as_posix()


def is_prose(lines: Sequence[str]) -> bool:
    """Is it text, and no picture or workbook?"""
    return not any("\0" in line for line in lines[:50])


def traces_in(file: HeldFile, names: Names) -> Iterator[tuple[int, Trace]]:
    """(line, what is personal in it); of a page only what is read on it."""
    meant = Names() if file.is_organisations else names
    numbered = list(lines_to_look_at(file, meant))
    lines = [as_read(line) if file.is_page else line for _, line in numbered]
    for at in telling_lines(lines, meant):
        yield from ((numbered[at - 1][0], one) for one in traces(lines[at - 1], meant))


def lines_to_look_at(file: HeldFile, names: Names) -> Iterable[tuple[int, str]]:
    """The lines of a text with their numbers. Of a table that can be read each different text is looked at
    once, and then the lines of those rows alone that have one which may tell something."""
    table = file.table() if file.is_table else None
    if table is None or not table.is_clean or any(telling_cells([table.header], names)):
        return enumerate(file.lines(), 1)
    ends = [*table.starts[1:], table.height + 1]
    rows = telling_rows(table, names)
    lines = file.lines() if rows else []
    return [(number, lines[number - 1]) for at in rows for number in range(table.starts[at], ends[at])]


def telling_rows(table: CsvFile, names: Names) -> list[int]:
    """The rows, counted from 0, of which a cell may tell something personal; most columns have none."""
    found = set[int]()
    columns = table.body.columns
    for (_, places), telling in zip(
        columns, telling_cells([one.texts for one in columns], names), strict=True
    ):
        if telling and places is not None:
            telling = {at for at, one in enumerate(places) if one in telling}
        found |= telling
    return sorted(found)


def named_files(project: Project, names: Names) -> Iterator[Problem]:
    """Files that are called after a person, such as an evidence."""
    files = [file for file in every_file(project, "open") if file.folder in FOLDERS] if names.people else []
    for file in sorted(files, key=lambda file: (FOLDERS.index(file.folder), file.path)):
        yield from called_after(project, file.path, names)


def called_after(project: Project, path: Path, names: Names) -> Iterator[Problem]:
    if people := list(names.found(path.stem)):
        mistake = Mistake("file_called_after_person", person=people[0])
        yield Problem.of(nameless_place(project, path, names), mistake, "warning")


def nameless_place(project: Project, path: Path, names: Names) -> Place:
    """The place of a file whose name, or that of a folder around it, is a person's, without that."""
    inside = path.is_relative_to(project.root)
    *folders, _ = (project.shown(path) if inside else shown_around(project, path)).split("/")
    parts = ["…" if any(names.found(one)) else one for one in folders]
    return Place("/".join([*parts, f"…{path.suffix}" if any(names.found(path.stem)) else path.name]))


def trace_mistake(trace: Trace) -> Mistake:
    """What stands in a text that people write."""
    return Mistake("name_in_text", person=trace.person) if trace.kind == "name" else IN_TEXT[trace.kind]


def mistake_in(file: HeldFile, trace: Trace) -> Mistake:
    """The mistake of a trace in this file: what prt writes itself is put right otherwise."""
    if file.path.name == CORRECTIONS:
        return corrections_mistake(trace)
    if file.path == file.project.roster_path(HeadingRecord.log):
        return Mistake("heading_remembered")
    return trace_mistake(trace)


def corrections_mistake(trace: Trace) -> Mistake:
    """What is personal in corrections.csv, with the command that removes it: no editor is for that file."""
    if trace.kind == "name":
        return Mistake("name_in_corrections", person=trace.person)
    return IN_CORRECTIONS[trace.kind]
