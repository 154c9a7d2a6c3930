"""What can be computed from numbers that are told, by adding and subtracting: linear equations, exactly."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction

from prt.model.facts import Head, Heads

Key = tuple[Hashable, ...]
Times = int | Fraction  # nearly always 1 or -1, which an int is much faster at
Sum = dict[Head, Times]
"""A number as so many times each head."""
Sources = frozenset[Key]
"""The cells that a number was computed from."""


def plain(heads: Heads) -> Sum:
    return dict.fromkeys(heads, 1)


class Knowledge:
    """Everything that can be computed from the sums that are told: a reduced system of linear equations.

    Each row is kept with the sums that it was computed from, so many times each.
    """

    def __init__(self) -> None:
        self.rows: dict[Head, tuple[Sum, Sum]] = {}
        self.told: list[Sources] = []

    def tell(self, told: Sum, sources: Sources) -> None:
        """One more sum; one that could be computed before is no news. Heads that add up to 0 are 0 each."""
        if adds_to_nothing(told):
            for head in sorted(told):
                self.tell({head: 1}, sources)
        left, used = self.reduced(told)
        if left:
            source = Head(str(len(self.told)), "told")
            self.told.append(sources)
            self.enter(left, minus({source: 1}, used, 1))

    def enter(self, left: Sum, used: Sum) -> None:
        first = min(left, key=lambda head: (head.number == 0, head))  # so that `close` finds what adds to 0
        share = inverse(left[first])
        row, of = times(left, share), times(used, share)
        for pivot, (other, others) in self.rows.items():
            if first in other:
                self.rows[pivot] = minus(other, row, other[first]), minus(others, of, other[first])
        self.rows[first] = row, of

    def reduced(self, wanted: Sum) -> tuple[Sum, Sum]:
        """What is left of a sum after all that is known of it, and what this is computed from."""
        left, used = dict(wanted), Sum()
        for head in [head for head in wanted if head in self.rows]:
            row, of = self.rows[head]
            used = minus(used, of, -wanted[head])
            left = minus(left, row, wanted[head])
        return left, used

    def sources(self, wanted: Sum) -> Sources:
        """The cells that give the sum; empty if they do not."""
        left, used = self.reduced(wanted)
        return Sources() if left else self.cells_of(used)

    def cells_of(self, used: Sum) -> Sources:
        return Sources().union(*(self.told[int(head.row)] for head in used))

    def close(self) -> None:
        """What adds up to 0 once the known is subtracted."""
        while found := next((row for row in self.rows.values() if adds_to_nothing(row[0])), None):
            self.tell(found[0], self.cells_of(found[1]))


def inverse(number: Times) -> Times:
    return number if number in (1, -1) else 1 / Fraction(number)


def times(found: Sum, factor: Times) -> Sum:
    return {head: number * factor for head, number in found.items()}


def minus(left: Sum, row: Sum, factor: Times) -> Sum:
    found = dict(left)
    for head, more in row.items():
        if rest := found.get(head, 0) - factor * more:
            found[head] = rest
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
