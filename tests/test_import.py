"""`prt import` as it is typed: lists and forms become rows, all or none, once; names stay in their folder."""

from __future__ import annotations

import csv
import io
import os
import shlex
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import MappingProxyType

import pytest

from prt import cli
from prt.console.runner import run_command
from prt.files.store import disk
from prt.imports.reading.codes import find_audience
from prt.tasks.imports import import_rows, import_sessions
from tests.answers import Answers, sit_down
from tests.conftest import only_in_ci
from tests.exported import commas, tabs
from tests.project import Prt

EXPORTS = Path(__file__).parent / "exports"
SESSION = 'log workshop --line 1.4a --date 2024-10-16 --title "PLC 1" --format meeting --mode hybrid --status planned'
ZOOM = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Marianne Testut (she/her),m.testut@learn.example,10/16/2024 08:50:00 AM,10/16/2024 12:00:00 PM,190,No
"Tremblay-Sample, Zoé",zoe.ts@etsb.example,10/16/2024 09:00:00 AM,10/16/2024 09:40:00 AM,40,Yes
"Tremblay-Sample, Zoé",,10/16/2024 09:50:00 AM,10/16/2024 10:30:00 AM,40,Yes
"Tremblay-Sample, Zoé",,10/16/2024 10:45:00 AM,10/16/2024 11:30:00 AM,45,Yes
EMSB - Robin Sample,robin.sample@emsb.example,10/16/2024 09:00:00 AM,10/16/2024 11:00:00 AM,120,Yes
15145550123,,10/16/2024 09:05:00 AM,10/16/2024 11:00:00 AM,115,Yes
Alex Échantillon,,10/16/2024 09:00:00 AM,10/16/2024 09:10:00 AM,10,Yes
"""
LATER = ZOOM + "Kim O'Sample,kim@rsb.example,10/16/2024 09:00:00 AM,10/16/2024 11:00:00 AM,120,Yes\n"
TEAMS = tabs(
    """
1. Summary
Meeting title | PLC 1
Attended participants | 3
Start time | 10/16/24, 8:55:00 AM
End time | 10/16/24, 12:05:00 PM

2. Participants
Name | First Join | Last Leave | In-Meeting Duration | Email | Participant ID (UPN) | Role
Salle de Laval | 10/16/24, 8:55:00 AM | 10/16/24, 12:05:00 PM | 3h 10m | | | Organizer
Zoé Tremblay-Sample (Unverified) | 10/16/24, 11:00:00 AM | 10/16/24, 12:00:00 PM | 1h | | | Attendee
Jordan Example | 10/16/24, 9:00:00 AM | 10/16/24, 12:00:00 PM | 3h | jordan.example@lbpsb.example | | Attendee

3. In-Meeting Activities
Name | Join Time | Leave Time | Duration | Email | Role
Salle de Laval | 10/16/24, 8:55:00 AM | 10/16/24, 12:05:00 PM | 3h 10m | | Organizer
Zoé Tremblay-Sample (Unverified) | 10/16/24, 11:00:00 AM | 10/16/24, 12:00:00 PM | 1h | | Attendee
Jordan Example | 10/16/24, 9:00:00 AM | 10/16/24, 12:00:00 PM | 3h | jordan.example@lbpsb.example | Attendee
"""
)
FORM = commas(
    """
