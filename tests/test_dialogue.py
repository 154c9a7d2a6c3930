"""`prt log` on a terminal: a person who types is played by a list of answers, and once by a real terminal."""

from __future__ import annotations

import datetime as dt
import os
import re
import select
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from prt.console.dialogue.talk import Left, Talk
from prt.figures.questions import Question
from prt.files.project import Project, Year
from prt.model.records import LOGS, OrganisationRecord, row_kinds
from prt.model.rows import Entry, read_entry
from prt.model.text import Language
from prt.tasks.entry.ask_row import Dialogue
from prt.tasks.entry.prompts import Prompts
from tests.answers import Answers, sit_down
from tests.conftest import only_in_ci
from tests.project import TODAY, Prt, make_project, surroundings
from tests.test_french_screens import english_words

WINTER = dt.date.fromisoformat(TODAY)


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    root = make_project(tmp_path / "project")
    (root / "data" / "people.csv").write_text(
        "id,role,board,centre,start,end,new_in,note\n"
        "p-aaaa,cda,EMSB,,,,,\np-bbbb,cda,RSB,,,,,\np-bbbb,teacher,CQSB,,,,,\np-me,prt-staff,,,,,,\n"
    )
    (root / "data" / "private").mkdir()
    (root / "data" / "private" / "names.csv").write_text("id,name,email,other_names\np-aaaa,Anne Roy,,\n")
    (root / "data" / "2024-2025").mkdir()
    (root / "data" / "2024-2025" / "sessions.csv").write_text(
        "id,line,date,title,format,category,focus\n"
        "w-20241120-aaaa,1.1,2024-11-20,Family engagement,half-day,choice,family-engagement\n"
    )
    project = Project(root, root / "data" / "private")
    yield project.load(project.plan_path("2024-2025"))


def talk(year: Year, kind: str, *answers: str, **given: str) -> tuple[Entry | None, Answers]:
    """A dialogue with these answers; without enough of them the person leaves with Ctrl-C."""
    script = Answers(answers)
    model = LOGS[row_kinds()[kind]]
    return Dialogue(model, year, given, Talk(script), today=WINTER, me="p-me").run(), script


HELD = ("1.1", "wed", "Family engagement", "", "o", "emsb, littoral", "24", "17 15", "SharePoint/1")


def test_a_held_workshop_is_nine_questions(year: Year) -> None:
    entry, script = talk(year, "workshop", *HELD, "")
    assert entry is not None
    assert entry.cells == {
        "line": "1.1", "date": "2025-02-12", "title": "Family engagement", "format": "half-day",
        "category": "outcome-area", "focus": "family-engagement", "boards": "EMSB; CSSL", "participants": "24", "respondents": "17",
        "positive": "15", "evidence": "SharePoint/1",
    }  # fmt: skip
    assert "choice (1 of 10)" in script.screen
    assert "(given Wed 20 Nov 2024; a second one counts too)" in script.screen
    assert "15 positive answers (88.2%)" in script.screen


def test_a_planned_one_is_four(year: Year) -> None:
    entry, script = talk(year, "workshop", "1.1", "+5d", "Next", "", "")
    assert entry is not None
    assert entry.cells["status"] == "planned"
    assert script.said[-1] == "Save? [Y/n/field] > "


def test_no_is_not_saved(year: Year) -> None:
    assert talk(year, "workshop", *HELD, "n")[0] is None


MORE_ANSWERS = (*HELD[:6], "4", "9 9", HELD[-1])


def test_what_is_odd_is_asked_and_not_saved_by_enter(year: Year) -> None:
    entry, script = talk(year, "workshop", *MORE_ANSWERS, "", "y")
    assert entry is not None and entry.cells["respondents"] == "9"
    assert "respondents: 9 respondents of 4 participants" in script.screen
    assert "      y or n?" in script.screen
    assert script.said[-1] == "Save it all the same? [y/n/field] > y"
    assert talk(year, "workshop", *MORE_ANSWERS, "n")[0] is None


@pytest.mark.parametrize("answers", [HELD[:1], HELD[:5], HELD])
def test_leaving_is_possible_at_every_question(year: Year, answers: tuple[str, ...]) -> None:
    with pytest.raises(Left):
        talk(year, "workshop", *answers)


