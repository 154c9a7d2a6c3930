"""What a bilan has alone, as Word has it: the year in pictures, what was learned, what changes next year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from prt.output.document.content import Grid
from prt.output.document.report_document import Report
from prt.output.document.year_pages import Adjustment, Matrix, NamedChart, Portrait, YearPages
from prt.output.renderers.word.word_drawing import draw_chart
from prt.output.renderers.word.word_pieces import CELL, CELL_MARGINS, CHART, DETAIL, grid_part, title
from prt.output.renderers.word.word_runs import make_run
from prt.output.renderers.word.word_xml import Paper
from prt.output.tables import Heading, Table
from prt.output.words import Words

ACROSS = 4
"""Charts beside one another."""


def year_part(paper: Paper, year: YearPages, report: Report, words: Words) -> str:
    made = portrait_part(paper, year.portrait, report, words) if year.portrait else ""
    if year.learned:
        made += title(paper, words("notes.learned")) + paper.prose(year.learned)
    if year.adjustments:
        made += title(paper, year.changes)
    return made + "".join(adjustment_part(paper, one) for one in year.adjustments)


def portrait_part(paper: Paper, portrait: Portrait, report: Report, words: Words) -> str:
    made = title(paper, words("bilan.portrait"))
    made += paper.text(words("week.scales"), DETAIL) if portrait.groups else ""
    for group in portrait.groups:
        made += title(paper, group.title, 2) + charts_table(paper, group.charts, group.title)
    grids = (portrait.months, report.brief.volets, portrait.course)
    made += "".join(grid_part(paper, one) for one in grids if one)
    return made + (grid_part(paper, matrix_grid(portrait.matrix, words)) if portrait.matrix else "")


def charts_table(paper: Paper, charts: Iterable[NamedChart], says: str) -> str:
    """The courses of targets, some beside one another."""
    waiting, rows = iter(charts), list[Sequence[str]]()
    width = paper.width // ACROSS - CELL_MARGINS
    while some := list(islice(waiting, ACROSS)):
        cells = [paper.text(one.label, CELL, keep=True) + chart_paragraph(paper, one, width) for one in some]
        rows.append(cells + [""] * (ACROSS - len(cells)))
    return paper.table([1] * ACROSS, (), rows, says)


def chart_paragraph(paper: Paper, one: NamedChart, width: int) -> str:
    return paper.paragraph(draw_chart(one.chart, one.word, width, next(paper.numbers), ""), CHART)


def adjustment_part(paper: Paper, one: Adjustment) -> str:
    """An adjustment for the next year: a line with what it is about and where that stands, then its text."""
    head = make_run(f"{one.label} ", bold=True) + make_run(one.standing)
    return (paper.paragraph(head, keep=True) if one.label else "") + paper.prose(one.told)


def matrix_grid(matrix: Matrix, words: Words) -> Grid:
    """A row a board, a column a meeting."""
    head = [Heading("board", words("week.board"))]
    head += [Heading(one.day, f"{one.name} {one.day}") for one in matrix.meetings]
    head.append(Heading("sessions", words("week.sessions"), "right"))
    rows = ((one.name, *(words(f"week.{mark}") for mark in one.marks), one.sessions) for one in matrix.boards)
    return Grid(words("week.matrix"), Table(tuple(head), tuple(rows)))
