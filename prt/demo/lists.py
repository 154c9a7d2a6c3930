"""Which lists of who was there a session has, each as the program of the day exports it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from prt.demo import rooms, teams, zoom
from prt.demo.gatherings import Gathering
from prt.demo.names import Visits

LIST_WRITERS: dict[str, Callable[[Gathering, Visits, Random], bytes]] = {
    "zoom": zoom.write_zoom,
    "zoom-meeting": zoom.write_zoom_meeting,
    "zoom-users": zoom.write_zoom_users,
    "webinar": zoom.write_webinar,
    "teams": teams.write_teams,
    "teams-fr": teams.write_teams_fr,
    "teams-2020": teams.write_teams_2020,
    "sheet": rooms.write_sign_in,
    "days": rooms.write_sign_in_days,
    "workbook": rooms.write_sign_in_workbook,
    "eventbrite": rooms.write_tickets,
}


def export_lists(gathering: Gathering, draw: Random) -> Iterator[tuple[str, bytes]]:
    """The lists of a gathering with their file names; those of a hybrid one tell of its room and its call."""
    kinds = [one for one in gathering.session.get("list", "").split("; ") if one]
    for kind in kinds:
        visits = gathering.visits if len(kinds) == 1 else split_visits(gathering, kind != kinds[0])
        suffix = "xlsx" if kind == "workbook" else "csv"
        yield f"{gathering.last_day}-{kind}.{suffix}", LIST_WRITERS[kind](gathering, visits, draw)


def split_visits(gathering: Gathering, online: bool) -> Visits:
    """Two of three were in the room, the others online; a few had both."""
    return [one for place, one in enumerate(gathering.visits) if place % 7 == 0 or (place % 3 == 2) == online]
