"""Which lists of who was there a session has, each as the program of the day exports it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from prt.demo import rooms, teams, zoom
from prt.demo.gatherings import Gathering
from prt.demo.names import Visits

LISTS: dict[str, Callable[[Gathering, Visits, Random], bytes]] = {
    "zoom": zoom.meeting,
    "zoom-meeting": zoom.meeting_with_head,
    "zoom-users": zoom.users,
    "webinar": zoom.webinar,
    "teams": teams.report,
    "teams-fr": teams.report_fr,
    "teams-2020": teams.list_2020,
    "sheet": rooms.sheet,
    "days": rooms.days,
    "workbook": rooms.book,
    "eventbrite": rooms.eventbrite,
}


def lists_of(gathering: Gathering, draw: Random) -> Iterator[tuple[str, bytes]]:
    """The lists of a gathering with their file names; those of a hybrid one tell of its room and its call."""
    kinds = [one for one in gathering.session.get("list", "").split("; ") if one]
    for kind in kinds:
        visits = gathering.visits if len(kinds) == 1 else half(gathering, kind != kinds[0])
        suffix = "xlsx" if kind == "workbook" else "csv"
        yield f"{gathering.last_day}-{kind}.{suffix}", LISTS[kind](gathering, visits, draw)


def half(gathering: Gathering, online: bool) -> Visits:
    """Two of three were in the room, the others online; a few had both."""
    return [one for place, one in enumerate(gathering.visits) if place % 7 == 0 or (place % 3 == 2) == online]
