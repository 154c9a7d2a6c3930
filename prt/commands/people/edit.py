"""`prt people edit`: a name, an e-mail, or a role put right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.options import AnywayOption, DryRunOption, WhyOption, YearOption
from prt.console.signature import Argument, Option, with_columns
from prt.model.columns import Column
from prt.model.records import NameRecord, PersonRecord
from prt.problems import Mistake, PrtError
from prt.tasks.people.correct_person import correct_person
from prt.tasks.people.find_person import ask_person_meant, find_person

AskedPerson = Annotated[
    str | None,
    Argument("The id; with the private folder also a name or e-mail; else it is asked.", metavar="[PERSON]"),
]
OfRole = Annotated[
    str | None, Option("Which role is meant, where there are several.", name="--of-role", metavar="ROLE")
]
Namesake = Annotated[bool, Option("Another person who has the same name.", name="--namesake")]


def cells_of_person(_: Sequence[str]) -> list[Column]:
    """The columns that say something of a person: those of names.csv, which is private, and of people.csv."""
    return [one for model in (NameRecord, PersonRecord) for one in model.columns() if one.name != "id"]


@with_columns(cells_of_person)
def edit(
    person: AskedPerson = None,
    *,
    of_role: OfRole = None,
    why: WhyOption = None,
    namesake: Namesake = False,
    anyway: AnywayOption = False,
    dry_run: DryRunOption = False,
    year: YearOption = None,
    **cells: str,
) -> None:
    """Another name, e-mail or role of one person; the name is in the private folder alone."""
    opened = context.open_year(year)
    found = find_person(opened.project, person) if person else ask_person_meant(opened.project)
    if not cells and not terminal.is_at_terminal():
        raise PrtError(Mistake("nothing_to_change", id=found, example="--name"), code=2)
    correct_person(
        opened,
        found,
        cells,
        of_role=of_role,
        why=why,
        dry_run=dry_run,
        anyway=anyway,
        namesake=namesake,
    )
