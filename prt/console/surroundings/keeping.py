"""An answer that was given is kept, and so is a part of it, for whoever asks for that in another form."""

from __future__ import annotations

import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prt.console.surroundings.answer import RUNNING, Answer, ask_again, find_answer
from prt.files.kept import new_answers
from prt.files.kept.kept_answers import PRINTS, read_traced
from prt.files.kept.kept_bodies import NO_DATA
from prt.files.kept.kept_files import drop_kept
from prt.files.kept.plain_data import from_plain, to_plain
from prt.files.store.reading import Reading, is_outdated

if TYPE_CHECKING:
    from prt.files.kept.kept_answers import Said


def keep_answer(answer: Answer, said: Said, reading: Reading) -> None:
    """Keep what was printed, unless more was done than asking; or somebody has published since, who may have
    erased what it says."""
    if not answer.may_be_kept():
        return
    with suppress(*NO_DATA):
        new_answers.keep_answer(answer.path, answer.day, answer.trace, said)
        if reading.is_outdated:
            drop_kept(answer.path)


class AnswerPart:
    """What a command makes on its way to an answer, and may be asked for in another form: the document of a
    report. With it is kept what was said meanwhile."""

    def __init__(self, path: Path, answer: Answer) -> None:
        self.path, self.answer = path, answer
        self.begun = [len(answer.printed())]
        self.said: list[list[tuple[str, str]]] = []

    def read(self) -> tuple[Any, ...] | None:
        """What was kept, if everything is as it was; else None. One of `NO_DATA` where it is damaged."""
        found = read_traced(self.path, self.answer.day, ask_again)
        if found is None:
            return None
        told, (self.said, data) = found
        self.answer.trace.add(told)
        return from_plain(data, tuple)

    def mark(self) -> None:
        """What is said from here on is said after what is done here."""
        self.begun.append(len(self.answer.printed()))

    def say_again(self) -> None:
        """Say what was said up to the next mark."""
        for name, text in self.said.pop(0):
            getattr(sys, PRINTS[name]).write(text)

    def keep(self, made: tuple[object, ...]) -> None:
        """As an answer, but never where a private file was read, nor what is no plain data."""
        trace = self.answer.trace
        if not trace.is_whole() or trace.seen_privately:
            return
        with suppress(*NO_DATA):
            printed = self.answer.printed()
            said = [printed[first:last] for first, last in pairwise([*self.begun, len(printed)])]
            new_answers.keep_traced(self.path, self.answer.day, trace, [said, to_plain(made)])
            if is_outdated():
                drop_kept(self.path)


def find_part(name: str, *words: str) -> AnswerPart | None:
    """The place for a part of the answer that a command is about to give; None where none is kept."""
    running = RUNNING.get()
    found = find_answer(words, f"{name}-") if running else None
    return AnswerPart(found.path, running) if running and found else None
