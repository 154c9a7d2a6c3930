"""`prt people import FILE`: a spreadsheet of people and roles; names go to the private folder alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from prt.console import context, messages
from prt.console.dialogue.consent import confirm
from prt.console.options import DryRunOption, YearOption, YesOption
from prt.console.signature import Argument, Option
from prt.entry.roster import make_roster
from prt.files.yaml.words import say_phrase
from prt.tasks.imports.identify_people import explain_no_new_people
from prt.tasks.imports.list_people import print_additions, read_list, write_additions

LIST_COLUMNS = "A spreadsheet with names; e-mail, role, board, centre, start where it has them."
File = Annotated[str, Argument(LIST_COLUMNS, metavar="FILE")]
Role = Annotated[str | None, Option("Role of those whose row has none.", name="--role", metavar="ROLE")]
RoleOf = Annotated[
    list[str] | None,
    Option('Which role a word is: "Bibliothécaire=other".', name="--role-of", metavar="WORD=ROLE"),
]
DayFirst = Annotated[
    bool | None, Option("How to read 03/04/2025.", name="--day-first/--month-first", shows_default=False)
]


def import_(
    file: File,
    role: Role = None,
    role_of: RoleOf = None,
    day_first: DayFirst = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    year: YearOption = None,
) -> None:
    """A roster from a spreadsheet: who is new gets an id, who is known gets the roles that are new."""
    opened = context.open_year(year)
    listed = read_list(Path(file), opened, role or "", role_of or [], day_first)
    why_not = explain_no_new_people(opened, make_roster(opened.project.names()), context.today())
    added = listed.propose(opened, may_create=not why_not)
    print_additions(added, why_not)
    if added.is_nothing:
        messages.print_line(say_phrase("nothing_new"))
    elif not dry_run:
        roles, names = say_phrase("roles_to_add", len(added.posts)), say_phrase("names", len(added.names))
        confirm(say_phrase("would_add_people", roles=roles, names=names), yes)
        write_additions(listed, opened, may_create=not why_not)
