"""What a reader finds in a report, be it Markdown or HTML: its texts, and its tables cell by cell, as words alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import unified_diff
from html.parser import HTMLParser

from markdown_it import MarkdownIt

Words = tuple[str, ...]
Table = list[list[Words]]
Attributes = Sequence[tuple[str, str | None]]

WORD = re.compile(r"\w+(?:[.,’'/-]\w+)*|[^\w\s()\[\]:;·,.]")
"""Words and figures, and every sign but those that stand between a figure and what is said of it."""
UNSEEN = ("head", "svg")
REPEATED = ("nav", "details")
"""What HTML says a second time: its contents, and under each figure the rows that are behind it."""
INLINE = ("a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong")
VOID = ("br", "col", "hr", "img", "input", "link", "meta")


def words(text: str) -> Words:
    """A dash between two words is a line break in HTML; alone it says that there is no figure."""
    found = WORD.findall(text.replace("\u2060", ""))
    return tuple(word for word in found if word != "–" or len(found) == 1)


class Page(HTMLParser):
    """Of a page: its texts that stand in no table, its tables and their labels, its lowest headings, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[Words] = []
        self.lowest: list[Words] = []
        self.labels: list[Words] = []
        self.tables: list[Table] = []
        self.open: list[tuple[str, str]] = []
        self.items: list[int] = []
        self.rows: list[Table] = []
        self.hidden = 0
        self.said = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if tag in INLINE or tag in VOID:
            self.said += "" if tag in ("a", "code") else " "
        if tag in VOID:
            return
        names = {name: value or "" for name, value in attributes}
        if tag not in INLINE:
            self.end_block()
        self.open.append((tag, names.get("class", "")))
        self.hidden += is_hidden(*self.open[-1])
        if tag == "li":
            self.items.append(len(self.texts))
        elif tag == "table":
            self.rows.append([])
            if not self.hidden:
                self.tables.append(self.rows[-1])
                self.labels.append(words(names.get("aria-label", "")))
        elif tag == "tr":
            self.rows[-1].append([])
        elif tag in ("td", "th"):
            self.rows[-1][-1].append(())

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.end_block()
        found, kind = self.open.pop()
        assert found == tag, f"{found} ends as {tag} at {self.getpos()}"
        if tag == "li":
            self.items.pop()
        elif tag == "table":
            self.rows.pop()
        elif tag == "tr" and self.rows[-1][-1] == [()]:
            self.rows[-1].pop()  # a row for what Markdown says below the table
        self.hidden -= is_hidden(tag, kind)

    def handle_data(self, data: str) -> None:
        self.said += "" if self.hidden else data

    def end_block(self) -> None:
        """What was said so far is a text, or it goes into its cell."""
        said, self.said = words(self.said), ""
        if not said:
            return
        if self.in_cell():
            self.rows[-1][-1][-1] += said
        elif self.goes_on():
            self.texts[-1] += said
        elif self.open[-1][0] == "h5":
            self.lowest.append(said)
        else:
            self.texts.append(said)

    def goes_on(self) -> bool:
        """All that one item says is one text; so is a term with what is said of it, and the tally."""
        around = ("ul", "tally") in self.open or "dd" in [tag for tag, _ in self.open]
        return around or (bool(self.items) and len(self.texts) > self.items[-1])

    def in_cell(self) -> bool:
        """Is it said in a table, and not in a row that spans it?"""
        around = [one for one in self.open if one[0] in ("table", "tr", "td", "th", "caption")]
        return bool(around) and around[-1][0] in ("td", "th") and around[-2] != ("tr", "more")


def is_hidden(tag: str, kind: str) -> bool:
    return tag in UNSEEN + REPEATED or "behind-figure" in kind


def page_of_markdown(text: str) -> Page:
    return Page(MarkdownIt("commonmark").enable("table").render(text))


def differences(markdown: str, html: str, only_html: Sequence[str] = ()) -> list[str]:
    """What the one says and the other does not, or elsewhere; `only_html` are the texts that are of HTML alone.

    HTML has its lines of the plan in the names of tables where Markdown has headings, and in the first table
    before the indicators; the name of an indicator is in its row alone; and the team stands before the title.
    """
    one, other = page_of_markdown(markdown), Page(html)
    lines = [text for text in one.texts if text in other.labels]
    own = [*lines, *map(words, only_html)]
    said, also = ([text for text in page.texts if text not in own] for page in (one, other))
    tables = [with_lines_in_rows(one.tables[0]), *one.tables[1:]] if one.tables else []
    heads = [row[0] for table in other.tables for row in table]
    names = [name for name in one.lowest if not any(head[: len(name)] == name for head in heads)]
    return [
        *unlike(sorted(said[:2]) + said[2:], sorted(also[:2]) + also[2:]),
        *unlike(cells(tables), cells(other.tables)),
        *(f"no row: {' '.join(name)}" for name in names),
    ]


def with_lines_in_rows(table: Table) -> Table:
    head, *rows = table
    return [head[1:], *([row[0] + row[1], *row[2:]] for row in rows)]


def cells(tables: Sequence[Table]) -> list[Words]:
    """Every row on a line of its own, with a bar between its cells."""
    rows = [(f"table {number}", row) for number, table in enumerate(tables, 1) for row in table]
    return [(number, *(f"{' '.join(cell)} |" for cell in row)) for number, row in rows]


def unlike(one: Sequence[Words], other: Sequence[Words]) -> list[str]:
    lines = unified_diff(
        [" ".join(text) for text in one], [" ".join(text) for text in other], n=0, lineterm=""
    )
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]
