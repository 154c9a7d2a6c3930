"""A workbook of several sheets: those that are alike are read together, and each other one is named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from prt.imports.export import NO_HINTS, Export, Grid, ReadingHints
from prt.imports.sources.registry import choose_grid, read_export
from prt.text import fold_text, join_labels
from prt.values import dataclass, replace

ALIKE_HEADINGS = 0.5
"""Which part of all headings two sheets of rows must share to be read as one table."""


@dataclass(frozen=True)
class SheetExport:
    """What one sheet says, or several that are one table; `sheet` is empty where the file has no other."""

    sheet: str
    export: Export


def read_sheets(
    grids: Sequence[Grid], hints: ReadingHints = NO_HINTS, as_: str | None = None
) -> list[SheetExport]:
    """Every sheet that is of the kind of the chosen one; the first export says which are not taken."""
    chosen = choose_grid(grids)
    if len(grids) == 1:
        return [SheetExport("", read_export(chosen, hints, as_))]
    first = read_export(chosen, hints, as_)
    read = {grid.sheet: first if grid is chosen else read_export(grid, hints, as_) for grid in grids}
    alike = [SheetExport(name, one) for name, one in read.items() if is_alike(one, first)]
    others = [name for name in read if name not in {one.sheet for one in alike}]
    notes = [f"sheet {name}, which is another table" for name in others]
    if first.kind == "rows":
        alike, copies = leave_copies(alike)
        notes += copies
        alike = [SheetExport("", join_rows(alike))]
    if not notes and len(alike) > 1:
        return alike
    head = alike[0]
    noted = replace(head.export, left_out=(*head.export.left_out, *notes))
    return [SheetExport(head.sheet if len(alike) > 1 else "", noted), *alike[1:]]


def is_alike(one: Export, first: Export) -> bool:
    """Is a sheet of the same program and kind, and if it is of plain rows, of like headings?"""
    if (one.source, one.kind) != (first.source, first.kind):
        return False
    if one.kind != "rows" or one is first:
        return True
    headings, wanted = set(map(fold_text, one.header)), set(map(fold_text, first.header))
    shared = len(headings & wanted)
    return bool(one.rows) and shared >= ALIKE_HEADINGS * len(headings | wanted)


def leave_copies(sheets: Sequence[SheetExport]) -> tuple[list[SheetExport], list[str]]:
    """Without the sheets that only gather the rows of the others, such as one of the whole year."""
    taken: set[str] = set()
    kept, notes = [], []
    for one in sorted(sheets, key=lambda sheet: len(sheet.export.rows)):
        rows = {json.dumps(sorted(cells.items())) for _, cells in one.export.rows}
        if len(rows) > 1 and rows <= taken:
            notes.append(f"sheet {one.sheet}, whose rows are all on other sheets")
        else:
            kept.append(one)
            taken |= rows
    return [one for one in sheets if one in kept], notes


def join_rows(sheets: Sequence[SheetExport]) -> Export:
    """The rows of all sheets as one table, each with its sheet."""
    first = sheets[0].export
    if len(sheets) == 1:
        return replace(first, sheets=(sheets[0].sheet,) * len(first.rows))
    headings = {fold_text(heading): heading for heading in first.header}
    rows, places = [], list[str]()
    for sheet in sheets:
        for heading in sheet.export.header:
            headings.setdefault(fold_text(heading), heading)
        names = {heading: headings[fold_text(heading)] for heading in sheet.export.header}
        for line, cells in sheet.export.rows:
            rows.append((line, {names[heading]: text for heading, text in cells.items()}))
            places.append(sheet.sheet)
    header = tuple(headings.values())
    return replace(
        first,
        how=f"{first.how}, on the sheets {join_labels([one.sheet for one in sheets])}",
        header=header,
        rows=tuple((line, {name: cells.get(name, "") for name in header}) for line, cells in rows),
        sheets=tuple(places),
        dropped=tuple(dict.fromkeys(name for one in sheets for name in one.export.dropped)),
        left_out=tuple(collect(one.export.left_out for one in sheets)),
        problems=tuple(collect(one.export.problems for one in sheets)),
    )


def collect(parts: Iterable[Sequence[Any]]) -> list[Any]:
    return [one for part in parts for one in part]
