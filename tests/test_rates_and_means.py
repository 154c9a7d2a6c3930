"""Levels that are no percentage: rates with a unit of their own, and means, on screens and in reports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest

from prt.figures.evaluate import Result
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


MEAN = "{kind: mean, column: minutes, of: {log: attendance}%s}"
SESSION = "id | line | date | title | format | category\nw1 | 1.1 | 2024-10-16 | One | full-day | choice\n"
MINUTES = """
id | session | date       | person | role | board | minutes
a1 | w1      | 2024-10-16 | p-ann  | cda  | EMSB  | 60
a2 | w1      | 2024-10-16 | p-bob  | cda  | RSB   | 90
a3 | w1      | 2024-10-16 |        | cda  | RSB   | 95
a4 | w1      | 2024-10-16 |        | cda  | RSB   |
a5 | w1      | 2024-10-16 | p-cal  | cda  |       | 120
"""
ANSWERS = "{kind: mean, column: answer, of: {log: feedback}, scale: 5%s}"


def attended(more: str = "", cut_off: str = "2025-06-30", target: str = "null") -> Result:
    return result(MEAN % more, target, cut_off, sessions=SESSION, attendance=MINUTES)


def answered(*texts: str, more: str = "", target: str = "null", cut_off: str = "2025-06-30") -> Result:
    return result(ANSWERS % more, target, cut_off, sessions=SESSION, feedback=feedback(texts))


def feedback(texts: Sequence[str], session: str = "w1") -> str:
    rows = (f"{session}f{n} | {session} | {n} | {text} |" for n, text in enumerate(texts, 1))
    return "\n".join(("id | session | response | answer | positive", *rows)) + "\n"


def test_a_mean_is_of_the_cells_that_are_known() -> None:
    found = attended()
    assert (found.to_date.value, found.to_date.part, found.to_date.whole) == (Fraction(365, 4), 365, 4)
    assert found.measure.unit == "min"
    assert [(one.row.id, one.reason) for one in found.to_date.left_out] == [("a4", "empty")]
    assert (found.to_date.unknown, found.periods[1] and found.periods[1].absent) == (1, "not_computable")


def test_a_median_is_the_value_in_the_middle_or_the_mean_of_two() -> None:
    assert attended(", take: median").to_date.value == Fraction(185, 2)
    assert answered("5", "1", "2", more=", take: median").to_date.value == 2


def test_a_mean_can_be_broken_down() -> None:
    ((_, groups),) = attended(", split_by: [board]").to_date.splits
    assert {one.value: (one.amount, one.figure.whole) for one in groups} == {
        "EMSB": (60, 1),
        "RSB": (Fraction(185, 2), 2),
        None: (120, 1),
    }


def test_a_mean_before_its_log_is_in_use_and_one_of_nothing() -> None:
    assert attended("", "2024-09-16").to_date.absent == "no_data"
    nobody = MEAN.replace("{log: attendance}", "{log: attendance, where: {role: teacher}}") % ""
    assert result(nobody, sessions=SESSION, attendance=MINUTES).to_date.absent == "not_computable"
    assert answered("Excellent", "").to_date.absent == "no_data"


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("4", 4, ""),
        (" 4.0 ", 4, ""),
        ('"4,5"', Fraction(9, 2), ""),
        ("4/5", 4, ""),
        ("4 sur 5", 4, ""),
        ("5 - Excellent", 5, ""),
        ("5 – Très satisfait(e)", 5, ""),
        ("3 = moyen", 3, ""),
        ("4 ★", 4, ""),
        ("1", 1, ""),
        ("0", None, "off_scale"),
        ("6", None, "off_scale"),
        ("4/10", None, "off_scale"),
        ("", None, "empty"),
        ("Excellent", None, "not_a_number"),
        ("other", None, "not_a_number"),
        ("4 ou 5", None, "not_a_number"),
        ("3-4", None, "not_a_number"),
        ("-2", None, "not_a_number"),
    ],
)
def test_an_answer_is_a_number_of_the_scale(text: str, value: Fraction | None, reason: str) -> None:
    figure = answered(text.strip('"') if '"' in text else text, "3").to_date
    assert figure.value == (3 if value is None else (value + 3) / 2)
    assert [one.reason for one in figure.left_out] == ([reason] if reason else [])


def test_a_scale_may_begin_at_0() -> None:
    found = result(
        ANSWERS.replace("5", "[0, 10]") % "", sessions=SESSION, feedback=feedback(["0", "9", "11"])
    )
    assert (found.to_date.value, found.to_date.whole) == (Fraction(9, 2), 2)


@pytest.mark.parametrize(
    ("target", "cut_off", "status"),
    [
        ("{at_least: 4}", "2025-03-31", "met_so_far"),
        ("{at_least: 4}", "2025-06-30", "met"),
        ("{at_least: 4.1}", "2025-03-31", "at_risk"),
        ("{at_least: 4.8}", "2025-03-31", "behind"),
        ("{at_least: 4.8}", "2025-06-30", "partly_met"),
        ("{at_most: 3}", "2025-06-30", "over_limit"),
    ],
)
def test_a_mean_on_both_sides_of_its_target(target: str, cut_off: str, status: str) -> None:
    assert answered("4", "4", "3", "5", target=target, cut_off=cut_off).status.code == status


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        ("{kind: mean, column: answer, of: {log: feedback}}", "feedback"),
        (ANSWERS.replace("5", "[5, 1]") % "", "no scale goes from 5 to 1"),
        (
            "{kind: mean, column: hours, of: [{log: accompaniment}, {log: requests}]}",
            'requests has no column "hours"',
        ),
        ("{kind: mean, column: answer, of: {log: requests}, scale: 5}", 'requests has no column "answer"'),
    ],
)
def test_a_mistake_in_a_mean_is_named(measure: str, said: str) -> None:
    assert any(said in one for one in problems_of(measure)), problems_of(measure)


def test_a_percent_sign_on_a_mean_is_a_mistake() -> None:
    assert "75% is a percentage, and the figure is not" in problems_of(ANSWERS % "", "{at_least: 75%}")
