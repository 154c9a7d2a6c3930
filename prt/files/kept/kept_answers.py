"""Answers of commands that only read, kept with the trace of all that they read.

Asked again, a command prints its answer again without reading what it read, if every question of the trace is
answered as it was. Of one place, which is a folder in which somebody types, no answer stays that rests on
what is no longer so: it may say what was taken out of a log. What is in private files is in no answer.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from prt.files.kept.kept_bodies import NO_DATA, read_kept
from prt.files.trace.trace import digest_answer

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from prt.files.trace.trace import Question

    Said = list[tuple[str, str, str]]
    """What a command printed: on which stream, in which encoding, which text."""
    Told = dict[Question, str]

PRINTS = {name: name for name in ("stdout", "stderr")}
"""The streams on which a kept answer is printed; a file that names another is not as it was written."""
PLACE = len("answer-") + 16
"""The beginning of a name that the answers of one place have."""


def answer_path(folder: Path, place: str, *around: str, part: str = "") -> Path:
    """Where an answer is kept, or a `part` of it, by its place and by all that is around a command."""
    digest = hashlib.sha256(repr((place, *around)).encode("utf-8", "backslashreplace")).hexdigest()
    at = hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return folder / f"answer-{at}-{part}{digest[:32]}.json"


def program_answer(*files: str) -> object:
    """Which prt and which libraries these are: each file by its size and when it was last changed, and the
    folders of libraries by when anything was installed. OSError where they are in an archive."""
    found = [os.stat(one) for one in files]  # noqa: PTH116 — in a third of the time
    libraries = [(str(one), one.stat().st_mtime_ns) for one in map(Path, sys.path) if one.is_dir()]
    return sys.version, libraries, [(one.st_size, one.st_mtime_ns) for one in found]


def read_answer(path: Path, day: str, ask: Callable[..., object]) -> Said | None:
    """What was printed, if everything is as it was; `ask` asks a question of the trace once more."""
    with suppress(*NO_DATA):
        if found := read_traced(path, day, ask):
            for _, encoding, text in found[1]:
                text.encode(encoding or "utf-8", "replace")  # what cannot be printed is found out before
            return [(PRINTS[stream], encoding, text) for stream, encoding, text in found[1]]
    return None


def read_traced(path: Path, day: str, ask: Callable[..., object]) -> tuple[Told, Any] | None:
    """What a trace was told, and what was kept with it, if all of that is told again."""
    with suppress(*NO_DATA):
        if not path.exists():
            return None
        trace, _, kept = read_kept(path).partition(b"\n")
        found = json.loads(trace)
        if found["day"] == day and all(digest_answer(ask(*one)) == told for one, told in found["told"]):
            return {tuple(one): told for one, told in found["told"]}, json.loads(kept)
    forget_answers(path)
    return None


def forget_answers(path: Path) -> None:
    """Remove all answers of the place of this one."""
    from prt.files.kept.kept_files import drop_kept  # 20 ms of the disk, which the command needs by then

    for one in answers_beside(path):
        drop_kept(one)


def answers_beside(path: Path) -> list[Path]:
    """The answers of the place of this one, and it itself, as far as they are kept."""
    beginning = path.name[:PLACE]
    try:
        return [one for one in path.parent.iterdir() if one.name.startswith(beginning)]
    except OSError:
        return []
