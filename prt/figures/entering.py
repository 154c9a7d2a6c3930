"""What is filled in at entry, and what only the other rows can tell about a new one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from prt.figures.year import follows_from, is_named_presence, unknown_numbers
from prt.model.cells import Known, PersonCell, RowIdCell, code_word
from prt.model.columns import LogRecord, Record
from prt.model.plan import Plan
from prt.model.records import STAFF
from prt.model.rows import Row
from prt.model.selections import several
from prt.model.view import Data, in_post
from prt.problems import Mistake, ValueInWords
from prt.text import before_more, did_you_mean

Found = Iterator[tuple[str, Mistake]]


def posts_of(data: Data, person: str, day: dt.date, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The (role, board) pairs that a person held that day and that agree with what was given."""
    pairs = [(post["role"], post["board"] or "") for post in data.posts.get(person, ()) if in_post(post, day)]
    return [
        pair
        for pair in dict.fromkeys(pairs)
        if all(
            not given.get(name) or given[name] == held
            for name, held in zip(("role", "board"), pair, strict=True)
        )
    ]


@cache
def has_post(model: type[Record]) -> bool:
    """Does the log keep, beside a person, the role and the board held that day?"""
    person = model.column_named("person")
    one = person is not None and isinstance(person.cell, PersonCell)
    return one and {"role", "board", "date"} <= set(model.header())


class HeldPosts(ValueInWords):
    """Roles and boards as a value of a mistake: `CDA, ETSB; principal, RSB`."""

    def __init__(self, posts: Iterable[tuple[str, str]], known: Known) -> None:
        self.posts, self.roles = list(posts), known.labels_of("role")

    def text(self, language: str) -> str:
        return "; ".join(say_post(role, board, language, self.roles) for role, board in self.posts)


def say_post(role: str | None, board: str | None, language: str, roles: Mapping[str, Any]) -> str:
    """`CDA, ETSB`, in French `ADC, ETSB`; what is not known is left out. `roles` are labels of the plan."""
    return ", ".join(filter(None, (role and code_word("role", role, language, roles), board)))


def several_posts(person: str, day: dt.date, posts: Iterable[tuple[str, str]], known: Known) -> Mistake:
    return Mistake("several_roles", person=person, day=day, held=HeldPosts(posts, known))


def missing_post(data: Data, row: Row) -> Found:
    """Why role and board of a person were not found."""
    if row["date"] is None or (row["role"] is not None and row["board"] is not None):
        return
    person, day = row["person"], row["date"]
    known, held = data.posts, posts_of(data, person, day, {})
    if any(role == STAFF for role, _ in held):
        yield "person", Mistake("of_the_team", person=person)
    elif held:
        yield (
            "person",
            Mistake("another_role_that_day", person=person, day=day, held=HeldPosts(held, data.known)),
        )
    elif person in known:
        yield "person", Mistake("no_role_that_day", person=person, day=day)
    else:
        hint = before_more(did_you_mean(person, known))
        found = follows_from(data.unread, "people", person)
        yield "person", found or Mistake("unknown_person_without_role", person=person, hint=hint)


def link_mistakes(plan: Plan, data: Data, row: Row) -> Found:
    """What is wrong between this row and others: a session or a request that is not there, a named parent."""
    for column in row.model.columns():
        if isinstance(column.cell, RowIdCell) and row[column.name] is not None:
            yield from unknown_id(data, column.name, column.cell.log, row[column.name])
    yield from unknown_people(data, row)
    presence = is_named_presence(row.model)
    if has_post(row.model) and row["person"] is not None and not presence:
        yield from missing_post(data, row)
    yield from unknown_numbers(plan, row)
    if presence and row["person"] is not None:
        yield from named_head(plan, data, row)


def days_to_come(row: Row, today: dt.date) -> Found:
    """The days of what has happened that are still to come."""
    for column in row.model.happened if issubclass(row.model, LogRecord) else ():
        if row[column] is not None and row[column] > today:
            yield column, day_to_come(row[column], row.log)


def day_to_come(day: dt.date, log: str) -> Mistake:
    return Mistake("day_to_come", day=day, log=log)


def unknown_people(data: Data, row: Row) -> Found:
    """Ids that people.csv does not have; while it has nobody, any id may be written."""
    known = data.posts
    for column in row.model.person_columns() if known else ():
        for person in several(row[column]):
            if person not in known:
                hint = before_more(did_you_mean(person, known))
                found = follows_from(data.unread, "people", person)
                yield column, found or Mistake("unknown_person", person=person, hint=hint)


def unknown_id(data: Data, column: str, log: str, value: str) -> Found:
    if not data.rows_with(log, id=value):
        hint = before_more(did_you_mean(value, [row.id for row in data.logs[log]]))
        found = follows_from(data.unread, log, value)
        yield column, found or Mistake("unknown_row", log=log, id=value, hint=hint)


def named_head(plan: Plan, data: Data, row: Row) -> Found:
    """Students and parents are counted by head, never by name."""
    session = next(iter(data.rows_with(row.model.parent, id=row["session"])), None)
    if session and session["audience"] in plan.privacy.headcount_only:
        yield "person", Mistake("counted_by_head", audience=session["audience"], session=session.id)
