"""What a report is made of: every text and number ready, so that templates only arrange."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any, Literal, NamedTuple

from prt.figures.status import Word
from prt.model.text import Language
from prt.output.tables import Table
from prt.values import dataclass, fields, is_dataclass


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

    number: str
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
    """The rows behind a figure: how many, and the rows themselves unless they are about persons."""

    says: str
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class IndicatorPart:
    """One indicator with its figures; `word` is the group of its status, `periods` those begun.

    `said` are its other readings, what is to be known of the figure, and the plan's note; `remark` is what
    the notes say of it, unless the first page does; `alert` is a figure that cannot be right.
    """

    anchor: str
    label: str
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
class Concern:
    """A target at risk or behind, as the first page lists it."""

    anchor: str
    line: str
    label: str
    to_date: Cell
    expected: str
    target: str
    status: str
    word: Word
    action: Prose | None


@dataclass(frozen=True)
class Silent:
    """A target without data, and why it has none."""

    anchor: str
    label: str
    why: Prose | None


@dataclass(frozen=True)
class Brief:
    """The first page: targets by status, those behind, at risk or without data, volets, highlights.

    `told` are the highlights of the notes, `highlights` what is known without them.
    `footnote` says what `x` means, where one stands among the concerns; `expects` says whether something
    is expected of one of them that is not its whole target.
    """

    targets: str
    tally: tuple[tuple[Word, str], ...]
    summary: str
    concerned: str
    concerns: tuple[Concern, ...]
    silent: tuple[Silent, ...]
    volets: Grid
    told: Prose | None
    highlights: tuple[str, ...]
    footnote: str
    expects: bool


@dataclass(frozen=True)
class Annex:
    letter: str
    anchor: str
    title: str
    note: str
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Method:
    rules: tuple[str, ...]
    statuses: Grid
    definitions: Grid


@dataclass(frozen=True)
class Turned:
    """A target whose status is another: `↑ 2a Capsules: behind → on track`."""

    anchor: str
    text: str
    word: Word


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