def test_back_asks_the_question_before_with_its_answer(year: Year) -> None:
    entry, script = talk(year, "workshop", "1.1", "wed", "Wrong", "<", "Right", *HELD[3:5], "", *HELD[5:], "")
    assert entry is not None
    assert entry.cells["title"] == "Right"
    assert "Title? [Wrong] > Right" in script.screen


def test_an_answer_to_a_question_of_another_line_stays_behind(year: Year) -> None:
    to_category = ("1.1", "wed", "A", "full", "choice")
    back = ("<",) * 5
    again = ("1.3a", "", "", "short", "all", "", "", "", "")
    entry, _ = talk(year, "workshop", *to_category, *back, *again)
    assert entry is not None
    assert "category" not in entry.cells
    assert len(entry.cells["boards"].split("; ")) == 11


@pytest.mark.parametrize("field", ["participants", "part", "Participants"])
def test_a_field_named_at_the_end_is_asked_alone(year: Year, field: str) -> None:
    entry, script = talk(year, "workshop", *HELD, field, "25", "")
    assert entry is not None
    assert (entry.cells["participants"], entry.cells["positive"]) == ("25", "15")
    assert "Participants? [24] (staff not counted; empty = later) > 25" in script.screen


@pytest.mark.parametrize("field", ["evidence", "document", "pièce justificative", "Where is the att"])
def test_a_field_has_every_name_that_it_is_shown_under(year: Year, field: str) -> None:
    entry, _ = talk(year, "workshop", *HELD, field, "SharePoint/2", "")
    assert entry is not None and entry.cells["evidence"] == "SharePoint/2"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (("1.1", "03/04"), '"03/04" may be 3 Apr 2025 or 4 Mar 2025. Write 2025-04-03 or 2025-03-04.'),
        (("1.1", "2025-09-01"), "1 Sept 2025 is outside the plan year 2024-2025"),
        (("1.1", "wed", ""), "An answer is needed"),
        (("1.1", "wed", "a\x1bb"), "a control character (U+001B)"),
        (("1.3a", "wed", "A", "9"), '"9" is not a format'),
        (
            ("1.1", "wed", "A", "full", "choice", "", "emsb", "many"),
            '"many" is not a whole number of 0 or more',
        ),
        (("2x",), "One of: 1.1, 1.2, 1.3a, 1.3b, 1.3c, 1.3d, 1.4a, 1.4b."),
        ((*HELD[:7], "17 19"), "19 positive of 17 respondents is impossible"),
        ((*HELD[:7], "1 2 3"), '"1 2 3" is more than two numbers'),
    ],
)
def test_a_wrong_answer_is_asked_again(year: Year, wrong: tuple[str, ...], words: str) -> None:
    script = Answers(wrong)
    with pytest.raises(Left):
        Dialogue(LOGS["sessions"], year, {}, Talk(script), today=WINTER).run()
    assert words in script.said[-2]


@pytest.mark.parametrize(("log", "answers"), [("tools", ("", "?", "Map", "?")), ("sessions", ("?",))])
def test_what_may_be_written_begins_with_what_it_is(year: Year, log: str, answers: tuple[str, ...]) -> None:
    script = Answers(answers)
    with pytest.raises(Left):
        Dialogue(LOGS[log], year, {}, Talk(script), today=WINTER).run()
    told = [line.strip() for text in script.said for line in text.splitlines()]
    assert any("One of: " in line or "Write " in line for line in told) and not any(
        ": ." in line for line in told
    )


def test_a_board_that_is_nearly_one_is_asked_about(year: Year) -> None:
    answers = (*HELD[:5], "emsb, riverside, perason", "", *HELD[6:], "")
    entry, script = talk(year, "workshop", *answers)
    assert entry is not None
    assert entry.cells["boards"] == "EMSB; RSB; LBPSB"
    assert '"perason"? Did you mean LBPSB, Lester B. Pearson School Board? [Y/n] > ' in script.screen


def test_a_board_that_was_not_meant_is_asked_again(year: Year) -> None:
    entry, _ = talk(year, "workshop", *HELD[:5], "perason", "n", "RSB", *HELD[6:], "")
    assert entry is not None
    assert entry.cells["boards"] == "RSB"


def test_no_feedback_form_is_an_answer(year: Year) -> None:
    entry, _ = talk(year, "workshop", *HELD[:7], "no", "", "")
    assert entry is not None
    assert entry.cells["feedback_form"] == "no"
    assert "positive" not in entry.cells


