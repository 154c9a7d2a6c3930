"""What was typed and is not saved yet: lines of hours, what events of a calendar were, answers of a dialogue.
It waits beside the private names."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, get_args

from prt.entry.pieces import LinePiece, PieceValue
from prt.files.outputs import refuse_any_link
from prt.files.project import Project
from prt.files.store.disk import read_bytes, real_path, remove_file, write_atomic
from prt.files.store.store import file_mode
from prt.files.trace.disk_questions import find_in, is_folder, is_link, is_on_disk
from prt.model.columns import Record
from prt.model.records import ROSTERS, NameRecord
from prt.values import dataclass, field

LinesKind = Literal["hours", "events", "answers"]
NEW_ROWS: dict[str, type[Record]] = {**ROSTERS, NameRecord.log: NameRecord}
"""The tables to which rows are added with the lines."""


@dataclass(frozen=True)
class UnsavedLine:
    """A line as it was typed; `day` is when, for *yesterday* is the day before that one. `about` is the
    digest of the event of which it says what that was, or the command that goes on with a dialogue.

    `answers` are those to the questions of a dialogue, by the keys of these: cells. The last one has none
    where `text` stands on its line.
    """

    text: str
    day: dt.date
    chosen: tuple[LinePiece, ...] = ()
    about: str = ""
    answers: tuple[tuple[str, dict[str, str]], ...] = ()


@dataclass(frozen=True)
class UnsavedLines:
    """`begun` is the text of the line after the last; `new_rows` are whom and what they name first."""

    lines: Sequence[UnsavedLine] = ()
    begun: str = ""
    new_rows: Sequence[tuple[str, dict[str, str]]] = field(default_factory=tuple)


def lines_path(project: Project, kind: LinesKind, me: str) -> Path:
    """The file of unsaved lines; in a private folder that projects share it is called after the project."""
    folder = project.private if is_folder(project.private) else project.root / ".prt"
    own = [real_path(project.root).name[:100]] if project.shares_private else []
    return folder / f"{'-'.join([kind, me or 'unsaved', *own])}.json"


def unsaved_paths(project: Project) -> list[Path]:
    """Everybody's lists, but links; those too that waited before there was a private folder."""
    names = [f"{kind}-*.json" for kind in get_args(LinesKind)]
    folders = (project.private, project.root / ".prt")
    found = (path for folder in folders for name in names for path in sorted(find_in(folder, name)))
    return [path for path in found if not is_link(path)]


def keep_lines(project: Project, path: Path, now: UnsavedLines, before: UnsavedLines) -> None:
    """The lines as they are `now`, in the place of those that were kept `before`. What another terminal has
    put beside them stays. None are no file."""
    there = read_unsaved(project, path) or UnsavedLines()
    others = [one for one in there.lines if one not in before.lines]
    begun = there.begun if there.begun != before.begun else ""
    rows = [one for one in there.new_rows if one not in before.new_rows]
    write_lines(
        project, path, UnsavedLines([*others, *now.lines], now.begun or begun, [*rows, *now.new_rows])
    )


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
            "about": one.about,
            "answers": [list(answer) for answer in one.answers],
        }
        for one in found.lines
    ]
    kept = {"lines": lines, "begun": found.begun, "new_rows": [list(one) for one in found.new_rows]}
    write_atomic(
        path, json.dumps(kept, ensure_ascii=False).encode(), path.name, file_mode("names"), home=project.root
    )


def read_unsaved(project: Project, path: Path) -> UnsavedLines | None:
    """The lines that wait; None if the file cannot be read. PrtError where a link leads to another."""
    refuse_any_link(project, path)
    return read_lines_file(path) if is_on_disk(path) else UnsavedLines()


def read_lines_file(path: Path) -> UnsavedLines | None:
    try:
        kept = json.loads(read_bytes(path))
        lines = [
            UnsavedLine(
                text_in(one["text"]),
                dt.date.fromisoformat(one["day"]),
                chosen_of(one["chosen"]),
                text_in(one.get("about", "")),
                tuple((text_in(key), texts_in(cells)) for key, cells in one.get("answers", ())),
            )
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


def texts_in(cells: dict[str, str]) -> dict[str, str]:
    """TypeError where a name or a value is no text."""
    return {text_in(name): text_in(text) for name, text in cells.items()}


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
