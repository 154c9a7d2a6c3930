"""A project in a new folder, and what the program brings for it: a first plan, a fictional year.

Nothing that stands there is ever overwritten.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Mapping
from pathlib import Path
from string import Template

from prt.files.csv.dialect import NEW_FILES
from prt.files.store.disk import ANYONE, BINARY, OWNER_FILE, make_folder, write_refusal
from prt.model.columns import Record
from prt.model.records import PersonRecord
from prt.problems import Mistake, Place, Problem, PrtError
from prt.text import join_labels

PLAN = "2024-2025.yaml"
"""The real plan. The wheel carries it beside the examples; a checkout has it in plan/."""
FICTIONAL_TITLE = (
    'title: {en: "2024-2025 PRT Action Plan – FICTIONAL demo", '
    'fr: "CSC - Plan d\'Action 2024-2025 – démonstration FICTIVE"}'
)

OWNER_ONLY = 0o700


def new_project(root: Path, year: str, plan: str, more: Mapping[str, str] | None = None) -> None:
    """The files and folders of a project with one plan year; `more` are other texts by their path."""
    refuse_used(root)
    texts = {
        f"plan/{year}.yaml": plan,
        "data/organisations.csv": read_example("organisations.csv"),
        "data/people.csv": header_line(PersonRecord),
        "data/private/README.md": read_example("project/private.md"),
        ".gitignore": read_example("project/gitignore"),
        ".gitattributes": read_example("project/gitattributes"),
    }
    try:
        for folder in (f"data/{year}", "data/private", "templates"):
            make_folder(root / folder)
        (root / "data/private").chmod(OWNER_ONLY)
        for name, text in {**texts, **(more or {})}.items():
            mode = OWNER_FILE if name.startswith("data/private/") else ANYONE
            write_new(root / name, text, mode, NEW_FILES if name.endswith(".csv") else "utf-8")
    except OSError as error:
        raise write_refusal(root.name, root, error) from error


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


def write_new(path: Path, text: str, mode: int = ANYONE, encoding: str = "utf-8") -> None:
    """A file that was not there. Raises OSError where there is one."""
    make_folder(path.parent)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, mode)
    with os.fdopen(handle, "w", encoding=encoding, newline="\n") as file:
        file.write(text)


def header_line(model: type[Record]) -> str:
    return ",".join(model.header()) + "\n"


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


def fictional_plan() -> str:
    """The plan of 2024-2025, whose title says in both languages that nothing under it is true."""
    lines = [
        line for line in read_example(PLAN).splitlines() if not line.startswith("# yaml-language-server")
    ]
    text = "# FICTIONAL / FICTIF: the real plan, and beside it a year that prt demo invented.\n"
    text += "\n".join(lines).lstrip() + "\n"
    return re.sub(r"^title: .*$", lambda _: FICTIONAL_TITLE, text, count=1, flags=re.MULTILINE)