def test_how_many_answered_is_half_an_answer(year: Year) -> None:
    entry, script = talk(year, "workshop", *HELD[:7], "16", "16 12", HELD[-1], "")
    assert entry is not None and (entry.cells["respondents"], entry.cells["positive"]) == ("16", "12")
    assert (
        "      16 answered: how many of them positively? Write both numbers, such as 17 15" in script.screen
    )


def test_empty_is_unknown_not_zero(year: Year) -> None:
    entry, _ = talk(year, "workshop", *HELD[:4], "-", "", "", "", "", "")
    assert entry is not None
    assert {"boards", "participants", "respondents", "category"} & set(entry.cells) == set()


def test_a_question_mark_explains(year: Year) -> None:
    _, script = talk(year, "workshop", "1.1", "?", *HELD[1:], "")
    assert "date: First day. Write a date such as 2024-10-16." in script.screen
    assert "Or: today, yesterday, wed, -2d, 12 feb" in script.screen
    assert "- empties" in script.said[0]


@pytest.mark.parametrize("answer", ["?", "zzz"])
@pytest.mark.parametrize(
    ("language", "before", "said"),
    [
        ("en", ("1.3a", "wed", "A"), "half day"),
        ("fr", ("1.3a", "wed", "A"), "demi-journée"),
        ("en", ("1.1", "wed", "A", "half"), "Theme of our or the DSREA's choice"),
        ("fr", ("1.1", "wed", "A", "demi"), "Axe ciblé"),
    ],
)
def test_choices_are_in_the_words_of_the_screen(
    year: Year, answer: str, language: Language, before: tuple[str, ...], said: str
) -> None:
    """Never as the codes of the files, whether they are asked for, or the answer is missing or wrong."""
    script = Answers((*before, answer))
    with pytest.raises(Left):
        Dialogue(LOGS["sessions"], year, {}, Talk(script, language), today=WINTER).run()
    assert said in script.said[-2]
    assert not re.search("half-day|outcome-area", script.said[-2])


def test_no_partner_is_offered_as_a_school_board(year: Year) -> None:
    cells = {
        "code": "TABLE",
        "name_en": "Table",
        "name_fr": "Table",
        "type": "partner",
        "counts_as_board": "no",
    }
    year = year.plus(read_entry(OrganisationRecord, cells, year.known).row)
    prompts = Prompts(LOGS["requests"], year, {}, {}, Talk(Answers(()), "en"), WINTER)
    column = LOGS["requests"].column_named("board")
    assert column is not None
    offered = {code for code, _ in prompts.choices(column, {})}
    assert "EMSB" in offered and "TABLE" not in offered


def test_a_line_is_listed_once_and_only_where_it_is_offered(year: Year) -> None:
    script = Answers(("?1.3a", "-"))
    with pytest.raises(Left):
        Dialogue(LOGS["sessions"], year, {}, Talk(script, "fr"), today=WINTER, kind="meeting").run()
    assert [line for line in script.told if "1.3a" in line and "Ateliers pour" in line][1:] == []
    assert "Au choix\N{NO-BREAK SPACE}: 1.4a, 1.4b." in script.told[-2]


@pytest.mark.parametrize("kind", row_kinds())
def test_a_question_mark_explains_every_column_in_french(year: Year, kind: str) -> None:
    model, talk = LOGS[row_kinds()[kind]], Talk(Answers(()), "fr")
    prompts = Prompts(model, year, {}, {}, talk, WINTER)
    told = [line for column in model.columns() for line in prompts.explain(Question((column,)), ())]
    assert len(told) >= len(model.columns())
    assert english_words("\n".join(told), []) == []
    english = [column.description for column in model.columns() if column.name != "section"]
    assert [line for line in told for text in english if text in line] == []


@pytest.mark.parametrize(
    ("log", "column", "said"),
    [
        ("accompaniment", "centre", "centre : Centre scolaire communautaire (facultatif)"),
        ("partnerships", "new", "nouvelle entente : L’entente est-elle nouvelle, ou renouvelée? (non = un renouvellement, ou déjà connu)"),
        ("sessions", "date", "date : Premier jour"),
    ],
)  # fmt: skip
def test_a_question_mark_in_french(year: Year, log: str, column: str, said: str) -> None:
    found = LOGS[log].column_named(column)
    assert found is not None
    first, *_ = Prompts(LOGS[log], year, {}, {}, Talk(Answers(()), "fr"), WINTER).explain(
        Question((found,)), ()
    )
    assert first.strip().replace("\u00a0", " ") == said


