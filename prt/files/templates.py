"""The templates folder: ours beside the program, and the project's own before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
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
    from jinja2 import ChoiceLoader, FileSystemLoader, FunctionLoader, PrefixLoader

    shipped = FileSystemLoader(shipped_templates())
    first = [FunctionLoader(partial(own_template, own))] if own else []
    return ChoiceLoader([*first, shipped, PrefixLoader({"shipped": shipped})])


def own_template(folder: Path, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The text and the path of one template; None where there is none.

    SecurityError where a link leads out of the folder: a report would carry what stands there.
    """
    from jinja2.exceptions import SecurityError
    from jinja2.loaders import split_template_path

    path = folder.joinpath(*split_template_path(name))
    if not path.is_file():
        return None
    if not path.resolve().is_relative_to(folder.parent.resolve() / folder.name):
        raise SecurityError(f"templates/{name} is a link to a file outside of templates/")
    return path.read_text(encoding="utf-8"), str(path), lambda: True
