"""A filled workbook held against the rows of its plan year: what is new, changed, gone, and not ready yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from prt.files.project import Year
from prt.files.provenance import ImportedRow, ImportRecord
from prt.files.workbook.filled_book import FilledBook, FilledSheet
from prt.imports.plain.digests import digest_rows
from prt.imports.proposing.history import read_record_rows
from prt.imports.proposing.sheet_rows import (
    ChangedRow,
    KnownRows,
    SheetChanges,
    SheetComparison,
    SheetRow,
    leave_doubles,
)
from prt.imports.proposing.versions import (
    ReturnedRow,
    RowEdit,
    RowVersions,
    compare_versions,
    differing_cells,
)
from prt.model.records import LOGS
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.log_rows import personal_texts, words_in
from prt.tasks.imports.import_options import ImportOptions
from prt.tasks.imports.read_rows import outside_year
from prt.tasks.sheets.sheet_reader import SheetReader
from prt.values import dataclass, field, replace

BOOK_SOURCE = "workbook"
"""The source of rows that came in a workbook of prt; its id stands for the digest."""


@dataclass
class TakenSheet:
    """What one sheet comes to. `known` are rows without an id that an earlier import wrote, `likely` rows
    without an id that may be such a row, changed since; `unready` are those that miss something."""

    sheet: FilledSheet
    versions: RowVersions
    changes: SheetChanges = field(default_factory=lambda: SheetChanges(()))
    known: list[tuple[ReturnedRow, str]] = field(default_factory=list)
    likely: list[tuple[SheetRow, ChangedRow]] = field(default_factory=list)
    unready: list[tuple[ReturnedRow, tuple[tuple[str, Mistake], ...]]] = field(default_factory=list)
    left_out: tuple[str, ...] = ()
    rows: Mapping[int, ReturnedRow] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_filled(self) -> bool:
        """Is there anything that the log does not have?"""
        open_ones = (self.unready, self.likely, self.versions.conflicts, self.versions.removed, self.problems)
        return not self.changes.is_nothing or any(open_ones)


def read_taken(
    book: FilledBook, year: Year, shown: str, told: ImportOptions
) -> dict[str, tuple[SheetReader, TakenSheet]]:
    """What each sheet of the workbook comes to, by its log."""
    found = dict[str, tuple[SheetReader, TakenSheet]]()
    for sheet in (one for one in book.sheets if one.log in LOGS):
        reader = SheetReader(book, sheet, year, shown, told.order)
        if sheet.log in found:
            raise PrtError(
                Problem.of(
                    Place(reader.shown), Mistake("sheet_is_twice", other=found[sheet.log][1].sheet.title)
                )
            )
        if "id" not in sheet.columns:
            raise PrtError(Problem.of(Place(reader.shown), Mistake("sheet_without_ids")))
        found[sheet.log] = reader, take_sheet(reader, told)
    return found


def take_sheet(reader: SheetReader, told: ImportOptions) -> TakenSheet:
    """Rows with ids against both versions of them, rows without against what is known of this workbook."""
    given = reader.given()
    rows = [row._replace(id="") if reader.is_undone(row) else row for row in reader.rows()]
    versions = compare_versions(given, reader.cells_now({*given, *(row.id for row in rows)}), rows)
    taken = TakenSheet(reader.sheet, versions)
    taken.rows = {row.line: row for row in rows}
    taken.problems += reader.problems
    taken.problems += list(unreadable_problems(reader, versions))
    taken.problems += [
        Problem.of(reader.place(row.line), Mistake("sheet_id_of_another", id=row.id))
        for row in versions.strange
    ]
    edited = [found for edit in versions.edited if (found := changed_row(reader, edit, taken))]
    new = [one for row in versions.new if (one := new_row(reader, row, taken, told))]
    added = leave_known(reader, new, taken, {*given, *(row.id for row in rows)})
    gone = tuple(reader.now[name] for name in versions.gone)
    taken.changes = replace(
        added, changed=tuple(edited), gone=gone + added.gone, same=added.same + versions.same
    )
    taken.left_out = tuple(reader.left.count())
    return taken


def unreadable_problems(reader: SheetReader, versions: RowVersions) -> Iterator[Problem]:
    """Rows of the workbook that stand in the file with an error: nobody knows what they were changed from."""
    there = set(reader.year.read_table(reader.model.log).column("id"))
    for edit in list(versions.removed):
        if edit.row.id in there:
            versions.removed.remove(edit)
            yield Problem.of(reader.place(edit.row.line), Mistake("sheet_row_has_error", id=edit.row.id))


def changed_row(reader: SheetReader, edit: RowEdit, taken: TakenSheet) -> ChangedRow | None:
    """A row of the log with its new cells, if they are right."""
    now = reader.now[edit.row.id]
    entry = reader.entered_with(now, edit.changes)
    wrong = [(name, one) for name, one in entry.mistakes if name in edit.changes]
    taken.problems += list(personal_problems_of(reader, edit.row.line, edit.changes))
    if is_refused(reader, edit.row, [*edit.row.mistakes.items(), *wrong], edit.changes, taken):
        return None
    return ChangedRow(SheetRow(reader.shown, edit.row.line, (), (), ""), now, edit.changes)


def new_row(reader: SheetReader, row: ReturnedRow, taken: TakenSheet, told: ImportOptions) -> SheetRow | None:
    """A row that the log does not have, completed, if it is right."""
    cells = {name: text for name, text in row.texts.items() if text}
    entry = reader.entering.entered(cells)
    wrong = [(name, one) for name, one in entry.mistakes if name not in row.mistakes]
    if reader.model.gives_hours() and reader.me is None:
        raise PrtError(Problem.of(reader.place(row.line), Mistake("sheet_of_nobody")), code=2)
    if is_refused(reader, row, [*row.mistakes.items(), *wrong], row.texts, taken):
        return None
    taken.problems += list(personal_problems_of(reader, row.line, entry.cells))
    taken.problems += outside_year(entry.cells.get("date", ""), reader.place(row.line), reader.year, told)
    place = reader.place(row.line)
    found = SheetRow(place.file, place.line, (), (), digest_row(reader, row))
    return found.with_cells(entry.cells, entry.row.at(place))


def personal_problems_of(reader: SheetReader, line: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    """Names, addresses and numbers in words that git would keep for good."""
    for name, mistake in personal_texts(words_in(reader.model, cells), reader.names, reader.year.project):
        yield Problem.of(reader.place(line, name), mistake)


def digest_row(reader: SheetReader, row: ReturnedRow) -> str:
    """What tells a row of this workbook again that has no id yet."""
    return digest_rows(f"{reader.book.number}.{reader.model.log}", [row.cells])[0]


def is_refused(
    reader: SheetReader,
    row: ReturnedRow,
    wrong: Sequence[tuple[str, Mistake]],
    texts: Mapping[str, str],
    taken: TakenSheet,
) -> bool:
    """Is anything wrong? What is only missing waits until it is there; any other mistake stops all rows."""
    unread = [(name, one) for name, one in wrong if texts.get(name) or name in row.mistakes]
    taken.problems += [Problem.of(reader.place(row.line, name), one) for name, one in unread]
    if wrong and not unread:
        taken.unready.append((row, tuple(wrong)))
    return bool(wrong)


def leave_known(
    reader: SheetReader, new: Sequence[SheetRow], taken: TakenSheet, own: set[str]
) -> SheetChanges:
    """New rows, without those that an import of this workbook wrote whose ids it could not be given: their
    cells are the same, to the letter, or somebody is asked. Nor are rows taken that somebody entered
    elsewhere. What waits for its id and is like no row is gone."""
    imports = read_record_rows(reader.year, ImportRecord)
    mine = {
        one.id for one in imports if one["digest"] == reader.book.number and one["who"] in (reader.me, None)
    }
    records = read_record_rows(reader.year, ImportedRow) if mine else []
    records = [one for one in records if one["file"] in mine and one.id not in own]
    comparison = SheetComparison(reader.model, new, KnownRows(reader.now, records))
    comparison.take_same()
    taken.known += [(taken.rows[row.place.line], one.id) for row, one in comparison.same]
    there = reader.year.data.logs[reader.model.log]
    found = leave_doubles(SheetChanges(tuple(comparison.waiting)), there, once=False)
    met = {one.id for _, one in comparison.same}
    waiting = (one for one in records if one["key"] == reader.book.number and one.id not in met)
    comparison.missing = [one for one in waiting if one.id in reader.now]
    lines = {one["line"] for one in comparison.missing}
    comparison.waiting = sorted(found.added, key=lambda one: one.place.line not in lines)
    comparison.take_alike()
    for one in comparison.changed:
        row, name = taken.rows[one.found.place.line], one.row.id
        changes = differing_cells(row, reader.cells_now([name])[name])
        if not changes:
            taken.known.append((row, name))
        elif edited := changed_row(reader, RowEdit(row._replace(id=name), changes), taken):
            taken.likely.append((one.found, replace(edited, found=one.found)))
    result = comparison.result()
    added = tuple(sorted(result.added, key=lambda one: one.place))
    return replace(found, added=added, gone=result.gone, same=len(taken.known))
