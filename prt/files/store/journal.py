"""The lock of a project, and the journal of a change of its files: all of them change, or none.

The new files lie ready as copies when `.prt/pending.json` says what is to become what; whoever takes the lock
after a crash completes it. Rows that were being added to one file are taken back, if they are not whole. The
journal has digests and the names of files, never what is in them; copies of private files stay in the private
folder.
"""

from __future__ import annotations

import datetime as dt
import errno
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from prt.files.project import Project
from prt.files.store.disk import (
    WRITES,
    copy_folder,
    cut_file,
    digest_of,
    file_digest,
    grow_file,
    leftover_files,
    lock_folder,
    make_folder,
    make_owner_only,
    move,
    real_path,
    remove_file,
    remove_folder,
    replace_file,
    write_atomic,
)
from prt.files.store.draft import MERGED
from prt.files.store.project_format import may_write, refuse_newer
from prt.files.store.reading import (
    COUNTED,
    JOURNAL,
    end_reading,
    journal_path,
    publications_path,
    watch_anew,
)
from prt.files.store.refusals import warn, with_sentence, write_refusal
from prt.files.trace.disk_questions import is_folder, is_on_disk, is_stored_file, list_folder, read_stored
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import dataclass, fields

DIGITS = 64  # of a digest
UNDO = ".prt/undo.jsonl"
SUBMITTED = "submitted"


@dataclass(frozen=True)
class FileChange:
    """What is to become of a file of the project, or of its private folder.

    Digests tell what it held before, and what it will hold. An empty digest is that of no file.

    `added_at` is the size of a file that rows are only added to, -1 of one that a copy replaces.
    """

    private: bool
    file: str
    before: str
    after: str
    mode: int
    added_at: int = -1
    folder: bool = False


@dataclass(frozen=True)
class Pending:
    """A command that was begun, and what it changes. `copies` is where its copies are, in `.prt/pending`."""

    command: str
    when: str
    copies: str
    changes: tuple[FileChange, ...]

    @property
    def adds(self) -> bool:
        return all(one.added_at >= 0 for one in self.changes)

    def words(self) -> dict[str, str]:
        return {"command": self.command, "when": self.when}


@dataclass(frozen=True)
class Places:
    """Where the files of a project are."""

    root: Path
    private: Path

    def path(self, one: FileChange) -> Path:
        return (self.private if one.private else self.root) / one.file

    def shown(self, one: FileChange) -> str:
        return Project(self.root, self.private).shown(self.path(one))

    @cached_property
    def own_name(self) -> str:
        """The name of this project's copies, in a private folder that several projects share."""
        return hashlib.sha256(str(real_path(self.root)).encode()).hexdigest()[:12]

    def copies(self, name: str, *, private: bool) -> Path:
        return (self.private if private else self.root) / ".prt" / "pending" / name

    def clear(self, name: str = "") -> None:
        """Delete the copies of an action. Whoever calls this has the lock of the project."""
        for private in (False, True):
            folder = self.copies(name or self.own_name, private=private)
            if is_folder(folder):
                remove_folder(folder)
            if is_folder(folder.parent) and not any(list_folder(folder.parent)):
                remove_folder(folder.parent)


@contextmanager
def hold_lock(root: Path, seconds: float = 30, private: Path | None = None) -> Iterator[None]:
    """One writer at a time in a project, after what another left that was killed has been completed.

    What the command has read until then is of one state.
    """
    end_reading()
    with enter_lock(root, seconds, private):
        yield


@contextmanager
def enter_lock(root: Path, seconds: float = 30, private: Path | None = None) -> Iterator[None]:
    """Hold the lock of a project, for a command that writes nothing of its own there."""
    with lock_folder(root, lambda: enter(Places(root, private or root / "data" / "private")), seconds):
        yield


def enter(places: Places) -> None:
    """Refuse a project of a newer prt, then complete what a killed prt has left: each writer begins so."""
    refuse_newer(places.root)
    recover(places)


@contextmanager
def hold_private_lock(project: Project) -> Iterator[None]:
    """The lock of a private folder that several projects share; a new one is only its owner's."""
    if not is_folder(project.private):
        make_owner_only(project.private)
    with lock_folder(project.private, lambda: None) if project.shares_private else nullcontext():
        yield


def recover(places: Places) -> None:
    """Complete, take back or clear away what a killed prt left. Whoever calls this has the lock."""
    if is_on_disk(journal_path(places.root)):
        settle(places)
    places.clear()
    clear_older(places)
    for folder in {places.root, places.private}:
        for left in leftover_files(folder):
            with suppress(OSError):
                (remove_folder if is_folder(left) else remove_file)(left)


