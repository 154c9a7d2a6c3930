"""A calendar: Outlook's CSV, which lists repeated events one by one, or an .ics file of any program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from prt.files.yaml.words import say_phrase
from prt.imports.export import Aside, CalendarEvent, Export, Grid, ReadingHints, Source
from prt.imports.reading.table import CellReader, ColumnNames, GridTable, TableRow, find_columns, grid_place
from prt.imports.sources.ics_events import WHOLE_DAY, elapsed_minutes, is_cancelled, is_ics, read_ics
from prt.problems import Mistake, Problem
from prt.text import compile_later, fold_text

CALENDAR_COLUMNS: ColumnNames = {
    "subject": ("subject", "objet"),
    "day": ("start date", "debut", "date de debut"),
    "time": ("start time", "debut 2", "heure de debut"),
    "last_day": ("end date", "fin", "date de fin"),
    "until": ("end time", "fin 2", "heure de fin"),
    "all_day": ("all day event", "journee entiere"),
    "categories": ("categories",),
    "private": ("private", "prive"),
    "sensitivity": ("sensitivity", "critere de diffusion"),
    "shown_as": ("show time as", "afficher la disponibilite"),
}
"""French headings have *Début* and *Fin* twice: the day, then the time."""
TIME_COLUMNS = {"subject", "day", "time", "last_day", "until"}
TRUE_WORDS = {"true": True, "false": False, "vrai": True, "faux": False}
OPEN_WORDS = frozenset({"", "normal", "normale", "public", "personal", "personnel", "personnelle"})
"""Sensitivities of events that are not private; all others are."""
FREE_SIGNS = frozenset({"0", "3", "free", "libre", "disponible"})
"""Outlook's CSV writes 3, its object model 0."""
DIVIDER = compile_later(r"\s*[;,]\s*")


def recognise_calendar(grid: Grid) -> str:
    """How the file is known to be a calendar; "" if it is none."""
    if is_ics(grid):
        return say_phrase("is_calendar")
    if not (table := find_event_list(grid)):
        return ""
    return say_phrase("is_outlook", columns=", ".join(map(table.heading, ("subject", "day"))))


def find_event_list(grid: Grid) -> GridTable | None:
    for at, row in enumerate(grid.rows[:4]):
        columns = find_columns(list(number_twins(row)), CALENDAR_COLUMNS)
        if columns.keys() >= TIME_COLUMNS:
            return GridTable(grid, at, columns)
    return None


def number_twins(header: Sequence[str]) -> Iterator[str]:
    """The headings, of which the second *Début* is *Début 2*."""
    seen: Counter[str] = Counter()
    for heading in header:
        seen[fold_text(heading)] += 1
        yield f"{heading} {seen[fold_text(heading)]}" if seen[fold_text(heading)] > 1 else heading


def read_calendar(grid: Grid, hints: ReadingHints) -> Export:
    """The events of a calendar; what nobody needs, such as guests and places, is not even looked at."""
    if is_ics(grid):
        return read_ics(grid)
    if not (table := find_event_list(grid)):
        return Export("events", problems=(Problem.of(grid_place(grid), Mistake("empty_export")),))
    rows = [row for row in table.rows() if row["day"] or row["subject"]]
    reader = CellReader.of_dates(
        grid, [text for row in rows for text in (row["day"], row["last_day"])], hints
    )
    events = tuple(event for row in rows if (event := read_event_row(row, table, reader)))
    return Export("events", events=events, dropped=table.unused_headings(), problems=tuple(reader.problems()))


def read_event_row(row: TableRow, table: GridTable, reader: CellReader) -> CalendarEvent | None:
    starts = reader.moment(row.line, table.heading("day"), f"{row['day']} {row['time']}".strip())
    ends = reader.moment(row.line, table.heading("last_day"), f"{row['last_day']} {row['until']}".strip())
    if starts is None:
        return None
    minutes = elapsed_minutes(starts, ends or starts)
    categories = tuple(filter(None, DIVIDER.split(row["categories"])))
    aside = find_aside(row, table, reader) or ("all_day" if minutes >= WHOLE_DAY else "")
    return CalendarEvent(row["subject"], starts, minutes, categories, aside=aside)


def find_aside(row: TableRow, table: GridTable, reader: CellReader) -> Aside:
    """Why the event is nobody's hours; of a private one nothing else is told."""

    def is_true(name: str) -> bool:
        return reader.yes(row.line, table.heading(name), row[name], TRUE_WORDS)

    if is_true("private") or fold_text(row["sensitivity"]) not in OPEN_WORDS:
        return "private"
    if is_cancelled(row["subject"]):
        return "cancelled"
    if is_true("all_day"):
        return "all_day"
    return "free" if fold_text(row["shown_as"]) in FREE_SIGNS else ""


SOURCE = Source("calendar", recognise_calendar, read_calendar)
