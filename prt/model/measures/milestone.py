"""`{kind: milestone, of: S}`"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from prt.model.figure import Figure
from prt.model.measures.base import Measure, Say
from prt.model.selections import Selected
from prt.model.view import View


class Milestone(Measure):
    """Done, 1, when a row counts; `done_on` is the first day."""

    kind: Literal["milestone"]
    of: Selected

    def figure(self, view: View, handle: str) -> Figure:
        if not view.in_use(self.of):
            return Figure(None, "no_data")
        rows, flat = view.rows(self.of), view.data.flat(self.of)
        days = [row[flat.when or "date"] for row in rows]
        return Figure(Fraction(bool(rows)), rows=tuple(rows), done_on=min(days, default=None))

    def sentence(self, say: Say) -> str:
        return say("measure.milestone", of=say.rows(self.of))
