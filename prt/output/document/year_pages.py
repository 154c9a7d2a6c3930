"""What a bilan has beside a report: the year in pictures, what was learned, what changes next year."""

from __future__ import annotations

from prt.figures.status import Word
from prt.output.document.content import Grid, Prose
from prt.output.shapes import Chart
from prt.values import dataclass


@dataclass(frozen=True)
class NamedChart:
    """The course of one target over the year."""

    label: str
    word: Word
    chart: Chart


@dataclass(frozen=True)
class ChartGroup:
    """The courses of the targets of one volet."""

    title: str
    charts: tuple[NamedChart, ...]


@dataclass(frozen=True)
class MeetingHead:
    """A meeting of the year, those of one series together."""

    name: str
    day: str
    title: str


@dataclass(frozen=True)
class BoardPresence:
    """At which meetings a board was; `marks` are present, absent or to_come, `sessions` counts all."""

    code: str
    name: str
    marks: tuple[str, ...]
    sessions: str


@dataclass(frozen=True)
class Matrix:
    """Boards and meetings."""

    meetings: tuple[MeetingHead, ...]
    boards: tuple[BoardPresence, ...]


@dataclass(frozen=True)
class Portrait:
    """The year in pictures: how each target that grows came along, its months as numbers, and the `course` of
    all statuses from report to report.

    Only who retraces the figures sees which boards were at the meetings: of a board it is often one person.
    """

    groups: tuple[ChartGroup, ...]
    months: Grid | None
    course: Grid | None
    matrix: Matrix | None


@dataclass(frozen=True)
class Adjustment:
    """What changes next year; `label` is the indicator, the line or the volet that it names, `standing` the
    figure of the year; both are empty of what names none.
    """

    label: str
    standing: str
    told: Prose


@dataclass(frozen=True)
class YearPages:
    """The parts that a bilan has alone; `changes` is the title of what changes next year."""

    portrait: Portrait | None
    learned: Prose | None
    changes: str
    adjustments: tuple[Adjustment, ...]
