"""`{kind: list, columns: [title, theme], of: S, grouped: true}`"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import repeat
from typing import Any, Literal

from prt.model.base import field
from prt.model.facts import (
    MEMBER,
    NOBODY,
    About,
    Facts,
    PlainFact,
    Side,
    by_known,
    by_member,
    of_givers,
    of_persons,
    part_facts,
)
from prt.model.figure import Figure, Item
from prt.model.measures.base import ROWS, Measure, Say, left_out
from prt.model.populations import Path
from prt.model.selections import Selected, Selection, is_person
from prt.model.text import Phrases
from prt.model.view import Data, View

EMPTY = frozenset({None, ()})
"""What cells that say nothing hold."""


class Items(dict[tuple[Any, ...], tuple[Any, ...] | None]):
    """The item that cells are, one for all that are equal; None where all of them say nothing."""

    def __missing__(self, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
        self[values] = found = None if EMPTY.issuperset(values) else values
        return found


class List(Measure):
    """What there is: each different combination of the columns once, with its number when grouped."""

    kind: Literal["list"]
    of: Selected = field(description=ROWS)
    list_columns: Phrases = field(
        key="columns", description="the columns that are listed; each combination stands once"
    )
    grouped: bool = field(default=False, asked=True, description="`true`: with how many rows each has")
    example = "{kind: list, columns: [title, theme], of: workshops, grouped: true}"
    has_target = False
    has_items = True
    starts_at_zero = True
    facts_add_up = True

    @property
    def counts_items(self) -> bool:
        return self.grouped

    def naming_columns(self, side: Side) -> tuple[str, ...]:
        return self.list_columns

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        for place, name in enumerate(self.list_columns):
            yield ("columns", place), self.of, name

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        """A row of which all these cells are empty is no item: no theme is not a theme."""
        placed = data.placed(self.of)
        cells = zip(*map(placed.cells, self.list_columns), strict=True)
        return part_facts(placed, repeat(None), map(Items().__getitem__, cells))

    def fold(self, facts: Facts, view: View) -> Figure:
        if not view.in_use(self.of):
            return Figure(None, "no_data")
        found = by_member(facts)
        items = tuple(Item(values, len(some), some) for values, some in found.items())
        known, silent = by_known(facts, MEMBER)
        empty = left_out(silent, self.list_columns[0])
        return Figure(Fraction(len(items)), facts=known, left_out=empty, unknown=len(empty), items=items)

    def people(self, facts: Facts, view: View) -> About:
        """The number of items is one of persons, or of rows about persons, where there are as many."""
        log = view.data.flat(self.of).log
        known = by_known(facts, MEMBER)[0]
        items = {fact[MEMBER] for fact in known}
        for place, name in enumerate(self.list_columns):
            persons = {values[place] for values in items} if is_person(view.data, log, name) else set()
            if len(persons - {None}) == len(items):
                return About(of_persons(log, persons))
        return About(of_givers(known) if len(known) == len(items) else NOBODY)

    def group_people(self, facts: Facts, view: View) -> About:
        return About(of_givers(facts))

    def sentence(self, say: Say) -> str:
        names = " / ".join(say.column(self.of, name) for name in self.list_columns)
        word = "measure.list_grouped" if self.grouped else "measure.list"
        return say(word, columns=names, of=say.rows(self.of))
