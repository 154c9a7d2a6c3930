"""The programs whose exports prt reads, and which of them wrote a file.

To add one is a module with `recognise(grid)` and `read(grid, asked)`, and its line here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prt.imports.export import Export, Grid
from prt.imports.reading.dates import Asked
from prt.imports.reading.table import place_of
from prt.imports.reading.tidy import tidied
from prt.imports.sources import eventbrite, forms, sheet, teams, zoom
from prt.problems import Problem, did_you_mean


@dataclass(frozen=True)
class Source:
    """`recognise` says how a file is known to be of this source, "" if it is not; `read` never raises."""

    name: str
    recognise: Callable[[Grid], str]
    read: Callable[[Grid, Asked], Export]


SHEET = Source("sheet", sheet.recognise, sheet.read)
SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source("zoom", zoom.recognise, zoom.read),
        Source("teams", teams.recognise, teams.read),
        Source("forms", forms.recognise, forms.read),
        Source("eventbrite", eventbrite.recognise, eventbrite.read),
        SHEET,
    )
}


def recognise(grid: Grid) -> list[tuple[str, str]]:
    """The sources that know this file by its structure, and how; `sheet` only where no other does."""
    known = [(source.name, source.recognise(grid)) for source in SOURCES.values() if source is not SHEET]
    found = [(name, how) for name, how in known if how]
    return found or ([(SHEET.name, how)] if (how := sheet.recognise(grid)) else [])


def likeliest(grids: Sequence[Grid]) -> Grid:
    """The sheet of a workbook to read: the first that a source knows, else the one with most rows."""
    known = [grid for grid in grids if [name for name, _ in recognise(grid)] not in ([], [SHEET.name])]
    return known[0] if known else max(grids, key=lambda grid: len(grid.rows))


def read(
    grid: Grid, session_date: dt.date | None = None, day_first: bool | None = None, as_: str | None = None
) -> Export:
    """`session_date` and `day_first` (True, False, or None where nobody said) settle which number of a date
    is the day."""
    return read_as(grid, Asked(session_date, day_first), as_)


def read_as(grid: Grid, asked: Asked, as_: str | None) -> Export:
    """What a file says, read as the source that is named, else as the one that is recognised.

    Mistakes are in `problems`; with an error among them the export is not to be taken.
    """
    found = dict(recognise(grid))
    if as_ is not None and as_ not in SOURCES:
        remedy = f"{did_you_mean(as_, SOURCES)} One of: {', '.join(SOURCES)}.".lstrip()
        return refused(grid, as_, f'"{as_}" is no source that prt reads', remedy)
    if as_ is not None and not SOURCES[as_].recognise(grid):
        really = next(iter(found), SHEET.name)
        return refused(grid, as_, f"is not of {as_}: its columns are others", f"Try --as {really}.")
    if not found:
        return refused(grid, "", "is empty", "Export it again.")
    if as_ is None and len(found) > 1:
        names = " or ".join(found)
        return refused(grid, "", f"may be of {names}", f"Say which with --as {next(iter(found))}.")
    return tidied(SOURCES[as_ or next(iter(found))].read(grid, asked), place_of(grid))


def refused(grid: Grid, source: str, what: str, remedy: str) -> Export:
    return Export(source, "rows", "", problems=(Problem(place_of(grid), what, remedy),))
