"""`{kind: sum, column: hours, of: S}`"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Literal

from prt.model.base import field
from prt.model.calendar import Round
from prt.model.facts import (
    PART,
    ROW,
    About,
    Facts,
    PlainFact,
    by_known,
    counts_people,
    of_column,
    part_facts,
    total,
)
from prt.model.figure import Figure
from prt.model.measures.base import Counted, Say, left_out
from prt.model.populations import Path
from prt.model.selections import Selection
from prt.model.view import Data, View
from prt.problems import Mistake


class Sum(Counted):
    """The sum of a column. Rows whose cell is empty are counted and listed."""

    kind: Literal["sum"]
    column: str = field(description="the column that is added up")
    example = "{kind: sum, column: hours, of: {log: accompaniment, where: {kind: contact}}}"
    adds_up = True
    facts_add_up = True
    grows = True

    @property
    def unit(self) -> str:
        return self.unit_of_rows(self.column)

    def number_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        return self.of_sources(self.column)

    def mistakes(
        self, named: Mapping[str, Selection], rounds: Sequence[Round]
    ) -> Iterator[tuple[Path, Mistake]]:
        return self.unit_mistakes(self.column, named)

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        placed = data.placed_once(self.of)
        return part_facts(placed, placed.cells(self.column), repeat(None))

    def fold(self, facts: Facts, view: View) -> Figure:
        known, silent = by_known(facts, PART)
        empty = left_out(silent, self.column)
        amount = total([fact[PART] for fact in known])
        figure = Figure(amount, facts=known, left_out=empty, unknown=len(empty))
        return figure.without_value("no_data") if empty and not known else self.in_use(view, figure)

    def people(self, facts: Facts, view: View) -> About:
        models = map(view.data.record_of, self.source_logs(view.data.selections))
        if not any(counts_people(model, self.column) for model in models):
            return About()
        return of_column([fact[ROW] for fact in by_known(facts, PART)[0]], self.column)

    def sentence(self, say: Say) -> str:
        return say("measure.sum", column=say.of_column(self.main, self.column), of=say.rows_of(self.of))
