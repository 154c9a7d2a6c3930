"""`prt sheet`: a workbook of rows, put where names may be, and never over one that was filled since."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from prt.console import context
from prt.files.outputs import refuse_led_away
from prt.files.privacy.misplaced import SHEETS
from prt.files.project import Project, Year
from prt.files.store.disk import ANYONE, OWNER_FILE, write_atomic
from prt.files.store.staging import stage
from prt.files.trace.disk_questions import is_folder, is_stored_file
from prt.files.workbook.book_writer import book_bytes
from prt.files.workbook.filled_book import read_filled_book
from prt.files.workbook.given_book import GivenBook
from prt.files.workbook.mark_file import is_open
from prt.model.ids import new_id
from prt.model.records import LOGS, hours_logs
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.imports.import_options import ImportOptions
from prt.tasks.sheets.make_book import BookMaker
from prt.tasks.sheets.read_book import read_taken
from prt.text import fold_text, quote_word
from prt.values import dataclass


@dataclass(frozen=True)
class GivenFile:
    """A workbook that was written, and what is in it."""

    path: Path
    book: GivenBook
    maker: BookMaker


def give_book(year: Year, logs: Sequence[str], *, named: bool) -> GivenFile:
    """Write the workbook of these logs. PrtError where nobody knows whose hours are meant, where names have
    no private folder, or where a workbook is there that was not imported."""
    project, me = year.project, context.me(year.project.root) or ""
    if not me and any(LOGS[log].gives_hours() for log in logs):
        raise PrtError(Problem.of(Place("PRT_ME"), Mistake("sheet_of_nobody")), code=2)
    if named and not is_folder(project.private):
        raise PrtError(
            Problem.of(Place(project.shown(project.private)), Mistake("sheet_without_private")), code=2
        )
    maker, when = BookMaker(year, me, named=named), context.now()
    book = maker.make(logs, new_id("wb", when.date(), (), random.SystemRandom()), when.date())
    path = book_path(project, logs, maker, named=named)
    with stage(project, "prt sheet", when, private=named):
        refuse_unimported(year, path)
        refuse_led_away(project, path)
        write_atomic(path, book_bytes(book), project.shown(path), OWNER_FILE if named else ANYONE)
    return GivenFile(path, book, maker)


def book_path(project: Project, logs: Sequence[str], maker: BookMaker, *, named: bool) -> Path:
    """`sheets/hours-kim.xlsx` in the private folder; without names among the reports, which may travel."""
    hours = [*logs] == [model.log for model in hours_logs()]
    what = "hours" if hours else "all" if len(logs) == len(LOGS) else "-".join(logs)
    who = maker.people.get(maker.me, "").partition(" ")[0] if named else ""
    name = re.sub(r"[^a-z0-9]+", "-", fold_text(f"{what} {who}").strip())
    folder = project.private / SHEETS if named else project.root / "reports"
    return folder / f"{name}.xlsx"


def refuse_unimported(year: Year, path: Path) -> None:
    """PrtError where the workbook is open, or has rows that the log does not have."""
    shown = year.project.shown(path)
    if is_open(path):
        raise PrtError(Problem.of(Place(shown), Mistake("sheet_is_open")))
    if not is_stored_file(path):
        return
    book = read_filled_book(path, path.name)
    taken = read_taken(book, year, path.name, ImportOptions()) if book and book.year == year.plan.year else {}
    if not taken or any(sheet.is_filled for _, sheet in taken.values()):
        raise PrtError(Problem.of(Place(shown), Mistake("sheet_not_imported", file=quote_word(shown))))
