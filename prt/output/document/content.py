"""What the parts of a report are made of: prose, figures, bars and tables, ready to be arranged."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from prt.model.text import Language
from prt.output.numbers import Value
from prt.output.tables import Table
from prt.values import NamedTuple, dataclass


@dataclass(frozen=True)
class Grid:
    """A table with its caption and a note below it; one that is `retraced` is for who retraces figures."""

    caption: str
    table: Table
    note: str = ""
    retraced: bool = False


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
    written still. `language` is that of a text which there is only in the other one.
    """

    html: str
    markdown: str
    cell: str
    gap: bool = False
    blocks: tuple[Block, ...] = ()
    language: Language | None = None

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