def test_a_name_is_echoed_as_it_is_written(year: Year) -> None:
    names = year.project.private / "names.csv"
    names.write_text("id,name,email,other_names\np-aaaa,Zoé O'Brien-Roy,,\n", encoding="utf-8")
    _, script = talk(year, "request", "", "skills", "zoe", "", "")
    assert "      Zoé O'Brien-Roy, CDA, EMSB" in script.said


@pytest.mark.parametrize("typed", ["Meetings with the school boards", "rencontres avec les cs", "CS"])
def test_a_line_is_known_by_what_the_list_calls_it(year: Year, typed: str) -> None:
    script = Answers([typed])
    with pytest.raises(Left):
        Dialogue(LOGS["sessions"], year, {}, Talk(script), today=WINTER, me="p-me").run()
    assert "      1.4b Meetings with the school boards" in script.screen


def test_what_is_neither_yes_nor_no_is_asked_again(year: Year) -> None:
    entry, script = talk(year, "workshop", *HELD, "blah", "?", "y")
    assert entry is not None
    fields = [line.strip() for line in script.screen.splitlines() if " / Title / " in line]
    assert len(fields) == 2 and fields[0].startswith("y, n, or one of: Line / Date / Title / ")
    assert fields[1].startswith("field: Line / Date / Title / ")


def test_back_at_the_end_asks_the_last_question_again(year: Year) -> None:
    entry, _ = talk(year, "workshop", *HELD, "<", "SharePoint/2", "")
    assert entry is not None
    assert entry.cells["evidence"] == "SharePoint/2"


def test_hours_that_cannot_be_read_are_shown_examples(year: Year) -> None:
    said = '"zzz" is not a number of hours. Write hours: 1.5, 1,5, 1h30 or 90 min.'
    assert said in asked(year, "accompaniment", "", "zzz")


def test_who_may_be_left_empty_only_where_it_may(year: Year) -> None:
    assert "Who? (id or name) (n = new) > " in asked(year, "journal", "1")
    assert "Who? (id or name; empty = not named) (n = new) > " in asked(year, "request", "", "skills")


@pytest.mark.parametrize(
    ("kind", "answers", "words"),
    [
        ("journal", ("9",), "The plan has no round 9. Rounds of the plan: 1, 2, 3."),
        ("journal", ("1", "p-zzzz"), "Nobody in data/people.csv has the id p-zzzz. Add the person"),
        (
            "deliverable",
            ("progress",),
            "a progress report is not typed: prt submit logs it. prt submit keeps what is",
        ),
    ],
)
def test_what_nothing_in_the_project_has_is_asked_again(
    year: Year, kind: str, answers: tuple[str, ...], words: str
) -> None:
    assert words in asked(year, kind, *answers)


def asked(year: Year, kind: str, *answers: str) -> str:
    """The screen up to the first question that has no answer, which is on it too."""
    script, model = Answers(answers), LOGS[row_kinds()[kind]]
    with pytest.raises(Left):
        Dialogue(model, year, {}, Talk(script), today=WINTER, me="p-me").run()
    return script.screen


def test_a_line_that_counts_heads_says_so(year: Year) -> None:
    _, script = talk(year, "workshop", "1.3c", "", "CEGEP", "short", "", "students", "", "40", "", "", "")
    assert "Participants? (a headcount, no names; empty = later) > 40" in script.screen


def test_what_was_given_as_an_option_is_not_asked(year: Year) -> None:
    entry, script = talk(year, "accompaniment", "", "skills", "", "", "cda", "RSB", "", hours="2")
    assert entry is not None
    assert (entry.cells["hours"], entry.cells["staff"], entry.cells["board"]) == ("2", "p-me", "RSB")
    assert "Hours?" not in script.screen


def test_a_person_may_be_named_by_those_who_have_the_names(year: Year) -> None:
    entry, _ = talk(year, "request", "", "skills", "anne roy", "")
    assert entry is not None
    assert {"person": "p-aaaa", "role": "cda", "board": "EMSB"}.items() <= entry.cells.items()


def test_of_several_posts_the_person_says_which(year: Year) -> None:
    entry, _ = talk(year, "request", "", "skills", "p-bbbb", "teacher", "cqsb", "")
    assert entry is not None
    assert (entry.cells["role"], entry.cells["board"]) == ("teacher", "CQSB")


