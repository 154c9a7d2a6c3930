"""Which session each file of an import goes to: named, recognised, asked for, or added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from prt.console import context
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.imports.proposing.proposal import ExportFile, digest_sheet
from prt.imports.proposing.session import (
    SessionGuess,
    find_alike,
    format_weekday,
    guess_session,
    is_session_on,
    list_export_days,
    name_hint,
    telling_topic,
)
from prt.model.rows import Row
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.find.find_row import find_row
from prt.tasks.imports.asking.ask_order import with_order
from prt.tasks.imports.asking.ask_session import ask_session
from prt.tasks.imports.asking.new_session import create_session
from prt.tasks.imports.import_options import ImportOptions, read_file
from prt.tasks.imports.import_sessions import SessionImport
from prt.values import replace

NamedSession = tuple["Year", "Row"]


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
