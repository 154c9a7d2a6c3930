"""The Markdown of notes as a report prints it: no foreign markup, script or image in any format.

Raw HTML, indented blocks and fences are read as plain text; headings become bold lines, for a report has
its own; a link goes to the web or to an e-mail address, or is no link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup

from prt.model.text import Language
from prt.output.document.content import Prose
from prt.output.notes.prose_blocks import list_blocks
from prt.text import escape_markup

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that turn the direction of text around."""
LINE_MARK = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[#=+-](?:[#=\s-]|$)))(.)")
"""What would make a line an item or a heading; its last sign is to be escaped."""
TAGS = frozenset([
    "p", "strong", "em", "s", "code", "a", "br", "ul", "ol", "li", "blockquote", "hr", "table", "thead",
    "tbody", "tr", "th", "td",
])  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = frozenset({"http", "https", "mailto"})
ADDRESS = re.compile(r"https?://[^/?#\s]|mailto:[^\s@]+@[^\s@]", re.IGNORECASE)
"""Where a link may go: the web or an e-mail address."""
AROUND = {"strong": "**", "em": "*", "s": "~~"}
MARKS = ("*", "~")
BREAKS = {"softbreak": " ", "hardbreak": "<br>"}
JOINER = "\u2060"
"""A word joiner, which is not seen."""


def read_markdown(text: str, foreign: Language | None = None) -> Prose:
    """The text in each format; one in a `foreign` language has a mark, such as `[en]`."""
    mark = f"[{foreign}]" if foreign else ""
    told = UNSEEN.sub("", text.replace("\r\n", "\n")).strip("\n")
    if mark:
        told = f"{mark} {told}" if told[:1].isalnum() else f"{mark}\n\n{told}"
    tree = SyntaxTreeNode(reader().parse(told))
    return Prose(
        Markup(html_of(told)),
        Markup("\n\n".join(blocks(tree))),
        Markup("<br>".join(lines(tree))),
        blocks=tuple(list_blocks(tree)),
        language=foreign,
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
    """A paragraph, a cell or a heading on one line, which nothing at its beginning makes a list."""
    heading = node.type == "heading"
    styles = frozenset({"strong"} if heading else ())
    text = LINE_MARK.sub(r"\1\\\2", inlines(node, styles).strip(" \t"))
    return mark_text("**", text, " ", " ") if heading else text


def inlines(parent: SyntaxTreeNode, styles: frozenset[str]) -> str:
    """What is in a node that stands in these styles: none of them is begun a second time."""
    marks = {style: mark for style, mark in AROUND.items() if style not in styles}
    parts = [(marks.get(node.type, ""), text) for node in parent.children if (text := inline(node, styles))]
    while parent.type == "inline" and parts and parts[-1][1].isspace():
        parts.pop()  # the end of a line, as markdown-it leaves it after a picture
    edge = "*" if styles else " "
    found = ""
    for (mark, text), (sign, other) in pairwise([*parts, ("", edge)]):
        if found.endswith("!") and text.startswith("["):
            found = found[:-1] + "\\!"  # else the link would be a picture
        found += mark_text(mark, text, found.lstrip()[-1:] or edge, (sign + other)[0])
    return found


def mark_text(mark: str, text: str, before: str, after: str) -> str:
    """A text between two marks, as any reader of Markdown finds them.

    Beside a letter a mark begins or ends nothing that begins or ends with a sign, as in `a*:*`; nor does one
    that touches another, as `*a*` and `*b*`. A joiner, which is no sign, stands between.
    """
    if not mark or not text.strip():
        return text
    apart = JOINER if before in MARKS else ""
    return apart + mark + join_edge(text[0], before) + text + join_edge(text[-1], after) + mark


def join_edge(inside: str, outside: str) -> str:
    """What is to stand between a mark and the text inside it, by the sign at its other side."""
    if inside.isalnum() or inside == JOINER:
        return ""
    return JOINER if inside.isspace() or inside in MARKS or not outside.isspace() else ""


def inline(node: SyntaxTreeNode, styles: frozenset[str]) -> str:
    if node.type == "link":
        return write_link(inlines(node, styles), node.attrs)
    if node.type in ("text", "code_inline"):
        return escape_markup(node.content)
    if node.type in AROUND:
        return inlines(node, styles | {node.type})
    return inlines(node, styles) if node.type == "inline" else BREAKS.get(node.type, "")


def write_link(within: str, attributes: dict[str, Any]) -> str:
    address = re.sub(r"[|<>()`\\\s]", lambda found: f"%{ord(found[0]):02X}", str(attributes["href"]))
    return f"[{within}]({address})" if within else ""


def lines(parent: SyntaxTreeNode) -> Iterator[str]:
    """The lines of blocks inside a cell of a table, where no blocks may be."""
    for node in parent.children:
        if node.type in ("paragraph", "heading", "th", "td"):
            yield line(node)
        elif node.type == "list_item":
            yield "• " + "<br>".join(lines(node))
        else:
            yield from lines(node)
