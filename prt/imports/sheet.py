"""Any spreadsheet: a sign-in sheet is attendance; anything else is rows, to be mapped into a log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction

from prt.imports.export import Export, Grid, Presence, Stay
from prt.imports.forms import numbered
from prt.imports.table import (
    NOTHING,
    Names,
    Reader,
    Row,
    Table,
    email_of,
    find_header,
    full_name,
    is_personal,
    one_line,
    place_of,
    with_role_and_board,
)
from prt.imports.when import Asked, settle, time_of
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
    "present": (
        "present", "presente", "present(e)", "presence", "presences", "attended", "attendance", "here",
        "signature", "signed", "signe", "a signe", "checked in", "participation",
    ),
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
PRESENT = {  # beside yes, no, oui, non, x
    "present": True, "presente": True, "p": True, "✓": True, "✔": True, "☑": True, "signe": True,
    "signed": True, "attended": True, "en ligne": True, "online": True, "en personne": True,
    "in person": True, "en presence": True,
    "absent": False, "absente": False, "a": False, "abs": False, "absent(e)": False, "excuse": False,
    "excusee": False, "☐": False, "✗": False, **dict.fromkeys(NOTHING, False),
}  # fmt: skip
SIGN_IN = ("sign in", "signin", "signature", "presence", "attendance", "emargement")


def recognise(grid: Grid) -> str:
    """Any table is a sheet: how it was taken is told."""
    if table := sign_in(grid):
        columns = ", ".join(table.header[at] for at in sorted(table.columns.values()))
        return f"a sign-in sheet (columns {columns})"
    return "a table with a header" if grid.rows else ""


def sign_in(grid: Grid) -> Table | None:
    """The list of a sign-in sheet: names, and who was there or from when to when."""
    found = find_header(grid, NAMES, lambda columns: is_sign_in(columns, says_so(grid)), within=30)
    if not found:
        return None
    head, columns = found
    return Table(grid, head, with_role_and_board(grid.rows[head], columns))


def is_sign_in(columns: Mapping[str, int], titled: bool) -> bool:
    """Names with hours only may be hours of coaching: those need a title that says what they are."""
    has = set(columns)
    named = "name" in has or "last" in has
    return named and (
        "present" in has or {"joined", "left"} <= has or (titled and bool(has & {"email", "minutes"}))
    )


def says_so(grid: Grid) -> bool:
    """Whether the file, its sheet or the lines above the list are called a list of presences."""
    titles = [grid.name.rpartition("/")[2], grid.sheet, *(row[0] for row in grid.rows[:5] if row)]
    return any(word in folded(title) for title in titles for word in SIGN_IN)


def read(grid: Grid, asked: Asked) -> Export:
    table = sign_in(grid)
    return attendance(table, asked) if table else plain_rows(grid)


def attendance(table: Table, asked: Asked) -> Export:
    rows = [row for row in table.rows() if name_of(row) or row["email"]]
    clock, problems = settle(
        (row[name] for row in rows for name in ("day", "joined")), asked, place_of(table.grid)
    )
    reader = Reader(table.grid, clock)
    present = [row for row in rows if was_there(row, table, reader)]
    absent = len(rows) - len(present)
    presences = tuple(presence(row, table, reader, asked.session_date) for row in present)
    days = [one.day for one in presences if one.day]
    return Export(
        "sheet",
        "attendance",
        recognise(table.grid),
        topic=title_above(table),
        starts=dt.datetime.combine(min(days), dt.time()) if days else None,
        presences=presences,
        dropped=table.dropped(),
        left_out=(f"{absent} marked as absent",) if absent else (),
        problems=(*problems, *reader.problems()),
    )


def name_of(row: Row) -> str:
    return row["name"] or full_name(row["first"], row["last"])


def was_there(row: Row, table: Table, reader: Reader) -> bool:
    """As the column says; a sheet without one lists only who came. Any signature is a yes."""
    if "present" not in table.columns:
        return True
    if "sign" in folded(table.named("present")):
        return folded(row["present"]) not in NOTHING
    return reader.yes(row.line, table.named("present"), row["present"], PRESENT)


def presence(row: Row, table: Table, reader: Reader, session: dt.date | None) -> Presence:
    written = reader.moment(row.line, table.named("day"), row["day"])
    stays = stays_of(row, table, reader, written.date() if written else session)
    day = written.date() if written else stays[0].joined.date() if stays else None
    return Presence(
        row.line,
        name_of(row),
        email_of(row["email"]),
        stays,
        reader.minutes(row.line, table.named("minutes"), row["minutes"]) or between(row),
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


def title_above(table: Table) -> str:
    """The first line above the list, which people write as a title."""
    return one_line(table.grid.rows[0][0]) if table.head else ""


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
