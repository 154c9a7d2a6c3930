"""What all kinds of measure share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import Any, ClassVar, Literal, Protocol

from prt.model.base import Base, field
from prt.model.calendar import Round
from prt.model.facts import (
    MEMBER,
    ROW,
    About,
    Facts,
    PlainFact,
    Side,
    by_group,
    by_known,
    facts_within,
    of_side,
    rows_of,
)
from prt.model.figure import Figure, Group, LeftOut, Member, share
from prt.model.populations import Members, Path
from prt.model.rows import Row
from prt.model.selections import Selection, Sources, log_of, unit_of, whole_log
from prt.model.text import Phrases, Text
from prt.model.view import Data, View
from prt.problems import Mistake
from prt.values import replace

Pace = Literal["steady", "at_end", "none"]


class Say(Protocol):
    """Words of one language, from which a measure makes its sentence."""

    def __call__(self, word: str, **parts: str) -> str: ...
    def rows(self, selection: Selection) -> str: ...
    def rows_of(self, selections: Sequence[Selection]) -> str: ...
    def population(self, population: Any) -> str: ...
    def column(self, selection: Selection, name: str) -> str: ...
    def of_column(self, selection: Selection, name: str) -> str: ...
    def different(self, selection: Selection, name: str) -> str: ...
    def amount(self, selection: Selection, name: str, number: Any) -> str: ...
    def text(self, label: Any) -> str: ...


ROWS = "the rows: the name of a selection, or a selection"
SOURCES = f"{ROWS}; or a list of them, of one log or of several: each row counts once"
SPLIT_BY = "one breakdown for each of these columns, never crossed; empty cells are *unknown*"
SAID_BY_EACH_KIND = ("facts", "fold", "people", "sentence")
"""What cannot be guessed of a kind: one that does not say whom it counts would be published unprotected."""


class Measure(Base):
    """What all kinds share. A kind says what each row gives (`facts`), what they make together (`fold`), whom
    that is about (`people`) and what a reader is told (`sentence`).
    """

    kind: str
    example: ClassVar[str] = ""
    """What its page of the reference shows, such as `{kind: count, of: workshops}`."""
    pace: ClassVar[Pace] = "steady"
    """The pace of a target that names none."""
    unit_name: ClassVar[str] = ""
    can_fall: ClassVar[bool] = False
    whole_numbers: ClassVar[bool] = False
    has_target: ClassVar[bool] = True
    is_event: ClassVar[bool] = False
    """Is it done or not? Then a target is the day it is due."""
    is_amount: ClassVar[bool] = False
    """Is it an amount of rows? Then it can be broken down, and is shown without decimals while it grows."""
    adds_up: ClassVar[bool] = False
    """May the figures of periods be added?"""
    grows: ClassVar[bool] = False
    """Does it grow with every week of work, as hours do?"""
    starts_at_zero: ClassVar[bool] = False
    """Is it 0 before its log has a row?"""
    counts_values: ClassVar[bool] = False
    """Does it count different values? Then rows without one make it *at least*, and groups overlap."""
    has_items: ClassVar[bool] = False
    """Does it list what there is? Then it counts items, and each of them may be about people."""
    has_members: ClassVar[bool] = False
    """Does it know who has reached it and who has not?"""
    by_hand: ClassVar[bool] = False
    """Is the figure itself entered, by somebody?"""
    facts_add_up: ClassVar[bool] = False
    """Is the figure the same, with its part and its whole, of facts that name the same and were added up (see
    `prt/model/facts.py:add_up`)? Then what the rows gave is kept in short, and `prt log` reads no row."""
    may_be_negative: ClassVar[bool] = False
    """May it be less than 0, as a balance or a change is?"""
    may_exceed_all: ClassVar[bool] = False
    """May its percentage be more than 100 %, as a change or a rate may?"""
    shows_planned: ClassVar[bool] = True
    """Do sessions to come move it? Those of a share move its base, too, and say nothing."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        missing = [name for name in SAID_BY_EACH_KIND if is_abstract(cls, name)]
        if "kind" in cls.__annotations__ and missing:
            raise TypeError(f"a kind of measure says its {', '.join(missing)}: {cls.__name__} does not")

    @abstractmethod
    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        """What each row of the year gives, whatever its day; None where its cell says nothing."""

    @abstractmethod
    def fold(self, facts: Facts, view: View) -> Figure:
        """The figure of the facts of one window: the only arithmetic of a kind."""

    @abstractmethod
    def people(self, facts: Facts, view: View) -> About:
        """Whom the figure of these facts counts; nobody where it counts activities, hours or documents."""

    @abstractmethod
    def sentence(self, say: Say) -> str:
        """The rule, for a reader."""

    def figure_of(self, facts: Iterable[PlainFact], view: View) -> Figure:
        """The figure of a window, of all facts of the year."""
        return self.figure_of_seen(facts_within(facts, view.window), view)

    def figure_of_seen(self, seen: Facts, view: View) -> Figure:
        """The figure of a window, of the facts that it sees."""
        return self.fold(seen, view)

    def people_of(self, figure: Figure, facts: Facts, view: View) -> About:
        """The people whom a figure counts, as `people` tells them, where the figure is known already."""
        return self.people(facts, view)

    def group_people(self, facts: Facts, view: View) -> About:
        """The people whom one group of a breakdown, or one item of a list, counts."""
        return self.people(facts, view)

    def share_told(self, figure: Figure, about: About) -> Fraction | None:
        """Of the people of a figure, what share it tells; None where there are none of whom."""
        return share(figure.part, figure.whole).value if figure.part is not None and figure.whole else None

    def value_of_people(self, part: Fraction, whole: Fraction | None) -> Fraction | None:
        """The figure, if the people whom it counts were so many; `whole` is None where it is no part."""
        return part if whole is None else share(part, whole).value

    def to_date_only(self, named: Mapping[str, Selection]) -> bool:
        """Has it no figure of a single period? `named` are the plan's selections."""
        return False

    @property
    def unit(self) -> str:
        """`%`, `h`, an empty string, or a unit that the plan names."""
        return self.unit_name

    @property
    def is_percentage(self) -> bool:
        """Is it a percentage: of more than 100 % something is wrong, and its target is one?"""
        return self.unit == "%"

    def exceeds_all(self, value: Fraction | None) -> bool:
        """Is it a percentage of more than all, which cannot be right?"""
        return self.is_percentage and not self.may_exceed_all and value is not None and value > 1

    @property
    def is_level(self) -> bool:
        """Is it how high something stands, so that its rows are no amount on the way to a target?"""
        return self.is_percentage

    @property
    def by_rounds(self) -> bool:
        """Does it ask for what fell due in rounds?"""
        return False

    @property
    def by_best(self) -> bool:
        """Is it judged by the best that is still possible?"""
        return self.has_members and not self.by_rounds

    @property
    def counts_items(self) -> bool:
        """Does it say how many rows each of its items has?"""
        return False

    @property
    def part_by(self) -> str:
        """How a data package says that facts make the figure, or its part."""
        if self.has_members:
            return "members"
        if self.is_event:
            return "event"
        if self.by_hand:
            return "latest"
        return "distinct" if self.naming_columns("part") else "sum"

    @property
    def whole_by(self) -> str:
        """And its whole: *anyone* whom a row names, or the *members* in the population on that day."""
        if self.population is not None and not self.has_members:
            return "anyone" if self.population.naming_columns else "members"
        if self.has_members:
            return "members"
        if self.by_hand or not self.is_level:
            return ""
        return "distinct" if self.naming_columns("whole") else "sum"

    @property
    def naming(self) -> str:
        """The column whose values are counted, or compared with a population; empty where none is."""
        return ""

    @property
    def base_word(self) -> str:
        """The word of figures that says of what it is: `8 of 10`."""
        return "of"

    @property
    def row_unit(self) -> str:
        """The unit of what one row gives."""
        return self.unit

    def naming_columns(self, side: Side) -> tuple[str, ...]:
        """The columns from which a fact of one side says whom or what it names."""
        if side == "whole":
            return self.population.naming_columns if self.population else ()
        return (self.naming,) if self.naming else ()

    def naming_members(
        self, facts: Facts, side: Side, members: Collection[str]
    ) -> tuple[Facts, tuple[LeftOut, ...]]:
        """The facts of one side that name members; the others give nothing, and why."""
        known, silent = by_known(of_side(facts, side), MEMBER)
        inside = [fact for fact in known if fact[MEMBER] in members]
        outside = [fact for fact in known if fact[MEMBER] not in members]
        column = next(iter(self.naming_columns(side)), "")
        return inside, left_out(silent, column) + left_out(outside, column, "outside")

    @property
    def population(self) -> Members | None:
        """Who or what the figure is a share of."""
        return None

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        """Every selection of rows that it reads, with the path to it in the plan."""
        if (of := getattr(self, "of", None)) is not None:
            yield ("of",), of

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        """Every column that it names, with the path to it and the selection it is a column of."""
        yield from self.number_columns()
        for place, name in enumerate(self.breakdowns):
            for selection in self.sources:
                yield ("split_by", place), selection, name

    def number_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        """The columns of the measure that must hold numbers."""
        return iter(())

    def member_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        """The columns of the measure that must name members of its population."""
        return iter(())

    def texts(self) -> Iterator[tuple[Path, Text]]:
        """The texts that the plan gives it, in its languages, with the path to each."""
        return iter(())

    def mistakes(
        self, named: Mapping[str, Selection], rounds: Sequence[Round]
    ) -> Iterator[tuple[Path, Mistake]]:
        """What else is wrong with it in a plan of these selections and rounds, and where in it."""
        return iter(())

    @property
    def breakdowns(self) -> Phrases:
        """The columns by which the figure is broken down."""
        return ()

    @property
    def main(self) -> Selection:
        """The selection that the figure is first of all about."""
        return next(selection for _, selection in self.selections())

    @property
    def sources(self) -> Sequence[Selection]:
        """The selections whose rows are broken down, listed and planned: that one, or a list of them."""
        return (self.main,)

    def source_logs(self, named: Mapping[str, Selection]) -> tuple[str, ...]:
        """The logs of these, each once. `named` are the plan's selections."""
        return tuple(dict.fromkeys(one.flat(named).log for one in self.sources))

    def rule(self, data: Data, column: str) -> object:
        """What tells whom these rows name in a column from those whom others do."""
        first, *others = map(data.flat, self.sources)
        return (first, *others) if others else first, column

    def split_logs(self, named: Mapping[str, Selection]) -> tuple[str, ...]:
        """The logs, or the roster, that say what the columns of its breakdowns hold."""
        return self.source_logs(named)

    def split_columns(self, side: Side) -> Phrases:
        """The columns by which the rows of one side are broken down."""
        return self.breakdowns if side == "part" else ()

    def of_group(self, column: str, value: Any) -> Measure:
        """What makes the figure of one group of a breakdown, of the facts of that group."""
        return self

    def reads(self, indicator_id: str) -> list[Selection]:
        """The selections of rows that give something."""
        return [selection for _, selection in self.selections()]

    def logs(self, named: Mapping[str, Selection]) -> frozenset[str]:
        """The logs that it reads. `named` are the plan's selections. Found once for a plan."""
        if "_logs" not in vars(self) or vars(self)["_logs"][0] is not named:
            vars(self)["_logs"] = named, frozenset(one.flat(named).log for one in self.reads(""))
        found: frozenset[str] = vars(self)["_logs"][1]
        return found

    def members(self, facts: Facts, view: View) -> tuple[Member, ...]:
        """The members of its population, even while there is no row and so no figure."""
        return ()

    def lacking(self, member: Member, view: View) -> list[Any]:
        """What a member missed so far."""
        return []

    def to_come(self, view: View) -> Sequence[Row]:
        """Sessions to come that would count, each once."""
        first, *others = map(view.to_come, self.sources)
        found = {id(row): row for row in chain(first, *others)}
        return sorted(found.values(), key=lambda row: row.day) if others else first

    def planned(self, view: View) -> int:
        """How many sessions to come would count."""
        return len(self.to_come(view))


