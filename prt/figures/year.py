"""Rows of all logs put together: linked, placed on their days, and completed where cells are empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any

from prt.figures.refused import FITTED, row_mistakes
from prt.model.cells import Known
from prt.model.plan import Plan
from prt.model.rows import Row
from prt.model.selections import is_empty, several
from prt.model.view import CHILDREN, Data, in_post, named
from prt.problems import Problem

DERIVED = ("participants", "boards", "respondents", "answered", "positive")
"""Columns of a session that come from attendance and feedback rows where they are empty."""


def assemble(
    plan: Plan,
    known: Known,
    logs: Mapping[str, Sequence[Row]],
    people: Sequence[Row],
    organisations: Sequence[Row],
) -> tuple[Data, list[Problem]]:
    """The rows of a year ready to be evaluated, and what is wrong between rows.

    A child row without its session cannot be placed, and a round or a period that the plan does not have
    counts for none: such a row is an error, and left out.
    """
    sessions = {row.id: row for row in logs["sessions"] if row.id}
    problems: list[Problem] = []
    placed: dict[str, list[Row]] = {}
    for log in ("sessions", *(log for log in logs if log != "sessions")):
        rows = [row for row in logs[log] if log not in CHILDREN or link(row, sessions, problems)]
        rows = [row for row in rows if fits(plan, row, problems)] if log in FITTED else rows
        problems += place(log, rows, plan)
        placed[log] = sorted(rows, key=attrgetter("day", "id", "line"))
    set_apart(placed["attendance"], people, plan.privacy.minimum_minutes)
    problems += complete(placed)
    return Data(plan.calendar, known, plan.selections, placed, people, organisations), problems


def link(row: Row, sessions: Mapping[str, Row], problems: list[Problem]) -> bool:
    row.session = sessions.get(row["session"])
    if row.session is None:
        what = f'no session has the id "{row["session"]}"'
        remedy = "Correct the id, or log the session first: prt list workshop shows the ids."
        problems.append(Problem(row.place("session"), what, remedy, value=row["session"]))
    return row.session is not None


def fits(plan: Plan, row: Row, problems: list[Problem]) -> bool:
    """Has the plan a place for this row? If not, its mistakes are added to `problems`."""
    found = list(row_mistakes(plan, row))
    for column, mistake in found:
        problems.append(Problem(row.place(column), mistake.what, mistake.remedy, value=str(row[column])))
    return not found


def place(log: str, rows: Sequence[Row], plan: Plan) -> Iterator[Problem]:
    """Put rows on the day they count on; a date outside the year counts on its first or last day."""
    starts, ends = plan.starts, plan.ends
    for row in rows:
        day = counting_day(log, row, plan)
        row.day = day if starts <= day <= ends else plan.calendar.clamp(day)
        if row.day != day:
            what = f"{day} is outside the plan year {plan.year}; it counts on {row.day}"
            remedy = "Correct the date if it is a slip; a survey answered in July is fine."
            yield Problem(row.place("date"), what, remedy, "warning", str(day))


def counting_day(log: str, row: Row, plan: Plan) -> dt.date:
    """A child row counts with its session, a session on its last day, a report in its own period."""
    day: dt.date
    if row.session is not None:
        day = row.session.day
    elif log == "sessions":
        day = row["last_day"] or row["date"]
    elif log == "deliverables" and (period := plan.calendar.period(row["period"])):
        day = period.last
    else:
        day = row["date"]
    return day


def set_apart(attendance: Sequence[Row], people: Sequence[Row], minimum: int) -> None:
    """Attendance of PRT staff, or too short, counts in no measure; re-joins of a day are added up."""
    posts = named([post for post in people if post["role"] == "prt-staff"], "id")
    minutes: dict[tuple[Any, ...], int] = {}
    for row in attendance:
        minutes[presence(row)] = minutes.get(presence(row), 0) + (row["minutes"] or 0)
    for row in attendance:
        own = posts.get(row["person"], [])
        if row["role"] == "prt-staff" or any(in_post(post, row["date"]) for post in own):
            row.left_out = "staff"
        elif row["minutes"] is not None and minutes[presence(row)] < minimum:
            row.left_out = "short"


def presence(row: Row) -> tuple[Any, ...]:
    """One person at one day of a session; an unnamed row is its own."""
    return row["session"], row["date"], row["person"] or row.place()


def complete(logs: Mapping[str, Sequence[Row]]) -> Iterator[Problem]:
    """Fill empty cells of sessions from their child rows. What was typed wins; contradictions are said."""
    attendance = named(logs["attendance"], "session")
    feedback = named(logs["feedback"], "session")
    for session in logs["sessions"]:
        found = presences(attendance.get(session.id, [])) | answers(feedback.get(session.id, []))
        yield from contradictions(session, found)
        empty = {column: value for column, value in found.items() if is_empty(session[column])}
        empty |= answered(session, found)
        if too_positive(session, empty):
            yield impossible(session, empty)
            empty = {
                column: value for column, value in empty.items() if column not in ("answered", "positive")
            }
        if session["series"] is None:
            empty["series"] = session.key
        if empty:
            session.fill(empty)


def presences(rows: list[Row]) -> dict[str, Any]:
    """Different persons, plus the day with most unnamed ones; and their boards."""
    if not rows:
        return {}
    present = [row for row in rows if not row.left_out]
    unnamed = [row for row in present if row["person"] is None]
    most = max((len(same_day) for same_day in named(unnamed, "date").values()), default=0)
    found: dict[str, Any] = {"participants": len(named(present, "person")) + most}
    if boards := tuple(sorted(named(present, "board"))):
        found["boards"] = boards
    return found


def answers(rows: list[Row]) -> dict[str, Any]:
    """Forms returned, answers to the question that says positive, and positive ones."""
    if not rows:
        return {}
    forms = named(rows, "response").values()
    said = [several(form[0]["positive"]) for form in forms]
    return {
        "respondents": len(said),
        "answered": sum(bool(one) for one in said),
        "positive": sum(one == (True,) for one in said),
    }


def answered(session: Row, found: Mapping[str, Any]) -> dict[str, Any]:
    """An empty `answered` is `respondents`, unless the positive answers too come from feedback rows."""
    if session["answered"] is not None or (session["positive"] is None and "answered" in found):
        return {}
    respondents = session["respondents"]
    return {} if respondents is None else {"answered": respondents}


def too_positive(session: Row, derived: Mapping[str, Any]) -> bool:
    said, positive = (derived.get(name, session[name]) for name in ("answered", "positive"))
    return said is not None and positive is not None and positive > said


def impossible(session: Row, derived: Mapping[str, Any]) -> Problem:
    """More positive answers than answers, of which one was typed: neither can be trusted in a percentage."""
    said, positive = (derived.get(name, session[name]) for name in ("answered", "positive"))
    what = f"{positive} positive of {said} answers is impossible: what is typed and the feedback rows differ"
    remedy = "The session is left out of percentages of answers until one of the two is corrected."
    return Problem(session.place("positive"), what, remedy, "warning", str(positive))


def contradictions(session: Row, found: Mapping[str, Any]) -> Iterator[Problem]:
    for column, value in found.items():
        typed = session[column]
        if is_empty(typed) or as_set(typed) == as_set(value):
            continue
        what = f"{shown(typed)} is typed, {shown(value)} is what the rows of persons or answers say"
        remedy = "The typed value counts. Empty the cell to take the other, or correct it."
        yield Problem(session.place(column), what, remedy, "warning", shown(typed))


def as_set(value: Any) -> Any:
    return set(value) if isinstance(value, tuple) else value


def shown(value: Any) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)
