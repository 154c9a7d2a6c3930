"""`prt log hours LINE…`: hours in words of any order, in English or French; from a pipe one row a line."""

from __future__ import annotations

import sys
from typing import Annotated

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.options import DryRunOption, OddRowOption, YearOption
from prt.console.signature import Argument, Option
from prt.files.project import Year
from prt.files.store.reading import settle_reading
from prt.problems import Mistake, PrtError
from prt.tasks.hours.ask_hours import ask_hours, take_line
from prt.tasks.hours.read_hours import join_words
from prt.tasks.hours.save_hours import log_lines, logs_of_hours

LineArgument = Annotated[
    list[str] | None,
    Argument("2h15 emsb cda action-plan yesterday, in any order; a note in quotes.", metavar="[LINE…]"),
]
PipeOption = Annotated[bool, Option("Take every line of the pipe, all or none.")]


def log_hours(
    line: LineArgument = None,
    *,
    yes: PipeOption = False,
    anyway: OddRowOption = False,
    dry_run: DryRunOption = False,
    year: YearOption = None,
) -> None:
    """Hours of accompaniment and of support to partners, a row a line, in words of any order."""
    asks = terminal.is_at_terminal() and not dry_run and not anyway
    if not line and not asks and (terminal.is_at_terminal() or not yes):
        raise PrtError(Mistake("line_missing"), code=2)
    opened = context.open_year(year, logs=logs_of_hours())
    if asks:
        ask_lines(join_words(line, opened) if line else "", opened)
        return
    lines = [join_words(line, opened)] if line else read_pipe()
    told = [one for one in lines if one.strip()]
    if not told:
        raise PrtError(Mistake("no_line_came"), code=2)
    log_lines(told, opened, anyway=anyway, dry_run=dry_run)


def read_pipe() -> list[str]:
    """What is piped, which can be read once."""
    settle_reading()
    return sys.stdin.read().splitlines()


def ask_lines(line: str, year: Year) -> None:
    """A line of the command, of which only what is missing is asked; without one, line after line."""
    talk = terminal.open_talk()
    if line:
        take_line(talk, line, year)
    else:
        ask_hours(talk, year)
