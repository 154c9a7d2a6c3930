"""What a piece of a plan means, however it is written: names resolved, no order where none is meant."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from prt.model.base import Base
from prt.model.measures import Measure
from prt.model.selections import Condition, Selection
from prt.text import fold_text

Named = Mapping[str, Selection]
"""The selections of a plan by their name."""

UNORDERED = ("split_by", "headcount_only")
"""Keys whose list has no order that a figure could depend on."""


def meaning(value: Any, named: Named) -> Hashable:
    """Two pieces of plans that mean the same are equal here, and only those."""
    if isinstance(value, Selection):
        flat = value.flat(named)
        conditions = frozenset((column, meaning(one, named)) for column, one in flat.conditions)
        return flat.log, conditions, flat.when
    if isinstance(value, Condition):
        return frozenset((name, values_of(one)) for name, one in value.items())
    if isinstance(value, Base):
        return type(value), frozenset((name, of_key(name, one, named)) for name, one in value.items())
    if isinstance(value, Mapping):
        return frozenset((key, meaning(one, named)) for key, one in value.items())
    if isinstance(value, tuple):
        return tuple(meaning(one, named) for one in value)
    return value if isinstance(value, Hashable) else repr(value)


def of_key(name: str, value: Any, named: Named) -> Hashable:
    return frozenset(value) if name in UNORDERED else meaning(value, named)


def values_of(value: Any) -> Hashable:
    """What a condition names: any of several, in any order, spelled as a cell may be."""
    if isinstance(value, tuple):
        return frozenset(map(fold_text, value))
    return fold_text(value) if isinstance(value, str) else value


def arithmetic(measure: Measure, named: Named) -> Hashable:
    """What the figure itself depends on: a measure without its breakdowns."""
    if "split_by" not in measure.fields:
        return meaning(measure, named)
    return meaning(measure.replace(split_by=()), named)
