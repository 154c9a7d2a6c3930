"""A week of work entered by its prompts alone, in both languages: each key and each answer is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from prt.model.records import LOGS
from prt.model.text import LANGUAGES, Language
from tests.answers import sit_down
from tests.project import ROOT, Prt

GOLDEN = ROOT / "tests" / "golden" / "week"
PEOPLE = """p-mar2,prt-staff,,,,,,
p-zoe2,cda,ETSB,,,,,
p-jor2,cda,ETSB,,,,,
p-lin2,principal,RSB,,,,,
p-ana2,cda,SWLSB,,,,,"""
NAMES = """id,name,email
p-mar2,Mara O'Sample,
p-zoe2,Zoé Tremblay,
p-jor2,Jordan Pearson,
p-lin2,Linda Chen,
p-ana2,Ana Roy,
"""
BEFORE = {
    "sessions": """
id              | line | date       | title             | format   | mode   | audience  | category     | focus           | boards          | status  | participants
w-20241120-aaaa | 1.1  | 2024-11-20 | EDI basics        | half-day | online | clc-teams | outcome-area | clc-development | EMSB; RSB; CSSL | held    | 12
w-20250115-aaaa | 1.4a | 2025-01-15 | PLC January       | meeting  | online | cdas      |              |                 | EMSB; RSB       | held    | 30
w-20250212-aaaa | 1.1  | 2025-02-12 | Family engagement | half-day | online | clc-teams | choice       | family-engagement | EMSB; RSB     | planned |
""",
    "tools": """
id              | date       | kind | title   | audience | theme
t-20241001-aaaa | 2024-10-01 | tool | Planner | cda      | Plans
""",
    "accompaniment": """
id              | date       | staff  | hours | person | role      | board | objective
a-20250203-aaaa | 2025-02-03 | p-mar2 | 1     | p-zoe2 | cda       | ETSB  | skills
a-20250203-aaab | 2025-02-03 | p-mar2 | 1     | p-lin2 | principal | RSB   | partnerships
""",
    "partner-support": """
