"""Two versions of a table as one: every situation of rows and cells, with a common ancestor and with corrections."""

from __future__ import annotations

import pytest

from prt.model.merging.tables import Merged, Table, merge_tables
from prt.model.merging.three_way import ThreeWay
from prt.model.merging.two_way import Note, TwoWay


def table(text: str) -> Table:
    """`a 2 x; b 3 y` are two rows with an id, hours and a note; `-` is an empty cell."""
    rows = [[cell.replace("-", "") for cell in row.split()] for row in text.split(";") if row.strip()]
    columns = ("id", "hours", "note", "more")[: max(map(len, rows), default=3)]
    return Table(columns, [dict(zip(columns, row, strict=False)) for row in rows], ("id",))


def notes(text: str) -> list[Note]:
    """`1 a hours 2>3; 2 b removed:3,y` are corrections 1 and 2."""
    return [note(*one.split()) for one in text.split(";") if one.strip()]


def note(number: str, row: str, what: str, change: str = "") -> Note:
    if what.startswith(("removed", "restored")):
        action, _, line = what.partition(":")
        cells = dict(zip(("hours", "note"), line.split(","), strict=False)) if line else {}
        return Note(number, "accompaniment", row, action, cells=cells)
    old, _, new = change.partition(">")
    return Note(number, "accompaniment", row, "edited", what, old, new)


def drawn(ours: Table, merged: Merged) -> str:
    """The result as `table` reads it, and after `|` what is asked."""
    changed = merged.changed | {
        one.at: one.ours for one in merged.conflicts if one.at is not None and one.ours
    }
    rows = [changed.get(at, row) for at, row in enumerate(ours.rows) if at not in merged.removed]
    texts = [" ".join(row.get(name, "") or "-" for name in merged.columns) for row in [*rows, *merged.added]]
    asked = [f"{one.key[0]}:{','.join(one.columns) or 'row'}" for one in merged.conflicts]
    return "; ".join(texts) + (f" | {' '.join(asked)}" if asked else "")


SITUATIONS = [
    ("nothing", "a 2 x", "a 2 x", "a 2 x", "a 2 x"),
    ("added on both sides", "a 2 x", "a 2 x; b 1 y", "a 2 x; c 1 z", "a 2 x; b 1 y; c 1 z"),
    ("removed here, added there", "a 2 x; b 1 y", "a 2 x", "a 2 x; b 1 y; c 1 z", "a 2 x; c 1 z"),
    ("removed there", "a 2 x; b 1 y", "a 2 x; b 1 y", "b 1 y", "b 1 y"),
    ("removed on both", "a 2 x; b 1 y", "a 2 x", "a 2 x", "a 2 x"),
    ("different cells", "a 2 x", "a 3 x", "a 2 y", "a 3 y"),
    ("the same text on both", "a 2 x", "a 3 x", "a 3 x", "a 3 x"),
    ("another order", "a 2 x; b 1 y", "a 2 x; b 1 y", "b 1 y; a 2 x", "a 2 x; b 1 y"),
    ("a decimal comma", "a 1.25 x", "a 1.25 x", "a 1,250 x", "a 1.25 x"),
    ("a new column", "a 2 x; b 1 y", "a 3 x; b 1 y", "a 2 x n; b 1 y -", "a 3 x n; b 1 y -"),
    ("edited here, a new column there", "a 2 x", "a 2 y", "a 2 x -", "a 2 y -"),
    ("the same cell", "a 2 x", "a 3 x", "a 4 x", "a 3 x | a:hours"),
    ("edited here, removed there", "a 2 x; b 1 y", "a 3 x; b 1 y", "b 1 y", "a 3 x; b 1 y | a:row"),
    ("removed here, edited there", "a 2 x; b 1 y", "b 1 y", "a 3 x; b 1 y", "b 1 y | a:row"),
    ("one id twice", "", "a 2 x", "a 2 y", "a 2 x | a:note"),
    ("conflict in one cell, a change in another", "a 2 x", "a 3 x", "a 4 y", "a 3 y | a:hours"),
    ("without id, added on both", "- 1 x", "- 1 x; - 2 y", "- 1 x; - 2 y; - 3 z", "- 1 x; - 2 y; - 3 z"),
    ("without id, twice here", "- 1 x", "- 1 x; - 1 x", "- 1 x", "- 1 x; - 1 x"),
    ("without id, removed there", "- 1 x; a 2 y", "- 1 x; a 2 y", "a 2 y", "a 2 y"),
    ("an id given there", "- 1 x", "- 1 x", "b 1 x", "b 1 x"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "wanted"), [one[1:] for one in SITUATIONS], ids=[one[0] for one in SITUATIONS]
)
def test_three_ways(base: str, ours: str, theirs: str, wanted: str) -> None:
    mine = table(ours)
    assert drawn(mine, merge_tables(mine, table(theirs), ThreeWay(table(base)))) == wanted


