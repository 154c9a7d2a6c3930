"""What is odd about a row that can be read: alone, beside its session, the people and the hours of a day.

It may be right, so it is a warning.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, partial
from itertools import chain, groupby
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

Found = Iterator[tuple[str, Mistake]]
Rule = Callable[[Data, Row], Found]
PersonDay = tuple[str, dt.date]
PersonDays = list[PersonDay]
WorkedRow = tuple[Row, Fraction | int, PersonDays]
"""A row, the hours of it, and who gave them on which day."""
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


def days_worked(worked: Iterable[WorkedRow]) -> set[PersonDay]:
    """Who gave hours on which days; rows that agree have one list of them."""
    lists = [own for _, _, own in worked]
    return {*chain.from_iterable(dict(zip(map(id, lists), lists, strict=True)).values())}


def rows_of_others(data: Data, worked: Sequence[WorkedRow], days: Iterable[PersonDay]) -> set[int]:
    """The identities of the rows of which `hours_of_others` finds anything: a day is looked at once."""
    others = {one for one in days if not is_of_staff(data, *one)}
    return {id(row) for row, _, own in worked if not others.isdisjoint(own)} if others else set()


def is_of_staff(data: Data, person: str, day: dt.date) -> bool:
    """Was somebody of the team that day, or in no post that is known?"""
    held = data.roles_held(person, day)
    return STAFF in held or not held


def too_many_hours(worked: Iterable[WorkedRow]) -> Iterator[tuple[Row, Mistake]]:
    """The rows, of those given, with which the hours of one person on one day come to more than a day has."""
    return ((row, say_hours(found)) for row, found in hours_beyond(worked))


def say_hours(found: HoursBeyond) -> Mistake:
    (person, day), amount, parts = found
    return Mistake("more_hours_than_a_day", person=person, day=day, hours=f"{amount / parts:g}")


def hours_beyond(worked: Iterable[WorkedRow]) -> Iterator[tuple[Row, HoursBeyond]]:
    """The rows with which the hours of a day are too many, and how many they are with each."""
    every = list(worked)
    lists = [keys for _, _, keys in every]
    hours = [given for _, given, _ in every]
    different = dict(zip(map(id, hours), hours, strict=True))
    ratios = {one: given.as_integer_ratio() for one, given in different.items()}
    parts = lcm(*{bottom for _, bottom in ratios.values()})
    """Of an hour: with so many each number of hours is whole, and added much faster."""
    amounts = {one: top * (parts // bottom) for one, (top, bottom) in ratios.items()}
    sums = sums_of_days(lists, hours, amounts)
    full = {key: 0 for key, amount in sums.items() if amount > DAY * parts}
    named = dict(zip(map(id, lists), lists, strict=True)) if full else {}
    own = {one: [*filter(full.__contains__, keys)] for one, keys in named.items()}
    for row, given, keys in every if full else ():
        for key in own[id(keys)]:
            amount = full[key] = full[key] + amounts[id(given)]
            if amount > DAY * parts:
                yield row, (key, amount, parts)


def sums_of_days(
    lists: Sequence[PersonDays], hours: Sequence[Fraction | int], amounts: Mapping[int, int]
) -> dict[PersonDay, int]:
    """What each person gave on each day; rows that agree in who gave them, and how many, are one."""
    sums: dict[PersonDay, int] = defaultdict(int)
    named = dict(zip(map(id, lists), lists, strict=True))
    for (one, given), times in Counter(zip(map(id, lists), map(id, hours), strict=True)).items():
        for key in named[one]:
            sums[key] += amounts[given] * times
    return sums


def worked_rows(rows: Iterable[Row]) -> list[WorkedRow]:
    """Rows of hours, each with the hours, and who gave them on which day."""
    found = list[WorkedRow]()
    for _, group in groupby(rows, key=attrgetter("model")):
        same = list(group)
        found += with_givers(same, partial(cells_of, same))
    return found


def with_givers(rows: Sequence[Row], cells: Callable[[str], Sequence[Any]]) -> Iterator[WorkedRow]:
    """Rows of one log of hours: who gave them on which day is found once for rows that agree."""
    hours = [0 if given is None else given for given in cells("hours")]
    givers = list(zip(*map(cells, ("date", *rows[0].model.worker_columns())), strict=True))
    days = {
        (day, *named): [(person, day) for cell in named for person in several(cell)]
        for day, *named in {*givers}
    }
    return zip(rows, hours, map(days.__getitem__, givers), strict=True)


def doubts_of_new(data: Data, rows: Sequence[Row]) -> Iterator[tuple[Row, str, Mistake]]:
    """(row, column, Mistake) of rows that are to be written: alone, and with the others of their days."""
    models = {row.model for row in rows}
    of_hours = {model for model in models if model.gives_hours()}
    by_days = {model for model in models if rules_of(model) == [hours_of_others]}
    worked = worked_rows([row for row in rows if row.model in of_hours])
    days = days_worked(worked)
    by_others = rows_of_others(data, worked, days)
    for row in rows:
        if row.model not in by_days or id(row) in by_others:
            yield from ((row, name, mistake) for name, mistake in doubts(data, row))
    keys = {row.key for row, _, _ in worked if row.id}
    known = [one for day in {day for _, day in days} for one in hours_of_day(data, day)]
    same_days = [one for one in known if one[0].key not in keys and not days.isdisjoint(one[2])]
    new = {id(row) for row, _, _ in worked}
    found = too_many_hours([*same_days, *worked])
    yield from ((one, "hours", mistake) for one, mistake in found if id(one) in new)


def hours_rows(data: Data) -> list[WorkedRow]:
    """The rows of all logs of hours."""
    logs = [log for log, rows in data.logs.items() if rows and LOGS[log].gives_hours()]
    return [*chain.from_iterable(with_givers(data.logs[log], partial(data.cells, log)) for log in logs)]


def hours_of_day(data: Data, day: dt.date) -> list[WorkedRow]:
    """The rows of one day of all logs of hours."""
    logs = [log for log, model in LOGS.items() if model.gives_hours()]
    return worked_rows(row for log in logs for row in data.rows_with(log, date=day))
