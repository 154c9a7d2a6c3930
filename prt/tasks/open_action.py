"""The one way in which a command writes: as whoever types it, now, all of it or nothing."""

from __future__ import annotations

import random
from contextlib import AbstractContextManager

from prt.console import context
from prt.files.project import Year
from prt.files.store import store


def open_action(
    year: Year, doing: str, *, keep: bool = True, private: bool = False
) -> AbstractContextManager[store.Action]:
    """As `store.start_action`, with the clock, chance, and the person at the keyboard."""
    me, draw = context.me(year.project.root), random.Random()
    return store.start_action(year, me, context.now(), draw, doing, keep=keep, private=private)
