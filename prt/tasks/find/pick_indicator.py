"""An indicator that somebody at a terminal picks, by its number or name."""

from __future__ import annotations

from collections.abc import Sequence

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Choice
from prt.files.project import Project
from prt.model.plan import Plan, handle
from prt.model.text import Language
from prt.problems import Mistake, PrtError
from prt.tasks.find.pick_row import number_lines, pick_numbered


def choose_indicator(project: Project, year: str | None) -> str:
    """The indicator with a target that somebody at the terminal picks, by number or name."""
    if not terminal.is_at_terminal():
        raise PrtError(Mistake("which_indicator"), code=2)
    plan = context.load_year(project, year).plan
    return ask_indicator(plan, [handle(line, one) for _, line, one in plan.indicators() if one.target])


def pick_indicator(plan: Plan, text: str, names: Sequence[str]) -> str:
    """One of several that words may mean: picked at a terminal. Raises PrtError, which lists them."""
    if terminal.is_at_terminal():
        return ask_indicator(plan, names)
    listed = "".join(f"\n    {line}" for line in labelled_indicators(plan, names, context.session_language()))
    raise PrtError(Mistake("indicator_may_be", text=text, indicators=listed), code=2)


def labelled_indicators(plan: Plan, names: Sequence[str], language: Language) -> list[str]:
    """`1.1.workshops  Workshops delivered`, below one another."""
    labels = {handle(line, one): one.label.to(language) for _, line, one in plan.indicators()}
    width = max(map(len, names), default=0)
    return [f"{name:<{width}}  {labels[name]}" for name in names]


def ask_indicator(plan: Plan, names: Sequence[str]) -> str:
    """The one of these that somebody picks, by number or name."""
    talk = terminal.open_talk()
    labels = {handle(line, one): one.label.to(talk.language) for _, line, one in plan.indicators()}
    choices = [Choice(name, [name, labels[name]]) for name in names]
    told, indent = labelled_indicators(plan, names, talk.language), max(map(len, names), default=0) + 2
    return pick_numbered(talk, talk.say("which_indicator"), choices, number_lines(told, indent))
