"""What a sheet cannot tell is asked on a terminal, and remembered; a script gets the mistake that names the
option."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.answers import Answers, sit_down
from tests.test_import import SESSION, ZOOM, Team

OWN = (
    "Date;CS;Rôle;Durée;Genre;Objectif;Remarques;Total\n"
    "2024-10-16;EMSB;directeur;1h30;Rencontre;skills;au printemps;\n"
    "2024-10-17;RSB;ADC;2;Suivi;skills;;\n"
)
SPAN = "Date;CS;Rôle;Début;Fin\n2024-10-16;EMSB;ADC;9:00;11 h 30\n"
INTO = "--into accompaniment"
MEETING = "Date,Name,Attended\n{day},Zoé Tremblay,x\n"


@pytest.fixture
def prt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Team:
    team = Team(tmp_path / "p", monkeypatch, capsys)
    team.settle()
    team.me("p-mar2")
    return team


def take(prt: Team, text: str, *answers: str, options: str = "", code: int = 0) -> Answers:
    """The sheet is imported by somebody who gives these answers."""
    with prt.monkeypatch.context() as there:
        person = sit_down(there, *answers)
        prt(f"import {prt.file('hours.csv', text)} {options}", code)
    return person


def rows(prt: Team, *columns: str) -> list[str]:
    return [" ".join(row.get(one) or "-" for one in columns) for row in prt.rows("accompaniment")]


def test_hours_go_to_the_log_whose_columns_they_have_and_so_next_month(prt: Team) -> None:
    take(prt, OWN, "", "y")
    assert rows(prt, "hours", "board", "role", "kind", "note") == [
        "1.5 EMSB principal contact au printemps",
        "2 RSB cda follow-up -",
    ]
    prt(f"import {prt.file('next.csv', OWN.replace('2024-10', '2024-11').replace('1h30', '3'))} --yes")
    assert rows(prt, "hours")[2:] == ["3", "2"]


def test_before_it_is_asked_the_preview_shows_the_rows_as_read_and_what_moves(prt: Team) -> None:
    take(prt, OWN, "", "n")
    assert "2 new" in prt.out and not prt.path("accompaniment").exists()
    for said in (
        " row 2  16 Oct 2024, 1.5\u00a0h, ",
        "“directeur” → principal",
        "“Rencontre” → ",
        "3a.hours  0 → 3.5",
    ):
        assert said in prt.out


def test_where_several_logs_fit_it_is_asked(prt: Team) -> None:
    text = "Date;Heures;Quoi\n2024-10-16;2;skills\n"
    prt(f"import {prt.file('hours.csv', text)} --yes", code=2)
    assert "--into" in prt.err
    person = take(prt, text, "1", "objective", "n", code=1)
    assert "its rows are?" in person.screen and "support to partners" in person.screen


@pytest.mark.parametrize("word", ["heures", "hours"])
def test_a_word_of_two_logs_is_told_to_be_of_both(prt: Team, word: str) -> None:
    text = "Date;Heures;Quoi\n2024-10-16;2;skills\n"
    person = take(prt, text, word, "1", "objective", "n", code=1)
    assert f'"{word}": accompaniment entries / entries of support to partners?' in person.screen
    other = prt.file("other.csv", "Jour,Combien\n2024-10-16,2\n")
    prt(f"import {other} --into {word} --yes", code=2)
    assert "--into accompaniment or --into partner-support." in prt.err


@pytest.mark.parametrize("into", ["accompagnement", "Accompaniment", "heures", "hours"])
def test_the_log_has_every_word_of_the_screen(prt: Team, into: str) -> None:
    """Of hours the headings tell which."""
    prt(f"import {prt.file('hours.csv', OWN)} --into {into} --yes")
    assert rows(prt, "hours") == ["1.5", "2"]
    prt(f"import {prt.file('hours.csv', OWN)} --into acompaniment --yes", code=2)
    assert 'Did you mean "accompaniment"?' in prt.err


@pytest.mark.parametrize(
    "answers", [("skills", "y"), ("?", "Compétences", "<", "skills", "y"), ("-", "skills", "y")]
)
def test_begin_and_end_are_hours_and_one_value_is_that_of_all_rows(
    prt: Team, answers: tuple[str, ...]
) -> None:
    prt(f"import {prt.file('hours.csv', SPAN)} --into accompaniment --yes", code=2)
    assert '--value "objective=…"' in prt.err
    take(prt, SPAN, *answers)
    assert rows(prt, "hours", "objective") == ["2.5 skills"]
    assert "Début, Fin → hours" in prt.out and "objective of all rows: skills" in prt.out


def test_a_value_of_all_rows_is_offered_again_to_such_a_sheet_alone(prt: Team) -> None:
    """And never taken unasked."""
    first = prt.file("hours.csv", SPAN)
    prt(f"import {first} --into accompaniment --yes --value objective=skills")
    later = SPAN.replace("16;", "18;")
    prt(f"import {prt.file('next.csv', later)} --yes", code=2)
    assert '--value "objective=…"' in prt.err and len(rows(prt, "hours")) == 1
    person = take(prt, later, "", "y")
    assert "one value for all rows? [skills]" in person.screen
    assert "objective of all rows: skills" in prt.out
    other = take(prt, SPAN.replace("CS;", "Commission;").replace("16;", "21;"), code=130, options=INTO)
    assert "one value for all rows?" in other.screen and "[skills]" not in other.screen
    assert len(rows(prt, "hours")) == 2


def test_back_from_the_value_are_the_headings_of_earlier_sheets(prt: Team) -> None:
    text = "Date;CS;Rôle;Durée;But\n2024-10-16;EMSB;ADC;2;skills\n"
    take(prt, text, "", "action-plan", "y", options=INTO)
    person = take(prt, text.replace("16;", "17;"), "<", "objectif", "y", options=INTO)
    assert "< = back to the headings" in person.screen and "“But” is?" in person.screen
    assert rows(prt, "objective") == ["action-plan", "skills"]
    person = take(prt, SPAN, "skills", "n", options=INTO)
    assert "(? = which)" in person.screen and "<" not in person.screen


@pytest.mark.parametrize(
    ("option", "code", "says"),
    [
        ("--value objectif=skills", 0, "objective of all rows: skills"),
        ("--value Objectif=skills", 0, "objective of all rows: skills"),
        ("--value Objecti=skills", 2, '--value: "Objecti" is not a column of accompaniment'),
        ("--value id=skills", 2, '--value: "id" is not a column'),
        ("--value objective=skills --column Rôle=fonction", 0, "Rôle → role"),
        ("--column Rôle=fonctio", 2, '--column: "fonctio" is not a column of accompaniment'),
    ],
)
def test_columns_by_any_of_their_names(prt: Team, option: str, code: int, says: str) -> None:
    prt(f"import {prt.file('hours.csv', SPAN)} {INTO} --yes {option}", code=code)
    assert says in prt.out + prt.err


def test_one_value_of_all_rows_by_an_option(prt: Team) -> None:
    prt(f'import {prt.file("hours.csv", SPAN)} --into accompaniment --yes --value "objective=skills"')
    assert rows(prt, "objective") == ["skills"]
    for wrong in ("objective", "nothing=x"):
        prt(f'import {prt.file("hours.csv", SPAN)} --into accompaniment --yes --value "{wrong}"', code=2)


@pytest.mark.parametrize(
    ("times", "says"), [("11:00;9:00", "it ends at 9:00"), ("9:00;soon", '"soon" is not a time of the day')]
)
def test_a_time_that_cannot_be(prt: Team, times: str, says: str) -> None:
    text = SPAN.replace("9:00;11 h 30", times)
    prt(f'import {prt.file("hours.csv", text)} --into accompaniment --yes --value "objective=skills"', code=1)
    assert says in prt.err


def test_a_mistake_after_the_questions_loses_no_answer(prt: Team) -> None:
    """A heading answered wrongly is answered again, with what was answered as the bracket."""
    text = "Date;Lieu;Rôle;Durée;Sur quoi\n2024-10-16;EMSB;ADC;2;skills\n"
    person = take(prt, text, "note", "objectif", "y", "board", "", "y", options="--into accompaniment")
    assert "“Sur quoi” is? [objective]" in person.screen
    assert rows(prt, "board", "objective", "hours") == ["EMSB skills 2"]


@pytest.mark.parametrize(("left", "code"), [((), 130), (("n",), 0)], ids=["left", "not imported"])
def test_what_headings_are_waits(prt: Team, left: tuple[str, ...], code: int) -> None:
    """Of who leaves, or does not import."""
    path = prt.file("hours.csv", "Date;Lieu;Rôle;Durée;Sur quoi\n2024-10-16;EMSB;ADC;2;skills\n")
    command = f"import {path} --into accompaniment"
    sit_down(prt.monkeypatch, "board", "objectif", *left)
    prt(command, code=code)
    waits = f"Nothing was written. Your answers wait: prt import {path}"
    assert " ".join(prt.err.split()).endswith(waits), prt.err
    screen = sit_down(prt.monkeypatch, "", "")
    prt(command)
    assert "Lieu = board · Sur quoi = objective?" in screen.said[0], screen.screen
    assert rows(prt, "board", "objective") == ["EMSB skills"] and not list(prt.private.glob("answers-*"))


def test_what_waits_is_named_by_its_command_where_all_of_it_is_empty(prt: Team) -> None:
    path = prt.file("hours.csv", "Date;Lieu;Rôle;Durée;Sur quoi\n2024-10-16;EMSB;ADC;2;skills\n")
    sit_down(prt.monkeypatch, "")
    prt(f"import {path} --into accompaniment", code=130)
    screen = sit_down(prt.monkeypatch, "")
    prt(f"import {path} --into accompaniment", code=130)
    assert "what waits since" in screen.said[0] and ": prt import " in screen.said[0]


def test_a_heading_that_names_an_erased_person_waits_no_longer(prt: Team) -> None:
    path = prt.file("hours.csv", "Date;Tremblay-Sample;Rôle;Durée;Sur quoi\n2024-10-16;EMSB;ADC;2;skills\n")
    sit_down(prt.monkeypatch, "board")
    prt(f"import {path} --into accompaniment", code=130)
    assert "Tremblay" in next(prt.private.glob("answers-*")).read_text(encoding="utf-8")
    prt("people erase p-zoe2 --yes")
    assert not any("Tremblay" in one.read_text(encoding="utf-8") for one in prt.private.glob("answers-*"))


def test_one_column_is_not_given_to_two_headings(prt: Team) -> None:
    text = "Date;Lieu;Rôle;Durée;Sur quoi\n2024-10-16;EMSB;ADC;2;skills\n"
    person = take(prt, text, "durée", "hours", "cs", "objectif", "y", options="--into accompaniment")
    assert "hours is “Durée” already" in person.screen and rows(prt, "hours") == ["2"]


DATES = "Date;CS;Rôle;Durée;Objectif\n12/10/2024;EMSB;ADC;2;skills\n"


@pytest.mark.parametrize(
    ("answer", "day"), [("1", "2024-10-12"), ("2", "2024-12-10"), ("12 oct", "2024-10-12")]
)
def test_the_order_of_day_and_month_is_asked(prt: Team, answer: str, day: str) -> None:
    prt(f"import {prt.file('hours.csv', DATES)} --into accompaniment --yes", code=1)
    assert "--day-first" in prt.err and "--session" not in prt.err
    take(prt, DATES, answer, "y")
    assert rows(prt, "date") == [day]


@pytest.mark.parametrize(("answer", "date"), [("1", "2024-10-12"), ("2", "2024-12-10")])
def test_and_so_it_is_of_a_list_of_presences(prt: Team, answer: str, date: str) -> None:
    for day in ("2024-10-12", "2024-12-10"):
        prt.session(f"log meeting --line 1.4a --date {day} --title PLC")
    person = take(prt, MEETING.format(day="12/10/2024"), answer, "", "", "", "")
    assert "12/10/2024 is?" in person.screen
    (row,) = prt.rows("attendance")
    held = [one["date"] for one in prt.rows("sessions") if one["id"] == row["session"]]
    assert held == [date]


def test_a_session_of_another_day_is_told_under_the_question(prt: Team) -> None:
    """It is not offered, and where it is named the question is asked again."""
    other = prt.session(f"{SESSION.replace('2024-10-16', '2024-10-23')}")
    with prt.monkeypatch.context() as there:
        person = sit_down(there, other)
        prt(f"import {prt.file('zoom.csv', ZOOM)}", code=130)
    assert f"People were there on 16 Oct 2024, but {other} is of 23 Oct 2024" in person.screen
    assert f" 1  {other}" not in person.screen


NAMED = "vu Zoé Tremblay-Sample, zoe.ts@etsb.example"


class TestPersonalWords:
    """Git would carry a name, an e-mail address or a telephone number of a sheet for good."""

    @pytest.mark.parametrize(
        ("sheet", "value", "told"),
        [
            (OWN.replace("au printemps", NAMED), "", "hours.csv:2: {}Remarques"),
            (OWN.replace("au printemps", "514-555-0123"), "", "hours.csv:2: {}Remarques"),
            (OWN.replace("Remarques", "Lieu"), f"--value 'note={NAMED}'", "hours.csv:2: {}note"),
            (OWN.replace("Total", "Pièce").replace("printemps;", f"printemps;{NAMED}"),
             "--column Pièce=evidence", "hours.csv:2: {}Pièce"),
        ],
    )  # fmt: skip
    def test_a_script_is_refused_and_somebody_is_asked(
        self, prt: Team, sheet: str, value: str, told: str
    ) -> None:
        told_to = f"--into accompaniment {value}"
        prt(f"import {prt.file('hours.csv', sheet)} --yes {told_to}", code=1)
        assert told.format("") in prt.err and prt.err.count("--anyway") == prt.err.count("stands here")
        assert prt.rows("accompaniment") == []
        take(prt, sheet, "", "", "n", options=told_to)
        assert told.format("warning: ") in prt.err and prt.rows("accompaniment") == []
        prt(f"import {prt.file('hours.csv', sheet)} --yes --anyway {told_to}")
        assert len(prt.rows("accompaniment")) == 2

    def test_one_who_edits_the_evidence_is_told_too(self, prt: Team) -> None:
        prt(f"import {prt.file('hours.csv', OWN)} --into accompaniment --yes")
        prt(f"edit {prt.last_id('accompaniment')} --evidence '{NAMED}' --why late", code=2)
        assert (
            "the name of Zoé Tremblay-Sample (p-zoe2) stands here" in prt.err and "e-mail address" in prt.err
        )


class TestSingleAnswersWait:
    """Which log, which day, which question of a form: none is asked again after Ctrl-C."""

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_which_log_and_which_day(self, prt: Team, language: str) -> None:
        prt.monkeypatch.setenv("PRT_LANG", language)
        path = prt.file("hours.csv", "Date;Heures;Quoi\n12/10/2024;2;skills\n")
        first = sit_down(prt.monkeypatch, "1", "2")
        prt(f"import {path}", code=130)
        assert "12/10/2024" in first.screen and f"prt import {path}" in " ".join(prt.err.split())
        again = sit_down(prt.monkeypatch, "", "objective")
        prt(f"import {path}", code=130)
        log, day = {
            "en": ("accompaniment entries", "Gone on with: 10 Dec 2024"),
            "fr": ("interventions d’accompagnement", "Repris\u00a0: 10 déc. 2024"),
        }[language]
        assert log in again.said[0] and day in again.screen
        assert not any("its rows are?" in one or "12/10/2024" in one for one in again.said)
        last = sit_down(prt.monkeypatch, "", "emsb", "cda", "n")
        prt.attempt(f"import {path}")
        assert "Quoi = " in last.screen and not any("12/10/2024" in one for one in last.said)

    def test_which_day_of_a_list_of_presences(self, prt: Team) -> None:
        for day in ("2024-10-12", "2024-12-10"):
            prt.session(f"log meeting --line 1.4a --date {day} --title PLC")
        path = prt.file("list.csv", MEETING.format(day="12/10/2024"))
        sit_down(prt.monkeypatch, "1")
        prt(f"import {path}", code=130)
        again = sit_down(prt.monkeypatch, "", "", "", "", "")
        prt(f"import {path}")
        assert "12 Oct 2024" in again.said[0] and not any("is?" in one for one in again.said)
        assert len(prt.rows("attendance")) == 1 and not list(prt.private.glob("answers-*"))

    def test_nothing_is_gone_on_with_where_somebody_says_no(self, prt: Team) -> None:
        path = prt.file("hours.csv", DATES)
        sit_down(prt.monkeypatch, "2")
        prt(f"import {path} --into accompaniment", code=130)
        again = sit_down(prt.monkeypatch, "n", "y", "1", "y")
        prt(f"import {path} --into accompaniment")
        assert "12/10/2024" in again.screen and rows(prt, "date") == ["2024-10-12"]
        assert not list(prt.private.glob("answers-*"))

    def test_nor_are_answers_to_what_is_no_question_any_more(self, prt: Team) -> None:
        path = prt.file("hours.csv", "Date;Heures;Quoi\n2024-10-16;2;skills\n")
        sit_down(prt.monkeypatch, "1")
        prt(f"import {path}", code=130)
        [kept] = prt.private.glob("answers-*")
        kept.write_text(kept.read_text("utf-8").replace('"accompaniment"', '"gone"'), encoding="utf-8")
        again = sit_down(prt.monkeypatch, "", "2")
        prt(f"import {path}", code=130)
        assert "its rows are?" in again.screen

    def test_the_command_that_is_told_has_the_folder_and_answers_are_found_from_any(self, prt: Team) -> None:
        path = Path(prt.file("mes heures.csv", DATES).strip("'"))
        sit_down(prt.monkeypatch, "2")
        prt(f"import '{path}' --into accompaniment", code=130)
        assert f'prt import "{path}"' in " ".join(prt.err.split())
        prt.monkeypatch.chdir(path.parent)
        again = sit_down(prt.monkeypatch, "")
        prt(f"--project {prt.root} import 'mes heures.csv' --into accompaniment", code=130)
        assert "10 Dec 2024" in again.said[0] and 'prt import "mes heures.csv"' in prt.err


class TestPeopleOfASheet:
    """Who is meant is told as in lines of hours: a first name is enough where one person has it at the board."""

    SHEET = "Date;Qui;CS;Rôle;Durée;Objectif\n2024-10-16;{who};{board};ADC;1;skills\n"

    @pytest.mark.parametrize("language", ["en", "fr"])
    @pytest.mark.parametrize("board", ["ETSB", "Eastern Townships", ""])
    @pytest.mark.parametrize("options", ["", "--yes"])
    def test_a_first_name_is_taken_and_told(self, prt: Team, board: str, language: str, options: str) -> None:
        prt.monkeypatch.setenv("PRT_LANG", language)
        text = self.SHEET.format(who="Zoé", board=board)
        take(prt, text, "y", options=f"{INTO} {options}")
        assert rows(prt, "person", "board") == ["p-zoe2 ETSB"]
        assert "Zoé Tremblay-Sample, " in prt.out
        assert ("“Zoé” → Zoé T" if language == "en" else "«\u00a0Zoé\u00a0» → Zoé T") in prt.out

    @pytest.mark.parametrize("who", ["Zoé", "Zoe Trembley"])
    def test_who_is_not_there_or_nearly_called_so_is_only_offered(self, prt: Team, who: str) -> None:
        text = self.SHEET.format(who=who, board="RSB")
        prt(f"import {prt.file('hours.csv', text)} {INTO} --yes", code=1)
        assert "p-zoe2" in prt.err and rows(prt) == []

    def test_headings_are_not_asked_again_where_they_are_not_the_mistake(self, prt: Team) -> None:
        text = self.SHEET.format(who="Zoé", board="RSB").replace("Objectif", "But visé", 1)
        person = take(prt, text, "objective", options=INTO, code=1)
        assert "Answer about the headings again?" not in person.screen and "may be p-zoe2" in prt.err
        person = take(prt, text.replace("skills", "zumba"), "", "objective", "n", options=INTO, code=1)
        assert "Answer about the headings again?" in person.screen


@pytest.mark.parametrize(
    ("language", "once"), [("en", ["hours", "staff"]), ("fr", ["heures", "membre de l’équipe"])]
)
def test_columns_are_listed_once_in_the_words_of_the_screen(
    prt: Team, language: str, once: list[str]
) -> None:
    prt.monkeypatch.setenv("PRT_LANG", language)
    person = take(prt, OWN.replace("Objectif", "But visé"), "?", options=INTO, code=130)
    listed = next(one for one in person.said[1:] if once[0] in one and one.startswith("    "))
    columns = [one for one in re.split(r"   +|\n", listed) if one]
    assert len(columns) == len(set(columns)) and set(once) < set(columns)
    assert language == "en" or not {"hours", "staff", "duree", "membre de l'equipe"} & {*columns}
