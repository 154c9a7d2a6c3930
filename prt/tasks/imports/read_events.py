"""The subjects of a calendar's events as rows of hours: read by the reader of lines, or asked about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Literal

from prt.console.dialogue.form import Form
from prt.console.dialogue.inquiry import NO, Inquiry
from prt.console.dialogue.talk import INDENT, Left, Talk
from prt.entry.hours_line import read_line
from prt.entry.pieces import LinePiece
from prt.entry.reading import LineContext, LineQuestion, LineReading
from prt.files.project import Year
from prt.files.unsaved_lines import UnsavedLine, UnsavedLines
from prt.imports.proposing.events import DigestedEvent, SortedEvents, is_called, session_of
from prt.imports.proposing.proposal import ExportFile
from prt.model.rows import Row
from prt.output.screens.hours_lines import describe_line
from prt.output.words import Words
from prt.problems import Mistake
from prt.tasks.entry.doubtful_rows import checked_entry, without_anyway
from prt.tasks.hours.line_questions import MARGIN, EnoughSaid, LineQuestions
from prt.tasks.hours.read_hours import make_line_context, mistakes_of
from prt.tasks.imports.describe_events import SUBJECT_WIDTH, hours_row_text
from prt.tasks.waiting_lines import WaitingLines
from prt.text import compile_later, fold_text, one_line, shorten
from prt.values import dataclass, field, replace

KEPT_MARKS = compile_later(r"[\"″“”«»:]|''")
"""Signs that would make a note of words of a subject, which would be kept, or a new value."""
LONGEST_SUBJECT = 120
NEVER = (*NO, "never", "jamais")
SAYS_ITSELF = "<"
"""What Enter stands for at an event whose subject says what it was: nobody can type it."""
ENOUGH = ("enough", "assez")
"""All events that were not asked about yet are left out."""
EventAnswer = LineReading | Literal[False] | None
"""A row of hours; False for an event that never is any; None for one that is left out."""


@dataclass(frozen=True)
class EventLine:
    """An event with what it is: a row of hours, or a session that is there already; else nothing yet, and
    `why` says what of it could not be understood. `begun` is as much as its subject says."""

    number: int
    event: DigestedEvent
    reading: LineReading | None = None
    session: Row | None = None
    why: Mistake | None = None
    begun: LineReading | None = None

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


def subject_words(one: DigestedEvent) -> str:
    return KEPT_MARKS.sub(" ", one.event.subject[:LONGEST_SUBJECT])


def without_carried(reading: LineReading) -> LineReading:
    """What the words themselves say: what would be taken from a like row is missing."""
    carried = [name for name, origin in reading.origin.items() if isinstance(origin, dt.date)]
    values = {name: value for name, value in reading.values.items() if name not in carried}
    missing = (LineQuestion("missing", name) for name in carried)
    return replace(reading, values=values, questions=(*missing, *reading.questions))


class EventReader:
    """Reads what events were; nothing is carried over from one to the next.

    `whole`: an event that is only partly understood is no row: nobody looks at it before it is written.
    """

    def __init__(self, year: Year, words: Words, *, whole: bool = False) -> None:
        self.year, self.words, self.whole = year, words, whole
        self.context: LineContext = make_line_context(year)

    def lines(self, events: Iterable[DigestedEvent]) -> list[EventLine]:
        """Each event as a session of that day, or as what its subject says."""
        return [self.line(number, one) for number, one in enumerate(events, 1)]

    def line(self, number: int, one: DigestedEvent) -> EventLine:
        session = session_of(one, self.year.data.logs["sessions"])
        if session and is_called(session, one.event.subject):
            return EventLine(number, one, session=session)
        begun = self.words_read(one, subject_words(one), skips_unknown=True)
        if self.whole:
            begun = without_carried(begun)
        try:
            if self.whole and begun.skipped:
                raise Mistake("unknown_words", text=", ".join(begun.skipped))
            return EventLine(number, one, self.checked(begun))
        except Mistake as why:
            return EventLine(number, one, session=session, why=why, begun=begun)

    def answer(
        self, one: DigestedEvent, text: str, talk: Talk | None = None, chosen: Sequence[LinePiece] = ()
    ) -> LineReading:
        """A row of what somebody typed of an event, and of what its subject says beside; what could be two
        things, or is not said, is asked if somebody talks. Raises Mistake."""
        alone, both = self.words_read(one, text), f"{subject_words(one)} {text}"
        beside = self.words_read(one, both, skips_unknown=True)
        goes_on = beside.is_complete or not (alone.is_complete or beside.mistakes)
        if not alone.mistakes and goes_on:
            reading = self.words_read(one, both, chosen, skips_unknown=True)
        else:
            reading = self.words_read(one, text, chosen)
        if talk:
            reading = LineQuestions(talk, self.words, self.context, one.hours, ENOUGH).complete(reading)
        return self.checked(reading)

    def words_read(
        self, one: DigestedEvent, text: str, chosen: Sequence[LinePiece] = (), *, skips_unknown: bool = False
    ) -> LineReading:
        """The event's day and hours, and what words say."""
        line = f"{int(one.hours * 60)}min {' '.join(text.split())} {one.day.isoformat()}"
        return read_line(line, self.context, chosen, skips_unknown=skips_unknown)

    def checked(self, reading: LineReading) -> LineReading:
        """The row. Raises Mistake where it is none yet."""
        for mistake in mistakes_of(reading, self.year, self.words):
            raise mistake
        for _, mistake in checked_entry(reading.model, reading.cells, self.year, anyway=False).mistakes:
            raise without_anyway(mistake)
        return reading

    def told(self, reading: LineReading) -> str:
        return hours_row_text(reading, self.words, self.year.person_finder)


