"""`prt status` as lines of styled text: what matters is last, next to the prompt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from math import floor
from typing import TYPE_CHECKING

from prt.figures.evaluate import Evaluation, Result, tally
from prt.figures.status import Word, is_worse
from prt.figures.todo import DueReport, planned_for
from prt.model.figure import Figure
from prt.model.plan import Target
from prt.output.figure_text import base_of, period_statuses, report_numbers, tally_words
from prt.output.numbers import format_exact, format_figure, whole_below
from prt.output.screens.status_columns import (
    ScreenColumn,
    are_told_apart,
    break_status,
    cropped_labels,
    label_column,
    loose_and_tight,
    narrower,
    rows_marred,
    taken_width,
    tight,
    title_lines,
)
from prt.output.words import Words
from prt.text import cell_width, command_with, shorten, wrap_text
from prt.values import dataclass, replace

if TYPE_CHECKING:
    from prt.output.screens.last_year import LastYearSeen

Line = list[tuple[str, str]]
"""Pieces of text, each with its style; an empty style is plain."""

STYLES: dict[Word, str] = {
    "met": "green", "on_track": "green", "at_risk": "yellow", "behind": "bold red", "not_due": "dim",
    "no_data": "magenta", "withheld": "dim", "to_be_set": "dim", "no_target": "dim",
}  # fmt: skip


@dataclass(frozen=True)
class Glyphs:
    """What bars and separators are drawn with; ASCII where the terminal has no more."""

    full: str = "█"
    empty: str = "·"
    mark: str = "┃"
    dot: str = "·"


ASCII = Glyphs("#", ".", "|", "-")

FIGURE_OPTIONS = ("period", "as_of", "as_published", "year", "lang")
"""What decides which figures are shown, and how."""
LEAST_LABEL = 12
"""Columns of a label that still say something."""
BELOW = " " * 6
"""What stands before the texts of a wide table that found no room in their row."""


class StatusScreen:
    """The lines of one evaluation in one language, for a terminal of `width` columns (None is a pipe)."""

    def __init__(
        self,
        evaluation: Evaluation,
        words: Words,
        today: dt.date,
        width: int | None = None,
        glyphs: Glyphs | None = None,
        options: Mapping[str, object] | None = None,
        unsent: Sequence[DueReport] = (),
        changed: Mapping[str, str] | None = None,
        before: LastYearSeen | None = None,
    ) -> None:
        self.evaluation = evaluation
        self.words = words
        self.today = today
        self.limit = width  # None for a pipe: nothing is cropped
        self.width = width or 120
        self.glyphs = glyphs or Glyphs()
        self.unsent = unsent  # reports, the earliest first
        self.changed = changed or {}  # what is another of a target since the last report, by indicator
        self.before = before  # the year before, where it is asked for
        self.options = options or {}  # those in force, which the commands that are named here get too

    def command(self, command: str, *names: str) -> str:
        """A command with those of these options that are in force."""
        return command_with(command, **{name: self.options.get(name) for name in names})

    def lines(self, results: Iterable[Result], *, wide: bool = False) -> Iterator[Line]:
        """Head, results under their volets, and the summary of all targets."""
        chosen = list(results)
        columns = self.layout(chosen, wide)
        below = self.left_out(columns) if wide else []
        yield from self.head()
        yield [("", "")]
        yield from ([(self.row(list(titles), columns), "dim")] for titles in title_lines(columns))
        for volet, some in groupby(chosen, key=lambda result: result.volet):
            title = volet.title.as_one(self.words.language)
            yield [(self.cropped(f"{volet.id} {title}", self.limit), "bold")]
            for result in some:
                yield from self.result_lines(result, columns)
                yield from self.lines_below(result, below)
        yield from self.legend(chosen, columns)
        yield [("", "")]
        yield from self.summary(chosen)

    def legend(self, results: Iterable[Result], columns: Iterable[ScreenColumn]) -> Iterator[Line]:
        """What a plus in the column of the period says, where some numbers of it have none."""
        shown = any(column.about == "period" for column in columns)
        amounts = [one for one in results if one.measure.is_amount and one.period and one.period.value]
        if shown and len({one.measure.adds_up for one in amounts}) > 1:
            yield from self.sentence(self.words("screen.plus"), "dim", 0)

    def cropped(self, text: str, width: int | None) -> str:
        return text if width is None else shorten(text, width)

    def result_lines(self, result: Result, columns: list[ScreenColumn]) -> Iterator[Line]:
        """A row; a reason that has no room in it stands below, under the status."""
        row = self.row([column.text(result) for column in columns[:-1]], columns[:-1], keep=True)
        room = None if self.limit is None else max(1, self.limit - cell_width(row))
        for part in break_status(self.status(result), room):
            yield [(row, ""), (part, STYLES[result.status.word])]
            row = " " * cell_width(row)

    def left_out(self, columns: Sequence[ScreenColumn]) -> list[ScreenColumn]:
        """The columns of a wide table that found no room in it, but for the bar."""
        shown = {column.about for column in columns} | {"handle", "bar", "status"}
        return [one for one in (*self.columns(), *self.wide_columns()) if one.about not in shown]

    def lines_below(self, result: Result, below: Iterable[ScreenColumn]) -> Iterator[Line]:
        """What found no room in the row: the label, then each text with what it is."""
        texts = [(column.title, column.text(result)) for column in below]
        said = [
            self.words("ask.labelled", name=title, text=text) if title else text
            for title, text in texts
            if text
        ]
        if said:
            whole = f" {self.glyphs.dot} ".join(said)
            yield from ([(line, "dim")] for line in wrap_text(BELOW + whole, self.width))

    def head(self) -> Iterator[Line]:
        evaluation, period = self.evaluation, self.evaluation.period
        parts = [
            evaluation.plan.year,
            self.words("screen.to", day=self.words.date(evaluation.cut_off)),
            self.words("screen.period", n=str(period.id), all=str(len(evaluation.plan.periods))),
            self.due_text(),
        ]
        dot = f" {self.glyphs.dot} "
        whole = dot.join(parts)
        if self.limit is None or cell_width(whole) <= self.limit:
            yield [(whole, "bold")]
        else:
            yield [(dot.join(parts[:3]), "bold")]
            yield [(parts[3], "bold")]

    def due_text(self) -> str:
        """`report 2 due 15 Apr (in 60 days)`, or those whose day is over, of whatever year."""
        if not self.unsent:
            return self.words("screen.all_sent")
        day = self.unsent[0].period.due
        days = abs((day - self.today).days)
        shown = self.words.short_date(day) if day.year == self.today.year else self.words.date(day)
        if late := self.late_reports():
            left = self.words.counted("screen.days_ago", days)
            which = report_numbers(late, self.words, self.today)
            return self.words.counted("screen.late", len(late), which=which, day=shown, left=left)
        left, number = self.words.counted("screen.in_days", days), self.report_number(self.unsent[0])
        return self.words("screen.due", n=number, day=shown, left=left)

    def late_reports(self) -> list[DueReport]:
        """The reports that were never sent although their day is over."""
        return [one for one in self.unsent if one.is_late(self.today)]

    def report_number(self, due: DueReport) -> str:
        """`2`; with its year where one of a year that is over is not sent."""
        named = any(one.is_of_past_year(self.today) for one in self.unsent)
        return report_numbers([due], self.words, self.today, named=named)

    def layout(self, results: list[Result], wide: bool) -> list[ScreenColumn]:
        """The fullest columns that leave room for every status: labels give way first, then whole columns.

        Two labels must not be cropped alike, unless none is left without that.
        """
        fitted, alike = list[ScreenColumn](), list[ScreenColumn]()
        for columns in self.layouts(wide):
            fitted = self.crop_label([column.fitted(results) for column in columns])
            if self.limit is not None and taken_width(fitted) > self.limit:
                continue
            if label_column(fitted) is None:
                break
            if cropped_labels(fitted, results):
                fitted = self.share_room(fitted, results)
            if are_told_apart(fitted, results):
                return fitted
            alike = alike or fitted
        return alike or fitted

    def share_room(self, columns: Sequence[ScreenColumn], results: list[Result]) -> list[ScreenColumn]:
        """Room for labels and statuses so that few rows have one that is cropped or one that is broken."""
        *others, status = [one.fitted(results) for one in tight(columns)]
        shared = (self.crop_label([*others, one]) for one in narrower(status, results))
        fitting = [one for one in shared if self.limit is None or taken_width(one) <= self.limit]
        return min(fitting, key=lambda one: (not are_told_apart(one, results), rows_marred(one, results)))

    def broken_status(self) -> ScreenColumn:
        """The status no wider than the longest of its reasons."""
        *_, status = self.columns()
        return replace(status, text=lambda result: max(self.status(result).split(", "), key=cell_width))

    def crop_label(self, columns: list[ScreenColumn]) -> list[ScreenColumn]:
        """The columns with as much of the labels as the terminal has room for."""
        over = 0 if self.limit is None else max(0, taken_width(columns) - self.limit)
        return [replace(one, width=one.width - min(over, one.spare)) for one in columns]

    def layouts(self, wide: bool) -> Iterator[list[ScreenColumn]]:
        """From the fullest to the leanest, each loose, then tight; a wide one has more, if there is room.

        Before the labels are given up, the reason of a long status goes below it; of the lean ones the last
        resort has room for its first words.
        """
        handle, label, period, to_date, target, expected, planned, bar, status = self.columns()
        full = [handle, label, period, to_date, target, expected, planned, bar]
        ample: list[list[ScreenColumn]] = [[*full, *self.wide_columns()]] if wide else []
        if not wide and self.width >= 120:
            ample = [full, [one for one in full if one is not expected], [*full[:5], bar]]
        for columns in ample:
            yield from loose_and_tight([*columns, status])
        yield from (tight([*columns, self.broken_status()]) for columns in ample)
        words = replace(status, text=lambda result: self.status(result).split(", ")[0])
        lean = [[handle, to_date, target, bar], [handle, to_date, target], [handle, to_date]]
        for columns in lean[(self.width < 80) + (self.width < 60) :]:
            yield from loose_and_tight([*columns, status])
            yield tight([*columns, words])

    def columns(self) -> tuple[ScreenColumn, ...]:
        """Every column that there is, in the order in which they stand."""
        say = self.words
        return (
            ScreenColumn("handle", "", 8, "left", lambda result: result.handle),
            ScreenColumn("label", "", 12, "left", self.label, least=LEAST_LABEL),
            ScreenColumn("period", say("screen.this_period"), 6, "right", self.this_period),
            ScreenColumn("to_date", say("screen.to_date"), 8, "right", self.to_date),
            ScreenColumn("target", say("screen.target"), 7, "right", self.target),
            ScreenColumn("expected", say("screen.expected"), 8, "right", self.expected),
            ScreenColumn("planned", say("screen.planned"), 7, "right", self.planned),
            ScreenColumn("bar", say("screen.mark", mark=self.glyphs.mark), 12, "left", self.bar),
            ScreenColumn("status", say("screen.status"), 0, "left", self.status),
        )

    def wide_columns(self) -> Iterator[ScreenColumn]:
        """What only a wide table has: last year, and the statuses of periods, where there are any."""
        if before := self.before:
            yield ScreenColumn(
                "last_year", before.title, 9, "right", lambda result: before.cell(result, self.words)
            )
        if any(result.of_periods for result in self.evaluation.results):
            yield ScreenColumn("of_periods", self.words("screen.of_periods"), 8, "left", self.period_statuses)

    def period_statuses(self, result: Result) -> str:
        return period_statuses(self.words, result)

    def row(self, texts: list[str], columns: list[ScreenColumn], *, keep: bool = False) -> str:
        """One line of cells; `keep` leaves the space after the last for what follows."""
        space = "  "
        padded = [column.cell(text) for text, column in zip(texts, columns, strict=True)]
        line = space + padded[0] + "".join(space + cell for cell in padded[1:])
        return line + space if keep else line.rstrip()

    def label(self, result: Result) -> str:
        return result.indicator.label.to(self.words.language)

    def number(self, result: Result, figure: Figure | None, value: Fraction | None) -> str:
        if value is None:
            return "" if figure is None else "-"
        unit = result.measure.unit
        return format_figure(value, "%" if unit == "%" else "", self.words.language, result.target)

    def this_period(self, result: Result) -> str:
        figure = result.period
        if figure is None or figure.absent == "withheld":
            return "" if figure is None else self.words("figure.withheld")
        text = self.number(result, figure, figure.value)
        adds = result.measure.adds_up and figure.value
        return f"+{text}" if adds else text

    def to_date(self, result: Result) -> str:
        return self.figure(result, result.to_date)

    def figure(self, result: Result, figure: Figure) -> str:
        if figure.absent == "withheld":
            return self.words("figure.withheld")
        return self.number(result, figure, figure.value)

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
        if not result.expected or result.measure.is_percentage:
            return "0" if result.expected == 0 and result.promised else ""
        return self.number(result, result.to_date, self.rounded(result))

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

    def drawn(self, value: Fraction, full: Fraction, due: Fraction, size: int = 12) -> str:
        """`██████┃·····`: filled to the value, with a mark where it is expected to stand by now."""
        filled = max(0, min(size, floor(size * value / full))) if full else 0
        bar = self.glyphs.full * filled + self.glyphs.empty * (size - filled)
        if not 0 < due < full:
            return bar
        at = min(size - 1, floor(size * due / full))
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
            return self.words("screen.why.worse", n=self.number(result, None, target.start))
        if judged.period and self.evaluation.at_end and result.status.word != "met":
            return self.words("screen.why.in_period", n=str(judged.period.id))
        if code in ("behind", "at_risk"):
            due = self.rounded(result)
            if due is None or result.measure.is_percentage or judged.indicator.pace == "none":
                return ""
            word = "screen.why.expected_in_period" if judged.period else "screen.why.expected"
            return self.words(word, n=self.number(result, None, due))
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
        if result.planned and (coming := measure.to_come(self.evaluation.view)):
            return say("screen.why.on", day=self.words.short_date(coming[0].day))
        return say("screen.why.at_end") if result.indicator.pace == "at_end" else ""

    def summary(self, chosen: list[Result]) -> Iterator[Line]:
        """How many targets have each word, what to do first, and where to look next."""
        targets = [result for result in chosen if result.promised]
        counts = tally(targets)
        head = self.words.counted("tally.targets", len(targets)) + "   "
        said = tally_words(self.words, counts, self.evaluation.at_end)
        pieces = [(text, STYLES[word]) for word, text in said]
        yield from self.in_lines(head, pieces)
        if counts["no_data"] < len(targets):
            yield from self.first(targets)
        silent = len(self.evaluation.results) - len(chosen)
        if silent and len(targets) == len(chosen) == len(self.evaluation.targets()):
            yield from self.sentence(self.more(silent), "dim")
        if chosen:
            yield from self.sentence(self.explained(chosen[0]), "dim")

    def more(self, silent: int) -> str:
        """How many figures have no target, and what shows them."""
        command = self.command("prt status --all", "wide", *FIGURE_OPTIONS)
        return self.words.counted("screen.more", silent, command=command)

    def explained(self, result: Result) -> str:
        """The line that names the command which explains a figure."""
        command = self.command(f"prt explain {result.handle}", *FIGURE_OPTIONS)
        return self.words("screen.explain", command=command)

    def sentence(self, text: str, style: str, indent: int = 4) -> Iterator[Line]:
        """A text on lines that end between words."""
        for line in wrap_text(text, self.limit, indent):
            yield [(line, style)]

    def in_lines(self, head: str, pieces: Line) -> Iterator[Line]:
        """Pieces after a head, on as many lines as the terminal needs."""
        dot = f" {self.glyphs.dot} "
        line: Line = [(head, "bold")]
        for number, (text, style) in enumerate(pieces):
            used = sum(cell_width(said) for said, _ in line)
            if self.limit and number and used + len(dot) + cell_width(text) > self.limit:
                yield line
                line = [(" " * cell_width(head), "")]
            elif number:
                line.append((dot, ""))
            line.append((text, style))
        yield line

    def first(self, targets: list[Result], most: int = 3) -> Iterator[Line]:
        """The targets furthest from what is expected, with what is planned for them."""
        late = [result for result in targets if result.status.word in ("behind", "at_risk")]
        late.sort(key=lambda result: (result.status.word != "behind", self.share(result)))
        label = self.words("screen.first")
        for number, result in enumerate(late[:most]):
            width = cell_width(label) + 1
            head, further = (" " * width, 0) if number else (f"{label} ", width)
            yield from self.sentence(head + self.shortfall(result), "", further)

    def share(self, result: Result) -> Fraction:
        judged = result.judgement
        if judged is None or not judged.expected:
            return Fraction(0)
        return (judged.figure.value or Fraction(0)) / judged.expected

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
