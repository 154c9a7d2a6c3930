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
from itertools import pairwise
from pathlib import Path

from prt.console.surroundings.system import cache_folder, windows_language
from prt.files.kept.kept_answers import PRINTS, answer_path, program_answer, read_answer, read_traced
from prt.files.kept.kept_bodies import NO_DATA
from prt.files.trace.disk_questions import QUESTIONS, ask_once_more, look_privately
from prt.files.trace.trace import TRACE, Trace

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, TextIO

    from prt.console.streams import HeldOutput
    from prt.files.kept.kept_answers import Said
    from prt.files.store.reading import Reading

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
                stream.reconfigure(encoding=encoding)
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

    def keep(self, said: Said, reading: Reading) -> None:
        """Keep what was printed, unless more was done than asking; or somebody has published since, who may
        have erased what it says."""
        if not self.trace.is_whole() or self.day != this_day():
            return
        from prt.files.kept.kept_files import drop_kept  # 20 ms of the disk, where nothing was kept
        from prt.files.kept.new_answers import keep_answer  # 2 ms, the same

        with suppress(*NO_DATA):
            keep_answer(self.path, self.day, self.trace, said)
            if reading.is_outdated:
                drop_kept(self.path)


RUNNING: ContextVar[Answer | None] = ContextVar("RUNNING", default=None)


class AnswerPart:
    """What a command makes on its way to an answer, and may be asked for in another form: the document of a
    report. With it is kept what was said meanwhile."""

    def __init__(self, path: Path, answer: Answer) -> None:
        self.path, self.answer = path, answer
        self.begun = [len(answer.printed())]
        self.said: list[list[tuple[str, str]]] = []

    def read(self) -> Any:
        """What was kept, if everything is as it was; else None."""
        found = read_traced(self.path, self.answer.day, ask_again)
        if found is None:
            return None
        told, (self.said, data) = found
        self.answer.trace.add(told)
        return data

    def mark(self) -> None:
        """What is said from here on is said after what is done here."""
        self.begun.append(len(self.answer.printed()))

    def say_again(self) -> None:
        """Say what was said up to the next mark."""
        for name, text in self.said.pop(0):
            getattr(sys, PRINTS[name]).write(text)

    def keep(self, data: object) -> None:
        """As an answer, but never where a private file was read."""
        trace = self.answer.trace
        if not trace.is_whole() or trace.seen_privately:
            return
        from prt.files.kept.kept_files import drop_kept  # 20 ms of the disk, where nothing was kept
        from prt.files.kept.new_answers import keep_traced  # 2 ms, the same
        from prt.files.store.reading import is_outdated  # 2 ms, the same

        with suppress(*NO_DATA):
            printed = self.answer.printed()
            said = [printed[first:last] for first, last in pairwise([*self.begun, len(printed)])]
            keep_traced(self.path, self.answer.day, trace, [said, data])
            if is_outdated():
                drop_kept(self.path)


def find_part(name: str, *words: str) -> AnswerPart | None:
    """The place for a part of the answer that a command is about to give; None where none is kept."""
    running = RUNNING.get()
    found = find_answer(words, f"{name}-") if running else None
    return AnswerPart(found.path, running) if running and found else None


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
