"""Everything that is held on one person, in every file, with its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from prt.files.csv.reader import CsvFile
from prt.files.privacy.scan import PAGE, TEXTS, is_apart, known_names, lines_of, text_files
from prt.files.project import Project
from prt.files.submissions.manifest import files_of
from prt.files.submissions.submission import FOLDER
from prt.model.personal import Identity, as_read, identity_of
from prt.problems import Place

FREE_TEXT = ("comments", "incidents", "corrections")
"""Private files in which somebody may have written a name."""
ROW = ("id", "row")
"""Columns of private files that name a row of attendance."""
UNMATCHED = "unmatched"


@dataclass(frozen=True)
class Held:
    """A row about the person: its file, its line, and the cells that are not empty."""

    file: str
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Everything:
    """All that is held: rows by id, lines of text where the name stands, frozen files that have the id."""

    person: str
    rows: tuple[Held, ...]
    texts: tuple[Place, ...]
    submitted: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.rows or self.texts or self.submitted)


def everything(project: Project, person: str) -> Everything:
    rows = tuple(rows_about(project, person))
    shown = {(held.file, held.line) for held in rows}
    texts = (place for place in texts_about(project, person) if (place.file, place.line) not in shown)
    return Everything(person, rows, tuple(texts), tuple(frozen_about(project, person)))


def whole(person: str) -> re.Pattern[str]:
    """The id where no letter, digit or hyphen touches it."""
    return re.compile(rf"(?<![\w-]){re.escape(person)}(?![\w-])")


def open_csvs(project: Project) -> Iterator[CsvFile]:
    """The CSV files of all years, and those about nobody's year; what was submitted is apart."""
    for path in sorted((project.root / "data").rglob("*.csv")):
        if path.is_file() and not is_apart(project, path):
            yield project.read_csv(path)


def private_csvs(project: Project) -> Iterator[CsvFile]:
    for path in sorted(project.private.glob("*.csv")) if project.private.is_dir() else ():
        yield project.read_csv(path)


def identity(project: Project, person: str) -> Identity:
    """The names and addresses of somebody whose name is kept; nothing of others."""
    row = project.names().get(person)
    return identity_of(row, known_names(project).masks) if row else Identity()


def never_matched(project: Project, person: str) -> set[str]:
    """Unnamed presences whose exported name or address is this person's, and nobody else's."""
    mine, found = identity(project, person), set[str]()
    others = [identity_of(row, ()) for one, row in project.names().items() if one != person]
    file = project.read_csv(project.private / f"{UNMATCHED}.csv")
    for record in file.records:
        row = file.cells(record)
        if mine.is_of(row) and not any(one.is_of(row) for one in others):
            found.add(row.get("id", "").strip())
    return found - {""}


def rows_about(project: Project, person: str) -> Iterator[Held]:
    """Rows that have the id; in the private folder also those of the person's rows of attendance, and
    presences under the person's name that were never matched."""
    waiting = never_matched(project, person)
    form, own = whole(person), set(waiting)
    for file in open_csvs(project):
        for held in having(file, form, waiting):
            own.add(held.cells.get("id", ""))
            yield held
    for file in private_csvs(project):
        for record in file.records:
            known = {name: text.strip() for name, text in file.cells(record).items() if text.strip()}
            if any(map(form.search, known.values())) or own & {known.get(name, "") for name in ROW} - {""}:
                yield Held(file.shown, record.line, known)


def having(file: CsvFile, form: re.Pattern[str], ids: Collection[str] = ()) -> Iterator[Held]:
    """The rows in which the id of a person stands, or that have one of these ids themselves."""
    for record in file.records:
        mine = bool(ids) and file.cell(record, "id").strip() in ids
        if mine or any(form.search(text) for text in record.cells):
            known = {name: text.strip() for name, text in file.cells(record).items() if text.strip()}
            yield Held(file.shown, record.line, known)


def texts_about(project: Project, person: str) -> Iterator[Place]:
    """Lines in which somebody wrote the name or an address, in frozen files too."""
    frozen = (path for folder in frozen_folders(project) for path in files_of(folder).values())
    told = (project.private / f"{name}.csv" for name in FREE_TEXT)
    known = [path for path in frozen if path.suffix in TEXTS or path.suffix == PAGE]
    return named_in(project, [*text_files(project), *known, *told], identity(project, person))


def named_in(project: Project, paths: Iterable[Path], mine: Identity) -> Iterator[Place]:
    organisations = project.roster_path("organisations")
    for path in paths:
        for number, line in enumerate(lines_of(path), 1):
            seen = (line, as_read(line)) if path.suffix == PAGE else (line,)
            if any(mine.stands_in(text, names=path != organisations) for text in seen):
                yield Place(project.shown(path), number)


def frozen_folders(project: Project) -> list[Path]:
    return sorted(one for one in (project.root / "data").glob(f"*/{FOLDER}/*") if one.is_dir())


def frozen_about(project: Project, person: str) -> Iterator[str]:
    """Frozen files that have the id."""
    form = whole(person)
    for folder in frozen_folders(project):
        for path in files_of(folder).values():
            if any(form.search(line) for line in lines_of(path)):
                yield project.shown(path)
