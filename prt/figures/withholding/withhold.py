"""Which cells of a report must be withheld, so that no small group can be computed.

Law 25 protects what a number tells about a person. Pure arithmetic: a cell is a sum of heads
(prt/model/facts.py), and a reader who adds and subtracts knows every combination of the cells shown, in this
report and in those that were sent before: what was printed once stays printed, and what is new gives way.

At first nothing is shown but what was sent. Then each cell is, from the most to the least worth, unless a
secret (prt/figures/withholding/secrets.py) could be computed with it. So nothing that is withheld can be
computed in the end. A secret that the earlier reports gave away is none any more: to hide it helps nobody.

A status is the last: it is withheld where it alone would tell what a small group answered
(prt/figures/withholding/statuses.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from types import MappingProxyType

from prt.figures.withholding.cell import Cell, Cells
from prt.figures.withholding.equations import Key, Knowledge
from prt.figures.withholding.layers import Cut, cut_of
from prt.figures.withholding.secrets import Secret, small_differences, small_groups, small_together
from prt.figures.withholding.statuses import Said, Worlds
from prt.figures.withholding.terms import Terms, Write, related

Statuses = Mapping[Key, tuple[Key, Said]]
"""Each with the key of its figure."""
NO_STATUSES: Statuses = MappingProxyType({})


@dataclass(frozen=True)
class Sent:
    """What a report that was sent shows: its cells, those that it withheld, and the statuses beside these.

    `smallest` is the smallest group that its plan published.
    """

    cells: Cells
    withheld: frozenset[Key]
    smallest: int
    statuses: tuple[Said, ...] = ()

    @property
    def shown(self) -> Iterator[Cell]:
        return (cell for key, cell in self.cells.items() if key not in self.withheld)

    def cut(self, cut: Cut) -> Sent:
        statuses = tuple(one.cut(cut) for one in self.statuses)
        return replace(self, cells=cut_cells(self.cells, cut), statuses=statuses)

    def secrets(self, smallest: int) -> Iterator[Secret]:
        """What it withheld because it is small, whatever the group has become since."""
        smallest = max(smallest, self.smallest)
        hidden = {key: cell for key, cell in self.cells.items() if key in self.withheld}
        yield from small_groups(hidden.values(), smallest)
        yield from small_together(hidden, smallest)


def cut_cells(cells: Cells, cut: Cut) -> Cells:
    return {key: cell.of(cut(cell.about)) for key, cell in cells.items()}


def withhold(
    cells: Cells,
    smallest: int,
    sent: Sequence[Sent] = (),
    statuses: Statuses = NO_STATUSES,
) -> frozenset[Key]:
    """The cells of one report that must be withheld, and of the `statuses` that it would print.

    Where the sum of the small cells of a breakdown was given away, even that there are so many tells of each:
    `("unlisted", *family)` says that those which are withheld are not listed.
    """
    sheet = Sheet(cells, smallest, sent, [said for _, said in statuses.values()])
    reader = Reader(sheet)
    unlisted = {("unlisted", *family) for family in reader.given_away()}
    hidden = frozenset(key for key in sheet.by_worth() if not reader.is_shown(sheet.cells[key]))
    beside = {key: said for key, (figure, said) in statuses.items() if figure in hidden}
    return hidden | unlisted | {key for key, said in beside.items() if not reader.is_told(said)}


class Sheet:
    """The cells of a report, and of those before it, that touch small groups."""

    def __init__(self, cells: Cells, smallest: int, sent: Sequence[Sent], said: Iterable[Said]) -> None:
        whole = [*cells.values(), *chain.from_iterable(one.cells.values() for one in sent)]
        self.cut = cut = cut_of([cell.about for cell in whole])
        cells, sent = cut_cells(cells, cut), [one.cut(cut) for one in sent]
        told = {(cell.about, cell.share): cell for one in sent for cell in one.shown}
        self.together = list(small_together(cells, smallest))
        secrets = chain(
            small_groups(cells.values(), smallest),
            self.together,
            chain.from_iterable(one.secrets(smallest) for one in sent),
            small_differences(chain(cells.values(), *(one.cells.values() for one in sent)), smallest),
        )
        self.secrets = list(dict.fromkeys(secrets))
        self.statuses = [one for report in sent for one in report.statuses]
        new = {("new", *key): cell for key, cell in cells.items()}
        old = {("sent", number): cell for number, cell in enumerate(told.values())}
        abouts = {key: cell.about for key, cell in (new | old).items()}
        others = [one.about for one in self.secrets]
        others += [one.about for one in (*self.statuses, *(one.cut(cut) for one in said))]
        abouts |= {("about", number): about for number, about in enumerate(others)}
        abouts |= {("less", number): one.less for number, one in enumerate(self.secrets)}
        small = {("whom", number): one.whom for number, one in enumerate(self.secrets)}
        near = related(abouts | small, small)
        self.cells = {key[1:]: cell for key, cell in new.items() if key in near}
        self.told = [cell for key, cell in old.items() if key in near]
        self.terms = Terms({key: about for key, about in abouts.items() if key in near})

    def by_worth(self) -> list[Key]:
        """The most worth first, and of one worth the larger group; the same for every order of the cells."""
        return sorted(
            self.cells, key=lambda key: (-self.cells[key].worth, -self.cells[key].people, repr(key))
        )


class Reader:
    """Who has read what was sent, and is told one thing more after the other, unless it tells a secret."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.ways = sheet.terms.ways
        self.known = [self.knowing_what_was_sent(write) for write in self.ways]
        self.worlds = Worlds(sheet.terms, sheet.statuses, sheet.secrets, self.known[0], sheet.cells.values())

    def knowing_what_was_sent(self, write: Write) -> Knowledge:
        """What was given away already is no secret any more."""
        found = Knowledge(sum_ for one in self.sheet.secrets for sum_ in one.sums(write))
        for cell in self.sheet.told:
            found.tell(cell.tells(write))
        found.secrets = [one for one in found.secrets if one]
        return found

    def given_away(self) -> list[Key]:
        """The breakdowns of which it is known already what their small cells add up to."""
        known = self.known[0]
        return [
            one.family
            for one in self.sheet.together
            if one.family and not known.reduced(one.part(self.ways[0]))
        ]

    def is_shown(self, cell: Cell) -> bool:
        """Tell it, if no secret can be computed then. What tells nothing new is always shown."""
        tells = [cell.tells(write) for write in self.ways]
        if not any(known.reduced(one) for known, some in zip(self.known, tells, strict=True) for one in some):
            return True
        after = [known.copy() for known in self.known]
        for known, some in zip(after, tells, strict=True):
            known.tell(some)
        if any(known.leaks for known in after) or not self.worlds.are_safe(after[0], tells[0]):
            return False
        self.known = after
        return True

    def is_told(self, said: Said) -> bool:
        """Tell a status, if the answers of small groups may still be others then."""
        after = self.worlds.with_status(said.cut(self.sheet.cut))
        if not after.are_safe(self.known[0]):
            return False
        self.worlds = after
        return True
