"""Names and e-mails as they stand in the list of a call."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from prt.demo.gatherings import Visit

Visits = Sequence[Visit]


def write_name(one: Visit, draw: Random) -> str:
    """The name as people write it in a call."""
    first, _, last = one.name.rpartition(" ")
    if one.board:
        return f"{one.board} - {one.name}"
    return draw.choice((one.name, one.name, one.name, f"{last}, {first}", f"{one.name} (she/her)"))


def write_email(one: Visit, draw: Random) -> str:
    """Who is a guest without an account has none."""
    return one.email if draw.random() < 0.7 else ""
