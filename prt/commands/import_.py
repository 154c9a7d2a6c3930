"""`prt import FILE…`: exports of Zoom, Teams, forms, calendars, spreadsheets become rows, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.signature import Argument, with_columns
from prt.files.privacy.misplaced import SHEETS
from prt.files.trace.disk_questions import is_on_disk, is_stored_file
from prt.files.workbook.filled_book import read_filled_book
from prt.imports.proposing.preview import describe_file
from prt.model.columns import Column, LogRecord
from prt.model.records import LOGS, Session, children_of
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.imports.choose_session import find_named_session, group_files, open_session_year, read_files
from prt.tasks.imports.find_downloads import ask_files
from prt.tasks.imports.import_events import import_events
from prt.tasks.imports.import_options import ImportOptions
from prt.tasks.imports.import_rows import import_rows
from prt.tasks.imports.import_sessions import import_sessions, print_lines, refuse_mixture
from prt.tasks.sheets.take_book import take_book
from prt.text import option_name
from prt.values import replace

TOLD = frozenset({"id"}).union(Session.unprompted, *(LOGS[log].fills for log in children_of(Session.log)))
"""Columns of a new session that are not asked for: the files tell them, or they are put right later."""

Files = Annotated[
    list[str] | None,
    Argument("What was exported; several of one day. Else: what was downloaded lately.", metavar="[FILE…]"),
]


def session_columns(words: Sequence[str], model: type[LogRecord] = Session) -> list[Column]:
    """The columns of a session that is to be added, but those that the import tells."""
    return [column for column in model.columns() if column.name not in TOLD]


def session_columns_of_plan(words: Sequence[str]) -> list[Column]:
    plan = context.plan_at_hand(words)
    return session_columns(words, plan.record_of(Session.log) if plan else Session)


@with_columns(session_columns, session_columns_of_plan, panels=True)
def import_(options: ImportOptions, files: Files = None, **session: str) -> None:
    """Attendance, feedback or rows of a file: a preview, then all of it or nothing."""
    told = with_session(options, {name: text for name, text in session.items() if text})
    if not files:
        files = ask_files(told)
    told.drafts.paths = [find_file(one, told) for one in files]
    with told.drafts:
        import_paths(told.drafts.paths, told)
        if told.dry_run:
            told.drafts.stay()


def find_file(name: str, told: ImportOptions) -> str:
    """A bare name that is none here is that of a workbook where `prt sheet` puts them, if it is there."""
    if Path(name).name != name or is_on_disk(Path(name)):
        return name
    sheet = told.project.private / SHEETS / name
    return str(sheet) if is_stored_file(sheet) else name


def import_paths(paths: Sequence[str], told: ImportOptions) -> None:
    """Read every file: a workbook of prt, events of a calendar, rows of a sheet, or what sessions get."""
    books = [book for path in paths if (book := read_filled_book(Path(path), Path(path).name))]
    if books and len(paths) > 1:
        raise PrtError(Problem.of(Place(paths[0]), Mistake("sheet_goes_by_itself")), code=2)
    if books:
        take_book(books[0], Path(paths[0]), told)
        return
    named = find_named_session(told) if told.session else None
    day = named[1]["date"] if named else told.date
    files = [file for path in paths for file in read_files(Path(path), told, day)]
    if any(file.export.kind == "events" for file in files):
        import_events(files, told)
        return
    refuse_mixture(files, told)
    if told.into or files[0].export.kind == "rows":
        import_rows(files, told)
        return
    year = named[0] if named else open_session_year(files, told)
    for file in files:
        print_lines(describe_file(file))
    import_sessions(group_files(files, year, named, told), year, told)


def with_session(told: ImportOptions, session: dict[str, str]) -> ImportOptions:
    """The options with the cells of a session to be added."""
    if told.day_first and told.month_first:
        raise PrtError(Mistake("day_orders_contradict"), code=2)
    if session and not told.create:
        raise PrtError(Mistake("session_needs_create", option=option_name(next(iter(session)))), code=2)
    return replace(told, cells=session)
