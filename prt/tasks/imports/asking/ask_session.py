"""Which session a file is of: asked for on a terminal, or told a script."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Inquiry
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.imports.proposing.proposal import ExportFile, there_on_other_days
from prt.imports.proposing.session import (
    SessionGuess,
    format_weekday,
    is_session_on,
    list_export_days,
    nearest_sessions,
    title_words,
)
from prt.model.calendar import read_day
from prt.model.rows import Row
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.row_form import NEW
from prt.tasks.imports.asking.new_session import ask_new_session
from prt.tasks.imports.import_options import ImportOptions, import_command
from prt.tasks.imports.import_sessions import SessionImport
from prt.text import fold_text

MOST_OFFERED, FEW_OFFERED = 12, 5


def ask_session(file: ExportFile, found: SessionGuess, year: Year, told: ImportOptions) -> SessionImport:
    """On a terminal the session is asked for, or added; a script is told what to write."""
    if not terminal.is_at_terminal():
        raise PrtError(which_session_problem(file, found, year), code=2)
    talk, sessions = terminal.open_talk(), year.data.logs["sessions"]
    offered = possible_sessions(file, found, year)[:MOST_OFFERED]
    talk.tell(talk.say("which_session", file=file.shown, topic=describe_topic(file)))

    def read_session(text: str) -> str:
        """The session's id; `n` for a new one. Of several that it may be the list is shown, to be chosen
        from."""
        if fold_text(text) in NEW:
            return NEW[0]
        meant = match_sessions(text, offered, sessions)
        if len(meant) > 1:
            offered[:] = meant[:MOST_OFFERED]
            raise Mistake("one_of_these", text=text, listed="\n".join(session_lines(offered)))
        if not meant:
            raise Mistake("none_of_them", text=text)
        if other := there_on_other_days(meant[0], list_days_there(file)):
            raise other
        return meant[0].id

    question = Inquiry(
        talk.say("session"),
        read_session,
        hint=talk.say("session_hint"),
        above=session_lines(offered),
        words=[row["title"] for row in sessions],
        explain=lambda: talk.say("session_help").split("\n"),
    )
    known = {row.id: f"{format_weekday(row['date'])}  {row['title']}" for row in sessions}
    chosen = told.ask_once(
        talk, import_command([file]), "which session", question, {**known, NEW[0]: talk.say("new_session")}
    )
    if chosen == NEW[0]:
        return ask_new_session(file, year, talk, told.drafts)
    row = next(row for row in sessions if row.id == chosen)
    return SessionImport(row, {}, say_phrase("as_you_said"), [file])


def session_lines(sessions: Sequence[Row]) -> list[str]:
    return [
        f"  {number:>2}  {row.id}  {format_weekday(row['date'])}  {row['title']}"
        for number, row in enumerate(sessions, 1)
    ]


def possible_sessions(file: ExportFile, found: SessionGuess, year: Year) -> list[Row]:
    """The sessions that fit in part; else those nearest to the day of the file, or to today."""
    today = context.today()
    day = next(iter(list_export_days(file.export, file.shown)), today)
    offered = list(found.others) or nearest_sessions(year.data.logs["sessions"], day, today)
    return [row for row in offered if not there_on_other_days(row, list_days_there(file))]


def list_days_there(file: ExportFile) -> set[dt.date]:
    """The days on which people were there by their times; no other session can have them."""
    return {stay.joined.date() for one in file.export.presences for stay in one.stays}


def match_sessions(text: str, offered: Sequence[Row], sessions: Sequence[Row]) -> list[Row]:
    """The sessions that a number, an id, a date or words of a title mean."""
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(offered):
        return [offered[int(text) - 1]]
    if found := [row for row in sessions if row.id == text]:
        return found
    known = [row for row in sessions if row["status"] != "cancelled"]
    with suppress(Mistake):
        day = read_day(text, context.today())
        return [row for row in known if is_session_on(row, [day])]
    wanted = set(title_words(text).split())
    return [row for row in known if wanted and wanted <= set(title_words(row["title"]).split())]


def describe_topic(file: ExportFile) -> str:
    """`16 October 2024, "Back to basics"`, as far as the file tells."""
    days = [format_weekday(day) for day in list_export_days(file.export, file.shown)[:2]]
    topic = [say_phrase("quoted", text=file.export.topic)] if file.export.topic else []
    return ", ".join([*days, *topic]) or say_phrase("no_topic")


def which_session_problem(file: ExportFile, found: SessionGuess, year: Year) -> Problem:
    """What a script is to write, with the sessions that it may be."""
    offered = possible_sessions(file, found, year)[: MOST_OFFERED if found.others else FEW_OFFERED]
    listed = "".join(f"\n  {row.id}  {format_weekday(row['date'])}  {row['title']}" for row in offered)
    place, topic = Place(file.shown), describe_topic(file)
    if not found.others:
        return Problem.of(place, Mistake("no_session_of_day", topic=topic, listed=listed))
    one = found.others[0].id if len(found.others) == 1 else "ID"
    return Problem.of(place, Mistake("which_session", topic=topic, session=one, listed=listed))
