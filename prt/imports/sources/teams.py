"""Microsoft Teams: attendance reports since 2021, meetings and webinars; other lists are in teams_lists.py.

Titles and headers are in the language of who exported: sections are read by number, columns by position
where their names are not known.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from prt.files.yaml.words import say_phrase
from prt.imports.export import Export, Grid, Presence, ReadingHints, Source, Stay
from prt.imports.reading.dates import Clock, begins_with_date
from prt.imports.reading.durations import uninterrupted_stays
from prt.imports.reading.table import (
    EMPTY_WORDS,
    CellReader,
    ColumnNames,
    GridTable,
    TableRow,
    find_columns,
    keep_email,
)
from prt.imports.sources import teams_lists
from prt.text import compile_later, fold_text
from prt.values import dataclass

TEAMS_COLUMNS: ColumnNames = {
    "name": ("name", "full name", "nom", "nom complet"),
    "joined": (
        "first join", "first join time", "join time", "premiere connexion", "premiere participation",
        "premiere arrivee", "heure de la premiere participation", "heure de participation", "heure d'arrivee",
        "heure de connexion",
    ),
    "left": (
        "last leave", "last leave time", "leave time", "derniere deconnexion", "dernier depart",
        "derniere sortie", "heure du dernier depart", "heure de depart", "heure de sortie",
        "heure de deconnexion",
    ),
    "minutes": (
        "in meeting duration", "duration", "duree de la reunion", "duree en reunion",
        "duree dans la reunion", "duree de participation", "duree",
    ),
    "email": (
        "email", "e mail", "courriel", "adresse e mail", "adresse courriel", "adresse de messagerie",
        "registration email", "courriel d'inscription", "adresse e mail d'inscription",
    ),
    "role": ("role",),
}  # fmt: skip
TITLE_WORDS = frozenset({
    "meeting title", "titre de la reunion", "title", "titre", "event title", "titre de l'evenement",
})  # fmt: skip
PARTICIPANT_LAYOUT = ("name", "joined", "left", "minutes", "email", "", "role")
"""The fields of section 2 in their order; "" is one that is not needed."""
ACTIVITY_LAYOUT = ("name", "joined", "left", "minutes", "email", "role")
"""The fields of section 3, and of reports of 2021, in their order."""
SECTION_TITLE = compile_later(r"([1-9])\s*[.．)、]\s*\S.*")
DURATION_BEGINS = compile_later(r"\s*[0-9]+\s*[^\W\d]")
TEAMS_ORGANISERS = frozenset({
    "organizer", "organiser", "co organizer", "co organiser", "coorganizer", "coorganiser",
    "organisateur", "organisatrice", "coorganisateur", "coorganisatrice", "co organisateur",
    "co organisatrice", "organizador", "organisator", "開催者", "共同開催者",
})  # fmt: skip
TEAMS_PRESENTERS = frozenset(
    {"presenter", "presentateur", "presentatrice", "animateur", "animatrice", "発表者"}
)
FIELD_SIGNS: Mapping[str, Callable[[str], bool]] = {
    "joined": begins_with_date,
    "left": begins_with_date,
    "minutes": lambda text: bool(DURATION_BEGINS.match(text)) and not begins_with_date(text),
    "email": lambda text: "@" in text,
}
"""What the cells of a field look like, in the order in which fields stand."""
LOOKED_AT = 40
"""Rows of a section that tell what its columns hold."""


@dataclass(frozen=True)
class TeamsReport:
    """A report taken apart: rows of the summary, people, and their single connections where it lists them."""

    word: str
    """The phrase that says of which generation it is."""
    summary: tuple[TableRow, ...]
    people: GridTable
    activities: GridTable | None = None


def recognise_teams(grid: Grid) -> str:
    """How the file is known to be of Teams; "" if it is not."""
    report = find_report(grid)
    if report:
        return say_phrase(report.word)
    return teams_lists.recognise_event_list(grid)


def find_report(grid: Grid) -> TeamsReport | None:
    return find_numbered_report(grid) or find_report_of_2021(grid)


def find_numbered_report(grid: Grid) -> TeamsReport | None:
    """`1. Summary`, `2. Participants`, `3. In-Meeting Activities`, in any language."""
    heads: list[int] = []
    for at in grid.titles:
        found = SECTION_TITLE.fullmatch(grid.rows[at][0].strip())
        if found and int(found[1]) == len(heads) + 1:
            heads.append(at)
    ends = [*heads, len(grid.rows)][1:]
    if len(heads) < 2 or ends[1] - heads[1] < 2:
        return None
    people = make_section(grid, heads[1] + 1, ends[1], PARTICIPANT_LAYOUT)
    activities = None
    if len(heads) > 2 and ends[2] - heads[2] > 1:
        activities = make_section(grid, heads[2] + 1, ends[2], ACTIVITY_LAYOUT)
    summary = tuple(summary_rows(grid, range(heads[0] + 1, heads[1])))
    return TeamsReport("is_teams", summary, people, activities) if has_moments(people) else None


def find_report_of_2021(grid: Grid) -> TeamsReport | None:
    """A summary in two columns, then one row per connection under a header of five or more."""
    head = next((at for at, row in enumerate(grid.rows[:30]) if sum(map(bool, map(str.strip, row))) > 2), 0)
    if head < 2 or head + 1 == len(grid.rows) or not is_connection_row(grid.rows[head + 1]):
        return None
    people = make_section(grid, head, len(grid.rows), ACTIVITY_LAYOUT)
    return (
        TeamsReport("is_teams_2021", tuple(summary_rows(grid, range(head))), people)
        if has_moments(people)
        else None
    )


def make_section(grid: Grid, head: int, end: int, layout: Sequence[str]) -> GridTable:
    """The columns by their names; where a name is unknown by what its cells hold, else by position."""
    columns = find_columns(grid.rows[head], TEAMS_COLUMNS)
    rows = grid.rows[head + 1 : min(end, head + 1 + LOOKED_AT)]
    for name, holds in FIELD_SIGNS.items():
        if name not in columns:
            found = find_column_of(rows, holds, columns.values())
            columns |= {} if found is None else {name: found}
    width = len(grid.rows[head])
    for at, name in enumerate(layout[:width]):
        if name and name not in columns and at not in columns.values():
            columns[name] = at
    return GridTable(grid, head, columns, end)


def find_column_of(
    rows: Sequence[Sequence[str]], holds: Callable[[str], bool], taken: Collection[int]
) -> int | None:
    """The first free column of which every cell that is filled holds this."""
    for at in range(max(map(len, rows), default=0)):
        cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip() not in EMPTY_WORDS]
        if at not in taken and cells and all(map(holds, cells)):
            return at
    return None


def is_connection_row(row: Sequence[str]) -> bool:
    """A name, two moments and a duration with its units: `29m 22s`."""
    return (
        len(row) > 3
        and begins_with_date(row[1])
        and begins_with_date(row[2])
        and bool(DURATION_BEGINS.match(row[3]))
    )


def has_moments(people: GridTable) -> bool:
    """Do the first rows of the section have moments in the right columns? So does a section without rows."""
    rows = [row for row, _ in zip(people.rows(), range(20), strict=False) if row["joined"] not in EMPTY_WORDS]
    return len(people.header) > 3 and all(begins_with_date(row["joined"]) for row in rows)


def summary_rows(grid: Grid, places: Sequence[int]) -> Iterator[TableRow]:
    """The rows of a summary: a word and its value."""
    columns = {"word": 0, "value": 1}
    return (TableRow(grid.lines[at], grid.rows[at], columns) for at in places if len(grid.rows[at]) > 1)


def read_teams(grid: Grid, hints: ReadingHints) -> Export:
    report = find_report(grid)
    if report is None:
        return teams_lists.read_event_list(grid, hints)
    reader = CellReader.of_dates(grid, list_report_times(report), hints)
    rows = [row for row in report.people.rows() if row["name"] or row["email"]]
    present = [row for row in rows if {row["joined"], row["minutes"]} - EMPTY_WORDS]
    presences = tuple(read_participants(report, present, reader))
    starts, ends = find_meeting_span(report, reader.clock, presences)
    absent = len(rows) - len(present)
    return Export(
        "attendance",
        topic=find_topic(report),
        starts=starts,
        ends=ends,
        presences=presences,
        dropped=report.people.unused_headings(),
        left_out=(say_phrase("did_not_attend", absent),) if absent else (),
        problems=tuple(reader.problems()),
    )


def list_report_times(report: TeamsReport) -> Iterator[str]:
    yield from (row["value"] for row in report.summary if begins_with_date(row["value"]))
    for table in filter(None, (report.people, report.activities)):
        for row in table.rows():
            yield from (row["joined"], row["left"])


def find_topic(report: TeamsReport) -> str:
    """The value beside a title that is known, else the text with which the summary begins. A number, a date
    or a duration there is no title: the report has none."""
    known = (row["value"] for row in report.summary if fold_text(row["word"]) in TITLE_WORDS)
    first = next((row["value"] for row in report.summary), "")
    is_text = (
        re.search(r"[^\W\d]", first) and not DURATION_BEGINS.match(first) and not begins_with_date(first)
    )
    return next(known, "") or (first if is_text else "")


def find_meeting_span(
    report: TeamsReport, clock: Clock, presences: Sequence[Presence]
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When the meeting began and ended: the two moments of the summary, else of the first and last stay."""
    moments = [clock.moment(row["value"]) for row in report.summary if begins_with_date(row["value"])]
    stays = [stay for one in presences for stay in one.stays]
    starts = moments[0] if moments else min((stay.joined for stay in stays), default=None)
    ends = moments[1] if len(moments) > 1 else max((stay.left for stay in stays), default=None)
    return starts, ends


