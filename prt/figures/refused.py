"""Rows that can be read but fit nothing of the plan: errors, so each is left out of every figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prt.model.plan import Plan
from prt.model.rows import Row
from prt.problems import Mistake

Found = Iterator[tuple[str, Mistake]]


FITTED = ("journals", "deliverables", "attendance")
"""The logs of which a row may be refused."""


def row_mistakes(plan: Plan, row: Row) -> Found:
    """(column, Mistake) of a row, linked to its session, that the plan has no place for."""
    if row.log == "journals":
        yield from unknown_round(plan, row["round"])
    elif row.log == "deliverables":
        yield from unknown_period(plan, row["period"])
    elif row.log == "attendance" and row["role"] is None:
        yield from named_head(plan, row["person"], row["session.audience"])


def unknown_round(plan: Plan, number: Any) -> Found:
    rounds = [one.id for one in plan.rounds]
    if number is not None and number not in rounds:
        remedy = f"Rounds of the plan: {', '.join(map(str, rounds)) or 'none'}."
        yield "round", Mistake(f"the plan has no round {number}", remedy)


def unknown_period(plan: Plan, number: Any) -> Found:
    periods = [one.id for one in plan.periods]
    if number is not None and number not in periods:
        remedy = f"Periods of the plan: {', '.join(map(str, periods))}."
        yield "period", Mistake(f"the plan has no period {number}", remedy)


def named_head(plan: Plan, person: Any, audience: Any) -> Found:
    """Of audiences that are headcounts only no person may be kept (Law 25, minimisation)."""
    if person and audience in plan.privacy.headcount_only:
        remedy = "Remove the row, and write the number of participants in the session."
        yield "person", Mistake(f"{audience} are counted by head, never as persons", remedy)
