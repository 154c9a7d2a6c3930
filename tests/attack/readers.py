"""The two readers: one adds and subtracts, exactly; the other tries whole numbers of people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

from tests.attack.printed import Amount, Fact, Secret, Unknown, Unknowns

Row = dict[Unknown, Fraction]


class WhoSubtracts:
    """Knows every combination of the numbers that are printed."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.rows: dict[Unknown, Row] = {}
        for fact in facts:
            if not fact.least and (left := self.left_of(fact.amount)):
                pivot = min(left)
                self.rows[pivot] = {one: times / left[pivot] for one, times in left.items()}

    def left_of(self, amount: Amount) -> Row:
        left = {one: Fraction(times) for one, times in amount.items()}
        waiting = True
        while waiting:
            waiting = False
            for one in sorted(left):
                if row := self.rows.get(one):
                    times = left[one]
                    left = {
                        key: left.get(key, Fraction(0)) - times * row.get(key, 0) for key in {**left, **row}
                    }
                    left = {key: number for key, number in left.items() if number}
                    waiting = True
                    break
        return left

    def finds(self, secret: Secret) -> bool:
        amounts = [secret.part] if secret.rest is None else [secret.part, secret.rest]
        return any(amount and not self.left_of(amount) for amount in amounts)


class WhoTriesAll:
    """Knows, too, that people are whole, and every status: which numbers could they be?"""

    def __init__(self, unknowns: Unknowns, facts: Sequence[Fact]) -> None:
        self.unknowns = unknowns
        self.names = list(unknowns.truth)
        self.place = {one: place for place, one in enumerate(self.names)}
        self.facts = list({(tuple(sorted(f.amount.items())), f.number, f.least): f for f in facts}.values())

    @cached_property
    def limits(self) -> Any:
        from scipy.optimize import LinearConstraint  # half a second, which every process of a run would take

        matrix = [self.row(fact.amount) for fact in self.facts]
        lower = [float(fact.number) for fact in self.facts]
        upper = [float("inf") if fact.least else float(fact.number) for fact in self.facts]
        return LinearConstraint(matrix, lower, upper)

    def row(self, amount: Amount) -> list[float]:
        found = [0.0] * len(self.names)
        for one, times in amount.items():
            found[self.place[one]] = float(times)
        return found

    def most(self, amount: Amount, sign: int = 1, *, presolve: bool = True) -> int:
        """The most it can be, or (`sign` -1) the least: with numbers of people that agree with every fact."""
        from scipy.optimize import Bounds, milp

        done = milp(
            [-sign * times for times in self.row(amount)],
            constraints=self.limits,
            integrality=[1] * len(self.names),
            bounds=Bounds(0, 1000),
            options={"presolve": presolve},
        )
        assert done.status == 0, done.message
        others = Unknowns(dict(zip(self.names, map(round, done.x), strict=True)))
        for fact in self.facts:
            number = others.value(fact.amount)
            assert number >= fact.number if fact.least else number == fact.number, (fact, number)
        return others.value(amount)

    def finds(self, secret: Secret) -> bool:
        """Is there one value for the part; or are those who are not in it nobody?"""
        if self.is_fixed(secret.part):
            return True
        nobody = secret.rest is not None and bool(secret.rest) and not self.unknowns.value(secret.rest)
        return nobody and self.is_fixed(secret.rest or {})

    def is_fixed(self, amount: Amount) -> bool:
        """Asked again without presolve, with which scipy 1.17 takes 0 for the most of what may be 1 (year 296)."""
        true = self.unknowns.value(amount)
        ways = product((True, False), (1, -1))
        return all(self.most(amount, sign, presolve=presolve) == true for presolve, sign in ways)
