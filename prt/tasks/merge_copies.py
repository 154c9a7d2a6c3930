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
from prt.model.merging.two_way import Note
from prt.output.words import Phrases
from prt.problems import Mistake, PrtError
from prt.text import join_labels, shorten
from prt.values import replace

Merge = Callable[[Writer], list[FileMerge]]
"""Merges into the draft of an open action."""
LONGEST = 60
SIDES: list[Choice[Side]] = [Choice("ours", ["ours", "ici"]), Choice("theirs", ["theirs", "copie"])]


def merge_all(project: Project, copies: Sequence[Copy], choices: Choices, *, yes: bool, dry_run: bool) -> int:
    """The exit code: 1 where something was left as it is."""
    if not copies:
        messages.print_line(phrases()("merging.no_copy"))
        return 0
    code = write_merge(project, partial(merge_copies, project, copies), choices, yes=yes, dry_run=dry_run)
    if not dry_run:
        drop_emptied(project, copies)
    return code


def settle_all(project: Project, choices: Choices, *, yes: bool, dry_run: bool) -> int:
    """Settle what git left between marks in the files; the exit code is 1 where something stays as it is."""
    return write_merge(project, partial(settle_marks, project), choices, yes=yes, dry_run=dry_run)


def write_merge(project: Project, merge: Merge, choices: Choices, *, yes: bool, dry_run: bool) -> int:
    """Try it, show it, ask, and write it if it still is what was shown."""
    say = phrases()
    writer = Writer(context.me(project.root) or "", context.now(), random.SystemRandom(), choices)
    done = run_merge(project, merge, writer, keep=False)
    while (asked := open_of(done)) and terminal.is_at_terminal() and not dry_run:
        writer = replace(writer, choices=ask_cells(asked, writer.choices))
        done = run_merge(project, merge, writer, keep=False)
    if not done:
        messages.print_line(say("merging.settled"))
        return 0
    for line in preview(done, say):
        messages.print_line(line)
    for problem in (problem for one in done for problem in one.problems):
        context.say(str(problem))
    if asked:
        both = " ".join(what_is_asked(asked, say))
        raise PrtError(Mistake("merge_unanswered", asked=both, name=asked[0].name))
    code = int(any(one.problems for one in done))
    if dry_run or not any(one.is_written for one in done):
        return code
    if not confirm_preview("merge", yes=yes, enter=False):
        raise PrtError(Mistake("unwritten"))
    old = load_if_sound(project)
    before = messages.before(old, "people") if old else None
    if run_merge(project, merge, writer, keep=True) != done:
        raise PrtError(Mistake("merge_meanwhile"))
    news = any(map(brings_something, done))
    messages.print_written(say("merging.merged" if news else "merging.kept_ours"))
    new = load_if_sound(project) if before is not None else None
    if before is not None and new:
        messages.tell_moves(before, new, "people")
    away = " " + say("merging.copies")
    context.say(say("merging.no_undo") + away * any(one.is_put_away for one in done))
    return code


def run_merge(project: Project, merge: Merge, writer: Writer, *, keep: bool) -> list[FileMerge]:
    with stage(project, "prt merge", writer.when, keep=keep, private=True):
        return merge(writer)


def open_of(done: Iterable[FileMerge]) -> list[OpenCell]:
    return [cell for one in done for cell in one.asked]


def what_is_asked(asked: Sequence[OpenCell], say: Phrases) -> Iterator[str]:
    """How many things both sides changed; and how many differ, of which nobody has noted where they were."""
    both = sum(cell.is_of_both for cell in asked)
    if both:
        yield say.counted("merging.both", both)
    if other := len(asked) - both:
        yield say.counted("merging.differ", other)


def brings_something(one: FileMerge) -> bool:
    """Is our file another than before?"""
    return one.is_merged and one.has_news and bool(counts_of(one) or one.whole or one.is_split)


def load_if_sound(project: Project) -> Year | None:
    """The current plan year, for its figures; none where the plan has mistakes, or there are two of it."""
    try:
        return context.load_year(project, None)
    except PrtError:
        return None


