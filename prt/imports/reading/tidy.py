"""What holds for the lists of every program: a name has an end, and an evening goes on after midnight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from prt.imports.export import Export, Presence
from prt.problems import Place, Problem

LONGEST_NAME = 200
LONGEST_EMAIL = 254
"""RFC 5321: a longer one is no address."""
MORNING = dt.time(4)
"""Who joins before it, after others joined the day before, is still at the session of that day."""


def tidied(export: Export, place: Place) -> Export:
    """The export with presences that can be kept and counted on the right day."""
    long = [one.line for one in export.presences if len(one.name) > LONGEST_NAME]
    presences = tuple(with_nights([shortened(one) for one in export.presences]))
    return replace(export, presences=presences, problems=(*export.problems, *cut(long, place)))


def shortened(one: Presence) -> Presence:
    if len(one.name) <= LONGEST_NAME and len(one.email) <= LONGEST_EMAIL:
        return one
    email = one.email if len(one.email) <= LONGEST_EMAIL else ""
    return replace(one, name=one.name[:LONGEST_NAME], email=email)


def cut(lines: Sequence[int], place: Place) -> Iterable[Problem]:
    if lines:
        more = f", and {len(lines) - 1} more like it" if len(lines) > 1 else ""
        what = f"a name has more than {LONGEST_NAME} characters{more}: what follows is left out"
        remedy = "Compare the preview, or correct the name in a copy of the file."
        yield Problem(Place(place.file, lines[0]), what, remedy, "warning")


def with_nights(presences: Sequence[Presence]) -> Iterable[Presence]:
    """Who joined again soon after midnight is still there on the day on which others began."""
    days = {one.stays[0].joined.date() for one in presences if one.stays and not is_night(one)}
    for one in presences:
        before = one.stays[0].joined.date() - dt.timedelta(days=1) if one.stays else None
        yield replace(one, day=before) if before in days and is_night(one) else one


def is_night(one: Presence) -> bool:
    return bool(one.stays) and one.stays[0].joined.time() < MORNING
