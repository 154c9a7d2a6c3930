"""The rows of one plan year: read, linked to their sessions, completed, and placed on their days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from tests.oracle.cells import REQUIRED, Reader, UnreadableCell, Value, read_amount, read_table

OF_SESSIONS = ("attendance", "feedback")
"""Logs whose rows belong to a session."""


SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""`yaml.safe_load`, ten times as fast where the C library is there."""


@dataclass(eq=False)
class Row:
    """One row; `counts` is False of attendance that counts in no measure."""

    log: str
    number: int
    cells: dict[str, Value]
    session: Row | None = None
    day: dt.date = dt.date.min
    counts: bool = True

    def __getitem__(self, column: str) -> Value:
        if column.startswith("session."):
            return self.session and self.session[column.removeprefix("session.")]
        return self.cells.get(column)

    @property
    def id(self) -> str:
        return str(self.cells.get("id") or "")


@dataclass
class Year:
    """A plan, as YAML has it, and every row that can be read."""

    plan: dict[str, Any]
    reader: Reader
    people: list[Row]
    organisations: list[Row]
    logs: dict[str, list[Row]]
    before: Year | None = None
    """The year before, where a plan of it is there."""
    matching: dict[str, list[Row]] = field(default_factory=dict)
    """The rows that a selection takes in the whole year, once they were looked for."""

    @cached_property
    def starts(self) -> dt.date:
        return as_date(self.plan["starts"])

    @cached_property
    def ends(self) -> dt.date:
        return as_date(self.plan["ends"])

    @property
    def period_ends(self) -> list[dt.date]:
        return [as_date(period["to"]) for period in self.plan["periods"]]

    @cached_property
    def first_days(self) -> dict[str, dt.date]:
        """The first day of each log that has a row, of any status: its date, or the day that it counts on."""
        days = {
            log: [self.clamp(day) for row in rows for day in (row.day, row["date"]) if day is not None]
            for log, rows in self.logs.items()
        }
        return {log: min(some) for log, some in days.items() if some}

    def clamp(self, day: dt.date) -> dt.date:
        """The day itself, or the first or the last one of the year."""
        return max(self.starts, min(day, self.ends))


