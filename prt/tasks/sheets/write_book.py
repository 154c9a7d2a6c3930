"""The rows of a workbook, written in one action, and the workbook told of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from prt.console import context, messages
from prt.files.provenance import IMPORT_REASON, ImportedRow
from prt.files.store.store import Action
from prt.files.workbook.book_marks import RowMark
from prt.files.workbook.mark_file import draft_marks, prepare_marks, write_marks
from prt.imports.export import Export
from prt.imports.plain.headings import Headings
from prt.imports.proposing.proposal import ExportFile
from prt.imports.proposing.versions import ReturnedRow
from prt.tasks.imports.import_rows import write_sheet
from prt.tasks.imports.read_rows import RowsImport
from prt.tasks.open_action import open_action
from prt.tasks.row_warnings import tell_warnings
from prt.tasks.sheets.book_import import BookImport
from prt.tasks.sheets.read_book import BOOK_SOURCE
from prt.tasks.sheets.sheet_reader import SheetReader


def lines_of_moves(doing: BookImport) -> Iterator[str]:
    """What would move: all of it is written into a draft that nobody keeps."""
    with open_action(doing.year, "prt import", keep=False, private=True) as action:
        write_rows_of_book(action, doing)
        after = action.year.again(doing.year.tables.keys() - {"people"})
        lines = messages.moved_lines(messages.before(doing.year, *doing.logs), after, *doing.logs)
    yield from (f" {line}" for line in lines)


def write_book(doing: BookImport) -> None:
    """One action, in which the workbook gets the ids of its new rows, or after which it does if it lies
    elsewhere. Where it cannot, nothing is taken back, and the rows wait for their ids."""
    words, project = doing.screen.words, doing.year.project
    marks, done = list(left_marks(doing)), False
    if doing.is_nothing and not doing.removed:
        marked = prepare_marks(doing.path, doing.book, marks)
    else:
        with open_action(doing.year, "prt import", private=True) as action:
            action.refuse_changed(*(doing.year.tables[log] for log in doing.logs))
            added = write_rows_of_book(action, doing)
            marks += added
            marked = prepare_marks(doing.path, doing.book, marks)
            done = draft_marks(project, doing.path, marked)
            remember_waiting(action, doing, [] if marked is not None else added)
        messages.note_written(words("sheet.written"))
    done = done or write_marks(project, doing.path, doing.book, marked)
    if not doing.is_nothing or doing.removed:
        new = any(taken.changes.added for _, taken in doing.sheets)
        said = "written_held" if not done else "written_marked" if new else "written"
        messages.print_line(words(f"sheet.{said}"))
        context.say(words("hours.undo"))
        after = doing.year.again(doing.year.tables.keys() - {"people"})
        for log in doing.logs:
            ids = [one.id for one in marks if one.log == log]
            tell_warnings(after, log, ids)
        context.left_out_notice(after)


def remember_waiting(action: Action, doing: BookImport, unmarked: Sequence[RowMark]) -> None:
    """Remember which new rows this workbook has not got the ids of, and which are none of its rows."""
    table = action.year.read_table(ImportedRow.log)
    keys = dict.fromkeys(doing.apart, "")
    keys |= {one.id: doing.book.number for one in unmarked if one.id not in doing.book.given.get(one.log, {})}
    waiting = keys.keys() & set(table.column("id")) if "key" in (table.header or ()) else set[str]()
    if waiting:
        action.edit_all(ImportedRow.log, {row: {"key": keys[row]} for row in sorted(waiting)}, IMPORT_REASON)


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
                    added_mark(doing, reader, row, taken.rows[sheet_row.place.line], sheet_row.cells)
                )
        for one in taken.changes.changed:
            given = one.row.id in doing.book.given.get(log, {})
            cells = one.changes if given else taken.rows[one.found.place.line].cells
            marks.append(RowMark(log, one.found.place.line, one.row.id, cells))
        for edit in [edit for name, edit in doing.back if name == log]:
            cells = {**doing.book.given[log].get(edit.row.id, {}), **edit.row.texts, "id": edit.row.id}
            hours = reader.model.gives_hours()
            staff = dict.fromkeys(reader.model.worker_columns()[:1] if hours else (), action.who)
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
