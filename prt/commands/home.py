"""Bare `prt`: where we are, what is next, three commands to try."""

from __future__ import annotations

from collections.abc import Sequence

from prt.console import context
from prt.console.messages import print_line
from prt.figures.evaluate import tally
from prt.figures.todo import DueReport
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.output.figure_text import report_numbers, tally_words
from prt.output.words import Words
from prt.problems import Problem, PrtError, count_problems
from prt.tasks.all_problems import every_problem
from prt.tasks.next_report import every_unsent
from prt.tasks.start.open_steps import open_steps, say_start
from prt.text import command_with


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
    title = evaluation.plan.title.as_one(words.language)
    unsent = list(every_unsent(year))
    print_line(f"{title}, {due_text(unsent, words) if unsent else say_phrase('h_all_sent')}")
    targets = evaluation.targets()
    said = [text for _, text in tally_words(words, tally(targets), evaluation.at_end)]
    print_line(
        f"  {say_phrase('colon', name=words.counted('tally.targets', len(targets)), text=', '.join(said))}"
    )
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
        numbers = {"errors": say_phrase("errors", wrong), "warnings": say_phrase("warnings", odd)}
        check = command_with("prt check", year=other)
        print_line(
            say_phrase("h_problems_of" if other else "h_problems", **numbers, year=other, command=check)
        )


def print_commands(to_report: str) -> None:
    """What to type next; `to_report` shows the report that is due."""
    print_line("")
    print_line(say_phrase("h_log"))
    print_line(say_phrase("h_status"))
    print_line(f"  {to_report:28}  {say_phrase('h_report')}")
    print_line(say_phrase("h_help"))


def due_text(unsent: Sequence[DueReport], words: Words) -> str:
    """Which report is next, and when it is due; said of all those of which that day is over."""
    today, first = context.today(), unsent[0].period
    late = [one for one in unsent if one.is_late(today)]
    numbers = report_numbers(late or unsent[:1], words, today)
    days = (first.due - today).days
    word = "h_late_all" if len(late) > 1 else "h_late" if late else "h_due" if days else "h_due_today"
    left = say_phrase("days", abs(days))
    span = {"first": words.date(first.first), "last": words.date(first.last)}
    return say_phrase(word, numbers=numbers, **span, due=words.date(first.due), left=left)


def welcome() -> None:
    """Outside a project."""
    for line in say_phrase("h_welcome").splitlines():
        print_line(line)
