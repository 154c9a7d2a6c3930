"""Volets, lines and indicators: added, removed, renamed, moved; and the texts of volets and lines."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from prt.figures.plan_diff.change import (
    Changes,
    Number,
    PlanChange,
    TargetAim,
    out_of_order,
    presence_change,
    text,
    value,
)
from prt.figures.plan_diff.match import Matches, Named, Placed, label_likeness, meaning, pair_up
from prt.model.columns import OwnColumn
from prt.model.measures import Measure
from prt.model.plan import Indicator, Plan, Reading, Target, handle
from prt.model.selections import Selection
from prt.model.text import Text
from prt.model.view import group_by
from prt.values import dataclass


@dataclass(frozen=True)
class PlanPiece:
    """A volet, line or indicator; `id` is as users write it, `own` as the plan does. `parent` holds it."""

    thing: Any
    own: str
    id: str
    parent: Any


def structure_changes(before: Plan, after: Plan, matches: Matches) -> Changes:
    lines: list[tuple[Any, Any]] = [*matches.lines]
    indicators = [(old.indicator, new.indicator) for old, new in matches.indicators]
    yield from standing_changes("volet", volets(before), volets(after), matches.volets, [(before, after)])
    for old, new in matches.volets:
        yield from text("title", new.id, old.title, new.title)
    yield from standing_changes("line", line_pieces(before), line_pieces(after), lines, matches.volets)
    for was, now in matches.lines:
        for name in ("objective", "strategy", "note"):
            yield from text(name, now.id, getattr(was, name), getattr(now, name))
    yield from standing_changes(
        "indicator", indicator_pieces(before), indicator_pieces(after), indicators, matches.lines
    )


def volets(plan: Plan) -> list[PlanPiece]:
    return [PlanPiece(volet, volet.id, volet.id, plan) for volet in plan.volets]


def line_pieces(plan: Plan) -> list[PlanPiece]:
    return [PlanPiece(line, line.id, line.id, volet) for volet in plan.volets for line in volet.lines]


def indicator_pieces(plan: Plan) -> list[PlanPiece]:
    return [PlanPiece(one, one.id, handle(line, one), line) for _, line, one in plan.indicators()]


def standing_changes(
    what: str,
    before: Sequence[PlanPiece],
    after: Sequence[PlanPiece],
    pairs: Sequence[tuple[Any, Any]],
    parents: Sequence[tuple[Any, Any]],
) -> Changes:
    """Pieces of one level that were added, removed, renamed, or moved to another parent or place.

    That a piece is called otherwise because its line is (`1.1.x`, now `1.5.x`) is said of the line alone.
    """
    old_of = {id(new): next(one for one in before if one.thing is old) for old, new in pairs}
    stayed = {(id(old), id(new)) for old, new in parents}
    kept = {id(piece) for piece in old_of.values()}
    for piece in before:
        if id(piece) not in kept:
            yield PlanChange("removed", what, piece.id, before=piece.thing)
    for piece in after:
        old = old_of.get(id(piece.thing))
        if old is None:
            yield PlanChange("added", what, piece.id, after=piece.thing)
            continue
        if old.own != piece.own:
            yield PlanChange("renamed", what, piece.id, before=old.id, after=piece.id)
        if (id(old.parent), id(piece.parent)) not in stayed:
            yield PlanChange("moved", what, piece.id, "parent", old.parent.id, piece.parent.id)
    yield from order_changes(what, before, after, old_of, stayed)


def order_changes(
    what: str,
    before: Sequence[PlanPiece],
    after: Sequence[PlanPiece],
    old_of: dict[int, PlanPiece],
    stayed: set[tuple[int, int]],
) -> Changes:
    """The changes of order: pieces that stay in their volet or line, at another place in it."""
    place = {id(piece): number for number, piece in enumerate(before)}
    for family in group_by(after, lambda piece: id(piece.parent)).values():
        olds = [(piece, old_of.get(id(piece.thing))) for piece in family]
        kept = [(piece, old) for piece, old in olds if old and (id(old.parent), id(piece.parent)) in stayed]
        for number in sorted(out_of_order([place[id(old)] for _, old in kept])):
            piece = kept[number][0]
            here = family.index(piece)
            yield PlanChange("moved", what, piece.id, "order", None, family[here - 1].id if here else None)


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
