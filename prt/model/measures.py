"""THE MEASURES: one class per kind: its YAML fields, its arithmetic, its sentence.

`figure(view, handle)` computes the figure of one window; `handle` is the indicator's id, such as
`1.1.workshops`. Numbers are exact. What a figure is made from is kept in it, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any, ClassVar, Literal, Protocol

from pydantic import Discriminator, Field, Tag, model_validator

from prt.model.figure import Figure, Group, Item, LeftOut, Member, share
from prt.model.rows import SESSION, Row
from prt.model.selections import (
    AnyoneIn,
    OrganisationsQuery,
    PeopleQuery,
    Selected,
    Selection,
    several,
)
from prt.model.text import Base, Phrases
from prt.model.view import CHILDREN, View, in_post, named

Pace = Literal["steady", "at_end", "none"]
Path = tuple[str, ...]


class Say(Protocol):
    """Words of one language, from which a measure makes its sentence."""

    def __call__(self, word: str, **parts: str) -> str: ...
    def rows(self, selection: Selection) -> str: ...
    def population(self, population: Any) -> str: ...
    def column(self, selection: Selection, name: str) -> str: ...


def population_tag(value: Any) -> str:
    """Which population a mapping is: the key that it has says."""
    keys = value if isinstance(value, dict) else type(value).model_fields
    return next((name for name in ("people", "organisations", "anyone_in") if name in keys), "quantity")


Population = Annotated[
    Annotated[PeopleQuery, Tag("people")]
    | Annotated[OrganisationsQuery, Tag("organisations")]
    | Annotated[AnyoneIn, Tag("anyone_in")],
    Discriminator(
        population_tag,
        custom_error_type="population",
        custom_error_message="a population has one of: people, organisations, anyone_in",
    ),
]


def population_selections(population: Any, path: Path) -> Iterator[tuple[Path, Selection]]:
    if isinstance(population, AnyoneIn):
        yield (*path, "anyone_in"), population.anyone_in


def population_columns(population: Any, path: Path) -> Iterator[tuple[Path, Selection, str]]:
    if isinstance(population, AnyoneIn):
        yield (*path, "by"), population.anyone_in, population.by
    elif isinstance(population, PeopleQuery):
        for name in population.people:
            yield (*path, "people", name), Selection(log="people"), name
    elif isinstance(population, OrganisationsQuery):
        for name in population.organisations:
            yield (*path, "organisations", name), Selection(log="organisations"), name


class Measure(Base):
    """What all kinds share. `pace` is the default pace of a target on it."""

    kind: str
    pace: ClassVar[Pace] = "steady"
    unit_name: ClassVar[str] = ""
    can_fall: ClassVar[bool] = False
    whole_numbers: ClassVar[bool] = False
    has_target: ClassVar[bool] = True

    @property
    def to_date_only(self) -> bool:
        """Has it no figure of a single period?"""
        return False

    @property
    def unit(self) -> str:
        """`%`, `h`, or an empty string."""
        return self.unit_name

    def figure(self, view: View, handle: str) -> Figure:
        raise NotImplementedError

    def sentence(self, say: Say) -> str:
        raise NotImplementedError

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        """Every selection of rows that it reads, with the path to it in the plan."""
        if (of := getattr(self, "of", None)) is not None:
            yield ("of",), of

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        """Every column that it names, with the path to it and the selection it is a column of."""
        for name in getattr(self, "split_by", ()):
            yield ("split_by",), self.main, name

    @property
    def main(self) -> Selection:
        """The selection that the figure is first of all about."""
        return next(selection for _, selection in self.selections())

    def planned(self, view: View) -> int:
        """Sessions to come that would count."""
        return len(view.to_come(self.main))


class Counted(Measure):
    """Kinds that are an amount of rows: they can be broken down, group by group."""

    of: Selected
    split_by: Phrases = ()

    def amount(self, rows: list[Row], view: View) -> Fraction:
        raise NotImplementedError

    def groups(self, rows: list[Row], view: View) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        return tuple((column, self.breakdown(rows, column, view)) for column in self.split_by)

    def breakdown(self, rows: list[Row], column: str, view: View) -> tuple[Group, ...]:
        """One group per value, *unknown* last; a row with several values is in several groups."""
        found: dict[Any, list[Row]] = dict(sorted(named(rows, column).items(), key=lambda pair: str(pair[0])))
        if unknown := [row for row in rows if not several(row[column])]:
            found[None] = unknown
        return tuple(Group(value, self.amount(some, view), tuple(some)) for value, some in found.items())

    def in_use(self, view: View, figure: Figure) -> Figure:
        """The figure, or *no data* where the log has no row at all."""
        return figure if view.in_use(self.of) else figure.without_value("no_data")


class Count(Counted):
    """How many rows there are. May be added over periods."""

    kind: Literal["count"]
    whole_numbers = True

    def amount(self, rows: list[Row], view: View) -> Fraction:
        return Fraction(len(rows))

    def figure(self, view: View, handle: str) -> Figure:
        rows = view.rows(self.of)
        figure = Figure(self.amount(rows, view), rows=tuple(rows), splits=self.groups(rows, view))
        return self.in_use(view, figure)

    def sentence(self, say: Say) -> str:
        return say("measure.count", of=say.rows(self.of))


class Sum(Counted):
    """The sum of a column. Rows whose cell is empty are counted and listed."""

    kind: Literal["sum"]
    column: str

    @property
    def unit(self) -> str:
        return "h" if self.column == "hours" else ""

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("column",), self.of, self.column
        yield from super().columns()

    def amount(self, rows: list[Row], view: View) -> Fraction:
        return total(rows, self.column)

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
        return figure.without_value("no_data") if rows and not known else self.in_use(view, figure)

    def sentence(self, say: Say) -> str:
        return say("measure.sum", column=say.column(self.of, self.column), of=say.rows(self.of))


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

    def planned(self, view: View) -> int:
        """Values to come that were not there before, such as meetings of which a first sitting was held."""
        if self.column.startswith(SESSION) or self.main_log(view) in CHILDREN:
            return len(view.to_come(self.of))
        held = named(view.rows(self.of), self.column)
        return len(named(view.to_come(self.of), self.column).keys() - held.keys())

    def main_log(self, view: View) -> str:
        return view.data.flat(self.of).log

    def sentence(self, say: Say) -> str:
        sentence = say("measure.distinct", column=say.column(self.of, self.column), of=say.rows(self.of))
        return sentence + ("" if self.among is None else say("measure.among", who=say.population(self.among)))


class Quantity(Base):
    """A part or a whole: `{count: S}`, `{sum: positive, of: S}` or `{distinct: person, of: S}`."""

    count: Selected | None = None
    sum: str | None = None
    distinct: str | None = None
    of: Selected | None = None

    @model_validator(mode="after")
    def one_kind(self) -> Quantity:
        given = [name for name in ("count", "sum", "distinct") if getattr(self, name) is not None]
        if len(given) != 1 or (self.count is None) == (self.of is None):
            raise ValueError("write one of: {count: S}, {sum: column, of: S}, {distinct: column, of: S}")
        return self

    @property
    def source(self) -> Selection:
        source = self.count or self.of
        assert source is not None
        return source

    @property
    def column(self) -> str | None:
        return self.sum or self.distinct

    def amount(self, rows: list[Row]) -> Fraction:
        if self.sum:
            return total(rows, self.sum)
        return Fraction(len(named(rows, self.distinct)) if self.distinct else len(rows))

    def sentence(self, say: Say) -> str:
        if self.column is None:
            return say("measure.rows", of=say.rows(self.source))
        word = "measure.sum_of" if self.sum else "measure.distinct"
        return say(word, column=say.column(self.source, self.column), of=say.rows(self.source))


Whole = Annotated[
    Annotated[PeopleQuery, Tag("people")]
    | Annotated[OrganisationsQuery, Tag("organisations")]
    | Annotated[AnyoneIn, Tag("anyone_in")]
    | Annotated[Quantity, Tag("quantity")],
    Discriminator(population_tag),
]


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

    @property
    def to_date_only(self) -> bool:
        return isinstance(self.whole, Quantity) and self.part.source.when != self.whole.source.when

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
            part = self.part_among(rows, view)
            return share(part, Fraction(len(view.members(self.whole))), rows=tuple(rows))
        if self.part.sum and self.whole.sum and self.part.source == self.whole.source:
            return self.joint(view.rows(self.part.source))
        return self.apart(view.rows(self.part.source), view.rows(self.whole.source))

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
        counted = tuple({id(row): row for row in (*wholes, *parts)}.values())
        return share(self.part.amount(parts), self.whole.amount(wholes), rows=counted)

    def sentence(self, say: Say) -> str:
        quantity = isinstance(self.whole, Quantity)
        whole = self.whole.sentence(say) if isinstance(self.whole, Quantity) else say.population(self.whole)
        if quantity and self.part.sum and self.part.source == self.main_whole and self.part.column:
            part = say.column(self.part.source, self.part.column)
            return say("measure.ratio_same", part=part, whole=whole)
        return say("measure.ratio", part=self.part.sentence(say), whole=whole)

    @property
    def main_whole(self) -> Selection | None:
        return self.whole.source if isinstance(self.whole, Quantity) else None


class Reach(Measure):
    """Members of a population who were there often enough. To date only.

    It knows who is missing, and the best that is still possible (spec §4). `at_least: due` asks for
    every round that fell due by the cut-off while the member was in post.
    """

    kind: Literal["reach"]
    who: Population
    did: Selected
    by: str
    each: str
    at_least: int | Literal["due"]
    within: Literal["session"] | None = None
    pace: ClassVar[Pace] = "none"
    unit_name = "%"
    can_fall = True

    @property
    def to_date_only(self) -> bool:
        return True

    @property
    def by_rounds(self) -> bool:
        return self.at_least == "due"

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        yield ("did",), self.did
        yield from population_selections(self.who, ("who",))

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("by",), self.did, self.by
        yield ("each",), self.did, self.each
        yield from population_columns(self.who, ("who",))

    def figure(self, view: View, handle: str) -> Figure:
        if not view.in_use(self.did):
            return Figure(None, "no_data")
        rows = view.rows(self.did)
        done, population = named(rows, self.by), view.members(self.who)
        count = self.by_round if self.by_rounds else self.by_times
        everyone = count(view, done, population)
        members = [member for member in everyone if member.needed]
        unnamed = [row for row in rows if not several(row[self.by])]
        whole = Fraction(len(members))
        return share(
            Fraction(sum(member.reached for member in members)),
            whole,
            rows=tuple(row for row in rows if several(row[self.by])),
            left_out=left_out(unnamed, self.by),
            unknown=len(unnamed),
            members=tuple(members),
            not_due=tuple(member.id for member in everyone if not member.needed),
            outside=tuple(sorted(done.keys() - population.keys())),
            best=Fraction(sum(member.can_still for member in members)) / whole if whole else None,
        )

    def by_times(
        self, view: View, done: dict[str, list[Row]], population: dict[str, list[Row]]
    ) -> list[Member]:
        """Each member's times so far and the best it can still come to."""
        assert isinstance(self.at_least, int)
        coming = Coming.of(self, view)
        members = []
        for member in sorted(population):
            rows = done.get(member, [])
            times = self.times(rows)
            best = times if view.at_end else coming.best(times, set(named(rows, self.each)))
            members.append(Member(member, times, best, self.at_least, tuple(rows)))
        return members

    def times(self, rows: list[Row]) -> int:
        if self.within is None:
            return len(named(rows, self.each))
        sessions = named(rows, "session").values()
        return max((len(named(inside, self.each)) for inside in sessions), default=0)

    def by_round(
        self, view: View, done: dict[str, list[Row]], population: dict[str, list[Row]]
    ) -> list[Member]:
        due = [one for one in view.data.calendar.rounds if one.due <= view.window.last]
        posts = view.data.posts(self.who) if isinstance(self.who, PeopleQuery) else None
        members = []
        for member in sorted(population):
            own = None if posts is None else [post for post in posts if post["id"] == member]
            asked = [one.id for one in due if own is None or any(in_post(post, one.due) for post in own)]
            rows = done.get(member, [])
            times = len(set(asked) & {int(value) for value in named(rows, self.each)})
            members.append(Member(member, times, times, len(asked), tuple(rows)))
        return members

    def sentence(self, say: Say) -> str:
        word = "measure.reach_due" if self.by_rounds else "measure.reach"
        return say(
            word + ("_within" if self.within else ""),
            who=say.population(self.who),
            did=say.rows(self.did),
            each=say.column(self.did, self.each),
            times=str(self.at_least),
        )


