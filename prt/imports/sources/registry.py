"""The sources: programs whose exports prt reads, which of them wrote a file, and which sheets of it are
read together.

A source is a module with its `SOURCE`, and a line here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from prt.files.yaml.words import say_phrase
from prt.imports.export import NO_HINTS, Export, Grid, Presence, ReadingHints, Source
from prt.imports.plain.heading_words import HEADING_WORDS, find_column
from prt.imports.plain.headings import SPAN_HEADINGS
from prt.imports.reading.table import find_error_cells, grid_place
from prt.imports.sources import calendar, eventbrite, forms, meet, sheet, teams, zoom
from prt.problems import JoinedTexts, Mistake, Place, Problem
from prt.text import before_more, did_you_mean, fold_text, join_labels
from prt.values import dataclass, replace

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        zoom.SOURCE, teams.SOURCE, meet.SOURCE, forms.SOURCE, eventbrite.SOURCE, calendar.SOURCE,
        sheet.SOURCE,
    )
}  # fmt: skip
LONGEST_PERSON_NAME = 200
LONGEST_EMAIL = 254
"""RFC 5321: a longer one is no address."""
MORNING = dt.time(4)
"""People who join before it, after others joined the day before, are still at the session of that day."""


def recognise_grid(grid: Grid) -> list[tuple[str, str]]:
    """The sources that know this file by its structure, and how; `sheet` only if no other does."""
    known = [(one.name, one.recognise(grid)) for one in SOURCES.values() if one is not sheet.SOURCE]
    found = [(name, how) for name, how in known if how]
    return found or ([(sheet.SOURCE.name, how)] if (how := sheet.SOURCE.recognise(grid)) else [])


def choose_grid(grids: Sequence[Grid]) -> Grid:
    """The sheet of a workbook to read: the first that a source knows, or of presences; else of those with a
    column of dates, if any, the one with most rows: lists of boards and names are beside the point."""
    if len(grids) == 1:
        return grids[0]
    known = [
        grid for grid in grids if [name for name, _ in recognise_grid(grid)] not in ([], [sheet.SOURCE.name])
    ]
    known = known or [grid for grid in grids if sheet.find_sign_in(grid)]
    dated = [grid for grid in grids if sheet.has_dated_rows(grid)]
    return known[0] if known else max(dated or grids, key=lambda grid: len(grid.rows))


def read_export(grid: Grid, hints: ReadingHints = NO_HINTS, as_: str | None = None) -> Export:
    """What a file says, read as the source that is named, else as the one that is recognised.

    Mistakes are in `problems`; with an error among them the export is not to be taken.
    """
    found = dict(recognise_grid(grid))
    if as_ is not None and as_ not in SOURCES:
        hint = before_more(did_you_mean(as_, SOURCES))
        unknown = Mistake("not_a_source", source=as_, hint=hint, sources=", ".join(SOURCES))
        return refuse_grid(grid, as_, unknown)
    if as_ is not None and not SOURCES[as_].recognise(grid):
        really = next(iter(found), sheet.SOURCE.name)
        return refuse_grid(grid, as_, Mistake("not_of_source", source=as_, really=really))
    if not found:
        return refuse_grid(grid, "", Mistake("empty_export"))
    if as_ is None and len(found) > 1:
        several = Mistake("of_several_sources", sources=JoinedTexts([*found], "or"), first=next(iter(found)))
        return refuse_grid(grid, "", several)
    source = SOURCES[as_ or next(iter(found))]
    how = found.get(source.name) or source.recognise(grid)
    export = tidy_export(replace(source.read(grid, hints), source=source.name, how=how), grid_place(grid))
    wrong = () if export.kind in ("rows", "events") else find_error_cells(grid, export.dropped)
    return replace(export, problems=(*export.problems, *wrong))


def refuse_grid(grid: Grid, source: str, mistake: Mistake) -> Export:
    return Export("rows", source, problems=(Problem.of(grid_place(grid), mistake),))


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
        mistake = (
            Mistake("names_too_long", most=LONGEST_PERSON_NAME, others=len(lines) - 1)
            if len(lines) > 1
            else Mistake("name_too_long", most=LONGEST_PERSON_NAME)
        )
        yield Problem.of(Place(place.file, lines[0]), mistake, "warning")


def assign_nights(presences: Sequence[Presence]) -> Iterable[Presence]:
    """The presences, where joining again soon after midnight counts on the day on which others began."""
    nights = {id(one) for one in presences if is_night(one)}
    days = {one.stays[0].joined.date() for one in presences if one.stays and id(one) not in nights}
    for one in presences:
        before = one.stays[0].joined.date() - dt.timedelta(days=1) if id(one) in nights else None
        yield replace(one, day=before) if before in days else one


def is_night(one: Presence) -> bool:
    return bool(one.stays) and one.stays[0].joined.time() < MORNING


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
    alike = [SheetExport(name, one) for name, one in read.items() if is_alike_sheet(one, first)]
    others = [name for name in read if name not in {one.sheet for one in alike}]
    notes = [say_phrase("other_table", sheet=name) for name in others]
    if first.kind == "rows":
        alike, copies = leave_copies(alike)
        notes += copies
        alike = [SheetExport("", join_rows(alike))]
    if not notes and len(alike) > 1:
        return alike
    head = alike[0]
    noted = replace(head.export, left_out=(*head.export.left_out, *notes))
    return [SheetExport(head.sheet if len(alike) > 1 else "", noted), *alike[1:]]


def is_alike_sheet(one: Export, first: Export) -> bool:
    """Is a sheet of the same program and kind, and if it is of plain rows, of like headings?"""
    if (one.source, one.kind) != (first.source, first.kind):
        return False
    if one.kind != "rows" or one is first:
        return True
    headings, wanted = set(map(alike_heading, one.header)), set(map(alike_heading, first.header))
    shared = len(headings & wanted)
    return bool(one.lines) and shared >= ALIKE_HEADINGS * len(headings | wanted)


def alike_heading(heading: str) -> str:
    """The heading, folded; begin, end and how long are one thing."""
    words = (*HEADING_WORDS["hours"], "hours", "heures", *SPAN_HEADINGS[0], *SPAN_HEADINGS[1])
    return find_column(heading, dict.fromkeys(words, "hours")) or fold_text(heading)


def leave_copies(sheets: Sequence[SheetExport]) -> tuple[list[SheetExport], list[str]]:
    """Without the sheets that only gather the rows of the others, such as one of the whole year."""
    taken: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
    kept, notes = [], []
    for one in sorted(sheets, key=lambda sheet: len(sheet.export.lines)):
        names = tuple(sorted(one.export.header))
        cells = (one.export.columns[name] for name in names)
        rows = {(names, texts) for texts in zip(*cells, strict=True)}
        if len(rows) > 1 and rows <= taken:
            notes.append(say_phrase("copied_rows", sheet=one.sheet))
        else:
            kept.append(one)
            taken |= rows
    return [one for one in sheets if one in kept], notes


def join_rows(sheets: Sequence[SheetExport]) -> Export:
    """The rows of all sheets as one table, each with its sheet."""
    first = sheets[0].export
    if len(sheets) == 1:
        return replace(first, sheets=(sheets[0].sheet,) * len(first.lines))
    headings = {fold_text(heading): heading for heading in first.header}
    for one in sheets:
        for heading in one.export.header:
            headings.setdefault(fold_text(heading), heading)
    named = [{fold_text(name): texts for name, texts in one.export.columns.items()} for one in sheets]
    blanks = [[""] * len(one.export.lines) for one in sheets]
    return replace(
        first,
        how=say_phrase("on_sheets", how=first.how, sheets=join_labels([one.sheet for one in sheets])),
        lines=collect(one.export.lines for one in sheets),
        columns={
            heading: collect(own.get(word, blank) for own, blank in zip(named, blanks, strict=True))
            for word, heading in headings.items()
        },
        sheets=tuple(one.sheet for one in sheets for _ in one.export.lines),
        dropped=tuple(dict.fromkeys(name for one in sheets for name in one.export.dropped)),
        left_out=tuple(collect(one.export.left_out for one in sheets)),
        problems=tuple(collect(one.export.problems for one in sheets)),
    )


def collect(parts: Iterable[Sequence[Any]]) -> list[Any]:
    return [one for part in parts for one in part]
