"""What dialogues outside the logs have in common: when to ask, whether to save, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Choice, Inquiry, pick_choice
from prt.console.dialogue.talk import INDENT, Talk
from prt.files.csv.edit import why_unreadable
from prt.files.project import Project, Year
from prt.model.columns import Column
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.entry.log_rows import personal_mistakes
from prt.tasks.entry.waiting_answers import CellsForm, WaitingAnswers, waiting_answers
from prt.text import join_labels

MOST_NAMED = 4
"""So many columns are named before an edit."""


def must_ask(columns: Iterable[Column], given: Mapping[str, str]) -> bool:
    """On a terminal, where a cell is missing that every row needs."""
    return terminal.is_at_terminal() and any(one.required and not given.get(one.name) for one in columns)


@contextmanager
def ask_and_save(form: CellsForm, year: Year, command: str) -> Iterator[None]:
    """Ask all of it; the answers wait until what stands in this block is done. PrtError where nothing is."""
    with waiting_answers(form, year, command) as waiting:
        save_or_leave(form, waiting)
        yield


def save_or_leave(form: CellsForm, waiting: WaitingAnswers) -> None:
    """Ask all of it, then whether to save. PrtError where not; the answers wait."""
    talk, agreed = form.talk, None
    talk.tell(talk.say("how"))
    while agreed is None:
        if form.fill():
            agreed = form.agree_to_save()
        else:
            talk.tell(INDENT + talk.say("first"))
    if not agreed:
        raise PrtError(waiting.stay())


def ask_which_answers(form: CellsForm, talk: Talk) -> list[str]:
    """Which questions of a row that has answered them all are asked again: one that is named, else all. Of
    answers that waited it is the one that somebody left."""
    while left := [key for key in form.order() if key not in form.done]:
        form.done.append(left[0])
    if form.answers or form.begun:
        return [*form.begun]
    keys, every = [*form.done], talk.say("edit_all")
    choices = [
        Choice(keys, [every, "all", "tout"]),
        *(Choice([key], form.spellings(key)) for key in keys),
    ]
    every_name = [form.spellings(key)[-1] for key in keys]
    names = join_labels(every_name, MOST_NAMED, " …", ", ")
    question = Inquiry(
        talk.say("edit_what"),
        lambda text: pick_choice(text, choices),
        enter=every,
        bracket=every,
        hint=talk.say("edit_hint", names=names),
        words=[word for one in choices for word in one.spellings],
        explain=lambda: [INDENT + " / ".join([every, *every_name])],
    )
    return talk.ask_alone(question)


def ask_reason(why: str | None, dry_run: bool, project: Project, anyway: bool) -> str:
    """Why: given, or asked on a terminal; in a script it must be given. It names nobody, for it is kept."""
    if why or dry_run:
        mistakes = [] if anyway or not why else personal_mistakes({"why": why}, project)
        if mistakes:
            problems = [Problem.of(Place("--why"), one) for _, one in mistakes]
            raise PrtError(*problems, code=2)
        return why or ""
    if not terminal.is_at_terminal():
        raise PrtError(Mistake("why_missing"), code=2)
    talk = terminal.open_talk()
    question = Inquiry(
        talk.say("why"),
        lambda text: read_reason(text, None if anyway else project),
        explain=lambda: [INDENT + talk.say("why_help")],
    )
    return talk.ask_alone(question)


def read_reason(text: str, project: Project | None = None) -> str:
    """A reason that may be kept; with a project it may name nobody who is known there."""
    if not text:
        raise Mistake("reason_needed")
    if strange := why_unreadable(text):
        raise strange
    for _, mistake in personal_mistakes({"why": text}, project) if project else ():
        raise mistake
    return text
