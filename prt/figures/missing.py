"""Who has not reached what a reach asks for, and what is missing of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from prt.figures.evaluate import Result
from prt.model.figure import Member
from prt.model.measures import Reach
from prt.model.rows import Row
from prt.model.view import in_post, named


@dataclass(frozen=True)
class Missing:
    """A member who has not reached it; `lacks` are rounds that fell due, or meetings or days held while in
    post without."""

    member: Member
    lacks: tuple[Any, ...]


def missing(result: Result) -> list[Missing]:
    """Everybody who lacks something, or can reach it no more, by id; who missed nothing so far is no one."""
    measure = result.indicator.measure
    assert isinstance(measure, Reach)
    found = [
        Missing(member, tuple(lacking(result, measure, member)))
        for member in result.to_date.members
        if not member.reached
    ]
    return [one for one in found if one.lacks or not one.member.can_still]


def lacking(result: Result, measure: Reach, member: Member) -> list[Any]:
    done: set[Any] = set(named(member.rows, measure.each))
    if measure.by_rounds:
        return [one for one in measure.rounds_due(result.view, member.id) if one not in done]
    held = named(result.view.rows(measure.did), measure.each)
    return [
        one for one, rows in held.items() if one not in done and was_there(result, measure, member.id, rows)
    ]


def was_there(result: Result, measure: Reach, person: str, rows: Iterable[Row]) -> bool:
    """Was the person in post on a day of these rows? Who came later did not miss them."""
    data = result.view.data
    known = measure.who.posts(data)
    posts = [post for post in (data.people if known is None else known) if post["id"] == person]
    return not posts or any(in_post(post, row.day) for post in posts for row in rows)
