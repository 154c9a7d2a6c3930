"""`prt demo`: a new folder with a fictional year to look at and play with."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Annotated

from prt.console import context
from prt.console.signature import Argument, Option
from prt.demo import REAL_SIZE, SMALLEST
from prt.demo.fill import DEMO_TABLES, draw_year, fill_year
from prt.files.new_project import fictional_plan, read_example, read_example_table, write_project
from prt.files.project import Project
from prt.files.store.disk import real_path, without_fsync
from prt.files.store.new_folder import build_project
from prt.files.store.store import add_rows
from prt.files.yaml.words import say_phrase
from prt.tasks.show_status import StatusOptions, show_status

YEAR = "2024-2025"
EXPORT = "zoom-2025-02-13.csv"
"""An export that nobody has imported yet: who was online at a session of that day."""
SHOWN_AT = "2025-02-14"
"""The fictional year is over in the files; it is shown in the middle of its second period."""


def demo(
    folder: Annotated[str, Argument("A new or empty folder.", metavar="[DIR]")] = "prt-demo",
    rows: Annotated[int, Option("Rows of all logs; a real year has some 6,000.", least=SMALLEST)] = REAL_SIZE,
    seed: Annotated[int, Option("Another number makes another year.")] = 1,
) -> None:
    """A fictional year of the real plan, plainly marked as fictional, and where it stood on 14 February."""
    make_demo(real_path(Path(folder)), rows, seed)
    context.say(say_phrase("demo_made", rows, folder=folder) + "\n")
    show_demo(folder)
    context.say(
        "\n".join(
            [
                "",
                say_phrase("demo_try"),
                *commands_to_try(folder),
            ]
        )
    )


def make_demo(root: Path, rows: int, seed: int) -> None:
    """The demo's folder: the same rows and seed make the same bytes."""
    draw = Random(seed)
    tables = {name: read_example_table(f"demo/{name}") for name in DEMO_TABLES}
    with build_project(root) as folder, without_fsync():
        more = {"README.md": "README.md", f"data/private/exports/{EXPORT}": EXPORT}
        texts = {path: read_example(f"demo/{name}") for path, name in more.items()}
        write_project(folder, YEAR, fictional_plan(), texts)
        project = Project(folder, folder / "data" / "private")
        year = project.load(project.plan_path(YEAR))
        add_rows(year, "organisations", tables["partners"], draw)
        fill_year(project.load(project.plan_path(YEAR)), draw_year(tables, rows, draw), draw)


def show_demo(folder: str) -> None:
    """`prt status` in the demo's folder, on the demo's day."""
    context.stand_in(Path(folder), real_path(Path(folder)) / "data" / "private", SHOWN_AT)
    show_status(StatusOptions())


def commands_to_try(folder: str) -> list[str]:
    return [
        f"  cd {folder}",
        f"  prt status --as-of {SHOWN_AT} --all",
        f"  prt explain 1.1.choice --as-of {SHOWN_AT}",
        "  prt report --period 2 --lang fr",
        "  prt log accompaniment --help",
    ]
