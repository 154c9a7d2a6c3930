"""Who is missing: who lacks a round that fell due. Never a name."""

from __future__ import annotations

from collections.abc import Iterator

from prt.figures.evaluate import Result
from prt.figures.todo import Missing, lacking_members
from prt.model.selections import is_person
from prt.output.week.document import LackingPeople, LackingPerson
from prt.output.week.targets import WeekView


def lacking_people(view: WeekView) -> Iterator[LackingPeople]:
    """Of each target that asks for rounds, who has not handed one in that fell due."""
    for result in view.figures.evaluation.targets():
        if result.measure.by_rounds and asks_persons(view, result):
            found = lacking_members(result)
            if found:
                caption = view.words.counted(
                    "week.lacking", len(found), label=view.screen.texts.label(result)
                )
                people = tuple(lacking_person(view, one) for one in found)
                yield LackingPeople(
                    caption,
                    people,
                    view.screen.command(f"prt people missing {result.handle}", "as_of", "year"),
                )


def asks_persons(view: WeekView, result: Result) -> bool:
    data = view.figures.evaluation.data
    return is_person(data, data.flat(result.measure.main).log, result.measure.naming)


def lacking_person(view: WeekView, one: Missing) -> LackingPerson:
    words, person = view.words, view.hidden(one.member.id)
    posts = view.figures.evaluation.data.posts.get(one.member.id)
    role = words.value("people", "role", posts[-1]["role"]) if posts else ""
    board = posts[-1]["board"] or "" if posts else ""
    return LackingPerson(person, role, board, ", ".join(map(str, one.lacks)))
