"""One row of a kind, as `prt log KIND` has it: its options and questions come from the log's class."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import partial
from typing import Any

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.options import DryRunOption, OddRowOption, YearOption
from prt.console.signature import Command, with_columns
from prt.figures.questions import allowed_text
from prt.figures.standings import logs_needed
from prt.files.kept.growing_year import GrowingYear
from prt.files.project import Year
from prt.model.cells import LineCell, WordCell, cell_of_one
from prt.model.columns import Column, LogRecord
from prt.model.plan import known_of
from prt.model.records import LOGS, row_kinds
from prt.model.rows import Entry
from prt.tasks.entry.doubtful_rows import checked_entry, refuse_double
from prt.tasks.entry.log_rows import raise_mistakes, with_iso_dates, with_persons_told
from prt.tasks.entry.save_row import ask_rows, defaults_of, log_model, save_row


def log_row(kind: str) -> Command:
    """`prt log KIND`: its options are the columns of the kind's log."""
    command: Any = partial(enter_row, kind)
    log = row_kinds()[kind]
    command.__doc__ = LOGS[log].__doc__
    return with_columns(partial(columns, log), partial(columns_of_plan, log), panels=True)(command)


def columns(log: str, words: Sequence[str]) -> Sequence[Column]:
    return LOGS[log].columns()


def columns_of_plan(log: str, words: Sequence[str]) -> Sequence[Column]:
    """The columns of a log as the project's plan has them, described with the words that the plan allows."""
    if (plan := context.plan_at_hand(words)) is None:
        return columns(log, words)
    known, found, model = known_of(plan, ()), [], plan.record_of(log)
    for column in model.columns():
        cell = cell_of_one(column.cell)
        own = known.at(model.log)
        chosen = isinstance(cell, (WordCell, LineCell)) and list(cell.choices(own, column.name))
        if chosen or own.added_words(column.name):
            column = copy(column)
            column.description += f". {allowed_text(model, column, plan, known).removesuffix('.')}"
        found.append(column)
    return found


def enter_row(
    kind: str,
    /,
    *,
    dry_run: DryRunOption = False,
    anyway: OddRowOption = False,
    year: YearOption = None,
    **given: str,
) -> None:
    """Enter one row; on a terminal what is missing is asked for."""
    cells = defaults_of(kind) | {name: text for name, text in given.items() if text}
    opened = year_of(row_kinds()[kind], cells, year)
    model = log_model(kind, opened.plan)
    cells = with_persons_told(model, cells, opened)
    if terminal.is_at_terminal() and missing_columns(model, cells, opened):
        ask_rows(kind, cells, opened, any_day=year is not None, dry_run=dry_run, anyway=anyway)
    else:
        save_row(entry_of_options(model, cells, opened, anyway), opened, dry_run, anyway)


def missing_columns(model: type[LogRecord], cells: dict[str, str], year: Year) -> list[str]:
    """The columns that every row needs, and that were not given."""
    given = {*cells, *(model.worker_columns()[:1] if context.me(year.project.root) else ())}
    return [column.name for column in model.columns() if column.required and column.name not in given]


def entry_of_options(
    model: type[LogRecord], cells: dict[str, str], year: Year, anyway: bool = False
) -> Entry:
    entry = checked_entry(model, cells, year, anyway)
    raise_mistakes(model, entry)
    return refuse_double(entry, year, anyway)


def year_of(log: str, cells: dict[str, str], year: str | None) -> Year:
    """The plan year that contains the date; the current one for a period, or a date that cannot be read."""
    project, date = context.open_project(), {"date": cells.get("date", "")}
    found, wrong = with_iso_dates(LOGS[log], date, context.today(), context.plan_days(project, year))
    is_told = not wrong and found["date"] and not cells.get(LOGS[log].reports_on)
    plan = context.chosen_plan(project, year, context.day(found["date"]) if is_told else None)
    make = partial(GrowingYear, log=log, today=context.today())
    return project.load(plan, logs_needed(log), make)
