"""`prt log hours` on a terminal: what each answer does, what waits after somebody left, whom and what is new."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.answers import CTRL_C, Answers, sit_down
from tests.project import Prt
from tests.test_log_hours import team as team

FIRST = "2 zoé skills hier"


def ask(team: Prt, *answers: str, typed: str = "log hours", code: int = 0) -> Answers:
    """Somebody with these answers, who leaves with Ctrl-C after the last."""
    with pytest.MonkeyPatch.context() as patch:
        person = sit_down(patch, *answers)
        assert team.attempt(typed) == code, person.screen + team.err
    return person


def hours(team: Prt) -> list[str]:
    return [line.split(",")[3] for line in team.lines("accompaniment")]


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ((FIRST, "1 jordan", "", ""), ["2", "1"]),
        ((FIRST, "1 jordan", "<", "3 jordan", "", ""), ["2", "3"]),
        ((FIRST, "1 jordan", "<1", "3 zoé skills hier", "", ""), ["3", "1"]),
        ((FIRST, "1 jordan", "<1", "", "", ""), ["2", "1"]),
        ((FIRST, "1 jordan", "<", "<", "3 zoé skills hier", "", ""), ["3", "1"]),
        ((FIRST, "1 jordan", "3 zoé", "<2", "-", "", ""), ["2", "3"]),
        ((FIRST, "1 jordan", "", "2", "4 jordan", "", ""), ["2", "4"]),
        ((FIRST, "1 jordan", "", "<", "4 jordan", "", "oui"), ["2", "4"]),
        ((FIRST, '"', "enlever", "1 jordan", "", ""), ["2", "1"]),
        ((FIRST, '"', "o", "le soir", "", ""), ["2", "2"]),
        ((FIRST, '"', "autre", "<", "drop", "", ""), ["2"]),
        ((FIRST, '"', "", "d", "1 jordan", "", ""), ["2", "1"]),
        ((FIRST, '1 "', "", ""), ["2", "1"]),
        ((FIRST, "<", "-", "3 zoé skills hier", "", ""), ["3"]),
        ((FIRST, "13 h jordan", "oui", "", ""), ["2", "13"]),
        ((FIRST, "13 h jordan", "", "1 jordan", "", ""), ["2", "1"]),
        (("2 zoé skills", "", "", ""), ["2"]),
        (("zoé hier skills", "2", "", ""), ["2"]),
        (("2 zoé hier", "comp", "", ""), ["2"]),
        (("-", "<", FIRST, "?", "", ""), ["2"]),
    ],
)
def test_lines_are_typed_changed_and_dropped(team: Prt, answers: tuple[str, ...], found: list[str]) -> None:
    person = ask(team, *answers)
    assert next(person.answers, None) is None, person.screen
    assert hours(team) == found, person.screen


@pytest.mark.parametrize(
    ("answers", "found", "waits"),
    [
        (("1 zzz", "", "", "n", ""), ["2"], "1 zzz"),
        (("1 zzz", "", "", "y", ""), ["2"], ""),
        (("1 zzz", "", "", "<", "-", "", ""), ["2"], ""),
        (("1 jordan", "<1", "1 zzz", "", "1 zzz", "n", "4 zoé skills hier", "", ""), ["4"], "1 zzz"),
        (("13 h jordan", "", "", "n", ""), ["2"], "13 h jordan"),
    ],
)
def test_a_line_that_cannot_be_read_holds_nobody_up(
    team: Prt, answers: tuple[str, ...], found: list[str], waits: str
) -> None:
    person = ask(team, FIRST, *answers)
    assert next(person.answers, None) is None, person.screen
    assert hours(team) == found, person.screen
    assert (f"Not saved, and waits: {waits}" in person.screen) is bool(waits)
    again = ask(team, "y", code=130)
    assert (f" 1 [{waits}] > " in again.screen) is bool(waits), again.screen


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "      2  0.5 h travel is outside 3a.hours"),
        ("fr", "      2  0,5 h déplacement\u00a0: hors de 3a.hours"),
    ],
)
def test_a_line_that_no_figure_counts_is_told_before_it_is_saved(team: Prt, language: str, told: str) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    person = ask(team, FIRST, "30min jordan travel", "", "")
    assert told in person.said, person.screen


def test_what_differs_is_the_note(team: Prt) -> None:
    person = ask(team, FIRST, '"', "other", "le soir", "", "")
    assert "     drop / other (say what differs) > other" in person.said
    assert "Looks like line 1: Thu 13 Feb 2025" in person.screen
    assert team.lines("accompaniment")[1].endswith(",skills,le soir,")


def test_a_double_of_today_is_said_to_be_ones_own(team: Prt) -> None:
    """With its time; a row of another day, and one that somebody else entered, is not."""
    clock = dt.datetime(2025, 2, 14, 9, 2, tzinfo=dt.UTC)
    team.monkeypatch.setattr("prt.console.context.now", lambda: clock)
    ask(team, FIRST, "", "")
    said = {"en": "Skills of the team · yours, entered 9:02", "fr": "l’équipe · la vôtre, entrée à 9 h 02"}
    for language, text in said.items():
        team.monkeypatch.setenv("PRT_LANG", language)
        assert text in ask(team, FIRST, "drop", "").screen.replace("\xa0", " ")
    team(f"log hours {FIRST}", code=2)
    assert said["fr"] in " ".join(team.err.replace("\xa0", " ").split())
    team.monkeypatch.setenv("PRT_TODAY", "2025-02-15")
    assert "yours" not in ask(team, "2 zoé skills jeu", "drop", "").screen
    team.monkeypatch.setenv("PRT_TODAY", "2025-02-14")
    undo = team.root / ".prt" / "undo.jsonl"
    undo.write_text(undo.read_text("utf-8").replace('"who": "p-mar2"', '"who": "p-zoe2"'), "utf-8")
    assert "vôtre" not in ask(team, FIRST, "drop", "").screen


def test_the_lines_below_a_change_follow_it(team: Prt) -> None:
    person = ask(team, FIRST, "1 jordan", "1 rsb", "<1", "2 zoé skills mon", "", "")
    assert [line.split(",")[1] for line in team.lines("accompaniment")] == ["2025-02-10"] * 3
    assert person.screen.count(" 3 > 1 rsb") == 1  # it says the same as before


def test_the_purpose_of_a_partner_is_one_of_its_last_three(team: Prt) -> None:
    team("log hours 1 lundi chssn 'Early childhood table'")
    team("org add RCM --name-en RCM --name-fr RCM --type partner")
    person = ask(team, "2 hier chssn", "1", "1 hier rcm", "Un autre but", "", "")
    assert "1  Early childhood table" in person.screen
    purposes = [line.split(",")[5] for line in team.lines("partner-support")]
    assert purposes == ["Early childhood table", "Early childhood table", "Un autre but"]


@pytest.mark.parametrize(
    "left", [(FIRST, "1 jordan"), (FIRST, "1 jordan", "2 pearson"), (FIRST, "1 jordan", "", "n")]
)
def test_lines_wait_until_they_are_saved(team: Prt, left: tuple[str, ...]) -> None:
    ask(team, *left, code=0 if "n" in left else 130)
    assert "Nothing was written." in team.err and "The lines wait: prt log hours" in team.err
    assert not team.path("accompaniment").exists()
    [kept] = (team.root / "data" / "private").glob("hours-*.json")
    number = 3 if "2 pearson" in left else 2
    team.monkeypatch.setenv("PRT_TODAY", "2025-02-17")
    person = ask(team, "", *([""] * (number - 2)), *(["jordan"] * (number - 2)), "", "")
    assert f"{number} lines of Fri 14 Feb wait. Go on with them? [Y/n] > " in person.screen
    assert [line.split(",")[1] for line in team.lines("accompaniment")] == ["2025-02-13"] * number
    assert not kept.exists()


def test_lines_that_wait_can_be_left(team: Prt) -> None:
    ask(team, FIRST, code=130)
    person = ask(team, "n", "", "1 jordan hier skills", "", "")
    assert "Throw it away for good? If not, it waits. [y/N] > " in person.screen
    assert hours(team) == ["1"]
    person = ask(team, "n", "y", code=130)
    assert "1 line of Fri 14 Feb waits" in person.screen
    assert "wait" not in ask(team, code=130).screen


@pytest.mark.parametrize(("language", "yes"), [("en", "y"), ("fr", "oui")])
def test_an_unknown_word_is_new_for_yes_and_not_for_no(team: Prt, language: str, yes: str) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    person = ask(team, "2 emsb cda skills hier phoenix", "-", "n", code=130)
    assert person.told[-1].startswith(" 1 ")
    person = ask(team, "", "", yes, "centre", "", "")
    assert ",phoenix," in team.lines("accompaniment")[-1], person.screen


@pytest.mark.parametrize(
    ("answers", "log", "row", "added"),
    [
        (("2 acme \"Salon\" hier", "partner", "", "", "", "", "", ""), "partner-support", ",ACME,Salon,", "organisations"),
        (("2 acme \"Salon\" hier", "part", "ACM", "Acme", "Acmé", "", "", ""), "partner-support", ",ACM,Salon,", "organisations"),
        (("2 acme salon hier", "partner", "", "", "", "", "n", '2 acme "Salon" hier', "", ""), "partner-support", ",ACME,Salon,", "organisations"),
        (("2 nadia skills hier", "person", "Nadia Cyr", "", "teacher", "emsb", "", ""), "accompaniment", ",teacher,EMSB,,skills,", "people"),
    ],
)  # fmt: skip
def test_somebody_new_is_added_with_the_rows(
    team: Prt, answers: tuple[str, ...], log: str, row: str, added: str
) -> None:
    path = team.root / "data" / f"{added}.csv"
    before = path.read_text(encoding="utf-8")
    person = ask(team, *answers)
    assert next(person.answers, None) is None, person.screen
    assert row in team.lines(log)[-1]
    assert len(path.read_text(encoding="utf-8").splitlines()) == len(before.splitlines()) + 1
    team("undo --yes")
    assert path.read_text(encoding="utf-8") == before
    assert not team.path(log).exists()


def test_somebody_new_waits_with_the_lines(team: Prt) -> None:
    ask(team, "2 nadia skills hier", "person", "Nadia Cyr", "", "teacher", "emsb", code=130)
    person = ask(team, "", "1 nadia lundi", "", "")
    assert [line.split(",")[7:9] for line in team.lines("accompaniment")] == [["teacher", "EMSB"]] * 2
    assert "Nadia Cyr" in person.screen


@pytest.mark.parametrize(("word", "language"), [("centre", "en"), ("csc", "fr")])
def test_a_new_centre_is_written_with_its_row_and_known_below(team: Prt, word: str, language: str) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    ask(team, "2 emsb cda skills hier phoenix", word, code=130)
    person = ask(team, "", "3 lundi phoenix", "1 phoenix rsb", "", "")
    assert next(person.answers, None) is None, person.screen
    rows = [line.split(",") for line in team.lines("accompaniment")]
    assert [(row[8], row[9]) for row in rows] == [("EMSB", "phoenix")] * 2 + [("RSB", "phoenix")]
    team("undo --yes")
    assert not team.path("accompaniment").exists()


def test_a_line_of_the_command_is_asked_for_what_it_leaves_out(team: Prt) -> None:
    person = ask(team, "", typed="log hours 2 zoé skills")
    assert "Date? [today, Fri 14 Feb 2025] > " in person.screen
    assert hours(team) == ["2"]


def test_another_prt_has_logged_the_same_meanwhile(team: Prt) -> None:
    class Colleague(Answers):
        def ask(self, prompt: str, *more: object, **named: object) -> str:
            if prompt.startswith("Save"):
                team.path("accompaniment").parent.mkdir(exist_ok=True)
                team("log accompaniment --hours 2 --date yesterday --person p-zoe2 --objective skills")
            return super().ask(prompt)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("prt.console.dialogue.terminal.Terminal", lambda: Colleague([FIRST, "", ""]))
        patch.setattr("prt.console.dialogue.terminal.is_at_terminal", lambda: True)
        assert team.attempt("log hours") == 2
    assert "is alike" in team.err
    assert hours(team) == ["2"]


def test_who_gave_the_hours_is_asked_once(team: Prt) -> None:
    team.monkeypatch.delenv("PRT_ME")
    person = ask(team, FIRST, "nobody", "mara", "1 jordan", "", "")
    assert person.screen.count("? > mara") == 1
    assert [line.split(",")[2] for line in team.lines("accompaniment")] == ["p-mar2"] * 2


@pytest.mark.parametrize(("line", "waits"), [("1 jordan skills hier", True), (FIRST, False)])
def test_an_erasure_takes_the_lines_that_name_the_person(team: Prt, line: str, waits: bool) -> None:
    ask(team, line, code=130)
    team("people erase p-zoe2 --yes")
    assert bool(list((team.root / "data" / "private").glob("hours-*.json"))) == waits


def test_nothing_is_tried_without_a_line(team: Prt) -> None:
    ask(team, typed="log hours --dry-run", code=2)
    assert "LINE: missing" in team.err


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ((FIRST, "3 zoé"), "     also 2 h that day"),
        (
            (FIRST, "1 zoé préparation"),
            '     1 h     "           ETSB   CDA, Zoé Tremblay      "  preparation',
        ),
        ((FIRST, "?", "?jor"), "      Jordan Pearson"),
        (("<",), "     There is no line above; Ctrl-C leaves."),
        ((FIRST, "<", "<"), "     There is no line above; Ctrl-C leaves."),
    ],
)
def test_what_is_told_beside_the_lines(team: Prt, lines: tuple[str, ...], told: str) -> None:
    person = sit_down(team.monkeypatch, *lines, "", "n")
    team.attempt("log hours")
    assert told in person.said, person.screen


def test_a_line_of_the_command_that_is_there_already_is_dropped(team: Prt) -> None:
    team(f"log hours {FIRST}")
    ask(team, "drop", typed=f"log hours {FIRST}", code=1)
    assert hours(team) == ["2"]


def test_the_half_typed_line_waits_too(team: Prt) -> None:
    ask(team, FIRST, "1 jord" + CTRL_C, code=130)
    person = ask(team, "", code=130)
    assert "2 lines of Fri 14 Feb wait" in person.screen and person.texts[-1] == "1 jord"


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        (("1 aaaa", ""), {"1 aaaa", FIRST, "1 bbbb"}),
        (("",), {FIRST, "1 bbbb"}),
        (("1 cccc" + CTRL_C,), {"1 aaaa", FIRST, "1 bbbb"}),
        (("1 cccc",), {"1 aaaa", FIRST, "1 bbbb", "1 cccc"}),
        (("1 aaaa-",), {FIRST, "1 bbbb"}),
        (("1 aaaa -",), {FIRST, "1 bbbb"}),
    ],
)
def test_the_half_typed_line_waits_while_lines_above_it_are_answered(
    team: Prt, answers: tuple[str, ...], waits: set[str]
) -> None:
    team.monkeypatch.setattr("prt.console.dialogue.terminal.is_plain", lambda: False)
    ask(team, "1 aaaa", "", "1 aaaa", "", FIRST, "1 bbbb", code=130)
    person = ask(team, "", *answers, code=130)
    [path] = drafts(team)
    kept = json.loads(path.read_text("utf-8"))
    assert sorted([*(one["text"] for one in kept["lines"]), kept["begun"]]) == sorted(waits), person.screen
    if FIRST in person.screen:
        assert person.texts[-1] == "1 bbbb"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_option_is_offered_where_nobody_can_type_it(team: Prt, language: str) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    line = '2 emsb cda skills hier "asks for Jordan Pearson"'
    person = ask(team, line, code=130)
    assert "p-jor" in person.told[-2] and "--anyway" not in person.screen
    assert team.attempt(f"log hours {line!r}") == 2
    assert "--anyway" in team.err


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("first", "then", "saved"),
    [
        (("1 zzz", "n" + CTRL_C), (), []),
        (("1 zzz", "n"), (), []),
        ((FIRST, "1 zzz", "n"), ("",), ["2"]),
        ((FIRST, "1 jordan", "<1", "2 zzz", "n"), ("",), ["2", "1"]),
    ],
)
def test_enter_on_an_emptied_line_ends_the_list(
    team: Prt, language: str, first: tuple[str, ...], then: tuple[str, ...], saved: list[str]
) -> None:
    """In an editor, where the line that waits stands on the line."""
    team.monkeypatch.setenv("PRT_LANG", language)
    team.monkeypatch.setattr("prt.console.dialogue.terminal.is_plain", lambda: False)
    ask(team, *first, code=130)
    person = ask(team, "", "", *then)
    assert person.texts[1] in ("1 zzz", "2 zzz", FIRST)
    assert (hours(team) if team.path("accompaniment").exists() else []) == saved
    assert not list((team.root / "data" / "private").glob("hours-*.json"))


@pytest.mark.parametrize(
    ("there", "waiting"),
    [(("n", "y"), [FIRST]), (("n", "y", "1 jordan hier skills"), ["1 jordan hier skills", FIRST])],
)
def test_another_terminal_has_dropped_the_lines_meanwhile(
    team: Prt, there: tuple[str, ...], waiting: list[str]
) -> None:
    class Elsewhere(Answers):
        def ask(self, prompt: str, *more: object, **named: object) -> str:
            if prompt.startswith(" 2"):
                with pytest.MonkeyPatch.context() as inner:
                    second = sit_down(inner, *there)
                    team.attempt("log hours")
                    assert "1 line of Fri 14 Feb waits" in second.screen
            return super().ask(prompt)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("prt.console.dialogue.terminal.Terminal", lambda: Elsewhere([FIRST]))
        patch.setattr("sys.stdin.isatty", lambda: True)
        assert team.attempt("log hours") == 130
    assert "The lines wait: prt log hours" in team.err
    [path] = drafts(team)
    assert [one["text"] for one in json.loads(path.read_text("utf-8"))["lines"]] == waiting


def drafts(team: Prt) -> list[Path]:
    return list((team.root / "data" / "private").glob("hours-*.json"))


LINE = {"text": "1 jordan hier skills", "day": "2025-02-14", "chosen": []}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        json.dumps({"lines": [LINE | {"text": 5}], "begun": "", "new_rows": []}),
        json.dumps({"lines": [LINE | {"chosen": [[0, 1, "hours", "1/0"]]}], "begun": "", "new_rows": []}),
        json.dumps({"lines": [LINE | {"chosen": [["a", 1, "role", "cda"]]}], "begun": "", "new_rows": []}),
        json.dumps({"lines": [LINE], "begun": 5, "new_rows": []}),
        json.dumps({"lines": [LINE], "begun": "", "new_rows": [["sheep", {}]]}),
        json.dumps({"lines": [LINE], "begun": "", "new_rows": [["people", {"wool": "1"}]]}),
        json.dumps({"lines": [LINE], "begun": "", "new_rows": [["people", []]]}),
    ],
)
def test_lines_that_cannot_be_read_are_left_out(team: Prt, text: str) -> None:
    path = team.root / "data" / "private" / "hours-p-mar2.json"
    path.write_text(text, "utf-8")
    person = ask(team, FIRST, "", "")
    assert "cannot be read, and are left out" in person.screen + team.err
    assert hours(team) == ["2"] and not path.exists()


@pytest.mark.parametrize("answer", ["n", "non", "-", "", "<"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_is_not_meant_is_no(team: Prt, answer: str, language: str) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    person = ask(team, "2 trembley skills hier", answer, FIRST, "", "")
    asked = '"trembley": Zoé' if language == "en" else "«\u00a0trembley\u00a0»\u00a0: Zoé"
    assert any(asked in one for one in person.told), person.screen
    assert hours(team) == ["2"] and next(person.answers, None) is None, person.screen


@pytest.mark.parametrize(("language", "answer"), [("en", "y"), ("fr", "o"), ("fr", "zoé"), ("en", "oui")])
def test_who_is_meant_is_yes(team: Prt, language: str, answer: str) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    person = ask(team, "2 trembley skills hier", "?", answer, "", "")
    help_word = "brings the line back" if language == "en" else "ramène la ligne"
    assert help_word in person.screen and hours(team) == ["2"], person.screen


def test_lines_are_not_written_through_a_link(team: Prt) -> None:
    away, path = team.root.parent / "away.json", team.root / "data" / "private" / "hours-p-mar2.json"
    away.write_text("{}", "utf-8")
    path.symlink_to(away)
    ask(team, FIRST, code=1)
    assert "link" in team.err and away.read_text("utf-8") == "{}"


def test_an_erasure_takes_the_lines_alone_that_name_the_person(team: Prt) -> None:
    ask(team, FIRST, "1 jordan", code=130)
    [path] = drafts(team)
    assert "data/private/hours-" in team("people show p-zoe2")
    assert f"data/private/{path.name}   1 row" in team("people erase p-zoe2 --yes")
    assert [one["text"] for one in json.loads(path.read_text("utf-8"))["lines"]] == ["1 jordan"]
    path.rename(path.with_name("hours-p-jor2.json"))
    said = team("people erase p-jor2 --yes")
    assert "p-jor2.json" not in said and not drafts(team)


@pytest.mark.parametrize(
    ("line", "english", "french"),
    [
        ("2h zoé hier suivi", "kind / objective", "nature / objectif"),
        ("2h hier emsb lbpsb cda skills", "EMSB / LBPSB", "EMSB / LBPSB"),
        ("2 hier skills zoé", "Zoé Tremblay / Zoé Roy", "Zoé Tremblay / Zoé Roy"),
        ("2 hier skills tremblay", "RSB)  p-ann3\n", "RSB)  p-ann3\n"),
        ("1.30 zoé hier skills", "1h30 / 1.3", "1h30 / 1,3"),
        ("2 zoé 3/4 skills", "3 Apr / 4 Mar", "3 avr. / 4 mars"),
        ("2h 2h tremblay", "twice", "deux fois"),
        ("2 jordan skills hier", "Jordan Pearson", "Jordan Pearson"),
        ("2 staff: zoé skills emsb cda hier", "Nobody of the team", "Personne de l’équipe"),
    ],
)
def test_each_meaning_has_a_word_of_its_own(team: Prt, line: str, english: str, french: str) -> None:
    with (team.root / "data" / "private" / "names.csv").open("a", encoding="utf-8") as names:
        names.write("p-zoe3,Zoé Roy,\np-ann2,Ann Tremblay,\np-ann3,Ann Tremblay,\np-jor3,Jordan O'Sample,\n")
    posts = ("zoe2,cda,ETSB", "zoe3,cda,EMSB", "ann2,cda,RSB", "ann3,cda,RSB", "jor2,cda,ETSB")
    team.people(*(f"p-{one},,,,," for one in (*posts, "mar2,prt-staff,", "jor3,prt-staff,")))
    for language, words in (("en", english), ("fr", french)):
        team.monkeypatch.setenv("PRT_LANG", language)
        person = sit_down(team.monkeypatch, *(["n", "o"] if language == "fr" else []), line)
        team.attempt("log hours")
        assert words in person.screen and "p-jor3" not in person.screen, person.screen


def test_a_number_names_one_of_namesakes(team: Prt) -> None:
    """They are a list made for the moment, beside the question too."""
    with (team.root / "data" / "private" / "names.csv").open("a", encoding="utf-8") as names:
        names.write("p-zoe3,Zoé Roy,\n")
    team.people("p-zoe2,cda,ETSB,,,,,", "p-zoe3,cda,EMSB,,,,,", "p-mar2,prt-staff,,,,,,")
    person = ask(team, "2 hier skills zoé", "2", "", "")
    assert "Zoé Tremblay / Zoé Roy > 2" in person.screen and "CDA, Zoé Roy" in person.screen


@pytest.mark.parametrize(
    ("language", "label", "code"),
    [("en", "Action plan", "action-plan"), ("fr", "Plan d’action", "action-plan")],
)
def test_an_empty_answer_lists_the_labels_that_were_shown(
    team: Prt, language: str, label: str, code: str
) -> None:
    team.monkeypatch.setenv("PRT_LANG", language)
    person = ask(team, "2h cda emsb", "", "", code=130)
    said = next(one for one in person.said if "One of" in one or "Au choix" in one)
    assert label in said and code not in said
