"""The number in the words of a target: what a reader is told must be what is computed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from prt.model.cells import plain_number
from prt.model.plan import Plan, Target
from prt.model.rules.rule import Rule, doubtful, indicators_of

THOUSANDS = re.compile(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}(?!\d))")
NUMBER = re.compile(r"(?<![\w.,/-])(\d+(?:[.,]\d+)?)(?![\w/-]|[.,]\d)[ \u00a0\u202f]?(%?)")
WRITTEN = {
    "one": 1,
    "un": 1,
    "une": 1,
    "two": 2,
    "deux": 2,
    "three": 3,
    "trois": 3,
    "four": 4,
    "quatre": 4,
    "five": 5,
    "cinq": 5,
    "six": 6,
    "seven": 7,
    "sept": 7,
    "eight": 8,
    "huit": 8,
    "nine": 9,
    "neuf": 9,
    "ten": 10,
    "dix": 10,
    "eleven": 11,
    "onze": 11,
    "twelve": 12,
    "douze": 12,
}


def figure_rules(plan: Plan) -> Iterator[Rule]:
    """A warning for words that have numbers, and not the target's; words without any promise none."""
    for path, line, indicator in indicators_of(plan):
        target = indicator.target
        if target is None or target.due:
            continue
        unit = "%" if indicator.measure.unit == "%" else ""
        for language in ("says", "fr", "en"):
            said = " ".join(getattr(target, language))
            for value in missing(said, target, unit):
                name, number = f"{line.id}.{indicator.id}", plain_number(value * 100 if unit else value)
                what = f"the words of the target of {name} do not have its number, {number}{unit}"
                remedy = "Put the number or the words right; an amendment changes both."
                yield doubtful((*path, "target", language), what, remedy)


def missing(said: str, target: Target, unit: str) -> Iterator[Fraction]:
    """The numbers of the target that the words do not have, where they have others of its unit."""
    numbers = set(numbers_of(said, unit))
    if not numbers:
        return
    wanted = target.between or (getattr(target, target.aim),)
    numbers |= {Fraction(WRITTEN[word]) for word in re.findall(r"\w+", said.lower()) if word in WRITTEN}
    yield from (value for value in wanted if value * (100 if unit else 1) not in numbers)


def numbers_of(said: str, unit: str) -> Iterator[Fraction]:
    for number, percent in NUMBER.findall(THOUSANDS.sub("", said)):
        if percent == unit:
            yield Fraction(number.replace(",", "."))
