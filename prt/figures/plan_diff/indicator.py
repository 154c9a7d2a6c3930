"""One indicator of both plans: its texts, its measure, its other readings, its target."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from prt.figures.plan_diff.change import Aim, Change, Changes, Number, text, value, whole
from prt.figures.plan_diff.match import Named, Placed, label_likeness, meaning, pair_up
from prt.model.measures import Measure
from prt.model.plan import Indicator, Reading, Target
from prt.model.selections import Selection

READING = 0.6
"""From here on two readings are one: the same measure, or labels that are alike."""


def indicator_changes(before: Placed, after: Placed) -> Changes:
    name, old, new = after.handle, before.indicator, after.indicator
    yield from text("label", name, old.label, new.label)
    yield from text("words", name, old.quoted, new.quoted)
    yield from text("note", name, old.note, new.note)
    yield from value("indicator", name, "implied", old.implied, new.implied)
    if via := why_other(old.measure, new.measure, before.named, after.named):
        yield Change("changed", "measure", name, "", old.measure, new.measure, via.names)
    yield from reading_changes(before, after)
    yield from target_changes(name, old, new)


class Via:
    """Why a measure is another: by the selections of these names, or, without any, by itself."""

    def __init__(self, *names: str) -> None:
        self.names = names


def why_other(before: Measure, after: Measure, was: Named, now: Named) -> Via | None:
    """None where both mean the same."""
    if meaning(before, was) == meaning(after, now):
        return None
    if before != after:
        return Via()
    used = {name for _, one in after.selections() for name in chain(one, now)}
    return Via(*sorted(name for name in used if name in was and was[name] != now[name]))


def chain(selection: Selection, named: Named) -> Iterator[str]:
    """The names that a selection stands on."""
    while selection.selection:
        yield selection.selection
        selection = named[selection.selection]


def reading_changes(before: Placed, after: Placed) -> Changes:
    name, old, new = after.handle, before.indicator.also, after.indicator.also

    def likeness(one: Reading, other: Reading) -> float:
        same = meaning(one.measure, before.named) == meaning(other.measure, after.named)
        return same + label_likeness(one.label, other.label)

    pairs = pair_up(old, new, likeness, READING)
    for one in old:
        if not any(one is paired for paired, _ in pairs):
            yield Change("removed", "also", name, before=one)
    for one in new:
        if not any(one is paired for _, paired in pairs):
            yield Change("added", "also", name, after=one)
    for one, other in pairs:
        yield from text("also_label", name, one.label, other.label)
        if via := why_other(one.measure, other.measure, before.named, after.named):
            yield Change("changed", "also", name, "", one, other, via.names)


def target_changes(name: str, before: Indicator, after: Indicator) -> Changes:
    old, new = before.target, after.target
    units = before.measure.unit, after.measure.unit
    if old is None or new is None:
        aims = (Aim(one, unit) if one else None for one, unit in zip((old, new), units, strict=True))
        yield from whole("target", name, *aims)
        return
    if aim(old) != aim(new):
        yield Change("changed", "target", name, "", Aim(old, units[0]), Aim(new, units[1]))
    for period in sorted(old.by.keys() | new.by.keys()):
        was, now = (number(one.by.get(period), unit) for one, unit in zip((old, new), units, strict=True))
        yield from value("target", name, f"by {period}", was, now)
    yield from value("target", name, "pace", before.pace, after.pace)
    yield from value("target", name, "baseline", old.baseline, new.baseline)
    yield from value("target", name, "stands_in", old.stands_in, new.stands_in)
    yield from text("target_words", name, old.quoted, new.quoted)


def aim(target: Target) -> tuple[object, ...]:
    """What is to be reached: `("at_least", 37)`."""
    return target.aim, getattr(target, target.aim)


def number(found: Fraction | None, unit: str) -> Number | None:
    return None if found is None else Number(found, unit)
