"""The figures that a report prints of those before it, as cells that may tell of a small group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prt.figures.evaluate import Evaluation, Result
from prt.figures.restatement.compare import Comparison, Earlier, Revision, Shift, view_of
from prt.figures.restatement.row_changes import Kind, RowChange
from prt.figures.withholding.cell import Cell, Worth
from prt.figures.withholding.equations import Key
from prt.figures.withholding.groups import TO_DATE, Pair, figure_key, of_figure, said_of
from prt.figures.withholding.parts import rows_for_columns, with_rows
from prt.model.facts import About, facts_within, of_column, of_rows
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.rows import Row
from prt.values import replace


def sent_key(earlier: Earlier, revision: Revision, shift: Shift) -> Key:
    return ("sent", *shift_key(earlier, revision, shift))


def now_key(earlier: Earlier, revision: Revision, shift: Shift) -> Key:
    return ("now", *shift_key(earlier, revision, shift))


def shift_key(earlier: Earlier, revision: Revision, shift: Shift) -> Key:
    label = shift.reading.label.en or shift.reading.label.fr if shift.reading else ""
    return (earlier.period, earlier.annual, revision.sent.handle, label, shift.period)


def now_to_date_key(earlier: Earlier, revision: Revision) -> Key:
    """The figure that the status of today, at the cut-off of the report, is of."""
    return ("now", earlier.period, earlier.annual, revision.sent.handle, "", None)


def edit_keys(earlier: Earlier, change: RowChange, column: str) -> tuple[Key, Key]:
    """The number of people of a row before its correction, and after."""
    key = ("edit", earlier.period, earlier.annual, *change.row.key, column)
    return (*key, "old"), (*key, "new")


def changes_key(earlier: Earlier, revision: Revision, kind: Kind, log: str) -> Key:
    """How many rows of a log are behind a revised figure: late, corrected, removed."""
    return ("changes", earlier.period, earlier.annual, revision.sent.handle, kind, log)


def revised_cells(found: Iterable[Earlier]) -> dict[Key, Cell]:
    """Every figure of the revised results that is about people, by key."""
    cells: dict[Key, Cell] = {}
    for earlier in found:
        if earlier.comparison and earlier.comparison.revisions:
            then, now = earlier.comparison.sent.data, earlier.comparison.now.data
            cells |= with_rows(dict(sent_cells(earlier, earlier.comparison)), rows_for_columns(then))
            cells |= with_rows(dict(now_cells(earlier, earlier.comparison)), rows_for_columns(now))
    people = {key: cell for key, cell in cells.items() if cell.about.part or cell.about.whole}
    return {key: replace(cell, worth=Worth.REVISED) for key, cell in people.items()}


def sent_cells(earlier: Earlier, comparison: Comparison) -> Iterator[Pair]:
    """What is printed as it was sent."""
    for revision in comparison.revisions:
        for shift in revision.shifts:
            cell = of_result(revision.sent, comparison.sent, shift.period, shift.measure, shift.sent)
            version = version_of(comparison, revision, shift)
            yield sent_key(earlier, revision, shift), replace(cell, version=version)
        for change in revision.changes:
            yield from of_edits(earlier, change, change.sent, 0)


def now_cells(earlier: Earlier, comparison: Comparison) -> Iterator[Pair]:
    """What is printed as it is now; of a status that turned the figure that it is of."""
    for revision in comparison.revisions:
        now = revision.now
        if now is not None and revision.turned:
            cell = of_result(now, comparison.now, None, now.measure, now.to_date)
            version = (*figure_key(revision.sent.handle, 0, TO_DATE), comparison.sent.cut_off)
            yield now_to_date_key(earlier, revision), replace(cell, version=version)
        for shift in revision.shifts:
            if now is not None and shift.now is not None:
                measure = shift.measure if shift.reading else now.measure
                cell = of_result(now, comparison.now, shift.period, measure, shift.now)
                version = version_of(comparison, revision, shift)
                yield now_key(earlier, revision, shift), replace(cell, version=version)
        for change in revision.changes:
            yield from of_edits(earlier, change, change.now, 1)
        yield from of_changes(earlier, revision)


def of_changes(earlier: Earlier, revision: Revision) -> Iterator[Pair]:
    """The rows about persons that changed, late, corrected or removed: a report says how many."""
    rows: dict[Key, list[Row]] = {}
    for change in revision.changes:
        rows.setdefault(changes_key(earlier, revision, change.kind, change.row.log), []).append(change.row)
    for key, some in rows.items():
        yield key, Cell(About(of_rows(some)), listed=False)


def version_of(comparison: Comparison, revision: Revision, shift: Shift) -> Key:
    """The key of a figure in the report that printed it first: later reports print the same figure again."""
    numbers = [period.id for period, _ in comparison.sent.windows]
    window = TO_DATE if shift.period is None else numbers.index(shift.period) + 1
    number = revision.sent.indicator.also.index(shift.reading) + 1 if shift.reading else 0
    last = view_of(comparison.sent, shift.period).window.last
    return (*figure_key(revision.sent.handle, number, window), last)


def of_result(
    result: Result, evaluation: Evaluation, period: int | None, measure: Measure, figure: Figure
) -> Cell:
    view = view_of(evaluation, period)
    facts = measure.facts(evaluation.data, result.handle)
    return of_figure(measure, figure, facts_within(facts, view.window), view)


def of_edits(earlier: Earlier, change: RowChange, row: Row | None, side: int) -> Iterator[Pair]:
    """The people of each column that was corrected; `side` 0 is as it was, 1 as it is."""
    for edit in change.edits:
        if row is not None and edit.column in row.model.chain and row[edit.column] is not None:
            about = About(of_column([row], edit.column).part)
            place = f"{earlier.period} {earlier.annual} {edit.column} {side} {said_of(row)}"
            yield edit_keys(earlier, change, edit.column)[side], Cell(about, place=place)
