"""Everything that is held on one person, in every file, with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from prt.files.carried import TEXTS, is_apart, known_names, lines_of, names_for, text_files
from prt.files.csvfile import CsvFile
from prt.files.manifest import files_of
from prt.files.project import Project
from prt.files.store import cells
from prt.files.submission import FOLDER
from prt.model.personal import traces
from prt.problems import Place

FREE_TEXT = ("comments", "incidents")
"""Private files in which somebody may have written a name."""
ROW = ("id", "row")
"""Columns of private files that name a row of attendance."""


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
    return Everything(
        person,
        tuple(rows_about(project, person)),
        tuple(texts_about(project, person)),
        tuple(frozen_about(project, person)),
    )


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


def rows_about(project: Project, person: str) -> Iterator[Held]:
    """Rows that have the id; in the private folder also those of the person's rows of attendance."""
    form = whole(person)
    own: set[str] = set()
    for file in open_csvs(project):
        for held in having(file, form):
            own.add(held.cells.get("id", ""))
            yield held
    for file in private_csvs(project):
        for record in file.records:
            known = {name: text.strip() for name, text in cells(file, record).items() if text.strip()}
            if any(map(form.search, known.values())) or own & {known.get(name, "") for name in ROW} - {""}:
                yield Held(file.shown, record.line, known)


def having(file: CsvFile, form: re.Pattern[str]) -> Iterator[Held]:
    for record in file.records:
        if any(form.search(text) for text in record.cells):
            known = {name: text.strip() for name, text in cells(file, record).items() if text.strip()}
            yield Held(file.shown, record.line, known)


def texts_about(project: Project, person: str) -> Iterator[Place]:
    """Lines in which somebody wrote the name, in frozen files too."""
    names = known_names(project)
    frozen = (path for folder in frozen_folders(project) for path in files_of(folder).values())
    told = (project.private / f"{name}.csv" for name in FREE_TEXT)
    for path in (*text_files(project), *(path for path in frozen if path.suffix in TEXTS), *told):
        for number, line in enumerate(lines_of(path), 1):
            if any(one.person == person for one in traces(line, names_for(project, path, names))):
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
