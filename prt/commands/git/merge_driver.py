"""`prt git merge-driver`: what git calls for a log that both sides changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.signature import Argument
from prt.files.merging.driver import merge_files


def merge_driver(
    base: Annotated[str, Argument("The version that both come from.", "BASE")],
    ours: Annotated[str, Argument("Our version, which becomes both.", "OURS")],
    theirs: Annotated[str, Argument("Their version.", "THEIRS")],
    name: Annotated[str, Argument("The path of the file.", "NAME")],
) -> int:
    """What git calls, after prt git setup: three versions of a log as one. Exits with 1 for a conflict."""
    whole, problems = merge_files(Path(base), Path(ours), Path(theirs), name)
    for problem in problems:
        context.say(str(problem))
    if not whole:
        context.say(f"{name}: both sides changed the same rows. prt merge --settle asks which to take.")
    return int(not whole)
