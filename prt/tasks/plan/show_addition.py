"""What a new indicator would say today, and what would stand in the plan, before anything is written."""

from __future__ import annotations

from prt.console import context, screen
from prt.console.messages import print_line
from prt.files.plan.plan import value_problems
from prt.files.plan.plan_addition import PlanAddition
from prt.files.project import Year
from prt.files.submissions.checks import last_submitted
from prt.files.yaml.words import say_phrase
from prt.model.plan import known_of
from prt.model.text import Language
from prt.output.screens.explain import Explanation
from prt.output.screens.status import StatusScreen
from prt.output.words import Words
from prt.problems import PrtError, errors


def year_with(year: Year, addition: PlanAddition) -> Year:
    """The plan year as it would be. PrtError where a condition names what nobody knows."""
    plan, project = addition.plan, year.project
    known = known_of(plan, project.organisations[0])
    shown = project.shown(year.path)
    if wrong := errors(value_problems(plan, known, shown, lambda: addition.after)):
        raise PrtError(*wrong)
    found = Year(project, year.path, plan, known)
    found.read()
    return found


def show_addition(year: Year, addition: PlanAddition, language: Language) -> None:
    """The figure of today with its rows and its status, as `prt explain` has them; then its lines."""
    after = year_with(year, addition)
    evaluation = context.evaluated(after)
    result = evaluation.result(addition.handle)
    assert result
    words = Words(language, after.plan, after.data.organisations)
    view = StatusScreen(evaluation, words, context.today(), screen.width(), screen.glyphs())
    print_line("")
    print_line(say_phrase("would_say_today"))
    screen.show(Explanation(evaluation, result, view, is_tried=True).tried())
    print_line("")
    print_line(say_phrase("would_stand", place=f"{year.project.shown(year.path)}:{addition.line}"))
    for text in addition.inserted.piece:
        print_line(text)
    for problem in addition.problems:
        context.say(str(problem))
    if was_reported(year):
        context.say(say_phrase("added_after_report"))
    print_line("")


def was_reported(year: Year) -> bool:
    """Was a report of the year submitted? One that cannot be read was; `prt submissions` says more of it."""
    try:
        return last_submitted(year) is not None
    except PrtError:
        return True
