"""Feedback forms: the one question that says positive, and which of its answers do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from prt.files.yaml.words import say_phrase
from prt.imports.export import Answer, Export
from prt.imports.plain.heading_words import say_column
from prt.imports.reading.labels import NO_ANSWER_LABELS, Polarity, find_polarity
from prt.imports.reading.scales import Scale, ScaleHints, is_number_label, label_key, make_scale
from prt.imports.reading.table import asks_role_or_board
from prt.model.rows import Row
from prt.problems import Mistake
from prt.text import compile_later, fold_letters, fold_text
from prt.values import dataclass, field

OVERALL_WORDS = (
    "overall", "in general", "all in all", "as a whole", "dans l'ensemble", "globalement", "en general",
    "de facon generale", "de maniere generale", "general satisfaction", "satisfaction generale",
    "satisfaction globale", "appreciation generale", "appreciation globale", "niveau de satisfaction",
    "level of satisfaction",
)  # fmt: skip
RATING_WORDS = (
    "satisf", "appreci", "would you rate", "rate this", "rate the", "evalue", "recommend", "recommander",
)  # fmt: skip
USEFUL_WORDS = ("utile", "useful", "helpful", "trouve", "find the", "find this", "did you like", "aime")
FRENCH_WORDS = frozenset({
    "vous", "la", "le", "les", "l", "de", "des", "du", "d", "dans", "ensemble", "etes", "est", "avez",
    "cette", "cet", "ce", "une", "un", "quel", "quelle", "comment", "votre", "a", "niveau", "generale",
    "globale", "satisfait", "satisfaite", "recommanderiez", "utile", "par", "pour", "avec",
})  # fmt: skip
ENGLISH_WORDS = frozenset({
    "you", "the", "how", "were", "was", "overall", "this", "did", "are", "your", "what", "of", "with",
    "would", "is", "in", "do", "satisfied", "useful", "level", "general", "rate", "session", "workshop",
    "for", "and",
})  # fmt: skip
COMMENT_WORDS = compile_later(
    r"comment(?! (?:avez|ont|etes|est|a |evalu|appreci))|suggest|remark|remarque|feedback|improve|amelior|"
    r"other|autre|anything|precis|explain|expliqu"
)
HIGHEST_NUMBER = compile_later(
    r"(?:(?<![0-9])/ ?|\bsur |\bout of |\bechelle de |(?<![0-9])[01] ?(?:a|to|[-–]) ?)(10|[3-9])(?![0-9/])"
)
SENTENCE_WORDS = 6
"""Words from which an answer is a sentence."""
MOST_REVISED = 3
"""As many answers that differ from those of the same number tell that it is another form, if most do."""


@dataclass(frozen=True)
class ChosenQuestion:
    """The question that says whether an answer is positive, and how it was chosen; `twin` is the same one in
    the other language, answered by the others."""

    text: str
    how: str
    twin: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.text, self.twin) if self.twin else (self.text,)


@dataclass(frozen=True)
class FeedbackProposal:
    """What the answers of one form would write: rows to add, changes by row, how many stay the same."""

    question: ChosenQuestion
    scale: Scale
    labels: Mapping[str, int]
    added: tuple[Mapping[str, str], ...] = ()
    changes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    same: int = 0
    comments: tuple[Mapping[str, str], ...] = ()
    highest: str = ""

    @property
    def no_opinion(self) -> list[str]:
        """Labels that are no answer."""
        return [label for label in self.scale.labels if self.scale.reading(label) == "none"]

    @property
    def answered(self) -> int:
        return sum(self.labels.values())

    @property
    def positive(self) -> int:
        return sum(number for label, number in self.labels.items() if self.scale.is_positive(label))

    @property
    def remembered(self) -> dict[str, str]:
        """Cells of imports.csv for the next form with this question."""
        return {"question": self.question.text, "scale": self.highest, **self.scale.remembered_cells()}


def choose_question(export: Export, asked: str, earlier: Sequence[str]) -> ChosenQuestion:
    """The question: that of `--question` (its number, or words of it), one chosen before, or the one that
    asks about the whole. Raises Mistake, which lists them."""
    if asked:
        found = find_question_asked(export.questions, asked)
        return ChosenQuestion(found, say_phrase("q_asked"), find_twin(export, found))
    known = {fold_text(one): one for one in export.questions}
    if found := next((known[fold_text(one)] for one in earlier if fold_text(one) in known), ""):
        return ChosenQuestion(found, say_phrase("q_last"), find_twin(export, found))
    if found := find_by_words(export):
        return ChosenQuestion(found, say_phrase("q_words"), find_twin(export, found))
    scaled = [one for one in export.questions if has_scale(export, one)]
    if len(scaled) == 1:
        return ChosenQuestion(scaled[0], say_phrase("q_scale"))
    raise Mistake("which_question", questions=number_questions(export.questions))


def find_by_words(export: Export) -> str:
    """The only question that asks about the session as a whole, or how it was liked; else empty."""
    questions = [one for one in export.questions if not asks_comment(export, one)]
    for words in (OVERALL_WORDS, RATING_WORDS, USEFUL_WORDS):
        likely = [one for one in questions if any(word in fold_question(one) for word in words)]
        if len(likely) > 1:
            likely = [one for one in likely if question_scale(export, one).knows_all]
        if len(likely) == 2 and find_twin(export, likely[0]) == likely[1]:
            return likely[0]
        if likely:
            return likely[0] if len(likely) == 1 else ""
    return ""


def find_twin(export: Export, question: str) -> str:
    """The only question of the same kind in the other language that nobody answered who answered this one, as
    forms have that are asked in two languages; else empty."""
    kind, language = question_kind(question), question_language(question)
    if not kind or not language:
        return ""
    mine = answered_by(export, question)
    found = [
        one
        for one in export.questions
        if question_kind(one) == kind
        and question_language(one) not in ("", language)
        and question_scale(export, one).knows_all
        and (theirs := answered_by(export, one))
        and not mine & theirs
    ]
    return found[0] if len(found) == 1 else ""


def answered_by(export: Export, question: str) -> set[str]:
    """The numbers of the responses that have an answer to it."""
    labels = ((one.response, answer_label(one, question)) for one in export.answers)
    return {number for number, label in labels if label_key(label) not in NO_ANSWER_LABELS}


def question_kind(question: str) -> int:
    """Which of the kinds of words it asks with: of the whole, of how it was liked, of its use; 0 of none."""
    text = fold_question(question)
    kinds = enumerate((OVERALL_WORDS, RATING_WORDS, USEFUL_WORDS), start=1)
    return next((number for number, words in kinds if any(word in text for word in words)), 0)


def question_language(question: str) -> str:
    words = set(re.findall(r"[a-z]+", fold_question(question)))
    french, english = len(words & FRENCH_WORDS), len(words & ENGLISH_WORDS)
    return "" if french == english else "fr" if french > english else "en"


def has_scale(export: Export, question: str) -> bool:
    """Are all answers degrees of a known scale? Yes, no and numbers may be answers to anything."""
    found = question_scale(export, question)
    only_yes_or_no = {fold_text(label) for label in found.labels} <= {"yes", "no", "oui", "non"}
    numbers = any(map(is_number_label, found.labels)) and not HIGHEST_NUMBER.search(fold_letters(question))
    return found.knows_all and not only_yes_or_no and not numbers and not asks_role_or_board(question)


def asks_comment(export: Export, question: str) -> bool:
    """Are the answers texts that people wrote themselves?"""
    found = question_scale(export, question)
    total, unread = sum(found.counts.values()), found.unknown
    sentences = [label for label in unread if len(label.split()) >= SENTENCE_WORDS]
    asks = bool(COMMENT_WORDS.search(fold_question(question))) or 2 * len(sentences) > len(unread)
    return asks and 2 * sum(found.counts[label] for label in unread) > total


def fold_question(question: str) -> str:
    return fold_text(question).replace("’", "'")


def find_question_asked(questions: Sequence[str], asked: str) -> str:
    """The question with this number, or the only one with these words."""
    if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= len(questions):
        return questions[int(asked) - 1]
    found = [one for one in questions if fold_question(one) == fold_question(asked)]
    found = found or [one for one in questions if fold_question(asked) in fold_question(one)]
    if len(found) == 1:
        return found[0]
    numbered = number_questions(questions)
    if found:
        raise Mistake("words_of_several_questions", text=asked, number=len(found), questions=numbered)
    raise Mistake("words_of_no_question", text=asked, questions=numbered)


def number_questions(questions: Sequence[str]) -> str:
    return "\n".join(f"  {number:>2}  {question}" for number, question in enumerate(questions, 1))


def question_scale(export: Export, question: str) -> Scale:
    """How the answers to a question are read, if agreeing with it is praise and nothing was said of them."""
    return chosen_scale(export, ChosenQuestion(question, ""), ScaleHints(), "praise")


def chosen_scale(export: Export, chosen: ChosenQuestion, said: ScaleHints, polarity: Polarity) -> Scale:
    """How the answers to the chosen question are read, in both languages."""
    question = " ".join(chosen.texts)
    labels = [label for one in export.answers if (label := chosen_label(one, chosen))]
    highest = HIGHEST_NUMBER.search(fold_letters(question))
    return make_scale(labels, said, Fraction(highest[1]) if highest else None, polarity)


def answer_label(answer: Answer, question: str) -> str:
    return " ".join(answer.answers.get(question, "").split())


def chosen_label(answer: Answer, question: ChosenQuestion) -> str:
    """What was answered, in whichever language."""
    labels = [answer_label(answer, text) for text in question.texts]
    return next((one for one in labels if label_key(one) not in NO_ANSWER_LABELS), labels[0])


def propose_feedback(
    export: Export,
    question: ChosenQuestion,
    said: ScaleHints,
    rows: Iterable[Row],
    form: str,
    *,
    comments: bool = False,
    again: bool = False,
) -> FeedbackProposal:
    """The rows that the answers make. `rows` are those of the session, `form` begins the response numbers
    of another form of it. `again` is the very file that was imported, to be read otherwise. Raises Mistake
    for an answer that is neither positive nor not.
    """
    if asks_comment(export, question.text):
        questions = number_questions(export.questions)
        raise Mistake("question_without_choices", question=question.text, questions=questions)
    polarities = {find_polarity(text) for text in question.texts}
    polarity = polarities.pop() if len(polarities) == 1 else "unknown"
    found = chosen_scale(export, question, said, polarity)
    found.refuse_unknown()
    known = {row["response"]: row for row in rows}
    answers = {f"{form}{one.response}": one for one in export.answers}
    wanted = {number: answer_cells(chosen_label(one, question), found) for number, one in answers.items()}
    added = [{"response": number, **new} for number, new in wanted.items() if number not in known]
    changes = {
        known[number].id: different
        for number, new in wanted.items()
        if number in known and (different := changed_answer(known[number], new))
    }
    if not again:
        refuse_other_form(changes, [number for number in wanted if number in known])
    return FeedbackProposal(
        question,
        found,
        Counter(new["answer"] for new in wanted.values() if new),
        tuple(added),
        changes,
        len(wanted) - len(added) - len(changes),
        tuple(list_comments(added, answers, export, question)) if comments else (),
        said.highest,
    )


def answer_cells(label: str, found: Scale) -> dict[str, str]:
    """The answer, and whether it is positive; both empty where the question was not answered."""
    if not label or found.reading(label) == "none":
        return {}
    return {"answer": found.stored_label(label), "positive": "yes" if found.is_positive(label) else "no"}


def changed_answer(row: Row, new: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row that differ from the form; an answer that was taken away empties them."""
    old = {"answer": row["answer"] or "", "positive": {True: "yes", False: "no"}.get(row["positive"], "")}
    return {name: new.get(name, "") for name in old if new.get(name, "") != old[name]}


