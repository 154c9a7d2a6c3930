"""What is asked of a new indicator: by a dialogue, by options, or by some of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from prt.console.dialogue.inquiry import Inquiry
from prt.console.dialogue.talk import INDENT, Talk
from prt.files.plan.plan_addition import PlanPlace
from prt.files.project import Year
from prt.problems import Mistake
from prt.tasks.entry.prompts import Cells
from prt.tasks.entry.waiting_answers import CellsForm
from prt.tasks.plan.interview import Interview, PlanQuestion, Unanswered
from prt.tasks.plan.line_questions import LineAnswers, ask_id, ask_label, ask_line, ask_quoted
from prt.tasks.plan.measure_questions import MeasureInterview, measure_of
from prt.tasks.plan.target_questions import AIM, ask_target, superfluous_aims
from prt.values import dataclass

WIDE = 72


@dataclass(frozen=True)
class NewIndicator:
    """What the plan is to say, and where."""

    place: PlanPlace
    item: dict[str, Any]


class IndicatorDraft:
    """The parts of an indicator, as far as they are answered."""

    def __init__(self, interview: Interview) -> None:
        self.interview = interview
        self.line: LineAnswers | None = None
        self.label: dict[str, str] = {}
        self.says: dict[str, Any] = {}
        self.measure: dict[str, Any] = {}
        self.target: dict[str, Any] | None = None
        self.id = ""

    def ask_all(self) -> None:
        """Every part, one after the other. Raises Unanswered; a script is told all that is wrong instead."""
        for ask in (
            self.ask_line,
            self.ask_texts,
            self.ask_says,
            self.ask_measure,
            self.ask_target,
            self.ask_id,
        ):
            if self.interview.script:
                with suppress(Unanswered):
                    ask()
            else:
                ask()

    def ask_line(self) -> None:
        self.line = ask_line(self.interview)

    def ask_texts(self) -> None:
        self.label = ask_label(self.interview)

    def ask_says(self) -> None:
        self.says = ask_quoted(self.interview, "says")

    def ask_measure(self) -> None:
        self.measure = MeasureInterview(self.interview, self.line).ask()

    def ask_target(self) -> None:
        self.target = ask_target(self.interview, measure_of(self.measure))

    def ask_id(self) -> None:
        self.id = ask_id(self.interview, self.line, self.label)

    def made(self) -> NewIndicator:
        """The item as the file is to have it: an indicator, or a new line with it."""
        assert self.line
        indicator = {"id": self.id, "label": self.label, **self.says, "measure": self.measure}
        indicator |= {"target": self.target} if self.target else {}
        line = self.line.line
        return NewIndicator(self.line.place, line | {"indicators": [indicator]} if line else indicator)


def read_options(interview: Interview) -> NewIndicator | None:
    """What options say, where they say all that is needed; every mistake of theirs is in the interview."""
    draft = IndicatorDraft(interview)
    draft.ask_all()
    if not interview.mistakes and not interview.missing:
        unused = [key for key, text in interview.given.items() if text and key not in interview.questions]
        interview.mistakes += [(key, Mistake("option_without_place")) for key in unused]
    interview.mistakes += [
        (AIM + one, Mistake("one_target_alone")) for one in superfluous_aims(interview)[:1]
    ]
    return draft.made() if not interview.mistakes and not interview.missing else None


class AdditionForm(CellsForm):
    """The questions that are still open, one after the other; `given` are texts of options."""

    def __init__(
        self, talk: Talk, year: Year, given: Mapping[str, str], *, today: dt.date, anyway: bool = False
    ) -> None:
        super().__init__(talk)
        self.year, self.given, self.today, self.anyway = year, dict(given), today, anyway
        self.cells = Cells()
        self.told = Cells()
        """Answers that waited, as far as they were told in words."""

    def draft(self) -> tuple[IndicatorDraft, bool]:
        """The indicator as far as it is answered, and whether it is whole."""
        return self.draft_of({key: text for key, text in self.cells.items() if key in self.done})

    def draft_of(self, answers: Cells) -> tuple[IndicatorDraft, bool]:
        interview = Interview(
            self.year, self.talk.language, self.today, answers, self.given, anyway=self.anyway
        )
        draft = IndicatorDraft(interview)
        try:
            draft.ask_all()
        except Unanswered:
            return draft, False
        return draft, True

    def questions(self) -> dict[str, PlanQuestion]:
        found = self.draft()[0].interview.questions
        return {key: one for key, one in found.items() if key not in self.given}

    def order(self) -> list[str]:
        return list(self.questions())

    def inquiry(self, key: str) -> Inquiry[Cells]:
        question = self.questions()[key]
        kept = self.cells.get(key)
        before = question.spell(kept) if kept else ""

        def read(text: str) -> Cells:
            if before and text == before:
                return {key: kept or ""}
            return {key: question.read(text)}

        shown = before or question.bracket
        return Inquiry(
            question.prompt,
            read,
            enter=before or question.enter,
            bracket=shown,
            hint=question.hint if not shown or question.bracket else "",
            above=[*question.lines, *self.in_lines(question.beside)],
            words=question.words,
            explain=lambda: self.explain(question),
            text=before,
        )

    def explain(self, question: PlanQuestion) -> list[str]:
        told = [f"{INDENT}{line}" for line in question.about.splitlines()]
        return [*told, *question.lines, *self.in_lines(question.more or question.beside)]

    def in_lines(self, texts: Sequence[str]) -> list[str]:
        """Choices on as few lines as hold them; on plain lines each on its own."""
        if self.talk.plain:
            return [f"    {text}" for text in texts]
        return [f"    {line}" for line in wrapped(texts)]

    def keep(self, key: str, answer: Cells) -> None:
        self.cells |= answer

    def spellings(self, key: str) -> list[str]:
        question = self.questions().get(key)
        return [key, question.prompt] if question else [key]

    def in_words(self, key: str, answer: Cells) -> str:
        """An answer as its question spells it, which depends on those that were told before it."""
        self.told |= answer
        question = self.draft_of(self.told)[0].interview.questions.get(key)
        text = answer.get(key, "")
        return question.spell(text) if question and text else text


def wrapped(texts: Sequence[str]) -> list[str]:
    """Words beside one another, on lines that fit."""
    lines = [""]
    for text in texts:
        piece = f"{lines[-1]} / {text}" if lines[-1] else text
        if len(piece) > WIDE and lines[-1]:
            lines.append(text)
        else:
            lines[-1] = piece
    return [line for line in lines if line]
