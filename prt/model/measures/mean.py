"""`{kind: mean, column: minutes, of: S, take: mean | median}`"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Annotated, Any, ClassVar, Literal

from prt.model.base import Written, field
from prt.model.calendar import Round
from prt.model.cells import number
from prt.model.facts import (
    EACH,
    PART,
    ROW,
    About,
    Facts,
    PlainFact,
    by_known,
    counts_people,
    of_column,
    of_values,
    total,
)
from prt.model.figure import Figure, LeftOut
from prt.model.measures.base import OfRows, Pace, Say, left_out
from prt.model.populations import Path
from prt.model.selections import Selection
from prt.model.view import Data, View
from prt.problems import Mistake
from prt.text import compile_later

ANSWER = compile_later(
    r"([0-9]+(?:[.,][0-9]+)?)(?: ?(?:/|sur|out of|of|de) ?([0-9]+))?"
    r"(?:\s*[-–—:.=)(]\s*[^\d\s][^\d]*|\s[^\W\d][^\d]*)?"
)
"""A number, what it is out of, and its words: `4`, `4/5`, `5 - Excellent`."""
REASONS = ("empty", "not_a_number", "off_scale")
"""Why a cell says no number."""


def as_scale(value: Any) -> Any:
    """`5` is 1 to 5."""
    return (1, value) if isinstance(value, int) and not isinstance(value, bool) else value


Scale = Annotated[tuple[int, int], Written(as_scale, int | tuple[int, int])]


class Mean(OfRows):
    """The mean of a column, or its median, of the cells that are known; the others are counted and listed.

    With a `scale` the answers of a form are read as numbers, such as `4` and `5 - Excellent`: what is no
    number, or not on the scale, is listed. Never added over periods: always computed anew.
    """

    kind: Literal["mean"]
    column: str = field(description="the column whose mean is taken")
    take: Literal["mean", "median"] = field(
        default="mean",
        asked=True,
        description="`median`: the value in the middle, or the mean of the two that are there",
    )
    scale: Scale | None = field(
        default=None,
        description="the answers are texts with numbers: `5` for 1 to 5, or both ends, such as `[0, 10]`",
    )
    example = "{kind: mean, column: answer, of: {log: feedback}, scale: 5}"
    can_fall = True
    pace: ClassVar[Pace] = "none"
    shows_planned = False

    @property
    def is_level(self) -> bool:
        return True

    @property
    def unit(self) -> str:
        return "" if self.scale else self.unit_of_rows(self.column)

    @property
    def base_word(self) -> str:
        return "of_answers" if self.scale else "of_entries"

    @property
    def part_by(self) -> str:
        return "sum" if self.take == "mean" else "median"

    @property
    def whole_by(self) -> str:
        return "count"

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield from self.of_sources(self.column) if self.scale else ()
        yield from super().columns()

    def number_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        return iter(()) if self.scale else self.of_sources(self.column)

    def mistakes(
        self, named: Mapping[str, Selection], rounds: Sequence[Round]
    ) -> Iterator[tuple[Path, Mistake]]:
        if self.scale and not 0 <= self.scale[0] < self.scale[1]:
            yield ("scale",), Mistake("no_scale", low=self.scale[0], high=self.scale[1])
        if not self.scale:
            yield from self.unit_mistakes(self.column, named)

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        """The number of each row; where there is none, `each` is the reason."""
        placed = data.placed_once(self.of)
        for (row, day), cell in zip(placed, placed.cells(self.column), strict=True):
            value, reason = read_answer(cell, self.scale)
            yield row, day, "part", value, None, None, reason or None, None, None

    def fold(self, facts: Facts, view: View) -> Figure:
        known, silent = by_known(facts, PART)
        values, out = [Fraction(fact[PART]) for fact in known], self.silent_rows(silent)
        if not view.in_use(*self.of) or (out and not known):
            return Figure(None, "no_data", left_out=out, unknown=len(out))
        whole = Fraction(len(values))
        if not known:
            return Figure(None, "not_computable", whole if self.take == "mean" else None, whole)
        added = total(values)
        value, part = (added / whole, added) if self.take == "mean" else (median(values), None)
        return Figure(value, None, part, whole, facts=known, left_out=out, unknown=len(out))

    def silent_rows(self, silent: Facts) -> tuple[LeftOut, ...]:
        """The rows that say no number, by the reason."""
        reasons = (([one for one in silent if one[EACH] == reason], reason) for reason in REASONS)
        return tuple(out for some, reason in reasons for out in left_out(some, self.column, reason))

    def people(self, facts: Facts, view: View) -> About:
        """What the persons of these rows say, as a share of it; of a column that counts people, those.

        A median is protected as if it were a mean: who reads both of a group and of a part of it would know
        of the rest.
        """
        known = by_known(facts, PART)[0]
        models = map(view.data.record_of, self.source_logs(view.data.selections))
        if any(counts_people(model, self.column) for model in models):
            return About(of_column([fact[ROW] for fact in known], self.column).part)
        return of_values(known, self.column, self.scale)

    def share_told(self, figure: Figure, about: About) -> Fraction | None:
        part, whole = (total(head.number for head in side) for side in (about.part, about.whole))
        return part / whole if whole else None

    def value_of_people(self, part: Fraction, whole: Fraction | None) -> Fraction | None:
        if not whole or self.take == "median":
            return None
        low, high = self.scale or (0, 1)
        return low + (high - low) * part / whole

    def sentence(self, say: Say) -> str:
        of = say.rows_of(self.of)
        if self.scale is None:
            return say(f"measure.{self.take}", column=say.of_column(self.main, self.column), of=of)
        column, (low, high) = say.column(self.main, self.column), map(str, self.scale)
        return say(f"measure.{self.take}_scale", column=column, of=of, low=low, high=high)


def median(values: Sequence[Fraction]) -> Fraction:
    """The value in the middle; of an even number the mean of the two in the middle."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def read_answer(cell: Any, scale: tuple[int, int] | None) -> tuple[Fraction | None, str]:
    """The number of a cell, or None and why there is none."""
    if cell is None or cell == ():
        return None, "empty"
    if scale is None:
        return cell, ""
    return read_text(cell, scale) if isinstance(cell, str) else on_scale(Fraction(cell), scale)


@cache
def read_text(text: str, scale: tuple[int, int]) -> tuple[Fraction | None, str]:
    """`4`, `4,5`, `4/5` and `5 - Excellent`; `4/10` is no answer on a scale of 5. A text is read once."""
    found = ANSWER.fullmatch(text.casefold().replace("\u00a0", " ").strip(" .!*★⭐"))
    if not found:
        return None, "not_a_number"
    try:
        value = number(found[1])
    except Mistake:
        return None, "not_a_number"
    if found[2] and int(found[2]) != scale[1]:
        return None, "off_scale"
    return on_scale(value, scale)


def on_scale(value: Fraction, scale: tuple[int, int]) -> tuple[Fraction | None, str]:
    return (value, "") if scale[0] <= value <= scale[1] else (None, "off_scale")
