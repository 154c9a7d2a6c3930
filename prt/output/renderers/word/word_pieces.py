"""What the parts of a Word report are made of: titles, cells of figures and statuses, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from prt.output.document.content import Bar, Cell, Grid
from prt.output.document.first_page import BriefTarget
from prt.output.numbers import Raised
from prt.output.renderers.status_looks import COLOURS, SIGNS_OF_STATUS
from prt.output.renderers.word.word_drawing import draw_bar, draw_chart
from prt.output.renderers.word.word_xml import Paper, make_run
from prt.output.shapes import Chart
from prt.output.tables import cell_text
from prt.output.words import Words

CELL, NUMBER, BASE, PLAN, STATUS = "prt Cellule", "prt Nombre", "prt Base", "prt Texte du plan", "prt État"
HEAD, DETAIL, CHART = "prt En-tête", "prt Détail", "prt Barre"
LONGEST_WORD = 24
"""Characters beyond which a word makes its column no wider."""
LETTER = 90
"""About how wide a letter of a cell is, in twentieths of a point."""
TENTHS = 10
"""Signs of a bar."""
CELL_MARGINS = 120
"""Left and right, in twentieths of a point."""


def title(paper: Paper, text: str, level: int = 1) -> str:
    return paper.text(text, f"Heading {level}", keep=True)


def bullets(paper: Paper, texts: Iterable[str]) -> list[str]:
    return [paper.text(one, "List Bullet") for one in texts]


def paragraphs(paper: Paper, texts: Iterable[str], style: str = CELL) -> str:
    return "".join(paper.text(one, style) for one in texts)


def joined_texts(paper: Paper, texts: Iterable[str], style: str = DETAIL) -> str:
    """Several texts as one paragraph; none where there is no text."""
    found = make_run(" · ").join(paper.words(one) for one in texts if one)
    return paper.paragraph(found, style) if found else ""


def head_cells(paper: Paper, titles: Iterable[str], right: Iterable[int]) -> list[str]:
    numbers = set(right)
    return [
        paper.paragraph(paper.words(one, bold=True), NUMBER if at in numbers else HEAD, keep=True)
        for at, one in enumerate(titles)
    ]


def named_target(paper: Paper, one: BriefTarget) -> str:
    return paper.paragraph(make_run(f"{one.line} ") + make_run(one.label, bold=True), CELL)


def figure_cell(paper: Paper, cell: Cell, *, bold: bool = False) -> str:
    return paper.text(cell.number, NUMBER, bold=bold) + paper.text(cell.base, BASE)


def status_run(word: str, text: str) -> str:
    sign = SIGNS_OF_STATUS.get(word, "")
    return make_run(f"{sign}\u00a0{text}" if sign else text, bold=True, colour=COLOURS.get(word, ""))


def bar_cell(paper: Paper, bar: Bar | None, word: str, width: float, chart: Chart | None = None) -> str:
    """The curve of a target where it has one, or its bar, in a column of this width (twips)."""
    instead, room = signs_of_bar(bar) if bar else "", round(width) - CELL_MARGINS
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


def grid_part(paper: Paper, grid: Grid) -> str:
    """A table under its caption: each column as wide as its texts need, within reason."""
    headings, texts = grid.table.headings, [list(map(text_of_cell, row)) for row in grid.table.rows]
    right = [at for at, one in enumerate(headings) if one.align == "right"]
    styles = [NUMBER if at in right else CELL for at in range(len(headings))]
    rows = ([paper.text(text, style) for text, style in zip(row, styles, strict=True)] for row in texts)
    titles = [one.title for one in headings]
    shares = column_shares(paper, list(zip(titles, *texts, strict=True)))
    table = paper.table(shares, head_cells(paper, titles, right), rows, grid.caption)
    return paper.text(grid.caption, "Caption", keep=True) + table + paper.text(grid.note, DETAIL)


def text_of_cell(value: Any) -> str:
    """What a cell says; letters of ours that stand higher do so."""
    return value if isinstance(value, Raised) else cell_text(value)


def column_shares(paper: Paper, columns: Sequence[Sequence[str]]) -> list[float]:
    """Each column wide enough for its longest word, and for most of its texts where there is room."""
    least = [min(LONGEST_WORD, max(len(word) for text in one for word in text.split(" "))) for one in columns]
    wanted = [min(max(map(len, one)), 2 * sum(map(len, one)) // len(one)) for one in columns]
    more = sum(max(0, many - few) for few, many in zip(least, wanted, strict=True))
    room = max(0, paper.width // LETTER - sum(least) - 2 * len(columns))
    part = min(1.0, room / more) if more else 0
    return [2 + few + max(0, many - few) * part for few, many in zip(least, wanted, strict=True)]
