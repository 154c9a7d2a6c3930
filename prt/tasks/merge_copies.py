"""Copies merged: a preview, questions about what both sides changed, then all of it or nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from prt.console import context, messages
from prt.console.dialogue import terminal
from prt.console.dialogue.consent import confirm_preview
from prt.console.dialogue.inquiry import Back, Choice
from prt.files.merging.copies import Copy
from prt.files.merging.marks import settle_marks
from prt.files.merging.merge import FileMerge, Writer, drop_emptied, merge_copies
from prt.files.merging.settle import Choices, OpenCell
from prt.files.project import Project, Year
from prt.files.store.staging import stage
from prt.model.merging.tables import Side
from prt.problems import PrtError
from prt.text import join_labels, plural, shorten
from prt.values import replace

Merge = Callable[[Writer], list[FileMerge]]
"""Merges into the draft of an open action."""
LONGEST = 60
SIDES: list[Choice[Side]] = [Choice("ours", ["ours", "ici"]), Choice("theirs", ["theirs", "copie"])]


def merge_all(project: Project, copies: Sequence[Copy], choices: Choices, *, yes: bool, dry_run: bool) -> int:
    """The exit code: 1 where something was left as it is."""
    if not copies:
        messages.print_line("There is no copy to merge here.")
        return 0
    code = write_merge(project, partial(merge_copies, project, copies), choices, yes=yes, dry_run=dry_run)
    if not dry_run:
        drop_emptied(project, copies)
    return code


def settle_all(project: Project, choices: Choices, *, yes: bool, dry_run: bool) -> int:
    """The same for what git left in the files themselves."""
    return write_merge(project, partial(settle_marks, project), choices, yes=yes, dry_run=dry_run)


def write_merge(project: Project, merge: Merge, choices: Choices, *, yes: bool, dry_run: bool) -> int:
    """Try it, show it, ask, and write it if it still is what was shown."""
    writer = Writer(context.me(project.root) or "", context.now(), random.SystemRandom(), choices)
    done = run_merge(project, merge, writer, keep=False)
    while (asked := open_of(done)) and terminal.is_at_terminal() and not dry_run:
        writer = replace(writer, choices=ask_cells(asked, writer.choices))
        done = run_merge(project, merge, writer, keep=False)
    if not done:
        messages.print_line("There is nothing to settle.")
        return 0
    for line in preview(done):
        messages.print_line(line)
    for problem in (problem for one in done for problem in one.problems):
        context.say(str(problem))
    if asked:
        raise PrtError(
            f"{' '.join(what_is_asked(asked))} Nothing was written. Say what to take: "
            f"--take ours, --take theirs, or one by one: --take {asked[0].name}=theirs"
        )
    code = int(any(one.problems for one in done))
    if dry_run or not any(one.is_written for one in done):
        return code
    confirm_merge(yes=yes)
    old = load_if_sound(project)
    before = messages.before(old, "people") if old else None
    if run_merge(project, merge, writer, keep=True) != done:
        raise PrtError("Another prt has written here in the meantime. Nothing was merged; try again.")
    messages.print_written("Merged." if any(map(brings_something, done)) else "Nothing was taken over.")
    new = load_if_sound(project) if before is not None else None
    if before is not None and new:
        messages.tell_moves(before, new, "people")
    away = " What lay in the project as a copy is kept in .prt/merged."
    context.say("prt undo does not take back a merge." + away * any(one.is_put_away for one in done))
    return code


def run_merge(project: Project, merge: Merge, writer: Writer, *, keep: bool) -> list[FileMerge]:
    with stage(project, "prt merge", writer.when, keep=keep, private=True):
        return merge(writer)


def open_of(done: Iterable[FileMerge]) -> list[OpenCell]:
    return [cell for one in done for cell in one.asked]


def what_is_asked(asked: Sequence[OpenCell]) -> Iterator[str]:
    """How many things both sides changed; and how many differ, of which nobody has noted where they were."""
    both = sum(cell.is_of_both for cell in asked)
    if both:
        yield f"Both sides changed {plural(both, 'thing')}."
    if other := len(asked) - both:
        verb = "differs" if other == 1 else "differ"
        yield f"{plural(other, 'thing')} {verb}, and no correction says that both sides changed it."


def brings_something(one: FileMerge) -> bool:
    """Is our file another than before?"""
    return one.is_merged and one.has_news and bool(counts_of(one) or one.whole or one.is_split)


def load_if_sound(project: Project) -> Year | None:
    """The current plan year, for its figures; none where the plan has mistakes, or there are two of it."""
    try:
        return context.load_year(project, None)
    except PrtError:
        return None


def confirm_merge(*, yes: bool) -> None:
    if not confirm_preview("merge", yes=yes, enter=False):
        raise PrtError("Nothing was written.")


def preview(done: Iterable[FileMerge]) -> Iterator[str]:
    """What comes of each file; of those without news their number, unless copies of them are put away."""
    quiet = [one for one in done if one.is_merged and not one.has_news and not one.is_put_away]
    if quiet:
        yield f"{plural(len(quiet), 'file')} with nothing new"
    for one in (one for one in done if one not in quiet):
        yield one.ours if one.ours == one.theirs else f"{one.ours} ← {one.theirs}"
        yield f"  {outcome(one)}"
        if one.back:
            yield f"  removed here or there, and back in a copy; stays out: {join_labels(one.back, 5, ', …')}"
        if one.taken_back:
            cells = join_labels(one.taken_back, 5, ", …")
            yield f"  edited, and as before in one copy; the edit holds: {cells}"
        for cell in one.asked:
            yield from cell_lines(cell)


def outcome(one: FileMerge) -> str:
    """`1 new, 1 changed`, `they differ: ours taken`; a copy that brings nothing is put away or not."""
    if one.problems:
        return "left as it is"
    if one.whole:
        return "not here yet: taken over whole"
    both = sum(cell.is_of_both for cell in one.asked)
    numbers = {**counts_of(one), "changed on both sides": both, "differ": len(one.asked) - both}
    numbers |= {f"taken from {side}": one.taken.count(side) for side in ("ours", "theirs")}
    found = join_labels(f"{number} {what}" for what, number in numbers.items() if number > 0)
    away = "; the copy is put away" if one.is_put_away and one.ours != one.theirs else ""
    return (found or "nothing new") + away


def counts_of(one: FileMerge) -> dict[str, int]:
    """What comes of our rows, as far as there is any."""
    numbers = {"new": one.new, "changed": one.changed, "removed": one.removed - len(one.back)}
    return {what: number for what, number in numbers.items() if number > 0}


def cell_lines(cell: OpenCell) -> Iterator[str]:
    """Both versions of a cell; of a row that one side removed, what the other made of it."""
    yield f"  {cell.row} {cell.column}".rstrip() + ":"
    for side, text in (("ours", cell.ours), ("theirs", cell.theirs)):
        told = cell.told["ours" if side == "ours" else "theirs"]
        short = shorten(text or "", LONGEST) if cell.column or cell.edits else text
        shown = "removed" if text is None else short or "empty"
        yield f"    {side:6}  {shown}{in_brackets(told)}"
        for edit in cell.edits if text is not None else ():
            old, new = (shorten(one, LONGEST) or "empty" for one in (edit.old, edit.new))
            yield f"            {edit.column} {old} → {new}{in_brackets(edit.told)}"


def in_brackets(told: str) -> str:
    return f"   ({told})" if told else ""


def ask_cells(asked: Iterable[OpenCell], choices: Choices) -> Choices:
    """One after the other, with both values; Ctrl-C leaves, and nothing is written."""
    talk, cells, taken = terminal.open_talk(), list(asked), list[Side]()
    while len(taken) < len(cells):
        cell = cells[len(taken)]
        for line in (cell.shown, *cell_lines(cell)):
            talk.tell(line)
        side = talk.choose(talk.say("which_side"), SIDES)
        if not isinstance(side, Back):
            taken.append(side)
        elif taken:
            taken.pop()
    for cell, side in zip(cells, taken, strict=True):
        choices = choices.plus(cell, side)
    return choices
