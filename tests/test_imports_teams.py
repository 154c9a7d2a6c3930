"""Teams: every generation, whatever language and program it went through."""

from __future__ import annotations

from fractions import Fraction

import pytest

from prt.imports.reading.durations import count_minutes
from tests.exported import commas, presences, read, tabs

ENGLISH = """
1. Summary
Meeting title | SB Reps, meeting #1
Attended participants | 5
Start time | 9/26/24, 9:28:07\u202fAM
End time | 9/26/24, 11:01:14\u202fAM
Meeting duration | 1h 33m 7s
Average attendance time | 1h 12m 24s

2. Participants
Name | First Join | Last Leave | In-Meeting Duration | Email | Participant ID (UPN) | Role
Marianne Testut | 9/26/24, 9:28:07\u202fAM | 9/26/24, 11:01:14\u202fAM | 1h 33m 7s | m.testut@learn.example | m.testut@learn.example | Organizer
Doe, Jane (External) | 9/26/24, 9:30:00\u202fAM | 9/26/24, 11:00:00\u202fAM | 1h 0m 0s | jane@x.example | jane@x.example | Attendee
Zoé T (Unverified) | 9/26/24, 9:31:10\u202fAM | 9/26/24, 10:58:00\u202fAM | 58s | | | Attendee

3. In-Meeting Activities
Name | Join Time | Leave Time | Duration | Email | Role
Marianne Testut | 9/26/24, 9:28:07\u202fAM | 9/26/24, 11:01:14\u202fAM | 1h 33m 7s | m.testut@learn.example | Organizer
Doe, Jane (External) | 9/26/24, 9:30:00\u202fAM | 9/26/24, 10:00:00\u202fAM | 30m | jane@x.example | Attendee
Doe, Jane (External) | 9/26/24, 10:30:00\u202fAM | 9/26/24, 11:00:00\u202fAM | 30m | jane@x.example | Attendee

4. Meeting engagement
Name | Reactions
Doe, Jane (External) | 3
"""
CAME = [
    "11 Marianne Testut <m.testut@learn.example> 93 7/60 min 2024-09-26 [09:28:07-11:01:14] organiser",
    "12 Doe, Jane (External) <jane@x.example> 60 min 2024-09-26 [09:30:00-10:00:00] [10:30:00-11:00:00]",
    "13 Zoé T (Unverified) 0 29/30 min 2024-09-26",
]


@pytest.mark.parametrize(
    "raw",
    [
        tabs(ENGLISH).encode("utf-16"),
        tabs(ENGLISH).replace("\r\n", "\n").encode("utf-16-le"),
        "\ufeff".encode("utf-16-be") + tabs(ENGLISH).encode("utf-16-be"),
        tabs(ENGLISH).encode(),
        commas(ENGLISH).encode("utf-8-sig"),
        commas(ENGLISH).replace("\u202f", " ").encode("cp1252"),
        tabs(
            ENGLISH.replace("First Join", "First join").replace("3. In-Meeting A", "3. In-Meeting a")
        ).encode(),
    ],
    ids=[
        "UTF-16",
        "UTF-16LE without mark",
        "UTF-16BE",
        "UTF-8",
        "Excel's commas",
        "cp1252",
        "other capitals",
    ],
)
def test_a_report_with_numbered_sections(raw: bytes) -> None:
    export = read(raw)
    assert (export.source, export.kind, presences(export)) == ("teams", "attendance", CAME)
    assert (export.topic, str(export.starts), str(export.ends)) == (
        "SB Reps, meeting #1", "2024-09-26 09:28:07", "2024-09-26 11:01:14",
    )  # fmt: skip
    assert (export.dropped, export.left_out, export.problems) == (("Participant ID (UPN)",), (), ())


