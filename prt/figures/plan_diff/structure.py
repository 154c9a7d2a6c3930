"""Volets, lines and indicators: added, removed, renamed, moved; and the texts of volets and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from prt.figures.plan_diff.change import Change, Changes, out_of_order, text
from prt.figures.plan_diff.match import Matches
from prt.model.plan import Plan, handle


@dataclass(frozen=True)
class Piece:
    """A volet, line or indicator; `id` is as users write it, `own` as the plan does. `parent` holds it."""

    thing: Any
    own: str
    id: str
    parent: Any


def structure_changes(before: Plan, after: Plan, matches: Matches) -> Changes:
    lines: list[tuple[Any, Any]] = [*matches.lines]
    indicators = [(old.indicator, new.indicator) for old, new in matches.indicators]
    yield from standing("volet", volets(before), volets(after), matches.volets, [(before, after)])
    for old, new in matches.volets:
        yield from text("title", new.id, old.title, new.title)
    yield from standing("line", line_pieces(before), line_pieces(after), lines, matches.volets)
    for was, now in matches.lines:
        for name in ("objective", "strategy", "note"):
            yield from text(name, now.id, getattr(was, name), getattr(now, name))
    yield from standing(
        "indicator", indicator_pieces(before), indicator_pieces(after), indicators, matches.lines
    )


def volets(plan: Plan) -> list[Piece]:
    return [Piece(volet, volet.id, volet.id, plan) for volet in plan.volets]


def line_pieces(plan: Plan) -> list[Piece]:
    return [Piece(line, line.id, line.id, volet) for volet in plan.volets for line in volet.lines]


def indicator_pieces(plan: Plan) -> list[Piece]:
    return [Piece(one, one.id, handle(line, one), line) for _, line, one in plan.indicators()]


def standing(
    what: str,
    before: Sequence[Piece],
    after: Sequence[Piece],
    pairs: Sequence[tuple[Any, Any]],
    parents: Sequence[tuple[Any, Any]],
) -> Changes:
    """Where the pieces of one level stand now, which is among the pieces that they stood in, or not.

    That a piece is called otherwise because its line is (`1.1.x`, now `1.5.x`) is said of the line alone.
    """
    old_of = {id(new): next(one for one in before if one.thing is old) for old, new in pairs}
    stayed = {(id(old), id(new)) for old, new in parents}
    kept = {id(piece) for piece in old_of.values()}
    for piece in before:
        if id(piece) not in kept:
            yield Change("removed", what, piece.id, before=piece.thing)
    for piece in after:
        old = old_of.get(id(piece.thing))
        if old is None:
            yield Change("added", what, piece.id, after=piece.thing)
            continue
        if old.own != piece.own:
            yield Change("renamed", what, piece.id, before=old.id, after=piece.id)
        if (id(old.parent), id(piece.parent)) not in stayed:
            yield Change("moved", what, piece.id, "parent", old.parent.id, piece.parent.id)
    yield from reordered(what, before, after, old_of, stayed)


def reordered(
    what: str,
    before: Sequence[Piece],
    after: Sequence[Piece],
    old_of: dict[int, Piece],
    stayed: set[tuple[int, int]],
) -> Changes:
    """Pieces that stand in another order inside what they stood in before."""
    place = {id(piece): number for number, piece in enumerate(before)}
    by_parent: dict[int, list[Piece]] = {}
    for piece in after:
        by_parent.setdefault(id(piece.parent), []).append(piece)
    for family in by_parent.values():
        olds = [(piece, old_of.get(id(piece.thing))) for piece in family]
        kept = [(piece, old) for piece, old in olds if old and (id(old.parent), id(piece.parent)) in stayed]
        for number in sorted(out_of_order([place[id(old)] for _, old in kept])):
            piece = kept[number][0]
            here = family.index(piece)
            yield Change("moved", what, piece.id, "order", None, family[here - 1].id if here else None)
