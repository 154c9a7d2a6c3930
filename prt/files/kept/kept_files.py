"""Files of a cache folder of the user's: what takes time to make and can be made again.

They are plain data, never code, and only their owner's. The name of a file says of what it is, by a digest.
Whatever is damaged, foreign or too large is ignored, and a folder that cannot be written is no mistake.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from prt import __version__
from prt.files.store.disk import (
    OWNER_FILE,
    make_owner_only,
    move,
    read_bytes,
    remove_quietly,
    without_fsync,
    write_new,
)

LARGEST = 32_000_000
MOST_BYTES = 128_000_000
MOST_FILES = 128
KINDS_OF_FILES = ("plan", "log")
READING = (
    "model",
    "model/measures",
    "model/rules",
    "files",
    "files/csv",
    "files/kept",
    "files/plan",
    "files/yaml",
)
"""The folders of prt whose code says what is a plan and what a log holds."""
NO_DATA = (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
"""What may happen where a file is not there, not as it was written, or cannot be written."""


@cache
def this_prt() -> str:
    """A digest of which prt this is: its version, and when its code was last changed, as in a checkout it is.
    OSError in one whose files are no files, but in an archive.
    """
    package = Path(__file__).parent.parent.parent
    files = [one for folder in READING for one in os.scandir(package / folder) if one.name[-3:] == ".py"]
    stats = sorted((one.path, one.stat().st_size, one.stat().st_mtime_ns) for one in files)
    return hashlib.sha256(f"{__version__} {stats}".encode()).hexdigest()


def name_by(kind: str, *of: str | bytes) -> str:
    """The name of the file of what was made of these by this prt."""
    digest = hashlib.sha256(this_prt().encode())
    for one in of:
        digest.update(b"\n" + (one.encode("utf-8", "surrogatepass") if isinstance(one, str) else one))
    return f"{kind}-{digest.hexdigest()}"


def read_kept(path: Path) -> bytes:
    """What a file holds. One of `NO_DATA` where it is not there, or not as it was written."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or not is_own(found) or found.st_size > LARGEST:
        raise ValueError(path)
    digest, _, body = read_bytes(path).partition(b"\n")
    if digest.decode() != digest_in(path, body):
        raise ValueError(path)
    return body


def is_own(found: os.stat_result) -> bool:
    """Is it this user's, and nobody else's to read? Windows says it by the folder."""
    return os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & 0o077)


def digest_in(path: Path, body: bytes) -> str:
    """Of what a file holds and of its name: one that was renamed is of something else."""
    return hashlib.sha256(path.name.encode() + body).hexdigest()


def keep(path: Path, body: bytes) -> None:
    """One of `NO_DATA` where the disk refuses; nothing is kept of what is too large."""
    folder = path.parent
    if len(body) > LARGEST:
        return
    if not folder.is_dir() and folder.parent.parent.is_dir():  # a home that is not there is not made
        make_owner_only(folder)
    if not is_own(folder.stat()):
        return
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with without_fsync():
        try:
            write_new(temporary, f"{digest_in(path, body)}\n".encode() + body, OWNER_FILE, absent=True)
            move(temporary, path)
        finally:
            remove_quietly(temporary)
    drop_oldest(folder)


def drop_oldest(folder: Path) -> None:
    """The newest stay, as many as the folder may hold."""
    size = 0
    newest = sorted(kept_files(folder), key=lambda path: path.lstat().st_mtime_ns, reverse=True)
    for number, path in enumerate(newest, 1):
        size += path.lstat().st_size
        if number > MOST_FILES or size > MOST_BYTES:
            remove_quietly(path)


def kept_files(folder: Path) -> Iterator[Path]:
    """What is kept, also what was cut off."""
    for kind in KINDS_OF_FILES:
        yield from folder.glob(f"{kind}-*")


def forget_kept(folder: Path | None) -> None:
    """Nothing is kept afterwards."""
    for path in kept_files(folder) if folder else ():
        remove_quietly(path)
