"""Notes as blocks of runs: their Markdown without markup, for formats that have styles of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prt.output.document.content import Block, Run

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

STYLES: dict[str, Callable[[Run], Run]] = {
    "strong": lambda run: run._replace(strong=True),
    "em": lambda run: run._replace(em=True),
    "s": lambda run: run._replace(struck=True),
}
BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def list_blocks(parent: SyntaxTreeNode, level: int = 0) -> Iterator[Block]:
    """Each paragraph, item, quotation and table, in order; those inside an item follow it."""
    for node in parent.children:
        if node.type in ("paragraph", "heading"):
            yield Block("paragraph", runs_of(node, Run("", strong=node.type == "heading")), level)
        elif node.type in ("bullet_list", "ordered_list"):
            first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
            for place, item in enumerate(node.children):
                lead, *others = list(list_blocks(item, level + 1)) or [Block("paragraph")]
                yield Block("item", lead.runs, level + 1, None if first is None else first + place)
                yield from others
        elif node.type == "blockquote":
            yield from (Block("quote", one.runs, level) for one in list_blocks(node, level))
        elif node.type == "table":
            rows = (row for part in node.children for row in part.children)
            cells = tuple(tuple(runs_of(cell, Run("")) for cell in row.children) for row in rows)
            yield Block("table", level=level, rows=cells)


def runs_of(node: SyntaxTreeNode, style: Run) -> tuple[Run, ...]:
    """The words of a paragraph, each in the style of what it stands in."""
    found: list[Run] = []
    for one in node.children:
        if one.type in STYLES:
            inner = STYLES[one.type](style)
        elif one.type == "link":
            inner = style._replace(href=str(one.attrs["href"]))
        else:
            inner = style
        if one.type in ("text", "code_inline"):
            found.append(inner._replace(text=str(one.content)))
        elif one.type in BREAKS:
            found.append(inner._replace(text=BREAKS[one.type]))
        elif one.type != "image":
            found += runs_of(one, inner)
    return tuple(found)
