"""Which rows a selection takes, which count in a window of days, and who is in a population."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.oracle.cells import Value
from tests.oracle.year import OF_SESSIONS, Row, Year, as_date, in_post, values

HELD_ONLY = ("sessions", *OF_SESSIONS)
"""Logs of which only what was held counts, unless a status is asked for."""


@dataclass(frozen=True)
class Window:
    """The days that a figure is about, both included; the last is the cut-off."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Selected:
    """A selection without names: a log, all conditions that must hold, and the column that places a row."""

    log: str
    conditions: tuple[tuple[str, Any], ...]
    when: str | None


def resolve(year: Year, written: Any) -> Selected:
    """A selection as the plan writes it: a name, a log, or a named one made narrower."""
    if isinstance(written, str):
        return resolve(year, year.plan["selections"][written])
    own = tuple((written.get("where") or {}).items())
    if "log" in written:
        return Selected(written["log"], own, written.get("when"))
    base = resolve(year, written["selection"])
    return Selected(base.log, base.conditions + own, written.get("when") or base.when)


def matching(year: Year, wanted: Selected) -> list[Row]:
    """The rows of the whole year that a selection takes."""
    key = repr(wanted)
    if key not in year.matching:
        asked = any(column in ("status", "session.status") for column, _ in wanted.conditions)
        year.matching[key] = [
            row
            for row in year.logs[wanted.log]
            if row.counts
            and (asked or wanted.log not in HELD_ONLY or (row.session or row)["status"] == "held")
            and passes(year, wanted.log, row, wanted.conditions)
        ]
    return year.matching[key]


def each_once(found: Sequence[Sequence[Row]]) -> list[Row]:
    """The rows of several selections, each once."""
    return list({id(row): row for rows in found for row in rows}.values())


def rows_in(year: Year, written: Any, window: Window) -> list[Row]:
    """The rows of a selection, or of any of a list of them, that count in a window."""
    if isinstance(written, list):
        return rows_of_list(year, written, window)
    wanted = resolve(year, written)
    found = []
    for row in matching(year, wanted):
        day = row[wanted.when] if wanted.when else row.day
        if wanted.when and day is not None and not year.starts <= day <= year.ends:
            continue  # case F2
        if day is not None and window.first <= day <= window.last:
            found.append(row)
    return found


def rows_of_list(year: Year, written: Sequence[Any], window: Window) -> list[Row]:
    """A row of several selections counts once, on the day of the first that takes it."""
    found: list[Row] = []
    taken = set[int]()
    for one in written:
        here = set(map(id, rows_in(year, one, window)))
        new = [row for row in rows_in(year, one, Window(year.starts, year.ends)) if id(row) not in taken]
        found += [row for row in new if id(row) in here]
        taken |= set(map(id, new))
    return found


def in_use(year: Year, written: Any, window: Window) -> bool:
    """Has the log, or any of several, any row, of any status, up to the cut-off?"""
    if isinstance(written, list):
        return any(in_use(year, one, window) for one in written)
    first = year.first_days.get(resolve(year, written).log)
    return first is not None and first <= window.last


def passes(year: Year, log: str, row: Row, conditions: Sequence[tuple[str, Any]]) -> bool:
    return all(holds(year, log, column, condition, row[column]) for column, condition in conditions)


def holds(year: Year, log: str, column: str, condition: Any, cell: Value) -> bool:
    """Does one condition hold of a cell?"""
    owner, name = ("sessions", column[8:]) if column.startswith("session.") else (log, column)
    found = values(cell)

    def read(written: Any) -> Value:
        text = {True: "yes", False: "no"}.get(written, "") if isinstance(written, bool) else str(written)
        return year.reader.one(owner, name, text)

    def any_of(written: Any) -> bool:
        wanted = [read(one) for one in (written if isinstance(written, list) else [written])]
        return any(one in wanted for one in found)

    if not isinstance(condition, dict):
        return any_of(condition)
    tests: Mapping[str, Callable[[Any], bool]] = {
        "is": any_of,
        "not": lambda written: not any_of(written),
        "present": lambda written: bool(found) is written,
        "from": lambda written: any(one >= read(written) for one in found),
        "to": lambda written: any(one <= read(written) for one in found),
    }
    return all(tests[key](written) for key, written in condition.items())


def about_sessions(wanted: Selected) -> list[tuple[str, Any]]:
    """The conditions that a session alone can answer, whatever its status."""
    conditions = wanted.conditions
    if wanted.log != "sessions":
        conditions = tuple((column[8:], one) for column, one in conditions if column.startswith("session."))
    return [(column, one) for column, one in conditions if column != "status"]


def sessions_to_come(year: Year, written: Any, window: Window) -> list[Row]:
    """Sessions after the cut-off that are not cancelled, whatever their status is now."""
    if isinstance(written, list):
        return each_once([sessions_to_come(year, one, window) for one in written])
    wanted = resolve(year, written)
    return [
        row
        for row in (year.logs["sessions"] if wanted.log in HELD_ONLY else [])
        if row.day > window.last
        and row["status"] != "cancelled"
        and passes(year, "sessions", row, about_sessions(wanted))
    ]


def sessions_held(year: Year, written: Any, window: Window) -> list[Row]:
    """Sessions held by the cut-off that a selection is about."""
    wanted = resolve(year, written)
    return [
        row
        for row in (year.logs["sessions"] if wanted.log in HELD_ONLY else [])
        if window.first <= row.day <= window.last
        and row["status"] == "held"
        and passes(year, "sessions", row, about_sessions(wanted))
    ]


def members(year: Year, population: Mapping[str, Any], window: Window) -> set[Value]:
    """Who or what is in a population at the end of a window."""
    if "anyone_in" in population:
        return different(rows_in(year, population["anyone_in"], window), population["by"])
    if "organisations" in population:
        conditions = list(population["organisations"].items())
        return {row["code"] for row in year.organisations if passes(year, "organisations", row, conditions)}
    return {post["id"] for post in posts(year, population) if is_member(post, population, window)}


def rows_naming(
    year: Year, population: Mapping[str, Any], window: Window, wanted: Collection[Value]
) -> list[Row]:
    """The rows that make somebody wanted a member of a population; none where a roster does."""
    rows = rows_in(year, population["anyone_in"], window) if "anyone_in" in population else []
    return [row for row in rows if any(value in wanted for value in values(row[population["by"]]))]


def posts(year: Year, population: Mapping[str, Any]) -> list[Row]:
    """The rows of people.csv that a population asks for, at any time."""
    conditions = list(population["people"].items())
    return [post for post in year.people if passes(year, "people", post, conditions)]


def is_member(post: Row, population: Mapping[str, Any], window: Window) -> bool:
    as_of = population.get("as_of", "end")
    if as_of == "ever":
        return (
            post["start"] is None or post["start"] <= window.last
        )  # a later hire restates nothing (case F5)
    return in_post(post, window.last if as_of == "end" else as_date(as_of))


def different(rows: Sequence[Row], column: str) -> set[Value]:
    """The different values that a column has."""
    return {value for row in rows for value in values(row[column])}
