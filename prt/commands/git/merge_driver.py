"""`prt git merge-driver`: what git calls for a log that both sides changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.git import commits_merged, run_git
from prt.console.signature import Argument
from prt.files.merging.driver import merge_as_text, merge_files
from prt.files.store.project_format import SHOWN, refuse_newer, refuse_newer_text
from prt.files.yaml.words import say_phrase
from prt.problems import PrtError


def merge_driver(
    base: Annotated[str, Argument("The version that both come from.", "BASE")],
    ours: Annotated[str, Argument("Our version, which becomes both.", "OURS")],
    theirs: Annotated[str, Argument("Their version.", "THEIRS")],
    name: Annotated[str, Argument("The path of the file.", "NAME")],
    label: Annotated[str, Argument("What git calls their version.", "LABEL")] = "",
) -> int:
    """What git calls, after prt git setup: three versions of a log as one. Exits with 1 for a conflict."""
    versions = Path(base), Path(ours), Path(theirs)
    try:
        refuse_newer_sides(name, label)
    except PrtError as error:
        merge_as_text(*versions, run_git)
        for text in error.texts:
            context.say(say_phrase("left_to_git", file=name, text=text))
        return 1
    whole, problems = merge_files(*versions, name, run_git)
    for problem in problems:
        context.say(str(problem))
    if not whole:
        context.say(say_phrase("settle_rows", file=name))
    return int(not whole)


def refuse_newer_sides(name: str, label: str) -> None:
    """PrtError where a newer prt writes the project on one side: here, or in a commit that is merged. git
    runs a driver at the top of the repository, before the files of the other side are there."""
    root = project_root(name)
    refuse_newer(root)
    for commit in commits_merged(label):
        done = run_git(Path.cwd(), "show", f"{commit}:{(root / SHOWN).as_posix()}")
        if done.returncode == 0:
            refuse_newer_text(done.stdout)


def project_root(name: str) -> Path:
    """The folder of the project that a file is in, from the top of the repository."""
    return next((one.parent for one in Path(name).parents if one.name == "data"), Path())
