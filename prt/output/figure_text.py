"""One figure, one target, a count of targets in words of one language: what needs nothing but the words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from prt.figures.evaluate import Result
from prt.figures.status import Word
from prt.figures.todo import DueReport
from prt.model.cells import DayCell
from prt.model.figure import Figure, Group, LeftOut
from prt.model.measures import Measure
from prt.model.plan import Indicator, Target
from prt.model.selections import column_of
from prt.output.numbers import Value, day_text, format_exact, format_figure, format_rounded
from prt.output.words import Phrases, Words


class FigureText:
    """A figure, its base, a target as text."""

    number_words = "aim"
    """The topic of the words of a number that is asked for."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.language = words.language

    def number(self, measure: Measure, figure: Figure, target: Target | None = None) -> Value:
        if figure.absent or figure.value is None:
            return Value(self.words(f"figure.{figure.absent}"))
        if measure.is_event:
            return Value(self.milestone(figure), figure.done_on, "day")
        number = format_figure(figure.value, measure.unit, self.language, target)
        if measure.has_items:
            return number.printed(self.items(measure, figure))
        if measure.counts_values:
            return self.known(figure, number)
        return number

    def known(self, figure: Figure, number: Value) -> Value:
        """`at least 9 of 11` while some are unknown: never more than all, and where none is known, that."""
        if figure.unknown and not figure.value:
            return Value(self.words("figure.unknown"))
        text = self.base(figure, "of") or number
        may_grow = figure.unknown and figure.value != figure.whole
        return number.printed(self.words("figure.at_least", number=text) if may_grow else text)

    def items(self, measure: Measure, figure: Figure) -> str:
        """`3 themes`, named for the first column of the list that is no day, if it has another."""
        if not figure.value:
            return self.words("figure.items.zero")
        log, names = self.words.flat(measure.main).log, measure.naming_columns("part")
        named = (one for one in names if not isinstance(column_of(self.words.plan, log, one).cell, DayCell))
        what = self.words.several(measure.main, next(named, names[0]))
        return self.words.counted("figure.items", figure.value, what=what)

    def milestone(self, figure: Figure) -> str:
        if not figure.value:
            return self.words("figure.not_done")
        if figure.done_on is None:
            return self.words("figure.done")
        return self.words("figure.done_on", day=day_text(figure.done_on, self.language, "medium"))

    def base(self, figure: Figure, word: str) -> str:
        """`248 of 309`, or nothing where the figure is no part of a whole."""
        return base_of(self.words, figure, word)

    def beside_last_year(self, share: Fraction) -> str:
        """`10% more than last year`"""
        word = "as" if not share else "more_than" if share > 0 else "less_than"
        return self.words(f"aim.{word}_last_year", share=format_exact(abs(share), "%", self.language))

    def day(self, day: dt.date) -> Value:
        return day_text(day, self.language, "medium")

    def aim_told(self, result: Result, *, beside: bool = True) -> Value:
        """The target that a result is held against, or that was promised; what it is more than.

        Not `beside`: without what it asks of each period beside that of the year.
        """
        target, unit = result.promised, result.measure.unit
        if target is None:
            return Value(self.words("figure.none"))
        aim = self.aim_number(target, unit) if beside else self.own_aim(target, unit)
        written = result.indicator.target
        if written is target or written is None or written.more_than_last_year is None:
            return aim
        told = self.beside_last_year(written.more_than_last_year)
        return aim.printed(self.words("aim.of_last_year", aim=aim, told=told))

    def aim_of(self, indicator: Indicator) -> str:
        """The target of an indicator, or a dash where it has none."""
        target = indicator.target
        return self.aim_number(target, indicator.measure.unit) if target else self.words("figure.none")

    def aim_number(self, target: Target, unit: str) -> Value:
        """`37`, `at most 10%`, `by September 30, 2024`; between two numbers it is no one amount.

        `each_period` stands after the aim that it is beside.
        """
        aim = self.own_aim(target, unit)
        if target.each_period is None or target.is_of_periods:
            return aim
        each = format_exact(target.each_period, unit, self.language)
        return aim.printed(self.words("aim.and_each_period", aim=aim, value=each))

    def own_aim(self, target: Target, unit: str) -> Value:
        """What it asks for, each period aside."""
        if target.to_be_set:
            return Value(self.words("aim.to_be_set", day=self.day(target.to_be_set)))
        if target.more_than_last_year is not None:
            return Value(self.beside_last_year(target.more_than_last_year))
        if target.due:
            day = self.day(target.due)
            return day.printed(self.words("aim.due", day=day))
        if target.is_of_periods:
            return Value(self.words("aim.each_period", value=self.own_aim(target.of_a_period(), unit)))
        if target.between:
            low, high = (format_exact(bound, unit, self.language) for bound in target.between)
            return Value(self.words(f"{self.number_words}.between", low=low, high=high))
        value = format_exact(getattr(target, target.aim), unit, self.language)
        return value.printed(self.words(f"{self.number_words}.{target.aim}", value=value))


