"""What each row gives to an indicator: of facts are made figures, breakdowns, lists, reasons, and the people
behind them.

A fact is said once, by its measure, and the measure's `fold` makes the figure of facts without looking at
their rows. A year has some ten thousand of them, so they are plain tuples until one is shown.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, partial
from itertools import repeat
from math import lcm
from operator import attrgetter, itemgetter
from typing import Any, Final, Literal

from prt.model.calendar import Window
from prt.model.columns import Record
from prt.model.rows import MODEL, Placed, Row, cells_of, cells_of_logs
from prt.model.selections import several
from prt.values import NamedTuple, dataclass

Side = Literal["part", "whole"]


class Fact(NamedTuple):
    """What one row gives to one side: an amount of the part, of the whole, or whom or what it names.

    `day` is the day it counts on. `member` is counted once, however many facts name it; `each` is what is
    told apart of a member, `inside` the session where that is asked. None is what a cell does not say.
    `through` is the child row that filled a cell of its session.
    """

    row: Row
    day: dt.date
    side: Side
    part: Any
    whole: Any
    member: Hashable
    each: Hashable
    inside: Hashable
    through: Row | None

    @property
    def giver(self) -> Row:
        """The row that somebody entered and that gives this."""
        return self.through or self.row


ROW: Final = 0
DAY: Final = 1
SIDE: Final = 2
PART: Final = 3
WHOLE: Final = 4
MEMBER: Final = 5
EACH: Final = 6
INSIDE: Final = 7

PlainFact = tuple[Row, dt.date, Side, Any, Any, Any, Any, Any, Row | None]
"""A fact before it is shown: `Fact(*plain)`."""
Facts = Sequence[PlainFact]


def part_facts(placed: Placed, amounts: Iterable[Any], members: Iterable[Any]) -> Iterator[PlainFact]:
    """What each row gives to the part, an amount or a member: a year has so many that none is made alone."""
    nothing = repeat(None)
    cells = (amounts, nothing, members, nothing, nothing, nothing)
    return zip(placed.rows, placed.days, repeat("part"), *cells, strict=False)


def rows_of(facts: Iterable[PlainFact]) -> tuple[Row, ...]:
    """Each row once, in the order of the facts."""
    return tuple(dict.fromkeys([fact[ROW] for fact in facts]))


def facts_within(facts: Iterable[PlainFact], window: Window) -> list[PlainFact]:
    """The facts of the days of a window."""
    first, last = window.first, window.last
    return [fact for fact in facts if first <= fact[DAY] <= last]


class DatedFacts:
    """The facts of a year, of which windows see some. Most are in the order of their days, so that those of a
    window stand together.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.days = [fact[DAY] for fact in facts]
        self.in_order = self.days == sorted(self.days)

    def within(self, window: Window) -> Facts:
        """The facts of the days of a window."""
        if not self.in_order:
            return facts_within(self.facts, window)
        return list(self.facts[bisect_left(self.days, window.first) : bisect_right(self.days, window.last)])

    @cached_property
    def by_day(self) -> tuple[Facts, Sequence[dt.date]]:
        """The facts in the order of their days, and these."""
        if self.in_order:
            return self.facts, self.days
        return sorted(self.facts, key=itemgetter(DAY)), sorted(self.days)


def of_side(facts: Iterable[PlainFact], side: Side) -> list[PlainFact]:
    return [fact for fact in facts if fact[SIDE] == side]


def add_up(facts: Iterable[PlainFact], counts_on: Callable[[dt.date], dt.date], row: Row) -> list[PlainFact]:
    """One fact for all that name the same and count on one day, with what they give together. Their rows are
    forgotten; `row`, of which every cell is empty, stands in their place.

    What says nothing of a side stays apart from what gives an amount to it: of the first nothing is known.
    """
    if not (every := list(facts)):
        return []
    _, days, sides, parts, wholes, *names, _ = zip(*every, strict=True)
    lasts, known = {day: counts_on(day) for day in {*days}}, {id(one): one for one in (*parts, *wholes)}
    alike = zip(map(lasts.__getitem__, days), sides, map(id, parts), map(id, wholes), *names, strict=True)
    found = dict[tuple[Any, ...], list[Any]]()
    for (day, side, part, whole, *named), times in Counter(alike).items():
        one, of = known[part], known[whole]
        sums = found.setdefault((day, side, one is None, of is None, *named), [0, 0])
        if one is not None:
            sums[0] += one * times
        if of is not None:
            sums[1] += of * times
    return [
        (row, day, side, None if no_part else part, None if no_whole else whole, *names, None)
        for (day, side, no_part, no_whole, *names), (part, whole) in found.items()
    ]


