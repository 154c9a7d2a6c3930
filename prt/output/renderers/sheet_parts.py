"""What a sheet of a report's workbook is made of: columns, rows of values, formulas of ours."""

from __future__ import annotations

from typing import Any

from prt.values import NamedTuple

HEAD_ROW = 4
"""The row of the titles of columns; above it are the title of the sheet and what it is of."""


class Formula(str):
    """One of our own formulas; no other text of a workbook is one. `shown_as` is the format of its number."""

    shown_as = "General"


class Rate(Formula):
    shown_as = "0 %"


class Gap(Formula):
    shown_as = "+#,##0;-#,##0;0"


class PreciseGap(Formula):
    shown_as = "+#,##0.00;-#,##0.00;0"


class GapInPoints(Formula):
    """The difference of two percentages, shown in points."""

    shown_as = '+0.0" points";-0.0" points";0" points"'


class SheetColumn(NamedTuple):
    """A column of a sheet: its title, how wide it is in characters, whether what it has stands at its right,
    and whether it goes to the printer."""

    title: str
    width: int
    right: bool = False
    printed: bool = True


class ReportSheet(NamedTuple):
    """One sheet: its name, its title, what it is of, its columns and rows, and the column of statuses."""

    name: str
    title: str
    about: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    words: tuple[str, ...] = ()
    """The group of the status of each row, where the sheet has statuses."""
    status: str = ""
    """The title of the column of statuses."""
