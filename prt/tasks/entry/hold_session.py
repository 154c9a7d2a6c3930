"""A planned session whose day has come: was it held, and what is known of it now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from prt.console import context, messages
from prt.console.dialogue.inquiry import Back, Choice
from prt.console.dialogue.talk import Talk
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.model.records import Session
from prt.model.rows import Row
from prt.tasks.entry.ask_row import Dialogue
from prt.tasks.entry.waiting_answers import waiting_answers
from prt.tasks.open_action import open_action

HELD = "held as planned"
"""The reason that corrections.csv keeps."""


def sessions_due(year: Year, today: dt.date) -> Iterator[Row]:
    rows = year.data.logs[Session.log]
    return (row for row in reversed(rows) if row["status"] == "planned" and row.day <= today and row.id)


def hold_session(row: Row, talk: Talk, year: Year) -> Year | None:
    """Ask what the row has not yet, and write it; None where nothing is written."""
    status = ask_status(talk, talk.say("held"))
    if status != "held":
        return None if status == "planned" else write_status(row, talk, year, {"status": status})
    asked, cells = make_dialogue(row, talk, year)
    with waiting_answers(asked, year, f"prt edit {row.id}") as waiting:
        entry = asked.run()
        if entry is None:
            context.say(waiting.stay())
            return None
        rest = {name: text for name, text in entry.cells.items() if text != cells.get(name, "")}
        return write_status(row, talk, year, {"status": status} | rest)


def write_status(row: Row, talk: Talk, year: Year, changes: Mapping[str, str]) -> Year:
    """Write it, and say what moved."""
    with open_action(year, "prt log") as action:
        now = year.as_now(logs_needed(Session.log))
        written, _ = action.edit(Session.log, row.id, changes, HELD)
    messages.print_written(f"{talk.say('saved')}  {written.id}   {written.place}")
    after = now.again(logs_needed(Session.log))
    messages.tell_moves(messages.before(now, Session.log), after, Session.log)
    return after


def ask_status(talk: Talk, text: str) -> str:
    """Whether a session was held or cancelled; it is still planned where somebody says neither."""
    cancelled = Choice("cancelled", ["cancelled", "annulée"], talk.say("cancelled"))
    answer = talk.ask(talk.yes_or_no(text, True, [cancelled]))
    if isinstance(answer, (bool, Back)):
        return "held" if answer is True else "planned"
    return answer


def make_dialogue(row: Row, talk: Talk, year: Year) -> tuple[Dialogue, dict[str, str]]:
    """The questions that the row does not answer yet, and the cells that it has."""
    columns = [one for one in row.model.columns() if row[one.name] not in (None, ())]
    cells = {one.name: one.cell.write(row[one.name]) for one in columns if one.name not in ("id", "status")}
    model = year.plan.record_of(Session.log)
    asked = Dialogue(model, year, {}, talk, today=context.today(), any_day=True, edited=cells)
    asked.done = [one.key for one in asked.questions() if cells.get(one.key)]
    return asked, cells
