"""`prt status` as lines of styled text: what matters is last, next to the prompt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from prt.figures.evaluate import Evaluation, Result, tally
from prt.figures.status import Word
from prt.figures.todo import DueReport
from prt.output.figure_text import report_numbers, tally_words
from prt.output.result_text import Glyphs, ResultText
from prt.output.screens.status_columns import (
    ScreenColumn,
    StatusColumns,
    break_status,
    title_lines,
)
from prt.output.words import Words
from prt.text import cell_width, command_with, shorten, wrap_text

if TYPE_CHECKING:
    from prt.output.screens.last_year import LastYearSeen

Line = list[tuple[str, str]]
"""Pieces of text, each with its style; an empty style is plain."""

STYLES: dict[Word, str] = {
    "met": "green", "on_track": "green", "at_risk": "yellow", "behind": "bold red", "not_due": "dim",
    "no_data": "magenta", "withheld": "dim", "to_be_set": "dim", "no_target": "dim",
}  # fmt: skip

FIGURE_OPTIONS = ("period", "as_of", "as_published", "year", "lang")
"""What decides which figures are shown, and how."""
MOST_LATE = 3
"""So many targets that are late are said to be first."""
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
        self.glyphs = glyphs or Glyphs()
        self.texts = ResultText(evaluation, words, self.glyphs, changed or {})
        self.columns = StatusColumns(self.texts, width, before)
        self.width = self.columns.width
        self.unsent = unsent  # reports, the earliest first
        self.before = before  # the year before, where it is asked for
        self.options = options or {}  # those in force, which the commands that are named here get too

    def command(self, command: str, *names: str) -> str:
        """A command with those of these options that are in force."""
        return command_with(command, **{name: self.options.get(name) for name in names})

    def lines(self, results: Iterable[Result], *, wide: bool = False) -> Iterator[Line]:
        """Head, results under their volets, and the summary of all targets."""
        chosen = list(results)
        columns = self.columns.layout(chosen, wide)
        below = self.columns.left_out(columns) if wide else []
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
        for part in break_status(self.texts.status(result), room):
            yield [(row, ""), (part, STYLES[result.status.word])]
            row = " " * cell_width(row)

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

    def row(self, texts: list[str], columns: list[ScreenColumn], *, keep: bool = False) -> str:
        """One line of cells; `keep` leaves the space after the last for what follows."""
        space = "  "
        padded = [column.cell(text) for text, column in zip(texts, columns, strict=True)]
        line = space + padded[0] + "".join(space + cell for cell in padded[1:])
        return line + space if keep else line.rstrip()

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

    def first(self, targets: list[Result]) -> Iterator[Line]:
        """The targets furthest from what is expected, with what is planned for them."""
        late = [result for result in targets if result.status.word in ("behind", "at_risk")]
        late.sort(key=lambda result: (result.status.word != "behind", self.share(result)))
        label = self.words("screen.first")
        for number, result in enumerate(late[:MOST_LATE]):
            width = cell_width(label) + 1
            head, further = (" " * width, 0) if number else (f"{label} ", width)
            yield from self.sentence(head + self.texts.shortfall(result), "", further)

    def share(self, result: Result) -> Fraction:
        judged = result.judgement
        if judged is None or not judged.expected:
            return Fraction(0)
        return (judged.figure.value or Fraction(0)) / judged.expected
