"""A week of work entered by its prompts alone, in both languages: each key and each answer is counted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from prt.model.records import LOGS
from tests.answers import sit_down
from tests.project import Prt

PEOPLE = """p-mar2,prt-staff,,,,,,
p-zoe2,cda,ETSB,,,,,
p-jor2,cda,ETSB,,,,,
p-lin2,principal,RSB,,,,,
p-sam2,cda,SWLSB,,,,,"""
NAMES = """id,name,email
p-mar2,Mara O'Sample,
p-zoe2,Zoé Tremblay,
p-jor2,Jordan Pearson,
p-lin2,Linda Chen,
p-sam2,Samuel Roy,
"""
BEFORE = {
    "sessions": """
id              | line | date       | title             | format   | mode   | audience  | category     | boards          | status  | participants
w-20241120-aaaa | 1.1  | 2024-11-20 | EDI basics        | half-day | online | clc-teams | outcome-area | EMSB; RSB; CSSL | held    | 12
w-20250115-aaaa | 1.4a | 2025-01-15 | PLC January       | meeting  | online | cdas      |              | EMSB; RSB       | held    | 30
w-20250212-aaaa | 1.1  | 2025-02-12 | Family engagement | half-day | online | clc-teams | choice       | EMSB; RSB       | planned | 24
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

LINES = [
    "mon 1h30 emsb cda plan",
    "2 zoé",
    "45min",
    "tue 1 jordan skills",
    "1h30 rsb principal",
    "1 linda",
    "1 swlsb cda plan",
    "wed 2 zoé",
    "1h30 jordan",
    "1 linda",
    "30min sam plan",
    "thu 2 emsb cda",
    "1h15 rsb",
    "1 lbpsb",
    "fri 3 sam",
    "2 chssn table",
    "1",
]
"""Fifteen rows of accompaniment and two of support to a partner."""
MENU = [
    *("1", "", "24", "17 15", "", ""),
    *("workshop", "1.1", "thu", "EDI basics", "in-person", "", "+ etsb", "18", "15 14", "", ""),
    *("meeting", "1.4a", "", "PLC February", "", "", "26", "20 19", "", ""),
    *("tool", "", "tool", "Planner 2", "", "", "", ""),
    *("update", "", "Planner 2", "", "", ""),
    "",
]


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


def test_hours(week: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [*LINES, "", ""]
    person = sit_down(monkeypatch, *answers)
    code = week.attempt("log hours")
    open("/tmp/week1", "w").write(
        "\n".join(map(str, [person.screen, week.out, week.err, code, len(answers), keys(answers)]))
    )
    person = sit_down(monkeypatch, *MENU)
    code = week.attempt("log")
    open("/tmp/week2", "w").write(
        "\n".join(map(str, [person.screen, week.out, week.err, code, len(MENU), keys(MENU)]))
    )
