"""Feedback forms: the one question that says positive, and which of its answers do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from prt.imports.export import Answer, Export
from prt.imports.scales import Scale, scale_of
from prt.model.rows import Row
from prt.model.text import folded
from prt.problems import Mistake

OVERALL = (
    "overall", "in general", "all in all", "as a whole", "dans l'ensemble", "globalement", "en general",
    "de facon generale", "de maniere generale", "general satisfaction", "satisfaction generale",
    "satisfaction globale", "appreciation generale", "appreciation globale", "niveau de satisfaction",
    "level of satisfaction",
)  # fmt: skip
PERHAPS = (
    "satisf", "appreci", "would you rate", "rate this", "rate the", "evalue", "recommend", "recommander",
)  # fmt: skip
COMMENTS = re.compile(
    r"comment|suggest|remark|remarque|feedback|improve|amelior|other|autre|anything|precis|explain|expliqu"
)
HIGHEST = re.compile(r"(?:/|sur|out of|de 0 a|de 1 a|0 to|1 to|[01] ?[-–]) ?(10|5)\b")
SAME_NUMBERS = 3
"""As many answers that differ from those of the same number tell that it is another form, if most do."""


@dataclass(frozen=True)
class Question:
    """The question chosen, and how it was known."""

    text: str
    how: str


@dataclass(frozen=True)
class Feedback:
    """What the answers come to: cells of rows to add, changes by row, how many are there already."""

    question: Question
    scale: Scale
    labels: Mapping[str, int]
    added: tuple[Mapping[str, str], ...] = ()
    changes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    same: int = 0
    comments: tuple[Mapping[str, str], ...] = ()

    @property
    def answered(self) -> int:
        return sum(self.labels.values())

    @property
    def positive(self) -> int:
        return sum(number for label, number in self.labels.items() if self.scale.is_positive(label))


def question_of(export: Export, asked: str, earlier: Sequence[str]) -> Question:
    """The question: that of `--question` (its number, or words of it), one chosen before, or the one that
    asks about the whole. Raises Mistake, which lists them."""
    if asked:
        return Question(asked_for(export.questions, asked), "as asked for")
    known = {folded(one): one for one in export.questions}
    if found := next((known[folded(one)] for one in earlier if folded(one) in known), ""):
        return Question(found, "as the last time")
    for words in (OVERALL, PERHAPS):
        likely = [one for one in export.questions if any(word in plain(one) for word in words)]
        if len(likely) > 1:
            likely = [one for one in likely if scale(export, one, "").knows_all]
        if len(likely) == 1:
            return Question(likely[0], "by its words")
    raise Mistake(
        "which question says whether the feedback is positive?", f"--question N:\n{listed(export.questions)}"
    )


def plain(question: str) -> str:
    return folded(question).replace("’", "'")


def asked_for(questions: Sequence[str], asked: str) -> str:
    """The question of a number, or the only one that has these words."""
    if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= len(questions):
        return questions[int(asked) - 1]
    found = [one for one in questions if plain(one) == plain(asked)]
    found = found or [one for one in questions if plain(asked) in plain(one)]
    if len(found) == 1:
        return found[0]
    what = f'"{asked}" is in {len(found)} questions' if found else f'no question has "{asked}"'
    raise Mistake(what, f"Write its number:\n{listed(questions)}")


def listed(questions: Sequence[str]) -> str:
    return "\n".join(f"  {number:>2}  {question}" for number, question in enumerate(questions, 1))


def scale(export: Export, question: str, positive: str) -> Scale:
    """How the answers to a question are read; `positive` are labels that somebody named."""
    labels = [label for one in export.answers if (label := label_of(one, question))]
    highest = HIGHEST.search(plain(question))
    return scale_of(labels, positive, Fraction(highest[1]) if highest else None)


def label_of(answer: Answer, question: str) -> str:
    return " ".join(answer.answers.get(question, "").split())


def feedback(
    export: Export,
    question: Question,
    positive: str,
    rows: Iterable[Row],
    form: str,
    *,
    comments: bool = False,
) -> Feedback:
    """The rows that the answers make. `rows` are those of the session, `form` begins the response numbers
    of another form of it. Raises Mistake for an answer that is neither positive nor not."""
    found = scale(export, question.text, positive)
    found.refuse_unknown()
    known = {row["response"]: row for row in rows}
    answers = {f"{form}{one.response}": one for one in export.answers}
    wanted = {number: cells(label_of(one, question.text), found) for number, one in answers.items()}
    added = [{"response": number, **new} for number, new in wanted.items() if number not in known]
    changes = {
        known[number].id: different
        for number, new in wanted.items()
        if number in known and (different := differing(known[number], new))
    }
    refuse_other_form(len(changes), len(wanted) - len(added))
    return Feedback(
        question,
        found,
        Counter(label for one in answers.values() if (label := label_of(one, question.text))),
        tuple(added),
        changes,
        len(wanted) - len(added) - len(changes),
        tuple(comments_of(added, answers, question.text)) if comments else (),
    )


def cells(label: str, found: Scale) -> dict[str, str]:
    """The answer, and whether it is positive; both empty where the question was not answered."""
    if not label:
        return {}
    return {"answer": label, "positive": "yes" if found.is_positive(label) else "no"}


def differing(row: Row, new: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row that the form has otherwise by now; an answer taken away empties them."""
    old = {"answer": row["answer"] or "", "positive": {True: "yes", False: "no"}.get(row["positive"], "")}
    return {name: new.get(name, "") for name in old if new.get(name, "") != old[name]}


def refuse_other_form(changed: int, known: int) -> None:
    if changed >= SAME_NUMBERS and 2 * changed > known:
        what = f"{changed} of {known} responses have the number of one that says something else"
        remedy = "Is this another form of the same session? Give it a name: --form day-2. Or --session ID."
        raise Mistake(what, remedy)


def comments_of(
    added: Iterable[Mapping[str, str]], answers: Mapping[str, Answer], question: str
) -> Iterable[dict[str, str]]:
    """The answers to questions that ask for a comment, of the rows that are added."""
    for row in added:
        for asked, text in answers[row["response"]].answers.items():
            if text and asked != question and COMMENTS.search(plain(asked)):
                yield {"response": row["response"], "question": asked, "comment": text}


def form_of(question: str, earlier: Sequence[str]) -> str:
    """What the response numbers begin with: nothing for the first form of a session, `2-` for the second."""
    forms = list(dict.fromkeys([*map(folded, earlier), folded(question)]))
    number = forms.index(folded(question)) + 1
    return "" if number == 1 else f"{number}-"
