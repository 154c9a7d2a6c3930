"""What is answered in one import waits on the disk until the import ends, single answers too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import Talk
from prt.files.project import Year
from prt.files.unsaved_lines import UnsavedLines
from prt.files.workbook.cell_text import without_unseen
from prt.problems import Mistake
from prt.tasks.entry.prompts import Cells
from prt.tasks.entry.waiting_answers import CellsForm, WaitingAnswers, waiting_answers
from prt.text import quote_word

ANSWER = "answer"


class Drafts(ExitStack):
    """The answers of one import, form by form. Whether one goes on with those that wait is asked once."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = dict[tuple[str, str], WaitingAnswers]()
        self.paths: Sequence[str] = ()
        """The files as they were named, which the commands have that are told."""

    def wait(self, form: CellsForm, year: Year, command: str, name: str) -> WaitingAnswers:
        """Take up the answers to the form of this name that wait; those of now wait until the import ends. A
        form that is asked anew begins anew."""
        if earlier := self.waiting.pop((command, name), None):
            earlier.form.answers.clear()
            earlier.drop(UnsavedLines())
        is_agreed = any(one.is_taken_up for one in self.waiting.values())
        told = self.told_command(command)
        entered = waiting_answers(form, year, command, name=name, told=told, is_agreed=is_agreed)
        return self.waiting.setdefault((command, name), self.enter_context(entered))

    def told_command(self, command: str) -> str:
        """The command that goes on with the import, to be pasted: with the folders of its files. By the other
        one, which has their names alone, the answers are found from any folder."""
        option, session = " --session ", ""
        if len(self.paths) == 1 and option in command:
            session = f"{option}{command.rpartition(option)[2]}"
        return f"{command_of(*map(without_unseen, self.paths))}{session}" if self.paths else command

    def ask(
        self, talk: Talk, year: Year, command: str, name: str, inquiry: Inquiry[str], said: Mapping[str, str]
    ) -> str | None:
        """The answer to one question, such as which log; None for `<`. `said` is what a person reads of each
        answer that there may be."""
        form = OneAnswer(talk, inquiry, said)
        self.wait(form, year, command, name)
        return form.said if form.fill() else None

    def stay(self) -> Mistake | None:
        """What is said where all of them go on waiting; None where nothing was asked."""
        told = [one.stay() for one in self.waiting.values()]
        return next((one for one in told if one.code.startswith("lines_")), told[0] if told else None)


def command_of(*files: str) -> str:
    """The command that imports these files."""
    return " ".join(["prt import", *map(quote_word, files)])


class OneAnswer(CellsForm):
    """One question of an import. An answer of before that is none any more is asked for."""

    def __init__(self, talk: Talk, question: Inquiry[str], known: Mapping[str, str]) -> None:
        super().__init__(talk)
        self.question, self.known, self.said = question, known, ""

    def order(self) -> Sequence[str]:
        return [ANSWER]

    def inquiry(self, key: str) -> Inquiry[Cells]:
        return self.question.made_into(lambda answer: {ANSWER: answer})

    def take(self, key: str, answer: Cells) -> None:
        if not self.known or answer.get(ANSWER) in self.known:
            super().take(key, answer)

    def keep(self, key: str, answer: Cells) -> None:
        self.said = answer[ANSWER]

    def in_words(self, key: str, answer: Cells) -> str:
        text = answer.get(ANSWER, "")
        return self.known.get(text, text)
