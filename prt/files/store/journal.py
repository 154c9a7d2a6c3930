"""Many files changed together, or none: the work is done on copies, which then take the place of the files.

While they do, `.prt/import.json` says what is to become what; whoever takes the lock after a crash completes
it. So a killed import has written all of its rows, or none. Copies of private files stay in their folder.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from prt.files.project import Project, Year
from prt.files.store.disk import ANYONE, COPIES, changed, leftovers, locked, make_folder, write_atomic
from prt.files.store.store import MODELS, Action, corrections_path, mode_of, path_of
from prt.files.store.store import OWNER_ONLY as OWNER_FILE
from prt.model.ids import Draw
from prt.model.provenance import ImportRecord
from prt.problems import Place, Problem, PrtError

FOLDER = ".import"
OWNER_ONLY = 0o700
DIGITS = 64  # of a digest


@dataclass(frozen=True)
class Change:
    """A file that is to hold what its copy holds; digests tell what it held before, and what it will.

    An empty digest is that of no file.
    """

    file: str
    copy: str
    before: str
    after: str
    mode: int


@contextmanager
def staged(
    year: Year, who: str | None, when: dt.datetime, draw: Draw, *, keep: bool = True
) -> Iterator[Action]:
    """The one writer for a while, on copies; they take the files' places at the end, unless `keep` is false
    or the block was left by an exception: then nothing has changed."""
    root, private = year.project.root, year.project.private
    shared = private.is_dir() and not private.is_relative_to(root)
    with locked(root), locked(private) if shared else nullcontext():
        copies = Copies(year)
        try:
            yield Action(copies.year, who or "", when, draw)
            if keep:
                copies.publish()
        finally:
            if not journal(root).exists():  # else whoever comes next completes it with the copies
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
        self.folder = project.root / ".prt" / FOLDER
        self.private = project.private / FOLDER if self.has_private else self.folder / "private"
        self.clear()
        make_folder(self.folder / ".prt")
        if self.has_private:
            make_folder(self.private)
            with suppress(OSError):  # some shared drives know no owners
                self.private.chmod(OWNER_ONLY)
        copy = CopiedProject(self.folder, self.private, project.plans, project)
        self.year = Year(copy, year.path, year.plan, year.known, year.plan_problems)
        self.pairs = list(zip(paths(year), paths(self.year), map(mode_of, OWNERS), strict=True))
        self.before = {file: copied(file, copy) for file, copy, _ in self.pairs}

    def publish(self) -> None:
        """Put the copies in the places of the files; first it is on the disk that this is to be done."""
        changes = [
            Change(self.relative(file), self.relative(copy), self.before[file], after, mode)
            for file, copy, mode in self.pairs
            if (after := digest(copy)) != self.before[file]
        ]
        for one in changes:
            if digest(self.root / one.file) != one.before:
                raise changed(one.file)
        if changes:
            write_atomic(journal(self.root), json.dumps([asdict(one) for one in changes]).encode())
            finish(self.root, self.private.parent if self.has_private else None)

    def relative(self, path: Path) -> str:
        """A path as the journal has it: a project may be moved before it is opened again."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)

    def clear(self) -> None:
        clear_copies(self.root, self.private.parent if self.has_private else None)


def clear_copies(root: Path, private: Path | None) -> None:
    """Delete the copies of an import that was killed before it had a journal. Whoever calls this has the
    lock of the project, and that of the private folder where it is elsewhere."""
    for folder in (root / ".prt", *([private] if private else [])):
        shutil.rmtree(folder / FOLDER, ignore_errors=True)


def clear_stale(root: Path) -> None:
    """The same for whoever takes the project's lock; copies that another project is making in this private
    folder, which it has locked, are left alone."""
    from filelock import FileLock, Timeout

    private = root / "data" / "private"
    clear_copies(root, None)
    if (private / FOLDER).is_dir():
        (private / ".prt").mkdir(exist_ok=True)
        with suppress(Timeout), FileLock(private / ".prt" / "lock", timeout=0):
            clear_copies(root, private)


OWNERS = (
    "names",
    "attendance",
    "attendance",
    *(log for log in MODELS if log != ImportRecord.log),
    ImportRecord.log,
)
"""The log whose permissions each of `paths` has."""


