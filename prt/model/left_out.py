"""Why a row does not count: derived when somebody asks, for every row of the logs that a measure reads."""

from __future__ import annotations

from collections.abc import Iterator

from prt.model.facts import Facts, rows_of
from prt.model.figure import Figure, LeftOut
from prt.model.measures import Measure
from prt.model.rows import SESSION, Row
from prt.model.selections import Flat, Selection
from prt.model.view import Tests, View, is_held

IDENTITY = ("line", SESSION + "line", "indicator")
"""A row of another line is about something else."""


def rows_left_out(
    measure: Measure, indicator_id: str, figure: Figure, counted: Facts, view: View
) -> list[LeftOut]:
    """Every row that does not count, once, with the first reason; `counted` are the facts that do.

    First those that the measure could not use, then those that its selections leave out. Of a row that two
    selections leave out, the reason is that of the one which it is about.
    """
    reasons: dict[int, LeftOut] = {id(one.row): one for one in figure.left_out}
    for selection in measure.reads(indicator_id):
        for one in left_out_by(selection, view):
            known = reasons.get(id(one.row))
            if known is None or (known.aside and not one.aside):
                reasons[id(one.row)] = one
    for row in rows_of(counted):
        reasons.pop(id(row), None)
    return list(reasons.values())


def left_out_by(selection: Selection, view: View) -> Iterator[LeftOut]:
    """Every row of the log of one selection, with the reason why it does not give anything to its figure."""
    flat = view.data.flat(selection)
    tests = flat.tests(view.data.known)
    return (why_not(row, flat, tests, view) for row in view.data.logs[flat.log])


def why_not(row: Row, flat: Flat, tests: Tests, view: View) -> LeftOut:
    """The first reason. A row of another line, or that fails several conditions, is about something else."""
    failed = [name for name, test in tests if not test(row[name])]
    others = [name for name in failed if name in IDENTITY]
    if others or len(failed) > 1:
        return LeftOut(row, "condition", (others or failed)[0], aside=True)
    day = view.data.day(row, flat)
    if day is not None and day > view.window.last:
        return LeftOut(row, "after")
    if row.left_out:
        return LeftOut(row, row.left_out)
    if not flat.asks_status and not is_held(row):
        return LeftOut(row, (row.session or row)["status"])
    if failed:
        return LeftOut(row, "condition", failed[0])
    if day is None:
        return LeftOut(row, "no_date", flat.when or "date")
    return LeftOut(row, "before" if day < view.window.first else "no_figure")
