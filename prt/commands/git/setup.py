"""`prt git setup`: this clone merges logs by row."""

from __future__ import annotations

from prt.console import context, messages
from prt.console.git import run_git
from prt.files.merging.driver import add_attributes, driver_settings
from prt.files.store.project_format import refuse_newer
from prt.problems import Mistake, PrtError


def setup() -> None:
    """Let git merge logs by row: .gitattributes for everybody, and the driver for this clone."""
    project = context.open_project(any_plans=True)
    refuse_newer(project.root)
    done = [run_git(project.root, "config", *one) for one in driver_settings().items()]
    if any(one.returncode for one in done):
        raise PrtError(Mistake("no_repository", root=project.root))
    if added := add_attributes(project.root):
        messages.print_written(
            f".gitattributes has {len(added)} lines more: commit it, so that others have them."
        )
    messages.print_written("In this clone git merges logs by row.")
    context.say("Everybody runs prt git setup once in each clone; prt check says so where it is missing.")
