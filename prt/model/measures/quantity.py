"""A part or a whole of a ratio: `{count: S}`, `{sum: positive, of: S}`, `{distinct: person, of: S}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from prt.model.base import Base
from prt.model.facts import (
    MEMBER,
    NOBODY,
    PART,
    ROW,
    WHOLE,
    Facts,
    Heads,
    PlainFact,
    Side,
    by_known,
    by_member,
    of_column,
    of_givers,
    of_persons,
    of_side,
    total,
)
from prt.model.figure import LeftOut
from prt.model.measures.base import Say, left_out
from prt.model.selections import Selected, Selection, is_person, several
from prt.model.view import Data
from prt.problems import Mistake


class Quantity(Base):
    """A part or a whole: `{count: S}`, `{sum: positive, of: S}` or `{distinct: person, of: S}`."""

    count: Selected | None = None
    sum: str | None = None
    distinct: str | None = None
    of: Selected | None = None

    def check(self) -> None:
        """One kind of quantity, of one selection."""
        given = [name for name in ("count", "sum", "distinct") if getattr(self, name) is not None]
        if len(given) != 1 or (self.count is None) == (self.of is None):
            raise Mistake("not_one_quantity")

    @property
    def source(self) -> Selection:
        source = self.count or self.of
        assert source is not None
        return source

    @property
    def column(self) -> str | None:
        return self.sum or self.distinct

    def facts(self, data: Data, side: Side) -> Iterator[PlainFact]:
        """What each row gives to one side; nothing known of it where its cell is empty."""
        amount_column, name_column = self.sum, self.distinct
        for row, day in data.placed(self.source):
            amount = row[amount_column] if amount_column else None if name_column else 1
            part, whole = (amount, None) if side == "part" else (None, amount)
            for member in (several(row[name_column]) or (None,)) if name_column else (None,):
                yield row, day, side, part, whole, member, None, None, None

    def saying(self, facts: Facts, side: Side) -> tuple[Facts, tuple[LeftOut, ...]]:
        """The facts of one side that give something; the rows of which the cell is empty."""
        field = MEMBER if self.distinct else PART if side == "part" else WHOLE
        known, silent = by_known(of_side(facts, side), field)
        return known, left_out(silent, self.column or "")

    def is_silent(self, amounts: list[Any]) -> bool:
        """Are there rows, but all the cells that would be added empty? Then 0 would be invented."""
        return bool(self.sum and amounts) and all(amount is None for amount in amounts)

    def amount(self, amounts: list[Any], members: Iterable[Any]) -> Fraction:
        """Different members, or the sum of what the rows give."""
        if self.distinct:
            return Fraction(len(set(members)))
        return total(amount for amount in amounts if amount is not None)

    def people(self, facts: Facts, data: Data) -> Heads:
        """The people that it counts; nobody where it counts boards, tools or hours."""
        log = data.flat(self.source).log
        if self.sum:
            return of_column((fact[ROW] for fact in facts), self.sum).part
        if self.distinct:
            return of_persons(log, by_member(facts)) if is_person(data, log, self.distinct) else NOBODY
        return of_givers(facts)

    def sentence(self, say: Say) -> str:
        if self.column is None:
            return say("measure.rows", of=say.rows(self.source))
        if self.sum:
            return say("measure.sum_of", column=say.column(self.source, self.sum), of=say.rows(self.source))
        different = say.different(self.source, self.column)
        return say("measure.distinct_of", column=different, of=say.rows(self.source))
