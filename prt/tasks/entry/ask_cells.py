"""Questions for the cells of one row, one after the other, where a row is no log's."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from prt.console import context, prompt
from prt.files.project import Project
from prt.problems import Place, Problem, PrtError
from prt.tasks.entry.log_rows import complete_entry, personal_mistakes

if TYPE_CHECKING:
    from prt.console.prompt import Asker
    from prt.files.project import Year
    from prt.model.columns import Column, Record


def must_ask(columns: Iterable[Column], given: Mapping[str, str]) -> bool:
    """On a terminal, where a cell is missing that every row needs."""
    return sys.stdin.isatty() and any(one.required and not given.get(one.name) for one in columns)


def ask_cells(
    model: type[Record], columns: Iterable[Column], given: Mapping[str, str], year: Year
) -> dict[str, str]:
    """The cells that were given, and those of the answers. Whoever leaves with Ctrl-C writes nothing."""
    asker, cells = prompt.Terminal(), dict(given)
    asker.tell("Enter passes over what is optional; Ctrl-C writes nothing.")
    try:
        for column in columns:
            if column.name not in cells and (text := ask_cell(model, column, year, asker)):
                cells[column.name] = text
    except (KeyboardInterrupt, EOFError):
        raise PrtError("\nNothing was written.") from None
    return cells


def ask_cell(model: type[Record], column: Column, year: Year, asker: Asker) -> str:
    """One answer that can be read; empty for none."""
    choices = [] if column.name == "id" else list(column.cell.choices(year.known.at(model.log), column.name))
    hint = "" if column.required else " (optional)"
    listed = f" {', '.join(choices)}" if choices else ""
    while True:
        text = asker.ask(f"{column.description}?{hint}{listed} > ", choices)
        if not text and not column.required:
            return ""
        entry = complete_entry(model, {column.name: text}, year, context.today(), None)
        wrong = [mistake for name, mistake in entry.mistakes if name == column.name]
        if text and not wrong:
            return text
        asker.tell(f"      {wrong[0].what}. {wrong[0].remedy}" if text else "      This is needed.")


def ask_reason(why: str | None, dry_run: bool, project: Project, anyway: bool = False) -> str:
    """Why: given, or asked on a terminal; in a script it must be given. It names nobody, for it is kept."""
    if not why and not dry_run and not sys.stdin.isatty():
        raise PrtError("--why: missing. Write the reason; corrections.csv keeps it.", code=2)
    answer = why or ("" if dry_run else prompt_reason())
    if answer and not anyway and (mistakes := personal_mistakes({"why": answer}, project)):
        problems = [Problem.of(Place("--why"), one) for _, one in mistakes]
        raise PrtError(*problems, "Nothing was written.", code=2)
    return answer


def prompt_reason() -> str:
    while not (answer := prompt.Terminal().ask("Why? > ")):
        context.say("A reason is needed: whoever audits the figures will ask.")
    return answer
