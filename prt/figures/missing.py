"""Who has not reached what a reach asks for, and what is missing of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from prt.figures.evaluate import Result
from prt.model.figure import Member


@dataclass(frozen=True)
class Missing:
    """A member who has not reached it; `lacks` are rounds that fell due, or meetings or days held while in
    post without."""

    member: Member
    lacks: tuple[Any, ...]


def missing(result: Result) -> list[Missing]:
    """Everybody who lacks something, or can reach it no more, by id; who missed nothing so far is no one."""
    found = [
        Missing(member, tuple(result.measure.lacking(member, result.view)))
        for member in result.to_date.members
        if not member.reached
    ]
    return [one for one in found if one.lacks or not one.member.can_still]
