"""`prt privacy`: the notice, the retention date, the register of incidents (Québec's Law 25)."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prt.commands.people_held import NO_UNDO, Yes, agreed, refuse_without_names
from prt.console import context
from prt.console.options import Command, DryRunOption, WhyOption, given, of_columns, parameter, signed
from prt.model.provenance import IncidentRecord
from prt.problems import PrtError, did_you_mean

if TYPE_CHECKING:
    from prt.files.privacy.retention import Purge
    from prt.files.project import Year
    from prt.model.records import Column
    from prt.model.rows import Row

BOTH = Annotated[
    str | None, typer.Option("--lang", metavar="en|fr", help="One language; default: both, on one page.")
]
Output = Annotated[
    str | None, typer.Option("--output", "-o", metavar="FILE", help="A file such as notice.md.")
]


def register(app: typer.Typer, group: str) -> None:
    found = typer.Typer(help="Law 25: the notice, the retention date, incidents.", no_args_is_help=True)
    found.command("notice")(notice)
    found.command("purge")(purge)
    found.command("redact")(redact)
    incident = typer.Typer(help="The register of confidentiality incidents.", no_args_is_help=True)
    incident.command("add")(add_command())
    incident.command("edit")(edit_command())
    incident.command("list")(list_incidents)
    found.add_typer(incident, name="incident")
    app.add_typer(found, name="privacy", rich_help_panel=group)


def notice(lang: BOTH = None, output: Output = None, year: context.YearOption = None) -> None:
    """One page for those whose information is kept: what, where, how long, whom to ask."""
    from prt.commands.report import print_text, write
    from prt.model.text import LANGUAGES
    from prt.output import notice as notices
    from prt.output.report import render
    from prt.output.words import Words

    opened = context.open_year(year, logs=())
    languages = (context.language(lang),) if lang else LANGUAGES
    words = [Words(language, opened.plan, opened.data.organisations) for language in languages]
    own = opened.project.root / "templates"
    found = tuple(notices.notice(opened.plan, one) for one in words)
    text = render.markdown(found, words[0], own if own.is_dir() else None, "notice.md.j2")
    if output:
        write(Path(output), text)
        context.say(f"Notice: {output}")
    else:
        print_text(text)


def purge(dry_run: DryRunOption = False, yes: Yes = False) -> None:
    """Destroy the names that the plan's retention date no longer allows; say exactly what was destroyed."""
    from prt.console import messages
    from prt.files.privacy import retention

    project = context.open_project()
    refuse_without_names(project)
    found = retention.purge_due(project, context.today())
    tell(found)
    if found.due and not dry_run:
        agreed(f"This is destroyed, and cannot be taken back. {NO_UNDO}", yes)
        done = retention.purge(project, context.me(project.root), context.now(), random.SystemRandom())
        rows = sum(len(one.lines) for one in done.due)
        messages.out(f"Destroyed {context.counted(rows, 'row')} on {context.today()}; noted in purges.csv")
        context.say(
            "Copies elsewhere are yours to delete: exports, mail, Zoom and Forms, backups. "
            "Ids with role, board and dates remain: they are pseudonymous, not anonymous."
        )


def tell(found: Purge) -> None:
    from prt.console import messages

    if found.until is None:
        messages.out("No retention date is over: nothing is to be destroyed.")
        return
    messages.out(f"Kept until {found.until}; that is over.")
    for one in found.due:
        messages.out(f"  {one.file.shown}   {context.counted(len(one.lines), 'row')} to destroy")
    if not found.due:
        messages.out("Nothing is left to destroy.")
    if found.later:
        messages.out(f"  {context.counted(found.kept, 'name')} kept: needed for {', '.join(found.later)}")
    else:
        messages.out("  No name is kept: there is no plan of a later year here that would need one.")


def redact(dry_run: DryRunOption = False, yes: Yes = False) -> None:
    """Take names, e-mails, telephone numbers out of corrections.csv: […] in their place; rows stay."""
    from prt.console import messages
    from prt.files.privacy.redact import redact_corrections, told_corrections

    project = context.open_project()
    found = [f"{file.shown}:{line}" for file, lines in told_corrections(project) for line in lines]
    for place in found:
        messages.out(place)
    if not found:
        messages.out("Nothing personal was found in corrections.csv.")
    elif not dry_run:
        agreed(f"What is personal in {context.counted(len(found), 'row')} would become […], for good.", yes)
        done = redact_corrections(project)
        messages.out(f"{context.counted(len(done), 'row')} changed.")


OWN = ("id", "recorded")
"""Columns that prt fills in itself."""
Number = Annotated[str, typer.Argument(metavar="ID", help="The incident: prt privacy incident list.")]


