"""The streams of a process: closed ones lead nowhere, and what a terminal cannot show is made plainer."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from typing import TextIO

PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
    | {"…": "...", "→": "->", "·": "-", "œ": "oe", "Œ": "OE", "≤": "<=", "÷": "/", "✓": "x"}
)
"""What stands for signs that a plain terminal does not have and that are no letter with an accent."""


def replace_plainly(error: UnicodeError) -> tuple[str, int]:
    """What a terminal of cp1252 or ASCII shows for a character it does not have: `fevr.` for `févr.`."""
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end].translate(PLAIN)
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return letters.encode("ascii", "replace").decode(), error.end


codecs.register_error("plainer", replace_plainly)


def open_streams() -> None:
    """A stream that was closed (`prt status >&-`) leads nowhere; what it cannot show is made plainer."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plainer")


def width_of(stream: TextIO) -> int | None:
    """Columns of the terminal; None for a pipe, which is never cropped."""
    if not stream.isatty():
        return None
    from shutil import get_terminal_size  # 5 ms of two modules, which a pipe does not need

    return get_terminal_size((80, 24)).columns


def fit_lines(text: str, stream: TextIO) -> str:
    """The text on lines that end between words, where the stream is a terminal; else as it is.

    A terminal gets no character that would move its cursor, colour it, or turn the text around.
    """
    if (wide := width_of(stream)) is None:
        return text
    from prt.text import UNSEEN, wrap_text  # 3 ms, which --version and --help do not need

    text = UNSEEN.sub("\ufffd", text)
    return "\n".join(part for line in text.split("\n") for part in wrap_text(line, wide))


written: list[str] = []
"""What this command has written, in words; said where its message cannot be printed."""


class HeldStream:
    """A stream of which the text waits in `held`, in its order among those of other streams."""

    def __init__(self, role: str, stream: TextIO, held: HeldOutput) -> None:
        self.role, self.stream = role, stream
        self.held = held

    def write(self, text: str) -> int:
        if not self.held.waits:
            return self.put(text)
        if not isinstance(text, str):
            raise TypeError(text)  # as typer tries what a stream takes
        self.held.pieces.append((self, text))
        return len(text)

    def put(self, text: str) -> int:
        """Print it. Raises OSError."""
        self.held.said.append((self.role, self.stream.encoding or "", text))
        return self.stream.write(text)

    def flush(self) -> None:
        if not self.held.waits:
            self.stream.flush()

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


class HeldOutput:
    """What a command prints, until it is certain that it stays printed."""

    def __init__(self) -> None:
        self.pieces: list[tuple[HeldStream, str]] = []
        self.said: list[tuple[str, str, str]] = []
        """What was printed: on which stream, in which encoding, which text."""
        self.waits = True
        self.own = {name: getattr(sys, name) for name in ("stdout", "stderr")}
        self.held = {name: HeldStream(name, stream, self) for name, stream in self.own.items()}
        for name, stream in self.held.items():
            setattr(sys, name, stream)

    def show(self) -> None:
        """Print what waits. Raises OSError."""
        pieces, self.pieces = self.pieces, []
        for stream, text in pieces:
            stream.put(text)

    def let_go(self) -> None:
        """From here on everything is printed at once."""
        self.waits = False
        for name, stream in self.held.items():
            if getattr(sys, name) is stream:
                setattr(sys, name, self.own[name])
        self.show()

    def drop(self) -> None:
        """What waits is never printed."""
        self.pieces = []
        self.let_go()


def drop_output(stream: TextIO) -> None:
    """Discard what a stream still holds; Python would try to write it once more when it ends."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except OSError:
        return


def print_failure(why: str) -> int:
    """Say on one line why prt could not go on; the exit code."""
    print_last(f"prt stopped: {why}")
    return 1


def print_unsaid(why: str) -> int:
    """Say on one line what was written, although its message could not be printed; the exit code."""
    print_last(f"{'; '.join(written)}; the message could not be printed: {why}")
    return 0


def print_last(line: str) -> None:
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        drop_output(sys.stderr)