class Coming:
    """What the sessions to come can still give to a member of a reach."""

    def __init__(self, reach: Reach, offers: list[set[Any]], held: set[Any]) -> None:
        assert isinstance(reach.at_least, int)
        offered = set().union(*offers)
        self.needed = reach.at_least
        self.within = reach.within is not None
        self.offers = offers
        self.unplanned = max(0, reach.at_least - len(held | offered))

    @classmethod
    def of(cls, reach: Reach, view: View) -> Coming:
        held = set(named(view.rows(reach.did), reach.each))
        return cls(reach, [offered(session, reach.each) for session in view.to_come(reach.did)], held)

    def best(self, times: int, done: set[Any]) -> int:
        """Times so far + sessions to come; unplanned ones make up what the plan still needs."""
        if not self.within:
            return len(done.union(*self.offers)) + self.unplanned
        inside = max((len(offer) for offer in self.offers), default=0)
        return max(times, inside, self.needed if self.unplanned else 0)


def offered(session: Row, each: str) -> set[Any]:
    """What one session to come adds: itself or its series, or each of its days."""
    if each.startswith(SESSION):
        return set(several(session[each.removeprefix(SESSION)]))
    if each == "date":
        first, last = session["date"], session["last_day"] or session["date"]
        return {first.toordinal() + day for day in range((last - first).days + 1)}
    return set(several(session[each])) if session.model.column_named(each) else set()


