"""What is odd about a row that can be read: alone, beside its session, the people and the hours of a day.

It may be right, so it is a warning.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from math import lcm

from prt.model.columns import LogRecord
from prt.model.records import LOGS, STAFF
from prt.model.rows import Row
from prt.model.selections import several
from prt.model.view import Data, in_post
from prt.problems import Mistake

Found = Iterator[tuple[str, Mistake]]
DAY = 24


def doubts(data: Data, row: Row) -> Found:
    """(column, Mistake) of one row, without its siblings."""
    if issubclass(row.model, LogRecord):
        yield from row.model.doubts(row)
    yield from presence_of_another_day(row)
    yield from hours_of_others(data, row)


def presence_of_another_day(row: Row) -> Found:
    """Who was there, on a day on which the session was not."""
    session = row.session
    if session is None or "date" not in row.index:
        return
    first, last = session["date"], session["last_day"] or session["date"]
    if not first <= row["date"] <= last:
        days = str(first) if first == last else f"{first} to {last}"
        yield "date", Mistake("not_a_day_of_session", day=row["date"], session=session.name, days=days)


def hours_of_others(data: Data, row: Row) -> Found:
    """Hours that somebody gave who was in post that day, and not as one of the team."""
    if not row.model.gives_hours() or STAFF not in data.roles:
        return
    for column in row.model.worker_columns():
        for person in several(row[column]):
            held = [post["role"] for post in data.posts.get(person, ()) if in_post(post, row["date"])]
            if held and STAFF not in held:
                roles = ", ".join(dict.fromkeys(held))
                yield column, Mistake("hours_of_no_staff", person=person, role=roles)


def too_many_hours(rows: Iterable[Row]) -> Iterator[tuple[Row, Mistake]]:
    """The rows with which the hours of one person on one day come to more than a day has."""
    sums: dict[tuple[str, dt.date], tuple[int, int]] = {}  # as numerator and denominator, which is faster
    for row in rows:
        more, of = (row["hours"] or 0).as_integer_ratio()
        for key in worker_days(row):
            top, bottom = sums.get(key, (0, 1))
            both = bottom if of == bottom else lcm(bottom, of)
            sums[key] = top, bottom = top * (both // bottom) + more * (both // of), both
            if top > DAY * bottom:
                person, day = key
                hours = f"{top / bottom:g}"
                yield row, Mistake("more_hours_than_a_day", person=person, day=day, hours=hours)


def worker_days(row: Row) -> list[tuple[str, dt.date]]:
    """Who gave the hours of a row, and on which day."""
    day = row["date"]
    return [(person, day) for name in row.model.worker_columns() for person in several(row[name])]


def doubts_of_new(data: Data, rows: Sequence[Row]) -> Iterator[tuple[Row, str, Mistake]]:
    """(row, column, Mistake) of rows that are to be written: alone, and with the others of their days."""
    yield from ((row, name, mistake) for row in rows for name, mistake in doubts(data, row))
    new = {id(row): row for row in rows if row.model.gives_hours()}
    keys, days = {row.key for row in new.values()}, {day for row in new.values() for day in worker_days(row)}
    known = hours_rows(data) if new else ()
    same_days = [one for one in known if one.key not in keys and not days.isdisjoint(worker_days(one))]
    found = too_many_hours([*same_days, *new.values()])
    yield from ((one, "hours", mistake) for one, mistake in found if id(one) in new)


def hours_rows(data: Data) -> Iterable[Row]:
    return (row for log, rows in data.logs.items() if LOGS[log].gives_hours() for row in rows)
