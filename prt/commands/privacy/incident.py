"""`prt privacy`: the notice, the retention date, the register of incidents (Québec's Law 25)."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Annotated

from prt.console import context, messages, screen
from prt.console.dialogue import terminal
from prt.console.messages import tell_changes
from prt.console.options import FormatOption, WhyOption, check_format
from prt.console.signature import Argument, CommandGroup, with_columns
from prt.files.csv.rows import find_record
from prt.files.project import Year
from prt.files.provenance import IncidentRecord
from prt.files.yaml.words import say_phrase
from prt.model.columns import Column
from prt.model.ids import new_id
from prt.model.rows import Row
from prt.output.tables import Heading, Table, render
from prt.problems import Mistake, PrtError
from prt.tasks.entry.ask_cells import ask_and_save, must_ask
from prt.tasks.entry.log_rows import checked_cells
from prt.tasks.entry.row_form import RowForm
from prt.tasks.open_action import open_action
from prt.text import before_more, did_you_mean

OWN = ("id", "recorded")
"""Columns that prt fills in itself."""
Number = Annotated[str, Argument("The incident: prt privacy incident list.", metavar="ID")]


def incident_columns(_: Sequence[str] = ()) -> list[Column]:
    return [one for one in IncidentRecord.columns() if one.name not in OWN]


@with_columns(incident_columns, panels=True)
def add(**cells: str) -> None:
    """A confidentiality incident: every one is entered, and kept for five years at least."""
    opened = context.open_year(None)
    if must_ask(incident_columns(), cells):
        asked = incident_columns()
        form = RowForm(
            terminal.open_talk(), IncidentRecord, opened, cells, today=context.today(), columns=asked
        )
        with ask_and_save(form, opened, "prt privacy incident add"):
            write_incident(opened, form.answered())
    else:
        write_incident(opened, cells)


def write_incident(opened: Year, cells: Mapping[str, str]) -> None:
    """Write the incident with a new id, and say whom to notify."""
    taken = opened.read_table(IncidentRecord.log).column("id")
    number = new_id(IncidentRecord.prefix, context.today(), taken, random.SystemRandom())
    row = checked_cells(
        IncidentRecord, {"id": number, "recorded": context.today().isoformat(), **cells}, opened
    )
    with open_action(opened, "prt privacy incident add") as action:
        [written] = action.add(IncidentRecord.log, [row])
    messages.print_written(say_phrase("incident_entered", id=written.id, place=written.place))
    if row.get("serious") != "no" and not row.get("commission_notified"):
        context.say(say_phrase("incident_notify", id=written.id))


@with_columns(incident_columns)
def edit(number: Number, *, why: WhyOption = None, **options: str) -> None:
    """Complete an incident: the day of a notification, measures. What it said before is kept privately."""
    opened = context.open_year(None)
    before = cells_of_incident(opened, number)
    if not options:
        raise PrtError(Mistake("nothing_to_change_incident", number=number), code=2)
    after = checked_cells(IncidentRecord, {**before, **options}, opened)
    changes = {name: after.get(name, "") for name in options}
    with open_action(opened, "prt privacy incident edit") as action:
        written, notes = action.edit(IncidentRecord.log, number, changes, why or "completed")
    messages.print_written(say_phrase("changed", id=written.id, place=written.place))
    tell_changes(notes, opened, IncidentRecord.log)


def cells_of_incident(year: Year, number: str) -> dict[str, str]:
    """The cells of an incident; PrtError where there is none of this id."""
    file = year.read_table(IncidentRecord.log)
    known = file.column("id")
    if number not in known:
        hint = before_more(did_you_mean(number, known))
        raise PrtError(Mistake("no_incident", id=number, hint=hint), code=2)
    row = file.cells(find_record(file, IncidentRecord, number))
    return {name: text for name, text in row.items() if name in IncidentRecord.indexes()}


def list_incidents(form: FormatOption = "table") -> None:
    """Every incident of the register."""
    how, opened = check_format(form), context.open_year(None, logs=())
    rows, _ = opened.read_rows(IncidentRecord)
    if how == "table":
        for row in rows:
            tell_incident(row)
        if not rows:
            print(say_phrase("incident_none"))
        return
    names = IncidentRecord.header()
    headings = tuple(Heading(name, name.replace("_", " "), whole=name == "id") for name in names)
    table = Table(headings, tuple(tuple(row[name] for name in names) for row in rows))
    print(render(table, how, screen.width()))


def tell_incident(row: Row) -> None:
    """An incident as it is read: one line for each thing that is known, wrapped on a terminal."""
    width = screen.width()
    messages.print_line(f"{row.id}   entered {row['recorded']}")
    for column in incident_columns():
        if text := column.cell.write(row[column.name]) if row[column.name] is not None else "":
            line = f"  {column.name.replace('_', ' '):<20} {text}"
            messages.print_line(fill(line, width, subsequent_indent=" " * 23) if width else line)


incident = CommandGroup(
    "The register of confidentiality incidents.", {"add": add, "edit": edit, "list": list_incidents}
)
