"""A number or a percentage about people that a report prints, as the sums that a reader learns from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import IntEnum
from fractions import Fraction

from prt.figures.withholding.equations import Key, Sum, minus, plain
from prt.figures.withholding.terms import Write
from prt.model.facts import NOBODY, About, Head, Heads, are_fewer
from prt.values import dataclass, field, replace

Parts = Mapping[Head, Heads]
"""Heads that are sums, each with the heads that it is the sum of."""


class Worth(IntEnum):
    """What a reader would miss the most has the most worth; where something must give way, it is the last."""

    UNSAID = 0
    ROW_SHARE = 1
    REVISED = 2
    ANNEX = 3
    BREAKDOWN = 4
    SECOND_READING = 5
    EARLIER_PERIOD = 6
    PERIOD = 7
    TO_DATE = 8
    TARGET = 9
    """To date, of an indicator with a target."""
    NUMBER = 10
    """A plain number that an indicator asks for."""


@dataclass(frozen=True)
class Cell:
    """A printed cell; `listed`: it is withheld if its group is small.

    `share` is the value of a percentage, None of a number. Cells of one breakdown have the same `family`.
    `version` is what a later report prints again: the same percentage of the same days. `is_size`: it says
    how many a group are, and not what they answered, which nobody may find by trying.
    """

    about: About
    share: Fraction | None = None
    listed: bool = True
    family: Key | None = None
    version: Key | None = None
    worth: Worth = Worth.UNSAID
    is_size: bool = False
    place: str = field(default="", compare=False)
    """Among those of the same worth, where its key has an id in it: what the row says."""

    @property
    def people(self) -> int:
        return self.about.people

    @property
    def counted(self) -> Heads:
        """Heads of at least one person, even if withheld: of a breakdown, or the whole of a percentage.

        The x of a row may be 0.
        """
        if self.place:
            return NOBODY
        if self.share is not None:
            return self.about.whole
        return self.about.part if self.family else NOBODY

    def is_small(self, smallest: int) -> bool:
        return self.listed and are_fewer(self.about.whole or self.about.part, smallest)

    def number(self, write: Write = plain) -> Sum:
        """The printed number as a sum; a percentage is the equation *part - share x whole = 0*."""
        part = write(self.about.part)
        return part if self.share is None else minus(part, write(self.about.whole), self.share)

    def tells(self, write: Write = plain) -> list[Sum]:
        """A percentage tells its base too, printed or not: 66.7 % of few people is 2 of 3."""
        part = write(self.about.part)
        if self.share is None:
            return [part]
        whole = write(self.about.whole)
        rows = [write(self.about.rows)] if self.about.rows else []
        return [minus(part, whole, self.share), part, whole, *rows]


def divide_cells(cells: Iterable[tuple[Key, Cell]], parts: Parts) -> dict[Key, Cell]:
    """The cells with each head that has parts replaced by them: the people stay the same."""
    heads = frozenset(parts)
    return {
        key: cell if is_whole(cell.about, heads) else replace(cell, about=divide_people(cell.about, parts))
        for key, cell in cells
    }


def is_whole(about: About, heads: Heads) -> bool:
    """Has it none of these?"""
    return all(heads.isdisjoint(side) for side in about.sides)


def divide_people(about: About, parts: Parts) -> About:
    """The people of a cell with each head that has parts replaced by them."""
    if is_whole(about, frozenset(parts)):
        return about
    sides = ([parts.get(head, {head}) for head in side] for side in about.sides)
    return About(*(NOBODY.union(*side) for side in sides))


Cells = Mapping[Key, Cell]
