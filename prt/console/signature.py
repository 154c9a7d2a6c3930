"""A command's signature is its declaration: typer's application and the reference page are made from it.

An option is noted beside its type, as in `Annotated[str | None, Option("The reason.", metavar="TEXT")]`.
A parameter that is a dataclass stands for an option of each of its fields, and `**cells` for one of each
column that `with_columns` names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from types import MappingProxyType
from typing import Any, get_args

from prt.model.base import hint_of
from prt.model.columns import Column
from prt.problems import Mistake, PrtError
from prt.text import option_name
from prt.values import MISSING, dataclass, fields, is_dataclass

Command = Callable[..., int | None]
"""Does what is asked for; the exit code, or None for 0."""
Columns = Callable[[Sequence[str]], Iterable[Column]]
"""The columns that are options, by the words of the command line."""
WORDS_OF_PYTHON = ("import", "list", "open")
"""Commands whose modules and functions have a `_` behind their names."""
COMPLETE = "_PRT_COMPLETE"
"""The variable by which a shell asks what fits, when its tab key is pressed."""
NOTHING: Mapping[str, str] = MappingProxyType({})
CELL = "cell_"
"""The beginning of the name of a column's option, so that it is not that of another option."""


@dataclass(frozen=True)
class Option:
    """What an option does; its name is that of its parameter, unless it says another."""

    help: str
    name: str | None = None
    metavar: str | None = None
    short: str | None = None
    panel: str | None = None
    least: int | None = None
    shows_default: bool = True


@dataclass(frozen=True)
class Argument:
    help: str
    metavar: str


@dataclass(frozen=True)
class Declared:
    """One option or argument of a command. `default` is `MISSING` where it must be given."""

    name: str
    kind: Any
    default: Any
    note: Option | Argument

    @property
    def is_switch(self) -> bool:
        """Is nothing written after it?"""
        return bool in (self.kind, *get_args(self.kind))

    @property
    def names(self) -> tuple[str, ...]:
        """How it is written: `--output`, `-o`; none of an argument."""
        if isinstance(self.note, Argument):
            return ()
        own = self.note.name or option_name(self.name)
        return (own, self.note.short) if self.note.short else (own,)


@dataclass(frozen=True)
class CommandGroup:
    """Commands under one name, such as `prt plan show`. A text is the module of a function so called."""

    help: str
    commands: Mapping[str, Command | CommandGroup | str]
    alone: str = ""
    """The module of what the group does by itself, at a terminal."""
    said: Mapping[str, str] = NOTHING
    """What a command says of itself, where its help needs it before its module is imported."""

    def command(self, name: str) -> Command | CommandGroup:
        found = self.commands[name]
        return load_command(found) if isinstance(found, str) else found

    def sentences(self) -> dict[str, str]:
        """What each of its commands says of itself first."""
        texts = {name: self.said.get(name) or sentence_of(self.command(name)) for name in self.commands}
        return {name: text.partition("\n\n")[0] for name, text in texts.items()}


def sentence_of(found: Command | CommandGroup) -> str:
    return found.help if isinstance(found, CommandGroup) else found.__doc__ or ""


def module_of(name: str) -> str:
    """The module of a command of prt, or of a group."""
    return f"prt.commands.{name}{'_' if name in WORDS_OF_PYTHON else ''}"


def load_command(module: str) -> Command | CommandGroup:
    """`prt.commands.people.add` has a function `add`."""
    found: Command | CommandGroup = getattr(import_module(module), module.rpartition(".")[2])
    return found


def with_columns(
    columns: Columns, of_plan: Columns | None = None, *, panels: bool = False
) -> Callable[[Command], Command]:
    """The `**cells` of a command are options of these columns; `panels` set apart those that rows need.

    Where an option is none of them, `of_plan` tells those of the plan, which is not read for others.
    """

    def decorate(command: Command) -> Command:
        def options(words: Sequence[str]) -> list[Declared]:
            own = declare_columns(columns(words), panels=panels)
            known = {name for one in (*own, *declare_all(parameters_of(command))) for name in one.names}
            asked = {word.partition("=")[0] for word in words if word.startswith("--") or word == "-h"}
            return (
                own if of_plan is None or asked <= known else declare_columns(of_plan(words), panels=panels)
            )

        command.__dict__["columns"] = options
        return command

    return decorate


