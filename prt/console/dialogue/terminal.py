"""The terminal on which questions are answered: a line editor, or plain lines where something prevents it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from prt.console import context
from prt.console.dialogue.talk import Talk
from prt.console.messages import print_line
from prt.console.streams import fit_lines
from prt.files.store.reading import settle_reading

if sys.platform == "win32":
    import ctypes
if TYPE_CHECKING:
    from prt.console.dialogue.editor import LineEditor

SCREEN_READER = 0x0046
"""SPI_GETSCREENREADER of Windows."""


def is_at_terminal() -> bool:
    """Can somebody be asked?"""
    return sys.stdin.isatty()


def open_talk() -> Talk:
    """The conversation with whoever sits at this terminal, in the language of the session."""
    return Talk(Terminal(), context.session_language(), plain=is_plain())


def is_plain() -> bool:
    """Is the editor, with its cursor movements, unwanted or impossible?"""
    asked = os.environ.get("PRT_PLAIN", "") not in ("", "0") or os.environ.get("TERM") == "dumb"
    return asked or not (sys.stdin.isatty() and sys.stdout.isatty()) or has_screen_reader()


def has_screen_reader() -> bool:
    """Does Windows report a screen reader?"""
    if sys.platform == "win32":
        answer = ctypes.c_int(0)
        told: Any = ctypes.windll.user32.SystemParametersInfoW(SCREEN_READER, 0, ctypes.byref(answer), 0)
        return bool(told and answer.value)
    return False


def find_editor() -> LineEditor | None:
    """The line editor; None, without a word, where it is unwanted or the console cannot do it."""
    return None if is_plain() else make_editor()


@cache
def make_editor() -> LineEditor | None:
    """The one editor of this process, which knows what was pasted; None where the console cannot do it."""
    try:
        from prt.console.dialogue.editor import LineEditor  # 150 ms of prompt_toolkit, for a first question

        return LineEditor()
    except Exception:  # whatever is missing, such as the console of Windows in Git Bash, plain lines do too
        return None


class Terminal:
    def ask(
        self,
        prompt: str,
        words: Sequence[str] = (),
        text: str = "",
        understood: Callable[[str], str] | None = None,
        selected: bool = False,
    ) -> str:
        settle_reading()
        *above, line = fit_lines(prompt, sys.stdout).split("\n")
        for one in above:
            print(one)
        line = f"{line} " if above else line
        if editor := find_editor():
            return editor.read_line(line, words, text, understood, selected).strip()
        return input(line).strip()

    def tell(self, text: str) -> None:
        print_line(text)
