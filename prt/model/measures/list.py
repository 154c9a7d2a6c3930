"""`{kind: list, columns: [title, theme], of: S, grouped: true}`"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, Literal

from prt.model.base import field
from prt.model.figure import Figure, Item
from prt.model.heads import About, of_rows
from prt.model.measures.base import Measure, Path, Say
from prt.model.rows import Row
from prt.model.selections import Selected, Selection
from prt.model.text import Phrases
from prt.model.view import View


class List(Measure):
    """What there is: each different combination of the columns once, with its number when grouped."""

    kind: Literal["list"]
    of: Selected
    list_columns: Phrases = field(key="columns")
    grouped: bool = False
    has_target = False

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        for place, name in enumerate(self.list_columns):
            yield ("columns", place), self.of, name

    def figure(self, view: View, handle: str) -> Figure:
        if not view.in_use(self.of):
            return Figure(None, "no_data")
        rows = view.rows(self.of)
        found: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            found.setdefault(tuple(row[name] for name in self.list_columns), []).append(row)
        items = tuple(Item(values, len(some), tuple(some)) for values, some in found.items())
        return Figure(Fraction(len(items)), rows=tuple(rows), items=items)

    def about_rows(self, rows: Iterable[Row], log: str) -> About:
        return About(of_rows(rows))

    def sentence(self, say: Say) -> str:
        names = " / ".join(say.column(self.of, name) for name in self.list_columns)
        word = "measure.list_grouped" if self.grouped else "measure.list"
        return say(word, columns=names, of=say.rows(self.of))
