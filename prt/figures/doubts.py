"""What is odd about a row that can be read: alone, beside its session, the people and the hours of a day.

It may be right, so it is a warning.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import chain, groupby
from math import lcm
from operator import attrgetter

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
                roles = HeldPosts((role, "") for role in held)
                yield column, Mistake("hours_of_no_staff", person=person, role=roles)


def days_worked(worked: Iterable[WorkedRow]) -> set[PersonDay]:
    return {*chain.from_iterable(own for _, _, own in worked)}


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


TOO_MANY_HOURS = "more_hours_than_a_day"


def say_hours(found: HoursBeyond) -> Mistake:
    (person, day), amount, parts = found
    return Mistake(TOO_MANY_HOURS, person=person, day=day, hours=f"{amount / parts:g}")


def hours_beyond(worked: Iterable[WorkedRow]) -> Iterator[tuple[Row, HoursBeyond]]:
    """The rows with which the hours of a day are too many, and how many they are with each."""
    every = list(worked)
    different = {id(given): given for _, given, _ in every}
    ratios = {one: given.as_integer_ratio() for one, given in different.items()}
    parts = lcm(*{bottom for _, bottom in ratios.values()})
    """Of an hour: with so many each number of hours is whole, and added much faster."""
    amounts = {one: top * (parts // bottom) for one, (top, bottom) in ratios.items()}
    full = {key for key, amount in sums_of_days(every, amounts).items() if amount > DAY * parts}
    sums: dict[PersonDay, int] = defaultdict(int)
    for row, given, keys in every if full else ():
        for key in filter(full.__contains__, keys):
            amount = sums[key] = sums[key] + amounts[id(given)]
            if amount > DAY * parts:
                yield row, (key, amount, parts)


def sums_of_days(worked: Sequence[WorkedRow], amounts: Mapping[int, int]) -> dict[PersonDay, int]:
    """What each person gave on each day; rows that agree in who gave them are added up first."""
    sums: dict[PersonDay, int] = defaultdict(int)
    together: dict[int, int] = defaultdict(int)
    for _, given, keys in worked:
        together[id(keys)] += amounts[id(given)]
    for one, keys in {id(keys): keys for _, _, keys in worked}.items():
        for key in keys:
            sums[key] += together[one]
    return sums


def worked_rows(rows: Iterable[Row]) -> list[WorkedRow]:
    """Rows of hours, each with the hours, and who gave them on which day: found once for rows that agree."""
    found = list[WorkedRow]()
    for model, group in groupby(rows, key=attrgetter("model")):
        same = list(group)
        hours = [0 if given is None else given for given in cells_of(same, "hours")]
        names = ("date", *model.worker_columns())
        givers = list(zip(*(cells_of(same, name) for name in names), strict=True))
        days = {
            (day, *cells): [(person, day) for cell in cells for person in several(cell)]
            for day, *cells in {*givers}
        }
        found += zip(same, hours, map(days.__getitem__, givers), strict=True)
    return found


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
    return worked_rows(row for log, rows in data.logs.items() if LOGS[log].gives_hours() for row in rows)


def hours_of_day(data: Data, day: dt.date) -> list[WorkedRow]:
    """The rows of one day of all logs of hours."""
    logs = [log for log, model in LOGS.items() if model.gives_hours()]
    return worked_rows(row for log in logs for row in data.rows_with(log, date=day))