def listed(key: str, selections: Sequence[Selection]) -> Iterator[tuple[Path, Selection]]:
    """The selections under a key of the plan, each with its path: one stands there without a list."""
    for place, one in enumerate(selections):
        yield ((key, place) if len(selections) > 1 else (key,)), one


def is_abstract(cls: type, name: str) -> bool:
    return getattr(getattr(cls, name), "__isabstractmethod__", False)


class Divided(Measure):
    """Kinds that can be broken down, group by group."""

    def figure_of_seen(self, seen: Facts, view: View) -> Figure:
        figure = self.fold(seen, view)
        if not self.breakdowns or figure.absent == "not_computable":
            return figure
        return replace(figure, breakdown=lambda: self.splits(seen, figure, view))

    def splits(self, seen: Facts, figure: Figure, view: View) -> Iterator[tuple[str, tuple[Group, ...]]]:
        """Each breakdown with its groups."""
        for column in self.breakdowns:
            found = self.facts_of_groups(column, seen, figure, view)
            yield column, tuple(self.group(column, value, facts, view) for value, facts in found)

    def group(self, column: str, value: Any, facts: Facts, view: View) -> Group:
        return Group(value, self.of_group(column, value).fold(facts, view), facts)

    @abstractmethod
    def facts_of_groups(
        self, column: str, seen: Facts, figure: Figure, view: View
    ) -> Iterable[tuple[Any, Facts]]:
        """The facts of each value of a column; `figure` is that of all of them."""


