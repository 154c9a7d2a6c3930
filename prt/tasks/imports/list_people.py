"""A list of people from a spreadsheet: read, compared with who is known, written."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from prt.console import context, messages
from prt.entry.roster import make_roster
from prt.files.project import Year
from prt.files.workbook.grid import read_grids
from prt.files.yaml.words import say_phrase
from prt.imports.people.roster import RosterAdditions, RosterRow, find_roster, propose_additions, read_roster
from prt.imports.reading.codes import Codes
from prt.imports.reading.table import GridTable
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.tasks.open_action import open_action
from prt.values import dataclass


@dataclass(frozen=True)
class ListedPeople:
    """A list of people, which is compared with the names and the roles of a year as they are."""

    tables: Sequence[GridTable]
    codes: Codes
    role: str
    day_first: bool | None

    def rows(self, year: Year) -> list[RosterRow]:
        """The rows of all tables. PrtError with every mistake there is: then nothing is written."""
        roster, rows, problems = make_roster(year.project.names()), list[RosterRow](), list[Problem]()
        for table in self.tables:
            found, wrong = read_roster(table, self.codes, roster, self.role, self.day_first)
            rows, problems = rows + found, problems + wrong
        if errors(problems):
            raise PrtError(*errors(problems), Mistake("unwritten"))
        return rows

    def propose(self, year: Year, *, may_create: bool) -> RosterAdditions:
        return propose_additions(self.rows(year), year, random.SystemRandom(), may_create=may_create)


def read_list(path: Path, year: Year, role: str, role_of: list[str], day_first: bool | None) -> ListedPeople:
    """The list in a file."""
    grids, problems = read_grids(path, path.name)
    tables = [one for grid in grids if (one := find_roster(grid))]
    others = [grid.sheet for grid in grids if all(one.grid is not grid for one in tables)]
    if errors(problems) or not tables:
        what = Problem.of(Place(path.name), Mistake("no_list_of_people"))
        raise PrtError(*(errors(problems) or [what]))
    codes = Codes(year.known, parse_roles(role_of, Codes(year.known)))
    chosen = codes.required("role", role)
    if others:
        messages.print_line(say_phrase("sheets_without_names", what=", ".join(others)))
    if dropped := dict.fromkeys(name for table in tables for name in table.unused_headings()):
        messages.print_line(say_phrase("columns_dropped", what=", ".join(dropped)))
    return ListedPeople(tables, codes, chosen, day_first)


def parse_roles(texts: list[str], codes: Codes) -> dict[str, str]:
    """`--role-of "Bibliothécaire=other"`: the words with their roles."""
    found = {}
    for text in texts:
        word, sign, role = text.rpartition("=")
        if not sign or not word.strip():
            mistake = Mistake("no_equals_sign", option="--role-of", text=text, wanted="WORD=ROLE")
            raise PrtError(mistake, code=2)
        found[word] = codes.required("role", role.strip())
    return found


def print_additions(added: RosterAdditions, why_not: Mistake | None) -> None:
    """Print how many people a list has, how many are new, and who may be somebody known."""
    people = {row["id"] for row in added.names}
    rows, roles = say_phrase("rows", added.read), say_phrase("roles_to_add", len(added.posts))
    messages.print_line(say_phrase("list_read", rows=rows, people=len(people), roles=roles))
    for one in added.doubtful:
        near = say_phrase("or").join(one.match.several) or one.likely
        messages.print_line(say_phrase("perhaps", place=one.place, name=one.name, near=near))
    if added.unknown and why_not:
        context.say(why_not)
        messages.print_line(say_phrase("not_added", len(added.unknown)))


def write_additions(listed: ListedPeople, year: Year, *, may_create: bool, each: bool = True) -> None:
    """Names and roles in one action, which prt undo takes back. What is new is seen under the lock: another
    prt may have added the same people meanwhile."""
    with open_action(year, "prt people import", private=True) as action:
        now = action.year.again()
        added = listed.propose(now, may_create=may_create)
        written = action.add("names", added.names) if added.names else []
        written += action.add("people", added.posts) if added.posts else []
        after = action.year.again()
    if not written:
        messages.print_line(say_phrase("nothing_new"))
    for one in written if each else ():
        messages.print_written(say_phrase("added", id=one.id, place=one.place))
    if written and not each:
        messages.note_written(say_phrase("rows_of", len(written), log="people"))
    messages.tell_moves(messages.before(now, "people"), after, "people")
