"""Every question to a disk, each noted with its answer where a command keeps a trace.

Nothing else of prt reads a file, lists a folder or looks at what a path leads to; a test sees to that. What
an open draft holds is not asked here: see `prt/files/store/disk.py`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from prt.files.trace.trace import TRACE

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO, ParamSpec, TypeVar

    Asked = ParamSpec("Asked")
    Told = TypeVar("Told")

MOST_PRIVATE = 2000
"""How many files and folders the private folder may have."""
FAILURES = (OSError, ValueError, RuntimeError, IndexError)
"""How an answer can fail: a path may be none, and a link lead back to itself."""


QUESTIONS: dict[str, Callable[..., object]] = {}
"""How each is asked, by the name that a trace has for it."""


def question(ask: Callable[Asked, Told]) -> Callable[Asked, Told]:
    """Whoever asks is answered, and the answer is noted; so is that there is none."""
    kind = ask.__name__
    QUESTIONS[kind] = ask

    @wraps(ask)
    def ask_and_note(*of: Asked.args, **more: Asked.kwargs) -> Told:
        try:
            answer = ask(*of, **more)
        except FAILURES as error:
            if trace := TRACE.get():
                trace.note((kind, *map(str, of)), as_noted(error))
            raise
        if trace := TRACE.get():
            trace.note((kind, *map(str, of)), as_noted(answer))
        return answer

    return ask_and_note


@question
def read_stored(path: Path) -> bytes:
    """What stands on the disk, whatever a draft holds. Raises OSError."""
    return path.read_bytes()


@question
def is_stored_file(path: Path) -> bool:
    return path.is_file()


@question
def is_folder(path: Path) -> bool:
    return path.is_dir()


@question
def is_on_disk(path: Path) -> bool:
    """Is there anything? A link that leads nowhere is nothing."""
    return path.exists()


@question
def is_link(path: Path) -> bool:
    return path.is_symlink()


@question
def list_folder(folder: Path) -> list[Path]:
    """The files and folders in it, in no order. Raises OSError."""
    return [*folder.iterdir()]


@question
def find_in(folder: Path, pattern: str) -> list[Path]:
    """What a pattern such as `*/*.csv` finds, in no order."""
    return [*folder.glob(pattern)]


@question
def find_below(folder: Path, pattern: str) -> list[Path]:
    """What is called so in the folder and all folders inside, in no order."""
    return [*folder.rglob(pattern)]


@question
def link_target(path: Path) -> Path:
    """Where a link says that it leads. Raises OSError."""
    return path.readlink()


@question
def is_same_file(path: Path, other: Path | str) -> bool:
    """Raises OSError."""
    return path.samefile(other)


@question
def file_size(path: Path) -> int:
    """Raises OSError."""
    return path.stat().st_size


@question
def mode_of(path: Path) -> int:
    """Who may read and write it. Raises OSError."""
    return path.stat().st_mode


@question
def saved_at(path: Path) -> float:
    """When it was last changed. Raises OSError."""
    return path.stat().st_mtime


@question
def stored_digest(path: Path) -> str:
    """SHA-256 of what is on the disk. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@question
def split_folder(folder: Path) -> tuple[list[str], list[str]]:
    """The names of the folders in it, and of its files; none where it is no folder."""
    _, folders, files = next(os.walk(folder), ("", [], []))
    return folders, files


@question
def follow_links(path: Path) -> Path:
    """Where a path leads by all its links. Raises RuntimeError, before Python 3.13."""
    return path.resolve()


@question
def private_folder(folder: Path) -> tuple[str, ...]:
    """All that a trace has of the private folder."""
    return tuple(map(" ".join, look_privately(str(folder))))


@question
def private_file(folder: Path, number: str) -> bytes:
    """What a file holds that has this number in it. Raises OSError."""
    return Path(look_privately(str(folder))[int(number)][0]).read_bytes()


@contextmanager
def open_stored(path: Path) -> Iterator[BinaryIO]:
    """A file of which not all is read. A trace has the digest of all of it. Raises OSError."""
    traced = TRACE.get() is not None
    with path.open("rb") as file:
        if traced:
            stored_digest(path)
        yield file
    if traced:
        stored_digest(path)


def walk_folders(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    """As `os.walk`: each folder with the names of those in it, of which whoever asks may drop some, and with
    the names of its files."""
    folders, files = split_folder(folder)
    yield folder, folders, files
    for name in folders:
        if not is_link(folder / name):
            yield from walk_folders(folder / name)


def stat_of(path: Path) -> os.stat_result | None:
    """What the system says of a file; None where there is none. Whoever asks wants to know whether a file is
    as it was read: a trace notes only that it is there."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        found = None
    if trace := TRACE.get():
        trace.note(("is_on_disk", str(path)), as_noted(found is not None))
    return found


def as_noted(answer: object) -> object:
    """An answer in the form in which a trace compares it: paths in an order, a failure by its number."""
    if isinstance(answer, (list, tuple)):
        return [as_noted(one) for one in answer] if isinstance(answer, tuple) else sorted(map(str, answer))
    if isinstance(answer, Exception):
        return f"{type(answer).__name__} {getattr(answer, 'errno', '')}"
    return answer if isinstance(answer, bytes) else str(answer)


def ask_once_more(kind: str, path: str, *words: str) -> object:
    """What is told now, in that form."""
    try:
        return as_noted(QUESTIONS[kind](Path(path), *words))
    except FAILURES as error:
        return as_noted(error)


def look_privately(folder: str) -> list[tuple[str, str]]:
    """The path of all that a folder holds, in an order, each with its kind, permissions and size; the folder
    is the first. Nothing where there is a link, which leads elsewhere, or more than is soon looked at."""
    try:
        found = sorted(entries_below(folder), key=lambda entry: entry.path)
        stats = [(entry.path, entry.stat(follow_symlinks=False)) for entry in found]
        own = str(Path(folder).stat().st_mode) if Path(folder).exists() else ""
    except OSError:
        return []
    if len(found) > MOST_PRIVATE or not all(is_plain(one.st_mode) for _, one in stats):
        return []
    told = [(path, f"{one.st_mode} {one.st_size * stat.S_ISREG(one.st_mode)}") for path, one in stats]
    return [(os.path.realpath(folder), own), *told]


def is_plain(mode: int) -> bool:
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def entries_below(folder: str) -> Iterator[os.DirEntry[str]]:
    if not Path(folder).is_dir():
        return
    with os.scandir(folder) as found:
        for entry in found:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from entries_below(entry.path)
