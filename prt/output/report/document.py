"""What a report is made of: every text and number ready, so that templates only arrange."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any, Literal, NamedTuple

from prt.figures.status import Word
from prt.model.text import Language
from prt.output.numbers import Value
from prt.output.shapes import Chart
from prt.output.tables import Table
from prt.values import dataclass, fields, is_dataclass, replace

Reader = Literal["brief", "funder", "audit"]
"""Whom an edition of a report is for: one page that stands alone; the funder; who retraces each figure."""
READERS: tuple[Reader, ...] = ("brief", "funder", "audit")


@dataclass(frozen=True)
class Grid:
    """A table with its caption and a note below it."""

    caption: str
    table: Table
    note: str = ""


class Run(NamedTuple):
    """Words of one style; `href` is where a link goes, to the web or to an e-mail address."""

    text: str
    strong: bool = False
    em: bool = False
    struck: bool = False
    href: str = ""


class Block(NamedTuple):
    """A paragraph, an item of a list (of level 1 or more), a quotation, or a table, whose rows have cells of
    runs; `number` is that of an item where the list has numbers.
    """

    kind: Literal["paragraph", "item", "quote", "table"]
    runs: tuple[Run, ...] = ()
    level: int = 0
    number: int | None = None
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


@dataclass(frozen=True)
class Prose:
    """A text of the notes, safe in each format: HTML, Markdown, and Markdown inside a cell of a table.

    These are markup already, which templates print as it is; in its `blocks` nothing is. A `gap` is to be
    written still.
    """

    html: str
    markdown: str
    cell: str
    gap: bool = False
    blocks: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """The words alone, a line for each paragraph."""
        return "\n".join(plain_line(one) for block in self.blocks for one in (block.rows or ((block.runs,),)))


def plain_line(cells: tuple[tuple[Run, ...], ...]) -> str:
    return " | ".join("".join(run.text for run in runs) for runs in cells)


@dataclass(frozen=True)
class Cell:
    """A figure: its number, and the base of a percentage (`248 of 309`) or an empty text.

    `part` and `whole` are the two numbers of the base, where it is printed.
    """

    number: Value
    base: str = ""
    part: Fraction | None = None
    whole: Fraction | None = None


@dataclass(frozen=True)
class Bar:
    """A bar of 100: how far it is filled; where the target and what is expected by now stand, if they do."""

    fill: str
    target: str
    expected: str
    says: str


@dataclass(frozen=True)
class Aim:
    """A target: its number and its phrases; `stands` says where it stands when not among the targets.

    `changed` says what it was before an amendment. A figure that is withheld has no bar.
    """

    number: str
    changed: str
    phrases: tuple[str, ...]
    stands: str
    bar: Bar | None


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure: how many, and the rows themselves unless they are about persons; empty in an
    edition that does not show them.
    """

    says: str
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class IndicatorPart:
    """One indicator with its figures; `word` is the group of its status, `periods` those begun, `entries` the
    number of rows behind it, unless that is withheld, `due` what is expected by now.

    `said` are its other readings, what is to be known of the figure, and the plan's note; `remark` is what
    the notes say of it; `alert` is a figure that cannot be right.
    """

    handle: str
    anchor: str
    label: str
    unit: str
    phrases: tuple[str, ...]
    implied: bool
    periods: tuple[Cell, ...]
    to_date: Cell
    planned: str
    aim: Aim | None
    status: str
    word: Word
    expected: str
    alert: str
    said: tuple[str, ...]
    grids: tuple[Grid, ...]
    behind: Behind
    remark: Prose | None
    due: Value | None = None
    entries: int | None = None
    chart: Chart | None = None


@dataclass(frozen=True)
class LinePart:
    id: str
    objective: tuple[str, ...]
    strategy: tuple[str, ...]
    note: str
    indicators: tuple[IndicatorPart, ...]
    footnote: str
    narrative: Prose | None


@dataclass(frozen=True)
class VoletPart:
    id: str
    title: str
    lines: tuple[LinePart, ...]
    narrative: Prose | None


@dataclass(frozen=True)
class Cover:
    """`draft` is a text, or empty for a report that was submitted; `people` who prepared and approved it.

    `gaps` are those of the two that a draft does not name yet; `team` is who reports. `correction` says what
    it replaces and why, `left_out` how many entries an error leaves out, `digest` of which rows and plan it
    was made, `damaged` what was sent before and cannot be relied on; empty where there is nothing to say.
    """

    team: str
    title: str
    funder: str
    name: str
    span: str
    cut_off: str
    updated: str
    draft: str
    sent: str
    people: tuple[str, ...]
    gaps: tuple[Prose, ...]
    correction: str = ""
    left_out: str = ""
    digest: str = ""
    damaged: str = ""


