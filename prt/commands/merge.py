"""`prt merge`: copies of files, of folders and of the project, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.git import run_git
from prt.console.options import DryRunOption, YesOption
from prt.console.signature import Argument, Option
from prt.files.merging.copies import copies_at
from prt.files.merging.history import History
from prt.files.merging.settle import read_choices
from prt.files.project import Project
from prt.files.store.disk import real_path
from prt.files.trace.disk_questions import is_on_disk
from prt.problems import Mistake, PrtError
from prt.tasks.merge_copies import merge_all, settle_all

TakeOption = Annotated[
    str | None,
    Option(
        "Where both sides changed the same: ours or theirs for all, ID=theirs for one row, ID.COLUMN=ours "
        "for one cell; several after commas.",
        metavar="SIDE",
    ),
]


def merge(
    path: Annotated[
        str | None,
        Argument("A copy of a file, of a folder or of the project; default: all in the project.", "[PATH]"),
    ] = None,
    take: TakeOption = None,
    settle: Annotated[
        bool, Option("Settle what git left between its marks, and rows that were removed and are back.")
    ] = False,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
) -> int:
    """Bring in what a copy has: row by row, what was removed stays out, and what both changed is asked."""
    choices = read_choices(take)
    project = context.open_project(any_plans=True)
    if settle and path:
        raise PrtError(Mistake("settle_takes_no_path"), code=2)
    if settle:
        return settle_all(project, choices, yes=yes, dry_run=dry_run)
    copies = copies_at(
        project,
        path_of(project, path) if path else None,
        lambda folder: History(project.root, folder, run_git).read,
    )
    return merge_all(project, copies, choices, yes=yes, dry_run=dry_run)


def path_of(project: Project, typed: str) -> Path:
    """The path as it was typed, or as prt check shows it: from the project's folder."""
    found = real_path(Path(typed))
    return found if is_on_disk(found) else project.root / typed
