"""What corrections.csv remembers of each log, as a merge reads it and adds to it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Sequence
from pathlib import PurePosixPath

from prt.files.csv.reader import CsvFile
from prt.model.merging.tables import Cells, Merged, key_of
from prt.model.merging.two_way import REMOVED, Note, by_subject, net_effect
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


def place_added(
    merged: Merged, rows: Sequence[Cells], ours: Sequence[Note], theirs: Sequence[Note], left: Container[str]
) -> dict[int, list[Cells]]:
    """New corrections that come before some of our rows, by the place of these: they stand in the order in
    which things were done, and what their side took back does not stand after what was done here. The others
    stay in `added`, but for those of logs that were `left` as they are: these wait for another merge."""
    places = {note_id(row): at for at, row in enumerate(rows)}
    known = {note.id for note in ours}
    groups, mine = by_subject(theirs), by_subject(ours)
    notes = {note.id: note for note in theirs}
    placed: dict[int, list[Cells]] = {}
    last: list[Cells] = []
    for row in merged.added:
        note = notes.get(note_id(row))
        if note and note.log in left:
            continue
        following = (
            next_of_ours(note, groups[note.subject], mine.get(note.subject, ()), known) if note else None
        )
        if following and following.id in places:
            placed.setdefault(places[following.id], []).append(row)
        else:
            last.append(row)
    merged.added[:] = last
    return placed


def next_of_ours(
    note: Note, theirs: Sequence[Note], ours: Sequence[Note], known: Container[str]
) -> Note | None:
    """Our correction of the same subject before which one of theirs belongs; None where it comes last."""
    after = theirs[theirs.index(note) + 1 :]
    if shared := [one for one in after if one.id in known]:
        return shared[0]
    others = {one.id for one in theirs}
    own = [one for one in ours if one.id not in others]
    return own[0] if own and not net_effect(theirs, known) else None
