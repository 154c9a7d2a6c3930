"""`{kind: ratio, part: Q, whole: Q}`"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from prt.model.base import Base, ByKey
from prt.model.figure import Figure, share
from prt.model.heads import NOBODY, About, Heads, of_column, of_persons, of_rows
from prt.model.measures.base import Measure, Pace, Path, Say, by_known, is_person, left_out, total
from prt.model.measures.population import population_columns, population_selections
from prt.model.rows import Row
from prt.model.selections import AnyoneIn, OrganisationsQuery, PeopleQuery, Selected, Selection
from prt.model.view import View, named
from prt.problems import Mistake

QUANTITIES = "Write one of: {count: S}, {sum: COLUMN, of: S}, {distinct: COLUMN, of: S}; S is a selection."


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
            raise Mistake("a part or a whole is one quantity", QUANTITIES)

    @property
    def source(self) -> Selection:
        source = self.count or self.of
        assert source is not None
        return source

    @property
    def column(self) -> str | None:
        return self.sum or self.distinct

    def is_silent(self, rows: list[Row]) -> bool:
        """Are there rows, but all the cells that would be added empty? Then 0 would be invented."""
        return bool(self.sum and rows) and not by_known(rows, self.sum or "")[0]

    def amount(self, rows: list[Row]) -> Fraction:
        if self.sum:
            return total(rows, self.sum)
        return Fraction(len(named(rows, self.distinct)) if self.distinct else len(rows))

    def heads(self, rows: list[Row], log: str) -> Heads:
        """The people that it counts; nobody where it counts boards, tools or hours."""
        if self.sum:
            return of_column(rows, self.sum).part
        if self.distinct:
            return of_persons(log, named(rows, self.distinct)) if is_person(log, self.distinct) else NOBODY
        return of_rows(rows)

    def sentence(self, say: Say) -> str:
        if self.column is None:
            return say("measure.rows", of=say.rows(self.source))
        if self.sum:
            return say("measure.sum_of", column=say.column(self.source, self.sum), of=say.rows(self.source))
        different = say.different(self.source, self.column)
        return say("measure.distinct_of", column=different, of=say.rows(self.source))


Whole = Annotated[PeopleQuery | OrganisationsQuery | AnyoneIn | Quantity, ByKey()]


class Ratio(Measure):
    """A part of a whole, pooled over all rows; never a mean of percentages.

    Where both are sums over one selection, a row enters only if both its cells are known.
    """

    kind: Literal["ratio"]
    part: Quantity
    whole: Whole
    pace: ClassVar[Pace] = "none"
    unit_name = "%"
    can_fall = True

    def to_date_only(self, named: Mapping[str, Selection]) -> bool:
        """A part and a whole placed by different dates have no common period."""
        if not isinstance(self.whole, Quantity):
            return False
        return self.part.source.flat(named).when != self.whole.source.flat(named).when

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        yield ("part", "count" if self.part.count else "of"), self.part.source
        if isinstance(self.whole, Quantity):
            yield ("whole", "count" if self.whole.count else "of"), self.whole.source
        else:
            yield from population_selections(self.whole, ("whole",))

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        for name, quantity in (("part", self.part), ("whole", self.whole)):
            if not isinstance(quantity, Quantity):
                yield from population_columns(quantity, (name,))
            elif quantity.column:
                yield (name, "sum" if quantity.sum else "distinct"), quantity.source, quantity.column

    def figure(self, view: View, handle: str) -> Figure:
        if not view.in_use(self.part.source):
            return Figure(None, "no_data")
        if not isinstance(self.whole, Quantity):
            rows = view.rows(self.part.source)
            if self.part.is_silent(rows):
                return Figure(None, "no_data")
            part = self.part_among(rows, view)
            return share(part, Fraction(len(view.members(self.whole))), rows=tuple(rows))
        if self.is_joint(view):
            return self.joint(view.rows(self.part.source))
        return self.apart(view.rows(self.part.source), view.rows(self.whole.source))

    def is_joint(self, view: View) -> bool:
        """Are both sums over one selection, however it is written, whose rows enter together?"""
        whole = self.whole
        if not isinstance(whole, Quantity) or not self.part.sum or not whole.sum:
            return False
        return view.data.flat(self.part.source) == view.data.flat(whole.source)

    def part_among(self, rows: list[Row], view: View) -> Fraction:
        """Of persons or organisations, only members of the whole are counted."""
        if not self.part.distinct or isinstance(self.whole, Quantity):
            return self.part.amount(rows)
        return Fraction(len(named(rows, self.part.distinct).keys() & view.members(self.whole)))

    def joint(self, rows: list[Row]) -> Figure:
        assert isinstance(self.whole, Quantity) and self.part.sum and self.whole.sum
        parts, no_part = by_known(rows, self.part.sum)
        known, no_whole = by_known(parts, self.whole.sum)
        out = left_out(no_part, self.part.sum) + left_out(no_whole, self.whole.sum)
        more = {"rows": tuple(known), "left_out": out, "unknown": len(out)}
        figure = share(self.part.amount(known), self.whole.amount(known), **more)
        return figure.without_value("no_data") if rows and not known else figure

    def apart(self, parts: list[Row], wholes: list[Row]) -> Figure:
        assert isinstance(self.whole, Quantity)
        if self.part.is_silent(parts) or self.whole.is_silent(wholes):
            return Figure(None, "no_data")
        counted = tuple({id(row): row for row in (*wholes, *parts)}.values())
        return share(self.part.amount(parts), self.whole.amount(wholes), rows=counted)

    def about(self, figure: Figure, view: View) -> About:
        """A share is about people if its whole is."""
        whole = self.about_whole(list(figure.rows), view)
        return About(self.about_part(list(figure.rows), view), whole) if whole else About()

    def about_part(self, rows: list[Row], view: View) -> Heads:
        log = view.data.flat(self.part.source).log
        if not self.is_joint(view):
            rows = view.rows(self.part.source)
        heads = self.part.heads(rows, log)
        if self.part.distinct and not isinstance(self.whole, Quantity):
            members = view.members(self.whole)
            return frozenset(head for head in heads if head.person in members)
        return heads

    def about_whole(self, rows: list[Row], view: View) -> Heads:
        if isinstance(self.whole, Quantity):
            rows = rows if self.is_joint(view) else view.rows(self.whole.source)
            return self.whole.heads(rows, view.data.flat(self.whole.source).log)
        if isinstance(self.whole, PeopleQuery):
            return of_persons(view.data.flat(self.part.source).log, view.members(self.whole))
        if isinstance(self.whole, AnyoneIn):
            log = view.data.flat(self.whole.anyone_in).log
            return of_persons(log, view.members(self.whole)) if is_person(log, self.whole.by) else NOBODY
        return NOBODY

    def sentence(self, say: Say) -> str:
        if not isinstance(self.whole, Quantity):
            return say("measure.ratio", part=self.part.sentence(say), whole=say.population(self.whole))
        source = self.part.source
        if self.part.sum and self.whole.sum and say.rows(source) == say.rows(self.whole.source):
            part, whole = say.column(source, self.part.sum), say.column(source, self.whole.sum)
            return say("measure.ratio_same", part=part, whole=whole, of=say.rows(source))
        return say("measure.ratio", part=self.part.sentence(say), whole=self.whole.sentence(say))
