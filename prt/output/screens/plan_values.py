"""Pieces of a plan as text: `75%`, `at most 5`, the sentence of a measure, a label in quotation marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from prt.figures.plan_diff import Aim, Number
from prt.model.base import Base
from prt.model.calendar import Period, Round
from prt.model.measures import Measure
from prt.model.plan import Amendment, Baseline, Indicator, Line, Reading, Volet
from prt.model.selections import Selection
from prt.model.text import Quoted, Text
from prt.output.figure_text import FigureText
from prt.output.numbers import format_exact
from prt.text import collapse_spaces


class PlanValues(FigureText):
    """Values of one plan in one language."""

    def text(self, value: Any) -> str:
        """Any value that a change may have, on one line."""
        if value is None:
            return self.words("change.none")
        if isinstance(value, bool):
            return self.words("value.any.yes" if value else "value.any.no")
        if isinstance(value, tuple):
            return ", ".join(map(self.text, value))
        for kind, write in WRITERS.items():
            if isinstance(value, kind):
                return write(self, value)
        return str(value)

    def exact(self, number: Number) -> str:
        return format_exact(number.value, number.unit, self.language)

    def aim(self, aim: Aim) -> str:
        return self.aim_number(aim.target, aim.unit)

    def label(self, text: Text) -> str:
        return self.words("change.quote", text=text.to(self.language))

    def phrases(self, quoted: Quoted) -> str:
        said = " / ".join(collapse_spaces(phrase) for phrase in quoted.to(self.language))
        return self.words("change.quote", text=said)

    def line(self, line: Line) -> str:
        """What a line without a strategy is for is said by its first indicator."""
        said = line.strategy or line.objective
        return self.phrases(said) if said else self.label(line.indicators[0].label)

    def indicator(self, indicator: Indicator) -> str:
        label, target = self.label(indicator.label), indicator.target
        return f"{label} → {self.aim_number(target, indicator.measure.unit)}" if target else label

    def vocabulary(self, words: Mapping[str, Text]) -> str:
        return ", ".join(words)

    def amendment(self, one: Amendment) -> str:
        return ", ".join((one.date.isoformat(), self.label(one.why), one.approved_by))


WRITERS: dict[type, Callable[[PlanValues, Any], str]] = {
    Number: PlanValues.exact,
    Aim: PlanValues.aim,
    Text: PlanValues.label,
    Quoted: PlanValues.phrases,
    Measure: lambda values, one: one.sentence(values.words),
    Selection: lambda values, one: values.words.rows(one),
    Reading: lambda values, one: values.label(one.label),
    Volet: lambda values, one: values.phrases(one.title),
    Line: PlanValues.line,
    Indicator: PlanValues.indicator,
    Mapping: PlanValues.vocabulary,
    Period: lambda values, one: f"{one.first} – {one.last}",
    Round: lambda values, one: str(one.due),
    Baseline: lambda values, one: f"{format_exact(one.value, '', values.language)} ({one.date})",
    Amendment: PlanValues.amendment,
}


def field_changes(before: Base, after: Base) -> Iterator[str]:
    """`split_by: category → category, focus`: what the sentence of a measure does not say."""
    for name, field in after.fields.items():
        was, now = getattr(before, name, None), getattr(after, name)
        if was != now:
            yield f"{field.key}: {plain(was)} → {plain(now)}"


def plain(value: Any) -> str:
    """A value as the plan file has it: the dash of an empty list where there is none."""
    if isinstance(value, tuple):
        return ", ".join(map(plain, value)) or "–"
    return "–" if value is None else str(value)


def json_of(value: Any) -> Any:
    """A value for other programs: numbers as JSON numbers, pieces of the plan as the file has them."""
    if isinstance(value, Number):
        return json_of(value.value)
    if isinstance(value, Aim):
        return json_of(value.target)
    if isinstance(value, Base):
        written = ((name, one) for name, one in value.items() if name in value.given)
        return {value.fields[name].key: json_of(one) for name, one in written}
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): json_of(one) for key, one in value.items()}
    return [json_of(one) for one in value] if isinstance(value, tuple) else value
