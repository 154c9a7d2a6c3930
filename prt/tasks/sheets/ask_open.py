"""What a workbook leaves open, asked: cells that both changed, rows that were removed here, rows without
an id that may be one of the file, and new rows that are alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from prt.console import messages
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Back, Choice
from prt.console.dialogue.talk import INDENT
from prt.imports.proposing.sheet_rows import ChangedRow, SheetChanges, SheetRow, day_and_key, find_near
from prt.imports.proposing.versions import CellConflict
from prt.model.rows import Row
from prt.problems import Mistake, Problem
from prt.tasks.entry.doubtful_rows import as_another, ask_difference, odd_of_rows, with_note
from prt.tasks.imports.import_options import ImportOptions
from prt.tasks.imports.read_rows import raise_problems
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
            if not told.is_asking:
                messages.print_line(f" {text} {words('sheet.not_asked')}")
            elif choose_first(text, "which_holds", ("workbook", "file")):
                taken.changes = with_cell(taken, reader, one)
            else:
                doing.left.append((model.log, one))


def choose_first(text: str, question: str, words: tuple[str, str]) -> bool:
    """Is it the first of two, such as the cell of the workbook, and not that of the file?"""
    talk = terminal.open_talk()
    talk.tell(f" {text}")
    sides = [Choice(at == 0, (talk.say(word),)) for at, word in enumerate(words)]
    while isinstance(answer := talk.choose(talk.say(question), sides), Back):
        talk.tell(INDENT + talk.say("first"))
    return answer


def with_cell(taken: TakenSheet, reader: SheetReader, one: CellConflict) -> SheetChanges:
    """The changes of a sheet, with a cell that is to become that of the workbook."""
    others = [edit for edit in taken.changes.changed if edit.row.id != one.row.id]
    mine = next((edit for edit in taken.changes.changed if edit.row.id == one.row.id), None)
    found = mine or ChangedRow(SheetRow(reader.shown, one.row.line, (), (), ""), reader.now[one.row.id], {})
    return replace(
        taken.changes, changed=(*others, replace(found, changes={**found.changes, one.column: one.filled}))
    )


def ask_likely(doing: BookImport, told: ImportOptions) -> None:
    """Rows that may be one whose id the workbook could not be given: changed, or another one? PrtError, which
    names them, where nobody can be asked: hours would count twice, or not at all."""
    problems = list[Problem]()
    for reader, taken in doing.sheets:
        for row, edit in taken.likely:
            text = doing.screen.edit(reader, taken, edit)
            if not told.is_asking:
                problems.append(Problem.of(row.place, Mistake("sheet_row_may_be", edit=text)))
                continue
            line = doing.screen.words("sheet.row", line=str(row.place.line))
            if choose_first(f"{line}  {text}", "changed_or_both", ("changed", "both")):
                taken.changes = replace(taken.changes, changed=(*taken.changes.changed, edit))
            else:
                taken.changes = replace(taken.changes, added=(*taken.changes.added, row))
                doing.apart.append(edit.row.id)
    raise_problems(problems)


def ask_alike(doing: BookImport, told: ImportOptions) -> None:
    """New rows that are alike: one thing, or what differs? With --anyway each is another one. PrtError, which
    names them, where nobody can be asked."""
    problems = list[Problem]()
    for reader, taken in doing.sheets:
        near, added = defaultdict[Any, list[Row]](list), list[SheetRow]()
        for one in taken.changes.added:
            if twin := find_near(one.new_row, near):
                entry = reader.entering.entered(one.cells)
                line = doing.screen.words("sheet.row", line=str(twin.line))
                if told.anyway:
                    entry = as_another(entry, reader.year, [row.new_row for row in added])
                elif not told.is_asking:
                    problems.append(Problem.of(one.place, Mistake("sheet_rows_alike", line=str(twin.line))))
                elif note := ask_difference(terminal.open_talk(), twin, reader.year, line):
                    entry = with_note(entry, note, reader.year)
                else:
                    continue
                one = one.with_cells(entry.cells, entry.row.at(one.place))
            near[day_and_key(one.new_row)].append(one.new_row)
            added.append(one)
        taken.changes = replace(taken.changes, added=tuple(added))
    raise_problems(problems)


def find_odd_rows(doing: BookImport) -> Iterator[Problem]:
    """What is odd about rows that are new or change, as `prt log` asks about it."""
    for reader, taken in doing.sheets:
        made = [(one.new_row, one.place) for one in taken.changes.added]
        made += [
            (reader.entered_with(one.row, one.changes).row, one.found.place) for one in taken.changes.edited
        ]
        places = {id(row): place for row, place in made}
        for row, name, mistake in odd_of_rows([row for row, _ in made], reader.year):
            place = reader.place(places[id(row)].line, name)
            yield Problem.of(place, Mistake("kept_anyway", mistake=mistake), "warning")


def ask_removed(doing: BookImport, told: ImportOptions) -> None:
    """Rows that were changed in the workbook and removed here: are they to be there again?"""
    for reader, taken in doing.sheets:
        for edit in taken.versions.removed:
            text = doing.screen.was_removed(edit, reader.model.log)
            if not told.is_asking:
                messages.print_line(f" {text} {doing.screen.words('sheet.stays_out')}")
                continue
            talk = terminal.open_talk()
            if talk.is_agreed(f"{text} {talk.say('bring_back')}", False):
                doing.back.append((reader.model.log, edit))
