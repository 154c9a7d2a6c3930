"""What has changed of an indicator: its measure, its second readings, its target."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from prt.figures.plan_diff.change import (
    Changes,
    Number,
    PlanChange,
    TargetAim,
    presence_change,
    text,
    value,
)
from prt.figures.plan_diff.match import Named, Placed, label_likeness, meaning, pair_up
from prt.model.measures import Measure
from prt.model.plan import Indicator, Reading, Target
from prt.model.selections import Selection

READING = 0.6
"""From here on two readings are one: the same measure, or labels that are alike."""


def indicator_changes(before: Placed, after: Placed) -> Changes:
    """A new label is none: it is what we call an indicator, and not the plan's own words."""
    name, old, new = after.handle, before.indicator, after.indicator
    yield from text("words", name, old.quoted, new.quoted)
    yield from text("note", name, old.note, new.note)
    yield from value("indicator", name, "implied", old.implied, new.implied)
    yield from value("indicator", name, "was", old.was, new.was)
    if (via := why_other(old.measure, new.measure, before.named, after.named)) is not None:
        yield PlanChange("changed", "measure", name, "", old.measure, new.measure, via)
    yield from reading_changes(before, after)
    yield from target_changes(name, old, new)


def why_other(before: Measure, after: Measure, was: Named, now: Named) -> tuple[str, ...] | None:
    """The selections through which a measure has changed, none if it has itself; None if it is unchanged."""
    if meaning(before, was) == meaning(after, now):
        return None
    used = {name for _, one in after.selections() for name in chain(one, now)} if before == after else set()
    return tuple(sorted(name for name in used if name in was and was[name] != now[name]))


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
            yield PlanChange("removed", "also", name, before=one)
    for one in new:
        if not any(one is paired for _, paired in pairs):
            yield PlanChange("added", "also", name, after=one)
    for one, other in pairs:
        if (via := why_other(one.measure, other.measure, before.named, after.named)) is not None:
            yield PlanChange("changed", "also", name, "", one, other, via)


def target_changes(name: str, before: Indicator, after: Indicator) -> Changes:
    old, new = before.target, after.target
    units = before.measure.unit, after.measure.unit
    if old is None or new is None:
        aims = (TargetAim(one, unit) if one else None for one, unit in zip((old, new), units, strict=True))
        yield from presence_change("target", name, *aims)
        return
    if aim_of_target(old) != aim_of_target(new):
        yield PlanChange("changed", "target", name, "", TargetAim(old, units[0]), TargetAim(new, units[1]))
    if not (old.is_of_periods or new.is_of_periods):
        each = (with_unit(one.each_period, unit) for one, unit in zip((old, new), units, strict=True))
        yield from value("target", name, "each_period", *each)
    for period in sorted(old.by.keys() | new.by.keys()):
        was, now = (with_unit(one.by.get(period), unit) for one, unit in zip((old, new), units, strict=True))
        yield from value("target", name, f"by {period}", was, now)
    yield from value("target", name, "pace", before.pace, after.pace)
    yield from value("target", name, "baseline", old.baseline, new.baseline)
    yield from value("target", name, "stands_in", old.stands_in, new.stands_in)
    yield from text("target_words", name, old.quoted, new.quoted)


def aim_of_target(target: Target) -> tuple[object, ...]:
    """What is to be reached: `("at_least", 37)`."""
    return target.aim, getattr(target, target.aim)


def with_unit(found: Fraction | None, unit: str) -> Number | None:
    return None if found is None else Number(found, unit)
