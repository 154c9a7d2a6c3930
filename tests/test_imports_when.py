"""Dates, times and durations as exports write them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from prt.imports.export import ReadingHints
from prt.imports.reading.dates import (
    Clock,
    parse_time,
    settle_clock,
)
from prt.imports.reading.durations import parse_heading_unit, parse_minutes
from prt.problems import Mistake, Place

FILE = Place("zoom.csv")


@pytest.mark.parametrize(
    ("order", "written", "expected"),
    [
        ("mdy", "10/16/2024 08:52:10 AM", "2024-10-16 08:52:10"),
        ("mdy", "10/16/2024 12:04:31 PM", "2024-10-16 12:04:31"),
        ("mdy", "10/16/2024 12:00:00 AM", "2024-10-16 00:00:00"),
        ("dmy", "16/10/2024 20:01:02", "2024-10-16 20:01:02"),
        ("mdy", "7/20/23, 4:16:29\u202fPM", "2023-07-20 16:16:29"),
        ("dmy", "14/11/22, 09:29:07", "2022-11-14 09:29:07"),
        ("dmy", "21/10/22 12:00:00", "2022-10-21 12:00:00"),
        ("mdy", "8/20/25 12:51:45", "2025-08-20 12:51:45"),
        ("mdy", "11/30/24 08:02", "2024-11-30 08:02:00"),
        ("", "22/7/11 18:29:28", "2022-07-11 18:29:28"),
        ("", "2024/10/16 12:10:32 PM AST", "2024-10-16 12:10:32"),
        ("", "2024/10/16 8:01:05 AM UTC−4", "2024-10-16 08:01:05"),
        ("", "Apr 09, 2020 8:50 PM", "2020-04-09 20:50:00"),
        ("", "Mar 28, 2020 09:07:11", "2020-03-28 09:07:11"),
        ("", "16 oct. 2024 à 12:05", "2024-10-16 12:05:00"),
        ("", "1er août 2024", "2024-08-01 00:00:00"),
        ("", "19-Dec-24 8:50 AM", "2024-12-19 08:50:00"),
        ("", "19-déc-24", "2024-12-19 00:00:00"),
        ("", "2024-09-26, 9:28:07 a.m.", "2024-09-26 09:28:07"),
        ("", "2024-09-26 09 h 28 min 07 s", "2024-09-26 09:28:07"),
        ("", "26.09.2024, 09:28:07", "2024-09-26 09:28:07"),
        ("", "2024-10-16T12:05:10.123Z", "2024-10-16 08:05:10"),
        ("", "2024-12-01T01:30:00Z", "2024-11-30 20:30:00"),
        ("", "2024-12-01 01:30 GMT", "2024-11-30 20:30:00"),
        ("", "2024-12-01 01:30:00 UTC", "2024-11-30 20:30:00"),
        ("", "2024-12-01T01:30:00+00:00", "2024-11-30 20:30:00"),
        ("", "2024-12-01T01:30:00-05:00", "2024-12-01 01:30:00"),
        ("", "2024-12-01T07:30:00+0100", "2024-12-01 01:30:00"),
        ("mdy", "12/01/2024 1:30:00 AM EST", "2024-12-01 01:30:00"),
        ("", "2024-10-16", "2024-10-16 00:00:00"),
        ("", "45581.503587963", "2024-10-16 12:05:10"),
        ("", "10/10/2024 9:00", "2024-10-10 09:00:00"),
    ],
)
def test_a_moment(order: str, written: str, expected: str) -> None:
    assert str(Clock(order).moment(written)) == expected


@pytest.mark.parametrize(
    "written",
    ["", "--", "soon", "10/32/2024 8:00", "2024-02-30", "10/16/2024 25:00", "13:00 PM", "12345", "45581.5 x",
     "16/10/1998", "Smarch 1, 2024", "10/11/2024 9:00"],
)  # fmt: skip
def test_no_moment(written: str) -> None:
    assert Clock().moment(written) is None


@pytest.mark.parametrize(
    ("dates", "session", "day_first", "expected"),
    [
        (["10/11/2024", "10/16/2024"], "", None, "mdy"),  # 16 is no month
        (["10/11/2024", "16/11/2024"], "", None, "dmy"),
        (["10/11/2024"], "2024-11-10", None, "dmy"),
        (["10/11/2024"], "2024-10-11", None, "mdy"),
        (["10/12/2024", "10/13/2024"], "2024-12-10", None, "mdy"),  # the file comes before the session
        (["04/04/2025", "04/08/2025"], "2025-04-08", None, "mdy"),  # the fourth of the fourth tells nothing
        (["10/11/2024"], "", True, "dmy"),
        (["10/11/2024"], "", False, "mdy"),
        (["22/10/24"], "", None, "dmy"),
        (["22/10/24"], "2022-10-24", None, "ymd"),
        (["22/7/11", "23/7/20"], "", None, "ymd"),
        (["24-10-22"], "2024-10-22", None, "ymd"),
        (["10/10/2024"], "", None, "mdy"),  # the same day in both orders
        (["2024-10-16", "Oct 16, 2024"], "", None, ""),
        ([], "", None, ""),
    ],
)
def test_the_order_of_day_and_month(
    dates: list[str], session: str, day_first: bool | None, expected: str
) -> None:
    asked = ReadingHints(dt.date.fromisoformat(session) if session else None, day_first)
    assert settle_clock(dates, asked, FILE) == (Clock(expected), [])


@pytest.mark.parametrize(
    ("dates", "session", "day_first", "says", "remedy"),
    [
        (
            ["10/11/2024 9:00"],
            "",
            None,
            "may be 11 Oct 2024 or 10 Nov 2024",
            "Add --month-first (11 Oct 2024) or --day-first (10 Nov 2024), or name the session with --session.",
        ),
        (["10/11/2024"], "2025-03-01", None, "no date of this file tells which", "--session"),
        (
            ["24-10-22"],
            "",
            None,
            "may be 24 Oct 2022 or 22 Oct 2024",
            "--day-first (24 Oct 2022)",
        ),
        (
            ["13/10/2024", "10/14/2024"],
            "",
            None,
            "has dates of both orders: 13/10/2024 and 10/14/2024",
            "Export the file again",
        ),
        (["10/16/2024"], "", True, "--day-first does not fit the date 10/16/2024", "Leave the option out."),
        (
            ["16/10/2024"],
            "",
            False,
            "--month-first does not fit the date 16/10/2024",
            "Leave the option out.",
        ),
    ],
)
def test_an_order_that_is_refused(
    dates: list[str], session: str, day_first: bool | None, says: str, remedy: str
) -> None:
    asked = ReadingHints(dt.date.fromisoformat(session) if session else None, day_first)
    clock, [problem] = settle_clock(dates, asked, FILE)
    assert clock == Clock()
    assert (says in problem.what, remedy in problem.remedy) == (True, True), problem


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1h 33m 7s", Fraction(5587, 60)),
        ("58s", Fraction(58, 60)),
        ("20m", 20),
        ("3h 0m 0s", 180),
        ("1 h 33 min 7 s", Fraction(5587, 60)),
        ("1 heure et 5 minutes", 65),
        ("10 min.", 10),
        ("1:33:07", Fraction(5587, 60)),
        ("1h15", 75),
        ("3:15", 195),
        ("1,5 h", 90),
        ("1\u202fh\u202f33\u202fmin", 93),
    ],
)
def test_a_duration(written: str, expected: Fraction) -> None:
    assert parse_minutes(written) == expected


@pytest.mark.parametrize(
    ("header", "written", "expected"),
    [
        ("Durée (h)", "3,25", 195),
        ("Hours", "3.25", 195),
        ("Duration (Minutes)", "193", 193),
        ("Durée (minutes)", "58s", Fraction(58, 60)),
        ("Nombre d’heures", "2", 120),
    ],
)
def test_a_number_has_the_unit_of_its_column(header: str, written: str, expected: Fraction) -> None:
    assert parse_minutes(written, parse_heading_unit(header)) == expected


@pytest.mark.parametrize("written", ["long", "1h 3x", "1,400", "-5", "5", "h", "1h1h:"])
def test_no_duration(written: str) -> None:
    with pytest.raises(Mistake):
        parse_minutes(written, parse_heading_unit("Duration"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("9:05", "09:05:00"),
        ("9 h 05", "09:05:00"),
        ("1:30 PM", "13:30:00"),
        ("13h30", "13:30:00"),
        ("noon", "None"),
    ],
)
def test_a_time_of_day(written: str, expected: str) -> None:
    assert str(parse_time(written)) == expected


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("11/02/2025 13:28:07", "dmy"),  # 2 November 2025 is to come
        ("08/06/2024 13:28:07", ""),  # both are before the first plan year
        ("10/11/2024 13:28:07", ""),
    ],
)
def test_nobody_attended_in_the_future_or_before_the_first_plan_year(text: str, order: str) -> None:
    possible = dt.date(2024, 9, 1), dt.date(2025, 2, 14)
    clock, problems = settle_clock([text], ReadingHints(within=lambda: possible), FILE)
    assert clock.order == order
    assert bool(problems) == (not order)