ID | Start time | Completion time | Email | Name | Overall, how satisfied were you? | Comments
1 | 10/16/2024 11:50:00 | 10/16/2024 11:52:00 | anonymous | | Very satisfied | Thanks to Robin Sample
2 | 10/16/2024 11:50:00 | 10/16/2024 11:53:00 | anonymous | | Plutôt insatisfait(e) |
3 | 10/16/2024 11:50:00 | 10/16/2024 11:54:00 | anonymous | | | Nothing
"""
)
PEOPLE = {
    "p-zoe2": ("cda", "ETSB", "Zoé Tremblay-Sample", "zoe.ts@etsb.example"),
    "p-mar2": ("prt-staff", "", "Marianne Testut", "m.testut@learn.example"),
}
RED, TURNED = "\x1b[31m", "\u202e"  # a terminal writes red, and from right to left
SECRET = ("Sample", "Échantillon", "Testut", "@", "5550123", "Example")


class Team(Prt):
    """A project with two people who have names, and files to import."""

    kept: Path | None = None
    """Where the project with its session is left for other tests; those that begin with another have their own."""
    settled: Mapping[str, bytes] = MappingProxyType({})

    @property
    def private(self) -> Path:
        return self.root / "data" / "private"

    def settle(self) -> None:
        self.people(*(f"{person},{role},{board},,,,," for person, (role, board, *_) in PEOPLE.items()))
        self.name(self.private)

    def name(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        rows = [f"{person},{name},{email},\n" for person, (*_, name, email) in PEOPLE.items()]
        (folder / "names.csv").write_text("id,name,email,other_names\n" + "".join(rows), encoding="utf-8")

    def file(self, name: str, text: str, encoding: str = "utf-8") -> str:
        path = self.root.parent / name
        path.write_bytes(text.encode(encoding))
        return shlex.quote(str(path))

    def session(self, typed: str = SESSION) -> str:
        begins_alike = typed == SESSION and "PRT_ME" not in os.environ and self.bytes() == self.settled
        if self.kept and begins_alike:
            self.once(self.kept, lambda: self(typed))
        else:
            self(typed)
        return self.last_id("sessions")

    def rows(self, log: str) -> list[dict[str, str]]:
        """The rows of a log, each without its empty cells."""
        path = self.path(log)
        return self.table(path) if path.exists() else []

    def secrets(self, log: str) -> list[dict[str, str]]:
        path = self.private / f"{log}.csv"
        return self.table(path) if path.exists() else []

    @staticmethod
    def table(path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{name: text for name, text in row.items() if text} for row in csv.DictReader(file)]

    def presences(self) -> list[tuple[str, str]]:
        """(person, minutes) of each row."""
        return [(row.get("person", ""), row.get("minutes", "")) for row in self.rows("attendance")]

    def bytes(self) -> dict[str, bytes]:
        """Every file of the project, but what all prt have in common: the lock, and how often one published."""
        own = ("lock", "publications")
        files = (path for path in self.root.rglob("*") if path.is_file() and path.name not in own)
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}

    def public(self) -> str:
        """All that git would carry."""
        files = {name: data for name, data in self.bytes().items() if "private/" not in name}
        return "\n".join(
            data.decode(errors="replace")
            for name, data in files.items()
            if name.startswith(("data/2", "data/people", ".prt"))
        )


@pytest.fixture
def prt(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Team:
    team = Team(tmp_path / "project", monkeypatch, capsys)
    team.settle()
    team.kept, team.settled = kept, team.bytes()
    return team


class TestAttendance:
    def test_a_list_becomes_rows_and_the_planned_session_was_held(self, prt: Team) -> None:
        session = prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        assert "the only session on Wed 16 Oct 2024" in prt.out
        assert prt.presences() == [("p-zoe2", "125"), ("", "120"), ("", "115"), ("", "10")]
        assert [row.get("role") for row in prt.rows("attendance")] == ["cda", None, None, None]
        assert [row.get("board") for row in prt.rows("attendance")] == ["ETSB", "EMSB", None, None]
        assert prt.rows("sessions")[0].get("status") == "held"
        assert {row["session"] for row in prt.rows("attendance")} == {session}

    def test_the_preview_says_who_was_recognised_and_what_is_left_behind(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --dry-run")
        for line in (
            "columns left behind: Guest",
            "planned → held",
            "7 connections → 5 people",
            "matched          1   1 by e-mail",
            "unnamed          3   EMSB - Robin Sample · 15145550123 · Alex Échantillon",
            "set apart        1   1 of the team",
            "too short        1   of those above: less than 30 minutes; kept, counts nowhere",
            "attendance.csv    4 to add",
            "nothing was written",
        ):
            assert line in prt.out

    def test_a_dry_run_writes_nothing_and_says_what_would_move(self, prt: Team) -> None:
        prt.session()
        before = prt.bytes()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --dry-run")
        assert prt.bytes() == before
        assert "1.4a.meetings  0 → 1" in prt.out

    def test_a_script_must_say_yes(self, prt: Team) -> None:
        prt.session()
        before = prt.bytes()
        prt(f"import {prt.file('zoom.csv', ZOOM)}", code=2)
        assert "--yes" in prt.err
        assert prt.bytes() == before

    def test_exported_names_and_emails_stay_in_the_private_folder(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('Robin Sample zoom.csv', ZOOM)} --yes")
        assert [row["name"] for row in prt.secrets("unmatched")] == [
            "EMSB - Robin Sample",
            "15145550123",
            "Alex Échantillon",
        ]
        assert not [word for word in SECRET if word in prt.public()]
        assert "Left" not in prt.out

    @pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
    def test_private_files_are_their_owners_alone(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        modes = {path.name: path.stat().st_mode & 0o777 for path in prt.private.glob("*.csv")}
        assert modes.pop("names.csv")
        assert set(modes.values()) == {0o600}

    def test_a_room_list_and_an_online_list_together_are_one_presence_each(self, prt: Team) -> None:
        prt.session()
        zoom, teams = prt.file("zoom.csv", ZOOM), prt.file("teams.csv", TEAMS, "utf-16")
        prt(f"import {zoom} {teams} --yes")
        assert prt.presences() == [("p-zoe2", "155"), ("", "120"), ("", "115"), ("", "10"), ("", "180")]
        assert "presenting, nobody known: Salle de Laval" in prt.out

    @pytest.mark.parametrize("first", ["zoom", "teams"])
    @only_in_ci
    def test_and_so_they_are_one_after_the_other(self, prt: Team, first: str) -> None:
        prt.session()
        files = {"zoom": prt.file("zoom.csv", ZOOM), "teams": prt.file("teams.csv", TEAMS, "utf-16")}
        for name in sorted(files, key=lambda one: one != first):
            prt(f"import {files[name]} --yes")
        assert sorted(prt.presences()) == sorted(
            [("p-zoe2", "155"), ("", "120"), ("", "115"), ("", "10"), ("", "180")]
        )

    @pytest.mark.parametrize("first", ["zoom", "both"])
    def test_a_list_that_measures_nothing_leaves_what_was_measured(self, prt: Team, first: str) -> None:
        prt.session()
        room = prt.file("room.csv", "Nom;Date;Présent\nZoé Tremblay-Sample;2024-10-16;x\n")
        zoom = prt.file("zoom.csv", ZOOM)
        for names in [f"{zoom} {room}"] if first == "both" else [zoom, room]:
            prt(f"import {names} --yes")
        assert dict(prt.presences())["p-zoe2"] == "125"

    def test_the_same_file_again_changes_no_byte(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        before = prt.bytes()
        prt(f"import {prt.file('again.csv', ZOOM)} --yes")
        assert "Nothing new" in prt.out
        assert prt.bytes() == before

    def test_a_longer_export_adds_only_what_is_new(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        before = prt.lines("attendance")
        prt(f"import {prt.file('later.csv', LATER)} --yes")
        assert "1 to add, 4 there already" in prt.out
        assert prt.lines("attendance")[:-1] == before
        assert prt.presences()[-1] == ("", "120")

    @only_in_ci
    def test_an_export_that_lasts_longer_makes_minutes_longer_never_shorter(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        prt(f"import {prt.file('longer.csv', ZOOM.replace('09:10:00 AM,10,', '09:50:00 AM,50,'))} --yes")
        assert prt.presences()[-1] == ("", "50")
        prt(f"import {prt.file('shorter.csv', ZOOM.replace('11:30:00', '11:00:00'))} --yes")
        assert "Nothing new" in prt.out

    @pytest.mark.parametrize("first", ["register", "zoom"])
    def test_a_list_of_the_room_and_zoom_come_to_the_same_in_any_order(self, prt: Team, first: str) -> None:
        """Minutes that the register leaves empty, and a board that Zoom does not know, are filled in later."""
        session = prt.session()
        register = (
            "Nom complet,CS,2024-10-16\nZoé Tremblay-Sample,ETSB,x\nAlex Échantillon,RSB,x\nPat Seul,RSB,x\n"
        )
        files = {"register": register, "zoom": ZOOM}
        for name in (first, *(files.keys() - {first})):
            prt(f"import {prt.file(f'{name}.csv', files[name])} --session {session} --yes")
        changed = "minutes empty → 125" if first == "register" else "board empty → RSB"
        assert changed in prt.out
        rows = [(row.get("person"), row.get("board"), row.get("minutes")) for row in prt.rows("attendance")]
        assert sorted(rows, key=str) == sorted(
            [
                ("p-zoe2", "ETSB", "125"),
                (None, "EMSB", "120"),
                (None, "RSB", "10"),
                (None, "RSB", None),
                (None, None, "115"),
            ],
            key=str,
        )

    def test_it_says_how_to_find_out_who_the_unnamed_were(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        assert "Who were they? prt people match" in prt.err
        known = "".join(ZOOM.splitlines(keepends=True)[:4])
        prt("undo --yes")
        prt(f"import {prt.file('known.csv', known)} --yes")
        assert "Who were they" not in prt.err

    def test_who_has_no_duration_is_said_to_count_as_the_whole_time(self, prt: Team) -> None:
        session = prt.session()
        rows = "Name (Original Name),User Email,Total Duration (Minutes),Guest\nAl Exemple,,,Yes\nBo Exemple,,50,Yes\n"
        prt(f"import {prt.file('zoom.csv', rows)} --session {session} --dry-run")
        assert "2 rows → 2 people" in prt.out
        assert "no duration      1   of those above: counted as the whole time" in prt.out

    def test_one_is_one(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ''.join(ZOOM.splitlines(keepends=True)[:2]))} --dry-run")
        assert "1 connection → 1 person" in prt.out

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
    def test_the_name_of_a_file_is_no_order_to_the_terminal(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file(RED + 'zo' + TURNED + 'om.csv', ZOOM)} --yes")
        assert prt.out.startswith("zoom.csv: Zoom participants")
        prt(f"import {prt.file(RED + 'no' + TURNED + 'thing.csv', '')} --yes", code=1)
        assert "nothing.csv: is empty" in prt.err

    def test_a_webinar_goes_on_after_midnight(self, prt: Team) -> None:
        prt.session()
        late = ZOOM + "Kim O'Sample,,10/17/2024 12:10:00 AM,10/17/2024 12:50:00 AM,40,Yes\n"
        prt(f"import {prt.file('zoom.csv', late)} --yes")
        assert [row["date"] for row in prt.rows("attendance")] == ["2024-10-16"] * 5

    @pytest.mark.parametrize(
        ("language", "odd"),
        [
            ("en", "warning: respondents: 9 respondents of 3 participants."),
            ("fr", "avertissement : formulaires reçus : 9 pour 3 personnes présentes."),
        ],
    )
    def test_what_is_odd_is_said_before_it_is_asked(self, prt: Team, language: str, odd: str) -> None:
        prt.session(f"{SESSION} --respondents 9 --answered 9 --positive 8")
        prt.monkeypatch.setenv("PRT_LANG", language)
        screen = sit_down(prt.monkeypatch, "-", "-", "-", "")
        prt(f"import {prt.file('zoom.csv', ZOOM)}")
        assert odd in prt.err, (prt.out, prt.err, screen.screen)
        assert not prt.rows("attendance")

    def test_undo_takes_the_whole_import_back(self, prt: Team) -> None:
        prt.session()
        files = {name: data for name, data in prt.bytes().items() if "corrections" not in name}
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes --new-people --role cda")
        prt("undo --yes")
        assert {name: data for name, data in prt.bytes().items() if "corrections" not in name} == files
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        assert len(prt.presences()) == 4

    def test_a_list_of_another_day_is_refused(self, prt: Team) -> None:
        session = prt.session(SESSION.replace("2024-10-16", "2024-10-17"))
        prt(f"import {prt.file('zoom.csv', ZOOM)} --session {session} --yes", code=1)
        assert "people were there on 16 Oct 2024" in prt.err
        assert prt.rows("attendance") == []

    def test_a_file_of_another_session_is_refused(self, prt: Team) -> None:
        first, second = prt.session(), prt.session(SESSION.replace("PLC 1", "PLC 2"))
        prt(f"import {prt.file('zoom.csv', ZOOM)} --session {first} --yes")
        prt(f"import {prt.file('zoom.csv', ZOOM)} --session {second} --yes", code=1)
        assert f"was imported into {first}" in prt.err

    def test_registrations_are_no_attendance(self, prt: Team) -> None:
        prt.session()
        text = "First Name,Last Name,Email,Registration Time,Approval Status\nZoé,Sample,z@x.example,10/01/2024 08:00:00 AM,approved\n"
        prt(f"import {prt.file('registered.csv', text)} --yes", code=1)
        assert "not who came" in prt.err

    @pytest.mark.parametrize("data", [b"", b"\0\1\2", b"PK\x03\x04", b'"', b"\xff\xfe\0", b"a,b\n1"])
    def test_any_bytes_give_a_message(self, prt: Team, data: bytes) -> None:
        path = prt.root.parent / "bytes.csv"
        path.write_bytes(data)
        with pytest.raises(AssertionError, match=r"exit [12]"):
            prt(f"import {path} --yes")


class TestSamples:
    """Every family of exports, from the file to the rows."""

    @pytest.mark.parametrize(
        ("name", "date", "rows"),
        [
            ("eventbrite_attendees.csv", "2024-11-30", 1),
            ("excel_frca_signin_semicolon_cp1252.csv", "2024-10-16", 2),
            ("teams_attendance_2020_list.csv", "2020-11-12", 0),
            ("teams_attendance_2022plus_en.csv", "2024-09-26", 3),
            ("zoom_participants_2025_unique_users.csv", "2025-11-20", 0),
            ("zoom_participants_classic_sessions.csv", "2024-10-16", 4),
            ("zoom_participants_classic_with_meeting_block.csv", "2024-10-16", 3),
        ],
    )
    def test_a_list(self, prt: Team, name: str, date: str, rows: int) -> None:
        session = f"--create --line 1.4a --format meeting --title PLC --date {date}"
        prt(f"import {EXPORTS / name} {session} --yes --with-presenters", code=0 if rows else 2)
        assert len(prt.rows("attendance")) == rows
        assert rows or "is in no plan year" in prt.err

    @pytest.mark.parametrize(
        ("name", "answers"),
        [
            ("google_forms_download_en.csv", ["yes", "no", None]),
            ("google_forms_download_fr.csv", ["yes", "no"]),
            ("msforms_feedback_en.xlsx", ["yes", "no", None]),
        ],
    )
    def test_a_form(self, prt: Team, name: str, answers: list[str | None]) -> None:
        prt.session()
        prt(f"import {EXPORTS / name} --yes --scale 5")
        assert [row.get("positive") for row in prt.rows("feedback")] == answers


@only_in_ci
def test_check_names_a_line_that_no_import_can_remember(prt: Team) -> None:
    session = prt.session()
    prt(f"import {prt.file('zoom.csv', ZOOM)} --session {session} --yes")
    imports, stays = prt.path("imports"), prt.private / "stays.csv"
    for path in (imports, stays):
        path.write_text(path.read_text(encoding="utf-8") + "broken,,\n", encoding="utf-8")
    out = prt("check")
    assert "imports.csv:3: warning: this line has 3 cells" in out and "private/stays.csv:" in out


class TestPeople:
    def test_new_people_get_one_id_for_both_lists(self, prt: Team) -> None:
        prt.session()
        files = f"{prt.file('zoom.csv', LATER)} {prt.file('teams.csv', TEAMS, 'utf-16')}"
        prt(f"import {files} --yes --new-people --role cda")
        names = {row["name"]: row["id"] for row in prt.secrets("names")}
        assert set(names) == {
            "Zoé Tremblay-Sample",
            "Marianne Testut",
            "Robin Sample",
            "Kim O'Sample",
            "Jordan Example",
        }
        assert {person for person, _ in prt.presences()} - {""} == set(names.values()) - {"p-mar2"}
        boards = {row["id"]: row.get("board") for row in prt.table(prt.root / "data" / "people.csv")}
        assert boards[names["Robin Sample"]] == "EMSB"

    def test_new_people_need_a_role(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes --new-people", code=2)
        assert "--role" in prt.err

    def test_who_was_said_to_be_somebody_is_known_by_that_spelling(
        self, prt: Team, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        prt.session()
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        answers = iter(["1", "y", "-", "y"])
        monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
        prt(f"import {prt.file('zoom.csv', ZOOM.replace('EMSB - Robin Sample', 'Zoe Tremblay'))}")
        assert prt.secrets("names")[0]["other_names"] == "Zoe Tremblay; robin.sample@emsb.example"
        assert prt.presences() == [("p-zoe2", "150"), ("", "115"), ("", "10")]

    def test_who_may_be_somebody_known_is_not_created(self, prt: Team) -> None:
        prt.session()
        prt(
            f"import {prt.file('zoom.csv', ZOOM.replace('EMSB - Robin Sample', 'Zoe Tremblay-Samples'))} --yes --new-people --role cda"
        )
        assert "may be somebody known" in prt.err
        assert len(prt.secrets("names")) == 2

    @pytest.mark.parametrize(
        "text", ["remplaçante de Zoé Tremblay-Sample", "Zoé Inconnue (Kim Autre)", "Ana Un et Bob Deux"]
    )
    def test_a_text_about_two_people_makes_no_new_person(self, prt: Team, text: str) -> None:
        prt.session()
        list_of_one = ZOOM.splitlines()[0] + "\n" + ZOOM.splitlines()[5].replace("EMSB - Robin Sample", text)
        prt(f"import {prt.file('zoom.csv', list_of_one)} --yes --new-people --role cda")
        assert f"Unnamed, for they may be somebody known: {text}" in prt.err
        assert len(prt.secrets("names")) == 2
        assert prt.presences() == [("", "120")]

    def test_new_people_move_every_figure_about_their_role_and_have_no_first_day(self, prt: Team) -> None:
        prt.session()
        prt("log journal --round 1 --person p-zoe2 --date 2024-11-20")
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes --new-people --role cda")
        assert "4.journals" in prt.out
        assert "has no first day: counts as in post since 1 July 2024, so owes round 1" in prt.err
        command = prt.err.partition(". If not: ")[2].partition(" --start")[0]
        assert command.startswith('prt people edit "') and prt(f"{command[4:]} --start 2024-09-01")

    def test_and_so_does_a_match(self, prt: Team) -> None:
        prt.session()
        prt("log journal --round 1 --person p-zoe2 --date 2024-11-20")
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        prt(f"people match {prt.secrets('unmatched')[0]['id']} --new --role cda")
        assert "4.journals" in prt.out
        assert "no first day" in prt.err

    @only_in_ci
    def test_two_copies_of_the_project_that_share_the_folder_give_one_id(
        self, prt: Team, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        session, shared = prt.session(), prt.root.parent / "drive"
        shutil.move(prt.private, shared)
        other = prt.root.parent / "copy"
        shutil.copytree(prt.root, other)
        monkeypatch.setenv("PRT_PRIVATE", str(shared))
        ids = []
        for root in (prt.root, other):
            monkeypatch.setenv("PRT_PROJECT", str(root))
            prt(f"import {prt.file('zoom.csv', ZOOM)} --session {session} --yes --new-people --role cda")
            ids.append(
                [
                    row["person"]
                    for row in prt.table(root / "data/2024-2025/attendance.csv")
                    if "person" in row
                ]
            )
        assert ids[0] == ids[1]
        assert len(ids[0]) == 2
        assert len(prt.table(shared / "names.csv")) == 3

    def test_without_the_folder_everyone_counts_unnamed_and_it_says_what_to_do(self, prt: Team) -> None:
        prt.session()
        shutil.rmtree(prt.private)
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes --new-people --role cda")
        assert "The private folder data/private is not here" in prt.err
        assert prt.presences() == [("", "190"), ("", "125"), ("", "120"), ("", "115"), ("", "10")]
        assert not prt.private.exists()
        assert len(prt.table(prt.root / "data" / "people.csv")) == 2
        assert not [word for word in SECRET if word in prt.public()]

    def test_and_with_the_folder_the_same_file_gives_those_rows_their_persons(self, prt: Team) -> None:
        prt.session()
        shutil.rmtree(prt.private)
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        prt.name(prt.private)
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        assert ("p-zoe2", "125") in prt.presences()
        assert len(prt.presences()) == 5
        assert f"prt remove {prt.rows('attendance')[0]['id']}" in prt.out  # one of the staff, by now

    @only_in_ci
    def test_a_longer_export_without_the_folder_adds_only_what_is_new(self, prt: Team) -> None:
        prt.session()
        shutil.rmtree(prt.private)
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        prt(f"import {prt.file('later.csv', LATER)} --yes")
        assert len(prt.presences()) == 6

    def test_a_known_id_without_a_name_here_may_be_anybody(self, prt: Team) -> None:
        prt.session()
        with (prt.root / "data" / "people.csv").open("a", encoding="utf-8") as file:
            file.write("p-wh02,cda,RSB,,,,,\n")
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes --new-people --role cda")
        assert "1 person of data/people.csv" in prt.err
        assert len(prt.secrets("names")) == 2
        assert ("p-zoe2", "125") in prt.presences()

    @pytest.mark.parametrize("audience", ["students", "parents"])
    def test_students_and_parents_are_counted_and_no_name_is_kept(self, prt: Team, audience: str) -> None:
        prt.session(
            f"log workshop --line 1.3c --date 2024-10-16 --title CEGEP --format short --audience {audience}"
        )
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes --new-people --role cda")
        assert prt.rows("attendance") == []
        assert prt.rows("sessions")[0]["participants"] == "3"
        assert prt.rows("sessions")[0]["boards"] == "EMSB; ETSB"
        assert prt.secrets("unmatched") == []
        assert len(prt.secrets("names")) == 2
        before = prt.bytes()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        assert prt.bytes() == before
        prt(f"import {prt.file('later.csv', LATER)} --yes")
        assert prt.rows("sessions")[0]["participants"] == "4"
        session = prt.last_id("sessions")
        prt(f"import {prt.file('teams.csv', TEAMS, 'utf-16')} --session {session} --yes", code=1)
        assert "import both files in one command" in prt.err


class TestRowsThatAreThere:
    """Which rows a later list may take, and which never."""

    def typed(self, prt: Team, *more: str) -> str:
        """A row without a person, typed by hand."""
        session = prt.last_id("sessions")
        prt(f"log attendance --session {session} --date 2024-10-16 {' '.join(more)}")
        return prt.last_id("attendance")

    @pytest.mark.parametrize("more", ["--minutes 15", "--minutes 15 --note walk-in"])
    @only_in_ci
    def test_a_row_typed_by_hand_is_given_to_nobody_and_never_to_be_removed(
        self, prt: Team, more: str
    ) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        row = self.typed(prt, more)
        before = prt.lines("attendance")
        prt(f"import {prt.file('later.csv', LATER)} --yes --new-people --role cda")
        assert set(before) <= set(prt.lines("attendance")) | set(before[1:4])
        assert prt.rows("attendance")[4].get("person") is None
        assert "1 to add" in prt.out
        assert row not in prt.out

    @only_in_ci
    def test_nor_is_one_of_a_session_imported_without_the_folder(self, prt: Team) -> None:
        prt.session()
        shutil.rmtree(prt.private)
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        row = self.typed(prt, "--minutes 190")
        prt.name(prt.private)
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        assert "person" not in prt.rows("attendance")[-1]
        assert f"prt remove {row}" not in prt.out

    def test_each_change_is_shown(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        row = prt.rows("attendance")[-1]["id"]
        longer = ZOOM.replace("09:10:00 AM,10,", "09:50:00 AM,50,")
        prt(f"import {prt.file('longer.csv', longer)} --dry-run")
        assert f"{row} minutes 10 → 50" in prt.out

    @only_in_ci
    def test_of_many_changes_ten_are_shown(self, prt: Team) -> None:
        prt.session()
        row = "Ana Un{},a{}@x.example,10/16/2024 09:00:00 AM,10/16/2024 10:00:00 AM,60,Yes\n"
        many = ZOOM.splitlines()[0] + "\n" + "".join(row.format(chr(97 + at), at) for at in range(13))
        prt(f"import {prt.file('zoom.csv', many)} --yes")
        prt(f"import {prt.file('longer.csv', many.replace('10:00:00 AM,60', '10:30:00 AM,90'))} --dry-run")
        assert prt.out.count(" minutes 60 → 90") == 10
        assert "  … 3 more" in prt.out

    @pytest.mark.parametrize(
        ("left", "named"),
        [("10/16/2024 10:30:00 AM,90", True), ("10/16/2024 11:00:00 AM,120", False)],
        ids=["who has other minutes keeps the name", "who has the same may be them"],
    )
    @only_in_ci
    def test_who_was_erased_is_neither_counted_again_nor_named(
        self, prt: Team, left: str, named: bool
    ) -> None:
        prt.session()
        prt("people add --role cda --board EMSB --name 'Robin Sample'")
        person = prt.secrets("names")[-1]["id"]
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        prt(f"people erase {person} --yes")
        later = ZOOM + f"Kim O'Sample,kim@rsb.example,10/16/2024 09:00:00 AM,{left},Yes\n"
        prt(f"import {prt.file('later.csv', later)} --yes --new-people --role cda")
        assert "somebody erased was in this list: 1 row" in prt.out
        assert len(prt.presences()) == 5
        private = "".join(path.read_text(encoding="utf-8") for path in prt.private.glob("*.csv"))
        assert "Robin" not in private
        assert ("Kim O'Sample" in private) is named

    @only_in_ci
    def test_one_email_of_two_names_is_two_rows_and_two_lists_agree(self, prt: Team) -> None:
        prt.session()
        shared = "Ana Un,zoe.ts@etsb.example,10/16/2024 09:00:00 AM,10/16/2024 11:00:00 AM,120,Yes\n"
        prt(f"import {prt.file('zoom.csv', ZOOM + shared)} --yes")
        assert prt.presences() == [("p-zoe2", "125"), ("", "120"), ("", "115"), ("", "10"), ("", "120")]
        before = prt.lines("attendance")
        prt(f"import {prt.file('later.csv', LATER + shared)} --yes")
        assert prt.lines("attendance")[:-1] == before
        prt("people match --certain")
        assert "Nothing was written" in prt.out


SIGNED = """Prénom;Nom;Courriel;Présent;Fonction
Robin;Sample;robin@home.example;Oui;Parent
Kim;Sample;kim@home.example;Oui;Mère
Alex;Exemple;alex@home.example;Oui;Élève
Zoé;Tremblay-Sample;;Oui;ADC
Ana;Un;ana@emsb.example;Oui;Enseignante
"""


class TestHeadcounts:
    """Parents and students on the list of others."""

    def test_they_are_counted_and_no_name_is_kept(self, prt: Team) -> None:
        session = prt.session()
        signed = prt.file("signed.csv", SIGNED)
        prt(f"import {signed} --session {session} --yes --new-people --role teacher")
        assert "2 parents, 1 student: counted, no name is kept" in prt.out
        assert "5 rows → 5 people" in prt.out
        assert [(row.get("person", "")[:2], row.get("note")) for row in prt.rows("attendance")] == [
            ("", "parent"),
            ("", "parent"),
            ("", "student"),
            ("p-", None),
            ("p-", None),
        ]
        private = "".join(path.read_text(encoding="utf-8") for path in prt.private.glob("*.csv"))
        assert "home.example" not in private
        assert "Robin" not in private
        assert "Nobody is waiting" in prt("people match")

    def test_a_longer_list_counts_them_once(self, prt: Team) -> None:
        session = prt.session()
        prt(f"import {prt.file('signed.csv', SIGNED)} --session {session} --yes")
        more = SIGNED + "Jo;Sample;jo@home.example;Oui;Père\nBob;Deux;bob@emsb.example;Oui;Enseignant\n"
        prt(f"import {prt.file('more.csv', more)} --session {session} --yes")
        assert "2 to add, 5 there already" in prt.out
        assert [row.get("note") for row in prt.rows("attendance")[5:]] == ["parent", None]

    @pytest.mark.parametrize(
        ("role", "audience"),
        [
            ("Parents", "parents"),
            ("Parent d’élève", "parents"),
            ("Tuteur/tutrice", "parents"),
            ("Famille", "parents"),
            ("Étudiant(e)", "students"),
            ("Student, grade 11", "students"),
            ("Student services", ""),
            ("Agente de liaison parents-école", ""),
            ("CDA", ""),
        ],
    )
    def test_a_role_is_that_of_a_parent_or_a_student(self, role: str, audience: str) -> None:
        assert find_audience(["EMSB", role], ["students", "parents"]) == audience
        assert find_audience([role], []) == ""


class TestSetApart:
    def test_a_robot_is_nobody(self, prt: Team) -> None:
        prt.session()
        robot = "Otter.ai,,10/16/2024 09:00:00 AM,10/16/2024 11:00:00 AM,120,Yes\n"
        prt(f"import {prt.file('zoom.csv', ZOOM + robot)} --yes")
        assert len(prt.presences()) == 4
        assert "1 of the team; taking notes, no person: Otter.ai" in prt.out

    def test_a_second_device_is_pointed_out(self, prt: Team) -> None:
        prt.session()
        phone = "zoé (phone),,10/16/2024 09:00:00 AM,10/16/2024 11:00:00 AM,120,Yes\n"
        prt(f"import {prt.file('zoom.csv', ZOOM + phone)} --yes")
        assert "may be one person on two devices: zoé (phone) · Tremblay-Sample, Zoé" in prt.out
        assert len(prt.presences()) == 5


class TestMatch:
    def waiting(self, prt: Team) -> str:
        prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
        return prt.secrets("unmatched")[0]["id"]

    def test_who_waits_for_a_name_is_listed(self, prt: Team) -> None:
        row = self.waiting(prt)
        assert row in prt("people match")
        assert "EMSB - Robin Sample" in prt.out

    def test_a_presence_gets_somebody_new_and_its_line_goes(self, prt: Team) -> None:
        row = self.waiting(prt)
        prt(f"people match {row} --new --role principal --board EMSB")
        person = prt.secrets("names")[-1]["id"]
        assert prt.secrets("names")[-1] == {
            "id": person,
            "name": "Robin Sample",
            "email": "robin.sample@emsb.example",
        }
        assert {"person": person, "role": "principal", "board": "EMSB"}.items() <= prt.rows("attendance")[
            1
        ].items()
        assert row not in [one["id"] for one in prt.secrets("unmatched")]
        assert not [word for word in SECRET if word in prt.public()]
        prt("undo --yes")
        assert prt.secrets("unmatched")[0]["id"] == row
        assert "person" not in prt.rows("attendance")[1]

    def test_somebody_known_is_known_by_that_name_the_next_time(self, prt: Team) -> None:
        row = self.waiting(prt)
        prt("people add --role cda --board EMSB --name 'Bobby Exemple'")
        person = prt.secrets("names")[-1]["id"]
        prt(f"people match {row} --person 'bobby exemple'")
        assert f"Matched  {row}  {person}  Bobby Exemple" in prt.out
        assert prt.secrets("names")[-1]["other_names"] == "Robin Sample; robin.sample@emsb.example"

    def test_somebody_new_has_a_first_day(self, prt: Team) -> None:
        row = self.waiting(prt)
        prt(f"people match {row} --new --role cda --board EMSB --start 2024-09-03")
        assert prt.secrets("names")[-1]["id"] + ",cda,EMSB,,2024-09-03," in prt.public()
        assert "no first day" not in prt.err

    @only_in_ci
    def test_who_leaves_the_questions_keeps_what_was_answered(self, prt: Team) -> None:
        self.waiting(prt)
        waiting = len(prt.secrets("unmatched"))
        answers = Answers(["p-zoe2", "y"])
        prt.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        prt.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: answers)
        prt("people match", code=130)
        assert prt.out.count("Matched") == 1 and prt.err.endswith("Nothing more was written.\n")
        assert len(prt.secrets("unmatched")) == waiting - 1
        screen = sit_down(prt.monkeypatch, "?").said
        prt("people match", code=130)
        assert "A number of the list; a name in any order" in "\n".join(screen)
        assert (prt.out + prt.err).count("Nothing was written.") == 1

    def test_who_waits_is_told_of(self, prt: Team) -> None:
        self.waiting(prt)
        assert "presences of imports have no name yet" in prt("check")
        assert "presences of imports have no name yet" in prt("todo")

    @only_in_ci
    def test_who_has_a_row_that_day_keeps_one(self, prt: Team) -> None:
        self.waiting(prt)
        prt(f"people match {prt.secrets('unmatched')[1]['id']} --person p-zoe2")
        assert prt.presences() == [("p-zoe2", "150"), ("", "120"), ("", "10")]

    @only_in_ci
    def test_nobody_is_certainly_two_of_one_session(self, prt: Team) -> None:
        prt.session()
        line = ZOOM.splitlines()[5].replace("EMSB - Robin Sample,robin.sample@emsb.example", "{},{}")
        rows = [line.format("Ana Un", "a@x.example"), line.format("Ana Un", "b@x.example")]
        prt(f"import {prt.file('zoom.csv', chr(10).join([ZOOM.splitlines()[0], *rows, '']))} --yes")
        prt("people add --role cda --board EMSB --name 'Ana Un'")
        prt("people match --certain")
        assert "Nothing was written" in prt.out
        assert "Ana Un 100%" in prt("people match")

    @only_in_ci
    def test_who_is_known_by_now_is_taken_at_once(self, prt: Team) -> None:
        self.waiting(prt)
        prt("people add --role cda --board EMSB --name 'Robin Sample'")
        prt("people match --certain")
        assert prt.out.count("Matched") == 1


class TestSession:
    def test_without_a_session_a_script_is_told_what_to_write(self, prt: Team) -> None:
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes", code=2)
        assert "--create --line LINE --format FORMAT" in prt.err

    def test_the_session_can_be_added(self, prt: Team) -> None:
        prt(f"import {prt.file('teams.csv', TEAMS, 'utf-16')} --yes --create --line 1.4a --format meeting")
        assert {"title": "PLC 1", "date": "2024-10-16", "line": "1.4a"}.items() <= prt.rows("sessions")[
            0
        ].items()
        assert {row["session"] for row in prt.rows("attendance")} == {prt.last_id("sessions")}
        prt("undo --yes")
        assert prt.rows("sessions") == []

    def test_a_session_that_is_there_is_not_added_again(self, prt: Team) -> None:
        there = prt.session()
        teams = prt.file("teams.csv", TEAMS, "utf-16")
        add = f"import {teams} --yes --create --line 1.4a --format meeting"
        prt(add, code=2)
        assert f"{there} is alike" in prt.err and f"--session {there}" in prt.err
        assert len(prt.rows("sessions")) == 1 and prt.rows("attendance") == []
        prt(f"{add} --anyway")
        assert [row.get("note") for row in prt.rows("sessions")] == [None, "2nd"]

    def test_every_mistake_of_a_session_to_be_added_is_said(self, prt: Team) -> None:
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes --create --line 9.9", code=2)
        assert "--line" in prt.err
        assert "--title" in prt.err
        assert "--format" in prt.err

    def test_of_two_on_one_day_what_it_is_called_decides(self, prt: Team) -> None:
        first = prt.session()
        prt.session(SESSION.replace("PLC 1", "New principals"))
        prt(f"import {prt.file('teams.csv', TEAMS, 'utf-16')} --yes")
        assert {row["session"] for row in prt.rows("attendance")} == {first}

    def test_and_where_nothing_decides_nothing_is_guessed(self, prt: Team) -> None:
        prt.session()
        other = prt.session(SESSION.replace("PLC 1", "New principals"))
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes", code=2)
        assert "its session is not certain" in prt.err
        assert other in prt.err

    def test_a_session_called_otherwise_is_not_taken_for_it(self, prt: Team) -> None:
        prt.session(SESSION.replace("PLC 1", "Orientation of new agents"))
        prt(f"import {prt.file('teams.csv', TEAMS, 'utf-16')} --yes", code=2)
        assert prt.rows("attendance") == []


class TestFeedback:
    def test_a_list_and_a_form_of_one_day(self, prt: Team) -> None:
        session = prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} {prt.file('form.csv', FORM)} --yes")
        assert [
            (row["response"], row.get("answer"), row.get("positive")) for row in prt.rows("feedback")
        ] == [
            ("1", "Very satisfied", "yes"),
            ("2", "Plutôt insatisfait(e)", "no"),
            ("3", None, None),
        ]
        assert {row["session"] for row in prt.rows("feedback")} == {session}
        assert "Thanks" not in prt.public()
        assert prt.secrets("comments") == []

    def test_comments_are_kept_only_where_asked_and_only_privately(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('form.csv', FORM)} --yes --keep-comments")
        assert [row["comment"] for row in prt.secrets("comments")] == ["Thanks to Robin Sample", "Nothing"]
        assert "Thanks" not in prt.public()

    def test_a_later_export_adds_the_answers_that_came_since(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('form.csv', FORM)} --yes")
        more = FORM + "4,10/16/2024 11:50:00,10/17/2024 11:54:00,anonymous,,Satisfied,\r\n"
        prt(f"import {prt.file('later.csv', more)} --yes")
        assert "1 to add, 3 there already" in prt.out
        assert len(prt.rows("feedback")) == 4

    def test_an_unknown_answer_is_asked_about(self, prt: Team) -> None:
        prt.session()
        path = prt.file("form.csv", FORM.replace("Very satisfied", "Moderately useful"))
        prt(f"import {path} --yes", code=1)
        assert '"Moderately useful"' in prt.err
        assert prt.rows("feedback") == []
        prt(f"import {path} --yes --positive 'Moderately useful'")
        assert [row.get("positive") for row in prt.rows("feedback")] == ["yes", "no", None]

    def test_a_form_in_the_other_language_has_numbers_of_its_own(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('form.csv', FORM)} --yes")
        french = FORM.replace("Overall, how satisfied were you?", "Dans l’ensemble, êtes-vous satisfait(e)?")
        prt(f"import {prt.file('fr.csv', french)} --yes")
        assert [row["response"] for row in prt.rows("feedback")] == ["1", "2", "3", "2-1", "2-2", "2-3"]

    def test_another_form_with_the_same_numbers_is_not_taken_for_corrections(self, prt: Team) -> None:
        prt.session()
        prt(f"import {prt.file('form.csv', FORM)} --yes")
        other = (
            FORM.replace("Very satisfied", "Satisfied")
            .replace("Plutôt insatisfait(e)", "Neutral")
            .replace("| |  |", "")
        )
        other = other.replace("11:54:00,anonymous,,,", "11:54:00,anonymous,,Satisfied,")
        prt(f"import {prt.file('other.csv', other)} --yes", code=1)
        assert "--form" in prt.err
        prt(f"import {prt.file('other.csv', other)} --yes --form day-2")
        assert len(prt.rows("feedback")) == 6

    def test_the_question_can_be_named_and_is_remembered(self, prt: Team) -> None:
        prt.session()
        form = FORM.replace("Overall, how satisfied were you?", "Was it worth your time?")
        form = form.replace("Very satisfied", "Yes").replace("Plutôt insatisfait(e)", "No")
        prt(f"import {prt.file('form.csv', form)} --yes", code=1)
        assert "1  Was it worth your time?" in prt.err
        prt(f"import {prt.file('form.csv', form)} --yes --question 'worth your time'")
        prt("undo --yes")
        prt(f"import {prt.file('form.csv', form)} --yes --question 1")
        more = form + "4,10/16/2024 11:50:00,10/17/2024 11:54:00,anonymous,,Satisfied,\r\n"
        prt(f"import {prt.file('later.csv', more)} --yes")
        assert "as the last time" in prt.out


SHEET = """Date;Membre de l’équipe;Heures;Commission scolaire;Fonction;Objectif;Pour qui
2024-10-16;Marianne Testut;1,5;EMSB;Direction;Plan d’action;
2024-10-17;m.testut@learn.example;1h15;;;action-plan;Tremblay-Sample Zoé
2024-10-17;Testut Marianne;1h15;RSB;ADC;action-plan;
"""


class Another:
    """Another process that does the same between the preview and the lock, and a person who says yes."""

    def __init__(self, typed: str) -> None:
        self.typed, self.runs, self.said = shlex.split(typed), False, io.StringIO()

    def __call__(self, told: object, *, sure: bool = True) -> bool:
        if not self.runs:
            self.runs = True
            with redirect_stdout(self.said), redirect_stderr(self.said):
                assert run_command(self.typed, cli.COMMANDS, cli.app) == 0
        return True


def test_presences_that_another_process_has_brought_are_not_imported(
    prt: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    prt.session()
    typed = f"import {prt.file('zoom.csv', ZOOM)} --yes"
    another = Another(typed)
    monkeypatch.setattr(import_sessions, "confirm_import", another)
    prt(typed)
    assert "Nothing new: no file was touched." in prt.out and "Imported" not in prt.out
    assert len(prt.presences()) == 4 and another.said.getvalue().count("Not right?") == 1
    assert "Not right?" not in prt.err


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        (["n", "1.4a", "meeting"], ["Line?", "How long, or a meeting?", "Same meeting", "Feedback"]),
        (
            ["n", "1.1", "half-day"],
            ["Line?", "How long, or a meeting?", "Category?", "Focus area?", "Feedback"],
        ),
    ],
)
def test_a_session_that_an_import_creates_asks_only_what_the_file_cannot_tell(
    prt: Team, monkeypatch: pytest.MonkeyPatch, typed: list[str], asked: list[str]
) -> None:
    answers = Answers([*typed, *["" for _ in range(12)]])
    monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    prt(f"import {prt.file('teams.csv', TEAMS)}")
    lines = [line.strip() for text in answers.told for line in text.splitlines() if "?" in line]
    first, last = (next(at for at, line in enumerate(lines) if word in line) for word in ("Line?", "Save?"))
    about_row = lines[first:last]
    assert len(about_row) == len(asked), about_row
    assert all(line.startswith(begins) for line, begins in zip(about_row, asked, strict=True)), about_row
    [row] = prt.rows("sessions")
    assert (row["date"], row["title"], row["mode"], row["status"]) == (
        "2024-10-16",
        "PLC 1",
        "online",
        "held",
    )
    assert "participants" not in row


class TestNotes:
    """What the preview says of people of whom something is not certain."""

    def test_who_has_a_post_in_two_boards_keeps_the_role(self, prt: Team) -> None:
        prt.people("p-zoe2,cda,ETSB,,,,,", "p-zoe2,cda,EMSB,,,,,", "p-mar2,prt-staff,,,,,,")
        session = prt.session()
        prt(f"import {prt.file('zoom.csv', ZOOM)} --session {session} --yes")
        [zoe] = [row for row in prt.rows("attendance") if row.get("person") == "p-zoe2"]
        assert (zoe.get("role"), zoe.get("board")) == ("cda", None)
        assert "1 without a board: two posts" in prt.out

    def test_the_board_of_the_file_tells_which_post_it_was(self, prt: Team) -> None:
        prt.people("p-zoe2,cda,ETSB,,,,,", "p-zoe2,principal,EMSB,,,,,")
        session = prt.session()
        text = "Nom;Présent;CS\nZoé Tremblay-Sample;x;EMSB\n"
        prt(f"import {prt.file('liste.csv', text)} --session {session} --yes")
        assert [(row["role"], row["board"]) for row in prt.rows("attendance")] == [("principal", "EMSB")]
        assert "without a board" not in prt.out

    def test_answers_of_staff_and_two_of_one_email_are_said(self, prt: Team) -> None:
        session = prt.session()
        text = (
            "Timestamp,Email Address,Overall how satisfied were you?\n"
            "2024-10-16 12:00,m.testut@learn.example,Satisfied\n"
            "2024-10-16 12:01,kim@x.example,Satisfied\n2024-10-16 12:02,KIM@x.example,Poor\n"
        )
        prt(f"import {prt.file('form.csv', text)} --session {session} --dry-run")
        assert "note: 2 answers of one e-mail, all of them count: lines 3, 4" in prt.out
        assert "note: 1 answer of the team’s staff, which counts: line 2" in prt.out


class TestSheets:
    def test_rows_of_a_sheet_go_into_a_log(self, prt: Team) -> None:
        prt(
            f"import {prt.file('hours.csv', SHEET, 'cp1252')} --into accompaniment --column 'Pour qui=person' --yes"
        )
        wanted = ("staff", "hours", "person", "role", "board")
        assert [tuple(row.get(name) for name in wanted) for row in prt.rows("accompaniment")] == [
            ("p-mar2", "1.5", None, "principal", "EMSB"),
            ("p-mar2", "1.25", "p-zoe2", "cda", "ETSB"),
            ("p-mar2", "1.25", None, "cda", "RSB"),
        ]
        assert not [word for word in SECRET if word in prt.public()]

    def test_what_a_heading_is_was_remembered_and_only_new_rows_are_added(self, prt: Team) -> None:
        prt(f"import {prt.file('hours.csv', SHEET)} --into accompaniment --column 'Pour qui=person' --yes")
        prt(f"import {prt.file('hours.csv', SHEET)} --into accompaniment --yes")
        assert "Nothing new" in prt.out
        prt(f"edit {prt.last_id('accompaniment')} --hours 2 --why 'It was two hours'")
        more = SHEET + "2024-10-18;Marianne Testut;2;EMSB;ADC;skills;\n"
        prt(f"import {prt.file('more.csv', more)} --into accompaniment --yes")
        assert "1 to add, 3 there already" in prt.out
        assert [row["hours"] for row in prt.rows("accompaniment")] == ["1.5", "1.25", "2", "2"]

    def test_hours_with_all_decimals_of_a_spreadsheet_can_be_read_again(self, prt: Team) -> None:
        sheet = SHEET.replace("1,5", "0,333333333333333")
        prt(f"import {prt.file('hours.csv', sheet)} --into accompaniment --column 'Pour qui=person' --yes")
        assert prt.rows("accompaniment")[0]["hours"] == "0.333333333333333"
        prt("check")
        assert "is not a number" not in prt.out + prt.err and "hours:" not in prt.out + prt.err

    def test_rows_that_another_process_has_brought_are_not_imported(
        self, prt: Team, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        typed = f"import {prt.file('hours.csv', SHEET)} --into accompaniment --column 'Pour qui=person' --yes"
        monkeypatch.setattr(import_rows, "confirm_import", Another(typed))
        prt(typed)
        assert "Nothing new: no file was touched." in prt.out and "Imported" not in prt.out
        assert len(prt.rows("accompaniment")) == 3 and len(prt.rows("imports")) == 1

    def test_several_people_of_one_name_have_it(self, prt: Team) -> None:
        text = "id,name,email\n" + "".join(f"p-zo{n},Zoé Exemple,\n" for n in range(3))
        (prt.root / "data" / "private" / "names.csv").write_text(text, encoding="utf-8")
        sheet = prt.file(
            "hours.csv",
            "Date;Membre de l’équipe;Heures;Commission scolaire;Fonction;Objectif\n2024-10-16;Zoé Exemple;1;EMSB;ADC;skills\n",
        )
        prt(f"import {sheet} --into accompaniment --yes", code=1)
        assert '"Zoé Exemple" may be p-zo0 Zoé Exemple; p-zo1 Zoé Exemple; p-zo2 Zoé Exemple' in prt.err

    def test_of_several_people_of_one_name_the_board_of_the_row_tells(self, prt: Team) -> None:
        text = "id,name,email\np-mar2,Mara O'Sample,\n" + "".join(f"p-zo{n},Zoé Exemple,\n" for n in range(3))
        (prt.root / "data" / "private" / "names.csv").write_text(text, encoding="utf-8")
        prt.people(
            "p-mar2,prt-staff,,,,,,",
            "p-zo0,cda,EMSB,,,,,",
            "p-zo1,cda,RSB,,,2024-09-30,,",
            "p-zo2,cda,RSB,,2024-10-01,,,",
        )
        prt.me("p-mar2")
        head = "Date;Qui;Heures;CS;Fonction;Objectif\n"
        rows = [f"{day};Zoé Exemple;1;RSB;ADC;skills\n" for day in ("2024-09-16", "2024-10-16")]
        sheet = prt.file("hours.csv", head + "".join(rows))
        prt(f"import {sheet} --into accompaniment --column Qui=person --yes")
        assert [row["person"] for row in prt.rows("accompaniment")] == ["p-zo1", "p-zo2"]

    @pytest.mark.parametrize("name", ["Zoé Tremblay", "zoe", "Zoé Tremblay-Simple"])
    def test_who_may_be_meant_in_a_sheet_is_told_and_never_taken(self, prt: Team, name: str) -> None:
        prt.me("p-mar2")
        sheet = prt.file(
            "hours.csv", f"Date;Qui;Heures;CS;Fonction;Objectif\n2024-10-16;{name};1;EMSB;ADC;skills\n"
        )
        prt(f"import {sheet} --into accompaniment --yes", code=1)
        assert f'"{name}" may be p-zoe2 Zoé Tremblay-Sample' in prt.err and not prt.rows("accompaniment")

    def test_two_equal_rows_are_two(self, prt: Team) -> None:
        twice = SHEET + SHEET.splitlines()[1] + "\n"
        prt(f"import {prt.file('hours.csv', twice)} --into accompaniment --column 'Pour qui=person' --yes")
        assert len(prt.rows("accompaniment")) == 4

    def test_one_mistake_and_no_row_is_written(self, prt: Team) -> None:
        wrong = SHEET.replace("1,5", "150").replace("Testut Marianne", "Nobody Here")
        prt(
            f"import {prt.file('hours.csv', wrong)} --into accompaniment --column 'Pour qui=person' --yes",
            code=1,
        )
        assert "hours.csv:2: Heures: 150 is more than a day has" in prt.err
        assert "hours.csv:4: Membre de l’équipe: nobody known here" in prt.err
        assert prt.rows("accompaniment") == []

    def test_a_sheet_says_which_logs_it_fits(self, prt: Team) -> None:
        prt(f"import {prt.file('hours.csv', SHEET)} --yes", code=2)
        assert "--into accompaniment" in prt.err

    def test_a_column_that_is_needed_is_asked_for(self, prt: Team) -> None:
        prt(
            f"import {prt.file('hours.csv', SHEET.replace('Heures', 'Total'))} --into accompaniment --yes",
            code=2,
        )
        assert "=hours" in prt.err

    @pytest.mark.parametrize(
        ("text", "options", "says"),
        [
            ("Nom;Fonction;Commission\nZoé;ADC;ETSB\n", "", "prt people import list.csv"),
            (
                "Nom;Fonction;Courriel\nZoé;ADC;z@x.example\n",
                "--as sheet",
                "no column says who was present: Nom, Fonction, Courriel",
            ),
            ("Nom;Courriel\nZoé;z@x.example\n", "", "no column says who was present: Nom, Courriel"),
            (
                "Date;Durée;Lieu;Objectif\n2024-10-16;1,5;EMSB;Suivi\n",
                "--into accompaniment",
                '--column "HEADING=staff". Or one value for all rows: --value "staff=…". Headings left: Lieu.',
            ),
        ],
    )
    def test_what_a_sheet_is_for(self, prt: Team, text: str, options: str, says: str) -> None:
        prt(f"import {prt.file('list.csv', text)} --yes {options}", code=2)
        assert says in prt.err

    def test_hours_as_they_are_written_in_quebec(self, prt: Team) -> None:
        text = (
            "Date;Conseillère;Durée (min);CS;Rôle;Objectif\n2024-10-16;Marianne Testut;45;EMSB;ADC;skills\n"
        )
        prt(
            f"import {prt.file('hours.csv', text)} --into accompaniment --yes --column CS=board --column Rôle=role"
        )
        [row] = prt.rows("accompaniment")
        assert (row["staff"], row["hours"], row["board"]) == ("p-mar2", "0.75", "EMSB")

    def test_a_plan_is_no_export(self, prt: Team) -> None:
        prt(f"import {prt.root / 'plan' / '2024-2025.yaml'} --yes", code=1)
        assert "2024-2025.yaml: is no export" in prt.err

    def test_undo_takes_the_rows_back(self, prt: Team) -> None:
        prt(f"import {prt.file('hours.csv', SHEET)} --into accompaniment --column 'Pour qui=person' --yes")
        prt("undo --yes")
        assert prt.rows("accompaniment") == []
        prt(f"import {prt.file('hours.csv', SHEET)} --into accompaniment --column 'Pour qui=person' --yes")
        assert len(prt.rows("accompaniment")) == 3


def crashing(at: int) -> Callable[[int, bytes], None]:
    """Writes as the program does; the process is gone in the middle of one write."""
    whole, count = disk.write_whole, iter(range(10**6))

    def write(handle: int, data: bytes) -> None:
        if next(count) == at:
            os.write(handle, data[: len(data) // 2])
            os._exit(9)
        whole(handle, data)

    return write


def crashes(prt: Team, typed: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Run the command in processes of which each is killed one write later; ends where one is done."""
    for at in range(200):
        child = os.fork()
        if child == 0:
            monkeypatch.setattr(disk, "write_whole", crashing(at))
            try:
                prt(typed)
                os._exit(0)
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        yield code
        if code == 0:
            return
        assert code == 9


