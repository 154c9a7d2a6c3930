"""The rows of a plan year, and what one window of days sees of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from prt.model.calendar import Calendar, Window
from prt.model.cells import Known
from prt.model.records import LOGS, related_logs
from prt.model.rows import SESSION, Placed, Row, RowKey, RowTable, Tests, cells_of
from prt.model.selections import Condition, Flat, Records, Selection
from prt.problems import Place
from prt.values import dataclass

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)


class PlanYear(Records, Protocol):
    """What rows are placed by: a plan, or what was made by it."""

    @property
    def calendar(self) -> Calendar: ...

    @property
    def selections(self) -> Mapping[str, Selection]: ...


class GivesFacts(Protocol):
    """A measure, which is declared further right."""

    def facts(self, data: Data, indicator_id: str, /) -> Iterator[Any]: ...

    def logs(self, named: Mapping[str, Selection], /) -> frozenset[str]: ...


@dataclass(frozen=True)
class FigureBefore:
    """The final figure of the year before, or `why` it is not known: a key of the words."""

    value: Fraction | None = None
    why: str = ""


class YearBefore(Protocol):
    """What is known of the year before, for targets that ask for more than it."""

    @property
    def year(self) -> str: ...

    def final(self, line: Any, indicator: Any) -> FigureBefore:
        """The figure that an indicator of this year ended with in that one."""
        ...


def no_year_before() -> YearBefore | None:
    return None


class Data:
    """All rows of a plan year, linked and placed on their days, with what they may name.

    `logs` and `people`, `organisations` hold rows without errors, in order of day and id, so that no
    figure depends on the order of a file; `unread` says where those with an error stand.
    """

    def __init__(
        self,
        plan: PlanYear,
        known: Known,
        logs: Mapping[str, Sequence[Row]],
        people: Sequence[Row],
        organisations: Sequence[Row],
        unread: Mapping[RowKey, Place] = MappingProxyType({}),
    ) -> None:
        self.calendar = plan.calendar
        self.selections = plan.selections
        self.record_of = plan.record_of
        self.known = known
        self.logs = logs
        self.people = people
        self.organisations = organisations
        self.unread = unread
        self.read_before: Callable[[], YearBefore | None] = no_year_before
        """How the year before is read, by whoever knows its files."""
        self._tables: dict[str, RowTable] = {}
        self._by: dict[tuple[str, ...], dict[tuple[Any, ...], list[Row]]] = {}
        self._placed: dict[Flat, Placed] = {}
        self._roles: dict[tuple[str, dt.date], list[str]] = {}
        self._posts: dict[Flat, dict[str, list[Row]]] = {}

    @cached_property
    def first_days(self) -> dict[str, dt.date]:
        """The first day that shows each log that has a row to be in use."""
        return {log: self.begun(rows) for log, rows in self.logs.items() if rows}

    @cached_property
    def countable(self) -> Mapping[str, RowTable]:
        """The rows that may count, of each log."""
        return {
            log: self.table(log).where([not row.left_out for row in rows]) for log, rows in self.logs.items()
        }

    @cached_property
    def held(self) -> Mapping[str, RowTable]:
        """Of what is planned ahead only what was held."""
        return {
            log: table.where(list(map(is_held, table.rows))) if only_held(log) else table
            for log, table in self.countable.items()
        }

    @cached_property
    def before(self) -> YearBefore | None:
        """The year before, read when a target asks for it; None where there is no plan of it."""
        return self.read_before()

    @cached_property
    def posts(self) -> dict[str, list[Row]]:
        """The roles of each person, by id."""
        found: dict[str, list[Row]] = {}
        for post in self.people:
            found.setdefault(post["id"], []).append(post)
        return found

    @cached_property
    def roles(self) -> frozenset[str]:
        """Every role that somebody holds or held."""
        return frozenset(post["role"] for post in self.people)

    def facts_of(self, measure: GivesFacts, indicator_id: str) -> Iterator[Any]:
        """What each row of the year gives to a measure, whatever its day."""
        return measure.facts(self, indicator_id)

    def at(self, cut_off: dt.date) -> Data:
        """The rows as far as they are needed to see what is up to a day."""
        return self

    def table(self, log: str) -> RowTable:
        """The rows of a log with their cells column by column, made once."""
        if log not in self._tables:
            self._tables[log] = RowTable(self.logs[log])
        return self._tables[log]

    def cells(self, log: str, name: str) -> Sequence[Any]:
        """One column of a log, in the order of its rows."""
        return self.table(log).cells(name)

    def rows_with(self, log: str, **values: Any) -> Sequence[Row]:
        """The rows of a log that have these values, in their order; looked up once for the same columns."""
        names = (log, *values)
        if names not in self._by:
            found: dict[tuple[Any, ...], list[Row]] = {}
            rows = self.logs[log]
            for row, *cells in zip(rows, *(cells_of(rows, name) for name in values), strict=True):
                found.setdefault(tuple(cells), []).append(row)
            self._by[names] = found
        return self._by[names].get((*values.values(),), ())

    def roles_held(self, person: str, day: dt.date) -> list[str]:
        """The roles that somebody held that day; it is asked of each row of hours."""
        found = self._roles.get((person, day))
        if found is None:
            found = [post["role"] for post in self.posts.get(person, ()) if in_post(post, day)]
            self._roles[person, day] = found
        return found

    def begun(self, rows: Sequence[Row]) -> dt.date:
        """The first day that shows a log to be in use: a date, or a day that a row counts on."""
        first = rows[0].day
        if "date" not in rows[0].index:
            return first
        return min(first, self.calendar.clamp(min(cells_of(rows, "date"))))

    def flat(self, selection: Selection) -> Flat:
        return selection.flat(self.selections)

    def day(self, row: Row, flat: Flat) -> dt.date | None:
        """The day a row counts on: its own, or that of the column `when`; None without that date, and where
        it is not in the year.
        """
        if flat.when is None:
            return row.day
        day = row[flat.when]
        return day if day is not None and self.calendar.starts <= day <= self.calendar.ends else None

    def placed(self, selection: Selection) -> Placed:
        """Rows of the whole year that a selection takes, each with the day it counts on.

        Of what is planned ahead only what was held, unless the selection asks for a status.
        """
        flat = self.flat(selection)
        if flat not in self._placed:
            tables = self.countable if flat.asks_status else self.held
            self._placed[flat] = self.place(tables[flat.log].passing(flat.tests(self, self.known)), flat)
        return self._placed[flat]

    def place(self, table: RowTable, flat: Flat) -> Placed:
        """The rows of a table, each on the day it counts on; without those that count on none."""
        if flat.when is None:
            return Placed(table, table.days)
        days = [self.day(row, flat) for row in table.rows]
        return Placed(
            table.where([day is not None for day in days]), [day for day in days if day is not None]
        )

    def placed_once(self, selections: Sequence[Selection]) -> Placed:
        """Rows that any of some selections takes, each once, on the day of the first that does."""
        first, *others = selections
        if not others:
            return self.placed(first)
        found: dict[Row, dt.date] = {}
        for one in selections:
            for row, day in self.placed(one):
                found.setdefault(row, day)
        every = sorted(found.items(), key=itemgetter(1))
        return Placed(RowTable([row for row, _ in every]), [day for _, day in every])

    def of_roster(self, name: str, where: Mapping[str, Condition]) -> Sequence[Row]:
        """Rows of people.csv or organisations.csv that meet every condition."""
        rows = self.people if name == "people" else self.organisations
        return RowTable(rows).passing(Flat(name, tuple(where.items()), None).tests(self, self.known)).rows

    def posts_with(self, where: Mapping[str, Condition]) -> Mapping[str, Sequence[Row]]:
        """The rows of people.csv that meet every condition, by person; looked up once for the same ones."""
        flat = Flat("people", tuple(where.items()), None)
        if flat not in self._posts:
            self._posts[flat] = rows_by_name(self.of_roster("people", where), "id")
        return self._posts[flat]

    def see(self, window: Window) -> View:
        return View(self, window)


def only_held(log: str) -> bool:
    """Counts only what was held? So it is of rows that are planned ahead, and of their children."""
    return LOGS[LOGS[log].parent or log].plannable


def stands_alone(log: str) -> bool:
    """Does each row count by itself? Those of sessions count together, and what is planned ahead is seen."""
    return log in LOGS and related_logs(log) == [log] and not only_held(log)


def is_held(row: Row) -> bool:
    """Was it, or what it belongs to, held? Rows that nobody plans ahead are."""
    planned = row.session or row
    return not planned.model.plannable or planned["status"] == "held"


def in_post(post: Row | Mapping[str, Any], day: dt.date) -> bool:
    start, end = post["start"], post["end"]
    return (start is None or start <= day) and (end is None or day <= end)


class View:
    """The rows of a year as seen from one window: those that count on its days."""

    def __init__(self, data: Data, window: Window) -> None:
        self.data = data
        self.window = window
        self._named: dict[tuple[Flat, str], Mapping[str, list[Row]]] = {}
        self._to_come: dict[Flat, Sequence[Row]] = {}

    @property
    def at_end(self) -> bool:
        """Is the cut-off the plan's end?"""
        return self.window.last >= self.data.calendar.ends

    def rows(self, selection: Selection) -> list[Row]:
        """The rows that count in this window, in order of day and id."""
        first, last = self.window.first, self.window.last
        return [row for row, day in self.data.placed(selection) if first <= day <= last]

    def rows_named(self, selection: Selection, column: str) -> Mapping[str, list[Row]]:
        """The rows of a selection under each name that the column holds; looked up once."""
        key = self.data.flat(selection), column
        if key not in self._named:
            self._named[key] = rows_by_name(self.rows(selection), column)
        return self._named[key]

    def in_use(self, *selections: Selection) -> bool:
        """Has one of the logs any row up to the cut-off? Without one, a figure of 0 would be invented."""
        begun = self.data.first_days
        logs = [self.data.flat(one).log for one in selections]
        return any(log in begun and begun[log] <= self.window.last for log in logs)

    def to_come(self, selection: Selection) -> Sequence[Row]:
        """Sessions after the cut-off that are not cancelled, whatever their status is now; found once."""
        flat = self.data.flat(selection)
        if not only_held(flat.log):
            return ()
        if flat not in self._to_come:
            sessions = [
                row
                for row in self.data.logs[LOGS[flat.log].parent or flat.log]
                if row.day > self.window.last and row["status"] != "cancelled"
            ]
            self._to_come[flat] = RowTable(sessions).passing(session_tests(flat, self.data)).rows
        return self._to_come[flat]

    def held(self, selection: Selection) -> Sequence[Row]:
        """Sessions held by the cut-off that a selection is about, with or without rows of persons."""
        flat = self.data.flat(selection)
        if not only_held(flat.log):
            return ()
        first, last = self.window.first, self.window.last
        sessions = [
            row for row in self.data.held[LOGS[flat.log].parent or flat.log].rows if first <= row.day <= last
        ]
        return RowTable(sessions).passing(session_tests(flat, self.data)).rows


def session_tests(flat: Flat, data: Data) -> Tests:
    """The conditions of a selection that a session alone can answer, without its status."""
    prefix = SESSION if LOGS[flat.log].parent else ""
    tests = [(name, test) for name, test in flat.tests(data, data.known) if name.startswith(prefix)]
    stripped = [(name.removeprefix(prefix), test) for name, test in tests]
    return [(name, test) for name, test in stripped if name != "status"]


def group_by(things: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Things under what each is known by, in their order."""
    found = defaultdict[K, list[T]](list)
    for one in things:
        found[key(one)].append(one)
    return dict(found)


def rows_by_name(rows: Sequence[Row], by: str) -> dict[str, list[Row]]:
    """Rows of one log under each name that the column `by` holds; a cell may hold several."""
    return by_name(rows, cells_of(rows, by))


def by_name(things: Iterable[T], cells: Iterable[Any]) -> dict[str, list[T]]:
    """Things under each name that the cell of each holds; a cell may hold several."""
    found = defaultdict[str, list[T]](list)
    for one, value in zip(things, cells, strict=True):
        if type(value) is tuple:
            for name in value:
                found[name].append(one)
        elif value is not None:
            found[value].append(one)
    return dict(found)
