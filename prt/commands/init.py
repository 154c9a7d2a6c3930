"""`prt init`: an empty project, with a small plan to change and the boards of the network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from prt.console import context
from prt.console.signature import Argument, Option
from prt.files.new_project import first_school_year, new_project, starter_plan
from prt.files.store.disk import real_path
from prt.files.yaml.words import say_phrase
from prt.problems import Mistake, PrtError

STEPS = ("plan", "boards", "who", "log", "status", "git", "merge")


def init(
    folder: Annotated[str, Argument("A new or empty folder.", metavar="[DIR]")] = ".",
    year: Annotated[
        str | None, Option("Plan year such as 2025-2026; default: the current one.", metavar="YEAR")
    ] = None,
) -> None:
    """An empty project: a small plan to change, the boards, and a place for names that git never sees."""
    root, first = real_path(Path(folder)), begins_in(year) if year else first_school_year(context.today())
    year = f"{first}-{first + 1}"
    new_project(root, year, starter_plan(first))
    print(say_phrase("init_made", year=year, folder=root))
    for line in next_steps(folder, year):
        print(line)


def begins_in(year: str) -> int:
    """2025 of `2025-2026`."""
    found = re.fullmatch("(20[0-9]{2})-(20[0-9]{2})", year.strip())
    if not found or int(found[2]) != int(found[1]) + 1:
        raise PrtError(Mistake("not_a_school_year", year=year), code=2)
    return int(found[1])


def next_steps(folder: str, year: str) -> list[str]:
    """What to do in a new project, a line each."""
    steps = [say_phrase(f"init_{step}", year=year) for step in STEPS]
    return [say_phrase("init_next"), *([] if folder == "." else [f"  cd {folder}"]), *steps]