def by_known(facts: Facts, field: int) -> tuple[Facts, Facts]:
    """The facts that say something in a field, and those of which the cell says nothing."""
    silent = [fact for fact in facts if fact[field] is None]
    return ([fact for fact in facts if fact[field] is not None] if silent else facts), silent


def by_member(facts: Iterable[PlainFact]) -> dict[Any, list[PlainFact]]:
    """The facts that name each member; those that name none are not among them."""
    found = defaultdict[Any, list[PlainFact]](list)
    for fact in facts:
        if (member := fact[MEMBER]) is not None:
            found[member].append(fact)
    return dict(found)


def by_group(facts: Facts, column: str) -> dict[Any, list[PlainFact]]:
    """The facts of each value of a column, None (*unknown*) last; a row with several is in several groups."""
    found: dict[Any, list[PlainFact]] = {}
    unknown: list[PlainFact] = []
    for fact, cell in zip(facts, cells_of_logs([fact[ROW] for fact in facts], column), strict=True):
        values = several(cell)
        for value in values:
            found.setdefault(value, []).append(fact)
        if not values:
            unknown.append(fact)
    groups = dict(sorted(found.items(), key=lambda pair: str(pair[0])))
    return groups | {None: unknown} if unknown else groups


def through(row: Row, columns: Iterable[str], children: Iterable[Row]) -> Iterator[PlainFact]:
    """What child rows gave to cells of their session: `member` is the column, `each` what it tells apart."""
    for child in children:
        fills = {} if child.left_out else child.model.fills
        for name in columns:
            given = fills[name].gives(child) if name in fills else None
            if given is not None:
                yield row, row.day, "part", None, None, name, given, None, child


