"""`{kind: prompt, column: feedback_on, days: 14, of: S}`: the example of CONTRIBUTING.md, whole as its file would be."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from prt.model.base import field
from prt.model.facts import PART, About, Facts, PlainFact, by_known, of_rows, of_share, rows_of, total
from prt.model.figure import Figure, share
from prt.model.measures.base import ROWS, Say, Share, left_out
from prt.model.populations import Path
from prt.model.selections import Selected, Selection
from prt.model.view import Data, View


class Prompt(Share):
    """The share of rows of which a later date follows soon. Rows without it are listed, not counted."""

    kind: Literal["prompt"]
    of: Selected = field(description=ROWS)
    column: str = field(description="the later date")
    days: int = field(description="how many days it may take")
    example = "{kind: prompt, column: feedback_on, days: 14, of: {log: journals}}"

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("column",), self.of, self.column

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        for row, day in data.placed(self.of):
            later = row[self.column]
            soon = None if later is None else int((later - row["date"]).days <= self.days)
            yield row, day, "part", soon, 1, None, None, None, None

    def fold(self, facts: Facts, view: View) -> Figure:
        known, silent = by_known(facts, PART)
        empty = left_out(silent, self.column)
        if not view.in_use(self.of) or (empty and not known):
            return Figure(None, "no_data", left_out=empty, unknown=len(empty))
        soon = total(fact[PART] for fact in known)
        return share(soon, Fraction(len(known)), facts=known, left_out=empty, unknown=len(empty))

    def people(self, facts: Facts, view: View) -> About:
        known, _ = by_known(facts, PART)
        soon = [fact for fact in known if fact[PART]]
        return of_share(of_rows(rows_of(soon)), of_rows(rows_of(known)), (self.column, self.days))

    def sentence(self, say: Say) -> str:
        column = say.column(self.of, self.column)
        return say("measure.prompt", of=say.rows(self.of), column=column, days=str(self.days))
