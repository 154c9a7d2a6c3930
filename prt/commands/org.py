"""`prt org add`: a school board or any other body, in both languages."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Annotated

import typer

from prt.console import context
from prt.console.options import Command, given, of_columns, parameter, signed
from prt.model.records import OrganisationRecord
from prt.model.text import folded
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.files.project import Year

Code = Annotated[str, typer.Argument(metavar="CODE", help="Short code, such as CHSSN.")]


def register(app: typer.Typer, group: str) -> None:
    found = typer.Typer(help="School boards and other bodies.", no_args_is_help=True)
    found.callback()(lambda: None)  # so that its one command keeps its name
    found.command("add")(add_command())
    app.add_typer(found, name="org", rich_help_panel=group)


def add_command() -> Command:
    """Its options are the columns of organisations.csv."""

    def command(code: str, **cells: str | None) -> None:
        add({"code": code, "counts_as_board": "no"} | given(cells))

    columns = [one for one in OrganisationRecord.columns() if one.name != "code"]
    doc = "A new organisation, which every log may then name."
    return signed(command, [parameter("code", Code, ...), *of_columns(columns, panels=True)], doc)


def add(cells: dict[str, str]) -> None:
    from prt.commands.people import cells_of
    from prt.console import messages
    from prt.files.store import store

    opened = context.open_year(None)
    row = cells_of(OrganisationRecord, cells, opened)
    refuse_taken(opened, [row["code"], row["name_en"], row["name_fr"], *row.get("aliases", "").split(";")])
    old = messages.before(opened, "organisations")
    with store.writing(
        opened, context.me(opened.project.root), context.now(), random.SystemRandom()
    ) as action:
        [written] = action.add("organisations", [row])
    messages.out(f"Added  {written.id}   {written.place}   counts as a board: {row['counts_as_board']}")
    messages.tell_moves(old, context.open_year(None), "organisations")


def refuse_taken(year: Year, names: list[str]) -> None:
    """A code or a name may stand for one organisation only."""
    for name in names:
        taken = year.known.organisations.get(folded(name))
        if name.strip() and taken:
            raise PrtError(f'"{name.strip()}" is {taken} already, in data/organisations.csv.', code=2)
