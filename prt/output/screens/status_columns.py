"""The columns of `prt status`: how wide each is, and what gives way where the terminal is narrow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from prt.figures.evaluate import Result
from prt.text import Align, cell_width, pad, shorten, wrap_text
from prt.values import dataclass, replace


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
