"""What a status tells of a figure that is withheld: 75 % asked, one form, *not met* is 0 of 1.

Where the figure to date of a target is withheld, its status may be the last word on a small group. It is safe
while other numbers of people are possible: another answer in that group, with which every number and every
status that is known would be the same. Such a world is looked for near the true one, by moving a few people;
where none is found, the status, or the newer number, gives way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, product

from prt.figures.evaluate import Result
from prt.figures.status import Status, status
from prt.figures.withholding.cell import Cell, Parts, divided
from prt.figures.withholding.equations import Knowledge, Sum, Times
from prt.figures.withholding.secrets import Secret
from prt.figures.withholding.terms import Terms
from prt.model.facts import About, Head, Heads
from prt.model.figure import share
from prt.values import dataclass, replace

MOST_GROUPS = 12
"""So many numbers of people are moved at most, one, two or three at a time."""
STEPS = (1, -1, 2, -2, 3, -3, 4, -4)
NEAREST = (1, -1)
Moves = Mapping[Head, Times]
"""How many people more or fewer are somewhere."""
Wanted = tuple[tuple[Head, Times], ...]
"""A sum that must be able to be another."""


@dataclass(frozen=True, eq=False)
class Said:
    """The status of a target whose figure to date, of these people, is withheld; `told` where it is not."""

    about: About
    result: Result
    told: bool = True

    @property
    def sides(self) -> tuple[Heads, Heads]:
        return self.about.part, self.about.whole

    def divided(self, parts: Parts) -> Said:
        return replace(self, about=divided(self.about, parts))

    def holds(self, part: Times, whole: Times) -> bool:
        """Would it be the same, if so many people were the part and the whole?"""
        return not self.told or self.status_of(part, whole) == self.result.status

    def status_of(self, part: Times, whole: Times) -> Status | None:
        """None where the figure is of more than numbers of people."""
        result, true = self.result, self.result.to_date
        if not self.is_of_people:
            return None
        value = share(Fraction(part), Fraction(whole)).value if self.about.whole else Fraction(part)
        figure = replace(true, value=value, absent=None if value is not None else "no_data")
        return status(
            result.indicator,
            figure,
            result.expected,
            at_end=result.view.at_end,
            thresholds=result.thresholds,
        )

    @cached_property
    def is_of_people(self) -> bool:
        """Is the figure the number of these people, or their share?"""
        figure, part, whole = self.result.to_date, count(self.about.part), count(self.about.whole)
        if not self.about.whole:
            return figure.value == part
        return figure.value == share(Fraction(part), Fraction(whole)).value


def count(heads: Iterable[Head]) -> int:
    return sum(head.number for head in heads)


class Worlds:
    """Other numbers of people with which a reader would see the same.

    `said` are the statuses that are known, `known` what was sent; a secret that these gave away is none.
    """

    def __init__(
        self,
        terms: Terms,
        said: Sequence[Said],
        secrets: Iterable[Secret],
        known: Knowledge,
        cells: Iterable[Cell],
    ) -> None:
        self.write = terms.write
        self.said = list(said)
        counts = {cell.counted: bool(cell.family) for cell in cells if cell.counted}
        never_0 = [(self.write(heads), listed) for heads, listed in counts.items()]
        self.never_0 = [one for one, _ in never_0 if self.value(one)]  # an x is not 0
        self.ones = [one for one, listed in never_0 if listed and self.value(one) == 1]
        self.found: dict[Wanted, Moves] = {}
        wanted = dict.fromkeys(one for secret in secrets for one in self.wanted(secret))
        near = Near(known)
        self.secrets = [one for one in wanted if self.is_open(one, near)]

    def with_status(self, said: Said) -> Worlds:
        found = copy(self)
        found.said = [*self.said, said]
        found.found = {one: moves for one, moves in self.found.items() if self.still_holds(said, moves)}
        return found

    def value(self, some: Sum) -> Times:
        return sum(times * term.number for term, times in some.items())

    def wanted(self, secret: Secret) -> Iterator[Wanted]:
        """The part must be able to be another; and if it is everybody, so must the rest."""
        rest = secret.rest(self.write)
        yield tuple(sorted(secret.part(self.write).items()))
        if rest and not self.value(rest):
            yield tuple(sorted(rest.items()))

    def are_safe(self, known: Knowledge, told: Sequence[Sum] = ()) -> bool:
        """Has each secret another answer, now that something more is told?"""
        near = Near(known)
        return not self.matters or all(
            self.is_seen_open(one, told) or self.is_open(one, near) for one in self.secrets
        )

    @property
    def matters(self) -> bool:
        """Is anything known beside numbers? Of these what no subtraction gives is open."""
        return bool(self.said or self.ones)

    def is_seen_open(self, wanted: Wanted, told: Sequence[Sum]) -> bool:
        """Is it by what was found before?"""
        before = self.found.get(wanted)
        return before is not None and not any(amount(one, before) for one in told)

    def is_open(self, wanted: Wanted, near: Near) -> bool:
        left = near.known.reduced(dict(wanted))
        if not left or not self.matters:
            return bool(left)
        reached = near.reached(left)
        sides = (self.write(side) for one in self.said for side in one.sides)
        if all(near.known.reduced(one).keys().isdisjoint(reached) for one in chain(sides, self.ones)):
            return True
        if found := next(filter(self.is_possible, near.moves(left, reached[:MOST_GROUPS])), None):
            self.found[wanted] = found
        return found is not None

    def is_possible(self, moves: Moves) -> bool:
        """Are all numbers whole, none less than nobody, and is all that is said as it is?"""
        return (
            all(isinstance(step, int) and term.number + step >= 0 for term, step in moves.items())
            and all(self.moved(one, moves) for one in self.never_0)
            and all(self.still_holds(one, moves) for one in self.said)
        )

    def moved(self, some: Sum, moves: Moves) -> Times:
        return self.value(some) + amount(some, moves)

    def still_holds(self, said: Said, moves: Moves) -> bool:
        part, whole = self.write(said.about.part), self.write(said.about.whole)
        if moves.keys().isdisjoint(part | whole):
            return True
        return said.holds(self.moved(part, moves), self.moved(whole, moves))


def amount(some: Sum, moves: Moves) -> Times:
    """By how many people a sum is more."""
    return sum(times * moves[term] for term, times in some.items() if term in moves)


class Near:
    """The numbers that no row of what is known fixes, and what follows from each."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.beside: dict[Head, list[Head]] = {}

    @cached_property
    def follows(self) -> Mapping[Head, Mapping[Head, Times]]:
        found: dict[Head, dict[Head, Times]] = defaultdict(dict)
        for pivot, row in self.known.rows.items():
            for term in row.keys() - {pivot}:
                found[term][pivot] = -row[term]
        return found

    def reached(self, wanted: Sum) -> list[Head]:
        """What a sum depends on, or what that depends on: the nearest first."""
        found = dict.fromkeys(sorted(wanted))
        waiting = list(found)
        for term in waiting:
            new = [one for one in self.next_to(term) if one not in found]
            found.update(dict.fromkeys(new))
            waiting += new
        return waiting

    def next_to(self, term: Head) -> list[Head]:
        if term not in self.beside:
            pivots = self.follows.get(term, {}).keys()
            beside = {other for pivot in pivots for other in self.known.rows[pivot]}
            self.beside[term] = sorted(beside - pivots)
        return self.beside[term]

    def moves(self, wanted: Sum, groups: Sequence[Head]) -> Iterator[Moves]:
        """A few people more or fewer in a few groups, so that what is wanted is another; and what follows."""
        for size, steps in ((1, STEPS), (2, STEPS), (3, NEAREST)):
            for some in combinations(groups, size):
                for each in product(steps, repeat=size):
                    moves = dict(zip(some, each, strict=True))
                    if amount(wanted, moves):
                        yield self.everything(moves)

    def everything(self, moves: Mapping[Head, int]) -> Moves:
        found: dict[Head, Times] = dict(moves)
        for term, step in moves.items():
            for pivot, times in self.follows.get(term, {}).items():
                found[pivot] = found.get(pivot, 0) + times * step
        return {term: whole(step) for term, step in found.items() if step}


def whole(number: Times) -> Times:
    """A whole number as an int."""
    return int(number) if number.denominator == 1 else number