class EventsForm(Form[EventAnswer]):
    """Asks what each event was that does not say it; Enter leaves one out, n all of its subject for good,
    enough all that are left. What is typed waits on the disk until the rows are written."""

    def __init__(self, talk: Talk, reader: EventReader, lines: Sequence[EventLine], today: dt.date) -> None:
        super().__init__(talk)
        self.reader, self.today = reader, today
        self.lines = {str(one.number): one for one in lines if one.is_unread}
        self.answers: dict[str, EventAnswer] = {}
        self.typed = dict[str, UnsavedLine]()
        self.waiting = WaitingLines(talk, reader.year, "events", reader.context.me)
        self.following = dict[str, str]()
        """Events that an answer about another one of their subject settled: the key of that one."""
        self.is_enough, self.unread, self.again = False, "", ""
        """`unread` is the text that could not be read last, `again` the event that is asked about
        once more."""

    @property
    def now(self) -> UnsavedLines:
        return UnsavedLines(list(self.typed.values()))

    def take_up(self, every: Collection[str]) -> None:
        """What was typed of these events before, by their digests, and not written. What is complete is read,
        anything else stands on the line again."""
        by_event = {
            about: key
            for key, one in self.lines.items()
            for about in (one.event.content, one.event.about)  # older lines wait under the first
        }

        def of_these(found: UnsavedLines) -> UnsavedLines:
            return replace(found, lines=[one for one in found.lines if one.about in every])

        for line in self.waiting.take_up(self.reader.words, self.today, of_these).lines:
            if key := by_event.get(line.about):
                self.typed[key] = line
                self.talk.tell(f"{key} > {line.text}")
                with suppress(Mistake):
                    self.keep(key, self.answer(key, line))
                    self.done.append(key)

    def order(self) -> Iterable[str]:
        never = self.never
        left = (key for key in self.lines if key not in self.done and key not in self.following)
        wanted = (key for key in left if key == self.again or not self.is_enough)
        return [*self.done, *(key for key in wanted if self.subject(key) not in never)]

    def reopen(self, line: EventLine) -> None:
        """Ask about an event once more, be it one that says itself what it was."""
        self.again = str(line.number)
        self.lines.setdefault(self.again, line)
        self.following.pop(self.again, None)
        self.ask_again([self.again])

    def subject(self, key: str) -> str:
        return fold_text(self.lines[key].event.event.subject)

    @property
    def never(self) -> set[str]:
        """The subjects that are nobody's hours, of whatever event of this file."""
        return {self.subject(key) for key in self.done if self.answers.get(key) is False}

    def inquiry(self, key: str) -> Inquiry[EventAnswer]:
        event, old = self.lines[key].event, self.typed[key].text if key in self.typed else ""
        bracket = old if self.talk.plain else ""  # in an editor an emptied line is one that is left out
        itself = self.lines[key].reading if not old else None

        def understood(text: str) -> str:
            try:
                return self.reader.told(self.reader.answer(event, text)) if text.strip() else ""
            except Mistake:
                return ""

        return Inquiry(
            f"{key}  {shorten(one_line(event.event.subject), SUBJECT_WIDTH)}".rstrip(),
            lambda text: self.read(key, text),
            enter=SAYS_ITSELF if itself else bracket,
            bracket=self.reader.told(itself) if itself else bracket,
            text=old,
            explain=lambda: [INDENT + self.talk.say("event_help")],
            understood=understood,
        )

    def read(self, key: str, text: str) -> EventAnswer:
        """What somebody typed of an event, kept first. Raises Mistake."""
        old = self.typed.pop(key, None)
        if text == SAYS_ITSELF:
            return self.lines[key].reading
        self.is_enough = self.is_enough or fold_text(text) in ENOUGH
        if not text or fold_text(text) in ENOUGH:
            return None
        same = old is not None and old.text == text
        self.typed[key] = old if old and same else self.unsaved(key, text)
        self.waiting.keep(self.now)
        if text == self.unread:  # the same again: the event is left out, and the text waits
            return None
        try:
            return self.answer(key, self.typed[key], self.talk)
        except Mistake:
            self.unread = text
            raise
        except EnoughSaid:
            self.is_enough = True
            del self.typed[key]
            return None

    def answer(self, key: str, line: UnsavedLine, talk: Talk | None = None) -> EventAnswer:
        """A line as it was typed, read; what was asked about it is kept with it."""
        if fold_text(line.text) in NEVER:
            return False
        reading = self.reader.answer(self.lines[key].event, line.text, talk, line.chosen)
        self.typed[key] = replace(line, chosen=reading.chosen)
        return reading

    def unsaved(self, key: str, text: str) -> UnsavedLine:
        return UnsavedLine(text, self.today, about=self.lines[key].event.about)

    def keep(self, key: str, answer: EventAnswer) -> None:
        self.answers[key], self.unread = answer, ""
        also = self.answer_alike(key)
        self.waiting.keep(self.now)
        if answer:
            self.talk.tell(MARGIN + describe_line(answer, self.reader.words, self.reader.year.person_finder))
        if also:
            self.talk.tell(INDENT + self.reader.words.counted("events.alike", also))

    def answer_alike(self, key: str) -> int:
        """The answer to one event counts for all of its subject that nobody was asked about; of how many."""
        self.following.pop(key, None)
        for other in [one for one, leader in self.following.items() if leader == key]:
            del self.following[other], self.answers[other]
        if not self.answers[key] or key not in self.typed:
            return 0
        line = self.typed[key]
        asked = {*self.done, key, *self.following}
        for other in self.lines:
            if other not in asked and self.subject(other) == self.subject(key):
                with suppress(Mistake):
                    self.answers[other] = self.reader.answer(
                        self.lines[other].event, line.text, chosen=line.chosen
                    )
                    self.following[other] = key
        return [*self.following.values()].count(key)

    def drop_written(self) -> None:
        """The rows are written: what was typed of them waits no longer."""
        left = [line for key, line in self.typed.items() if self.answers.get(key) is None]
        self.waiting.drop(UnsavedLines(left))

    def leave(self, left: Left) -> None:
        """Somebody left: what was begun waits too. Raises Left, which says so."""
        key, inquiry = self.asked or ("", None)
        if left.typed and left.inquiry is inquiry:
            self.typed[key] = self.unsaved(key, left.typed)
        if self.typed:
            raise Left(self.waiting.say_what_waits(self.now)) from None
        raise left

    def take_never(self) -> list[EventLine]:
        """The events of which somebody said that they are nobody's hours: that waits no longer."""
        never = self.never
        keys = [key for key in self.lines if self.subject(key) in never]
        self.typed = {key: line for key, line in self.typed.items() if key not in keys}
        self.waiting.keep(self.now)
        return [self.lines[key] for key in keys]


def answer_lines(lines: Sequence[EventLine], answers: Mapping[str, EventAnswer]) -> list[EventLine]:
    """The lines with what somebody said of those that could not be read."""
    return [replace(one, reading=answers.get(str(one.number), one.reading) or None) for one in lines]
