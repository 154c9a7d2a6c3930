"""What has a name in a plan: the words of its vocabularies, and its selections."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from prt.figures.plan_diff.change import Change, Changes, text
from prt.figures.plan_diff.meaning import Named, meaning
from prt.model.text import Text

Vocabularies = Mapping[str, Mapping[str, Text]]


def vocabulary_changes(before: Vocabularies, after: Vocabularies) -> Changes:
    yield from by_name("vocabulary", before, after, {})
    for name, words in after.items():
        if name in before:
            yield from word_changes("word", before[name], words, "label", f"{name}.")


def word_changes(
    what: str, before: Mapping[str, Text], after: Mapping[str, Text], label: str, prefix: str = ""
) -> Changes:
    """Words with their labels. A code that changed under the same label is a new spelling of one word."""
    old_name = renames(before, after, lambda text: text, lambda text: text)
    yield from by_name(what, before, after, old_name, prefix)
    for code, said in after.items():
        yield from text(label, prefix + code, before.get(old_name.get(code, code), said), said)


def selection_changes(before: Named, after: Named) -> Changes:
    """Of a selection that narrows a changed one nothing is said: the change is that of the other."""

    def was(one: Any) -> Hashable:
        return meaning(one, before)

    def now(one: Any) -> Hashable:
        return meaning(one, after)

    yield from by_name("selection", before, after, renames(before, after, was, now))
    for name, one in after.items():
        old = before.get(name)
        if old is not None and old != one and was(old) != now(one):
            yield Change("changed", "selection", name, before=old, after=one)


def renames(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    was: Callable[[Any], Hashable],
    now: Callable[[Any], Hashable],
) -> dict[str, str]:
    """New name → old name, of what means the same under a name that only one of the two has."""
    gone = {name: was(one) for name, one in before.items() if name not in after}
    found: dict[str, str] = {}
    for name, one in after.items():
        old = next((old for old, meant in gone.items() if meant == now(one)), None)
        if name not in before and old is not None:
            found[name] = old
            del gone[old]
    return found


def by_name(
    what: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    old_name: Mapping[str, str],
    prefix: str = "",
) -> Changes:
    """Names that were removed, renamed or added."""
    for name, one in before.items():
        if name not in after and name not in old_name.values():
            yield Change("removed", what, prefix + name, before=one)
    for name, one in after.items():
        if name in old_name:
            yield Change("renamed", what, prefix + name, before=prefix + old_name[name], after=prefix + name)
        elif name not in before:
            yield Change("added", what, prefix + name, after=one)