def test_nobody_unknown_is_accepted(year: Year) -> None:
    script = Answers(("", "skills", "p-zzzz"))
    with pytest.raises(Left):
        Dialogue(LOGS["requests"], year, {}, Talk(script), today=WINTER).run()
    assert "Nobody in data/people.csv has the id p-zzzz" in script.said[-2]


@pytest.mark.parametrize(
    ("kind", "answers", "cells"),
    [
        ("attendance", "1 |  | anne roy", {"session": "w-20241120-aaaa", "role": "cda", "board": "EMSB"}),
        ("feedback", "1 | 12 | oui", {"response": "12", "positive": "yes"}),
        (
            "accompaniment",
            " | 1h30 | skills |  |  | cda | rsb",
            {"hours": "1.5", "role": "cda", "kind": "contact"},
        ),
        ("partner-support", "-3d | 2 | ha | Table", {"date": "2025-02-11", "organisation": "HA"}),
        ("partnership", " | ha | agreement | no", {"event": "agreement", "new": "no"}),
        ("tool", " | capsule | Lire | cda | Say why |  | ", {"learning_objective": "Say why"}),
        ("update", " | News", {"date": "2025-02-14"}),
        ("survey", " | year-end | cda | 40 | ", {"campaign": "year-end", "invited": "40"}),
        ("journal", "1 | anne roy |  | ", {"round": "1", "person": "p-aaaa"}),
        ("deliverable", "action | Plan | oct 16 | ", {"kind": "action-plan", "date": "2024-10-16"}),
    ],
)
def test_every_kind_can_be_asked_for(year: Year, kind: str, answers: str, cells: dict[str, str]) -> None:
    entry, script = talk(year, kind, *(one.strip() for one in answers.split("|")), "y")
    assert entry is not None
    assert script.said[-1] == "Save? [Y/n/field] > y", script.screen
    assert cells.items() <= entry.cells.items()


def test_every_line_fits_in_80_columns(year: Year) -> None:
    _, script = talk(year, "workshop", *HELD, "")
    prompts = [line for line in script.screen.splitlines() if not line.startswith("Save")]
    assert [line for line in prompts if len(line) > 80] == []


PLAIN = {"TERM": "dumb"}
EDITOR = {"TERM": "xterm"}
FRENCH = {"TERM": "xterm", "PRT_LANG": "fr"}


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@pytest.mark.parametrize(
    ("setting", "asked", "moved"),
    [
        (PLAIN, ("Date?", "Description?", "Save?", "Another update?"), "2b.updates 0 → 1"),
        (
            {"TERM": "xterm", "PRT_PLAIN": "1"},
            ("Date?", "Description?", "Save?", "Another update?"),
            "updates 0 → 1",
        ),
        (EDITOR, ("Date?", "Description?", "Save?", "Another update?"), "2b.updates 0 → 1"),
        (FRENCH, ("Date?", "Description?", "Enregistrer?", "Une autre saisie ("), "2b.updates 0 → 1"),
    ],
)
def test_a_real_terminal(prt: Prt, setting: dict[str, str], asked: tuple[str, ...], moved: str) -> None:
    process, terminal = sit_at_terminal(setting, "log", "update")
    screen = b""
    for waited, answer in zip(asked, (b"", b"News", b"", b"n"), strict=True):
        screen += read_until(terminal, waited.encode())
        os.write(terminal, answer + b"\r")
    screen += read_until(terminal, b"\0")
    assert os.waitpid(process, 0)[1] == 0, screen.decode()
    assert moved in screen.decode()
    assert (b"\x1b" in screen) is (setting["TERM"] == "xterm" and "PRT_PLAIN" not in setting)
    assert [",2025-02-14,News," in line for line in prt.lines("updates")] == [True]


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
@only_in_ci
def test_the_editor_completes_says_what_it_understands_and_splits_a_paste(prt: Prt) -> None:
    process, terminal = sit_at_terminal(EDITOR, "log", "workshop")
    screen = read_until(terminal, b"Line?")
    os.write(terminal, b"\x1b[200~1.1\nyesterday\nA b\x1b[201~")
    screen += read_until(terminal, b"A b")
    assert "Thu 13 Feb 2025" in screen.decode()
    os.write(terminal, b"c\r")
    read_until(terminal, b"How long, or a meeting?")
    os.write(terminal, b"zzz\r")
    assert b"is not a format" in read_until(terminal, b"is not a format")
    empty = b"How long, or a meeting? >\x1b"  # the line is empty again
    assert empty in read_until(terminal, empty)
    os.write(terminal, b"demi")
    assert b"half day" in read_until(terminal, b"half day", 5)
    os.write(terminal, b"\r")
    read_until(terminal, b"Category?")
    os.write(terminal, b"<\r")
    read_until(terminal, b"How long, or a meeting?")
    os.write(terminal, b"\x03")
    assert b"Nothing was written." in read_until(terminal, b"written.")
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 130
    assert not prt.path("sessions").exists()


