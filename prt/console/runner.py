"""One command run: what is asked for plainly is called, others do the rest, and mistakes are printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Container, Sequence
from typing import Any

from prt import problems, spoken
from prt.console.context import session_language
from prt.console.plain_words import read_plainly
from prt.console.signature import COMPLETE, arguments_of
from prt.console.streams import fit_lines, print_failure
from prt.files.yaml.words import read_topic


def run_command(
    arguments: Sequence[str],
    commands: Container[str],
    app: Callable[..., Any],
    first: Callable[[], None] | None = None,
) -> int:
    """The exit code of the command that is asked for; its mistakes are printed.

    `app` makes typer's application of some commands: it reads what is not plain. `first` is done before.
    """
    problems.read_words, spoken.language = read_topic, session_language()
    try:
        if first:
            first()
        if not os.environ.get(COMPLETE) and (plain := read_plainly(arguments, commands)):
            command, values = plain
            return command(**arguments_of(command, values)) or 0
        from prt.console.unusual import run_unusual  # 90 ms of typer, which plain words do not need

        return run_unusual(arguments, commands, app)
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
