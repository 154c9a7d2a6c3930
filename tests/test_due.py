"""Which report is due: every command says the same, in every situation."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.answers import Answers
from tests.conftest import only_in_ci
from tests.project import Prt

ANYWAY = "--anyway errors,actions,no-data"
SENT = {1: "2024-12-12", 2: "2025-04-14", 3: "2025-07-08"}
"""The reports and the days on which they were sent."""
NUMBERS = r"s? (?P<n>\d)[\d, and]*?(?: of (?P<year>\S+?)(?:, .*?)?)?"
"""The numbers of reports as screens name them: the first is the one that is due."""


@pytest.fixture
def on(prt: Prt) -> Callable[[str], None]:
    prt.shorten_plan("1.1", "4.reports")
    return lambda day: prt.monkeypatch.setenv("PRT_TODAY", day)


def sent_by_hand(prt: Prt, *numbers: int) -> None:
    """Rows of a file that a spreadsheet saved."""
    rows = [f"d{one},progress-report,R{one},{one},{SENT[one]},," for one in numbers]
    prt.write("deliverables", "\n".join(["id,kind,title,period,date,url,evidence", *rows]) + "\n")


def told_in(out: str, command: str, year: str) -> tuple[str, int] | None:
    """The plan year and the number of the report that a command takes for the one that is due; without a
    year in what it printed it is that of the current plan."""
    patterns = {
        "": rf"report{NUMBERS} (?:were|\()",
        "status": rf"report{NUMBERS} (?:due|was|were)",
        "todo": rf"Report{NUMBERS} (?:due|was|were)",
        "notes": r"data/(?P<year>\S+)/notes/period-(?P<n>\d)",
    }
    found = re.search(patterns[command], out)
    return (found["year"] or year, int(found["n"])) if found else None


def year_of(prt: Prt) -> str:
    """The plan year that the program takes for the current one."""
    found = re.search(r'"year": "(\S+?)"', prt("status --format json"))
    assert found
    return found[1]


def report_of(prt: Prt) -> tuple[str, int]:
    path = prt.root.parent / "draft.md"
    prt(f"report --lang en --output {path} --force")
    number = re.search(r"Draft of report (\d)", prt.err)
    year = re.search(r"20\d\d-20\d\d", path.read_text(encoding="utf-8"))
    assert number and year
    return year[0], int(number[1])


def submission_of(prt: Prt, over: bool) -> tuple[str, int] | None:
    """What prt submit would freeze; of a period that lasts the one that it names."""
    out = prt(f"submit --dry-run {ANYWAY}", code=0 if over else 2)
    found = re.search(r"data/(\S+)/submitted/period-(\d)", out) if over else None
    return (found[1], int(found[2])) if found else None


@pytest.mark.parametrize(
    ("today", "plans", "sent", "due", "over", "late"),
    [
        ("2025-02-14", 1, (), ("2024-2025", 1), True, True),
        ("2024-10-01", 1, (), ("2024-2025", 1), False, False),
        ("2024-12-05", 1, (), ("2024-2025", 1), True, False),
        ("2025-02-14", 1, (1,), ("2024-2025", 2), False, False),
        ("2025-04-05", 1, (1,), ("2024-2025", 2), True, False),
        ("2025-04-15", 1, (1, 2), ("2024-2025", 3), False, False),
        ("2025-04-15", 1, (2,), ("2024-2025", 1), True, True),
        ("2025-07-10", 2, (1, 2), ("2024-2025", 3), True, False),
        ("2025-07-10", 2, (1, 2, 3), None, False, False),
        ("2025-09-10", 2, (1, 2), ("2024-2025", 3), True, True),
        ("2025-09-10", 2, (), ("2024-2025", 1), True, True),
        ("2025-09-10", 2, (1, 2, 3), ("2025-2026", 1), False, False),
        ("2026-02-10", 2, (1, 2), ("2024-2025", 3), True, True),
    ],
)
def test_every_command_takes_the_report_that_is_due(
    prt: Prt,
    on: Callable[[str], None],
    today: str,
    plans: int,
    sent: tuple[int, ...],
    due: tuple[str, int] | None,
    over: bool,
    late: bool,
) -> None:
    if plans == 2:
        on("2025-06-20")
        prt("plan new 2025-2026")
    sent_by_hand(prt, *sent)
    on(today)
    year, printed = year_of(prt), {command: prt(command) for command in ("", "status", "todo")}
    for command, out in printed.items():
        assert told_in(out, command, year) == due, command
        assert ("never submitted" in out) is late, command
    last = due or ("2024-2025", 3)
    assert told_in(prt("notes"), "notes", year) == last
    assert report_of(prt) == last
    assert submission_of(prt, over) == (due if over else None)
    if due is None:
        assert (
            "every report was submitted" in printed[""] and "every report was submitted" in printed["status"]
        )
        prt("submit", code=2)
        assert "Every report of the year was submitted" in prt.err


@only_in_ci
def test_a_report_of_last_year_is_named_with_its_year_in_both_languages(
    prt: Prt, on: Callable[[str], None]
) -> None:
    on("2025-06-20")
    prt("plan new 2025-2026")
    sent_by_hand(prt, 1, 2)
    on("2025-09-10")
    assert "report 3 of 2024-2025 (1 Apr 2025 to 30 June 2025) was never submitted; it was due" in prt("")
    assert "prt report --period 3 --year 2024-2025 --open" in prt.out
    assert "report 3 of 2024-2025 was due 15 July (57 days ago), never submitted" in prt("status")
    french = prt("status --lang fr")
    assert (
        "le rapport 3 de 2024-2025 était à remettre le 15 juill. (il y a 57 jours), jamais transmis" in french
    )
    assert prt("todo").startswith(
        "Report 3 of 2024-2025 was never submitted · Report 1 of 2025-2026 due 15 Dec"
    )
    assert "Before report 3 of 2024-2025" in prt.out and "prt notes --year 2024-2025" in prt.out
    assert "Avant le rapport 3 de 2024-2025" in prt("todo --lang fr")
    prt("report")
    assert "Report 3 of 2024-2025 was never submitted. It was due on 15 July 2025." in prt.err
    assert "report 1 due 15 Dec" in prt("status --year 2025-2026")  # that year alone was asked for


@pytest.mark.parametrize(
    ("today", "said", "told"),
    [
        (
            "2025-05-02",
            (
                "reports 1 and 2 were never submitted; the first",
                "Reports 1 and 2 were never submitted · Report 3 due 15 July",
            ),
            (
                "reports 1 and 2 were never submitted, the first was due",
                "rapports 1 et 2 jamais transmis, le premier était à remettre",
            ),
        ),
        (
            "2025-07-10",
            (
                "reports 1 and 2 of 2024-2025 were never submitted; the first",
                "Reports 1 and 2 of 2024-2025 were never submitted · Report 3 of 2024-2025 due 15 July",
            ),
            (
                "reports 1 and 2 of 2024-2025 were never submitted, the first was due 15 Dec 2024 (207 days ago)",
                "rapports 1 et 2 de 2024-2025 jamais transmis, le premier était à remettre le 15 déc. 2024",
            ),
        ),
        (
            "2026-04-20",
            (
                "reports 1, 2 and 3 of 2024-2025, 1 and 2 of 2025-2026 were never submitted; the first",
                "Reports 1, 2 and 3 of 2024-2025, 1 and 2 of 2025-2026 were never submitted · "
                "Report 3 of 2025-2026 due",
            ),
            (
                "reports 1, 2 and 3 of 2024-2025, 1 and 2 of 2025-2026 were never submitted, the first was due",
                "rapports 1, 2 et 3 de 2024-2025, 1 et 2 de 2025-2026 jamais transmis, le premier",
            ),
        ),
    ],
)
def test_every_report_that_was_never_submitted_is_said(
    prt: Prt, on: Callable[[str], None], today: str, said: tuple[str, str], told: tuple[str, str]
) -> None:
    """Case D16."""
    if today > "2025-06-30":
        on("2025-06-20")
        prt("plan new 2025-2026")
    on(today)
    home, todo = said
    english, french = told
    assert home in prt("").splitlines()[0]
    assert todo in prt("todo").splitlines()[0]
    assert english in prt("status")
    assert french in prt("status --lang fr").splitlines()[0]  # a pipe has room for the whole head
    assert f"Les {french.partition(' jamais')[0]} n’ont jamais été transmis" in prt("todo --lang fr")


@only_in_ci
def test_the_problems_that_are_counted_are_of_the_year_that_is_named(
    prt: Prt, on: Callable[[str], None]
) -> None:
    on("2025-06-20")
    prt("plan new 2025-2026")
    prt.write("updates", "id,date,description\nu1,2024-12-12,A\nu2,2024-12-12,A\n")  # twice, perhaps
    on("2025-10-05")
    warnings = re.search(r"^\d+ warnings?", prt("check --year 2024-2025"), re.MULTILINE)
    assert warnings and "No problems" in prt("check --year 2025-2026")
    out = prt("todo")
    assert "Before report 1 of 2024-2025" in out
    assert f"{warnings[0]} in the files of 2024-2025" in out and "prt check --year 2024-2025" in out
    assert "No problems in the files of 2025-2026 (prt check)." in out
    assert "Aucun problème dans les fichiers de 2025-2026 (prt check)." in prt("todo --lang fr")
    assert f"0 errors and {warnings[0]} in the files of 2024-2025: prt check --year 2024-2025" in prt("")
    assert "No problems in the files (prt check --year 2025-2026)." in prt("todo --year 2025-2026")


def test_what_is_submitted_late_is_due_no_more(prt: Prt, on: Callable[[str], None]) -> None:
    on("2025-06-20")
    prt("plan new 2025-2026")
    sent_by_hand(prt, 1, 2)
    on("2025-09-10")
    prt(f"submit --on 2025-09-09 {ANYWAY}")
    assert "Frozen in data/2024-2025/submitted/period-3" in prt.out
    assert told_in(prt(""), "", year_of(prt)) == ("2025-2026", 1)


def test_a_plan_before_that_cannot_be_read_stops_nothing_and_is_named(
    prt: Prt, on: Callable[[str], None]
) -> None:
    on("2025-06-20")
    prt("plan new 2025-2026")
    sent_by_hand(prt, 1, 2, 3)
    (prt.root / "plan" / "2023-2024.yaml").write_text("year: 2023-2024\nvolets: 3\n", encoding="utf-8")
    on("2025-09-10")
    assert "report 1 due 15 Dec" in prt("status")
    assert "the plan of 2023-2024 has errors: whether one of its reports is still due" in prt.err


# A progress report is not typed


@pytest.mark.parametrize(
    "typed",
    [
        "log deliverable --kind progress-report --title R1 --period 1 --date 2024-12-12",
        "log deliverable --kind progress-report --title R1 --period 1 --date 2024-12-12 --dry-run",
        "edit d-20241212-aaaa --kind progress-report --why mistyped",
        "edit d-20241212-bbbb --period 1 --why mistyped",
        "import {folder}/reports.csv --into deliverables --yes",
    ],
)
def test_a_progress_report_that_is_typed_moves_no_calendar(prt: Prt, typed: str) -> None:
    """Case D17."""
    header = "id,kind,title,period,date\n"
    rows = "d-20241212-aaaa,other,R,1,2024-12-12\nd-20241212-bbbb,progress-report,R2,2,2024-12-12\n"
    prt.write("deliverables", header + rows)
    (prt.root.parent / "reports.csv").write_text(
        "kind,title,period,date\nprogress-report,R1,1,2024-12-12\n", encoding="utf-8"
    )
    before = prt.path("deliverables").read_bytes()
    prt(typed.format(folder=prt.root.parent), code=1 if typed.startswith("import") else 2)
    assert "progress report 1 is not typed: prt submit logs it" in prt.err
    assert "prt submit --period 1 keeps what is sent" in prt.err
    assert prt.path("deliverables").read_bytes() == before
    assert "report 1 (1 July 2024 to 30 Nov 2024) was never submitted" in prt("")


def test_other_cells_of_its_row_can_be_edited(prt: Prt) -> None:
    sent_by_hand(prt, 1)
    prt("edit d1 --url https://example.org/r1 --why posted")
    assert "https://example.org/r1" in prt.lines("deliverables")[0]


def test_the_questions_of_a_row_that_says_so_go_to_their_end(
    prt: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_by_hand(prt, 1)
    answers = Answers(["", "", "Report 1, as sent", "", "", "", "", "", "y"])
    monkeypatch.setattr("prt.console.dialogue.terminal.Terminal", lambda: answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    prt("edit d1 --why title")
    assert "Report 1, as sent" in prt.lines("deliverables")[0]


@only_in_ci
def test_the_row_of_a_report_that_is_kept_may_be_typed_again(prt: Prt, on: Callable[[str], None]) -> None:
    on("2024-12-10")
    prt(f"submit --period 1 {ANYWAY}")
    prt(f"remove {prt.last_id('deliverables')} --why mistake")
    command = re.search(r"prt (log deliverable .*? --title) ", prt("check"))
    assert command
    prt(f"{command[1]} R1")
    assert "no row of deliverables.csv says so" not in prt("check")


def test_a_report_that_was_logged_and_is_not_kept_is_named(prt: Prt) -> None:
    sent_by_hand(prt, 1)
    prt("submissions")
    assert (
        "Report 1 was sent, as deliverables.csv says, and is not kept here: prt submit --period 1" in prt.err
    )
    prt(f"submit --period 1 {ANYWAY}")
    prt("submissions")
    assert "is not kept here" not in prt.err
    assert len(prt.lines("deliverables")) == 1


# What is to come, in the notes and in the report


def test_the_notes_of_a_past_period_have_the_sessions_that_its_report_lists(prt: Prt) -> None:
    for day, title in (("2024-12-04", "Held since"), ("2025-04-02", "Still to come")):
        held = (
            "--status planned" if day > "2025-02-14" else "--boards EMSB --participants 3 --feedback-form no"
        )
        row = f'--line 1.1 --date {day} --title "{title}" --format full-day --category choice {held}'
        prt(f"log workshop {row}")
    prt("notes --period 1 --lang en")
    notes = (prt.root / "data/2024-2025/notes/period-1.en.md").read_text(encoding="utf-8")
    shown = prt("report --period 1 --lang en")
    assert all(title in notes and title in shown for title in ("Held since", "Still to come"))
