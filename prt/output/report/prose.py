"""What the notes say, place by place, and their Markdown as a report prints it: no foreign markup,
script or image in either format.

Raw HTML, indented blocks and fences are read as plain text; headings become bold lines, for a report has
its own; a link goes to the web or to an e-mail address, or is no link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup, escape

from prt.figures.evaluate import Result
from prt.files.notes import HIGHLIGHTS, LEARNED, OUTLOOK, Notes, Section
from prt.model.text import Language
from prt.output.document.content import Block, Prose, Run
from prt.output.report.prose_blocks import list_blocks
from prt.output.words import Words
from prt.text import collapse_spaces, escape_markup
from prt.values import dataclass

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that turn the direction of text around."""
NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
TAGS = frozenset([
    "p", "strong", "em", "s", "code", "a", "br", "ul", "ol", "li", "blockquote", "hr", "table", "thead",
    "tbody", "tr", "th", "td",
])  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto"})
ADDRESS = re.compile(r"https?://[^/?#\s]|mailto:[^\s@]+@[^\s@]", re.IGNORECASE)
"""Where a link may go: the web or an e-mail address."""
FIRST_PAGE = 110
"""Characters of a corrective action that the first page has room for."""
LINE_ROOM = 20
"""Characters for which the end of a line leaves no room, on average."""
SENTENCE = re.compile(r"([.!?…])(?=\s|$)")
AROUND = {"strong": "**", "em": "*", "s": "~~"}


def prose(text: str, mark: str = "") -> Prose:
    """The text in each format; `mark`, such as `[en]`, says that it is in the other language."""
    told = UNSEEN.sub("", text.replace("\r\n", "\n")).strip("\n")
    if mark:
        told = f"{mark} {told}" if told[:1].isalnum() else f"{mark}\n\n{told}"
    tree = SyntaxTreeNode(reader().parse(told))
    return Prose(
        Markup(html_of(told)),
        Markup("\n\n".join(blocks(tree))),
        Markup("<br>".join(lines(tree))),
        blocks=tuple(list_blocks(tree)),
    )


class Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802, the name is that of markdown-it
        return ADDRESS.match(url) is not None


@cache
def reader() -> MarkdownIt:
    found = Reader("commonmark", {"html": False}).enable(["table", "strikethrough"])
    found.disable(["code", "fence", "html_block", "html_inline"])
    found.add_render_rule("heading_open", lambda *_: "<p><strong>")
    found.add_render_rule("heading_close", lambda *_: "</strong></p>\n")
    found.add_render_rule("image", lambda *_: "")
    return found


def html_of(text: str) -> str:
    """HTML in which only harmless tags are left."""
    made = reader().render(text)
    return nh3.clean(made, tags=set(TAGS), attributes=dict(ATTRIBUTES), url_schemes=set(SCHEMES)).strip("\n")


def blocks(parent: SyntaxTreeNode) -> Iterator[str]:
    """Each block as Markdown that any reader of Markdown takes the same way."""
    for node in parent.children:
        if node.type in ("paragraph", "heading"):
            yield line(node)
        elif node.type in ("bullet_list", "ordered_list"):
            yield "\n".join(items(node))
        elif node.type == "blockquote":
            yield indent_lines("\n\n".join(blocks(node)), "> ", "> ")
        elif node.type == "table":
            yield "\n".join(table_lines(node))
        elif node.type == "hr":
            yield "* * *"


def items(node: SyntaxTreeNode) -> Iterator[str]:
    first = int(node.attrs.get("start", 1))
    for place, item in enumerate(node.children, first):
        bullet = f"{place}. " if node.type == "ordered_list" else "- "
        yield indent_lines("\n\n".join(blocks(item)), bullet, " " * len(bullet))


def indent_lines(text: str, first: str, others: str) -> str:
    lead, *rest = text.split("\n")
    return "\n".join([(first + lead).rstrip(), *((others + one).rstrip() for one in rest)])


def table_lines(node: SyntaxTreeNode) -> Iterator[str]:
    rows = [row for part in node.children for row in part.children]
    for place, row in enumerate(rows):
        yield "| " + " | ".join(map(line, row.children)) + " |"
        if not place:
            yield "|" + " --- |" * len(row.children)


def line(node: SyntaxTreeNode) -> str:
    """A paragraph, a cell or a heading on one line: what begins it is never the mark of a list."""
    text = NUMBERED.sub(r"\1\\\2", "".join(map(inline, node.children)).strip(" "))
    return f"**{text}**" if node.type == "heading" and text else text


def inline(node: SyntaxTreeNode) -> str:
    within = "".join(map(inline, node.children))
    if node.type in AROUND:
        return AROUND[node.type] + within + AROUND[node.type] if within.strip() else within
    if node.type == "link":
        return write_link(within, node.attrs)
    if node.type in ("text", "code_inline"):
        return escape_markup(node.content)
    return {"softbreak": " ", "hardbreak": "<br>", "inline": within}.get(node.type, "")


def write_link(within: str, attributes: dict[str, Any]) -> str:
    address = re.sub(r"[|<>()`\\\s]", lambda found: f"%{ord(found[0]):02X}", str(attributes["href"]))
    return f"[{within}]({address})" if within else ""


def lines(parent: SyntaxTreeNode) -> Iterator[str]:
    """The same for one cell of a table, where there are no blocks."""
    for node in parent.children:
        if node.type in ("paragraph", "heading", "th", "td"):
            yield line(node)
        elif node.type == "list_item":
            yield "• " + "<br>".join(lines(node))
        else:
            yield from lines(node)


