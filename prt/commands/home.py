"""Bare `prt`: where we are, what is next, three commands to try."""

from __future__ import annotations

from collections.abc import Sequence

from prt.console import context
from prt.console.messages import print_line
from prt.figures.evaluate import tally
from prt.figures.todo import DueReport
from prt.files.project import Year
from prt.output.figure_text import report_numbers, tally_words
from prt.output.words import Words
from prt.problems import Problem, PrtError, count_problems
from prt.tasks.all_problems import every_problem
from prt.tasks.next_report import every_unsent
from prt.tasks.start.open_steps import open_steps, say_start
from prt.text import command_with, plural


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
    words = Words(context.screen_language(None), evaluation.plan, evaluation.data.organisations)
    title = " ".join(evaluation.plan.title.to(words.language))
    unsent = list(every_unsent(year))
    print_line(f"{title}, {due_text(unsent) if unsent else 'every report was submitted'}")
    targets = evaluation.targets()
    said = [text for _, text in tally_words(words, tally(targets), evaluation.at_end)]
    print_line(f"  {words.counted('tally.targets', len(targets))}: {', '.join(said)}")
    print_problems(every_problem(year))
    other = unsent[0].year if unsent and unsent[0].year != year.plan.year else None
    if other:
        print_problems(every_problem(context.load_year(year.project, other)), other)
    number = (unsent[0].period if unsent else year.plan.periods[-1]).id
    if missing := open_steps(year):
        print_line("")
        steps = ", ".join(say_start(words.language, f"step.{one}") for one in missing)
        print_line(say_start(words.language, "next", steps=steps))
    print_commands(command_with("prt report", period=number, year=other) + " --open")


def print_problems(found: Sequence[Problem], other: str | None = None) -> None:
    """How many errors and warnings there are, in this plan year or another; nothing where there are none."""
    if found:
        wrong, odd = count_problems(found)
        files = f"the files of {other}" if other else "the files"
        check = command_with("prt check", year=other)
        print_line(f"  {plural(wrong, 'error')} and {plural(odd, 'warning')} in {files}: {check}")


def print_commands(to_report: str) -> None:
    """What to type next; `to_report` shows the report that is due."""
    print_line("")
    print_line("  prt log workshop              add what happened")
    print_line("  prt status                    where every target stands")
    print_line(f"  {to_report:27}   the report, in the funder's language")
    print_line("  prt --help                    everything else")


def due_text(unsent: Sequence[DueReport]) -> str:
    """Which report is next, and when it is due; said of all those of which that day is over."""
    today, first = context.today(), unsent[0].period
    late = [one for one in unsent if one.is_late(today)]
    numbers = report_numbers(late or unsent[:1], Words("en", unsent[0].plan), today)
    days, lasts = (first.due - today).days, f"({first.first} to {first.last})"
    left = plural(abs(days), "day")
    if len(late) > 1:
        return f"reports {numbers} were never submitted; the first {lasts} was due {first.due}, {left} ago"
    if late:
        return f"report {numbers} {lasts} was never submitted; it was due {first.due}, {left} ago"
    return f"report {numbers} {lasts} due {first.due}, {f'in {left}' if days else 'today'}"


def welcome() -> None:
    """Outside a project."""
    print_line("prt turns a funded action plan into figures that explain themselves.")
    print_line("There is no project in this folder or above it.")
    print_line("")
    print_line("  prt demo      makes prt-demo, a fictional year to look at")
    print_line("  prt start     makes your own project, with questions")
    print_line("  prt init      starts an empty one, without")
    print_line("  prt --help    everything else")
