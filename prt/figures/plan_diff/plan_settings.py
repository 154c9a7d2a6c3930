"""What has changed of a plan beside its lines: words, columns, selections, the year, amendments."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from prt.figures.plan_diff.change import (
    Changes,
    Number,
    PlanChange,
    presence_change,
    text,
    value,
)
from prt.figures.plan_diff.match import Named, meaning
from prt.model.columns import OwnColumn
from prt.model.plan import Plan
from prt.model.text import Text

Vocabularies = Mapping[str, Mapping[str, Text]]
Columns = Mapping[str, Mapping[str, OwnColumn]]


def vocabulary_changes(before: Vocabularies, after: Vocabularies) -> Changes:
    yield from by_name("vocabulary", before, after, {})
    for name, words in after.items():
        if name in before:
            yield from word_changes("word", before[name], words, "label", f"{name}.")


def column_changes(before: Columns, after: Columns) -> Changes:
    """Columns that a plan adds. One that changed its name under the same label is a column renamed."""
    was, now = (
        {f"{log}.{name}": own for log, some in one.items() for name, own in some.items()}
        for one in (before, after)
    )
    old_name = renames(was, now, lambda own: own, lambda own: own)
    yield from by_name("column", was, now, old_name)
    for name, own in now.items():
        old = was.get(name)
        if old is not None:
            for key in ("type", "required", "whole", "at_least", "at_most"):
                yield from value("column", name, key, key_of_column(old, key), key_of_column(own, key))
            for key in ("label", "help", "unit"):
                yield from text(f"column_{key}", name, getattr(old, key), getattr(own, key))
            yield from word_changes("word", old.choices, own.choices, "label", f"{name}.")


def key_of_column(own: OwnColumn, key: str) -> Any:
    found = getattr(own, key)
    return Number(found) if isinstance(found, Fraction) else found


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
            yield PlanChange("changed", "selection", name, before=old, after=one)


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
            yield PlanChange("removed", what, prefix + name, before=one)
    for name, one in after.items():
        if name in old_name:
            yield PlanChange(
                "renamed", what, prefix + name, before=prefix + old_name[name], after=prefix + name
            )
        elif name not in before:
            yield PlanChange("added", what, prefix + name, after=one)


def year_changes(before: Plan, after: Plan) -> Changes:
    for name in ("year", "starts", "ends", "updated"):
        yield from value("plan", "", name, getattr(before, name), getattr(after, name))
    if before.pace_from or after.pace_from:
        yield from value("plan", "", "pace_from", before.calendar.pace_from, after.calendar.pace_from)
    yield from text("plan_title", "", before.title, after.title)
    yield from text("team", "", before.team, after.team)
    for name in ("name", "languages"):
        yield from value("funder", "", name, getattr(before.funder, name), getattr(after.funder, name))
    for name in after.signatures.fields:
        old, new = getattr(before.signatures, name), getattr(after.signatures, name)
        yield from text("signature", name, old, new)
    yield from numbered_changes("period", before.periods, after.periods)
    yield from numbered_changes("round", before.rounds, after.rounds)
    for name in ("on_track", "at_risk"):
        was, now = (Number(getattr(plan.status, name), "%") for plan in (before, after))
        yield from value("status", "", name, was, now)
    for name in after.privacy.fields:
        yield from value(
            "privacy", "", name, sorted_field(before.privacy, name), sorted_field(after.privacy, name)
        )


def numbered_changes(what: str, before: Sequence[Any], after: Sequence[Any]) -> Changes:
    """Periods or rounds: those of the same number are the same."""
    was, now = ({one.id: one for one in some} for some in (before, after))
    for number in sorted(was.keys() | now.keys()):
        old, new = was.get(number), now.get(number)
        if old is None or new is None:
            yield from presence_change(what, str(number), old, new)
        else:
            for name, field in new.fields.items():
                yield from value(what, str(number), field.key, key_value(old, name), key_value(new, name))


def key_value(found: Any, name: str) -> Any:
    return Number(found.expected, "%") if name == "expected" else getattr(found, name)


def sorted_field(found: Any, name: str) -> Any:
    kept = getattr(found, name)
    return tuple(sorted(kept)) if isinstance(kept, tuple) else kept


def amendment_changes(before: Plan, after: Plan) -> Changes:
    """An amendment has no id: it is there or not."""
    for one in before.amendments:
        if one not in after.amendments:
            yield PlanChange("removed", "amendment", ", ".join(one.what), before=one)
    for one in after.amendments:
        if one not in before.amendments:
            yield PlanChange("added", "amendment", ", ".join(one.what), after=one)
