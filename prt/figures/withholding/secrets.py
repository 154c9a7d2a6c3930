"""What nobody may compute: the small groups of a report and of those before it, and what they add up to.

A secret is a group of 1 to 4 people (`smallest` is the plan's, 5). What a plain number leaves of an earlier
one tells that somebody came, not what they answered: it is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from prt.figures.withholding.cell import Cell, Cells
from prt.figures.withholding.equations import Key, Sum, minus
from prt.figures.withholding.terms import Write
from prt.model.facts import About, people
from prt.values import dataclass

NOBODY = About()


@dataclass(frozen=True)
class Secret:
    """A small group: `about`, less whom an earlier version of the same percentage had counted."""

    about: About
    less: About = NOBODY
    cell: Cell | None = None
    """The cell that prints it, where there is one."""
    family: Key | None = None
    """The breakdown of which it is what the small cells add up to."""
    is_size: bool = False

    @property
    def people(self) -> int:
        """How many people came or left between two versions; if none did, how many answer otherwise."""
        one, other = self.about, self.less
        sides = ((one.whole or one.part, other.whole or other.part), (one.part, other.part))
        return next(filter(None, (max(people(a - b), people(b - a)) for a, b in sides)), 0)

    @property
    def whom(self) -> About:
        return About(self.about.part ^ self.less.part, self.about.whole ^ self.less.whole)

    def part(self, write: Write) -> Sum:
        return minus(write(self.about.part), write(self.less.part), 1)

    def rest(self, write: Write) -> Sum:
        """The people of the whole who are not in the part, as a sum; it is empty for a plain number."""
        return minus(rest_of(self.about, write), rest_of(self.less, write), 1)

    def sums(self, write: Write) -> list[Sum]:
        """The number of its cell; of a percentage the part, and those who are not in it."""
        found = [self.part(write)]
        if self.cell is None or self.cell.share is not None:
            found.append(self.rest(write))
        if self.cell is not None:
            found.append(self.cell.number(write))
        return [one for one in found if one]


def rest_of(about: About, write: Write) -> Sum:
    return minus(write(about.whole), write(about.part), 1) if about.whole else {}


def small_groups(cells: Iterable[Cell], smallest: int) -> Iterator[Secret]:
    """The cells that are small."""
    return (Secret(cell.about, cell=cell, is_size=cell.is_size) for cell in cells if cell.is_small(smallest))


def small_together(cells: Cells, smallest: int) -> Iterator[Secret]:
    """What the small cells of one breakdown add up to, where it tells each of them: it is a small group, or
    there are as many people as cells.
    """
    families: dict[Key, list[Cell]] = defaultdict(list)
    for cell in cells.values():
        if cell.family and cell.is_small(smallest):
            families[cell.family].append(cell)
    for family, some in families.items():
        parts = NOBODY.part.union(*(cell.about.part for cell in some))
        wholes = NOBODY.whole.union(*(cell.about.whole for cell in some if cell.share is not None))
        number = people(frozenset().union(*(cell.about.whole or cell.about.part for cell in some)))
        if len(some) > 1 and (number < smallest or number == len(some)):
            yield Secret(About(parts, wholes), family=family, is_size=some[0].is_size)


def small_differences(cells: Iterable[Cell], smallest: int) -> Iterator[Secret]:
    """The people by which two versions of the same percentage differ.

    Where its part is the same, which a report says of each row that was corrected, none of them is in it.
    """
    versions: dict[Key, dict[About, None]] = defaultdict(dict)
    for cell in cells:
        if cell.version and cell.about.whole:
            versions[cell.version][cell.about] = None
    for abouts in versions.values():
        for one, other in combinations(abouts, 2):
            found = Secret(other, one)
            if one.part != other.part and 0 < found.people < smallest:
                yield found
