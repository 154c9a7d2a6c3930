"""What a command that only reads has printed before: it is printed again where nothing of it has changed.

All that is around a command is a part of the question: its words, the folder, the whole environment, each
stream and how wide its terminal is, and the day. What it asks beyond that is in its trace.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path

from prt.console.surroundings.system import cache_folder, windows_language
from prt.files.kept.kept_answers import answer_path, program_answer, read_answer
from prt.files.kept.kept_bodies import NO_DATA
from prt.files.trace.disk_questions import QUESTIONS, ask_once_more, look_privately
from prt.files.trace.trace import TRACE, Trace

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from prt.console.streams import HeldOutput

UNHEEDED = ("_", "OLDPWD", "PWD", "SHLVL")
"""What a shell notes for itself, which is another each time."""
STREAMS = ("stdin", "stdout", "stderr")


class Answer:
    """The answer to one command line, as it was kept or is to be kept."""

    def __init__(self, path: Path, day: str) -> None:
        self.path, self.day = path, day
        self.trace = Trace(look_privately)
        self.held: HeldOutput | None = None
        """What the command has printed until now."""

    def print_again(self) -> bool:
        """Print what was kept, if it is still so."""
        said = read_answer(self.path, self.day, ask_again)
        for name, encoding, text in said or ():
            stream = getattr(sys, name)
            if encoding and stream.encoding != encoding:
                stream.reconfigure(encoding=encoding, errors=stream.errors)
            stream.write(text)
        return said is not None

    def begin_noting(self) -> None:
        """What is asked from here on is noted."""
        self.tokens = TRACE.set(self.trace), RUNNING.set(self)

    def end_noting(self) -> None:
        TRACE.reset(self.tokens[0])
        RUNNING.reset(self.tokens[1])

    def printed(self) -> list[tuple[str, str]]:
        """What it has printed on which stream, shown or not."""
        held = self.held
        shown = [(name, text) for name, _, text in held.said] if held else []
        return shown + [(one.role, text) for one, text in held.pieces] if held else []

    def may_be_kept(self) -> bool:
        """Was nothing done but asking, and is it still of this day?"""
        return self.trace.is_whole() and self.day == this_day()


RUNNING: ContextVar[Answer | None] = ContextVar("RUNNING", default=None)


def find_answer(words: Sequence[str], part: str = "") -> Answer | None:
    """The place for the answer to these words, or for a part of it; None where none is kept."""
    with suppress(*NO_DATA):
        folder = None if os.environ.get("PRT_NO_CACHE") else cache_folder()
        if folder:
            around = (*words, "", *environment(), *map(describe_stream, STREAMS))
            return Answer(answer_path(folder, str(Path.cwd()), *around, part=part), this_day())
    return None


def this_day() -> str:
    return time.strftime("%Y-%m-%d")


def environment() -> list[str]:
    """Every variable: nobody has to say which of them a command, or a library, or git heeds."""
    return sorted(f"{name}={text}" for name, text in os.environ.items() if name not in UNHEEDED)


def describe_stream(name: str) -> str:
    """Whether a stream is a terminal, how wide and how high, and which characters it takes."""
    stream: TextIO = getattr(sys, name)
    size: object = None
    with suppress(OSError, ValueError):
        size = os.get_terminal_size(stream.fileno())
    return f"{name} {stream.isatty()} {size} {stream.encoding} {stream.errors}"


def ask_again(kind: str, *words: str) -> object:
    """What a question of a trace is told now."""
    if kind in QUESTIONS:
        return ask_once_more(kind, *words)
    if kind == "program":
        return program_answer(*words[1:])
    if kind == "windows_language":
        return windows_language()
    place, *asked = words
    if kind != "git" or len(asked) != 2 or asked[0] != "config" or not asked[1].startswith("prt."):
        raise ValueError(kind)  # whatever a file of the cache says, git is asked for settings of prt alone
    from prt.console.git import answer_of_git  # 15 ms, in a repository

    return answer_of_git(Path(place), *asked)
