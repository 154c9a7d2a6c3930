"""Rows of all logs put together: linked, placed on their days, and completed where cells are empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from prt.model.cells import Known, PlanNumberCell
from prt.model.columns import LogRecord, Record
from prt.model.plan import Plan
from prt.model.records import LOGS, STAFF, children_of
from prt.model.rows import Row, RowKey, cells_of
from prt.model.selections import is_empty
from prt.model.view import Data, in_post, rows_by_name
from prt.problems import Mistake, Place, Problem, follows

IN_ORDER = attrgetter("day", "id", "line")
"""The order of the rows of a log, whatever that of its file."""


def assemble(
    plan: Plan,
    known: Known,
    logs: Mapping[str, Sequence[Row]],
    people: Sequence[Row],
    organisations: Sequence[Row],
    unread: Mapping[RowKey, Place] = MappingProxyType({}),
) -> tuple[Data, list[Problem]]:
    """The rows of a year ready to be evaluated, and what is wrong between rows.

    A child row without its session cannot be placed, and a round or a period that the plan does not have
    counts for none: such a row is an error, and left out. `unread` are the rows that are left out already.
    """
    problems: list[Problem] = []
    absent = dict(unread)
    placed: dict[str, list[Row]] = {}
    for log, model in LOGS.items():  # a parent stands before its children
        rows = list(logs.get(log, ()))
        if model.parent:
            parents = {row.id: row for row in logs[model.parent] if row.id}
            linked = map(parents.get, cells_of(rows, "session"))
            rows = [row for row, one in zip(rows, linked, strict=True) if link(row, one, problems, absent)]
        if may_misfit(plan, model, rows):
            fitting = [row for row in rows if fits(plan, row, problems)]
            absent |= {row.key: row.place() for row in rows} if len(fitting) < len(rows) else {}
            rows = fitting
        problems += place(rows, plan)
        placed[log] = sorted(rows, key=IN_ORDER)
        if model.presences:
            set_apart(placed[log], people, plan.privacy.minimum_minutes)
    for log in placed:
        problems += complete(log, placed)
    return Data(plan, known, placed, people, organisations, absent), problems


def link(row: Row, session: Row | None, problems: list[Problem], unread: Mapping[RowKey, Place]) -> bool:
    """Is the session of this row there? Then the row knows it; if not, that is a mistake."""
    row.session = session
    if session is None:
        found = follows_from(unread, LOGS[row.log].parent, row["session"])
        mistake = found or Mistake("unknown_session", id=row["session"])
        problems.append(Problem.of(row.place("session"), mistake, value=row["session"]))
    return session is not None


def follows_from(unread: Mapping[RowKey, Place], table: str, name: str) -> Mistake | None:
    """Why a row is not there that another one names: it, or its whole file, has an error itself."""
    place = unread.get((table, name)) or unread.get((table, ""))
    return follows(name, place) if place else None


def fits(plan: Plan, row: Row, problems: list[Problem]) -> bool:
    """Has the plan a place for this row? If not, its mistakes are added to `problems`."""
    found = list(row_mistakes(plan, row))
    for column, mistake in found:
        problems.append(Problem.of(row.place(column), mistake, value=str(row[column])))
    return not found


def place(rows: Sequence[Row], plan: Plan) -> Iterator[Problem]:
    """Put rows on the day they count on; a date outside the year counts on its first or last day."""
    calendar, model = plan.calendar, rows[0].model if rows else None
    if model and not model.parent:
        days = model.counting_days(rows, calendar)
    else:
        days = [row.session.day for row in rows if row.session]
    counts_on = {day: calendar.clamp(day) for day in {*days}}
    for row, day in zip(rows, days, strict=True):
        row.day = counts_on[day]
    moved = {day for day, other in counts_on.items() if day != other}
    for row, day in zip(rows, days, strict=True) if moved else ():
        if day in moved:
            mistake = Mistake("counts_on_another_day", day=day, year=plan.year, counts_on=row.day)
            yield Problem.of(row.place("date"), mistake, "warning", str(day))


def set_apart(attendance: Sequence[Row], people: Sequence[Row], minimum: int) -> None:
    """Attendance of the team’s staff, or too short, counts in no measure; re-joins of a day are added up."""
    posts = rows_by_name([post for post in people if post["role"] == STAFF], "id")
    sessions, days, persons, roles, minutes = (
        cells_of(attendance, name) for name in ("session", "date", "person", "role", "minutes")
    )
    presences = list(zip(sessions, days, persons, strict=True))
    together: dict[tuple[Any, ...], int] = {}
    for presence, number in zip(presences, minutes, strict=True):
        if presence[2]:
            together[presence] = together.get(presence, 0) + (number or 0)
    for row, presence, role, number in zip(attendance, presences, roles, minutes, strict=True):
        _, day, person = presence
        if role == STAFF or (person in posts and any(in_post(post, day) for post in posts[person])):
            row.left_out = "staff"
        elif number is not None and number < minimum and together.get(presence, number) < minimum:
            row.left_out = "short"


def complete(log: str, logs: Mapping[str, Sequence[Row]]) -> Iterator[Problem]:
    """Fill empty cells of rows from their children. What was typed wins; contradictions are said."""
    children = [
        (LOGS[child], rows_by_name(logs[child], "session")) for child in children_of(log) if child in logs
    ]
    for session in logs[log] if children else ():
        found: dict[str, Any] = {}
        for model, rows in children:
            if own := rows.get(session.id):
                found |= model.fill(own)
        yield from contradictions(session, found)
        given = {column: value for column, value in found.items() if is_empty(session[column])}
        cells, wrong = session.model.complete(session, given)
        for column, mistake in wrong:
            value = given.get(column, session[column])
            yield Problem.of(session.place(column), mistake, "warning", str(value))
        if cells:
            session.fill(cells)


def contradictions(session: Row, found: Mapping[str, Any]) -> Iterator[Problem]:
    for column, value in found.items():
        typed = session[column]
        if is_empty(typed) or as_set(typed) == as_set(value):
            continue
        mistake = Mistake("typed_is_not_derived", typed=join_cell(typed), derived=join_cell(value))
        yield Problem.of(session.place(column), mistake, "warning", join_cell(typed))


def as_set(value: Any) -> Any:
    return set(value) if isinstance(value, tuple) else value


def join_cell(value: Any) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)


Found = Iterator[tuple[str, Mistake]]


def may_misfit(plan: Plan, model: type[Record], rows: Sequence[Row]) -> bool:
    """Has any of these rows of a log anything that the plan may have no place for? A column is looked at as
    a whole: of most logs no row is looked at alone.
    """
    if any({*cells_of(rows, name)} - {None, *numbers_of(plan, cell)} for name, cell in number_columns(model)):
        return True
    audiences = cells_of(rows, "session.audience") if is_named_presence(model) else ()
    return not {*plan.privacy.headcount_only}.isdisjoint(audiences)


@cache
def number_columns(model: type[Record]) -> tuple[tuple[str, PlanNumberCell], ...]:
    """The columns that name a period or a round of the plan."""
    return tuple((one.name, one.cell) for one in model.columns() if isinstance(one.cell, PlanNumberCell))


@cache
def is_named_presence(model: type[Record]) -> bool:
    """Is a row the presence of a person, whose role it says?"""
    return issubclass(model, LogRecord) and model.presences and {"person", "role"} <= set(model.header())


def row_mistakes(plan: Plan, row: Row) -> Found:
    """(column, Mistake) of a row, linked to its session, that the plan has no place for."""
    yield from unknown_numbers(plan, row)
    if is_named_presence(row.model) and row["person"] and row["role"] is None:
        yield from named_head(plan, row["person"], row["session.audience"])


def unknown_numbers(plan: Plan, row: Row) -> Found:
    """Numbers of a period or a round that the plan does not have."""
    for column, cell in number_columns(row.model):
        known = numbers_of(plan, cell)
        number = row[column]
        if number is not None and number not in known:
            numbers = ", ".join(map(str, known)) or "none"
            yield column, unknown_number(cell.of, number, numbers)


def numbers_of(plan: Plan, cell: PlanNumberCell) -> list[int]:
    """The numbers that the plan has of what such a cell names."""
    return [one.id for one in (plan.periods if cell.of == "period" else plan.rounds)]


def unknown_number(of: str, number: int, known: str) -> Mistake:
    if of == "period":
        return Mistake("unknown_period", number=number, known=known)
    return Mistake("unknown_round", number=number, known=known)


def named_head(plan: Plan, person: Any, audience: Any) -> Found:
    """No person may be kept of an audience of which only a headcount is allowed (Law 25, minimisation)."""
    if person and audience in plan.privacy.headcount_only:
        yield "person", Mistake("person_of_headcount", audience=audience)
