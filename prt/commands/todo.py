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
from prt.figures.todo import Due, dates
from prt.files.outputs import write_output
from prt.files.privacy.personal import traces
from prt.files.privacy.walk import known_names
from prt.files.project import Year
from prt.output.calendar_file import write_calendar
from prt.output.screens.status import StatusScreen
from prt.output.screens.todo import due_days, session_days
from prt.output.tables import render
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.next_report import every_unsent, sent_periods
from prt.tasks.todo_list import todo_screen
from prt.values import dataclass


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
    listed = todo_screen(opened, view, coming, options.report, options.every, table=how != "table")
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
    days = [*due_days(coming, words, year.plan.year), *planned]
    text = write_calendar(days, year.plan.starts)
    if output is None:
        print(text, end="")
        return
    write_output(year.project, Path(output), text, marked=None, force=force)
    messages.print_written(words.counted("todo.days", len(days), file=output))
