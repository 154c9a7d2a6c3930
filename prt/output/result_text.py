"""What is said of a result beside its label: figures, target, bar, status with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from prt.figures.evaluate import Evaluation, Result
from prt.figures.status import is_worse
from prt.figures.todo import planned_for
from prt.model.figure import Figure
from prt.model.plan import Target
from prt.output.figure_text import base_of
from prt.output.numbers import format_exact, format_figure, whole_below
from prt.output.words import Words
from prt.values import dataclass, field


@dataclass(frozen=True)
class Glyphs:
    """What bars and separators are drawn with; ASCII where the terminal has no more."""

    full: str = "█"
    empty: str = "·"
    mark: str = "┃"
    dot: str = "·"


ASCII = Glyphs("#", ".", "|", "-")
BAR = 12
"""So many glyphs has a bar."""


@dataclass(frozen=True)
class ResultText:
    """Results of one evaluation as short texts in one language, as a table has room for."""

    evaluation: Evaluation
    words: Words
    glyphs: Glyphs = Glyphs()
    changed: Mapping[str, str] = field(default_factory=dict)
    """What is another of a target since the last report, by indicator."""

    def label(self, result: Result) -> str:
        return result.indicator.label.to(self.words.language)

    def number(self, result: Result, value: Fraction) -> str:
        """An amount without its unit, for the heads of a table or the sentence around it say it."""
        unit = "%" if result.measure.unit == "%" else ""
        return format_figure(value, unit, self.words.language, result.target)

    def figure(self, result: Result, figure: Figure) -> str:
        if figure.absent == "withheld":
            return self.words("figure.withheld")
        return "-" if figure.value is None else self.number(result, figure.value)

    def this_period(self, result: Result) -> str:
        """The figure of the period; a plus before it where those of periods add up."""
        if result.period is None:
            return ""
        adds = result.measure.adds_up and result.period.value
        return "+" * bool(adds) + self.figure(result, result.period)

    def to_date(self, result: Result) -> str:
        return self.figure(result, result.to_date)

    def target(self, result: Result) -> str:
        """What is asked for: of the year, of each period, or as a share of last year that is not known."""
        target = result.promised
        if target is None or target.to_be_set:
            return ""
        if target.more_than_last_year is not None:
            share = target.more_than_last_year
            return ("+" if share >= 0 else "") + format_exact(share, "%", self.words.language)
        aim = self.aim(result, target)
        return self.words("aim.each_period", value=aim) if target.is_of_periods else aim

    def aim(self, result: Result, target: Target) -> str:
        """Its number or its numbers, without the unit."""
        if target.is_of_periods:
            target = target.of_a_period()
        unit = "%" if result.measure.is_percentage else ""
        values = [target.full, *(target.between[1:] if target.between else ())]
        signs = {"at_most": "≤ ", "exactly": "= "}
        return signs.get(target.aim, "") + "–".join(
            format_exact(Fraction(value), unit, self.words.language) for value in values
        )

    def expected(self, result: Result) -> str:
        due = self.rounded(result)
        if not due or result.measure.is_percentage:
            return "0" if due == 0 and result.promised else ""
        return self.number(result, due)

    def rounded(self, result: Result) -> Fraction | None:
        """What is expected; of an amount without the decimals of an interpolated share, where the figure and
        the target stand to that as they do to all of it."""
        judged = result.judgement
        if judged is None or not judged.expected or not result.measure.is_amount:
            return result.expected
        bounds = (judged.figure.value, judged.target.lower, judged.target.upper)
        return whole_below(judged.expected, [Fraction(one) for one in bounds if one is not None])

    def planned(self, result: Result) -> str:
        return f"+{result.planned}" if result.planned else ""

    def bar(self, result: Result) -> str:
        """A bar for an amount, the base for a share, the day for a milestone."""
        figure, judged = result.to_date, result.judgement
        if figure.whole:
            return base_of(self.words, figure, result.measure.base_word)
        if figure.done_on:
            return self.words("screen.done", day=self.words.short_date(figure.done_on))
        if judged is None or judged.target.due or result.measure.is_level:
            return ""
        if judged.figure.absent == "withheld" or judged.target.full < 0:
            return ""
        value = judged.figure.value or Fraction(0)
        return self.drawn(value, judged.target.full, result.expected or Fraction(0))

    def plain(self, value: Fraction | None) -> str:
        return format_figure(value or Fraction(0), "", self.words.language)

    def drawn(self, value: Fraction, full: Fraction, due: Fraction) -> str:
        """`██████┃·····`: filled to the value, with a mark where it is expected to stand by now."""
        filled = max(0, min(BAR, floor(BAR * value / full))) if full else 0
        bar = self.glyphs.full * filled + self.glyphs.empty * (BAR - filled)
        if not 0 < due < full:
            return bar
        at = min(BAR - 1, floor(BAR * due / full))
        return bar[:at] + self.glyphs.mark + bar[at + 1 :]

    def status(self, result: Result) -> str:
        """One of the seven words; the finer reason after a comma, that a share is more than all, and that the
        target asks for less than the last report said.
        """
        value, change = result.to_date.value, self.changed.get(result.handle, "")
        more = [self.words("screen.why.over")] if result.measure.exceeds_all(value) else []
        return ", ".join(filter(None, (self.standing(result), *more, change)))

    def standing(self, result: Result) -> str:
        code, word = result.status.code, self.words(f"status.{result.status.code}")
        if code == "met" and result.status.days_late:
            return self.words.counted("status.late", result.status.days_late)
        if code == "over_limit" and not self.evaluation.at_end:
            return f"{self.words(f'status.{result.status.word}')}, {word}"
        if code == "not_computable":
            return f"{self.words('status.no_data')}, {self.words('screen.why.zero')}"
        reason = self.reason(result)
        return f"{word}, {reason}" if reason else word

    def reason(self, result: Result) -> str:
        code, judged, written = result.status.code, result.judgement, result.indicator.target
        if code == "to_be_set" and written and written.to_be_set:
            return self.words("screen.why.by", day=self.words.short_date(written.to_be_set))
        if judged is None:
            return ""
        target = judged.target
        if code in ("behind", "at_risk", "not_met") and is_worse(target, judged.figure):
            return self.words("screen.why.worse", n=self.number(result, target.start))
        if judged.period and self.evaluation.at_end and result.status.word != "met":
            return self.words("screen.why.in_period", n=str(judged.period.id))
        if code in ("behind", "at_risk"):
            due = self.rounded(result)
            if due is None or result.measure.is_percentage or judged.indicator.pace == "none":
                return ""
            word = "screen.why.expected_in_period" if judged.period else "screen.why.expected"
            return self.words(word, n=self.number(result, due))
        return self.when_due(result) if code == "not_due" else ""

    def when_due(self, result: Result) -> str:
        """Why nothing is expected yet: a session that is planned, a date, or who can still come."""
        measure, target, say = result.measure, result.target, self.words
        if measure.by_best:
            still = sum(member.can_still and not member.reached for member in result.to_date.members)
            return say("screen.why.can_still", n=str(still)) if still else ""
        if measure.by_rounds and self.evaluation.plan.rounds:
            return say("screen.why.round", day=self.words.short_date(self.evaluation.plan.rounds[0].due))
        if target and target.due:
            return say("screen.why.by", day=self.words.short_date(target.due))
        if result.planned and (coming := measure.to_come(result.view)):
            return say("screen.why.on", day=self.words.short_date(coming[0].day))
        return say("screen.why.at_end") if result.indicator.pace == "at_end" else ""

    def shortfall(self, result: Result) -> str:
        judged = result.judgement
        value, target = self.figure(result, judged.figure if judged else result.to_date), self.target(result)
        if result.status.code == "over_limit":
            return self.excess(result)
        if result.measure.is_level or (not result.to_date.rows and result.to_date.absent):
            return self.words("screen.behind_share", id=result.handle, value=value, target=target)
        coming = planned_for(result, judged) if judged else 0
        planned = (
            self.words.counted("screen.some_planned", coming) if coming else self.words("screen.none_planned")
        )
        return self.words("screen.short", id=result.handle, value=value, target=target, planned=planned)

    def excess(self, result: Result) -> str:
        """What is too much, where the target has a limit."""
        target, figure, unit = result.target, result.to_date, result.measure.unit
        assert target is not None
        limit, language = Fraction(target.upper), self.words.language
        parts = {
            "id": result.handle,
            "value": self.to_date(result),
            "most": format_exact(limit, unit, language),
        }
        if figure.value is None or unit == "%":
            return self.words("screen.over_share", **parts)
        return self.words("screen.over", over=format_figure(figure.value - limit, unit, language), **parts)
