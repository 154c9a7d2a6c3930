"""One command run: what is asked for plainly is called, typer does the rest, and mistakes are printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Container, Sequence
from typing import Any

from prt import problems, spoken
from prt.console.context import session_language
from prt.console.help_page import print_help
from prt.console.plain_words import read_plainly
from prt.console.signature import COMPLETE, call_command, find_group
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
        if os.environ.get(COMPLETE):
            words = typed_words()
            app(asked_commands(words, commands), words)(prog_name="prt", complete_var=COMPLETE)
        elif plain := read_plainly(arguments, commands):
            return call_command(*plain)
        elif (group := find_group(arguments, commands)) and print_help(
            group.help, {}, {"Commands": group.sentences()}, " ".join(["prt", *arguments[:-1]])
        ):
            return 0
        else:
            from prt.console.usage import run_application  # 90 ms of typer, which plain words do not need

            return run_application(app(asked_commands(arguments, commands), arguments))
        return 0
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


def typed_words() -> list[str]:
    """The words of the line on which the tab key was pressed, without the name of the program."""
    return (os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS", "")).split()[1:]


def asked_commands(arguments: Sequence[str], commands: Container[str]) -> list[str]:
    """The one command that is asked for, so that no other is imported; options of prt come before it."""
    words = iter(arguments)
    for word in words:
        if word == "--project":
            next(words, None)
        elif not word.startswith("-") or word in ("-h", "--help"):
            return [word] if word in commands else []
    return []
