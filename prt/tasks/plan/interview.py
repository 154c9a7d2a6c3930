"""Questions of which each may depend on every answer before it: they are asked, or answered by options."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from prt.console.dialogue.inquiry import Choice, NoChoice, name_choice, pick_by_word, refuse_empty
from prt.files.project import Year
from prt.files.yaml.events import STRANGE, code_point
from prt.model.plan import Plan
from prt.model.text import LANGUAGES, Language
from prt.output.words import Words
from prt.problems import Mistake
from prt.tasks.entry.log_rows import personal_mistakes
from prt.text import collapse_spaces, join_labels
from prt.values import dataclass, field

LONGEST_TEXT = 2000
MOST_NAMED = 20
"""So many choices are named to whoever wrote another one in an option."""


class Unanswered(Exception):
    """Raised where the questions that follow depend on an answer that there is not yet."""


@dataclass(frozen=True)
class PlanQuestion:
    """One question. `read` makes of a text the answer that is kept, "" for none, and raises Mistake."""

    key: str
    prompt: str
    read: Callable[[str], str]
    enter: str = ""
    """What Enter takes; `left_out` is what a script means that says nothing, where it is something else."""
    left_out: str | None = None
    bracket: str = ""
    """How what Enter takes is shown."""
    lines: Sequence[str] = ()
    """The choices, each on a line, which stand above the question."""
    beside: Sequence[str] = ()
    """Choices that stand beside one another; `more` are those that `?` has in their place."""
    more: Sequence[str] = ()
    words: Sequence[str] = ()
    codes: Sequence[str] = ()
    """What an option may say."""
    about: str = ""
    hint: str = ""
    spell: Callable[[str], str] = str
    """An answer that is kept, as somebody would type it."""


@dataclass
class Interview:
    """The answers so far, by the keys of their questions; `given` are texts of options. A `script` takes what
    Enter would for what is not given."""

    year: Year
    language: Language
    today: dt.date
    answers: Mapping[str, str]
    given: Mapping[str, str] = field(default_factory=dict)
    script: bool = False
    anyway: bool = False
    questions: dict[str, PlanQuestion] = field(default_factory=dict)
    """Those that were put, in their order."""
    mistakes: list[tuple[str, Mistake]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        return self.year.plan

    @cached_property
    def both(self) -> list[Words]:
        """The words of the person's language, then those of the other."""
        ordered = sorted(LANGUAGES, key=lambda one: one != self.language)
        return [Words(one, self.plan, self.year.data.organisations) for one in ordered]

    @property
    def words(self) -> Words:
        return self.both[0]

    def say(self, word: str, **parts: str) -> str:
        return self.words(f"adding.{word}", **parts)

    def ask(self, question: PlanQuestion) -> str:
        """The answer. Raises Unanswered, after the mistake of an option was noted."""
        self.questions[question.key] = question
        if question.key in self.given:
            return self.read_option(question)
        if question.key in self.answers:
            return self.answers[question.key]
        if not self.script:
            raise Unanswered
        try:
            return question.read(question.enter if question.left_out is None else question.left_out)
        except Mistake:
            self.missing.append(question.key)
            raise Unanswered from None

    def read_option(self, question: PlanQuestion) -> str:
        try:
            return question.read(self.given[question.key])
        except NoChoice as mistake:
            known = join_labels(question.codes or question.words, MOST_NAMED)
            self.mistakes.append(
                (question.key, Mistake("not_among", text=mistake.values["text"], choices=known))
            )
            raise Unanswered from None
        except Mistake as mistake:
            self.mistakes.append((question.key, mistake))
            raise Unanswered from None

    def choose(
        self, key: str, prompt: str, choices: Sequence[Choice[str]], *, numbered: bool = False, **more: str
    ) -> str:
        """One of several, each on a line of its own."""
        numbers = [f"{at:>3}  " if numbered else "    " for at in range(1, len(choices) + 1)]
        labels = [number + name_choice(one) for number, one in zip(numbers, choices, strict=True)]
        spelt = {one.value: one.spellings[0] for one in choices}
        named = [Choice(one.value, one.spellings, collapse_spaces(one.label)) for one in choices]

        def read(text: str) -> str:
            if not text:
                refuse_empty("-" if "" in spelt else "")
                return ""
            return pick_by_word(text, named, numbered=numbered)

        return self.ask(
            PlanQuestion(
                key,
                prompt,
                read,
                lines=[label for label in labels if label.strip()],
                words=[word for one in choices for word in one.spellings],
                codes=[*filter(None, spelt)],
                spell=lambda value: spelt.get(value, value),
                **more,
            )
        )

    def ask_text(
        self, key: str, prompt: str, *, needed: bool = False, about: str = "", hint: str = ""
    ) -> str:
        """A text that the plan keeps: one line, without what nobody sees, and without names of people."""

        def read(text: str) -> str:
            if needed:
                refuse_empty(text)
            self.refuse_text(key, text)
            return text

        return self.ask(PlanQuestion(key, prompt, read, about=about, hint=hint))

    def refuse_text(self, key: str, text: str) -> None:
        """Raise the mistake of a text that the plan cannot hold, or that should not stand there."""
        if found := STRANGE.search(text):
            raise Mistake("invisible_in_yaml", number=code_point(found))
        if len(text) > LONGEST_TEXT:
            raise Mistake("text_too_long", most=f"{LONGEST_TEXT:,}")
        for _, mistake in () if self.anyway else personal_mistakes({key: text}, self.year.project):
            raise mistake


def word_choices(
    interview: Interview, topic: str, codes: Iterable[str], fallback: Mapping[str, str]
) -> list[Choice[str]]:
    """Codes with what each is called in both languages, by `adding.TOPIC.CODE`; else by the fallback."""
    found = []
    for code in codes:
        key = f"adding.{topic}.{code}"
        said = [words(key) for words in interview.both if key in words] or [fallback.get(code, code)]
        found.append(Choice(code, [said[0], *said[1:], code], said[0]))
    return found
