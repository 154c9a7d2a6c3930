"""Questions that belong together: `<` takes back the last answer, and at the end any is asked again."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from prt.console.dialogue.inquiry import Back, Choice, Inquiry
from prt.console.dialogue.talk import Talk
from prt.values import replace

T = TypeVar("T")


class Form(ABC, Generic[T]):
    """A list of questions of which each may depend on the answers before it."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.done: list[str] = []
        """The keys of the questions answered, in that order."""
        self.asked: tuple[str, Inquiry[T]] | None = None
        """The question that was asked last."""
        self.begun: dict[str, str] = {}
        """What stands on the line of a question, where somebody left it before."""

    @abstractmethod
    def order(self) -> Iterable[str]:
        """The questions that matter with the answers up to here, in their order."""

    @abstractmethod
    def inquiry(self, key: str) -> Inquiry[T]: ...

    @abstractmethod
    def keep(self, key: str, answer: T) -> None: ...

    def spellings(self, key: str) -> list[str]:
        """The names by which `Save? [Y/n/field]` knows a question."""
        return [key]

    def fill(self) -> bool:
        """Ask until every question that matters has its answer; False where `<` leaves the first one."""
        while (key := next((one for one in self.order() if one not in self.done), None)) is not None:
            self.asked = key, self.with_begun(key, self.inquiry(key))
            answer = self.talk.ask(self.asked[1])
            if not isinstance(answer, Back):
                self.take(key, answer)
            elif not self.step_back():
                return False
        return True

    def with_begun(self, key: str, inquiry: Inquiry[T]) -> Inquiry[T]:
        """The question with what was begun to answer it; on plain lines that stands in the bracket."""
        text = self.begun.pop(key, "")
        if not text:
            return inquiry
        return replace(inquiry, text=text, **({"enter": text, "bracket": text} if self.talk.plain else {}))

    def take(self, key: str, answer: T) -> None:
        """The question has its answer."""
        self.keep(key, answer)
        self.done.append(key)

    def step_back(self) -> bool:
        """Take back the last answer; False where there is none."""
        return bool(self.done and self.done.pop())

    def ask_again(self, keys: Iterable[str]) -> None:
        """These alone are asked once more, each with its answer in the bracket."""
        again = set(keys)
        self.done = [key for key in self.done if key not in again]

    def agree_to_save(self, *, sure: bool = True) -> bool | None:
        """Yes or no; None where a field was named, or `<` typed: it is asked again. Enter saves if `sure`."""
        word = "save" if sure else "save_all_the_same"
        asked = set(self.order())  # an answer may have made an earlier question needless
        fields = [name_field(key, self.spellings(key)) for key in self.done if key in asked]
        question = self.talk.yes_or_no(
            self.talk.say(word), True if sure else None, fields, self.talk.say("field")
        )
        answer = self.talk.ask(question)
        if isinstance(answer, bool):
            return answer
        if isinstance(answer, Back):
            self.step_back()
        else:
            self.ask_again([answer])
        return None


def name_field(key: str, spellings: Sequence[str]) -> Choice[str]:
    """The field of a question, by the words of its question without their sign."""
    label = spellings[-1].rstrip("? ")
    return Choice(key, [*spellings, label], label)
