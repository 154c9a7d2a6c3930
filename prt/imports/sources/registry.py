"""The programs whose exports prt reads, and which of them wrote a file.

To add one is a module with `recognise(grid)` and `read(grid, asked)`, and its line here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from prt.imports.export import Export, Grid, Presence
from prt.imports.reading.dates import DateHints
from prt.imports.reading.table import grid_place
from prt.imports.sources import eventbrite, forms, sheet, teams, zoom
from prt.problems import Place, Problem
from prt.text import did_you_mean


@dataclass(frozen=True)
class Source:
    """`recognise` says how a file is known to be of this source, "" if it is not; `read` never raises."""

    name: str
    recognise: Callable[[Grid], str]
    read: Callable[[Grid, DateHints], Export]


SHEET = Source("sheet", sheet.recognise_sheet, sheet.read_sheet)
SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Source("zoom", zoom.recognise_zoom, zoom.read_zoom),
        Source("teams", teams.recognise_teams, teams.read_teams),
        Source("forms", forms.recognise_form, forms.read_form),
        Source("eventbrite", eventbrite.recognise_tickets, eventbrite.read_tickets),
        SHEET,
    )
}


def recognise_grid(grid: Grid) -> list[tuple[str, str]]:
    """The sources that know this file by its structure, and how; `sheet` only where no other does."""
    known = [(source.name, source.recognise(grid)) for source in SOURCES.values() if source is not SHEET]
    found = [(name, how) for name, how in known if how]
    return found or ([(SHEET.name, how)] if (how := sheet.recognise_sheet(grid)) else [])


def choose_grid(grids: Sequence[Grid]) -> Grid:
    """The sheet of a workbook to read: the first that a source knows, else the one with most rows."""
    known = [grid for grid in grids if [name for name, _ in recognise_grid(grid)] not in ([], [SHEET.name])]
    return known[0] if known else max(grids, key=lambda grid: len(grid.rows))


def read(
    grid: Grid, session_date: dt.date | None = None, day_first: bool | None = None, as_: str | None = None
) -> Export:
    """`session_date` and `day_first` (True, False, or None where nobody said) settle which number of a date
    is the day."""
    return read_as(grid, DateHints(session_date, day_first), as_)


def read_as(grid: Grid, asked: DateHints, as_: str | None) -> Export:
    """What a file says, read as the source that is named, else as the one that is recognised.

    Mistakes are in `problems`; with an error among them the export is not to be taken.
    """
    found = dict(recognise_grid(grid))
    if as_ is not None and as_ not in SOURCES:
        remedy = f"{did_you_mean(as_, SOURCES)} One of: {', '.join(SOURCES)}.".lstrip()
        return refuse_grid(grid, as_, f'"{as_}" is no source that prt reads', remedy)
    if as_ is not None and not SOURCES[as_].recognise(grid):
        really = next(iter(found), SHEET.name)
        return refuse_grid(grid, as_, f"is not of {as_}: its columns are others", f"Try --as {really}.")
    if not found:
        return refuse_grid(grid, "", "is empty", "Export it again.")
    if as_ is None and len(found) > 1:
        names = " or ".join(found)
        return refuse_grid(grid, "", f"may be of {names}", f"Say which with --as {next(iter(found))}.")
    return tidy_export(SOURCES[as_ or next(iter(found))].read(grid, asked), grid_place(grid))


def refuse_grid(grid: Grid, source: str, what: str, remedy: str) -> Export:
    return Export(source, "rows", "", problems=(Problem(grid_place(grid), what, remedy),))


# What holds for the lists of every program: a name has an end, and an evening goes on after midnight.

LONGEST_PERSON_NAME = 200
LONGEST_EMAIL = 254
"""RFC 5321: a longer one is no address."""
MORNING = dt.time(4)
"""Who joins before it, after others joined the day before, is still at the session of that day."""


def tidy_export(export: Export, place: Place) -> Export:
    """The export with presences that can be kept and counted on the right day."""
    long = [one.line for one in export.presences if len(one.name) > LONGEST_PERSON_NAME]
    presences = tuple(assign_nights([shorten_presence(one) for one in export.presences]))
    return replace(export, presences=presences, problems=(*export.problems, *warn_of_long_names(long, place)))


def shorten_presence(one: Presence) -> Presence:
    if len(one.name) <= LONGEST_PERSON_NAME and len(one.email) <= LONGEST_EMAIL:
        return one
    email = one.email if len(one.email) <= LONGEST_EMAIL else ""
    return replace(one, name=one.name[:LONGEST_PERSON_NAME], email=email)


def warn_of_long_names(lines: Sequence[int], place: Place) -> Iterable[Problem]:
    if lines:
        more = f", and {len(lines) - 1} more like it" if len(lines) > 1 else ""
        what = f"a name has more than {LONGEST_PERSON_NAME} characters{more}: what follows is left out"
        remedy = "Compare the preview, or correct the name in a copy of the file."
        yield Problem(Place(place.file, lines[0]), what, remedy, "warning")


def assign_nights(presences: Sequence[Presence]) -> Iterable[Presence]:
    """Who joined again soon after midnight is still there on the day on which others began."""
    days = {one.stays[0].joined.date() for one in presences if one.stays and not is_night(one)}
    for one in presences:
        before = one.stays[0].joined.date() - dt.timedelta(days=1) if one.stays else None
        yield replace(one, day=before) if before in days and is_night(one) else one


def is_night(one: Presence) -> bool:
    return bool(one.stays) and one.stays[0].joined.time() < MORNING
