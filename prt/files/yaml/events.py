"""Values with their places from the events of PyYAML's parser; what YAML would change silently is a problem.

PyYAML's own composer is not used: it recurses, and a file of brackets ends the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from prt.files.yaml.scalars import plain_value
from prt.files.yaml.syntax_messages import (
    NO_BREAK,
    NO_KEY,
    SHOWN,
    comma_in_number,
    no_break_indent,
    swallowed_comment,
    syntax_mistake,
)
from prt.problems import Mistake, Place, Problem, Severity
from prt.text import shorten

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 40
MOST_PROBLEMS = 100
LONGEST_KEY = 100
STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff\U000e0000-\U000e007f\U0010fffe\U0010ffff]"
)
"""Control characters, line ends that only YAML knows, and characters that nobody sees."""

NUMBERED = re.compile("0|[1-9][0-9]{0,8}")
MERGE = Mistake("merge_of_mappings")
COMPLEX_KEY = Mistake("key_is_collection")
SECOND_DOCUMENT = Mistake("second_document")
TOO_DEEP = Mistake("too_deep", most=DEEPEST)
TOO_MANY = Mistake("too_many_mistakes", most=MOST_PROBLEMS)


@dataclass(slots=True)
class Node:
    """A value with its place, from 1. `text` is the source of a scalar; the rest is of mappings and lists."""

    value: Any
    line: int
    column: int
    text: str = ""
    children: dict[str | int, Node] | None = None
    keys: dict[str | int, tuple[int, int]] | None = None


class OpenCollection:
    """A mapping or a list that is being read."""

    def __init__(self, event: yaml.CollectionStartEvent) -> None:
        self.is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.value: Any = {} if self.is_mapping else []
        self.children: dict[str | int, Node] = {}
        self.keys: dict[str | int, tuple[int, int]] = {}
        self.flow = bool(event.flow_style)
        self.line, self.column = start_of(event)
        self.is_key = False
        self.wants_key = self.is_mapping
        self.key: str | int | None = None if self.is_mapping else 0  # None: the value that follows is dropped

    @property
    def node(self) -> Node:
        return Node(self.value, self.line + 1, self.column + 1, "", self.children, self.keys)

    def take_key(self, key: str | int | None) -> None:
        self.wants_key, self.key = False, key

    def take(self, node: Node) -> None:
        """The value of the last key, or the next one of a list; what is inside it may still follow."""
        if not self.is_mapping:
            self.value.append(node.value)
        elif self.key is not None:
            self.value[self.key] = node.value
        if self.key is not None:
            self.children[self.key] = node

    def value_ends(self) -> None:
        self.wants_key = self.is_mapping
        self.key = None if self.is_mapping else len(self.value)


def start_of(event: Any) -> tuple[int, int]:
    """Line and column, from 0."""
    mark = event.start_mark
    return mark.line, mark.column


class Builder:
    """`root` is the value of the file, None where it cannot be read; `problems` what is wrong with it."""

    def __init__(self, shown: str, lines: Sequence[str]) -> None:
        self.shown = shown
        self.lines = lines
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.open: list[OpenCollection] = []

    def read(self, text: str) -> None:
        try:
            self.build(yaml.parse(text, Loader=LOADER))
        except yaml.MarkedYAMLError as error:
            flow = next((one.line for one in self.open if one.flow), None)
            self.give_up(*syntax_mistake(error, self.lines, flow))
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # Without the C parser, a code such as \\U99999999 reaches chr().
            self.give_up(0, 0, Mistake("file_no_yaml", error=error))

    def build(self, events: Iterable[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self.begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.end()
            elif isinstance(event, yaml.AliasEvent):
                self.alias(event)
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                return self.wrong(event, SECOND_DOCUMENT)
            if len(self.open) > DEEPEST:
                return self.give_up(*start_of(event), TOO_DEEP)
            if len(self.problems) >= MOST_PROBLEMS:
                return self.give_up(*start_of(event), TOO_MANY)
        return None

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            self.refuse_signs(event)
        if self.open and self.open[-1].wants_key:
            self.open[-1].take_key(self.key(event, self.open[-1]))
        else:
            line, column = start_of(event)
            self.add(Node(self.value(event), line + 1, column + 1, event.value))
            self.value_ends()

    def key(self, event: yaml.ScalarEvent, mapping: OpenCollection) -> str | int | None:
        """The key; None where it cannot be one."""
        key: str | int = event.value
        line, column = start_of(event)
        if not event.style:
            if mapping.flow and (mistake := comma_in_number(self.lines[line], column)):
                self.wrong(event, mistake)
                return None
            if event.value[:1] in tuple(NO_BREAK) and no_break_indent(self.lines, line):
                mark: Any = event.start_mark
                raise yaml.MarkedYAMLError(problem="a no-break space", problem_mark=mark)
            if key == "" or key == "<<":
                self.wrong(event, MERGE if key else NO_KEY)
                return None
            key = int(event.value) if NUMBERED.fullmatch(event.value) else key
        if len(event.value) > LONGEST_KEY:
            self.wrong(event, Mistake("key_too_long", length=len(event.value)))
            return None
        if key in mapping.keys:
            mapping.key = key
            self.wrong(event, Mistake("key_repeated", key=key, line=mapping.keys[key][0]))
            return None
        mapping.keys[key] = (line + 1, column + 1)
        return key

    def value(self, event: yaml.ScalarEvent) -> Any:
        if event.style:
            if event.style == '"' and (found := STRANGE.search(event.value)):
                self.wrong(event, Mistake("code_of_invisible", number=code_point(found)))
            return event.value
        try:
            self.refuse_comment(event)
            return plain_value(event.value)
        except Mistake as mistake:
            self.wrong(event, mistake)
            return None

    def refuse_comment(self, event: yaml.ScalarEvent) -> None:
        """`label: # of updates` has no value; `label: Workshop #3` is not all that was written."""
        end: Any = event.end_mark
        rest = self.lines[end.line][end.column :].lstrip() if end.line < len(self.lines) else ""
        if not rest.startswith("#"):
            return
        if not event.value:
            raise swallowed_comment(rest)
        if rest[1:2] not in ("", " ", "#"):
            comment, before = shorten(rest, SHOWN), shorten(event.value, SHOWN)
            mistake = Mistake("text_after_sign", comment=comment, before=before, word=rest.split()[0])
            self.wrong(event, mistake, "warning")

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        self.refuse_signs(event)
        opened = OpenCollection(event)
        if self.open and self.open[-1].wants_key:
            self.wrong(event, COMPLEX_KEY)
            self.open[-1].take_key(None)
            opened.is_key = True
        else:
            self.add(opened.node)
        self.open.append(opened)

    def end(self) -> None:
        if not self.open.pop().is_key:
            self.value_ends()

    def alias(self, event: yaml.AliasEvent) -> None:
        line, column = start_of(event)
        self.wrong(event, Mistake("alias", name=event.anchor))
        if self.open and self.open[-1].wants_key:
            self.open[-1].take_key(None)
        else:
            self.add(Node(None, line + 1, column + 1))
            self.value_ends()

    def refuse_signs(self, event: Any) -> None:
        if event.anchor is not None:
            self.wrong(event, Mistake("anchor", name=event.anchor))
        if event.tag is not None:
            self.wrong(event, Mistake("tag", tag=event.tag.replace("tag:yaml.org,2002:", "!!")))

    def add(self, node: Node) -> None:
        if self.open:
            self.open[-1].take(node)
        else:
            self.root = node

    def value_ends(self) -> None:
        if self.open:
            self.open[-1].value_ends()

    def wrong(self, event: Any, mistake: Mistake, severity: Severity = "error") -> None:
        self.report(*start_of(event), mistake, severity)

    def report(self, line: int, column: int, mistake: Mistake, severity: Severity = "error") -> None:
        path = join_path(tuple(one.key for one in self.open if one.key is not None))
        place = Place(self.shown, line + 1, column + 1, path)
        self.problems.append(Problem.of(place, mistake, severity))

    def give_up(self, line: int, column: int, mistake: Mistake) -> None:
        """Nothing of the file can be used."""
        self.open.clear()
        self.report(line, column, mistake)
        self.root = None


def code_point(found: re.Match[str]) -> str:
    """The number of a character as U+ writes it: `200B`."""
    return f"{ord(found[0]):04X}"


def join_path(path: Iterable[str | int]) -> str:
    return ".".join(map(str, path))
