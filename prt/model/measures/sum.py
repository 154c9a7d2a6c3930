"""`{kind: sum, column: hours, of: S}`"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal

from prt.model.figure import Figure
from prt.model.heads import About, of_column
from prt.model.measures.base import Counted, Path, Say, by_known, left_out, total
from prt.model.rows import Row
from prt.model.selections import Selection
from prt.model.view import View


class Sum(Counted):
    """The sum of a column. Rows whose cell is empty are counted and listed."""

    kind: Literal["sum"]
    column: str

    @property
    def unit(self) -> str:
        return "h" if self.column == "hours" else ""

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("column",), self.of, self.column
        yield from super().columns()

    def amount(self, rows: list[Row], view: View) -> Fraction:
        return total(rows, self.column)

    def figure(self, view: View, handle: str) -> Figure:
        rows = view.rows(self.of)
        known, empty = by_known(rows, self.column)
        figure = Figure(
            self.amount(known, view),
            rows=tuple(known),
            left_out=left_out(empty, self.column),
            unknown=len(empty),
            splits=self.groups(known, view),
        )
        return figure.without_value("no_data") if rows and not known else self.in_use(view, figure)

    def about_rows(self, rows: Iterable[Row], log: str) -> About:
        return of_column(rows, self.column)

    def sentence(self, say: Say) -> str:
        return say("measure.sum", column=say.column(self.of, self.column), of=say.rows(self.of))
