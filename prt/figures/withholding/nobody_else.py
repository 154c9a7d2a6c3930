"""Whoever could be in a number, and is not, counts as nobody in it: 0 entries are a number of people, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any

from prt.figures.evaluate import Evaluation, Result
from prt.figures.withholding.cell import Cell, Cells
from prt.figures.withholding.equations import Key
from prt.figures.withholding.groups import (
    TO_DATE,
    Breakdowns,
    Pair,
    cells_of_rows,
    figure_key,
    group_key,
    lines_key,
    outside_key,
    rows_key,
)
from prt.figures.withholding.links import more_of
from prt.model.facts import NOBODY, NOT_AMONG, About, Frequency, Head, persons_of
from prt.model.selections import several
from prt.model.view import Data
from prt.values import dataclass, replace

Others = Collection[Head]
"""The heads of who could be somewhere, and is not."""


def cells(evaluation: Evaluation, breakdowns: Breakdowns) -> dict[Key, Cell]:
    """All cells about people, by key."""
    found = cells_of_rows(evaluation, breakdowns)
    nobody = who_is_nobody(found)
    for result in evaluation.results if nobody else ():
        did = result.view.data.flat(result.measure.main)
        rule = f"{NOT_AMONG}{(did, result.measure.naming or 'person')!r}"
        if others := nobody.get(rule):
            about = Counted.of(result, found, did.log, others)
            found |= about.numbers(found)
            found |= about.groups(found)
    return {key: cell for key, cell in found.items() if cell.about.part or cell.about.whole}


def who_is_nobody(found: Cells) -> Mapping[str, Others]:
    """By rule who is told of, and did not do it."""
    nobody: dict[str, set[Head]] = defaultdict(set)
    for head in NOBODY.union(*(cell.about.part for cell in found.values())):
        times = Frequency.of(head)
        one = at_no_time(head, times) if times else head
        if one.person and one.what.startswith(NOT_AMONG):
            nobody[one.what].add(one)
    return nobody


def at_no_time(member: Head, times: Frequency) -> Head:
    """Somebody of whom it is told how often, as whom no row would name."""
    return member._replace(what=f"{NOT_AMONG}{times.rule}", number=0, place=-1)


@dataclass(frozen=True)
class Counted:
    """The numbers that are printed with a result, of rows of this log, and who of `others` could be in them.

    `members` are those of its population, where it is a share.
    """

    result: Result
    log: str
    others: Others
    is_share: bool
    members: frozenset[str]

    @classmethod
    def of(cls, result: Result, found: Cells, log: str, others: Others) -> Counted:
        whole = found[figure_key(result.handle, 0, TO_DATE)].about.whole
        is_share = result.to_date.whole is not None
        return cls(result, log, others, is_share, frozenset(head.person for head in whole))

    def numbers(self, found: Cells) -> Iterator[Pair]:
        """How many entries are behind it, of whom, and who is outside its population."""
        handle, windows = self.result.handle, range(len(self.result.views) + 1)
        keys = [] if self.is_share else [figure_key(handle, 0, window) for window in windows]
        for key in (rows_key(handle), outside_key(handle), *keys):
            if key in found:
                part = found[key].about.part
                outside = key == outside_key(handle)
                yield key, with_more(found[key], self.missing([part], outside), is_of_rows(part))

    def missing(self, parts: Collection[frozenset[Head]], outside: bool = False) -> list[Head]:
        """Who could be there, and is not: somebody of its population, or (`outside`) anybody else."""
        there = {head.person for part in parts for head in part if self.log in (head.log, head.what)}
        found = (one for one in self.others if one.person not in there)
        return [one for one in found if (one.person in self.members) != outside or not self.is_share]

    def groups(self, found: Cells) -> Iterator[Pair]:
        """Each group of a breakdown, and each line of a list; even one that is not there: nobody is."""
        for column, key_of in self.tables():
            first = key_of(None)[:-1]
            cells = {key: cell for key, cell in found.items() if key[:-1] == first}
            if not cells or any(cell.about.whole for cell in cells.values()):
                continue
            parts = [cell.about.part for cell in cells.values()]
            values = values_by_person(self.result.view.data, column)
            groups: dict[Key, list[Head]] = defaultdict(list)
            for one in self.missing(parts):
                for value in values.get(one.person, ()):
                    groups[key_of(value)].append(one)
            empty = replace(next(iter(cells.values())), about=About())
            for key, some in groups.items():
                yield key, with_more(cells.get(key, empty), some, any(map(is_of_rows, parts)))

    def tables(self) -> Iterator[tuple[str, Callable[[Any], Key]]]:
        handle = self.result.handle
        for column, _ in self.result.to_date.splits:
            yield column, partial(group_key, handle, column)
        for column in self.result.measure.naming_columns("part"):
            yield column, partial(lines_key, handle, column)


def is_of_rows(part: frozenset[Head]) -> bool:
    return any(head.log for head in part)


def with_more(cell: Cell, some: Collection[Head], of_rows: bool) -> Cell:
    """Of rows: who could be there could be there oftener."""
    more = map(more_of, some) if of_rows else ()
    return replace(cell, about=About(cell.about.part.union(some, more), cell.about.whole))


def values_by_person(data: Data, column: str) -> Mapping[str, set[Any]]:
    """What the rows about each person say in a column, whatever they are of."""
    found: dict[str, set[Any]] = defaultdict(set)
    for post in data.people if data.people and column in data.people[0].model.header() else ():
        found[post["id"]].update(several(post[column]))
    for rows in data.countable.values():
        for row in rows if rows and rows[0].model.persons and column in rows[0].model.header() else ():
            for person in persons_of(row):
                found[person].update(several(row[column]))
    return found
