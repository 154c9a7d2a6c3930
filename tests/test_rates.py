"""Rates: ratios with a unit of their own, which are no percentage, on screens and in reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prt.files.plan.plan import read_plan
from tests.project import Prt
from tests.support import PLAN, evaluation, plan, report, result

HOURS_A_CDA = (
    "{kind: ratio, part: {sum: hours, of: {log: accompaniment}}, whole: {people: {role: cda}},"
    " unit: {en: hours a CDA, fr: heures par ACD}}"
)
PEOPLE = """
id    | role | board | start | end
p-ann | cda  | EMSB  |       |
p-bob | cda  | RSB   |       |
"""
HOURS = """
id | date       | staff | hours | person | role | board | objective
a1 | 2024-10-16 | p-me  | 20    | p-ann  | cda  | EMSB  | skills
a3 | 2024-10-18 | p-me  | 10    | p-ann  | cda  | EMSB  | skills
a2 | 2024-11-16 | p-me  | 21    | p-bob  | cda  | RSB   | skills
"""
RATE = """
          - id: rate
            label: {en: Hours a CDA, fr: Heures par ACD}
            measure: {kind: ratio, part: {sum: hours, of: {log: accompaniment}}, whole: {people: {role: cda}}, unit: {en: hours a CDA, fr: heures par ACD}}
            target: {at_least: 2}
"""


def problems_of(measure: str, target: str = "null") -> list[str]:
    """What is said of the small plan with this measure, without places and remedies."""
    _, problems = read_plan(PLAN.format(measure=measure, target=target).encode(), "plan.yaml")
    return [one.what for one in problems if one.what != "no measure uses it"]


def test_a_rate_is_no_percentage() -> None:
    one = result(HOURS_A_CDA, "{at_least: 20}", accompaniment=HOURS, people=PEOPLE)
    assert (one.to_date.value, one.to_date.part, one.to_date.whole) == (25.5, 51, 2)
    assert (one.measure.unit, one.measure.is_percentage, one.status.code) == ("hours a CDA", False, "met")


@pytest.mark.parametrize(
    ("target", "cut_off", "status"),
    [
        ("{at_least: 25.5}", "2025-03-31", "met_so_far"),
        ("{at_least: 26}", "2025-03-31", "at_risk"),
        ("{at_least: 40}", "2025-03-31", "behind"),
        ("{at_least: 26}", "2025-06-30", "partly_met"),
        ("{at_most: 25}", "2025-06-30", "over_limit"),
        ("{between: [20, 30]}", "2025-06-30", "met"),
        ("{at_least: 30, pace: at_end}", "2025-03-31", "not_due"),
    ],
)
def test_a_rate_on_both_sides_of_its_target(target: str, cut_off: str, status: str) -> None:
    found = result(HOURS_A_CDA, target, cut_off, accompaniment=HOURS, people=PEOPLE)
    assert found.status.code == status


def test_a_rate_in_a_report_of_either_language() -> None:
    made = evaluation(HOURS_A_CDA, "{at_least: 25}", accompaniment=HOURS, people=PEOPLE)
    cells = [report(made, one).volets[0].lines[0].indicators[0] for one in ("en", "fr")]
    assert [one.unit for one in cells] == ["hours a CDA", "heures par ACD"]
    assert [one.aim.number for one in cells if one.aim] == ["25\u00a0hours a CDA", "25\u00a0heures par ACD"]
    assert cells[0].to_date.number == "x"  # of two people


def test_a_percent_sign_on_a_rate_is_a_mistake() -> None:
    found = problems_of(HOURS_A_CDA, "{at_least: 75%}")
    assert "75% is a percentage, and the figure is in hours a CDA" in found
    assert plan(HOURS_A_CDA.replace("{en: hours a CDA, fr: heures par ACD}", '"%"'), "{at_least: 75%}")
    assert not problems_of(HOURS_A_CDA, "{at_least: 250}")
    assert problems_of(HOURS_A_CDA.replace(", fr: heures par ACD", "")) == ["there is no French text"]


@pytest.fixture
def team(prt: Prt, kept: Path) -> Prt:
    """Twelve CDAs, of whom each had three hours."""
    prt.once(kept, lambda: fill(prt))
    return prt


def fill(prt: Prt) -> None:
    prt.shorten_plan("1.1", "3a")
    prt.indicators(RATE)
    prt.people(
        *(f"p-{letter * 4},cda,EMSB,,2024-08-01,,," for letter in "abcdefghijkl"), "p-me,prt-staff,,,,,,"
    )
    for letter in "abcdefghijkl":
        prt(
            f"log accompaniment --staff p-me --hours 3 --person p-{letter * 4} --date 2024-10-{ord(letter) - 80}"
            " --objective skills"
        )


def test_a_rate_on_every_screen(team: Prt) -> None:
    assert "36 of 12" in team("status --all")
    out = team("explain 1.1.rate")
    assert "3 hours a CDA   36 of 12" in out.replace("\u00a0", " ")
    assert "in hours a CDA" in " ".join(out.split())
    assert "heures par ACD" in team("explain 1.1.rate --lang fr")
    found = json.loads(team("status --all --format json"))
    one = next(one for one in found["indicators"] if one["id"] == "1.1.rate")
    assert (one["unit"], one["to_date"]["value"], one["status"]) == ("hours a CDA", 3, "met_so_far")
    assert "heures par ACD" in team("status --all --format csv --lang fr")
    team("log accompaniment --staff p-me --hours 6 --person p-aaaa --date 2024-12-10 --objective skills")
    assert "1.1.rate  3 → 3.5" in team.out
    team("check")
