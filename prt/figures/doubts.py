"""What is odd about a row that can be read: alone, beside its session, the people and the hours of a day.

It may be right, so it is a warning.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from math import lcm

from prt.figures.entering import HeldPosts
from prt.model.columns import LogRecord, Record
from prt.model.records import LOGS, STAFF
from prt.model.rows import Row
from prt.model.selections import several
from prt.model.view import Data
from prt.problems import Days, Mistake

Found = Iterator[tuple[str, Mistake]]
Rule = Callable[[Data, Row], Found]
PersonDays = list[tuple[str, dt.date]]
DAY = 24


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
    """Who was there, on a day on which the session was not."""
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
                roles = HeldPosts((role, "") for role in held)
                yield column, Mistake("hours_of_no_staff", person=person, role=roles)


def is_of_staff(data: Data, person: str, day: dt.date) -> bool:
    """Was somebody of the team that day, or in no post that is known?"""
    held = data.roles_held(person, day)
    return STAFF in held or not held


def too_many_hours(worked: Iterable[tuple[Row, PersonDays]]) -> Iterator[tuple[Row, Mistake]]:
    """The rows, of those given with `worker_days`, with which the hours of one person on one day come to more
    than a day has."""
    every = [(row, row["hours"] or 0, days) for row, days in worked]
    floats: dict[tuple[str, dt.date], float] = defaultdict(float)
    for _, given, keys in every:
        for key in keys:
            floats[key] += given.numerator / given.denominator
    days = {key for key, given in floats.items() if given > DAY - 0.01}  # to the precision of a float
    sums: dict[tuple[str, dt.date], tuple[int, int]] = {}  # as numerator and denominator, which is faster
    for row, given, keys in every if days else ():
        more, of = given.as_integer_ratio()
        for key in filter(days.__contains__, keys):
            top, bottom = sums.get(key, (0, 1))
            both = bottom if of == bottom else lcm(bottom, of)
            sums[key] = top, bottom = top * (both // bottom) + more * (both // of), both
            if top > DAY * bottom:
                person, day = key
                hours = f"{top / bottom:g}"
                yield row, Mistake("more_hours_than_a_day", person=person, day=day, hours=hours)


def worker_days(row: Row) -> PersonDays:
    """Who gave the hours of a row, and on which day."""
    values, (date, *workers) = row.values, hours_places(row.model)
    return [(person, values[date]) for at in workers for person in several(values[at])]


@cache
def hours_places(model: type[Record]) -> tuple[int, ...]:
    """Where the date stands, and who gave the hours."""
    return tuple(model.indexes()[name] for name in ("date", *model.worker_columns()))


def doubts_of_new(data: Data, rows: Sequence[Row]) -> Iterator[tuple[Row, str, Mistake]]:
    """(row, column, Mistake) of rows that are to be written: alone, and with the others of their days."""
    new = {id(row): row for row in rows if row.model.gives_hours()}
    worked = {row: worker_days(one) for row, one in new.items()}
    days = {*chain.from_iterable(worked.values())}
    others = {one for one in days if not is_of_staff(data, *one)}
    by_days = {model for model in {row.model for row in rows} if rules_of(model) == [hours_of_others]}
    for row in rows:
        if row.model not in by_days or not others.isdisjoint(worked[id(row)]):
            yield from ((row, name, mistake) for name, mistake in doubts(data, row))
    keys = {row.key for row in new.values() if row.id}
    logs, dates = [log for log, model in LOGS.items() if model.gives_hours()], {day for _, day in days}
    known = [row for log in logs for day in dates for row in data.rows_with(log, date=day)]
    others_worked = [(one, worker_days(one)) for one in known if one.key not in keys]
    same_days = [(one, own) for one, own in others_worked if not days.isdisjoint(own)]
    found = too_many_hours([*same_days, *zip(new.values(), worked.values(), strict=True)])
    yield from ((one, "hours", mistake) for one, mistake in found if id(one) in new)


def hours_rows(data: Data) -> Iterator[tuple[Row, PersonDays]]:
    """The rows of all logs of hours, each with `worker_days`."""
    rows = (row for log, rows in data.logs.items() if LOGS[log].gives_hours() for row in rows)
    return ((row, worker_days(row)) for row in rows)
