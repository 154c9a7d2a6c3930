"""What corrections.csv remembers of each log, as a merge reads it and adds to it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from prt.files.csv.reader import CsvFile
from prt.model.merging.tables import Cells, Merged, key_of
from prt.model.merging.two_way import REMOVED, Note, by_subject, without_effect
from prt.model.records import Correction

TableNamed = Callable[[str], CsvFile | None]
"""The file of a log in the same copy."""


def read_notes(file: CsvFile, table: TableNamed) -> list[Note]:
    """The corrections of one file, in its order."""
    return [note_of(file.cells(record), table) for record in file.records]


def note_of(cells: Cells, table: TableNamed) -> Note:
    log = PurePosixPath(cells.get("file", "")).stem
    action, old = cells.get("action", "").strip(), cells.get("old", "")
    texts = {name: cells.get(name, "").strip() for name in ("row", "column", "when", "who", "why")}
    removed = removed_cells(old, table(log)) if action == REMOVED else {}
    if texts["row"] not in removed.values():  # a line of another dialect, or of other columns
        removed = {}
    return Note(
        note_id(cells), log, action=action, old=old,
        new=cells.get("new", ""), cells=removed, **texts,
    )  # fmt: skip


def note_id(cells: Cells) -> str:
    """What tells a correction from all others; two laptops may have drawn one id."""
    return "|".join(key_of(cells, Correction.identity())) or repr(sorted(cells.items()))


def removed_cells(line: str, file: CsvFile | None) -> Cells:
    """The cells of a line that was taken out of this file; none where it cannot be one of its lines."""
    if file is None or not file.header:
        return {}
    try:
        rows = list(csv.reader([line], delimiter=file.dialect.delimiter, strict=True))
    except csv.Error:
        return {}
    return dict(zip(file.header, rows[0], strict=False)) if rows else {}


def split_added(
    merged: Merged, ours: Sequence[Note], theirs: Sequence[Note], refused: Iterable[str]
) -> list[Cells]:
    """The new corrections that come before all of ours: what was taken back on their side must not stand
    after what was done here. Those of files that were not merged are left out for the next merge."""
    known = {note.id for note in ours}
    own = [note for note in theirs if note.id not in known]
    left = set(refused)
    cancelled, subjects = without_effect(theirs, known), by_subject(ours)
    notes: Mapping[str, Note] = {note.id: note for note in own}
    first: list[Cells] = []
    last: list[Cells] = []
    for row in merged.added:
        note = notes.get(note_id(row))
        if note and note.log in left:
            continue
        early = note is not None and note.id in cancelled and note.subject in subjects
        (first if early else last).append(row)
    merged.added[:] = last
    return first
