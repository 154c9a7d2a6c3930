"""The results of a report: the plan's volets and lines, with their indicators and figures."""

from __future__ import annotations

from fractions import Fraction

from prt.figures.status import Word
from prt.output.document.content import Bar, Cell, Grid, Prose
from prt.output.numbers import Value
from prt.output.shapes import Chart
from prt.values import dataclass


@dataclass(frozen=True)
class Aim:
    """A target: its number and its phrases; `stands` says where it stands when not among the targets.

    `changed` says what it was before an amendment. A figure that is withheld has no bar.
    """

    number: str
    changed: str
    phrases: tuple[str, ...]
    stands: str
    bar: Bar | None


@dataclass(frozen=True)
class Behind:
    """The rows behind a figure: how many, and the rows themselves unless they are about persons; empty in an
    edition that does not show them.
    """

    says: str
    grids: tuple[Grid, ...] = ()


@dataclass(frozen=True)
class IndicatorPart:
    """One indicator with its figures; `word` is the group of its status, `periods` those begun, `entries` the
    number of rows behind it, unless that is withheld, `due` what is expected by now.

    `said` are its other readings, what is to be known of the figure, and the plan's note; `remark` is what
    the notes say of it; `alert` is a figure that cannot be right.
    """

    handle: str
    anchor: str
    label: str
    unit: str
    phrases: tuple[str, ...]
    implied: bool
    periods: tuple[Cell, ...]
    to_date: Cell
    planned: str
    aim: Aim | None
    status: str
    word: Word
    expected: str
    alert: str
    said: tuple[str, ...]
    grids: tuple[Grid, ...]
    behind: Behind
    remark: Prose | None
    due: Value | None = None
    entries: int | None = None
    chart: Chart | None = None
    last_year: Cell | None = None

    @property
    def now_and_due(self) -> tuple[Fraction, Fraction] | None:
        """The figure to date and what is expected by now; None where one of the two is no number."""
        now, due = self.to_date.number.amount, self.due.amount if self.due else None
        return (now, due) if isinstance(now, Fraction) and isinstance(due, Fraction) else None


@dataclass(frozen=True)
class LinePart:
    id: str
    objective: tuple[str, ...]
    strategy: tuple[str, ...]
    note: str
    indicators: tuple[IndicatorPart, ...]
    footnote: str
    narrative: Prose | None


@dataclass(frozen=True)
class VoletPart:
    id: str
    title: str
    lines: tuple[LinePart, ...]
    narrative: Prose | None
