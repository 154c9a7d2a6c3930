"""Whoever could be in a number, and is not, counts as nobody in it: 0 entries are a number of people, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any

from prt.figures.evaluate import Evaluation, Result
from prt.figures.withholding.cell import Cell, Cells, divide_cells
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
from prt.model.facts import NOBODY, NOT_AMONG, About, Frequency, Head, Heads
from prt.model.rows import Row, cells_of
from prt.model.selections import several
from prt.model.view import Data
from prt.values import dataclass, replace

Others = Collection[Head]
"""The heads of who could be somewhere, and is not."""


def cells(evaluation: Evaluation, breakdowns: Breakdowns) -> dict[Key, Cell]:
    """All cells about people, by key."""
    found = cells_of_rows(evaluation, breakdowns)
    nobody, alike = who_is_nobody(found), dict[str, list[ResultNumbers]]()
    for result in evaluation.results if nobody else ():
        rule = f"{NOT_AMONG}{result.measure.rule(result.view.data, result.measure.naming or 'person')!r}"
        if others := nobody.get(rule):
            alike.setdefault(rule, []).append(ResultNumbers.of(result, found, others, breakdowns))
    beside = dict[Head, Heads]()
    for some in alike.values():
        for one, row in rows_beside(some):  # who could be there could be there oftener
            beside[row] = beside.get(row, frozenset({row})) | {one, more_of(one)}
        for each in some:
            found |= dict(each.with_others(found))
    found = divide_cells(found.items(), beside)
    added = NOBODY.union(*(heads - {row} for row, heads in beside.items()))
    for each in (each for some in alike.values() for each in some):
        found |= dict(each.of_members(found, added))
        for table in each.tables:
            found |= dict(table.in_own_groups(found, added))
    return {key: cell for key, cell in found.items() if cell.about.part or cell.about.whole}


def rows_beside(alike: Sequence[ResultNumbers]) -> Iterator[tuple[Head, Head]]:
    """The row beside which each who could be there is counted, wherever that is; `alike` count the same rows.

    It is as if it were known what their own row would say: numbers that add up do so with them. Of the rows
    it is one that is most like theirs, by the shares and the groups it is in.
    """
    rows = frozenset[Head]().union(*(one.rows for one in alike))
    shares = [one for one in alike if one.is_share]
    tables = [table for one in alike for table in one.tables]
    kinds: dict[tuple[object, ...], Head] = {}
    for row in sorted(rows, reverse=True):
        kinds[(*(row in one.rows for one in shares), *(table.key_by_head.get(row) for table in tables))] = row
    there = {row.person for row in rows}
    for one in alike[0].others if rows else ():
        if one.person not in there:
            theirs: list[Collection[object]] = [{one.person in share.members} for share in shares]
            theirs += [table.keys_of(one) for table in tables]
            yield one, kinds[max(kinds, key=partial(likeness, theirs))]


def likeness(theirs: Sequence[Collection[object]], kind: Sequence[object]) -> int:
    """How many columns of a row say what the other rows of a person say."""
    return sum(said in some for said, some in zip(kind, theirs, strict=True))


def who_is_nobody(found: Cells) -> Mapping[str, Others]:
    """For each rule the members whom a report counts among those who did not do it."""
    nobody: dict[str, set[Head]] = defaultdict(set)
    for head in NOBODY.union(*(cell.about.part for cell in found.values())):
        times = Frequency.of(head)
        one = at_no_time(head, times) if times else head
        if one.person and one.what.startswith(NOT_AMONG):
            nobody[one.what].add(one)
    return nobody


def at_no_time(member: Head, times: Frequency) -> Head:
    """The head of a member who did it so many times, as one of whom there is no row."""
    return member._replace(what=f"{NOT_AMONG}{times.rule}", number=0, place=-1)


@dataclass(frozen=True, eq=False)
class Table:
    """Groups that are printed and add up to a number: those of a breakdown, the lines of a list, an annex."""

    key_of: Callable[[Any], Key]
    cells: Cells
    column: str
    data: Data

    @classmethod
    def of(cls, key_of: Callable[[Any], Key], column: str, found: Cells, data: Data) -> Table:
        first = key_of(None)[:-1]
        cells = {key: cell for key, cell in found.items() if key[:-1] == first and cell.about.part}
        return cls(key_of, cells, column, data)

    @cached_property
    def values(self) -> Mapping[str, set[Any]]:
        """The values that the rows about each person have in the column of the breakdown."""
        return values_by_person(self.data, self.column)

    @property
    def is_of_shares(self) -> bool:
        return any(cell.about.whole for cell in self.cells.values())

    @property
    def parts(self) -> list[frozenset[Head]]:
        return [cell.about.part for cell in self.cells.values()]

    def keys_of(self, one: Head) -> set[Key]:
        """The groups that somebody would be in, by what their other rows say."""
        return {self.key_of(value) for value in self.values.get(one.person, ())}

    @cached_property
    def key_by_head(self) -> Mapping[Head, Key]:
        return {head: key for key, cell in self.cells.items() for head in cell.about.part}

    def group_of(self, one: Head) -> Key:
        """The group somebody would be in: one where others of theirs are, else one that there is.

        Who could be in several is taken to be in one of them. A reader who knew that would know more, so that
        nothing which can be computed is thought to be safe; and the groups add up to the number they are of.
        """
        keys = self.keys_of(one)
        return min(keys & self.cells.keys() or keys or self.cells, key=repr)

    def with_others(self, others: Others) -> Iterator[Pair]:
        """Each group of persons with those who would be in it; even one that is not there: nobody is."""
        groups: dict[Key, list[Head]] = defaultdict(list)
        for one in others if not self.is_of_rows else ():
            groups[self.group_of(one)].append(one)
        for key, some in groups.items():
            yield key, with_more(self.cells.get(key, self.empty), some, False)

    def in_own_groups(self, found: Cells, added: Heads) -> Iterator[Pair]:
        """The groups of rows: who was `added` beside a row stands in their own group, where that is known."""
        own: dict[Key, set[Head]] = defaultdict(set)
        here = NOBODY.union(*(found[key].about.part for key in self.cells)) if self.is_of_rows else NOBODY
        for one in added & here:
            if self.keys_of(one):
                own[self.group_of(one)].add(one)
        moved = NOBODY.union(*own.values())
        for key in {**self.cells, **own} if moved else ():
            cell = found.get(key, self.empty)
            yield key, replace(cell, about=About((cell.about.part - moved) | own[key], cell.about.whole))

    @property
    def is_of_rows(self) -> bool:
        return any(map(is_of_rows, self.parts))

    @property
    def empty(self) -> Cell:
        return replace(next(iter(self.cells.values())), about=About())


@dataclass(frozen=True)
class ResultNumbers:
    """The numbers that are printed of one result, of rows of `logs`, and who of `others` could be in them.

    `members` are those of its population, where it is a share.
    """

    result: Result
    logs: frozenset[str]
    others: Others
    is_share: bool
    members: frozenset[str]
    rows: frozenset[Head]
    tables: Sequence[Table]

    @classmethod
    def of(cls, result: Result, found: Cells, others: Others, breakdowns: Breakdowns) -> ResultNumbers:
        logs = result.measure.source_logs(result.view.data.selections)
        whole = found[figure_key(result.handle, 0, TO_DATE)].about.whole
        is_share = result.to_date.whole is not None
        columns = [(column, partial(group_key, result.handle, column)) for column, _ in result.to_date.splits]
        lines = result.measure.naming_columns("part")
        columns += [(column, partial(lines_key, result.handle, column)) for column in lines]
        columns += [(one, partial(annex_key, log, one)) for log in logs for one in breakdowns.get(log, ())]
        made = [Table.of(key_of, column, found, result.view.data) for column, key_of in columns]
        tables = [one for one in made if one.cells and not one.is_of_shares]
        key = rows_key(result.handle)
        rows = (
            frozenset(head for head in found[key].about.part if head.log in logs) if key in found else NOBODY
        )
        members = frozenset(head.person for head in whole)
        return cls(result, frozenset(logs), others, is_share, members, rows, tables)

    def with_others(self, found: Cells) -> Iterator[Pair]:
        """How many entries are behind it, of whom, who is outside its population, and each group."""
        handle, windows = self.result.handle, range(len(self.result.views) + 1)
        keys = [] if self.is_share else [figure_key(handle, 0, window) for window in windows]
        for key in (rows_key(handle), outside_key(handle), *keys):
            part = found[key].about.part if key in found else NOBODY
            outside = key == outside_key(handle)
            if key in found and (outside or not any(head.log in self.logs for head in part)):
                yield key, with_more(found[key], self.missing([part], outside), is_of_rows(part))
        for table in self.tables:
            yield from table.with_others(self.missing(table.parts))

    def of_members(self, found: Cells, added: Heads) -> Iterator[Pair]:
        """The entries behind a share, with those who were `added` beside a row and are of its population."""
        others = added & {*self.others, *map(more_of, self.others)}
        if self.is_share and self.rows and others:
            cell = found[rows_key(self.result.handle)]
            members = {one for one in others if one.person in self.members}
            about = About((cell.about.part - others) | members, cell.about.whole)
            yield rows_key(self.result.handle), replace(cell, about=about)

    def missing(self, parts: Collection[frozenset[Head]], outside: bool = False) -> list[Head]:
        """Who could be there, and is not: somebody of its population, or (`outside`) anybody else."""
        there = {head.person for part in parts for head in part if {head.log, head.what} & self.logs}
        found = (one for one in self.others if one.person not in there)
        return [one for one in found if (one.person in self.members) != outside or not self.is_share]


def is_of_rows(part: frozenset[Head]) -> bool:
    return any(head.log for head in part)


def with_more(cell: Cell, some: Collection[Head], of_rows: bool) -> Cell:
    """As members who could be in a number of rows: they could be there several times."""
    more = map(more_of, some) if of_rows else ()
    return replace(cell, about=About(cell.about.part.union(some, more), cell.about.whole))


def values_by_person(data: Data, column: str) -> Mapping[str, set[Any]]:
    """What the rows about each person say in a column, whatever they are of."""
    found: dict[str, set[Any]] = defaultdict(set)
    tables = [(data.people, ("id",)), *((one.rows, about_of(one.rows)) for one in data.countable.values())]
    for rows, about in tables:
        said = cells_of(rows, column) if rows and column in rows[0].index else ()
        for name in about if said else ():
            for who, cell in {*zip(cells_of(rows, name), said, strict=True)}:
                for person in several(who):
                    found[person].update(several(cell))
    return found


def about_of(rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns of the persons whom the rows of a log are about."""
    return rows[0].model.about_columns() if rows and rows[0].model.persons else ()
