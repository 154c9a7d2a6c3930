"""What is not asked for plainly: a shell's completion, the help of a group, and all that typer reads, with
what is wrong with it in both languages; typer itself speaks English only."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Container, Sequence
from typing import Any

from prt.console.help_page import print_help
from prt.console.signature import COMPLETE, CommandGroup, load_command, module_of
from prt.problems import Mistake

QUOTED = re.compile(r"'([^']*)'")
NO_COMMAND = re.compile(r"No such command (['\"])(.*?)\1\.?(.*)")
EXTRA = re.compile(r"unexpected extra argument(?:s|\(s\))? \((.*)\)")
LEAST = re.compile(r"(?:>=|greater than or equal to )(\d+)")


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
    code: int = app(asked_commands(arguments, commands), arguments).run(arguments)
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


def describe_usage(error: Any) -> Mistake:
    """What is wrong, by the kind of the error; what typer says where that is not known."""
    message, kind = error.message, type(error).__name__
    if kind == "NoSuchOption":
        return with_close(Mistake("no_such_option", option=error.option_name), error.possibilities)
    if kind == "MissingParameter":
        param = error.param
        name = param.opts[0] if param.param_type_name == "option" else param.metavar or param.name
        return Mistake("argument_missing", name=name)
    if kind == "BadOptionUsage":
        if "not take" in message:
            return Mistake("option_takes_no_value", option=error.option_name)
        return Mistake("option_needs_value", option=error.option_name)
    if kind == "BadParameter" and (least := LEAST.search(message)):
        return Mistake("option_below", option=error.param.opts[0], least=least[1])
    if kind == "BadParameter" and "integer" in message:
        return Mistake("option_no_integer", option=error.param.opts[0])
    if found := NO_COMMAND.match(message):
        return with_close(Mistake("no_such_command", name=found[2]), QUOTED.findall(found[3]))
    if found := EXTRA.search(message):
        return Mistake("words_too_many", text=found[1])
    if message.startswith("Missing command"):
        return Mistake("command_missing")
    return Mistake("as_was_told", text=error.format_message())


def with_close(mistake: Mistake, names: Any) -> Mistake:
    """The mistake of an unknown word, followed by the names that may be meant, the closest first."""
    return Mistake("meant_perhaps", mistake=mistake, names=", ".join(names)) if names else mistake
