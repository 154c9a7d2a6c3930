"""How many rows a change of the plan's columns and words concerns: those that hold what is gone, or new."""

from __future__ import annotations

from collections.abc import Container, Iterator

from prt.figures.plan_diff.change import PlanChange
from prt.model.plan import Plan
from prt.model.records import LOGS
from prt.model.rows import cells_of
from prt.model.selections import is_empty
from prt.model.view import Data


def rows_concerned(change: PlanChange, plan: Plan, data: Data) -> int:
    """The rows of a column or a word that is removed or becomes another; 0 of any other change. `plan` and
    `data` are those of before."""
    name = change.before if change.how == "renamed" else change.where
    if change.how == "added" or not isinstance(name, str):
        return 0
    if change.what == "column":
        return sum(not is_empty(value) for value in values_of(plan, data, name))
    if change.what == "vocabulary" and change.how == "removed":
        return sum(has_any(value, change.before) for value in values_of(plan, data, name))
    if change.what != "word":
        return 0
    column = next((one for one in plan.words_by_column if name.startswith(f"{one}.")), "")
    word = name.removeprefix(f"{column}.")
    return sum(has_any(value, (word,)) for value in values_of(plan, data, column))


def has_any(value: object, words: Container[object]) -> bool:
    """Is one of these words in a cell, of one value or of several?"""
    return any(one in words for one in (value if isinstance(value, tuple) else (value,)))


def values_of(plan: Plan, data: Data, name: str) -> Iterator[object]:
    """What the rows have in a column: of one log, as `accompaniment.mode`, or of all."""
    log, _, column = name.rpartition(".")
    for one in (log,) if log else LOGS:
        if column in plan.record_of(one).fields:
            yield from cells_of(data.logs[one], column)
