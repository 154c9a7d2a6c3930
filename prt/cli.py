"""The commands' table of contents. A command's module is imported when the command is asked for."""

from __future__ import annotations

import codecs
import gc
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated, TextIO

import typer

from prt import __version__
from prt.problems import PrtError

WEEKLY, PUT_RIGHT, REPORTS, SET_UP = "Every week", "Put right", "Reports", "Set up"

COMMANDS: dict[str, str] = {
    "log": WEEKLY,
    "import": WEEKLY,
    "status": WEEKLY,
    "todo": WEEKLY,
    "list": PUT_RIGHT,
    "show": PUT_RIGHT,
    "edit": PUT_RIGHT,
    "remove": PUT_RIGHT,
    "undo": PUT_RIGHT,
    "check": PUT_RIGHT,
    "explain": REPORTS,
    "report": REPORTS,
    "notes": REPORTS,
    "submit": REPORTS,
    "submissions": REPORTS,
    "init": SET_UP,
    "demo": SET_UP,
    "plan": SET_UP,
    "templates": SET_UP,
    "people": SET_UP,
    "org": SET_UP,
    "privacy": SET_UP,
}
"""Each command with its group in the help: module `prt.commands.NAME`, which has a function `register`."""
MODULES = {"import": "import_"}
"""Those whose name is a word of Python."""


def app(names: Iterable[str] = tuple(COMMANDS)) -> typer.Typer:
    """The application with these commands; all of them for help and for a command that is none of ours."""
    found = typer.Typer(
        name="prt",
        help="A funded action plan as living figures: each is computed from rows and explains itself.",
        invoke_without_command=True,
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    found.callback()(start)
    for name in names:
        module = import_module(f"prt.commands.{MODULES.get(name, name)}")
        module.register(found, COMMANDS[name])
    return found


def version(asked: bool) -> None:
    if asked:
        print(f"prt {__version__}")
        raise typer.Exit


def start(
    context: typer.Context,
    project: Annotated[
        str | None, typer.Option("--project", metavar="DIR", help="The project's folder; or PRT_PROJECT.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Say which prt this is.")
    ] = False,
) -> None:
    if project:
        os.environ["PRT_PROJECT"] = project
    if context.invoked_subcommand is None:
        from prt.commands.home import home

        home()


def asked(arguments: Sequence[str]) -> Iterable[str]:
    """The one command that is asked for, so that no other is imported; options of prt come before it."""
    words = iter(arguments)
    for word in words:
        if word == "--project":
            next(words, None)
        elif word in ("-h", "--help"):
            return COMMANDS
        elif not word.startswith("-"):
            return [word] if word in COMMANDS else COMMANDS
    return ()


PLAIN = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "’": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-"}
    | {"…": "...", "→": "->", "·": "-", "œ": "oe", "Œ": "OE", "≤": "<=", "÷": "/", "✓": "x"}
)
"""What stands for signs that a plain terminal does not have and that are no letter with an accent."""


def plainer(error: UnicodeError) -> tuple[str, int]:
    """What a terminal of cp1252 or ASCII shows for a character it does not have: `fevr.` for `févr.`."""
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end].translate(PLAIN)
    letters = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return letters.encode("ascii", "replace").decode(), error.end


codecs.register_error("plainer", plainer)


def main() -> None:
    """Run prt; a mistake is printed, never a traceback."""
    gc.disable()  # a process of a second builds a million rows, and drops them all at its end
    open_streams()
    try:
        code = run(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        drop(sys.stdout)
        code = 0
    except OSError as error:
        drop(sys.stdout)
        code = stopped(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """The exit code of a command. Raises OSError where it cannot read, write or print."""
    try:
        app(asked(arguments))()
    except PrtError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return error.code
    except RecursionError:
        return stopped("something is nested too deeply")
    except MemoryError:
        return stopped("the memory of this computer is full")
    except SystemExit as left:
        if isinstance(left.__context__, BrokenPipeError):  # typer makes 1 of it
            raise left.__context__ from None
        return int(left.code or 0)
    return 0


def open_streams() -> None:
    """A stream that was closed (`prt status >&-`) leads nowhere; what it cannot show is made plainer."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="plainer")


def drop(stream: TextIO) -> None:
    """What the stream still holds goes nowhere: Python would try it once more at its end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def stopped(why: str) -> int:
    """Say on one line why prt could not go on; the exit code."""
    try:
        print(f"prt stopped: {why}", file=sys.stderr, flush=True)
    except OSError:
        drop(sys.stderr)
    return 1
