"""What a line of hours leaves out: from the line above, the post of the person, the latest like row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from prt.model.records import Accompaniment, PartnerSupport
from prt.model.view import Data

ABOVE, FROM_POST = "above", "post"
LATEST_DAYS = 60
"""How old a row may be whose objective is taken."""
MOST_PURPOSES = 3
NAMING = ("person", "role", "board")

LineValues = Mapping[str, Any]


def carried_cells(
    log: str, typed: LineValues, above: LineValues | None, same_log: bool
) -> Iterator[tuple[str, Any]]:
    """(column, value) of what comes from the line above; `same_log` is whether it is of the same log."""
    if above is None:
        return
    if "date" in above:
        yield "date", above["date"]
    if not same_log:
        return
    if log == PartnerSupport.log:
        if typed.get("organisation", above.get("organisation")) == above.get("organisation"):
            yield from ((name, above[name]) for name in ("organisation", "purpose") if name in above)
        return
    named = {name for name in NAMING if name in typed}
    for name in ("person", "role", "board", "centre") if not named else ("role", "board"):
        if name in above and "person" not in named:
            yield name, above[name]


def latest_objective(
    typed: LineValues, day: dt.date, me: str, data: Data, lines: Sequence[LineValues]
) -> tuple[str, dt.date | str] | None:
    """The objective of the latest own row with that person, else with that board and role, and where from."""
    first = day - dt.timedelta(days=LATEST_DAYS)
    rows: list[Any] = [*data.rows_with(Accompaniment.log, staff=me), *lines]
    own = [row for row in rows if value_in(row, "staff") == me and value_in(row, "objective")]
    recent = [row for row in own if (when := value_in(row, "date")) and first <= when <= day]
    person = typed.get("person")
    groups = [("person",)] if person else []
    for names in (*groups, ("board", "role")):
        if found := [row for row in recent if all(value_in(row, name) == typed.get(name) for name in names)]:
            row = max(reversed(found), key=lambda one: value_in(one, "date"))
            is_above = bool(lines) and row is lines[-1]
            return str(value_in(row, "objective")), ABOVE if is_above else value_in(row, "date")
    return None


def value_in(row: Any, name: str) -> Any:
    """A value of a row of a log, or of a line that is not saved yet."""
    return row.get(name) if isinstance(row, Mapping) else row[name]


def last_purposes(organisation: str, data: Data, lines: Iterable[LineValues]) -> tuple[str, ...]:
    """The last three different purposes of an organisation, the latest first."""
    rows: list[Any] = [*data.rows_with(PartnerSupport.log, organisation=organisation), *lines]
    own = [value_in(row, "purpose") for row in rows if value_in(row, "organisation") == organisation]
    return tuple(dict.fromkeys(one for one in reversed(own) if one))[:MOST_PURPOSES]
