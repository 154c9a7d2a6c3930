"""The first page of a report: its targets by status, and what changed since the last report."""

from __future__ import annotations

from prt.figures.status import Word
from prt.output.document.content import Bar, Cell, Grid, Prose
from prt.values import NamedTuple, dataclass


@dataclass(frozen=True)
class BriefTarget:
    """A target as the first page lists it; of one at risk or behind also the corrective action.

    `note` says where a line may have been forgotten. `action` is its first sentences where it is longer, and
    then it is `cut`: the results have the whole. In a bilan it has its `periods`, and what becomes of it.
    The `status` of one that was `amended` since the last report says so. `due` is said of a milestone beside
    its day, in place of the target: how late it was, or for when it was to be.
    """

    anchor: str
    line: str
    label: str
    to_date: Cell
    expected: str
    target: str
    status: str
    note: str
    word: Word
    bar: Bar | None
    action: Prose | None
    cut: bool = False
    periods: tuple[Cell, ...] = ()
    follow_up: Prose | None = None
    amended: bool = False
    due: str = ""

    @property
    def result(self) -> str:
        """`27 / 37`, beside which the base or the `due` stands."""
        return self.to_date.number if self.due else f"{self.to_date.number} / {self.target}"


MANY = 12
"""So many targets at risk or behind leave the first page room for what else it says."""


class Tiles(NamedTuple):
    """How many targets have a status: `on_track`, 11, `11 on track`."""

    word: Word
    number: int
    text: str


class StatusGroup(NamedTuple):
    """The targets of one status, at risk or behind, under what it is called."""

    word: Word
    title: str
    targets: tuple[BriefTarget, ...]


@dataclass(frozen=True)
class Silent:
    """A target without data, and why it has none."""

    anchor: str
    label: str
    why: Prose | None


@dataclass(frozen=True)
class Brief:
    """The first page: targets by status, those behind, at risk or without data, those that stand well.

    `good` are met or on track, `standing_well` says how many; `coming` names those not due yet. `told` are
    the highlights of the notes, `highlights` what is known without them.
    `first` are the first lines of `told`, where it is longer than the page has room for.
    `footnote` says what `x` means, where one stands among the concerns; `expects` says whether something
    is expected of one of them that is not its whole target.
    """

    targets: str
    standing: str
    tiles: tuple[Tiles, ...]
    summary: str
    concerned: str
    groups: tuple[StatusGroup, ...]
    silent: tuple[Silent, ...]
    standing_well: str
    good: tuple[BriefTarget, ...]
    coming: str
    volets: Grid
    told: Prose | None
    highlights: tuple[str, ...]
    footnote: str
    expects: bool
    first: Prose | None = None

    @property
    def is_crowded(self) -> bool:
        """Are there so many concerns that the page has one line for each other thing?"""
        return len(self.concerns) > MANY

    @property
    def tally(self) -> tuple[tuple[Word, str], ...]:
        return tuple((one.word, one.text) for one in self.tiles)

    @property
    def concerns(self) -> tuple[BriefTarget, ...]:
        """The targets behind, then those at risk, in the plan's order."""
        return tuple(one for group in self.groups for one in group.targets)


@dataclass(frozen=True)
class Turned:
    """A target whose status is another: `↑ 2a Capsules: behind → on track`; the `change` is what is said of
    several together.
    """

    anchor: str
    text: str
    word: Word
    sign: str = ""
    label: str = ""
    change: str = ""


class Moved(NamedTuple):
    """The targets that rose, fell, or changed: `↑`, `4 risen`, `Tools; Capsules (behind → at risk)`, …"""

    sign: str
    head: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """What the first page says of something that a section has in full, such as the revised results."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Since:
    """What changed since the last report.

    `begun` are the targets of which nothing was expected then, in one sentence: that is no progress. `new`
    says how many they are.
    """

    title: str
    turned: tuple[Turned, ...]
    moved: tuple[Moved, ...]
    begun: str
    revised: Named
    new: str = ""
