"""The tab key in a shell: which words fit, those of the plan too. typer speaks with the shells."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, suppress
from importlib import import_module
from typing import Any

from prt.console import context
from prt.console.signature import CELL, COMPLETE, Declared
from prt.figures.questions import choices
from prt.files.project import Project
from prt.model.cells import IndicatorCell, LineCell, OneOf, OrganisationCell, WordCell, YesNoCell, cell_of_one
from prt.model.plan import Plan, known_of
from prt.model.records import LOGS, row_kinds
from prt.problems import PrtError

SHELLS = ("bash", "zsh", "fish", "powershell")
CODES = (OneOf, WordCell, YesNoCell, LineCell, IndicatorCell, OrganisationCell)
"""The kinds of cells that hold a code of the plan, of prt, or of the list of organisations."""


def completion_script(shell: str) -> str:
    """What a shell runs once, so that its tab key asks prt."""
    script = typer_completion().get_completion_script(prog_name="prt", complete_var=COMPLETE, shell=shell)
    return str(script)


def typer_completion() -> Any:
    """The part of typer that speaks with shells, which knows them from here on."""
    found: Any = import_module("typer.completion")
    found.completion_init()
    return found


def completer_of(one: Declared) -> Callable[..., list[str]]:
    """What typer asks for the values of an option or an argument that begin so."""

    def complete(ctx: Any, args: list[str], incomplete: str) -> list[str]:
        with suppress(PrtError, OSError), redirect_stderr(io.StringIO()):
            return [word for word in fitting_words(one, ctx.info_name) if word.startswith(incomplete)]
        return []

    return complete


def fitting_words(one: Declared, command: str) -> Iterator[str]:
    """The words that an option may have: its own, the codes of its column, ids and years of the plan."""
    if one.note.metavar and "|" in one.note.metavar:
        yield from one.note.metavar.split("|")
        return
    project = context.open_project()
    plan = project.plan(project.current_plan_path(context.today()))[0]
    if one.name.startswith(CELL):
        yield from codes_of(one.name.removeprefix(CELL), command, plan, project)
    elif one.name == "period":
        yield from (str(period.id) for period in plan.periods)
    elif one.name == "year":
        yield from (path.stem for path in project.plan_paths)
    elif one.name == "what":
        yield from plan.handles()


def codes_of(name: str, command: str, plan: Plan, project: Project) -> Iterator[str]:
    """What a column of the log may hold; `command` is the kind of row, else every log that has the column."""
    kind = row_kinds().get(command)
    known = known_of(plan, project.organisations[0])
    for model in map(plan.record_of, [kind] if kind else LOGS):
        if (column := model.column_named(name)) and isinstance(cell_of_one(column.cell), CODES):
            yield from dict.fromkeys(code for code, _ in choices(model, column, plan, known, {}))
