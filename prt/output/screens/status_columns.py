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
        """The column of these results, as wide as its widest text; each text is made once."""
        texts = list(map(self.text, results))
        width = max([self.width, *map(cell_width, (self.title, *texts))])
        known = dict(zip([result.handle for result in results], texts, strict=True))
        return replace(self, width=width, text=lambda result: known[result.handle])

    def cell(self, text: str) -> str:
        return pad(shorten(text, self.width) if self.least else text, self.width, self.align)


def taken_width(columns: Iterable[ScreenColumn]) -> int:
    """How wide a line of these columns is."""
    return sum(column.width + 2 for column in columns)


def tight(columns: Iterable[ScreenColumn]) -> list[ScreenColumn]:
    """The columns no wider than their texts."""
    return [replace(column, width=0) for column in columns]


def loose_and_tight(columns: Sequence[ScreenColumn]) -> Iterator[list[ScreenColumn]]:
    """At their usual widths with every label whole; else as tight as the texts, and labels may be cropped."""
    yield [replace(column, least=0) for column in columns]
    yield tight(columns)


def break_status(status: str, room: int | None) -> Iterator[str]:
    """The status on one line where there is room, else what it is, and its reasons below."""
    if room is None or cell_width(status) <= room:
        yield status
        return
    first, *reasons = status.split(", ")
    yield from wrap_text(first + "," * bool(reasons), room, indent=0)
    yield from (part for reason in reasons for part in wrap_text(reason, room, indent=0))
