"""A table before anybody knows what it says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Grid:
    """A table as it was read: rows of cells, each with the line (or row of the sheet) that it came from.

    Empty rows are left out; rows need not be equally long. `name` is the file, `sheet` the sheet of a
    workbook; `encoding` and `delimiter` say how a text was read.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
