"""Which steps of the first day are still open; `prt` says so until none is."""

from __future__ import annotations

from typing import TypeVar

from prt import spoken
from prt.console import context
from prt.console.dialogue.inquiry import Back, Inquiry
from prt.console.dialogue.talk import Talk
from prt.files.project import Year
from prt.files.yaml.words import read_topic
from prt.model.records import ACTION_PLAN, Deliverable
from prt.model.text import Language
from prt.problems import say_date

T = TypeVar("T")


class StepBack(Exception):
    """`<` at the question of a step."""


def ask_step(talk: Talk, inquiry: Inquiry[T]) -> T:
    """The answer to the question with which a step begins. Raises StepBack."""
    answer = talk.ask(inquiry)
    if isinstance(answer, Back):
        raise StepBack
    return answer


def open_steps(year: Year) -> list[str]:
    """The steps that nobody has answered: of the names, the people, oneself, the day the plan was sent."""
    project = year.project
    is_open = {
        "names": not context.has_private(project),
        "people": not year.data.people,
        "you": not context.named_me(project.root),
        "sent": plan_is_sent(year) is False,
    }
    return [name for name, missing in is_open.items() if missing]


def plan_is_sent(year: Year) -> bool | None:
    """Was it logged that the plan was sent? None where no target asks for it."""
    asked = any(
        indicator.measure.is_event and year.data.flat(indicator.measure.main).log == Deliverable.log
        for _, _, indicator in year.plan.indicators()
    )
    rows = year.data.logs.get(Deliverable.log, ())
    return any(row["kind"] == ACTION_PLAN for row in rows) if asked else None


def describe_done(step: str, year: Year) -> str:
    """What was answered at a step; empty where nothing asks for it."""
    project, rows = year.project, year.data.logs[Deliverable.log]
    sent = [row for row in rows if row["kind"] == ACTION_PLAN]
    said = {
        "names": project.shown(project.private),
        "people": str(len({post["id"] for post in year.data.people})),
        "you": name_of(context.named_me(project.root), year),
        "sent": say_date(sent[0]["date"], spoken.language) if sent else "",
    }
    return said[step]


def name_of(person: str, year: Year) -> str:
    """The name of an id, to whoever has the names; any other text as it is."""
    names = year.project.names()
    return str(names[person]["name"]) if person in names else person


def say_start(language: Language, word: str, **parts: object) -> str:
    """A word of the first day."""
    return read_topic("start")[f"start.{word}.{language}"].format_map(parts)