def read_participants(
    report: TeamsReport, rows: Sequence[TableRow], reader: CellReader
) -> Iterator[Presence]:
    """One presence for each row of people, with the single connections of the person named in it."""
    connections = read_connections(report, reader)
    by_name = connections_by_name(connections, rows)
    times_named = Counter(row_person(row) for row in rows)
    organisers = organiser_roles(rows)
    for row in rows:
        minutes = reader.minutes(row.line, report.people.heading("minutes"), row["minutes"])
        own = reader.stays(row.line, report.people.heading("joined"), row["joined"], row["left"], minutes)
        known = connections.get(row_person(row)) or by_name.get(row["name"], ())
        if own and times_named[row_person(row)] > 1:  # two people with one name, or one listed twice
            known = [stay for stay in known if own[0].joined <= stay.joined and stay.left <= own[0].left]
        stays = tuple(known) or uninterrupted_stays(own, minutes)
        begins = reader.clock.moment(row["joined"])
        yield Presence(
            row.line,
            row["name"],
            keep_email(row["email"]),
            stays,
            minutes,
            begins.date() if begins else None,
            organiser=fold_text(row["role"]) in organisers,
        )


def row_person(row: TableRow) -> tuple[str, str]:
    return row["name"], row["email"]


def read_connections(report: TeamsReport, reader: CellReader) -> Mapping[tuple[str, str], Sequence[Stay]]:
    found: dict[tuple[str, str], list[Stay]] = defaultdict(list)
    if table := report.activities:
        for row in table.rows():
            minutes = reader.minutes(row.line, table.heading("minutes"), row["minutes"])
            found[row_person(row)] += reader.connection(
                row.line, table.heading("joined"), row["joined"], row["left"], minutes
            )
    return found


def connections_by_name(
    connections: Mapping[tuple[str, str], Sequence[Stay]], rows: Sequence[TableRow]
) -> Mapping[str, Sequence[Stay]]:
    """The connections of a name that one person has, for lists of which one leaves the e-mail out."""
    people, keys = Counter(row["name"] for row in rows), Counter(name for name, _ in connections)
    emails = {row["name"]: row["email"] for row in rows}
    return {
        name: stays
        for (name, email), stays in connections.items()
        if people[name] == keys[name] == 1 and (not email or not emails[name])
    }


def organiser_roles(rows: Sequence[TableRow]) -> frozenset[str]:
    """The roles that set somebody apart. Where nobody merely attends, everybody was allowed to present."""
    roles = {fold_text(row["role"]) for row in rows}
    return (
        TEAMS_ORGANISERS | TEAMS_PRESENTERS
        if roles - TEAMS_ORGANISERS - TEAMS_PRESENTERS
        else TEAMS_ORGANISERS
    )


SOURCE = Source("teams", recognise_teams, read_teams)
