"""The eight rules of a status, in their order, on both sides of every line."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from tests.support import plan, result

HEADER = "line | date | title | format | boards | participants | answered | positive | status\n"


def workshops(number: int, day: str = "2024-09-10", status: str = "held") -> str:
    return HEADER + f"1.1 | {day} | A | half-day | | | | | {status}\n" * number


def answers(positive: int, answered: int) -> str:
    return HEADER + f"1.1 | 2024-09-10 | A | half-day | | | {answered} | {positive} | held\n"


COUNT = "{kind: count, of: pd}"
RATIO = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"
END = "2025-06-30"


def status(measure: str, target: str, cut_off: str, sessions: str = "") -> str:
    return result(measure, target, cut_off, sessions=sessions).status.code


@pytest.mark.parametrize(
    ("target", "cut_off", "number", "expected"),
    [
        ("null", END, 3, "monitored"),
        ("{at_least: 10}", END, 10, "met"),
        ("{at_least: 10}", "2024-11-30", 10, "met"),  # a count cannot fall
        ("{at_least: 10}", END, 9, "partly_met"),
        ("{at_least: 10}", END, 6, "partly_met"),
        ("{at_least: 10}", END, 5, "not_met"),
        ("{at_least: 20}", "2024-11-30", 6, "on_track"),  # 6 are expected: 30 %
        ("{at_least: 20}", "2024-11-30", 5, "at_risk"),  # 5 of 6 is 83 %
        ("{at_least: 20}", "2024-11-30", 3, "behind"),  # half
        ("{at_least: 10}", "2024-11-30", 0, "behind"),
        ("{at_most: 5}", "2024-11-30", 5, "met_so_far"),
        ("{at_most: 5}", END, 5, "met"),
        ("{at_most: 5}", "2024-11-30", 6, "over_limit"),
        ("{exactly: 5}", "2025-01-31", 5, "met_so_far"),
        ("{exactly: 5}", END, 5, "met"),
        ("{exactly: 5}", END, 6, "over_limit"),
        ("{exactly: 5}", END, 4, "partly_met"),
        ("{exactly: 10}", "2024-11-30", 3, "on_track"),
        ("{between: [4, 6]}", "2024-11-30", 4, "met_so_far"),
        ("{between: [4, 6]}", "2024-11-30", 6, "met_so_far"),
        ("{between: [4, 6]}", END, 6, "met"),
        ("{between: [4, 6]}", END, 7, "over_limit"),
        ("{between: [4, 6]}", END, 2, "not_met"),
        ("{between: [10, 12]}", "2024-11-30", 3, "on_track"),  # of the lower end
        ("{at_least: 10, by: {1: 4, 2: 8}}", "2024-11-29", 0, "not_due"),  # period 1 is not over
        ("{at_least: 10, by: {1: 4, 2: 8}}", "2024-11-30", 4, "on_track"),
        ("{at_least: 10, by: {1: 4, 2: 8}}", "2024-11-30", 3, "at_risk"),
        ("{at_least: 10, by: {1: 4, 2: 8}}", "2025-03-30", 4, "on_track"),
        ("{at_least: 10, by: {1: 4, 2: 8}}", "2025-03-31", 4, "behind"),
        ("{at_least: 10, pace: at_end}", "2025-06-29", 0, "not_due"),
        ("{at_least: 10, pace: at_end}", END, 1, "not_met"),
        ("{at_least: 10, pace: none}", "2024-09-30", 9, "at_risk"),
        ("{at_least: 10, pace: none}", "2024-09-30", 8, "behind"),
    ],
)
def test_a_count(target: str, cut_off: str, number: int, expected: str) -> None:
    assert (
        status(COUNT, target, cut_off, workshops(number) + "1.4a | 2024-09-01 | M | meeting | | | | |")
        == expected
    )


@pytest.mark.parametrize(
    ("target", "cut_off", "expected"),
    [
        ("{at_least: 10, by: {1: 4, 2: 8}}", END, 10),
        ("{at_most: 10, by: {1: 4, 2: 8}}", END, 10),
        ("{at_least: 10, by: {1: 8}, baseline: {value: 6, date: 2024-06-30}}", END, 10),
        ("{at_least: 10, baseline: {value: 12, date: 2024-06-30}}", "2024-07-31", 10),
        ("{exactly: 10, pace: at_end, baseline: {value: 10, date: 2024-06-30}}", "2024-07-31", 10),
    ],
)
def test_the_target_is_expected_at_the_end_and_where_it_was_reached_before(
    target: str, cut_off: str, expected: int
) -> None:
    assert result(COUNT, target, cut_off).expected == expected


def test_one_webinar_of_none_is_not_due_in_february_and_behind_of_five() -> None:
    other = HEADER + "1.4a | 2024-09-01 | M | meeting | | | | | held"
    assert status(COUNT, "{at_least: 1}", "2025-02-14", other) == "not_due"  # 0.55 of a webinar is none
    assert status(COUNT, "{at_least: 5}", "2025-02-14", other) == "behind"  # not no_data: the log is in use


@pytest.mark.parametrize(
    ("positive", "answered", "cut_off", "expected"),
    [
        (3, 4, "2024-11-30", "met_so_far"),
        (3, 4, END, "met"),
        (7496, 10000, "2024-11-30", "at_risk"),  # 74.96 % is not 75 %
        (6375, 10000, "2024-11-30", "at_risk"),  # exactly 85 % of 75 %
        (6374, 10000, "2024-11-30", "behind"),
        (0, 0, "2024-11-30", "not_computable"),
        (45, 100, END, "partly_met"),
        (44, 100, END, "not_met"),
    ],
)
def test_a_percentage(positive: int, answered: int, cut_off: str, expected: str) -> None:
    assert status(RATIO, "{at_least: 75%}", cut_off, answers(positive, answered)) == expected


def test_no_data_is_said_of_an_empty_log_only() -> None:
    assert status(COUNT, "{at_least: 10}", END) == "no_data"
    assert status(COUNT, "{at_least: 10}", END, workshops(2, status="cancelled")) == "not_met"
    assert status(COUNT, "{at_least: 10}", "2024-08-01") == "not_due"
    assert status(COUNT, "{at_least: 10}", "2024-11-30", workshops(2, "2024-12-10")) == "no_data"
    assert status(RATIO, "{at_least: 75%}", END, workshops(2)) == "no_data"  # no cell to add


DELIVERED = "kind | title | date\naction-plan | Plan | {day}"
MILESTONE = "{kind: milestone, of: {log: deliverables, where: {kind: action-plan}}}"


@pytest.mark.parametrize(
    ("day", "cut_off", "expected", "late"),
    [
        ("2024-09-30", "2024-10-01", "met", 0),
        ("2024-10-12", "2024-11-30", "met", 12),
        ("2025-05-01", "2024-09-30", "not_due", 0),
        ("2025-05-01", "2024-10-01", "no_data", 0),
    ],
)
def test_a_milestone(day: str, cut_off: str, expected: str, late: int) -> None:
    found = result(MILESTONE, "{due: 2024-09-30}", cut_off, deliverables=DELIVERED.format(day=day))
    assert (found.status.code, found.status.days_late) == (expected, late)


def test_a_milestone_that_others_reached_is_behind() -> None:
    table = "kind | title | date\nother | Letter | 2024-08-01"
    assert result(MILESTONE, "{due: 2024-09-30}", "2024-10-01", deliverables=table).status.code == "behind"
    assert result(MILESTONE, "{due: 2024-09-30}", END, deliverables=table).status.code == "not_met"


@pytest.mark.parametrize(
    ("day", "share"),
    [
        ("2024-07-15", 0),
        ("2024-09-01", 0),
        ("2024-11-30", Fraction(30, 100)),
        ("2025-02-14", Fraction(30, 100) + Fraction(40, 100) * Fraction(76, 121)),
        ("2025-03-31", Fraction(70, 100)),
        ("2025-06-30", 1),
    ],
)
def test_the_share_expected_is_linear_between_cut_offs(day: str, share: Fraction) -> None:
    assert plan(COUNT).calendar.expected_share(dt.date.fromisoformat(day)) == share


def test_what_is_expected_is_rounded_down_for_counts_and_exact_for_hours() -> None:
    assert result(COUNT, "{at_least: 37}", "2025-02-14").expected == 20
    hours = "{kind: sum, column: hours, of: {log: accompaniment}}"
    share = Fraction(30, 100) + Fraction(40, 100) * Fraction(76, 121)
    assert result(hours, "{at_least: 1400}", "2025-02-14").expected == 1400 * share


@pytest.mark.parametrize("target", ["{at_most: 0}", "{exactly: 0}", "{between: [0, 3]}", "{at_most: 3}"])
def test_a_limit_without_data_has_no_data(target: str) -> None:
    assert status(COUNT, target, END) == "no_data"
    assert status(COUNT, target, "2024-11-30") == "no_data"


FIGURES = "indicator | date | value | evidence\n"


def typed_status(target: str, value: str, cut_off: str = "2025-01-31") -> str:
    table = f"{FIGURES}1.1.it | 2024-09-02 | {value} | survey"
    return result("{kind: typed}", target, cut_off, figures=table).status.code


LEVEL = "{at_least: 71, baseline: {value: 66, date: 2024-06-30}}"
DOWN = "{at_most: 10, baseline: {value: 20, date: 2024-06-30}}"


@pytest.mark.parametrize(
    ("target", "value", "cut_off", "expected"),
    [  # half of the way is expected on 31 January: 68.5 rising, 15 falling
        (LEVEL, "68.5", "2025-01-31", "on_track"),
        (LEVEL, "68.12", "2025-01-31", "at_risk"),  # 84.0 % of what is expected
        (LEVEL, "67", "2025-01-31", "behind"),
        (LEVEL, "66", "2025-01-31", "behind"),  # no progress
        (LEVEL, "60", "2025-01-31", "behind"),
        (LEVEL, "71", "2025-01-31", "met_so_far"),
        (LEVEL, "69", END, "partly_met"),
        (LEVEL, "60", END, "not_met"),
        (DOWN, "15", "2025-01-31", "on_track"),
        (DOWN, "19", "2025-01-31", "behind"),
        (DOWN, "25", "2025-01-31", "behind"),  # not over a limit: it is a way down
        (DOWN, "10", "2025-01-31", "met_so_far"),
        (DOWN, "14", END, "partly_met"),
        (DOWN, "15", END, "not_met"),
        (
            "{at_least: 71, pace: at_end, baseline: {value: 66, date: 2024-06-30}}",
            "66",
            "2025-01-31",
            "not_due",
        ),
        (
            "{at_least: 71, pace: at_end, baseline: {value: 66, date: 2024-06-30}}",
            "65",
            "2025-01-31",
            "behind",
        ),
        ("{at_least: 71}", "70", "2025-01-31", "at_risk"),  # a level without a baseline: its target
        ("{at_most: 10, by: {1: 20, 2: 10}}", "18", "2024-11-30", "on_track"),
        ("{at_most: 10, by: {1: 20, 2: 10}}", "21", "2024-11-30", "over_limit"),
        ("{at_most: 10, by: {1: 20, 2: 10}}", "18", "2024-10-01", "on_track"),  # before it the first
        ("{at_most: 10, by: {1: 20, 2: 10}}", "18", "2025-03-31", "over_limit"),
        ("{at_most: 10, by: {1: 20}}", "18", END, "over_limit"),  # its own at the plan's end
        ("{at_least: 71, baseline: {value: 80, date: 2024-06-30}}", "40", "2024-11-30", "behind"),
        (
            "{at_least: 71, by: {1: 68}, baseline: {value: 66, date: 2024-06-30}}",
            "68",
            "2024-11-30",
            "on_track",
        ),
        (
            "{at_least: 71, by: {1: 68}, baseline: {value: 66, date: 2024-06-30}}",
            "65",
            "2024-11-30",
            "behind",
        ),
        (
            "{at_most: 9, by: {1: 15}, baseline: {value: 20, date: 2024-06-30}}",
            "15",
            "2024-11-30",
            "on_track",
        ),
        ("{at_most: 9, by: {1: 15}, baseline: {value: 20, date: 2024-06-30}}", "21", "2024-11-30", "behind"),
    ],
)
def test_a_level(target: str, value: str, cut_off: str, expected: str) -> None:
    """Cases F3 and F4."""
    assert typed_status(target, value, cut_off) == expected
