"""`prt import FILE` of a workbook of prt: a preview, what is open is asked, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.consent import confirm_preview
from prt.console.dialogue.inquiry import Choice
from prt.figures.moved import Standings, moves, needed
from prt.files.project import Year
from prt.files.store.store import Action
from prt.files.workbook.book_marks import RowMark
from prt.files.workbook.filled_book import FilledBook
from prt.files.workbook.mark_file import mark_book
from prt.imports.export import Export
from prt.imports.proposing.proposal import ExportFile
from prt.imports.proposing.rows import Headings
from prt.imports.proposing.sheet_rows import ChangedRow, SheetChanges, SheetRow
from prt.imports.proposing.versions import CellConflict, ReturnedRow, RowEdit
from prt.imports.proposing.write import IMPORT_REASON
from prt.model.records import LOGS
from prt.output.screens.moves import move_lines
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.imports.import_rows import confirm_removal, write_sheet
from prt.tasks.imports.import_sessions import ImportOptions, print_lines
from prt.tasks.imports.read_rows import RowsImport, raise_problems
from prt.tasks.open_action import open_action
from prt.tasks.sheets.make_book import project_title
from prt.tasks.sheets.read_book import BOOK_SOURCE, SheetReader, TakenSheet, read_taken
from prt.tasks.sheets.show_taken import TakenScreen
from prt.values import dataclass, field, replace


@dataclass
class BookImport:
    """A workbook and what is to be done: `back` are rows to be brought back, by log, `left` the cells of
    which somebody said that the file's is right, `removed` the ids of rows to be taken out."""

    book: FilledBook
    path: Path
    year: Year
    screen: TakenScreen
    back: list[tuple[str, RowEdit]] = field(default_factory=list)
    left: list[tuple[str, CellConflict]] = field(default_factory=list)
    removed: frozenset[str] = frozenset()

    @property
    def sheets(self) -> list[tuple[SheetReader, TakenSheet]]:
        return list(self.screen.taken.values())

    @property
    def logs(self) -> list[str]:
        return list(self.screen.taken)

    @property
    def is_nothing(self) -> bool:
        return not self.back and all(taken.changes.is_nothing for _, taken in self.sheets)

    def counted(self) -> str:
        """`12 new and 2 changed`"""
        changed = sum(len(taken.changes.edited) for _, taken in self.sheets)
        number = {
            "new": sum(len(taken.changes.added) for _, taken in self.sheets),
            "changed": changed,
            "back": len(self.back),
        }
        words = self.screen.words
        parts = [words.counted(f"sheet.{name}", n) for name, n in number.items() if n]
        return f" {words('sheet.and')} ".join(parts)


def take_book(book: FilledBook, path: Path, told: ImportOptions) -> None:
    """Show what the workbook would do, ask, write, and give the new rows their ids in the workbook."""
    raise_problems(book.problems)
    logs = set().union(*(needed(sheet.log) for sheet in book.sheets if sheet.log in LOGS))
    year = context.load_year(told.project, told.year or book.year, None, logs)
    taken = read_taken(book, year, path.name, told)
    refuse_stranger(book, year, path, taken)
    raise_problems([one for _, sheet in taken.values() for one in sheet.problems])
    doing = BookImport(book, path, year, TakenScreen(book, year, path.name, taken))
    print_lines(doing.screen.lines())
    ask_conflicts(doing, told)
    ask_removed(doing, told)
    if agree_to_write(doing, told):
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


def is_asked(told: ImportOptions) -> bool:
    return not (told.yes or told.dry_run) and terminal.is_at_terminal()


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
            if not is_asked(told):
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
    return talk.choose(talk.say("which_holds"), sides) is True


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
            if not is_asked(told):
                messages.print_line(f" {text} {doing.screen.words('sheet.stays_out')}")
                continue
            talk = terminal.open_talk()
            if talk.is_agreed(f"{text} {talk.say('bring_back')}", False):
                doing.back.append((reader.model.log, edit))


def agree_to_write(doing: BookImport, told: ImportOptions) -> bool:
    """Show which figures would move, and ask; what is gone is asked apart."""
    gone = [row for _, taken in doing.sheets for row in taken.changes.gone]
    if not doing.is_nothing:
        print_lines(lines_of_moves(doing))
        if told.dry_run:
            messages.print_line(doing.screen.words("hours.unwritten"))
            return False
        if not confirm_preview("write_rows", yes=told.yes, enter=True, what=doing.counted()):
            context.say(doing.screen.words("hours.unwritten"))
            return False
    doing.removed = confirm_removal(gone, told)
    known = any(taken.known or taken.versions.moved for _, taken in doing.sheets)
    if doing.is_nothing and not doing.removed:
        messages.print_line(doing.screen.words("sheet.nothing"))
        return (known or bool(doing.left)) and not told.dry_run
    return True


