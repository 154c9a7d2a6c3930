"""Both sides of a merge: our files and theirs, each with what its corrections.csv remembers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from prt.files.csv.dialect import Dialect, format_row
from prt.files.csv.reader import CsvFile, parse_csv, read_csv
from prt.files.merging.copies import OF_PROJECT, Copy, Twin
from prt.files.merging.notes import read_notes
from prt.files.merging.tables import as_ours, mergeable_models, unmergeable
from prt.files.project import Project
from prt.files.rooms import plan_years
from prt.files.strangers import WORKBOOKS, rows_in_copy
from prt.model.columns import Record as Model
from prt.model.merging.tables import Merged, Table
from prt.model.merging.two_way import Note
from prt.model.records import LOGS, Correction
from prt.problems import Mistake, Place, Problem

NOTES = f"{Correction.log}.csv"


class Sides:
    """The tables of a copy and those of the project that they are copies of."""

    def __init__(self, project: Project, copy: Copy) -> None:
        self.project, self.copy = project, copy
        self.models = mergeable_models()
        self.theirs = {twin: self.read_theirs(twin) for twin in copy.twins if twin.is_table}
        self.by_path = {twin.ours: file for twin, file in self.theirs.items()}
        self.notes = {private: self.read_notes(private=private) for private in (False, True)}

    def model(self, twin: Twin) -> type[Model]:
        return self.model_of(twin.ours)

    def model_of(self, path: Path) -> type[Model]:
        """The class of the rows of one of our tables, of a log as the plan of its year has it."""
        plan = self.project.valid_plan_or_none(path.parent.name) if path.stem in LOGS else None
        return plan.record_of(path.stem) if plan else self.models[path.stem]

    def ours(self, twin: Twin) -> CsvFile:
        return self.our_file(twin.ours)

    def our_file(self, path: Path) -> CsvFile:
        return self.project.read_csv(path)

    def is_written_anyway(self, twin: Twin) -> bool:
        """Is our file on the disk another than the one that is merged?"""
        return False

    def review(self, twin: Twin, merged: Merged, ours: Table) -> None:
        """What is to be asked about although no side says that both changed it."""

    def read_theirs(self, twin: Twin) -> CsvFile:
        return read_version(twin.theirs, self.project.shown(twin.theirs))

    def their_table(self, twin: Twin) -> Table:
        return as_ours(self.theirs[twin], self.ours(twin), self.model(twin))

    def base(self, twin: Twin) -> Table | None:
        """The rows from which both began, where git has them and they can be told apart."""
        data = self.copy.read_base(twin.ours)
        if data is None:
            return None
        file = parse_csv(data, twin.ours, self.project.shown(twin.ours))
        sides = file, self.ours(twin), self.model(twin)
        return None if unmergeable(*sides) else as_ours(*sides)

    def is_private(self, path: Path) -> bool:
        return path.parent == self.project.private

    def notes_path(self, path: Path) -> Path:
        """Where the corrections of one of our tables are: those of rosters in the latest year."""
        if path.stem in OF_PROJECT and not self.is_private(path):
            return self.notes_paths(private=False)[-1]
        return path.with_name(NOTES)

    def notes_paths(self, *, private: bool) -> list[Path]:
        """Our files of corrections, the latest year last."""
        if private:
            return [self.project.private / NOTES]
        return [self.project.root / "data" / year / NOTES for year in reversed(plan_years(self.project))]

    def read_notes(self, *, private: bool) -> tuple[list[Note], list[Note]]:
        """The corrections of all years, or of the private folder, here and there."""
        paths = self.notes_paths(private=private)
        ours = [self.our_file(path) for path in paths]
        mine = [note for file in ours for note in read_notes(file, partial(self.our_log, file.path))]
        others = [(path, self.by_path[path]) for path in self.their_notes(private=private)]
        if not self.copy.whole:  # a file that was not copied is shared
            others = [(path, self.by_path.get(path, self.our_file(path))) for path in paths]
        return mine, [
            note for path, file in others for note in read_notes(file, partial(self.their_log, path))
        ]

    def their_notes(self, *, private: bool) -> Iterator[Path]:
        found = sorted(path for path in self.by_path if path.name == NOTES)
        yield from (path for path in found if self.is_private(path) == private)

    def our_log(self, notes: Path, log: str) -> CsvFile:
        """The file of a log whose corrections these are."""
        folder = self.project.root / "data" if log in OF_PROJECT else notes.parent
        return self.our_file(folder / f"{log}.csv")

    def their_log(self, notes: Path, log: str) -> CsvFile:
        ours = self.our_log(notes, log)
        return self.by_path.get(ours.path, ours)


def read_version(path: Path, shown: str) -> CsvFile:
    """A table as it lies there; the sheets of a workbook as the table that they were saved from."""
    if path.suffix.casefold() not in WORKBOOKS:
        return read_csv(path, shown)
    rows = rows_in_copy(path)
    if rows is None:
        return CsvFile(path, shown, b"", problems=[Problem.of(Place(shown), Mistake("workbook_unmergeable"))])
    columns = list(dict.fromkeys(name for row in rows for name in row if name.strip()))
    lines = [columns, *([row.get(name, "") for name in columns] for row in rows)]
    return parse_csv("".join(format_row(line, Dialect()) for line in lines if line).encode(), path, shown)
