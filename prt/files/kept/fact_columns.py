"""What rows gave to figures, as columns: each different value once, and facts that name it by its place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import repeat
from typing import Any

from prt.files.kept.folded_data import Folded
from prt.model.facts import DAY, INSIDE, Facts
from prt.model.rows import Row
from prt.values import NamedTuple


class Values(dict[tuple[type, Any], int]):
    """Each different value once, with its place: facts name them by their places."""

    def __missing__(self, key: tuple[type, Any]) -> int:
        self[key] = found = len(self)
        return found

    def columns(self, facts: Facts) -> tuple[list[int], ...]:
        """The facts as columns of places, from their day to what is inside."""
        columns = [*zip(*facts, strict=True)][DAY : INSIDE + 1]
        return tuple([*map(self.__getitem__, zip(map(type, one), one, strict=True))] for one in columns)


class FactColumns(NamedTuple):
    """As much of `Folded` as is plain data: no row."""

    cut_off: dt.date
    first_days: dict[str, dt.date]
    facts: dict[str, tuple[tuple[list[int], ...], ...]]
    values: tuple[Any, ...]

    @classmethod
    def of(cls, folded: Folded) -> FactColumns:
        values = Values()
        facts = {name: tuple(map(values.columns, every)) for name, every in folded.facts.items()}
        return cls(folded.cut_off, {**folded.first_days}, facts, tuple(value for _, value in values))

    def folded(self, nothing: Row) -> Folded:
        """What they were made of, where `nothing` stands for each row."""
        facts = {name: [self.facts_of(one, nothing) for one in every] for name, every in self.facts.items()}
        return Folded(self.cut_off, self.first_days, facts)

    def facts_of(self, columns: Sequence[list[int]], nothing: Row) -> Facts:
        cells = [map(self.values.__getitem__, column) for column in columns]
        return [*zip(repeat(nothing), *cells, repeat(None), strict=False)] if columns else []