def clear_older(places: Places) -> None:
    """Copies that an import of an older prt left when it was killed: names, perhaps."""
    if not is_on_disk(places.root / ".prt" / "import.json"):
        for folder in (places.root / ".prt" / ".import", places.private / ".import"):
            if is_folder(folder):
                remove_folder(folder)


def settle(places: Places) -> None:
    """Do to the end what the journal says, and say so."""
    pending = read_journal(places.root)
    done = complete(places, pending)
    words = pending.words()
    said = Mistake("cut_off_completed", **words) if done else Mistake("cut_off_taken_back", **words)
    warn(f"{said.what}; {said.remedy}")


def write_journal(places: Places, pending: Pending) -> None:
    text = json.dumps(vars(pending), default=vars, ensure_ascii=False)
    write_atomic(journal_path(places.root), text.encode(), JOURNAL)


def complete(places: Places, pending: Pending) -> bool:
    """Do what the journal says (True), or take it back (False); then forget the journal.

    A file that was changed since is never overwritten, none outside the project and its private folder is
    touched, and only copies are deleted: PrtError, before anything is done. Whoever calls this has the lock.
    """
    for one in pending.changes:
        if not is_own_change(one):
            raise damaged_journal(Mistake("not_of_an_action", file=one.file))
    done = complete_addition(places, pending) if pending.adds else complete_copies(places, pending)
    forget(places, pending)
    return done


def announce_publication(places: Places) -> None:
    """Announce a publication by counting it: commands that have read begin again, later ones wait for it."""
    try:
        grow_file(publications_path(places.root))
    except OSError as error:
        raise write_refusal(COUNTED, publications_path(places.root), error) from error


def forget(places: Places, pending: Pending) -> None:
    """The journal goes, and the copies after it."""
    try:
        remove_file(journal_path(places.root))
    except OSError as error:
        raise unfinished_error(write_refusal(JOURNAL, journal_path(places.root), error)) from error
    places.clear(pending.copies)


def complete_copies(places: Places, pending: Pending) -> bool:
    """Each copy takes the place of its file, or of its folder."""
    to_do = [(number, one) for number, one in enumerate(pending.changes) if not is_done(places, one)]
    for number, one in to_do:
        copy = copy_path(places, pending, number)
        if current_digest(places, one) != one.before or (one.after and digest_at(copy, one) != one.after):
            raise interrupted_action(places, pending, one)
    replace_by_copies(places, pending, to_do)
    return True


def replace_by_copies(places: Places, pending: Pending, to_do: Iterable[tuple[int, FileChange]]) -> None:
    announce_publication(places)
    for number, one in to_do:
        try:
            put(places.path(one), copy_path(places, pending, number), one)
        except OSError as error:
            raise unfinished_error(write_refusal(places.shown(one), places.path(one), error)) from error
        except PrtError as error:
            raise unfinished_error(error) from error


def complete_addition(places: Places, pending: Pending) -> bool:
    """Rows are added, or the files are cut back to where they ended."""
    if all(is_done(places, one) for one in pending.changes):
        return True
    for one in pending.changes:
        if not is_done(places, one) and not has_begun(places, one):
            raise interrupted_action(places, pending, one)
    begun = [one for one in pending.changes if current_digest(places, one) != one.before]
    if begun:
        announce_publication(places)
    try:
        for one in begun:
            take_back(places.path(one), one)
    except OSError as error:
        raise write_refusal(places.shown(one), places.path(one), error) from error
    return False


def has_begun(places: Places, one: FileChange) -> bool:
    """Does a file still begin with what it held before, with none or a part of what was to be added to it?"""
    path = places.path(one)
    raw = read_stored(path) if is_stored_file(path) else None
    return digest_of(raw) == one.before or digest_of((raw or b"")[: one.added_at]) == (
        one.before or digest_of(b"")
    )


def take_back(path: Path, one: FileChange) -> None:
    if one.before:
        cut_file(path, one.added_at)
    else:
        remove_file(path)


def copy_path(places: Places, pending: Pending, number: int) -> Path:
    return places.copies(pending.copies, private=pending.changes[number].private) / str(number)


def digest_at(path: Path, one: FileChange) -> str:
    return folder_digest(path) if one.folder else file_digest(path)


def current_digest(places: Places, one: FileChange) -> str:
    return digest_at(places.path(one), one)


def is_done(places: Places, one: FileChange) -> bool:
    return current_digest(places, one) == one.after


