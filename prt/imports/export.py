"""What a foreign file says, whatever program wrote it: presences, answers, events of a calendar, or rows of a
log; and what a source is.

Names and e-mails are here only between reading and matching; what is written has ids.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from prt.files.workbook.workbook import Grid
from prt.problems import Problem
from prt.values import NamedTuple, dataclass, field

__all__ = [
    "NO_HINTS", "Answer", "Aside", "CalendarEvent", "Export", "ExportKind", "Grid", "Presence",
    "ReadingHints", "Source", "Stay",
]  # fmt: skip

ExportKind = Literal["attendance", "feedback", "registration", "rows", "events"]
Aside = Literal["", "private", "cancelled", "all_day", "free", "repeated"]
"""Why an event of a calendar is nobody's hours."""


class Stay(NamedTuple):
    """One uninterrupted presence, in local time as the export has it."""

    joined: dt.datetime
    left: dt.datetime


class Presence(NamedTuple):
    """One row of an attendance list: a person as the export names it.

    `minutes` is the time present; where `stays` are known they decide. `day_number` is 2 of somebody who came
    on the second day of a session, where the file tells no date. `organiser` is a host, co-host,
    presenter or panelist. `role` and `board` are texts of the file, not yet codes.
    """

    line: int
    name: str
    email: str = ""
    stays: tuple[Stay, ...] = ()
    minutes: Fraction | None = None
    day: dt.date | None = None
    organiser: bool = False
    role: str = ""
    board: str = ""
    day_number: int = 0


@dataclass(frozen=True)
class Answer:
    """One returned form: every question with its answer, by the question's text."""

    line: int
    response: str
    answers: Mapping[str, str]
    submitted: dt.datetime | None = None
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class CalendarEvent:
    """One event of a calendar, in the time of Québec; of those `aside` nothing else is needed.

    `uid` is what the calendar itself knows the event by, and which one of a repeated event it is; a CSV has
    none. `subject` is shown, read, and never kept.
    """

    subject: str
    starts: dt.datetime
    minutes: int
    categories: tuple[str, ...] = ()
    uid: str = ""
    aside: Aside = ""


@dataclass(frozen=True)
class Export:
    """One file read. `source` and `how` it was known, in a sentence, are said by whoever chose the source.

    `topic`, `starts` and `ends` tell which session it is, where the file says so. `questions` are those of a
    form, in its order. `columns` are the cells of a plain sheet by their headings, one for each of its
    `lines`, and `sheets` names the sheet of each line if the workbook has several. `left_out` says in
    sentences which rows are no presence, "3 registered who did not attend", and `dropped` names columns left
    behind.
    """

    kind: ExportKind
    source: str = ""
    how: str = ""
    topic: str = ""
    starts: dt.datetime | None = None
    ends: dt.datetime | None = None
    presences: tuple[Presence, ...] = ()
    answers: tuple[Answer, ...] = ()
    events: tuple[CalendarEvent, ...] = ()
    questions: tuple[str, ...] = ()
    lines: Sequence[int] = ()
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())

    @property
    def header(self) -> tuple[str, ...]:
        """The headings of a plain sheet."""
        return tuple(self.columns)


@dataclass(frozen=True)
class ReadingHints:
    """What is known before a file is read: the day of the session, whether days come before months, and the
    first and the last day that anybody can have attended (found only where a date may be two). `present` are
    statuses, folded, of people who came. `group` says what a line above some names is: ("board", its code),
    ("role", its code), or nothing."""

    session_date: dt.date | None = None
    day_first: bool | None = None
    within: Callable[[], tuple[dt.date, dt.date]] | None = None
    present: tuple[str, ...] = ()
    group: Callable[[str], tuple[str, str]] = lambda text: ("", "")


NO_HINTS = ReadingHints()


@dataclass(frozen=True)
class Source:
    """A program whose exports prt reads. `recognise` tells how a file is known to be of it, "" if it is not;
    `read` takes a file that is, and never raises."""

    name: str
    recognise: Callable[[Grid], str]
    read: Callable[[Grid, ReadingHints], Export]
