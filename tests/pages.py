"""What a reader finds in a report, be it Markdown or HTML: its texts, and the rows of its tables, as words alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt

from prt.output.document.content import Grid, Prose
from prt.output.document.first_page import Brief
from prt.output.document.indicator_parts import IndicatorPart
from prt.output.document.report_document import Report, names_of_fields
from prt.output.words import Phrases

Words = tuple[str, ...]
Row = Mapping[str, Words]
"""The cells of a row under the titles of their columns."""
Attributes = Sequence[tuple[str, str | None]]

WORD = re.compile(r"\w+(?:[.,’'/-]\w+)*|[^\w\s()\[\]:;·,.*]")
"""Words and figures, and every sign but those that stand between a figure and what is said of it."""
BETWEEN = ("–", "/")
"""Signs that one layout has between two texts and the other has not."""
UNSEEN = ("head", "svg", "nav")
INLINE = ("a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong")
BEHIND = re.compile(r'<details class="more">.*?</details>', re.DOTALL)
"""The rows behind a figure, which only HTML has."""
VOID = ("br", "col", "hr", "img", "input", "link", "meta")
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
ARRANGED = frozenset(
    {
        "anchor",
        "word",
        "bar",
        "chart",
        "sign",
        "short",
        "letter",
        "language",
        "reader",
        "tiles",
        "legend",
        "targets",
    }
    | {
        "standing",
        "summary",
        "turned",
        "moved",
        "begun",
        "action",
        "behind",
        "first",
        "key",
        "align",
        "table",
        "marks",
        "code",
    }
    | {"status", "handle", "unit", "due"}
)
"""Fields that no page prints as they are, or that only one of the two layouts prints; tables are told by row."""


def words(text: str) -> Words:
    return tuple(WORD.findall(text.replace("\u2060", "")))


def bag(*texts: str) -> Counter[str]:
    """Every word as often as it is said."""
    return count_words(map(words, texts))


def count_words(texts: Iterable[Words]) -> Counter[str]:
    return Counter(word for text in texts for word in text if word not in BETWEEN)


SUPERSCRIPT = re.compile(r"<sup>(\w+)</sup>")


def raised(found: re.Match[str]) -> str:
    """`º` or `er`: as a plain text has the letters that stand higher on a page."""
    return "º" if found[1] == "o" else found[1]


class Page(HTMLParser):
    """The texts of a page and the rows of its tables, one after the other, and what stands in each section.

    `items` are the texts of lists, `sections` the texts below each heading of the second level, `details` the
    words below one of the fifth, but for the heads of tables; `tells_in_rows` is true of a page that has them in
    the rows. The rows behind a figure and the foot are no part.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[Words] = []
        self.items: list[Words] = []
        self.rows: list[Row] = []
        self.sections: dict[Words, list[Words]] = {(): []}
        self.details: list[tuple[Words, Counter[str]]] = []
        self.told: Counter[str] | None = None
        self.tells_in_rows = False
        self.titles: list[list[str]] = []
        self.cells: list[list[str]] = []
        self.open: list[tuple[str, str]] = []
        self.said = ""
        self.feed(SUPERSCRIPT.sub(raised, BEHIND.sub("", html)))
        self.close()

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        if tag in VOID or tag in INLINE:
            self.said += " "
        if tag in VOID:
            return
        if tag not in INLINE:
            self.end_block()
        self.open.append((tag, dict(attributes).get("class") or ""))
        if tag == "table":
            self.titles.append([])
        elif tag == "tr":
            self.cells.append([])
        elif tag in ("td", "th"):
            self.cells[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.end_block(tag)
        found, kind = self.open.pop()
        assert found == tag, f"{found} ends as {tag} at {self.getpos()}"
        if tag == "tr":
            self.end_row(self.cells.pop(), kind)
        elif tag == "table":
            self.titles.pop()

    def end_row(self, cells: list[str], kind: str) -> None:
        """What is `told` below a row is of its first cell."""
        if kind == "told":
            self.tells_in_rows = True
            first = next(iter(self.rows[-1]))
            self.rows[-1] = {**self.rows[-1], first: self.rows[-1][first] + words(cells[0])}
        elif any(one == "thead" for one, _ in self.open):
            self.titles[-1] = [" ".join(words(cell)) for cell in cells]
        else:
            self.rows.append(
                {title: words(cell) for title, cell in zip(self.titles[-1], cells, strict=False)}
            )

    def handle_data(self, data: str) -> None:
        if any(tag in UNSEEN or "narrow" in kind for tag, kind in self.open):
            return
        self.said += data
        if self.cells and self.cells[-1]:
            self.cells[-1][-1] += f" {data}"

    def end_block(self, tag: str = "") -> None:
        said, self.said = words(self.said), ""
        if not said:
            return
        self.blocks.append(said)
        if tag == "li":
            self.items.append(said)
        if tag == "h2":
            self.sections[said] = []
        elif ("footer", "") not in self.open:
            self.sections[next(reversed(self.sections))].append(said)
        if tag in HEADINGS:
            self.told = Counter() if tag == "h5" else None
            if self.told is not None:
                self.details.append((said, self.told))
        elif self.told is not None and not any(one == "thead" for one, _ in self.open):
            self.told.update(count_words([said]))


@lru_cache(maxsize=1)
def page_of_markdown(text: str) -> Page:
    return Page(MarkdownIt("commonmark").enable("table").render(text))


def differences(report: Report, markdown: str, html: str) -> list[str]:
    """What one of the two layouts does not say, says otherwise, or has in another row than its own."""
    one, other = page_of_markdown(markdown), Page(html)
    return [*unprinted(report, one), *unprinted(report, other), *unlike(report, one, other)]


def unprinted(report: Report, page: Page) -> list[str]:
    """What the report says and a page does not, or in another row than its own."""
    whole = "\n".join(" ".join(block) for block in page.blocks)
    texts = (text for text in list_printed(report) if " ".join(words(text)) not in whole)
    return [*dict.fromkeys(texts), *misplaced(report, page), *missing_in_brief(report.brief, page)]


def unlike(report: Report, one: Page, other: Page) -> Iterator[str]:
    """The sections that both layouts print in the same order, where they are not word by word alike."""
    say = Phrases(report.language)
    titles = (
        "report.outlook",
        "notes.learned",
        "revised.title",
        "amendment.title",
        "report.annexes",
        "report.method",
    )
    for title in map(say, (*titles, "report.acronyms")):
        found, also = (
            [w for block in page.sections.get(words(title), ()) for w in block] for page in (one, other)
        )
        at = next((i for i, pair in enumerate(zip(found, also, strict=False)) if len({*pair}) > 1), None)
        if found != also:
            at = min(len(found), len(also)) if at is None else at
            yield f"{title}: {' '.join(found[at : at + 5])} is {' '.join(also[at : at + 5])}"


def list_printed(value: Any) -> Iterator[str]:
    """Every text of a report that both layouts print."""
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
            if name not in ARRANGED:
                yield from list_printed(getattr(value, name))


def misplaced(report: Report, page: Page) -> Iterator[str]:
    """The figures of an indicator that do not stand in its row under the titles of their columns, and what
    else is or is not said of it there, or in its details.
    """
    first_page = Phrases(report.language)("notes.action")
    rows, details = (one for one in page.rows if first_page not in one), iter(page.details)
    items = iter(page.items)  # of a bilan, each item begins with what it is said of
    head, last, goal, state = named_columns(report)
    for part in (one for volet in report.volets for line in volet.lines for one in line.indicators):
        label = words(part.label)
        told: dict[str, str] = dict(zip(report.columns, (one.number for one in part.periods), strict=True))
        told |= {report.last_year: part.last_year.number} if part.last_year else {}
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
        found = count_words(row.values())
        if not page.tells_in_rows and (part.said or part.grids or part.remark):
            if report.year:
                found += next((bag_of(one, label) for one in items if one[: len(label)] == label), Counter())
            else:
                found += next((more for title, more in details if title == label), Counter())
        yield from uneven(part.label, bag(*said_of(part, report)), found)


def bag_of(item: Words, label: Words) -> Counter[str]:
    """The words of an item after the label that it begins with."""
    return count_words([item[len(label) :]])


def said_of(part: IndicatorPart, report: Report) -> Iterator[str]:
    """All that a page prints of an indicator: its texts, its figures, its breakdowns and its remarks."""
    say = Phrases(report.language)
    yield from (part.label, *part.phrases, *part.said, part.planned, part.expected, part.alert)
    cells = (*part.periods, part.to_date, *([part.last_year] if part.last_year else []))
    yield from (text for cell in cells for text in (cell.number, cell.base))
    for grid in part.grids:
        yield from rows_of(grid)
    if part.implied:
        yield say("report.implied")
    if part.remark:
        yield part.remark.text
    if part.aim:
        yield from (part.status, part.aim.number, part.aim.changed, *part.aim.phrases, part.aim.stands)


def rows_of(grid: Grid) -> Iterator[str]:
    yield grid.caption
    yield from (cell for cells in grid.table.rows for cell in cells)
    yield grid.note


def missing_in_brief(brief: Brief, page: Page) -> Iterator[str]:
    """The targets of the first page that have no row, or no item of a list, that says all of them and no more."""
    rows = [count_words(row.values()) for row in page.rows]
    rows += [count_words([item]) for item in page.items]
    for one in (*brief.concerns, *brief.good):
        told = [prose.text for prose in (one.action, one.follow_up) if prose]
        told += [cell.number for cell in one.periods]
        said = (one.line, one.label, one.to_date.number, one.to_date.base, one.note, *told)
        aimed = (*said, one.target)
        ways: tuple[Counter[str], ...] = (
            bag(*aimed),
            bag(*aimed, one.status),
            bag(*aimed, one.expected, one.status),
        )
        ways += (bag(*said, one.due, one.status),) if one.due else ()
        if not any(way in rows for way in ways):
            yield f"first page: {one.line} {one.label}"


def uneven(name: str, wanted: Counter[str], found: Counter[str]) -> Iterator[str]:
    if lacking := wanted - found:
        yield f"{name} lacks {' '.join(lacking.elements())}"
    if more := found - wanted:
        yield f"{name} has also {' '.join(more.elements())}"


def named_columns(report: Report) -> tuple[str, str, str, str]:
    say = Phrases(report.language)
    return say("report.indicator"), report.to_date, say("report.target"), say("report.status")
