"""What a chart is made of: shapes in tenths of a pixel, in which no format is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Literal

from prt.values import NamedTuple, dataclass

Role = Literal["axis", "tick", "goal", "due", "now"]
Point = tuple[int, int]
SMALL = (1360, 500)
LARGE = (2100, 740)
"""Width and height of a chart, in tenths of a pixel."""
EDGE = 30
LABEL = 110
"""Room below for the names of periods, and at the right for the number of the target."""


class Shape(NamedTuple):
    """A line through some points, a bar between two, a dot, or a text at a point."""

    kind: Literal["line", "rect", "dot", "text"]
    role: Role
    points: tuple[Point, ...]
    text: str = ""


@dataclass(frozen=True)
class Chart:
    """What is drawn, how large it is, and what it says in words."""

    shapes: tuple[Shape, ...]
    width: int
    height: int
    says: str


class Frame:
    """Where a day and an amount are on a chart."""

    def __init__(self, size: tuple[int, int], first: dt.date, last: dt.date, most: Fraction) -> None:
        self.width, self.height = size
        self.first, self.days, self.most = first, (last - first).days, most or Fraction(1)
        self.right, self.bottom = self.width - 2 * LABEL, self.height - LABEL

    def x(self, day: dt.date) -> int:
        return EDGE + (self.right - EDGE) * (day - self.first).days // self.days

    def y(self, amount: Fraction) -> int:
        return self.bottom - int((self.bottom - EDGE) * amount / self.most)

    def axis(self, ends: Sequence[tuple[str, dt.date]]) -> Iterator[Shape]:
        """The line below, and where each period ends."""
        yield Shape("line", "axis", ((EDGE, self.bottom), (self.right, self.bottom)))
        for name, day in ends:
            yield Shape("line", "tick", ((self.x(day), EDGE), (self.x(day), self.bottom)))
            yield Shape("text", "tick", ((self.x(day), self.height - EDGE),), name)

    def goal(self, amount: Fraction, text: str) -> Iterator[Shape]:
        yield Shape("line", "goal", ((EDGE, self.y(amount)), (self.right, self.y(amount))))
        yield Shape("text", "goal", ((self.right + EDGE, self.y(amount) + EDGE),), text)
