"""Lines made at random of the plan's words and 200 names, in both languages: none is read wrongly."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from prt.entry.hours_line import read_line
from prt.entry.reading import LineContext
from tests.conftest import FULL
from tests.hours_lines import ME, make_context

Pick = Callable[[Sequence[Any]], Any]

FIRST = [
    "Sam",
    "Avril",
    "Jordan",
    "May",
    "Jan",
    "April",
    "Juin",
    "Mars",
    "Ines",
    "Zoé",
    "Marc",
    "Mardi",
    "Jean-Marc",
    "Marie-Ève",
    "Nov",
    "Dimitri",
    "Dec",
    "Pearson",
    "Hier",
    "Théo",
]
LAST = ["Mars", "Laurier", "Pearson", "Tremblay", "Roy", "Riverside", "Mai", "Plan", "Autre", "Hébert-Roy"]
ROLES = ("cda", "principal", "sb-rep", "teacher")
BOARDS = ("EMSB", "LBPSB", "SWLSB", "RSB", "ETSB", "HA")
PEOPLE = {
    f"p-{number:03}": (f"{first} {last}", ROLES[number % 4], BOARDS[number % 6])
    for number, (first, last) in enumerate((first, last) for first in FIRST for last in LAST)
}
"""Two hundred: many are days, months, boards or words of the plan, and each part is that of ten or twenty."""
FEW = dict(list(PEOPLE.items())[::23])
"""Nine, so that a first or last name alone is often one person's."""
HOURS = {
    "2": "2", "2h": "2", "2h15": "2.25", "2 h 15": "2.25", "2:15": "2.25", "2,25": "2.25", "2.25": "2.25",
    "90min": "1.5", "9h-11h30": "2.5", "12": "12", "1h20": "80 min", "45 min": "0.75", "3h": "3", "1": "1",
}  # fmt: skip
DAYS = {
    "today": "02-14", "hier": "02-13", "mon": "02-10", "lundi": "02-10", "sam.": "02-08", "mar": "02-11",
    "fri": "02-14", "last fri": "02-07", "mardi dernier": "02-11", "-2d": "02-12", "2 feb": "02-02",
    "feb 3": "02-03", "12 janvier": "01-12", "2025-01-16": "01-16", "2025/1/6": "01-06", "16/1": "01-16",
    "1er février": "02-01", "jan 12": "01-12",
}  # fmt: skip
OBJECTIVES = {
    "action-plan": ["action-plan", "Plan d’action", "plan action", "Action plan", "plan-action", "act"],
    "monitoring-evaluation": ["suivi et évaluation", "monitoring", "Suivi et éval", "monitoring-evaluation"],
    "skills": ["skills", "Compétences de l’équipe", "competences", "skills of the team"],
    "onboarding": ["onboarding", "accueil", "accueil et intégration", "onb"],
    "other": ["other", "autre", "AUTRE"],
}
KINDS = {
    "follow-up": ["follow-up", "suivi", "followup"],
    "travel": ["travel", "déplacement", "dépl"],
    "": [""],
}
ROLE_WORDS = {
    "cda": ["cda", "ADC"],
    "principal": ["principal", "direction d’école", "dir"],
    "teacher": ["teacher", "enseignant"],
}
BOARD_WORDS = {
    "EMSB": ["emsb", "English Montréal", "CSEM"], "LBPSB": ["lbpsb", "Pearson", "Lester B. Pearson"],
    "SWLSB": ["swl", "laurier", "Sir Wilfrid Laurier"], "RSB": ["rsb", "riverside", "CS Riverside"],
    "HA": ["ha", "hebrew", "Académie hébraïque"],
}  # fmt: skip


class Line(NamedTuple):
    """What somebody typed, and what was meant by it."""

    text: str
    meant: dict[str, str]


def make_line(people: dict[str, tuple[str, str, str]], pick: Pick) -> Line:
    hours, day, objective = pick([*HOURS]), pick([*DAYS]), pick([*OBJECTIVES])
    kind = pick([*KINDS])
    meant = {"hours": HOURS[hours], "date": f"2025-{DAYS[day]}", "objective": objective, "kind": kind}
    parts = [hours, day, pick(OBJECTIVES[objective]), pick(KINDS[kind])]
    if pick([True, True, False]):
        person = pick([*people])
        name, role, board = people[person]
        parts.append(pick(forms_of(person, name)))
        meant |= {"person": person, "role": role, "board": board}
    else:
        board, role = pick([*BOARD_WORDS]), pick([*ROLE_WORDS])
        parts += [pick(BOARD_WORDS[board]), pick(ROLE_WORDS[role])]
        meant |= {"board": board, "role": role}
    words = [part for part in parts if part]
    for at in range(len(words) - 1, 0, -1):
        other = pick(range(at + 1))
        words[at], words[other] = words[other], words[at]
    return Line(pick([" ", " ", ", "]).join(words), meant)


def forms_of(person: str, name: str) -> list[str]:
    """The ways to write somebody; the whole name most often."""
    first, last = name.split(" ")
    whole = [name, name.lower(), f"{last} {first}", f"{last}, {first}"]
    return [*whole, *whole, f"{first[0]}. {last}", first, last, person, f"{person}@prt.example"]


@cache
def context_of(everybody: bool) -> LineContext:
    return make_context({**(PEOPLE if everybody else FEW), ME: ("Kim O'Sample", "prt-staff", "")})


def wrong_cells(line: Line, everybody: bool) -> dict[str, tuple[str, str]] | None:
    """Each column that was read as something else; None of a line that is asked about or refused."""
    reading = read_line(line.text, context_of(everybody))
    cells = reading.cells
    wrong = {name: (cells.get(name, ""), text) for name, text in line.meant.items()}
    wrong = {name: pair for name, pair in wrong.items() if pair[0] != pair[1]}
    return wrong if reading.is_complete else None


LINES = 800 if FULL else 40


@settings(max_examples=LINES // 2, derandomize=True, deadline=None)
@given(data=st.data(), everybody=st.booleans())
def test_no_line_is_read_wrongly(data: st.DataObject, everybody: bool) -> None:
    line = make_line(PEOPLE if everybody else FEW, lambda choices: data.draw(st.sampled_from(choices)))
    assert wrong_cells(line, everybody) in ({}, None), line


def test_at_most_a_third_is_asked() -> None:
    """Of lines about two hundred people and about a few; a line that is refused counts as one that is asked."""
    rng = random.Random(7)
    asked = 0
    for at in range(LINES):
        line = make_line(PEOPLE if at % 2 else FEW, rng.choice)
        wrong = wrong_cells(line, bool(at % 2))
        assert not wrong, line
        asked += wrong is None
    assert 0 < asked <= LINES / 3


def test_every_name_is_one_of_two_hundred() -> None:
    assert len(PEOPLE) == 200
    assert all(dt.date.fromisoformat(f"2025-{day}") for day in DAYS.values())
