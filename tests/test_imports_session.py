"""Which session a file belongs to: by its days, by what it says that it is of, by its name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from prt.files.project import Project
from prt.imports.proposing.session import guess_session, is_generic_topic, nearest_sessions
from prt.model.rows import Row
from prt.tasks.imports.asking.ask_session import match_sessions
from tests.exported import read, tabs
from tests.test_import import Team, prt

__all__ = ["prt"]

SESSIONS = {  # by what the tests call them
    "basics": ("2024-10-16", "Back to basics"),
    "families": ("2024-10-16", "Engaging families"),
    "reps": ("2024-10-02", "SB Rep Meeting 1"),
    "winter": ("2025-01-22", "Winter community of practice"),
    "spring": ("2025-05-07", "Spring gathering"),
}


@pytest.fixture
def sessions(prt: Team, kept: Path) -> list[Row]:
    prt.once(kept, lambda: plan_sessions(prt))
    project = Project(prt.root, prt.private)
    return list(project.load(project.plan_paths[0]).data.logs["sessions"])


def plan_sessions(prt: Team) -> None:
    for day, title in SESSIONS.values():
        prt(f'log meeting --line 1.4a --date {day} --title "{title}" --format meeting --status planned')


def called(rows: list[Row]) -> list[str]:
    return [name for row in rows for name, (_, title) in SESSIONS.items() if title == row["title"]]


def sheet(above: str = "") -> str:
    return f"{above}Nom;Présent\nZoé Tremblay;x\n"


def answers(*days: str) -> str:
    return "Timestamp,Overall?\n" + "".join(f"{day} 12:00:00,Good\n" for day in days)


@pytest.mark.parametrize(
    ("text", "name", "expected", "how"),
    [
        (sheet("Date : 2025-01-22;\n"), "a.csv", "winter", "the only session on Wed 22 Jan 2025"),
        (sheet(), "liste 2025-01-22.csv", "winter", "the only session"),
        (sheet(), "presences_20250122.csv", "winter", "the only session"),
        (sheet("Back to basics;\nDate : 2024-10-16;\n"), "a.csv", "basics", 'called like "Back to basics"'),
        (sheet(), "2024-10-16 Engaging families (participants).csv", "families", "called like this file"),
        (sheet(), "Feuille de présence - winter - 2025-01-22.csv", "winter", "the only session"),
        (answers("2025-01-23", "2025-01-23"), "f.csv", "winter", "the last before the answers"),
        (answers("2025-01-22", "2025-01-24", "2025-01-24"), "f.csv", "winter", "the only session"),
    ],
)  # fmt: skip
def test_a_session_is_found(sessions: list[Row], text: str, name: str, expected: str, how: str) -> None:
    found = guess_session(read(text, name=name), sessions, name)
    assert found.session is not None
    assert called([found.session]) == [expected]
    assert how in found.how


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (sheet("SB Reps meeting #1;\nDate : 2024-09-26;\n"), "a.csv", ["reps"]),
        (sheet("Communauté de pratique d’hiver;\nDate : 2025-01-22;\n"), "a.csv", ["winter"]),
        (sheet("Date : 2024-10-16;\n"), "a.csv", ["basics", "families"]),
        (answers("2024-10-17"), "f.csv", ["basics", "families"]),
        (answers("2025-01-29"), "f.csv", []),
        (sheet(), "zoom.csv", []),
    ],
)
def test_what_is_not_certain_is_offered(
    sessions: list[Row], text: str, name: str, expected: list[str]
) -> None:
    found = guess_session(read(text, name=name), sessions, name)
    assert found.session is None
    assert sorted(called(list(found.others))) == expected


def test_those_that_were_already_come_first(sessions: list[Row]) -> None:
    day = dt.date(2025, 2, 14)
    found = called(nearest_sessions(sessions, day, day))
    assert (found[0], set(found[1:3]), found[3:]) == ("winter", {"basics", "families"}, ["reps", "spring"])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1", ["basics"]),
        ("winter", ["winter"]),
        ("community winter", ["winter"]),
        ("2025-01-22", ["winter"]),
        ("oct 16", ["basics", "families"]),
        ("autumn", []),
        ("99", []),
    ],
)
def test_a_session_is_named_by_a_number_a_date_or_words(
    sessions: list[Row], typed: str, expected: list[str]
) -> None:
    offered = [row for row in sessions if row["title"] == "Back to basics"]
    assert sorted(called(match_sessions(typed, offered, sessions))) == expected


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("Kim's Personal Meeting Room", True),
        ("Salle personnelle de Kim", True),
        ("Zoom meeting", True),
        ("Liste de présence", True),
        ("Back to basics", False),
        ("PLC 1", False),
        ("Principals' meeting on families", False),
    ],
)
def test_a_topic_that_says_nothing(topic: str, expected: bool) -> None:
    assert is_generic_topic(topic) is expected


@pytest.mark.parametrize(
    ("topic", "says", "french"),
    [
        ("Suivi avec Marianne Testut", "names a person", "nomme une personne"),
        ("Questions: a@x.example", "names an e-mail address", "nomme une adresse de courriel"),
        ("Kim’s Personal Meeting Room", "does not say what it was", "ne dit pas ce que c’était"),
    ],
)
def test_a_topic_that_names_somebody_is_no_title(prt: Team, topic: str, says: str, french: str) -> None:
    text = sheet(f"Atelier : {topic};\nDate : 2024-10-16;\n")
    prt(f"import {prt.file('a.csv', text)} --create --line 1.4a --format meeting --yes", code=2)
    assert says in prt.err and "--title" in prt.err
    with prt.monkeypatch.context() as there:
        there.setenv("PRT_LANG", "fr")
        prt(f"import {prt.file('a.csv', text)} --create --line 1.4a --format meeting --yes", code=2)
        assert french in prt.err
    prt(f"import {prt.file('a.csv', text)} --create --line 1.4a --format meeting --title PLC --yes")
    assert prt.rows("sessions")[0]["title"] == "PLC"


def test_a_day_that_is_to_come_is_none_of_a_list(prt: Team) -> None:
    prt("log meeting --line 1.4a --date 2025-02-11 --title PLC --format meeting")
    text = "Nom;Présent;Date\nZoé T;x;11/02/2025\n"
    prt(f"import {prt.file('a.csv', text)} --yes")
    assert [row["date"] for row in prt.rows("attendance")] == ["2025-02-11"]


def dated_list(day: str, title: str) -> str:
    return f"{title};\n{day};\nNom;Présent\nZoé Exemple;x\n"


PLANNED = 'log meeting --line 1.4a --date {day} --title "{title}" --format meeting --status planned'


class TestDoubtfulDates:
    """12/10/2024 is 12 October or 10 December."""

    @pytest.mark.parametrize(
        ("planned", "title", "day"),
        [
            ([("2024-12-10", "Back to basics")], "Back to basics", "2024-12-10"),
            ([("2024-10-12", "Retour à l’essentiel")], "Retour à l’essentiel", "2024-10-12"),
            (
                [("2024-12-10", "Back to basics"), ("2024-10-12", "Engaging families")],
                "Back to basics",
                "2024-12-10",
            ),
        ],
    )
    def test_the_session_of_that_title_tells(
        self, prt: Team, planned: list[tuple[str, str]], title: str, day: str
    ) -> None:
        for when, called in planned:
            prt(PLANNED.format(day=when, title=called))
        prt(f"import {prt.file('liste.csv', dated_list('12/10/2024', title))} --yes")
        assert [row["date"] for row in prt.rows("attendance")] == [day]
        assert "dates are read as" in prt.err

    @pytest.mark.parametrize(
        "planned",
        [
            [],
            [("2024-12-10", "Engaging families")],
            [("2024-12-10", "Back to basics"), ("2024-10-12", "Back to basics")],
        ],
        ids=["no session", "another title", "both days"],
    )
    def test_and_nothing_else_does(self, prt: Team, planned: list[tuple[str, str]]) -> None:
        for when, called in planned:
            prt(PLANNED.format(day=when, title=called))
        prt(f"import {prt.file('liste.csv', dated_list('12/10/2024', 'Back to basics'))} --yes", code=1)
        assert "12/10/2024 may be" in prt.err and not prt.rows("attendance")


@pytest.mark.parametrize(
    "first", ["Attended participants | 1", "Participants | 1", "Meeting duration | 1h 0m 0s"]
)
def test_a_report_of_teams_without_a_title_is_of_the_only_session_that_day(prt: Team, first: str) -> None:
    prt(PLANNED.format(day="2024-10-16", title="Engaging families"))
    text = f"""
1. Summary
{first}
Start time | 10/16/24, 9:00:00 AM
End time | 10/16/24, 10:00:00 AM
Meeting duration | 1h 0m 0s
Average attendance time | 1h 0m 0s

2. Participants
Name | First Join | Last Leave | In-Meeting Duration | Email | Participant ID (UPN) | Role
Zoé Exemple | 10/16/24, 9:00:00 AM | 10/16/24, 10:00:00 AM | 1h 0m 0s | | | Attendee
"""
    prt(f"import {prt.file('teams.csv', tabs(text))} --yes")
    assert len(prt.rows("attendance")) == 1 and "the only session" in prt.out
