"""An answer is kept, unless it could say what a private file does; others that are outdated go."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from prt.files.csv.dialect import decode
from prt.files.kept.kept_answers import answers_beside
from prt.files.kept.kept_bodies import NO_DATA
from prt.files.kept.kept_files import keep_file
from prt.files.store.disk import remove_quietly
from prt.text import compile_later, fold_text

if TYPE_CHECKING:
    from prt.files.kept.kept_answers import Said
    from prt.files.trace.trace import Question, Trace

LARGEST_ANSWER = 4_000_000
BETWEEN_CELLS = compile_later(r'[,;\t\r\n"]+')
LEAST_LETTERS = 2
"""A cell of fewer letters is nobody's name."""


def keep_answer(path: Path, day: str, trace: Trace, said: Said) -> None:
    """Keep what was printed, and remove the answers of its place that rest on something else.

    One of `NO_DATA` where the disk refuses.
    """
    text = "".join(one for _, _, one in said)
    if len(text) > LARGEST_ANSWER or repeats_any(text, trace.seen_privately):
        return
    told = json.dumps({"day": day, "told": [*trace.told.items()]}, separators=(",", ":"))
    keep_file(path, f"{told}\n{json.dumps(said, separators=(',', ':'))}".encode())
    for other in answers_beside(path):
        if other != path and is_outdated(other, day, trace.told):
            remove_quietly(other)


def repeats_any(text: str, files: Iterable[bytes]) -> bool:
    """Does a text have the whole of a cell, no heading, of one of these files? So it may have a name."""
    folded = fold_text(text)
    return any(cell in folded for raw in files for cell in cells_of_private(raw))


def cells_of_private(raw: bytes) -> set[str]:
    """The cells with letters and without figures below the headings, as they are compared; of what is no text
    the empty one, which is anywhere."""
    if b"\0" in raw[:1000]:
        return {""}
    _, _, rows = decode(raw)[0].strip().partition("\n")
    cells = {fold_text(cell).strip() for cell in BETWEEN_CELLS.split(rows)}
    return {cell for cell in cells if may_be_name(cell)}


def may_be_name(cell: str) -> bool:
    return sum(map(str.isalpha, cell)) >= LEAST_LETTERS and not any(map(str.isdigit, cell))


def is_outdated(path: Path, day: str, told: dict[Question, str]) -> bool:
    """Does an answer rest on something that was found to be otherwise, or was it given on another day?"""
    with suppress(*NO_DATA), path.open("rb") as file:
        file.readline()
        found = json.loads(file.readline())
        before = ((tuple(question), digest) for question, digest in found["told"])
        return bool(found["day"] != day) or any(told.get(one, digest) != digest for one, digest in before)
    return True
