"""Who fills the columns of a session by rows of their own: these rows and that column are the same people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prt.figures.withholding.cell import Cell, Cells, Parts
from prt.figures.withholding.equations import Key
from prt.model.facts import NOBODY, Head, Heads, heads_of, of_rows
from prt.model.rows import Row
from prt.model.view import Data


def rows_for_columns(data: Data) -> Parts:
    """Of so many people of a session, the rows that say as many of them."""
    children: dict[int, tuple[Row, list[Row]]] = {}
    found: dict[Head, Heads] = {}
    for rows in data.countable.values():
        children.clear()
        for row in rows:
            if row.session is not None:
                children.setdefault(id(row.session), (row.session, []))[1].append(row)
        for session, own in children.values():
            found.update(of_session(session, own))
    return found


def of_session(session: Row, rows: Iterable[Row]) -> Iterator[tuple[Head, Heads]]:
    """Column by column, the narrowest first, as long as there are as many rows."""
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
    return {key: cell.divided(same) for key, cell in cells.items()}
