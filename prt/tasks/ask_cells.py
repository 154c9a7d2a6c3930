"""Questions for the cells of one row, one after the other, where a row is no log's."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import typer

from prt.console import context

if TYPE_CHECKING:
    from prt.console.prompt import Asker
    from prt.files.project import Year
    from prt.model.records import Column, Record


def asks(columns: Iterable[Column], given: Mapping[str, str]) -> bool:
    """On a terminal, where a cell is missing that every row needs."""
    return sys.stdin.isatty() and any(one.required and not given.get(one.name) for one in columns)


def asked(
    model: type[Record], columns: Iterable[Column], given: Mapping[str, str], year: Year
) -> dict[str, str]:
    """The cells that were given, and those of the answers. Whoever leaves with Ctrl-C writes nothing."""
    from prt.console.prompt import Terminal

    asker, cells = Terminal(), dict(given)
    asker.tell("Enter passes over what is optional; Ctrl-C writes nothing.")
    try:
        for column in columns:
            if column.name not in cells and (text := answer(model, column, year, asker)):
                cells[column.name] = text
    except (KeyboardInterrupt, EOFError):
        context.say("\nNothing was written.")
        raise typer.Exit(1) from None
    return cells


def answer(model: type[Record], column: Column, year: Year, asker: Asker) -> str:
    """One answer that can be read; empty for none."""
    from prt.tasks.log_rows import entered

    choices = [] if column.name == "id" else list(column.cell.choices(year.known.at(model.log), column.name))
    hint = "" if column.required else " (optional)"
    listed = f" {', '.join(choices)}" if choices else ""
    while True:
        text = asker.ask(f"{column.description}?{hint}{listed} > ", choices)
        if not text and not column.required:
            return ""
        entry = entered(model, {column.name: text}, year, context.today(), None)
        wrong = [mistake for name, mistake in entry.mistakes if name == column.name]
        if text and not wrong:
            return text
        asker.tell(f"      {wrong[0].what}. {wrong[0].remedy}" if text else "      This is needed.")
