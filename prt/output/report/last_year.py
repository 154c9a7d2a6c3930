"""Last year's figures in a bilan: of the indicator of the same id, where it computes the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from prt.figures.evaluate import Result
from prt.figures.targets.year_before import result_before
from prt.figures.withholding.published import Edition
from prt.output.document.content import Cell
from prt.output.document.indicator_parts import IndicatorPart
from prt.output.numbers import Value, day_text
from prt.output.report.results import Figures
from prt.output.words import Words
from prt.values import dataclass


@dataclass(frozen=True)
class LastYear:
    """The year before as others see it; `sent_on` where it is what its last report said."""

    edition: Edition
    sent_on: dt.date | None = None


class LastYearColumn:
    """What a bilan says of the year before; nothing where the project does not know it."""

    def __init__(self, words: Words, last: LastYear | None) -> None:
        self.words, self.last = words, last
        if last:
            evaluation = last.edition.evaluation
            own = Words(words.language, evaluation.plan, evaluation.data.organisations)
            self.figures = Figures(evaluation, own, last.edition.withheld)

    @property
    def title(self) -> str:
        """`2023-2024`"""
        return self.last.edition.evaluation.plan.year if self.last else ""

    def cell(self, result: Result) -> Cell | None:
        """A dash where the plan of last year has no such indicator, or computes it otherwise."""
        if self.last is None:
            return None
        evaluation, none = self.figures.evaluation, Value(self.words("figure.none"))
        before, why = result_before(evaluation, result.line, result.indicator, self.words.plan)
        if before is None:
            return Cell(none, self.words("last_year.changed") if why == "other_measure" else "")
        return self.figures.of_period(before.measure, before.to_date, before.target)

    def value(self, result: Result) -> Fraction | None:
        """Its number; None where there is none, or nobody is to know it."""
        cell = self.cell(result)
        amount = cell.number.amount if cell else None
        return amount if isinstance(amount, Fraction) else None

    def line(self, result: Result) -> str:
        """`2023-2024: 31`"""
        cell = self.cell(result)
        return self.words("last_year.line", year=self.title, value=cell.number if cell else "")

    def is_withheld(self, part: IndicatorPart) -> bool:
        return part.last_year is not None and part.last_year.number == self.words("figure.withheld")

    def legend(self) -> Iterator[str]:
        """Which days the column of last year is of, and whether it was sent so."""
        if self.last is None:
            return
        evaluation, language = self.last.edition.evaluation, self.words.language
        of = {"year": self.title, "day": day_text(evaluation.cut_off, language)}
        if self.last.sent_on:
            yield self.words("last_year.sent", sent=day_text(self.last.sent_on, language), **of)
        else:
            yield self.words("last_year.entered", **of)
