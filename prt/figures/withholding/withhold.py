"""Which cells of a report must be withheld, so that no small group can be computed.

Law 25 protects what a number tells about a person. Pure arithmetic: a cell is a sum of heads
(prt/model/facts.py), and a reader who adds and subtracts knows every combination of the cells shown. The
rule:

1. A percentage, or a cell of a breakdown, about 1 to 4 people is withheld (`smallest` is the plan's, 5).
   Nobody at all is no group: 0 is shown, unless it tells of a small group (step 2).
2. While something withheld could still be computed from what is shown, the smallest of the cells that it
   would be computed from is withheld too. Two things count as computed that no subtraction gives: counts
   that add up to 0 are each 0, so 100 % of all is 100 % of each; and what the withheld cells of one breakdown
   add up to must itself be about 5 people, for two that add up to 2 are one and one.
3. What step 2 withheld in vain is shown again, and nothing of what is still withheld can be computed.

A plain number that an indicator asks for (participants, people who asked) is no breakdown: it is withheld
only by step 2, and last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import permutations

from prt.figures.withholding.equations import Key, Knowledge, Sources, Sum, minus, plain
from prt.figures.withholding.terms import Terms, Write, related
from prt.model.facts import About, Head, people

__all__ = ["Cell", "Key", "Sum", "withhold"]


@dataclass(frozen=True)
class Cell:
    """A printed cell; `listed`: it is withheld if its group is small.

    `share` is the value of a percentage, None of a number. Cells of one breakdown have the same `family`.
    """

    about: About
    share: Fraction | None = None
    listed: bool = True
    family: Key | None = None

    @property
    def people(self) -> int:
        return self.about.people

    def is_small(self, smallest: int) -> bool:
        return self.listed and 0 < self.people < smallest

    def number(self, write: Write = plain) -> Sum:
        """What is printed; of a percentage the equation *part - share x whole = 0*."""
        part = write(self.about.part)
        return part if self.share is None else minus(part, write(self.about.whole), self.share)

    def tells(self, write: Write = plain) -> list[Sum]:
        """A percentage tells its base too, printed or not: 66.7 % of few people is 2 of 3."""
        if self.share is None:
            return [self.number(write)]
        return [self.number(write), write(self.about.part), write(self.about.whole)]

    def secrets(self, small: bool, write: Write = plain) -> list[Sum]:
        """What nobody may compute while it is withheld: of a small percentage its parts too."""
        found = [self.number(write)]
        if self.share is not None and small:
            found += [write(self.about.part), write(self.about.whole - self.about.part)]
        return [one for one in found if one]


class Sheet:
    """The cells of one report that touch its small groups, and what a reader could compute from them."""

    def __init__(self, cells: Mapping[Key, Cell], smallest: int) -> None:
        self.smallest = smallest
        self.small = frozenset(key for key, cell in cells.items() if cell.is_small(smallest))
        abouts = {key: cell.about for key, cell in cells.items()}
        found = related(abouts, self.small)
        self.cells = {key: cell for key, cell in cells.items() if key in found}
        self.ways = [
            Written(self.cells, self.small, write)
            for write in Terms({key: cell.about for key, cell in self.cells.items()}).ways
        ]
        same: dict[object, set[Key]] = defaultdict(set)
        for key, cell in self.cells.items():
            same[frozenset(cell.number(self.ways[0].write).items())].add(key)
        self.twins = {key: frozenset(keys) for keys in same.values() for key in keys}

    def rank(self, key: Key) -> tuple[bool, int, str]:
        """Breakdowns and percentages first, the smallest first; the same for every order of the cells."""
        return not self.cells[key].listed, self.cells[key].people, repr(key)

    def next_smallest(self, found: Sources) -> frozenset[Key]:
        """One of these cells, wherever it is printed."""
        return self.twins[min(found, key=self.rank)]

    def leak(self, hidden: Collection[Key], guarded: Collection[Key]) -> Sources:
        """The shown cells that a guarded one can be computed from; empty where none can."""
        leaks = (self.leak_of(way, hidden, guarded) for way in self.ways)
        return next(filter(None, leaks), Sources())

    def leak_of(self, way: Written, hidden: Collection[Key], guarded: Collection[Key]) -> Sources:
        known = way.known(hidden)
        for key in sorted(guarded, key=self.rank):
            for secret in way.secrets[key]:
                if found := known.sources(secret):
                    return found
        return self.small_remainder(hidden, known, way.write)

    def small_remainder(self, hidden: Collection[Key], known: Knowledge, write: Write) -> Sources:
        """What gives the sum of the withheld cells of a breakdown, where they are a small group together."""
        families: dict[Key, list[Key]] = defaultdict(list)
        for key in sorted(hidden, key=self.rank):
            if family := self.cells[key].family:
                families[family].append(key)
        for keys in families.values():
            together = [self.cells[key].about for key in keys]
            whom = frozenset[Head]().union(*(about.whole or about.part for about in together))
            if 0 < people(whom) < self.smallest:
                parts = frozenset[Head]().union(*(about.part for about in together))
                if found := known.sources(write(parts)):
                    return found
        return frozenset()


class Written:
    """The cells of a sheet in one way to write their heads."""

    def __init__(self, cells: Mapping[Key, Cell], small: Collection[Key], write: Write) -> None:
        self.write = write
        self.tells = {key: cell.tells(write) for key, cell in cells.items()}
        self.secrets = {key: cell.secrets(key in small, write) for key, cell in cells.items()}

    def known(self, hidden: Collection[Key]) -> Knowledge:
        known = Knowledge()
        told = [(one, key) for key, tells in self.tells.items() for one in tells if key not in hidden]
        for one, key in told:
            known.tell(one, frozenset({key}))
        for (less, key), (more, other) in equal_pairs(told):
            known.tell(minus(more, less, 1), frozenset({key, other}))
        known.close()
        return known


def equal_pairs(told: Iterable[tuple[Sum, Key]]) -> Iterator[tuple[tuple[Sum, Key], tuple[Sum, Key]]]:
    """Two equal numbers of which one counts more: 5 of the 5 who came are positive, so all answered."""
    same: dict[object, list[tuple[Sum, Key]]] = defaultdict(list)
    for one, key in told:
        if all(number > 0 for number in one.values()):
            same[frozenset(pair for pair in one.items() if pair[0].number)].append((one, key))
    for group in same.values():
        yield from ((less, more) for less, more in permutations(group, 2) if counts_more(more[0], less[0]))


def counts_more(more: Sum, less: Sum) -> bool:
    return less.keys() < more.keys() and all(more[head] >= number for head, number in less.items())


def withhold(cells: Mapping[Key, Cell], smallest: int) -> frozenset[Key]:
    """The cells of one report that must be withheld."""
    return withhold_once(tuple(cells.items()), smallest)


@lru_cache(maxsize=4)  # the same in both languages of a report
def withhold_once(cells: tuple[tuple[Key, Cell], ...], smallest: int) -> frozenset[Key]:
    sheet = Sheet(dict(cells), smallest)
    hidden = sheet.small
    while found := sheet.leak(hidden, sheet.small):
        hidden |= sheet.next_smallest(found)
    for key in sorted(hidden - sheet.small, key=sheet.rank, reverse=True):
        if key in hidden and not sheet.leak(hidden - sheet.twins[key], sheet.small):
            hidden -= sheet.twins[key]
    while found := sheet.leak(hidden, hidden):
        hidden |= sheet.next_smallest(found)
    return hidden
