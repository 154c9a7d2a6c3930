"""An answer is kept, unless it could say what a private file does; others that are outdated go."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from prt.files.csv.dialect import decode
from prt.files.kept.kept_answers import answers_beside, program_answer
from prt.files.kept.kept_bodies import NO_DATA, read_first_line
from prt.files.kept.kept_files import drop_kept, keep_file
from prt.files.trace.trace import digest_answer
from prt.files.yaml.words import shipped_templates
from prt.text import compile_later, fold_text, fold_texts

if TYPE_CHECKING:
    from prt.files.kept.kept_answers import Said
    from prt.files.trace.trace import Question, Trace

LARGEST_ANSWER = 4_000_000
MOST_QUESTIONS = 10_000
CELL = compile_later(r'(?<![^,;\t\r\n"])[^,;\t\r\n"]{2,}(?![^,;\t\r\n"])')
FIGURE, LETTER = compile_later(r"\d"), compile_later(r"[^\W\d_]")
PRT_ID = compile_later(r"(?:p|erased)-[a-z0-9]+|[a-z]{1,2}-[0-9]{8}-[a-z0-9]+")
"""An id that prt gives a person or a row."""


def keep_answer(path: Path, day: str, trace: Trace, said: Said) -> None:
    """Keep what was printed. One of `NO_DATA` where the disk refuses."""
    if not repeats_any("".join(one for _, _, one in said), trace.seen_privately):
        keep_traced(path, day, trace, said)


def keep_traced(path: Path, day: str, trace: Trace, kept: object) -> None:
    """Keep something with what it rests on, and remove the answers of its place that rest on something else.

    One of `NO_DATA` where the disk refuses.
    """
    text = json.dumps(kept, separators=(",", ":"))
    if len(text) > LARGEST_ANSWER or len(trace.told) > MOST_QUESTIONS:
        return
    question = program_question()
    trace.tell(question, digest_answer(program_answer(*question[2:])))
    told = json.dumps({"day": day, "told": [*trace.told.items()]}, separators=(",", ":"))
    keep_file(path, f"{told}\n{text}".encode())
    for other in answers_beside(path):
        if other != path and is_outdated(other, day, trace.told):
            drop_kept(other)


def program_question() -> Question:
    """By which files an answer was made: the modules of prt that were loaded, and all of its templates."""
    modules = {one.__file__ for name, one in sys.modules.items() if name.startswith("prt.")}
    templates = (one.path for one in os.scandir(shipped_templates()) if one.is_file())
    return ("program", "", *sorted({*filter(None, modules), *templates}))


def repeats_any(text: str, files: Iterable[bytes]) -> bool:
    """Does a text have the whole of a cell, no heading, of one of these files? So it may have a name."""
    folded = fold_text(text)
    return any(cell in folded for raw in files for cell in cells_of_private(raw))


def cells_of_private(raw: bytes) -> set[str]:
    """The cells below the headings that may be names, as they are compared; of what is no text the empty one,
    which is anywhere."""
    if b"\0" in raw:
        return {""}
    _, _, rows = decode(raw)[0].strip().partition("\n")
    cells = {cell for found in CELL.findall(rows) if may_be_name(cell := found.strip())}
    return {cell for cell in fold_texts(cells) if len(cell) > 1}


def may_be_name(cell: str) -> bool:
    """All but a day, a number, and an id in the manner of prt: an id of another manner could be a name."""
    has_words = bool(LETTER.search(cell)) and not PRT_ID.fullmatch(cell)
    return has_words or not FIGURE.search(cell)


def is_outdated(path: Path, day: str, told: dict[Question, str]) -> bool:
    """Does an answer rest on something that was found to be otherwise, or was it given on another day?"""
    with suppress(*NO_DATA):
        found = json.loads(read_first_line(path))
        before = ((tuple(question), digest) for question, digest in found["told"])
        return bool(found["day"] != day) or any(told.get(one, digest) != digest for one, digest in before)
    return True
