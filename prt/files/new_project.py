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
from prt.files.store.disk import (
    ANYONE,
    OWNER_FILE,
    make_folder,
    make_owner_only,
    nothing_written,
    remove_folder,
    remove_quietly,
    write_new,
    write_refusal,
)
from prt.files.store.project_format import SHOWN, format_text
from prt.model.columns import Record
from prt.model.records import PersonRecord
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import join_labels

PLAN = "2024-2025.yaml"
"""The real plan. The wheel carries it beside the examples; a checkout has it in plan/."""
SCHOOL_YEAR_BEGINS = 7
"""July."""
FICTIONAL_TITLE = (
    'title: {en: "2024-2025 PRT Action Plan – FICTIONAL demo", '
    'fr: "CSC - Plan d\'Action 2024-2025 – démonstration FICTIVE"}'
)


def new_project(root: Path, year: str, plan: str, more: Mapping[str, str] | None = None) -> None:
    """The files and folders of a project with one plan year; `more` are other texts by their path."""
    refuse_used(root)
    texts = {
        f"plan/{year}.yaml": plan,
        "data/organisations.csv": read_example("organisations.csv"),
        "data/people.csv": header_line(PersonRecord),
        SHOWN: format_text(),
        "data/private/README.md": read_example("project/private.md"),
        ".gitignore": read_example("project/gitignore"),
        ".gitattributes": read_example("project/gitattributes"),
    }
    there = root.exists()
    try:
        for folder in (f"data/{year}", "templates"):
            make_folder(root / folder)
        make_owner_only(root / "data/private")
        for name, text in {**texts, **(more or {})}.items():
            mode = OWNER_FILE if name.startswith("data/private/") else ANYONE
            write_first(root / name, text, mode, NEW_FILES if name.endswith(".csv") else "utf-8")
    except OSError as error:
        refusal = write_refusal(root.name, root, error)
        raise nothing_written(refusal) if is_taken_back(root, there) else refusal from error


def is_taken_back(root: Path, there: bool) -> bool:
    """Delete what was begun of a project, but for the folder where it was there, and what git has in it."""
    for path in root.glob("*") if root.is_dir() else ():
        if path.name != ".git":
            remove_folder(path) if path.is_dir() else remove_quietly(path)
    if not there:
        remove_folder(root)
    return not any(path.name != ".git" for path in root.glob("*"))


def write_first(path: Path, text: str, mode: int = ANYONE, encoding: str = "utf-8") -> None:
    """A file where none is, whole or not at all. Raises OSError."""
    make_folder(path.parent)
    try:
        write_new(path, text.encode(encoding), mode, absent=True)
    except FileExistsError:
        raise
    except OSError:
        remove_quietly(path)
        raise


def refuse_used(root: Path) -> None:
    """Only a new folder, or an empty one; git may have been there."""
    if any((root / "plan").glob("*.yaml")):
        raise PrtError(Problem.of(Place(str(root)), Mistake("project_already")), code=2)
    if root.exists() and not root.is_dir():
        raise PrtError(Problem.of(Place(str(root)), Mistake("not_a_folder")), code=2)
    found = sorted(one.name for one in root.glob("*") if one.name != ".git") if root.exists() else []
    if found:
        mistake = Mistake("folder_not_empty", names=join_labels(found, 5, ", …"))
        raise PrtError(Problem.of(Place(str(root)), mistake), code=2)


def header_line(model: type[Record]) -> str:
    return ",".join(model.header()) + "\n"


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
    return (path if path.exists() else package.parent / "plan" / name).read_text(encoding="utf-8")


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
