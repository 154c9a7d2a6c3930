"""What the words and numbers of a YAML file are, where they stand without quotes.

YAML 1.1 turns `1:30` into 90, `010` into 8, `no` into a boolean and `1.10` into 1.1, without a word. Here a
number keeps its digits, and what YAML would change silently is a `Mistake` that says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from prt.model.cells import iso_date
from prt.model.text import Unquoted
from prt.problems import Mistake

Scalar = str | int | Decimal | dt.date | bool | Unquoted | None


def case_variants(*words: str) -> list[str]:
    """As YAML 1.1 knows them: `yes`, `Yes` and `YES`, but not `yEs`."""
    return [spelling for word in words for spelling in (word, word.capitalize(), word.upper())]


WORDS: dict[str, Scalar] = {
    **dict.fromkeys(["", "~", *case_variants("null")]),
    **dict.fromkeys(case_variants("true"), True),
    **dict.fromkeys(case_variants("false"), False),
    **{word: Unquoted(word) for word in case_variants("yes", "no", "on", "off")},
}
NUMERIC = frozenset("+-.0123456789")
WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
DECIMAL = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]*)\.[0-9]*|\.[0-9]+)")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST = 18
SHORT = 40


def plain_value(text: str) -> Scalar:
    """The value of a scalar without quotes. Raises Mistake where YAML would read something else."""
    if text in WORDS:
        return WORDS[text]
    return numeric_value(text) if text[0] in NUMERIC else text


def numeric_value(text: str) -> Scalar:
    """A number or a date; other text that begins with a digit is text, such as `2a` and `75%`."""
    if DATE.fullmatch(text):
        return iso_date(text)
    whole = WHOLE.fullmatch(text)
    if whole or DECIMAL.fullmatch(text):
        if len(text) > LONGEST:
            raise Mistake("number_too_long", length=len(text), most=LONGEST)
        return int(text) if whole else Decimal(text)
    for pattern, mistake in TRAPS if len(text) <= SHORT else ():
        if pattern.fullmatch(text):
            raise mistake(text)
    return text


def another_base(text: str) -> Mistake:
    base = {"x": 16, "o": 8, "b": 2}.get(text.lstrip("+-")[1].lower(), 8)
    digits = text.lstrip("+-0")
    number = digits if digits.isdigit() else "an ordinary number"
    try:
        return Mistake("number_of_another_base", text=text, read=int(text, base), number=number)
    except ValueError:
        return Mistake("number_begins_with_0", text=text, number=number)


def underscores(text: str) -> Mistake:
    return Mistake("number_with_underscores", text=text, number=text.replace("_", ""))


def base_sixty(text: str) -> Mistake:
    total = Decimal(0)
    for part in text.lstrip("+-").replace("_", "").split(":"):
        total = total * 60 + Decimal(part)
    return Mistake("number_of_base_60", text=text, read=total)


def no_amount(text: str) -> Mistake:
    return Mistake("no_amount", text=text)


def exponent(text: str) -> Mistake:
    return Mistake("number_with_exponent", text=text)


def hour(text: str) -> Mistake:
    return Mistake("date_with_hour", text=text, day=text[:10])


TRAPS: tuple[tuple[re.Pattern[str], Callable[[str], Mistake]], ...] = (
    (re.compile(r"[-+]?0[0-9_]+"), another_base),
    (re.compile(r"[-+]?0(?:[xX][0-9a-fA-F_]+|[oO][0-7_]+|[bB][01_]+)"), another_base),
    (re.compile(r"[-+]?[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?"), underscores),
    (re.compile(r"[-+]?[0-9][0-9_]{0,8}(?::[0-5]?[0-9]){1,3}(?:\.[0-9]*)?"), base_sixty),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), no_amount),
    (re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][-+]?[0-9]+"), exponent),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:.*"), hour),
)
