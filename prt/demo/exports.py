"""The lists and forms of the sessions as the bytes of a file, as Zoom, Teams, Eventbrite, Google,
Microsoft and spreadsheets export them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from zipfile import ZipFile, ZipInfo

from openpyxl import Workbook

from prt.demo.sessions import Gathering, Visit

SAVED_AT = b"2025-07-02T12:00:00Z"


def encode_csv(rows: Iterable[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8-sig") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def encode_workbook(rows: Iterable[Sequence[object]]) -> bytes:
    """One sheet; the same rows make the same bytes."""
    book, raw = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet("Sheet1")
    for row in rows:
        sheet.append(row)
    book.save(raw)
    return remove_clock(raw)


def remove_clock(raw: io.BytesIO) -> bytes:
    """The workbook without the moments when its parts were written."""
    out = io.BytesIO()
    with ZipFile(raw) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            part = ZipInfo(name)
            part.create_system = 0
            new.writestr(part, re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", SAVED_AT, old.read(name)))
    return out.getvalue()


Visits = Sequence[Visit]


def write_name(one: Visit, draw: Random) -> str:
    """The name as people write it in a call."""
    first, _, last = one.name.rpartition(" ")
    if one.board:
        return f"{one.board} - {one.name}"
    return draw.choice((one.name, one.name, one.name, f"{last}, {first}", f"{one.name} (she/her)"))


def write_email(one: Visit, draw: Random) -> str:
    """The e-mail of one in three is missing: guests without an account have none."""
    return one.email if draw.random() < 0.7 else ""


# Zoom: the participants of a meeting in three shapes, and the attendees of a webinar.

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
    """A list of participants as Zoom writes it below a few lines about the meeting."""
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


# Teams: the attendance report with its sections in two languages, and the list of 2020.

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


# Lists of a room: sign-in sheets, and the tickets of Eventbrite.


def write_sign_in(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The sign-in sheet of a room, saved by an Excel of Québec."""
    head = ["Nom", "Prénom", "Courriel", "Présent"]
    return encode_csv([head, *(sign_in_row(one) for one in visits)], ";", "cp1252")


def sign_in_row(one: Visit) -> list[str]:
    first, _, last = one.name.rpartition(" ")
    return [last, first, one.email, "Oui" if one.came else "Non"]


def write_sign_in_days(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The sign-in sheets of several days, typed into one table."""
    head = ["Nom", "Prénom", "Courriel", "Présence", "Date"]
    return encode_csv([head, *([*sign_in_row(one), one.day] for one in visits)])


def write_sign_in_workbook(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """The sign-in sheet as a workbook, under the title of the day."""
    rows = [[one.name, one.email, "x" if one.came else ""] for one in visits]
    return encode_workbook([[gathering.session["title"]], ["Name", "Email", "Signature"], *rows])


def write_tickets(gathering: Gathering, visits: Visits, draw: Random) -> bytes:
    """Everybody who had a ticket; who was checked in was there."""
    head = [
        "Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Ticket Type", "Attendee #",
        "Attendee Status",
    ]  # fmt: skip
    ordered = f"{gathering.at(-20_000):%m/%d/%y %H:%M}"
    rows = [head]
    for number, one in enumerate(visits, 11_000_000):
        first, _, last = one.name.rpartition(" ")
        status = "Checked In" if one.came else "Attending"
        person = [first, last, one.email]
        rows.append([str(number), ordered, *person, "1", "General Admission", str(number), status])
    return encode_csv(rows)


# The lists of a session, by the word that its table has for them.

LIST_WRITERS: dict[str, Callable[[Gathering, Visits, Random], bytes]] = {
    "zoom": write_zoom,
    "zoom-meeting": write_zoom_meeting,
    "zoom-users": write_zoom_users,
    "webinar": write_webinar,
    "teams": write_teams,
    "teams-fr": write_teams_fr,
    "teams-2020": write_teams_2020,
    "sheet": write_sign_in,
    "days": write_sign_in_days,
    "workbook": write_sign_in_workbook,
    "eventbrite": write_tickets,
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


# The answers to the forms of a session, as Google and Microsoft export them.

FORM_QUESTIONS = ("Which school board do you work for?", "Overall, how useful was this workshop?", "Comments")
FORM_QUESTIONS_FR = (
    "Quelle est votre commission scolaire?",
    "Dans l’ensemble, l’atelier vous a-t-il été utile?",
    "Commentaires",
)
FORM_BOARDS = ("EMSB", "RSB", "LBPSB", "CQSB", "WQSB")
FORM_COMMENTS = ("", "", "Thank you!", "Merci beaucoup!", "", "More time for exchanges, please.")
MICROSOFT_HEADER = ("ID", "Start time", "Completion time", "Email", "Name", *FORM_QUESTIONS)


def export_forms(gathering: Gathering) -> Iterator[tuple[str, bytes]]:
    """The file of the session's form, if it has answers."""
    if gathering.answers:
        kind = gathering.session["form"]
        suffix = "xlsx" if kind == "microsoft" else "csv"
        yield f"{gathering.last_day}-{kind}.{suffix}", FORM_WRITERS[kind](gathering)


def returned_forms(gathering: Gathering) -> Iterator[tuple[dt.datetime, list[str]]]:
    """When each form came back, and what it says: board, answer, comment."""
    for number, answer in enumerate(gathering.answers):
        when = gathering.at(gathering.minutes + 2 + number, gathering.last_day)
        yield (
            when,
            [FORM_BOARDS[number % len(FORM_BOARDS)], answer, FORM_COMMENTS[number % len(FORM_COMMENTS)]],
        )


def write_google(gathering: Gathering) -> bytes:
    rows = [[f"{when:%Y/%m/%d %I:%M:%S %p} EST", *cells] for when, cells in returned_forms(gathering)]
    return encode_csv([["Timestamp", *FORM_QUESTIONS], *rows], encoding="utf-8")


def write_google_fr(gathering: Gathering) -> bytes:
    rows = [[f"{when:%Y/%m/%d %I:%M:%S %p} UTC−5", *cells] for when, cells in returned_forms(gathering)]
    return encode_csv([["Horodateur", *FORM_QUESTIONS_FR], *rows], encoding="utf-8")


def write_microsoft(gathering: Gathering) -> bytes:
    """A workbook with moments; nobody was asked for a name."""
    return encode_workbook([MICROSOFT_HEADER, *microsoft_rows(gathering)])


def write_microsoft_csv(gathering: Gathering) -> bytes:
    """Answers of Microsoft Forms, which Excel has saved as CSV."""
    rows = [
        [f"{cell:%m/%d/%y %H:%M:%S}" if isinstance(cell, dt.datetime) else str(cell) for cell in row]
        for row in microsoft_rows(gathering)
    ]
    return encode_csv([MICROSOFT_HEADER, *rows])


def microsoft_rows(gathering: Gathering) -> Iterator[list[object]]:
    for number, (when, cells) in enumerate(returned_forms(gathering), 1):
        yield [number, when - dt.timedelta(seconds=100), when, "anonymous", "", *cells]


FORM_WRITERS: dict[str, Callable[[Gathering], bytes]] = {
    "google": write_google,
    "google-fr": write_google_fr,
    "microsoft": write_microsoft,
    "microsoft-csv": write_microsoft_csv,
}
