"""What the parts of a Word report are made of: titles, cells of figures and statuses, tables."""

from __future__ import annotations

from collections.abc import Iterable

from prt.output.document.content import Bar, Cell, Grid
from prt.output.numbers import NBSP, Value
from prt.output.renderers.column_shares import grid_shares, texts_of_grid
from prt.output.renderers.status_looks import COLOURS, QUIET, SIGNS_OF_STATUS
from prt.output.renderers.word.word_drawing import draw_bar, draw_chart
from prt.output.renderers.word.word_runs import make_run
from prt.output.renderers.word.word_xml import Paper, Titled
from prt.output.shapes import Chart
from prt.output.tables import cell_text
from prt.output.words import Words

CELL, NUMBER, BASE, PLAN, STATUS = "prt Cellule", "prt Nombre", "prt Base", "prt Texte du plan", "prt État"
HEAD, DETAIL, CHART = "prt En-tête", "prt Détail", "prt Barre"
LONGEST_NUMBER = 9
LETTER = 84
"""About how wide a letter of a cell is, in twentieths of a point."""
TOGETHER = 3
"""Rows of a list that are never parted at its beginning or its end."""
TENTHS = 10
"""Signs of a bar."""
CELL_MARGINS = 120
"""Left and right, in twentieths of a point."""


def title(paper: Paper, text: str, level: int = 1) -> str:
    """A heading, which the contents know by its bookmark."""
    number = next(paper.numbers)
    one = Titled(level, text, f"_Toc{number:08}")
    paper.titles.append(one)
    start = f'<w:bookmarkStart w:id="{number}" w:name="{one.bookmark}"/>'
    marked = f'{start}{paper.words(text)}<w:bookmarkEnd w:id="{number}"/>'
    return paper.paragraph(marked, f"Heading {level}", keep=True)


def paragraphs(paper: Paper, texts: Iterable[str], style: str = CELL) -> str:
    return "".join(paper.text(one, style) for one in texts)


def joined_texts(paper: Paper, texts: Iterable[str]) -> str:
    """Several texts as one paragraph; none where there is no text."""
    found = make_run(" · ").join(paper.words(one) for one in texts if one)
    return paper.paragraph(found, DETAIL) if found else ""


def head_cells(paper: Paper, titles: Iterable[str], right: Iterable[int]) -> list[str]:
    numbers = set(right)
    return [
        paper.paragraph(paper.words(one, bold=True), NUMBER if at in numbers else HEAD, keep=True)
        for at, one in enumerate(titles)
    ]


def figure_cell(paper: Paper, cell: Cell, *, bold: bool = False) -> str:
    """A figure and its base."""
    return number_text(paper, cell.number, bold=bold) + paper.text(cell.base, BASE)


def line_run(line: str) -> str:
    """The id of a line before a label: apart from it and lighter, for `4 CDAs` are something else."""
    return make_run(f"{line}\u00a0· ", colour=QUIET)


def number_text(paper: Paper, number: str, *, bold: bool = False) -> str:
    """A number on one line; a long one, or what is said in place of it, is as small as a base, and a unit of
    words may stand below it, so that no word is broken.
    """
    if len(number) <= LONGEST_NUMBER:
        return paper.text(number, NUMBER, bold=bold)
    words = number.unit if isinstance(number, Value) and len(number.unit) > 1 else ""
    apart = number.replace(f"{NBSP}{words}", f" {words}") if words else number
    return paper.text(apart, BASE, bold=bold)


def status_run(word: str, text: str) -> str:
    sign = SIGNS_OF_STATUS.get(word, "")
    return make_run(f"{sign}\u00a0{text}" if sign else text, bold=True, colour=COLOURS.get(word, ""))


def bar_cell(paper: Paper, bar: Bar | None, word: str, width: int, chart: Chart | None = None) -> str:
    """The curve of a target where it has one, or its bar, in a column of this width (twips)."""
    instead, room = signs_of_bar(bar) if bar else "", width - CELL_MARGINS
    if chart:
        return paper.paragraph(draw_chart(chart, word, room, next(paper.numbers), instead), CHART)
    if bar is None:
        return ""
    return paper.paragraph(draw_bar(bar, word, room, next(paper.numbers), instead), CHART)


def signs_of_bar(bar: Bar) -> str:
    """Ten signs, of which a bar fills some; where something is expected by now is a sign of its own."""
    filled, expected = (int(float(one or 0) * TENTHS) // 100 for one in (bar.fill, bar.expected))
    signs = "█" * filled + "·" * (TENTHS - filled)
    at = min(expected, TENTHS - 1)
    return signs[:at] + "┃" + signs[at + 1 :] if bar.expected else signs


def told_grid(grid: Grid, words: Words) -> str:
    """A breakdown, or a short list, in one sentence."""
    told = ", ".join(" ".join(map(cell_text, row)) for row in grid.table.rows)
    head = f"{grid.caption}{words('brief.colon')} " if grid.caption else ""
    return head + told + (f". {grid.note}" if grid.note else "")


def grid_part(paper: Paper, grid: Grid, others: Iterable[Grid] = ()) -> str:
    """A table under its caption; those of the `others` with the same columns have them as wide."""
    headings, texts = grid.table.headings, texts_of_grid(grid)
    right = [at for at, one in enumerate(headings) if one.align == "right"]
    styles = [NUMBER if at in right else CELL for at in range(len(headings))]
    rows = ([paper.text(text, style) for text, style in zip(row, styles, strict=True)] for row in texts)
    titles = [one.title for one in headings]
    shares = grid_shares(grid, others, paper.width // LETTER)
    table = paper.table(shares, head_cells(paper, titles, right), rows, grid.caption, TOGETHER)
    return paper.text(grid.caption, "Caption", keep=True) + table + paper.text(grid.note, DETAIL)
