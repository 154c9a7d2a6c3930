"""Which session each file of an import goes to: named, recognised, asked for, or added."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import Talk
from prt.figures.standings import logs_needed
from prt.files.privacy.personal import traces
from prt.files.privacy.walk import known_names
from prt.files.project import Year
from prt.files.yaml.words import read_topic, say_phrase
from prt.imports.proposing.proposal import ExportFile, digest_sheet, there_on_other_days
from prt.imports.proposing.session import (
    SessionGuess,
    find_alike,
    format_weekday,
    guess_session,
    is_generic_topic,
    is_session_on,
    list_export_days,
    name_hint,
    nearest_sessions,
    telling_topic,
    title_words,
)
from prt.model.calendar import read_day
from prt.model.ids import new_id
from prt.model.records import Session
from prt.model.rows import Row, read_entry
from prt.problems import Mistake, Place, Problem, PrtError, ValueInWords
from prt.tasks.entry.ask_row import Dialogue
from prt.tasks.entry.doubtful_rows import TwinCells, as_another, double_of
from prt.tasks.entry.log_rows import complete_entry, raise_mistakes
from prt.tasks.entry.row_form import NEW
from prt.tasks.find.find_row import find_row
from prt.tasks.imports.asking.ask_order import with_order
from prt.tasks.imports.asking.drafts import Drafts
from prt.tasks.imports.import_options import ImportOptions, import_command, read_file
from prt.tasks.imports.import_sessions import SessionImport
from prt.text import fold_text
from prt.values import replace

TRACES = {"name": "trace_name", "email": "trace_email", "phone": "trace_phone"}
NamedSession = tuple["Year", "Row"]
CALLS = frozenset({"zoom", "teams", "meet"})
"""Sources of which everybody on the list was online."""
MOST_OFFERED, FEW_OFFERED = 12, 5


def read_files(path: Path, told: ImportOptions, day: dt.date | None) -> list[ExportFile]:
    """What a file says. A date that may be two is that on which a session of this title was, if the other
    is that of none."""
    try:
        return read_file(path, told, day)
    except PrtError as error:
        mistakes = [one.mistake for one in error.problems if isinstance(one, Problem)]
        doubtful = bool(mistakes) and all(one and one.code == "which_day_unknown" for one in mistakes)
        orders = (True, False) if doubtful else ()
        found = [files for order in orders if (files := read_in_order(path, told, order))]
        if len(found) != 1 and doubtful:
            return with_order(told, lambda said: read_file(path, said, day))[0]
        if len(found) != 1:
            raise
        first = found[0][0]
        read_as = format_weekday(list_export_days(first.export, first.shown)[0])
        context.say(say_phrase("dates_read_as", file=first.shown, day=read_as))
        return found[0]


def read_in_order(path: Path, told: ImportOptions, day_first: bool) -> list[ExportFile]:
    """The file with its dates in this order, if each list is of a session that is called like it."""
    try:
        files = read_file(path, replace(told, day_first=day_first, month_first=not day_first), None)
        sessions = open_session_year(files, told).data.logs["sessions"]
    except PrtError:
        return []
    guesses = [(file, guess_session(file.export, sessions, file.shown).session) for file in files]
    return files if all(session and is_called_like(file, session) for file, session in guesses) else []


def is_called_like(file: ExportFile, session: Row) -> bool:
    return bool(find_alike([session], telling_topic(file.export) or name_hint(file.shown)))


def find_named_session(told: ImportOptions) -> NamedSession:
    """The session of `--session`, and its plan year."""
    found = find_row(told.project, told.session or "", told.year)
    if found.log != "sessions":
        raise PrtError(Mistake("not_a_session", id=found.id, log=found.log), code=2)
    if found.row is None:
        raise PrtError(Mistake("session_has_error", id=found.id))
    if found.row["status"] == "cancelled":
        cancelled = Mistake("cancelled_session", session=found.id)
        raise PrtError(Problem.of(Place("--session"), cancelled))
    return found.year, found.row


def open_session_year(files: Sequence[ExportFile], told: ImportOptions) -> Year:
    """The plan year that contains the day of a file; the current one where no file tells a day."""
    days = [day for one in files for day in list_export_days(one.export, one.shown)]
    if told.cells.get("date"):
        days.insert(0, context.day(told.cells["date"], context.plan_days(told.project, told.year)))
    return context.load_year(
        told.project, told.year, days[0] if days and not told.year else None, logs_needed("attendance")
    )


def group_files(
    files: Sequence[ExportFile],
    year: Year,
    named: NamedSession | None,
    told: ImportOptions,
) -> list[SessionImport]:
    """The files by their sessions. Answers that tell no session go with the list of the same command."""
    if named:
        return [SessionImport(named[1], {}, "", [keep_days(file, named[1]) for file in files])]
    if told.create:
        return [create_session(files, year, told.cells, anyway=told.anyway)]
    parts: dict[str, SessionImport] = {}
    unclear: list[tuple[ExportFile, SessionGuess]] = []
    for file in (part for whole in files for part in split_register(whole, year.data.logs["sessions"])):
        found = guess_session(file.export, year.data.logs["sessions"], file.shown)
        if found.session:
            part = parts.setdefault(found.session.id, SessionImport(found.session, {}, found.how, []))
            part.files.append(file)
        else:
            unclear.append((file, found))
    for file, found in sorted(unclear, key=lambda pair: pair[0].export.kind == "feedback"):
        if len(parts) == 1 and file.export.kind == "feedback":
            next(iter(parts.values())).files.append(file)
        else:
            part = ask_session(file, found, year, told)
            parts.setdefault(part.session.id, part)
            if parts[part.session.id] is not part:
                parts[part.session.id].files.append(file)
    return list(parts.values())


def split_register(file: ExportFile, sessions: Sequence[Row]) -> list[ExportFile]:
    """A sheet with a column for each day as one file for each session; any other file as it is."""
    days = list_register_days(file)
    held = [row for row in sessions if row["status"] != "cancelled"]
    if len(days) < 2 or any(all(is_session_on(row, [day]) for day in days) for row in held):
        return [file]
    parts: dict[object, list[dt.date]] = {}
    for day in days:
        there = tuple(row.id for row in held if is_session_on(row, [day]))
        parts.setdefault(there or day, []).append(day)
    return [part_of_days(file, some) for some in parts.values()]


def keep_days(file: ExportFile, session: Row) -> ExportFile:
    """Of a sheet with a column for each day those of the session; any other file whole."""
    days = list_register_days(file)
    kept = [day for day in days if is_session_on(session, [day])]
    if not kept or len(kept) == len(days):
        return file
    part = part_of_days(file, kept)
    others = len(file.export.presences) - len(part.export.presences)
    context.say(say_phrase("other_days", others, file=file.shown, id=session.id))
    return part


def list_register_days(file: ExportFile) -> list[dt.date]:
    """The days of a sheet of presences; no other source has lists of several sessions."""
    found = file.export if (file.export.source, file.export.kind) == ("sheet", "attendance") else None
    return sorted({one.day for one in found.presences if one.day}) if found else []


def part_of_days(file: ExportFile, days: Sequence[dt.date]) -> ExportFile:
    """The presences of some days, as a file of its own."""
    kept = tuple(one for one in file.export.presences if one.day in days)
    starts = dt.datetime.combine(days[0], dt.time())
    export = replace(file.export, presences=kept, starts=starts)
    digest = digest_sheet(file.digest, ",".join(day.isoformat() for day in days))
    return ExportFile(f"{file.shown}, {', '.join(map(format_weekday, days))}", digest, export)


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


def list_first_cells(files: Sequence[ExportFile]) -> dict[str, str]:
    """What the files tell of their session: its days and its title."""
    lists = [one for one in files if one.export.kind == "attendance"]
    days = sorted(day for one in lists or files for day in list_export_days(one.export, one.shown))
    cells = {"title": next((one.export.topic for one in files if one.export.topic), "")}
    if days:
        cells |= {"date": days[0].isoformat(), "last_day": days[-1].isoformat() if days[-1] > days[0] else ""}
    return {name: text for name, text in cells.items() if text}


def list_told_cells(file: ExportFile) -> dict[str, str]:
    """What else a file tells, so that nobody is asked: people came, online where a program of calls says so,
    and who and how many will be counted from its rows."""
    if file.export.kind == "feedback":
        return dict.fromkeys(("respondents", "answered", "positive"), "") | {"feedback_form": "yes"}
    cells = dict.fromkeys(("participants", "boards", "evidence"), "") | {"status": "held"}
    return cells | ({"mode": "online"} if file.export.source in CALLS else {})


class TraceKinds(ValueInWords):
    """What stands in a text and is of a person: `a person and an e-mail address`."""

    def __init__(self, kinds: Collection[str]) -> None:
        self.words = [TRACES[kind] for kind in sorted(kinds)]

    def text(self, language: str) -> str:
        told = read_topic("told")
        return told[f"told.and.{language}"].join(told[f"told.{word}.{language}"] for word in self.words)


def explain_no_title(topic: str, year: Year) -> Mistake | None:
    """Why the topic of a meeting is not to stand in a public file; None where it may."""
    if found := {one.kind for one in traces(topic, known_names(year.project))}:
        return Mistake("topic_names_somebody", topic=topic, named=TraceKinds(found))
    return Mistake("topic_says_nothing", topic=topic) if topic and is_generic_topic(topic) else None


def create_session(
    files: Sequence[ExportFile], year: Year, given: Mapping[str, str], *, anyway: bool
) -> SessionImport:
    """A session from the options; every mistake stops the command, and a session that is alike too, unless
    it is said that this is another one."""
    cells = {**list_first_cells(files), **given}
    if "title" not in given and (why := explain_no_title(cells.get("title", ""), year)):
        raise PrtError(Problem.of(Place(files[0].shown), why), code=2)
    model = year.plan.record_of(Session.log)
    entry = complete_entry(model, cells, year, context.today(), context.me(year.project.root))
    raise_mistakes(model, entry)
    twin = double_of(entry, year)
    if twin and not anyway:
        mistake = Mistake("session_is_alike", id=twin.name, cells=TwinCells(twin, year))
        raise PrtError(Problem.of(twin.place(), mistake), code=2)
    return prepare_session((as_another(entry, year) if twin else entry).cells, list(files), year)


def ask_new_session(file: ExportFile, year: Year, talk: Talk, drafts: Drafts) -> SessionImport:
    """A session from the questions of `prt log`; nothing is written yet."""
    me = context.me(year.project.root)
    cells = {**list_first_cells([file]), **list_told_cells(file)}
    if explain_no_title(cells.get("title", ""), year):
        cells.pop("title", None)
    dialogue = Dialogue(year.plan.record_of(Session.log), year, cells, talk, today=context.today(), me=me)
    drafts.wait(dialogue, year, import_command([file]), "session")
    entry = dialogue.run()
    if entry is None:
        raise PrtError(*filter(None, [drafts.stay()]))
    return prepare_session(entry.cells, [file], year)


def prepare_session(cells: Mapping[str, str], files: list[ExportFile], year: Year) -> SessionImport:
    """The new session with its id, as a row that is not written yet."""
    day, taken = context.day(cells["date"], year.plan.window), set(year.read_table("sessions").column("id"))
    named = {**cells, "id": new_id(Session.prefix, day, taken, random.SystemRandom())}
    return SessionImport(
        read_entry(year.plan.record_of(Session.log), named, year.known).row, named, "", files
    )
