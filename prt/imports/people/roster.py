"""A list of people: known people, new people and new roles (`prt people import`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from prt.entry.person_names import is_full_name, name_key, parse_name
from prt.entry.roster import Match, Roster
from prt.files.project import Year
from prt.imports.export import Grid, ReadingHints
from prt.imports.reading.codes import Codes
from prt.imports.reading.dates import Clock, settle_clock
from prt.imports.reading.table import (
    ColumnNames,
    GridTable,
    TableRow,
    add_role_and_board,
    find_columns,
    find_table,
    grid_place,
    keep_email,
)
from prt.imports.sources.sheet import SHEET_COLUMNS, ListGroup, find_groups, has_name_column, row_name
from prt.model.ids import Draw, new_id
from prt.problems import Mistake, Place, Problem
from prt.values import dataclass, field

LIKELY_KNOWN = 90
"""From which likeness to somebody known nobody is made a new person."""
ROSTER_COLUMNS: ColumnNames = {
    "id": ("id", "identifiant"),
    **{name: SHEET_COLUMNS[name] for name in ("name", "first", "last", "email")},
    "centre": ("centre", "center", "clc", "csc", "community learning centre", "school", "ecole"),
    "start": (
        "start", "start date", "first day", "debut", "date de debut", "entree en poste", "date d'entree",
        "date d'entree en poste", "date d'entree en fonction", "entree en fonction", "date d'embauche",
        "embauche", "hired", "hire date", "depuis", "since",
    ),
    "end": ("end", "end date", "last day", "fin", "date de fin", "depart", "date de depart"),
    "new_in": ("new in", "new_in", "annee d'accueil"),
}  # fmt: skip


def is_roster(header: Sequence[str]) -> bool:
    """Is it a list of people: names with roles or boards, and without hours?"""
    columns = add_role_and_board(header, find_columns(header, ROSTER_COLUMNS))
    hours = find_columns(header, {"minutes": SHEET_COLUMNS["minutes"]})
    return has_name_column(columns) and not hours and bool({"role", "board"} & columns.keys())


@dataclass(frozen=True)
class RosterRow:
    """One row of a list of people: the person and the post that it tells; `place` is its line in the file."""

    place: Place
    id: str
    name: str
    email: str
    post: Mapping[str, str]
    match: Match
    likely: str = ""

    @property
    def person(self) -> str:
        return self.id or self.match.person

    @property
    def who(self) -> str:
        """A key that two rows of one person share."""
        return self.email.casefold() or name_key(self.name)


def find_roster(grid: Grid) -> GridTable | None:
    """The list inside a grid: names, and roles, boards, centres, dates where it has them."""
    table = find_table(grid, ROSTER_COLUMNS, has_name_column, within=30)
    return table and table.with_role_and_board()


def read_roster(
    table: GridTable, codes: Codes, roster: Roster, role: str, day_first: bool | None
) -> tuple[list[RosterRow], list[Problem]]:
    """Every row that has a name, and the mistakes. `role` is that of rows without one."""
    rows = [row for row in table.rows() if row_name(row)]
    dates = (row[name] for row in rows for name in ("start", "end"))
    clock, problems = settle_clock(dates, ReadingHints(None, day_first), grid_place(table.grid))
    found = []
    groups = find_groups(rows, ReadingHints(group=codes.group))
    for row in rows:
        group = groups.get(row.line, ListGroup())
        if group.is_heading:
            continue
        post, wrong = read_post(row, table, codes, clock, role, group)
        problems += wrong
        found.append(read_roster_row(row, table, post, codes, roster))
    return found, problems


def read_roster_row(
    row: TableRow, table: GridTable, post: Mapping[str, str], codes: Codes, roster: Roster
) -> RosterRow:
    said = parse_name(row_name(row), codes.is_word)
    name = next(iter(said.names), " ".join(row_name(row).split()))
    email = keep_email(row["email"]) or said.email
    match = roster.match([name], [email] if email else [])
    near = [] if match.person or match.several or not is_full_name(name) else roster.suggestions([name], 1)
    likely = next((person for person, likeness in near if likeness >= LIKELY_KNOWN), "")
    return RosterRow(grid_place(table.grid, row.line), row["id"], name, email, post, match, likely)


def read_post(
    row: TableRow, table: GridTable, codes: Codes, clock: Clock, role: str, group: ListGroup
) -> tuple[dict[str, str], list[Problem]]:
    """Role, board, centre and dates as people.csv has them; `group` is what lines above the row say."""
    post = {name: row[name] for name in ("centre", "new_in") if row[name]}
    wrong = []
    for name, default in (("role", group.role or role), ("board", group.board)):
        code = codes.one(name, row[name]) if row[name] else default
        if row[name] and not code:
            place = Place(grid_place(table.grid).file, row.line, path=table.heading(name))
            mistake = no_code(name, row[name], ", ".join(codes.choices(name)))
            wrong.append(Problem.of(place, mistake, value=row[name]))
        post |= {name: code} if code else {}
    for name in ("start", "end"):
        if moment := clock.moment(row[name]) if row[name] else None:
            post[name] = moment.date().isoformat()
        elif row[name] and not clock.doubts(row[name]):
            place = Place(grid_place(table.grid).file, row.line, path=table.heading(name))
            wrong.append(Problem.of(place, Mistake("not_a_moment", text=row[name]), value=row[name]))
    if "role" not in post and not row["role"]:
        place = Place(grid_place(table.grid).file, row.line)
        wrong.append(Problem.of(place, Mistake("no_role")))
    return post, wrong


def no_code(name: str, text: str, choices: str) -> Mistake:
    if name == "role":
        return Mistake("not_a_role", text=text, choices=choices)
    return Mistake("not_a_board", text=text, choices=choices)


@dataclass
class RosterAdditions:
    """What a list of so many rows adds: rows of names.csv and of people.csv; `doubtful` may be somebody known
    by likeness."""

    read: int = 0
    names: list[dict[str, str]] = field(default_factory=list)
    posts: list[dict[str, str]] = field(default_factory=list)
    doubtful: list[RosterRow] = field(default_factory=list)
    unknown: list[RosterRow] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.names or self.posts)


def propose_additions(
    found: Sequence[RosterRow], year: Year, draw: Draw, *, may_create: bool
) -> RosterAdditions:
    """The new people and the new roles; a blank cell says nothing of a role that is there.

    Without `may_create` nobody becomes a new person.
    """
    names, people = set(year.project.names()), {row["id"] for row in year.data.people}
    taken, ids, added = {*names, *people}, dict[str, str](), RosterAdditions(len(found))
    held: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in year.data.people:
        if row["end"] is None:
            held[row["id"]].add((row["role"], row["board"] or ""))
    for one in found:
        person = one.person or ids.get(one.who, "")
        if not person and (one.match.several or one.likely):
            added.doubtful.append(one)
            continue
        if not person and not may_create:
            added.unknown.append(one)
            continue
        if not person:
            ids[one.who] = person = new_id("p", None, taken, draw)
            taken.add(person)
        if person not in names:
            names.add(person)
            added.names.append(drop_empty(id=person, name=one.name, email=one.email))
        role, board = one.post.get("role", ""), one.post.get("board", "")
        if not any(role in ("", post[0]) and board in ("", post[1]) for post in held[person]):
            held[person].add((role, board))
            added.posts.append({"id": person, **one.post})
    return added


def drop_empty(**cells: str) -> dict[str, str]:
    return {name: text for name, text in cells.items() if text}
