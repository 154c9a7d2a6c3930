"""The figure of the year before beside that of today, on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from prt.figures.evaluate import Evaluation, Result
from prt.figures.targets.year_before import result_before
from prt.output.figure_text import FigureText
from prt.output.tables import json_value
from prt.output.words import Words
from prt.values import dataclass


@dataclass(frozen=True)
class LastYearSeen:
    """The year before on the day that is compared and at its end; what was `sent` of either."""

    evaluation: Evaluation
    at_end: Evaluation
    sent: Evaluation | None = None
    sent_at_end: Evaluation | None = None

    @property
    def title(self) -> str:
        """`2023-2024`"""
        return self.evaluation.plan.year

    def cell(self, now: Result, words: Words) -> str:
        """The figure; a dash where that year has none of this indicator."""
        found, _ = result_before(self.evaluation, now.line, now.indicator, words.plan)
        return self.number(found, words) if found else words("figure.none")

    def value(self, now: Result, words: Words) -> Fraction | None:
        found, _ = result_before(self.evaluation, now.line, now.indicator, words.plan)
        return found.to_date.value if found else None

    def as_json(self, now: Result, words: Words) -> dict[str, Any]:
        """The figure on the day that is compared; null where that year has none."""
        day, value = self.evaluation.cut_off.isoformat(), json_value(self.value(now, words))
        return {"last_year": {"year": self.title, "to": day, "value": value}}

    def sentences(self, now: Result, words: Words) -> Iterator[str]:
        """`2023-2024, to February 14, 2024: 9`; the final figure where the target asks for more than it."""
        found, why = result_before(self.evaluation, now.line, now.indicator, words.plan)
        if found is None:
            yield words("last_year.not_known", year=self.title, why=words(f"last_year.why.{why}"))
            return
        day, value = words.date(self.evaluation.cut_off), self.beside_sent(found, self.sent, now, words)
        yield words("last_year.same_day", year=self.title, day=day, value=value)
        if now.target and now.indicator.target and now.indicator.target.is_relative:
            final = result_before(self.at_end, now.line, now.indicator, words.plan)[0]
            told = self.beside_sent(final, self.sent_at_end, now, words) if final else ""
            yield words("last_year.at_end", value=told)

    def beside_sent(self, found: Result, sent: Evaluation | None, now: Result, words: Words) -> str:
        """The figure of that year's rows; what was submitted, where that was another."""
        value = self.number(found, words)
        told = result_before(sent, now.line, now.indicator, words.plan)[0] if sent else None
        if told is None or told.to_date.value == found.to_date.value:
            return value
        return words("last_year.as_sent", value=value, sent=self.number(told, words))

    def number(self, found: Result, words: Words) -> str:
        """In the words of that year's plan: `57.1% (4 of 7)`."""
        if found.to_date.done_on:
            return words("figure.done_on", day=words.date(found.to_date.done_on))
        said = FigureText(Words(words.language, self.evaluation.plan, self.evaluation.data.organisations))
        number = said.number(found.measure, found.to_date, found.target)
        base = said.base(found.to_date, found.measure.base_word)
        return f"{number} ({base})" if base and not found.measure.counts_values else number
