"""What is odd about a row that can be read: alone, beside its session, the people and the hours of a day.

It may be right, so it is a warning.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from math import lcm
from operator import itemgetter
from typing import Any

from prt.figures.entering import HeldPosts
from prt.model.columns import LogRecord, Record
from prt.model.records import LOGS, STAFF
from prt.model.rows import Row
from prt.model.selections import several
from prt.model.view import Data
from prt.problems import Days, Mistake

Found = Iterator[tuple[str, Mistake]]
Rule = Callable[[Data, Row], Found]
PersonDay = tuple[str, dt.date]
DayCells = tuple[Any, ...]
"""The day of a row, and its cells of who worked."""
Worked = tuple[Any, DayCells]
"""The hours of a row, which may be empty, and whose they are."""
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


def rows_of_others(data: Data, rows: Sequence[Row]) -> list[Row]:
    """The rows of which `hours_of_others` finds anything: each day of somebody is looked at once."""
    cells = [one for _, one in worked_hours(rows)] if STAFF in data.roles else []
    odd = {one for one in set(cells) if not all(is_of_staff(data, *pair) for pair in person_days(one))}
    return [row for row, one in zip(rows, cells, strict=True) if one in odd] if odd else []


def too_many_hours(rows: Sequence[Row]) -> Iterator[tuple[Row, Mistake]]:
    """The rows with which the hours of one person on one day come to more than a day has."""
    worked = worked_hours(rows)
    amounts = {id(given): given for given, _ in worked}  # one for each different text
    ratios = {one: (given or 0).as_integer_ratio() for one, given in amounts.items()}
    long = long_days(worked, {one: top / bottom for one, (top, bottom) in ratios.items()})
    sums: dict[PersonDay, tuple[int, int]] = {}  # as numerator and denominator, which is faster
    for row, (given, cells) in zip(rows, worked, strict=True) if long else ():
        for one in long.get(cells, ()):
            (top, bottom), (more, of) = sums.get(one, (0, 1)), ratios[id(given)]
            both = bottom if of == bottom else lcm(bottom, of)
            sums[one] = top, bottom = top * (both // bottom) + more * (both // of), both
            if top > DAY * bottom:
                person, day = one
                hours = f"{top / bottom:g}"
                yield row, Mistake("more_hours_than_a_day", person=person, day=day, hours=hours)


def long_days(worked: Iterable[Worked], floats: Mapping[int, float]) -> dict[DayCells, list[PersonDay]]:
    """Whose hours may be too many, by day and cells; what has the same cells is added up first."""
    together: dict[DayCells, float] = defaultdict(float)
    for given, cells in worked:
        together[cells] += floats[id(given)]
    hours: dict[PersonDay, float] = defaultdict(float)
    for cells, some in together.items():
        for one in person_days(cells):
            hours[one] += some
    days = {one for one, some in hours.items() if some > DAY - 0.01}  # to the precision of a float
    found = ((cells, [one for one in person_days(cells) if one in days]) for cells in together if days)
    return {cells: long for cells, long in found if long}


def worked_hours(rows: Iterable[Row]) -> list[Worked]:
    """Of each row its hours, and the cells of its day and of who gave them."""
    return [(row.values[at], cells(row.values)) for row in rows for at, cells in [hours_places(row.model)]]


@cache
def hours_places(model: type[Record]) -> tuple[int, Callable[[Any], DayCells]]:
    at = model.indexes()
    return at["hours"], itemgetter(at["date"], *(at[name] for name in model.worker_columns()))


def person_days(cells: DayCells) -> list[PersonDay]:
    """Who gave the hours of a row, and on which day."""
    day, *workers = cells
    return [(person, day) for cell in workers for person in several(cell)]


def doubts_of_new(data: Data, rows: Sequence[Row]) -> Iterator[tuple[Row, str, Mistake]]:
    """(row, column, Mistake) of rows that are to be written: alone, and with the others of their days."""
    new = [row for row in rows if row.model.gives_hours()]
    worked = {id(row): person_days(cells) for row, (_, cells) in zip(new, worked_hours(new), strict=True)}
    days = {*chain.from_iterable(worked.values())}
    others = {one for one in days if not is_of_staff(data, *one)}
    by_days = {model for model in {row.model for row in rows} if rules_of(model) == [hours_of_others]}
    for row in rows:
        if row.model not in by_days or not others.isdisjoint(worked[id(row)]):
            yield from ((row, name, mistake) for name, mistake in doubts(data, row))
    keys = {row.key for row in new if row.id}
    logs, dates = [log for log, model in LOGS.items() if model.gives_hours()], {day for _, day in days}
    known = [row for log in logs for day in dates for row in data.rows_with(log, date=day)]
    old = [one for one in known if one.key not in keys]
    same_days = (
        row
        for row, (_, cells) in zip(old, worked_hours(old), strict=True)
        if not days.isdisjoint(person_days(cells))
    )
    found = too_many_hours([*same_days, *new])
    yield from ((one, "hours", mistake) for one, mistake in found if id(one) in worked)


def hours_rows(data: Data) -> list[Row]:
    """The rows of all logs of hours."""
    return [row for log, rows in data.logs.items() if LOGS[log].gives_hours() for row in rows]
