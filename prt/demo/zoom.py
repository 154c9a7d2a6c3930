"""The lists of Zoom: of a meeting in three shapes, and of a webinar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from prt.demo.gatherings import Gathering, Visit
from prt.demo.names import Visits, write_email, write_name
from prt.demo.tables import encode_csv

AMERICAN_MOMENT = "%m/%d/%Y %I:%M:%S %p"
REGISTERED_ONLY = ("Norbert Sample-Parent", "Odile Exemple-Parent", "Pénélope Sample-Parent")
"""Who registered for the webinar and did not come."""


def write_zoom(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    return encode_csv(zoom_rows(gathering, visits, draw))


def zoom_rows(gathering: Gathering, visits: Visits, draw: Random) -> Iterator[list[str]]:
    """One row for each connection."""
    yield [
        "Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest",
        "Recording Consent", "In Waiting Room",
    ]  # fmt: skip
    for one in visits:
        name, address = write_name(one, draw), write_email(one, draw)
        for joined, left in one.stays:
            times = [f"{gathering.at(minutes):{AMERICAN_MOMENT}}" for minutes in (joined, left)]
            yield [name, address, *times, str(left - joined), "No" if one.hosts else "Yes", "", "Yes"]


def write_zoom_meeting(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The same under the meeting itself."""
    times = [f"{gathering.at(minutes):{AMERICAN_MOMENT}}" for minutes in (-10, gathering.minutes)]
    length, number = str(gathering.minutes + 10), str(len(visits))
    above = [
        ["Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants"],
        ["812 0000 0000", gathering.session["title"], *times, gathering.host.email, length, number],
        [],
    ]
    return encode_csv([*above, *zoom_rows(gathering, visits, draw)])


def write_zoom_users(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """Everybody once, with the time of all connections."""
    times = [f"{gathering.at(minutes):{AMERICAN_MOMENT}}" for minutes in (0, gathering.minutes)]
    by = f"{gathering.host.name} ({gathering.host.email})"
    above = [
        ["Topic", "ID", "Host", "Duration (minutes)", "Start time", "End time", "Participants"],
        [gathering.session["title"], "81200000000", by, str(gathering.minutes), *times, str(len(visits))],
        [],
        ["Name (original name)", "Email", "Total duration (minutes)", "Guest"],
    ]
    guest = {True: "No", False: "Yes"}
    rows = [
        [write_name(one, draw), write_email(one, draw), str(one.minutes), guest[one.hosts]] for one in visits
    ]
    return encode_csv([*above, *rows])


def write_webinar(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """Hosts and attendees in lists of their own, and some who registered and did not come."""
    hosts = [one for one in visits if one.hosts]
    guests = [one for one in visits if not one.hosts]
    begins, registered = gathering.at(0), f"{gathering.at(-4 * 24 * 60):{AMERICAN_MOMENT}}"
    people = ["Attended", "User Name (Original Name)", "Email"]
    came = [*people, "Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest"]
    rows = [
        ["Attendee Report"],
        ["Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registered"],
        [
            gathering.session["title"],
            "81200000001",
            f"{begins:{AMERICAN_MOMENT}}",
            str(gathering.minutes),
            "21",
        ],
        ["Host Details"],
        came,
        *(webinar_row(gathering, one) for one in hosts),
        ["Attendee Details"],
        [*people, "Registration Time", "Approval Status", *came[3:]],
        *(webinar_row(gathering, one, [registered, "approved"]) for one in guests),
        *(["No", name, "", registered, "approved", *["--"] * 4] for name in REGISTERED_ONLY),
    ]
    return encode_csv(rows)


def webinar_row(gathering: Gathering, one: Visit, registered: Sequence[str] = ()) -> list[str]:
    times = [f"{gathering.at(minutes):{AMERICAN_MOMENT}}" for minutes in (one.stays[0][0], one.stays[-1][1])]
    return ["Yes", one.name, one.email, *registered, *times, str(one.minutes), "No" if one.hosts else "Yes"]