JAPANESE = """
1. 要約
会議のタイトル | Rencontre
参加者数 | 2
開始時刻 | 22/7/11 18:29:28
終了時刻 | 22/7/11 19:29:28
会議の長さ | 1h 0m 0s

2. 参加者
名前 | 初めての参加 | 最終退出 | 会議の長さ | メール | 参加者 ID (UPN) | 役割
Marianne Testut | 22/7/11 18:29:28 | 22/7/11 19:29:28 | 1h 0m 0s | m.testut@learn.example | m.testut@learn.example | 開催者
Zoé T | 22/7/11 18:40:00 | 22/7/11 18:50:00 | 10m | | | 出席者
"""
FRENCH = """
1. Résumé
Titre de la réunion | Rencontre des représentants
Participants présents | 2
Heure de début | 2024-09-26 09 h 28 min 07 s
Heure de fin | 2024-09-26 11 h 01 min 14 s
Durée de la réunion | 1 h 33 min 7 s

2. Participants
Nom | Première participation | Dernier départ | Durée de la réunion | Adresse e-mail | ID du participant (UPN) | Rôle
Marianne Testut | 2024-09-26 09 h 28 min 07 s | 2024-09-26 11 h 01 min 14 s | 1 h 33 min 7 s | m.testut@learn.example | m.testut@learn.example | Organisatrice
Alex É | 2024-09-26 09 h 30 | 2024-09-26 10 h 30 | 1 h | alex@wqsb.example | | Présentateur
Zoé T | 2024-09-26 09 h 30 | 2024-09-26 10 h 30 | 1 h | | | Participant
"""


def test_a_language_that_nobody_here_knows() -> None:
    export = read(tabs(JAPANESE).encode("utf-16"))
    assert presences(export) == [
        "10 Marianne Testut <m.testut@learn.example> 60 min 2022-07-11 [18:29:28-19:29:28] organiser",
        "11 Zoé T 10 min 2022-07-11 [18:40:00-18:50:00]",
    ]
    assert (export.topic, export.problems) == ("Rencontre", ())


def test_a_report_in_french() -> None:
    export = read(tabs(FRENCH).encode("utf-16"))
    assert presences(export) == [
        "10 Marianne Testut <m.testut@learn.example> 93 7/60 min 2024-09-26 [09:28:07-11:01:14] organiser",
        "11 Alex É <alex@wqsb.example> 60 min 2024-09-26 [09:30:00-10:30:00] organiser",
        "12 Zoé T 60 min 2024-09-26 [09:30:00-10:30:00]",
    ]
    assert (export.topic, export.problems) == ("Rencontre des représentants", ())


def test_where_everybody_may_present_nobody_is_set_apart_for_it() -> None:
    export = read(tabs(ENGLISH.replace("Attendee", "Presenter")).encode("utf-16"))
    assert [one.organiser for one in export.presences] == [True, False, False]


def test_two_records_of_one_name_share_no_connection() -> None:
    twice = ENGLISH.replace(
        "Zoé T (Unverified) | 9/26/24, 9:31:10",
        "Doe, Jane (External) | 9/26/24, 11:00:30\u202fAM | 9/26/24, 11:01:00\u202fAM | 30s | jane@x.example | | Attendee\nZoé T (Unverified) | 9/26/24, 9:31:10",
    )
    assert presences(read(tabs(twice).encode("utf-16")))[1:3] == [
        CAME[1],
        "13 Doe, Jane (External) <jane@x.example> 0 1/2 min 2024-09-26 [11:00:30-11:01:00]",
    ]


def test_a_webinar_lists_registrants_who_did_not_come() -> None:
    text = """
    1. Summary
    Meeting title | Families
    Registered participants | 2
    Attended participants | 1
    Start time | 9/26/24, 9:28:07 AM
    End time | 9/26/24, 11:01:14 AM

    2. Participants
    Name | First Join | Last Leave | In-Meeting Duration | Email | Participant ID (UPN) | Role | Registration First Name | Registration Last Name | Registration Email | Registration Time | Registration Status
    Zoé T | 9/26/24, 9:30:00 AM | 9/26/24, 9:40:00 AM | 10m | zoe@x.example | | Attendee | Zoé | T | zoe@x.example | 9/20/24, 9:30:00 AM | Confirmed
    Noël E | | | | noel@x.example | | | Noël | E | noel@x.example | 9/20/24, 9:30:00 AM | Confirmed
    """
    export = read(tabs("\n".join(line.strip() for line in text.strip().splitlines())).encode("utf-16"))
    assert presences(export) == ["10 Zoé T <zoe@x.example> 10 min 2024-09-26 [09:30:00-09:40:00]"]
    assert export.left_out == ("1 registered who did not attend",)
    assert "Registration Last Name" in export.dropped


