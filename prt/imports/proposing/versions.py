"""Three versions of the rows of a log: as a workbook was given out, as it came back, as they are.

LogCells are compared as the log writes them: 2 and 2,0 are one number, a label and its code one value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from prt.problems import Mistake
from prt.values import NamedTuple, dataclass, field

LogCells = Mapping[str, str]


class ReturnedRow(NamedTuple):
    """A row of a workbook: its line, its id, its cells as the log writes them, what is wrong with others, and
    the texts that stand there, labels as codes."""

    line: int
    id: str
    cells: LogCells
    mistakes: Mapping[str, Mistake]
    texts: LogCells


class RowEdit(NamedTuple):
    """A row that the workbook has otherwise than it was given out."""

    row: ReturnedRow
    changes: LogCells


class CellConflict(NamedTuple):
    """A cell that was changed in the workbook, and otherwise in the file."""

    row: ReturnedRow
    column: str
    filled: str
    now: str


@dataclass
class RowVersions:
    """What became of the rows. `removed` are those changed in the workbook that the file has no more; `gone`
    are ids that the workbook has no more, `kept` those of them that the file has otherwise since."""

    new: list[ReturnedRow] = field(default_factory=list)
    edited: list[RowEdit] = field(default_factory=list)
    conflicts: list[CellConflict] = field(default_factory=list)
    removed: list[RowEdit] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    same: int = 0
    since: int = 0
    """How many of these the file has otherwise by now, or no more: it stays as it is."""
    strange: list[ReturnedRow] = field(default_factory=list)
    """Rows that have the id of a row of the file that was never given out, and other cells."""
    moved: list[tuple[ReturnedRow, str]] = field(default_factory=list)
    """Rows that lost their ids, and are as they were given out."""


def compare_versions(
    given: Mapping[str, LogCells], now: Mapping[str, LogCells], rows: Sequence[ReturnedRow]
) -> RowVersions:
    """Each row of the workbook held against what was given out, and that against the file as it is now."""
    found, owned = RowVersions(), rows_by_id(given, rows)
    owners = {id(row) for row in owned.values()}
    for row in rows:
        if row.id in now and row.id not in given:
            if is_untouched(row, now[row.id]):
                found.same += 1
            else:
                found.strange.append(row)
        elif id(row) not in owners:
            found.new.append(row._replace(id=""))
    for name, row in owned.items():
        compare_row(found, row, given[name], now.get(name))
    gone = [name for name in given if name not in owned and name in now]
    take_moved(found, {name: given[name] for name in gone})
    back = {name for _, name in found.moved}
    for name in gone:
        if name not in back:
            (found.gone if is_as_given(given[name], now[name]) else found.kept).append(name)
    return found


def rows_by_id(known: Mapping[str, LogCells], rows: Sequence[ReturnedRow]) -> dict[str, ReturnedRow]:
    """The row of each id; of rows that were copied whole the one that is unchanged, else the first."""
    found = dict[str, ReturnedRow]()
    for row in rows:
        if row.id not in known:
            continue
        first = found.setdefault(row.id, row)
        if not is_untouched(first, known[row.id]) and is_untouched(row, known[row.id]):
            found[row.id] = row
    return found


def differing_cells(row: ReturnedRow, given: LogCells) -> dict[str, str]:
    return {name: text for name, text in row.cells.items() if text != given.get(name, "")}


def is_untouched(row: ReturnedRow, given: LogCells) -> bool:
    return not row.mistakes and not differing_cells(row, given)


def is_as_given(given: LogCells, now: LogCells) -> bool:
    """Is the file as it was when the row was given out, as far as the workbook knows it?"""
    return all(now.get(name, "") == text for name, text in given.items())


def compare_row(found: RowVersions, row: ReturnedRow, given: LogCells, now: LogCells | None) -> None:
    """One row: what differs from what was given out was changed in the workbook."""
    changes = differing_cells(row, given)
    if not changes and not row.mistakes:
        found.same += 1
        found.since += now is None or not is_as_given(given, now)
    elif now is None:
        found.removed.append(RowEdit(row, changes))
    else:
        open_ones = {name: text for name, text in changes.items() if text != now.get(name, "")}
        taken = {name: text for name, text in open_ones.items() if now.get(name, "") == given.get(name, "")}
        for name, text in open_ones.items():
            if name not in taken:
                found.conflicts.append(CellConflict(row, name, text, now.get(name, "")))
        if taken or row.mistakes:
            found.edited.append(RowEdit(row, taken))
        elif not open_ones:
            found.same += 1


def take_moved(found: RowVersions, gone: Mapping[str, LogCells]) -> None:
    """A row without an id that is, cell by cell, one that is gone: only its id was lost."""
    by_cells = dict[frozenset[tuple[str, str]], list[str]]()
    for name, cells in gone.items():
        by_cells.setdefault(filled_cells(cells.items()), []).append(name)
    for row in list(found.new):
        names = by_cells.get(filled_cells(row.cells.items())) if not row.mistakes else None
        if names:
            found.moved.append((row, names.pop(0)))
            found.new.remove(row)
            found.same += 1


def filled_cells(cells: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((name, text) for name, text in cells if text)
