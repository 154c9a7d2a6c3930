"""`prt todo`: what is to do this week, for the targets, and before the next report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from prt.console import context, screen
from prt.console.options import EveryRowOption, FormatOption, LangOption, YearOption, check_format
from prt.console.signature import Option
from prt.figures.todo import dates, next_report, tasks
from prt.files.notes import read_notes
from prt.files.privacy.private_folder import unmatched_rows
from prt.output.screens.status import StatusScreen
from prt.output.screens.todo import TodoScreen, calendar_file
from prt.output.tables import render
from prt.output.words import Words
from prt.problems import count_problems
from prt.tasks.all_problems import every_problem
from prt.tasks.next_report import sent_periods
from prt.text import command_with

if TYPE_CHECKING:
    from prt.figures.evaluate import Evaluation
    from prt.files.project import Year
    from prt.model.calendar import Period


@dataclass(frozen=True)
class TodoOptions:
    """What `prt todo` is asked for."""

    every: EveryRowOption = False
    report: Annotated[int | None, Option("As at the cut-off of report N.", metavar="N")] = None
    ics: Annotated[bool, Option("The due dates as a calendar file.")] = False
    year: YearOption = None
    lang: LangOption = None
    form: FormatOption = "table"


def todo(options: TodoOptions) -> None:
    """What is to do: rows that miss something, targets that are short, what the next report needs."""
    how, language = check_format(options.form), context.language(options.lang)
    opened = context.open_year(options.year)
    evaluation = context.evaluated(opened, options.report)
    words = Words(language, evaluation.plan, evaluation.data.organisations)
    sent = sent_periods(opened)
    due = next_report(opened.plan, sent)
    coming = dates(evaluation, context.today(), sent)
    if options.ics:
        print(calendar_file(coming, words, evaluation.plan.year, evaluation.plan.starts), end="")
        return
    view = StatusScreen(evaluation, words, context.today(), screen.width(), screen.glyphs(), vars(options))
    reported = evaluate_report(opened, evaluation, due) if options.report is None else evaluation
    found = tasks(evaluation, context.today(), reported, explained_targets(opened, reported))
    found = [replace(one, command=command_in_force(one.command, options)) for one in found]
    numbers = count_problems(every_problem(opened))
    number = reported.period.id if reported else None
    listed = TodoScreen(view, found, coming, numbers, options.every, len(unmatched_rows(opened)), number)
    if how == "table":
        screen.show(listed.lines())
    else:
        print(render(listed.table(), how))
    context.left_out_notice(opened)


def command_in_force(command: str, options: TodoOptions) -> str:
    """The command that settles a task, for the same year, report and language.

    Notes are asked for in the language in which they were found wanting, which is the funder's.
    """
    name = command.split()[1]
    period = options.report if name in ("explain", "notes") else None
    return command_with(
        command, period=period, year=options.year, lang=options.lang if name == "explain" else None
    )


def evaluate_report(year: Year, evaluation: Evaluation, due: Period | None) -> Evaluation | None:
    """The evaluation at the cut-off of the next report, if its period is over; None without a report."""
    if due is None:
        return None
    return context.evaluated(year, due.id) if due.last < evaluation.cut_off else evaluation


def explained_targets(year: Year, evaluation: Evaluation | None) -> frozenset[str]:
    """Targets whose gap the notes of the report explain, in the funder's first language."""
    if evaluation is None:
        return frozenset()
    notes = read_notes(year.folder, f"period-{evaluation.period.id}", evaluation.plan.funder.languages[0])
    return frozenset(
        result.handle
        for result in evaluation.targets()
        if notes.action(result.handle, result.line.id, result.volet.id)
    )
