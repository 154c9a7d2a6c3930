"""The year and the people of the drawings of a line of hours, and a line as a table shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from prt.entry.hours_line import read_line
from prt.entry.persons import PersonFinder
from prt.entry.reading import LineContext, LineQuestion, LineReading
from prt.files.plan.plan import read_plan
from prt.files.yaml.words import read_topic
from prt.model.plan import Plan
from prt.model.view import rows_by_name
from tests import support
from tests.project import ROOT

TODAY = dt.date(2025, 2, 14)
ME = "p-kim"
DRAWN = {
    "p-zoe": ("Zoé Tremblay", "cda", "ETSB"),
    "p-jor": ("Jordan Pearson", "cda", "ETSB"),
    "p-sam": ("Sam Mars", "principal", "RSB"),
    "p-avr": ("Avril Laurier", "cda", "EMSB"),
    ME: ("Kim O'Sample", "prt-staff", ""),
}
ACCOMPANIMENT = """
id  | date       | staff | hours | role | board | person | centre     | objective
a-1 | 2025-02-03 | p-kim | 1     | cda  | ETSB  | p-zoe  | Laval High | skills
a-2 | 2024-10-01 | p-kim | 1     | cda  | ETSB  | p-jor  |            | onboarding
"""
SUPPORT = """
id   | date       | staff | hours | organisation | purpose
ps-1 | 2025-01-10 | p-kim | 1     | CHSSN        | Early childhood table
ps-2 | 2025-01-20 | p-kim | 1     | CHSSN        | Seniors
"""


def read_real_plan() -> Plan:
    plan, _ = read_plan((ROOT / "plan" / "2024-2025.yaml").read_bytes(), "plan.yaml")
    assert plan is not None
    return plan


def make_context(people: Mapping[str, tuple[str, str, str]] = DRAWN) -> LineContext:
    """What the lines of the drawings are read with: the real plan, its boards, and a partner."""
    plan = read_real_plan()
    organisations = (ROOT / "data" / "organisations.csv").read_text(encoding="utf-8-sig").replace(",", "|")
    posts = "\n".join(f"{one}|{role}|{board}" for one, (_, role, board) in people.items())
    tables = {
        "organisations": f"{organisations.strip()}\nCHSSN|CHSSN|RCSSS|partner|no||",
        "people": f"id|role|board\n{posts}",
        "accompaniment": ACCOMPANIMENT,
        "partner-support": SUPPORT,
    }
    data, problems = support.load(plan, tables)
    assert problems == []
    names: Mapping[str, dict[str, object]] = {
        one: {"name": name, "email": f"{one}@prt.example", "other_names": ()}
        for one, (name, _, _) in people.items()
    }
    finder = PersonFinder(names, rows_by_name(data.people, "id"))
    return LineContext(plan, data, finder, TODAY, ME, {**read_topic("value"), **read_topic("typed")})


def read_lines(lines: Sequence[str], context: LineContext) -> LineReading:
    """The last of the lines, each read after the one above it."""
    *before, last = lines
    for line in before:
        reading = read_line(line, context)
        assert reading.is_complete, (line, reading)
        context = context.after(reading)
    return read_line(last, context)


SHOWN = (
    "hours",
    "date",
    "board",
    "role",
    "person",
    "centre",
    "kind",
    "organisation",
    "objective",
    "purpose",
    "note",
)


def show(reading: LineReading) -> str:
    """A reading on one line: cells with where they are from, or questions, or mistakes."""
    if reading.mistakes:
        return " + ".join(
            ["!" + one.code for one in reading.mistakes] + list(map(show_question, reading.questions))
        )
    if reading.questions:
        return " + ".join(map(show_question, reading.questions))
    cells = reading.cells
    texts = [f"{cells[name]}{mark(reading, name)}" for name in SHOWN if cells.get(name)]
    return " ".join([*texts, *(["+request"] if reading.asks_request else [])])


def mark(reading: LineReading, name: str) -> str:
    """`"` of the line above, `^` of the person's post, `=` and the day of a like row."""
    origin = reading.origin.get(name, "typed")
    if isinstance(origin, dt.date):
        return f"={origin:%m-%d}"
    return {"above": '"', "post": "^"}.get(origin, "")


def show_question(question: LineQuestion) -> str:
    """`pearson? board LBPSB / person p-jor`, `? objective`"""
    if question.code == "missing":
        return f"?{question.column}"
    return f"{question.code} {question.text}? " + " / ".join(
        f"{one.column} {say(one.value)}" for one in question.options
    )


def say(value: object) -> str:
    return f"{float(value):g}" if hasattr(value, "numerator") else str(value)  # type: ignore[arg-type]
