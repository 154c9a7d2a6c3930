"""A YAML file as plain values, each with its line and column; YAML's traps are mistakes with a remedy.

PyYAML parses, with its C parser where there is one; the small strict builder here makes the values. Nodes
are not composed by PyYAML: it recurses, and a file of brackets then ends the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from prt.files.scalars import plain_value
from prt.files.yamlerrors import shortened, swallowed, syntax_mistake
from prt.problems import Mistake, Place, Problem, Severity

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
LARGEST = 1_000_000
DEEPEST = 40
MOST_PROBLEMS = 100
STRANGE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u2030-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe"
    "\uff00-\ufffd\U00010000-\U0010fffd]|[\u200e\u200f\u061c]"
)
"""Control characters, line ends that only YAML knows, and characters that turn the direction of text."""

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A value with its place, from 1. `text` is a scalar's source; `keys` the places of a mapping's keys."""

    value: Any
    line: int
    column: int
    text: str = ""
    children: dict[str | int, Node] = field(default_factory=dict)
    keys: dict[str | int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class YamlFile:
    """`value` is made of dict, list, str, int, Decimal, date, bool, None and Unquoted; None if unreadable.

    A `path` may have elements that the file has not, such as the names of a union's members: they are
    skipped, and the place is that of the nearest value around.
    """

    shown: str
    value: Any
    problems: list[Problem]
    root: Node

    def place(self, path: Path) -> Place:
        """Where the value at a path stands."""
        found, node = self.follow(path)
        return Place(self.shown, node.line, node.column, dotted(found))

    def key_place(self, path: Path) -> Place:
        """Where the key at the end of a path stands; the value where it has no key."""
        found, node = self.follow(path)
        parent = self.follow(found[:-1])[1]
        line, column = parent.keys.get(found[-1], (node.line, node.column)) if found else (0, 0)
        return Place(self.shown, line, column, dotted(found))

    def text(self, path: Path) -> str:
        """The source text of the scalar at a path, or an empty string."""
        return self.follow(path)[1].text

    def follow(self, path: Path) -> tuple[Path, Node]:
        """The elements of a path that the file has, and the value that they lead to."""
        return longest(self.root, path)


def longest(node: Node, path: Path) -> tuple[Path, Node]:
    """The way that uses most of the path: `whole.anyone_in.by` is `whole.by` if `by` stands there."""
    for place, step in enumerate(path):
        if step in node.children:
            found, last = longest(node.children[step], path[place + 1 :])
            if len(found) < len(path) - place - 1:
                other, other_last = longest(node, path[place + 1 :])
                if len(other) > len(found) + 1:
                    return other, other_last
            return (step, *found), last
    return (), node


def dotted(path: Path) -> str:
    return ".".join(map(str, path))


def read_yaml(raw: bytes, shown: str) -> YamlFile:
    """The value and the problems of any bytes; never an exception."""
    text, problems = text_of(raw, shown)
    builder = Builder(shown, text.splitlines(), problems)
    if not problems:
        builder.read(text)
    root = builder.root or Node(None, 1, 1)
    return YamlFile(shown, root.value, builder.problems, root)


def text_of(raw: bytes, shown: str) -> tuple[str, list[Problem]]:
    if len(raw) > LARGEST:
        what = f"the file has {len(raw):,} bytes, more than {LARGEST:,}"
        return "", [Problem(Place(shown), what, "A plan is a text of some pages. Is it another file?")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        place = Place(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return "", [Problem(place, "the file is not UTF-8 text", "Save it as UTF-8 in the editor.")]
    found = ((number, STRANGE.search(line)) for number, line in enumerate(re.split("\r\n|\r|\n", text), 1))
    return text, [strange(shown, number, one) for number, one in found if one][:MOST_PROBLEMS]


def strange(shown: str, number: int, found: re.Match[str]) -> Problem:
    what = f"an invisible character (U+{ord(found[0]):04X})"
    remedy = "Delete it; such characters come with text that was pasted."
    return Problem(Place(shown, number, found.start() + 1), what, remedy)


class Open:
    """A mapping or a list that is being read; `key` is the key whose value comes next."""

    def __init__(self, node: Node, event: yaml.CollectionStartEvent) -> None:
        self.node = node
        self.is_mapping = isinstance(event, yaml.MappingStartEvent)
        self.flow_line: int | None = event.start_mark.line if event.flow_style else None
        self.has_key = False
        self.key: str | int | None = None  # None with `has_key`: the value that follows is dropped

    @property
    def wants_key(self) -> bool:
        return self.is_mapping and not self.has_key

    def begin_value(self, key: str | int | None) -> None:
        self.has_key, self.key = True, key

    def take(self, node: Node) -> None:
        if self.is_mapping:
            self.has_key = False
            if self.key is None:
                return
            self.node.value[self.key] = node.value
            self.node.children[self.key] = node
        else:
            self.node.children[len(self.node.value)] = node
            self.node.value.append(node.value)


SMALL = re.compile("[0-9]{1,9}")
SECOND_DOCUMENT = Mistake("a second document begins here", "Keep one, and remove the line of three hyphens.")
TOO_DEEP = Mistake(f"more than {DEEPEST} brackets or levels inside each other", "Is it another file?")
TOO_MANY = Mistake(f"more than {MOST_PROBLEMS} mistakes", "Correct those above first.")


def at(event: Any) -> tuple[int, int]:
    """Line and column, from 0."""
    return event.start_mark.line, event.start_mark.column


class Builder:
    """Values from the events of the parser."""

    def __init__(self, shown: str, lines: Sequence[str], problems: list[Problem]) -> None:
        self.shown = shown
        self.lines = lines
        self.problems = problems
        self.root: Node | None = None
        self.open: list[Open] = []

    def read(self, text: str) -> None:
        try:
            self.build(yaml.parse(text, Loader=LOADER))
        except yaml.MarkedYAMLError as error:
            flow = next((one.flow_line for one in self.open if one.flow_line is not None), None)
            self.give_up(*syntax_mistake(error, self.lines, flow))
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # The Python parser lets \U99999999 through to chr().
            self.give_up(0, 0, Mistake(f"YAML cannot read this file ({error})", "Look for codes after \\."))

    def build(self, events: Iterable[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.ScalarEvent):
                self.scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self.begin(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
            elif isinstance(event, yaml.AliasEvent):
                self.alias(event)
            elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
                return self.give_up(*at(event), SECOND_DOCUMENT)
            if len(self.open) > DEEPEST:
                return self.give_up(*at(event), TOO_DEEP)
            if len(self.problems) > MOST_PROBLEMS:
                return self.give_up(*at(event), TOO_MANY)
        return None

    def scalar(self, event: yaml.ScalarEvent) -> None:
        self.refuse_signs(event)
        if self.open and self.open[-1].wants_key:
            self.add_key(event)
        else:
            line, column = at(event)
            self.add(Node(self.value(event), line + 1, column + 1, event.value))

    def value(self, event: yaml.ScalarEvent) -> Any:
        if event.style:
            if event.style == '"' and (found := STRANGE.search(event.value)):
                self.wrong(
                    event, Mistake(f"an invisible character (U+{ord(found[0]):04X})", "Delete its code.")
                )
            return event.value
        try:
            self.refuse_comment(event)
            return plain_value(event.value)
        except Mistake as mistake:
            self.wrong(event, mistake)
            return None

    def refuse_comment(self, event: yaml.ScalarEvent) -> None:
        """`label: # of updates` has no value; `label: Workshop #3` is not all that was written."""
        line, column = event.end_mark.line, event.end_mark.column
        rest = self.lines[line][column:].lstrip() if line < len(self.lines) else ""
        if not rest.startswith("#"):
            return
        if not event.value:
            self.wrong(event, swallowed(rest))
        elif rest[1:2] not in ("", " ", "#"):
            mistake = Mistake(
                f"YAML takes {shortened(rest)} for a comment and does not read it",
                f'Put the text in quotes: "{shortened(event.value)} {rest.split()[0]}".',
            )
            self.wrong(event, mistake, "warning")

    def add_key(self, event: yaml.ScalarEvent) -> None:
        mapping = self.open[-1]
        mapping.begin_value(None)
        key = int(event.value) if not event.style and SMALL.fullmatch(event.value) else event.value
        line, column = at(event)
        if key == "" and not event.style:
            self.wrong(
                event, Mistake("a key is missing before the colon", "Write the key, or remove the line.")
            )
        elif key == "<<" and not event.style:
            self.wrong(event, Mistake("<< (a merge of mappings) is not read", "Write the keys out."))
        elif key in mapping.node.keys:
            first = mapping.node.keys[key][0]
            what = f'the key "{key}" is written twice; the first is on line {first}'
            self.wrong(event, Mistake(what, "Keep one of the two."), key=key)
        else:
            mapping.begin_value(key)
            mapping.node.keys[key] = (line + 1, column + 1)

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        self.refuse_signs(event)
        line, column = at(event)
        node = Node({} if isinstance(event, yaml.MappingStartEvent) else [], line + 1, column + 1)
        if self.open and self.open[-1].wants_key:
            self.wrong(
                event, Mistake("a key is a mapping or a list", "A key is one word; put { or [ in quotes.")
            )
            self.open[-1].begin_value(None)
        else:
            self.add(node)
        self.open.append(Open(node, event))

    def alias(self, event: yaml.AliasEvent) -> None:
        line, column = at(event)
        remedy = f'Write the value out, or put text that begins with * in quotes: "*{event.anchor}".'
        self.wrong(event, Mistake(f"*{event.anchor} is an alias, which is not read here", remedy))
        if self.open and self.open[-1].wants_key:
            self.open[-1].begin_value(None)
        else:
            self.add(Node(None, line + 1, column + 1))

    def refuse_signs(self, event: Any) -> None:
        if event.anchor is not None:
            remedy = f'Remove it, or put text that begins with & in quotes: "&{event.anchor}".'
            self.wrong(event, Mistake(f"&{event.anchor} is an anchor, which is not read here", remedy))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            remedy = "Remove it, or put text that begins with ! in quotes."
            self.wrong(event, Mistake(f"{tag} is a tag, which is not read here", remedy))

    def add(self, node: Node) -> None:
        if self.open:
            self.open[-1].take(node)
        else:
            self.root = node

    def wrong(
        self, event: Any, mistake: Mistake, severity: Severity = "error", key: str | int | None = None
    ) -> None:
        self.report(*at(event), mistake, severity, key)

    def report(
        self, line: int, column: int, mistake: Mistake, severity: Severity = "error", key: Any = None
    ) -> None:
        steps = [one.key if one.is_mapping else len(one.node.value) for one in self.open]
        path = dotted(tuple(step for step in (*steps, key) if step is not None))
        place = Place(self.shown, line + 1, column + 1, path)
        self.problems.append(Problem(place, mistake.what, mistake.remedy, severity))

    def give_up(self, line: int, column: int, mistake: Mistake) -> None:
        """Nothing of the file can be used."""
        self.open.clear()
        self.report(line, column, mistake)
        self.root = None
