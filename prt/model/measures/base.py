"""What all kinds of measure share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, ClassVar, Literal, Protocol

from prt.model.base import Base
from prt.model.cells import PersonCell
from prt.model.figure import Figure, Group, LeftOut
from prt.model.heads import About
from prt.model.rows import Row
from prt.model.selections import Selected, Selection, column_of, is_empty, several
from prt.model.text import Phrases
from prt.model.view import View, named

Pace = Literal["steady", "at_end", "none"]
Path = tuple[str | int, ...]


class Say(Protocol):
    """Words of one language, from which a measure makes its sentence."""

    def __call__(self, word: str, **parts: str) -> str: ...
    def rows(self, selection: Selection) -> str: ...
    def population(self, population: Any) -> str: ...
    def column(self, selection: Selection, name: str) -> str: ...
    def different(self, selection: Selection, name: str) -> str: ...


class Measure(Base):
    """What all kinds share. `pace` is the default pace of a target on it."""

    kind: str
    pace: ClassVar[Pace] = "steady"
    unit_name: ClassVar[str] = ""
    can_fall: ClassVar[bool] = False
    whole_numbers: ClassVar[bool] = False
    has_target: ClassVar[bool] = True

    def to_date_only(self, named: Mapping[str, Selection]) -> bool:
        """Has it no figure of a single period? `named` are the plan's selections."""
        return False

    @property
    def unit(self) -> str:
        """`%`, `h`, or an empty string."""
        return self.unit_name

    def figure(self, view: View, handle: str) -> Figure:
        raise NotImplementedError

    def about(self, figure: Figure, view: View) -> About:
        """The people that a figure counts; nobody where it counts activities, hours or documents."""
        return About()

    def about_rows(self, rows: Iterable[Row], log: str) -> About:
        """The same of one group of a breakdown."""
        return About()

    def sentence(self, say: Say) -> str:
        raise NotImplementedError

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        """Every selection of rows that it reads, with the path to it in the plan."""
        if (of := getattr(self, "of", None)) is not None:
            yield ("of",), of

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        """Every column that it names, with the path to it and the selection it is a column of."""
        for place, name in enumerate(getattr(self, "split_by", ())):
            yield ("split_by", place), self.main, name

    @property
    def main(self) -> Selection:
        """The selection that the figure is first of all about."""
        return next(selection for _, selection in self.selections())

    def planned(self, view: View) -> int:
        """Sessions to come that would count."""
        return len(view.to_come(self.main))


class Counted(Measure):
    """Kinds that are an amount of rows: they can be broken down, group by group."""

    of: Selected
    split_by: Phrases = ()

    def amount(self, rows: list[Row], view: View) -> Fraction:
        raise NotImplementedError

    def about(self, figure: Figure, view: View) -> About:
        return self.about_rows(figure.rows, view.data.flat(self.of).log)

    def groups(self, rows: list[Row], view: View) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        return tuple((column, self.breakdown(rows, column, view)) for column in self.split_by)

    def breakdown(self, rows: list[Row], column: str, view: View) -> tuple[Group, ...]:
        """One group per value, *unknown* last; a row with several values is in several groups."""
        found: dict[Any, list[Row]] = dict(sorted(named(rows, column).items(), key=lambda pair: str(pair[0])))
        if unknown := [row for row in rows if not several(row[column])]:
            found[None] = unknown
        return tuple(Group(value, self.amount(some, view), tuple(some)) for value, some in found.items())

    def in_use(self, view: View, figure: Figure) -> Figure:
        """The figure, or *no data* where the log has no row at all."""
        return figure if view.in_use(self.of) else figure.without_value("no_data")


def is_person(log: str, column: str) -> bool:
    """Does the column say who?"""
    return isinstance(column_of(log, column).cell, PersonCell)


def total(rows: list[Row], column: str) -> Fraction:
    """The exact sum of a column; numerators are added as whole numbers, which is much faster."""
    sums: dict[int, int] = {}
    for row in rows:
        value = row[column]
        if value is not None:
            sums[value.denominator] = sums.get(value.denominator, 0) + value.numerator
    return sum((Fraction(top, bottom) for bottom, top in sums.items()), Fraction(0))


def by_known(rows: list[Row], column: str) -> tuple[list[Row], list[Row]]:
    """Rows with a value in the column, and rows without."""
    known: list[Row] = []
    empty: list[Row] = []
    for row in rows:
        (empty if is_empty(row[column]) else known).append(row)
    return known, empty


def left_out(rows: list[Row], column: str, reason: str = "empty") -> tuple[LeftOut, ...]:
    return tuple(LeftOut(row, reason, column) for row in rows)
