"""A share broken down: the part and the whole of each group, and what of it others may see."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from prt.figures.withholding.published import published
from tests.project import Prt
from tests.support import evaluation, report, result
from tests.test_measures import SESSIONS
from tests.test_rates import problems_of

POSITIVE = (
    "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}, split_by: [category]}"
)
ASKED = (
    "{kind: ratio, part: {distinct: person, of: {log: requests}}, whole: {people: {role: [cda, principal]}},"
    " split_by: [role, board]}"
)
PEOPLE = """
id    | role      | board | start | end
p-ann | cda       | EMSB  |       |
p-bob | cda       | RSB   |       |
p-cal | principal | RSB   |       |
p-dee | principal |       |       |
p-eve | teacher   | EMSB  |       |
"""
REQUESTS = """
id | date       | person | role    | board | objective
r1 | 2024-10-01 | p-ann  | cda     | EMSB  | skills
r2 | 2024-10-02 | p-cal  | teacher | EMSB  | skills
r3 | 2024-10-03 | p-eve  | teacher | EMSB  | skills
r4 | 2024-10-04 | p-ann  | cda     | EMSB  | skills
"""


def groups(measure: str, column: str, **tables: str) -> dict[object, str]:
    """Each group of a breakdown: `3 of 4`, or why it has no figure."""
    found = dict(result(measure, **tables).to_date.splits)[column]
    return {one.value: one.figure.absent or f"{one.figure.part} of {one.figure.whole}" for one in found}


def test_each_group_has_its_part_and_its_whole() -> None:
    assert groups(POSITIVE, "category", sessions=SESSIONS) == {"outcome-area": "6 of 8", "choice": "2 of 2"}


def test_a_group_of_nothing_cannot_be_computed() -> None:
    none = SESSIONS.replace("| 5           | 2        | 2        |", "| 5           | 0        | 0        |")
    assert groups(POSITIVE, "category", sessions=none)["choice"] == "not_computable"


def test_a_population_is_broken_down_by_what_its_members_are() -> None:
    """Whatever role their requests say, and whoever is no member."""
    tables = {"requests": REQUESTS, "people": PEOPLE}
    assert groups(ASKED, "role", **tables) == {"cda": "1 of 2", "principal": "1 of 2"}
    assert groups(ASKED, "board", **tables) == {"EMSB": "1 of 1", "RSB": "1 of 2", None: "0 of 1"}


def test_a_rate_of_a_population_takes_the_rows_of_a_group() -> None:
    rate = (
        "{kind: ratio, part: {count: {log: requests}}, whole: {people: {role: cda}}, unit: requests a CDA,"
        " split_by: [board]}"
    )
    found = groups(rate, "board", requests=REQUESTS, people=PEOPLE)
    assert found == {"EMSB": "4 of 1", "RSB": "0 of 1"}
    alone = groups(rate, "board", requests=REQUESTS, people=PEOPLE.replace("| EMSB", "| RSB"))
    assert alone == {"RSB": "0 of 2", "EMSB": "not_computable"}


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (
            ASKED.replace("[role, board]", "[objective]"),
            'the members of the population have no "objective" to be told apart by',
        ),
        (
            ASKED.replace("[role, board]", "[start]"),
            'the members of the population have no "start" to be told apart by',
        ),
        (POSITIVE.replace("[category]", "[role]"), 'sessions has no column "role"'),
        (
            "{kind: ratio, part: {count: {log: journals}}, whole: {people: {role: cda}}, split_by: [role]}",
            'journals has no column "role"',
        ),
        (
            "{kind: ratio, part: {distinct: board, of: {log: requests}},"
            " whole: {organisations: {counts_as_board: yes}}, split_by: [role]}",
            'the members of the population have no "role" to be told apart by',
        ),
    ],
)
def test_a_breakdown_of_what_a_side_has_not_is_refused(measure: str, said: str) -> None:
    assert said in problems_of(measure)


def test_groups_stand_in_the_order_of_the_vocabulary_with_their_base() -> None:
    made = report(evaluation(POSITIVE, sessions=MANY), "en")
    (grid,) = made.volets[0].lines[0].indicators[0].grids
    assert [tuple(map(str, row)) for row in grid.table.rows] == [
        ("Choice", "90.0% (9 of 10)"),
        ("Outcome-area", "75.0% (6 of 8)"),
    ]


MANY = """
id | line | date       | title | format   | category     | participants | respondents | positive
w1 | 1.1  | 2024-10-16 | One   | full-day | outcome-area | 20           | 8           | 6
w2 | 1.1  | 2024-11-20 | Two   | half-day | choice       | 12           | 10          | 9
"""
SMALL = MANY + "w3 | 1.1  | 2024-11-21 | Three | half-day | small | 2 | 2 | 1\n"


def shown(sessions: str) -> dict[str, str]:
    """What others see of each group."""
    made = report(evaluation(POSITIVE, "{at_least: 75%}", sessions=sessions), "en")
    (grid,) = made.volets[0].lines[0].indicators[0].grids
    return {str(row[0]): str(row[1]) for row in grid.table.rows}


def test_a_group_of_two_is_withheld_and_so_is_what_would_tell_it() -> None:
    """The whole is shown, 16 of 20: two groups of three, and the third would be what is left."""
    found = shown(SMALL)
    assert found["Small"] == "x"
    assert sorted(found.values())[-1] == "x"
    assert list(found.values()).count("x") == 2


def test_a_group_that_grows_by_two_gives_way_in_the_next_report() -> None:
    """What was sent stays as it was sent: two more answers would be read off."""
    from prt.figures.withholding.sent_report import SentReport
    from prt.output.report.annexes import annex_breakdowns

    before = evaluation(POSITIVE, cut_off="2024-11-30", sessions=MANY)
    edition = published(before, annex_breakdowns(before.plan))
    sent = SentReport.of(False, before, annex_breakdowns(before.plan), {}, edition.withheld.__contains__)
    more = MANY + "w3 | 1.1 | 2025-01-21 | Three | half-day | choice | 2 | 2 | 1\n"
    later = published(
        evaluation(POSITIVE, cut_off="2025-03-31", sessions=more), annex_breakdowns(before.plan), told=[sent]
    )
    found = dict(later.evaluation.results[0].to_date.splits)["category"]
    assert {one.value: one.figure.absent or one.amount for one in found} == {
        "choice": "withheld",
        "outcome-area": Fraction(3, 4),
    }


INDICATOR = """
          - id: liked
            label: {en: Liked, fr: Appréciés}
            measure: {kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}, split_by: [category]}
            target: {at_least: 75%}
