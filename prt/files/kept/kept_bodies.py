"""What a file of the cache folder holds: a line with a digest, and its body."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

LARGEST = 32_000_000
NO_DATA = (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What may happen where a file is not there, not as it was written, or cannot be written."""


def read_kept(path: Path) -> bytes:
    """What a file was written to hold. One of `NO_DATA` where it is not there, or not as it was written."""
    refuse_foreign(path)
    digest, _, body = path.read_bytes().partition(b"\n")
    if digest.decode() != digest_of_kept(path, body):
        raise ValueError(path)
    return body


def read_first_line(path: Path) -> bytes:
    """The first line of a body, whether or not all of it is as it was written. One of `NO_DATA` where it is
    not there."""
    refuse_foreign(path)
    with path.open("rb") as file:
        file.readline()
        return file.readline()


def refuse_foreign(path: Path) -> None:
    """ValueError where prt has not written it: a pipe is waited for, a device has no end. Raises OSError."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or not is_own(found) or found.st_size > LARGEST:
        raise ValueError(path)


def is_own(found: os.stat_result) -> bool:
    """Is it this user's, and nobody else's to read? Windows says it by the folder."""
    return os.name == "nt" or (found.st_uid == os.getuid() and not found.st_mode & 0o077)


def digest_of_kept(path: Path, body: bytes) -> str:
    """A digest of what a file holds and of its name: a file that was renamed is not read."""
    return hashlib.sha256(path.name.encode() + body).hexdigest()