def period_statuses(words: Phrases, result: Result) -> str:
    """`P1 met, P2 behind`, of a target that asks something of each period; else nothing."""
    found = ((one.period, one.status.code) for one in result.of_periods)
    return ", ".join(f"P{period.id} {words(f'status.{code}')}" for period, code in found if period)


def base_of(words: Phrases, figure: Figure, word: str) -> str:
    """`248 of 309`; of a mean `of 37 answers`; nothing where the figure is of no whole."""
    if figure.whole is None:
        return ""
    part, whole = (
        "" if number is None else format_figure(number, "", words.language)
        for number in (figure.part, figure.whole)
    )
    return words.counted(f"figure.{word}", figure.whole, part=part, whole=whole)


def amount(words: Words, value: Fraction | None, unit: str = "") -> str:
    """An amount, or `x` where it is withheld."""
    return words("figure.withheld") if value is None else format_figure(value, unit, words.language)


def group_parts(words: Words, measure: Measure, group: Group, unit: str) -> tuple[str, str]:
    """The figure of a group, an amount in this unit, and the base of a share: `80.0%`, `8 of 10`."""
    figure = group.figure
    if not measure.is_level or figure.absent == "withheld":
        return amount(words, group.amount, unit), ""
    if figure.value is None:
        return words(f"figure.{figure.absent}"), ""
    number = format_figure(figure.value, measure.unit, words.language)
    return number, base_of(words, figure, measure.base_word)


def gap_text(words: Phrases, gap: Fraction, unit: str) -> Value:
    """How much more (`+ 4`) or less a figure is than another: two percentages are points apart."""
    if unit == "%":
        points = gap * 100
        text = format_rounded(points, 1, words.language, [Fraction(0)])
        shown = Value(words.counted("figure.points", abs(points), points=text), points, "points")
    else:
        shown = format_figure(gap, unit, words.language)
    return shown.printed(f"+{shown}") if gap > 0 else shown


ORDER: tuple[Word, ...] = (
    "met", "on_track", "at_risk", "behind", "not_due", "no_data", "withheld", "to_be_set"
)  # fmt: skip
AT_END: dict[Word, str] = {"at_risk": "partly_met", "behind": "not_met"}


def word_at_end(word: Word, at_end: bool) -> str:
    """When the year is over, *at risk* is *partly met* and *behind* is *not met*."""
    return AT_END.get(word, word) if at_end else word


def tally_words(words: Words, counts: Mapping[Word, int], at_end: bool) -> list[tuple[Word, str]]:
    """`3 met`, `11 on track`: those that there are, in order."""
    return [
        (word, words.counted(f"tally.{word_at_end(word, at_end)}", counts[word]))
        for word in ORDER
        if counts[word]
    ]


def short_reason(words: Words, left: LeftOut) -> str:
    """Why a row does not count: `other format`."""
    column = words.column_name(left.row.log, left.column) if left.column else ""
    return words(f"reason.{left.reason}", column=column)


SHOWN_WITH_CELL = ("condition", "not_a_number", "off_scale")
"""Reasons that are told with what the cell holds."""


def left_out_text(words: Words, left: LeftOut) -> str:
    """The reason with what the row has: `other format (short)`."""
    reason = short_reason(words, left)
    if left.reason not in SHOWN_WITH_CELL:
        return reason
    return f"{reason} ({words.value(left.row.log, left.column, left.row[left.column])})"


def report_numbers(reports: Sequence[DueReport], words: Words, today: dt.date, *, named: bool = False) -> str:
    """`1 and 2`; with their years, `1 and 2 of 2024-2025, 1 of 2025-2026`, where one of them is over."""
    named = named or any(one.is_of_past_year(today) for one in reports)
    said = []
    for year, some in groupby(reports, key=lambda one: one.year):
        *first, last = (str(one.period.id) for one in some)
        numbers = words("screen.and", first=", ".join(first), last=last) if first else last
        said.append(words("screen.of_year", n=numbers, year=year) if named else numbers)
    return ", ".join(said)