@only_in_ci
@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process of the test is killed")
def test_killed_at_any_write_all_rows_are_there_or_none(prt: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    prt.session()
    typed = f"import {prt.file('zoom.csv', ZOOM)} {prt.file('form.csv', FORM)} --yes --new-people --role cda"
    logs, before = ("attendance", "feedback", "imports"), prt.bytes()
    seen = []
    for _ in crashes(prt, typed, monkeypatch):
        prt("status")
        counts = tuple(len(prt.rows(log)) for log in logs)
        assert counts in ((0, 0, 0), (4, 3, 2))
        assert len(prt.secrets("names")) == (3 if counts[0] else 2)
        seen.append(counts[0])
        if counts[0]:
            prt("undo --yes")
            shutil.rmtree(prt.root / ".prt", ignore_errors=True)
            for name, data in before.items():
                (prt.root / name).parent.mkdir(exist_ok=True)
                (prt.root / name).write_bytes(data)
    assert set(seen) == {0, 4}
    assert len(seen) > 5


def test_a_file_that_somebody_changed_after_a_crash_is_never_overwritten(
    prt: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prt.files.store import journal

    prt.session()

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(journal, "put", crash)
        prt(f"import {prt.file('zoom.csv', ZOOM)} --yes", code=130)
    text = prt.path("sessions").read_text(encoding="utf-8").replace("PLC 1", "PLC one")
    prt.path("sessions").write_text(text, encoding="utf-8")
    prt("status")
    assert "warning: data/2024-2025/sessions.csv: prt import, begun 2025-02-14" in prt.err
    assert "was interrupted, and this file was changed since" in prt.err
    prt("log update --date 2025-02-13 --description Later", code=1)
    assert "was interrupted, and this file was changed since" in prt.err
    assert prt.path("sessions").read_text(encoding="utf-8") == text
    (prt.root / ".prt" / "pending.json").unlink()
    prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
    assert len(prt.rows("attendance")) == 4


def test_private_corrections_say_which_private_file(prt: Team) -> None:
    prt.session()
    prt(f"import {prt.file('zoom.csv', ZOOM)} --yes")
    prt(f"people match {prt.secrets('unmatched')[0]['id']} --new --role cda")
    assert [row["file"] for row in prt.secrets("corrections")] == ["data/private/unmatched.csv"]
