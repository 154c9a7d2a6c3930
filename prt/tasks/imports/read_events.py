"""The subjects of a calendar's events as rows of hours: read by the reader of lines, or asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from prt.console.dialogue.form import Form
from prt.console.dialogue.inquiry import NO, Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.entry.hours_line import read_line
from prt.entry.reading import LineContext, LineReading
from prt.files.project import Year
from prt.imports.proposing.events import DigestedEvent, SortedEvents, is_called, session_of
from prt.imports.proposing.proposal import ExportFile
from prt.model.rows import Row
from prt.output.screens.hours_lines import describe_line
from prt.output.words import Words
from prt.problems import Mistake
from prt.tasks.hours.hours_entries import checked_entry
from prt.tasks.hours.line_questions import LineQuestions
from prt.tasks.hours.read_hours import make_line_context, mistakes_of
from prt.tasks.imports.describe_events import hours_row_text
from prt.text import fold_text
from prt.values import dataclass, field, replace

KEPT_MARKS = re.compile(r"[\"″“”«»:]|''")
"""What would make words of a subject a note, which is kept, or a value that is new."""
LONGEST_SUBJECT = 120
NEVER = (*NO, "never", "jamais")
EventAnswer = LineReading | Literal[False] | None
"""A row of hours; False for an event that never is any; None for one that is left out."""


@dataclass(frozen=True)
class EventLine:
    """An event with what it is: a row of hours, or a session that is there already; else nothing yet, and
    `why` says what of it could not be understood."""

    number: int
    event: DigestedEvent
    reading: LineReading | None = None
    session: Row | None = None
    why: Mistake | None = None

    @property
    def is_unread(self) -> bool:
        return self.reading is None and self.session is None


@dataclass
class EventsImport:
    """A calendar and what it comes to; `held` are ids of planned sessions that were held."""

    file: ExportFile
    year: Year
    words: Words
    category: str
    found: SortedEvents
    lines: list[EventLine]
    held: list[str] = field(default_factory=list)

    @property
    def read(self) -> list[EventLine]:
        return [one for one in self.lines if one.reading]

    @property
    def readings(self) -> list[LineReading]:
        return [one.reading for one in self.lines if one.reading]

    @property
    def planned(self) -> list[Row]:
        """Sessions of the calendar of which nobody has said yet that they were held."""
        found = {one.session.id: one.session for one in self.lines if one.session}
        return [row for row in found.values() if row["status"] == "planned"]

    @property
    def is_nothing(self) -> bool:
        return not (self.read or self.found.moved or self.held)


class EventReader:
    """Reads what events were; nothing is carried over from one to the next."""

    def __init__(self, year: Year, words: Words) -> None:
        self.year, self.words = year, words
        self.context: LineContext = make_line_context(year)

    def lines(self, events: Iterable[DigestedEvent]) -> list[EventLine]:
        """Each event as a session of that day, or as what its subject says."""
        return [self.line(number, one) for number, one in enumerate(events, 1)]

    def line(self, number: int, one: DigestedEvent) -> EventLine:
        session = session_of(one, self.year.data.logs["sessions"])
        if session and is_called(session, one.event.subject):
            return EventLine(number, one, session=session)
        try:
            reading = self.read(one, KEPT_MARKS.sub(" ", one.event.subject[:LONGEST_SUBJECT]))
        except Mistake as why:
            return EventLine(number, one, session=session, why=why)
        return EventLine(number, one, reading)

    def read(self, one: DigestedEvent, text: str, talk: Talk | None = None) -> LineReading:
        """A row of the event's day and hours, and of what the words say; what could be two things, or is not
        said, is asked if somebody talks. Raises Mistake."""
        line = f"{int(one.hours * 60)}min {' '.join(text.split())} {one.day.isoformat()}"
        reading = read_line(line, self.context)
        if talk:
            reading = LineQuestions(talk, self.words, self.context).complete(reading)
        for mistake in mistakes_of(reading, self.year, self.words):
            raise mistake
        for _, mistake in checked_entry(reading.log, reading.cells, self.year, anyway=False).mistakes:
            raise mistake
        return reading

    def told(self, reading: LineReading) -> str:
        return hours_row_text(reading, self.words, self.year.person_finder)


class EventsForm(Form[EventAnswer]):
    """Asks what each event was that does not say it; Enter leaves one out, n for good."""

    def __init__(self, talk: Talk, reader: EventReader, lines: Sequence[EventLine]) -> None:
        super().__init__(talk)
        self.reader = reader
        self.lines = {str(one.number): one for one in lines if one.is_unread}
        self.answers: dict[str, EventAnswer] = {}

    def order(self) -> Iterable[str]:
        return self.lines

    def inquiry(self, key: str) -> Inquiry[EventAnswer]:
        event = self.lines[key].event

        def answered(text: str) -> EventAnswer:
            if fold_text(text) in NEVER:
                return False
            return self.reader.read(event, text, self.talk) if text else None

        def understood(text: str) -> str:
            try:
                return self.reader.told(self.reader.read(event, text)) if text.strip() else ""
            except Mistake:
                return ""

        return Inquiry(
            key,
            answered,
            explain=lambda: [INDENT + self.talk.say("event_help")],
            understood=understood,
        )

    def keep(self, key: str, answer: EventAnswer) -> None:
        self.answers[key] = answer
        if answer:
            self.talk.tell(INDENT + describe_line(answer, self.reader.words, self.reader.year.person_finder))

    @property
    def never(self) -> list[EventLine]:
        """The events of which somebody said that they are nobody's hours."""
        return [self.lines[key] for key, answer in self.answers.items() if answer is False]


def answer_lines(lines: Sequence[EventLine], answers: Mapping[str, EventAnswer]) -> list[EventLine]:
    """The lines with what somebody said of those that could not be read."""
    return [replace(one, reading=answers.get(str(one.number)) or one.reading) for one in lines]
