"""What a status tells of a figure that is withheld: 75 % asked, one form, *not met* is 0 of 1."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from prt.figures.evaluate import Result
from prt.figures.status import Status, status
from prt.figures.withholding.cell import Parts, divide_people
from prt.figures.withholding.equations import Times
from prt.model.facts import About, Head, Heads
from prt.values import dataclass, replace


@dataclass(frozen=True, eq=False)
class Said:
    """The status of a target whose figure to date, of these people, is withheld; `told` where it is not."""

    about: About
    result: Result
    told: bool = True

    @property
    def sides(self) -> tuple[Heads, Heads]:
        return self.about.part, self.about.whole

    def divided(self, parts: Parts) -> Said:
        return replace(self, about=divide_people(self.about, parts))

    def holds(self, part: Times, whole: Times) -> bool:
        """Would it be the same, if so many people were the part and the whole?"""
        return not self.told or self.status_of(part, whole) == self.result.status

    def status_of(self, part: Times, whole: Times) -> Status | None:
        """None where the figure is of more than numbers of people."""
        result, true = self.result, self.result.to_date
        if not self.is_of_people:
            return None
        value = self.value_of(part, whole)
        figure = replace(true, value=value, absent=None if value is not None else "no_data")
        return status(
            result.judged,
            figure,
            result.expected,
            at_end=result.view.at_end,
            thresholds=result.thresholds,
        )

    @cached_property
    def is_of_people(self) -> bool:
        """Is the figure the number of these people, or their share?"""
        part, whole = count(self.about.part), count(self.about.whole)
        return self.result.to_date.value == self.value_of(part, whole)

    def value_of(self, part: Times, whole: Times) -> Fraction | None:
        of = Fraction(whole) if self.about.whole else None
        return self.result.measure.value_of_people(Fraction(part), of)


def count(heads: Iterable[Head]) -> Times:
    return sum(head.number for head in heads)
