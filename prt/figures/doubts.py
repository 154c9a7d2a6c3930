"""What is odd about a row that can be read: alone, beside its session, the people and the hours of a day.

It may be right, so it is a warning.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache, cached_property, partial
from itertools import accumulate, chain, groupby
from math import lcm
from operator import attrgetter
from typing import Any

from prt.figures.entering import HeldPosts
from prt.model.columns import LogRecord, Record
from prt.model.records import LOGS, STAFF
from prt.model.rows import Row, cells_of
from prt.model.selections import several
from prt.model.view import Data
from prt.problems import Days, Mistake
from prt.values import dataclass

Found = Iterator[tuple[str, Mistake]]
Rule = Callable[[Data, Row], Found]
PersonDay = tuple[str, dt.date]
Givers = tuple[Any, ...]
"""A day and the cells of those who gave hours on it."""
HoursBeyond = tuple[PersonDay, int, int]
"""Who gave them on which day, and how many: the second number divided by the third."""
DAY = 24


def out_of_time(row: Row, today: dt.date, ends: dt.date) -> tuple[str, Mistake] | None:
    """(column, Mistake) of a row that may be planned ahead: held although still to come, or planned although
    past; `ends` is the last day of the plan year."""
    status = row["status"] if row.model.plannable else ""
    if status == "held" and row["date"] > today:
        return "date", Mistake("held_but_to_come")
    if status == "planned" and row.day < min(today, ends):
        return "status", Mistake("planned_but_past", day=row.day, session=row.id)
    return None


def doubts(data: Data, row: Row) -> Found:
    """(column, Mistake) of one row, without its siblings."""
    for rule in rules_of(row.model):
        yield from rule(data, row)


@cache
def rules_of(model: type[Record]) -> list[Rule]:
    """What may find anything in rows of such a log."""
    rules = list[Rule]()
    if issubclass(model, LogRecord) and model.has_doubts():
        rules.append(lambda data, row: row.model.doubts(row))  # type: ignore[attr-defined]
    if model.parent and "date" in model.fields:
        rules.append(presence_of_another_day)
    if model.gives_hours():
        rules.append(hours_of_others)
    return rules


def presence_of_another_day(data: Data, row: Row) -> Found:
    """A presence may have a day on which its session did not take place."""
    session = row.session
    if session is None:
        return
    first, last = session["date"], session["last_day"] or session["date"]
    if not first <= row["date"] <= last:
        days = Days(dict.fromkeys((first, last)), " – ")
        yield "date", Mistake("not_a_day_of_session", day=row["date"], session=session.name, days=days)


def hours_of_others(data: Data, row: Row) -> Found:
    """Hours that somebody gave who was in post that day, and not as one of the team."""
    if STAFF not in data.roles:
        return
    day = row["date"]
    for column in row.model.worker_columns():
        for person in several(row[column]):
            if not is_of_staff(data, person, day):
                held = dict.fromkeys(data.roles_held(person, day))
                roles = HeldPosts([(role, "") for role in held], data.known)
                yield column, Mistake("hours_of_no_staff", person=person, role=roles)


@dataclass(frozen=True)
class Worked:
    """Rows of hours as columns: the rows, the hours of each, and by whom and when they were given."""

    rows: Sequence[Row]
    hours: Sequence[Fraction | int | None]
    givers: Sequence[Givers]

    @classmethod
    def of_log(cls, rows: Sequence[Row], cells: Callable[[str], Sequence[Any]]) -> Worked:
        """Rows of one log of hours, of which `cells` has the columns."""
        givers = zip(*map(cells, ("date", *rows[0].model.worker_columns())), strict=True)
        return cls(rows, cells("hours"), [*givers])

    @classmethod
    def of_logs(cls, logs: Iterable[Worked]) -> Worked:
        """The rows of several logs, one log below the other."""
        rows, hours, givers = list[Row](), list[Fraction | int | None](), list[Givers]()
        for one in logs:
            rows += one.rows
            hours += one.hours
            givers += one.givers
        return cls(rows, hours, givers)

    @cached_property
    def days(self) -> dict[PersonDay, list[int]]:
        """The places of the rows in which somebody gave hours on a day; who gave them is found once for rows
        that agree."""
        alike, found = defaultdict[Givers, list[int]](list), defaultdict[PersonDay, list[int]](list)
        for at, one in enumerate(self.givers):
            alike[one].append(at)
        for (day, *named), places in alike.items():
            for person in chain.from_iterable(map(several, named)):
                found[person, day] += places
        return {one: sorted(places) for one, places in found.items()}


def rows_of_others(data: Data, worked: Worked) -> set[int]:
    """The identities of the rows of which `hours_of_others` finds anything: a day is looked at once."""
    by_others = (places for one, places in worked.days.items() if not is_of_staff(data, *one))
    return {id(worked.rows[at]) for at in chain.from_iterable(by_others)}


def is_of_staff(data: Data, person: str, day: dt.date) -> bool:
    """Was somebody of the team that day, or in no post that is known?"""
    held = data.roles_held(person, day)
    return STAFF in held or not held


def too_many_hours(worked: Worked) -> Iterator[tuple[Row, Mistake]]:
    """The rows, of those given, with which the hours of one person on one day come to more than a day has."""
    return ((row, say_hours(found)) for row, found in hours_beyond(worked))


def say_hours(found: HoursBeyond) -> Mistake:
    (person, day), amount, parts = found
    return Mistake("more_hours_than_a_day", person=person, day=day, hours=f"{amount / parts:g}")


def hours_beyond(worked: Worked) -> Iterator[tuple[Row, HoursBeyond]]:
    """The rows with which the hours of a day are too many, and how many they are with each: day by day."""
    amounts, parts = as_whole(worked.hours)
    for one, places in worked.days.items():
        totals = list(accumulate(map(amounts.__getitem__, places)))
        first = bisect_right(totals, DAY * parts)  # no hours are below 0
        for at, total in zip(places[first:], totals[first:], strict=True):
            yield worked.rows[at], (one, total, parts)


def as_whole(hours: Sequence[Fraction | int | None]) -> tuple[list[int], int]:
    """Hours in parts of an hour, and how many parts it has: with so many each number is whole, and added
    much faster. Equal hours of a table are one object, and the hash of a fraction is slow."""
    ids = [*map(id, hours)]
    different = dict(zip(ids, hours, strict=True))
    ratios = {one: (given or 0).as_integer_ratio() for one, given in different.items()}
    parts = lcm(*{bottom for _, bottom in ratios.values()})
    amounts = {one: top * (parts // bottom) for one, (top, bottom) in ratios.items()}
    return [*map(amounts.__getitem__, ids)], parts


def worked_rows(rows: Iterable[Row]) -> Worked:
    """Rows of hours of one log or of several."""
    groups = (list(group) for _, group in groupby(rows, key=attrgetter("model")))
    return Worked.of_logs(Worked.of_log(one, partial(cells_of, one)) for one in groups)


def doubts_of_new(data: Data, rows: Sequence[Row]) -> Iterator[tuple[Row, str, Mistake]]:
    """(row, column, Mistake) of rows that are to be written: alone, and with the others of their days."""
    models = {row.model for row in rows}
    of_hours = {model for model in models if model.gives_hours()}
    by_days = {model for model in models if rules_of(model) == [hours_of_others]}
    worked = worked_rows([row for row in rows if row.model in of_hours])
    by_others = rows_of_others(data, worked)
    for row in rows:
        if row.model not in by_days or id(row) in by_others:
            yield from ((row, name, mistake) for name, mistake in doubts(data, row))
    keys = {row.key for row in worked.rows if row.id}
    known = [row for day in {day for day, *_ in worked.givers} for row in rows_of_hours(data, day)]
    places = {id(row): at for at, row in enumerate(worked.rows)}
    others = worked_rows(row for row in known if row.key not in keys)
    found = too_many_hours(Worked.of_logs([others, worked]))
    told = [(row, "hours", mistake) for row, mistake in found if id(row) in places]
    yield from sorted(told, key=lambda one: places[id(one[0])])


def hours_worked(data: Data) -> Worked:
    """The rows of all logs of hours."""
    logs = [log for log, rows in data.logs.items() if rows and LOGS[log].gives_hours()]
    return Worked.of_logs(Worked.of_log(data.logs[log], partial(data.cells, log)) for log in logs)


def rows_of_hours(data: Data, day: dt.date) -> Iterator[Row]:
    """The rows of one day of all logs of hours."""
    logs = [log for log, model in LOGS.items() if model.gives_hours()]
    return chain.from_iterable(data.rows_with(log, date=day) for log in logs)