def total(amounts: Iterable[Any]) -> Fraction:
    """The exact sum; numerators are added as whole numbers, which is much faster. Cells of one text hold one
    value, which is taken as often as it is there."""
    every = list(amounts)
    different, sums = dict(zip(map(id, every), every, strict=True)), dict[int, int]()
    for one, times in Counter(map(id, every)).items():
        top, bottom = different[one].as_integer_ratio()
        sums[bottom] = sums.get(bottom, 0) + top * times
    common = lcm(*sums)
    return Fraction(sum([top * (common // bottom) for bottom, top in sums.items()]), common)


Point = tuple[int, int]
"""Among the people of a row: after how many of them, and at the end of which column (its place)."""
NO_POINT: Point = (-1, -1)
START: Point = (0, -1)


class Head(NamedTuple):
    """The smallest part of a number: one person, one row of a person, or so many people of one row.

    `log` is that of the row: two logs may hold the same id. A person who is counted is no row, and has none.
    People of one row are counted `after` those of its narrower columns, to the end of the column at `place`.
    """

    row: str
    what: str
    number: int = 1
    person: str = ""
    log: str = ""
    after: Point = NO_POINT
    place: int = -1

    @property
    def end(self) -> Point:
        return self.after[0] + self.number, self.place

    def called(self, what: str, number: int) -> Head:
        """A head of the same, by another name and of another number."""
        return Head(self.row, what, number, self.person, self.log, self.after, self.place)


OTHER_SIDE = "0 "
"""How `what` begins of a head that only says: this one is not on this side of a share."""
NOT_AMONG = f"{OTHER_SIDE}in "
NOT_OUTSIDE = f"{OTHER_SIDE}not in "
NOT_REACHED = "not "
"""How `what` begins of the head of who did not do it so often."""
Heads = frozenset[Head]
NOBODY: Heads = frozenset()


@dataclass(frozen=True)
class About:
    """Whom a figure counts; `whole` is of whom, where it is a part. Both are empty of what is not people.

    `rows` are those of a mean, whose part and whole are what they say (`of_values`): how many there are is
    told beside it.
    """

    part: Heads = NOBODY
    whole: Heads = NOBODY
    rows: Heads = NOBODY

    @property
    def is_of_scale(self) -> bool:
        """Is it what rows say of what they could: who knows how many they are knows the whole?"""
        return bool(self.rows) and self.rows != self.whole

    @property
    def sides(self) -> tuple[Heads, Heads, Heads]:
        """All sums that the figure tells."""
        return self.part, self.whole, self.rows

    @cached_property
    def people(self) -> int:
        """How many people the figure says something of."""
        return people(self.whole or self.part)


def people(heads: Heads) -> int:
    """Different persons; a row without a person is one person."""
    every = {head.person or head for head in heads if head.number}
    unnamed = [one for one in every if isinstance(one, Head)]
    return len(every) - len(unnamed) + sum(head.number for head in unnamed)


def are_fewer(heads: Heads, number: int) -> bool:
    """Are they somebody, but fewer people than so many? None of them takes anything from what `people`
    counts, so it looks no further than at so many.
    """
    found, every = 0, set[str | Head]()
    for head in heads:
        one = head.person or head
        if head.number and one not in every:
            every.add(one)
            found += 1 if head.person else head.number
            if found >= number:
                return False
    return found > 0


def of_givers(facts: Iterable[PlainFact]) -> Heads:
    """The rows about persons that give these facts."""
    return of_rows([fact[ROW] for fact in facts])


def of_rows(rows: Iterable[Row]) -> Heads:
    """The rows of a log about persons, each once for each of its persons; nobody of another log."""
    return NOBODY.union(*heads_of_rows([*rows]))


def heads_of_rows(rows: Sequence[Row]) -> list[Heads]:
    """The heads of each row, one for each of its persons; nobody of a row that is not about persons.

    They are made once for a row, of which most figures and breakdowns ask.
    """
    found = [*map(HEADS, rows)]
    if None not in found:
        return found
    new = [row for row in rows if row.heads is None]
    for model in {*map(MODEL, new)}:
        make_heads(model, [row for row in new if row.model is model])
    return [*map(HEADS, rows)]


def make_heads(model: type[Record], rows: Sequence[Row]) -> None:
    """Nobody of rows that are not about persons. A year has so many heads that each is a bare tuple first."""
    log, columns = model.log, [cells_of(rows, name) for name in model.about_columns()]
    said = list(zip(*columns, strict=True)) or [()] * len(rows)
    persons = {cells: persons_in(cells) if model.persons else () for cells in {*said}}
    for row, cells in zip(rows, said, strict=True):
        name = row.id or row.name
        row.heads = frozenset([as_head((name, log, 1, one, log, NO_POINT, -1)) for one in persons[cells]])


def persons_of(row: Row) -> list[str]:
    """Whom a row is about, not who gave the hours; one without a name where it does not say."""
    return persons_in([row[name] for name in row.model.about_columns()])


def persons_in(cells: Iterable[Any]) -> list[str]:
    return [person for cell in cells for person in several(cell)] or [""]


HEADS = attrgetter("heads")
as_head: Callable[[tuple[Any, ...]], Head] = partial(tuple.__new__, Head)


def of_persons(log: str, ids: Iterable[str]) -> Heads:
    """Different persons of one log, each once."""
    return frozenset(Head(one, log, 1, one) for one in ids)


def of_named(logs: Sequence[str], named: Mapping[str, Iterable[PlainFact]], ids: Iterable[str]) -> Heads:
    """Different persons, each once, though rows of several logs name them: each is a person of the first of
    these logs that does, or else of the first; `named` are the facts that name each.
    """
    if len(logs) == 1:
        return of_persons(logs[0], ids)
    where = {one: {fact[ROW].log for fact in facts} for one, facts in named.items()}
    firsts = ((one, next((log for log in logs if log in where.get(one, ())), logs[0])) for one in ids)
    return frozenset(Head(one, log, 1, one) for one, log in firsts)


def of_share(part: Heads, whole: Heads, rule: object) -> About:
    """Of whom somebody is a part by a rule, which `rule` tells from all others, bounds included.

    Each is also a 0 on the other side: 0 % tells it of all of them, and so does 100 %, of a group that is too
    small as well.
    """
    named = {head.person for head in part if not head.log} - {""}  # be they named in another log
    among = {head for head in whole if head in part or (head.person in named and not head.log)}
    not_among, not_outside = f"{NOT_AMONG}{rule!r}", f"{NOT_OUTSIDE}{rule!r}"
    outside = {head.called(not_among, 0) for head in whole - among}
    inside = {head.called(not_outside, 0) for head in among}
    return About(part | outside, whole | outside | inside)


VALUE_OF = "\x1f"
"""Between the log and the column of a head that is what a row says, not how many people it is of."""


def of_values(facts: Iterable[PlainFact], column: str, ends: tuple[int, int] | None) -> About:
    """What rows about persons say in a column, as a part of what they could: 4 of 1 to 5 is 3 up and 1 left.

    So a mean at an end of its scale tells what each row says, as 100 % of some answers does. Where there is
    no upper end the whole are the rows. It is about the persons of those rows, whoever says how much.
    """
    said = [fact for fact in facts if fact[ROW].model.persons]
    rows, part, rest = of_rows(fact[ROW] for fact in said), set[Head](), set[Head]()
    for fact in said:
        row = fact[ROW]
        persons = persons_of(row)
        who = persons[0] if len(persons) == 1 and persons[0] else row.name
        one = Head(
            row.name, column, fact[PART] - (ends[0] if ends else 0), who, f"{row.log}{VALUE_OF}{column}"
        )
        part.add(one)
        if ends:
            rest.add(one.called(f"{column} left", ends[1] - fact[PART]))
    return About(frozenset(part), frozenset(part | rest) if ends else rows, rows)


def of_reach(reached: Iterable[tuple[str, bool]], times: Frequency) -> About:
    """Each member is among those who did it so often, or among the others."""
    part, rest = set[Head](), set[Head]()
    for one, often in reached:
        part.add(Head(one, times.name, int(often), one, place=times.least))
        rest.add(Head(one, f"{NOT_REACHED}{times.name}", int(not often), one, place=times.least))
    return About(frozenset(part), frozenset(part | rest))


class Frequency(NamedTuple):
    """How often a person did something: `rule` is how a share calls it that they did it at all, in rows of
    this log; `what` are the times that are told apart.
    """

    log: str
    rule: str
    what: str
    least: int = 1

    @property
    def name(self) -> str:
        return "".join(f"{part}{END}" for part in self[:3])

    @classmethod
    def of(cls, head: Head) -> Frequency | None:
        """None of a head of another kind, and of one that was cut."""
        if not head.what.endswith(END):
            return None
        parts = head.what.removeprefix(NOT_REACHED).split(END)
        return cls(parts[0], parts[1], parts[2], head.place) if len(parts) == 4 else None


END = "\x1f"


def of_column(rows: Iterable[Row], column: str) -> About:
    """A column of heads, added up, and of whom they are a part: the positive of those who answered."""
    every = list(rows)
    own = {model for model in {row.model for row in every} if counts_own_people(model, column)}
    added = (one for one in every if one.model in own and one[column] is not None)
    heads = frozenset(Head(one.name, column, one[column], "", one.log) for one in added)
    found = [row for row in every if row.model not in own and column in row.model.chain]
    part = heads.union(*(heads_of(row, column) for row in found))
    return About(part, NOBODY.union(*(heads_of_whole(row, column) for row in found)))


def counts_people(model: type[Record], name: str) -> bool:
    """Does a column count people?"""
    return name in model.chain or counts_own_people(model, name)


def counts_own_people(model: type[Record], name: str) -> bool:
    """Does a column that the plan adds count people? Of whom they are a part, nobody has said."""
    column = model.column_named(name)
    return column is not None and column.own is not None and column.own.counts_people


def heads_of_whole(row: Row, column: str) -> Heads:
    """The heads of whom this column's are a part; nobody where it is the widest."""
    whole = row.model.part_of.get(column)
    return heads_of(row, whole) if whole else NOBODY


def heads_of(row: Row, column: str) -> Heads:
    """The heads of one cell: those of the narrower columns, and the others. None where it is empty."""
    found, below, after, is_chain = NOBODY, 0, START, True
    stand_ins = row.model.stand_ins.values()
    for place, name in enumerate(row.model.chain):
        value = row[name]
        if value is not None and value < below:  # more forms than participants: nothing can be derived
            found, below, is_chain = NOBODY, 0, False
        if value is not None and not (found and name in stand_ins and value == below):
            where = (after, place) if is_chain else ()
            found |= {Head(row.name, name, value - below, "", row.log, *where)}
            below, after = value, (value, place)
        if name == column:
            return found if value is not None else NOBODY
    raise KeyError(column)
