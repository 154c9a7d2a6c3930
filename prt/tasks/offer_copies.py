"""A copy that a program for shared folders left: what the file lacks is offered by the next command."""

from __future__ import annotations

import random
from contextlib import suppress
from functools import partial

from prt.console import context
from prt.console.dialogue import terminal
from prt.console.user_settings import remembered, settings_path
from prt.files.merging.copies import Copy, conflict_copies
from prt.files.merging.merge import FileMerge, Writer, merge_copies
from prt.files.merging.settle import Choices
from prt.files.own_folders import write_setting
from prt.files.project import Project
from prt.problems import PrtError
from prt.tasks.merge_copies import brings_something, counts_of, merge_all, outcome, phrases, run_merge


def offer_copies(project: Project) -> None:
    """Ask whether to take in what copies have, once; what was left out every command names. Raises Left."""
    copies = conflict_copies(project)
    found = "; ".join(project.shown(twin.theirs) for copy in copies for twin in copy.twins)
    left = ("projects", str(project.root), "copies")
    if not copies or remembered(*left) == found:
        return
    done = [one for one in try_merge(project, copies) if brings_something(one) or one.asked]
    if not done:
        return
    talk = terminal.open_talk()
    for one in done:
        talk.tell(describe_copy(one))
    rows = sum(sum(counts_of(one).values()) for one in done)
    if talk.is_agreed(phrases().counted("merging.take_in", rows), True):
        merge_all(project, copies, Choices(), yes=True, dry_run=False)
    elif path := settings_path():
        write_setting(path, left, found)


def try_merge(project: Project, copies: list[Copy]) -> list[FileMerge]:
    """What a merge of these copies would do; nothing where it cannot be tried, for the command says why."""
    writer = Writer(context.me(project.root) or "", context.now(), random.SystemRandom(), Choices())
    with suppress(PrtError):
        return run_merge(project, partial(merge_copies, project, copies), writer, keep=False)
    return []


def describe_copy(one: FileMerge) -> str:
    """`A copy of accompaniment.csv has 2 rows that the file lacks.`; of other news what comes of them."""
    say, file = phrases(), one.ours.rpartition("/")[2]
    if set(counts_of(one)) == {"new"} and not one.asked:
        return say.counted("merging.copy_has", one.new, file=file)
    return say("merging.copy_says", file=file, what=outcome(one, say))
