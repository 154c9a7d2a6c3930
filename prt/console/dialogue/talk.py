"""A conversation: one question after the other, each asked until it has an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from prt.console.dialogue.inquiry import BACK, Back, Choice, Inquiry, name_choice, pick_choice, read_yes_or_no
from prt.console.streams import written
from prt.files.yaml.words import read_topic
from prt.model.text import Language
from prt.problems import Mistake, PrtError
from prt.text import join_labels, shorten

T = TypeVar("T")
INDENT = " " * 6
WIDTH = 78
QUOTES = '"«»“” \u00a0'
"""An answer of these alone is an empty one."""
MOST_EXAMPLES = 12
"""So many words are listed at `?` where a question says nothing of itself."""


class Asker(Protocol):
    """Who answers: a person at a terminal, or a test."""

    def ask(
        self,
        prompt: str,
        words: Sequence[str] = (),
        text: str = "",
        understood: Callable[[str], str] | None = None,
        selected: bool = False,
    ) -> str:
        """One line, without spaces around it. KeyboardInterrupt or EOFError where the person leaves.

        `selected`: what is typed stands in place of `text`, if the cursor was not moved before.
        """
        ...

    def tell(self, text: str) -> None: ...


class Left(PrtError):
    """The person left with Ctrl-C or Ctrl-D; the message says what was written, `typed` is what stood on the
    line of the `inquiry`."""

    def __init__(self, said: Mistake, typed: str = "", inquiry: Inquiry[Any] | None = None) -> None:
        super().__init__(Mistake("left", said=said), code=130)
        self.typed, self.inquiry = typed, inquiry


class Talk:
    """Questions to one person in one language. `plain`: lists have one item a line."""

    def __init__(self, asker: Asker, language: Language = "en", *, plain: bool = False) -> None:
        self.asker, self.language, self.plain = asker, language, plain
        self.names: Mapping[str, str] = {}
        """By id, whoever the screen has a name for."""
        self.has_told_how = False

    def say(self, word: str, **parts: object) -> str:
        """A word of the dialogue in its language."""
        return read_topic("ask")[f"ask.{word}.{self.language}"].format_map(parts)

    def tell(self, text: str) -> None:
        self.asker.tell(text)

    def tell_how(self) -> None:
        """How answers are given; once in a conversation."""
        if not self.has_told_how:
            self.tell(f"{self.say('how')}\n")
        self.has_told_how = True

    def tell_mistake(self, mistake: Mistake, column: str = "") -> None:
        """What is wrong, under the question."""
        said = mistake.sentence(self.language, self.names)
        if column:
            said = f"{column}{self.say('colon')} {said}"
        elif mistake.begins_in_words(self.language):
            said = said[0].upper() + said[1:]
        self.tell(INDENT + said)

    def ask(self, inquiry: Inquiry[T]) -> T | Back:
        """The answer, or BACK. A mistake is told, and the question asked again with its bracket; a line of a
        list comes back to be changed, any other answer is typed anew, so that Enter repeats no mistake."""
        for line in inquiry.above:
            self.tell(line)
        text = inquiry.text
        while True:
            typed = self.hear(inquiry, text)
            typed = "-" if typed and not typed.strip(QUOTES) and not inquiry.takes_lines else typed
            if text and typed.startswith(text) and typed.removeprefix(text).strip() == "-":
                typed = "-"  # behind what stands on the line
            if typed.startswith("?"):
                self.tell("\n".join(self.help(inquiry, typed[1:].strip())))
                continue
            try:
                if typed.startswith("<"):
                    return read_back(typed, inquiry)
                return inquiry.read("" if typed == "-" else typed or inquiry.enter)
            except Mistake as mistake:
                empty = mistake.values.get("text") == ""
                self.tell_mistake(Mistake("answer_needed", wanted="") if empty else mistake)
                text = typed if inquiry.takes_lines and typed != "-" else ""

    def ask_alone(self, inquiry: Inquiry[T]) -> T:
        """The answer to a question before which there is none to go back to."""
        while isinstance(answer := self.ask(inquiry), Back):
            self.tell(INDENT + self.say("first"))
        return answer

    def hear(self, inquiry: Inquiry[Any], text: str) -> str:
        """One line as it was typed. Raises Left."""
        try:
            return self.asker.ask(
                inquiry.line, inquiry.words, text, inquiry.understood, not inquiry.takes_lines
            )
        except (KeyboardInterrupt, EOFError) as ended:
            raise Left(self.what_was_written(), str(ended).strip(), inquiry) from None

    def what_was_written(self) -> Mistake:
        return Mistake("nothing_more_written") if written else Mistake("unwritten")

    def help(self, inquiry: Inquiry[Any], beginning: str) -> Iterable[str]:
        """The lines that `?` shows, what may be answered; after `?tre` the words that begin with `tre`."""
        if beginning:
            words = inquiry.beginning(beginning)
            found = [one for one in words if not any(other.startswith(f"{one} ") for other in words)]
            return [f"{INDENT}{one}" for one in found] or [INDENT + self.say("none_begins", text=beginning)]
        told = [*inquiry.explain()] or [*inquiry.above]
        if inquiry.words and not told:
            told = [INDENT + join_labels(dict.fromkeys(inquiry.words), MOST_EXAMPLES, " …", " / ")]
        hint = [INDENT + inquiry.hint] if inquiry.hint else []
        return [*(told or hint), INDENT + self.say("signs")]

    def agree(self, text: str, enter: bool | None) -> bool | Back:
        """Yes or no. Enter takes the capital; without one it is no answer."""
        return self.ask(self.yes_or_no(text, enter))

    def is_agreed(self, text: str, enter: bool | None) -> bool:
        """Is it yes? There is no question before this one."""
        return self.ask_alone(self.yes_or_no(text, enter))

    def is_right(self, text: str, enter: bool | None) -> bool:
        """Is an answer right as it was understood? `<` is no, and the answer is asked for again."""
        return self.agree(text, enter) is True

    def agree_to_lines(self, text: str, numbers: Iterable[int]) -> bool | Back:
        """Yes, no, or the number of a line that is to be changed."""
        lines = [Choice(Back(number), [str(number)]) for number in numbers]
        return self.ask(self.yes_or_no(text, True, lines, self.say("line_number") if lines else ""))

    def yes_or_no(
        self, text: str, enter: bool | None, more: Sequence[Choice[T]] = (), shown: str = ""
    ) -> Inquiry[bool | T]:
        """The question `Save? [Y/n]`. It takes `more` answers too, for which the bracket has `shown`."""
        yes, no = self.say("yes"), self.say("no")
        letters = [yes.upper() if enter is True else yes, no.upper() if enter is False else no]
        names = [name_choice(one) for one in more]
        known = [shown] if shown else names
        return Inquiry(
            text,
            lambda typed: read_yes_or_no(typed, more),
            enter={True: "y", False: "n", None: ""}[enter],
            bracket="/".join([*letters, *known]),
            words=[word for one in more for word in one.spellings],
            explain=lambda: [
                INDENT + self.say("yes_no_help", more="".join(f", {one}" for one in known)),
                *([f"{INDENT}{shown}{self.say('colon')} {' / '.join(names)}"] if shown and names else []),
            ],
        )

    def choose(self, prompt: str, choices: Sequence[Choice[T]]) -> T | Back:
        """One of several."""
        return self.ask(
            Inquiry(
                prompt,
                lambda typed: pick_choice(typed, choices),
                hint=" / ".join(map(name_choice, choices)),
                words=[word for one in choices for word in one.spellings],
            )
        )


def read_back(typed: str, inquiry: Inquiry[Any]) -> Back:
    """`<`, and in a list of lines `<4`."""
    number = typed[1:].strip()
    if not number:
        return BACK
    if inquiry.takes_lines and number.isascii() and number.isdigit():
        return Back(int(number))
    raise Mistake("back_alone")


def in_columns(texts: list[str]) -> list[str]:
    """The choices in one row where they fit, else in two columns, or one: none is cropped that fits."""
    if sum(map(len, texts)) + 3 * len(texts) + 4 <= WIDTH:
        return ["    " + "   ".join(texts)]
    half = (len(texts) + 1) // 2
    left, right = texts[:half], [*texts[half:], ""]
    wide = max(map(len, left))
    if wide + max(map(len, right)) + 7 > WIDTH:
        return [shorten(f"    {text}", WIDTH) for text in texts]
    rows = (f"    {one:<{wide}}   {other}".rstrip() for one, other in zip(left, right, strict=False))
    return list(rows)