"""


@pytest.fixture
def team(prt: Prt, kept: Path) -> Prt:
    prt.once(kept, lambda: fill(prt))
    return prt


def fill(prt: Prt) -> None:
    prt.shorten_plan("1.1")
    prt.indicators(INDICATOR)
    for number, (category, answered, positive) in enumerate((("choice", 8, 6), ("outcome-area", 10, 9))):
        prt(
            f"log workshop --line 1.1 --date 2024-10-1{number} --title T{number} --format full-day"
            f" --category {category} --participants 12 --respondents {answered} --positive {positive} --boards EMSB"
        )


def test_every_screen_shows_the_base_of_each_group(team: Prt) -> None:
    out = team("explain 1.1.liked")
    assert "75.0%  Theme of our or the DSREA's choice (6 of 8)" in out
    assert out.index("90.0%") < out.index("75.0%  T")  # the vocabulary of the plan says outcome areas first
    assert "(6 sur 8)" in team("explain 1.1.liked --lang fr")
    found = json.loads(team("status --all --format json"))
    one = next(one for one in found["indicators"] if one["id"] == "1.1.liked")
    assert one["to_date"]["splits"]["category"][0] == {
        "value": "choice",
        "amount": 0.75,
        "part": 6,
        "whole": 8,
        "rows": 1,
    }
    team(f"report --period 1 --lang en -o {team.root.parent}/r.md")
    assert "75.0% (6 of 8)" in (team.root.parent / "r.md").read_text(encoding="utf-8")
    for form in ("html", "json", "xlsx", "docx"):
        team(f"report --period 1 --lang fr --for audit --format {form} -o {team.root.parent}/r.{form}")
    team("check")
