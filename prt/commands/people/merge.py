"""`prt people merge`: two ids that are one person."""

from __future__ import annotations

from typing import Annotated

from prt.console import context, messages
from prt.console.dialogue.consent import confirm
from prt.console.options import YesOption
from prt.console.signature import Argument
from prt.files.privacy.merge_ids import merge_ids
from prt.files.yaml.words import say_phrase
from prt.problems import Mistake, PrtError
from prt.tasks.open_action import open_action
from prt.tasks.people.find_person import describe_person, find_person, listed_ids


def merge(
    old: Annotated[str, Argument("The id that goes.", metavar="OLD")],
    new: Annotated[str, Argument("The id that stays.", metavar="NEW")],
    yes: YesOption = False,
) -> None:
    """Two ids are one person: every row gets the second one; corrections.csv keeps the first."""
    project = context.open_project()
    old, new = find_person(project, old), find_person(project, new)
    if old == new:
        raise PrtError(Mistake("one_id"), code=2)
    known = {old, new} & listed_ids(project)
    both = {"old": describe_person(project, old), "new": describe_person(project, new)}
    confirm(say_phrase("becomes", **both, no_undo=say_phrase("no_undo")), yes)
    opened = context.load_year(project, None)
    with open_action(opened, "prt people merge", private=True) as action:
        now = opened.as_now()
        if gone := sorted(known - listed_ids(project)):
            raise PrtError(Mistake("another_meanwhile", id=gone[0]))
        done = merge_ids(action, old, new)
        after = opened.again()
    for file, number in done.items():
        messages.print_written(say_phrase("file_rows", number, file=file))
    messages.tell_moves(messages.before(now, "people"), after, "people")
    context.say(say_phrase("merge_stays"))
