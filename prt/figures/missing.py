"""Who has not reached what a reach asks for, and what is missing of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prt.figures.evaluate import Result
from prt.model.figure import Member
from prt.model.measures import Reach
from prt.model.view import named


@dataclass(frozen=True)
class Missing:
    """A member who has not reached it; `lacks` are rounds that fell due, or meetings or days held without."""

    member: Member
    lacks: tuple[Any, ...]


def missing(result: Result) -> list[Missing]:
    """Everybody who is missing to date, by id."""
    measure = result.indicator.measure
    assert isinstance(measure, Reach)
    return [
        Missing(member, tuple(lacking(result, measure, member)))
        for member in result.to_date.members
        if not member.reached
    ]


def lacking(result: Result, measure: Reach, member: Member) -> list[Any]:
    done: set[Any] = set(named(member.rows, measure.each))
    if measure.by_rounds:
        return [one for one in measure.rounds_due(result.view, member.id) if one not in done]
    return [one for one in named(result.view.rows(measure.did), measure.each) if one not in done]
