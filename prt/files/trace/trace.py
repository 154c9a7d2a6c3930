"""What a command asked of the disk and of what is around it, with what it was told.

Where everything would be told again, the command would print the same again. A trace holds digests, no
contents. Of the private folder nothing is noted but one digest of all that is in it.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeVar

    Answer = TypeVar("Answer")
    Question = tuple[str, ...]
    """What was asked, of which path or of whom, and what else belongs to it."""


class Trace:
    """The questions of one command; it does not `hold` once the answer to one was another the second time,
    or something was done that no question tells, such as writing a file.

    In the private folder a file has no name here, but a number among all that the folder holds.
    """

    def __init__(self, look: Callable[[str], list[tuple[str, str]]]) -> None:
        self.told: dict[Question, str] = {}
        self.holds = True
        self.look = look
        self.private = ""
        self.places: tuple[str, ...] = ()
        self.numbers: dict[str, int] = {}
        self.seen_privately: list[bytes] = []
        """What was read of files of the private folder."""

    def name_private(self, folder: str) -> None:
        """Which folder is private; a trace that is told of two does not hold."""
        found = str(Path(folder).absolute())
        self.holds &= self.private in ("", found)
        self.private = found
        self.places = tuple({place.rstrip(os.sep) + os.sep for place in (found, os.path.realpath(found))})

    def is_whole(self) -> bool:
        """Does it say all that was asked, and is the private folder as it was at the first question?"""
        if ("private_folder", self.private) in self.told:
            self.look_privately()
        return self.holds

    def whole_path(self, place: str) -> str:
        """From the root on, with a separator at its end."""
        return f"{place if place[:1] == os.sep else Path(place).absolute()}{os.sep}"

    def note(self, question: Question, answer: object) -> None:
        """Note what was told."""
        if self.places and self.whole_path(question[1]).startswith(self.places):
            self.note_privately(question, answer)
        else:
            self.tell(question, digest_answer(answer))

    def add(self, told: dict[Question, str]) -> None:
        """All of another trace."""
        for question, digest in told.items():
            self.tell(question, digest)

    def tell(self, question: Question, digest: str) -> None:
        self.holds &= self.told.setdefault(question, digest) == digest

    def note_privately(self, question: Question, answer: object) -> None:
        """All but what a file holds is told by what the folder holds."""
        if ("private_folder", self.private) not in self.told:
            self.look_privately()
        if isinstance(answer, bytes):
            self.seen_privately.append(answer)
            number = self.numbers.get(self.whole_path(question[1]))
            self.holds &= number is not None
            self.tell(("private_file", self.private, str(number)), digest_answer(answer))
        self.holds &= question[0] in TOLD_BY_FOLDER

    def look_privately(self) -> None:
        found = self.look(self.private)
        self.holds &= bool(found)
        self.tell(("private_folder", self.private), digest_answer([*map(" ".join, found)]))
        inside = [*enumerate(path.removeprefix(self.private) for path, _ in found)]
        self.numbers = {f"{place[:-1]}{path}{os.sep}": n for place in self.places for n, path in inside}


TOLD_BY_FOLDER = {
    *("read_stored", "is_stored_file", "is_folder", "is_on_disk", "is_link", "list_folder", "split_folder"),
    *("find_in", "find_below", "file_size", "mode_of", "follow_links"),
}
"""What is told of a private file by the list of all of them, but for what it holds."""


def digest_answer(answer: object) -> str:
    """A digest of the bytes of a file, or of any other answer as Python writes it; a short one as it is."""
    if isinstance(answer, str) and len(answer) < 24:
        return answer
    raw = answer if isinstance(answer, bytes) else repr(answer).encode("utf-8", "backslashreplace")
    return hashlib.sha256(raw).hexdigest()[:32]


TRACE: ContextVar[Trace | None] = ContextVar("TRACE", default=None)


@contextmanager
def unnoted() -> Iterator[None]:
    """For that on which no answer rests: what can be made again, and where something is to be written."""
    token = TRACE.set(None)
    try:
        yield
    finally:
        TRACE.reset(token)


def noted(question: Question, answer: Answer) -> Answer:
    """The answer to something else than a disk, noted."""
    if trace := TRACE.get():
        trace.note(question, answer)
    return answer


def name_private(folder: Path) -> None:
    """Called where it is found out where the private folder is."""
    if trace := TRACE.get():
        trace.name_private(str(folder))


def end_trace() -> None:
    """Called where a command does what no trace tells: it writes, asks somebody, or looks at the clock."""
    if trace := TRACE.get():
        trace.holds = False
