"""Why rows of a log do not count: derived only when somebody asks."""

from __future__ import annotations

from prt.model.figure import LeftOut
from prt.model.rows import SESSION, Row
from prt.model.selections import Flat, Selection
from prt.model.view import Tests, View, is_held

IDENTITY = ("line", SESSION + "line")
"""A row of another line is about something else, and is not worth a word."""


def rows_left_out(view: View, selection: Selection) -> list[LeftOut]:
    """Rows that only one reason keeps from counting: what a reader would ask about."""
    flat = view.data.flat(selection)
    tests = flat.tests(view.data.known)
    counted = {id(row) for row in view.rows(selection)}
    rows = (row for row in view.data.logs[flat.log] if id(row) not in counted)
    found = (why_not(row, flat, tests, view) for row in rows)
    return [reason for reason in found if reason]


def why_not(row: Row, flat: Flat, tests: Tests, view: View) -> LeftOut | None:
    failed = [name for name, test in tests if not test(row[name])]
    if len(failed) > 1 or (failed and failed[0] in IDENTITY):
        return None
    day = view.data.day(row, flat)
    if day is not None and day > view.window.last:
        return LeftOut(row, "after")
    if row.left_out:
        return LeftOut(row, row.left_out)
    if not flat.asks_status and not is_held(row):
        return LeftOut(row, (row.session or row)["status"])
    if failed:
        return LeftOut(row, "condition", failed[0])
    return LeftOut(row, "before") if day else LeftOut(row, "no_date", flat.when or "date")
