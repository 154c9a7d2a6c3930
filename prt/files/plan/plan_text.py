"""A plan file changed as text: one more item of a list, written in the manner of the file; all else stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any

import yaml

from prt.files.yaml.document import LINE_END
from prt.files.yaml.events import LOADER
from prt.files.yaml.scalars import plain_value
from prt.problems import Mistake
from prt.values import dataclass

PLAIN_TEXT = re.compile(r"[^\W\d_](?:[\w’.()/-]| (?=[\w’(]))*|\d+(?:\.\d+)?%")
"""A text that needs no quotation marks, wherever it stands."""
ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
ESCAPED = re.compile(r'["\\\n\t\r]')
COMMENT = re.compile(r"([ ]*)#.*")
STEP = 2
"""How far a list is further in than its key, where the file shows no manner of its own."""


@dataclass(frozen=True)
class TextInsertion:
    """`added` stands at `at` (characters from 0) of a text of which nothing else changes."""

    at: int
    added: str

    def into(self, text: str) -> str:
        return text[: self.at] + self.added + text[self.at :]

    @property
    def piece(self) -> list[str]:
        """Its lines, without the empty ends that line breaks make."""
        return [line for line in LINE_END.split(self.added) if line.strip()]

    def line_in(self, text: str) -> int:
        """The line, from 1, on which the piece begins."""
        lead = len(self.added) - len(self.added.lstrip(" \r\n,"))
        return len(LINE_END.split(text[: self.at] + self.added[:lead]))


def item_insertions(text: str, path: Sequence[str | int], item: Mapping[str, Any]) -> Iterator[TextInsertion]:
    """The ways to add an item at the end of the list at a path, the best first: whoever reads the text
    that comes of one says whether it is right. The text has no mistakes."""
    parents: list[Any] = [yaml.compose(text, Loader=LOADER)]
    for step in path:
        parents.append(child_of(parents[-1], step))
    listed, after = parents[-1], line_end_of(text, last_index(parents[-1]))
    newline = next(iter(LINE_END.findall(text)), "\n")
    if any(one.flow_style for one in parents):
        yield from flow_insertions(text, listed, item, newline)
        return
    dash, inside = listed.start_mark.column, listed.value[0].start_mark.column
    lines = block_item(item, dash, inside, list_step(parents))
    for at in dict.fromkeys((after_comments(text, after, dash), after, last_index(listed))):
        begun = at and text[at - 1] not in "\r\n"
        body = newline.join(lines)
        yield TextInsertion(at, newline + body if begun else body + newline)


def child_of(node: Any, step: str | int) -> Any:
    """The value under a key of a mapping, or at a place of a list."""
    if isinstance(step, int):
        return node.value[step]
    return next(value for key, value in node.value if key.value == step)


def last_index(node: Any) -> int:
    """Where a value ends: a block of YAML has no end of its own, but that of its last value."""
    if node.value and not isinstance(node, yaml.ScalarNode) and not node.flow_style:
        last = node.value[-1]
        return last_index(last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    return end


def line_end_of(text: str, at: int) -> int:
    """Where the line after a value begins; behind a block of text, its empty lines aside."""
    found = LINE_END.search(text, len(text[:at].rstrip()))
    return found.end() if found else len(text)


def after_comments(text: str, at: int, dash: int) -> int:
    """The same, after the comments that belong to the item before: they stand further in than its dash."""
    end = at
    while end < len(text):
        next_line = LINE_END.search(text, end)
        stop = next_line.end() if next_line else len(text)
        line = text[end:stop].strip("\r\n")
        comment = COMMENT.fullmatch(line)
        if comment and len(comment[1]) > dash:
            at = stop
        elif line.strip():
            break
        end = stop
    return at


def list_step(parents: Sequence[Any]) -> int:
    """How far the dashes of a list are further in than its key, as the file has it."""
    for above, listed in zip(reversed(parents[:-1]), reversed(parents), strict=False):
        for key, value in above.value if isinstance(above, yaml.MappingNode) else ():
            if value is listed and isinstance(value, yaml.SequenceNode):
                further: int = value.start_mark.column - key.start_mark.column
                return max(0, further)
    return STEP


def block_item(item: Mapping[str, Any], dash: int, inside: int, step: int) -> list[str]:
    """The lines of an item: each key on a line of its own, its value on the same line, but lists of mappings
    below it."""
    lines: list[str] = []
    for key, value in item.items():
        if is_list_of_items(value):
            lines.append(f"{' ' * inside}{key}:")
            own = inside + step
            for one in value:
                lines += block_item(one, own, own + inside - dash, step)
        else:
            lines.append(f"{' ' * inside}{key}: {flow_text(value)}")
    lines[0] = f"{' ' * dash}-{' ' * (inside - dash - 1)}{lines[0].lstrip()}"
    return lines


def is_list_of_items(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and "id" in one for one in value)
    )


def flow_insertions(text: str, listed: Any, item: Mapping[str, Any], newline: str) -> Iterator[TextInsertion]:
    """An item of a list in brackets: on a line of its own where the last one begins a line."""
    last = listed.value[-1]
    begins = text[: last.start_mark.index].endswith(" " * last.start_mark.column)
    lead = newline + " " * last.start_mark.column if begins and last.start_mark.column else " "
    at = last_index(last)
    yield TextInsertion(at, f",{lead}{flow_text(item)}")
    yield TextInsertion(at, f", {flow_text(item)}")


def flow_text(value: Any) -> str:
    """A value on one line: `{kind: count, of: workshops}`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(key)}: {flow_text(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow_text, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return scalar_text(value) if isinstance(value, str) else str(value)


def key_text(key: Any) -> str:
    return str(key) if isinstance(key, int) else scalar_text(key)


def scalar_text(text: str) -> str:
    """A text as YAML reads it back, in quotation marks where it needs some."""
    with suppress(Mistake):
        if PLAIN_TEXT.fullmatch(text) and plain_value(text) == text:
            return text
    return f'"{ESCAPED.sub(lambda sign: ESCAPES[sign[0]], text)}"'
