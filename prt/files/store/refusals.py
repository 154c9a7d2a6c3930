"""Why the system would not write, in words of those who use it, and what is true of the whole action then."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TypeGuard

from prt.files.store.reading import show_output
from prt.files.trace.disk_questions import is_on_disk
from prt.problems import Mistake, Place, Problem, PrtError
from prt.values import replace

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
REFUSALS = ("changed_meanwhile", "open_elsewhere", "may_not_be_written", "disk_full", "cannot_be_written")


def changed_meanwhile(shown: str) -> PrtError:
    """Said before anything is written."""
    return nothing_written(PrtError(Problem.of(Place(shown), Mistake("changed_meanwhile"))))


def nothing_written(error: PrtError) -> PrtError:
    """The error with the sentence that nothing was written."""
    return with_sentence(error, Mistake("no_file_changed"))


def with_sentence(error: PrtError, said: Mistake) -> PrtError:
    """A refusal of the disk with what is true of the whole action; any other mistake as it is."""
    error.problems = tuple(
        replace(one, remedy=f"{one.mistake.remedy} {said.remedy}") if is_refusal(one) and one.mistake else one
        for one in error.problems
    )
    error.args = error.texts
    return error


def warn(text: str) -> None:
    """Say what stops nothing, on the error stream: nobody below the console has a terminal."""
    import logging  # 7 ms, for what hardly ever happens

    logging.getLogger("prt").warning("%s", text)
    show_output()


def is_refusal(problem: Problem | Mistake) -> TypeGuard[Problem]:
    return isinstance(problem, Problem) and problem.mistake is not None and problem.mistake.code in REFUSALS


def write_refusal(shown: str, path: Path, error: OSError) -> PrtError:
    """Why the system would not write `path`, in words of those who use it."""
    return PrtError(Problem.of(Place(shown), write_mistake(path, error)))


def write_mistake(path: Path, error: OSError) -> Mistake:
    denied = isinstance(error, PermissionError)
    if denied and os.access(path.parent, os.W_OK) and (not is_on_disk(path) or os.access(path, os.W_OK)):
        return Mistake("open_elsewhere")
    if denied or error.errno == errno.EROFS:
        return Mistake("may_not_be_written")
    if error.errno in FULL:
        return Mistake("disk_full")
    return Mistake("cannot_be_written", error=error.strerror or error)
