"""`prt edit ID --hours 2,5 --why …`: other values in one row; corrections.csv keeps the old ones and why."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from prt.console import context
from prt.console.options import AnywayOption, DryRunOption, WhyOption, given, of_columns, parameter, signed
from prt.model.records import LOGS, ROSTERS, Column
from prt.problems import Place, Problem, PrtError, did_you_mean

if TYPE_CHECKING:
    from prt.console.prompt import Asker
    from prt.files.project import Project
    from prt.model.entry import Entry
    from prt.tasks.find import Found

Id = Annotated[str, typer.Argument(metavar="ID", help="The row: its id, or the beginning or end of it.")]


def register(app: typer.Typer, group: str) -> None:
    """The options are the columns of the row's log, which its id begins with."""

    def command(
        row: str, why: str | None, dry_run: bool, anyway: bool, year: str | None, **cells: str | None
    ) -> None:
        edit(row, given(cells), why, dry_run, year, anyway)

    own = [
        parameter("why", WhyOption),
        parameter("dry_run", DryRunOption, False),
        parameter("anyway", AnywayOption, False),
        parameter("year", context.YearOption),
    ]
    parameters = [parameter("row", Id, ...), *of_columns(columns(sys.argv)), *own]
    doc = 'Other values in one row: prt edit ID --hours 2,5 --why "…". An empty one empties: --note "".'
    app.command("edit", rich_help_panel=group)(signed(command, parameters, doc))


def columns(words: list[str]) -> list[Column]:
    """Those of the log that an id among the words is of; of all logs where no word is one."""
    models = [*LOGS.values(), *ROSTERS.values()]
    kinds = {word.split("-")[0] for word in words if word.count("-") in (1, 2) and not word.startswith("-")}
    asked = [model for model in models if model.prefix in kinds - {""}]
    found = {column.name: column for model in asked or models for column in model.columns()}
    return list(found.values())


def edit(
    wanted: str,
    options: dict[str, str],
    why: str | None,
    dry_run: bool,
    year: str | None,
    anyway: bool = False,
) -> None:
    from prt.tasks.find import find_row

    found = find_row(wanted, year)
    changes = changed(found, options, anyway) if options else asked_changes(found, anyway)
    if not changes:
        raise PrtError(f"Nothing to change in {found.id}: name a column, such as {example(found)}.", code=2)
    write(found, changes, reason(why, dry_run, found.year.project, anyway), dry_run)


def example(found: Found) -> str:
    return f"{next(one.option for one in found.model.columns() if one.name not in ('id', 'line'))} …"


def reason(why: str | None, dry_run: bool, project: Project, anyway: bool = False) -> str:
    """Why: given, or asked on a terminal; in a script it must be given. It names nobody, for it is kept."""
    from prt.tasks.log_rows import personal

    if not why and not dry_run and not sys.stdin.isatty():
        raise PrtError("--why: missing. Write the reason; corrections.csv keeps it.", code=2)
    answer = why or ("" if dry_run else asked_reason())
    if answer and not anyway and (mistakes := personal({"why": answer}, project)):
        problems = [Problem(Place("--why"), one.what, one.remedy) for _, one in mistakes]
        raise PrtError(*problems, "Nothing was written.", code=2)
    return answer


def asked_reason() -> str:
    from prt.console.prompt import Terminal

    while not (answer := Terminal().ask("Why? > ")):
        context.say("A reason is needed: whoever audits the figures will ask.")
    return answer


def changed(found: Found, options: Mapping[str, str], anyway: bool = False) -> dict[str, str]:
    """The cells that the options change, as they are written. Every new mistake stops the command."""
    from prt.tasks.log_rows import kept_apart, refuse

    known = found.model.indexes()
    for name in options:
        if name not in known:
            raise PrtError(no_column(found, name), code=2)
    before, after = (kept_apart(found.model, one, found.year, anyway) for one in entries(found, options))
    old = {(name, mistake.what) for name, mistake in before.mistakes}
    new = [(name, mistake) for name, mistake in after.mistakes if (name, mistake.what) not in old]
    refuse(found.model, replace(after, mistakes=tuple(new)))
    return differences(before.cells, {name: after.cells.get(name, "") for name in known})


def differences(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in new.items() if text != old.get(name, "")}


def no_column(found: Found, name: str) -> str:
    header = found.model.header()
    return f"{found.id} is a row of {found.log}, which has no {name}. {did_you_mean(name, header)}".rstrip()


def entries(found: Found, options: Mapping[str, str]) -> tuple[Entry, Entry]:
    """The row before and after, each with its mistakes. Another person brings another role and board."""
    from prt.tasks.log_rows import entered

    cells = found.cells
    if options.get("person", cells.get("person")) != cells.get("person"):
        cells = {name: text for name, text in cells.items() if name not in ("role", "board")}
    before = entered(found.model, found.cells, found.year, context.today(), None)
    return before, entered(found.model, cells | dict(options), found.year, context.today(), None)


def asked_changes(found: Found, anyway: bool) -> dict[str, str]:
    """On a terminal: the questions of its log, where Enter takes what the row has."""
    from prt.console import messages
    from prt.console.prompt import Terminal
    from prt.tasks.ask_row import Dialogue

    model = LOGS.get(found.log)
    if model is None or not sys.stdin.isatty():
        return {}
    asker, today = Terminal(), context.today()
    standings = messages.before(found.year, found.log)
    dialogue = Dialogue(model, found.year, {}, standings, asker, today=today, any_day=True, anyway=anyway)
    dialogue.cells = dict(found.cells)
    held = was_held(found, asker)
    entry = dialogue.run()
    if entry is None:
        context.say("Nothing was written.")
        raise typer.Exit(1)
    names = {column.name for column in dialogue.columns()}
    if entry.cells.get("person") != found.cells.get("person"):
        names |= {"role", "board"}  # those of the other person
    asked = {name: entry.cells.get(name, "") for name in found.model.header() if name in names}
    return differences(found.cells, asked | held)


def was_held(found: Found, asker: Asker) -> dict[str, str]:
    """A planned session whose day has come: was it held?"""
    day = found.cells.get("date", "")
    if found.cells.get("status") != "planned" or day > context.today().isoformat():
        return {}
    answer = asker.ask(f"{found.id} was planned for {day}. Was it held? [Y/n/cancelled] > ").lower()
    return {
        "status": "cancelled" if answer.startswith("c") else "planned" if answer.startswith("n") else "held"
    }


def write(found: Found, changes: Mapping[str, str], why: str, dry_run: bool) -> None:
    """Change the row; say what it was, what it is, and what moved."""
    from prt.console import messages
    from prt.figures.moved import needed
    from prt.files.store import store

    old = messages.before(found.year, found.log)
    if dry_run:
        messages.out(f"{found.id}   {found.place}   nothing was written")
        tell_changes(
            [{"column": name, "old": found.cells.get(name, ""), "new": changes[name]} for name in changes]
        )
        return
    me = context.me(found.year.project.root)
    with store.writing(found.year, me, context.now(), random.SystemRandom()) as action:
        written, notes = action.edit(found.log, found.id, changes, why)
    after = found.year.again(needed(found.log))
    messages.out(f"Changed  {written.id}   {written.place}")
    tell_changes(notes)
    messages.tell_moves(old, after, found.log)
    messages.tell_warnings(after, found.log, [written.id])


def tell_changes(notes: Iterable[Mapping[str, str]]) -> None:
    """`participants  24 → 25`, one line for each cell."""
    from prt.console import messages

    for note in notes:
        messages.out(f"  {note['column']}  {note['old'] or '(empty)'} → {note['new'] or '(empty)'}")
