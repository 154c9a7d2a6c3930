"""What is odd about a row that can be read: alone, beside its session, the people and the hours of a day; and
why a row counts in no figure. It may be right, so it is a warning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain

from prt.figures.evaluate import Evaluation, Result, why_not
from prt.figures.moved import touched
from prt.model.columns import LogRecord
from prt.model.figure import Figure, LeftOut
from prt.model.records import LOGS, STAFF
from prt.model.rows import Row
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
    held = [post["role"] for post in data.posts.get(row["staff"], ()) if in_post(post, row["date"])]
    if held and STAFF not in held:
        yield "staff", Mistake("hours_of_no_staff", person=row["staff"], role=", ".join(dict.fromkeys(held)))


def too_many_hours(rows: Iterable[Row]) -> Iterator[tuple[Row, Mistake]]:
    """The rows with which the hours of one person on one day come to more than a day has."""
    sums: dict[tuple[str, dt.date], Fraction] = {}
    for row in rows:
        person, day = key = row["staff"], row["date"]
        sums[key] = sums.get(key, Fraction(0)) + row["hours"]
        if sums[key] > DAY:
            hours = f"{float(sums[key]):g}"
            yield row, Mistake("more_hours_than_a_day", person=person, day=day, hours=hours)


def doubts_of_new(data: Data, rows: Sequence[Row]) -> Iterator[tuple[Row, str, Mistake]]:
    """(row, column, Mistake) of rows that are to be written: alone, and with the others of their days."""
    yield from ((row, name, mistake) for row in rows for name, mistake in doubts(data, row))
    new = {id(row): row for row in rows if row.model.gives_hours()}
    keys, days = {row.key for row in new.values()}, {(row["staff"], row["date"]) for row in new.values()}
    known = hours_rows(data) if new else ()
    same_days = [one for one in known if (one["staff"], one["date"]) in days and one.key not in keys]
    found = too_many_hours([*same_days, *new.values()])
    yield from ((one, "hours", mistake) for one, mistake in found if id(one) in new)


def hours_rows(data: Data) -> Iterable[Row]:
    return (row for log, rows in data.logs.items() if LOGS[log].gives_hours() for row in rows)


def figures_of(result: Result) -> Iterator[Figure]:
    """To date: its figure, then those of its second readings."""
    yield result.to_date
    yield from (one.to_date for one in result.also)


class Uncounted:
    """Why rows of one log count in no figure of an evaluation."""

    def __init__(self, evaluation: Evaluation, log: str) -> None:
        self.evaluation, named = evaluation, evaluation.plan.selections
        logs = touched(log)
        self.results = [one for one in evaluation.results if one.measure.logs(named) & logs]
        self.counted = set[int]()
        self.figures = chain.from_iterable(map(figures_of, self.results))

    def why(self, row: Row) -> LeftOut | None:
        """The first reason that is about the row itself, or its session; None where one of them counts."""
        if self.counts(row):
            return None
        rows = [row, row.session] if row.session else [row]
        reasons = (self.reason_in(result, one) for one in rows for result in self.results)
        return next((one for one in reasons if one and not one.aside), None)

    def counts(self, row: Row) -> bool:
        """Is it, or its session, in a figure? Figures are looked at only until one has it."""
        wanted = {id(row), id(row.session)}
        while self.counted.isdisjoint(wanted):
            figure = next(self.figures, None)
            if figure is None:
                return False
            self.counted.update(map(id, figure.rows))
        return True

    def reason_in(self, result: Result, row: Row) -> LeftOut | None:
        figure = result.to_date
        own = next((one for one in (*figure.left_out, *figure.idle) if one.row is row), None)
        return own or self.left_out_by(result, row)

    def left_out_by(self, result: Result, row: Row) -> LeftOut | None:
        data = result.view.data
        for selection in result.measure.reads(result.handle):
            flat = data.flat(selection)
            if flat.log == row.log:
                return why_not(row, flat, flat.tests(data.known), result.view)
        return None
