"""What `prt check --fix` does: it shows what is certain, cell by cell, asks, and puts it right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice

from prt.console import context, messages
from prt.console.dialogue.consent import confirm
from prt.files.csv.repairs import CellRepair, TableRepairs
from prt.files.project import Year
from prt.files.provenance import PRIVATE
from prt.files.store.disk import write_atomic
from prt.files.store.repair import find_repairs, put_right
from prt.files.submissions.intact import Intact, find_intact
from prt.files.yaml.words import say_phrase
from prt.problems import MOST_ALIKE
from prt.tasks.open_action import open_action

EVERY_LOG = "people"
"""A row of people can move the figures of each log."""
DIGITS = re.compile("0*([0-9]+)")
MOST_LINES = 10
"""So many lines of those that are only counted are named."""


def fix_files(year: Year, *, yes: bool) -> None:
    """Show what can be put right for certain, ask, write all of it or nothing; say which figures moved."""
    repairs, intact = find_repairs(year), find_intact(year)
    for line in (*describe_repairs(repairs), *described_intact(year, intact)):
        context.say(line)
    if intact:
        bring_back(year, intact, yes=yes)
    if not any(one.anything for one in repairs):
        if not intact:
            context.say(say_phrase("nothing_certain"))
        return
    confirm(say_phrase("would_fix", what=repairs_text(repairs)), yes)
    with open_action(year, "prt check --fix") as action:
        before = messages.before(year.as_now(), EVERY_LOG)
        put_right(action, repairs)
        after = year.project.load(year.path)
    done = say_phrase("put_right", what=repairs_text(repairs))
    messages.note_written(done)
    context.say(say_phrase("fixed", done=done))
    for line in messages.moved_lines(before, after, EVERY_LOG):
        context.say(line)


def bring_back(year: Year, intact: Sequence[Intact], *, yes: bool) -> None:
    """Frozen files become again what was sent; no figure of today depends on them, so none is undone."""
    files = say_phrase("frozen", len(intact))
    confirm(say_phrase("would_bring_back", what=files), yes)
    with open_action(year, "prt check --fix"):
        for one in intact:
            write_atomic(one.path, one.data, year.project.shown(one.path))
    done = say_phrase("brought_back", what=files)
    messages.note_written(done)
    context.say(f"{done}.")


def described_intact(year: Year, intact: Sequence[Intact]) -> Iterator[str]:
    """For each frozen file that can be restored two lines: its path, and where its bytes were found."""
    for one in intact:
        yield year.project.shown(one.path)
        own = one.source == one.path
        yield say_phrase("ends_as_sent") if own else say_phrase("as_in", file=year.project.shown(one.source))


def describe_repairs(repairs: Sequence[TableRepairs]) -> Iterator[str]:
    """Each table with what changes in it."""
    for one in repairs:
        yield one.file.shown
        yield from described_cells(one)
        if one.doubled:
            yield say_phrase("doubled", one.doubled)
        if one.ids:
            yield say_phrase("get_ids", one.ids)
        if one.ends:
            yield say_phrase("line_ends", len(one.ends))
        if one.mark:
            yield say_phrase("byte_order")


def described_cells(repairs: TableRepairs) -> Iterator[str]:
    """`:12  date  13/11/2024 → 2024-11-13`, the first of each kind, and how many more there are of it.

    What stands in the private folder is not repeated: names are for no screen that others see.
    """
    kinds: dict[tuple[str, str], list[CellRepair]] = {}
    for one in repairs.cells:
        kind = one.why if repairs.table in PRIVATE else kind_of_change(one.old, one.new)
        kinds.setdefault((one.column, kind), []).append(one)
    groups = iter(kinds.values())
    for first, *others in islice(groups, MOST_ALIKE):
        change = first.why if repairs.table in PRIVATE else f"{first.old} → {first.new}"
        yield f"  :{first.line}  {first.column}  {change}"
        yield from rest_alike(repairs.file.shown, [one.line for one in others])
    yield from rest_alike(repairs.file.shown, [one.line for one in chain.from_iterable(groups)])


@lru_cache(maxsize=10_000)
def kind_of_change(old: str, new: str) -> str:
    """A key of a change: one for texts that differ in their numbers alone, if these go to the same places."""
    numbers = DIGITS.findall(old)
    places = [numbers.index(one) if one in numbers else -1 for one in DIGITS.findall(new)]
    return f"{DIGITS.sub('#', old)} → {DIGITS.sub('#', new)} {places}"


def rest_alike(file: str, lines: Sequence[int], number: int = 0) -> Iterator[str]:
    """`… and 20 more like it: sessions.csv:40, 41, …`, if there are any; some may have no line."""
    named = ", ".join(map(str, lines[:MOST_LINES])) + ", …" * (len(lines) > MOST_LINES)
    where = say_phrase("colon", name="", text=f"{file.rpartition('/')[2]}:{named}") if lines else ""
    if more := max(number, len(lines)):
        yield say_phrase("more_alike", more) + where


def repairs_text(repairs: Sequence[TableRepairs]) -> str:
    """`20 cells, 3 ids, how 1 file is written`"""
    cells, ids = sum(len(one.cells) for one in repairs), sum(one.ids for one in repairs)
    files = sum(bool(one.ends or one.mark) for one in repairs)
    numbers = {"cells": cells, "ids": ids, "manner": files}
    return ", ".join(counted_texts(numbers))


def counted_texts(numbers: Mapping[str, int]) -> Iterator[str]:
    """`20 cells`, `3 ids`: of what there is."""
    return (say_phrase(what, number) for what, number in numbers.items() if number)


def tell_repairs(year: Year) -> None:
    """Say that `--fix` can put cells right, where it can."""
    found = {"cells": sum(len(one.cells) for one in find_repairs(year)), "frozen": len(find_intact(year))}
    if any(found.values()):
        context.say(say_phrase("may_fix", what=", ".join(counted_texts(found))))
