"""Rows that may be one thing entered twice: alike in the columns that their log says, `same` and `alike`."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from itertools import chain, count
from operator import attrgetter
from typing import Any

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
    keys = keys_of(rows, cells)
    first = dict[Hashable, int]()
    groups = dict[int, list[Row]]()
    for at, one in enumerate(map(first.setdefault, keys, count())):
        if one != at and keys[at] is not None:
            groups.setdefault(one, [rows[one]]).append(rows[at])
    in_order = sorted((sorted(group, key=LINE) for group in groups.values()), key=lambda group: group[0].line)
    return chain.from_iterable(map(doubles_of, in_order))


def doubles_of(group: list[Row]) -> Iterator[tuple[Row, Row]]:
    """The doubles among rows that agree in all but the text that is compared by its likeness."""
    exact = len(group) > MOST_COMPARED
    first: dict[str, Row] = {}
    for at, (row, text) in enumerate(zip(group, alike_texts(group), strict=True)):
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


def keys_of(rows: Sequence[Row], cells: Cells) -> list[Hashable | None]:
    """`key_of` of each row of one log, of which each value is folded once."""
    model = rows[0].model if rows else LogRecord
    if not issubclass(model, LogRecord) or not (model.same or model.alike):
        return [None] * len(rows)
    notes = [note or "" for note in cells("note")]
    keys = list(zip(*map(folded_cells, (*map(cells, model.same), notes)), strict=True))
    return [None if None in key else key for key in keys] if model.parent else [*keys]


def folded_cells(cells: Sequence[Any]) -> Iterable[Hashable]:
    """Cells that are equal where their folded values are; those of most columns are so already. Equal
    fractions of a table are one object, and the hash of one is slow."""
    if Fraction in {*map(type, cells)}:
        found = {at: fold_value(one) for at, one in dict(zip(map(id, cells), cells, strict=True)).items()}
        return map(found.__getitem__, map(id, cells))
    folded = {one: fold_value(one) for one in {*cells}}
    return cells if len({*folded.values()}) == len(folded) else map(folded.__getitem__, cells)


def fold_value(value: Any) -> Hashable:
    if type(value) is Fraction:  # `isinstance` asks abstract classes of all other values
        return value.as_integer_ratio()  # the hash of a fraction is slow
    found: Hashable = fold_text(value) if isinstance(value, str) else value
    return found


def alike_texts(rows: Sequence[Row]) -> list[str]:
    """The text of each row of a log that is compared by its likeness; empty where its log has none."""
    model = rows[0].model
    name = model.alike if issubclass(model, LogRecord) else ""
    return [fold_text(str(row[name] or "")) for row in rows] if name else [""] * len(rows)


def is_alike(one: Row, other: Row) -> bool:
    """Are the texts of both the same, or nearly, or their links?"""
    if one is other:
        return False
    link = one.model.same_link
    if link and one[link] and one[link] == other[link]:
        return True
    left, right = alike_texts([one, other])
    if left == right or NUMBER.findall(left) != NUMBER.findall(right):
        return left == right
    return agree_in(left, right, ALIKE)


def agree_in(left: str, right: str, share: float) -> bool:
    """Is so much of two folded texts the same?"""
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.quick_ratio() >= share and matcher.ratio() >= share
