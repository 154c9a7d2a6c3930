"""The ids of new rows, written into the workbook that they came in.

In the project that is a part of the action that writes the rows. A workbook elsewhere gets them afterwards,
and one that Excel has open gets none: its rows are known the next time by the workbook's own id and their
cells.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Collection, Iterable
from pathlib import Path

from prt.files.project import Project
from prt.files.store.disk import ANYONE, OWNER_FILE, write_atomic
from prt.files.store.draft import draft_of
from prt.files.trace.disk_questions import is_link, is_on_disk, read_stored
from prt.files.workbook.book_marks import RowMark, marked_bytes
from prt.files.workbook.filled_book import FilledBook, read_book_bytes
from prt.problems import PrtError


def prepare_marks(path: Path, book: FilledBook, marks: Collection[RowMark]) -> bytes | None:
    """The workbook with the marks, empty where there are none; None where the workbook is open elsewhere, was
    saved since, or would not give the ids back."""
    if not marks:
        return b""
    try:
        raw = unchanged_bytes(path, book)
        marked = marked_bytes(raw, book, marks) if raw else b""
        return marked if raw and has_ids(marked, marks, path.name) else None
    except (PrtError, OSError):
        return None


def draft_marks(project: Project, path: Path, marked: bytes | None) -> bool:
    """Write what was prepared together with the rows; False of a workbook that lies elsewhere."""
    if not marked or draft_of(path) is None or is_link(path):
        return False
    write_marked(project, path, marked)
    return True


def write_marks(project: Project, path: Path, book: FilledBook, marked: bytes | None) -> bool:
    """Write what was prepared; False where that was not possible."""
    if not marked:
        return marked is not None
    try:
        if unchanged_bytes(path, book) is None:
            return False
        write_marked(project, path, marked)
    except (PrtError, OSError):
        return False
    return True


def write_marked(project: Project, path: Path, marked: bytes) -> None:
    mode = OWNER_FILE if path.is_relative_to(project.private) else ANYONE
    write_atomic(path, marked, path.name, mode, home=project.root)


def unchanged_bytes(path: Path, book: FilledBook) -> bytes | None:
    """The workbook as it was read; None where it is open elsewhere, or was saved since. OSError where nobody
    may write into it."""
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    open_elsewhere = is_open(path)
    raw = read_stored(path)
    return None if open_elsewhere or hashlib.sha256(raw).hexdigest() != book.digest else raw


def has_ids(raw: bytes, marks: Iterable[RowMark], shown: str) -> bool:
    """Are the ids read back where they were put, whatever the program that saved the workbook wrote?"""
    book = read_book_bytes(raw, shown)
    there = {(one.log, row.line, row.id) for one in book.sheets for row in one.rows} if book else set()
    return all((one.log, one.line, one.id) in there for one in marks)


def is_open(path: Path) -> bool:
    """Has Excel or LibreOffice the workbook open? Each keeps a file beside it while it does."""
    return any(is_on_disk(path.parent / name) for name in (f"~${path.name}", f".~lock.{path.name}#"))
