"""How wide the columns of a table are beside one another: each as its texts need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from prt.model.text import ForeignText
from prt.output.document.content import Grid
from prt.output.numbers import Raised
from prt.output.tables import cell_text
from prt.text import is_link

LONGEST_WORD = 24
"""Characters beyond which a word makes its column no wider."""
LONGEST_LINK = 16


def grid_shares(grid: Grid, others: Iterable[Grid], letters: int) -> list[float]:
    """The columns of a table that has room for so many letters; those of the `others` with the same columns
    are as wide.
    """
    titles = [one.title for one in grid.table.headings]
    alike = [grid]
    alike += [one for one in others if one is not grid and one.table.headings == grid.table.headings]
    return column_shares(titles, [row for one in alike for row in texts_of_grid(one)], letters)


def texts_of_grid(grid: Grid) -> list[list[str]]:
    return [list(map(text_of_cell, row)) for row in grid.table.rows]


def text_of_cell(value: Any) -> str:
    """What a cell says; letters of ours that stand higher do so, and a language is kept."""
    return value if isinstance(value, Raised | ForeignText) else cell_text(value)


def column_shares(titles: Sequence[str], rows: Sequence[Sequence[str]], letters: int) -> list[float]:
    """Each column wide enough for its longest word, and for most of its texts where there is room; where
    there is not, the longest words give way, so that dates and numbers stay whole.
    """
    columns = list(zip(titles, *rows, strict=True))
    least = [max(map(word_length, " ".join(one).split(" "))) for one in columns]
    least = [max(few, longest_bold(one)) for few, one in zip(least, titles, strict=True)]
    level = max(least, default=0)
    while level > 1 and sum(least) + 2 * len(least) > letters:
        level -= 1
        least = [min(few, level) for few in least]
    wanted = [min(max(map(len, one)), 5 * sum(map(len, one)) // (4 * len(one))) for one in columns]
    more = sum(max(0, many - few) for few, many in zip(least, wanted, strict=True))
    room = max(0, letters - sum(least) - 2 * len(columns))
    part = min(1.0, room / more) if more else 0
    return [2 + few + max(0, many - few) * part for few, many in zip(least, wanted, strict=True)]


def longest_bold(title: str) -> int:
    """The longest word of a head, in letters of what stands below it."""
    return round(1.2 * max(map(word_length, title.split(" "))))


def word_length(word: str) -> int:
    """How many letters of a word stand on one line: of a link fewer."""
    return min(len(word), LONGEST_LINK if is_link(word) else LONGEST_WORD)
