"""`prt org add`: a school board or any other body, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from prt.console import context, messages
from prt.console.signature import Argument, CommandGroup, with_columns
from prt.files.project import Year
from prt.model.columns import Column
from prt.model.records import OrganisationRecord
from prt.problems import PrtError
from prt.tasks.entry.log_rows import checked_cells
from prt.tasks.open_action import open_action
from prt.text import fold_text

Code = Annotated[str, Argument("Short code, such as CHSSN.", metavar="CODE")]


def columns(_: Sequence[str]) -> list[Column]:
    return [one for one in OrganisationRecord.columns() if one.name != "code"]


@with_columns(columns, panels=True)
def add(code: Code, **given: str) -> None:
    """A new organisation, which every log may then name."""
    opened = context.open_year(None)
    row = checked_cells(OrganisationRecord, {"code": code, "counts_as_board": "no"} | given, opened)
    names = [row["code"], row["name_en"], row["name_fr"], *row.get("aliases", "").split(";")]
    refuse_taken(opened, names)
    with open_action(opened, "prt org add") as action:
        now = opened.as_now()
        refuse_taken(now, names)
        [written] = action.add("organisations", [row])
        after = opened.project.load(opened.path)
    messages.print_written(
        f"Added  {written.id}   {written.place}   counts as a board: {row['counts_as_board']}"
    )
    messages.tell_moves(messages.before(now, "organisations"), after, "organisations")


def refuse_taken(year: Year, names: list[str]) -> None:
    """A code or a name may stand for one organisation only."""
    for name in names:
        taken = year.known.organisations.get(fold_text(name))
        if name.strip() and taken:
            raise PrtError(f'"{name.strip()}" is {taken} already, in data/organisations.csv.', code=2)


org = CommandGroup("School boards and other bodies.", {"add": add})
