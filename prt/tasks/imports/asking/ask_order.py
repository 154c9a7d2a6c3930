"""Which number of a date is the day, where nothing in a file tells: asked on a terminal, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from prt.console.dialogue import terminal
from prt.console.dialogue.inquiry import Choice, Inquiry, pick_choice
from prt.imports.reading.dates import DoubtfulDate
from prt.problems import Problem, PrtError, say_date
from prt.tasks.imports.asking.drafts import command_of
from prt.tasks.imports.import_options import ImportOptions
from prt.values import replace

T = TypeVar("T")
ORDERS = ("dmy", "mdy")


def with_order(told: ImportOptions, attempt: Callable[[ImportOptions], T]) -> tuple[T, ImportOptions]:
    """What the attempt gives, and the options that it took: where it fails because a date may be two days,
    somebody at the terminal is asked which, and it is made again."""
    try:
        return attempt(told), told
    except PrtError as error:
        doubts = [one for one in error.problems if isinstance(one, Problem)]
        found = [(one.where.file, one.mistake) for one in doubts if isinstance(one.mistake, DoubtfulDate)]
        if not found or not terminal.is_at_terminal():
            raise
        order = ask_day_order(told, *found[0])
        told = replace(told, day_first=order == "dmy", month_first=order == "mdy")
        return attempt(told), told


def ask_day_order(told: ImportOptions, shown: str, doubt: DoubtfulDate) -> str:
    """`1  12 October 2024` or `2  10 December 2024`; a number or the words."""
    talk = terminal.open_talk()
    days = {order: say_date(doubt.days[order], talk.language) for order in ORDERS if order in doubt.days}
    choices = [Choice(order, [day]) for order, day in days.items()]
    question = Inquiry(
        talk.say("which_day", file=shown, date=doubt.values["date"]),
        lambda text: pick_choice(text, choices, numbered=True),
        above=[f"  {number:>2}  {day}" for number, day in enumerate(days.values(), 1)],
        words=list(days.values()),
    )
    return told.ask_once(talk, command_of(shown), "order", question, days)
