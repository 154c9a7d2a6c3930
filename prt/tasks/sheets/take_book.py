"""`prt import FILE` of a workbook of prt: a preview, what is open is asked, then all of it or nothing."""

from __future__ import annotations

from pathlib import Path

from prt.console import context, messages
from prt.console.dialogue.consent import confirm_preview
from prt.figures.standings import logs_needed
from prt.files.project import Year
from prt.files.workbook.filled_book import FilledBook
from prt.model.records import LOGS
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.imports.import_options import ImportOptions
from prt.tasks.imports.import_rows import confirm_removal, tell_odd
from prt.tasks.imports.import_sessions import print_lines
from prt.tasks.imports.read_rows import raise_problems
from prt.tasks.sheets.ask_open import ask_alike, ask_conflicts, ask_likely, ask_removed, find_odd_rows
from prt.tasks.sheets.book_import import BookImport
from prt.tasks.sheets.make_book import project_title
from prt.tasks.sheets.read_book import TakenSheet, read_taken
from prt.tasks.sheets.sheet_reader import SheetReader
from prt.tasks.sheets.show_taken import TakenScreen
from prt.tasks.sheets.write_book import lines_of_moves, write_book


def take_book(book: FilledBook, path: Path, told: ImportOptions) -> None:
    """Show what the workbook would do, ask, write, and give the new rows their ids in the workbook."""
    raise_problems(book.problems)
    logs = set().union(*(logs_needed(sheet.log) for sheet in book.sheets if sheet.log in LOGS))
    year = context.load_year(told.project, told.year or book.year, None, logs)
    taken = read_taken(book, year, path.name, told)
    refuse_stranger(book, year, path, taken)
    raise_problems([one for _, sheet in taken.values() for one in sheet.problems])
    doing = BookImport(book, path, year, TakenScreen(book, year, path.name, taken))
    print_lines(doing.screen.lines())
    ask_likely(doing, told)
    ask_alike(doing, told)
    ask_conflicts(doing, told)
    ask_removed(doing, told)
    odd = [] if told.anyway else list(find_odd_rows(doing))
    tell_odd(odd, told)
    if agree_to_write(doing, told, sure=not odd):
        write_book(doing)


def refuse_stranger(
    book: FilledBook, year: Year, path: Path, taken: dict[str, tuple[SheetReader, TakenSheet]]
) -> None:
    """PrtError for a workbook of another project: none of its rows is known here."""
    if book.project == project_title(year.plan):
        return
    given = {name for rows in book.given.values() for name in rows}
    if not any(given & reader.now.keys() for reader, _ in taken.values()):
        mistake = Mistake("sheet_of_another_project", project=book.project)
        raise PrtError(Problem.of(Place(path.name), mistake))


def agree_to_write(doing: BookImport, told: ImportOptions, *, sure: bool) -> bool:
    """Show which figures would move, and ask; what is gone is asked apart. Enter is yes if it is `sure`."""
    gone = [row for _, taken in doing.sheets for row in taken.changes.gone]
    if not doing.is_nothing:
        print_lines(lines_of_moves(doing))
        if told.dry_run:
            messages.print_line(doing.screen.words("hours.unwritten"))
            return False
        if not confirm_preview("write_rows", yes=told.yes, enter=sure, what=doing.counted()):
            context.say(doing.screen.words("hours.unwritten"))
            return False
    doing.removed = confirm_removal(gone, told)
    known = any(taken.known or taken.versions.moved for _, taken in doing.sheets)
    if doing.is_nothing and not doing.removed:
        messages.print_line(doing.screen.words("sheet.nothing"))
        return (known or bool(doing.left)) and not told.dry_run
    return True
