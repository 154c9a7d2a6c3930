"""Rows that may be one thing entered twice: alike in the columns that their log says, `same` and `alike`."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from itertools import chain, count, repeat
from operator import attrgetter
from typing import Any

from prt.model.cells import Cell, TextCell
from prt.model.columns import LogRecord
from prt.model.rows import Row
from prt.text import fold_text

Cells = Callable[[str], Sequence[Any]]
"""The columns of some rows, by name."""
LINE = attrgetter("line")
ALIKE = 0.85
"""How much of two texts must agree, but for letters of another case and accents."""
MOST_COMPARED = 200
"""Where more rows agree, texts are compared for equality alone: likeness would take too long."""
NUMBER = re.compile(r"0*(\d+)|\b([a-z]|[ivx]{2,4})\b")
"""What tells two titles apart although they are alike: group A, part 2, part II, Atelier2, 1/2."""


def find_double(row: Row, rows: Iterable[Row]) -> Row | None:
    """The first of these rows that may be the same thing; None where there is none."""
    wanted = key_of(row)
    if wanted is None:
        return None
    day = row["date"] if "date" in row.model.same else None  # looked at first, for it spares most keys
    near = (one for one in rows if day is None or one["date"] == day)
    return first_alike(row, (one for one in near if key_of(one) == wanted))


def first_alike(row: Row, rows: Iterable[Row]) -> Row | None:
    """Of rows that agree with this one in their keys, the first that may be the same thing."""
    return next((one for one in rows if is_alike(row, one)), None)


def find_doubles(rows: Sequence[Row], cells: Cells) -> Iterator[tuple[Row, Row]]:
    """Each row of a log, whose columns `cells` has, with an earlier one that may be the same thing."""
    keys, first = keys_of(rows, cells), dict[Hashable, int]()
    groups = dict[int, list[Row]]()
    for at, one in enumerate(map(first.setdefault, keys, count())):
        if one != at:
            groups.setdefault(one, [rows[one]]).append(rows[at])
    groups.pop(first.get(None, len(rows)), None)  # rows that cannot be told from others
    in_order = sorted((sorted(group, key=LINE) for group in groups.values()), key=lambda group: group[0].line)
    doubles_of = doubles_by_text if rows and text_column(rows[0]) else doubles_of_first
    return chain.from_iterable(map(doubles_of, in_order))


def doubles_of_first(group: Sequence[Row]) -> Iterable[tuple[Row, Row]]:
    """The doubles among rows that agree in all that is compared: the others are doubles of the first."""
    return zip(repeat(group[0]), group[1:])


def doubles_by_text(group: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The doubles among rows that agree in all but the text that is compared by its likeness."""
    exact = len(group) > MOST_COMPARED
    first: dict[str, Row] = {}
    for at, row in enumerate(group):
        text = alike_text(row)
        earlier = first.get(text)
        if earlier is None and not exact:
            earlier = next((one for one in group[:at] if is_alike(one, row)), None)
        first.setdefault(text, row)
        if earlier is not None:
            yield earlier, row


def key_of(row: Row) -> Hashable | None:
    """What another row of the same thing has too, notes included: they say how two rows differ."""
    model = row.model
    if not issubclass(model, LogRecord):
        return None
    found = model.likeness(row)
    if found is None:
        return None
    return (*map(fold_value, found), fold_value(row["note"] or ""))


def keys_of(rows: Sequence[Row], cells: Cells) -> Iterable[Hashable | None]:
    """`key_of` of each row of one log, of which each value is folded once."""
    model = rows[0].model if rows else LogRecord
    if not issubclass(model, LogRecord) or not (model.same or model.alike):
        return repeat(None, len(rows))
    notes = [note or "" for note in cells("note")]
    columns = [folded_cells(cells(one.name), one.cell) for one in model.columns() if one.name in model.same]
    keys = zip(*columns, folded_cells(notes, TextCell()), strict=True)
    return (None if None in key else key for key in keys) if model.parent else keys


def folded_cells(cells: Sequence[Any], cell: Cell) -> Iterable[Hashable]:
    """Cells that are equal where their folded values are; those of most columns are so already. Equal numbers
    of a table are one object, and the hash of a fraction is slow."""
    if cell.numeric:
        found = {at: fold_value(one) for at, one in dict(zip(map(id, cells), cells, strict=True)).items()}
        return map(found.__getitem__, map(id, cells))
    folded = {one: fold_value(one) for one in {*cells}}
    return cells if len({*folded.values()}) == len(folded) else map(folded.__getitem__, cells)


def fold_value(value: Any) -> Hashable:
    if type(value) is Fraction:  # `isinstance` asks abstract classes of all other values
        return value.as_integer_ratio()  # the hash of a fraction is slow
    found: Hashable = fold_text(value) if isinstance(value, str) else value
    return found


def alike_text(row: Row) -> str:
    name = text_column(row)
    return fold_text(str(row[name] or "")) if name else ""


def text_column(row: Row) -> str:
    """The column that is compared by its likeness; empty where the log of the row has none."""
    return row.model.alike if issubclass(row.model, LogRecord) else ""


def is_alike(one: Row, other: Row) -> bool:
    """Are the texts of both the same, or nearly, or their links?"""
    if one is other:
        return False
    link = one.model.same_link
    if link and one[link] and one[link] == other[link]:
        return True
    left, right = alike_text(one), alike_text(other)
    if left == right or NUMBER.findall(left) != NUMBER.findall(right):
        return left == right
    return agree_in(left, right, ALIKE)


def agree_in(left: str, right: str, share: float) -> bool:
    """Is so much of two folded texts the same?"""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.quick_ratio() >= share and matcher.ratio() >= share
