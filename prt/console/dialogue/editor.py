"""A line editor: Tab lists what fits, the line below says what is understood, a paste is several answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from itertools import takewhile

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import is_done
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, Layout, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.selection import SelectionState

from prt.console.streams import fit_lines
from prt.text import fold_text, join_labels

MOST_FITTING = 12
"""So many words that fit are listed below the line."""


class LineEditor:
    """Reads one line at a time. What was pasted after a line's end answers the questions that follow."""

    def __init__(self) -> None:
        os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")  # nothing here asks where the cursor is
        self.input, self.output = create_input(sys.stdin), create_output(sys.stdout)
        self.pasted: list[str] = []
        """Whole lines, then the beginning of one."""

    def read_line(
        self,
        prompt: str,
        words: Sequence[str],
        text: str,
        understood: Callable[[str], str] | None,
        selected: bool = False,
    ) -> str:
        """The next line, typed or pasted before. Raises KeyboardInterrupt or EOFError.

        What was pasted waits where an answer is to be changed, or a question stands in the middle of another.
        """
        waits = bool(text) or prompt.startswith("  ")
        if len(self.pasted) > 1 and not waits:
            line = self.pasted.pop(0)
            print(prompt + line)
            return line
        begun = self.pasted.pop() if self.pasted and not waits else ""
        typed = Line(words, begun or text, understood)
        if selected and not begun:
            typed.select_all()
        return self.application(prompt, typed).run()

    def application(self, prompt: str, line: Line) -> Application[str]:
        shown = Window(
            BufferControl(line.buffer, input_processors=[BeforeInput(prompt)]),
            wrap_lines=True,
            dont_extend_height=True,
        )
        below = Window(FormattedTextControl(line.below), dont_extend_height=True)
        return Application(
            layout=Layout(HSplit([shown, ConditionalContainer(below, ~is_done)])),
            key_bindings=self.bindings(line),
            input=self.input,
            output=self.output,
            color_depth=ColorDepth.DEPTH_1_BIT,
        )

    def bindings(self, line: Line) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("enter")
        def _(event: KeyPressEvent) -> None:
            event.app.exit(result=line.buffer.text)

        @keys.add("tab")
        def _(event: KeyPressEvent) -> None:
            line.complete()

        @keys.add("c-u")
        def _(event: KeyPressEvent) -> None:
            line.buffer.reset()

        @keys.add("c-c")
        @keys.add("<sigint>")
        def _(event: KeyPressEvent) -> None:
            event.app.exit(exception=KeyboardInterrupt(line.buffer.text))

        @keys.add("c-d")
        def _(event: KeyPressEvent) -> None:
            if line.buffer.text:
                line.buffer.delete()
            else:
                event.app.exit(exception=EOFError)

        @keys.add(Keys.BracketedPaste)
        def _(event: KeyPressEvent) -> None:
            first, *self.pasted = event.data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            line.buffer.cut_selection()
            line.buffer.insert_text(first.replace("\t", " "))
            if self.pasted:
                event.app.exit(result=line.buffer.text)

        return keys


class Line:
    """What stands on the line, and what is said below it."""

    def __init__(self, words: Sequence[str], text: str, understood: Callable[[str], str] | None) -> None:
        self.words, self.understood, self.fitting = list(dict.fromkeys(words)), understood, list[str]()
        self.buffer = Buffer(
            document=Document(text, len(text)),
            multiline=False,
            on_text_changed=lambda _: self.fitting.clear(),
        )

    def select_all(self) -> None:
        """The next sign typed stands in place of the text; the arrows keep it."""
        if self.buffer.text:
            self.buffer.selection_state = SelectionState()
            self.buffer.selection_state.enter_shift_mode()

    def below(self) -> str:
        """The words that fit after Tab; else what is understood."""
        if self.fitting:
            said = join_labels(self.fitting, MOST_FITTING, " …", "   ")
        else:
            text = self.buffer.text.strip()
            said = self.understood(text) if self.understood and text and text[0] not in "<?-" else ""
        return fit_lines(f"      {said}", sys.stdout) if said else ""

    def complete(self) -> None:
        """Take the one word that fits, or what all that fit have in common; then list them."""
        start = self.word_start()
        typed = self.buffer.document.text_before_cursor[start:]
        found = [word for word in self.words if fold_text(word).startswith(fold_text(typed))]
        if not found:
            return
        common = found[0] if len(found) == 1 else common_beginning(found)
        if len(common) > len(typed) or len(found) == 1:
            self.buffer.delete_before_cursor(len(typed))
            self.buffer.insert_text(common)
        self.fitting = found if len(found) > 1 else []

    def word_start(self) -> int:
        """Where the value before the cursor begins: after a comma, unless a word has one in it."""
        before = self.buffer.document.text_before_cursor
        if any(sign in word for word in self.words for sign in ",;"):
            return 0
        start = max(before.rfind(","), before.rfind(";")) + 1
        return start + len(before[start:]) - len(before[start:].lstrip())


def common_beginning(words: Sequence[str]) -> str:
    """The letters that all words begin with, accents and case aside, as the first has them."""
    letters = zip(*map(fold_text, words), strict=False)
    length = sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, letters))
    return words[0][:length] if len(fold_text(words[0])) == len(words[0]) else ""
