"""How long somebody was there: stays put together, so that no minute counts twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from prt.imports.export import Stay

MINUTE = dt.timedelta(minutes=1)


def union(stays: Iterable[Stay]) -> tuple[Stay, ...]:
    """The same time in stays that do not touch, in order."""
    in_order = sorted(stays, key=lambda one: (one.joined, one.left))
    found = in_order[:1]
    for stay in in_order[1:]:
        if stay.joined <= found[-1].left:
            found[-1] = Stay(found[-1].joined, max(found[-1].left, stay.left))
        else:
            found.append(stay)
    return tuple(found)


def length(stays: Iterable[Stay]) -> int:
    """Whole minutes, rounded down, of the union."""
    return sum(((stay.left - stay.joined) for stay in union(stays)), dt.timedelta()) // MINUTE


def overlap(some: Iterable[Stay], others: Iterable[Stay]) -> bool:
    """Was there a moment that is in both?"""
    pairs = ((one, other) for one in some for other in others)
    return any(one.joined < other.left and other.joined < one.left for one, other in pairs)


def minutes(stays: Iterable[Stay], told: Iterable[Fraction | None]) -> int | None:
    """Minutes present; `told` are those of lists without times. None: the whole time.

    Lists may tell of the same minutes, so that they are never added: the longest is certain.
    """
    known = list(told)
    if None in known:
        return None
    return max(length(stays), *(int(one) for one in known if one is not None), 0)


def written(stays: Iterable[Stay]) -> str:
    """`2024-10-16T08:58:44/2024-10-16T10:31:02; …`"""
    return "; ".join(f"{stay.joined.isoformat()}/{stay.left.isoformat()}" for stay in union(stays))


def read(text: str) -> tuple[Stay, ...]:
    """What `written` wrote. Raises ValueError for anything else."""
    pairs = [part.strip().split("/") for part in text.split(";") if part.strip()]
    return tuple(Stay(*(dt.datetime.fromisoformat(one) for one in pair)) for pair in pairs)
