"""Re-joins and lists of one session: one presence for each person and day, and no minute twice."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prt.imports.export import Stay
from prt.imports.reading.durations import (
    count_minutes,
    format_stays,
    join_stays,
    minutes_present,
    parse_stays,
)

START = dt.datetime(2024, 10, 16, 9)


def stay(text: str) -> Stay:
    """`0-90`: from minute to minute after nine o'clock."""
    joined, left = (START + dt.timedelta(minutes=float(one)) for one in text.split("-"))
    return Stay(joined, left)


def parts(text: str) -> list[Stay]:
    return [stay(one) for one in text.split()]


spans = st.tuples(st.integers(0, 600), st.integers(0, 200))
times = st.lists(spans.map(lambda pair: stay(f"{pair[0]}-{pair[0] + pair[1]}")), max_size=8)


@pytest.mark.parametrize(
    ("connections", "minutes"),
    [
        ("", 0),
        ("0-90", 90),
        ("0-30 45-90", 75),
        ("0-60 30-90", 90),
        ("0-90 10-20 30-40", 90),
        ("0-30 30-60", 60),
        ("0-5.5", 5),
        ("0-0.6 10-10.6", 1),
    ],
)
def test_minutes_are_those_of_the_union_rounded_down(connections: str, minutes: int) -> None:
    assert count_minutes(parts(connections)) == minutes


@pytest.mark.parametrize(
    ("connections", "told", "minutes"),
    [
        ("0-60", [], 60),
        ("0-60", [Fraction(64)], 64),
        ("0-60", [Fraction(40)], 60),
        ("", [Fraction(58, 60)], 0),
        ("", [Fraction(30), Fraction(40)], 40),
        ("0-20", [None], 20),  # a list without durations leaves what another one measured
        ("", [None], None),
    ],
)
def test_a_list_without_times_adds_no_minute_to_one_that_has_them(
    connections: str, told: list[Fraction | None], minutes: int | None
) -> None:
    assert minutes_present(parts(connections), told) == minutes


@given(times)
def test_the_union_does_not_depend_on_order_and_touches_nowhere(found: list[Stay]) -> None:
    union = join_stays(found)
    assert union == join_stays(reversed(found)) == join_stays([*found, *found])
    assert all(one.left < other.joined for one, other in pairwise(union))


@given(times, times)
def test_another_list_never_makes_it_shorter_nor_longer_than_both(
    some: list[Stay], others: list[Stay]
) -> None:
    together = count_minutes([*some, *others])
    assert max(count_minutes(some), count_minutes(others)) <= together
    assert together <= count_minutes(some) + count_minutes(others) + 1


@given(times)
def test_what_is_written_reads_back_the_same(found: list[Stay]) -> None:
    assert parse_stays(format_stays(found)) == join_stays(found)
