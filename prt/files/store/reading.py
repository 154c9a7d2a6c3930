"""What a command reads is of one state of a project: before a publication of several files, or after it.

Each publication counts itself in `.prt/publications`, by one byte of its size: once its journal stands, and
before its first file changes. A command compares that size when it opens a project and before what cannot be
taken back: what it prints, asks and writes. Where they differ it begins again. Readers take no lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from prt.files.trace.disk_questions import stat_of
from prt.files.trace.trace import end_trace

COUNTED = ".prt/publications"
JOURNAL = ".prt/pending.json"


class StateChanged(BaseException):
    """Files were published since the command began to read. Only whoever runs the command catches it: as
    with a KeyboardInterrupt, `except Exception` on the way does not."""


def print_nothing() -> None:
    """What `show` and `release` do where no output is held back."""


class Reading:
    """What one command reads: each project with how many publications it had.

    `show` prints what was said until now, `release` all that is said later too.
    """

    def __init__(self) -> None:
        self.show: Callable[[], None] = print_nothing
        self.release: Callable[[], None] = print_nothing
        self.marks: dict[Path, int] = {}
        self.may_repeat = True
        self.holds = True

    @property
    def is_outdated(self) -> bool:
        return any(count_publications(root) != mark for root, mark in self.marks.items())

    def settle(self) -> None:
        """This is called before what cannot be taken back, such as a question. StateChanged if the command
        has to begin again; once it has gone on from here it never does."""
        if self.may_repeat and self.is_outdated:
            self.holds = False
            raise StateChanged
        if self.may_repeat:
            self.may_repeat = False
            self.release()


READING: ContextVar[Reading | None] = ContextVar("READING", default=None)


@contextmanager
def open_reading(reading: Reading) -> Iterator[None]:
    token = READING.set(reading)
    try:
        yield
    finally:
        READING.reset(token)


def publications_path(root: Path) -> Path:
    return root / COUNTED


def journal_path(root: Path) -> Path:
    """The journal of a publication, which is there until all of its files are changed."""
    return root / JOURNAL


def count_publications(root: Path) -> int:
    """How many there were, without opening a file; 0 where nobody has counted."""
    found = stat_of(publications_path(root))
    return found.st_size if found else 0


def watch_publications(root: Path) -> bool:
    """Note how many publications a project had when its reading began; False where that is noted already.

    This is done before its journal is looked for: a publication that begins in between is counted later.
    """
    reading = READING.get()
    if reading is None or root in reading.marks:
        return False
    reading.marks[root] = count_publications(root)
    return True


def watch_anew(root: Path) -> None:
    """Note it again: nothing was read yet, or the user is told what is not complete."""
    reading = READING.get()
    if reading and root in reading.marks:
        reading.marks[root] = count_publications(root)


def is_outdated() -> bool:
    """Has anybody published since the command began to read?"""
    reading = READING.get()
    return reading is not None and reading.is_outdated


def settle_reading() -> None:
    """This is called before a question: StateChanged unless what was read until now is of one state."""
    end_trace()
    if reading := READING.get():
        reading.settle()


def end_reading() -> None:
    """Called before a command writes: StateChanged unless what was read is of one state. Afterwards the lock
    keeps others out."""
    end_trace()
    if reading := READING.get():
        reading.settle()
        reading.marks.clear()


def show_output() -> None:
    """Print what was said until now: it is not said again if the command begins again."""
    if reading := READING.get():
        reading.show()
