"""`prt log KIND`: appends one row to a log. Its options and questions come from the log's class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from typing import Any

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.talk import Talk
from prt.console.options import DryRunOption, OddRowOption, YearOption
from prt.console.signature import Command, CommandGroup, with_columns
from prt.figures.moved import needed
from prt.figures.questions import allowed
from prt.files.project import Year
from prt.files.store.store import WrittenRow
from prt.files.yaml.words import read_topic
from prt.model.cells import LineCell, WordCell, cell_of_one
from prt.model.columns import Column, LogRecord
from prt.model.plan import Plan, known_of
from prt.model.records import LOGS, row_kinds
from prt.model.rows import Entry, Row, checked
from prt.problems import PrtError
from prt.tasks.entry.ask_row import Dialogue
from prt.tasks.entry.doubles import as_another, cells_text, double_of, refuse_double
from prt.tasks.entry.log_rows import complete_entry, raise_mistakes, refuse_names, with_iso_dates
from prt.tasks.entry.odd import refuse_odd
from prt.tasks.open_action import open_action


def log_model(kind: str) -> type[LogRecord]:
    """The log that rows of a kind go to."""
    return LOGS[row_kinds()[kind]]


def row_command(kind: str) -> Command:
    """`prt log KIND`: its options are the columns of the kind's log."""
    command: Any = partial(log_row, kind)
    command.__doc__ = log_model(kind).__doc__
    return with_columns(partial(columns, kind), panels=True)(command)


def columns(kind: str, words: Sequence[str]) -> list[Column]:
    """Those of its log; the help describes them with the words that the project's plan allows."""
    model = log_model(kind)
    return with_values(model) if {"--help", "-h"} & set(words) else list(model.columns())


def with_values(model: type[LogRecord]) -> list[Column]:
    """The columns as the help of a project describes them: with the words that its plan allows."""
    if (plan := plan_at_hand()) is None:
        return list(model.columns())
    known, found = known_of(plan, ()), []
    for column in plan.columns(model.log):
        cell = cell_of_one(column.cell)
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


def log_row(
    kind: str,
    /,
    *,
    dry_run: DryRunOption = False,
    anyway: OddRowOption = False,
    year: YearOption = None,
    **given: str,
) -> None:
    """Enter one row; on a terminal what is missing is asked for."""
    model = log_model(kind)
    cells = defaults_of(kind) | {name: text for name, text in given.items() if text}
    opened = year_of(model, cells, year)
    if terminal.is_at_terminal() and missing_columns(model, cells, opened):
        ask_rows(kind, cells, opened, any_day=year is not None, dry_run=dry_run, anyway=anyway)
    else:
        save_row(entry_of_options(model, cells, opened, anyway), opened, dry_run, anyway)


def missing_columns(model: type[LogRecord], cells: dict[str, str], year: Year) -> list[str]:
    """The columns that every row needs, and that were not given."""
    given = {*cells, *(["staff"] if context.me(year.project.root) else [])}
    return [
        column.name for column in year.plan.columns(model.log) if column.required and column.name not in given
    ]


def entry_of_options(
    model: type[LogRecord], cells: dict[str, str], year: Year, anyway: bool = False
) -> Entry:
    entry = complete_entry(model, cells, year, context.today(), context.me(year.project.root))
    entry = refuse_names(model, refuse_odd(entry, year, anyway), year, anyway)
    raise_mistakes(model, entry)
    return refuse_double(entry, year, anyway)


def ask_rows(
    kind: str, cells: dict[str, str], year: Year, *, any_day: bool, dry_run: bool, anyway: bool
) -> None:
    """Ask, save, and ask for another; Ctrl-C leaves without writing."""
    talk, model, me = terminal.open_talk(), log_model(kind), context.me(year.project.root)
    with_iso = with_iso_dates(model, cells, context.today(), year.plan.window)[0]
    while True:
        standings, today = messages.before(year, model.log), context.today()
        asked = Dialogue(
            model,
            year,
            with_iso,
            standings,
            talk,
            today=today,
            me=me,
            any_day=any_day,
            anyway=anyway,
            kind=kind,
        )
        entry = asked.run()
        if entry is None:
            context.say(talk.what_was_written())
            return
        wanted = (
            refuse_double(entry, asked.year, anyway)
            if anyway
            else ask_whether_double(talk, entry, asked.year)
        )
        if wanted:
            year = save_row(wanted, year, dry_run, anyway, asked.new_rows)
        if not talk.is_agreed(talk.say("another_or_undo" if wanted else "another"), True):
            return


