"""`prt log KIND`: appends one row to a log. Its options and questions come from the log's class."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from inspect import Parameter, Signature
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prt.commands import here
from prt.model.records import KINDS, LOGS, Column, LogRecord

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.files.store import Written
    from prt.model.entry import Entry

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would move; write nothing.")]


def register(app: typer.Typer, group: str) -> None:
    """Only the kind that is asked for is built; all of them for the help."""
    found = typer.Typer(help=help_of_all(), no_args_is_help=True)
    asked = [word for word in sys.argv[1:] if word in KINDS][:1]
    for kind in asked or KINDS:
        found.command(kind)(log_command(kind, LOGS[KINDS[kind]]))
    app.add_typer(found, name="log", rich_help_panel=group)


def help_of_all() -> str:
    return "Add one row: what happened. On a terminal it asks for what is missing."


def log_command(kind: str, model: type[LogRecord]) -> Callable[..., None]:
    """A function whose signature typer reads as if it had been written by hand."""

    def command(dry_run: bool = False, year: str | None = None, **options: str | None) -> None:
        log(kind, model, {name: text for name, text in options.items() if text}, year, dry_run)

    own = [parameter("dry_run", DryRun, False), parameter("year", here.YearOption, None)]
    command.__doc__ = model.__doc__
    command.__dict__["__signature__"] = Signature([*options(model), *own])
    return command


def options(model: type[LogRecord]) -> list[Parameter]:
    return [parameter(column.name, option(column), None) for column in model.columns() if column.name != "id"]


def parameter(name: str, kind: Any, default: Any) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def option(column: Column) -> Any:
    """Every option is text, as a cell is text."""
    panel = "Needed" if column.required else "Where known"
    metavar = column.cell.name.replace(" ", "-").upper()
    return Annotated[
        str | None,
        typer.Option(column.option, metavar=metavar, help=column.description, rich_help_panel=panel),
    ]


def log(kind: str, model: type[LogRecord], cells: dict[str, str], year: str | None, dry_run: bool) -> None:
    """Enter one row; on a terminal what is missing is asked for."""
    from prt.commands.entering import entered, refuse

    cells = defaults(kind) | cells
    opened = year_of(model, cells, year)
    entry = entered(model, cells, opened, here.today(), here.me(opened.project.root))
    refuse(model, entry)
    save(entry, opened, dry_run)


def defaults(kind: str) -> dict[str, str]:
    return {"format": "meeting"} if kind == "meeting" else {}


def year_of(model: type[LogRecord], cells: dict[str, str], year: str | None) -> Year:
    """The plan year that contains the date; the current one for a period, or a date that cannot be read."""
    from prt.commands.entering import with_iso_dates

    found, wrong = with_iso_dates(model, {"date": cells.get("date", "")}, here.today())
    if wrong or not found["date"] or (model.log == "deliverables" and cells.get("period")):
        return here.open_year(year)
    return here.open_year(year, on=here.day(found["date"]))


def save(entry: Entry, year: Year, dry_run: bool) -> None:
    """Write the row, then say where it is and what moved."""
    from prt.commands import telling
    from prt.files import store

    log = entry.row.log
    old = telling.before(year, log)
    if dry_run:
        after = year.again(entry.row)
        telling.out(f"Would be added to {year.project.shown(year.log_path(log))}; nothing was written.")
    else:
        me = here.me(year.project.root)
        with store.writing(year, me, here.now(), random.SystemRandom()) as action:
            [written] = action.add(log, [entry.cells])
        after = year.again()
        tell_saved(written)
    telling.tell_moves(old, after, log)
    if not dry_run:
        row = telling.row_of(after, log, written.id)
        telling.tell_warnings(after, [row] if row else [])


def tell_saved(written: Written) -> None:
    from prt.commands import telling

    telling.out(f"Saved  {written.id}   {written.place}")
