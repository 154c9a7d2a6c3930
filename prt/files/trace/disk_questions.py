"""Every question to a disk, each noted with its answer where a command keeps a trace.

Nothing else of prt reads a file, lists a folder or looks at what a path leads to; a test sees to that. What
an open draft holds is not asked here: see `prt/files/store/disk.py`.
"""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from pathlib import Path

from prt.files.trace.trace import TRACE

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, BinaryIO

MOST_PRIVATE = 2000
"""How many files and folders the private folder may have."""
FAILURES = (OSError, ValueError, RuntimeError, IndexError)
"""How an answer can fail: a path may be none, and a link lead back to itself."""


def read_stored(path: Path) -> bytes:
    """What stands on the disk, whatever a draft holds. Raises OSError."""
    found: bytes = ask_disk("read_stored", path)
    return found


def is_stored_file(path: Path) -> bool:
    found: bool = ask_disk("is_stored_file", path)
    return found


def is_folder(path: Path) -> bool:
    found: bool = ask_disk("is_folder", path)
    return found


def is_on_disk(path: Path) -> bool:
    """Is there anything? A link that leads nowhere is nothing."""
    found: bool = ask_disk("is_on_disk", path)
    return found


def is_link(path: Path) -> bool:
    found: bool = ask_disk("is_link", path)
    return found


def list_folder(folder: Path) -> list[Path]:
    """The files and folders in it, in no order. Raises OSError."""
    found: list[Path] = ask_disk("list_folder", folder)
    return found


def find_in(folder: Path, pattern: str) -> list[Path]:
    """What a pattern such as `*/*.csv` finds, in no order."""
    found: list[Path] = ask_disk("find_in", folder, pattern)
    return found


def find_below(folder: Path, pattern: str) -> list[Path]:
    """What is called so in the folder and all folders inside, in no order."""
    found: list[Path] = ask_disk("find_below", folder, pattern)
    return found


def link_target(path: Path) -> Path:
    """Where a link says that it leads. Raises OSError."""
    found: Path = ask_disk("link_target", path)
    return found


def is_same_file(path: Path, other: Path) -> bool:
    """Raises OSError."""
    found: bool = ask_disk("is_same_file", path, str(other))
    return found


def file_size(path: Path) -> int:
    """Raises OSError."""
    found: int = ask_disk("file_size", path)
    return found


def mode_of(path: Path) -> int:
    """Who may read and write it. Raises OSError."""
    found: int = ask_disk("mode_of", path)
    return found


def saved_at(path: Path) -> float:
    """When it was last changed. Raises OSError."""
    found: float = ask_disk("saved_at", path)
    return found


def stored_digest(path: Path) -> str:
    """SHA-256 of what is on the disk. Raises OSError."""
    found: str = ask_disk("stored_digest", path)
    return found


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
    folders, files = ask_disk("split_folder", folder)
    yield folder, folders, files
    for name in folders:
        if not is_link(folder / name):
            yield from walk_folders(folder / name)


def follow_links(path: Path) -> Path:
    """Where a path leads by all its links. Raises RuntimeError, before Python 3.13."""
    found: Path = ask_disk("follow_links", path)
    return found


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


def digest_stored(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


QUESTIONS: dict[str, Callable[..., object]] = {
    "read_stored": lambda path: path.read_bytes(),
    "is_stored_file": lambda path: path.is_file(),
    "is_folder": lambda path: path.is_dir(),
    "is_on_disk": lambda path: path.exists(),
    "is_link": lambda path: path.is_symlink(),
    "list_folder": lambda path: [*path.iterdir()],
    "find_in": lambda path, pattern: [*path.glob(pattern)],
    "find_below": lambda path, pattern: [*path.rglob(pattern)],
    "link_target": lambda path: path.readlink(),
    "is_same_file": lambda path, other: path.samefile(other),
    "file_size": lambda path: path.stat().st_size,
    "mode_of": lambda path: path.stat().st_mode,
    "saved_at": lambda path: path.stat().st_mtime,
    "stored_digest": digest_stored,
    "split_folder": lambda path: next(os.walk(path), (path, [], []))[1:],
    "follow_links": lambda path: path.resolve(),
    "private_folder": lambda path: tuple(map(" ".join, look_privately(str(path)))),
    "private_file": lambda path, number: Path(look_privately(str(path))[int(number)][0]).read_bytes(),
}
"""How each is asked, by the name that a trace has for it."""


def ask_disk(kind: str, path: Path, *words: str) -> Any:
    """The answer, noted; so is that there is none."""
    try:
        answer = QUESTIONS[kind](path, *words)
    except FAILURES as error:
        if trace := TRACE.get():
            trace.note((kind, str(path), *words), as_noted(error))
        raise
    if trace := TRACE.get():
        trace.note((kind, str(path), *words), as_noted(answer))
    return answer


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
