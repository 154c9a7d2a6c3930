"""Numbers and dates as people type them, where they are too long, may be two, or come once in four years."""

from __future__ import annotations

import datetime as dt

import pytest

from prt.model.calendar import read_day
from prt.model.cells import Cell, HoursCell, Known, MinutesCell, NumberCell, WholeCell
from prt.problems import Mistake

LONG = "9" * 5_000


@pytest.mark.parametrize("cell", [WholeCell(), MinutesCell(), NumberCell(), HoursCell()])
@pytest.mark.parametrize("text", [LONG, f"1.{LONG}", "1" + " 000" * 2_000])
def test_a_number_of_thousands_of_digits_is_a_mistake(cell: Cell, text: str) -> None:
    with pytest.raises(Mistake, match="is not a number that prt can hold"):
        cell.read(text, Known(), "participants")


def test_a_number_of_eighteen_digits_is_held() -> None:
    assert NumberCell.exact("123 456 789 012 345,678") == NumberCell.exact("123456789012345.678")


@pytest.mark.parametrize("text", ["1.000", "24.000"])
def test_a_point_of_thousands_is_not_guessed(text: str) -> None:
    whole = text[:-4]
    with pytest.raises(Mistake, match=f"may be {whole} or {whole}000"):
        WholeCell().read(text, Known(), "participants")


@pytest.mark.parametrize(("text", "number"), [("24", 24), ("24.0", 24), ("24,00", 24), ("1 000", 1000)])
def test_other_whole_numbers_are_read(text: str, number: int) -> None:
    assert WholeCell().read(text, Known(), "participants") == number


@pytest.mark.parametrize(
    ("today", "day"),
    [("2024-02-10", "2024-02-29"), ("2025-02-14", "2024-02-29"), ("2023-12-01", "2024-02-29")],
)
def test_the_29th_of_february_is_that_of_the_leap_year_nearby(today: str, day: str) -> None:
    for text in ("feb 29", "29 février", "29/02"):
        assert read_day(text, dt.date.fromisoformat(today)).isoformat() == day


def test_far_from_leap_years_february_has_28_days() -> None:
    with pytest.raises(Mistake, match="is not a day of the calendar"):
        read_day("feb 29", dt.date(2026, 2, 14))
