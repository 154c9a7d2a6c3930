"""Which volet, line and indicator of one plan is which of another: one to one, the likeliest first.

Ids speak for a pair; the funder's phrases speak louder, so that two indicators that exchanged their ids are
not taken for each other; a measure and a label that are alike make up for both.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from math import inf
from operator import attrgetter
from typing import Any, TypeVar

from prt.model.base import Base
from prt.model.measures import Measure
from prt.model.plan import Indicator, Line, Plan, Volet, handle, handles_before
from prt.model.selections import Condition, Selection
from prt.model.text import LANGUAGES, Quoted, Text
from prt.text import fold_text
from prt.values import dataclass

SAME_ID, SAME_WORDS, SAME_MEASURE, SAME_LABEL, SAME_PLACE = 3.0, 4.0, 3.0, 2.0, 1.0
"""What each sign adds. An id in its place weighs what a measure does, and less than all of the words."""
ENOUGH_OF_INDICATOR, ENOUGH_OF_LINE = 4.0, 2.0
SURE_OF_INDICATOR = SAME_WORDS + SAME_PLACE + SAME_ID + SAME_MEASURE + SAME_LABEL
SURE_OF_LINE = SAME_ID + SAME_WORDS
"""All signs together. The id is one of them, so that nothing has two such partners."""
ALIKE = 0.6
"""From here on two labels are alike: difflib's own measure of close matches."""

T = TypeVar("T")
Pairs = list[tuple[T, T]]


@dataclass(frozen=True)
class Placed:
    """An indicator with the line and the volet that it stands in."""

    volet: Volet
    line: Line
    indicator: Indicator
    named: Named

    @property
    def handle(self) -> str:
        return handle(self.line, self.indicator)

    @cached_property
    def words(self) -> frozenset[str]:
        """The funder's phrases, of the indicator and of its target."""
        target = self.indicator.target
        return frozenset(
            (*folded_phrases(self.indicator.quoted), *(folded_phrases(target.quoted) if target else ()))
        )

    @cached_property
    def meaning(self) -> Hashable:
        """What tells what the indicator counts. A typed figure says nothing of that: none is like another."""
        measure = self.indicator.measure
        return self.handle if measure.by_hand else meaning(measure, self.named)


@dataclass(frozen=True)
class Matches:
    """The volets, lines and indicators that two plans share: pairs (old, new) in the order of the new one."""

    volets: Pairs[Volet]
    lines: Pairs[Line]
    indicators: Pairs[Placed]


def match_plans(before: Plan, after: Plan) -> Matches:
    lines = pair_up(
        list(before.lines()),
        list(after.lines()),
        line_likeness,
        ENOUGH_OF_LINE,
        SURE_OF_LINE,
        attrgetter("id"),
    )
    together = {(id(one), id(other)) for one, other in lines}

    def volet_likeness(one: Volet, other: Volet) -> float:
        shared = sum((id(a), id(b)) in together for a in one.lines for b in other.lines)
        common = shared / max(len(one.lines), len(other.lines))
        return same_id(one, other) + SAME_WORDS * max(common, alike(title(one), title(other)))

    def likeness(one: Placed, other: Placed) -> float:
        if before.year != after.year and other.indicator.was:
            return SURE_OF_INDICATOR if is_what_it_was(one, other) else 0
        return indicator_likeness(one, other, (id(one.line), id(other.line)) in together)

    volets = pair_up(
        before.volets, after.volets, volet_likeness, ENOUGH_OF_LINE, SURE_OF_LINE, attrgetter("id")
    )
    indicators = pair_up(
        placed_indicators(before),
        placed_indicators(after),
        likeness,
        ENOUGH_OF_INDICATOR,
        SURE_OF_INDICATOR,
        attrgetter("handle"),
    )
    return Matches(volets, lines, indicators)


def placed_indicators(plan: Plan) -> list[Placed]:
    return [Placed(volet, line, one, plan.selections) for volet, line, one in plan.indicators()]


def pair_up(
    before: Sequence[T],
    after: Sequence[T],
    likeness: Callable[[T, T], float],
    enough: float,
    sure: float = inf,
    name: Callable[[T], Hashable] = id,
) -> Pairs[T]:
    """The likeliest pair first, then the likeliest of the rest; of equal ones those that stand nearest.

    A pair of one name that is `sure`, with every sign, is likeliest: it need not be compared with all others.
    """
    named = {name(one): here for here, one in enumerate(before)}
    same = {there: named[name(other)] for there, other in enumerate(after) if name(other) in named}
    found = {there: here for there, here in same.items() if likeness(before[here], after[there]) >= sure}
    settled = set(found.values())
    scores = (
        (likeness(one, other), -abs(here - there), -here, -there)
        for here, one in enumerate(before)
        for there, other in enumerate(after)
        if here not in settled and there not in found
    )
    for _, _, here, there in sorted((score for score in scores if score[0] >= enough), reverse=True):
        if -here not in found.values() and -there not in found:
            found[-there] = -here
    return [(before[found[there]], after[there]) for there in sorted(found)]


