"""Any spreadsheet: a sign-in sheet is attendance; anything else is rows, to be mapped into a log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from itertools import zip_longest

from prt.files.yaml.words import say_phrase
from prt.imports.export import Export, Grid, Presence, ReadingHints, Source, Stay
from prt.imports.reading.dates import find_dates, parse_time, remove_dates
from prt.imports.reading.marks import (
    find_mark_columns,
    find_registration_heading,
    is_total,
    parse_day_number,
    parse_yearless,
    says_present,
)
from prt.imports.reading.table import (
    CellReader,
    ColumnNames,
    GridTable,
    TableRow,
    find_columns,
    find_table,
    grid_place,
    is_personal_heading,
    join_name,
    keep_email,
)
from prt.imports.sources.forms import find_form, is_sign_in_form, number_repeated
from prt.problems import Mistake, Problem
from prt.text import collapse_spaces, compile_later, fold_text
from prt.values import NamedTuple, replace

SHEET_COLUMNS: ColumnNames = {
    "name": (
        "nom complet", "full name", "name", "nom et prenom", "prenom et nom", "nom, prenom", "participant",
        "participante", "participant e", "participants", "nom du participant", "participant name",
    ),
    "first": ("prenom", "first name", "given name", "prenoms"),
    "last": ("nom", "nom de famille", "last name", "surname", "family name"),
    "email": (
        "courriel", "adresse courriel", "email", "e mail", "adresse e mail", "email address",
        "adresse de messagerie", "adresse de courriel", "adresse electronique",
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
SIGN_IN_WORDS = ("sign in", "signin", "signature", "presence", "attendance", "emargement")
TITLE_LABEL = compile_later(
    r"(?:titre|title|atelier|workshop|activite|activity|rencontre|meeting|formation|training|session|seance|"
    r"theme|topic|sujet|objet|evenement|event) ?: ?"
)
OTHER_LABEL = compile_later(r"[^:;]{1,30}:\s*\S")
NAME_FIELDS = frozenset({"name", "first", "last", "email"})
MARK_FIELD = "mark"
"""Begins the names of the fields of columns that say who was present."""


def recognise_sheet(grid: Grid) -> str:
    """How the sheet is understood: a sign-in sheet, a list of registrations, or any table."""
    if table := find_sign_in(grid):
        columns = ", ".join(table.header[at] for at in sorted(set(table.columns.values())))
        return say_phrase("is_sign_in", columns=columns)
    if table := find_registrations(grid):
        return say_phrase("is_registrations", columns=find_registration_heading(table.header))
    return say_phrase("is_table") if grid.rows else ""


def find_sign_in(grid: Grid) -> GridTable | None:
    """The list of a sign-in sheet: names, and who was there or from when to when."""
    titled = is_titled_presences(grid)
    form = find_form(grid)
    if form and not is_sign_in_form(form):
        return None
    for head in range(min(len(grid.rows), 30)):
        columns = find_columns(grid.rows[head], SHEET_COLUMNS)
        if has_name_column(columns):
            marks = {f"{MARK_FIELD} {at}": at for at in find_mark_columns(grid, head)}
            may_be_all = titled and not find_registration_heading(grid.rows[head])
            if is_sign_in({*columns, *marks}, may_be_all):
                day = {"day": form.table.columns["submitted"]} if form and form.table.head == head else {}
                found = {**columns, **marks, **day}
                return GridTable(grid, head, found).with_role_and_board()
    return None


def has_name_column(columns: Collection[str]) -> bool:
    return "name" in columns or "last" in columns


def is_sign_in(has: Collection[str], titled: bool) -> bool:
    """Is it a sign-in sheet? Names with hours may be hours of coaching, if no title calls them presences."""
    times = {"joined", "left"} <= set(has)
    marked = any(name.startswith(MARK_FIELD) for name in has)
    return marked or times or (titled and bool({"email", "minutes"} & set(has)))


def find_registrations(grid: Grid) -> GridTable | None:
    """The list of people who meant to come, or None."""
    table = find_table(grid, SHEET_COLUMNS, has_name_column, within=30)
    return table if table and find_registration_heading(table.header) else None


def is_titled_presences(grid: Grid) -> bool:
    """Whether the file, its sheet or the lines above the list are called a list of presences."""
    titles = [grid.name.rpartition("/")[2], grid.sheet, *(row[0] for row in grid.rows[:5] if row)]
    return any(word in fold_text(title) for title in titles for word in SIGN_IN_WORDS)


def read_sheet(grid: Grid, hints: ReadingHints) -> Export:
    if table := find_sign_in(grid):
        return read_sign_in(table, hints)
    table = find_registrations(grid)
    return refuse_registrations(table) if table else read_plain_rows(grid)


def refuse_registrations(table: GridTable) -> Export:
    """A list of registrations has no presences."""
    heading = find_registration_heading(table.header)
    problem = Problem.of(grid_place(table.grid), Mistake("registered_only", heading=heading))
    return Export("registration", dropped=table.header, problems=(problem,))


def read_sign_in(table: GridTable, hints: ReadingHints) -> Export:
    listed = [row for row in table.rows() if row_name(row) or row["email"]]
    people = [row for row in listed if not is_total(row_name(row))]
    groups = find_groups(people, hints)
    rows = [row for row in people if row.line not in groups or not groups[row.line].is_heading]
    titles = (*list_lines_above(table), table.grid.sheet)
    above = [date for line in titles for date in find_dates(line)]
    marks = [name for name in table.columns if name.startswith(MARK_FIELD)]
    texts = (row[name] for row in rows for name in ("day", "joined"))
    reader = CellReader.of_dates(table.grid, (*above, *map(table.heading, marks), *texts), hints)
    days_of_headings = find_heading_days(list(map(table.heading, marks)), reader, hints)
    number = None if above else parse_day_number(table.grid.sheet)
    present = [(row, there) for row in rows if (there := find_marks(row, table, marks, reader)) or not marks]
    found = [
        one
        for row, there in present
        for one in read_sign_in_row(row, there, table, reader, hints, number, days_of_headings)
    ]
    found = [add_group(one, groups.get(one.line)) for one in found]
    days = [one.day for one in found if one.day] or [
        day for text in above if (day := reader.clock.moment(text))
    ]
    return Export(
        "attendance",
        topic=find_title_above(table),
        starts=dt.datetime.combine(min(days), dt.time()) if days else None,
        presences=tuple(found),
        dropped=table.unused_headings(),
        left_out=tuple(count_left_out(len(rows) - len(present), len(listed) - len(people))),
        problems=tuple(reader.problems()),
    )


class ListGroup(NamedTuple):
    """The board and the role that lines above a row say, and whether the row is such a line itself."""

    board: str = ""
    role: str = ""
    is_heading: bool = False


def find_groups(rows: Sequence[TableRow], hints: ReadingHints) -> dict[int, ListGroup]:
    """By line, what the lines between the names say of the people below them; none before the first."""
    found: dict[int, ListGroup] = {}
    current = ListGroup()
    for row in rows:
        alone = not row["email"] and all(
            not row[name] or row[name].isdigit() for name in row.columns if name not in NAME_FIELDS
        )
        field, code = hints.group(row_name(row)) if alone else ("", "")
        if field:
            board, role = (code, current.role) if field == "board" else (current.board, code)
            current = ListGroup(board, role)
            found[row.line] = current._replace(is_heading=True)
        elif current != ListGroup():
            found[row.line] = current
    return found


def add_group(one: Presence, group: ListGroup | None) -> Presence:
    """The presence with the board and the role of its group; what its own row says comes first."""
    if group is None:
        return one
    return replace(one, board=one.board or group.board, role=one.role or group.role)


def count_left_out(absent: int, totals: int) -> Iterator[str]:
    if absent:
        yield say_phrase("marked_absent", absent)
    if totals:
        yield say_phrase("totals", totals)


def row_name(row: TableRow) -> str:
    return row["name"] or join_name(row["first"], row["last"])


def find_marks(row: TableRow, table: GridTable, marks: Sequence[str], reader: CellReader) -> list[str]:
    """The marked columns of a row; on a sheet without such columns everybody listed came."""
    return [name for name in marks if says_present(row.line, table.heading(name), row[name], reader)]


def read_sign_in_row(
    row: TableRow,
    there: Sequence[str],
    table: GridTable,
    reader: CellReader,
    hints: ReadingHints,
    sheet_number: int | None,
    days_of_headings: Mapping[str, dt.date],
) -> Iterator[Presence]:
    """A presence for each day that a marked column names; else one, on the day that names the sheet."""
    one = make_sign_in_presence(row, table, reader, hints.session_date)
    headings = [table.heading(name) for name in there]
    days = sorted({day for heading in headings if (day := days_of_headings.get(heading))})
    numbers = sorted({number for heading in headings if (number := parse_day_number(heading))})
    numbers = numbers or list(filter(None, [sheet_number]))
    minutes = one.minutes if len(days or numbers) == 1 else None
    if one.day or not (days or numbers):
        yield one
    elif days:
        yield from (replace(one, day=day, minutes=minutes) for day in days)
    else:
        yield from (replace(one, day_number=number, minutes=minutes) for number in numbers)


def find_heading_days(headings: Sequence[str], reader: CellReader, hints: ReadingHints) -> dict[str, dt.date]:
    """The dates of headings. `16 oct.` beside `14 nov.` is of the year in which the session is, or in which
    anybody can have been there; where there are two such years it is asked for."""
    found = {heading: day for heading in headings if (day := parse_heading_day(heading, reader))}
    yearless = {heading: pair for heading in headings if (pair := parse_yearless(heading))}
    if len(yearless) + len(found) > 1:
        for heading, month_and_day in yearless.items():
            years = list_possible_years(*month_and_day, hints)
            if len(years) == 1:
                found[heading] = years[0]
            else:
                reader.fail(reader.grid.lines[0], heading, Mistake("year_not_said", heading=heading))
    return found


def list_possible_years(month: int, day: int, hints: ReadingHints) -> list[dt.date]:
    """The dates that a day without a year may be."""
    first, last = hints.within() if hints.within else (dt.date.min, dt.date.min)
    if hints.session_date:
        first, last = (hints.session_date + dt.timedelta(days=days) for days in (-182, 182))
    found = []
    for year in range(first.year, last.year + 1):
        with suppress(ValueError):
            found.append(dt.date(year, month, day))
    return [one for one in found if first <= one <= last]


def parse_heading_day(heading: str, reader: CellReader) -> dt.date | None:
    """The date of a heading."""
    moment = next((found for text in find_dates(heading) if (found := reader.clock.moment(text))), None)
    return moment.date() if moment else None


def make_sign_in_presence(
    row: TableRow, table: GridTable, reader: CellReader, session: dt.date | None
) -> Presence:
    written = reader.moment(row.line, table.heading("day"), row["day"])
    stays = read_sign_in_stays(row, table, reader, written.date() if written else session)
    day = written.date() if written else stays[0].joined.date() if stays else None
    minutes = reader.minutes(row.line, table.heading("minutes"), row["minutes"])
    return Presence(
        row.line,
        row_name(row),
        keep_email(row["email"]),
        stays,
        minutes_between(row) if minutes is None else minutes,
        day,
        role=row["role"],
        board=row["board"],
    )


def read_sign_in_stays(
    row: TableRow, table: GridTable, reader: CellReader, day: dt.date | None
) -> tuple[Stay, ...]:
    """From arrival to departure, where both are times of a day that is known, or moments."""
    times = parse_time(row["joined"]), parse_time(row["left"])
    if not row["joined"] or not row["left"]:
        return ()
    if not (times[0] and times[1]):
        return reader.stays(row.line, table.heading("joined"), row["joined"], row["left"])
    if day is None or times[1] < times[0]:
        return ()
    return (Stay(dt.datetime.combine(day, times[0]), dt.datetime.combine(day, times[1])),)


def minutes_between(row: TableRow) -> Fraction | None:
    """The minutes from one time to another of the same day."""
    joined, left = parse_time(row["joined"]), parse_time(row["left"])
    if joined is None or left is None or left < joined:
        return None
    seconds = [time.hour * 3600 + time.minute * 60 + time.second for time in (joined, left)]
    return Fraction(seconds[1] - seconds[0], 60)


def list_lines_above(table: GridTable) -> Iterator[str]:
    """The lines above the list; what a line says may stand in several cells."""
    for row in table.grid.rows[: table.head]:
        if line := collapse_spaces(" ".join(row)):
            yield line


def find_title_above(table: GridTable) -> str:
    """The title above the list: a line `Atelier : …`, else the first line that is neither a date nor of the
    form `Animatrice : …`."""
    lines = list(list_lines_above(table))
    called = [line[found.end() :] for line in lines if (found := TITLE_LABEL.match(fold_text(line)))]
    plain = [title for line in lines if not OTHER_LABEL.match(line) and (title := remove_dates(line))]
    return next(iter([*called, *plain]), "")


def read_plain_rows(grid: Grid) -> Export:
    """The header and the rows as they are, without personal data that nobody needs and empty columns."""
    head = find_plain_header(grid)
    lines, rows = grid.lines[head + 1 :], grid.rows[head + 1 :]
    texts = [[*map(str.strip, cells)] for cells in zip_longest(*rows, fillvalue="")]
    columns = name_columns(grid.rows[head], [*map(any, texts)])
    kept = {name: at for name, at in columns.items() if not is_personal_heading(name)}
    cells = {name: texts[at] if at < len(texts) else [""] * len(lines) for name, at in kept.items()}
    dropped = tuple(name for name in columns if name not in kept)
    return Export("rows", lines=lines, columns=cells, dropped=dropped)


def find_plain_header(grid: Grid) -> int:
    """The first row that has at least half as many cells as the fullest of the first twenty."""
    counts = [sum(bool(cell.strip()) for cell in row) for row in grid.rows[:20]]
    return next(at for at, count in enumerate(counts) if 2 * count >= max(counts))


def has_dated_rows(grid: Grid) -> bool:
    """Has a plain table a column of dates, as a log has?"""
    return bool(grid.rows) and "day" in find_columns(grid.rows[find_plain_header(grid)], SHEET_COLUMNS)


def name_columns(header: Sequence[str], filled: Sequence[bool]) -> dict[str, int]:
    """Each column by its name, a repeated one with its number; one with cells but no name by its place."""
    columns: dict[str, int] = {}
    taken: dict[str, int] = {}
    for at, (heading, is_filled) in enumerate(zip_longest(header, filled, fillvalue="")):
        if (name := collapse_spaces(str(heading))) or is_filled:
            columns[number_repeated(name or f"column {at + 1}", taken)] = at
    return columns


def explain_no_presences(export: Export) -> Mistake | None:
    """Why a plain sheet with names is no list of presences; None where it has no names."""
    if not has_name_column(find_columns(export.header, SHEET_COLUMNS)):
        return None
    return Mistake("no_column_of_presences", columns=", ".join(export.header))


SOURCE = Source("sheet", recognise_sheet, read_sheet)
