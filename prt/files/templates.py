"""The templates folder: ours beside the program, and the project's own before it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

LOADER = getattr(yaml, "CLoader", yaml.Loader)


def shipped_templates() -> Path:
    """The wheel carries templates/ inside the package; a checkout has it next to the package."""
    package = Path(__file__).parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@cache
def read_words() -> dict[str, str]:
    """All words of words.yaml under their path and language: `status.behind.fr` → `en retard`.

    The file is read as a stream of events: every scalar is text, and it takes a third of the time.
    """
    text = (shipped_templates() / "words.yaml").read_text(encoding="utf-8")
    words: dict[str, str] = {}
    path: list[str] = []
    key = ""
    for event in yaml.parse(text, Loader=LOADER):
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