class List(Measure):
    """What there is: each different combination of the columns once, with its number when grouped."""

    kind: Literal["list"]
    of: Selected
    list_columns: Phrases = Field(alias="columns")
    grouped: bool = False
    has_target = False

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        for name in self.list_columns:
            yield ("columns",), self.of, name

    def figure(self, view: View, handle: str) -> Figure:
        if not view.in_use(self.of):
            return Figure(None, "no_data")
        rows = view.rows(self.of)
        found: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            found.setdefault(tuple(row[name] for name in self.list_columns), []).append(row)
        items = tuple(Item(values, len(some), tuple(some)) for values, some in found.items())
        return Figure(Fraction(len(items)), rows=tuple(rows), items=items)

    def sentence(self, say: Say) -> str:
        names = ", ".join(say.column(self.of, name) for name in self.list_columns)
        word = "measure.list_grouped" if self.grouped else "measure.list"
        return say(word, columns=names, of=say.rows(self.of))


class Milestone(Measure):
    """Done, 1, when a row counts; `done_on` is the first day."""

    kind: Literal["milestone"]
    of: Selected

    def figure(self, view: View, handle: str) -> Figure:
        if not view.in_use(self.of):
            return Figure(None, "no_data")
        rows, flat = view.rows(self.of), view.data.flat(self.of)
        days = [row[flat.when or "date"] for row in rows]
        return Figure(Fraction(bool(rows)), rows=tuple(rows), done_on=min(days, default=None))

    def sentence(self, say: Say) -> str:
        return say("measure.milestone", of=say.rows(self.of))


