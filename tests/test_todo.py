"""What is to do next: rows that miss something, targets that are short, dates to come."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from prt.figures.todo import Task, dates, reports_sent, tasks, unsent_reports
from prt.output.calendar_file import CalendarDay, write_calendar
from prt.output.screens.status import StatusScreen
from prt.output.screens.todo import TodoScreen, due_days
from prt.output.words import Words
from prt.problems import ProblemCount
from prt.text import cell_width, one_line
from tests.project import WORKSHOP, Prt
from tests.support import evaluation
from tests.texts import any_text

TODAY = dt.date(2025, 2, 14)
HEADER = "id | line | date | title | format | status | boards | participants | feedback_form | answered\n"
COUNT = "{kind: count, of: pd}"


def todo(rows: str, target: str = "{at_least: 1}", measure: str = COUNT) -> list[Task]:
    found = evaluation(measure, target, TODAY.isoformat(), sessions=HEADER + rows)
    return tasks(found, TODAY, found)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("w1 | 1.1 | 2025-02-06 | A | half-day | held | RSB | 12 | yes | 9", []),
        ("w1 | 1.1 | 2025-02-06 | A | half-day | held | RSB | 12 | yes |", ["feedback"]),
        ("w1 | 1.1 | 2025-02-06 | A | half-day | held | RSB | 12 | no |", []),
        ("w1 | 1.1 | 2025-02-06 | A | half-day | held | | | |", ["participants", "boards"]),
        ("w1 | 1.1 | 2025-02-06 | A | half-day | planned | | | |", ["was_it_held"]),
        ("w1 | 1.1 | 2025-02-14 | A | half-day | planned | | | |", []),
        ("w1 | 1.1 | 2025-03-06 | A | half-day | planned | | | |", []),
        ("w1 | 1.1 | 2025-02-06 | A | half-day | cancelled | | | |", []),
    ],
)
def test_what_a_session_misses(row: str, expected: list[str]) -> None:
    found = todo(row, measure="{kind: distinct, column: boards, of: pd}")
    assert [task.about for task in found if task.group == "rows"] == expected


def test_nobody_is_asked_for_boards_that_no_figure_of_the_plan_counts() -> None:
    """A plan of a town, of a department: its sessions have no boards."""
    row = "w1 | 1.1 | 2025-02-06 | A | half-day | held | | | |"
    assert [task.about for task in todo(row) if task.group == "rows"] == ["participants"]


def test_a_target_is_short_unless_enough_is_planned() -> None:
    held = "w1 | 1.1 | 2025-02-06 | A | half-day | held | RSB | 12 | no |\n"
    short = [task for task in todo(held, "{at_least: 10}") if task.group == "targets"]
    assert [(task.result.handle, task.command) for task in short if task.result] == [
        ("1.1.it", "prt explain 1.1.it")
    ]
    planned = "".join(
        f"p{day} | 1.1 | 2025-05-{day:02d} | A | half-day | planned | | | |\n" for day in range(1, 10)
    )
    assert not [task for task in todo(held + planned, "{at_least: 10}") if task.group == "targets"]


def test_hours_say_what_each_week_must_bring() -> None:
    measure = "{kind: sum, column: hours, of: {log: accompaniment}}"
    table = "date | staff | hours | role | board | objective\n2025-02-01 | k | 10 | cda | EMSB | a"
    found = evaluation(measure, "{at_least: 100}", TODAY.isoformat(), accompaniment=table)
    task = next(task for task in tasks(found, TODAY, found) if task.group == "targets")
    assert task.weekly is not None and task.so_far is not None
    assert (round(float(task.weekly), 2), round(float(task.so_far), 2)) == (4.63, 0.42)


def test_gaps_that_the_notes_explain_are_not_asked_for() -> None:
    found = evaluation(
        COUNT,
        "{at_least: 10}",
        TODAY.isoformat(),
        sessions=HEADER + "w1 | 1.4a | 2024-10-01 | M | meeting | held | RSB | 3 | no |",
    )
    asked = [task.number for task in tasks(found, TODAY, found) if task.about == "explanations"]
    assert asked == [1]
    told = tasks(found, TODAY, found, frozenset({"1.1.it"}))
    assert not [task for task in told if task.about == "explanations"]


def test_the_dates_to_come_nearest_first_and_as_a_calendar() -> None:
    found = evaluation(COUNT, "{at_least: 10}", TODAY.isoformat())
    coming = dates(found, TODAY)
    assert [(due.kind, due.number) for due in coming] == [
        ("round", 2),
        ("report", 2),
        ("round", 3),
        ("report", 3),
    ]
    words = Words("fr", found.plan, found.data.organisations)
    text = write_calendar(due_days(coming, words, "2024-2025"), dt.date(2024, 7, 1))
    assert text.count("BEGIN:VEVENT") == 4
    assert (
        "SUMMARY:Rapport 2 à remettre le 15 avril 2025 (2024-2025)\r\nDTSTART;VALUE=DATE:20250415\r\n" in text
    )


def test_a_calendar_is_the_same_twice_and_replaces_its_own_file_only(prt: Prt) -> None:
    prt(
        'log workshop --line 1.1 --date 2025-03-05 --title "EDI, basics; ☃ (BEGIN:VEVENT)" --format two-day --last-day 2025-03-06 --status planned'
    )
    prt(
        'log workshop --line 1.1 --date 2025-01-05 --title "Past" --format half-day --status planned --anyway'
    )
    session = next(line.partition(",")[0] for line in prt.lines("sessions") if "EDI" in line)
    text = prt("todo --ics")
    event = next(part for part in text.split("BEGIN:VEVENT\r\n") if session in part)
    assert f"UID:{session}\r\n" in event
    assert "SUMMARY:1.1 EDI\\, basics\\; ☃ (BEGIN:VEVENT)\r\n" in event
    assert "DTSTART;VALUE=DATE:20250305\r\nDTEND;VALUE=DATE:20250307\r\n" in event
    assert "DTSTAMP:20240701T000000Z\r\n" in event
    assert "Past" not in text
    file = prt.root.parent / "due.ics"
    for _ in range(2):
        assert prt(f"todo --ics -o {file}") == f"{file}: 5 days of a calendar\n"
    assert file.read_bytes().decode() == text
    prt(f"edit {session} --status cancelled --why x")
    assert "STATUS:CANCELLED\r\n" in prt("todo --ics")
    file.write_text("BEGIN:VCALENDAR\nPRODID:-//somebody else//EN\n")
    prt(f"todo --ics -o {file}", code=2)
    assert "or --force" in prt.err
    assert "5 days" in prt(f"todo --ics -o {file} --force")
    prt(f"todo -o {file}", code=2)


def test_a_title_that_names_somebody_stays_here(prt: Prt) -> None:
    (prt.root / "data" / "private").mkdir()
    (prt.root / "data" / "private" / "names.csv").write_text(
        "id,name\np-zoe2,Zoé Tremblay\n", encoding="utf-8"
    )
    prt(
        'log workshop --line 1.1 --date 2025-03-05 --title "With Zoé Tremblay" --format half-day --status planned --anyway'
    )
    assert "SUMMARY:1.1\r\n" in prt("todo --ics")


@given(
    st.lists(
        any_text(max_size=120)
        | st.sampled_from(
            ["a\r\nATTENDEE:x", "\r", "\n", "\\n", "C:\\New", "é" * 90, "x" * 200, "\u2028", "\x85", "\x0b"]
        ),
        max_size=4,
    )
)
def test_no_title_adds_a_line_to_a_calendar(texts: list[str]) -> None:
    text = write_calendar([CalendarDay(str(n), TODAY, one) for n, one in enumerate(texts)], TODAY)
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    names = [re.split("[:;]", line)[0] for line in lines if line and not line.startswith(" ")]
    assert Counter(names)["UID"] == Counter(names)["SUMMARY"] == len(texts)
    assert set(names) <= {
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "METHOD",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "SUMMARY",
        "TRANSP",
    }
    assert not re.search("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "".join(lines))
    read = Calendar.from_ical(text).walk("VEVENT")
    said = [one_line(" ".join(one.splitlines())) for one in texts]
    assert [str(one["SUMMARY"]).replace("\u2060", "") for one in read] == [
        one.replace("\u2060", "") for one in said
    ]


NEXT = """
kind            | title | period | date
progress-report | R1    | 1      | 2024-12-12
progress-report | R2    | 2      | 2025-04-14
other           | Plan  | 3      | 2024-12-12
"""


@pytest.mark.parametrize(
    ("submitted", "table", "today", "expected"),
    [
        ([], "", "2024-10-01", 1),
        ([], "", "2025-02-14", 1),
        ([1], "", "2025-02-14", 2),
        ([], NEXT, "2025-02-14", 2),
        ([], NEXT, "2025-04-14", 3),
        ([2], "", "2025-04-14", 1),
        ([1, 2, 3], "", "2025-07-15", None),
    ],
)
def test_the_next_report_is_the_first_that_was_not_sent(
    submitted: list[int], table: str, today: str, expected: int | None
) -> None:
    found = evaluation(COUNT, deliverables=table)
    rows = found.data.logs["deliverables"]
    sent = reports_sent(submitted, rows, dt.date.fromisoformat(today))
    due = [one.period.id for one in unsent_reports(found.plan, sent)]
    assert (due[0] if due else None) == expected
    assert all(one.number not in sent for one in dates(found, TODAY, sent) if one.kind == "report")


@pytest.mark.parametrize("width", [80, 100])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    rows = "w1 | 1.1 | 2025-02-06 | " + "A very long title " * 8 + " | half-day | held | | | yes |"
    found = evaluation(COUNT, "{at_least: 10}", TODAY.isoformat(), sessions=HEADER + rows)
    words = Words("en", found.plan, found.data.organisations)
    screen = StatusScreen(found, words, TODAY, width)
    numbers = {"2024-2025": ProblemCount(1, 2)}
    listed = TodoScreen(screen, tasks(found, TODAY, found), dates(found, TODAY), numbers, waiting=3)
    lines = ["".join(text for text, _ in line).rstrip() for line in listed.lines()]
    assert len(lines) > 8
    assert max(map(cell_width, lines)) <= width
    assert not any("\n" in line for line in lines)
    assert all(re.match(r"[ \d]\d  \S", line) for line in lines if re.match(r" ?\d", line))


# A hint can be pasted: it has the options in force


def test_hints_have_the_options_in_force(prt: Prt) -> None:
    out = prt("todo --report 1 --year 2024-2025 --lang fr")
    assert "prt notes --period 1 --year 2024-2025\n" in out
    assert "prt check --year 2024-2025" in out
    assert "prt todo --ics -o due.ics --report 1 --year 2024-2025 --lang fr" in out
    assert "prt notes\n" in prt("todo")
    out = prt('status --as-of "oct 16" --lang fr')
    assert '\N{NO-BREAK SPACE}: prt status --all --as-of "oct 16" --lang fr\n' in out
    assert 'prt explain 1.1.workshops --as-of "oct 16" --lang fr\n' in out
    prt(WORKSHOP)
    row = prt.last_id("sessions")
    assert f"prt show {row} --year 2024-2025\n" in prt("explain 1.1.workshops --year 2024-2025")
    assert f"prt show {row}\n" in prt("explain 1.1.workshops")


def test_the_hint_about_notes_does_what_it_says(prt: Prt) -> None:
    hint = next(line for line in prt("todo --report 2").splitlines() if "prt notes" in line)
    assert "period-2.fr.md: made" in prt(hint[hint.index("prt notes") + 4 :])


def test_the_list_of_tools_without_a_link_has_those_that_are_counted(prt: Prt) -> None:
    for day in ("2024-10-16", ""):
        published = f"--published {day}" if day else ""
        prt(
            f"log tool --date 2024-10-16 --kind tool --title 'Guide {day}' --audience cda --work new {published}"
        )
    found = re.search(r"(\d+) published tools? without a link +(prt .*)", prt("todo"))
    assert found
    prt(found[2].removeprefix("prt "))
    assert f"{found[1]} row of tools" in prt.err


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("in words", "CODES are school boards")),
        ("fr", ("en mots", "CODES\u00a0: commissions scolaires")),
    ],
)
@pytest.mark.parametrize("command", ["todo", "open"])
def test_an_open_question_can_be_answered_in_words(
    prt: Prt, command: str, language: str, told: tuple[str, str]
) -> None:
    """By the title of the row, as a shell takes it; what CODES are is said where a command has them."""
    prt("log workshop --line 1.1 --date 2025-02-06 --title 'Costs $5' --format full-day --participants 3")
    prt("log workshop --line 1.1 --date 2025-02-05 --title Basics --format full-day --participants 3")
    prt.monkeypatch.setenv("PRT_LANG", language)
    if command == "open":
        prt("open")
        text = html.unescape((prt.root / "this-week.html").read_text(encoding="utf-8"))
    else:
        text = prt("todo")
    assert all(one in text for one in told) and re.search("[A-Z]{3,}; [A-Z]{3,}", text)
    assert "prt edit 'Costs $5'" in text


@pytest.mark.parametrize(
    ("language", "asked", "as_at", "short"),
    [
        (
            "en",
            "28 targets have no data yet: what happened?",
            "Before report 1 (as at 30 Nov)",
            "no data yet, target 37, none planned",
        ),
        (
            "fr",
            "28 cibles sont sans donnée\u00a0: que s’est-il passé?",
            "Avant le rapport 1 (au 30 nov.)",
            "aucune donnée saisie, cible\u00a0: 37, rien au calendrier",
        ),
    ],
)
def test_a_year_without_a_row_has_everything_to_do(
    prt: Prt, language: str, asked: str, as_at: str, short: str
) -> None:
    """What nobody logged is short, as what is behind; what a report is asked for is of its own cut-off."""
    prt.monkeypatch.setenv("PRT_TODAY", "2025-06-30")
    prt.monkeypatch.setenv("PRT_LANG", language)
    text = prt("todo")
    assert re.search(rf"{re.escape(asked)} +prt log\n", text)
    assert re.search(r"1\.1\.workshops .* - +0 +37\n", text)
    assert as_at in text
    prt("open")
    assert short in html.unescape((prt.root / "this-week.html").read_text(encoding="utf-8"))


def test_a_note_stands_below_the_task_that_it_is_of(prt: Prt) -> None:
    prt("log workshop --line 1.1 --date 2025-02-06 --title Basics --format full-day --participants 3")
    prt("log workshop --line 1.1 --date 2025-02-05 --title Beyond --format full-day --boards EMSB")
    lines = [line.split() for line in prt("todo").splitlines()]
    at = next(at for at, line in enumerate(lines) if line[-3:] == ["prt", "edit", "Basics"])
    assert lines[at - 1][-2:] == ["--boards", "CODES"]
    prt("open")
    page = html.unescape((prt.root / "this-week.html").read_text(encoding="utf-8"))
    items = re.findall(r"<li>(.*?)</li>", page, re.DOTALL)
    [item] = [one for one in items if "prt edit Basics" in one]
    assert "--boards CODES" in item and "CODES are school boards" in item


@pytest.mark.parametrize(
    ("language", "asked"), [("en", "how many respondents?"), ("fr", "combien de formulaires reçus?")]
)
def test_answers_without_respondents_are_asked_about(prt: Prt, language: str, asked: str) -> None:
    """How many answered one question does not say how many forms came back; the response rate needs it."""
    workshop = "log workshop --line 1.1 --format half-day --participants 9 --boards EMSB --positive 7"
    prt(f"{workshop} --title Basics --date 2025-02-06 --answered 8")
    prt(f"{workshop} --title Beyond --date 2025-02-05 --respondents 8")
    prt.monkeypatch.setenv("PRT_LANG", language)
    found = [line for line in prt("todo").splitlines() if asked in line or "--respondents" in line]
    assert [line.split()[-2:] for line in found if "--respondents" in line] == [["--respondents", "N"]]
    assert sum(asked in line for line in found) == 1
