"""E-mail addresses, telephone numbers and known names in a text that should have none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from prt.model.rows import Row
from prt.model.text import folded

EMAIL = re.compile(r"[\w.+'’-]*\w@\w[\w-]*(?:\.[\w-]+)*\.[A-Za-z]{2,}")
PHONE = re.compile(r"(?<![\w.+-])(?:\+?1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[ .-])\d{3}[ .-]\d{4}(?![\w-])")
LINK = re.compile(r"https?://[^\s,;\"|>]+")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Trace:
    """What stands in a line: `email`, `phone`, or `name` of a person whose id is known."""

    kind: str
    person: str = ""


@dataclass
class Names:
    """Full names by their words, in the order First Last and Last First. A single word is nobody's name."""

    people: dict[str, dict[Words, str]] = field(default_factory=dict)
    masks: tuple[str, ...] = ()

    def add(self, person: str, name: str) -> None:
        words = words_of(name)
        for at in range(len(words)) if 1 < len(words) < 7 else ():
            order = words[at:] + words[:at]
            self.people.setdefault(order[0], {})[order] = person

    def found(self, line: str) -> Iterator[str]:
        """The ids of those whose name stands in the line; the name of an organisation is no person's."""
        words = words_of(line)
        if self.people.keys().isdisjoint(words):
            return
        text = " ".join(words)
        for mask in self.masks:
            text = text.replace(mask, "|")
        words = tuple(text.split())
        for at, word in enumerate(words):
            for name, person in self.people.get(word, {}).items():
                if words[at : at + len(name)] == name:
                    yield person


def names_of(rows: Iterable[Row], organisations: Iterable[str] = ()) -> Names:
    """The names of rows of names.csv; `organisations` are names that may be written."""
    masks = {" ".join(words_of(name)) for name in organisations}
    found = Names(masks=tuple(sorted((mask for mask in masks if " " in mask), key=len, reverse=True)))
    for row in rows:
        for name in (row["name"], *row["other_names"]):
            if "@" not in name:
                found.add(row.id, name)
    return found


def words_of(text: str) -> Words:
    return tuple(WORD.findall(folded(text)))


def traces(line: str, names: Names) -> list[Trace]:
    """Everything personal in one line, each thing once."""
    found = []
    if "@" in line and EMAIL.search(line):
        found.append(Trace("email"))
    if PHONE.search(LINK.sub(" ", line)):
        found.append(Trace("phone"))
    return found + [Trace("name", person) for person in dict.fromkeys(names.found(line))]
