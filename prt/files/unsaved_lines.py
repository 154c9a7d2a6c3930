"""Lines of hours that were typed and not saved yet: they wait beside the private names."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from prt.entry.persons import name_words
from prt.entry.pieces import LinePiece, PieceValue
from prt.files.project import Project
from prt.files.store.disk import read_bytes, remove_file, write_atomic
from prt.files.store.store import file_mode
from prt.text import fold_text
from prt.values import dataclass, field


@dataclass(frozen=True)
class UnsavedLine:
    """A line as it was typed; `day` is when, for *yesterday* is the day before that one."""

    text: str
    day: dt.date
    chosen: tuple[LinePiece, ...] = ()


@dataclass(frozen=True)
class UnsavedLines:
    """`begun` is the text of the line after the last; `new_rows` are whom and what they name first."""

    lines: Sequence[UnsavedLine] = ()
    begun: str = ""
    new_rows: Sequence[tuple[str, dict[str, str]]] = field(default_factory=tuple)


def lines_path(project: Project, me: str) -> Path:
    return lines_folder(project) / f"hours-{me or 'unsaved'}.json"


def lines_folder(project: Project) -> Path:
    return project.private if project.private.is_dir() else project.root / ".prt"


def drop_lines_naming(project: Project, person: str, name: str) -> dict[str, int]:
    """Remove the lists of lines in which a person is named, whole or in part; how many lines each had."""
    found, wanted = dict[str, int](), {person, *name_words(name)}
    for path in sorted(lines_folder(project).glob("hours-*.json")):
        text = read_bytes(path).decode(errors="replace")
        if wanted & set(re.findall(r"[\w-]+", fold_text(text))) or person in text:
            found[project.shown(path)] = text.count('"text"') or 1
            remove_file(path)
    return found


def keep_lines(project: Project, me: str, found: UnsavedLines) -> None:
    """The lines as they are now; none are no file."""
    path = lines_path(project, me)
    if not found.lines and not found.begun:
        remove_file(path)
        return
    lines = [
        {
            "text": one.text,
            "day": str(one.day),
            "chosen": [[*piece[:3], str(piece.value)] for piece in one.chosen],
        }
        for one in found.lines
    ]
    kept = {"lines": lines, "begun": found.begun, "new_rows": [list(one) for one in found.new_rows]}
    write_atomic(
        path, json.dumps(kept, ensure_ascii=False).encode(), path.name, file_mode("names"), home=project.root
    )


def read_unsaved(project: Project, me: str) -> UnsavedLines:
    """Those that wait; a file that cannot be read has none."""
    try:
        kept = json.loads(read_bytes(lines_path(project, me)))
        lines = [
            UnsavedLine(one["text"], dt.date.fromisoformat(one["day"]), chosen_of(one["chosen"]))
            for one in kept["lines"]
        ]
        return UnsavedLines(lines, kept["begun"], [(roster, cells) for roster, cells in kept["new_rows"]])
    except (OSError, ValueError, KeyError, TypeError):
        return UnsavedLines()


def chosen_of(kept: Sequence[Any]) -> tuple[LinePiece, ...]:
    return tuple(LinePiece(first, last, column, value_of(column, text)) for first, last, column, text in kept)


def value_of(column: str, text: str) -> PieceValue:
    if column == "hours":
        return Fraction(text)
    return dt.date.fromisoformat(text) if column == "date" else text
