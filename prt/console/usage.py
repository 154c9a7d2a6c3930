"""What is wrong with a command line, in both languages; typer itself speaks English only."""

from __future__ import annotations

import re
from typing import Any

from prt.problems import Mistake

QUOTED = re.compile(r"'([^']*)'")
NO_COMMAND = re.compile(r"No such command (['\"])(.*?)\1\.?(.*)")
EXTRA = re.compile(r"unexpected extra argument(?:s|\(s\))? \((.*)\)")
LEAST = re.compile(r"(?:>=|greater than or equal to )(\d+)")


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
    """What is meant perhaps, after what is not known."""
    return Mistake("meant_perhaps", mistake=mistake, names=", ".join(sorted(names))) if names else mistake
