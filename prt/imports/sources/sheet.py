"""Any spreadsheet: a sign-in sheet is attendance; anything else is rows, to be mapped into a log."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from prt.imports.export import Export, Grid, Presence, Stay
from prt.imports.reading.dates import Asked, settle, time_of
from prt.imports.reading.dates_in_text import dates_in, without_dates
from prt.imports.reading.marks import columns_of_marks, day_number, is_total, registered, says_present
from prt.imports.reading.table import (
    Names,
    Reader,
    Row,
    Table,
    columns_of,
    email_of,
    find_header,
    full_name,
    is_personal,
    one_line,
    place_of,
    with_role_and_board,
)
from prt.imports.sources.forms import numbered
from prt.model.text import folded
from prt.problems import Problem

NAMES: Names = {
    "name": (
        "nom complet", "full name", "name", "nom et prenom", "prenom et nom", "nom, prenom", "participant",
        "participante", "participant e", "participants", "nom du participant", "participant name",
    ),
    "first": ("prenom", "first name", "given name", "prenoms"),
    "last": ("nom", "nom de famille", "last name", "surname", "family name"),
    "email": ("courriel", "adresse courriel", "email", "e mail", "adresse e mail", "email address"),
    "minutes": (
        "duree (h)", "duree (heures)", "duree (min)", "duree (minutes)", "duree", "heures", "nombre d'heures",
        "hours", "duration (h)", "duration (hours)", "duration (min)", "duration (minutes)", "duration",
        "minutes", "temps (min)", "temps (h)",
    ),
    "joined": (
        "arrivee", "heure d'arrivee", "arrival", "arrived", "time in", "in", "join time", "arrival time",
    ),
    "left": ("depart", "heure de depart", "departure", "time out", "out", "leave time", "departure time"),
    "day": ("date", "jour", "day", "date de la rencontre", "session date"),
}  # fmt: skip
SIGN_IN = ("sign in", "signin", "signature", "presence", "attendance", "emargement")
CALLED = re.compile(
    r"(?:titre|title|atelier|workshop|activite|activity|rencontre|meeting|formation|training|session|seance|"
    r"theme|topic|sujet|objet|evenement|event) ?: ?",
)
LABELLED = re.compile(r"[^:;]{1,30}:\s*\S")
MARK = "mark"
"""Begins the names of the fields of columns that say who was present."""
MARK_WHO_CAME = (
    "Call a column Présent (or Attended) with an x for each person who came; a list of nobody else may say "
    "so in a line above it: Liste de présence."
)


def recognise(grid: Grid) -> str:
    """Any table is a sheet: how it was taken is told."""
    if table := sign_in(grid):
        columns = ", ".join(table.header[at] for at in sorted(set(table.columns.values())))
        return f"a sign-in sheet (columns {columns})"
    if table := registrations(grid):
        return f"a list of registrations (column {registered(table.header)})"
    return "a table with a header" if grid.rows else ""


def sign_in(grid: Grid) -> Table | None:
    """The list of a sign-in sheet: names, and who was there or from when to when."""
    titled = says_so(grid)
    for head in range(min(len(grid.rows), 30)):
        columns = columns_of(grid.rows[head], NAMES)
        if is_named(columns):
            marks = {f"{MARK} {at}": at for at in columns_of_marks(grid, head)}
            may_be_all = titled and not registered(grid.rows[head])
            if is_sign_in({*columns, *marks}, may_be_all):
                return Table(grid, head, with_role_and_board(grid.rows[head], {**columns, **marks}))
    return None


def is_named(columns: Collection[str]) -> bool:
    return "name" in columns or "last" in columns


def is_sign_in(has: Collection[str], titled: bool) -> bool:
    """Names with hours only may be hours of coaching: those need a title that says what they are."""
    times = {"joined", "left"} <= set(has)
    marked = any(name.startswith(MARK) for name in has)
    return marked or times or (titled and bool({"email", "minutes"} & set(has)))


def registrations(grid: Grid) -> Table | None:
    """A list of who meant to come."""
    found = find_header(grid, NAMES, is_named, within=30)
    table = Table(grid, *found) if found else None
    return table if table and registered(table.header) else None


def says_so(grid: Grid) -> bool:
    """Whether the file, its sheet or the lines above the list are called a list of presences."""
    titles = [grid.name.rpartition("/")[2], grid.sheet, *(row[0] for row in grid.rows[:5] if row)]
    return any(word in folded(title) for title in titles for word in SIGN_IN)


def read(grid: Grid, asked: Asked) -> Export:
    if table := sign_in(grid):
        return attendance(table, asked)
    table = registrations(grid)
    return registration(table) if table else plain_rows(grid)


def registration(table: Table) -> Export:
    """Nobody is read from it."""
    what = f"lists who registered (column {registered(table.header)}), and no column says who came"
    remedy = "Add a column Présent, or Attended, with an x for each person who came."
    problem = Problem(place_of(table.grid), what, remedy)
    how = recognise(table.grid)
    return Export("sheet", "registration", how, dropped=table.header, problems=(problem,))


def attendance(table: Table, asked: Asked) -> Export:
    listed = [row for row in table.rows() if name_of(row) or row["email"]]
    rows = [row for row in listed if not is_total(name_of(row))]
    above = [date for line in lines_above(table) for date in dates_in(line)]
    marks = [name for name in table.columns if name.startswith(MARK)]
    texts = (row[name] for row in rows for name in ("day", "joined"))
    clock, problems = settle((*above, *map(table.named, marks), *texts), asked, place_of(table.grid))
    reader = Reader(table.grid, clock)
    present = [(row, there) for row in rows if (there := marked(row, table, marks, reader)) or not marks]
    found = [one for row, there in present for one in presences_of(row, there, table, reader, asked)]
    days = [one.day for one in found if one.day] or [day for text in above if (day := clock.moment(text))]
    return Export(
        "sheet",
        "attendance",
        recognise(table.grid),
        topic=title_above(table),
        starts=dt.datetime.combine(min(days), dt.time()) if days else None,
        presences=tuple(found),
        dropped=table.dropped(),
        left_out=tuple(left_out(len(rows) - len(present), len(listed) - len(rows))),
        problems=(*problems, *reader.problems()),
    )


def left_out(absent: int, totals: int) -> Iterator[str]:
    if absent:
        yield f"{absent} marked as absent"
    if totals:
        yield f"{totals} {'row' if totals == 1 else 'rows'} of totals"


def name_of(row: Row) -> str:
    return row["name"] or full_name(row["first"], row["last"])


def marked(row: Row, table: Table, marks: Sequence[str], reader: Reader) -> list[str]:
    """The columns that say that somebody was there; a sheet without any lists only who came."""
    return [name for name in marks if says_present(row.line, table.named(name), row[name], reader)]


def presences_of(
    row: Row, there: Sequence[str], table: Table, reader: Reader, asked: Asked
) -> Iterator[Presence]:
    """One for each day that a marked column names; else one."""
    one = presence(row, table, reader, asked.session_date)
    named = (day_named(table.named(name), reader, asked.session_date) for name in there)
    days = sorted({day for day in named if day})
    if one.day or not days:
        yield one
    else:
        minutes = one.minutes if len(days) == 1 else None
        yield from (replace(one, day=day, minutes=minutes) for day in days)


def day_named(heading: str, reader: Reader, session: dt.date | None) -> dt.date | None:
    """The date of a heading; `Jour 2` is the day after the first of the session."""
    moment = next((found for text in dates_in(heading) if (found := reader.clock.moment(text))), None)
    if moment:
        return moment.date()
    number = day_number(heading)
    return session + dt.timedelta(days=number - 1) if session and number else None


def presence(row: Row, table: Table, reader: Reader, session: dt.date | None) -> Presence:
    written = reader.moment(row.line, table.named("day"), row["day"])
    stays = stays_of(row, table, reader, written.date() if written else session)
    day = written.date() if written else stays[0].joined.date() if stays else None
    minutes = reader.minutes(row.line, table.named("minutes"), row["minutes"])
    return Presence(
        row.line,
        name_of(row),
        email_of(row["email"]),
        stays,
        between(row) if minutes is None else minutes,
        day,
        role=row["role"],
        board=row["board"],
    )


def stays_of(row: Row, table: Table, reader: Reader, day: dt.date | None) -> tuple[Stay, ...]:
    """From arrival to departure, where both are times of a day that is known, or moments."""
    times = time_of(row["joined"]), time_of(row["left"])
    if not row["joined"] or not row["left"]:
        return ()
    if not (times[0] and times[1]):
        return reader.stays(row.line, table.named("joined"), row["joined"], row["left"])
    if day is None or times[1] < times[0]:
        return ()
    return (Stay(dt.datetime.combine(day, times[0]), dt.datetime.combine(day, times[1])),)


def between(row: Row) -> Fraction | None:
    """The minutes from one time to another of the same day."""
    joined, left = time_of(row["joined"]), time_of(row["left"])
    if joined is None or left is None or left < joined:
        return None
    seconds = [time.hour * 3600 + time.minute * 60 + time.second for time in (joined, left)]
    return Fraction(seconds[1] - seconds[0], 60)


def lines_above(table: Table) -> Iterator[str]:
    """The lines above the list; what a line says may stand in several cells."""
    for row in table.grid.rows[: table.head]:
        if line := one_line(" ".join(row)):
            yield line


def title_above(table: Table) -> str:
    """What people write above the list as a title: a line `Atelier : …`, else the first that is neither a
    date nor of the form `Animatrice : …`."""
    lines = list(lines_above(table))
    called = [line[found.end() :] for line in lines if (found := CALLED.match(folded(line)))]
    plain = [title for line in lines if not LABELLED.match(line) and (title := without_dates(line))]
    return next(iter([*called, *plain]), "")


def plain_rows(grid: Grid) -> Export:
    """The header and the rows as they are, but what nobody needs; empty columns are left out."""
    head = head_of(grid)
    if head is None:
        problem = Problem(place_of(grid), "has no table", "A header with at least one name is expected.")
        return Export("sheet", "rows", "", problems=(problem,))
    columns = named_columns(grid, head)
    kept = {name: at for name, at in columns.items() if not is_personal(name)}
    rows = tuple(filled(grid, head, kept))
    return Export(
        "sheet",
        "rows",
        recognise(grid),
        header=tuple(kept),
        rows=rows,
        dropped=tuple(name for name in columns if name not in kept),
    )


def head_of(grid: Grid) -> int | None:
    """The first row that has at least half as many cells as the fullest of the first twenty."""
    counts = [sum(bool(cell.strip()) for cell in row) for row in grid.rows[:20]]
    return next((at for at, count in enumerate(counts) if 2 * count >= max(counts)), None)


def named_columns(grid: Grid, head: int) -> dict[str, int]:
    """Each column by its name, a repeated one with its number; one with cells but no name by its place."""
    columns: dict[str, int] = {}
    taken: dict[str, int] = {}
    filled_in = {at for row in grid.rows[head + 1 :] for at, cell in enumerate(row) if cell.strip()}
    header = grid.rows[head]
    for at in range(max([len(header), *(place + 1 for place in filled_in)])):
        name = one_line(header[at]) if at < len(header) else ""
        if name or at in filled_in:
            columns[numbered(name or f"column {at + 1}", taken)] = at
    return columns


def filled(grid: Grid, head: int, columns: Mapping[str, int]) -> Iterator[tuple[int, Mapping[str, str]]]:
    for line, cells in zip(grid.lines[head + 1 :], grid.rows[head + 1 :], strict=True):
        yield line, {name: cells[at].strip() if at < len(cells) else "" for name, at in columns.items()}


def why_not_presences(export: Export) -> str:
    """Why a plain sheet with names is no list of presences; "" where it has no names."""
    columns = columns_of(export.header, NAMES)
    return f"no column says who was present: {', '.join(export.header)}" if is_named(columns) else ""
