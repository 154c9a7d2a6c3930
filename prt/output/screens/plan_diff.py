"""Changes of a plan in words: `target 1.1.workshops 37 → 35`, with what each does to figures reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from prt.figures.plan_diff.change import Effect, Number, PlanChange, SeenFigure, TargetAim
from prt.model.base import Base
from prt.model.calendar import Period, Round
from prt.model.columns import OwnColumn
from prt.model.measures import Measure
from prt.model.plan import Amendment, Baseline, Indicator, Line, Reading, Volet
from prt.model.selections import Selection
from prt.model.text import Quoted, Text
from prt.output.figure_text import FigureText
from prt.output.numbers import format_exact
from prt.output.words import Words
from prt.text import collapse_spaces

AROUND = 3
"""How many words are printed on each side of what changed in a text."""


class PlanDiff:
    """`before` and `after` are the words of one language, each with its own plan."""

    def __init__(self, before: Words, after: Words) -> None:
        self.words = after
        self.before = PlanValues(before)
        self.after = PlanValues(after)

    def lines(self, change: PlanChange) -> list[str]:
        """The sentence, and below it what does not fit: several effects, what was and is."""
        effects = list(self.effects(change))
        if len(effects) > 1:
            return [self.bare(change), *effects, *self.details(change)]
        return [self.sentence(change), *self.details(change)]

    def sentence(self, change: PlanChange) -> str:
        """All on one line."""
        told, effects = self.bare(change), "; ".join(self.effects(change))
        return self.words("change.told", change=told, effects=effects) if effects else told

    def bare(self, change: PlanChange) -> str:
        """The change alone, without its effects on figures."""
        if change.what == "figure":
            return self.words("thing.figure", where=change.where)
        thing = self.thing(change, change.before if change.how == "renamed" else change.where)
        if change.how == "moved":
            return self.moved(change, thing)
        if change.how == "changed" and isinstance(change.after, (Measure, Reading, Selection)):
            anew = self.words("change.anew", thing=thing)
            return self.words("change.via", thing=anew, names=", ".join(change.via)) if change.via else anew
        word = "aim" if change.what == "target" and not change.part else "value"
        before, after = self.values(change)
        word = word if change.how == "changed" else change.how
        return self.words(f"change.{word}", thing=thing, before=before, after=after)

    def thing(self, change: PlanChange, name: str) -> str:
        """`target 1.1.workshops`, or one key of it: `period 2, due`."""
        thing = self.words(f"thing.{change.what}", where=name)
        own = change.part and change.how != "moved"
        return self.words("change.part", thing=thing, part=change.part) if own else thing

    def moved(self, change: PlanChange, thing: str) -> str:
        if change.part == "order":
            word = "order" if change.after else "first"
            return self.words(
                f"change.{word}", thing=thing, **({"after": change.after} if change.after else {})
            )
        parent = "line" if change.what == "indicator" else "volet"
        before, after = (self.words(f"thing.{parent}", where=one) for one in (change.before, change.after))
        return self.words("change.parent", thing=thing, before=before, after=after)

    def values(self, change: PlanChange) -> tuple[str, str]:
        if change.how in ("renamed", "moved"):
            return change.before or "", change.after or ""
        if not change.is_text:
            return self.before.text(change.before), self.after.text(change.after)
        before, after = excerpts(change.before or "", change.after or "")
        return self.words("change.quote", text=before), self.words("change.quote", text=after)

    def details(self, change: PlanChange) -> Iterator[str]:
        """How a measure or a selection was written and is now; said once, of the selection it comes from."""
        if change.how != "changed" or change.via:
            return
        old, new = (
            (one.measure if isinstance(one, Reading) else one) for one in (change.before, change.after)
        )
        if not isinstance(new, (Measure, Selection)):
            return
        was, now = self.before.text(old), self.after.text(new)
        if was != now:
            yield self.words("change.was", text=was)
            yield self.words("change.now", text=now)
        else:
            yield from field_changes(old, new)

    def effects(self, change: PlanChange) -> Iterator[str]:
        """The rows that it concerns, and what moves; of another measure also that nothing does."""
        if change.rows:
            yield self.words.counted("change.rows", change.rows)
        yield from map(self.effect, change.effects or ())
        if change.effects == () and change.what in ("measure", "also"):
            yield self.words("change.no_effect")

    def effect(self, effect: Effect) -> str:
        """`period 1 would move 78.0% → 74.0%, met so far → at risk`"""
        n, figure = str(effect.period), ""
        if effect.moves_figure:
            before, after = self.figures(effect)
            word = "change.to_date" if effect.to_date else "change.figure"
            figure = self.words(word, n=n, before=before, after=after)
        if not effect.moves_status:
            return figure
        before, after = (self.words(f"status.{one.status}") for one in (effect.before, effect.after))
        if figure:
            return self.words("change.with_status", figure=figure, before=before, after=after)
        return self.words("change.status", n=n, before=before, after=after)

    def figures(self, effect: Effect) -> tuple[str, str]:
        """Both figures; with their parts where only those moved."""
        before, after = figure_number(self.before, effect.before), figure_number(self.after, effect.after)
        if before != after:
            return before, after
        bases = (
            values.base(seen.figure, seen.measure.base_word)
            for values, seen in ((self.before, effect.before), (self.after, effect.after))
        )
        return with_base(before, next(bases)), with_base(after, next(bases))


def figure_number(values: PlanValues, seen: SeenFigure) -> str:
    return values.number(seen.measure, seen.figure, seen.target)


def with_base(text: str, base: str) -> str:
    return f"{text} ({base})" if base else text


def excerpts(before: str, after: str) -> tuple[str, str]:
    """What two texts do not have in common, with some words around it: `… of participants give …`."""
    was, now = before.split(" "), after.split(" ")
    if not before or not after:
        return before, after
    least = min(len(was), len(now))
    head = next((at for at in range(least) if was[at] != now[at]), least)
    tail = next((at for at in range(least - head) if was[-1 - at] != now[-1 - at]), least - head)
    return cut_words(was, head, tail), cut_words(now, head, tail)


def cut_words(words: list[str], head: int, tail: int) -> str:
    first = max(0, head - AROUND)
    last = min(len(words), len(words) - tail + AROUND)
    return "… " * (first > 0) + " ".join(words[first:last]) + " …" * (last < len(words))


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

    def aim(self, aim: TargetAim) -> str:
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

    def column(self, own: OwnColumn) -> str:
        return ", ".join((self.label(own.label), own.type, *own.choices))

    def amendment(self, one: Amendment) -> str:
        return ", ".join((one.date.isoformat(), self.label(one.why), one.approved_by))


WRITERS: dict[type, Callable[[PlanValues, Any], str]] = {
    Number: PlanValues.exact,
    TargetAim: PlanValues.aim,
    Text: PlanValues.label,
    Quoted: PlanValues.phrases,
    Measure: lambda values, one: one.sentence(values.words),
    Selection: lambda values, one: values.words.rows(one),
    Reading: lambda values, one: values.label(one.label),
    Volet: lambda values, one: values.phrases(one.title),
    Line: PlanValues.line,
    Indicator: PlanValues.indicator,
    Mapping: PlanValues.vocabulary,
    OwnColumn: PlanValues.column,
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
            yield f"{field.key}: {plan_text(was)} → {plan_text(now)}"


def plan_text(value: Any) -> str:
    """A value as the plan file has it: the dash of an empty list where there is none."""
    if isinstance(value, tuple):
        return ", ".join(map(plan_text, value)) or "–"
    return "–" if value is None else str(value)


def plan_json(value: Any) -> Any:
    """A value for other programs: numbers as JSON numbers, pieces of the plan as the file has them."""
    if isinstance(value, Number):
        return plan_json(value.value)
    if isinstance(value, TargetAim):
        return plan_json(value.target)
    if isinstance(value, Base):
        written = ((name, one) for name, one in value.items() if name in value.given)
        return {value.fields[name].key: plan_json(one) for name, one in written}
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plan_json(one) for key, one in value.items()}
    return [plan_json(one) for one in value] if isinstance(value, tuple) else value
