"""One command run: what is asked for plainly is called, others do the rest, and mistakes are printed."""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from prt import problems, spoken
from prt.console.context import say, session_language
from prt.console.plain_words import join_name, read_plainly
from prt.console.signature import COMPLETE, arguments_of
from prt.console.streams import HeldOutput, fit_lines, print_failure
from prt.console.surroundings.answer import Answer
from prt.console.surroundings.keeping import keep_answer
from prt.files.store.reading import Reading, StateChanged, open_reading
from prt.files.trace.trace import end_trace
from prt.files.yaml.words import read_topic
from prt.problems import Mistake

LONGEST = 30
"""For how many seconds a command begins again, which others have for their lock."""


def run_command(
    arguments: Sequence[str],
    commands: Container[str],
    app: Callable[..., Any],
    first: Callable[[], None] | None = None,
    answer: Answer | None = None,
) -> int:
    """The exit code of the command that is asked for; its mistakes are printed.

    `app` makes typer's application of some commands: it reads what is not plain. `first` is done before. The
    command begins again where another prt has published files while it read. What it printed is kept as the
    `answer` of one that only reads.
    """
    if answer:
        answer.begin_noting()
    try:
        problems.read_words, spoken.language = read_topic, session_language()
        if first:
            first()
        for reading in readings():
            with read_one_state(reading) as held:
                if answer:
                    answer.held = held
                code = call_command(arguments, commands, app)
            if reading.holds:
                if answer and not code:
                    keep_answer(answer, held.said, reading)
                return code
            end_trace()
        raise problems.PrtError(Mistake("state_keeps_changing", seconds=LONGEST))
    except problems.PrtError as error:
        for text in error.texts:
            print(fit_lines(text, sys.stderr), file=sys.stderr)
        return error.code
    except RecursionError:
        return print_failure("something is nested too deeply")
    except MemoryError:
        return print_failure("the memory of this computer is full")
    except KeyboardInterrupt:
        return 130
    except SystemExit as left:
        if isinstance(left.__context__, BrokenPipeError):  # typer makes 1 of it
            raise left.__context__ from None
        return int(left.code or 0)
    finally:
        spoken.language = "en"
        if answer:
            answer.end_noting()


def call_command(arguments: Sequence[str], commands: Container[str], app: Callable[..., Any]) -> int:
    arguments = join_name(arguments, commands)
    if not os.environ.get(COMPLETE) and (plain := read_plainly(arguments, commands)):
        command, values = plain
        return command(**arguments_of(command, values)) or 0
    from prt.console.unusual import run_unusual  # 90 ms of typer, not for plain words

    end_trace()
    return run_unusual(arguments, commands, app)


def readings() -> Iterator[Reading]:
    """One reading, and from its end on others for as long as others wait for a lock: a long one may begin
    again too."""
    until = math.inf
    while time.monotonic() < until:
        spoken.language = session_language()
        yield Reading()
        until = min(until, time.monotonic() + LONGEST)


@contextmanager
def read_one_state(reading: Reading) -> Iterator[HeldOutput]:
    """What is done inside reads one state. Else the reading does not hold, and it is as if nothing had been
    done: nobody sees what was printed, no mistake is told.
    """
    held = HeldOutput()
    reading.show, reading.release = held.show, held.let_go
    try:
        with open_reading(reading):
            try:
                yield held
            except (Exception, SystemExit):
                reading.settle()
                raise
            reading.settle()
        if reading.is_outdated:
            say(Mistake("changed_since_asked"))
    except StateChanged:
        held.drop()
    finally:
        held.let_go()
