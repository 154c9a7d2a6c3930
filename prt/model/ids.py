"""Ids of rows: `w-20241016-7kq2` is a kind, a date and four random characters."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache
from typing import Protocol

from prt.text import compile_later

LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
"""Without 0 o, 1 i l, u: what is read aloud or copied by hand stays the same id."""


RANDOM_LETTERS = 4
OWN_ID = compile_later(r"[a-z]+-[0-9]{8}-(\w+)")
ERASED = "erased-"
"""How the id begins that somebody has who asked to be erased: it stands for nobody any more."""

SLOWLY = 200_000
"""How often the digest of an erased id is taken: about a tenth of a second."""


class Draw(Protocol):
    """`random.Random(seed)` in demonstrations and tests, one that the system seeds elsewhere."""

    def choices(self, population: Sequence[str], *, k: int = 1) -> list[str]: ...


def new_id(prefix: str, day: dt.date | None, taken: Container[str], draw: Draw) -> str:
    """An id that is not `taken`; without a day (a person) it is `p-7kq2`."""
    stem = id_stem(prefix, day)
    while (found := stem + "".join(draw.choices(LETTERS, k=RANDOM_LETTERS))) in taken:
        pass
    return found


def new_ids(prefix: str, days: Sequence[dt.date | None], taken: Container[str], draw: Draw) -> list[str]:
    """An id for each of these days, drawn together; each differs from the `taken` and from the others."""
    found = dict[str, None]()
    endings = draw_endings(len(days), draw)
    for day in days:
        stem = id_stem(prefix, day)
        while (one := stem + next(endings)) in found or one in taken:
            pass
        found[one] = None
    return [*found]


def draw_endings(number: int, draw: Draw) -> Iterator[str]:
    """So many together, then one by one."""
    drawn = "".join(draw.choices(LETTERS, k=RANDOM_LETTERS * number))
    yield from (drawn[at : at + RANDOM_LETTERS] for at in range(0, len(drawn), RANDOM_LETTERS))
    while True:
        yield "".join(draw.choices(LETTERS, k=RANDOM_LETTERS))


@lru_cache(maxsize=1000)
def id_stem(prefix: str, day: dt.date | None) -> str:
    return f"{prefix}-{day:%Y%m%d}-" if day else f"{prefix}-"


@cache
def erased_id(person: str) -> str:
    """A token such as `erased-7kq2m4x8`: opaque, and the same in every copy of a project, so that a copy made
    before an erasure is known, and two erasures of one person are one. Slow, lest somebody try all ids.
    """
    digest = hashlib.pbkdf2_hmac("sha256", person.encode(), ERASED.encode(), SLOWLY)
    return ERASED + "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:8])


def id_ending(row: str) -> str:
    """`7kq2` of `w-20241016-7kq2`: a command knows the row by it too. Any other id as it is."""
    own = OWN_ID.fullmatch(row)
    return own[1] if own else row


def is_erased(person: str) -> bool:
    return person.startswith(ERASED)
