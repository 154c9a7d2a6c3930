"""The help of prt, or of a group, as typer prints it, in a tenth of the time that typer and rich take.

Where the surroundings are unusual (a narrow screen, Windows, a variable that makes rich do otherwise), typer
prints it.
"""

from __future__ import annotations

import os
import re
import sys

TYPE_CHECKING = False  # that of the module typing costs 10 ms
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Piece = tuple[str, str]
    """A text and its style: the numbers of the escape sequence, empty for none."""

NARROWEST = 76
"""The narrowest screen on which no option needs a second line."""
UNUSUAL = (
    "FORCE_COLOR",
    "GITHUB_ACTIONS",
    "PY_COLORS",
    "TERMINAL_WIDTH",
    "TTY_COMPATIBLE",
    "TYPER_USE_RICH",
    "_PRT_COMPLETE",
    "_TYPER_FORCE_DISABLE_TERMINAL",
)
"""Variables that change what rich prints, or what typer does."""
BOLD, DIM, NAME, TYPE, ANGLE, USAGE = "1", "2", "1;36", "1;33", "1;2;33", "1;33"
OPTION_IN_TEXT = re.compile(r"(?<!\w)-(-[\w-]+)")
ROUND, ASCII = ("╭─╮", "│ │", "╰─╯"), ("+-+", "| |", "+-+")


def print_help(
    about: str,
    options: Mapping[str, tuple[str, str]],
    panels: Mapping[str, Mapping[str, str]],
    name: str = "prt",
) -> bool:
    """Print the page of prt, or of the group of this name; False where it is typer that must."""
    wide = screen_width()
    if os.name == "nt" or wide < NARROWEST or any(map(os.environ.get, UNUSUAL)):
        return False
    for line in page(wide, about, options, panels, name):
        print("".join(map(styled, line)))
    return True


def is_dumb() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM", "").lower() in ("dumb", "unknown")


def screen_width() -> int:
    """The width of the screen as rich finds it: of a terminal among the streams, or COLUMNS; else 80."""
    if is_dumb():
        return 80
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit():
        return int(columns) or 80
    for stream in (0, 1, 2):
        try:
            return os.get_terminal_size(stream).columns or 80
        except OSError:
            continue
    return 80


def styled(piece: Piece) -> str:
    """The text as a terminal shows it: no colour where there is NO_COLOR, no style in a pipe."""
    text, style = piece
    if os.environ.get("NO_COLOR"):
        style = ";".join(number for number in style.split(";") if len(number) == 1)
    plain = not style or not sys.stdout.isatty() or is_dumb()
    return text if plain else f"\033[{style}m{text}\033[0m"


def page(
    wide: int,
    about: str,
    options: Mapping[str, tuple[str, str]],
    panels: Mapping[str, Mapping[str, str]],
    name: str = "prt",
) -> Iterator[list[Piece]]:
    blank = [(" " * wide, "")]
    usage = f"{name} [OPTIONS] COMMAND [ARGS]..."
    yield [(" " * wide, BOLD)]
    space = " " * (wide - 9 - len(usage))
    yield [(" ", BOLD), ("Usage: ", USAGE), (usage, BOLD), (space, BOLD), (" ", BOLD)]
    yield [(" " * wide, BOLD)]
    yield from ([(f" {line}".ljust(wide), "")] for line in lines_of(about, wide - 2))
    yield blank
    yield from panel("Options", option_rows(options), wide)
    width = max(len(name) for commands in panels.values() for name in commands)
    for title, commands in panels.items():
        yield from panel(title, command_rows(commands, width, wide - 4), wide)
    yield []


def panel(title: str, rows: Iterable[list[Piece]], wide: int) -> Iterator[list[Piece]]:
    """Rows in a box with its title in the line above."""
    top, side, bottom = ROUND if (sys.stdout.encoding or "").lower().startswith("utf") else ASCII
    rule = top[1] * (wide - len(title) - 6)
    yield [(top[:2], DIM), (f" {title} ", DIM), (rule, DIM), (top[1:], DIM)]
    for row in rows:
        space = wide - 4 - sum(len(text) for text, _ in row)
        yield [(side[0], DIM), (" ", ""), *row, (" " * (space + 1), ""), (side[2], DIM)]
    yield [(bottom[0] + bottom[1] * (wide - 2) + bottom[2], DIM)]


def option_rows(options: Mapping[str, tuple[str, str]]) -> Iterator[list[Piece]]:
    """Long name, short name, what is written after it, and what it does."""
    every = {**options, "--help": ("", "Show this message and exit.")}
    width = max(map(len, every)) + 2
    for name, (metavar, text) in every.items():
        short = [("-h", "1;32"), (" " * 6, "")] if name == "--help" else [(" " * 8, "")]
        value = [(metavar.ljust(6), TYPE)] if metavar else [("<", ANGLE), ("bool", TYPE), (">", ANGLE)]
        yield [
            ("-", NAME),
            (name[1:], NAME),
            (" " * (width - len(name)), ""),
            *short,
            *value,
            (f"  {text}", ""),
        ]


def command_rows(commands: Mapping[str, str], width: int, room: int) -> Iterator[list[Piece]]:
    for name, sentence in commands.items():
        for number, line in enumerate(lines_of(sentence, room - width - 2)):
            first = [(" " * (width + 1), NAME)] if number else [(name.ljust(width), NAME), (" ", NAME)]
            yield [*first, (" ", ""), *with_options(line)]


def with_options(line: str) -> Iterator[Piece]:
    """The text, with what looks like an option in colour."""
    end = 0
    for found in OPTION_IN_TEXT.finditer(line):
        yield from ((line[end : found.start()], ""), ("-", NAME), (found[1], NAME))
        end = found.end()
    yield (line[end:], "")


def lines_of(text: str, room: int) -> Iterator[str]:
    """The words on lines that fit."""
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > room:
            yield line
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield line