OF_2021 = """
Meeting Summary
Total Number of Participants | 3
Meeting Title | Rencontre
Meeting Start Time | 16/10/2021, 19:37:51
Meeting End Time | 16/10/2021, 20:07:14
Meeting Id | 453adbad-3672-4bde-92d0-6be3049eb379

Full Name | Join Time | Leave Time | Duration | Email | Role | Participant ID (UPN)
Marianne Testut | 16/10/2021, 19:37:51 | 16/10/2021, 20:07:14 | 29m 23s | m.testut@learn.example | Organizer | m.testut@learn.example
Zoé T | 16/10/2021, 19:40:00 | 16/10/2021, 19:45:00 | 5m | zoe@x.example | Attendee | zoe@x.example
Zoé T | 16/10/2021, 19:50:00 | 16/10/2021, 19:55:00 | 5m | zoe@x.example | Attendee | zoe@x.example
"""


@pytest.mark.parametrize(
    "table",
    [OF_2021, OF_2021.replace("Full Name | Join Time | Leave Time", "Imię | Dołączono | Opuszczono")],
    ids=["English", "a header that is not known"],
)
def test_a_report_of_2021(table: str) -> None:
    export = read(tabs(table).encode("utf-16"))
    assert presences(export) == [
        "9 Marianne Testut <m.testut@learn.example> 29 23/60 min 2021-10-16 [19:37:51-20:07:14] organiser",
        "10 Zoé T <zoe@x.example> 5 min 2021-10-16 [19:40:00-19:45:00]",
        "11 Zoé T <zoe@x.example> 5 min 2021-10-16 [19:50:00-19:55:00]",
    ]
    assert (export.topic, str(export.starts), export.problems) == ("Rencontre", "2021-10-16 19:37:51", ())


def test_a_list_of_2020() -> None:
    text = """
Full Name | User Action | Timestamp
Marianne Testut | Joined | 11/16/2020, 12:27:24 PM
Zoé T | Joined before | 11/16/2020, 12:27:24 PM
Zoé T | Left | 11/16/2020, 12:45:24 PM
Zoé T | Joined | 11/16/2020, 1:45:41 PM
Alex É | Left | 11/16/2020, 1:00:00 PM
"""
    export = read(tabs(text).encode("utf-16"))
    assert presences(export) == [
        "2 Marianne Testut 78 17/60 min 2020-11-16 [12:27:24-13:45:41]",  # there until the list ends
        "3 Zoé T 18 min 2020-11-16 [12:27:24-12:45:24]",
        "5 Zoé T 0 min 2020-11-16 [13:45:41-13:45:41]",
        "6 Alex É - min 2020-11-16",
    ]


def test_an_action_that_is_not_known_is_told() -> None:
    text = "Full Name | User Action | Timestamp\nZoé T | Danced | 11/16/2020, 12:27:24 PM\n"
    [problem] = read(tabs(text)).problems
    assert (problem.where.line, problem.what) == (2, '"Danced" is neither joined nor left')


def test_a_list_of_2020_made_while_all_were_there_has_no_end() -> None:
    text = """
Full Name | User Action | Timestamp
Marianne Testut | Joined | 11/16/2020, 12:27:24 PM
Zoé T | Joined before | 11/16/2020, 12:30:00 PM
"""
    assert presences(read(tabs(text).encode("utf-16"))) == [
        "2 Marianne Testut - min 2020-11-16",
        "3 Zoé T - min 2020-11-16",
    ]


def test_a_live_event_is_in_utc_and_becomes_an_evening_of_quebec() -> None:
    text = """\
SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role
s1,p1,Zoé T,Safari,10/16/2024 11:30:00 PM,Joined,Attendee
s1,p1,Zoé T,Safari,10/17/2024 12:30:00 AM,Left,Attendee
s2,p2,Alex É,Safari,12/17/2024 12:30:00 AM,Joined,Attendee
s2,p2,Alex É,Safari,12/17/2024 01:00:00 AM,Left,Attendee
"""
    export = read(text)
    assert presences(export) == [
        "2 Zoé T 60 min 2024-10-16 [19:30:00-20:30:00]",
        "4 Alex É 30 min 2024-12-16 [19:30:00-20:00:00]",
    ]
    assert export.problems == ()