id               | date       | staff  | hours | organisation | purpose
ps-20250106-aaaa | 2025-01-06 | p-mar2 | 1     | CHSSN        | Early childhood table
""",
}  # fmt: skip
"""What was logged before, with all columns that each log has."""

WRONG = "~"
"""Before what is typed beyond the week itself: a wrong answer, a step back."""
HOURS: dict[Language, list[str]] = {
    "en": [
        *("mon 1h30 emsb cda plan", "2 zoé", "45min linda", "tue 1 pearson", "jordan"),
        *("~1.5 rsb acton-plan", "1.5 rsb action-plan", "1 linda", "1 swlsb cda plan"),
        *("wed 2 zoé", "1h30 jordan", "~<", "~1h15 jordan", "1 linda", "30min ana plan"),
        *("thu 2 emsb cda", "1h15 rsb", "1 lbpsb", "fri 3 ana", "2 chssn table", "1"),
        *("", ""),
    ],
    "fr": [
        *("lun 1h30 emsb adc plan", "2 zoé", "45min linda", "mardi 1 pearson", "jordan"),
        *("~1,5 rsb plan-acton", "1,5 rsb plan-action", "1 linda", "1 swlsb adc plan"),
        *("mer 2 zoé", "1h30 jordan", "~<", "~1h15 jordan", "1 linda", "30min ana plan"),
        *("jeu 2 emsb adc", "1h15 rsb", "1 lbpsb", "ven 3 ana", "2 chssn table", "1"),
        *("", ""),
    ],
}
"""Fifteen rows of accompaniment and two of support to a partner."""
MENU: dict[Language, list[str]] = {
    "en": [
        *("1", "", "24", "~17 19", "17 15", "", ""),
        *(
            "workshop",
            "1.1",
            "thu",
            "EDI basics",
            "in-person",
            "",
            "emsb, rsb, cssl, etsb",
            "18",
            "15 14",
            "",
            "",
        ),
        *("meeting 1.4a", "", "PLC February", "", "", "", "26", "20 19", "", ""),
        *("tool", "", "tool", "Planner 2", "", "", "", ""),
        *("update", "", "Planner 2", ""),
        "",
    ],
    "fr": [
        *("1", "", "24", "~17 19", "17 15", "", ""),
        *(
            "atelier",
            "1.1",
            "jeu",
            "EDI basics",
            "en présence",
            "",
            "emsb, rsb, cssl, etsb",
            "18",
            "15 14",
            "",
            "",
        ),
        *("rencontre 1.4a", "", "PLC de février", "", "", "", "26", "20 19", "", ""),
        *("outil", "", "outil", "Planner 2", "", "", "", ""),
        *("mise", "", "Planner 2", ""),
        "",
    ],
}
"""A workshop that was planned and one like another, a meeting, a tool, an update."""


@pytest.fixture
def week(prt: Prt) -> Prt:
    prt.people(*PEOPLE.splitlines())
    (prt.root / "data" / "private").mkdir()
    (prt.root / "data" / "private" / "names.csv").write_text(NAMES, encoding="utf-8")
    prt.me("p-mar2")
    prt("org add CHSSN --name-en CHSSN --name-fr RCSSS --type partner")
    for log, table in BEFORE.items():
        prt.write(log, whole_table(log, table))
    return prt


def whole_table(log: str, table: str) -> str:
    """A drawn table as a file with every column of its log."""
    names, *rows = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    cells = (dict(zip(names, row, strict=True)) for row in rows)
    header = LOGS[log].header()
    lines = [",".join(header), *(",".join(one.get(name, "") for name in header) for one in cells)]
    return "".join(f"{line}\n" for line in lines)


def keys(answers: Sequence[str]) -> int:
    """With Enter behind each."""
    return sum(len(one) + 1 for one in answers)


def typed(answers: Sequence[str]) -> list[str]:
    return [one.removeprefix(WRONG) for one in answers]


def needed(answers: Sequence[str]) -> list[str]:
    """Those that the week itself takes."""
    return [one for one in answers if not one.startswith(WRONG)]


def enter(week: Prt, monkeypatch: pytest.MonkeyPatch, command: str, answers: Sequence[str]) -> str:
    """The screen of a command, with other ids."""
    person = sit_down(monkeypatch, *typed(answers))
    assert week.attempt(command) == 0, person.screen
    assert next(person.answers, None) is None, person.screen
    screen = "\n".join([f"$ prt {command}", person.screen, week.out, week.err])
    return re.sub(r"\b([a-z]+-2025\d{4})-[0-9a-z]{4}", r"\1-…", screen)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_week_is_entered_by_its_prompts(
    week: Prt, monkeypatch: pytest.MonkeyPatch, golden: Callable[[Path, str], None], language: Language
) -> None:
    week.monkeypatch.setenv("PRT_LANG", language)
    hours, menu = HOURS[language], MENU[language]
    screens = [enter(week, monkeypatch, "log hours", hours), enter(week, monkeypatch, "log", menu)]
    golden(GOLDEN / f"{language}.txt", "\n".join(screens))
    week("undo --yes")
    assert not week.path("updates").exists()
    again = menu[-5:]
    enter(week, monkeypatch, "log", again)
    logs = ("accompaniment", "partner-support", "sessions", "tools", "updates")
    assert [len(week.lines(log)) for log in logs] == [2 + 15, 1 + 2, 3 + 2, 1 + 1, 1]
    assert (len(needed(hours)), keys(needed(hours))) <= (20, 245)
    assert len(needed(hours)) + len(needed(menu)) <= 60


def test_the_readme_shows_this_week() -> None:
    shown = (ROOT / "README.md").read_text(encoding="utf-8").partition("```text\n 3 >")[2].partition("```")[0]
    screen = [line.rstrip() for line in (GOLDEN / "en.txt").read_text(encoding="utf-8").splitlines()]
    lines = [line for line in f" 3 >{shown}".splitlines() if line != "…"]
    assert len(lines) > 10
    assert [line for line in lines if line not in screen] == []
