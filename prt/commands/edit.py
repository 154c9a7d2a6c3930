"""`prt edit ID --hours 2,5 --why …`: other values in one row; corrections.csv keeps the old ones and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from copy import copy
from operator import attrgetter
from typing import Annotated

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.talk import Talk
from prt.console.messages import tell_changes
from prt.console.options import DryRunOption, RowArgument, WhyOption, YearOption
from prt.console.signature import Option, with_columns
from prt.figures.standings import logs_needed
from prt.files.csv.rows import find_record
from prt.files.store.refusals import changed_meanwhile
from prt.files.yaml.words import say_phrase
from prt.model.columns import Column, LogRecord
from prt.model.records import LOGS, ROSTERS, hours_logs
from prt.model.rows import Entry, read_entry
from prt.model.view import group_by
from prt.output.screens.cell_words import spell_cell
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.at_entry import reason_at_entry
from prt.tasks.entry.ask_cells import ask_reason, ask_which_answers, save_or_leave
from prt.tasks.entry.ask_row import Dialogue
from prt.tasks.entry.doubtful_rows import refuse_odd
from prt.tasks.entry.hold_session import ask_status
from prt.tasks.entry.log_rows import complete_entry, raise_mistakes, with_persons_told
from prt.tasks.entry.newcomers import make_organisation_form
from prt.tasks.entry.waiting_answers import waiting_answers
from prt.tasks.find.find_row import Found, find_row
from prt.tasks.find.pick_row import begins_with_day, choose_row
from prt.tasks.hours.read_hours import read_changed_cells
from prt.tasks.open_action import open_action
from prt.tasks.people.correct_person import correct_person
from prt.tasks.people.find_person import listed_ids
from prt.tasks.row_warnings import tell_warnings
from prt.text import did_you_mean
from prt.values import replace

SWITCHES = ("--dry-run", "--anyway", "--help", "-h")
"""The options of this command behind which no value stands."""


def bare_words(words: Sequence[str]) -> Iterator[str]:
    """The words that are no option and no option's value: the command's name and the row."""
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            yield word
        elif word not in SWITCHES and "=" not in word:
            next(rest, None)


def columns_of_row(words: Sequence[str], logs: Mapping[str, type[LogRecord]] = LOGS) -> list[Column]:
    """The columns of the log that the row's id is of; of all logs where its beginning tells none."""
    models = [*logs.values(), *ROSTERS.values()]
    kinds = {word.split("-")[0] for word in bare_words(words) if word.count("-") in (1, 2)}
    asked = [model for model in models if model.prefix in kinds - {""}]
    by_name = group_by(
        (column for model in asked or models for column in model.columns()), attrgetter("name")
    )
    return [describe_together(same) for same in by_name.values()]


def columns_of_row_in_plan(words: Sequence[str]) -> list[Column]:
    plan = context.plan_at_hand(words)
    return columns_of_row(words, {log: plan.record_of(log) for log in LOGS} if plan else LOGS)


def describe_together(columns: Sequence[Column]) -> Column:
    """One column for those of that name in several logs; what differs between them is not said of all."""
    together = copy(columns[-1])
    if len({column.description for column in columns}) > 1:
        together.description = "Each log says what it is: prt edit ID --help"
    return together


@with_columns(columns_of_row, columns_of_row_in_plan)
def edit(
    row: RowArgument = None,
    *,
    why: WhyOption = None,
    dry_run: DryRunOption = False,
    anyway: Annotated[
        bool, Option("Though it is odd, or a text has a name, e-mail or telephone number.")
    ] = False,
    year: YearOption = None,
    **cells: str,
) -> None:
    """Other values in one row: prt edit ID --hours 2,5 --why "…". An empty one empties: --note ""."""
    project = context.open_project()
    if not cells and row and terminal.is_at_terminal() and {*row} <= listed_ids(project):
        correct_person(context.open_year(year), row[0], {}, why=why, dry_run=dry_run, anyway=anyway)
        return
    numbered = bool(row and len(row) > 1 and row[0].isdigit() and terminal.is_at_terminal())
    numbered = numbered and not begins_with_day(row or (), context.load_year(project, year))
    found = find_row(project, choose_row(project, row[:1] if row and numbered else row, year), year)
    if row and numbered and LOGS[found.log] in hours_logs():
        cells = {**read_changed_cells(row[1:], found.row, found.year), **cells}
    if not cells and not terminal.is_at_terminal():
        raise say_nothing_changes(found)
    asked = nullcontext(read_changes(found, cells, anyway)) if cells else ask_changes(found, anyway)
    with asked as changes:
        if changes:
            because = ask_reason(why or reason_at_entry(found), dry_run, project, anyway)
            write_changes(found, changes, because, dry_run)
        elif cells:
            raise say_nothing_changes(found)
        else:
            context.say(terminal.open_talk().say("unchanged"))


def say_nothing_changes(found: Found) -> PrtError:
    example = next(one.option for one in found.model.columns() if one.name not in ("id", "line"))
    return PrtError(Mistake("nothing_to_change", id=found.id, example=example), code=2)