def as_date(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def as_amount(value: Any) -> Fraction:
    """A number of the plan; a percentage is a fraction of 1."""
    return value if isinstance(value, Fraction) else read_amount(str(value))


def values(cell: Value) -> tuple[Value, ...]:
    """What a cell holds: nothing, one value, or several."""
    if cell is None:
        return ()
    return cell if isinstance(cell, tuple) else (cell,)


def read_year(root: Path) -> Year:
    """The year of the last plan of a project, with the years before."""
    found: Year | None = None
    for path in sorted((root / "plan").glob("*.yaml")):
        found = replace(read_one_year(root, path), before=found)
    assert found
    return found


def read_one_year(root: Path, path: Path) -> Year:
    """The year of one plan."""
    plan = yaml.load(path.read_text(encoding="utf-8"), SAFE_LOADER)
    organisations = read_table(root / "data" / "organisations.csv")
    reader = Reader(plan, organisations)
    folder = root / "data" / plan["year"]
    year = Year(
        plan,
        reader,
        people=read_rows(reader, "people", read_table(root / "data" / "people.csv")),
        organisations=read_rows(reader, "organisations", organisations),
        logs={log: read_rows(reader, log, read_table(folder / f"{log}.csv")) for log in REQUIRED},
    )
    complete_year(year)
    return year


def read_rows(reader: Reader, log: str, table: Iterable[Mapping[str, str]]) -> list[Row]:
    """The rows of a file without those that have a mistake."""
    rows = []
    for number, texts in enumerate(table):
        try:
            cells = {column: reader.cell(log, column, text) for column, text in texts.items()}
        except UnreadableCell:
            continue
        for column in ("status", "kind", "work"):
            cells.setdefault(column, reader.cell(log, column, ""))
        if not has_mistakes(log, cells):
            rows.append(Row(log, number, cells))
    return rows


def has_mistakes(log: str, cells: Mapping[str, Value]) -> bool:
    """Does the row lack what it needs, or contradict itself?"""
    if any(cells.get(column) is None for column in REQUIRED.get(log, ())):
        return True
    if log in ("requests", "accompaniment") and cells.get("person") is None:
        return cells.get("role") is None or cells.get("board") is None
    if log == "tools":
        return cells["kind"] == "capsule" and cells.get("learning_objective") is None
    if log == "surveys":
        return not in_order(cells, "invited", "completed")
    last_day = cells.get("last_day")
    backwards = log == "sessions" and last_day is not None and last_day < cells["date"]
    return backwards or (log == "sessions" and not in_order(cells, "respondents", "answered", "positive"))


def in_order(cells: Mapping[str, Value], *columns: str) -> bool:
    """Is each number, where it is known, at most the one before?"""
    known = [cells[column] for column in columns if cells.get(column) is not None]
    return known == sorted(known, reverse=True)


def complete_year(year: Year) -> None:
    link_to_sessions(year)
    leave_out_what_fits_nowhere(year)
    set_attendance_apart(year)
    for session in year.logs["sessions"]:
        complete_session(session, children(year, "attendance", session), children(year, "feedback", session))
    for rows in year.logs.values():
        for row in rows:
            row.day = year.clamp(counting_day(year, row))


def link_to_sessions(year: Year) -> None:
    """Attendance and feedback of a session that is not there is a mistake."""
    sessions = {row.id: row for row in year.logs["sessions"] if row.id}
    for log in OF_SESSIONS:
        for row in year.logs[log]:
            row.session = sessions.get(row["session"])
        year.logs[log] = [row for row in year.logs[log] if row.session]


def leave_out_what_fits_nowhere(year: Year) -> None:
    """Rounds and periods that the plan has not; names of those who are counted by head."""
    logs, plan = year.logs, year.plan
    rounds = [one["id"] for one in plan.get("rounds") or ()]
    periods = [None, *(one["id"] for one in plan["periods"])]
    heads = (plan.get("privacy") or {}).get("headcount_only") or ()
    logs["journals"] = [row for row in logs["journals"] if row["round"] in rounds]
    logs["deliverables"] = [row for row in logs["deliverables"] if row["period"] in periods]
    logs["attendance"] = [
        row
        for row in logs["attendance"]
        if not (row["person"] and row["role"] is None and row["session.audience"] in heads)
    ]


def children(year: Year, log: str, session: Row) -> list[Row]:
    return [row for row in year.logs[log] if row.session is session]


def counting_day(year: Year, row: Row) -> dt.date:
    """A session and its rows count on its last day, a report on the last day of its period."""
    session = row if row.log == "sessions" else row.session
    if session:
        return as_date(session["last_day"] or session["date"])
    for period in year.plan["periods"]:
        if row.log == "deliverables" and row["period"] == period["id"]:
            return as_date(period["to"])
    return as_date(row["date"])


def set_attendance_apart(year: Year) -> None:
    """PRT staff, and whoever was there for too short a time on a day, count in no measure."""
    minimum = (year.plan.get("privacy") or {}).get("minimum_minutes") or 0
    minutes: dict[object, int] = {}
    for row in year.logs["attendance"]:
        minutes[presence(row)] = minutes.get(presence(row), 0) + (row["minutes"] or 0)
    for row in year.logs["attendance"]:
        short = row["minutes"] is not None and minutes[presence(row)] < minimum
        row.counts = not short and not is_staff(year, row)


def presence(row: Row) -> object:
    """Somebody who left and came back was there once that day; an unnamed row is somebody else each time."""
    return (row["session"], row["date"], row["person"]) if row["person"] else row


def is_staff(year: Year, row: Row) -> bool:
    own = [post for post in year.people if post["id"] == row["person"] and post["role"] == "prt-staff"]
    return row["role"] == "prt-staff" or any(in_post(post, row["date"]) for post in own)


def in_post(post: Row, day: dt.date) -> bool:
    return (post["start"] is None or post["start"] <= day) and (post["end"] is None or day <= post["end"])


def complete_session(session: Row, attendance: Sequence[Row], feedback: Sequence[Row]) -> None:
    """Empty cells are derived from the rows of the session; what was typed wins."""
    cells = session.cells
    typed = {column: cells.get(column) for column in ("participants", "respondents", "answered", "positive")}
    derived: dict[str, int | None] = {
        "participants": None,
        "respondents": None,
        "answered": None,
        "positive": None,
    }
    if counted := [row for row in attendance if row.counts]:  # where none counts it is unknown (case F13)
        derived["participants"] = count_presences(counted)
    if feedback:
        derived |= count_answers(feedback)
    from_forms = typed["positive"] is None and bool(feedback)
    if typed["answered"] is None and typed["respondents"] is not None and not from_forms:
        derived["answered"] = typed["respondents"]
    known = {column: derived[column] if typed[column] is None else typed[column] for column in typed}
    if known["positive"] is not None and known["answered"] is not None:
        impossible = (
            known["positive"] > known["answered"]
        )  # typed and forms differ: only the typed one stands
        known |= {column: typed[column] for column in ("answered", "positive") if impossible}
    cells |= known
    cells["boards"] = cells.get("boards") or tuple(
        sorted({row["board"] for row in attendance if row.counts and row["board"]})
    )
    cells["series"] = cells.get("series") or session.id or f"row {session.number}"


def count_presences(rows: Sequence[Row]) -> int:
    """Different persons, plus the day with most unnamed ones."""
    persons = {row["person"] for row in rows if row["person"]}
    unnamed = [row["date"] for row in rows if not row["person"]]
    return len(persons) + max((unnamed.count(day) for day in unnamed), default=0)


def count_answers(rows: Sequence[Row]) -> dict[str, int | None]:
    """Forms returned, how many of them answered the question, and how many are positive."""
    forms = {row["response"]: row["positive"] for row in rows}
    said = list(forms.values())
    return {
        "respondents": len(said),
        "answered": sum(one is not None for one in said),
        "positive": sum(one is True for one in said),
    }
