"""Numbers and dates as each language writes them (CLDR en_CA and fr_CA).

A number is never rounded across its target, nor across a threshold: what is printed compares with both
exactly as the true value does. Numbers and dates need no library, so that prt starts fast; tests compare
them with Babel's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import count
from typing import Any

from prt.files.yaml.words import read_topic
from prt.model.cells import decimals_of
from prt.model.plan import Target
from prt.model.text import Language, unit_text
from prt.problems import JOINTS

NBSP = "\u00a0"
SIGNS: dict[Language, tuple[str, str]] = {"en": (".", ","), "fr": (",", NBSP)}
"""The decimal sign, and what stands between thousands."""
PERCENT: dict[Language, str] = {"en": "%", "fr": NBSP + "%"}
CURRENCIES = ("$", "€", "£")
MONTHS = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec."
"""English months as Canada writes them; CLDR has `Sep 30, 2024`, and changes its mind."""


class Value(str):
    """A number or a day as one language prints it, which still knows what it is: a page takes the text, a
    spreadsheet the amount.

    `amount` is None where there is no number, or where it is withheld: what is not held cannot leak. A share
    is a fraction of 1 with the unit `%`; other units are `h`, `day`, none, and those that a plan names.
    """

    amount: Fraction | dt.date | None
    unit: str

    def __new__(cls, text: str, amount: Fraction | dt.date | None = None, unit: str = "") -> Value:
        made = super().__new__(cls, text)
        made.amount, made.unit = amount, unit
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return str(self), self.amount, self.unit

    def printed(self, text: str) -> Value:
        """This value with another text for the same amount."""
        return Value(text, self.amount, self.unit)


class Raised(Value):
    """Words of ours in which letters stand higher: `nº 2` as text, `n<sup>o</sup> 2` on a page.

    Only `^…^` of our own words and our dates make one: no text of a user can.
    """

    html: str

    def __new__(cls, text: str, html: str, amount: dt.date | None = None, unit: str = "") -> Raised:
        made = str.__new__(cls, text)
        made.amount, made.unit, made.html = amount, unit, html
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return str(self), self.html, self.amount, self.unit

    def __html__(self) -> str:
        return self.html


def format_figure(
    value: Fraction,
    unit: str,
    language: Language,
    target: Target | None = None,
    thresholds: Iterable[Fraction] = (),
) -> Value:
    """A figure as text: `80.3%`, `402,25 h`, `1,400`. `unit` is `%`, `h`, empty, or one of the plan.

    Percentages have one decimal, but for 0 and 100 % when they are exact, other numbers up to two; more only
    where the target, or a threshold that it is compared with, asks for it.
    """
    aims = (target.lower, target.upper) if target else ()
    bounds = [Fraction(bound) for bound in (*aims, *thresholds) if bound is not None]
    if unit == "%" and value in (0, 1):
        return format_exact(value, unit, language)
    if unit == "%":
        scaled, digits = round_beside_bounds(value * 100, 1, [bound * 100 for bound in bounds])
        return Value(write_digits(scaled, digits, language) + PERCENT[language], value, unit)
    text = format_rounded(value, 2, language, bounds)
    return with_unit(text, value, unit, language)


def with_unit(number: str, value: Fraction, unit: str, language: Language) -> Value:
    """A number and its unit, which never stands on a line of its own; in English a currency stands before."""
    said = unit_text(unit, language)
    if language == "en" and said in CURRENCIES:
        sign, bare = ("-", number[1:]) if number.startswith("-") else ("", number)
        return Value(f"{sign}{said}{bare}", value, said)
    return Value(number + (f"{NBSP}{said}" if said else ""), value, said)


def format_rounded(value: Fraction, digits: int, language: Language, bounds: Iterable[Fraction]) -> str:
    """A number with so many decimals at most, and none that says nothing."""
    scaled, digits = round_beside_bounds(value, digits, list(bounds))
    return write_digits(*without_zeros(scaled, digits), language)


def format_exact(value: Fraction, unit: str, language: Language) -> Value:
    """A number of the plan with all its decimals and no more: `75%`, `1 400 h`."""
    scaled = value * 100 if unit == "%" else value
    digits = next(digits for digits in range(13) if 10**digits % scaled.denominator == 0 or digits == 12)
    number = write_digits(*without_zeros(round(scaled * 10**digits), digits), language)
    if unit == "%":
        return Value(number + PERCENT[language], value, unit)
    return with_unit(number, value, unit, language)


def format_hours(hours: Fraction, language: Language) -> Value:
    """The hours of a row: `1.5 h`; `20 min` where no decimals write them."""
    if decimals_of(hours) is not None:
        return format_exact(hours, "h", language)
    return Value(format_exact(hours * 60, "min", language), hours, "h")


def round_beside_bounds(value: Fraction, digits: int, bounds: list[Fraction]) -> tuple[int, int]:
    """(units of the last decimal, decimals): the nearest that stands to every bound as the value does."""
    for more in count(digits):
        units = 10**more
        for scaled in nearest(value.numerator * units, value.denominator):
            if all(side(scaled, units, bound) == side(*value.as_integer_ratio(), bound) for bound in bounds):
                return scaled, more
    raise AssertionError("a bound of the plan is a decimal number")


def whole_below(value: Fraction, bounds: Iterable[Fraction]) -> Fraction:
    """The whole number below a value; the value itself where a bound does not stand to both alike."""
    whole = value.numerator // value.denominator
    alike = (side(whole, 1, bound) == side(*value.as_integer_ratio(), bound) for bound in bounds)
    return Fraction(whole) if all(alike) else value


def nearest(part: int, whole: int) -> Iterator[int]:
    """Of a fraction the nearest whole number, a half upwards, then the one on the other side."""
    first = (2 * part + whole) // (2 * whole)
    yield first
    yield part // whole if first * whole > part else -(-part // whole)


def side(part: int, whole: int, bound: Fraction) -> int:
    """Whether a fraction is more (1) or less (-1) than a bound."""
    here, there = part * bound.denominator, bound.numerator * whole
    return (here > there) - (here < there)


def without_zeros(scaled: int, digits: int) -> tuple[int, int]:
    while digits and scaled % 10 == 0:
        scaled, digits = scaled // 10, digits - 1
    return scaled, digits


def write_digits(scaled: int, digits: int, language: Language) -> str:
    """`written(140025, 2, "fr")` → `1 400,25`."""
    decimal, thousands = SIGNS[language]
    whole, part = divmod(abs(scaled), 10**digits)
    sign = "-" if scaled < 0 else ""
    grouped = f"{sign}{whole:,}".replace(",", thousands)
    return f"{grouped}{decimal}{part:0{digits}d}" if digits else grouped


@lru_cache(maxsize=1000)
def day_text(day: dt.date, language: Language, form: str = "long") -> Value:
    """`September 30, 2024`, `30 septembre 2024`, `1er juillet 2024`; `medium` is `Sept. 30, 2024`, `short` is
    it without the year, and `full` begins with the day of the week.
    """
    topic = "month" if form in ("medium", "short") else "month_name"
    month = read_topic(topic)[f"{topic}.{day.month}.{language}"]
    name = read_topic("weekday_name")[f"weekday_name.{day.weekday()}.{language}"] if form == "full" else ""
    if language == "en":
        month = MONTHS.split()[day.month - 1] if topic == "month" else month
        year = "" if form == "short" else f", {day.year}"
        return Value(f"{name}{name and ', '}{month} {day.day}{year}", day, "day")
    before, after = f"{name} ".lstrip(), f" {month}{'' if form == 'short' else f' {day.year}'}"
    if day.day == 1:
        return Raised(f"{before}1er{after}", f"{before}1<sup>er</sup>{after}", day, "day")
    return Value(f"{before}{day.day}{after}", day, "day")


def join_phrases(texts: list[str], language: Language) -> str:
    """`a, b and c`, `a, b et c`."""
    *first, last = texts or [""]
    return JOINTS["and"][language].join([*([", ".join(first)] if first else []), last])
