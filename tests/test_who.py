"""The questions of an import: who an exported name is, and which session a file belongs to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from prt.console.dialogue.talk import Talk
from prt.entry.person_names import parse_name
from prt.entry.roster import Match, make_roster
from prt.files.project import Project, Year
from prt.imports.export import Presence
from prt.imports.people.attendees import Seat, make_attendee
from prt.imports.proposing.session import guess_session
from prt.tasks.imports.asking.ask_session import ask_session
from prt.tasks.imports.identify_people import WhoForm
from prt.tasks.imports.import_options import read_file
from tests.answers import Answers, sit_down
from tests.test_import import SESSION, ZOOM, Team, prt

__all__ = ["prt"]


@pytest.fixture
def year(prt: Team) -> Year:
    project = Project(prt.root, prt.private)
    return project.load(project.plan_paths[0])


def seat(name: str, email: str = "", role: str = "", board: str = "", several: tuple[str, ...] = ()) -> Seat:
    attendee = make_attendee(Presence(1, name, email), parse_name(name, lambda text: False))
    attendee.match = Match(several=several)
    return Seat(attendee, dt.date(2024, 10, 16), 60, (), role, board)


SOMEBODY = seat("Zoe Tremblay", "z@home.example")


def asked(year: Year, one: Seat, *typed: str, may_create: bool = True) -> tuple[Match | None, str]:
    form, answers = who_form(year, [one], *typed, may_create=may_create)
    assert form.fill()
    return next((match for _, match in form.found()), None), "\n".join(answers.told)


def who_form(year: Year, seats: list[Seat], *typed: str, may_create: bool = True) -> tuple[WhoForm, Answers]:
    answers = Answers(typed)
    roster = make_roster(year.project.names())
    return WhoForm(Talk(answers), seats, year, roster, may_create=may_create), answers


class TestWho:
    def test_who_may_be_meant_is_suggested_and_taken_by_number_only(self, year: Year) -> None:
        found, told = asked(year, SOMEBODY, "1")
        assert found == Match.say("p-zoe2")
        assert "1  Zoé Tremblay-Sample  p-zoe2  CDA, ETSB  85% alike" in told
        assert asked(year, SOMEBODY, "")[0] is None

    @pytest.mark.parametrize("typed", ["p-mar2", "Testut Marianne", "m.testut@learn.example"])
    def test_anybody_else_is_an_id_a_name_or_an_email(self, year: Year, typed: str) -> None:
        assert asked(year, SOMEBODY, typed)[0] == Match.say("p-mar2")

    def test_nobody_is_said_and_asked_again(self, year: Year) -> None:
        found, told = asked(year, SOMEBODY, "9", "Nobody", "")
        assert found is None
        assert '"9" is nobody.' in told

    def test_a_new_person_needs_a_role_and_may_have_a_board(self, year: Year) -> None:
        assert asked(year, SOMEBODY, "n", "", "boss", "ADC", "emsb")[0] == Match.say(role="cda", board="EMSB")
        assert asked(year, SOMEBODY, "n", "cda", "")[0] == Match.say(role="cda")

    def test_what_the_file_tells_is_not_asked(self, year: Year) -> None:
        told = seat("Robin Sample", role="principal", board="RSB")
        assert asked(year, told, "n")[0] == Match.say(role="principal", board="RSB")

    def test_nobody_is_created_without_the_names(self, year: Year) -> None:
        found, told = asked(year, SOMEBODY, "n", "", may_create=False)
        assert found is None
        assert "new person" not in told

    def test_of_several_with_one_name_each_is_offered(self, year: Year) -> None:
        several = seat("Alex", several=("p-zoe2", "p-mar2"))
        found, told = asked(year, several, "2")
        assert found == Match.say("p-mar2")
        assert "is several people" in told

    @pytest.mark.parametrize("word", ["e", "enough", "assez"])
    def test_enough_is_enough(self, year: Year, word: str) -> None:
        form, _ = who_form(year, [SOMEBODY, seat("Alex"), seat("Robin")], "1", word)
        assert form.fill()
        assert [(one.attendee.name, match.person) for one, match in form.found()] == [
            ("Zoe Tremblay", "p-zoe2")
        ]

    def test_back_asks_about_the_one_before(self, year: Year) -> None:
        form, _ = who_form(year, [SOMEBODY, seat("Alex")], "1", "<", "u", "p-mar2")
        assert form.fill()
        assert [(one.attendee.name, match.person) for one, match in form.found()] == [("Alex", "p-mar2")]

    def test_half_a_name_is_offered_and_never_taken(self, year: Year) -> None:
        found, told = asked(year, seat("Alex"), "marianne", "1")
        assert found == Match.say("p-mar2")
        assert '"marianne" may be:' in told


def test_a_session_is_chosen_by_its_number_or_its_id(prt: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = prt.session(), prt.session(SESSION.replace("PLC 1", "PLC 2"))
    opened = Project(prt.root, prt.private).load(prt.root / "plan" / "2024-2025.yaml")
    path = Path(prt.file("zoom.csv", ZOOM))
    from prt.tasks.imports.import_options import ImportOptions

    [file] = read_file(path, ImportOptions(), None)
    found = guess_session(file.export, opened.data.logs["sessions"])
    assert {row.id for row in found.others} == {first, second}
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    for typed, wanted in (["9", "2"], found.others[1].id), ([first], first):
        answers = Answers(typed)
        monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda answers=answers: answers)
        told = ImportOptions()
        with told.drafts:
            assert ask_session(file, found, opened, told).session.id == wanted


class TestAnswersWait:
    """Who somebody is, once it was answered, is lost neither by leaving, at a question or at Import?, nor by
    a no, nor with the window."""

    ROBIN, REST = ("n", "cda"), ("e",)

    @pytest.fixture
    def command(self, prt: Team) -> str:
        return f"import {prt.file('zoom.csv', ZOOM)} --session {prt.session()}"

    @pytest.mark.parametrize(
        ("typed", "rest", "code"),
        [(ROBIN, REST, 130), (ROBIN + REST, (), 130), ((*ROBIN, *REST, "n"), (), 0)],
        ids=["left at a question", "left at Import?", "not imported"],
    )
    def test_of_an_import(
        self, prt: Team, command: str, typed: tuple[str, ...], rest: tuple[str, ...], code: int
    ) -> None:
        sit_down(prt.monkeypatch, *typed)
        prt(command, code=code)
        waits = f"Your answers wait: prt {command}"
        assert " ".join(prt.err.split()).endswith(f"Nothing was written. {waits}")
        assert not prt.rows("attendance")
        screen = sit_down(prt.monkeypatch, "", *rest, "")
        prt(command)
        assert (
            screen.said[0].startswith("Go on with what waits since")
            and "Robin Sample: CDA, EMSB" in screen.said[0]
        )
        assert [one.get("role") for one in prt.rows("attendance")].count("cda") == 2
        assert len(prt.secrets("names")) == 3 and not list(prt.private.glob("answers-*"))

    def test_of_an_import_and_its_new_session(self, prt: Team) -> None:
        """What was answered of the session is not asked again when somebody leaves at who is who."""
        command = f"import {prt.file('zoom.csv', ZOOM)}"
        session = ("n", "1.1", "Basics", "half", "", "", "", "")
        screen = sit_down(prt.monkeypatch, *session, "p-zoe2", "y")
        prt(command, code=130)
        assert "Import?" in screen.said[-1], screen.screen
        assert f"Your answers wait: prt {command}\n" in prt.err
        screen = sit_down(prt.monkeypatch, "", "", "")
        prt(command)
        assert screen.said[1].startswith("Go on with what waits since Fri 14 Feb: new session?")
        assert "Gone on with: 1.1 · Basics · half day" in screen.screen
        assert "Gone on with: Robin Sample: Zoé Tremblay-Sample" in screen.screen
        assert prt.rows("sessions")[-1]["title"] == "Basics" and not list(prt.private.glob("answers-*"))

    @pytest.mark.parametrize(
        ("language", "asked"),
        [
            ("en", "Zoé Tremblay-Sample is of ETSB, and robin.sample@emsb.example an address of EMSB."),
            ("fr", "Zoé Tremblay-Sample est de ETSB, et robin.sample@emsb.example est une adresse de EMSB."),
        ],
    )
    def test_an_address_of_another_board_is_asked_about(
        self, prt: Team, command: str, language: str, asked: str
    ) -> None:
        prt(f"{command} --yes")
        prt.monkeypatch.setenv("PRT_LANG", language)
        screen = sit_down(prt.monkeypatch, "p-zoe2", "", "e" if language == "en" else "a")
        prt("people match")
        assert asked in screen.screen
        assert [one.get("person") for one in prt.rows("attendance")].count("p-zoe2") == 1  # herself

    def test_of_people_match_with_the_window(self, prt: Team, command: str) -> None:
        prt(f"{command} --yes")

        class Closed(Answers):
            def ask(self, prompt: str, *more: object, **named: object) -> str:
                if any(line.endswith("> y") for line in self.said):
                    raise SystemExit(1)
                return super().ask(prompt)

        screen = Closed(["p-zoe2", "y"])
        prt.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: screen)
        prt.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        prt.attempt("people match")
        again = sit_down(prt.monkeypatch, "", "e")
        prt("people match")
        assert "Zoé Tremblay-Sample?" in again.said[0]
        assert prt.out.count("Matched") == 1 and not list(prt.private.glob("answers-*"))
