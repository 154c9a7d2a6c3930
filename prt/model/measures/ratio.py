"""`{kind: ratio, part: Q, whole: Q, unit: "%" | text}`"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import Annotated, Any, Literal

from prt.model.base import ByKey, field
from prt.model.calendar import Round
from prt.model.facts import (
    MEMBER,
    PART,
    WHOLE,
    About,
    Facts,
    Heads,
    PlainFact,
    Side,
    by_group,
    by_known,
    by_member,
    of_share,
    of_side,
    total,
)
from prt.model.figure import Figure, share
from prt.model.measures.base import SPLIT_BY, Divided, Say, Share, left_out
from prt.model.measures.quantity import Quantity
from prt.model.populations import AnyoneIn, Members, MembersOfValue, OrganisationsQuery, Path, PeopleQuery
from prt.model.records import ROSTERS
from prt.model.selections import Selection
from prt.model.text import Label, Phrases, Text, unit_named
from prt.model.view import Data, View
from prt.problems import Mistake

Whole = Annotated[PeopleQuery | OrganisationsQuery | AnyoneIn | Quantity, ByKey()]


class Ratio(Divided, Share):
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
    split_by: Phrases = field(
        default=(),
        description=f"{SPLIT_BY}; each group has a part and a whole; of a population, columns of its "
        "members, such as `role` and `board`",
    )
    facts_add_up = True
    example = "{kind: ratio, part: {sum: positive, of: workshops}, whole: {sum: answered, of: workshops}}"

    @property
    def breakdowns(self) -> Phrases:
        return self.split_by

    @property
    def unit(self) -> str:
        return unit_named(self.named_unit) if self.named_unit else "%"

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

        for column, selection in product(self.split_by, self.split_sources()):
            yield ("split_by", self.split_by.index(column)), selection, column

    def split_sources(self) -> Iterator[Selection]:
        """The selections whose rows must have the columns of its breakdowns."""
        if not self.is_of_roster or not self.part.distinct:
            yield self.part.source
        if self.base:
            yield self.base.source
        for _, selection in self.population.selections(()) if self.population else ():
            yield selection

    @property
    def is_of_roster(self) -> bool:
        """Is the whole a population of people.csv or organisations.csv?"""
        return self.population is not None and bool(self.population.conditions()[0])

    def split_logs(self, named: Mapping[str, Selection]) -> tuple[str, ...]:
        if self.population and self.is_of_roster:
            return (self.population.conditions()[0],)
        return super().split_logs(named)

    def split_columns(self, side: Side) -> Phrases:
        return () if self.is_of_roster and self.part.distinct else self.split_by

    def mistakes(
        self, named: Mapping[str, Selection], rounds: Sequence[Round]
    ) -> Iterator[tuple[Path, Mistake]]:
        """A breakdown by what the members of a population do not have: no group would have a whole."""
        if self.population and self.is_of_roster:
            roster = self.population.conditions()[0]
            of_members = ROSTERS[roster].divided_by
            for place, column in enumerate(self.split_by):
                if column not in of_members:
                    columns = ", ".join(of_members)
                    mistake = Mistake("split_not_of_members", column=column, roster=roster, columns=columns)
                    yield ("split_by", place), mistake

    def number_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        for name, quantity in (("part", self.part), ("whole", self.base)):
            if quantity and quantity.sum:
                yield (name, "sum"), quantity.source, quantity.sum

    def member_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        if self.part.distinct:
            yield ("part", "distinct"), self.part.source, self.part.distinct

    def of_group(self, column: str, value: Any) -> Ratio:
        """A group of a population is of those of its members who have that value."""
        if self.population is None or not self.is_of_roster:
            return self
        return self.replace(whole=MembersOfValue(of=self.population, column=column, value=value))

    def facts_of_groups(
        self, column: str, seen: Facts, figure: Figure, view: View
    ) -> Iterable[tuple[Any, Facts]]:
        """The part and the whole of each group. Of different members of a population `fold` takes those of
        the group, whatever their rows say.
        """
        parts, wholes = (self.said_facts(seen, side, view) for side in ("part", "whole"))
        roster = self.population if self.is_of_roster else None
        if roster and self.part.distinct:
            return ((value, parts) for value in roster.by_value(column, view))
        of_parts, of_wholes = by_group(parts, column), {} if roster else by_group(wholes, column)
        every = dict.fromkeys([*(roster.by_value(column, view) if roster else of_wholes), *of_parts])
        return ((value, [*of_wholes.get(value, ()), *of_parts.get(value, ())]) for value in every)

    def said_facts(self, seen: Facts, side: Side, view: View) -> Facts:
        """The facts of one side whose cells say something."""
        if self.is_joint(view.data):
            return of_known(of_side(seen, side))
        if side == "part":
            return self.part.saying(seen, side)[0]
        return self.base.saying(seen, side)[0] if self.base else by_known(of_side(seen, side), MEMBER)[0]

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
        rule = self.rule(view.data, self.part.column or "")
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