@dataclass(frozen=True)
class BriefTarget:
    """A target as the first page lists it; of one at risk or behind also the corrective action.

    `note` says where a line may have been forgotten. `action` is its first sentences where it is longer, and
    then it is `cut`: the results have the whole.
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
class Annex:
    """What is shown in full; `reader` is the first edition that has it."""

    letter: str
    anchor: str
    title: str
    note: str
    grids: tuple[Grid, ...]
    reader: Reader = "funder"


@dataclass(frozen=True)
class Method:
    """How figures and statuses follow; the computation of each figure is for who retraces them. The first
    page has no method.
    """

    rules: tuple[str, ...] = ()
    statuses: Grid | None = None
    definitions: Grid | None = None


@dataclass(frozen=True)
class Turned:
    """A target whose status is another: `↑ 2a Capsules: behind → on track`; `short` is the same beside others
    of its `sign`.
    """

    anchor: str
    text: str
    word: Word
    sign: str = ""
    short: str = ""


class Moved(NamedTuple):
    """The targets that rose, fell, or else changed: `↑`, `4 risen`, `Tools (behind → at risk); …`"""

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

    `begun` are the targets of which nothing was expected then, in one sentence: that is no progress.
    """

    title: str
    turned: tuple[Turned, ...]
    moved: tuple[Moved, ...]
    begun: str
    revised: Named


@dataclass(frozen=True)
class RevisedPart:
    """One report that was sent before; `says` is a sentence where there is no table."""

    title: str
    says: str
    grid: Grid | None


@dataclass(frozen=True)
class Report:
    """A whole report in one language. `periods` explains the columns P1, P2, … of the results, `to_date` is
    the title of the last; `legend` says what the mark of a bar is.

    `since` and `revised` are of the reports that were sent before it, if any were.
    """

    language: Language
    cover: Cover
    brief: Brief
    periods: tuple[str, ...]
    columns: tuple[str, ...]
    to_date: str
    legend: str
    volets: tuple[VoletPart, ...]
    outlook_told: Prose | None
    outlook: Grid | None
    annexes: tuple[Annex, ...]
    method: Method
    acronyms: tuple[str, ...]
    since: Since | None = None
    revised: tuple[RevisedPart, ...] = ()
    amendments: Grid | None = None
    amended: Named | None = None
    reader: Reader = "audit"


def kept(report: Report, reader: Reader) -> Report:
    """The edition of a report for one of its readers: what is shown stays as it is, and less of it is shown.

    What small groups withhold was solved on the whole report, so that no two editions tell more than one.
    """
    if reader == "audit":
        return report
    volets = tuple(replace(one, lines=tuple(map(without_rows, one.lines))) for one in report.volets)
    annexes = tuple(one for one in report.annexes if one.reader == "funder")
    method = replace(report.method, definitions=None)
    made = replace(report, reader=reader, volets=volets, annexes=annexes, method=method)
    if reader == "funder":
        return made
    return replace(
        made,
        volets=(),
        outlook_told=None,
        outlook=None,
        annexes=(),
        method=Method(),
        revised=(),
        amendments=None,
    )


def without_rows(line: LinePart) -> LinePart:
    """A line of the plan without the rows behind its figures."""
    return replace(line, indicators=tuple(replace(one, behind=Behind("")) for one in line.indicators))


def pieces(value: Any) -> Iterator[Any]:
    """Every piece of a report, to the last cell."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, tuple):
            waiting += reversed(one)
        else:
            waiting += [getattr(one, name) for name in names_of_fields(one.__class__)]


@cache
def names_of_fields(kind: type[object]) -> tuple[str, ...]:
    """The last first; none where it is no part of a report that has parts itself."""
    return tuple(field.name for field in reversed(fields(kind))) if is_dataclass(kind) else ()


def list_texts(report: Report) -> Iterator[str]:
    return (one for one in pieces(report) if isinstance(one, str))


def count_gaps(report: Report) -> int:
    """How many things of a draft are still to be written."""
    return sum(isinstance(one, Prose) and one.gap for one in pieces(report))
