"""`prt org add`: a school board or any other body, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from prt import spoken
from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.signature import Argument, CommandGroup, with_columns
from prt.files.project import Year
from prt.files.yaml.words import read_topic, say_phrase
from prt.model.columns import Column
from prt.model.records import OrganisationRecord
from prt.problems import Mistake, PrtError
from prt.tasks.entry.ask_cells import ask_and_save, must_ask
from prt.tasks.entry.log_rows import checked_cells
from prt.tasks.entry.newcomers import ADD_ORGANISATION, make_organisation_form
from prt.tasks.open_action import open_action
from prt.text import fold_text

Code = Annotated[str | None, Argument("Short code, such as CHSSN.", metavar="[CODE]")]


def organisation_columns(_: Sequence[str]) -> list[Column]:
    return [one for one in OrganisationRecord.columns() if one.name != "code"]


@with_columns(organisation_columns, panels=True)
def add(code: Code = None, **given: str) -> None:
    """A new organisation, which every log may then name; on a terminal what is missing is asked for."""
    opened = context.open_year(None)
    cells = {"counts_as_board": "no"} | given | ({"code": code} if code else {})
    if must_ask(OrganisationRecord.columns(), cells):
        form = make_organisation_form(terminal.open_talk(), opened, context.today(), cells)
        with ask_and_save(form, opened, ADD_ORGANISATION):
            write_organisation(opened, form.answered())
    else:
        write_organisation(opened, cells)


def write_organisation(opened: Year, cells: Mapping[str, str]) -> None:
    """Write it; say where it is, and what moved. PrtError where its code or a name is another's."""
    row = checked_cells(OrganisationRecord, cells, opened)
    names = [row["code"], row["name_en"], row["name_fr"], *row.get("aliases", "").split(";")]
    refuse_taken(opened, names)
    with open_action(opened, "prt org add") as action:
        now = opened.as_now()
        refuse_taken(now, names)
        [written] = action.add("organisations", [row])
        after = opened.project.load(opened.path)
    counts = read_topic("value")[f"value.any.{row['counts_as_board']}.{spoken.language}"]
    messages.print_written(say_phrase("org_added", id=written.id, place=written.place, counts=counts))
    messages.tell_moves(messages.before(now, "organisations"), after, "organisations")


def refuse_taken(year: Year, names: list[str]) -> None:
    """A code or a name may stand for one organisation only."""
    for name in names:
        taken = year.known.organisations.get(fold_text(name))
        if name.strip() and taken:
            raise PrtError(Mistake("org_taken", name=name.strip(), code=taken), code=2)


org = CommandGroup("School boards and other bodies.", {"add": add})
