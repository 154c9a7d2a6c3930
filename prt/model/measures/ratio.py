"""`{kind: ratio, part: Q, whole: Q, unit: "%" | text}`"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Literal

from prt.model.base import ByKey, field
from prt.model.facts import (
    PART,
    WHOLE,
    About,
    Facts,
    Heads,
    PlainFact,
    Side,
    by_member,
    of_share,
    of_side,
    total,
)
from prt.model.figure import Figure, share
from prt.model.measures.base import Say, Share, left_out
from prt.model.measures.quantity import Quantity
from prt.model.populations import AnyoneIn, Members, OrganisationsQuery, Path, PeopleQuery
from prt.model.selections import Selection
from prt.model.text import Label, Text, Unit
from prt.model.view import Data, View

Whole = Annotated[PeopleQuery | OrganisationsQuery | AnyoneIn | Quantity, ByKey()]


class Ratio(Share):
    """A part of a whole, pooled over all rows; never a mean of percentages.

    Where both are sums over one selection, a row enters only if both its cells are known. With a `unit` it is
    a rate, such as 25.5 hours a CDA, and no percentage: its target is a plain number.
    """

    kind: Literal["ratio"]
    part: Quantity = field(
        description="`{count: S}`, `{sum: column, of: S}` or `{distinct: column, of: S}`, S being a selection"
    )
    whole: Whole = field(description="the same, or a population")
    named_unit: Label | None = field(
        default=None,
        key="unit",
        asked=True,
        description="`%`, or what a rate is called: `hours a CDA`, `{en: hours a CDA, fr: heures par ACD}`",
    )
    example = "{kind: ratio, part: {sum: positive, of: workshops}, whole: {sum: answered, of: workshops}}"

    @property
    def unit(self) -> str:
        named = self.named_unit
        return "%" if named is None or "%" in (named.en, named.fr) else Unit(named)

    @property
    def population(self) -> Members | None:
        return self.whole if isinstance(self.whole, Members) else None

    @property
    def base(self) -> Quantity | None:
        """The whole, where it is no population."""
        return self.whole if isinstance(self.whole, Quantity) else None

    def naming_columns(self, side: Side) -> tuple[str, ...]:
        quantity = self.part if side == "part" else self.base
        if quantity is None:
            return super().naming_columns(side)
        return (quantity.distinct,) if quantity.distinct else ()

    def texts(self) -> Iterator[tuple[Path, Text]]:
        if self.named_unit:
            yield ("unit",), self.named_unit

    def to_date_only(self, named: Mapping[str, Selection]) -> bool:
        """A part and a whole placed by different dates have no common period."""
        base = self.base
        return base is not None and self.part.source.flat(named).when != base.source.flat(named).when

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        yield ("part", "count" if self.part.count else "of"), self.part.source
        if self.base:
            yield ("whole", "count" if self.base.count else "of"), self.base.source
        if self.population:
            yield from self.population.selections(("whole",))

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        for name, quantity in (("part", self.part), ("whole", self.base)):
            if quantity and quantity.column:
                yield (name, "sum" if quantity.sum else "distinct"), quantity.source, quantity.column
        if self.population:
            yield from self.population.columns(("whole",))

    def number_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        for name, quantity in (("part", self.part), ("whole", self.base)):
            if quantity and quantity.sum:
                yield (name, "sum"), quantity.source, quantity.sum

    def member_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        if self.part.distinct:
            yield ("part", "distinct"), self.part.source, self.part.distinct

    def is_joint(self, data: Data) -> bool:
        """Are both sums over one selection, however it is written, whose rows enter together?"""
        if not self.part.sum or not self.base or not self.base.sum:
            return False
        return data.flat(self.part.source) == data.flat(self.base.source)

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        if self.is_joint(data):
            yield from self.joint_facts(data)
            return
        if self.base:
            yield from self.base.facts(data, "whole")
        if self.population:
            yield from self.population.facts(data)
        yield from self.part.facts(data, "part")

    def joint_facts(self, data: Data) -> Iterator[PlainFact]:
        assert self.base and self.part.sum and self.base.sum
        part, whole = self.part.sum, self.base.sum
        for row, day in data.placed(self.part.source):
            yield row, day, "part", row[part], row[whole], None, None, None, None

    def fold(self, facts: Facts, view: View) -> Figure:
        if not view.in_use(self.part.source):
            return Figure(None, "no_data")
        if self.is_joint(view.data):
            return self.joint(facts)
        parts, wholes = of_side(facts, "part"), of_side(facts, "whole")
        if self.part.is_silent([fact[PART] for fact in parts]):
            return Figure(None, "no_data")
        if self.population:
            return self.of_members(facts, self.population.members(facts, view))
        assert self.base
        amounts = [fact[WHOLE] for fact in wholes]
        if self.base.is_silent(amounts):
            return Figure(None, "no_data")
        whole, without = self.base.saying(facts, "whole")
        part, empty = self.part.saying(facts, "part")
        amount = self.base.amount(amounts, by_member(wholes))
        return share(self.part_of(part), amount, facts=[*whole, *part], idle=without + empty)

    def of_members(self, facts: Facts, members: Collection[str]) -> Figure:
        """A part of a population: of different values those that are in it."""
        if self.part.distinct:
            part, others = self.naming_members(facts, "part", members)
        else:
            part, others = self.part.saying(facts, "part")
        named, unnamed = self.naming_members(facts, "whole", members)
        whole = Fraction(len(members))
        return share(self.part_of(part), whole, facts=[*part, *named], idle=others + unnamed)

    def part_of(self, parts: Facts) -> Fraction:
        return self.part.amount([fact[PART] for fact in parts], by_member(parts))

    def joint(self, facts: Facts) -> Figure:
        """The figure of the rows in which both cells are known."""
        assert self.base and self.part.sum and self.base.sum
        known = of_known(facts)
        no_part = [fact for fact in facts if fact[PART] is None]
        no_whole = [fact for fact in facts if fact[PART] is not None and fact[WHOLE] is None]
        out = left_out(no_part, self.part.sum) + left_out(no_whole, self.base.sum)
        part, whole = total(fact[PART] for fact in known), total(fact[WHOLE] for fact in known)
        figure = share(part, whole, facts=known, left_out=out, unknown=len(out))
        return figure.without_value("no_data") if facts and not known else figure

    def people(self, facts: Facts, view: View) -> About:
        """A share is about people if its whole is; the people of a part of anything else are a number."""
        part, whole = self.people_of_part(facts, view), self.people_of_whole(facts, view)
        if whole and self.part.sum:  # the cells of a row say themselves who is not in the part
            return About(part, whole)
        rule = view.data.flat(self.part.source), self.part.column
        return of_share(part, whole, rule) if whole else About(part)

    def people_of_part(self, facts: Facts, view: View) -> Heads:
        heads = self.part.people(self.entered(facts, "part", view), view.data)
        if self.part.distinct and self.population:
            members = self.population.members(facts, view)
            return frozenset(head for head in heads if head.person in members)
        return heads

    def people_of_whole(self, facts: Facts, view: View) -> Heads:
        log = view.data.flat(self.part.source).log
        if self.population:
            return self.population.as_people(self.population.members(facts, view), log, view)
        assert self.base
        return self.base.people(self.entered(facts, "whole", view), view.data)

    def entered(self, facts: Facts, side: Side, view: View) -> Facts:
        """The facts that a side is made of."""
        return of_known(facts) if self.is_joint(view.data) else of_side(facts, side)

    def sentence(self, say: Say) -> str:
        said = self.sides_said(say)
        return said if self.is_percentage else say("measure.rate", sides=said, unit=say.text(self.named_unit))

    def sides_said(self, say: Say) -> str:
        """The part and the whole, for a reader."""
        if not self.base:
            return say("measure.ratio", part=self.part.sentence(say), whole=say.population(self.whole))
        source = self.part.source
        if self.part.sum and self.base.sum and say.rows(source) == say.rows(self.base.source):
            part, whole = say.column(source, self.part.sum), say.column(source, self.base.sum)
            return say("measure.ratio_same", part=part, whole=whole, of=say.rows(source))
        return say("measure.ratio", part=self.part.sentence(say), whole=self.base.sentence(say))


def of_known(facts: Facts) -> Facts:
    """The facts of rows of which both cells are known."""
    return [fact for fact in facts if fact[PART] is not None and fact[WHOLE] is not None]
