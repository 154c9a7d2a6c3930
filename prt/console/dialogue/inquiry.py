"""What is asked: the words, what Enter takes, and how an answer is read. Nothing here knows a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Generic, TypeVar

from prt.problems import Mistake
from prt.text import fold_text
from prt.values import dataclass, replace

T = TypeVar("T")
U = TypeVar("U")
YES = ("y", "yes", "o", "oui")
NO = ("n", "no", "non")
"""Understood in both languages, whatever is shown."""
FEWEST_LETTERS = 3
"""Letters that find a word inside what a choice is called."""


@dataclass(frozen=True)
class Back:
    """The answer `<`: the question before; in a list of lines `<4` is the fourth."""

    line: int = 0


BACK = Back()


@dataclass(frozen=True)
class Inquiry(Generic[T]):
    """One question. `read` makes the answer of a text, "" for none, and raises Mistake."""

    prompt: str
    read: Callable[[str], T]
    enter: str = ""
    """What Enter stands for; `bracket` is how that is shown in [ ]."""
    bracket: str = ""
    hint: str = ""
    above: Sequence[str] = ()
    """Lines that stand above the question: the choices."""
    words: Sequence[str] = ()
    """What Tab completes, and what `?tre` lists."""
    explain: Callable[[], Iterable[str]] = tuple
    understood: Callable[[str], str] = lambda text: ""
    """What is shown below the line while somebody types; "" for nothing."""
    text: str = ""
    """What stands on the line at first, to be changed, where there is an editor."""
    takes_lines: bool = False
    """Is `<4` the fourth line? A line is changed where the cursor stands; another answer is typed anew."""

    @property
    def line(self) -> str:
        """The line on which the answer is typed: `Date? [today, Fri 14 Feb] > `."""
        bracket = f"[{self.bracket}]" if self.bracket else ""
        return f"{' '.join(filter(None, (self.prompt, bracket, self.hint)))} > "

    def made_into(self, make: Callable[[T], U]) -> Inquiry[U]:
        """The same question, of whose answer something else is made."""
        asked: Any = self
        made: Inquiry[U] = replace(asked, read=lambda text: make(self.read(text)))
        return made

    def beginning(self, text: str) -> list[str]:
        """The words that begin so, accents and case aside."""
        wanted = fold_text(text)
        return [word for word in dict.fromkeys(self.words) if fold_text(word).startswith(wanted)]


@dataclass(frozen=True)
class Choice(Generic[T]):
    """One of several answers, and every way to write it; `label` is what the screen shows."""

    value: T
    spellings: Sequence[str]
    label: str = ""


def pick_choice(text: str, choices: Sequence[Choice[T]], *, numbered: bool = False) -> T:
    """The choice that a word, its beginning or, in a list made for the moment, its number means."""
    if numbered and text.isascii() and text.isdigit() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1].value
    wanted = fold_text(text)
    exact = [one for one in choices if wanted in map(fold_text, one.spellings)]
    begun = [one for one in choices if begins_choice(wanted, one)]
    found = exact or (begun if wanted else [])
    if len(found) == 1:
        return found[0].value
    if found:
        raise Mistake("several_begin_so", text=text, choices=" / ".join(name_choice(one) for one in found))
    if not text:
        raise NoChoice("answer_needed", wanted=f"{' / '.join(map(name_choice, choices))}.")
    raise NoChoice("none_of_them", text=text)


def begins_choice(wanted: str, choice: Choice[T]) -> bool:
    """Does a word that names the choice begin so? A letter for yes or no begins what is shown alone."""
    shown = [name_choice(choice)] if wanted in YES + NO else choice.spellings
    return any(fold_text(word).startswith(wanted) for word in shown)


class NoChoice(Mistake):
    """No choice begins so."""


def pick_by_word(text: str, choices: Sequence[Choice[T]], *, numbered: bool = False) -> T:
    """As `pick_choice`; a word inside what one choice alone is called means it, too. Raises Mistake."""
    try:
        return pick_choice(text, choices, numbered=numbered)
    except NoChoice:
        found = [one for one in choices if has_word(one, fold_text(text))]
        if len(found) == 1:
            return found[0].value
        if found:
            names = " / ".join(map(name_choice, found))
            raise Mistake("several_begin_so", text=text, choices=names) from None
        raise


def has_word(choice: Choice[T], beginning: str) -> bool:
    """Does a word of it begin so? One or two letters are too few."""
    if len(beginning) < FEWEST_LETTERS:
        return False
    return any(f" {beginning}" in f" {fold_text(one)}" for one in choice.spellings)


def name_choice(choice: Choice[T]) -> str:
    return choice.label or choice.spellings[0]


def read_yes_or_no(text: str, more: Sequence[Choice[T]] = ()) -> bool | T:
    """True, False, or one of the other words that a question takes. Raises Mistake: y or n?"""
    word = fold_text(text)
    if word in YES or word in NO:
        return word in YES
    with suppress(NoChoice):
        return pick_by_word(text, more)
    if word and more:
        raise Mistake("yes_no_or_one", choices=" / ".join(map(name_choice, more)))
    raise Mistake("yes_or_no")


def refuse_empty(text: str) -> None:
    """Raise the mistake of no answer where one is needed."""
    if not text:
        raise Mistake("answer_needed", wanted="")
