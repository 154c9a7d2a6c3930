"""What `prt check --fix` does: it shows what is certain, cell by cell, asks, and puts it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prt.console import context, messages
from prt.console.dialogue.consent import confirm
from prt.files.csv.repairs import TableRepairs
from prt.files.project import Year
from prt.files.provenance import PRIVATE
from prt.files.store.disk import write_atomic
from prt.files.store.repair import find_repairs, put_right
from prt.files.submissions.intact import Intact, find_intact
from prt.tasks.open_action import open_action
from prt.text import plural

EVERY_LOG = "people"
"""A row of people can move the figures of each log."""


def fix_files(year: Year, *, yes: bool) -> None:
    """Show what can be put right for certain, ask, write all of it or nothing; say which figures moved."""
    repairs, intact = find_repairs(year), find_intact(year)
    for line in (*described(repairs), *described_intact(year, intact)):
        context.say(line)
    if intact:
        bring_back(year, intact, yes=yes)
    if not any(one.anything for one in repairs):
        if not intact:
            context.say("Nothing can be put right for certain.")
        return
    confirm(f"{repairs_text(repairs)} would be put right; corrections.csv keeps what the cells were.", yes)
    with open_action(year, "prt check --fix") as action:
        before = messages.before(year.as_now(), EVERY_LOG)
        put_right(action, repairs)
        after = year.project.load(year.path)
    messages.note_written(f"Put right: {repairs_text(repairs)}")
    context.say(f"Put right: {repairs_text(repairs)}. Not right? prt undo")
    for line in messages.moved_lines(before, after, EVERY_LOG):
        context.say(line)


def bring_back(year: Year, intact: Sequence[Intact], *, yes: bool) -> None:
    """Frozen files become again what was sent; no figure of today depends on them, so none is undone."""
    files = plural(len(intact), "frozen file")
    confirm(f"{files} would be brought back, byte for byte.", yes)
    with open_action(year, "prt check --fix"):
        for one in intact:
            write_atomic(one.path, one.data, year.project.shown(one.path))
    messages.note_written(f"Brought back: {files}")
    context.say(f"Brought back: {files}.")


def described_intact(year: Year, intact: Sequence[Intact]) -> Iterator[str]:
    """Each frozen file, and where its bytes are known from."""
    for one in intact:
        yield year.project.shown(one.path)
        own = one.source == one.path
        yield "  its line ends as they were sent" if own else f"  as in {year.project.shown(one.source)}"


def described(repairs: Sequence[TableRepairs]) -> Iterator[str]:
    """Each table with what changes in it."""
    for one in repairs:
        yield one.file.shown
        yield from described_cells(one)
        if one.doubled:
            cells = plural(one.doubled, "cell")
            yield f"  {cells} of rows that share an id stay as they are: correct them by hand"
        if one.ids:
            yield f"  {plural(one.ids, 'row')} without an id get one"
        if one.ends:
            yield f"  {plural(len(one.ends), 'line')} end otherwise than the header: all end as it does"
        if one.mark:
            yield "  a byte order mark, by which Excel shows the accents"


def described_cells(repairs: TableRepairs) -> Iterator[str]:
    """`:12  date  13/11/2024 → 2024-11-13`, each one.

    What stands in the private folder is not repeated: names are for no screen that others see.
    """
    for one in repairs.cells:
        change = one.why if repairs.table in PRIVATE else f"{one.old} → {one.new}"
        yield f"  :{one.line}  {one.column}  {change}"


def repairs_text(repairs: Sequence[TableRepairs]) -> str:
    """`20 cells, 3 ids, how 1 file is written`"""
    cells, ids = sum(len(one.cells) for one in repairs), sum(one.ids for one in repairs)
    files = sum(bool(one.ends or one.mark) for one in repairs)
    manner = f"how {plural(files, 'file')} {'is' if files == 1 else 'are'} written"
    parts = [plural(number, what) for number, what in ((cells, "cell"), (ids, "id")) if number]
    return ", ".join([*parts, *([manner] if files else [])])


def tell_repairs(year: Year) -> None:
    """Say that `--fix` can put cells right, where it can."""
    cells, files = sum(len(one.cells) for one in find_repairs(year)), len(find_intact(year))
    found = [plural(number, what) for number, what in ((cells, "cell"), (files, "frozen file")) if number]
    if found:
        context.say(f"prt check --fix can put {' and '.join(found)} right: it shows them, and asks.")
