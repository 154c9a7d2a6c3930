"""The answers of a dialogue wait on the disk until they are saved: Ctrl-C and a closed window lose none."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType

from prt.console import context
from prt.console.dialogue.form import Form
from prt.console.dialogue.talk import INDENT, Left, Talk
from prt.files.project import Year
from prt.files.unsaved_lines import UnsavedLine, UnsavedLines
from prt.output.words import Words
from prt.problems import Mistake
from prt.tasks.entry.prompts import Cells
from prt.tasks.waiting_lines import WaitingLines
from prt.text import join_labels, shorten

NewRows = Sequence[tuple[str, Cells]]
"""(log, cells) of people and organisations that are written with a row, and undone with it."""
MOST_SHOWN, WIDTH = 4, 50
"""So many answers are named, on so many signs, where somebody is asked whether to go on with them."""


class CellsForm(Form[Cells]):
    """A form of which each answer is cells of a row."""

    new_rows: NewRows = ()

    def __init__(self, talk: Talk) -> None:
        super().__init__(talk)
        self.answers = dict[str, Cells]()
        """What was typed last to each question, the latest last."""
        self.is_answered: Callable[[], None] = lambda: None
        """Called after each answer."""

    def take(self, key: str, answer: Cells) -> None:
        super().take(key, answer)
        self.answers.pop(key, None)
        self.answers[key] = answer
        self.is_answered()

    @abstractmethod
    def in_words(self, key: str, answer: Cells) -> str:
        """An answer as a person reads it."""

    def add_rows(self, rows: NewRows) -> None:
        """Somebody or an organisation that is written with the row."""


class WaitingAnswers(WaitingLines):
    """The answers of one form; `command` goes on with it, and of its forms with that of this `name`. Of a row
    that is there, with the cells `old`, only what is another waits: somebody else may change the rest
    meanwhile."""

    def __init__(
        self,
        form: CellsForm,
        year: Year,
        command: str,
        old: Mapping[str, str],
        name: str = "",
        *,
        told: str = "",
        is_agreed: bool = False,
    ) -> None:
        super().__init__(form.talk, year, "answers", context.me(year.project.root) or "")
        self.form, self.command, self.old = form, told or command, old
        self.about = f"{command} {name}".rstrip()
        self.words, self.day = Words(form.talk.language, year.plan), context.today()
        self.is_left, self.is_taken_up, self.is_agreed = False, False, is_agreed

    def goes_on(self, kept: UnsavedLines, words: Words, day: str) -> bool:
        if not self.is_agreed:
            return super().goes_on(kept, words, day)
        self.talk.tell(INDENT + self.talk.say("answers_taken_up", what=self.describe(kept)))
        return True

    def say_waiting(self, kept: UnsavedLines, words: Words, day: str) -> str:
        return self.talk.say("answers_wait", day=day, what=self.describe(kept))

    def describe(self, kept: UnsavedLines) -> str:
        """The first answers, in words; where all of them are empty, what they are answers to."""
        [line] = kept.lines
        said = (*(self.form.in_words(key, answer) for key, answer in line.answers), line.text)
        told = [*filter(None, said)] or [self.command]
        return shorten(join_labels(told, MOST_SHOWN, " …", " · "), WIDTH)

    def go_on(self) -> None:
        """Take up the answers that wait from before, if somebody wants them."""
        kept = self.take_up(self.words, self.day, self.own)
        self.is_taken_up = bool(kept.lines)
        self.form.add_rows(kept.new_rows)
        for line in kept.lines:
            answers = [*line.answers]
            if line.text and answers:
                self.form.begun[answers.pop()[0]] = line.text
            for key, answer in answers:
                self.form.take(key, answer)
            known = {*self.form.order()} - {*self.form.begun}
            self.form.done = [key for key in self.form.done if key in known]
        self.form.is_answered = self.keep_now

    def own(self, found: UnsavedLines) -> UnsavedLines:
        """The answers that this command left, the later of two, with the newcomers that they name."""
        lines = [one for one in found.lines if one.about == self.about][-1:]
        cells = [text for one in lines for _, answer in one.answers for text in answer.values()]
        named = {part for text in cells for part in text.split("; ")}
        rows = [one for one in found.new_rows if named & {one[1].get("id"), one[1].get("code")}]
        return UnsavedLines(lines, new_rows=rows)

    def now(self, key: str = "", text: str = "") -> UnsavedLines:
        """All that was answered; `text` stands on the line of the question `key`."""
        given = ((one, cells) for one, cells in self.form.answers.items() if not self.is_as_before(cells))
        answers = (*given, *([(key, Cells())] if text else ()))
        line = UnsavedLine(text, self.day, about=self.about, answers=answers)
        return UnsavedLines([line] if answers else [], new_rows=[*self.form.new_rows])

    def is_as_before(self, answer: Cells) -> bool:
        return bool(self.old) and all(self.old.get(name, "") == text for name, text in answer.items())

    def keep_now(self) -> None:
        self.keep(self.now())

    def stay(self, left: Left | None = None) -> Mistake:
        """What is said where they go on waiting; of somebody who left also what stood on the line is kept."""
        self.is_left = True
        key, inquiry = self.form.asked or ("", None)
        is_own = left is not None and left.inquiry is inquiry
        now = self.now(key, left.typed if left and is_own else "")
        return self.say_what_waits(now, self.command) if now.lines else self.talk.what_was_written()


@contextmanager
def waiting_answers(
    form: CellsForm,
    year: Year,
    command: str,
    old: Mapping[str, str] = MappingProxyType({}),
    name: str = "",
    *,
    told: str = "",
    is_agreed: bool = False,
) -> Iterator[WaitingAnswers]:
    """Go on with the answers that wait; `is_agreed`: without asking. `told` is how the command is said. Where
    this ends with a mistake, or they are to `stay`, they wait; else they go. Raises Left, which says so, also
    of answers that it has from others."""
    waiting = WaitingAnswers(form, year, command, old, name, told=told, is_agreed=is_agreed)
    try:
        waiting.go_on()
        yield waiting
    except Left as left:
        said = waiting.stay(left)
        raise (Left(said) if waiting.kept.lines else left) from None
    if not waiting.is_left:
        waiting.drop(UnsavedLines())
