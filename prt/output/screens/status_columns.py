"""The columns of `prt status`: how wide each is, and what gives way where the terminal is narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from prt.figures.evaluate import Result
from prt.output.figure_text import period_statuses
from prt.output.result_text import BAR, ResultText
from prt.text import Align, cell_width, pad, shorten, wrap_text
from prt.values import dataclass, replace

if TYPE_CHECKING:
    from prt.output.screens.last_year import LastYearSeen

LEAST_LABEL = 12
"""Columns of a label that still say something."""
PIPE_WIDTH = 120
"""As wide as a table is made where no terminal says how wide it is."""


@dataclass(frozen=True)
class ScreenColumn:
    """One column of the screen: what it is about, its usual width, and how a result's text is made.

    Where room is short, a column that has a `least` width may be cropped to it; figures never are.
    """

    about: str
    title: str
    width: int
    align: Align
    text: Callable[[Result], str]
    least: int = 0

    @property
    def spare(self) -> int:
        """How much of its width the column may lose."""
        return max(0, self.width - self.least) if self.least else 0

    def fitted(self, results: Sequence[Result]) -> ScreenColumn:
        """The column of these results, as wide as its widest text; each text is made once.

        The head of numbers takes a second line before it makes a tight column wider.
        """
        texts = list(map(self.text, results))
        wraps = self.align == "right" and not self.width
        head = self.title.split(" ") if wraps else [self.title]
        width = max([self.width, *map(cell_width, (*head, *texts))])
        known = dict(zip([result.handle for result in results], texts, strict=True))
        return replace(self, width=width, text=lambda result: known[result.handle])

    def cell(self, text: str) -> str:
        return pad(shorten(text, self.width) if self.least else text, self.width, self.align)


def taken_width(columns: Iterable[ScreenColumn]) -> int:
    """How wide a line of these columns is."""
    return sum(column.width + 2 for column in columns)


def title_lines(columns: Sequence[ScreenColumn]) -> Iterator[tuple[str, ...]]:
    """The heads of the columns, on as many lines as the longest needs; the last one stands above the rows."""
    heads = [list(wrap_text(one.title, one.width or None, indent=0)) for one in columns]
    most = max(map(len, heads))
    yield from zip(*([""] * (most - len(one)) + one for one in heads), strict=True)


def cropped_labels(columns: Sequence[ScreenColumn], results: Iterable[Result]) -> list[str]:
    """The labels that have not enough room in their column."""
    label = label_column(columns)
    texts = map(label.text, results) if label else ()
    return [text for text in texts if label and cell_width(text) > label.width]


def label_column(columns: Sequence[ScreenColumn]) -> ScreenColumn | None:
    return next((one for one in columns if one.about == "label"), None)


def narrower(status: ScreenColumn, results: Iterable[Result]) -> Iterator[ScreenColumn]:
    """A column of statuses as wide as the widest, then narrower, down to the longest of their reasons."""
    texts = set(map(status.text, results))
    least = max((cell_width(part) for text in texts for part in text.split(", ")), default=0)
    for width in sorted({least, *map(cell_width, texts)}, reverse=True):
        if width >= least:
            yield replace(status, width=width)


def rows_marred(columns: Sequence[ScreenColumn], results: Sequence[Result]) -> int:
    """How many labels are cropped, and how many statuses take more than a line, which is twice as bad."""
    *_, status = columns
    below = sum(cell_width(status.text(one)) > status.width for one in results)
    return len(cropped_labels(columns, results)) + 2 * below


def are_told_apart(columns: Sequence[ScreenColumn], results: Iterable[Result]) -> bool:
    """Are labels that differ still different as they are shown?"""
    label = label_column(columns)
    whole = {label.text(result) for result in results} if label else set[str]()
    return not label or len({label.cell(text) for text in whole}) == len(whole)


def tight(columns: Iterable[ScreenColumn]) -> list[ScreenColumn]:
    """The columns no wider than their texts."""
    return [replace(column, width=0) for column in columns]


def loose_and_tight(columns: Sequence[ScreenColumn]) -> Iterator[list[ScreenColumn]]:
    """At their usual widths with every label whole; no wider than heads and texts; then as tight as these,
    and labels may be cropped."""
    yield [replace(column, least=0) for column in columns]
    yield [replace(column, least=0, width=min(column.width, 1)) for column in columns]
    yield tight(columns)


def break_status(status: str, room: int | None) -> Iterator[str]:
    """The status on one line where there is room, else what it is, and its reasons below."""
    if room is None or cell_width(status) <= room:
        yield status
        return
    first, *reasons = status.split(", ")
    yield from wrap_text(first + "," * bool(reasons), room, indent=0)
    yield from (part for reason in reasons for part in wrap_text(reason, room, indent=0))


@dataclass(frozen=True)
class StatusColumns:
    """The columns that a terminal of width `limit` has room for; None is a pipe, where nothing is cropped."""

    texts: ResultText
    limit: int | None = None
    before: LastYearSeen | None = None
    """The year before, where it is asked for."""

    @property
    def width(self) -> int:
        return self.limit or PIPE_WIDTH

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
        return replace(status, text=lambda result: max(self.texts.status(result).split(", "), key=cell_width))

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
        words = replace(status, text=lambda result: self.texts.status(result).split(", ")[0])
        lean = [[handle, to_date, target, bar], [handle, to_date, target], [handle, to_date]]
        for columns in lean[(self.width < 80) + (self.width < 60) :]:
            yield from loose_and_tight([*columns, status])
            yield tight([*columns, words])

    def columns(self) -> tuple[ScreenColumn, ...]:
        """Every column that there is, in the order in which they stand."""
        texts, say = self.texts, self.texts.words
        return (
            ScreenColumn("handle", "", 8, "left", lambda result: result.handle),
            ScreenColumn("label", "", 12, "left", texts.label, least=LEAST_LABEL),
            ScreenColumn("period", say("screen.this_period"), 6, "right", texts.this_period),
            ScreenColumn("to_date", say("screen.to_date"), 8, "right", texts.to_date),
            ScreenColumn("target", say("screen.target"), 7, "right", texts.target),
            ScreenColumn("expected", say("screen.expected"), 8, "right", texts.expected),
            ScreenColumn("planned", say("screen.planned"), 7, "right", texts.planned),
            ScreenColumn("bar", say("screen.mark", mark=texts.glyphs.mark), BAR, "left", texts.bar),
            ScreenColumn("status", say("screen.status"), 0, "left", texts.status),
        )

    def wide_columns(self) -> Iterator[ScreenColumn]:
        """What only a wide table has: last year, and the statuses of periods, where there are any."""
        words = self.texts.words
        if before := self.before:
            yield ScreenColumn(
                "last_year", before.title, 9, "right", lambda result: before.cell(result, words)
            )
        if any(result.of_periods for result in self.texts.evaluation.results):
            statuses = partial(period_statuses, words)
            yield ScreenColumn("of_periods", words("screen.of_periods"), 8, "left", statuses)

    def left_out(self, columns: Sequence[ScreenColumn]) -> list[ScreenColumn]:
        """The columns of a wide table that found no room in it, but for the bar."""
        shown = {column.about for column in columns} | {"handle", "bar", "status"}
        return [one for one in (*self.columns(), *self.wide_columns()) if one.about not in shown]
