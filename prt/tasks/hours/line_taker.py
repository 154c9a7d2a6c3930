"""One line of hours from its words to its rows: asked about, and held against the lines above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from functools import partial

from prt.console.dialogue.inquiry import NO, YES, Back, Choice, Inquiry, pick_choice
from prt.console.dialogue.talk import Talk
from prt.entry.hours_line import read_line
from prt.entry.pieces import LinePiece
from prt.entry.reading import LineContext, LineReading
from prt.files.project import Year
from prt.files.unsaved_lines import UnsavedLine
from prt.model.rows import Entry, Row
from prt.output.screens.hours_lines import describe_line, hours_text
from prt.output.words import Words
from prt.problems import Mistake
from prt.tasks.entry.doubtful_rows import ask_difference, double_of, odd_of, without_anyway
from prt.tasks.entry.log_rows import refuse_names
from prt.tasks.entry.newcomers import add_new_rows, ask_newcomer
from prt.tasks.entry.waiting_answers import NewRows
from prt.tasks.hours.hours_entries import entries_of_line
from prt.tasks.hours.line_questions import MARGIN, LineQuestions
from prt.tasks.hours.read_hours import make_line_context
from prt.values import dataclass, replace

MOST_UNKNOWN = 2
"""Of so many unknown words each may be new; a line of more is no line of hours."""
NEW_WORDS = {"organisations": "new_organisations", "people": "new_people", "centre": "new_centre"}
"""What a word that nobody knows may be; a centre has no table of its own, but the rows that name it."""


@dataclass(frozen=True)
class HoursLine:
    """A line that is complete, with its rows and the day on which it was typed."""

    reading: LineReading
    day: dt.date
    entries: Sequence[Entry]

    @property
    def unsaved(self) -> UnsavedLine:
        return UnsavedLine(self.reading.line, self.day, self.reading.chosen)


class LineTaker:
    """Takes lines below those `above`; `new_rows` are people and organisations written with them."""

    def __init__(self, talk: Talk, year: Year, me: str, today: dt.date) -> None:
        self.talk, self.me, self.today = talk, me, today
        self.staff = me
        self.above = list[HoursLine]()
        self.new_rows: NewRows = ()
        talk.names = {row.id: str(row["name"]) for row in year.project.names().values()}
        self.see(year)

    def see(self, year: Year) -> None:
        """Read with what this year knows."""
        self.year, self.words = year, Words(self.talk.language, year.plan, year.data.organisations)
        self.context = replace(make_line_context(year, self.new_rows), me=self.staff)

    def add_rows(self, rows: NewRows) -> None:
        """Somebody or an organisation that is written with the lines."""
        self.new_rows = [*self.new_rows, *rows]
        self.see(add_new_rows(self.year, rows))

    def context_of(self, day: dt.date) -> LineContext:
        """What a line is read with on that day, together with the lines above it."""
        return self.context.with_lines([one.reading for one in self.above], day)

    def complete(self, text: str, day: dt.date, chosen: tuple[LinePiece, ...] = ()) -> HoursLine | None:
        """A line of which nothing is left to be asked; None where it is there already."""
        asked = self.context_of(day)
        reading = read_line(text, asked, chosen)
        reading = LineQuestions(self.talk, self.words, asked).complete(reading)
        if new := self.add_unknown(reading):
            return self.complete(new, day, reading.chosen)
        if reading.mistakes:
            *others, last = reading.mistakes
            for mistake in others:
                self.talk.tell_mistake(mistake)
            raise last
        line = HoursLine(reading, day, entries_of_line(reading, self.year, anyway=True))
        self.refuse_wrong(line.entries[0])
        twin = self.twin_of(line.entries[0])
        return self.told_apart(line, twin) if twin else line

    def refuse_wrong(self, entry: Entry) -> None:
        """Raise the mistake of a row that cannot be written so; what is odd about it is asked."""
        for _, mistake in refuse_names(entry, self.year, False).mistakes:
            raise without_anyway(mistake)
        for name, mistake in odd_of(entry, self.year):
            self.talk.tell_mistake(mistake, self.words.column_name(entry.row.log, name))
            if not self.talk.is_right(MARGIN + self.talk.say("log_all_the_same"), False):
                raise Mistake("line_back")

    def twin_of(self, entry: Entry) -> Row | None:
        return double_of(entry, self.year, [row.row for one in self.above for row in one.entries])

    def told_apart(self, line: HoursLine, twin: Row) -> HoursLine | None:
        """The line with a note on how it differs; None where it is the same thing."""
        note = ask_difference(self.talk, twin, self.year, self.place_of(twin))
        if note is None:
            return None
        offered = line.reading.model.offered_by
        kept = [("note", note), *((name, line.reading.values.get(name)) for name in offered)]
        more = [LinePiece(-1, -1, name, text) for name, text in kept if text]
        return self.complete(line.reading.line, line.day, (*line.reading.chosen, *more))

    def place_of(self, twin: Row) -> str:
        """The line above that the row is of; else its id."""
        for number, line in enumerate(self.above, 1):
            if any(entry.row is twin for entry in line.entries):
                return self.talk.say("line", number=number)
        return twin.name

    def add_unknown(self, reading: LineReading) -> str:
        """The line once an unknown word is somebody, an organisation or a centre that is new; else empty."""
        unknown = [one for one in reading.mistakes if one.code in ("unknown_words", "unknown_marked")]
        if len(unknown) < len(reading.mistakes) or len(unknown) > MOST_UNKNOWN:
            return ""
        found = (self.add_word(reading, str(one.values["text"])) for one in unknown)
        return next(filter(None, found), "")

    def add_word(self, reading: LineReading, text: str) -> str:
        """The line once these words of it are new; else empty."""
        words = {kind: self.talk.say(word).split("/") for kind, word in NEW_WORDS.items()}
        no = self.talk.say("no_new")
        kinds = [Choice(*one) for one in words.items()]
        question = Inquiry(
            MARGIN + self.talk.say("is_it_new", text=text),
            partial(pick_choice, choices=[Choice(no, [no, *NO]), Choice("", YES), *kinds]),
            enter=no,
            bracket=no,
            hint=" / ".join(own[0] for own in words.values()),
        )
        kind = self.talk.ask(question)
        if not kind:
            which = partial(pick_choice, choices=[Choice(no, [no, *NO]), *kinds])
            kind = self.talk.ask(replace(question, read=which, enter="", bracket=""))
        if isinstance(kind, Back) or kind == no:
            return ""
        if kind == "centre":
            return reading.line.replace(text, f'centre:"{text}"', 1)
        found = ask_newcomer(self.talk, kind, self.year, self.today, text)
        if found is None:
            raise Mistake("nothing_new")
        self.add_rows(found.rows)
        return reading.line.replace(text, found.name or found.code, 1)

    def tell_other_hours(self, line: HoursLine) -> None:
        """That there are other hours with the same person that day: they may be these."""
        row = line.entries[0].row
        if "person" not in row.index or row["person"] is None:
            return
        rows = [*self.year.data.logs[row.log], *(one.entries[0].row for one in self.above)]
        same = [one for one in rows if one.log == row.log and one["person"] == row["person"]]
        worker = row.model.worker_columns()[0]
        hours = [one["hours"] for one in same if one["date"] == row["date"] and one[worker] == row[worker]]
        if hours:
            self.talk.tell(
                MARGIN + self.talk.say("also_that_day", hours=hours_text(sum(hours, Fraction(0)), self.words))
            )

    def described(self, reading: LineReading) -> str:
        return describe_line(reading, self.words, self.context.finder)
