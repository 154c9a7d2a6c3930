"""What somebody types waits on the disk until it is saved, after Ctrl-C or a closed window too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress

from prt.console.dialogue.talk import Talk
from prt.files.project import Year
from prt.files.unsaved_lines import LinesKind, UnsavedLines, keep_lines, lines_path, read_unsaved
from prt.output.screens.hours_lines import short_day
from prt.output.words import Words
from prt.problems import Mistake, PrtError

KEPT: dict[LinesKind, str] = {"hours": "hours_kept", "events": "events_kept", "answers": "answers_kept"}
"""What is said when they go on waiting."""


class WaitingLines:
    """The lines of one dialogue; `kept` is what the disk has of them."""

    def __init__(self, talk: Talk, year: Year, kind: LinesKind, me: str) -> None:
        self.talk, self.project, self.kind = talk, year.project, kind
        self.path = lines_path(year.project, kind, me)
        self.kept = UnsavedLines()

    def take_up(
        self,
        words: Words,
        today: dt.date,
        own: Callable[[UnsavedLines], UnsavedLines] = lambda found: found,
    ) -> UnsavedLines:
        """The lines that wait from before, if somebody wants them; they go only where that is said. `own` are
        those of this dialogue."""
        found = read_unsaved(self.project, self.path)
        if found is None:
            self.talk.tell_mistake(Mistake("unsaved_lines_damaged", path=self.project.shown(self.path)))
        kept = own(found or UnsavedLines())
        if not kept.lines and not kept.begun:
            return self.kept
        last = max((one.day for one in kept.lines), default=today)
        number = len(kept.lines) + bool(kept.begun)
        if self.goes_on(kept, words, short_day(last, words)):
            self.kept = kept
        elif self.talk.is_agreed(words.counted("hours.throw_away", number), False):
            self.kept = kept
            self.keep(UnsavedLines())
        return self.kept

    def goes_on(self, kept: UnsavedLines, words: Words, day: str) -> bool:
        """Does somebody go on with them?"""
        return self.talk.is_agreed(self.say_waiting(kept, words, day), True)

    def say_waiting(self, kept: UnsavedLines, words: Words, day: str) -> str:
        """The question whether somebody goes on with them."""
        return words.counted("hours.wait", len(kept.lines) + bool(kept.begun), day=day)

    def keep(self, now: UnsavedLines) -> None:
        """Put the lines as they are now on the disk. PrtError where it does not take them."""
        keep_lines(self.project, self.path, now, self.kept)
        self.kept = now

    def drop(self, left: UnsavedLines) -> None:
        """The lines are saved, and wait no longer, but those that are `left`."""
        with suppress(OSError, PrtError):
            self.keep(left)

    def say_what_waits(self, now: UnsavedLines, command: str = "") -> Mistake:
        """What was written, and that the lines wait, which another terminal may have dropped meanwhile."""
        said = self.talk.what_was_written()
        try:
            self.keep(now)
        except PrtError as error:
            return Mistake("lines_not_kept", said=said, error=error)
        return Mistake("lines_wait", said=said, where=self.talk.say(KEPT[self.kind], command=command))
