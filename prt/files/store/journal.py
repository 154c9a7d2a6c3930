"""The lock of a project, and the journal of a change of many files: all of them change, or none.

The new files lie ready as copies when `.prt/import.json` says what is to become what; whoever takes the lock
after a crash completes it. So a killed import has written all of its rows, or none. Copies of private files
stay in their folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from prt.files.project import Project
from prt.files.store.disk import (
    ANYONE,
    OWNER_FILE,
    file_digest,
    leftover_files,
    lock_folder,
    make_folder,
    remove_file,
    remove_folder,
    write_atomic,
)
from prt.problems import Mistake, Place, Problem, PrtError

COPIES_FOLDER = ".import"
COPIES = (f".prt/{COPIES_FOLDER}", f"data/private/{COPIES_FOLDER}")
"""Where an import makes copies; what is there when somebody takes the lock is of one that was killed."""
DIGITS = 64  # of a digest


@contextmanager
def hold_lock(root: Path, seconds: float = 30, private: Path | None = None) -> Iterator[None]:
    """One writer at a time in a project, after what another left that was killed has been completed."""
    with lock_folder(root, lambda: recover(root, private or root / "data" / "private"), seconds):
        yield


@contextmanager
def hold_both_locks(project: Project) -> Iterator[None]:
    """The lock of a project, and that of its private folder where several projects share it."""
    with hold_lock(project.root), hold_lock(project.private) if project.shares_private else nullcontext():
        yield


def recover(root: Path, private: Path) -> None:
    """Complete or clear away what a killed prt left. Whoever calls this has the lock."""
    if journal_path(root).exists():
        complete_changes(root, private)
    if any((root / part).is_dir() for part in COPIES):
        clear_stale(root)
    for left in leftover_files(root):
        with suppress(OSError):
            remove_file(left)


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


def clear_copies(root: Path, private: Path | None) -> None:
    """Delete the copies of an import that was killed before it had a journal. Whoever calls this has the
    lock of the project, and that of the private folder where it is elsewhere."""
    for folder in (root / ".prt", *([private] if private else [])):
        remove_folder(folder / COPIES_FOLDER)


def clear_stale(root: Path) -> None:
    """The same for whoever takes the project's lock; copies that another project is making in this private
    folder, which it has locked, are left alone."""
    from filelock import FileLock, Timeout  # here: its import takes longer than reading a year of rows

    private = root / "data" / "private"
    clear_copies(root, None)
    if (private / COPIES_FOLDER).is_dir():
        make_folder(private / ".prt")
        with suppress(Timeout), FileLock(private / ".prt" / "lock", timeout=0):
            clear_copies(root, private)


def journal_path(root: Path) -> Path:
    return root / ".prt" / "import.json"


def complete_changes(root: Path, private: Path | None = None) -> None:
    """Complete what the journal says, and forget it. Whoever calls this has the lock.

    A file that was changed since is never overwritten, none outside the project and its private folder is
    touched, and only copies are deleted: PrtError, before anything is done.
    """
    changes = read_changes(root)
    for one in changes:
        if not is_own_change(one, root, private):
            raise damaged_journal(Mistake("not_of_an_import", file=one.file))
    to_do = [one for one in changes if file_digest(root / one.file) != one.after]
    for one in to_do:
        if file_digest(root / one.file) != one.before or file_digest(root / one.copy) != one.after:
            raise interrupted_import(one)
    for one in to_do:
        put(root / one.file, root / one.copy, one)
    remove_file(journal_path(root))
    for one in changes:
        remove_file(root / one.copy)


def put(file: Path, copy: Path, change: Change) -> None:
    write_atomic(file, copy.read_bytes(), change.file, change.mode)


def read_changes(root: Path) -> list[Change]:
    """What the journal says; PrtError where it cannot be read or is not what an import writes."""
    try:
        changes = [Change(**one) for one in json.loads(journal_path(root).read_bytes())]
    except OSError as error:
        raise damaged_journal(Mistake("journal_unreadable", error=error.strerror or error)) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged_journal(Mistake("not_a_journal")) from error
    kinds = Change.__annotations__
    if any(type(value).__name__ != kinds[name] for one in changes for name, value in asdict(one).items()):
        raise damaged_journal(Mistake("not_a_journal"))
    return changes


def is_own_change(one: Change, root: Path, private: Path | None) -> bool:
    """Is it a table of the project, or of its private folder, with its copy in the folder of copies?"""
    try:
        file, copy = Path(os.path.normpath(root / one.file)), (root / one.copy).resolve()
    except (OSError, ValueError):  # a NUL
        return False
    folders = [private] if private else []
    copies = [
        root.resolve() / ".prt" / COPIES_FOLDER,
        *(folder.resolve() / COPIES_FOLDER for folder in folders),
    ]
    tables = [Path(os.path.normpath(folder)) for folder in (root / "data", *folders)]
    table = file.suffix == ".csv" and any(file.is_relative_to(folder) for folder in tables)
    undo = file == Path(os.path.normpath(root / ".prt" / "undo.jsonl"))
    copied_here = any(copy.is_relative_to(folder) for folder in copies)
    return (table or undo) and copied_here and len(one.after) == DIGITS and one.mode in (ANYONE, OWNER_FILE)


def damaged_journal(mistake: Mistake) -> PrtError:
    return PrtError(Problem.of(Place(".prt/import.json"), mistake))


def interrupted_import(one: Change) -> PrtError:
    return PrtError(Problem.of(Place(one.file), Mistake("import_interrupted")))


def complete_import(root: Path, private: Path) -> None:
    """Complete an import that was interrupted, so that what is read now has all of its rows or none."""
    if journal_path(root).exists():
        with hold_lock(root, private=private):
            pass


def clear_leftovers(root: Path) -> None:
    """Delete what an import that was killed left behind, if there is any."""
    copies = any((root / part).is_dir() for part in COPIES) and not journal_path(root).exists()
    if copies or leftover_files(root):
        with hold_lock(root):
            pass