def declare_columns(columns: Iterable[Column], *, panels: bool) -> list[Declared]:
    """An option for each column but the id."""
    return [declare_column(one, panels=panels) for one in columns if one.name != "id"]


def declare_column(column: Column, *, panels: bool) -> Declared:
    """An option that fills a cell: every one that is given is gathered, so that a second one is seen."""
    panel = ("Needed" if column.required else "Where known") if panels else None
    metavar = column.cell.name.replace(" ", "-").upper()
    note = Option(column.description, name=column.option, metavar=metavar, panel=panel)
    return Declared(CELL + column.name, list[str] | None, None, note)


def declared(command: Command, words: Sequence[str] = ()) -> list[Declared]:
    """Every argument, then every option: columns stand before those that are keyword-only."""
    parameters = parameters_of(command)
    before = [one for one in parameters if not one.by_name]
    after = [one for one in parameters if one.by_name]
    columns = command.__dict__["columns"](words) if "columns" in command.__dict__ else []
    found = [*declare_all(before), *columns, *declare_all(after)]
    return sorted(found, key=lambda one: isinstance(one.note, Option))


@dataclass(frozen=True)
class Parameter:
    """One parameter of a command; `by_name` where it is keyword-only."""

    name: str
    annotation: Any
    default: Any
    by_name: bool


@cache
def parameters_of(command: Command) -> tuple[Parameter, ...]:
    """The parameters of its signature, but for `**cells` and what a `partial` has given already.

    The module inspect would do the same: 10 ms of each start.
    """
    if isinstance(command, partial):
        return parameters_of(command.func)[len(command.args) :]
    code, written = command.__code__, command.__annotations__
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    last = names[: code.co_argcount][::-1]
    defaults = dict(zip(last, (command.__defaults__ or ())[::-1], strict=False))
    defaults |= command.__kwdefaults__ or {}
    return tuple(
        Parameter(
            name,
            hint_of(written[name], command.__module__),
            defaults.get(name, MISSING),
            place >= code.co_argcount,
        )
        for place, name in enumerate(names)
    )


def declare_all(parameters: Iterable[Parameter]) -> Iterator[Declared]:
    for one in parameters:
        options: Any = options_class(one)
        yield from declare_fields(options) if options else (declare(one.name, one.annotation, one.default),)


def options_class(parameter: Parameter) -> type[Any] | None:
    """The class whose fields are options, where a parameter stands for all of them."""
    found = parameter.annotation
    return found if isinstance(found, type) and is_dataclass(found) else None


@cache
def declare_fields(options: type[Any]) -> tuple[Declared, ...]:
    """The options that the fields of a class declare."""
    hints = [(one, hint_of(one.annotation, options.__module__)) for one in fields(options)]
    return tuple(declare(one.name, hint, one.default) for one, hint in hints if hasattr(hint, "__metadata__"))


def declare(name: str, annotation: Any, default: Any) -> Declared:
    kind, note = get_args(annotation)
    return Declared(name, kind, default, note)


def arguments_of(command: Command, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a command is called with, of the values of what it declares."""
    arguments: dict[str, Any] = {}
    for one in parameters_of(command):
        if options := options_class(one):
            own = {field.name for field in fields(options)} & values.keys()
            arguments[one.name] = options(**{name: values[name] for name in own})
        else:
            arguments[one.name] = values[one.name]
    return arguments | given_cells(values) if "columns" in command.__dict__ else arguments


def given_cells(values: Mapping[str, Any]) -> dict[str, str]:
    """The cells that were written, empty ones too; the first of two would be dropped without a word."""
    found = {name.removeprefix(CELL): texts for name, texts in values.items() if name.startswith(CELL)}
    for name, texts in found.items():
        if texts and len(texts) > 1:
            raise PrtError(Mistake("option_twice", option=option_name(name)), code=2)
    return {name: texts[0] for name, texts in found.items() if texts}