def ask_whether_double(talk: Talk, entry: Entry, year: Year) -> Entry | None:
    """The entry; as another one where a row is alike, and None where it is the same thing."""
    twin = double_of(entry, year)
    if twin is None:
        return entry
    talk.tell(f"  {talk.say('looks_like', id=twin.name, cells=cells_text(twin))}")
    if talk.is_agreed(f"  {talk.say('log_all_the_same')}", False):
        return as_another(entry, year)
    context.say(talk.say("not_logged_again"))
    return None


def defaults_of(kind: str) -> dict[str, str]:
    return {"format": "meeting"} if kind == "meeting" else {}


def year_of(model: type[LogRecord], cells: dict[str, str], year: str | None) -> Year:
    """The plan year that contains the date; the current one for a period, or a date that cannot be read."""
    project, date = context.open_project(), {"date": cells.get("date", "")}
    found, wrong = with_iso_dates(model, date, context.today(), context.plan_days(project, year))
    if wrong or not found["date"] or (model.log == "deliverables" and cells.get("period")):
        return context.load_year(project, year, logs=needed(model.log))
    return context.load_year(project, year, context.day(found["date"]), needed(model.log))


def save_row(
    entry: Entry,
    year: Year,
    dry_run: bool,
    anyway: bool,
    new_rows: Sequence[tuple[str, Mapping[str, str]]] = (),
) -> Year:
    """Write the row, then say where it is and what moved. Returns the year as it is now.

    What another prt has logged meanwhile may be the same thing. `new_rows` are whom and what it names first.
    """
    log = entry.row.log
    if dry_run:
        old, after = messages.before(year, log), year.plus(entry.row)
        messages.print_line(
            f"Would be added to {year.project.shown(year.log_path(log))}; nothing was written."
        )
        messages.tell_moves(old, after, log)
        return year
    private = any(roster == "names" for roster, _ in new_rows)
    with open_action(year, f"prt log {log}", private=private) as action:
        now = year.as_now(needed(log))
        added = [one for roster, cells in new_rows for one in action.add(roster, [cells])]
        if added:
            now = year.project.load(year.path, needed(log))
        entry = entry if now is year else entry_as_now(entry, now, anyway)
        [written] = action.add(log, [entry.cells])
    for one in (*added, written):
        messages.note_written(f"Saved {one.id} ({one.place})")
    after = now.plus(row_of(entry, now, written))
    for one in (*added, written):
        messages.print_line(f"{saved_word()}  {one.id}   {one.place}")
    messages.tell_moves(messages.before(now, log), after, log)
    messages.tell_warnings(after, log, [written.id])
    return after


def saved_word() -> str:
    return read_topic("ask")[f"ask.saved.{context.session_language()}"]


def entry_as_now(entry: Entry, year: Year, anyway: bool) -> Entry:
    """The entry, checked against the rows and the people that there are by now."""
    again = complete_entry(entry.row.model, entry.cells, year, context.today(), None)
    raise_mistakes(entry.row.model, again)
    return refuse_double(entry, year, anyway)


def row_of(entry: Entry, year: Year, written: WrittenRow) -> Row:
    """The row that was written, where it was written."""
    model = entry.row.model
    values = checked(model, {**entry.cells, "id": written.id}, year.known).row.values
    return Row(model, written.file, written.line, values)


LINES = {"hours": "prt.commands.log_hours"}
"""What takes whole lines of words, by its module."""


class RowCommands(Mapping[str, Command | str]):
    """The command of each kind of row, made when it is asked for."""

    def __getitem__(self, kind: str) -> Command | str:
        return LINES[kind] if kind in LINES else row_command(kind)

    def __iter__(self) -> Iterator[str]:
        yield from (*row_kinds(), *LINES)

    def __len__(self) -> int:
        return len(row_kinds()) + len(LINES)


log = CommandGroup("Add one row: what happened. On a terminal it asks for what is missing.", RowCommands())
