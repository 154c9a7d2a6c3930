"""What a workbook leaves open, asked: cells that both changed, and rows that were removed here."""

from __future__ import annotations

from prt.console import messages
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Back, Choice
from prt.console.dialogue.talk import INDENT
from prt.imports.proposing.sheet_rows import ChangedRow, SheetChanges, SheetRow
from prt.imports.proposing.versions import CellConflict
from prt.tasks.imports.import_rows import asks_removal
from prt.tasks.imports.import_sessions import ImportOptions
from prt.tasks.sheets.book_import import BookImport
from prt.tasks.sheets.read_book import TakenSheet
from prt.tasks.sheets.sheet_reader import SheetReader
from prt.values import replace


def ask_conflicts(doing: BookImport, told: ImportOptions) -> None:
    """Of each cell that both changed: which holds? Where nobody can be asked the file stays as it is."""
    for reader, taken in doing.sheets:
        model, words = reader.model, doing.screen.words
        for one in taken.versions.conflicts:
            text = words(
                "sheet.conflict",
                line=str(one.row.line), id=one.row.id, column=words.column_name(model.log, one.column),
                filled=doing.screen.value(model, one.column, reader.value(one.column, one.filled)),
                now=doing.screen.value(model, one.column, reader.now[one.row.id][one.column]),
            )  # fmt: skip
            if not asks_removal(told):
                messages.print_line(f" {text} {words('sheet.not_asked')}")
            elif choose_workbook(text):
                taken.changes = with_cell(taken, reader, one)
            else:
                doing.left.append((model.log, one))


def choose_workbook(text: str) -> bool:
    """The cell of the workbook, or that of the file."""
    talk = terminal.open_talk()
    talk.tell(f" {text}")
    sides = [Choice(True, (talk.say("workbook"),)), Choice(False, (talk.say("file"),))]
    while isinstance(answer := talk.choose(talk.say("which_holds"), sides), Back):
        talk.tell(INDENT + talk.say("first"))
    return answer


def with_cell(taken: TakenSheet, reader: SheetReader, one: CellConflict) -> SheetChanges:
    """The changes of a sheet, with a cell that is to become that of the workbook."""
    others = [edit for edit in taken.changes.changed if edit.row.id != one.row.id]
    mine = next((edit for edit in taken.changes.changed if edit.row.id == one.row.id), None)
    place = reader.place(one.row.line)
    found = mine or ChangedRow(SheetRow(place, {}, ""), reader.now[one.row.id], {})
    return replace(
        taken.changes, changed=(*others, replace(found, changes={**found.changes, one.column: one.filled}))
    )


def ask_removed(doing: BookImport, told: ImportOptions) -> None:
    """Rows that were changed in the workbook and removed here: are they to be there again?"""
    for reader, taken in doing.sheets:
        for edit in taken.versions.removed:
            text = doing.screen.was_removed(edit, reader.model.log)
            if not asks_removal(told):
                messages.print_line(f" {text} {doing.screen.words('sheet.stays_out')}")
                continue
            talk = terminal.open_talk()
            if talk.is_agreed(f"{text} {talk.say('bring_back')}", False):
                doing.back.append((reader.model.log, edit))