def refuse_other_form(changes: Collection[str], known: Sequence[str]) -> None:
    if len(changes) >= MOST_REVISED and 2 * len(changes) > len(known):
        raise Mistake("responses_of_another_form", first=known[0], last=known[-1])


def list_comments(
    added: Iterable[Mapping[str, str]],
    answers: Mapping[str, Answer],
    export: Export,
    question: ChosenQuestion,
) -> Iterable[dict[str, str]]:
    """The comments of the rows that are added: answers to questions that ask for one."""
    asking = [
        one
        for one in export.questions
        if one not in question.texts
        and (COMMENT_WORDS.search(fold_question(one)) or asks_comment(export, one))
    ]
    for row in added:
        said = answers[row["response"]].answers
        for asked in asking:
            if text := said.get(asked, ""):
                yield {"response": row["response"], "question": asked, "comment": text}


def form_prefix(question: str, earlier: Sequence[str]) -> str:
    """What the response numbers begin with: nothing for the first form of a session, `2-` for the second."""
    forms = list(dict.fromkeys([*map(fold_text, earlier), fold_text(question)]))
    number = forms.index(fold_text(question)) + 1
    return "" if number == 1 else f"{number}-"


def note_typed_numbers(session: Row) -> str:
    """A note for a session whose numbers were typed, for answers move nothing then; else empty."""
    typed = [
        name
        for name in ("respondents", "answered", "positive")
        if session[name] is not None and name not in session.derived
    ]
    if not typed:
        return ""
    options = " ".join(f'--{name} ""' for name in typed)
    columns = say_phrase("and").join(say_column(session.model, name) for name in typed)
    why = say_phrase("form_is_imported")
    return say_phrase("typed_wins", columns=columns, id=session.id, options=options, why=why)
