"""`{kind: distinct, column: boards, of: S, among: P}`"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction
from typing import Literal

from prt.model.base import field
from prt.model.facts import (
    MEMBER,
    About,
    Facts,
    PlainFact,
    by_known,
    by_member,
    of_named,
    of_share,
    of_side,
)
from prt.model.figure import Figure
from prt.model.measures.base import Counted, Say, left_out
from prt.model.populations import Path, Population
from prt.model.records import LOGS
from prt.model.rows import SESSION
from prt.model.selections import Selection, is_person, several
from prt.model.view import Data, View, rows_by_name
from prt.values import replace


class Distinct(Counted):
    """How many different values a column has. Never added over periods: always computed anew.

    With `among` it is so many *of* a population, and values outside are listed, not counted.
    """

    kind: Literal["distinct"]
    column: str = field(description="the column whose different values are counted")
    among: Population | None = field(
        default=None,
        asked=True,
        description="a population: prints *8 of 11*, and lists values outside without counting them",
    )
    example = (
        "{kind: distinct, column: boards, of: workshops, among: {organisations: {counts_as_board: yes}}}"
    )
    whole_numbers = True
    counts_values = True
    facts_add_up = True

    @property
    def naming(self) -> str:
        return self.column

    @property
    def population(self) -> Population | None:
        return self.among

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        yield from super().selections()
        if self.among:
            yield from self.among.selections(("among",))

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield from self.of_sources(self.column)
        if self.among:
            yield from self.among.columns(("among",))
        yield from super().columns()

    def member_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        return self.of_sources(self.column)

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        column = self.column
        for row, day in data.placed_once(self.of):
            for value in several(row[column]) or (None,):
                yield row, day, "part", None, None, value, None, None, None
        if self.among:
            yield from self.among.facts(data)

    def fold(self, facts: Facts, view: View) -> Figure:
        parts = of_side(facts, "part")
        known, silent = by_known(parts, MEMBER)
        empty = left_out(silent, self.column)
        values = dict.fromkeys(fact[MEMBER] for fact in known)
        figure = Figure(Fraction(len(values)), facts=known, left_out=empty, unknown=len(empty))
        if self.among:
            figure = self.of_members(figure, facts, self.among.members(facts, view))
        return self.in_use(view, figure)

    def of_members(self, figure: Figure, facts: Facts, members: Collection[str]) -> Figure:
        """So many of a population; of nobody it is not computable."""
        inside, others = self.naming_members(facts, "part", members)
        named, unnamed = self.naming_members(facts, "whole", members)
        part, whole = Fraction(len(by_member(inside))), Fraction(len(members))
        outside = tuple(value for value in by_member(figure.facts) if value not in members)
        found = replace(
            figure,
            value=part,
            part=part,
            whole=whole,
            facts=[*inside, *named],
            idle=others + unnamed,
            outside=outside,
        )
        return found if whole else found.without_value("not_computable")

    def people(self, facts: Facts, view: View) -> About:
        logs = self.source_logs(view.data.selections)
        if not is_person(view.data, logs[0], self.column):
            return About()
        found = by_member(of_side(facts, "part"))
        if not self.among:
            return About(of_named(logs, found, found))
        members = self.among.members(facts, view)
        part, whole = of_named(logs, found, found.keys() & members), of_named(logs, found, members)
        return of_share(part, whole, self.rule(view.data, self.column))

    def group_people(self, facts: Facts, view: View) -> About:
        """A group is a number of its own: it tells nothing of the rest of the population."""
        about = self.people(facts, view)
        return About(frozenset(head for head in about.part if head.number))

    def planned(self, view: View) -> int:
        """Values to come that were not there before, such as meetings of which a first sitting was held."""
        logs = self.source_logs(view.data.selections)
        if self.column.startswith(SESSION) or any(LOGS[log].parent for log in logs):
            return super().planned(view)
        coming = set[str]().union(*(rows_by_name(view.to_come(one), self.column) for one in self.of))
        if not coming:
            return 0
        return len(coming.difference(*(rows_by_name(view.rows(one), self.column) for one in self.of)))

    def sentence(self, say: Say) -> str:
        different = say.different(self.main, self.column)
        sentence = say("measure.distinct", column=different, of=say.rows_of(self.of))
        return sentence + ("" if self.among is None else say("measure.among", who=say.population(self.among)))