def test_a_live_event() -> None:
    text = (
        "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role\n"
        "s1,p1,Marianne Testut,Chrome,10/16/2024 11:00:00 PM,Joined,Producer\n"
        "s2,p2,Zoé T,Safari,10/16/2024 11:01:00 PM,Joined,Attendee\n"
        "s3,p2,Zoé T,Safari,10/16/2024 11:20:00 PM,Joined,Attendee\n"
        "s2,p2,Zoé T,Safari,10/16/2024 11:11:30 PM,Left,Attendee\n"
        "s1,p1,Marianne Testut,Chrome,10/16/2024 11:59:00 PM,Left,Producer\n"
    )
    export = read(text)
    assert presences(export) == [
        "2 Marianne Testut 59 min 2024-10-16 [19:00:00-19:59:00] organiser",
        "3 Zoé T 10 1/2 min 2024-10-16 [19:01:00-19:11:30]",
        "4 Zoé T 39 min 2024-10-16 [19:20:00-19:59:00]",
    ]
    assert export.dropped == ("SessionId", "ParticipantId", "UserAgent")
    assert export.problems == ()


def test_a_computer_without_time_zones_says_that_the_times_are_in_utc(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("prt.imports.reading.dates.quebec_zone", lambda: None)
    text = """\
SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role
s1,p1,Zoé T,Safari,10/16/2024 11:30:00 PM,Joined,Attendee
s1,p1,Zoé T,Safari,10/16/2024 11:50:00 PM,Left,Attendee
"""
    export = read(text)
    assert presences(export) == ["2 Zoé T 20 min 2024-10-16 [23:30:00-23:50:00]"]
    [problem] = export.problems
    assert (problem.severity, "in UTC" in problem.what) == ("warning", True)


WITH_BREAK = """
1. Résumé
Titre de la réunion | PLC 1
Heure de début | 16/10/2024, 09:00:00
Heure de fin | 16/10/2024, 12:00:00

2. Participants
{people}
Zoé Exemple | 16/10/2024, 09:00:00 | 16/10/2024, 12:00:00 | 25m 10s | {first} | zoe@x.example | Participant
Al Sample | 16/10/2024, 09:00:00 | 16/10/2024, 12:00:00 | 3h 0m 0s | al@x.example | al@x.example | Organisateur

3. Activités
{activities}
Zoé Exemple | 16/10/2024, 09:00:00 | 16/10/2024, 09:10:00 | 10m 0s | {second} | Participant
Zoé Exemple | 16/10/2024, 11:44:50 | 16/10/2024, 12:00:00 | 15m 10s | {second} | Participant
Al Sample | 16/10/2024, 09:00:00 | 16/10/2024, 12:00:00 | 3h 0m 0s | al@x.example | Organisateur
"""
EMAIL = "zoe@x.example"
KNOWN = "Nom | Première connexion | Dernière déconnexion | Durée de la réunion | Courriel | ID (UPN) | Rôle"
KNOWN_TIMES = "Nom | Heure de connexion | Heure de déconnexion | Durée | Courriel | Rôle"


@pytest.mark.parametrize(
    ("people", "activities", "first", "second"),
    [
        (KNOWN, KNOWN_TIMES, EMAIL, EMAIL),
        ("Nom | Première connexion | Dernière déconnexion | X | Y | Z | Rôle", "Nom | E | S | Durée | Y | Rôle", EMAIL, EMAIL),
        ("Nom | Première connexion | Dernière déconnexion | Durée | Y | Z | Rôle", KNOWN_TIMES, EMAIL, EMAIL),
        ("A | B | C | D | E | F | G", KNOWN_TIMES, EMAIL, EMAIL),
        (KNOWN, "A | B | C | D | E | F", EMAIL, EMAIL),
        (KNOWN, KNOWN_TIMES, "", EMAIL),
        (KNOWN, KNOWN_TIMES, EMAIL, ""),
    ],
    ids=["all known", "one of each unknown", "e-mail unknown", "no name of people", "no name of times", "guest", "guest in the times"],
)  # fmt: skip
def test_a_heading_that_nobody_knows(people: str, activities: str, first: str, second: str) -> None:
    export = read(tabs(WITH_BREAK.format(people=people, activities=activities, first=first, second=second)))
    zoe, al = export.presences
    assert (zoe.name, zoe.email, zoe.minutes, count_minutes(zoe.stays)) == (
        "Zoé Exemple",
        first,
        25 + Fraction(1, 6),
        25,
    )
    assert (al.organiser, zoe.organiser, export.problems) == (True, False, ())


def test_two_of_one_name_keep_their_own_connections() -> None:
    text = WITH_BREAK.replace("Al Sample", "Zoé Exemple").format(
        people=KNOWN, activities=KNOWN_TIMES, first=EMAIL, second=EMAIL
    )
    assert [count_minutes(one.stays) for one in read(tabs(text)).presences] == [25, 180]