def folder_digest(folder: Path) -> str:
    """The digest of a submission's folder: that of its manifest, which has the digests of all files."""
    return file_digest(folder / "manifest.json")


def put(file: Path, copy: Path, change: FileChange) -> None:
    """Raises OSError."""
    target = real_path(file)  # a link stays, and what it leads to is replaced
    WRITES[str(file)] += 1
    if not change.after:
        remove_file(target)
        return
    if change.private and not is_folder(target.parent):
        make_owner_only(target.parent)
    make_folder(target.parent)
    try:
        move(copy, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        if change.folder:
            copy_folder(copy, target)
        else:
            replace_file(file, read_stored(copy), change.file, change.mode)


def read_journal(root: Path) -> Pending:
    """What the journal says; PrtError where it cannot be read or is not what an action writes."""
    try:
        found = json.loads(read_stored(journal_path(root)))
        pending = Pending(**found | {"changes": tuple(FileChange(**one) for one in found["changes"])})
    except OSError as error:
        raise damaged_journal(Mistake("journal_unreadable", error=error.strerror or error)) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise damaged_journal(Mistake("not_a_journal")) from error
    if (
        not all(map(has_its_kinds, (pending, *pending.changes)))
        or "/" in pending.copies
        or ".." in pending.copies
    ):
        raise damaged_journal(Mistake("not_a_journal"))
    return pending


def has_its_kinds(found: Any) -> bool:
    """Is each value of the kind that its field has?"""
    return all(
        type(getattr(found, one.name)).__name__ == one.annotation.partition("[")[0] for one in fields(found)
    )


def is_own_change(one: FileChange) -> bool:
    """Is it a file that an action may change, by its name: nothing outside, nothing hidden?"""
    path = PurePosixPath(one.file)
    inside = not path.is_absolute() and not {"..", ""} & set(path.parts) and not set("\\\0") & set(one.file)
    inside &= not PureWindowsPath(one.file).drive
    inner = path.parts[2:] if path.parts[:2] == (".prt", MERGED) else path.parts
    hidden = any(part.startswith(".") for part in inner)
    if one.folder:
        allowed = path.parts[:1] == ("data",) and path.parts[-2:-1] == (SUBMITTED,) and not one.private
    else:
        allowed = one.file == UNDO or bool(inner and not hidden)
    whole = len(one.after) in (0, DIGITS) and len(one.before) in (0, DIGITS)
    return inside and allowed and whole and 0 <= one.mode <= 0o777


def unfinished_error(error: PrtError) -> PrtError:
    return with_sentence(error, Mistake("safe"))


def damaged_journal(mistake: Mistake) -> PrtError:
    return PrtError(Problem.of(Place(JOURNAL), mistake))


def interrupted_action(places: Places, pending: Pending, one: FileChange) -> PrtError:
    return PrtError(Problem.of(Place(places.shown(one)), Mistake("action_interrupted", **pending.words())))


def complete_pending(root: Path, private: Path) -> None:
    """Complete what was interrupted, so that what is read now is all of it or nothing.

    Where that cannot be, the PrtError names what is not complete.
    """
    if not is_on_disk(journal_path(root)):
        return
    try:
        complete_left(root, private)
    except PrtError as error:
        raise name_command(root, error) from error


def complete_left(root: Path, private: Path) -> None:
    """What another prt left is completed or cleared away; PrtError where it cannot be."""
    try:
        with enter_lock(root, private=private):
            pass
    except PrtError:
        watch_anew(root)
        raise


def name_command(root: Path, error: PrtError) -> PrtError:
    """The error, after the command that could not be completed, unless it says which or nobody knows it."""
    known = {one.mistake.code for one in error.problems if isinstance(one, Problem) and one.mistake}
    try:
        words = read_journal(root).words()
    except PrtError:
        return error
    if "action_interrupted" in known:
        return error
    return PrtError(Problem.of(Place(JOURNAL), Mistake("cut_off", **words)), *error.problems)


def clear_leftovers(root: Path, private: Path) -> None:
    """Delete what a command that was killed left behind, if there is any, and if this prt may write here."""
    if not may_write(root):
        return
    places = Places(root, private)
    copies = any(is_folder(places.copies(places.own_name, private=one)) for one in (False, True))
    if copies or leftover_files(root) or leftover_files(private):
        complete_left(root, private)


def moment(when: dt.datetime) -> str:
    """2024-11-14 10:12"""
    return when.strftime("%Y-%m-%d %H:%M")