class OfRows(Divided):
    """Kinds that are made of the rows of one selection, or of several."""

    of: Sources = field(shortest=1, description=SOURCES)
    split_by: Phrases = field(default=(), description=SPLIT_BY)

    @property
    def breakdowns(self) -> Phrases:
        return self.split_by

    @property
    def sources(self) -> Sequence[Selection]:
        return self.of

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        return listed("of", self.of)

    def of_sources(self, name: str) -> Iterator[tuple[Path, Selection, str]]:
        """A column that each of its selections has, as `columns` and its like yield it."""
        return ((("column",), one, name) for one in self.of)

    def unit_of_rows(self, column: str) -> str:
        """The unit of a column, which all selections agree on."""
        units = {unit_of(one, column) for one in self.of}
        return units.pop() if len(units) == 1 else ""

    def unit_mistakes(self, column: str, named: Mapping[str, Selection]) -> Iterator[tuple[Path, Mistake]]:
        """That the logs have it in different units."""
        logs = ((one, log) for one in self.of if (log := log_of(one, named)))
        found = (one if one.own_column(column) else whole_log(log) for one, log in logs)
        units = dict.fromkeys(unit_of(one, column) or "1" for one in found)
        if len(units) > 1:
            yield ("column",), Mistake("units_differ", column=column, units=", ".join(units))

    def saying_something(self, seen: Facts, figure: Figure) -> Facts:
        """The facts of which the cells say something, inside a population or not: they are grouped."""
        silent = {id(one.row) for one in figure.left_out}
        return [fact for fact in of_side(seen, "part") if id(fact[ROW]) not in silent]

    def facts_of_groups(
        self, column: str, seen: Facts, figure: Figure, view: View
    ) -> Iterable[tuple[Any, Facts]]:
        """Each group is of one and the same population."""
        facts, population = self.saying_something(seen, figure), of_side(seen, "whole")
        return ((value, [*some, *population]) for value, some in by_group(facts, column).items())

    def in_use(self, view: View, figure: Figure) -> Figure:
        """The figure, or *no data* where none of the logs has a row."""
        if view.in_use(*self.of):
            return figure
        return replace(figure, value=None, absent="no_data", facts=())


class Counted(OfRows):
    """Kinds that are an amount of rows."""

    is_amount = True
    starts_at_zero = True


class Share(Measure):
    """Kinds that are a part of a whole, most often a percentage: what a row gives are numbers, of which
    `fold` makes a `share`.
    """

    pace: ClassVar[Pace] = "none"
    unit_name = "%"
    can_fall = True
    shows_planned = False

    @property
    def is_level(self) -> bool:
        return True

    @property
    def row_unit(self) -> str:
        return ""


def left_out(facts: Iterable[PlainFact], column: str, reason: str = "empty") -> tuple[LeftOut, ...]:
    """Rows of which a cell says nothing, each once."""
    return tuple(LeftOut(row, reason, column) for row in rows_of(facts))
