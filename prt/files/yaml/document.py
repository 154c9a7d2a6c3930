"""A YAML file as plain values, each with its line and column; YAML's traps are mistakes with a remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from prt.files.merging.mark_lines import ANY, merge_problems
from prt.files.yaml.events import MOST_PROBLEMS, STRANGE, Builder, Node, code_point, join_path
from prt.problems import Mistake, Place, Problem, errors
from prt.values import dataclass

LARGEST = 1_000_000
LINE_END = re.compile("\r\n|\r|\n")

Path = tuple[str | int, ...]


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
        return Place(self.shown, node.line, node.column, join_path(found))

    def key_place(self, path: Path) -> Place:
        """Where the key at the end of a path stands; the value where it has no key."""
        found, node = self.follow(path)
        keys = self.follow(found[:-1])[1].keys or {}
        line, column = keys.get(found[-1], (node.line, node.column)) if found else (node.line, node.column)
        return Place(self.shown, line, column, join_path(found))

    def text(self, path: Path) -> str:
        """The source text of the scalar at a path, or an empty string."""
        return self.follow(path)[1].text

    def is_broken(self, path: str, inside: bool) -> bool:
        """Could YAML not read the value at a (dotted) path, or, `inside`, one of its own values?"""
        broken = [problem.where.path for problem in errors(self.problems)]
        return path in broken or (inside and path in [one.rpartition(".")[0] for one in broken])

    def follow(self, path: Path) -> tuple[Path, Node]:
        """The elements of a path that the file has, and the value that they lead to."""
        return longest_path(self.root, path)


def longest_path(node: Node, path: Path) -> tuple[Path, Node]:
    """The way that uses most of the path, and its end: `whole.anyone_in.by` is `whole.by` if there is one."""
    for place, step in enumerate(path):
        if node.children and step in node.children:
            found, last = longest_path(node.children[step], path[place + 1 :])
            if len(found) < len(path) - place - 1:
                other, other_last = longest_path(node, path[place + 1 :])
                if len(other) > len(found):
                    return other, other_last
            return (step, *found), last
    return (), node


def read_yaml(raw: bytes, shown: str) -> YamlFile:
    """The value and the problems of any bytes; never an exception."""
    text, problems = decode_text(raw, shown)
    if problems:
        return YamlFile(shown, None, problems, Node(None, 1, 1))
    builder = Builder(shown, LINE_END.split(text))
    builder.read(text)
    root = builder.root or Node(None, 1, 1)
    return YamlFile(shown, root.value, builder.problems, root)


def decode_text(raw: bytes, shown: str) -> tuple[str, list[Problem]]:
    """The text, or why there is none."""
    if len(raw) > LARGEST:
        mistake = Mistake("yaml_too_large", bytes=f"{len(raw):,}", most=f"{LARGEST:,}")
        return "", [Problem.of(Place(shown), mistake)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", [Problem.of(undecodable_place(error, shown), Mistake("not_utf8"))]
    if STRANGE.search(text):
        return text, list(strange_characters(text, shown))
    return text, list(merge_problems(text, shown, ANY))


def undecodable_place(error: UnicodeDecodeError, shown: str) -> Place:
    before = LINE_END.split(error.object[: error.start].decode("utf-8-sig", "replace"))
    return Place(shown, len(before), len(before[-1]) + 1)


def strange_characters(text: str, shown: str) -> Iterator[Problem]:
    """The first strange character of each line that has one."""
    found = ((number, STRANGE.search(line)) for number, line in enumerate(LINE_END.split(text), 1))
    for number, one in [(number, one) for number, one in found if one][:MOST_PROBLEMS]:
        mistake = Mistake("invisible_in_yaml", number=code_point(one))
        yield Problem.of(Place(shown, number, one.start() + 1), mistake)
