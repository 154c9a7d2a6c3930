"""One thing of a plan that has changed, and the ways to find it: values, texts, things with an id."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Literal

from prt.figures.status import Code
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.plan import Target
from prt.model.text import LANGUAGES, Quoted, Text
from prt.text import collapse_spaces
from prt.values import dataclass

How = Literal["added", "removed", "renamed", "moved", "changed"]


TEXTS = {
    "plan_title", "title", "objective", "strategy", "label", "words", "note", "target_words",
    "signature", "acronym", "column_label", "column_help", "column_unit",
}  # fmt: skip
"""Things whose values are texts."""


@dataclass(frozen=True)
class Number:
    """A number of the plan with its unit: `%`, `h` or nothing."""

    value: Fraction
    unit: str = ""


@dataclass(frozen=True)
class TargetAim:
    """A target with the unit of the figure that it is for."""

    target: Target
    unit: str


@dataclass(frozen=True)
class SeenFigure:
    """A figure as a report has it; `status` is None where it has no target, or of a second reading."""

    measure: Measure
    figure: Figure
    target: Target | None = None
    status: Code | None = None

    @property
    def shown(self) -> tuple[Fraction | int | str | dt.date | None, ...]:
        """What a reader of a report would see change."""
        figure = self.figure
        return figure.value, figure.absent, figure.part, figure.whole, figure.done_on


@dataclass(frozen=True)
class Effect:
    """A figure of a period that is over, as either plan computes it from the rows of today."""

    period: int
    to_date: bool
    before: SeenFigure
    after: SeenFigure

    @property
    def moves_figure(self) -> bool:
        return self.before.shown != self.after.shown

    @property
    def moves_status(self) -> bool:
        return self.before.status != self.after.status


@dataclass(frozen=True)
class PlanChange:
    """`what` is the kind of thing (`target`, `label`), `where` its id now, `part` a key or language of it.

    `before` and `after` are values of the model, None where there is none; of something moved they are ids
    of what it stands in, or, where `part` is `order`, after what it stands. `via` names the selections by
    which a measure changed. `effects` is None where figures were not compared. `rows` is the number of rows
    that hold what is gone, or what is another now.
    """

    how: How
    what: str
    where: str = ""
    part: str = ""
    before: Any = None
    after: Any = None
    via: tuple[str, ...] = ()
    effects: tuple[Effect, ...] | None = None
    rows: int = 0

    @property
    def is_text(self) -> bool:
        """Is it the words of a text, of which only what changed need be shown?"""
        return self.what in TEXTS and isinstance(self.before or self.after, str)


Changes = Iterator[PlanChange]


def value(what: str, where: str, part: str, before: Any, after: Any) -> Changes:
    if before != after:
        yield PlanChange("changed", what, where, part, before, after)


def presence_change(what: str, where: str, before: Any, after: Any) -> Changes:
    """Something that is there or not: added, removed, or else changed."""
    if before is None or after is None:
        if before is not after:
            yield PlanChange("added" if before is None else "removed", what, where, "", before, after)
    else:
        yield from value(what, where, "", before, after)


def text(what: str, where: str, before: Text | Quoted | None, after: Text | Quoted | None) -> Changes:
    """A text by language; one that is the same in all of them, before and after, is said once."""
    pairs = [(name, words_in(before, name), words_in(after, name)) for name in ("says", *LANGUAGES)]
    pairs = [pair for pair in pairs if any(pair[1:])]
    different = [pair for pair in pairs if pair[1] != pair[2]]
    if len(different) == len(pairs) > 1 and len({pair[1:] for pair in different}) == 1:
        different = [("", *different[0][1:])]
    for name, old, new in different:
        how: How = "changed" if old and new else "added" if new else "removed"
        yield PlanChange(how, what, where, name, old or None, new or None)


def words_in(found: Text | Quoted | None, name: str) -> str | None:
    """The text of one language, phrases one after the other; what is said alike in both is not `says`."""
    said: str | tuple[str, ...] | None = getattr(found, name, None)
    if name == "says" and isinstance(found, Quoted) and found.says == found.en == found.fr:
        return None
    return " / ".join(collapse_spaces(phrase) for phrase in said) if isinstance(said, tuple) else said


def out_of_order(places: Sequence[int]) -> set[int]:
    """The positions in `places` that had to move, as few as can be: all but the longest rising sequence."""
    ends: list[int] = []  # of the rising sequences by length, the position of the smallest end
    before: list[int] = []
    for here, place in enumerate(places):
        length = bisect_left([places[end] for end in ends], place)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [here]
    stays, here = set(), ends[-1] if ends else -1
    while here >= 0:
        stays.add(here)
        here = before[here]
    return set(range(len(places))) - stays
