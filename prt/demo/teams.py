"""The lists of Teams: the report with its sections in two languages, and the list of 2020."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from prt.demo.gatherings import Gathering, Visit
from prt.demo.names import Visits, write_email
from prt.demo.tables import encode_csv

TEAMS_WORDS = (
    ("1. Summary", "Meeting title", "Attended participants", "Start time", "End time", "Meeting duration"),
    ("Name", "First Join", "Last Leave", "In-Meeting Duration", "Email", "Participant ID (UPN)", "Role"),
    ("Name", "Join Time", "Leave Time", "Duration", "Email", "Role"),
    ("2. Participants", "3. In-Meeting Activities", "Organizer", "Attendee"),
)
TEAMS_WORDS_FR = (
    (
        "1. Résumé", "Titre de la réunion", "Participants présents", "Heure de début", "Heure de fin",
        "Durée de la réunion",
    ),
    (
        "Nom", "Première participation", "Dernier départ", "Durée de la réunion", "Adresse e-mail",
        "ID du participant (UPN)", "Rôle",
    ),
    ("Nom", "Heure de participation", "Heure de départ", "Durée", "Adresse e-mail", "Rôle"),
    ("2. Participants", "3. Activités dans la réunion", "Organisateur", "Participant"),
)  # fmt: skip


def write_teams(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """Three sections with TABs, in UTF-16."""
    return write_teams_sections(
        gathering, visits, draw, TEAMS_WORDS, "%m/%d/%y, %I:%M:%S\u202f%p", "{}h {}m 0s"
    )


def write_teams_fr(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    return write_teams_sections(
        gathering, visits, draw, TEAMS_WORDS_FR, "%Y-%m-%d %H h %M min %S s", "{} h {} min 0 s"
    )


def write_teams_sections(
    gathering: Gathering,
    visits: Visits,
    draw: Random,
    words: Sequence[Sequence[str]],
    moment: str,
    length: str,
) -> bytes:
    above, people, activities, (second, third, organiser, attendee) = words
    summary = [
        gathering.session["title"],
        str(len(visits)),
        *(f"{gathering.at(minutes):{moment}}" for minutes in (0, gathering.minutes)),
        length.format(*divmod(gathering.minutes, 60)),
    ]
    listed, connections = [], []
    for one in visits:
        name, address, role = (
            write_guest(one, draw),
            write_email(one, draw),
            organiser if one.hosts else attendee,
        )
        whole = (one.stays[0][0], one.stays[-1][1], one.minutes)
        listed.append([*teams_cells(gathering, name, whole, moment, length), address, address, role])
        for joined, left in one.stays:
            stay = (joined, left, left - joined)
            connections.append([*teams_cells(gathering, name, stay, moment, length), address, role])
    rows = [
        [above[0]], *map(list, zip(above[1:], summary, strict=True)), [],
        [second], people, *listed, [], [third], activities, *connections,
    ]  # fmt: skip
    return encode_csv(rows, "\t", "utf-16")


def teams_cells(
    gathering: Gathering, name: str, stay: tuple[int, int, int], moment: str, length: str
) -> list[str]:
    """Name, first and last moment, and how long."""
    joined, left, minutes = stay
    times = [f"{gathering.at(one):{moment}}" for one in (joined, left)]
    return [name, *times, length.format(*divmod(minutes, 60))]


def write_guest(one: Visit, draw: Random) -> str:
    """Guests of another organisation come as `Sample, Zoé (External)`."""
    first, _, last = one.name.rpartition(" ")
    return one.name if one.hosts else draw.choice((f"{last}, {first} (External)", f"{one.name} (Unverified)"))


def write_teams_2020(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """Who joined and who left, as Teams listed it in 2020."""
    rows = [["Full Name", "User Action", "Timestamp"]]
    for one in visits:
        for stay in one.stays:
            for action, minutes in zip(("Joined", "Left"), stay, strict=True):
                rows.append([one.name, action, f"{gathering.at(minutes):%m/%d/%Y, %H:%M:%S}"])
    return encode_csv(rows, "\t", "utf-16")
