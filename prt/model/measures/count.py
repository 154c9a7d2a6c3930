"""`{kind: count, of: S}`"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from prt.model.figure import Figure
from prt.model.heads import About, of_rows
from prt.model.measures.base import Counted, Say
from prt.model.rows import Row
from prt.model.view import View


class Count(Counted):
    """How many rows there are. May be added over periods."""

    kind: Literal["count"]
    whole_numbers = True

    def amount(self, rows: list[Row], view: View) -> Fraction:
        return Fraction(len(rows))

    def figure(self, view: View, handle: str) -> Figure:
        rows = view.rows(self.of)
        figure = Figure(self.amount(rows, view), rows=tuple(rows), splits=self.groups(rows, view))
        return self.in_use(view, figure)

    def about_rows(self, rows: Iterable[Row], log: str) -> About:
        return About(of_rows(rows))

    def sentence(self, say: Say) -> str:
        return say("measure.count", of=say.rows(self.of))
