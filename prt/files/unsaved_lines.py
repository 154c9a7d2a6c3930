"""Lines of hours that were typed and not saved yet: they wait beside the private names."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from prt.entry.person_names import name_words
from prt.entry.pieces import LinePiece, PieceValue
from prt.files.outputs import refuse_any_link
from prt.files.project import Project
from prt.files.store.disk import read_bytes, remove_file, write_atomic
from prt.files.store.store import file_mode
from prt.model.columns import Record
from prt.model.records import ROSTERS, NameRecord
from prt.text import fold_text
from prt.values import dataclass, field

NEW_ROWS: dict[str, type[Record]] = {**ROSTERS, NameRecord.log: NameRecord}
"""The tables to which rows are added with the lines."""


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


def unsaved_paths(project: Project) -> list[Path]:
    """Everybody's lists, but links."""
    return [one for one in sorted(lines_folder(project).glob("hours-*.json")) if not one.is_symlink()]


def paths_naming(project: Project, person: str, name: str) -> list[Path]:
    """The lists that are the person's, or in which the person is named, whole or in part."""
    own = lines_path(project, person)
    return [
        path
        for path in unsaved_paths(project)
        if path == own or names_person(read_bytes(path).decode(errors="replace"), person, name)
    ]


def names_person(text: str, person: str, name: str) -> bool:
    words = set(re.findall(r"[\w-]+|[^\W_]+", fold_text(text)))
    return person in text or not words.isdisjoint({*name_words(name)})


def drop_lines_naming(project: Project, person: str, name: str) -> dict[str, int]:
    """Remove the person's own list, and the lines of others in which the person is named, whole or in part,
    or the list where it cannot be read; how many lines of each went."""
    found = dict[str, int]()
    for path in paths_naming(project, person, name):
        kept, shown = read_lines_file(path), project.shown(path)
        if kept is None or path == lines_path(project, person):
            found[shown if kept is None else f"{project.shown(path.parent)}/hours-….json"] = count_lines(kept)
            remove_file(path)
            continue
        others = UnsavedLines(
            [one for one in kept.lines if not names_person(text_of(one), person, name)],
            "" if names_person(kept.begun, person, name) else kept.begun,
            [one for one in kept.new_rows if not names_person(json.dumps(one[1]), person, name)],
        )
        found[shown] = count_lines(kept) - count_lines(others) or 1
        write_lines(project, path, others)
    return found


def text_of(line: UnsavedLine) -> str:
    """A line with what was chosen for its words."""
    return " ".join((line.text, *(str(piece.value) for piece in line.chosen)))


def count_lines(kept: UnsavedLines | None) -> int:
    return len(kept.lines) + bool(kept.begun) if kept else 1


def lines_until(project: Project, until: dt.date) -> dict[Path, int]:
    """The lists whose lines were all typed up to a day, and how many lines each has."""
    found = {path: read_lines_file(path) for path in unsaved_paths(project)}
    return {
        path: count_lines(kept)
        for path, kept in found.items()
        if kept and kept.lines and all(one.day <= until for one in kept.lines)
    }


def keep_lines(project: Project, me: str, now: UnsavedLines, before: UnsavedLines) -> UnsavedLines:
    """The lines as they are `now`, in the place of those that were kept `before`. What another terminal has
    put beside them stays. None are no file."""
    path = lines_path(project, me)
    there = read_unsaved(project, me) or UnsavedLines()
    others = [one for one in there.lines if one not in before.lines]
    begun = there.begun if there.begun != before.begun else ""
    rows = [one for one in there.new_rows if one not in before.new_rows]
    write_lines(
        project, path, UnsavedLines([*others, *now.lines], now.begun or begun, [*rows, *now.new_rows])
    )
    return now


def write_lines(project: Project, path: Path, found: UnsavedLines) -> None:
    refuse_any_link(project, path)
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


def read_unsaved(project: Project, me: str) -> UnsavedLines | None:
    """Those that wait; None of a file that cannot be read. PrtError where a link leads to another."""
    path = lines_path(project, me)
    refuse_any_link(project, path)
    return read_lines_file(path) if path.exists() else UnsavedLines()


def read_lines_file(path: Path) -> UnsavedLines | None:
    try:
        kept = json.loads(read_bytes(path))
        lines = [
            UnsavedLine(text_in(one["text"]), dt.date.fromisoformat(one["day"]), chosen_of(one["chosen"]))
            for one in kept["lines"]
        ]
        rows = [(roster, cells_of(roster, cells)) for roster, cells in kept["new_rows"]]
        return UnsavedLines(lines, text_in(kept["begun"]), rows)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None


def text_in(value: object) -> str:
    """TypeError where it is none."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def cells_of(roster: str, kept: dict[str, str]) -> dict[str, str]:
    """LookupError where no such row is written with lines."""
    columns = NEW_ROWS[roster].header()
    return {columns[columns.index(name)]: text_in(text) for name, text in kept.items()}


def chosen_of(kept: Sequence[Any]) -> tuple[LinePiece, ...]:
    return tuple(
        LinePiece(int(first), int(last), text_in(column), value_of(column, text_in(text)))
        for first, last, column, text in kept
    )


def value_of(column: str, text: str) -> PieceValue:
    if column == "hours":
        return Fraction(text)
    return dt.date.fromisoformat(text) if column == "date" else text
