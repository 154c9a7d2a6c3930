"""The ids of new rows, written into the workbook that they came in, after they are in the log.

Nothing is taken back where that cannot be, because Excel has it open: the rows are known the next time by
the workbook's own id and their cells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from pathlib import Path

from prt.files.project import Project
from prt.files.store.disk import ANYONE, OWNER_FILE, write_atomic
from prt.files.workbook.book_marks import RowMark, marked_bytes
from prt.files.workbook.filled_book import FilledBook
from prt.problems import PrtError


def mark_book(
    project: Project,
    path: Path,
    book: FilledBook,
    marks: Iterable[RowMark],
    gone: Collection[tuple[str, str]],
) -> bool:
    """Write the marks; False where the workbook is open elsewhere, was saved since, or cannot be written."""
    found = list(marks)
    if not found and not gone:
        return True
    try:
        open_elsewhere, raw = is_open(path), path.read_bytes()
        if open_elsewhere or hashlib.sha256(raw).hexdigest() != book.digest:
            return False
        mode = OWNER_FILE if path.is_relative_to(project.private) else ANYONE
        write_atomic(path, marked_bytes(raw, book, found, gone), path.name, mode, home=project.root)
    except (PrtError, OSError):
        return False
    return True


def is_open(path: Path) -> bool:
    """Has Excel or LibreOffice the workbook open? Each keeps a file beside it while it does."""
    return any((path.parent / name).exists() for name in (f"~${path.name}", f".~lock.{path.name}#"))
