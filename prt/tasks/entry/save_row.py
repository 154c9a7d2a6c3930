"""A row of a log asked for and written, with what moved."""

from __future__ import annotations

import datetime as dt

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.talk import Talk
from prt.figures.standings import logs_needed
from prt.files.kept.growing_year import GrowingYear
from prt.files.project import Year
from prt.files.store.store import WrittenRow
from prt.files.unsaved_lines import UnsavedLines, lines_path, read_unsaved
from prt.files.yaml.words import kind_word, read_topic, say_phrase
from prt.model.columns import LogRecord
from prt.model.plan import Plan
from prt.model.records import LOGS, row_kinds, row_words
from prt.model.rows import Entry, Row, read_entry
from prt.tasks.entry.ask_row import Dialogue
from prt.tasks.entry.doubtful_rows import ask_difference, double_of, refuse_double, with_note
from prt.tasks.entry.log_rows import complete_entry, raise_mistakes, with_iso_dates, with_words
from prt.tasks.entry.newcomers import open_entry
from prt.tasks.entry.waiting_answers import NewRows, waiting_answers
from prt.tasks.row_warnings import tell_warnings

LOG_COMMAND = "prt log "


def log_model(kind: str, plan: Plan) -> type[LogRecord]:
    """The class of the rows of a kind, as a plan has it."""
    return plan.record_of(row_kinds()[kind])


def ask_rows(
    kind: str, cells: dict[str, str], year: Year, *, any_day: bool, dry_run: bool, anyway: bool
) -> None:
    """Ask, save, and ask for another; Ctrl-C leaves without writing."""
    talk, goes_on = terminal.open_talk(), True
    while goes_on:
        after = ask_row(talk, kind, cells, year, any_day=any_day, dry_run=dry_run, anyway=anyway)
        if after is None:
            return
        word = "another" if after is year else "another_or_undo"
        asked = talk.say(word, kind=kind_word(kind, talk.language))
        year, goes_on = after, talk.is_agreed(asked, True)


def ask_row(
    talk: Talk,
    kind: str,
    cells: dict[str, str],
    year: Year,
    *,
    any_day: bool = False,
    dry_run: bool = False,
    anyway: bool = False,
    leads_back: bool = False,
) -> Year | None:
    """Ask for one row and save it: the year with it, the same year where it is there already; None for no,
    and for `<` at the first question where that `leads_back`."""
    model, me = log_model(kind, year.plan), context.me(year.project.root)
    known = with_words(model, cells, year, context.today())[0]
    known = with_iso_dates(model, known, context.today(), year.plan.window)[0]
    asked = Dialogue(
        model,
        year,
        known,
        talk,
        today=context.today(),
        me=me,
        any_day=any_day,
        anyway=anyway,
        kind=kind,
        leads_back=leads_back,
    )
    with waiting_answers(asked, year, LOG_COMMAND + kind) as waiting:
        entry = asked.run()
        if entry is None:
            context.say(waiting.stay())
            return None
        if anyway:
            wanted: Entry | None = refuse_double(entry, asked.year, anyway)
        else:
            wanted = ask_whether_double(talk, entry, asked.year)
        return save_row(wanted, year, dry_run, anyway, asked.new_rows) if wanted else year


def ask_whether_double(talk: Talk, entry: Entry, year: Year) -> Entry | None:
    """The entry; with a note on how it differs where a row is alike, and None where it is the same thing."""
    while twin := double_of(entry, year):
        note = ask_difference(talk, twin, year, twin.name)
        if note is None:
            context.say(talk.say("not_logged_again"))
            return None
        entry = with_note(entry, note, year)
    return entry


def kinds_begun(year: Year) -> dict[str, dt.date]:
    """The kinds of rows of which answers wait, each with the day of the last ones."""
    path = lines_path(year.project, "answers", context.me(year.project.root) or "")
    kept = read_unsaved(year.project, path) or UnsavedLines()
    about = {one.about.removeprefix(LOG_COMMAND): one.day for one in kept.lines}
    return {kind: day for kind, day in about.items() if kind in row_kinds()}


def defaults_of(kind: str) -> dict[str, str]:
    """The cells that are known of a row by what it is called."""
    return {**LOGS[row_words()[kind]].told_by_kind.get(kind, {})}


def save_row(entry: Entry, year: Year, dry_run: bool, anyway: bool, new_rows: NewRows = ()) -> Year:
    """Write the row, then say where it is and what moved. Returns the year as it is now.

    What another prt has logged meanwhile may be the same thing. `new_rows` are whom and what it names first.
    """
    log = entry.row.log
    if dry_run:
        old, after = messages.before(year, log), year.plus(entry.row)
        messages.print_line(say_phrase("would_be_added", file=year.project.shown(year.log_path(log))))
        messages.tell_moves(old, after, log)
        return year
    with open_entry(year, f"prt log {log}", logs_needed(log), new_rows) as (action, added, now):
        entry = entry if now is year else entry_as_now(entry, now, anyway)
        [written] = action.add(log, [entry.cells])
        raw = now.bytes_of(log)
    saved = read_topic("ask")[f"ask.saved.{context.session_language()}"]
    for one in (*added, written):
        messages.print_written(f"{saved}  {one.id}   {one.place}")
    after = now.plus(row_of(entry, now, written))
    messages.tell_moves(messages.before(now, log), after, log)
    tell_warnings(after, log, [written.id])
    if isinstance(now, GrowingYear) and not added:
        now.keep(after, raw)
    return after


def entry_as_now(entry: Entry, year: Year, anyway: bool) -> Entry:
    """The entry, checked against the rows and the people that there are by now."""
    again = complete_entry(entry.row.model, entry.cells, year, context.today(), None)
    raise_mistakes(entry.row.model, again)
    return refuse_double(entry, year, anyway)


def row_of(entry: Entry, year: Year, written: WrittenRow) -> Row:
    """The row that was written, where it was written."""
    model = entry.row.model
    values = read_entry(model, {**entry.cells, "id": written.id}, year.known).row.values
    return Row(model, written.file, written.line, values)
