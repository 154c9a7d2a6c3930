"""What happened before the first day: the plan that was sent, the hours in a sheet of one's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from prt.console import context, messages
from prt.console.dialogue.inquiry import NO, YES, Inquiry
from prt.console.dialogue.talk import INDENT, Left, Talk
from prt.files.project import Year
from prt.files.trace.disk_questions import is_stored_file
from prt.imports.plain.headings import fitting_logs
from prt.model.calendar import read_day
from prt.model.records import ACTION_PLAN, Deliverable, hours_logs
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.entry.log_rows import checked_cells
from prt.tasks.imports.choose_session import read_files
from prt.tasks.imports.import_options import ImportOptions
from prt.tasks.imports.import_rows import import_rows
from prt.tasks.open_action import open_action
from prt.tasks.start.open_steps import ask_step, say_start
from prt.tasks.start.place import mistake_of
from prt.tasks.start.team import is_later
from prt.text import fold_text, quote_word
from prt.values import replace


def ask_plan_sent(talk: Talk, year: Year) -> None:
    """The day the plan went to its funder, written as `prt log deliverable` would."""
    words = Words(talk.language, year.plan)
    question = Inquiry(
        say_start(talk.language, "sent", funder=year.plan.funder.name),
        lambda text: read_sent(text, year),
        enter="n",
        bracket=say_start(talk.language, "sent_bracket"),
        explain=lambda: [say_start(talk.language, "sent_help")],
    )
    day = ask_step(talk, question)
    if day is None:
        return
    log = year.plan.record_of(Deliverable.log)
    title = say_start(talk.language, "plan_title", year=year.plan.year)
    cells = checked_cells(log, {"kind": ACTION_PLAN, "title": title, "date": day.isoformat()}, year)
    with open_action(year, "prt start") as action:
        (written,) = action.add(log.log, [cells])
        after = action.year.again()
    talk.tell(f"{INDENT}{words.weekday(day)}")
    messages.note_written(f"{talk.say('saved')}  {written.id}")
    for line in messages.moved_lines(messages.before(year, log.log), after, log.log):
        talk.tell(line)


def read_sent(text: str, year: Year) -> dt.date | None:
    """The day; None for not yet. Raises Mistake."""
    word = fold_text(text)
    if word in NO:
        return None
    if word in YES:
        raise Mistake("which_day_sent")
    day = read_day(text, context.today(), year.plan.window)
    if day > context.today():
        raise Mistake("day_to_come", day=day, log=Deliverable.log)
    return day


def ask_past_hours(talk: Talk, year: Year) -> None:
    """Hours that stand in a sheet of one's own, taken in as `prt import` does; later is an answer too."""
    question = Inquiry(
        say_start(talk.language, "hours"),
        read_sheet_path,
        hint=say_start(talk.language, "hours_hint"),
        explain=lambda: [say_start(talk.language, "hours_help")],
    )
    path = ask_step(talk, question)
    if path is None:
        return
    told = ImportOptions()
    told.drafts.paths = [str(path)]
    try:
        with told.drafts:
            files = read_files(path, told, None)
            fitting = fitting_logs(files[0].export.header, year.plan)
            of_hours = (log for log in fitting if year.plan.record_of(log).gives_hours())
            into = next(of_hours, hours_logs()[0].log)
            import_rows(files, replace(told, into=into))
    except Left:
        raise
    except PrtError as error:
        talk.tell_mistake(mistake_of(error))
        talk.tell(INDENT + say_start(talk.language, "hours_later", path=quote_word(str(path))))


def read_sheet_path(text: str) -> Path | None:
    """A file that is there; None for later. Raises Mistake."""
    if is_later(text):
        return None
    path = Path(text.strip('"')).expanduser()
    if not is_stored_file(path):
        raise Mistake("no_file_there", path=path)
    return path
