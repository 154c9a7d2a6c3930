"""The rows behind a figure in a Word report: paper is narrow, so that nothing is said twice there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prt.output.document.content import Grid
from prt.output.numbers import Value
from prt.output.renderers.column_shares import column_shares, texts_of_grid
from prt.output.renderers.word.word_pieces import CELL, DETAIL, LETTER, NUMBER, head_cells
from prt.output.renderers.word.word_runs import make_run
from prt.output.renderers.word.word_xml import Paper, Under, Wide
from prt.output.tables import Heading
from prt.output.words import Words
from prt.values import NamedTuple, replace

LONG = 40
"""Letters of a text, on average, from which on it stands below its row."""


class Entries(NamedTuple):
    """The columns that stand beside one another, those whose texts stand below each row, and those that say
    the same in every row; each is its heading and its texts.
    """

    beside: list[Column]
    below: list[Column]
    shared: list[Column]


Column = tuple[Heading, tuple[str, ...]]


def entries_part(paper: Paper, grid: Grid, words: Words) -> str:
    """A table of rows under its caption, and under what is the same in each of them."""
    found = arrange_columns(grid)
    titles, columns = [one.title for one, _ in found.beside], [texts for _, texts in found.beside]
    right = [at for at, (one, _) in enumerate(found.beside) if one.align == "right"]
    rows = list(zip(*columns, strict=True))
    made = []
    for number, row in enumerate(rows):
        made.append([paper.text(one, NUMBER if at in right else CELL) for at, one in enumerate(row)])
        told = [(one, texts[number]) for one, texts in found.below if texts[number]]
        if told:
            below = "".join(paper.paragraph(name_text(paper, *one, words), CELL) for one in told)
            made.append(Under(["", Wide(below, len(titles) - 1)]))
    shares = column_shares(titles, rows, paper.width // LETTER)
    table = paper.table(shares, head_cells(paper, titles, right), made, grid.caption)
    shared = make_run(" · ").join(name_text(paper, one, texts[0], words) for one, texts in found.shared)
    above = paper.paragraph(shared, DETAIL, keep=True) if shared else ""
    return paper.text(grid.caption, "Caption", keep=True) + above + table + paper.text(grid.note, DETAIL)


def name_text(paper: Paper, heading: Heading, text: str, words: Words) -> str:
    """A text after what its column is called."""
    return paper.words(f"{heading.title}{words('brief.colon')} ", bold=True) + paper.words(text)


def arrange_columns(grid: Grid) -> Entries:
    """Where each column of a table of rows stands. One that is empty has no place, and two of the same days
    have one; numbers stay where they can be added up, and what the first column calls a row stays before it.
    """
    found = Entries([], [], [])
    cells, texts_of_columns = zip(*grid.table.rows, strict=True), zip(*texts_of_grid(grid), strict=True)
    for heading, values, texts in zip(grid.table.headings, cells, texts_of_columns, strict=True):
        twin = next((at for at, one in enumerate(found.beside) if one[1] == texts and are_days(values)), None)
        if twin is not None:
            first = found.beside[twin][0]
            found.beside[twin] = (replace(first, title=f"{first.title} = {heading.title}"), texts)
        elif any(texts):
            place_of(heading, texts, found).append((heading, texts))
    return found


def place_of(heading: Heading, texts: Sequence[str], found: Entries) -> list[Column]:
    if not found.beside or heading.align == "right":
        return found.beside
    if len(texts) > 1 and len(set(texts)) == 1:
        return found.shared
    return found.below if sum(map(len, texts)) > LONG * len(texts) else found.beside


def are_days(values: Iterable[object]) -> bool:
    return all(isinstance(one, Value) and one.unit == "day" for one in values)
