"""Whoever could be in a number, and is not, counts as nobody in it: 0 entries are a number of people, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from prt.figures.evaluate import Evaluation, Result
from prt.figures.withholding.cell import Cell, Cells
from prt.figures.withholding.equations import Key
from prt.figures.withholding.groups import (
    TO_DATE,
    Breakdowns,
    Pair,
    annex_key,
    cells_of_rows,
    figure_key,
    group_key,
    lines_key,
    outside_key,
    rows_key,
)
from prt.figures.withholding.links import more_of
from prt.model.facts import NOBODY, NOT_AMONG, About, Frequency, Head, persons_of
from prt.model.selections import Flat, several
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
            about = Counted.of(result, found, did, others, breakdowns.get(did.log, ()))
            found |= dict(about.with_others(found))
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
class Table:
    """Groups that are printed and add up to a number: those of a breakdown, the lines of a list, an annex."""

    key_of: Callable[[Any], Key]
    cells: Cells
    values: Mapping[str, set[Any]]
    """By person what the rows about them say in its column."""

    @classmethod
    def of(cls, key_of: Callable[[Any], Key], column: str, found: Cells, data: Data) -> Table:
        first = key_of(None)[:-1]
        cells = {key: cell for key, cell in found.items() if key[:-1] == first and cell.about.part}
        return cls(key_of, cells, values_by_person(data, column))

    @property
    def is_of_shares(self) -> bool:
        return any(cell.about.whole for cell in self.cells.values())

    @property
    def parts(self) -> list[frozenset[Head]]:
        return [cell.about.part for cell in self.cells.values()]

    def group_of(self, one: Head) -> Key | None:
        """The one group that somebody would be in: where others of theirs are, else the only one there is."""
        keys = {self.key_of(value) for value in self.values.get(one.person, ())} or set(self.cells)
        return next(iter(keys)) if len(keys) == 1 else None

    def with_others(self, others: Others) -> Iterator[Pair]:
        """Each group with those who would be in it; even one that is not there: nobody is."""
        groups: dict[Key, list[Head]] = defaultdict(list)
        for one in others:
            if key := self.group_of(one):
                groups[key].append(one)
        empty = replace(next(iter(self.cells.values())), about=About())
        for key, some in groups.items():
            yield key, with_more(self.cells.get(key, empty), some, any(map(is_of_rows, self.parts)))


@dataclass(frozen=True)
class Counted:
    """The numbers that are printed with a result, of rows of this log, and who of `others` could be in them.

    `members` are those of its population, where it is a share. Who is in a number is in one group of each of
    its `tables`, too: else their sum would not be the number, and what one of them hides could be computed.
    """

    result: Result
    log: str
    others: Others
    is_share: bool
    members: frozenset[str]
    tables: Sequence[Table]

    @classmethod
    def of(cls, result: Result, found: Cells, did: Flat, others: Others, annex: Iterable[str]) -> Counted:
        whole = found[figure_key(result.handle, 0, TO_DATE)].about.whole
        is_share = result.to_date.whole is not None
        columns = [(column, partial(group_key, result.handle, column)) for column, _ in result.to_date.splits]
        lines = result.measure.naming_columns("part")
        columns += [(column, partial(lines_key, result.handle, column)) for column in lines]
        if did.is_whole_log:
            columns += [(column, partial(annex_key, did.log, column)) for column in annex]
        made = [Table.of(key_of, column, found, result.view.data) for column, key_of in columns]
        tables = [
            one for one in made if one.cells and not any(cell.about.whole for cell in one.cells.values())
        ]
        return cls(result, did.log, others, is_share, frozenset(head.person for head in whole), tables)

    def with_others(self, found: Cells) -> Iterator[Pair]:
        """How many entries are behind it, of whom, who is outside its population, and each group."""
        handle, windows = self.result.handle, range(len(self.result.views) + 1)
        keys = [] if self.is_share else [figure_key(handle, 0, window) for window in windows]
        for key in (rows_key(handle), outside_key(handle), *keys, annex_key(self.log, "", "")):
            if key in found:
                part = found[key].about.part
                outside = key == outside_key(handle)
                some = self.missing([part], outside)
                yield key, with_more(found[key], some if outside else self.placed(some), is_of_rows(part))
        for table in self.tables:
            yield from table.with_others(self.placed(self.missing(table.parts)))

    def missing(self, parts: Collection[frozenset[Head]], outside: bool = False) -> list[Head]:
        """Who could be there, and is not: somebody of its population, or (`outside`) anybody else."""
        there = {head.person for part in parts for head in part if self.log in (head.log, head.what)}
        found = (one for one in self.others if one.person not in there)
        return [one for one in found if (one.person in self.members) != outside or not self.is_share]

    def placed(self, some: Iterable[Head]) -> list[Head]:
        return [one for one in some if all(table.group_of(one) for table in self.tables)]


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