def read_changes(found: Found, options: Mapping[str, str], anyway: bool = False) -> dict[str, str]:
    """The cells that the options change, as they are written. Every new mistake stops the command."""
    known, options = found.model.indexes(), with_persons_told(found.model, options, found.year)
    for name in options:
        if name not in known:
            hint = did_you_mean(name, known)
            raise PrtError(
                Mistake("no_such_column", id=found.id, log=found.log, name=name, hint=hint), code=2
            )
    refuse_new_mistakes(found, options, anyway)
    before, after = entries_of(found, options)
    asked = {name: text for name, text in cells_as_read(found).items() if name in options}
    return changed_cells(before.cells | asked, {name: after.cells.get(name, "") for name in known})


def refuse_new_mistakes(found: Found, options: Mapping[str, str], anyway: bool = False) -> None:
    """Stop where the row would have a mistake that it has not yet."""
    before, after = (refuse_odd(one, found.year, anyway) for one in entries_of(found, options))
    old = {(name, mistake.what) for name, mistake in before.mistakes}
    new = [(name, mistake) for name, mistake in after.mistakes if (name, mistake.what) not in old]
    raise_mistakes(found.model, after._replace(mistakes=tuple(new)))


def cells_as_read(found: Found) -> dict[str, str]:
    """The cells as the log would write them; one that cannot be read as it stands."""
    return read_entry(found.model, found.cells, found.year.known).cells


def changed_cells(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in new.items() if text != old.get(name, "")}


def entries_of(found: Found, options: Mapping[str, str]) -> tuple[Entry, Entry]:
    """The row before and after, each with its mistakes. Another person brings another role and board."""
    cells = found.cells
    if options.get("person", cells.get("person")) != cells.get("person"):
        cells = {name: text for name, text in cells.items() if name not in ("role", "board")}
    before = complete_entry(found.model, found.cells, found.year, context.today(), None)
    return before, complete_entry(found.model, cells | dict(options), found.year, context.today(), None)


@contextmanager
def ask_changes(found: Found, anyway: bool) -> Iterator[dict[str, str]]:
    """On a terminal: the questions of its log, where Enter takes what the row has; the answers wait until
    what stands in this block is done."""
    command = f"prt edit {found.id}"
    talk, today = terminal.open_talk(), context.today()
    if found.log not in LOGS:
        form = make_organisation_form(talk, found.year, today, {"code": found.id})
        form.own_code, form.cells, form.edited = found.id, {**found.cells}, found.cells
        with waiting_answers(form, found.year, command, found.cells) as waiting:
            form.ask_again(ask_which_answers(form, talk))
            save_or_leave(form, waiting)
            yield changed_cells(found.cells, form.all_cells())
        return
    dialogue = Dialogue(
        found.year.plan.record_of(found.log),
        found.year,
        {},
        talk,
        today=today,
        any_day=True,
        anyway=anyway,
        edited=found.cells,
    )
    held = ask_held(found, talk)
    with waiting_answers(dialogue, found.year, command, found.cells) as waiting:
        dialogue.ask_again(ask_which_answers(dialogue, talk))
        entry = dialogue.run()
        if entry is None:
            raise PrtError(waiting.stay())
        names = {column.name for column in dialogue.columns()}
        if entry.cells.get("person") != found.cells.get("person"):
            names |= {"role", "board"}  # those of the other person
        asked = {name: entry.cells.get(name, "") for name in found.model.header() if name in names}
        yield changed_cells(cells_as_read(found), asked | held)


def ask_held(found: Found, talk: Talk) -> dict[str, str]:
    """A planned session whose day has come: was it held?"""
    day = found.cells.get("date", "")
    if found.cells.get("status") != "planned" or day > context.today().isoformat():
        return {}
    told = spell_cell(Words(talk.language, found.year.plan), found.log, "date", day)
    return {"status": ask_status(talk, talk.say("was_held", id=found.id, day=told))}


def refuse_another_row(found: Found) -> None:
    """PrtError where somebody has changed the row since the new values were held against the others."""
    file = found.year.read_table(found.log)
    if file.cells(find_record(file, found.model, found.id)) != found.file.cells(found.record):
        raise changed_meanwhile(found.file.shown)


def write_changes(found: Found, changes: Mapping[str, str], why: str, dry_run: bool) -> None:
    """Change the row; say what it was, what it is, and what moved."""
    if dry_run:
        messages.print_line(say_phrase("not_changed", id=found.id, place=found.place))
        tell_changes(
            [{"column": name, "old": found.cells.get(name, ""), "new": changes[name]} for name in changes],
            found.year,
            found.log,
        )
        return
    with open_action(found.year, "prt edit") as action:
        now = found.year.as_now(logs_needed(found.log))
        refuse_another_row(found)
        if now is not found.year:
            refuse_new_mistakes(replace(found, year=now), changes, anyway=True)
        written, notes = action.edit(found.log, found.id, changes, why)
        after = found.year.again(logs_needed(found.log))
    messages.print_written(say_phrase("changed", id=written.id, place=written.place))
    tell_changes(notes, after, found.log)
    messages.tell_moves(messages.before(now, found.log), after, found.log)
    tell_warnings(after, found.log, [written.id])
