"""What the page of the week says, in one language: plain values, which the template arranges."""

from __future__ import annotations

from prt.figures.status import Word
from prt.model.text import Language
from prt.output.document.content import Bar, Cell
from prt.output.document.first_page import Tiles
from prt.output.document.year_pages import Matrix, NamedChart
from prt.output.shapes import Chart
from prt.values import dataclass


@dataclass(frozen=True)
class WeekTask:
    """Something to do, and the command that settles it; `notes` are said below it, each with a command."""

    text: str
    command: str = ""
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ShortTarget:
    """A target that what is done and planned does not cover: by how much, and of hours at what pace."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class CountedRow:
    """A row that counts: which it is, what it gives, and where it stands."""

    id: str
    day: str
    title: str
    gives: str
    place: str


@dataclass(frozen=True)
class CountedMonth:
    """How many rows of a month count, and what they give together."""

    month: str
    number: str
    gives: str


@dataclass(frozen=True)
class RowsBehind:
    """The rows behind a figure: the latest of them, or, where they are many, their months.

    `older` says how many rows are not listed.
    """

    caption: str
    rows: tuple[CountedRow, ...] = ()
    months: tuple[CountedMonth, ...] = ()
    older: str = ""
    gives: bool = False


@dataclass(frozen=True)
class WeekTarget:
    """A target: where it stands, why, and what is behind it. `word` is the group of its status."""

    line: str
    label: str
    to_date: Cell
    aim: str
    word: Word
    status: str
    planned: str
    bar: Bar | None
    chart: Chart | None
    rule: str
    why: str
    remarks: tuple[str, ...]
    behind: RowsBehind | None
    command: str


@dataclass(frozen=True)
class WeekVolet:
    """The targets of a volet."""

    title: str
    targets: tuple[WeekTarget, ...]


@dataclass(frozen=True)
class LackingPerson:
    """Somebody who has not handed in what fell due: by id, never by name."""

    id: str
    role: str
    board: str
    rounds: str


@dataclass(frozen=True)
class LackingPeople:
    """Of one indicator who lacks a round; the command shows their names on the screen alone."""

    caption: str
    people: tuple[LackingPerson, ...]
    command: str


@dataclass(frozen=True)
class ComingDay:
    """A session that is planned, or a date that the team answers to."""

    day: str
    line: str
    text: str
    whom: str = ""


@dataclass(frozen=True)
class Week:
    """The page, from its head to its foot; of the published edition without tasks, rows and persons."""

    language: Language
    team: str
    title: str
    dates: tuple[str, ...]
    mark: str
    mark_says: str
    standing: str
    tiles: tuple[Tiles, ...]
    tasks: tuple[WeekTask, ...]
    short: tuple[ShortTarget, ...]
    volets: tuple[WeekVolet, ...]
    others: str
    matrix: Matrix | None
    lacking: tuple[LackingPeople, ...]
    coming: tuple[ComingDay, ...]
    more_coming: str
    charts: tuple[NamedChart, ...]
    foot: str
    published: bool = False