def sit_at_terminal(setting: dict[str, str], *words: str) -> tuple[int, int]:
    """A process of prt at a terminal of 80 columns, and our side of that terminal."""
    import fcntl
    import pty
    import struct
    import termios

    process, terminal = pty.fork()
    if process == 0:
        found = surroundings(COLUMNS="80", LINES="24", LC_ALL="C.UTF-8", **setting)
        os.execve(sys.executable, [sys.executable, "-m", "prt", *words], found)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    return process, terminal


def read_until(terminal: int, words: bytes, seconds: float = 30) -> bytes:
    """What the screen shows until these words, or until the program has left. TimeoutError if neither comes."""
    screen, end = b"", time.monotonic() + seconds
    while words not in screen:
        if time.monotonic() > end:
            raise TimeoutError(f"{words!r} is not in {screen!r}")
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                part = os.read(terminal, 4096)
            except OSError:  # Linux, when the other side has left
                break
            if not part:
                break
            screen += part
    return screen


# Who or what is missing in the middle of a row


def type_at(prt: Prt, typed: str, *answers: str, code: int = 0) -> Answers:
    """A command, and the answers of somebody at its terminal."""
    person = sit_down(prt.monkeypatch, *answers)
    prt(typed, code=code)
    prt.monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    return person


NEW_PARTNER = ("", "2", "n", "CHSSN", "Community Health Network", "", "", "Table", "", "n")


@pytest.mark.parametrize(("kind", "before"), [("partner-support", ["", "1"]), ("partnership", [""])])
def test_a_partner_who_is_not_there_may_be_new(year: Year, kind: str, before: list[str]) -> None:
    """Whatever is listed above the question."""
    screen = asked(year, kind, *before, "zzz partner")
    assert '"zzz partner" is not known here. n = a new one;' in screen, screen


def test_a_new_partner_is_written_with_its_row_and_undone_with_it(prt: Prt) -> None:
    """Case E4."""
    before = (prt.root / "data/organisations.csv").read_bytes()
    prt.monkeypatch.setenv("PRT_ME", "p-me")
    person = type_at(prt, "log partner-support", *NEW_PARTNER)
    assert "Name in French? [Community Health Network] > " in person.screen
    assert prt.lines("partner-support")[0].split(",")[3:5] == ["2", "CHSSN"]
    assert (
        b"CHSSN,Community Health Network,Community Health Network,partner,no"
        in (prt.root / "data/organisations.csv").read_bytes()
    )
    prt("undo --yes")
    assert not prt.path("partner-support").exists()
    assert (prt.root / "data/organisations.csv").read_bytes() == before


