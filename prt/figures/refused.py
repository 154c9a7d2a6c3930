"""Rows that can be read but fit nothing of the plan: errors, so each is left out of every figure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prt.model.cells import PlanNumberCell
from prt.model.plan import Plan
from prt.model.records import LogRecord, Record
from prt.model.rows import Row
from prt.problems import Mistake

Found = Iterator[tuple[str, Mistake]]


def may_misfit(model: type[Record]) -> bool:
    """Has a row of this log anything that the plan may have no place for?"""
    return bool(number_columns(model)) or is_named_presence(model)


def number_columns(model: type[Record]) -> list[tuple[str, PlanNumberCell]]:
    """The columns that name a period or a round of the plan."""
    return [(one.name, one.cell) for one in model.columns() if isinstance(one.cell, PlanNumberCell)]


def is_named_presence(model: type[Record]) -> bool:
    """Is a row the presence of a person, whose role it says?"""
    return issubclass(model, LogRecord) and model.presences and {"person", "role"} <= set(model.header())


def row_mistakes(plan: Plan, row: Row) -> Found:
    """(column, Mistake) of a row, linked to its session, that the plan has no place for."""
    yield from unknown_numbers(plan, row)
    if is_named_presence(row.model) and row["role"] is None:
        yield from named_head(plan, row["person"], row["session.audience"])


def unknown_numbers(plan: Plan, row: Row) -> Found:
    """Numbers of a period or a round that the plan does not have."""
    for column, cell in number_columns(row.model):
        known = [one.id for one in (plan.periods if cell.of == "period" else plan.rounds)]
        number = row[column]
        if number is not None and number not in known:
            numbers = ", ".join(map(str, known)) or "none"
            yield column, unknown_number(cell.of, number, numbers)


def unknown_number(of: str, number: int, known: str) -> Mistake:
    if of == "period":
        return Mistake("unknown_period", number=number, known=known)
    return Mistake("unknown_round", number=number, known=known)


def named_head(plan: Plan, person: Any, audience: Any) -> Found:
    """Of audiences that are headcounts only no person may be kept (Law 25, minimisation)."""
    if person and audience in plan.privacy.headcount_only:
        yield "person", Mistake("person_of_headcount", audience=audience)
