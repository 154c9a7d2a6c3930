"""Options made from the columns of a log: every option is text, as a cell is text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from prt.model.records import Column
from prt.problems import PrtError

WhyOption = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason; it is kept.")]
AnywayOption = Annotated[
    bool, typer.Option("--anyway", help="Keep a text although a name, e-mail or telephone number is in it.")
]
PreparedByOption = Annotated[
    str, typer.Option("--prepared-by", metavar="NAME", help="For the cover; default: the plan's signatures.")
]
ApprovedByOption = Annotated[
    str, typer.Option("--approved-by", metavar="NAME", help="For the cover; default: the plan's signatures.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Say what would move; write nothing.")]


Command = Callable[..., None]


class OfColumn(Parameter):
    """An option that fills a cell: typer gathers what is given, so that a second one is seen."""


def signed(command: Command, parameters: Iterable[Parameter], doc: str | None) -> Command:
    """The function with a signature that typer reads as if it had been written by hand."""
    found = list(parameters)
    cells = {one.name for one in found if isinstance(one, OfColumn)}

    @wraps(command)
    def once(**options: Any) -> None:
        command(**{name: only(name, value) if name in cells else value for name, value in options.items()})

    once.__doc__ = doc
    once.__dict__["__signature__"] = Signature(found)
    return once


def only(name: str, value: Any) -> Any:
    """The text of an option; the first of two would be dropped without a word."""
    if not isinstance(value, list):
        return value
    if len(value) > 1:
        option = name.replace("_", "-")
        raise PrtError(
            f"--{option} is given twice. Several values stand in one text, separated by ;.", code=2
        )
    return value[0] if value else None


def parameter(name: str, kind: Any, default: Any = None) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def of_columns(columns: Iterable[Column], *, panels: bool = False, prefix: str = "") -> list[Parameter]:
    """An option for each column but the id; `panels` set those that every row needs apart in the help."""
    kind = Parameter.KEYWORD_ONLY
    return [
        OfColumn(f"{prefix}{column.name}", kind, default=None, annotation=option(column, panels))
        for column in columns
        if column.name != "id"
    ]


def option(column: Column, panels: bool) -> Any:
    panel = ("Needed" if column.required else "Where known") if panels else None
    metavar = column.cell.name.replace(" ", "-").upper()
    return Annotated[
        list[str] | None,
        typer.Option(column.option, metavar=metavar, help=column.description, rich_help_panel=panel),
    ]


def given(options: Mapping[str, str | None]) -> dict[str, str]:
    """The options that were written, empty ones too."""
    return {name: text for name, text in options.items() if text is not None}
