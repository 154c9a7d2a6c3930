"""The year itself: its dates, periods, rounds, thresholds and rules, and the amendments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prt.figures.plan_diff.change import Change, Changes, Number, text, value, whole
from prt.model.plan import Plan


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
    yield from numbered("period", before.periods, after.periods)
    yield from numbered("round", before.rounds, after.rounds)
    for name in ("on_track", "at_risk"):
        was, now = (Number(getattr(plan.status, name), "%") for plan in (before, after))
        yield from value("status", "", name, was, now)
    for name in after.privacy.fields:
        yield from value("privacy", "", name, unordered(before.privacy, name), unordered(after.privacy, name))


def numbered(what: str, before: Sequence[Any], after: Sequence[Any]) -> Changes:
    """Periods or rounds: those of the same number are the same."""
    was, now = ({one.id: one for one in some} for some in (before, after))
    for number in sorted(was.keys() | now.keys()):
        old, new = was.get(number), now.get(number)
        if old is None or new is None:
            yield from whole(what, str(number), old, new)
        else:
            for name, field in new.fields.items():
                yield from value(what, str(number), field.key, amount(old, name), amount(new, name))


def amount(found: Any, name: str) -> Any:
    return Number(found.expected, "%") if name == "expected" else getattr(found, name)


def unordered(found: Any, name: str) -> Any:
    kept = getattr(found, name)
    return tuple(sorted(kept)) if isinstance(kept, tuple) else kept


def amendment_changes(before: Plan, after: Plan) -> Changes:
    """An amendment has no id: it is there or not."""
    for one in before.amendments:
        if one not in after.amendments:
            yield Change("removed", "amendment", ", ".join(one.what), before=one)
    for one in after.amendments:
        if one not in before.amendments:
            yield Change("added", "amendment", ", ".join(one.what), after=one)
