"""How a form is read that nobody knows: which question says positive, and which of its answers do."""

from __future__ import annotations

from collections.abc import Sequence

from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Choice, Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.files.project import Year
from prt.imports.export import Export
from prt.imports.plain.digests import digest_text
from prt.imports.proposing.feedback import asks_comment, find_question_asked, number_questions
from prt.imports.proposing.proposal import FormAnswers, UnsettledForm
from prt.imports.reading.scales import LabelReading, UnknownLabels, label_key, parse_highest
from prt.problems import Mistake
from prt.tasks.entry.prompts import Cells
from prt.tasks.entry.waiting_answers import CellsForm
from prt.tasks.imports.asking.drafts import Drafts
from prt.values import replace

NO_OPINION: Choice[LabelReading] = Choice("none", ["none", "no opinion", "aucune", "sans opinion"])


def ask_form(
    unsettled: UnsettledForm, answered: FormAnswers, year: Year, command: str, drafts: Drafts
) -> FormAnswers:
    """The answers with one more; `<` goes back to the question that was chosen. A script gets the mistake.
    What is answered waits among the `drafts` of the command."""
    mistake, question, digest = unsettled.mistake, unsettled.question, unsettled.file.digest
    if not terminal.is_at_terminal():
        raise unsettled
    talk = terminal.open_talk()
    if mistake.code == "which_question":
        asked = question_inquiry(talk, unsettled.file.export, mistake)
        known = {one: one for one in unsettled.file.export.questions}
        while (found := drafts.ask(talk, year, command, f"question {digest}", asked, known)) is None:
            talk.tell(INDENT + talk.say("first"))
        return replace(answered, questions={**answered.questions, digest: found})
    if mistake.code == "scale_of_5_or_10":
        asked = Inquiry(talk.say("highest_number"), read_highest, hint="5 / 10")
        highest = drafts.ask(talk, year, command, f"highest {digest_text(question)}", asked, {})
        if highest is not None:
            return replace(answered, highest={**answered.highest, question: highest})
    elif isinstance(mistake, UnknownLabels):
        form = LabelForm(talk, mistake.labels)
        talk.tell(talk.say("labels_of", question=question))
        drafts.wait(form, year, command, f"labels {digest_text(question)}")
        if form.fill():
            labels = {**answered.labels.get(question, {}), **form.said}
            return replace(answered, labels={**answered.labels, question: labels})
    else:
        raise unsettled
    if not answered.questions.get(digest):
        talk.tell(INDENT + talk.say("first"))
    return replace(answered, questions={**answered.questions, digest: ""})


def question_inquiry(talk: Talk, export: Export, mistake: Mistake) -> Inquiry[str]:
    def read_question(text: str) -> str:
        found = find_question_asked(export.questions, text) if text else ""
        if not found:
            raise mistake
        if asks_comment(export, found):
            raise Mistake("asks_for_comments", question=found)
        return found

    return Inquiry(
        talk.say("positive_question"),
        read_question,
        above=number_questions(export.questions).split("\n"),
        words=export.questions,
    )


def read_highest(text: str) -> str:
    if parse_highest(text) is None:
        raise Mistake("not_a_scale", text=text)
    return text


class LabelForm(CellsForm):
    """Each label by itself: positive, not positive, or no answer."""

    def __init__(self, talk: Talk, labels: Sequence[str]) -> None:
        super().__init__(talk)
        self.labels, self.said = labels, dict[str, LabelReading]()

    def order(self) -> Sequence[str]:
        return self.labels

    def inquiry(self, key: str) -> Inquiry[Cells]:
        prompt = self.talk.say("label_positive", label=key)
        asked = self.talk.yes_or_no(prompt, None, [NO_OPINION], self.talk.say("no_opinion"))
        return Inquiry(
            prompt,
            lambda text: {"reading": reading_of(asked.read(text))},
            bracket=asked.bracket,
            words=asked.words,
            explain=asked.explain,
        )

    def keep(self, key: str, answer: Cells) -> None:
        self.said[label_key(key)] = READINGS[answer["reading"]]

    def in_words(self, key: str, answer: Cells) -> str:
        letters = {"yes": self.talk.say("yes"), "no": self.talk.say("no")}
        return self.talk.say("labelled", name=key, text=letters.get(answer.get("reading", ""), "–"))


READINGS: dict[str, LabelReading] = {"yes": "yes", "no": "no", "none": "none"}


def reading_of(answer: bool | LabelReading) -> LabelReading:
    return answer if isinstance(answer, str) else "yes" if answer else "no"
