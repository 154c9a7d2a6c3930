"""The templates folder: ours beside the program, and the project's own before it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from jinja2 import BaseLoader

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TOPIC = re.compile(r"^([\w-]+):.*\n(?:(?:[ #].*)?\n)*", re.MULTILINE)


def shipped_templates() -> Path:
    """The wheel carries templates/ inside the package; a checkout has it next to the package."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@cache
def word_topics() -> dict[str, str]:
    """The text of words.yaml, topic by topic: `status`, `measure`, …"""
    text = (shipped_templates() / "words.yaml").read_text(encoding="utf-8")
    return {found[1]: found[0] for found in TOPIC.finditer(text)}


@cache
def read_topic(topic: str) -> dict[str, str]:
    """The words of one topic under their path and language: `status.behind.fr` → `en retard`.

    One topic at a time and as a stream of events, where every scalar is text: `prt status` needs few of
    them, and starts fast. KeyError where there is no such topic.
    """
    words: dict[str, str] = {}
    path: list[str] = []
    key = ""
    for event in yaml.parse(word_topics()[topic], Loader=LOADER):
        if isinstance(event, yaml.ScalarEvent):
            if key:
                words[".".join((*path[1:], key))] = event.value
            key = "" if key else event.value
        elif isinstance(event, yaml.MappingStartEvent):
            path.append(key)
            key = ""
        elif isinstance(event, yaml.MappingEndEvent):
            path.pop()
    return words


def template_loader(own: Path | None) -> BaseLoader:
    """A project's own templates come first, then ours; under the prefix `shipped/` always ours."""
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

    shipped = FileSystemLoader(shipped_templates())
    first = [FileSystemLoader(own)] if own else []
    return ChoiceLoader([*first, shipped, PrefixLoader({"shipped": shipped})])
