"""Facts as plain data that JSON can hold, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import repeat
from typing import Any

from prt.model.facts import DAY, INSIDE, Facts
from prt.model.rows import Row


class Values(dict[tuple[type, Any], int]):
    """Each different value once, with its place: facts name them by their places."""

    def __missing__(self, key: tuple[type, Any]) -> int:
        self[key] = found = len(self)
        return found

    def columns(self, facts: Facts) -> list[list[int]]:
        """The facts as columns of places, from their day to what is inside."""
        columns = [*zip(*facts, strict=True)][DAY : INSIDE + 1]
        return [[*map(self.__getitem__, zip(map(type, column), column, strict=True))] for column in columns]

    def plain(self) -> list[Any]:
        return [plain_value(value) for _, value in self]


def facts_from(columns: Sequence[Sequence[int]], values: Sequence[Any], nothing: Row) -> Facts:
    """The facts of which `Values.columns` were made."""
    cells = [map(values.__getitem__, column) for column in columns]
    return [*zip(repeat(nothing), *cells, repeat(None), strict=False)] if columns else []


def plain_value(value: Any) -> Any:
    """A value as JSON has it; TypeError where it is none of those that cells hold."""
    if value is None or type(value) in (str, int, bool):
        return value
    if type(value) is Fraction:
        return {"of": [value.numerator, value.denominator]}
    if type(value) is dt.date:
        return {"day": value.isoformat()}
    if type(value) is tuple:
        return [*map(plain_value, value)]
    raise TypeError(value)


def from_plain_value(plain: Any) -> Any:
    if type(plain) is list:
        return tuple(map(from_plain_value, plain))
    if type(plain) is not dict:
        return plain
    return Fraction(*plain["of"]) if "of" in plain else dt.date.fromisoformat(plain["day"])
