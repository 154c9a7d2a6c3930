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

SHOWN = ".prt/publications"


class StateChanged(BaseException):
    """Files were published since the command began to read. Like a KeyboardInterrupt it is for nobody on the
    way to whoever runs the command."""


def print_nothing() -> None:
    """Where nothing that is said waits."""


class Reading:
    """What one command reads. `show` prints what was said until now, `release` all that is said later too."""

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
        """Before what cannot be taken back, such as a question; StateChanged where the command is to begin
        again. Afterwards it never does."""
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
    return root / SHOWN


def count_publications(root: Path) -> int:
    """How many there were, without opening a file; 0 where nobody has counted."""
    try:
        return publications_path(root).stat().st_size
    except OSError:
        return 0


def watch_publications(root: Path) -> bool:
    """From here on this project is read; False where it was before. Asked before its journal is looked for:
    one that came in between is counted later."""
    reading = READING.get()
    if reading is None or root in reading.marks:
        return False
    reading.marks[root] = count_publications(root)
    return True


def watch_anew(root: Path) -> None:
    """What was published until now changes nothing: nothing was read yet, or what is not complete is told."""
    reading = READING.get()
    if reading and root in reading.marks:
        reading.marks[root] = count_publications(root)


def settle_reading() -> None:
    """What was read until now is of one state, or StateChanged: a question may be asked."""
    if reading := READING.get():
        reading.settle()


def end_reading() -> None:
    """The same for who writes, whose own publications change nothing of what it has read; the lock guards the
    rest."""
    if reading := READING.get():
        reading.settle()
        reading.marks.clear()


def show_output() -> None:
    """What was said stays said, even if the command begins again."""
    if reading := READING.get():
        reading.show()
