"""`prt import` without a file: which of the tables that were downloaded lately are exports, and of what."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Inquiry
from prt.figures.standings import logs_needed
from prt.files import own_folders
from prt.files.project import Year
from prt.files.provenance import ImportRecord
from prt.files.workbook.grid import read_foreign
from prt.files.yaml.words import say_phrase
from prt.imports.proposing.history import read_record_rows
from prt.imports.proposing.proposal import ExportFile, make_export_files
from prt.imports.proposing.session import guess_session
from prt.problems import Mistake, PrtError, errors
from prt.tasks.imports.asking.ask_session import describe_topic
from prt.tasks.imports.import_options import ImportOptions

RECENT_DAYS = 14


def ask_files(told: ImportOptions) -> list[str]:
    """The downloaded exports that somebody at the terminal wants imported."""
    if not terminal.is_at_terminal():
        raise PrtError(Mistake("name_files"), code=2)
    year = context.load_year(told.project, told.year, None, logs_needed("attendance"))
    found = list(find_exports(year))
    if not found:
        folder = own_folders.downloads_folder()
        raise PrtError(Mistake("no_new_export", folder=folder, days=RECENT_DAYS))
    messages.print_line(
        say_phrase("in_downloads", folder=own_folders.downloads_folder().name, days=RECENT_DAYS)
    )
    for number, (path, file) in enumerate(found, 1):
        messages.print_line(f" {number:>2}  {path.name}  {describe_export(file, year)}")
    return [str(found[at][0]) for at in ask_places(len(found))]


def find_exports(year: Year) -> Iterator[tuple[Path, ExportFile]]:
    """Lists of presences and answers to forms that were not imported yet; other tables are passed over."""
    known = {row["digest"] for row in read_record_rows(year, ImportRecord)}
    for path in own_folders.recent_downloads(context.now() - dt.timedelta(days=RECENT_DAYS)):
        found = read_foreign(path, path.name)
        if found.grids and not errors(found.problems):
            files = make_export_files(found.grids, path.name, found.digest)
            new = [file for file in files if file.digest not in known]
            if new and new[0].export.kind in ("attendance", "feedback"):
                yield path, new[0]


def describe_export(file: ExportFile, year: Year) -> str:
    """`zoom, 26 rows, Wed 12 Feb 2025, "Family engagement" → w-20250212-h2vd Family Engagement`"""
    export = file.export
    number = say_phrase("connections", len(export.presences)) if export.presences else ""
    number = number or say_phrase("answers", len(export.answers))
    session = guess_session(export, year.data.logs["sessions"]).session
    to = f"→ {session.id}  {session['title']}" if session else say_phrase("session_below")
    return f"{export.source}, {number}, {describe_topic(file)}  {to}"


def ask_places(number: int) -> Sequence[int]:
    """The places in the list that were asked for."""
    talk = terminal.open_talk()
    question = Inquiry(
        talk.say("import_which"), lambda text: read_places(text, number), hint=talk.say("import_hint")
    )
    return talk.ask_alone(question)


def read_places(text: str, number: int) -> Sequence[int]:
    """`1 2` as places of a list; nothing is all of them."""
    words = re.split(r"[\s,;]+", text.strip()) if text.strip() else []
    if not all(one.isascii() and one.isdigit() and 1 <= int(one) <= number for one in words):
        raise Mistake("not_numbers_of_list", text=text, most=number)
    return [int(one) - 1 for one in dict.fromkeys(words)] or range(number)
