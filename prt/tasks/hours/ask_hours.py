"""`prt log hours` on a terminal: line after line, or one line of which only what is missing is asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from prt.console import context
from prt.console.dialogue.talk import Talk
from prt.files.project import Year
from prt.files.unsaved_lines import UnsavedLines, lines_path, read_unsaved
from prt.problems import Mistake, Problem, PrtError
from prt.tasks.hours.hours_entries import HoursEntry, entries_of_hours
from prt.tasks.hours.hours_list import HoursList
from prt.tasks.hours.line_taker import HoursLine, LineTaker
from prt.tasks.hours.read_hours import line_place
from prt.tasks.hours.save_hours import save_hours


def ask_hours(talk: Talk, year: Year) -> Year | None:
    """Ask, save, say what moved. The year as it is then; None where nothing was saved."""
    asked = HoursList(talk, year, context.me(year.project.root) or "", context.today())
    if lines := asked.run():
        after = save_lines(asked, lines, year)
        asked.drop_saved()
        return after
    context.say(asked.say_what_waits() if asked.now.lines else talk.what_was_written())
    return None


def hours_begun(year: Year) -> dict[str, dt.date]:
    """The day of the last lines of hours that wait, if any do."""
    me, today = context.me(year.project.root) or "", context.today()
    kept = read_unsaved(year.project, lines_path(year.project, "hours", me)) or UnsavedLines()
    days = [one.day for one in kept.lines] or ([today] if kept.begun else [])
    return {"hours": max(days)} if days else {}


def take_line(talk: Talk, text: str, year: Year) -> None:
    """One line of the command: what it leaves out is asked, and it is saved."""
    asked = LineTaker(talk, year, context.me(year.project.root) or "", context.today())
    try:
        line = asked.complete(text, asked.today)
    except Mistake as mistake:
        raise PrtError(Problem.of(line_place(1, [text]), mistake), code=2) from None
    if line is None:
        raise PrtError(talk.what_was_written())
    talk.tell(f"  {asked.described(line.reading)}")
    save_lines(asked, [line], year)


def save_lines(asked: LineTaker, lines: Sequence[HoursLine], year: Year) -> Year:
    """Write the lines, unless another prt has written the same."""
    readings = [one.reading for one in lines]
    entries = [HoursEntry(*one.entries) for one in lines]
    return save_hours(
        entries, year, lambda now: entries_of_hours(readings, now, False, agreed=True), asked.new_rows
    )
