"""Why a figure is what it is: its rule, its parts, the rows behind it, and how its status follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import zip_longest
from math import ceil
from typing import Any

from prt.figures.evaluate import Second
from prt.figures.status import Judgement, is_worse, progress
from prt.model.figure import Figure
from prt.model.measures import Measure
from prt.model.plan import Target
from prt.model.rows import Row
from prt.output.figure_text import FigureText, base_of
from prt.output.numbers import Value, format_exact, format_figure
from prt.output.screens.evidence import Evidence, ShownResult, describe, row_place
from prt.output.screens.status import STYLES, Line
from prt.output.tables import Heading, Table, as_text, json_value
from prt.text import collapse_spaces, wrap_text
from prt.values import dataclass


class AimsInSentences(FigureText):
    """Targets as sentences say them: where a table has `37`, `at least 37`."""

    number_words = "explain"

    def day(self, day: dt.date) -> Value:
        return Value(self.words.date(day))


@dataclass(frozen=True)
class Explanation(ShownResult):
    """One result explained in one language."""

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.evaluation, self.result, self.screen, self.every, self.published, self.is_tried)

    def lines(self) -> Iterator[Line]:
        yield from self.head()
        yield [("", "")]
        yield from self.paragraphs()
        yield [("", "")]
        yield from map(without_style, self.table_of_periods())
        yield from map(without_style, self.evidence.lines())
        yield [(self.words("explain.status.head") + " ", "bold"), (self.status_sentence(), "")]
        if self.result.to_date.rows and self.result.to_date.rows[-1].id and not self.published:
            command = self.screen.command(f"prt show {self.result.to_date.rows[-1].id}", "year")
            yield [(self.words("explain.row", command=command), "dim")]

    def tried(self) -> Iterator[Line]:
        """What is worth knowing of an indicator before the plan has it: rule, figure, rows, status."""
        yield from self.head()
        yield [("", "")]
        yield from self.paragraph("explain.rule", [self.measure.sentence(self.words)])
        yield [("", "")]
        yield from map(without_style, (*self.evidence.members(), *self.evidence.rows()))
        yield [(self.words("explain.status.head") + " ", "bold"), (self.status_sentence(), "")]

    def head(self) -> Iterator[Line]:
        word = self.screen.texts.status(self.result)
        title = f"{self.result.handle}  {self.screen.texts.label(self.result)}"
        space = max(2, min(self.screen.width, 80) - len(title) - len(word))
        yield [(title, "bold"), (" " * space, ""), (word, STYLES[self.result.status.word])]
        parts = [self.value(self.result.to_date), self.base(self.measure, self.result.to_date)]
        if aim := self.aim():
            parts += [self.words("explain.aim", target=aim), self.needed()]
        yield [("   ".join(part for part in parts if part), "")]

    def value(self, figure: Figure) -> str:
        if figure.value is None:
            return self.words(f"status.{figure.absent}")
        return format_figure(figure.value, self.measure.unit, self.words.language, self.result.target)

    def base(self, measure: Measure, figure: Figure) -> str:
        """`248 of 309`"""
        return "" if figure.absent else base_of(self.words, figure, measure.base_word)

    def aim(self, *, beside: bool = True) -> str:
        """What the target asks for: `at least 37`, `at least 2 each period`; nothing where there is none."""
        return self.aims.aim_told(self.result, beside=beside) if self.result.promised else ""

    @property
    def aims(self) -> AimsInSentences:
        return AimsInSentences(self.words)

    def needed(self) -> str:
        """Of persons or answers, the number that the target asks for: 75 % of 11 is 9."""
        target, whole = self.result.target, self.result.to_date.whole
        if target is None or not whole or not self.measure.is_percentage or target.lower is None:
            return ""
        needed = ceil(target.lower * whole)
        return self.words.counted("explain.needed", needed, whole=self.screen.texts.plain(whole))

    def paragraphs(self) -> Iterator[Line]:
        """The rule, the funder's own words, the second readings, the note."""
        quoted = self.result.indicator
        language = self.words.language
        plan = [(self.words("explain.indicator"), phrase) for phrase in quoted.quoted.to(language)]
        if quoted.target:
            plan += [(self.words("explain.target"), phrase) for phrase in quoted.target.quoted.to(language)]
        yield from self.paragraph("explain.rule", [self.measure.sentence(self.words)])
        said = [self.words("explain.quote", what=what, text=collapse_spaces(phrase)) for what, phrase in plan]
        yield from self.paragraph("explain.plan", said)
        yield from self.paragraph("explain.other", map(self.second, self.result.also))
        before = self.screen.before
        said_before = ["; ".join(before.sentences(self.result, self.words))] if before else []
        yield from self.paragraph("last_year.title", said_before)
        note = self.result.indicator.note
        yield from self.paragraph("explain.note", [note.to(self.words.language)] if note else [])

    def paragraph(self, word: str, texts: Iterable[str]) -> Iterator[Line]:
        """The label at the left, on as many lines as it takes."""
        room = max(30, min(self.screen.width, 100) - 16)
        lines = [part for text in texts for part in wrap_text(text, room, 0)]
        heads = wrap_text(self.words(word), 15, 0) if lines else []
        for head, some in zip_longest(heads, lines, fillvalue=""):
            yield [(f"{head:<15} ", "bold"), (some, "")]

    def second(self, second: Second) -> str:
        """`of participants: 53.3%, 248 of 465, no status`"""
        figure, measure = second.to_date, second.reading.measure
        value = self.words(f"status.{figure.absent}") if figure.absent else ""
        if figure.value is not None:
            value = format_figure(figure.value, measure.unit, self.words.language)
        label = second.reading.label.to(self.words.language)
        said = [
            self.words("explain.labelled", label=label, text=value),
            self.base(measure, figure),
            self.words("explain.no_status"),
        ]
        return ", ".join(part for part in said if part)

    def table_of_periods(self) -> list[str]:
        """One row per period begun, with its status where each has a target, and to date."""
        statuses = {one.period.id: one.status for one in self.result.of_periods if one.period}
        rows = []
        for (period, window), figure in zip(self.evaluation.windows, self.result.periods, strict=True):
            if figure is not None:
                name = self.words("explain.period", n=str(period.id))
                status = statuses.get(period.id)
                told = [self.words(f"status.{status.code}")] if status else []
                base = self.base(self.measure, figure)
                rows.append((name, self.value(figure), base, self.until(window.last), *told))
        figure, none = self.result.to_date, [""] if statuses else []
        base, until = self.base(self.measure, figure), self.until(None)
        rows.append((self.words("explain.to_date"), self.value(figure), base, until, *none))
        headings = [
            Heading("w", " "),
            Heading("v", " ", "right"),
            Heading("b", " ", "right"),
            Heading("u", " "),
        ]
        headings += [Heading("s", " ")] if statuses else []
        lines = as_text(Table(tuple(headings), tuple(rows))).splitlines()[1:]
        planned = self.result.planned
        return [*lines, *([self.words.counted("explain.planned", planned)] if planned else []), ""]

    def until(self, day: Any) -> str:
        return self.words("explain.until", day=self.words.date(day or self.evaluation.cut_off))

    def status_sentence(self) -> str:
        """How the status follows from the figure; whether the line may have been forgotten."""
        said = self.status_reason()
        if self.published or not self.result.is_untouched:
            return said
        return f"{said}; {self.words('figure.untouched', line=self.result.line.id)}"

    def status_reason(self) -> str:
        if found := self.unjudged_reason():
            return found
        if self.result.to_date.absent == "withheld":
            smallest = str(self.evaluation.plan.privacy.smallest_group)
            too = "_too" if self.result.status.code == "withheld" else ""
            return self.words(f"explain.status.withheld{too}", n=smallest)
        judged = self.result.judgement
        if judged is None:
            return self.words(f"explain.status.{self.result.status.code}")
        said = self.judgement_reason(judged)
        if judged.period is None:
            return said
        return self.words("explain.status.of_period", n=str(judged.period.id), said=said)

    def unjudged_reason(self) -> str:
        """Why a target judges nothing, or its status is not told though the figure is; else nothing."""
        result, code = self.result, self.result.status.code
        written = result.indicator.target
        if code == "to_be_set" and written and written.to_be_set:
            return self.words("explain.status.to_be_set", day=self.words.date(written.to_be_set))
        if code == "no_last_year":
            why = self.words(f"last_year.why.{result.final_before.why or 'zero'}")
            return self.words("explain.status.no_last_year", target=self.aim(), why=why)
        if code == "withheld" and written and written.is_relative and result.judgement is None:
            return self.words("explain.status.withheld_last_year")
        if code == "withheld" and result.judgement and result.judgement.period:
            return self.words("explain.status.withheld_period")
        return ""

    def judgement_word(self, judged: Judgement) -> str:
        """The word of the sentence: that of the status, with what it is about."""
        code, target = judged.status.code, judged.target
        word = f"explain.status.{code}"
        if target.rests_on_itself and code in ("behind", "not_met"):
            return "explain.status.below" if code == "behind" else f"{word}_below"
        if judged.period and code in ("met_so_far", "partly_met", "not_met"):
            return f"{word}_period"
        if code in ("at_risk", "behind") and judged.indicator.pace == "none" and not target.by:
            return word + ("_reach" if self.measure.by_best else "_strict")
        if target.is_way and code in ("on_track", "at_risk", "behind", "partly_met", "not_met"):
            return word + ("_worse" if is_worse(target, judged.figure) else "_way")
        if target.due and code in ("met", "behind", "not_met"):
            return word + "_due"
        by_hand = self.measure.by_hand  # rows of other figures say nothing of this one
        if code == "no_data" and not by_hand and self.evaluation.view.in_use(*self.measure.sources):
            return word + "_cells"
        return word

    def judgement_reason(self, judged: Judgement) -> str:
        plan, due, value = self.evaluation.plan, judged.expected, judged.figure.value
        target, done = judged.target, judged.figure.done_on
        full = Fraction(due or 1)
        thresholds = (plan.status.on_track, plan.status.at_risk)
        language, unit = self.words.language, self.measure.unit
        return self.words(
            self.judgement_word(judged),
            value=self.value(judged.figure),
            target=self.aims.own_aim(target, unit) if judged.period else self.aim(beside=False),
            done=self.words.date(done) if done else "",
            day=self.words.date(judged.day),
            due=format_figure(full, unit, language) if due else "0",
            best=format_figure(judged.figure.best or Fraction(0), "%", language, thresholds=[full]),
            share=format_figure(share_of(target, value, due), "%", language, thresholds=thresholds),
            start=format_figure(target.start, unit, language),
            on_track=format_exact(plan.status.on_track, "%", language),
            at_risk=format_exact(plan.status.at_risk, "%", language),
        )

    def as_json(self) -> dict[str, Any]:
        """The same as data: every row with its file and line."""
        result, evidence = self.result, self.evidence
        contributions = evidence.contributions
        rows = [] if self.published else list(contributions.by_row().values())
        left = [] if self.published else result.left_out
        return {
            "id": result.handle,
            "label": self.screen.texts.label(result),
            "rule": self.measure.sentence(self.words),
            "value": json_value(result.to_date.value),
            "part": json_value(result.to_date.part),
            "whole": json_value(result.to_date.whole),
            "status": result.status.code,
            "why": self.status_sentence(),
            "rows": [self.row_json(row, contributions.as_json(given), evidence) for row, given in rows],
            "left_out": [row_place(one.row) | {"reason": self.evidence.reason(one)} for one in left],
            "members": [
                {"id": one.id, "times": one.times, "needed": one.needed, "reached": one.reached}
                for one in (() if self.published else result.to_date.members)
            ],
        } | (self.screen.before.as_json(result, self.words) if self.screen.before else {})

    def row_json(self, row: Row, gives: Any, evidence: Evidence) -> dict[str, Any]:
        """A row that counts, what it gave, and the rows that gave it what its file leaves empty."""
        givers = list(dict.fromkeys(one.name for one in evidence.through(row)))
        return row_place(row) | {"gives": gives} | ({"through": givers} if givers else {})

    def as_table(self) -> Table:
        """The rows that count and those left out, for a spreadsheet."""
        keys = ("id", "date", "row", "counts", "gives", "why", "file", "line")
        contributions = self.evidence.contributions
        rows = [
            *((row, "yes", contributions.text(given), "") for row, given in contributions.by_row().values()),
            *((one.row, "no", "", self.evidence.reason(one)) for one in self.result.left_out),
        ]
        cells = (
            (row.id, row.day, describe(row), counts, gives, why, row.file, row.line)
            for row, counts, gives, why in rows
        )
        return Table(tuple(map(Heading, keys)), tuple(cells))


def without_style(text: str) -> Line:
    return [(text, "")]


def share_of(target: Target, value: Fraction | None, due: Fraction | None) -> Fraction:
    """How much of what is expected by now is reached, from the baseline on where there is one."""
    return Fraction(0) if value is None or due is None else progress(target, value, due)
