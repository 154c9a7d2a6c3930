"""What a line of hours leaves out: from the line above, the post of the person, the latest like row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from prt.model.columns import LogRecord, Record
from prt.model.view import Data

ABOVE, FROM_POST = "above", "post"
LATEST_DAYS = 60
"""How old a row may be whose objective is taken."""
MOST_TEXTS = 3
NAMING = ("person", "role", "board")

LineValues = Mapping[str, Any]


def carried_cells(
    model: type[LogRecord], typed: LineValues, above: LineValues | None, same_log: bool
) -> Iterator[tuple[str, Any]]:
    """(column, value) of what comes from the line above; `same_log` is whether it is of the same log."""
    if above is None:
        return
    if "date" in above:
        yield "date", above["date"]
    if not same_log:
        return
    for text, by in model.offered_by.items():
        if typed.get(by, above.get(by)) == above.get(by):
            yield from ((name, above[name]) for name in (by, text) if name in above)
    named = {name for name in NAMING if name in typed}
    for name in ("person", "role", "board", "centre") if not named else ("role", "board"):
        if name in above and "person" not in named:
            yield name, above[name]


def latest_topic(
    model: type[LogRecord], typed: LineValues, day: dt.date, data: Data, lines: Sequence[LineValues]
) -> tuple[str, dt.date | str] | None:
    """What the latest like row was for, and where from: of the same staff and person, else board and role."""
    first, topic, worker = day - dt.timedelta(days=LATEST_DAYS), model.topic_column, model.worker_columns()[0]
    me = typed.get(worker, "")
    rows: list[Any] = [*data.rows_with(model.log, **{worker: me}), *lines]
    own = [row for row in rows if value_in(row, worker) == me and value_in(row, topic)]
    recent = [row for row in own if (when := value_in(row, "date")) and first <= when <= day]
    groups = [("person",)] if typed.get("person") else []
    post = [("board", "role")] if {"board", "role"} <= model.fields.keys() else []
    for names in (*groups, *post):
        if found := [row for row in recent if all(value_in(row, name) == typed.get(name) for name in names)]:
            row = max(reversed(found), key=lambda one: value_in(one, "date"))
            is_above = bool(lines) and row is lines[-1]
            return str(value_in(row, topic)), ABOVE if is_above else value_in(row, "date")
    return None


def value_in(row: Any, name: str) -> Any:
    """A value of a row of a log, or of a line that is not saved yet."""
    return row.get(name) if isinstance(row, Mapping) else row[name]


def last_texts(
    model: type[Record], column: str, value: str, data: Data, lines: Iterable[LineValues]
) -> tuple[str, ...]:
    """The last three different texts of a column that are offered by this value, the latest first: such as
    the purposes of a partner."""
    by = model.offered_by[column]
    rows: list[Any] = [*data.rows_with(model.log, **{by: value}), *lines]
    own = [value_in(row, column) for row in rows if value_in(row, by) == value]
    return tuple(dict.fromkeys(one for one in reversed(own) if one))[:MOST_TEXTS]
