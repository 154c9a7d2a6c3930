"""A figure with everything behind it: its parts, the facts that count, and what was left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from prt.model.facts import Facts, of_side, rows_of
from prt.model.rows import Row
from prt.values import NamedTuple, dataclass, field, replace

Absent = Literal["no_data", "not_computable", "withheld"]
"""*Withheld* is what others see of a small group (prt/figures/withholding/published.py)."""


class LeftOut(NamedTuple):
    """A row that does not count, and why: `reason` is a key of the words, `column` what it is about.

    One that is `aside` is about something else, such as another line.
    """

    row: Row
    reason: str
    column: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Item:
    """One combination of a list, with the number of rows that have it; None is withheld."""

    values: tuple[Any, ...]
    number: int | None
    facts: Facts = ()


@dataclass(frozen=True)
class Member:
    """One member of a population: how often so far, how often at best by the year's end."""

    id: str
    times: int
    best: int
    needed: int
    facts: Facts = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return rows_of(self.facts)

    @property
    def reached(self) -> bool:
        return self.times >= self.needed

    @property
    def can_still(self) -> bool:
        return self.best >= self.needed


@dataclass(frozen=True)
class Figure:
    """`value` is None where `absent` says why. Shares are fractions of 1 with `part` and `whole`.

    `facts` are those that count, of a population too: each gives something to it. `left_out` are rows that
    the measure reads and of which a cell says nothing, `unknown` their number; `idle` are other rows that
    give nothing, such as those of people outside the population. `outside` lists values that are not in it;
    `best` is the share still possible; `not_due` are members of whom nothing was due yet.
    """

    value: Fraction | None
    absent: Absent | None = None
    part: Fraction | None = None
    whole: Fraction | None = None
    facts: Facts = ()
    left_out: tuple[LeftOut, ...] = ()
    idle: tuple[LeftOut, ...] = ()
    breakdown: Callable[[], Iterable[tuple[str, tuple[Group, ...]]]] = field(default=tuple, compare=False)
    unknown: int = 0
    outside: tuple[Any, ...] = ()
    items: tuple[Item, ...] = ()
    members: tuple[Member, ...] = ()
    not_due: tuple[str, ...] = ()
    best: Fraction | None = None
    done_on: dt.date | None = None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows that count, each once."""
        return rows_of(self.facts)

    @cached_property
    def splits(self) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        """Each breakdown with its groups, made when it is first asked for."""
        return tuple(self.breakdown())

    def without_value(self, absent: Absent) -> Figure:
        return replace(self, value=None, absent=absent)


@dataclass(frozen=True)
class Group:
    """One value of a breakdown, its facts and their figure; `value` None is *unknown*."""

    value: Any
    figure: Figure
    facts: Facts = ()

    @property
    def amount(self) -> Fraction | None:
        """The number, or None where it is withheld."""
        return self.figure.value

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that count in the group; those of a population are behind all groups alike."""
        return rows_of(of_side(self.figure.facts, "part"))


def share(part: Fraction, whole: Fraction, **more: Any) -> Figure:
    """A part of a whole; 0 of 0 is *not computable*, never 0 %."""
    if whole == 0:
        return Figure(None, "not_computable", part, whole, **more)
    return Figure(part / whole, None, part, whole, **more)