class Typed(Measure):
    """A figure that somebody typed in figures.csv, with its document: the latest one holds."""

    kind: Literal["typed"]
    percent: bool = False
    can_fall = True

    @property
    def unit(self) -> str:
        return "%" if self.percent else ""

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        return iter(())

    @property
    def main(self) -> Selection:
        return Selection(log="figures")

    def figure(self, view: View, handle: str) -> Figure:
        rows = [row for row in view.rows(self.main) if row["indicator"] == handle]
        if not rows:
            return Figure(None, "no_data")
        return Figure(rows[-1]["value"], rows=(rows[-1],), left_out=left_out(rows[:-1], "", "replaced"))

    def sentence(self, say: Say) -> str:
        return say("measure.typed")


def total(rows: list[Row], column: str) -> Fraction:
    return sum((Fraction(row[column]) for row in rows if row[column] is not None), Fraction(0))


def by_known(rows: list[Row], column: str) -> tuple[list[Row], list[Row]]:
    """Rows with a value in the column, and rows without."""
    empty = (None, ())
    return [row for row in rows if row[column] not in empty], [row for row in rows if row[column] in empty]


def left_out(rows: list[Row], column: str, reason: str = "empty") -> tuple[LeftOut, ...]:
    return tuple(LeftOut(row, reason, column) for row in rows)


KINDS: tuple[type[Measure], ...] = (Count, Sum, Distinct, Ratio, Reach, List, Milestone, Typed)
AnyMeasure = Annotated[
    Count | Sum | Distinct | Ratio | Reach | List | Milestone | Typed, Field(discriminator="kind")
]