def shorten_prose(told: Prose) -> Prose:
    """Its first paragraph alone, cut after a sentence, else after a word; itself where it is no longer."""
    whole = collapse_spaces("".join(run.text for run in told.blocks[0].runs)) if told.blocks else ""
    if len(told.blocks) == 1 and len(whole) <= FIRST_PAGE:
        return told
    return plain_prose(cut_text(whole, FIRST_PAGE))


def cut_text(text: str, room: int) -> str:
    """The first sentences that fit, else the first words and `…`."""
    if len(text) <= room:
        return text
    ends = [found.end(1) for found in SENTENCE.finditer(text[: room + 1])]
    return text[: ends[-1]] if ends else text[:room].rpartition(" ")[0].rstrip(",;: ") + " …"


def first_lines(text: str, room: int) -> str:
    """The lines of a text that fit; the first one is cut where it alone does not."""
    told: list[str] = []
    left = room
    for one in text.strip().splitlines():
        left -= len(one) + LINE_ROOM
        if left < 0:
            break
        told.append(one)
    return "\n".join(told).strip() or cut_text(text.strip().partition("\n")[0], room)


def plain_prose(text: str) -> Prose:
    """A text without any markup."""
    shown = Markup(escape_markup(text))
    html = Markup("<p>{}</p>").format(text)
    return Prose(html, shown, shown, blocks=(Block("paragraph", (Run(text),)),))


def mark_gap(to_do: str, what: str) -> Prose:
    """Something that is to be written still: nobody overlooks it in a draft."""
    marked = Markup(f"**[{escape_markup(to_do)}]** {escape_markup(what)}")
    html = Markup('<p><mark class="gap">[{}] {}</mark></p>').format(escape(to_do), escape(what))
    told = Block("paragraph", (Run(f"[{to_do}] ", strong=True), Run(what)))
    return Prose(html, marked, marked, gap=True, blocks=(told,))


NO_NOTES: Mapping[Language, Notes] = {}


@dataclass(frozen=True)
class Narrative:
    """The notes of one report in its language; what only the other language says is taken, and marked.

    Those of a bilan (`annual`) say of a target also what becomes of it.
    """

    words: Words
    notes: Mapping[Language, Notes]
    draft: bool
    annual: bool = False

    def highlights(self) -> Prose | None:
        return self.said(lambda notes: notes.titled(*HIGHLIGHTS)) or self.gap("highlights")

    def first_highlights(self, room: int) -> Prose | None:
        """Their first lines, where they are longer than the first page has room for."""
        whole = self.said(lambda notes: notes.titled(*HIGHLIGHTS))
        first = self.said(lambda notes: first_lines(notes.titled(*HIGHLIGHTS), room))
        return None if first == whole else first

    def outlook(self) -> Prose | None:
        return self.said(lambda notes: notes.titled(*OUTLOOK)) or self.gap("outlook")

    def action(self, result: Result) -> Prose | None:
        """The gap and the corrective action of a target, or why it has no data."""
        missing = "silent" if result.status.word == "no_data" else "action"
        return self.explanation(result) or self.gap(missing)

    def follow_up(self, result: Result) -> Prose | None:
        """Whether a target that was not met is pursued, adjusted or dropped."""
        if not self.annual:
            return None
        return self.said(lambda notes: notes.follow_up(result.handle)) or self.gap("follow_up")

    def learned(self) -> Prose | None:
        return self.said(lambda notes: notes.titled(*LEARNED)) or self.gap("learned")

    def adjustments(self) -> list[tuple[Section | None, Prose]]:
        """What changes next year, with the heading that names what it is about; a draft says where nothing is
        written.
        """
        for language, mark in self.languages():
            if told := self.notes.get(language, Notes()).adjustments():
                return [(one if one.adjusts else None, prose(text, mark)) for one, text in told]
        gap = self.gap("adjustments")
        return [(None, gap)] if gap else []

    def explanation(self, result: Result) -> Prose | None:
        """Without what becomes of it, where the first page has that beside it."""
        where = result.handle, result.line.id, result.volet.id
        apart = self.annual and result.status.word in ("behind", "at_risk")
        return self.said(lambda notes: (notes.without_follow_ups() if apart else notes).action(*where))

    def remark(self, result: Result) -> Prose | None:
        """What is said under the name of one indicator."""
        return self.said(lambda notes: notes.action(result.handle, "", ""))

    def line(self, line: str) -> Prose | None:
        return self.said(lambda notes: notes.of_line(line))

    def volet(self, volet: str) -> Prose | None:
        return self.said(lambda notes: notes.of_volet(volet))

    def said(self, read: Callable[[Notes], str]) -> Prose | None:
        for language, mark in self.languages():
            if text := read(self.notes.get(language, Notes())):
                return prose(text, mark)
        return None

    def languages(self) -> tuple[tuple[Language, str], ...]:
        """The report's own, then the other with its mark."""
        return (("en", ""), ("fr", "[fr]")) if self.words.language == "en" else (("fr", ""), ("en", "[en]"))

    def gap(self, missing: str) -> Prose | None:
        """What a draft shows where something is to be written; a report that was sent says of a target
        that nothing was."""
        if self.draft:
            return mark_gap(self.words("notes.gap"), self.words(f"notes.missing.{missing}"))
        return prose(self.words(f"notes.none.{missing}")) if missing in ("action", "silent") else None
