"""What corrections.csv remembers, held against the rows: removed ones that are back, edits undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import PurePosixPath

from prt.files.csv.reader import CsvFile
from prt.files.yaml.words import read_topic, say_reason
from prt.model.columns import Record as Model
from prt.model.rows import Row
from prt.problems import Mistake, Place, Problem, ValueInWords
from prt.text import same_text
from prt.values import dataclass, field

Key = tuple[str, str]
"""A log, and the id of a row of it."""


def log_of(note: Row) -> str:
    """The log of the row that a correction is of: its file is called after it."""
    return PurePosixPath(note["file"]).stem


def removed_rows(notes: Iterable[Row]) -> dict[Key, Row]:
    """The removal of each row that was removed, and not brought back by prt since."""
    last = {
        (log_of(note), note["row"]): note
        for note in notes
        if note["column"] is None and note["action"] in ("removed", "restored")
    }
    return {key: note for key, note in last.items() if note["action"] == "removed"}


def without_removed(
    log: str, rows: Collection[Row], removed: dict[Key, Row]
) -> tuple[list[Row], list[Problem]]:
    """The rows that were not removed, and an error for each that stands in its file again."""
    back = [row for row in rows if (log, row.id) in removed] if removed else []
    if not back:
        return list(rows), []
    problems = [back_problem(row, removed[log, row.id]) for row in back]
    return [row for row in rows if (log, row.id) not in removed], problems


def back_problem(row: Row, note: Row) -> Problem:
    mistake = Mistake("removed_row_is_back", id=row.id, day=said_day(note), why=Reason(note["why"]))
    return Problem.of(row.place("id"), mistake, value=row.id)


def day_of(note: Row) -> str:
    return str(note["when"])[:10]


def said_day(note: Row) -> dt.date | str:
    """The day of a correction, or what stands in its place."""
    with suppress(ValueError):
        return dt.date.fromisoformat(day_of(note))
    return day_of(note)


@dataclass(frozen=True)
class Reason(ValueInWords):
    """Why a row was corrected: as it was typed, in quotes, or that nobody gave a reason."""

    why: str | None

    def text(self, language: str) -> str:
        words = read_topic("told")
        if not self.why:
            return words[f"told.no_reason.{language}"]
        return words[f"told.quoted.{language}"].format(text=say_reason(self.why, language))


class Nothing(ValueInWords):
    """An empty cell."""

    word = "nothing"

    def text(self, language: str) -> str:
        return read_topic("told")[f"told.{self.word}.{language}"]


@dataclass
class Edits:
    """What one cell was, each time that prt changed it, and the last change."""

    old: list[str] = field(default_factory=list)
    note: Row | None = None


def edits_of(notes: Iterable[Row]) -> dict[tuple[str, str, str], Edits]:
    """The corrections of each cell, by its log, row and column."""
    found: dict[tuple[str, str, str], Edits] = {}
    for note in notes:
        if note["column"]:
            one = found.setdefault((log_of(note), note["row"], note["column"]), Edits())
            one.old.append(note["old"] or "")
            one.note = note
    return found


def undone_edits(
    model: type[Model], file: CsvFile, every: Mapping[tuple[str, str, str], Edits]
) -> Iterator[Problem]:
    """A warning for each cell that is again what it was before prt changed it: perhaps of an old copy."""
    found = {key: edits for key, edits in every.items() if key[0] == model.log}
    rows = dict(zip(file.column(model.id_column), count())) if found else {}
    for (_, row, name), edits in found.items():
        column, at = model.column_named(name), rows.get(row)
        if column is None or at is None or edits.note is None:
            continue
        text, new = file.text_of(at, name).strip(), edits.note["new"] or ""
        if same_text(text, new, name) or not any(same_text(text, old, name) for old in edits.old):
            continue
        mistake = Mistake(
            "edit_is_undone", new=new or Nothing(), day=said_day(edits.note), why=Reason(edits.note["why"]),
            old=text or Nothing(), id=row, option=column.option, text=new,
        )  # fmt: skip
        yield Problem.of(Place(file.shown, file.starts[at], 0, name), mistake, "warning", text)
