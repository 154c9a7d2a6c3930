"""`prt start`: the first day, step by step. One may leave at any, and come back."""

from __future__ import annotations

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.dialogue.talk import Talk
from prt.files.project import Project, Year
from prt.model.records import hours_logs
from prt.model.selections import several
from prt.problems import Mistake, PrtError, count_problems
from prt.tasks.all_problems import every_problem
from prt.tasks.start.open_steps import StepBack, describe_done, open_steps, plan_is_sent, say_start
from prt.tasks.start.past import ask_past_hours, ask_plan_sent
from prt.tasks.start.place import ask_language, ask_private, find_or_make_project
from prt.tasks.start.team import ask_list_of_people, ask_who_you_are

STEPS = {
    "names": ask_private,
    "people": ask_list_of_people,
    "you": ask_who_you_are,
    "sent": ask_plan_sent,
    "hours": ask_past_hours,
}


def start() -> None:
    """Your first day: the folder, the plan, your people, who you are. Leave, and come back, at any step."""
    if not terminal.is_at_terminal():
        raise PrtError(Mistake("start_needs_terminal"), code=2)
    talk = terminal.open_talk()
    talk.tell(say_start(talk.language, "leave"))
    ask_language(talk)
    talk = terminal.open_talk()
    settle_project(talk)
    names, at, again = [*STEPS], 0, False
    while at < len(names):
        year = context.open_year(None)
        try:
            ask_or_tell(names[at], talk, year, again=again)
        except StepBack:
            at, again = step_before(names, at, year), True
            if at < 0:
                settle_project(talk, again=True)
                at = 0
        else:
            at, again = at + 1, False
    talk.tell(say_start(talk.language, "ready"))


def settle_project(talk: Talk, *, again: bool = False) -> None:
    """The first two steps: the folder, and its plan."""
    project = find_or_make_project(talk, again=again)
    talk.tell(describe_folder(project, talk))
    talk.tell(describe_plan(context.load_year(project, None), talk))


def ask_or_tell(name: str, talk: Talk, year: Year, *, again: bool) -> None:
    """Ask for a step that is open, or gone back to; else tell what was answered. Raises StepBack."""
    is_open = (
        not any(year.data.logs.get(model.log) for model in hours_logs())
        if name == "hours"
        else name in open_steps(year)
    )
    if is_open or again:
        STEPS[name](talk, year)
    elif name != "hours" and (said := describe_done(name, year)):
        talk.tell(say_start(talk.language, f"done.{name}", text=said))


def step_before(names: list[str], at: int, year: Year) -> int:
    """The step to go back to; that the plan was sent is logged once."""
    return at - 2 if at and names[at - 1] == "sent" and plan_is_sent(year) is not False else at - 1


def describe_folder(project: Project, talk: Talk) -> str:
    """The folder, and how many have logged their hours in it."""
    logs = context.load_year(project, None).data.logs
    cells = [(row, name) for one in hours_logs() for row in logs[one.log] for name in one.worker_columns()]
    number = len({person for row, name in cells for person in several(row[name])})
    here = say_start(talk.language, "log_here", number=number) if number else ""
    return say_start(talk.language, "folder_is", folder=project.root, here=here).rstrip()


def describe_plan(year: Year, talk: Talk) -> str:
    """The plan's year, how many targets it has, and how many errors its files have."""
    wrong = count_problems(every_problem(year)).errors
    found = say_start(talk.language, "errors", number=wrong) if wrong else say_start(talk.language, "right")
    targets = len(year.evaluate(context.cut_off(year.plan, None, None)).targets())
    return say_start(talk.language, "plan_is", year=year.plan.year, number=targets, found=found)
