"""A list of lines of hours: each is told as it was understood, and may be changed until all are saved."""

from __future__ import annotations

import datetime as dt

from prt.console.dialogue.inquiry import Back, Inquiry
from prt.console.dialogue.talk import Left, Talk
from prt.entry.hours_line import read_line
from prt.figures.questions import counting_test
from prt.files.project import Year
from prt.files.unsaved_lines import UnsavedLine, UnsavedLines
from prt.model.plan import Plan, handle
from prt.output.screens.hours_lines import describe_days, hours_text
from prt.problems import Mistake
from prt.tasks.hours.hours_entries import entries_of_line
from prt.tasks.hours.line_questions import MARGIN
from prt.tasks.hours.line_taker import HoursLine, LineTaker
from prt.tasks.waiting_lines import WaitingLines

END_OF_LIST = "<"
"""What Enter stands for on an empty line: nobody can type it as a line."""


class HoursList(LineTaker):
    """The lines above the cursor, and those below it that wait to be read again."""

    def __init__(self, talk: Talk, year: Year, me: str, today: dt.date) -> None:
        super().__init__(talk, year, me, today)
        self.below, self.begun, self.told = list[UnsavedLine](), "", dict[str, str]()
        self.unread, self.aside, self.changed = "", list[UnsavedLine](), ""
        """The text that could not be read last; lines that wait for another time; what the line below the
        cursor is being changed to."""
        self.waiting = WaitingLines(talk, year, "hours", me)

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
            if self.now.lines or self.now.begun:
                raise Left(self.say_what_waits()) from None
            raise

    def say_what_waits(self) -> Mistake:
        return self.waiting.say_what_waits(self.now)

    def go_on(self) -> None:
        """Take up the lines that wait from before, if somebody wants them."""
        kept = self.waiting.take_up(self.words, self.today)
        if kept.new_rows:
            self.add_rows(kept.new_rows)
        self.below, self.begun = [*kept.lines], kept.begun
        self.read_below()

    @property
    def now(self) -> UnsavedLines:
        """Every line, which waits on the disk until it is saved."""
        begun = [UnsavedLine(self.begun, self.today)] if self.changed and self.begun else []
        lines = [*self.aside, *(one.unsaved for one in self.above), *self.below, *begun]
        return UnsavedLines(lines, self.changed or self.begun, list(self.new_rows))

    def ask_line(self) -> bool:
        """One line, typed or changed; False where an empty one ends the list.

        In an editor the line that waits stands there to be changed: once it is emptied, it is dropped.
        """
        number, old = len(self.above) + 1, self.below[0].text if self.below else self.begun
        bracket = old if self.talk.plain else ""
        question = Inquiry(
            f"{number:>2}",
            self.read,
            enter=bracket or END_OF_LIST,
            bracket=bracket,
            text=old,
            words=self.completions(),
            explain=lambda: [MARGIN + one for one in self.talk.say("hours_help").split("\n")],
            understood=self.understood,
            takes_lines=True,
        )
        try:
            answer = self.talk.ask(question)
        except Left as left:
            if left.inquiry is question and not self.below:
                self.begun = left.typed or self.begun
            raise
        if isinstance(answer, Back):
            self.go_to(answer.line or number - 1)
            return True
        if not self.below:
            self.begun = ""
        self.changed, self.unread, self.below = "", "", self.below[1:]
        if isinstance(answer, HoursLine):
            self.above.append(answer)
        self.read_below()
        self.waiting.keep(self.now)
        return answer is not None or bool(self.below or self.begun)

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
                    self.unread = one.text
                return
            line = HoursLine(reading, one.day, entries_of_line(reading, self.year, anyway=True))
            if self.told.get(one.text) != self.described(reading):
                self.talk.tell(f"{len(self.above) + 1:>2} > {one.text}")
                self.tell_read(line)
            self.above.append(line)
            del self.below[0]

    def read(self, text: str) -> HoursLine | str | None:
        """A complete line; "" for one that is left, None for the end. Raises Mistake."""
        if text == END_OF_LIST:
            if self.begun and self.talk.plain:  # no line stands there that somebody could have emptied
                self.leave_unread(self.begun)
            return None
        if not text:
            return text
        if text == self.unread:
            self.leave_unread(text)
            return ""
        old = self.below[0] if self.below else None
        same = old is not None and old.text == text
        day, chosen = (old.day, old.chosen) if old and same else (self.today, ())
        if old is None:
            self.begun = text
        else:
            self.changed = "" if same else text
        self.waiting.keep(self.now)
        try:
            line = self.complete(text, day, chosen)
        except Mistake as mistake:
            if mistake.code != "line_back" or self.talk.plain:  # in an editor Enter asks the same again
                self.unread = text
            raise
        if line is None:
            return ""
        self.tell_read(line)
        self.tell_other_hours(line)
        if not self.staff:  # who has given the hours of one line gave those of the next ones
            self.staff = line.reading.staff
            self.see(self.year)
        return line

    def leave_unread(self, text: str) -> None:
        """The same text again, which could not be read: nobody can go on with it, so it is dropped, or waits
        for another time. Raises Mistake where it is to be changed."""
        drops = self.talk.agree(MARGIN + self.words.counted("hours.throw_away", 1), False)
        if isinstance(drops, Back):
            raise Mistake("line_back")
        if not drops:
            old = self.below[0] if self.below and self.below[0].text == text else None
            self.aside.append(old or UnsavedLine(text, self.today))

    def drop_saved(self) -> None:
        """The lines are saved, and wait no longer; those that were left aside do."""
        self.waiting.drop(UnsavedLines(self.aside))
        if self.aside:
            self.talk.tell(self.talk.say("aside_kept", what="; ".join(one.text for one in self.aside)))

    def tell_read(self, line: HoursLine) -> None:
        """What a line was understood as."""
        self.told[line.reading.line] = self.described(line.reading)
        self.talk.tell(MARGIN + self.told[line.reading.line])

    def understood(self, text: str) -> str:
        reading = read_line(text, self.context_of(self.today))
        return self.described(reading) if reading.is_complete else ""

    def tell_uncounted(self) -> None:
        """Each line that no measure reads: `9  0.5 h travel is outside 3a.hours`."""
        for number, line in enumerate(self.above, 1):
            row = line.entries[0].row
            figures = hours_figures(self.year.plan, row.log)
            if figures and not counting_test(self.year.plan, self.year.known, row.log)(row):
                kind = line.reading.values.get("kind")
                hours = hours_text(row["hours"], self.words)
                what = " ".join([hours, *([self.words.label(row.log, "kind", kind)] if kind else [])])
                told = self.talk.say("hours_outside", what=what, figures=", ".join(figures))
                self.talk.tell(f"{MARGIN}{number:>2}  {told}")

    def ask_to_save(self) -> bool | Back:
        """Yes, no, or the line that is to be changed."""
        readings = [one.reading for one in self.above]
        for text in describe_days(readings, self.words):
            self.talk.tell(MARGIN + text)
        self.tell_uncounted()
        asked = self.talk.say("save_all" if len(self.above) > 1 else "save")
        return self.talk.agree_to_lines(asked, range(1, len(self.above) + 1))


def hours_figures(plan: Plan, log: str) -> list[str]:
    """The indicators that add up the hours of a log."""
    return [
        handle(line, one)
        for _, line, one in plan.indicators()
        if one.measure.unit == "h" and log in one.measure.logs(plan.selections)
    ]
