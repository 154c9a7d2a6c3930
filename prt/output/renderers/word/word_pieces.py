"""What the parts of a Word report are made of: titles, cells of figures and statuses, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from prt.model.text import ForeignText
from prt.output.document.content import Bar, Cell, Grid
from prt.output.numbers import Raised
from prt.output.renderers.status_looks import COLOURS, SIGNS_OF_STATUS
from prt.output.renderers.word.word_drawing import draw_bar, draw_chart
from prt.output.renderers.word.word_runs import make_run
from prt.output.renderers.word.word_xml import Paper, Titled
from prt.output.shapes import Chart
from prt.output.tables import cell_text
from prt.output.words import Words
from prt.text import is_link

CELL, NUMBER, BASE, PLAN, STATUS = "prt Cellule", "prt Nombre", "prt Base", "prt Texte du plan", "prt État"
HEAD, DETAIL, CHART = "prt En-tête", "prt Détail", "prt Barre"
LONGEST_WORD = 24
"""Characters beyond which a word makes its column no wider."""
LONGEST_LINK = 16
LONGEST_NUMBER = 9
LETTER = 84
"""About how wide a letter of a cell is, in twentieths of a point."""
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


def figure_cell(paper: Paper, cell: Cell, *, bold: bool = False) -> str:
    """A figure and its base; what is said in place of a number is as small as a base."""
    style = NUMBER if len(cell.number) <= LONGEST_NUMBER else BASE
    return paper.text(cell.number, style, bold=bold) + paper.text(cell.base, BASE)


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


def grid_part(paper: Paper, grid: Grid, others: Iterable[Grid] = ()) -> str:
    """A table under its caption; those of the `others` with the same columns have them as wide."""
    headings, texts = grid.table.headings, texts_of_grid(grid)
    right = [at for at, one in enumerate(headings) if one.align == "right"]
    styles = [NUMBER if at in right else CELL for at in range(len(headings))]
    rows = ([paper.text(text, style) for text, style in zip(row, styles, strict=True)] for row in texts)
    titles = [one.title for one in headings]
    alike = (one for one in (grid, *others) if one.table.headings == headings)
    shares = column_shares(paper, titles, [row for one in alike for row in texts_of_grid(one)])
    table = paper.table(shares, head_cells(paper, titles, right), rows, grid.caption)
    return paper.text(grid.caption, "Caption", keep=True) + table + paper.text(grid.note, DETAIL)


def texts_of_grid(grid: Grid) -> list[list[str]]:
    return [list(map(text_of_cell, row)) for row in grid.table.rows]


def text_of_cell(value: Any) -> str:
    """What a cell says; letters of ours that stand higher do so, and a language is kept."""
    return value if isinstance(value, Raised | ForeignText) else cell_text(value)


def column_shares(paper: Paper, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """Each column wide enough for its longest word, and for most of its texts where there is room."""
    columns = list(zip(titles, *rows, strict=True))
    least = [max(map(word_length, " ".join(one).split(" "))) for one in columns]
    least = [max(few, longest_bold(one)) for few, one in zip(least, titles, strict=True)]
    wanted = [min(max(map(len, one)), 5 * sum(map(len, one)) // (4 * len(one))) for one in columns]
    more = sum(max(0, many - few) for few, many in zip(least, wanted, strict=True))
    room = max(0, paper.width // LETTER - sum(least) - 2 * len(columns))
    part = min(1.0, room / more) if more else 0
    return [2 + few + max(0, many - few) * part for few, many in zip(least, wanted, strict=True)]


def longest_bold(title: str) -> int:
    """The longest word of a head, in letters of what stands below it."""
    return round(1.2 * max(map(word_length, title.split(" "))))


def word_length(word: str) -> int:
    """How many letters of a word stand on one line: of a link fewer."""
    return min(len(word), LONGEST_LINK if is_link(word) else LONGEST_WORD)