REMEMBERED = [
    ("new on both sides", "a 2 x; b 1 y", "", "a 2 x; c 1 z", "", "a 2 x; b 1 y; c 1 z"),
    ("edited here", "a 3 x", "1 a hours 2>3", "a 2 x", "", "a 3 x"),
    ("edited there, twice", "a 2 x", "", "a 4 x", "1 a hours 2>3; 2 a hours 3>4", "a 4 x"),
    ("different cells", "a 3 x", "1 a hours 2>3", "a 2 y", "2 a note x>y", "a 3 y"),
    ("the same cell", "a 3 x", "1 a hours 2>3", "a 4 x", "2 a hours 2>4", "a 3 x | a:hours"),
    ("the same cell to the same text", "a 3 x", "1 a hours 2>3", "a 3 x", "2 a hours 2>3", "a 3 x"),
    ("edited here and taken back", "a 2 x", "1 a hours 2>3; 2 a hours 3>2", "a 4 x", "3 a hours 2>4", "a 4 x"),
    ("an edit known to both is taken back there", "a 3 x", "1 a hours 2>3", "a 2 x", "1 a hours 2>3; 2 a hours 3>2", "a 2 x"),
    ("the old text of an edit known to both", "a 2 x", "1 a hours 2>3", "a 3 x", "1 a hours 2>3", "a 3 x"),
    ("edits of both, known to both", "a 3 x", "1 a hours 2>3; 2 a hours 2>4", "a 4 x", "1 a hours 2>3; 2 a hours 2>4", "a 3 x | a:hours"),
    ("edits of both with a step between", "a 4 x", "1 a hours 2>3; 2 a hours 3>4; 3 a hours 2>3", "a 3 x", "1 a hours 2>3; 2 a hours 3>4; 3 a hours 2>3", "a 4 x | a:hours"),
    ("typed in Excel", "a 2 x", "", "a 3 x", "", "a 2 x | a:hours"),
    ("typed in Excel after an edit of ours", "a 3 x", "1 a hours 2>3", "a 7 x", "", "a 3 x | a:hours"),
    ("removed here", "", "1 a removed:2,x", "a 2 x", "", ""),
    ("removed there", "a 2 x", "", "", "1 a removed:2,x", ""),
    ("removed there, edited here", "a 3 x", "1 a hours 2>3", "", "2 a removed:2,x", "a 3 x | a:row"),
    ("removed here, edited there", "", "2 a removed:2,x", "a 3 x", "1 a hours 2>3", " | a:row"),
    ("removed there, typed in Excel here", "a 3 x", "", "", "2 a removed:2,x", "a 3 x | a:row"),
    ("removed there after an edit, as before here", "a 2 x", "", "", "1 a hours 2>3; 2 a removed:3,x", ""),
    ("removed there and brought back", "a 2 x", "", "a 2 x", "1 a removed; 2 a restored", "a 2 x"),
    ("removal known to both, back here", "a 2 x", "1 a removed:2,x", "", "1 a removed:2,x", ""),
    ("removal known to both, back there", "", "1 a removed:2,x", "a 2 x", "1 a removed:2,x", ""),
    ("removal known to both, taken back here", "a 2 x", "1 a removed:2,x; 2 a restored", "", "1 a removed:2,x", "a 2 x"),
    ("removal known to both, taken back there", "", "1 a removed:2,x", "a 2 x", "1 a removed:2,x; 2 a restored", "a 2 x"),
    ("logged there and taken back", "", "", "", "1 a removed:2,x", ""),
    ("without id on both", "- 1 x", "", "- 1 x; - 2 y", "", "- 1 x; - 2 y"),
    ("an id given there", "- 1 x", "", "b 1 x", "", "b 1 x"),
    ("an id given here", "b 1 x", "", "- 1 x", "", "b 1 x"),
    ("a new column there", "a 2 x", "", "a 2 x n", "", "a 2 x n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ours", "mine", "theirs", "others", "wanted"),
    [one[1:] for one in REMEMBERED],
    ids=[one[0] for one in REMEMBERED],
)
def test_two_ways(ours: str, mine: str, theirs: str, others: str, wanted: str) -> None:
    here = table(ours)
    judge = TwoWay("accompaniment", notes(mine), notes(others))
    assert drawn(here, merge_tables(here, table(theirs), judge)) == wanted
