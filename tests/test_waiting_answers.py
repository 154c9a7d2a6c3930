"""What was answered in a dialogue waits: Ctrl-C says so, and the next time somebody may go on with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from prt.model.text import LANGUAGES, Language
from tests.answers import CTRL_C, Answers, sit_down
from tests.project import Prt
from tests.test_week import week as week

WAITS = {
    "en": "Nothing was written. Your answers wait: ",
    "fr": "Rien n’a été enregistré. Vos réponses attendent : ",
}
GO_ON = {"en": "? [Y/n] > ", "fr": "? [O/n] > "}

LOOSE = """{"lines": [{"text": "x", "day": "2025-02-14", "chosen": [], "about": "prt log update",
"answers": [["gone", {"nothing": "1"}]]}], "begun": "", "new_rows": []}"""


def kept(week: Prt) -> list[Path]:
    return list((week.root / "data" / "private").glob("answers-*.json"))


def leave(week: Prt, command: str, *answers: str, waits: str = "") -> None:
    """Somebody answers so far, and leaves with Ctrl-C."""
    sit_down(week.monkeypatch, *answers)
    week(command, 130)
    assert week.err.strip() == WAITS[language_of(week)] + (waits or f"prt {command}")
    assert [path.name for path in kept(week)] == ["answers-p-mar2.json"]


def language_of(week: Prt) -> Language:
    return "fr" if week.err.startswith("\nRien") else "en"


def go_on(week: Prt, command: str, *answers: str, code: int = 0) -> Answers:
    """The same command once more: what waits is taken up, and these answers follow."""
    screen = sit_down(week.monkeypatch, "", *answers)
    assert week.attempt(command) == code, screen.screen
    assert next(screen.answers, None) is None and not kept(week), screen.screen
    return screen


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_goes_on_where_it_was_left(week: Prt, language: Language) -> None:
    """With what stood on the line; and what the row like it gave is not asked again."""
    week.monkeypatch.setenv("PRT_LANG", language)
    leave(week, "log workshop", "1.1", "2025-02-13", "EDI basics", "", "", "", "18" + CTRL_C)
    screen = go_on(week, "log workshop", "18", "", "", "", code=130)
    assert screen.said[0].startswith(("Go on with what waits", "Continuer ce qui attend"))
    assert screen.said[0].endswith(GO_ON[language])
    assert all(
        text in screen.said[0] for text in ("1.1", "13", "EDI basics", "…" if language == "en" else "13")
    )
    assert screen.texts[1] == "18"
    assert (
        ",EDI basics,,outcome-area,clc-development,,clc-teams,half-day,online,," in week.lines("sessions")[-1]
    )
    assert ",18," in week.lines("sessions")[-1]


def test_a_closed_window_loses_no_answer(week: Prt) -> None:
    """Each answer is on the disk before the next question."""

    class Closed(Answers):
        def ask(self, prompt: str, *more: object, **named: object) -> str:
            if prompt.startswith("Link?"):
                raise SystemExit(1)
            return super().ask(prompt)

    screen = Closed(["", "News"])
    week.monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: screen)
    week.monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    week.attempt("log update")
    go_on(week, "log update", "", "", code=130)
    assert ",News," in week.lines("updates")[-1]


def test_who_does_not_save_keeps_the_answers_until_they_are_thrown_away(week: Prt) -> None:
    sit_down(week.monkeypatch, "", "News", "", "n")
    week("log update")
    sit_down(week.monkeypatch, "n", "", "", "Other", "", "")
    week("log update", 130)
    assert not kept(week) and ",Other," in week.lines("updates")[-1]
    sit_down(week.monkeypatch, "n", "y")
    week("log update", 130)
    assert not kept(week)


def test_another_dialogue_is_not_asked_about_these(week: Prt) -> None:
    leave(week, "log update", "", "News")
    leave(week, "log tool", "", "tool")
    assert len(json.loads(kept(week)[0].read_text(encoding="utf-8"))["lines"]) == 2
    sit_down(week.monkeypatch, "", "", "")
    week("log update", 130)
    assert "tool" in kept(week)[0].read_text(encoding="utf-8")


def test_somebody_new_waits_with_the_row(week: Prt) -> None:
    """Left in the middle of the newcomer, then behind: both wait, and both are written at once."""
    leave(week, "log accompaniment", "2025-02-12", "1", "skills", "", "n", "Nora Sample" + CTRL_C)
    screen = sit_down(week.monkeypatch, "", "n", "", "Nora Sample", "", "cda", "EMSB")
    week("log accompaniment", 130)
    assert "Nora Sample" in screen.texts
    assert "new_rows" in kept(week)[0].read_text(encoding="utf-8")
    go_on(week, "log accompaniment", "", code=130)
    assert "Nora Sample" in (week.root / "data" / "private" / "names.csv").read_text(encoding="utf-8")
    assert ",cda,EMSB," in week.lines("accompaniment")[-1]


@pytest.mark.parametrize(
    ("command", "answers", "rest", "log", "found"),
    [
        ("org add", ["ABC", "Abc board"], ["", "", ""], "organisations", "ABC,Abc board,Abc board,partner"),
        (
            "people add",
            ["Nora Sample", "", "cda" + CTRL_C],
            ["cda", "EMSB", "", "", "", "", "", ""],
            "people",
            ",cda,EMSB,",
        ),
        (
            "edit t-20241001-aaaa",
            ["title", "Planner 3" + CTRL_C],
            ["Planner 3", "", "why not"],
            "tools",
            ",Planner 3,",
        ),
        ("people edit p-zoe2", ["role", "principal"], ["", "moved"], "people", "p-zoe2,principal,ETSB,"),
        ("privacy incident add", ["2025-02-10", "A lost key"], [], "", ""),
    ],
)
def test_every_dialogue_keeps_its_answers(
    week: Prt, command: str, answers: list[str], rest: list[str], log: str, found: str
) -> None:
    leave(week, command, *answers)
    screen = sit_down(week.monkeypatch, "", *rest)
    week.attempt(command)
    assert screen.said[0].endswith(GO_ON["en"]), screen.screen
    if log:
        folder = "data" if log in ("organisations", "people") else "data/2024-2025"
        assert found in (week.root / folder / f"{log}.csv").read_text(encoding="utf-8"), screen.screen
        assert not kept(week)


def test_what_somebody_else_changed_meanwhile_is_no_answer_of_an_edit(week: Prt) -> None:
    """Enter at a question of an edit keeps what the row has, as it is by then."""
    leave(week, "edit t-20241001-aaaa", "", "", "", "Planner 3", "")
    week.path("tools").write_text(
        week.path("tools").read_text(encoding="utf-8").replace(",Plans", ",Other plans"), encoding="utf-8"
    )
    go_on(week, "edit t-20241001-aaaa", "", "better")
    assert "Planner 3" in week.lines("tools")[-1] and ",Other plans" in week.lines("tools")[-1]


@pytest.mark.parametrize("kept_text", ["", "{", '{"lines": [{}], "begun": "", "new_rows": []}', LOOSE])
def test_a_file_that_somebody_spoilt_stops_no_dialogue(week: Prt, kept_text: str) -> None:
    path = week.root / "data" / "private" / "answers-p-mar2.json"
    path.write_text(kept_text, encoding="utf-8")
    sit_down(week.monkeypatch, *([""] if kept_text == LOOSE else []), "", "News", "", "")
    week("log update", 130)
    assert ",News," in week.lines("updates")[-1]


@pytest.mark.parametrize(
    ("command", "typed"), [("log request", ["yesterday"]), ("log hours", ["2h yesterday rsb cda skills"])]
)
def test_answers_wait_for_their_own_project(
    week: Prt, tmp_path: Path, command: str, typed: list[str]
) -> None:
    """Two projects may have one private folder, and the same persons: what was typed is of one of them."""
    shared, other = tmp_path / "shared", tmp_path / "another year"
    (week.root / "data" / "private").rename(shared)
    shutil.copytree(week.root, other)
    week.monkeypatch.setenv("PRT_PRIVATE", str(shared))
    sit_down(week.monkeypatch, *typed)
    week(command, 130)
    for root, offered in ((other, False), (week.root, True)):
        week.monkeypatch.setenv("PRT_PROJECT", str(root))
        screen = sit_down(week.monkeypatch)
        week(command, 130)
        assert ("Go on with" in screen.screen) == offered
