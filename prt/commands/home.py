"""Bare `prt`: where we are, what is next, three commands to try."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prt.console import context
from prt.console.messages import print_line
from prt.figures.evaluate import tally
from prt.output.figure_text import tally_words
from prt.output.words import Words
from prt.problems import PrtError, count_problems
from prt.tasks.all_problems import every_problem
from prt.tasks.next_report import due_report, report_name
from prt.text import command_with, plural

if TYPE_CHECKING:
    from prt.figures.todo import DueReport
    from prt.files.project import Year
    from prt.problems import Problem


def home() -> None:
    try:
        project = context.open_project()
    except PrtError:
        welcome()
        return
    print_home(context.load_year(project, None))


def print_home(year: Year) -> None:
    """The plan with its next report, how targets stand, what is wrong, and what to type."""
    evaluation = context.evaluated(year)
    words = Words(context.language(None), evaluation.plan, evaluation.data.organisations)
    title = " ".join(evaluation.plan.title.to(words.language))
    due = due_report(year)
    print_line(f"{title}, {due_text(due) if due else 'every report was submitted'}")
    targets = evaluation.targets()
    said = [text for _, text in tally_words(words, tally(targets), evaluation.at_end)]
    print_line(f"  {words.counted('tally.targets', len(targets))}: {', '.join(said)}")
    print_problems(every_problem(year))
    print_commands(report_command(year, due))


def print_problems(found: Sequence[Problem]) -> None:
    """How many errors and warnings there are; nothing where there are none."""
    if found:
        wrong, odd = count_problems(found)
        print_line(f"  {plural(wrong, 'error')} and {plural(odd, 'warning')} in the files: prt check")


def report_command(year: Year, due: DueReport | None) -> str:
    """The command that shows the report which is due, or the last one."""
    number = (due.period if due else year.plan.periods[-1]).id
    other = due.year if due and due.year != year.plan.year else None
    return command_with("prt report", period=number, year=other) + " --open"


def print_commands(to_report: str) -> None:
    """What to type next; `to_report` shows the report that is due."""
    print_line("")
    print_line("  prt log workshop              add what happened")
    print_line("  prt status                    where every target stands")
    print_line(f"  {to_report:27}   the report, in the funder's language")
    print_line("  prt --help                    everything else")


def due_text(due: DueReport) -> str:
    """Which report is next, and when it is due; said where that day is over."""
    period = due.period
    name = f"{report_name(due)} ({period.first} to {period.last})"
    name = name[:1].lower() + name[1:]
    days = (period.due - context.today()).days
    left = plural(abs(days), "day")
    if days < 0:
        return f"{name} was never submitted; it was due {period.due}, {left} ago"
    return f"{name} due {period.due}, {f'in {left}' if days else 'today'}"


def welcome() -> None:
    """Outside a project."""
    print_line("prt turns a funded action plan into figures that explain themselves.")
    print_line("There is no project in this folder or above it.")
    print_line("")
    print_line("  prt demo      makes prt-demo, a fictional year to look at")
    print_line("  prt init      starts an empty project of your own")
    print_line("  prt --help    everything else")
