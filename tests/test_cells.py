"""Numbers and dates as people type them, where they are too long, may be two, or come once in four years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prt.model.calendar import Window, read_day
from prt.model.cells import (
    Cell,
    DayCell,
    ExactCell,
    HoursCell,
    IndicatorCell,
    Known,
    LineCell,
    Many,
    MinutesCell,
    NumberCell,
    OneOf,
    OrganisationCell,
    PersonCell,
    PlanNumberCell,
    RowIdCell,
    TextCell,
    WholeCell,
    WordCell,
    YesNoCell,
    code_word,
    minutes_of,
)
from prt.model.columns import OwnColumn, OwnNumberCell, OwnWholeCell
from prt.model.records import LOGS, ROSTERS
from prt.model.text import LANGUAGES, Language, Text
from prt.problems import Mistake
from prt.text import without_accents
from tests.texts import SIGNS, any_text

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


def test_of_two_days_the_one_in_the_plan_year_is_meant() -> None:
    year, today = Window(dt.date(2024, 7, 1), dt.date(2025, 6, 30)), dt.date(2024, 12, 5)
    assert read_day("12/3/2024", today, year) == dt.date(2024, 12, 3)
    for text in ("12/9/2024", "12/3/2023"):
        with pytest.raises(Mistake, match="may be"):
            read_day(text, today, year)


@pytest.mark.parametrize("text", ["1h30m", "1 h 30 m", "1h30min", "1:30"])
def test_an_hour_and_a_half(text: str) -> None:
    assert HoursCell().read(text, Known(), "hours") == Fraction(3, 2)


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


YEAR = Window(dt.date(2024, 7, 1), dt.date(2025, 6, 30))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("19-Dec-24", "2024-12-19"),
        ("11 dec 24", "2024-12-11"),
        ("19-déc-24", "2024-12-19"),
        ("16-Oct", "2024-10-16"),
        ("16-oct-2024", "2024-10-16"),
    ],
)
def test_a_day_as_a_spreadsheet_shows_it_is_of_the_plan_year(text: str, day: str) -> None:
    assert read_day(text, dt.date(2026, 2, 14), YEAR).isoformat() == day


@pytest.mark.parametrize(("text", "year"), [("24-oct-16", YEAR), ("19-Dec-23", YEAR), ("19-Dec-24", None)])
def test_a_short_year_that_is_not_the_plans_is_no_date(text: str, year: Window | None) -> None:
    with pytest.raises(Mistake, match="not a date"):
        read_day(text, dt.date(2026, 2, 14), year)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("fri", "2025-02-14"), ("vendredi", "2025-02-14"), ("last fri", "2025-02-07"),
        ("vendredi dernier", "2025-02-07"), ("lun.", "2025-02-10"), ("last mon", "2025-02-10"),
        ("avant-hier", "2025-02-12"), ("2024-8-26", "2024-08-26"), ("2024/11/20", "2024-11-20"),
    ],
)  # fmt: skip
def test_days_as_people_write_them(text: str, day: str) -> None:
    assert read_day(text, dt.date(2025, 2, 14), YEAR).isoformat() == day


@pytest.mark.parametrize("text", ["2024-13-01", "2025/2/30"])
def test_a_day_that_the_calendar_has_not(text: str) -> None:
    with pytest.raises(Mistake, match="is not a day of the calendar"):
        read_day(text, dt.date(2025, 2, 14), YEAR)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("9h-11h30", 150),
        ("9:00-10:15", 75),
        ("9h à 10h", 60),
        ("2 h 15", 135),
        ("2 heures", 120),
        ("1 hour", 60),
    ],
)
def test_times_as_people_write_them(text: str, minutes: int) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["11h30-9h", "3h 2", "2h60", "9h-25h"])
def test_other_times_are_none(text: str) -> None:
    assert minutes_of(text) is None


NUMBERS = st.one_of(
    st.from_regex(r"-?[0-9]{1,20}([.,][0-9]{1,22})? ?%?", fullmatch=True, alphabet=SIGNS),
    st.from_regex(r"-?[0-9]{1,3}( [0-9]{3}){0,5}([.,][0-9]{1,12})?%?", fullmatch=True, alphabet=SIGNS),
    st.from_regex(r"-?1?[0-9][.,][0-9]{13,20}%?", fullmatch=True, alphabet=SIGNS),
)
TIMES = st.from_regex(
    r"[0-9]{1,2} ?[h:] ?[0-5]?[0-9]?|[0-9]{1,4} ?min|[0-9]{1,2}[.,][0-9]{1,20}h?",
    fullmatch=True,
    alphabet=SIGNS,
)
WORDS = st.sampled_from(
    ["EMSB", "English Montréal", "day camp", "Camp de jour", "1.3A", "1,3a", "1.1.Visits"]
)
LISTS = st.lists(WORDS | st.just(""), max_size=4).map(" ;".join)
KNOWN = Known(
    "visits",
    organisations={"emsb": "EMSB", "english montreal": "EMSB"},
    vocabularies={"place": {"day camp": "day-camp", "day-camp": "day-camp", "camp de jour": "day-camp"}},
    lines=frozenset({"1.1", "1.3a"}),
    indicators=frozenset({"1.1.visits"}),
)
OF_PLAN = OwnColumn(
    type="number", label=Text(en="Distance", fr="Distance"), at_least=Fraction(-5), at_most=Fraction(500)
)
CELLS: dict[Cell, st.SearchStrategy[str]] = {
    Cell(): any_text(),
    TextCell(): any_text(),
    RowIdCell("sessions"): any_text(),
    DayCell(): st.dates().map(str),
    YesNoCell(): st.sampled_from(["oui", "x", "Non", "0", "TRUE"]),
    WholeCell(): NUMBERS,
    PlanNumberCell("period"): NUMBERS,
    NumberCell(): NUMBERS,
    ExactCell(): any_text(),
    MinutesCell(): NUMBERS | TIMES,
    HoursCell(): NUMBERS | TIMES,
    OneOf(("full-day", "other"), (("autre", "other"),)): st.sampled_from(["Autre", "Full-Day"]),
    WordCell(): WORDS,
    OrganisationCell(): WORDS,
    LineCell(): WORDS,
    IndicatorCell(): WORDS,
    PersonCell(): st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]*", fullmatch=True, alphabet=SIGNS),
    Many(WordCell()): LISTS,
    Many(OrganisationCell()): LISTS,
    Many(PersonCell()): st.sampled_from(["p-aaaa", "p-aaaa;p-bbbb; p-aaaa", ";"]),
    Many(YesNoCell()): st.sampled_from(["oui; non", "x"]),
    OwnNumberCell(OF_PLAN): st.from_regex(r"-?[0-9]{1,3}([.,][0-9]{1,2})?", fullmatch=True, alphabet=SIGNS),
    OwnWholeCell(OF_PLAN): st.from_regex(r"[0-9]{1,3}", fullmatch=True, alphabet=SIGNS),
}


@pytest.mark.parametrize("cell", [OwnNumberCell(OF_PLAN), OwnWholeCell(OF_PLAN)])
def test_a_number_outside_the_limits_of_the_plan_is_a_mistake(cell: Cell) -> None:
    assert cell.read("500", Known(), "distance") == 500 and cell.says.endswith("number from -5 to 500")
    with pytest.raises(Mistake, match="501 is more than 500"):
        cell.read("501", Known(), "distance")


def kinds_of(kind: type[Cell]) -> Iterator[type[Cell]]:
    yield kind
    for own in kind.__subclasses__():
        yield from kinds_of(own)


def test_every_kind_of_cell_is_read_and_written_below() -> None:
    assert set(map(type, CELLS)) == set(kinds_of(Cell))


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: type(cell).__name__)
@settings(max_examples=settings().max_examples // 3)  # of each kind
@given(data=st.data())
def test_what_was_read_is_written_and_read_again_as_the_same_value(cell: Cell, data: st.DataObject) -> None:
    text = data.draw(CELLS[cell])
    try:
        value = cell.read(text, KNOWN, "place")
    except Mistake:
        return
    assert cell.read(cell.write(value), KNOWN, "place") == value


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0.333333333333333", "0.333333333333333"),  # 20 minutes of Excel
        ("0,333333333333333", "0.333333333333333"),
        ("0.016666666666666666", "0.016666666666666666"),
        ("20 min", "20 min"),
        ("0:20", "20 min"),
        ("1h30", "1.5"),
        ("2,50", "2.5"),
    ],
)
def test_hours_keep_their_decimals_and_thirds_of_an_hour_are_minutes(typed: str, written: str) -> None:
    value = HoursCell().read(typed, Known(), "hours")
    assert HoursCell().write(value) == written


def test_a_number_of_thirteen_decimals_is_written() -> None:
    assert NumberCell().write(NumberCell.exact("0.1234567890123")) == "0.1234567890123"
    assert NumberCell().write(NumberCell.exact("-12.3456789012345%")) == "-0.123456789012345"


def test_a_percentage_is_held_as_long_as_its_fraction_can_be_written() -> None:
    assert NumberCell().write(Fraction(1, 100) * int("9" * 21)) == "9" * 19 + ".99"
    with pytest.raises(Mistake, match="is not a number that prt can hold"):
        NumberCell.exact(f"0.{'1' * 20}%")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_value_of_a_fixed_list_is_read_as_the_screen_says_it(language: Language) -> None:
    """In either language, whatever its case and accents."""
    columns = [column for model in (*LOGS.values(), *ROSTERS.values()) for column in model.columns()]
    said = [
        (column, code, code_word(column.name, code, language))
        for column in columns
        if isinstance(column.cell, OneOf)
        for code in column.cell.codes
    ]
    assert len(said) > 60 and sum(word != code for _, code, word in said) > 30
    for column, code, word in said:
        for text in (word, word.upper(), without_accents(word), word.replace("’", "'")):
            assert column.cell.read(text, Known(), column.name) == code, (column.name, text)
