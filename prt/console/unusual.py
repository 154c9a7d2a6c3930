"""What is not asked for plainly: a shell's completion, the help of a group, and all that typer reads."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Sequence
from typing import Any

from prt.console.help_page import print_help
from prt.console.signature import COMPLETE, CommandGroup, load_command, module_of


def run_unusual(arguments: Sequence[str], commands: Container[str], app: Callable[..., Any]) -> int:
    """The exit code. `app` makes typer's application of some commands: 90 ms, which a help does without."""
    if os.environ.get(COMPLETE):
        words = typed_words()
        app(asked_commands(words, commands), words)(prog_name="prt", complete_var=COMPLETE)
        return 0
    if (group := find_group(arguments, commands)) and print_help(
        group.help, {}, {"Commands": group.sentences()}, " ".join(["prt", *arguments[:-1]])
    ):
        return 0
    code: int = app(asked_commands(arguments, commands), arguments).run()
    return code


def find_group(words: Sequence[str], commands: Container[str]) -> CommandGroup | None:
    """The group whose help is asked for: `log --help`; None for a command, or words that are no such call."""
    *names, last = words or [""]
    if last not in ("-h", "--help") or not names or names[0] not in commands:
        return None
    found = load_command(module_of(names[0]))
    for name in names[1:]:
        if not isinstance(found, CommandGroup) or name not in found.commands:
            return None
        found = found.command(name)
    return found if isinstance(found, CommandGroup) else None


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
