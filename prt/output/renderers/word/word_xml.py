"""Texts, runs, paragraphs and tables as the XML of Word; no text of anybody is more than a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import zip_longest

from prt.output.document.content import Block, Prose, Run
from prt.output.renderers.word.word_runs import make_run, plain_text
from prt.text import is_link
from prt.values import NamedTuple, dataclass

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
POINT = "prt Point"
"""The style of an item of a list where there is little room."""
ROW_PARAGRAPH = re.compile("(<w:p><w:pPr>(?:<w:pStyle [^>]*/>)?)(?!<w:keepNext/>)")
DEEPEST = 3
"""Levels of lists that have a style."""
SPACER = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr></w:p>'
"""What parts two tables, which would be one otherwise."""


class Titled(NamedTuple):
    """A heading, its level, and the bookmark that it has."""

    level: int
    text: str
    bookmark: str


@dataclass(frozen=True)
class Paper:
    """The Word file that is written: the ids of its styles by name; how wide its lines are, in twentieths of
    a point; `hyperlink` gives what an address is called in it, `numbering` a list of its own with its first
    number, `numbers` those of its drawings and bookmarks; `titles` are the headings so far.
    """

    styles: Mapping[str, str]
    width: int
    hyperlink: Callable[[str], str]
    numbering: Callable[[int], int]
    numbers: Iterator[int]
    titles: list[Titled]

    def paragraph(self, runs: str, style: str = "", *, keep: bool = False, number: int | None = None) -> str:
        """A paragraph; what it must `keep` with is the next. A style that the file does not have is none."""
        name = self.styles.get(style, "")
        inside = f'<w:pStyle w:val="{escape(name)}"/>' if name else ""
        inside += "<w:keepNext/>" if keep else ""
        if number is not None:
            inside += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
        return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{runs}</w:p>"

    def text(self, text: str, style: str = "", *, keep: bool = False, bold: bool = False) -> str:
        """A paragraph of one text; none where the text is empty."""
        return self.paragraph(self.words(text, bold=bold), style, keep=keep) if text else ""

    def words(self, text: str, *, bold: bool = False) -> str:
        """A text as runs; a web address is a link."""
        return self.run(Run(text, strong=bold, href=text if is_link(text) else ""))

    def run(self, run: Run, *, gap: bool = False, language: str = "") -> str:
        made = make_run(
            run.text,
            bold=run.strong,
            italic=run.em,
            struck=run.struck,
            gap=gap,
            link=bool(run.href),
            language=language,
        )
        if not run.href:
            return made
        return f'<w:hyperlink r:id="{self.hyperlink(plain_text(run.href))}">{made}</w:hyperlink>'

    def runs(self, runs: Iterable[Run], *, gap: bool = False, language: str = "") -> str:
        return "".join(self.run(one, gap=gap, language=language) for one in runs)

    def prose(self, told: Prose | None, style: str = "") -> str:
        """A text of the notes; in a `style`, such as that of a cell, all of it is as small."""
        if told is None:
            return ""
        made, number = [], 0
        for block in told.blocks:
            if block.number is not None and not style:
                number = self.numbering(block.number) if block.number == 1 or not number else number
            elif block.level == 0:
                number = 0
            made.append(self.block(block, told, style, number))
        return "".join(made)

    def block(self, block: Block, told: Prose, style: str, number: int) -> str:
        language = told.language or ""
        if block.kind == "table":
            share = [1] * max(map(len, block.rows), default=1)
            rows = [[self.runs(cell, language=language) for cell in row] for row in block.rows]
            if style:
                return "".join(self.paragraph(" | ".join(row), style) for row in rows)
            shown = [[self.paragraph(cell, "prt Cellule") for cell in row] for row in rows]
            return self.table(share, shown[0], shown[1:]) if shown else ""
        runs = self.runs(block.runs, gap=told.gap, language=language)
        if block.kind == "item" and style and block.number is None and POINT in self.styles:
            return self.paragraph(runs, POINT)
        if block.kind == "item" and style:
            sign = "•" if block.number is None else f"{block.number}."
            return self.paragraph(make_run(f"{sign} ") + runs, style)
        if block.kind == "item":
            name = "List Bullet" if block.number is None else "List Number"
            level = min(block.level, DEEPEST)
            own = number if block.number is not None and level == 1 else None
            return self.paragraph(runs, name if level < 2 else f"{name} {level}", number=own)
        return self.paragraph(runs, style or ("Quote" if block.kind == "quote" else ""))

    def column_widths(self, shares: Sequence[float]) -> list[int]:
        """Those of a table as wide as the lines, in twentieths of a point."""
        return [round(self.width * one / sum(shares)) for one in shares]

    def table(
        self,
        shares: Sequence[float],
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        says: str = "",
        together: int = 1,
    ) -> str:
        """A table as wide as the lines, its cells made of paragraphs; the head repeats on each page, and no
        row is split. `says` is what it is for who does not see it; so many rows stand `together` at its
        beginning, with the head, and at its end."""
        widths = self.column_widths(shares)
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
        name = self.styles.get("prt Tableau", "")
        style = f'<w:tblStyle w:val="{escape(name)}"/>' if name else ""
        first = int(bool(head))
        look = f'<w:tblLook w:val="00{first * 20:02}" w:firstRow="{first}" w:noHBand="1" w:noVBand="1"/>'
        size = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        look += f'<w:tblCaption w:val="{escape(plain_text(says))}"/>' if says else ""
        blank = self.paragraph("", "prt Cellule")
        made = [table_row(head, widths, blank, head=True)] if head else []
        all_rows = list(rows)
        for at, (row, below) in enumerate(zip_longest(all_rows, all_rows[1:], fillvalue=())):
            keep = at < together - 1 or len(all_rows) - together <= at < len(all_rows) - 1
            leads = isinstance(below, Under)
            made.append(table_row(row, widths, blank, leads=leads, keep=keep or leads))
        return (
            f"<w:tbl><w:tblPr>{style}{size}{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
            f"{''.join(made)}</w:tbl>{SPACER}"
        )


class Merged(str):
    """A cell that is one with those below it; `first` has what it says."""

    first = False


class FirstMerged(Merged):
    first = True


class Wide(str):
    """A cell of several columns."""

    def __new__(cls, text: str, columns: int) -> Wide:
        made = super().__new__(cls, text)
        made.columns = columns
        return made

    columns: int


class Under(list[str]):
    """A row that says more of the one above: no line is between them, and they stand on one page."""


def table_row(
    cells: Sequence[str],
    widths: Sequence[int],
    blank: str,
    *,
    head: bool = False,
    leads: bool = False,
    keep: bool = False,
) -> str:
    """A row; below one that `leads` is one that belongs to it, and what must `keep` with the next does."""
    made, at = [], 0
    borders = '<w:top w:val="nil"/>' if isinstance(cells, Under) else ""
    borders += '<w:bottom w:val="nil"/>' if leads else ""
    for cell in cells:
        many = cell.columns if isinstance(cell, Wide) else 1
        inside = f'<w:tcW w:w="{sum(widths[at : at + many])}" w:type="dxa"/>'
        inside += f'<w:gridSpan w:val="{many}"/>' if many > 1 else ""
        if isinstance(cell, Merged):
            inside += '<w:vMerge w:val="restart"/>' if cell.first else "<w:vMerge/>"
        elif borders:
            inside += f"<w:tcBorders>{borders}</w:tcBorders>"
        made.append(f"<w:tc><w:tcPr>{inside}</w:tcPr>{cell or blank}</w:tc>")
        at += many
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
    row = "".join(made)
    row = ROW_PARAGRAPH.sub(r"\1<w:keepNext/>", row) if keep else row
    return f"<w:tr><w:trPr>{properties}</w:trPr>{row}</w:tr>"
