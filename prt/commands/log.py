"""`prt log KIND`: appends one row to a log. Its options and questions come from the log's class."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from copy import copy
from typing import TYPE_CHECKING

import typer

from prt.console import context
from prt.console.options import AnywayOption, DryRunOption, of_columns, parameter, signed
from prt.figures.moved import needed
from prt.model.records import KINDS, LOGS, LogRecord
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.files.store.store import Written
    from prt.model.entry import Entry
    from prt.model.plan import Plan
    from prt.model.records import Column
    from prt.model.rows import Row


def register(app: typer.Typer, group: str) -> None:
    """Only the kind that is asked for is built; all of them for the help."""
    text = "Add one row: what happened. On a terminal it asks for what is missing."
    found = typer.Typer(help=text, no_args_is_help=True)
    for kind in asked_kinds(sys.argv):
        found.command(kind)(log_command(kind, LOGS[KINDS[kind]]))
    app.add_typer(found, name="log", rich_help_panel=group)


def asked_kinds(words: list[str]) -> list[str]:
    """The kind after the word `log`; all of them where that is none."""
    after = words[words.index("log") + 1 :][:1] if "log" in words else []
    return [word for word in after if word in KINDS] or list(KINDS)


def log_command(kind: str, model: type[LogRecord]) -> Callable[..., None]:
    def command(
        dry_run: bool = False, year: str | None = None, anyway: bool = False, **cells: str | None
    ) -> None:
        log(kind, model, {name: text for name, text in cells.items() if text}, year, dry_run, anyway)

    own = [
        parameter("dry_run", DryRunOption, False),
        parameter("anyway", AnywayOption, False),
        parameter("year", context.YearOption),
    ]
    columns = with_values(model) if {"--help", "-h"} & set(sys.argv) else model.columns()
    return signed(command, [*of_columns(columns, panels=True), *own], model.__doc__)


def with_values(model: type[LogRecord]) -> list[Column]:
    """The columns as the help of a project describes them: with the words that its plan allows."""
    from prt.figures.questions import allowed
    from prt.model.cells import LineCell, Many, WordCell
    from prt.model.known import known_of

    if (plan := plan_at_hand()) is None:
        return list(model.columns())
    known, found = known_of(plan, ()), []
    for column in model.columns():
        cell = column.cell.each if isinstance(column.cell, Many) else column.cell
        if isinstance(cell, (WordCell, LineCell)) and list(cell.choices(known.at(model.log), column.name)):
            column = copy(column)
            column.description += f". {allowed(model, column, plan, known).removesuffix('.')}"
        found.append(column)
    return found


def plan_at_hand() -> Plan | None:
    """The current plan; None outside a project, or where the plan has errors: help is for everybody."""
    try:
        project = context.open_project()
        return project.plan(project.current_plan_path(context.today()))[0]
    except PrtError:
        return None


def log(
    kind: str,
    model: type[LogRecord],
    cells: dict[str, str],
    year: str | None,
    dry_run: bool,
    anyway: bool = False,
) -> None:
    """Enter one row; on a terminal what is missing is asked for."""
    cells = defaults(kind) | cells
    opened = year_of(model, cells, year)
    if sys.stdin.isatty() and missing(model, cells, context.me(opened.project.root)):
        converse(model, cells, opened, any_day=year is not None, dry_run=dry_run, anyway=anyway)
    else:
        save(from_options(model, cells, opened, anyway), opened, dry_run)


def missing(model: type[LogRecord], cells: dict[str, str], me: str | None) -> list[str]:
    """The columns that every row needs, and that were not given."""
    given = {*cells, *(["staff"] if me else [])}
    return [column.name for column in model.columns() if column.required and column.name not in given]


def from_options(model: type[LogRecord], cells: dict[str, str], year: Year, anyway: bool = False) -> Entry:
    from prt.tasks.log_rows import entered, kept_apart, refuse

    entry = entered(model, cells, year, context.today(), context.me(year.project.root))
    entry = kept_apart(model, entry, year, anyway)
    refuse(model, entry)
    return entry


def converse(
    model: type[LogRecord], cells: dict[str, str], year: Year, *, any_day: bool, dry_run: bool, anyway: bool
) -> None:
    """Ask, save, and ask for another; Ctrl-C leaves without writing."""
    from prt.console import messages
    from prt.console.prompt import Terminal
    from prt.tasks.ask_row import Dialogue

    asker, me = Terminal(), context.me(year.project.root)
    with_iso = iso_cells(model, cells)
    try:
        while True:
            standings = messages.before(year, model.log)
            asked = Dialogue(
                model,
                year,
                with_iso,
                standings,
                asker,
                today=context.today(),
                me=me,
                any_day=any_day,
                anyway=anyway,
            )
            entry = asked.run()
            if entry is None:
                context.say("Nothing was written.")
                return
            year = save(entry, year, dry_run)
            if asker.ask("  Not right? prt undo    Another? Enter, else n > "):
                return
    except (KeyboardInterrupt, EOFError):
        context.say("\nNothing more was written.")


def iso_cells(model: type[LogRecord], cells: dict[str, str]) -> dict[str, str]:
    from prt.tasks.log_rows import with_iso_dates

    return with_iso_dates(model, cells, context.today())[0]


def defaults(kind: str) -> dict[str, str]:
    return {"format": "meeting"} if kind == "meeting" else {}


def year_of(model: type[LogRecord], cells: dict[str, str], year: str | None) -> Year:
    """The plan year that contains the date; the current one for a period, or a date that cannot be read."""
    from prt.tasks.log_rows import with_iso_dates

    found, wrong = with_iso_dates(model, {"date": cells.get("date", "")}, context.today())
    if wrong or not found["date"] or (model.log == "deliverables" and cells.get("period")):
        return context.open_year(year, logs=needed(model.log))
    return context.open_year(year, context.day(found["date"]), needed(model.log))


def save(entry: Entry, year: Year, dry_run: bool) -> Year:
    """Write the row, then say where it is and what moved. Returns the year as it is now."""
    from prt.console import messages
    from prt.files.store import store

    log = entry.row.log
    old = messages.before(year, log)
    if dry_run:
        after = year.plus(entry.row)
        messages.out(f"Would be added to {year.project.shown(year.log_path(log))}; nothing was written.")
        messages.tell_moves(old, after, log)
        return year
    me = context.me(year.project.root)
    with store.writing(year, me, context.now(), random.SystemRandom()) as action:
        [written] = action.add(log, [entry.cells])
    after = year.plus(row_of(entry, year, written))
    messages.out(f"Saved  {written.id}   {written.place}")
    messages.tell_moves(old, after, log)
    messages.tell_warnings(after, log, [written.id])
    return after


def row_of(entry: Entry, year: Year, written: Written) -> Row:
    """The row that was written, where it was written."""
    from prt.model.entry import checked
    from prt.model.rows import Row

    model = entry.row.model
    values = checked(model, {**entry.cells, "id": written.id}, year.known).row.values
    return Row(model, written.file, written.line, values)
