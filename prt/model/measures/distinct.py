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
    of_persons,
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
        yield ("of",), self.of
        if self.among:
            yield from self.among.selections(("among",))

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("column",), self.of, self.column
        if self.among:
            yield from self.among.columns(("among",))
        yield from super().columns()

    def member_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("column",), self.of, self.column

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        column = self.column
        for row, day in data.placed(self.of):
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
        log = view.data.flat(self.of).log
        if not is_person(view.data, log, self.column):
            return About()
        values = by_member(of_side(facts, "part")).keys()
        if not self.among:
            return About(of_persons(log, values))
        members = self.among.members(facts, view)
        rule = view.data.flat(self.of), self.column
        return of_share(of_persons(log, values & members), of_persons(log, members), rule)

    def group_people(self, facts: Facts, view: View) -> About:
        """A group is a number of its own: it tells nothing of the rest of the population."""
        about = self.people(facts, view)
        return About(frozenset(head for head in about.part if head.number))

    def planned(self, view: View) -> int:
        """Values to come that were not there before, such as meetings of which a first sitting was held."""
        if self.column.startswith(SESSION) or LOGS[view.data.flat(self.of).log].parent:
            return len(view.to_come(self.of))
        to_come = rows_by_name(view.to_come(self.of), self.column).keys()
        return len(to_come - rows_by_name(view.rows(self.of), self.column).keys()) if to_come else 0

    def sentence(self, say: Say) -> str:
        different = say.different(self.of, self.column)
        sentence = say("measure.distinct", column=different, of=say.rows(self.of))
        return sentence + ("" if self.among is None else say("measure.among", who=say.population(self.among)))