def line_likeness(one: Line, other: Line) -> float:
    return same_id(one, other) + SAME_WORDS * likeness_of_sets(line_words(one), line_words(other))


def indicator_likeness(one: Placed, other: Placed, same_line: bool) -> float:
    """Beyond the same line with nothing else in common, labels need not be compared."""
    score = SAME_WORDS * likeness_of_sets(one.words, other.words)
    score += SAME_PLACE if same_line else 0
    if one.indicator.id == other.indicator.id:
        score += SAME_ID if same_line else SAME_PLACE
    score += SAME_MEASURE if one.meaning == other.meaning else 0
    if score < ENOUGH_OF_INDICATOR - SAME_LABEL:
        return score
    likeness = label_likeness(one.indicator.label, other.indicator.label)
    return score + (SAME_LABEL * likeness if likeness >= ALIKE else 0)


def is_what_it_was(one: Placed, other: Placed) -> bool:
    """Does an indicator say that it was this one in the plan of the year before?"""
    return one.handle in handles_before(other.line, other.indicator)


def same_id(one: Volet | Line, other: Volet | Line) -> float:
    return SAME_ID if one.id == other.id else 0


def likeness_of_sets(some: frozenset[str], others: frozenset[str]) -> float:
    """How much two sets of phrases have in common: 0 to 1."""
    return 2 * len(some & others) / (len(some) + len(others)) if some or others else 0


def line_words(line: Line) -> frozenset[str]:
    """Every phrase of a line, and the labels of its indicators."""
    texts = [text for text in (line.objective, line.strategy) if text]
    targets = [one.target.quoted for one in line.indicators if one.target]
    quoted = [*texts, *(one.quoted for one in line.indicators), *targets]
    labels = (fold_text(one.label.to("en")) for one in line.indicators)
    return frozenset((*(phrase for one in quoted for phrase in folded_phrases(one)), *labels))


def folded_phrases(quoted: Quoted) -> Iterable[str]:
    """The words of the funder; where a plan has only its own, those."""
    return map(fold_text, quoted.says or quoted.en or quoted.fr)


def title(volet: Volet) -> str:
    return " ".join(folded_phrases(volet.title))


def label_likeness(one: Text, other: Text) -> float:
    """How alike two labels are, in the language in which they are most alike."""
    texts = ((getattr(one, language), getattr(other, language)) for language in LANGUAGES)
    return max((alike(fold_text(a), fold_text(b)) for a, b in texts if a and b), default=0)


def alike(one: str, other: str) -> float:
    if one == other:
        return 1
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


Named = Mapping[str, Selection]
"""The selections of a plan by their name."""

UNORDERED = ("split_by", "headcount_only")
"""Keys whose list has no order that a figure could depend on."""


def meaning(value: Any, named: Named) -> Hashable:
    """Two pieces of plans that mean the same are equal here, and only those."""
    if isinstance(value, Selection):
        flat = value.flat(named)
        conditions = frozenset((column, meaning(one, named)) for column, one in flat.conditions)
        return flat.log, conditions, flat.when
    if isinstance(value, Condition):
        return frozenset((name, condition_values(one)) for name, one in value.items())
    if isinstance(value, Base):
        return type(value), frozenset((name, of_key(name, one, named)) for name, one in value.items())
    if isinstance(value, Mapping):
        return frozenset((key, meaning(one, named)) for key, one in value.items())
    if isinstance(value, tuple):
        return tuple(meaning(one, named) for one in value)
    return value if isinstance(value, Hashable) else repr(value)


def of_key(name: str, value: Any, named: Named) -> Hashable:
    return frozenset(value) if name in UNORDERED else meaning(value, named)


def condition_values(value: Any) -> Hashable:
    """What a condition names: any of several, in any order, spelled as a cell may be."""
    if isinstance(value, tuple):
        return frozenset(map(fold_text, value))
    return fold_text(value) if isinstance(value, str) else value


def same_arithmetic(one: Measure, named: Named, other: Measure, others: Named) -> bool:
    """Do both figures depend on the same, however their measures are written?"""
    return (one == other and named == others) or arithmetic(one, named) == arithmetic(other, others)


def arithmetic(measure: Measure, named: Named) -> Hashable:
    """What the figure itself depends on: a measure without its breakdowns."""
    if "split_by" not in measure.fields:
        return meaning(measure, named)
    return meaning(measure.replace(split_by=()), named)


def same_definition(one: Measure, plan: Plan, other: Measure, later: Plan) -> bool:
    """Do an indicator and that of the year before compute the same, where each may name its own year?"""
    before, now = arithmetic(one, plan.selections), arithmetic(other, later.selections)
    return without_year(before, fold_text(plan.year)) == without_year(now, fold_text(later.year))


def without_year(value: Any, year: str) -> Hashable:
    """What a figure depends on, with nothing in the place of its year."""
    if isinstance(value, (tuple, frozenset)):
        return type(value)(without_year(one, year) for one in value)
    return "" if value == year else value