def phrases() -> Phrases:
    return Phrases(context.session_language())


def preview(done: Iterable[FileMerge], say: Phrases) -> Iterator[str]:
    """What the merge does to each file; files without news are only counted, unless copies are put away."""
    quiet = [one for one in done if one.is_merged and not one.has_news and not one.is_put_away]
    if quiet:
        yield say.counted("merging.quiet", len(quiet))
    for one in (one for one in done if one not in quiet):
        yield one.ours if one.ours == one.theirs else f"{one.ours} ← {one.theirs}"
        yield f"  {outcome(one, say)}"
        if one.back:
            yield "  " + say("merging.back", rows=join_labels(one.back, 5, ", …"))
        if one.taken_back:
            yield "  " + say("merging.taken_back", cells=join_labels(one.taken_back, 5, ", …"))
        for cell in one.asked:
            yield from cell_lines(cell, say)


def outcome(one: FileMerge, say: Phrases) -> str:
    """`1 new, 1 changed`, `they differ: ours taken`; a copy that brings nothing is put away or not."""
    if one.problems:
        return say("merging.left")
    if one.whole:
        return say("merging.whole")
    both = sum(cell.is_of_both for cell in one.asked)
    numbers = {**counts_of(one), "both": both, "differ": len(one.asked) - both}
    numbers |= {side: one.taken.count(side) for side in ("ours", "theirs")}
    found = join_labels(say.counted(f"merging.news.{what}", n) for what, n in numbers.items() if n > 0)
    away = "; " + say("merging.away") if one.is_put_away and one.ours != one.theirs else ""
    return (found or say("merging.news.none")) + away


def counts_of(one: FileMerge) -> dict[str, int]:
    """How many of our rows are new, changed or removed; zeros are left out."""
    numbers = {"new": one.new, "changed": one.changed, "removed": one.removed - len(one.back)}
    return {what: number for what, number in numbers.items() if number > 0}


def cell_lines(cell: OpenCell, say: Phrases) -> Iterator[str]:
    """Both versions of a cell; of a row that one side removed, what the other made of it."""
    yield f"  {cell.row} {cell.column}".rstrip() + ":"
    for side, text in (("ours", cell.ours), ("theirs", cell.theirs)):
        told = cell.told.get("ours" if side == "ours" else "theirs")
        short = shorten(text or "", LONGEST) if cell.column or cell.edits else text
        shown = say("merging.gone") if text is None else short or say("merging.empty")
        yield f"    {side:6}  {shown}{in_brackets(told, say)}"
        for edit in cell.edits if text is not None else ():
            old, new = (shorten(one, LONGEST) or say("merging.empty") for one in (edit.old, edit.new))
            yield f"            {edit.column} {old} → {new}{in_brackets(edit.told, say)}"


def in_brackets(note: Note | None, say: Phrases) -> str:
    """`   (edited 2025-02-14 by p-6vr9: "with the way there")`, where a correction tells it."""
    if note is None:
        return ""
    done = say(f"merging.done.{note.action}") if f"merging.done.{note.action}" in say else note.action
    by = " " + say("merging.by", who=note.who) if note.who else ""
    why = say("merging.why", why=note.why) if note.why else ""
    return f"   ({done} {note.when[:10]}{by}{why})"


def ask_cells(asked: Iterable[OpenCell], choices: Choices) -> Choices:
    """One after the other, with both values; Ctrl-C leaves, and nothing is written."""
    talk, cells, taken = terminal.open_talk(), list(asked), list[Side]()
    while len(taken) < len(cells):
        cell = cells[len(taken)]
        for line in (cell.shown, *cell_lines(cell, phrases())):
            talk.tell(line)
        side = talk.choose(talk.say("which_side"), SIDES)
        if not isinstance(side, Back):
            taken.append(side)
        elif taken:
            taken.pop()
    for cell, side in zip(cells, taken, strict=True):
        choices = choices.plus(cell, side)
    return choices
