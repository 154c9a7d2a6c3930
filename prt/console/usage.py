"""What is wrong with a command line, in both languages; typer itself speaks English only."""

from __future__ import annotations

import re
from typing import Any

import typer

from prt.files.yaml.words import say_phrase
from prt.problems import PrtError

UsageError: Any = typer.BadParameter.__mro__[1]
"""What typer raises where it cannot read the words; it is that of a library which typer carries."""
QUOTED = re.compile(r"'([^']*)'")
NO_COMMAND = re.compile(r"No such command (['\"])(.*?)\1\.?(.*)")
EXTRA = re.compile(r"unexpected extra argument(?:s|\(s\))? \((.*)\)")
LEAST = re.compile(r"(?:>=|greater than or equal to )(\d+)")


def run_application(application: typer.Typer) -> int:
    """The exit code of the command that typer calls. PrtError where the words are wrong."""
    try:
        return application(standalone_mode=False) or 0
    except typer.Abort:
        return 1
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            error.show()
            return int(error.exit_code)
        look = say_phrase("usage_help", command=error.ctx.command_path if error.ctx else "prt")
        raise PrtError(f"{describe_usage(error)}\n    {look}", code=2) from None


def describe_usage(error: Any) -> str:
    """What is wrong, by the kind of the error; what typer says where that is not known."""
    message, kind = error.message, type(error).__name__
    if kind == "NoSuchOption":
        return with_close(say_phrase("no_such_option", option=error.option_name), error.possibilities)
    if kind == "MissingParameter":
        param = error.param
        name = param.opts[0] if param.param_type_name == "option" else param.metavar or param.name
        return say_phrase("argument_missing", name=name)
    if kind == "BadOptionUsage":
        word = "option_takes_no_value" if "not take" in message else "option_needs_value"
        return say_phrase(word, option=error.option_name)
    if kind == "BadParameter" and (least := LEAST.search(message)):
        return say_phrase("option_below", option=error.param.opts[0], least=least[1])
    if kind == "BadParameter" and "integer" in message:
        return say_phrase("option_no_integer", option=error.param.opts[0])
    if found := NO_COMMAND.match(message):
        return with_close(say_phrase("no_such_command", name=found[2]), QUOTED.findall(found[3]))
    if found := EXTRA.search(message):
        return say_phrase("words_too_many", text=found[1])
    return (
        say_phrase("command_missing")
        if message.startswith("Missing command")
        else str(error.format_message())
    )


def with_close(text: str, names: Any) -> str:
    """What is meant perhaps, after what is not known."""
    return f"{text} {say_phrase('meant_perhaps', names=', '.join(sorted(names)))}" if names else text
