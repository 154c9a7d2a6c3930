"""The rows of a plan year, and what one window of days sees of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from prt.model.calendar import Calendar, Window
from prt.model.cells import Known
from prt.model.figure import LeftOut
from prt.model.records import LOGS
from prt.model.rows import SESSION, Row
from prt.model.selections import AnyoneIn, Flat, OrganisationsQuery, PeopleQuery, Selection

Tests = list[tuple[str, Callable[[Any], bool]]]
Population = PeopleQuery | OrganisationsQuery | AnyoneIn


class Data:
    """All rows of a plan year, linked and placed on their days, with what they may name.

    `logs` and `people`, `organisations` hold rows without errors, in order of day and id, so that no
    figure depends on the order of a file.
    """

    def __init__(
        self,
        calendar: Calendar,
        known: Known,
        selections: Mapping[str, Selection],
        logs: Mapping[str, Sequence[Row]],
        people: Sequence[Row],
        organisations: Sequence[Row],
    ) -> None:
        self.calendar = calendar
        self.known = known
        self.selections = selections
        self.logs = logs
        self.people = people
        self.organisations = organisations
        self.first_days = {log: self.begun(rows) for log, rows in logs.items() if rows}
        self.countable = {log: [row for row in rows if not row.left_out] for log, rows in logs.items()}
        self.held = {
            log: list(filter(is_held, rows)) if only_held(log) else rows
            for log, rows in self.countable.items()
        }
        self._matching: dict[Flat, list[Row]] = {}

    def begun(self, rows: Sequence[Row]) -> dt.date:
        """The first day that shows a log to be in use: a date, or a day that a row counts on."""
        first = min(row.day for row in rows)
        if "date" not in rows[0].index:
            return first
        return min(first, self.calendar.clamp(min(row["date"] for row in rows)))

    def flat(self, selection: Selection) -> Flat:
        return selection.flat(self.selections)

    def matching(self, selection: Selection) -> list[Row]:
        """Rows of the whole year that a selection takes, held ones only unless it asks for a status."""
        flat = self.flat(selection)
        found = self._matching.get(flat)
        if found is None:
            rows = self.countable if flat.asks_status else self.held
            found = self._matching[flat] = passing(rows[flat.log], flat.tests(self.known))
        return found

    def day(self, row: Row, flat: Flat) -> dt.date | None:
        """The day a row counts on: its own, or that of the column `when`; None without that date."""
        if flat.when is None:
            return row.day
        day = row[flat.when]
        return None if day is None else self.calendar.clamp(day)

    def posts(self, query: PeopleQuery) -> list[Row]:
        """Rows of people.csv that a query takes, at any time."""
        return passing(self.people, Flat("people", tuple(query.people.items()), None).tests(self.known))

    def see(self, window: Window) -> View:
        return View(self, window)


def passing(rows: Iterable[Row], tests: Tests) -> list[Row]:
    passed = list(rows)
    for name, test in tests:
        passed = [row for row in passed if test(row[name])]
    return passed


def only_held(log: str) -> bool:
    """Counts only what was held? So it is of rows that are planned ahead, and of their children."""
    return LOGS[LOGS[log].parent or log].plannable


def is_held(row: Row) -> bool:
    """Was it, or what it belongs to, held? Rows that nobody plans ahead are."""
    planned = row.session or row
    return not planned.model.plannable or planned["status"] == "held"


def in_post(post: Row, day: dt.date) -> bool:
    start, end = post["start"], post["end"]
    return (start is None or start <= day) and (end is None or day <= end)


class View:
    """What one window sees."""

    def __init__(self, data: Data, window: Window) -> None:
        self.data = data
        self.window = window

    @property
    def at_end(self) -> bool:
        """Is the cut-off the plan's end?"""
        return self.window.last >= self.data.calendar.ends

    def rows(self, selection: Selection) -> list[Row]:
        """The rows that count in this window, in order of day and id."""
        flat = self.data.flat(selection)
        window, rows = self.window, self.data.matching(selection)
        first, last = window.first, window.last
        if flat.when is None:
            return [row for row in rows if first <= row.day <= last]
        return [row for row in rows if (day := self.data.day(row, flat)) is not None and day in window]

    def in_use(self, selection: Selection) -> bool:
        """Has the log any row up to the cut-off? Without one, a figure of 0 would be invented."""
        first = self.data.first_days.get(self.data.flat(selection).log)
        return first is not None and first <= self.window.last

    def to_come(self, selection: Selection) -> list[Row]:
        """Sessions after the cut-off that are not cancelled, whatever their status is now."""
        flat = self.data.flat(selection)
        if not only_held(flat.log):
            return []
        sessions = [
            row
            for row in self.data.logs[LOGS[flat.log].parent or flat.log]
            if row.day > self.window.last and row["status"] != "cancelled"
        ]
        return passing(sessions, session_tests(flat, self.data.known))

    def held(self, selection: Selection) -> list[Row]:
        """Sessions held by the cut-off that a selection is about, with or without rows of persons."""
        flat = self.data.flat(selection)
        if not only_held(flat.log):
            return []
        first, last = self.window.first, self.window.last
        sessions = [
            row for row in self.data.held[LOGS[flat.log].parent or flat.log] if first <= row.day <= last
        ]
        return passing(sessions, session_tests(flat, self.data.known))

    def members(self, population: Population) -> dict[str, list[Row]]:
        """Id of each member, with the rows that make it one."""
        if isinstance(population, AnyoneIn):
            return named(self.rows(population.anyone_in), population.by)
        if isinstance(population, OrganisationsQuery):
            flat = Flat("organisations", tuple(population.organisations.items()), None)
            return named(passing(self.data.organisations, flat.tests(self.data.known)), "code")
        posts = self.data.posts(population)
        if population.as_of != "ever":
            day = self.window.last if population.as_of == "end" else population.as_of
            posts = [post for post in posts if in_post(post, day)]
        return named(posts, "id")

    def left_out(self, selection: Selection) -> list[LeftOut]:
        """Rows that only one reason keeps from counting: what a reader would ask about."""
        flat = self.data.flat(selection)
        tests = flat.tests(self.data.known)
        counted = {id(row) for row in self.rows(selection)}
        found = (self.why_not(row, flat, tests) for row in self.data.logs[flat.log] if id(row) not in counted)
        return [reason for reason in found if reason]

    def why_not(self, row: Row, flat: Flat, tests: Tests) -> LeftOut | None:
        failed = [name for name, test in tests if not test(row[name])]
        if len(failed) > 1 or (failed and failed[0] in IDENTITY):
            return None
        day = self.data.day(row, flat)
        if day is not None and day > self.window.last:
            return LeftOut(row, "after")
        if row.left_out:
            return LeftOut(row, row.left_out)
        if not flat.asks_status and not is_held(row):
            return LeftOut(row, (row.session or row)["status"])
        if failed:
            return LeftOut(row, "condition", failed[0])
        return LeftOut(row, "before") if day else LeftOut(row, "no_date", flat.when or "date")


IDENTITY = ("line", SESSION + "line")
"""A row of another line is about something else, and is not worth a word."""


def session_tests(flat: Flat, known: Known) -> Tests:
    """The conditions of a selection that a session alone can answer, without its status."""
    prefix = SESSION if LOGS[flat.log].parent else ""
    tests = [(name, test) for name, test in flat.tests(known) if name.startswith(prefix)]
    stripped = [(name.removeprefix(prefix), test) for name, test in tests]
    return [(name, test) for name, test in stripped if name != "status"]


def named(rows: Iterable[Row], by: str) -> dict[str, list[Row]]:
    """Rows under each name that the column `by` holds; a cell may hold several."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        value = row[by]
        for name in value if type(value) is tuple else () if value is None else (value,):
            found.setdefault(name, []).append(row)
    return found
