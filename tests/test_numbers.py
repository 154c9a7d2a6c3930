"""Numbers and dates as each language writes them; no number is rounded across its target."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from prt.files.plan.pieces import read_piece
from prt.files.yaml.words import read_topic
from prt.model.plan import Target
from prt.model.text import LANGUAGES, Language
from prt.output.numbers import (
    MONTHS,
    Raised,
    Value,
    day_text,
    format_exact,
    format_figure,
    join_phrases,
)

LOCALES: dict[Language, str] = {"en": "en_CA", "fr": "fr_CA"}


def aim(text: str) -> Target | None:
    """`at_least 75%` as a target."""
    if not text:
        return None
    name, _, amount = text.partition(" ")
    return read_piece(Target, {name: amount.split("-") if name == "between" else amount})


@pytest.mark.parametrize(
    ("value", "unit", "target", "en", "fr"),
    [
        ("0.803", "%", "", "80.3%", "80,3 %"),
        ("1", "%", "", "100%", "100 %"),
        ("0.7496", "%", "at_least 75%", "74.9%", "74,9 %"),
        ("0.7504", "%", "at_most 75%", "75.1%", "75,1 %"),
        ("0.7504", "%", "at_least 75%", "75.1%", "75,1 %"),
        ("0.75", "%", "exactly 75%", "75.0%", "75,0 %"),
        ("0.7496", "%", "exactly 75%", "74.9%", "74,9 %"),
        ("0.7495", "%", "at_least 74.95%", "74.95%", "74,95 %"),
        ("0.74949", "%", "at_least 74.95%", "74.9%", "74,9 %"),
        ("0.7492", "%", "between 74.91%-74.94%", "74.92%", "74,92 %"),
        ("0.9996", "%", "at_least 100%", "99.9%", "99,9 %"),
        ("0.9996", "%", "", "100.0%", "100,0 %"),
        ("1400", "", "", "1,400", "1 400"),
        ("402.25", "h", "", "402.25 h", "402,25 h"),
        ("402.50", "h", "", "402.5 h", "402,5 h"),
        ("1189.999", "h", "at_least 1190", "1,189.99 h", "1 189,99 h"),
        ("1/3", "", "", "0.33", "0,33"),
        ("1/8", "", "", "0.13", "0,13"),
        ("-0.5", "", "", "-0.5", "-0,5"),
        ("0", "%", "", "0%", "0 %"),
    ],
)
def test_a_figure(value: str, unit: str, target: str, en: str, fr: str) -> None:
    assert format_figure(Fraction(value), unit, "en", aim(target)).replace("\u00a0", " ") == en
    assert format_figure(Fraction(value), unit, "fr", aim(target)).replace("\u00a0", " ") == fr


@pytest.mark.parametrize(
    ("value", "unit", "en", "fr"),
    [
        ("0.75", "%", "75%", "75\u00a0%"),
        ("0.7495", "%", "74.95%", "74,95\u00a0%"),
        ("1190", "h", "1,190\u00a0h", "1\u00a0190\u00a0h"),
        ("37", "", "37", "37"),
    ],
)
def test_a_number_of_the_plan_has_all_its_decimals(value: str, unit: str, en: str, fr: str) -> None:
    assert (format_exact(Fraction(value), unit, "en"), format_exact(Fraction(value), unit, "fr")) == (en, fr)


def read(text: str, unit: str) -> Fraction:
    """The number that a reader of English reads."""
    number = Fraction(text.replace(",", "").removesuffix("%").removesuffix("\u00a0h"))
    return number / 100 if unit == "%" else number


decimals = st.integers(-200_000, 2_000_000).map(lambda number: Fraction(number, 10_000))
values = st.one_of(decimals, st.fractions(0, 2, max_denominator=10_000))


@given(values, decimals, decimals, st.sampled_from(["at_least", "at_most", "exactly", "between"]))
def test_what_is_printed_compares_as_the_true_value(
    value: Fraction, one: Fraction, other: Fraction, name: str
) -> None:
    target = read_piece(Target, {name: sorted((one, other)) if name == "between" else one})
    for unit in ("%", "h", ""):
        printed = read(format_figure(value, unit, "en", target), unit)
        for bound in (target.lower, target.upper):
            if bound is not None:
                assert (printed < bound, printed == bound) == (value < bound, value == bound)


@given(values, decimals)
def test_a_share_is_never_rounded_across_its_threshold(value: Fraction, threshold: Fraction) -> None:
    """Case F6."""
    printed = read(format_figure(value, "%", "en", thresholds=[threshold]), "%")
    assert (printed < threshold, printed == threshold) == (value < threshold, value == threshold)


@given(values)
def test_what_is_printed_is_near(value: Fraction) -> None:
    assert abs(read(format_figure(value, "%", "en"), "%") - value) <= Fraction(1, 2000)
    assert abs(read(format_figure(value, "h", "en"), "h") - value) <= Fraction(1, 200)


@given(st.integers(-10_000_000, 10_000_000), st.sampled_from(LANGUAGES))
def test_numbers_are_written_as_cldr_has_them(hundredths: int, language: Language) -> None:
    value = Fraction(hundredths, 100)
    number = format_decimal(hundredths / 100, format="#,##0.##", locale=LOCALES[language])
    assert format_figure(value, "", language) == number


@pytest.mark.parametrize(
    ("day", "en", "fr", "medium"),
    [
        ("2024-09-30", "September 30, 2024", "30 septembre 2024", "30 sept. 2024"),
        ("2024-07-01", "July 1, 2024", "1er juillet 2024", "1er juill. 2024"),
        ("2025-02-11", "February 11, 2025", "11 février 2025", "11 févr. 2025"),
    ],
)
def test_dates(day: str, en: str, fr: str, medium: str) -> None:
    found = dt.date.fromisoformat(day)
    assert (day_text(found, "en"), day_text(found, "fr")) == (en, fr)
    assert day_text(found, "fr", "medium") == medium


@pytest.mark.parametrize("form", ["medium", "long", "full"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_written_as_cldr_has_them(language: Language, form: str) -> None:
    """But for the short months of English, and for the first of a month in French."""
    for number in range(366):
        day = dt.date(2024, 1, 1) + dt.timedelta(number)
        if (language, form) != ("en", "medium"):
            written = str(format_date(day, form, locale=LOCALES[language]))
            first = re.sub(r"\b1 ", "1er ", written) if language == "fr" else written
            assert day_text(day, language, form) == first
            raised = isinstance(day_text(day, language, form), Raised)
            assert raised == (language == "fr" and day.day == 1)


def test_short_english_dates_have_the_months_of_the_screens() -> None:
    months = read_topic("month")
    screens = [months[f"month.{number}.en"] for number in range(1, 13)]
    assert all(short.startswith(screen) for short, screen in zip(MONTHS.split(), screens, strict=True))
    assert day_text(dt.date(2024, 9, 30), "en", "medium") == "Sept. 30, 2024"


def test_lists() -> None:
    assert join_phrases(["a", "b", "c"], "en") == "a, b and c"
    assert join_phrases(["a", "b", "c"], "fr") == "a, b et c"


@pytest.mark.parametrize(
    ("printed", "text", "amount", "unit"),
    [
        (format_figure(Fraction(248, 309), "%", "fr"), "80,3 %", Fraction(248, 309), "%"),
        (format_figure(Fraction(2047, 2), "h", "en"), "1,023.5 h", Fraction(2047, 2), "h"),
        (format_exact(Fraction(3, 4), "%", "en"), "75%", Fraction(3, 4), "%"),
        (format_exact(Fraction(1400), "", "fr"), "1 400", Fraction(1400), ""),
        (day_text(dt.date(2024, 12, 1), "fr"), "1er décembre 2024", dt.date(2024, 12, 1), "day"),
        (day_text(dt.date(2025, 2, 14), "en", "medium"), "Feb. 14, 2025", dt.date(2025, 2, 14), "day"),
        (format_exact(Fraction(5), "", "en").printed("at least 5"), "at least 5", Fraction(5), ""),
        (Value("x"), "x", None, ""),
    ],
)
def test_what_is_printed_knows_what_it_is(
    printed: Value, text: str, amount: Fraction | dt.date | None, unit: str
) -> None:
    """A share is a fraction of 1, however it was rounded to be printed; what is withheld has no amount."""
    assert (printed.replace("\u00a0", " "), printed.amount, printed.unit) == (text, amount, unit)
