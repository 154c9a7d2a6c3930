"""`prt people end`: the last day of a person in a role."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Annotated

from prt import spoken
from prt.console import context, messages
from prt.console.options import PersonArgument, WhyOption, YearOption
from prt.console.signature import Option
from prt.files.project import Year
from prt.files.yaml.words import say_phrase
from prt.model.cells import ColumnCodes, code_word
from prt.model.records import PersonRecord
from prt.model.selections import several
from prt.problems import Mistake, PrtError
from prt.tasks.entry.log_rows import checked_cells
from prt.tasks.open_action import open_action
from prt.tasks.people.find_person import find_person, is_of_role

LEFT = "left the role"
"""The reason that corrections.csv keeps."""
Ends = Annotated[str, Option("Last day in the role.", name="--on", metavar="DATE")]


Role = Annotated[str | None, Option("Which role, where there are several.", name="--role", metavar="ROLE")]


def end(
    person: PersonArgument, on: Ends, role: Role = None, why: WhyOption = None, year: YearOption = None
) -> None:
    """A person leaves a role: its last day."""
    opened = context.open_year(year)
    day = context.day(on, opened.plan.window)
    last = day.isoformat()
    if " " in person or "@" in person:
        person = find_person(opened.project, person)
    post = open_post(opened, person, role)
    checked_cells(PersonRecord, {**post, "end": last}, opened)
    with open_action(opened, "prt people end") as action:
        now = opened.as_now()
        written, _ = action.edit("people", person, {"end": last}, why or LEFT, match=post)
        after = opened.again()
    role_word = code_word("role", post["role"], spoken.language, opened.known.labels_of("role"))
    messages.print_written(
        say_phrase("was_until", person=person, role=role_word, day=day, place=written.place)
    )
    messages.tell_moves(messages.before(now, "people"), after, "people")
    warn_of_later_rows(after, person, day)


def warn_of_later_rows(year: Year, person: str, last: dt.date) -> None:
    """Warn of rows on days after the one on which the person left: the person may have left later."""
    if later := rows_after(year, person, last):
        listed = ", ".join(say_phrase("rows_of", number, log=log) for log, number in later.items())
        odd = say_phrase("rows_after_end", person=person, day=last, rows=listed)
        context.say(say_phrase("warning", text=odd))


def rows_after(year: Year, person: str, last: dt.date) -> dict[str, int]:
    """(log → rows) that name somebody on a day after the last one in the role."""
    found = Counter(
        log
        for log, rows in year.data.logs.items()
        for row in rows
        for column in row.model.person_columns()
        if person in several(row[column]) and row.day > last
    )
    return dict(found)


def open_post(year: Year, person: str, role: str | None) -> dict[str, str]:
    """The cells of the one row that has no end yet."""

    file = year.read_table("people")
    rows = [{name: value.strip() for name, value in file.cells(record).items()} for record in file.records]
    mine = [row for row in rows if row.get("id") == person]
    found = [row for row in mine if not row.get("end") and is_of_role(row, role)]
    if len(found) == 1:
        return found[0]
    if not mine:
        raise PrtError(Mistake("no_such_person", id=person), code=2)
    if not found:
        raise PrtError(Mistake("no_open_role", id=person), code=2)
    roles = ColumnCodes("role", tuple(row["role"] for row in found), year.known.labels_of("role"))
    raise PrtError(Mistake("which_role", id=person, roles=roles), code=2)
