"""typer's application, made of what commands declare: it reads arguments, helps, says what is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer
import typer.core

from prt import __version__
from prt.console.completion import completer_of, typer_completion
from prt.console.plain_words import DAYS_BACK
from prt.console.signature import (
    COMPLETE,
    Argument,
    Command,
    CommandGroup,
    Declared,
    arguments_of,
    declared,
    load_command,
    module_of,
    sentence_of,
)
from prt.console.unusual import describe_usage
from prt.problems import Mistake, PrtError
from prt.values import MISSING

Words = Sequence[str]
Options = Mapping[str, tuple[str, str]]
Panels = Mapping[str, Mapping[str, str]]
UsageError: Any = typer.BadParameter.__mro__[1]
"""What typer raises where it cannot read the words; it is that of a library which typer carries."""


class Application(typer.Typer):
    """The commands as typer knows them."""

    def run(self, words: Words) -> int:
        """The exit code of the command that typer calls. PrtError where the words are wrong.

        Words as they were typed typer reads by itself, for on Windows it expands them.
        """
        typed = list(words) == sys.argv[1:]
        try:
            return self(None if typed else list(words), standalone_mode=False) or 0
        except typer.Abort:
            return 1
        except UsageError as error:
            if type(error).__name__ == "NoArgsIsHelpError":
                error.show()
                return int(error.exit_code)
            command = error.ctx.command_path if error.ctx else "prt"
            mistake = Mistake("usage_wrong", mistake=describe_usage(error), command=command)
            raise PrtError(mistake, code=2) from None


def application(
    about: str, options: Options, panels: Panels, wanted: Iterable[str], words: Words
) -> Application:
    """The commands that are wanted; without any, the names and the sentences of all, for the help."""
    found = Application(
        name="prt",
        help=about,
        invoke_without_command=True,
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    if os.environ.get(COMPLETE):
        typer_completion()
    found.callback()(root_command(options))
    names = set(wanted)
    for panel, commands in panels.items():
        for name, sentence in commands.items():
            if name in names:
                add(found, name, load_command(module_of(name)), words, panel)
            elif not names:
                found.command(name, help=sentence, rich_help_panel=panel)(do_nothing)
    return found


class DayCommand(typer.core.TyperCommand):
    """A command of whose words `-2d` is a day, and no option."""

    def make_parser(self, ctx: Any) -> Any:
        parser: Any = super().make_parser(ctx)
        read_option = parser._process_opts

        def read_word(word: str, state: Any) -> None:
            if DAYS_BACK.fullmatch(word):
                state.largs.append(word)
            else:
                read_option(word, state)

        parser._process_opts = read_word
        return parser


def do_nothing() -> None:
    """Stands for a command that is listed, and not asked for."""


def root_command(options: Options) -> Any:
    """What `prt` does by itself, and the options that stand before a command."""

    def start(context: typer.Context, project: str | None, version: bool) -> None:
        if version:
            return
        if project:
            os.environ["PRT_PROJECT"] = project
        if context.invoked_subcommand is None:
            start_page: Any = load_command("prt.commands.home")
            start_page()

    (folder, folder_help), (_, version_help) = options.values()
    version = typer.Option("--version", callback=print_version, is_eager=True, help=version_help)
    project = typer.Option("--project", metavar=folder, help=folder_help)
    return with_signature(
        start,
        [
            Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context),
            Parameter(
                "project", Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[str | None, project]
            ),
            Parameter("version", Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, version]),
        ],
    )


def print_version(wanted: bool) -> None:
    if wanted:
        print(f"prt {__version__}")
        raise typer.Exit


def add(app: typer.Typer, name: str, found: Command | CommandGroup, words: Words, panel: str | None) -> None:
    """A command with its options; a group with the one of its commands that the words ask for.

    Of the others the help says the names and the sentences. Without words any of them may be called.
    """
    if isinstance(found, CommandGroup):
        alone = found.alone if sys.stdin.isatty() else ""
        inner = typer.Typer(help=found.help, no_args_is_help=not alone, invoke_without_command=bool(alone))
        if alone:
            inner.callback()(lone_command(alone))
        asked = asked_command(found, name, words) if words else list(found.commands)
        for own in dict.fromkeys((*found.commands, *asked)):
            if own in asked:
                add(inner, own, found.command(own), words, None)
            elif not asked:
                inner.command(own, help=sentence_of(found.command(own)))(do_nothing)
        app.add_typer(inner, name=name, rich_help_panel=panel)
    else:
        app.command(name, cls=DayCommand, rich_help_panel=panel)(typer_command(found, words))


def lone_command(module: str) -> Any:
    """What a group does by itself, where no command of it is asked for."""

    def run(context: typer.Context) -> None:
        if context.invoked_subcommand is None:
            command: Any = load_command(module)
            command(**arguments_of(command, {}))

    return with_signature(
        run, [Parameter("context", Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context)]
    )


def asked_command(group: CommandGroup, name: str, words: Words) -> list[str]:
    """The word after the name of the group, if it is one of its commands and not after a call for help."""
    after = words[words.index(name) + 1 :] if name in words else ()
    word = next((word for word in after if not word.startswith("-") or word in ("-h", "--help")), "")
    return [word] if word in group.commands else []


def typer_command(command: Command, words: Words) -> Any:
    """A function with a signature that typer reads as if it had been written by hand."""

    def run(**values: Any) -> None:
        if code := command(**arguments_of(command, values)):
            raise typer.Exit(code)

    run.__doc__ = command.__doc__
    return with_signature(run, map(typer_parameter, declared(command, words)))


def with_signature(function: Any, parameters: Iterable[Parameter]) -> Any:
    function.__signature__ = Signature(list(parameters))
    function.__annotations__ = {}
    return function


def typer_parameter(one: Declared) -> Parameter:
    note: Any
    complete: Any = completer_of(one) if os.environ.get(COMPLETE) else None
    if isinstance(one.note, Argument):
        note = typer.Argument(metavar=one.note.metavar, help=one.note.help, autocompletion=complete)
    else:
        note = typer.Option(
            *one.names,
            metavar=one.note.metavar,
            help=one.note.help,
            rich_help_panel=one.note.panel,
            min=one.note.least,
            show_default=one.note.shows_default,
            autocompletion=complete,
        )
    return Parameter(
        one.name,
        Parameter.KEYWORD_ONLY,
        default=Parameter.empty if one.default is MISSING else one.default,
        annotation=Annotated[one.kind, note],
    )