def columns_of_incidents() -> list[Column]:
    return [one for one in IncidentRecord.columns() if one.name not in OWN]


def add_command() -> Command:
    """Its options are the columns of incidents.csv."""

    def command(**cells: str | None) -> None:
        add(given(cells))

    doc = "A confidentiality incident: every one is entered, and kept for five years at least."
    return signed(command, of_columns(columns_of_incidents(), panels=True), doc)


def edit_command() -> Command:
    """The same columns, of an incident that was entered before."""

    def command(number: str, why: str | None, **cells: str | None) -> None:
        edit(number, given(cells), why)

    own = [parameter("number", Number, ...), parameter("why", WhyOption)]
    doc = "Complete an incident: the day of a notification, measures. What it said before is kept privately."
    return signed(command, [own[0], *of_columns(columns_of_incidents()), own[1]], doc)


def add(cells: dict[str, str]) -> None:
    from prt.commands.people import cells_of
    from prt.console import messages
    from prt.files.store import store
    from prt.model.ids import new_id
    from prt.tasks.ask_cells import asked, asks

    opened, draw = context.open_year(None), random.SystemRandom()
    if asks(columns_of_incidents(), cells):
        cells = asked(IncidentRecord, columns_of_incidents(), cells, opened)
    taken = opened.read_table(IncidentRecord.log).column("id")
    number = new_id(IncidentRecord.prefix, context.today(), taken, draw)
    row = cells_of(IncidentRecord, {"id": number, "recorded": context.today().isoformat(), **cells}, opened)
    with store.writing(opened, context.me(opened.project.root), context.now(), draw) as action:
        [written] = action.add(IncidentRecord.log, [row])
    messages.out(f"Entered  {written.id}   {written.place}")
    if row.get("serious") != "no" and not row.get("commission_notified"):
        context.say(
            "If there is a risk of serious injury, the Commission d'accès à l'information and the people "
            "concerned are to be notified without delay. When they are: prt privacy incident edit "
            f"{written.id} --commission-notified DATE --people-notified DATE"
        )


def edit(number: str, options: dict[str, str], why: str | None) -> None:
    from prt.commands.edit import tell_changes
    from prt.commands.people import cells_of
    from prt.console import messages
    from prt.files.store import store

    opened = context.open_year(None)
    before = incident(opened, number)
    if not options:
        raise PrtError(f"Nothing to change in {number}: --commission-notified DATE, for example.", code=2)
    after = cells_of(IncidentRecord, {**before, **options}, opened)
    changes = {name: after.get(name, "") for name in options}
    with store.writing(
        opened, context.me(opened.project.root), context.now(), random.SystemRandom()
    ) as action:
        written, notes = action.edit(IncidentRecord.log, number, changes, why or "completed")
    messages.out(f"Changed  {written.id}   {written.place}")
    tell_changes(notes)


def incident(year: Year, number: str) -> dict[str, str]:
    """The cells of an incident; PrtError where there is none of this id."""
    from prt.files.store import store

    file = year.read_table(IncidentRecord.log)
    known = file.column("id")
    if number not in known:
        hint = did_you_mean(number, known)
        raise PrtError(f"No incident has the id {number}. {hint} prt privacy incident list.", code=2)
    row = file.cells(store.find(file, IncidentRecord, number))
    return {name: text for name, text in row.items() if name in IncidentRecord.indexes()}


def list_incidents(form: context.FormatOption = "table") -> None:
    """Every incident of the register."""
    from prt.console import screen
    from prt.output.tables import Heading, Table, render

    how, opened = context.printed_as(form), context.open_year(None, logs=())
    rows, _ = opened.read_rows(IncidentRecord)
    if how == "table":
        for row in rows:
            tell_incident(row)
        if not rows:
            print("No incident is in the register.")
        return
    names = IncidentRecord.header()
    headings = tuple(Heading(name, name.replace("_", " "), whole=name == "id") for name in names)
    table = Table(headings, tuple(tuple(row[name] for name in names) for row in rows))
    print(render(table, how, screen.width()))


def tell_incident(row: Row) -> None:
    """An incident as it is read: one line for each thing that is known, wrapped on a terminal."""
    from textwrap import fill

    from prt.console import messages, screen

    width = screen.width()
    messages.out(f"{row.id}   entered {row['recorded']}")
    for column in columns_of_incidents():
        if text := column.cell.write(row[column.name]) if row[column.name] is not None else "":
            line = f"  {column.name.replace('_', ' '):<20} {text}"
            messages.out(fill(line, width, subsequent_indent=" " * 23) if width else line)
