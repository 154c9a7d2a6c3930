"""Every phrase that the code names has its words, and every word of words.yaml is told somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from prt.files.yaml.words import read_topic, shipped_templates
from tests.sources import files, nodes, sources
from tests.support import word_topics

FUNCTIONS = {"say_phrase": "told", "say_start": "start", "preview_line": "told", "preview_row": "told"}
TEXTS = {"told": read_topic("told"), "start": read_topic("start")}
ELSEWHERE = {*TEXTS, "mistake", "acronym", "own_reason"}
"""Topics of which another test says it; the acronyms are a list, of which a report takes those it has."""
JOINED = {"report.updated_amended"}
"""Made of several words where it is told."""


def names_in(node: ast.expr) -> Iterator[str]:
    """The words that an argument may be, as patterns: each branch of a condition, `.*` for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.IfExp):
        yield from (*names_in(node.body), *names_in(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".*" for one in node.values
        )


@cache
def uses() -> list[tuple[str, str]]:
    """Each topic with a pattern of a word in it."""
    found = []
    for node in (node for path in files() for node in nodes(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS:
            word = node.args[1 if node.func.id == "say_start" else 0]
            found += [(FUNCTIONS[node.func.id], name) for name in names_in(word)]
    return found


def words_of(topic: str) -> set[str]:
    keys = {key.removeprefix(f"{topic}.").rpartition(".")[0] for key in TEXTS[topic]}
    return {re.sub(r"\.(one|other)$", "", key) for key in keys}


def test_every_phrase_has_words() -> None:
    words = {topic: words_of(topic) for topic in TEXTS}
    found = uses()
    assert len(found) > 200
    assert [use for use in found if not any(re.fullmatch(use[1], word) for word in words[use[0]])] == []


def test_every_word_is_told_somewhere() -> None:
    """By its name, or by one that stands in a text of the code, such as the keys of a table."""
    source = "\n".join(sources())
    for topic in TEXTS:
        patterns = [re.compile(name) for one, name in uses() if one == topic and name != ".*"]
        unused = [word for word in words_of(topic) if not any(one.fullmatch(word) for one in patterns)]
        assert [word for word in sorted(unused) if f'"{word}"' not in source] == []


@cache
def named() -> tuple[set[str], list[re.Pattern[str]]]:
    """The names in the code and the templates, whole and in parts, and those that are put together there."""
    templates = [path.read_text(encoding="utf-8") for path in shipped_templates().glob("*.j2")]
    names = set(re.findall(r"[\w.-]*\w", "\n".join([*sources(), *templates])))
    texts = [node for path in files() for node in nodes(path) if isinstance(node, ast.JoinedStr)]
    topic = rf"^(?:{'|'.join(word_topics())})\\."
    said = {name for one in texts for name in names_in(one) if re.search("[a-z]{2}", re.sub(topic, "", name))}
    patterns = [re.compile(name.replace(".*", r"[\w-]+")) for name in said]
    return names | {part for name in names for part in name.split(".")}, patterns


@pytest.mark.parametrize("topic", sorted({*word_topics()} - ELSEWHERE))
def test_every_word_is_named(topic: str) -> None:
    """By its path, by each part of it, or by a text that is put together and says more than the topic."""
    names, patterns = named()
    paths = {re.sub(r"(\.(one|other))?\.(en|fr)$", "", key) for key in read_topic(topic)} - names - JOINED
    left = {path: path.partition(".")[2] for path in paths if not names >= {*path.split(".")}}
    told = [
        (path, any(one.fullmatch(path) or one.fullmatch(left[path]) for one in patterns)) for path in left
    ]
    assert [path for path, is_told in told if not is_told] == []