def lines_of_moves(doing: BookImport) -> Iterator[str]:
    """What would move: all of it is written into a draft that nobody keeps."""
    with open_action(doing.year, "prt import", keep=False, private=True) as action:
        write_rows_of_book(action, doing)
        after = standings_of(action.year.again(doing.year.tables.keys() - {"people"}), doing.logs)
    yield from (
        f" {line}"
        for line in move_lines(
            moves(standings_of(doing.year, doing.logs), after), language=context.language(None)
        )
    )


def standings_of(year: Year, logs: Sequence[str]) -> Standings:
    return {name: one for log in logs for name, one in messages.before(year, log).items()}


def write_book(doing: BookImport) -> None:
    """One action; then the workbook gets the ids of its new rows: if it cannot, nothing is taken back."""
    words = doing.screen.words
    marks = list(left_marks(doing))
    if not doing.is_nothing or doing.removed:
        with open_action(doing.year, "prt import", private=True) as action:
            action.refuse_changed(*(doing.year.tables[log] for log in doing.logs))
            marks += write_rows_of_book(action, doing)
        messages.note_written(words("sheet.written"))
    gone = [
        (log, name)
        for log, (reader, _) in doing.screen.taken.items()
        for name in doing.removed & reader.now.keys()
    ]
    done = mark_book(doing.year.project, doing.path, doing.book, marks, gone)
    if not doing.is_nothing or doing.removed:
        new = any(taken.changes.added for _, taken in doing.sheets)
        said = "written_held" if not done else "written_marked" if new else "written"
        messages.print_line(words(f"sheet.{said}"))
        context.say(words("hours.undo"))
        after = doing.year.again(doing.year.tables.keys() - {"people"})
        for log in doing.logs:
            ids = [one.id for one in marks if one.log == log]
            messages.tell_warnings(after, log, ids)
        context.left_out_notice(after)


def write_rows_of_book(action: Action, doing: BookImport) -> list[RowMark]:
    """The rows of every sheet, and what the workbook is told of them."""
    marks = list[RowMark]()
    for reader, taken in doing.sheets:
        log, number = reader.model.log, doing.book.number
        gone = [row.id for row in taken.changes.gone if row.id in doing.removed]
        file = ExportFile(doing.path.name, number, Export("rows", BOOK_SOURCE))
        rows = RowsImport(file, reader.model, Headings({}, ()), {}, taken.changes.added)
        if not taken.changes.is_nothing or gone:
            added = write_sheet(action, rows, taken.changes, gone)
            for row, sheet_row in zip(added, taken.changes.added, strict=True):
                marks.append(
                    added_mark(doing, reader, row.id, taken.rows[sheet_row.place.line], sheet_row.cells)
                )
        for one in taken.changes.changed:
            line = one.found.place.line
            cells = one.changes if taken.rows[line].id else taken.rows[line].cells
            marks.append(RowMark(log, line, one.row.id, cells))
        for edit in [edit for name, edit in doing.back if name == log]:
            cells = {**doing.book.given[log].get(edit.row.id, {}), **edit.row.texts, "id": edit.row.id}
            staff = {"staff": action.who} if reader.model.gives_hours() else {}
            action.restore(
                log, {name: text for name, text in {**staff, **cells}.items() if text}, IMPORT_REASON
            )
            marks.append(RowMark(log, edit.row.line, edit.row.id, edit.row.cells))
    return marks


def added_mark(
    doing: BookImport, reader: SheetReader, name: str, row: ReturnedRow, written: Mapping[str, str]
) -> RowMark:
    """The id of a new row, and what was filled in, such as the role of a person."""
    cells = {**row.cells, **{one: text for one, text in written.items() if one in reader.columns}}
    shown = {
        one: doing.screen.maker.shown(reader.model.log, reader.columns[one], reader.value(one, text))
        for one, text in cells.items()
        if text != row.cells[one]
    }
    return RowMark(reader.model.log, row.line, name, cells, shown)


def left_marks(doing: BookImport) -> Iterator[RowMark]:
    """Rows that lost their ids, and cells of which the file's is right: the workbook gets them."""
    for reader, taken in doing.sheets:
        for row, name in [*taken.known, *taken.versions.moved]:
            yield RowMark(reader.model.log, row.line, name, row.cells)
    for log, one in doing.left:
        reader = doing.screen.taken[log][0]
        column = reader.columns[one.column]
        shown = doing.screen.maker.shown(log, column, reader.now[one.row.id][one.column])
        yield RowMark(log, one.row.line, one.row.id, {one.column: one.now}, {one.column: shown})
