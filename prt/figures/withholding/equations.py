"""What can be computed from numbers that are told, by adding and subtracting: linear equations, exactly."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction

from prt.model.facts import Head, Heads

Key = tuple[Hashable, ...]
Times = int | Fraction  # nearly always 1 or -1, which an int is much faster at
Sum = dict[Head, Times]
"""A number as so many times each head."""
Likeness = frozenset[tuple[Head, Times]]
"""The heads of a sum that are people: sums that have the same are equal."""


def plain(heads: Heads) -> Sum:
    return dict.fromkeys(heads, 1)


class Knowledge:
    """What a reader can compute of the sums that are told: a reduced system of linear equations.

    `secrets` are sums, each less what is known of it: one that is empty can be computed.
    """

    def __init__(self, secrets: Iterable[Sum] = ()) -> None:
        self.rows: dict[Head, Sum] = {}
        self.secrets = list(secrets)
        self.like: dict[Likeness, tuple[Sum, ...]] = {}

    def copy(self) -> Knowledge:
        """Another reader who knows the same: no sum is ever changed, so they may be shared."""
        found = Knowledge(self.secrets)
        found.rows, found.like = dict(self.rows), dict(self.like)
        return found

    @property
    def leaks(self) -> bool:
        return not all(self.secrets)

    def tell(self, sums: Iterable[Sum]) -> None:
        """Some more numbers, and what follows from them: of two equal numbers of which one counts more the
        rest is 0, and heads that add up to 0 are 0 each.
        """
        for told in sums:
            self.add(told)
            for rest in self.rests(told):
                self.add(rest)
        self.close()

    def add(self, told: Sum) -> None:
        if adds_to_nothing(told):
            for head in sorted(told):
                self.add({head: 1})
        elif left := self.reduced(told):
            self.enter(left)

    def enter(self, left: Sum) -> None:
        first = min(left, key=lambda head: (-head.number, head))  # nobody last: `close` finds what adds to 0
        row = times(left, inverse(left[first]))
        for pivot, other in self.rows.items():
            if first in other:
                self.rows[pivot] = minus(other, row, other[first])
        self.rows[first] = row
        self.secrets = [minus(one, row, one[first]) if first in one else one for one in self.secrets]

    def reduced(self, wanted: Sum) -> Sum:
        """What is left of a sum after all that is known of it; nothing of one that can be computed."""
        left = wanted
        for head in [head for head in wanted if head in self.rows]:
            left = minus(left, self.rows[head], wanted[head])
        return left

    def rests(self, told: Sum) -> list[Sum]:
        """5 of the 5 who came are positive, so all answered: what is told less what is equal to it."""
        if not all(number > 0 for number in told.values()):
            return []
        likeness = frozenset(pair for pair in told.items() if pair[0].number)
        others = self.like.get(likeness, ())
        self.like[likeness] = (*others, told)
        pairs = ((one, told) if counts_more(told, one) else (told, one) for one in others)
        return [minus(more, less, 1) for less, more in pairs if counts_more(more, less)]

    def close(self) -> None:
        """What adds up to 0 once the known is subtracted."""
        nothing = (row for pivot, row in self.rows.items() if not pivot.number and adds_to_nothing(row))
        while found := next(nothing, None):
            self.add(found)
            nothing = (row for pivot, row in self.rows.items() if not pivot.number and adds_to_nothing(row))


def inverse(number: Times) -> Times:
    return number if number in (1, -1) else 1 / Fraction(number)


def whole(number: Times) -> Times:
    """A whole number as an int."""
    return int(number) if number.denominator == 1 else number


def times(found: Sum, factor: Times) -> Sum:
    return {head: whole(number * factor) for head, number in found.items()}


def minus(left: Sum, row: Sum, factor: Times) -> Sum:
    found = dict(left)
    for head, more in row.items():
        if rest := found.get(head, 0) - factor * more:
            found[head] = rest if type(rest) is int else whole(rest)
        else:
            found.pop(head, None)
    return found


def adds_to_nothing(row: Sum) -> bool:
    """Several heads of one sign that are 0 each: no other numbers of people add up to 0."""
    return (
        len(row) > 1
        and not any(head.number for head in row)
        and len({number > 0 for number in row.values()}) == 1
    )


def counts_more(more: Sum, less: Sum) -> bool:
    return less.keys() < more.keys() and all(more[head] >= number for head, number in less.items())
