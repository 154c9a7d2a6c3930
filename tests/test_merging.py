"""Two versions of a table as one: every situation of rows and cells, with a common ancestor and with corrections."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import pytest

from prt.files.merging.notes import note_of, place_added
from prt.model.merging.tables import Cells, Merged, Side, Table, merge_tables
from prt.model.merging.three_way import ThreeWay
from prt.model.merging.two_way import Note, OnlyGrows, TwoWay
from prt.model.records import Correction
from prt.values import dataclass, field, replace
from tests.conftest import some


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


def test_a_line_of_the_plan_is_no_number() -> None:
    """1.1 → 1.10 is another line: here nobody has changed it, there somebody has."""
    base, ours, theirs = (
        Table(("id", "line", "hours"), [{"id": "a", "line": line, "hours": hours}], ("id",))
        for line, hours in (("1.1", "2"), ("1.1", "3"), ("1.10", "2.0"))
    )
    merged = merge_tables(ours, theirs, ThreeWay(base))
    assert merged.changed == {0: {"id": "a", "line": "1.10", "hours": "3"}} and not merged.conflicts


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


# Several copies, each with rows, corrections and what can be undone


CELLS = ("hours", "note")


@dataclass
class Copy:
    """A copy of one log, as prt keeps it: what is done in it is in its rows and in its corrections."""

    name: str
    numbers: Iterator[int]
    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: list[dict[str, str]] = field(default_factory=list)
    steps: list[tuple[str, str, Cells, Cells]] = field(default_factory=list)

    def copied(self, name: str) -> Copy:
        return Copy(name, self.numbers, {row: dict(cells) for row, cells in self.rows.items()}, [*self.notes])

    def write(self, action: str, row: str, column: str = "", old: str = "", new: str = "") -> None:
        number = str(next(self.numbers))
        cells = {"id": number, "when": number, "file": "accompaniment.csv", "action": action, "row": row}
        self.notes.append({**cells, "column": column, "old": old, "new": new})

    def log(self, hours: str) -> str:
        row = f"a{next(self.numbers)}"
        self.rows[row] = {"hours": hours, "note": ""}
        self.steps.append(("log", row, {}, {**self.rows[row]}))
        return row

    def edit(self, row: str, column: str, text: str, action: str = "edited") -> None:
        before = dict(self.rows[row])
        if before[column] != text:
            self.write(action, row, column, before[column], text)
            self.rows[row][column] = text
            self.steps.append(("edit", row, before, dict(self.rows[row])))

    def remove(self, row: str) -> None:
        self.write("removed", row, old=",".join((row, *self.rows[row].values())))
        self.steps.append(("remove", row, self.rows.pop(row), {}))

    def undo(self) -> None:
        """What was done last here, if the row is still as that left it."""
        kind, row, before, after = self.steps[-1] if self.steps else ("", "", {}, {})
        if not kind or self.rows.get(row, {}) != after:
            return
        if kind == "log":
            self.remove(row)
        elif kind == "edit":
            [column] = [name for name in CELLS if before[name] != after[name]]
            self.edit(row, column, before[column], "restored")
        else:
            self.rows[row] = dict(before)
            self.write("restored", row, new=",".join((row, *before.values())))
        del self.steps[-2:]

    def table(self) -> Table:
        return Table(("id", *CELLS), [{"id": row, **cells} for row, cells in self.rows.items()], ("id",))

    def register(self) -> Table:
        return Table(Correction.header(), self.notes, Correction.identity())

    def remembered(self) -> list[Note]:
        return [remembered(cells) for cells in self.notes]

    def merge(self, other: Copy, take: Side) -> None:
        mine, others = self.remembered(), other.remembered()
        merged = merge_tables(self.table(), other.table(), TwoWay("accompaniment", mine, others))
        grown = merge_tables(self.register(), other.register(), OnlyGrows())
        placed = place_added(grown, self.notes, mine, others, ())
        pairs = ((*placed.get(at, ()), note) for at, note in enumerate(self.notes))
        self.notes = [dict(note) for note in (*itertools.chain.from_iterable(pairs), *grown.added)]
        for conflict in list(merged.conflicts):
            kept, lost = conflict.taken(take), conflict.taken("theirs" if take == "ours" else "ours")
            merged.settle(conflict, kept)
            if kept and lost:
                for column in conflict.columns:
                    self.write("edited", conflict.key[0], column, lost[column], kept[column])
            else:
                line = ",".join((kept or lost or {}).values())
                self.write("restored" if kept else "removed", conflict.key[0], old="" if kept else line)
        names = list(self.rows)
        for at, cells in merged.changed.items():
            self.rows[names[at]] = {name: cells[name] for name in CELLS}
        for at in merged.removed:
            del self.rows[names[at]]
        self.rows |= {cells["id"]: {name: cells[name] for name in CELLS} for cells in merged.added}

    def removed(self) -> set[str]:
        """The rows that the last correction says were removed."""
        last = {note["row"]: note["action"] for note in self.notes if not note["column"]}
        return {row for row, action in last.items() if action == "removed"}


def remembered(cells: Cells) -> Note:
    found = note_of(cells, lambda _: None)
    if found.action != "removed":
        return found
    return replace(found, cells=dict(zip(("id", *CELLS), found.old.split(","), strict=True)))


def work(copy: Copy, choose: random.Random) -> None:
    what, known = choose.choice("llleeeruu"), list(copy.rows)
    if what == "l" or len(known) < 3:
        copy.log(str(choose.randint(1, 9)))
    elif what == "e":
        copy.edit(choose.choice(known), choose.choice(CELLS), str(choose.randint(1, 9)))
    elif what == "r":
        copy.remove(choose.choice(known))
    else:
        copy.undo()


@pytest.mark.parametrize("number", [2, 3])
@pytest.mark.parametrize("seed", some(range(8), 1))
def test_copies_that_are_merged_now_and_then_in_one_direction_end_equal(number: int, seed: int) -> None:
    """No row is lost that nobody removed, and none stands in a copy that its corrections say was removed."""
    choose, numbers = random.Random(seed), itertools.count()
    first = Copy("0", numbers)
    ever = {first.log("1") for _ in range(4)}
    copies = [first, *(first.copied(str(name)) for name in range(1, number))]
    for _ in range(50):
        one, other = choose.sample(copies, 2)
        for _ in range(choose.randint(1, 3)):
            work(one, choose)
        ever |= one.rows.keys()
        if choose.random() < 0.4:
            one.merge(other, choose.choice(("ours", "theirs")))
        assert not any(copy.removed() & copy.rows.keys() for copy in copies)
    for _ in copies:
        for one, other in itertools.permutations(copies, 2):
            one.merge(other, "ours")
    assert all(copy.rows == first.rows for copy in copies)
    assert len({frozenset(note["id"] for note in copy.notes) for copy in copies}) == 1
    gone = {note["row"] for note in first.notes if note["action"] == "removed"}
    assert ever - gone <= first.rows.keys()


def merged_rows(ours: Copy, theirs: Copy, base: Copy, take: Side) -> dict[str, Cells]:
    """What git comes to, and a person who settles what is left."""
    merged = merge_tables(ours.table(), theirs.table(), ThreeWay(base.table()))
    for conflict in list(merged.conflicts):
        merged.settle(conflict, conflict.taken(take))
    kept = [(at, row) for at, row in enumerate(ours.table().rows) if at not in merged.removed]
    rows = [*(merged.changed.get(at, row) for at, row in kept), *merged.added]
    return {row["id"]: {name: row[name] for name in CELLS} for row in rows}


def expected_rows(ours: Copy, theirs: Copy, base: Copy, take: Side) -> dict[str, Cells]:
    """The same, thought out apart: a change of one side holds, where both changed the one that is taken."""
    found: dict[str, Cells] = {}
    for row in {**ours.rows, **theirs.rows}:
        was, here, there = base.rows.get(row), ours.rows.get(row), theirs.rows.get(row)
        if here and there:
            pairs = {name: (was[name] if was else None, here[name], there[name]) for name in CELLS}
            found[row] = {name: chosen(*three, take) for name, three in pairs.items()}
        elif (left := here or there) and (not was or (left != was and (take == "ours") == bool(here))):
            found[row] = left
    return found


def chosen(was: str | None, here: str, there: str, take: Side) -> str:
    if here == there or there == was:
        return here
    return there if here == was else (here if take == "ours" else there)


@pytest.mark.parametrize("seed", range(5))
def test_a_month_of_two_branches_comes_to_the_same_in_both_directions(seed: int) -> None:
    choose, numbers = random.Random(seed), itertools.count()
    ours = Copy("ours", numbers)
    for _ in range(4):
        ours.log("1")
    for _ in range(30):
        base, theirs = ours.copied("base"), ours.copied("theirs")
        for copy in (ours, theirs):
            for _ in range(choose.randint(1, 4)):
                work(copy, choose)
        take: tuple[Side, Side] = choose.choice((("ours", "theirs"), ("theirs", "ours")))
        found = merged_rows(ours, theirs, base, take[0])
        assert found == merged_rows(theirs, ours, base, take[1])
        assert found == expected_rows(ours, theirs, base, take[0])
        ours.rows = {row: dict(cells) for row, cells in found.items()}
