"""Heads that are made of others, so that the same people are the same wherever they are counted.

The columns of a session are filled by rows of their own: these rows and that column are the same people.
Heads of one row that differ from version to version are cut into layers: 9 positive answers, then 2 more.
Without them a correction would be another number altogether, and the two answers that came late could be
subtracted unseen. A column that was not corrected is the same number, whatever became of the narrower ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from prt.figures.withholding.cell import Cell, Cells, Parts, divide_cells
from prt.figures.withholding.equations import Key
from prt.model.facts import NO_POINT, NOBODY, About, Head, Heads, heads_of, of_rows
from prt.model.rows import Row
from prt.model.view import Data


def rows_for_columns(data: Data) -> Parts:
    """For each number of people of a session the rows about persons that make it, if they are as many."""
    children: dict[int, tuple[Row, list[Row]]] = {}
    found: dict[Head, Heads] = {}
    for table in data.countable.values():
        children.clear()
        for row in table.rows:
            if row.session is not None:
                children.setdefault(id(row.session), (row.session, []))[1].append(row)
        for session, own in children.values():
            found.update(of_session(session, own))
    return found


def of_session(session: Row, rows: Iterable[Row]) -> Iterator[tuple[Head, Heads]]:
    """The rows behind each column that counts people, the narrowest first, up to the first that differs."""
    told, before = NOBODY, NOBODY
    for name in session.model.chain:
        if session[name] is None:
            continue
        heads, given = heads_of(session, name), of_rows(givers(rows, name))
        if len(given) != session[name] or not before <= given:
            return
        for head in heads - told if given - before else ():
            yield head, given - before
        told, before = heads, given


def givers(rows: Iterable[Row], column: str) -> Iterable[Row]:
    """The rows that give something to a column of their session; of those that give the same the last."""
    fills = ((row.model.fills.get(column), row) for row in rows)
    given = ((fill.gives(row), row) for fill, row in fills if fill)
    return {what: row for what, row in given if what is not None}.values()


def with_rows(cells: Cells, same: Parts) -> dict[Key, Cell]:
    """The cells with rows in the place of columns."""
    return divide_cells(cells.items(), same)


def layers_of(abouts: Iterable[About]) -> Parts:
    """The layers of each head that differs from version to version, or is printed in several numbers."""
    rows: dict[tuple[str, str], list[Head]] = defaultdict(list)
    others: dict[Key, list[Head]] = defaultdict(list)
    every = NOBODY.union(*chain.from_iterable(about.sides for about in abouts))
    numbers = {head.what for head in every if head.number != 1}
    for head in every:
        if head.after != NO_POINT:
            rows[head.row, head.log].append(head)
        elif head.what in numbers:  # one that is never another number is the same everywhere
            others[head[:2] + head[3:]].append(head)  # without its number
    found = {head: layers for some in rows.values() for head, layers in layers_of_row(some)}
    several = (some for some in others.values() if len(some) > 1)
    return found | {head: layers for some in several for head, layers in layers_of_numbers(some)}


def layers_of_row(heads: list[Head]) -> Iterator[tuple[Head, Heads]]:
    """The people of a row in all its versions, from one end of a column to the next."""
    points = sorted({point for head in heads for point in (head.after, head.end)})
    in_order = sorted(heads, key=lambda head: head.after)
    if all(one.end <= other.after for one, other in pairwise(in_order)):
        return
    for head in heads:
        inside = [point for point in points if head.after <= point <= head.end]
        yield head, frozenset(layer(head, *pair) for pair in pairwise(inside))


def layer(head: Head, first: tuple[int, int], last: tuple[int, int]) -> Head:
    return Head(head.row, f"{first}-{last}", last[0] - first[0], log=head.log, after=first, place=last[1])


def layers_of_numbers(heads: list[Head]) -> Iterator[tuple[Head, Heads]]:
    """The layers of a head that is printed in several numbers; a layer of 0 stays, for it tells of 0."""
    below, layers = 0, frozenset[Head]()
    for head in sorted(heads, key=lambda one: one.number):
        what = f"{head.what} {below}-{head.number}"
        layers |= {head.called(what, head.number - below)}
        yield head, layers
        below = head.number
