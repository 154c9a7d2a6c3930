"""`prt todo`: what is to do this week, for the targets, and before the next report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from prt.console import context, messages, screen
from prt.console.options import (
    EveryRowOption,
    ForceOption,
    FormatOption,
    LangOption,
    YearOption,
    check_format,
)
from prt.console.signature import Option
from prt.figures.evaluate import Evaluation
from prt.figures.todo import Due, DueReport, Task, dates, tasks
from prt.files.notes import read_notes
from prt.files.outputs import write_output
from prt.files.privacy.personal import traces
from prt.files.privacy.private_folder import unmatched_rows
from prt.files.privacy.walk import known_names
from prt.files.project import Year
from prt.output.calendar_file import write_calendar
from prt.output.screens.status import StatusScreen
from prt.output.screens.todo import TodoScreen, due_days, session_days
from prt.output.tables import render
from prt.output.words import Words
from prt.problems import Mistake, PrtError, count_problems
from prt.tasks.all_problems import every_problem
from prt.tasks.next_report import every_unsent, sent_periods
from prt.text import command_with
from prt.values import dataclass, replace


@dataclass(frozen=True)
class TodoOptions:
    """What `prt todo` is asked for."""

    every: EveryRowOption = False
    report: Annotated[int | None, Option("As at the cut-off of report N.", metavar="N")] = None
    ics: Annotated[bool, Option("What is due, and planned sessions, as a calendar file.")] = False
    output: Annotated[
        str | None, Option("The calendar as a file such as due.ics.", short="-o", metavar="FILE")
    ] = None
    force: ForceOption = False
    year: YearOption = None
    lang: LangOption = None
    form: FormatOption = "table"


def todo(options: TodoOptions) -> None:
    """What is to do: rows that miss something, targets that are short, what the next report needs."""
    how, language = check_format(options.form), context.screen_language(options.lang)
    opened = context.open_year(options.year)
    evaluation = context.evaluated(opened, options.report)
    words = Words(language, evaluation.plan, evaluation.data.organisations)
    coming = dates(evaluation, context.today(), sent_periods(opened))
    if options.ics:
        give_calendar(options.output, opened, coming, words, force=options.force)
        return
    if options.output:
        raise PrtError(Mistake("calendar_needs_ics"), code=2)
    unsent, today = list(every_unsent(opened, options.year)), context.today()
    view = StatusScreen(evaluation, words, today, screen.width(), screen.glyphs(), vars(options), unsent)
    year, reported = opened, evaluation if options.report is not None else None
    if unsent and options.report is None:
        year, reported = evaluate_report(opened, evaluation, unsent[0])
    found = tasks(evaluation, today, reported, explained_targets(year, reported))
    found = [replace(one, command=command_in_force(one, options, year, opened)) for one in found]
    years = {one.plan.year: one for one in (opened, year)}
    numbers = {name: count_problems(every_problem(one)) for name, one in years.items()}
    waiting = len(unmatched_rows(opened))
    listed = TodoScreen(view, found, coming, numbers, options.every, waiting, reported)
    if how == "table":
        screen.show(listed.lines())
    else:
        print(render(listed.table(), how))
    context.left_out_notice(opened)


def give_calendar(
    output: str | None, year: Year, coming: Sequence[Due], words: Words, *, force: bool
) -> None:
    """What is due and planned, without a name, in a file or on stdout."""
    names = known_names(year.project)
    planned = session_days(
        year.data.logs["sessions"], context.today(), lambda title: any(traces(title, names))
    )
    text = write_calendar([*due_days(coming, words, year.plan.year), *planned], year.plan.starts)
    if output is None:
        print(text, end="")
        return
    write_output(year.project, Path(output), text, comments=False, force=force)
    messages.print_written(f"{output}: {words.counted('todo.days', text.count('BEGIN:VEVENT'))}")


def command_in_force(task: Task, options: TodoOptions, reported: Year, opened: Year) -> str:
    """The command that settles a task, for the same year, report and language.

    Notes are asked for in the language in which they were found wanting, which is the funder's. What a report
    of another year needs is settled there.
    """
    name = task.command.split()[1]
    period = options.report if name in ("explain", "notes") else None
    elsewhere = task.group == "report" and reported is not opened
    year = reported.plan.year if elsewhere else options.year
    return command_with(
        task.command, period=period, year=year, lang=options.lang if name == "explain" else None
    )


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
    notes = read_notes(year.folder, f"period-{evaluation.period.id}", evaluation.plan.funder.languages[0])
    return frozenset(
        result.handle
        for result in evaluation.targets()
        if notes.action(result.handle, result.line.id, result.volet.id)
    )
