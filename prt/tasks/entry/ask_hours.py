"""`prt log hours` on a terminal: numbered lines, each told as it was understood, all saved at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import partial

from prt.console import context
from prt.console.dialogue.inquiry import Back, Choice, Inquiry, pick_choice
from prt.console.dialogue.talk import Left, Talk
from prt.entry.hours_line import read_line
from prt.entry.pieces import LinePiece
from prt.entry.reading import LineContext, LineReading
from prt.figures.questions import counting
from prt.files.project import Year, table_model
from prt.files.unsaved_lines import UnsavedLine, UnsavedLines, keep_lines, read_lines
from prt.model.rows import Entry, Row, checked
from prt.output.screens.hours_lines import describe_days, describe_line, hours_text, short_day
from prt.output.words import Words
from prt.problems import Mistake, Problem, PrtError
from prt.tasks.entry.ask_line import MARGIN, LineQuestions
from prt.tasks.entry.doubles import ask_difference, double_of, is_alike_mistake
from prt.tasks.entry.log_hours import HoursEntry, entries_of_line, line_place, make_line_context, save_hours
from prt.tasks.entry.log_rows import refuse_names
from prt.tasks.entry.newcomers import ask_newcomer
from prt.tasks.entry.odd import odd_of
from prt.tasks.entry.row_form import Cells
from prt.values import dataclass, replace

ENTER = "<"
"""What Enter stands for on an empty line: nobody can type it as a line."""


@dataclass(frozen=True)
class HoursLine:
    """A line that is complete, with its rows and the day on which it was typed."""

    reading: LineReading
    day: dt.date
    entries: Sequence[Entry]

    @property
    def unsaved(self) -> UnsavedLine:
        return UnsavedLine(self.reading.line, self.day, self.reading.chosen)


class HoursList:
    """The lines above the cursor, and those below it that wait to be read again."""

    def __init__(self, talk: Talk, year: Year, me: str, today: dt.date) -> None:
        self.talk, self.me, self.today = talk, me, today
        self.above, self.below = list[HoursLine](), list[UnsavedLine]()
        self.new_rows = list[tuple[str, Cells]]()
        self.begun, self.told = "", dict[str, str]()
        self.see(year)

    def see(self, year: Year) -> None:
        """Read with what this year knows."""
        self.year, self.words = year, Words(self.talk.language, year.plan, year.data.organisations)
        self.context = make_line_context(year, self.new_rows)

    def run(self) -> list[HoursLine]:
        """The lines that somebody agreed to save; none where nobody did. Raises Left."""
        self.talk.tell(self.talk.say("hours_how"))
        try:
            self.go_on()
            while True:
                if self.ask_line():
                    continue
                if not self.above or (answer := self.ask_to_save()) is False:
                    return []
                if answer is True:
                    return self.above
                self.go_to(answer.line or len(self.above))
        except Left:
            if self.above or self.below or self.begun:
                raise Left(f"\n{self.talk.what_was_written()} {self.talk.say('lines_kept')}") from None
            raise

    def go_on(self) -> None:
        """Take up the lines that wait from before, if somebody wants them."""
        kept = read_lines(self.year.project, self.me)
        if not kept.lines and not kept.begun:
            return
        last = max((one.day for one in kept.lines), default=self.today)
        number = len(kept.lines) + bool(kept.begun)
        asked = self.words.counted("hours.wait", number, day=short_day(last, self.words))
        if self.talk.agree(asked, True) is False:
            keep_lines(self.year.project, self.me, UnsavedLines())
            return
        for roster, cells in kept.new_rows:
            self.add_rows([(roster, cells)])
        self.below, self.begun = [*kept.lines], kept.begun
        self.read_below()

    def add_rows(self, rows: Iterable[tuple[str, Cells]], year: Year | None = None) -> None:
        """Somebody or an organisation that is written with the lines."""
        for roster, cells in rows:
            self.new_rows.append((roster, cells))
            if year is None and roster != "names":
                self.year = self.year.plus(checked(table_model(roster), cells, self.year.known).row)
        self.see(year or self.year)

    def keep(self) -> None:
        """Every line waits on the disk until it is saved."""
        lines = [*(one.unsaved for one in self.above), *self.below]
        keep_lines(self.year.project, self.me, UnsavedLines(lines, self.begun, self.new_rows))

    def context_of(self, day: dt.date) -> LineContext:
        """With the lines above the cursor; the words of the plan are looked up once."""
        found = replace(self.context, today=day, lines=tuple(one.reading for one in self.above))
        found.__dict__["lexicon"] = self.context.lexicon
        return found

    def ask_line(self) -> bool:
        """One line, typed or changed; False where an empty one ends the list."""
        number, old = len(self.above) + 1, self.below[0].text if self.below else self.begun
        question = Inquiry(
            f"{number:>2}",
            self.read,
            enter=old or ENTER,
            bracket=old if self.talk.plain else "",
            text=old,
            words=self.completions(),
            explain=lambda: [MARGIN + one for one in self.talk.say("hours_help").split("\n")],
            understood=self.understood,
            takes_lines=True,
        )
        answer = self.talk.ask(question)
        if isinstance(answer, Back):
            self.go_to(answer.line or number - 1)
            return True
        if answer is None:
            return False
        self.begun, self.below = "", self.below[1:]
        if isinstance(answer, HoursLine):
            self.above.append(answer)
        self.read_below()
        self.keep()
        return True

    def completions(self) -> list[str]:
        names = [row["name"] for row in self.context.finder.names.values()]
        return [*self.context.lexicon.spellings, *names]

    def go_to(self, number: int) -> None:
        """The line to be changed is the next one asked for."""
        lines = [*(one.unsaved for one in self.above), *self.below]
        at = min(number, len(lines)) - 1
        if at < 0:
            self.talk.tell(MARGIN + self.talk.say("first_line"))
            return
        self.above, self.below = self.above[:at], lines[min(at, len(self.above)) :]

    def read_below(self) -> None:
        """Read the lines below the cursor again, up to one that needs somebody; what is changed is told."""
        while self.below:
            one = self.below[0]
            reading = read_line(one.text, self.context_of(one.day), one.chosen)
            if not reading.is_complete:
                for mistake in reading.mistakes:
                    self.talk.tell_mistake(mistake)
                return
            line = HoursLine(reading, one.day, entries_of_line(reading, self.year, anyway=True))
            if self.told.get(one.text) != self.described(reading):
                self.talk.tell(f"{len(self.above) + 1:>2} > {one.text}")
                self.tell_read(line)
            self.above.append(line)
            del self.below[0]

    def read(self, text: str) -> HoursLine | str | None:
        """A complete line; "" for one that is dropped, None for the end. Raises Mistake."""
        if text == ENTER:
            return None
        if not text:
            return text
        old = self.below[0] if self.below else None
        same = old is not None and old.text == text
        day, chosen = (old.day, old.chosen) if old and same else (self.today, ())
        self.begun = "" if same else text
        self.keep()
        line = self.complete(text, day, chosen)
        if line is None:
            return ""
        self.tell_read(line)
        self.tell_other_hours(line)
        return line

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
        for _, mistake in refuse_names(entry.row.model, entry, self.year, False).mistakes:
            raise mistake
        for name, mistake in odd_of(entry, self.year):
            self.talk.tell_mistake(mistake, self.words.column_name(entry.row.log, name))
            if not self.talk.is_agreed(MARGIN + self.talk.say("log_all_the_same"), False):
                raise Mistake("line_back")

    def twin_of(self, entry: Entry) -> Row | None:
        return double_of(entry, self.year, [row.row for one in self.above for row in one.entries])

    def told_apart(self, line: HoursLine, twin: Row) -> HoursLine | None:
        """The line with a note on how it differs; None where it is the same thing."""
        note = ask_difference(self.talk, twin, self.year, self.place_of(twin))
        if note is None:
            return None
        kept = [("note", note), *((name, line.reading.values.get(name)) for name in ("purpose",))]
        more = [LinePiece(-1, -1, name, text) for name, text in kept if text]
        return self.complete(line.reading.line, line.day, (*line.reading.chosen, *more))

    def place_of(self, twin: Row) -> str:
        """The line above that the row is of; else its id."""
        for number, line in enumerate(self.above, 1):
            if any(entry.row is twin for entry in line.entries):
                return self.talk.say("line", number=number)
        return twin.name

    def add_unknown(self, reading: LineReading) -> str:
        """The line once an unknown word is somebody or an organisation that was added; else empty."""
        if [one.code for one in reading.mistakes] != ["unknown_words"]:
            return ""
        text = str(reading.mistakes[0].values["text"])
        words = {
            "organisations": self.talk.say("new_organisations").split("/"),
            "people": self.talk.say("new_people").split("/"),
        }
        no = self.talk.say("no_new")
        kind = self.talk.ask(
            Inquiry(
                MARGIN + self.talk.say("is_it_new", text=text),
                partial(pick_choice, choices=[Choice(no, [no]), *(Choice(*one) for one in words.items())]),
                enter=no,
                bracket=no,
                hint=" / ".join(own[0] for own in words.values()),
            )
        )
        if isinstance(kind, Back) or kind == no:
            return ""
        found = ask_newcomer(self.talk, kind, self.year, self.today, text)
        if found is None:
            raise Mistake("nothing_new")
        self.add_rows(found.rows, found.year)
        return reading.line.replace(text, (found.names or [found.code])[0], 1)

    def tell_read(self, line: HoursLine) -> None:
        """What a line was understood as."""
        self.told[line.reading.line] = self.described(line.reading)
        self.talk.tell(MARGIN + self.told[line.reading.line])

    def tell_other_hours(self, line: HoursLine) -> None:
        """That there are other hours with the same person that day: they may be these."""
        row = line.entries[0].row
        if "person" not in row.index or row["person"] is None:
            return
        rows = [*self.year.data.logs[row.log], *(one.entries[0].row for one in self.above)]
        same = [one for one in rows if one.log == row.log and one["person"] == row["person"]]
        hours = [one["hours"] for one in same if one["date"] == row["date"] and one["staff"] == row["staff"]]
        if hours:
            self.talk.tell(
                MARGIN + self.talk.say("also_that_day", hours=hours_text(sum(hours, Fraction(0)), self.words))
            )

    def understood(self, text: str) -> str:
        reading = read_line(text, self.context_of(self.today))
        return self.described(reading) if reading.is_complete else ""

    def described(self, reading: LineReading) -> str:
        return describe_line(reading, self.words, self.context.finder)

    def ask_to_save(self) -> bool | Back:
        """Yes, no, or the line that is to be changed."""
        readings = [one.reading for one in self.above]
        for text in describe_days(readings, self.words):
            self.talk.tell(MARGIN + text)
        for number, line in enumerate(self.above, 1):
            row = line.entries[0].row
            if not counting(self.year.plan, self.year.known, row.log)(row):
                self.talk.tell(f"{number:>7}  {self.talk.say('counts_nowhere')}")
        lines = [Choice(Back(number), [str(number)]) for number in range(1, len(self.above) + 1)]
        asked = self.talk.say("save_all" if len(lines) > 1 else "save")
        return self.talk.ask(self.talk.yes_or_no(asked, True, lines, self.talk.say("line_number")))


def ask_hours(talk: Talk, year: Year) -> Year | None:
    """Ask, save, say what moved. The year as it is then; None where nothing was saved."""
    me = context.me(year.project.root) or ""
    asked = HoursList(talk, year, me, context.today())
    if lines := asked.run():
        return save_lines(asked, lines, year)
    context.say(talk.what_was_written() + (f" {talk.say('lines_kept')}" if asked.above else ""))
    return None


def take_line(talk: Talk, text: str, year: Year) -> None:
    """One line of the command: what it leaves out is asked, and it is saved."""
    me = context.me(year.project.root) or ""
    asked = HoursList(talk, year, me, context.today())
    try:
        line = asked.complete(text, asked.today)
    except Mistake as mistake:
        raise PrtError(Problem.of(line_place(1, [text]), mistake), code=2) from None
    if line is None:
        raise PrtError(talk.what_was_written())
    talk.tell(f"  {asked.described(line.reading)}")
    save_lines(asked, [line], year, keep=False)


def save_lines(asked: HoursList, lines: Sequence[HoursLine], year: Year, *, keep: bool = True) -> Year:
    """Write the lines; they wait no longer."""

    def read_again(now: Year) -> list[HoursEntry]:
        found = [HoursEntry(*entries_of_line(one.reading, now, anyway=True)) for one in lines]
        for one in found:
            for _, mistake in one.entry.mistakes:
                raise PrtError(Problem.of(line_place(1, [one]), mistake), code=2)
            if twin := double_of(one.entry, now):
                raise PrtError(Problem.of(twin.place(), is_alike_mistake(twin)), code=2)
        return found

    entries = [HoursEntry(*one.entries) for one in lines]
    after = save_hours(entries, year, read_again, asked.new_rows)
    if keep:
        with suppress(OSError):
            keep_lines(year.project, asked.me, UnsavedLines())
    return after
