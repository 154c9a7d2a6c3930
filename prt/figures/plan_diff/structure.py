"""Volets, lines and indicators: added, removed, renamed, moved; and the texts of volets and lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prt.figures.plan_diff.change import (
    Changes,
    PlanChange,
    out_of_order,
    text,
)
from prt.figures.plan_diff.match import Matches
from prt.model.plan import Plan, handle
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
