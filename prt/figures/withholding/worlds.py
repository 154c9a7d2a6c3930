"""Other numbers of people with which a reader would see the same: who tries finds more than who subtracts.

No number of people is less than nobody, none is half a person, no x is 0, and each status is what it is. So
7 requests of at least 5 people say that none of them made four, and *not met* of one form that it was 0 of 1.
A small group is safe while it may be another number; where it may not, the newer number gives way.

The nearest such world is looked for, from the true one. The group must be another number, so one person more,
or fewer, is tried in each term that it depends on. What cannot be then is mended by one person in a term that
helps, and so on. Each world can be reached so: there is always a step towards it that helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from itertools import islice

from prt.figures.withholding.cell import Cell
from prt.figures.withholding.equations import Knowledge, Sum, Times, whole
from prt.figures.withholding.secrets import Secret
from prt.figures.withholding.statuses import Said
from prt.figures.withholding.terms import Terms, Write
from prt.model.facts import Head

MOST_TRIED = 400
"""Worlds, until none counts as possible. The hundredth is rarely needed."""
Moves = Mapping[Head, Times]
"""How many people more or fewer are somewhere."""
Step = tuple[Head, int]
Wanted = tuple[tuple[Head, Times], ...]
"""A sum that must be able to be another."""


class Worlds:
    """What a reader knows beside numbers that are printed.

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
        self.never_0 = [(one, value(one)) for one in never_0(cells, self.write)]
        self.found: dict[Wanted, Moves] = {}
        answers = (secret for secret in secrets if not secret.is_size)
        wanted = dict.fromkeys(one for secret in answers for one in self.wanted(secret))
        near = Near(known)
        self.secrets = [one for one in wanted if self.is_open(one, near)]

    def with_status(self, said: Said) -> Worlds:
        found = copy(self)
        found.said = [*self.said, said]
        found.found = {one: moves for one, moves in self.found.items() if self.still_holds(said, moves)}
        return found

    def wanted(self, secret: Secret) -> Iterator[Wanted]:
        """The part must be able to be another; and if it is everybody, so must the rest."""
        rest = secret.rest(self.write)
        yield tuple(sorted(secret.part(self.write).items()))
        if rest and not value(rest):
            yield tuple(sorted(rest.items()))

    def are_safe(self, known: Knowledge, told: Sequence[Sum] = ()) -> bool:
        """Could each secret still have another value, once these further sums are published?"""
        near = Near(known)
        return all(self.is_seen_open(one, told) or self.is_open(one, near) for one in self.secrets)

    def is_seen_open(self, wanted: Wanted, told: Sequence[Sum]) -> bool:
        """Is another value known from before, which the newly published sums do not rule out?"""
        before = self.found.get(wanted)
        return before is not None and not any(amount(one, before) for one in told)

    def is_open(self, wanted: Wanted, near: Near) -> bool:
        left = near.known.reduced(dict(wanted))
        if found := self.nearest(left, near) if left else None:
            self.found[wanted] = found
        return found is not None

    def nearest(self, wanted: Sum, near: Near) -> Moves | None:
        """The nearest world in which it would be another number."""
        waiting = [dict[Head, int]()]
        tried = {frozenset(waiting[0].items())}
        for steps in islice(waiting, MOST_TRIED):  # a list that grows
            moves = near.everything(steps)
            helps = near.either(wanted) if not amount(wanted, steps) else self.helps(moves, near)
            if helps is None:
                return moves
            for term, step in helps if len(waiting) < MOST_TRIED else ():
                number = steps.get(term, 0)
                after = {**steps, term: number + step}
                those = frozenset(after.items())
                if number * step >= 0 and term.number + after[term] >= 0 and those not in tried:
                    tried.add(those)
                    waiting.append(after)
        return None

    def helps(self, moves: Moves, near: Near) -> Iterable[Step] | None:
        """What mends the first thing that cannot be: a number that is less than nobody or not whole, an x
        that is 0, another status. None where everything can.
        """
        for term in sorted(moves):
            if term.number + moves[term] < 0:
                return near.more({term: 1})
            if not isinstance(moves[term], int):
                return near.either({term: 1})
        for one, number in self.never_0:
            if not number + amount(one, moves):
                return near.more(one)
        for said in self.said:
            if not self.still_holds(said, moves):
                return [step for side in said.sides for step in near.either(self.write(side))]
        return None

    def still_holds(self, said: Said, moves: Moves) -> bool:
        part, whole = map(self.write, said.sides)
        if moves.keys().isdisjoint(part | whole):
            return True
        return said.holds(value(part) + amount(part, moves), value(whole) + amount(whole, moves))


def never_0(cells: Iterable[Cell], write: Write) -> Iterator[Sum]:
    """The sums that are at least one person, even where an x is printed."""
    counts = dict.fromkeys(cell.counted for cell in cells if cell.counted)
    return (one for one in map(write, counts) if value(one))


class Near:
    """The terms that no row of what is known fixes, and what follows from each."""

    def __init__(self, known: Knowledge) -> None:
        self.known = known
        self.follows: dict[Head, Sum] = {}
        self.left: dict[Wanted, Wanted] = {}

    def more(self, some: Sum) -> list[Step]:
        """One person more or fewer in each group so that a sum is more."""
        return [(term, 1 if times > 0 else -1) for term, times in self.left_of(some)]

    def either(self, some: Sum) -> list[Step]:
        return [(term, step) for term, _ in self.left_of(some) for step in (1, -1)]

    def left_of(self, some: Sum) -> Wanted:
        """What is left of a sum after all that is known. It is kept: most sums are asked for many times."""
        asked = tuple(some.items())
        if asked not in self.left:
            self.left[asked] = tuple(sorted(self.known.reduced(some).items()))
        return self.left[asked]

    def everything(self, steps: Mapping[Head, int]) -> Moves:
        """These, and what follows from them."""
        found: dict[Head, Times] = dict(steps)
        for term, step in steps.items():
            for pivot, times in self.following(term).items():
                found[pivot] = found.get(pivot, 0) + times * step
        return {term: whole(step) for term, step in found.items() if step}

    def following(self, term: Head) -> Sum:
        if term not in self.follows:
            rows = self.known.rows.items()
            self.follows[term] = {pivot: -row[term] for pivot, row in rows if term in row}
        return self.follows[term]


def value(some: Sum) -> Times:
    return sum(times * term.number for term, times in some.items())


def amount(some: Sum, moves: Moves) -> Times:
    """How many people these moves add to a sum."""
    return sum(some[term] * moves[term] for term in some.keys() & moves.keys())
