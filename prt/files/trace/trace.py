"""What a command asked of the disk and of what is around it, with what it was told.

Where everything would be told again, the command would print the same again. A trace holds digests, no
contents. Of the private folder nothing is noted but one digest of all that is in it.
"""

from __future__ import annotations

import hashlib
import os
from contextvars import ContextVar
from pathlib import Path

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Answer = TypeVar("Answer")
    Question = tuple[str, ...]
    """What was asked, of which path or of whom, and what else belongs to it."""


class Trace:
    """The questions of one command; it does not `hold` once the answer to one was another the second time,
    or something was done that no question tells, such as writing a file."""

    def __init__(self, private_digest: Callable[[str], str]) -> None:
        self.told: dict[Question, str] = {}
        self.holds = True
        self.private_digest = private_digest
        self.private = ""
        self.places: tuple[str, ...] = ()
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
        if kept := self.told.get(("private_digest", self.private)):
            self.holds &= self.digest_private() == kept
        return self.holds

    def is_private(self, place: str) -> bool:
        return bool(self.places) and f"{Path(place).absolute()}{os.sep}".startswith(self.places)

    def note(self, question: Question, answer: object) -> None:
        """Note what was told. In the private folder the digest of all of it stands for every answer."""
        if self.is_private(question[1]):
            if isinstance(answer, bytes):
                self.seen_privately.append(answer)
            question = ("private_digest", self.private)
            digest = self.told.get(question) or self.digest_private()
        else:
            digest = digest_answer(answer)
        self.holds &= self.told.setdefault(question, digest) == digest

    def digest_private(self) -> str:
        found = self.private_digest(self.private)
        self.holds &= bool(found)
        return digest_answer(found)


def digest_answer(answer: object) -> str:
    """A digest of the bytes of a file, or of any other answer as Python writes it."""
    raw = answer if isinstance(answer, bytes) else repr(answer).encode("utf-8", "backslashreplace")
    return hashlib.sha256(raw).hexdigest()[:32]


TRACE: ContextVar[Trace | None] = ContextVar("TRACE", default=None)


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
