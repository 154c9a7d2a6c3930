"""Why a row counts in no figure of an evaluation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from prt.figures.evaluate import Evaluation, Result, why_not
from prt.figures.standings import logs_moved
from prt.model.facts import ROW
from prt.model.figure import Figure, LeftOut
from prt.model.rows import Row


def figures_of(result: Result) -> Iterator[Figure]:
    """To date: its figure, then those of its second readings."""
    yield from (one.to_date for one in result.readings)


class Uncounted:
    """Why rows of one log count in no figure of an evaluation."""

    def __init__(self, evaluation: Evaluation, log: str) -> None:
        self.evaluation, named = evaluation, evaluation.plan.selections
        logs = logs_moved(log)
        self.results = [one for one in evaluation.results if one.measure.logs(named) & logs]
        self.counted = set[int]()
        self.figures = chain.from_iterable(map(figures_of, self.results))

    def why(self, row: Row) -> LeftOut | None:
        """The first reason that is about the row itself, or its session; None where one of them counts."""
        if self.counts(row):
            return None
        rows = [row, row.session] if row.session else [row]
        reasons = (self.reason_in(result, one) for one in rows for result in self.results)
        return next((one for one in reasons if one and not one.aside), None)

    def counts(self, row: Row) -> bool:
        """Is it, or its session, in a figure? Figures are looked at only until one has it."""
        return not self.find_uncounted([row])

    def find_uncounted(self, rows: Sequence[Row]) -> list[Row]:
        """The rows of which neither they nor their sessions are in a figure."""
        left = self.leave_counted(rows)
        while left and (figure := next(self.figures, None)) is not None:
            self.counted.update([id(fact[ROW]) for fact in figure.facts])
            left = self.leave_counted(left)
        return left

    def leave_counted(self, rows: Sequence[Row]) -> list[Row]:
        known = self.counted
        return [row for row in rows if id(row) not in known and id(row.session) not in known]

    def reason_in(self, result: Result, row: Row) -> LeftOut | None:
        figure = result.to_date
        own = next((one for one in (*figure.left_out, *figure.idle) if one.row is row), None)
        return own or self.left_out_by(result, row)

    def left_out_by(self, result: Result, row: Row) -> LeftOut | None:
        data = result.view.data
        for selection in result.measure.reads(result.handle):
            flat = data.flat(selection)
            if flat.log == row.log:
                return why_not(row, flat, flat.tests(data, data.known), result.view)
        return None
