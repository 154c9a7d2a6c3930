"""`prt log` without a kind: what waits, kinds by word or beginning, and what a new row takes from a like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from prt.model.text import Language
from tests.answers import CTRL_C, sit_down
from tests.project import ROOT, Prt
from tests.test_ask_hours import ask
from tests.test_week import week as week


@pytest.mark.parametrize(
    ("language", "word", "asked"),
    [
        ("en", "w", "Line? > "),
        ("en", "atelier", "Line? > "),
        ("en", "ateliers", "Line? > "),
        ("en", "up", "Description? > "),
        ("en", "entente", "Organisation? (n = new) > "),
        ("en", "partner-support", "Hours? (1.5, 1h30 or 90 min) > "),
        ("fr", "m", "Description? > "),
        ("fr", "workshop", "Ligne? > "),
        ("en", "s", "Survey? [Year-end survey] > "),
        ("en", "fi", "Indicator? > "),
        ("en", "zz", '      "zz" is none of them.'),
        ("en", "3", '      "3" is none of them.'),
        ("en", "hours", " 1 > "),
        ("en", "workshop 1.1", "Title? > "),
        ("en", "plc", "Title? > "),
        ("en", "plc", "      1.4a PLC meetings"),
        ("fr", "cap", "      1.4a Rencontres de la CAP"),
        ("fr", "capsule", "      capsule de formation"),
        ("en", "capsule", "Title? > "),
        ("fr", "o", "      « o » : 1 / outil?"),
        ("en", "yes", '      "yes": 1?'),
        ("en", "workshop 9.9", '      "workshop 9.9" is none of them.'),
        ("en", "tool 1.1", '      "tool 1.1" is none of them.'),
    ],
)
def test_a_kind_is_its_word_or_a_beginning(week: Prt, language: Language, word: str, asked: str) -> None:
    week.monkeypatch.setenv("PRT_LANG", language)
    person = sit_down(week.monkeypatch, word, "", "")
    week.attempt("log")
    assert asked in person.said, person.screen


@pytest.mark.parametrize("folder", ["", "--project ", "--project="])
def test_enter_leaves(week: Prt, folder: str) -> None:
    typed = f"{folder}{week.root} log" if folder else "log"
    assert ask(week, "", typed=typed).said[-1] == "What happened? (1, or a word) > "


@pytest.mark.parametrize(
    ("answers", "status"),
    [(("", "", "", "", "", ""), ",held,"), (("n", ""), ",planned,"), (("cancelled", ""), ",cancelled,")],
)
def test_a_planned_session_was_held_or_not(week: Prt, answers: tuple[str, ...], status: str) -> None:
    person = ask(week, "1", *answers, typed="log")
    assert next(person.answers, None) is None, person.screen
    assert status in week.lines("sessions")[-1]
    if status != ",planned,":
        week("undo --yes")
    assert ",planned," in week.lines("sessions")[-1]


def test_what_was_begun_waits_in_the_menu(week: Prt) -> None:
    ask(week, "1.1", "wed", "Reading", CTRL_C, typed="log workshop", code=130)
    person = ask(week, "1", "", CTRL_C, typed="log", code=130)
    assert " 1  workshop, begun Fri 14 Feb, not saved" in person.screen
    assert "Go on with what waits since Fri 14 Feb: 1.1 · Wed 12 Feb 2025 · Reading?" in person.screen


def test_back_at_the_first_question_is_back_in_the_menu(week: Prt) -> None:
    person = ask(week, "tool", "<", "", typed="log")
    assert [line for line in person.said if line.startswith("What happened?")][1:], person.screen


def test_a_download_is_imported(week: Prt) -> None:
    home = week.root.parent / "home"
    (home / "Downloads").mkdir(parents=True)
    for name in ("HOME", "USERPROFILE"):
        week.monkeypatch.setenv(name, str(home))
    text = (ROOT / "tests" / "exports" / EXPORT).read_text(encoding="utf-8-sig")
    (home / "Downloads" / EXPORT).write_text(text.replace("10/16/2024", "02/12/2025"), encoding="utf-8")
    person = ask(week, "2", "e", "y", "", typed="log")
    assert person.screen.count(str(Path("Downloads", EXPORT))) == 1  # then it waits no longer
    assert ",held," in week.lines("sessions")[-1]
    assert len(week.lines("attendance")) > 1


EXPORT = "zoom_participants_classic_sessions.csv"


@pytest.mark.parametrize(
    ("answer", "cells"),
    [
        ("", "half-day,online,clc-teams"),
        ("in person", "half-day,in-person,clc-teams"),
        ("full, présence", "full-day,in-person,clc-teams"),
        ("cdas journée", "full-day,online,cdas"),
        ("en présence cdas", "half-day,in-person,cdas"),
        ("journée complète en personne", "full-day,in-person,clc-teams"),
        ("-", "short,,"),
    ],
)
def test_a_row_like_another_takes_what_is_the_same(week: Prt, answer: str, cells: str) -> None:
    more = ["short", ""] if answer == "-" else []
    person = ask(week, "1.1", "thu", "EDI basic", answer, *more, *[""] * 6, typed="log workshop", code=130)
    row = dict(
        zip(
            week.path("sessions").read_text("utf-8").splitlines()[0].split(","),
            week.lines("sessions")[-1].split(","),
            strict=True,
        )
    )
    assert f"{row['format']},{row['mode']},{row['audience']}" == cells, person.screen


def test_what_was_taken_can_be_asked_again(week: Prt) -> None:
    answers = ["1.1", "thu", "EDI basic", "", "", "", "9", "", "", "mode", "in-person", ""]
    person = ask(week, *answers, typed="log workshop", code=130)
    assert ",half-day,in-person," in week.lines("sessions")[-1], person.screen


def test_back_takes_all_back_that_was_taken(week: Prt) -> None:
    answers = ["1.1", "thu", "EDI basic", "", "<", "hybrid", "", "", "9", "", "", ""]
    person = ask(week, *answers, typed="log workshop", code=130)
    assert ",half-day,hybrid," in week.lines("sessions")[-1], person.screen


@pytest.mark.parametrize(
    ("language", "answers", "said"),
    [
        ("en", ["13 nov"], '      "13 nov" is none of them. One of: 1.1, 1.2,'),
        ("fr", ["13 nov"], "      «_13 nov_» n’en fait pas partie. Au choix_: 1.1, 1.2,"),
        ("en", ["1.1", "bla"], "Write a day such as 16 Oct, Thursday, yesterday or 2024-10-16."),
        ("fr", ["1.1", "bla"], "Écrivez un jour comme 16 octobre, jeudi, hier ou 2024-10-16."),
        ("en", ["1.1", "thu", "A new one", "-"], "How long, or a meeting? "),
        ("fr", ["1.1", "jeu", "A new one", "-"], "Durée, ou rencontre? "),
        ("en", ["1.1", "thu", "EDI basics"], "[Enter = same, or what differs; the rest is asked]"),
        ("fr", ["1.1", "jeu", "EDI basics"], "[Entrée = pareil, ou ce qui diffère; le reste est demandé]"),
    ],
)
def test_a_question_says_what_it_takes(week: Prt, language: str, answers: list[str], said: str) -> None:
    week.monkeypatch.setenv("PRT_LANG", language)
    person = ask(week, *answers, typed="log workshop", code=130)
    assert said.replace("_", "\N{NO-BREAK SPACE}") in person.screen, person.screen


@pytest.mark.parametrize(("language", "said"), [("en", "Another tool?"), ("fr", "Une autre saisie (outil)?")])
def test_another_is_another_of_the_kind(week: Prt, language: str, said: str) -> None:
    week.monkeypatch.setenv("PRT_LANG", language)
    person = ask(week, "", "tool", "Guide", "cda", "", "", "", "", "n", typed="log tool")
    assert said in person.screen, person.screen


def test_purposes_are_a_list(week: Prt) -> None:
    person = ask(week, "", "2", "chssn", "1", "", typed="log partner-support", code=130)
    assert "     1  Early childhood table" in person.said
    assert week.lines("partner-support")[-1].split(",")[5] == "Early childhood table"


def test_what_differs_names_nobody(week: Prt) -> None:
    answers = ["2025-02-03", "", "", "other", "with Zoé Tremblay", "in the evening", "n"]
    person = ask(week, *answers, typed="log accompaniment --hours 1 --person p-zoe2 --objective skills")
    assert week.lines("accompaniment")[-1].endswith(",skills,in the evening,"), person.screen


@pytest.mark.parametrize(
    ("language", "asked", "focus"),
    [
        ("en", "Boards? (several; all = 11) (n = new) > ", "Focus area? (optional) > mental"),
        (
            "fr",
            "Commissions scolaires? (plusieurs; toutes = 11) (n = nouveau) > ",
            "Axe? (facultatif) > mental",
        ),
    ],
)
def test_what_is_of_one_day_is_no_answer_to_enter(week: Prt, language: str, asked: str, focus: str) -> None:
    """Boards, host and category are of the earlier workshop; the focus, which it could not lend, is asked."""
    week.monkeypatch.setenv("PRT_LANG", language)
    answers = ["1.1", "thu", "Test day", "", "outcome", "mental", "", "", "", "", ""]
    person = ask(week, *answers, typed="log workshop", code=130)
    assert asked in person.said, person.screen
    assert focus in person.screen
    assert (
        ",Test day,,outcome-area,mental-health,,clc-teams,half-day,online,,,,,,,,,"
        in week.lines("sessions")[-1]
    )


@pytest.mark.parametrize(
    ("language", "fields"),
    [
        ("en", "Line / Date / Title / as before / How long, or a meeting / Category / Focus area / Boards"),
        ("fr", "Ligne / Date / Titre / comme avant / Durée, ou rencontre / Catégorie / Axe / Commissions"),
    ],
)
def test_fields_have_words_of_the_screen(week: Prt, language: str, fields: str) -> None:
    week.monkeypatch.setenv("PRT_LANG", language)
    answers = ["1.1", "thu", "Test day", "-", "", "", "", "", "", "", "", "field"]
    person = ask(week, *answers, typed="log workshop", code=130)
    assert fields in " ".join(person.screen.split()), person.screen


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_saved_names_every_board(week: Prt, language: str) -> None:
    """How many they are says nothing of which."""
    week.monkeypatch.setenv("PRT_LANG", language)
    answers = ["1.1", "thu", "Test day", "", "", "", "emsb, rsb, cssl, etsb, lbpsb, swlsb", "", "", "", ""]
    person = ask(week, *answers, typed="log workshop", code=130)
    told = person.screen.rpartition("Test day")[2]
    assert " · EMSB, RSB, CSSL, ETSB, LBPSB, SWLSB" in told, person.screen
