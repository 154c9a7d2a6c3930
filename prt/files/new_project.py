"""A project in a new folder, and what the program brings for it: a first plan, a fictional year.

Nothing that stands there is ever overwritten.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from prt.files.csv.dialect import NEW_FILES
from prt.files.store.disk import ANYONE, OWNER_FILE, make_folder, make_owner_only, read_text, write_new
from prt.files.store.new_folder import build_project
from prt.files.store.project_format import SHOWN, format_text
from prt.files.trace.disk_questions import is_on_disk
from prt.model.records import PersonRecord

PLAN = "2024-2025.yaml"
"""The real plan. The wheel carries it beside the examples; a checkout has it in plan/."""
SCHOOL_YEAR_BEGINS = 7
"""July."""
FICTIONAL_TITLE = (
    'title: {en: "2024-2025 PRT Action Plan – FICTIONAL demo", '
    'fr: "CSC – Plan d’action 2024-2025 – démonstration FICTIVE"}'
)


def new_project(root: Path, year: str, plan: str) -> None:
    """A project with one plan year, in a new folder or an empty one: all of it or nothing."""
    with build_project(root) as folder:
        write_project(folder, year, plan)


def write_project(folder: Path, year: str, plan: str, more: Mapping[str, str] | None = None) -> None:
    """The files and folders of a project; `more` are other texts by their path. Raises OSError."""
    texts = {
        f"plan/{year}.yaml": plan,
        "data/organisations.csv": read_example("organisations.csv"),
        "data/people.csv": ",".join(PersonRecord.header()) + "\n",
        SHOWN: format_text(),
        "data/private/README.md": read_example("project/private.md"),
        ".gitignore": read_example("project/gitignore"),
        ".gitattributes": read_example("project/gitattributes"),
        **(more or {}),
    }
    for inside in (f"data/{year}", "templates"):
        make_folder(folder / inside)
    make_owner_only(folder / "data/private")
    for name, text in texts.items():
        make_folder((folder / name).parent)
        data = text.encode(NEW_FILES if name.endswith(".csv") else "utf-8")
        write_new(folder / name, data, OWNER_FILE if name.startswith("data/private/") else ANYONE)


def first_school_year(day: dt.date) -> int:
    """The year in whose July the school year of this day began."""
    return day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1


def starter_plan(first: int) -> str:
    """A small plan that works as it is, of the school year that begins in July of `first`."""
    return Template(read_example("plan.yaml")).substitute(first=first, last=first + 1)


def read_example(name: str) -> str:
    """The text of a file of prt/examples."""
    package = Path(__file__).parent.parent
    path = package / "examples" / name
    return read_text(path if is_on_disk(path) else package.parent / "plan" / name)


def read_example_table(name: str) -> list[dict[str, str]]:
    """The rows of a table of prt/examples, each with the cells that are not empty."""
    rows = csv.DictReader(read_example(f"{name}.csv").splitlines())
    return [{column: cell for column, cell in row.items() if cell} for row in rows]


def real_plan() -> str:
    """The plan of 2024-2025 as its funder has it."""
    lines = read_example(PLAN).splitlines()
    kept = [line for line in lines if not line.startswith("# yaml-language-server")]
    return "\n".join(kept).lstrip() + "\n"


def fictional_plan() -> str:
    """The same plan, whose title says in both languages that nothing under it is true."""
    text = "# FICTIONAL / FICTIF: the real plan, and beside it a year that prt demo invented.\n"
    text += real_plan()
    return re.sub(r"^title: .*$", lambda _: FICTIONAL_TITLE, text, count=1, flags=re.MULTILINE)
