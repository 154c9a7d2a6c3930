"""`prt people`: who held which role where, and what is held on whom. Names are in the private folder."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Annotated

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.options import YearOption
from prt.console.signature import Option, with_columns
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.model.columns import Column
from prt.model.ids import new_id
from prt.model.records import NameRecord, PersonRecord
from prt.tasks.entry.ask_cells import ask_and_save, must_ask
from prt.tasks.entry.log_rows import checked_cells
from prt.tasks.entry.newcomers import ADD_PERSON, NAMES, PersonForm
from prt.tasks.open_action import open_action
from prt.tasks.people.correct_person import refuse_elsewhere, refuse_namesake, refuse_odd_person, turn_name
from prt.tasks.people.find_person import listed_ids

Id = Annotated[str | None, Option("Whose role it is, for somebody who has an id.", name="--id", metavar="ID")]
Namesake = Annotated[bool, Option("Another person who has the same name.", name="--namesake")]


def post_columns(_: Sequence[str]) -> list[Column]:
    """The columns of people.csv and of the private names.csv."""
    return [*PersonRecord.columns(), *(one for one in NameRecord.columns() if one.name in NAMES)]


@with_columns(post_columns)
def add(*, person: Id = None, namesake: Namesake = False, year: YearOption = None, **cells: str) -> None:
    """One role of one person: makes an id; a name and an e-mail go to the private folder alone."""
    opened = context.open_year(year)
    posts = [one for one in PersonRecord.columns() if one.name != "id"]
    if not must_ask(posts, cells):
        add_person(opened, cells, person, namesake=namesake)
        return
    form = PersonForm(
        terminal.open_talk(),
        opened,
        cells,
        today=context.today(),
        columns=[one.name for one in posts],
        known=bool(person),
        namesake=namesake,
    )
    with ask_and_save(form, opened, ADD_PERSON):
        add_person(opened, form.names.answered() | form.post.answered(), person, namesake=namesake)


def add_person(opened: Year, cells: dict[str, str], person: str | None, *, namesake: bool) -> None:
    """Check the cells, and write them with an id. PrtError where the name may be known already."""
    private = {name: cells.pop(name) for name in NAMES if name in cells}
    private |= {name: turn_name(text) for name, text in private.items() if name == "name"}
    number = identify(opened, person, private, namesake=namesake)
    post = checked_cells(PersonRecord, {"id": number, **cells}, opened)
    names = [checked_cells(NameRecord, {"id": number, **private}, opened)] if private else []
    write_person(opened, post, names, {} if namesake else private)


def identify(year: Year, person: str | None, private: Mapping[str, str], *, namesake: bool) -> str:
    """The id that was given, or a new one; PrtError where the name is none, or may be known already."""
    refuse_odd_person(private)
    refuse_elsewhere(year, private)
    number = person or new_id("p", None, listed_ids(year.project), random.SystemRandom())
    if not namesake:
        refuse_namesake(year, number, private)
    return number


def write_person(
    opened: Year, post: Mapping[str, str], names: Sequence[Mapping[str, str]], private: Mapping[str, str]
) -> None:
    """Write the role and the name in one action; say where they are, and what moved.

    Whether one of the `private` texts is somebody's is seen under the lock: another prt may have added the
    same person meanwhile.
    """
    with open_action(opened, "prt people add", private=bool(names)) as action:
        now = opened.as_now()
        refuse_namesake(now, post["id"], private)
        written = action.add("people", [post])
        written += action.add("names", names) if names else []
        after = opened.again()
    for one in written:
        messages.print_written(say_phrase("added", id=one.id, place=one.place))
    messages.tell_moves(messages.before(now, "people"), after, "people")
    messages.tell_without_start(now, after)