def test_a_new_person_is_written_with_the_row_and_undone_with_it(prt: Prt) -> None:
    private = prt.root / "data/private"
    private.mkdir(parents=True, exist_ok=True)
    person = type_at(
        prt, "log request", "", "skills", "n", "Robin Sample", "", "cda", "emsb", "", "n"
    )  # fmt: skip
    assert "Name, as First Last? > Robin Sample" in person.screen
    assert " · Robin Sample · CDA · EMSB" in person.screen
    [row] = prt.lines("requests")
    [name] = (private / "names.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert name.split(",")[1] == "Robin Sample" and name.split(",")[0] in row
    prt("undo --yes")
    assert not prt.path("requests").exists()
    assert not (private / "names.csv").exists()


def test_who_is_known_is_not_made_twice(prt: Prt) -> None:
    (prt.root / "data/private").mkdir(parents=True, exist_ok=True)
    prt("people add --name 'Robin Sample' --role cda --board EMSB --start 2024-09-01")
    person = type_at(prt, "log request", "", "skills", "n", "Sample Robin", "<", "robin", "", "n")
    assert '"Sample Robin" is Robin Sample (p-' in person.screen and "already" in person.screen
    assert len(prt.lines("requests")) == 1


def test_a_name_that_is_nearly_that_of_somebody_is_asked_about(prt: Prt) -> None:
    (prt.root / "data/private").mkdir(parents=True, exist_ok=True)
    prt("people add --name 'Robin Sample' --role cda --board EMSB --start 2024-09-01")
    answers = ("Robin Sampel", "n", "Robin Sampel", "y", "", "cda", "rsb", "", "n")
    person = type_at(prt, "log request", "", "skills", "n", *answers)
    assert person.screen.count("Robin Sample, CDA, EMSB. Somebody else? [y/n] > ") == 2
    names = (prt.root / "data/private/names.csv").read_text(encoding="utf-8-sig")
    assert "Robin Sampel," in names


def test_going_back_from_what_is_new_asks_again(year: Year) -> None:
    entry, script = talk(year, "partner-support", "", "2", "n", "<", "ha", "Table", "")
    assert entry is not None and entry.cells["organisation"] == "HA"
    assert "Nothing was added" in script.screen


@pytest.mark.parametrize("key", ["code", "name_en"])
def test_an_organisation_that_is_there_is_not_made_twice(year: Year, key: str) -> None:
    answers = ["RSB", "NEW", "New"] if key == "code" else ["NEW", "Riverside", "New"]
    entry, script = talk(year, "partner-support", "", "2", "n", *answers, "", "", "Table", "")
    assert entry is not None and entry.cells["organisation"] == "NEW"
    assert "is RSB already" in script.screen


def test_an_organisation_is_asked_for(prt: Prt) -> None:
    person = type_at(prt, "org add", "<", "LEARN", "rsb", "LEARN Québec", "<", "LEARN", "", "other", "")
    assert "This is the first question" in person.screen
    assert b"LEARN,LEARN,LEARN,other,no" in (prt.root / "data/organisations.csv").read_bytes()
    assert person.said[-1] == "Save? [Y/n/field] > "


def test_back_in_people_add_is_back_and_a_mistake_loses_nothing(prt: Prt) -> None:
    """Case E3."""
    (prt.root / "data/private").mkdir(parents=True, exist_ok=True)
    person = type_at(
        prt, "people add", "Robin Sample", "robin at home", "r@home.example", "cda", "rsb", "<", "emsb", "",
        "2024-10-01", "2024-09-01", "", "", "", "centre", "North", "",
    )  # fmt: skip
    assert "is no e-mail address" in person.screen
    assert "The last day in post is before the first" in person.screen
    [row] = (prt.root / "data/people.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert row.split(",")[1:] == ["cda", "EMSB", "North", "2024-10-01", "", "", ""]


@pytest.mark.parametrize(
    ("setting", "said"), [("en", "Nothing was written."), ("fr", "Rien n’a été enregistré.")]
)
@pytest.mark.parametrize("typed", ["log update", "people add", "org add", "log workshop"])
def test_leaving_says_what_was_written(prt: Prt, typed: str, setting: str, said: str) -> None:
    """Case E8."""
    prt.monkeypatch.setenv("PRT_LANG", setting)
    type_at(prt, typed, code=130)
    assert prt.err.splitlines()[-1] == said


def test_a_meeting_offers_the_lines_that_have_meetings(prt: Prt) -> None:
    """Case E5."""
    person = type_at(prt, "log meeting", "1.3a", "n", "1.4b", code=130)
    assert "1.4a  PLC meetings\n    1.4b  Meetings with the school boards" in person.screen
    assert "1.1   " not in person.screen
    assert "1.3a has had no meetings. All the same? [y/N] > n" in person.screen
    other = type_at(prt, "log workshop", code=130)
    assert "1.4a" not in other.screen and "1.3a  Workshops for families" in other.screen


@pytest.mark.parametrize(("language", "asked"), [("en", "Line? > "), ("fr", "Ligne? > ")])
def test_an_option_that_is_refused_is_not_what_enter_takes(prt: Prt, language: str, asked: str) -> None:
    prt.monkeypatch.setenv("PRT_LANG", language)
    person = sit_down(prt.monkeypatch, "A", *[""] * 9)
    assert prt.attempt("log workshop --line 9 --date 2025-02-12 --format full-day") == 130
    assert asked in person.said and not any("[9]" in line for line in person.said), person.screen
