"""A person at the terminal, played by a list of answers through the two methods that the engine asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pytest

CTRL_C = "\x03"
"""After what stands on the line when somebody leaves."""
TERMINAL = "prt.console.dialogue.terminal.Terminal"


class Answers:
    """Who types these answers, then leaves with Ctrl-C. `said` is the screen, line by line."""

    def __init__(self, answers: Iterable[str]) -> None:
        self.answers = iter(answers)
        self.said: list[str] = []
        self.told: list[str] = []
        """The same without the answers."""
        self.texts: list[str] = []
        """What stood on the line of each question, to be changed."""

    def ask(
        self,
        prompt: str,
        words: Sequence[str] = (),
        text: str = "",
        understood: Callable[[str], str] | None = None,
        selected: bool = False,
    ) -> str:
        self.texts.append(text)
        answer = next(self.answers, None)
        self.said.append(prompt + (answer or ""))
        self.told.append(prompt)
        if answer is None or answer.endswith(CTRL_C):
            raise KeyboardInterrupt(*[answer.removesuffix(CTRL_C)] if answer else [])
        return answer.strip()

    def tell(self, text: str) -> None:
        self.said.append(text)
        self.told.append(text)

    @property
    def screen(self) -> str:
        return "\n".join(self.said)


def sit_down(monkeypatch: pytest.MonkeyPatch, *answers: str) -> Answers:
    """Somebody sits at the terminal of the commands that follow, with these answers."""
    person = Answers(answers)
    monkeypatch.setattr(TERMINAL, lambda: person)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    return person