def paths(year: Year) -> list[Path]:
    """Every file that an action may change: what says that an import is complete comes last."""
    corrections = [corrections_path(year, log) for log in OWNERS[:2]]
    undo = year.project.root / ".prt" / "undo.jsonl"
    return [*corrections, undo, *(path_of(year, log) for log in OWNERS[3:])]


def copied(file: Path, copy: Path) -> str:
    """Copy a file, if there is one. Returns its digest."""
    if file.exists() and not file.is_file():
        raise PrtError(Problem(Place(file.name), "is not a file", "Move it away. Nothing was written."))
    if not file.exists():
        return ""
    make_folder(copy.parent)
    data = file.read_bytes()
    copy.touch(0o600)
    copy.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def journal(root: Path) -> Path:
    return root / ".prt" / "import.json"


def finish(root: Path, private: Path | None = None) -> None:
    """Complete what the journal says, and forget it. Whoever calls this has the lock.

    A file that was changed since is never overwritten, none outside the project and its private folder is
    touched, and only copies are deleted: PrtError, before anything is done.
    """
    changes = changes_of(root)
    for one in changes:
        if not is_ours(one, root, private):
            raise damaged(f"{one.file} is not a file that an import changes here")
    to_do = [one for one in changes if digest(root / one.file) != one.after]
    for one in to_do:
        if digest(root / one.file) != one.before or digest(root / one.copy) != one.after:
            raise interrupted(one)
    for one in to_do:
        put(root / one.file, root / one.copy, one)
    journal(root).unlink()
    for one in changes:
        (root / one.copy).unlink(missing_ok=True)


def put(file: Path, copy: Path, change: Change) -> None:
    write_atomic(file, copy.read_bytes(), change.file, change.mode)


def changes_of(root: Path) -> list[Change]:
    """What the journal says; PrtError where it cannot be read or is not what an import writes."""
    try:
        changes = [Change(**one) for one in json.loads(journal(root).read_bytes())]
    except OSError as error:
        raise damaged(f"cannot be read: {error.strerror or error}") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged("is not what an import writes") from error
    kinds = Change.__annotations__
    if any(type(value).__name__ != kinds[name] for one in changes for name, value in asdict(one).items()):
        raise damaged("is not what an import writes")
    return changes


def is_ours(one: Change, root: Path, private: Path | None) -> bool:
    """Is it a table of the project, or of its private folder, with its copy in the folder of copies?"""
    try:
        file, copy = Path(os.path.normpath(root / one.file)), (root / one.copy).resolve()
    except (OSError, ValueError):  # a NUL
        return False
    folders = [private] if private else []
    copies = [root.resolve() / ".prt" / FOLDER, *(folder.resolve() / FOLDER for folder in folders)]
    tables = [Path(os.path.normpath(folder)) for folder in (root / "data", *folders)]
    table = file.suffix == ".csv" and any(file.is_relative_to(folder) for folder in tables)
    undo = file == Path(os.path.normpath(root / ".prt" / "undo.jsonl"))
    copied_here = any(copy.is_relative_to(folder) for folder in copies)
    return (table or undo) and copied_here and len(one.after) == DIGITS and one.mode in (ANYONE, OWNER_FILE)


def damaged(what: str) -> PrtError:
    remedy = (
        "Move .prt/import.json away, and import again: what is missing will be added. Nothing was written."
    )
    return PrtError(Problem(Place(".prt/import.json"), what, remedy))


def interrupted(one: Change) -> PrtError:
    what = "an import was interrupted, and this file was changed since"
    remedy = (
        "Put it back as it was, and the import will be completed. Or delete .prt/import.json, and import "
        "again: what is missing will be added."
    )
    return PrtError(Problem(Place(one.file), what, remedy))


def settle(root: Path, private: Path) -> None:
    """Complete an import that was interrupted, so that what is read now has all of its rows or none."""
    if journal(root).exists():
        with locked(root, private=private):
            pass


def tidy(root: Path) -> None:
    """Delete what an import that was killed left behind, if there is any."""
    copies = any((root / part).is_dir() for part in COPIES) and not journal(root).exists()
    if copies or leftovers(root):
        with locked(root):
            pass
