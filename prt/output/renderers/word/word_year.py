"""The pages of a Word bilan that no report has: the year in pictures, what was learned, what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prt.output.document.content import Grid
from prt.output.document.year_pages import Matrix, NamedChart, Portrait, YearPages
from prt.output.renderers.word.word_pieces import CELL, bar_cell, grid_part, title
from prt.output.renderers.word.word_xml import Paper
from prt.output.tables import Heading, Table
from prt.output.words import Words

BESIDE = 4
"""So many curves stand in a row."""


def year_part(paper: Paper, year: YearPages, words: Words) -> str:
    made = portrait_part(paper, year.portrait, words) if year.portrait else ""
    if year.learned:
        made += title(paper, words("notes.learned")) + paper.prose(year.learned)
    made += title(paper, year.changes) if year.adjustments else ""
    for one in year.adjustments:
        label = " – ".join(filter(None, (one.label, one.standing)))
        made += paper.text(label, bold=True, keep=True) + paper.prose(one.told)
    return made


def portrait_part(paper: Paper, portrait: Portrait, words: Words) -> str:
    made = [title(paper, words("bilan.portrait")), paper.text(words("week.scales"))]
    for group in portrait.groups:
        made.append(title(paper, group.title, 2))
        rows = list(chart_rows(paper, group.charts))
        made.append(paper.table([1] * BESIDE, rows[0], rows[1:], group.title))
    grids = [portrait.months, portrait.course, presence_grid(portrait.matrix, words)]
    return "".join([*made, *(grid_part(paper, one) for one in grids if one)])


def chart_rows(paper: Paper, charts: Sequence[NamedChart]) -> Iterator[list[str]]:
    """Curves with their names, as many in each row as stand beside one another."""
    for at in range(0, len(charts), BESIDE):
        beside = charts[at : at + BESIDE]
        row = [
            paper.text(one.label, CELL, bold=True)
            + bar_cell(paper, None, one.word, paper.width / BESIDE, one.chart)
            for one in beside
        ]
        yield row + [""] * (BESIDE - len(beside))


def presence_grid(matrix: Matrix | None, words: Words) -> Grid | None:
    """Which boards were at which meetings, as words."""
    if matrix is None:
        return None
    heads = (
        words("week.board"),
        *(f"{one.name} {one.day}" for one in matrix.meetings),
        words("week.sessions"),
    )
    rows = ((one.name, *(words(f"week.{mark}") for mark in one.marks), one.sessions) for one in matrix.boards)
    return Grid(words("week.matrix"), Table(tuple(Heading(one, one) for one in heads), tuple(rows)))
