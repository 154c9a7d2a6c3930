"""`prt git setup`: this clone merges logs by row."""

from __future__ import annotations

from prt.console import context, messages
from prt.console.git import run_git
from prt.files.merging.driver import add_attributes, driver_settings
from prt.files.store.project_format import refuse_newer
from prt.files.yaml.words import say_phrase
from prt.problems import Mistake, PrtError


def setup() -> None:
    """Let git merge logs by row: .gitattributes for everybody, and the driver for this clone."""
    project = context.open_project(any_plans=True)
    refuse_newer(project.root)
    done = [run_git(project.root, "config", *one) for one in driver_settings().items()]
    if any(one.returncode for one in done):
        raise PrtError(Mistake("no_repository", root=project.root))
    if added := add_attributes(project.root):
        messages.print_written(say_phrase("attributes_added", len(added)))
    messages.print_written(say_phrase("merges_by_row"))
    context.say(say_phrase("merges_in_each_clone"))
