"""`{kind: distinct, column: boards, of: S, among: P}`"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from prt.model.figure import Figure
from prt.model.heads import About, of_persons
from prt.model.measures.base import Counted, Path, Say, by_known, is_person, left_out
from prt.model.measures.population import Population, population_columns, population_selections
from prt.model.records import LOGS
from prt.model.rows import SESSION, Row
from prt.model.selections import Selection
from prt.model.view import View, named


class Distinct(Counted):
    """How many different values a column has. Never added over periods: always computed anew.

    With `among` it is so many *of* a population, and values outside are listed, not counted.
    """

    kind: Literal["distinct"]
    column: str
    among: Population | None = None
    whole_numbers = True

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        yield ("of",), self.of
        yield from population_selections(self.among, ("among",))

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("column",), self.of, self.column
        yield from population_columns(self.among, ("among",))
        yield from super().columns()

    def amount(self, rows: list[Row], view: View) -> Fraction:
        values = named(rows, self.column)
        return Fraction(len(values) if self.among is None else len(values.keys() & view.members(self.among)))

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
        return self.in_use(view, figure if self.among is None else self.of_population(figure, view))

    def of_population(self, figure: Figure, view: View) -> Figure:
        assert self.among is not None
        members = view.members(self.among)
        outside = tuple(value for value in named(figure.rows, self.column) if value not in members)
        return replace(figure, part=figure.value, whole=Fraction(len(members)), outside=outside)

    def about(self, figure: Figure, view: View) -> About:
        log = view.data.flat(self.of).log
        if self.among is None or not is_person(log, self.column):
            return self.about_rows(figure.rows, log)
        members = view.members(self.among).keys()
        inside = named(figure.rows, self.column).keys() & members
        return About(of_persons(log, inside), of_persons(log, members))

    def about_rows(self, rows: Iterable[Row], log: str) -> About:
        return About(of_persons(log, named(rows, self.column))) if is_person(log, self.column) else About()

    def planned(self, view: View) -> int:
        """Values to come that were not there before, such as meetings of which a first sitting was held."""
        if self.column.startswith(SESSION) or LOGS[self.main_log(view)].parent:
            return len(view.to_come(self.of))
        held = named(view.rows(self.of), self.column)
        return len(named(view.to_come(self.of), self.column).keys() - held.keys())

    def main_log(self, view: View) -> str:
        return view.data.flat(self.of).log

    def sentence(self, say: Say) -> str:
        different = say.different(self.of, self.column)
        sentence = say("measure.distinct", column=different, of=say.rows(self.of))
        return sentence + ("" if self.among is None else say("measure.among", who=say.population(self.among)))
