"""The terminal: how wide, which characters, which colours. Piped output is plain, unwrapped, uncropped."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from prt.console import context
from prt.console.streams import width_of
from prt.files.store.disk import real_path
from prt.files.store.reading import settle_reading
from prt.files.yaml.words import say_phrase
from prt.output.result_text import ASCII, Glyphs
from prt.output.screens.status import Line
from prt.text import wrap_text
from prt.values import replace

ONE_LINE = str.maketrans("\t\n\v\f\r", "     ")


def width() -> int | None:
    """Columns of the terminal; None for a pipe, which is never cropped."""
    return width_of(sys.stdout)


def glyphs() -> Glyphs:
    """Bars of block characters, or of ASCII where the output cannot hold them."""
    if holds("█┃·"):
        return Glyphs()
    return replace(ASCII, dot="·") if holds("·") else ASCII


def holds(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def launch(path: Path) -> None:
    """Open a file with what the system opens such files with."""
    settle_reading()
    import typer  # 90 ms, which only this needs where no editor is set

    typer.launch(str(path))


def show(lines: Iterable[Line]) -> None:
    """Print styled lines, on a terminal broken between words; user text is never markup, and colour is never
    the only sign."""
    columns = width()
    if not columns or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        for line in lines:
            print("".join(text for text, _ in break_line(line, columns)))
        return
    from rich import console, text  # 60 ms, where there is something to colour

    terminal = console.Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        terminal.print(text.Text.assemble(*break_line(line, columns)), no_wrap=True, crop=False)


def break_line(line: Line, columns: int | None) -> Line:
    """The line with breaks between its words where it is wider than the screen; each word keeps its style."""
    pieces = [(text.translate(ONE_LINE), style) for text, style in line]
    whole = "".join(text for text, _ in pieces).rstrip()
    broken: Line = []
    end = 0
    for part in wrap_text(whole, columns):
        words = part.lstrip(" ")
        start = whole.index(words, end)
        end = start + len(words)
        broken += [
            ("\n" * bool(broken) + " " * (len(part) - len(words)), ""),
            *cut_pieces(pieces, start, end),
        ]
    return broken


def cut_pieces(pieces: Line, start: int, end: int) -> Iterator[tuple[str, str]]:
    """The pieces of a line between two places."""
    for text, style in pieces:
        if inside := text[max(start, 0) : max(end, 0)]:
            yield inside, style
        start, end = start - len(text), end - len(text)


def print_wrapped(line: str) -> None:
    """Print a line; on a terminal on as many lines as it needs, which end between words."""
    print("\n".join(wrap_text(line, width())))


def is_read_here() -> bool:
    """Does somebody read what is printed, and no file or program take it?"""
    return sys.stdout.isatty()


def print_text(text: str) -> None:
    """To a terminal as it can show it; to a file or a pipe as UTF-8 on every system."""
    if not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors=sys.stdout.errors)  # without `errors` it were strict
    sys.stdout.write(text)


def open_in_browser(path: Path, what: str = "report") -> None:
    """Opens the file, or says where it is on a machine without a browser."""
    settle_reading()
    import webbrowser  # 9 ms, for a page that is opened

    if not webbrowser.open(real_path(path).as_uri()):
        context.say(say_phrase(f"no_browser_{what}", path=real_path(path)))
