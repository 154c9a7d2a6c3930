"""Targets: an aim that fits the kind of measure, and numbers that it can reach."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from prt.model.cells import plain_number
from prt.model.measures import Measure
from prt.model.plan import Plan, Target
from prt.model.rules.rule import Path, Rule, doubtful, indicators_of, name_choices, wrong
from prt.problems import Mistake
from prt.text import compile_later

Written = Callable[[Path], str]
"""The source text of the value at a path, or an empty string: `75%` and `0.75` are one number."""


def target_rules(plan: Plan, written: Written) -> Iterator[Rule]:
    for path, _, indicator in indicators_of(plan):
        target, measure = indicator.target, indicator.measure
        if target is None:
            continue
        place: Path = (*path, "target")
        misfits = list(aim_rules(place, target, measure))
        misfits += period_rules(place, target, measure, plan)
        yield from by_rules((*place, "by"), target, plan)
        yield from before_rules(place, target, written)
        yield from open_rules(place, target, plan)
        for more, value in () if misfits else list(amounts_of(target)):
            misfits += amount_rules((*place, *more), value, measure, written((*place, *more)))
        yield from misfits or (*step_rules(place, target, written), *baseline_rules(place, target))


def aim_rules(path: Path, target: Target, measure: Measure) -> Iterator[Rule]:
    if not measure.has_target:
        yield wrong(path, Mistake("target_of_list"))
    elif target.due is not None and not measure.is_event:
        yield wrong((*path, "due"), Mistake("due_but_no_milestone", kind=measure.kind))
    elif measure.is_event and target.due is None and not target.to_be_set:
        yield wrong((*path, target.aim), Mistake("number_of_milestone"))


def period_rules(path: Path, target: Target, measure: Measure, plan: Plan) -> Iterator[Rule]:
    """Each period is asked for something only of what has a figure of a single period."""
    if target.each_period is None:
        return
    if measure.has_target and not measure.is_event and measure.to_date_only(plan.selections):
        yield wrong((*path, "each_period"), Mistake("each_period_of_to_date"))
    elif target.to_be_set:
        yield wrong((*path, "each_period"), Mistake("each_period_to_be_set"))


def before_rules(path: Path, target: Target, written: Written) -> Iterator[Rule]:
    """How much more than last year is a percentage of its figure, and leaves something to reach."""
    share, place = target.more_than_last_year, (*path, "more_than_last_year")
    if share is None:
        return
    text = amount_text(written(place), share)
    if share <= -1 and text.endswith("%"):
        yield wrong(place, Mistake("nothing_left_of_last_year", text=text))
    elif abs(share) >= 1 and not text.endswith("%"):
        yield wrong(place, Mistake("share_of_last_year", text=text))


def open_rules(path: Path, target: Target, plan: Plan) -> Iterator[Rule]:
    """A target that is set when the year is over judges nothing."""
    if target.to_be_set and target.to_be_set > plan.ends:
        mistake = Mistake("set_after_the_year", day=str(target.to_be_set), ends=str(plan.ends))
        yield doubtful((*path, "to_be_set"), mistake)


def by_rules(path: Path, target: Target, plan: Plan) -> Iterator[Rule]:
    if target.by and target.at_least is None and target.at_most is None:
        yield wrong(path, Mistake("by_beside_other_aim", aim=target.aim))
    elif target.by and target.rests_on_itself:
        yield wrong(path, Mistake("by_without_baseline"))
    periods = [period.id for period in plan.periods]
    for number in target.by:
        if number not in periods:
            known = name_choices(map(str, periods))
            yield wrong((*path, number), Mistake("target_of_unknown_period", number=number, known=known))


def step_rules(path: Path, target: Target, written: Written) -> Iterator[Rule]:
    """Each step of `by` lies between the one before it and the target. Before the first is the baseline or 0;
    the first ceiling of at_most without a baseline may be any.
    """
    if (target.at_least is None and target.at_most is None) or target.rests_on_itself:
        return
    aim, before = amount_text(written((*path, target.aim)), target.full), first_step(path, target, written)
    for number, value in sorted(target.by.items()):
        place, last = (*path, "by", number), before
        before = value, amount_text(written(place), value)
        if last and not min(last[0], target.full) <= value <= max(last[0], target.full):
            yield wrong(place, Mistake("step_off_the_way", step=before[1], before=last[1], target=aim))
            return


def first_step(path: Path, target: Target, written: Written) -> tuple[Fraction, str] | None:
    """Where the steps begin, and how it is written."""
    if target.baseline:
        value = target.baseline.value
        return value, amount_text(written((*path, "baseline", "value")), value)
    return (Fraction(0), "0") if target.at_most is None else None


def amount_text(text: str, value: Fraction) -> str:
    return text or plain_number(value)


def baseline_rules(path: Path, target: Target) -> Iterator[Rule]:
    if target.is_reached_before:
        yield doubtful((*path, "baseline"), Mistake("baseline_reaches_target"))


def amounts_of(target: Target) -> Iterator[tuple[Path, Fraction]]:
    yield from target.amounts()
    if target.baseline is not None:
        yield ("baseline", "value"), target.baseline.value


def amount_rules(path: Path, value: Fraction, measure: Measure, text: str) -> Iterator[Rule]:
    text = amount_text(text, value)
    number = text.rstrip("% \u00a0\u202f")
    share, percent = measure.is_percentage, text.endswith("%")
    if value < 0 and not measure.may_be_negative:
        yield wrong(path, Mistake("less_than_nothing", text=text))
    elif share and not percent and abs(value) == 1:
        yield wrong(path, Mistake("one_of_percentage", text=text, number=number))
    elif share and not percent and abs(value) > 1:
        yield wrong(path, Mistake("number_of_percentage", text=text, number=number))
    elif share and value > 1 and not measure.may_exceed_all:
        yield wrong(path, Mistake("more_than_all", text=text))
    elif percent and not share and measure.is_level and measure.unit:
        yield wrong(path, Mistake("percentage_of_unit", text=text, number=number, unit=measure.unit))
    elif percent and not share:
        yield wrong(path, Mistake("percentage_of_number", text=text, number=number))
    elif measure.whole_numbers and value.denominator != 1:
        yield wrong(path, Mistake("part_of_one", text=text))


THOUSANDS = compile_later(r"(?<=\d)[ ,\u00a0\u202f](?=\d{3}(?!\d))")
NUMBER = compile_later(r"(?<![\w.,/-])(\d+(?:[.,]\d+)?)(?![\w/-]|[.,]\d)[ \u00a0\u202f]?(%?)")
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
        if target is None or target.due or not (target.has_number or target.is_of_periods):
            continue
        unit = "%" if indicator.measure.is_percentage else ""
        for language in ("says", "fr", "en"):
            said = " ".join(getattr(target, language))
            for value in missing_numbers(said, target, unit):
                name, number = f"{line.id}.{indicator.id}", plain_number(value * 100 if unit else value)
                mistake = Mistake("number_not_in_words", indicator=name, number=f"{number}{unit}")
                yield doubtful((*path, "target", language), mistake)


def missing_numbers(said: str, target: Target, unit: str) -> Iterator[Fraction]:
    """The numbers of the target that the words do not have, where they have others of its unit."""
    numbers = set(numbers_of(said, unit))
    if not numbers:
        return
    wanted = target.between or (getattr(target, target.aim),)
    numbers |= {Fraction(WRITTEN[word]) for word in re.findall(r"\w+", said.lower()) if word in WRITTEN}
    yield from (value for value in wanted if abs(value) * (100 if unit else 1) not in numbers)


def numbers_of(said: str, unit: str) -> Iterator[Fraction]:
    for number, percent in NUMBER.findall(THOUSANDS.sub("", said)):
        if percent == unit:
            yield Fraction(number.replace(",", "."))
