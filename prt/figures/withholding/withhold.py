"""Which cells of a report must be withheld, so that no small group can be computed.

Law 25 protects what a number tells about a person. Pure arithmetic: a cell is a sum of heads
(prt/model/facts.py), and a reader who adds and subtracts knows every combination of the cells shown, in this
report and in those that were sent before: what was printed once stays printed, and what is new gives way.

At first nothing is shown but what was sent. Then each cell is, from the most to the least worth, unless a
secret (prt/figures/withholding/secrets.py) could be computed with it, or found by who tries whole numbers of
people (prt/figures/withholding/worlds.py). So nothing that is withheld can be computed in the end. A secret
that the earlier reports gave away is none any more: to hide it helps nobody.

A status is the last: it is withheld where it alone would tell what a small group answered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from prt.figures.withholding.cell import Cell, Cells, Parts, divide_cells
from prt.figures.withholding.equations import Key, Knowledge
from prt.figures.withholding.parts import layers_of
from prt.figures.withholding.secrets import Secret, small_differences, small_groups, small_together
from prt.figures.withholding.statuses import Said
from prt.figures.withholding.terms import Terms, Write, find_related_cells
from prt.figures.withholding.worlds import Worlds
from prt.values import dataclass, replace

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

    def divided(self, parts: Parts) -> Sent:
        statuses = tuple(one.divided(parts) for one in self.statuses)
        return replace(self, cells=divide_cells(self.cells.items(), parts), statuses=statuses)

    def by_worth(self) -> Sent:
        return replace(self, cells=by_worth(self.cells))

    def secrets(self, smallest: int) -> Iterator[Secret]:
        """The small groups that the report withheld, whatever they have become since."""
        smallest = max(smallest, self.smallest)
        hidden = {key: cell for key, cell in self.cells.items() if key in self.withheld}
        yield from small_groups(hidden.values(), smallest)
        yield from small_together(hidden, smallest)


@dataclass(frozen=True)
class Loser:
    """A cell that gives way to what was sent: how many people are the group that it would tell of."""

    key: Key
    people: int


def losers(cells: Cells, smallest: int, sent: Sequence[Sent], withheld: Collection[Key]) -> list[Loser]:
    """The cells that would be shown if nothing had been sent."""
    alone = withhold(cells, smallest)
    found = [key for key in cells if key in withheld and key not in alone]
    if not found:
        return []
    sheet = Sheet(cells, smallest, sent, ())
    reader = Reader(sheet)
    for key in sheet.cells:
        if key not in withheld:
            reader.is_shown(sheet.cells[key])
    # one of a damaged report's days may touch no group
    pairs = ((key, sheet.cells.get(key)) for key in found)
    secrets = ((key, reader.told_by(cell) if cell else None) for key, cell in pairs)
    return [Loser(key, secret.people if secret else 0) for key, secret in secrets]


def by_worth(cells: Cells) -> Cells:
    """The most worth first, and of one worth the larger group; the same for every order and every id."""
    return dict(
        sorted(
            cells.items(), key=lambda pair: (-pair[1].worth, -pair[1].people, pair[1].place or repr(pair[0]))
        )
    )


def secrets_of(cells: Cells, smallest: int, sent: Sequence[Sent]) -> Iterator[Secret]:
    """What nobody may compute, of a report and of those that were sent before it."""
    yield from small_groups(cells.values(), smallest)
    yield from small_together(cells, smallest)
    yield from chain.from_iterable(one.secrets(smallest) for one in sent)
    yield from small_differences([*cells.values(), *cells_before(sent)], smallest)


def cells_before(sent: Iterable[Sent]) -> dict[Cell, None]:
    return dict.fromkeys(chain.from_iterable(one.cells.values() for one in sent))


def withhold(
    cells: Cells,
    smallest: int,
    sent: Sequence[Sent] = (),
    statuses: Statuses = NO_STATUSES,
) -> frozenset[Key]:
    """The cells of one report that must be withheld, and of the `statuses` that it would print.

    `("unlisted", *family)` says that those of a breakdown that are withheld are not listed: where their sum
    was given away, that there are so many tells of each; where a group is empty, that it is not there does.
    """
    sheet = Sheet(cells, smallest, sent, [said for _, said in statuses.values()])
    reader = Reader(sheet)
    families = set(reader.given_away())
    beside = {figure: (key, said) for key, (figure, said) in statuses.items()}
    hidden = set[Key]()
    for key in sheet.cells:
        if not reader.is_shown(sheet.cells[key]):
            hidden.add(key)
            if (family := sheet.cells[key].family) and not sheet.cells[key].people:
                families.add(family)
            if key in beside:
                reader.watch(beside[key][1])
    found = (beside[key] for key in sheet.cells if key in hidden and key in beside)
    unlisted = {("unlisted", *family) for family in families}
    return frozenset(hidden | unlisted | {key for key, said in found if not reader.is_told(said)})


class Sheet:
    """The cells of a report, and of those before it, that touch small groups."""

    def __init__(self, cells: Cells, smallest: int, sent: Sequence[Sent], said: Iterable[Said]) -> None:
        before = chain.from_iterable(one.cells.values() for one in sent)
        self.parts = parts = layers_of(cell.about for cell in (*cells.values(), *before))
        cells, sent = divide_cells(cells.items(), parts), [one.divided(parts) for one in sent]
        if any(True for _ in secrets_of(cells, smallest, sent)):  # else no order matters: all is shown
            cells, sent = by_worth(cells), [one.by_worth() for one in sent]
        printed = [*cells.values(), *cells_before(sent)]
        self.together = list(small_together(cells, smallest))
        self.secrets = list(dict.fromkeys(secrets_of(cells, smallest, sent)))
        self.statuses = [one for report in sent for one in report.statuses]
        abouts = [cell.about for cell in printed]
        abouts += [about for one in self.secrets for about in (one.about, one.less)]
        abouts += [one.about for one in (*self.statuses, *(one.divided(parts) for one in said))]
        near = find_related_cells(abouts, [one.whom for one in self.secrets])
        self.terms = Terms([about for about in dict.fromkeys(abouts) if about in near])
        self.printed = [cell for cell in printed if cell.about in near]
        self.scales = [one for one in dict.fromkeys(abouts) if one in near and one.is_of_scale]
        told = dict.fromkeys(chain.from_iterable(one.shown for one in sent))
        self.told = [cell for cell in told if cell.about in near]
        self.cells = {key: cell for key, cell in cells.items() if cell.about in near}


class Reader:
    """Who has read what was sent, and is told one thing more after the other, unless it tells a secret."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.ways = sheet.terms.ways
        self.guarded: list[list[Secret]] = []
        self.known = [self.knowing_what_was_sent(write) for write in self.ways]
        self.worlds = Worlds(sheet.terms, sheet.statuses, sheet.secrets, self.known[0], sheet.printed)

    def knowing_what_was_sent(self, write: Write) -> Knowledge:
        """What was given away already is no secret any more."""
        secrets = [(one, some) for one in self.sheet.secrets for some in one.sums(write)]
        found = Knowledge(some for _, some in secrets)
        found.tell(write(one.whole) for one in self.sheet.scales)  # how many answered may be known elsewhere
        for cell in self.sheet.told:
            found.tell(cell.tells(write))
        left = [(one, some) for (one, _), some in zip(secrets, found.secrets, strict=True) if some]
        self.guarded.append([one for one, _ in left])
        found.secrets = [some for _, some in left]
        return found

    def told_by(self, cell: Cell) -> Secret | None:
        """A secret that could be computed with a cell, too."""
        for write, known, guarded in zip(self.ways, self.known, self.guarded, strict=True):
            after = known.copy()
            after.tell(cell.tells(write))
            for secret, left in zip(guarded, after.secrets, strict=True):
                if not left:
                    return secret
        return None

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

    def watch(self, said: Said) -> None:
        """The figure of this status is withheld: what numbers there may be is looked at from now on."""
        self.worlds = self.worlds.with_status(replace(said.divided(self.sheet.parts), told=False))

    def is_told(self, said: Said) -> bool:
        """Tell a status, if the answers of small groups may still be others then."""
        after = self.worlds.with_status(said.divided(self.sheet.parts))
        if not after.are_safe(self.known[0]):
            return False
        self.worlds = after
        return True
