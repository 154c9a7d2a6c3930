"""Many rows written together: an import works on copies, which take their places."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from prt.files.project import Project, Year, table_models
from prt.files.provenance import ImportRecord
from prt.files.store.disk import (
    OWNER_FILE,
    changed_meanwhile,
    file_digest,
    make_folder,
    make_owner_only,
    write_atomic,
    write_new,
)
from prt.files.store.journal import (
    COPIES_FOLDER,
    Change,
    clear_copies,
    complete_changes,
    hold_both_locks,
    journal_path,
)
from prt.files.store.store import Action, file_mode
from prt.files.store.undo_log import undo_path
from prt.model.ids import Draw
from prt.problems import Mistake, Place, Problem, PrtError


@contextmanager
def stage_changes(
    year: Year, who: str | None, when: dt.datetime, draw: Draw, *, keep: bool = True
) -> Iterator[Action]:
    """The one writer for a while, on copies; they take the files' places at the end, unless `keep` is false
    or the block was left by an exception: then nothing has changed."""
    with hold_both_locks(year.project):
        copies = Copies(year)
        try:
            yield Action(copies.year, who or "", when, draw)
            if keep:
                copies.publish()
        finally:
            if not journal_path(copies.root).exists():  # else whoever comes next completes it from the copies
                copies.clear()


@dataclass(frozen=True)
class CopiedProject(Project):
    """A project of copies, whose files are called as the users know them."""

    original: Project | None = None

    def shown(self, path: Path) -> str:
        if self.original and path.is_relative_to(self.private):
            return self.original.shown(self.original.private / path.relative_to(self.private))
        return super().shown(path)


class Copies:
    """The files of a plan year, copied; `year` is the same plan year in the copies."""

    def __init__(self, year: Year) -> None:
        project = year.project
        self.root, self.has_private = project.root, project.private.is_dir()
        self.folder = project.root / ".prt" / COPIES_FOLDER
        self.private = project.private / COPIES_FOLDER if self.has_private else self.folder / "private"
        self.clear()
        make_folder(self.folder / ".prt")
        if self.has_private:
            make_owner_only(self.private)
        copy = CopiedProject(self.folder, self.private, project.plans, original=project)
        self.year = Year(copy, year.path, year.plan, year.known, year.plan_problems)
        files, own = changeable_files(year), changeable_files(self.year)
        self.pairs = list(zip(files, own, map(file_mode, file_owners()), strict=True))
        self.before = {file: copy_file(file, copy, project.cache.read_bytes) for file, copy, _ in self.pairs}

    def publish(self) -> None:
        """Put the copies in the places of the files; first it is on the disk that this is to be done."""
        changes = [
            Change(self.relative(file), self.relative(copy), self.before[file], after, mode)
            for file, copy, mode in self.pairs
            if (after := file_digest(copy)) != self.before[file]
        ]
        for one in changes:
            if file_digest(self.root / one.file) != one.before:
                raise changed_meanwhile(one.file)
        if changes:
            write_atomic(journal_path(self.root), json.dumps([asdict(one) for one in changes]).encode())
            complete_changes(self.root, self.private.parent if self.has_private else None)

    def relative(self, path: Path) -> str:
        """A path as the journal has it: a project may be moved before it is opened again."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)

    def clear(self) -> None:
        clear_copies(self.root, self.private.parent if self.has_private else None)


def file_owners() -> list[str]:
    """The log whose permissions each of `changeable_files` has."""
    logs = [log for log in table_models() if log != ImportRecord.log]
    return ["names", "attendance", "attendance", *logs, ImportRecord.log]


def changeable_files(year: Year) -> list[Path]:
    """Every file that an action may change: what says that an import is complete comes last."""
    owners = file_owners()
    corrections = [year.corrections_path_of(log) for log in owners[:2]]
    undo = undo_path(year.project.root)
    return [*corrections, undo, *(year.table_path(log) for log in owners[3:])]


def copy_file(file: Path, copy: Path, read: Callable[[Path], bytes]) -> str:
    """Copy a file, if there is one. Returns its digest."""
    if file.exists() and not file.is_file():
        raise PrtError(Problem.of(Place(file.name), Mistake("copy_of_no_file")))
    if not file.exists():
        return ""
    make_folder(copy.parent)
    data = read(file)
    write_new(copy, data, OWNER_FILE)
    return hashlib.sha256(data).hexdigest()
