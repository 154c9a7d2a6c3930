"""An empty project in a new folder; nothing that stands there is ever overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

from prt.files.examples import example
from prt.files.store.disk import make_folder, refusal
from prt.model.records import PersonRecord, Record
from prt.problems import Place, Problem, PrtError
from prt.text import join_labels

OWNER_ONLY = 0o700


def new_project(root: Path, year: str, plan: str, more: Mapping[str, str] | None = None) -> None:
    """The files and folders of a project with one plan year; `more` are other texts by their path."""
    refuse_used(root)
    texts = {
        f"plan/{year}.yaml": plan,
        "data/organisations.csv": example("organisations.csv"),
        "data/people.csv": header(PersonRecord),
        "data/private/README.md": example("project/private.md"),
        ".gitignore": example("project/gitignore"),
        ".gitattributes": example("project/gitattributes"),
    }
    try:
        for folder in (f"data/{year}", "data/private", "templates"):
            make_folder(root / folder)
        (root / "data/private").chmod(OWNER_ONLY)
        for name, text in {**texts, **(more or {})}.items():
            write_new(root / name, text)
    except OSError as error:
        raise refusal(root.name, root, error) from error


def refuse_used(root: Path) -> None:
    """Only a new folder, or an empty one; git may have been there."""
    if any((root / "plan").glob("*.yaml")):
        remedy = "Look at it there (prt status), or name a new folder. Nothing was written."
        raise PrtError(Problem(Place(str(root)), "is a project already", remedy), code=2)
    if root.exists() and not root.is_dir():
        raise PrtError(Problem(Place(str(root)), "is a file", "Name a new folder."), code=2)
    found = sorted(one.name for one in root.glob("*") if one.name != ".git") if root.exists() else []
    if found:
        listed = join_labels(found, 5, ", …")
        remedy = f"It has: {listed}. Name a new folder. Nothing was written."
        raise PrtError(Problem(Place(str(root)), "the folder is not empty", remedy), code=2)


def write_new(path: Path, text: str) -> None:
    make_folder(path.parent)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def header(model: type[Record]) -> str:
    return ",".join(model.header()) + "\n"


def starter_plan(first: int) -> str:
    """A small plan that works as it is, of the school year that begins in July of `first`."""
    return Template(example("plan.yaml")).substitute(first=first, last=first + 1)
