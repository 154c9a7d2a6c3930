"""Questions on a terminal, one line each, with completion where the system has readline."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from prt.console import context
from prt.console.messages import print_line
from prt.console.streams import fit_lines
from prt.problems import PrtError
from prt.text import fold_text


class Asker(Protocol):
    """Who answers: a person at a terminal, or a test."""

    def ask(self, prompt: str, completions: Sequence[str] = ()) -> str:
        """One line, without spaces around it. KeyboardInterrupt or EOFError where the person leaves."""
        ...

    def tell(self, text: str) -> None: ...


class Terminal:
    def __init__(self) -> None:
        self.readline = prepared_readline()

    def ask(self, prompt: str, completions: Sequence[str] = ()) -> str:
        if self.readline:
            self.readline.set_completer_delims(delimiters(completions))
            self.readline.set_completer(completer(completions))
        *above, line = fit_lines(prompt, sys.stdout).split("\n")
        for text in above:
            print(text)
        return input(f"{line} " if above else line).strip()

    def tell(self, text: str) -> None:
        print_line(text)


def prepared_readline() -> Any:
    """The readline module with Tab for completion; None where there is none (Windows)."""
    try:
        import readline
    except ImportError:
        return None
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
    readline.set_auto_history(False)
    return readline


def delimiters(words: Iterable[str]) -> str:
    """What ends the text before the cursor: of several values their signs, of a title with a comma none."""
    return "\n" if any(sign in word for word in words for sign in ",;") else ",;\n"


def completer(words: Iterable[str]) -> Any:
    """What readline calls: the n-th word that begins as the text does, accents and case aside."""
    known = list(dict.fromkeys(words))

    def complete(text: str, number: int) -> str | None:
        wanted = fold_text(text)
        found = [word for word in known if fold_text(word).startswith(wanted)]
        space = text[: len(text) - len(text.lstrip())]
        return space + found[number] if number < len(found) else None

    return complete


NO_UNDO = "After this, what was done before can no longer be undone."


def confirm(text: str, yes: bool) -> None:
    """What cannot be taken back is asked for; in a script it needs --yes."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise PrtError(f"{text}\n    Nothing was done. In a script, add --yes.", code=2)

    context.say(text)
    if not is_yes(Terminal().ask("Do it? [y/N] > ")):
        raise PrtError("Nothing was done.")


def is_yes(answer: str) -> bool:
    return fold_text(answer) in ("y", "yes", "o", "oui")
