"""`{kind: milestone, of: S}`"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from prt.model.base import field
from prt.model.facts import EACH, About, Facts, PlainFact
from prt.model.figure import Figure
from prt.model.measures.base import ROWS, Measure, Say
from prt.model.selections import Selected
from prt.model.view import Data, View


class Milestone(Measure):
    """Done, 1, when a row counts; `done_on` is the first day."""

    kind: Literal["milestone"]
    of: Selected = field(description=ROWS)
    example = "{kind: milestone, of: {log: deliverables, where: {kind: action-plan}}}"
    is_event = True
    starts_at_zero = True
    facts_add_up = True

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        written = data.flat(self.of).when or "date"
        for row, day in data.placed(self.of):
            done_on = row[written] if written in row.index else day
            yield row, day, "part", 1, None, None, done_on, None, None

    def fold(self, facts: Facts, view: View) -> Figure:
        if not view.in_use(self.of):
            return Figure(None, "no_data")
        done_on = min((fact[EACH] for fact in facts), default=None)
        return Figure(Fraction(bool(facts)), facts=facts, done_on=done_on)

    def people(self, facts: Facts, view: View) -> About:
        """That something was done is about nobody."""
        return About()

    def sentence(self, say: Say) -> str:
        return say("measure.milestone", of=say.rows(self.of))
