"""The figures that a report prints of those before it, as cells that may tell of a small group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prt.figures.evaluate import Evaluation, Result
from prt.figures.restatement.compare import Comparison, Earlier, Revision, Shift, view_of
from prt.figures.withholding.groups import of_figure
from prt.figures.withholding.withhold import Cell, Key
from prt.model.figure import Figure
from prt.model.measures import Measure


def sent_key(earlier: Earlier, revision: Revision, shift: Shift) -> Key:
    return ("sent", *shift_key(earlier, revision, shift))


def now_key(earlier: Earlier, revision: Revision, shift: Shift) -> Key:
    return ("now", *shift_key(earlier, revision, shift))


def shift_key(earlier: Earlier, revision: Revision, shift: Shift) -> Key:
    label = shift.reading.label.en or shift.reading.label.fr if shift.reading else ""
    return (earlier.period, earlier.annual, revision.sent.handle, label, shift.period)


def revised_cells(found: Iterable[Earlier]) -> dict[Key, Cell]:
    """Every figure of the revised results that is about people, by key."""
    cells = (pair for one in found if one.comparison for pair in cells_of(one, one.comparison))
    return {key: cell for key, cell in cells if cell.about.part or cell.about.whole}


def cells_of(earlier: Earlier, comparison: Comparison) -> Iterator[tuple[Key, Cell]]:
    for revision in comparison.revisions:
        for shift in revision.shifts:
            yield (
                sent_key(earlier, revision, shift),
                cell(revision.sent, comparison.sent, shift.period, shift.measure, shift.sent),
            )
            if shift.now and revision.now:
                measure = shift.measure if shift.reading else revision.now.indicator.measure
                yield (
                    now_key(earlier, revision, shift),
                    cell(revision.now, comparison.now, shift.period, measure, shift.now),
                )


def cell(
    result: Result, evaluation: Evaluation, period: int | None, measure: Measure, figure: Figure
) -> Cell:
    facts = tuple(measure.facts(evaluation.data, result.handle))
    return of_figure(measure, figure, facts, view_of(evaluation, period))
