"""What is to do, found in the files: the one list of `prt todo` and of the page of the week."""

from __future__ import annotations

from collections.abc import Sequence

from prt.console import context
from prt.figures.evaluate import Evaluation
from prt.figures.todo import Due, DueReport, Task, tasks
from prt.files.notes import read_notes
from prt.files.privacy.private_folder import unmatched_rows
from prt.files.project import Year
from prt.files.rooms import report_stem
from prt.output.screens.status import StatusScreen
from prt.output.screens.todo import TodoScreen
from prt.problems import count_problems
from prt.tasks.all_problems import every_problem
from prt.text import command_with
from prt.values import replace


def todo_screen(
    opened: Year,
    view: StatusScreen,
    coming: Sequence[Due],
    report: int | None = None,
    every: bool = False,
    *,
    table: bool = False,
) -> TodoScreen:
    """The tasks of a year as a screen shows them; `report` is that before which they are asked for, where it
    is not the next one. A `table` has no number of problems."""
    evaluation = view.evaluation
    year, reported = opened, evaluation if report is not None else None
    if view.unsent and report is None:
        year, reported = evaluate_report(opened, evaluation, view.unsent[0])
    found = tasks(evaluation, view.today, reported, explained_targets(year, reported))
    found = [replace(one, command=command_in_force(one, view, year, opened)) for one in found]
    years = {one.plan.year: one for one in (opened, year)}
    counted = {} if table else years
    numbers = {name: count_problems(every_problem(one)) for name, one in counted.items()}
    return TodoScreen(view, found, coming, numbers, every, len(unmatched_rows(opened)), reported)


def command_in_force(task: Task, view: StatusScreen, reported: Year, opened: Year) -> str:
    """The command that settles a task, for the same year, report and language.

    Notes are asked for in the language in which they were found wanting, which is the funder's. What a report
    of another year needs is settled there.
    """
    name, options = task.command.split()[1], view.options
    period = options.get("report") if name in ("explain", "notes", "people") else None
    elsewhere = task.group == "report" and reported is not opened
    year = reported.plan.year if elsewhere else options.get("year")
    lang = options.get("lang") if name == "explain" else None
    return command_with(task.command, period=period, year=year, lang=lang)


def evaluate_report(year: Year, evaluation: Evaluation, due: DueReport) -> tuple[Year, Evaluation]:
    """The plan year of the report that is due, evaluated at its cut-off if its period is over."""
    if due.year != year.plan.year:
        year = context.load_year(year.project, due.year)
    elif due.period.last >= evaluation.cut_off:
        return year, evaluation
    return year, context.evaluated(year, due.period.id)


def explained_targets(year: Year, evaluation: Evaluation | None) -> frozenset[str]:
    """Targets whose gap the notes of the report explain, in the funder's first language."""
    if evaluation is None:
        return frozenset()
    stem, language = report_stem(evaluation.period.id, annual=False), evaluation.plan.funder.languages[0]
    notes = read_notes(year.project, year.folder, stem, language)
    return frozenset(
        result.handle
        for result in evaluation.targets()
        if notes.action(result.handle, result.line.id, result.volet.id)
    )
