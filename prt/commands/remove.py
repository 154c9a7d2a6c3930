"""`prt remove ID --why …`: takes a row out; corrections.csv keeps its line and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from prt import spoken
from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.consent import confirm_preview
from prt.console.options import AnywayOption, RowArgument, WhyOption, YearOption
from prt.console.signature import Option
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.model.records import children_of
from prt.output.screens.cell_words import spell_cell
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.at_entry import reason_at_entry
from prt.tasks.entry.ask_cells import ask_reason
from prt.tasks.find.find_row import Found, find_row
from prt.tasks.find.pick_row import choose_row
from prt.tasks.open_action import open_action
from prt.tasks.show_row import print_row

WithRows = Annotated[
    bool, Option("Its attendance and feedback rows too, where it has any.", name="--with-rows")
]


def remove(
    row: RowArgument = None,
    why: WhyOption = None,
    with_rows: WithRows = False,
    anyway: AnywayOption = False,
    year: YearOption = None,
) -> None:
    """Take a row out. Its line and the reason are kept, and prt undo brings it back."""
    project = context.open_project()
    name = choose_row(project, row, year)
    found = find_row(project, name, year)
    children = child_rows(found, found.year)
    if children and not with_rows:
        listed = say_phrase("and").join(
            say_phrase("log_rows", len(ids), log=log) for log, ids in children.items()
        )
        raise PrtError(Mistake("has_rows", id=found.id, rows=listed), code=2)
    if [name] != list(row or ()):  # it was picked
        print_row(found)
        if not confirm_preview("remove_it", yes=False, enter=True):
            raise PrtError(terminal.open_talk().what_was_written())
    remove_rows(found, children, ask_reason(why or reason_at_entry(found), False, project, anyway))


def remove_rows(found: Found, children: Mapping[str, list[str]], because: str) -> None:
    """Take out a row after those that belong to it, in one action; say what moved."""
    with open_action(found.year, "prt remove") as action:
        now = found.year.as_now(logs_needed(found.log))
        if child_rows(found, now) != children:
            raise PrtError(Mistake("rows_changed", id=found.id))
        for log, ids in children.items():
            action.remove(log, ids, because)
        action.remove(found.log, [found.id], because)
        after = found.year.again(logs_needed(found.log))
    told = say_phrase("removed", id=found.id, place=found.place, what=describe_removed(found))
    messages.print_written(told.rstrip())
    for log, ids in children.items():
        messages.print_line(say_phrase("with_rows", len(ids), log=log))
    messages.tell_moves(messages.before(now, found.log), after, found.log)
    context.say(say_phrase("undo"))


def child_rows(found: Found, year: Year) -> dict[str, list[str]]:
    """Ids of the rows that belong to this one, such as attendance, which would be left without it."""
    logs = year.data.logs
    rows = {
        log: [row.id for row in logs[log] if row["session"] == found.id] for log in children_of(found.log)
    }
    if any("" in ids for ids in rows.values()):
        raise PrtError(Mistake("rows_without_id", id=found.id))
    return {log: ids for log, ids in rows.items() if ids}


def describe_removed(found: Found) -> str:
    """What the row was, in a few words."""
    words = Words(spoken.language, found.year.plan, found.year.data.organisations)
    shown = ("date", "line", "title", "hours", "organisation")
    return " · ".join(
        spell_cell(words, found.log, name, found.cells[name]) for name in shown if name in found.cells
    )
