"""What a reader finds in a report, be it Markdown or HTML: its texts, and the rows of its tables, as words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt

from prt.output.report.document import Prose, Report, names_of_fields
from prt.output.words import Phrases

Words = tuple[str, ...]
Row = Mapping[str, Words]
"""The cells of a row under the titles of their columns."""
Attributes = Sequence[tuple[str, str | None]]

WORD = re.compile(r"\w+(?:[.,’'/-]\w+)*|[^\w\s()\[\]:;·,.*]")
"""Words and figures, and every sign but those that stand between a figure and what is said of it."""
UNSEEN = ("head", "svg")
INLINE = ("a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong")
VOID = ("br", "col", "hr", "img", "input", "link", "meta")
ARRANGED = frozenset(
    {"anchor", "word", "bar", "sign", "short", "letter", "language", "reader", "tiles", "legend", "targets"}
    | {"standing", "summary", "turned", "moved", "begun", "action", "title_of_bars", "behind", "phrases_of"}
)
"""Fields that no page prints as they are, or that only one of the two layouts prints."""


def words(text: str) -> Words:
    return tuple(WORD.findall(text.replace("\u2060", "")))


class Page(HTMLParser):
    """The blocks of a page as words, one after the other, and the rows of its tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[Words] = []
        self.rows: list[Row] = []
        self.titles: list[str] = []
        self.cells: list[list[str]] = []
        self.open: list[tuple[str, str]] = []
        self.said = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if tag in VOID or tag in INLINE:
            self.said += " "
        if tag in VOID:
            return
        if tag not in INLINE:
            self.end_block()
        self.open.append((tag, dict(attributes).get("class") or ""))
        if tag == "tr":
            self.cells.append([])
        elif tag in ("td", "th"):
            self.cells[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.end_block()
        found, _ = self.open.pop()
        assert found == tag, f"{found} ends as {tag} at {self.getpos()}"
        if tag == "tr":
            cells = self.cells.pop()
            if any(one == "thead" for one, _ in self.open):
                self.titles = [" ".join(words(cell)) for cell in cells]
            else:
                self.rows.append(
                    {title: words(cell) for title, cell in zip(self.titles, cells, strict=False)}
                )

    def handle_data(self, data: str) -> None:
        if any(tag in UNSEEN or "narrow" in kind for tag, kind in self.open):
            return
        self.said += data
        if self.cells and self.cells[-1]:
            self.cells[-1][-1] += f" {data}"

    def end_block(self) -> None:
        if said := words(self.said):
            self.blocks.append(said)
        self.said = ""


def page_of_markdown(text: str) -> Page:
    return Page(MarkdownIt("commonmark").enable("table").render(text))


def unprinted(report: Report, page: Page) -> list[str]:
    """What the report says and the page does not, or in another row than its own."""
    whole = "\n".join(" ".join(block) for block in page.blocks)
    texts = (text for text in list_printed(report) if " ".join(words(text)) not in whole)
    return [*dict.fromkeys(texts), *misplaced(report, page)]


def list_printed(value: Any) -> Iterator[str]:
    """Every text of a report that both layouts print, to the last cell."""
    if isinstance(value, Prose):
        yield from ("".join(run.text for run in block.runs) for block in value.blocks)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        for one in value:
            yield from list_printed(one)
    else:
        names = getattr(value, "_fields", None) or names_of_fields(value.__class__)
        for name in names:
            if name not in ARRANGED and not (name == "key" or name == "align"):
                yield from list_printed(getattr(value, name))


def misplaced(report: Report, page: Page) -> Iterator[str]:
    """The figures of an indicator that do not stand in its row under the titles of their columns."""
    rows = iter(page.rows)
    head, last, goal, state = named_columns(report)
    for part in (one for volet in report.volets for line in volet.lines for one in line.indicators):
        label = words(part.label)
        told = dict(zip(report.columns, (cell.number for cell in part.periods), strict=True))
        told |= {last: part.to_date.number, goal: part.aim.number if part.aim else ""}
        told |= {state: part.status} if part.aim else {}
        titles = {head, *told}
        row = next((one for one in rows if titles <= one.keys() and one[head][: len(label)] == label), None)
        if row is None:
            yield f"no row: {part.label}"
            continue
        for title, text in told.items():
            if row[title][: len(words(text))] != words(text):
                yield f"{part.label}, {title}: {text} is {' '.join(row[title])}"


def named_columns(report: Report) -> tuple[str, str, str, str]:
    say = Phrases(report.language)
    return say("report.indicator"), report.to_date, say("report.target"), say("report.status")
