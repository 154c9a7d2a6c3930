"""Every text that git would carry or a report could print, and what has no place there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from prt.files.csv.dialect import decode, split_lines
from prt.files.project import Project
from prt.model.personal import Names, Trace, as_read, names_of, traces
from prt.problems import Place, Problem

TEXTS = {".csv", ".md", ".yaml", ".yml", ".j2", ".txt", ".json"}
FOLDERS = ("plan", "data", "templates", "reports")
PAGE = ".html"
CORRECTIONS = "corrections.csv"
LARGEST = 50_000_000
WHAT = {
    "email": ("an e-mail address stands here", "Take it out: e-mail addresses stay in the private folder."),
    "phone": ("a telephone number stands here", "Take it out, and write it where the team keeps numbers."),
}


def text_files(project: Project) -> Iterator[Path]:
    """What lies in the project's folder itself, the plan, the data without the private folder and without
    what was submitted, templates, reports; and pages wherever they are."""
    yield from (path for path in sorted(project.root.glob("*")) if path.suffix in TEXTS and path.is_file())
    for folder in FOLDERS:
        for path in sorted((project.root / folder).rglob("*")):
            if path.suffix in TEXTS and path.is_file() and not is_apart(project, path):
                yield path
    yield from pages(project)


def pages(project: Project) -> Iterator[Path]:
    """Reports that were made as HTML, in any folder but hidden ones and those of Python's environments."""
    for folder, inside, files in os.walk(project.root):
        here = Path(folder)
        inside[:] = sorted(
            name for name in inside if name[0] != "." and not (here / name / "pyvenv.cfg").exists()
        )
        yield from (
            here / name
            for name in sorted(files)
            if name.endswith(PAGE) and not is_apart(project, here / name)
        )


def is_apart(project: Project, path: Path) -> bool:
    inside = path.relative_to(project.root).parts
    return path.is_relative_to(project.private) or inside[:2] == ("data", "private") or "submitted" in inside


def lines_of(path: Path) -> list[str]:
    """The lines of a text in any encoding; none of a file that cannot be read."""
    try:
        data = path.read_bytes() if path.stat().st_size < LARGEST else b""
    except OSError:
        return []
    return split_lines(decode(data)[0])


def known_names(project: Project) -> Names:
    """Those of the private folder; an organisation may be called after a person."""
    columns = ("name_en", "name_fr")
    organisations = [str(row[name]) for row in project.organisations[0] for name in columns]
    aliases = [alias for row in project.organisations[0] for alias in row["aliases"] or ()]
    return names_of(project.names().values(), [*organisations, *aliases])


def personal_problems(project: Project) -> list[Problem]:
    """A warning for each line, and each name of a file, that has something personal; the name itself is not
    repeated."""
    names, found = known_names(project), list[Problem]()
    for path in text_files(project):
        for number, one in found_in(project, path, names):
            what, told = said(one.kind, one.person)
            place = Place(project.shown(path), number)
            found.append(Problem(place, what, remedy(path, told), "warning"))
    return [*found, *named_files(project, names)]


def found_in(project: Project, path: Path, names: Names) -> Iterator[tuple[int, Trace]]:
    """(line, what is personal in it); of a page only what is read on it."""
    meant = names_for(project, path, names)
    for number, line in enumerate(lines_of(path), 1):
        text = as_read(line) if path.suffix == PAGE else line
        yield from ((number, one) for one in traces(text, meant))


def named_files(project: Project, names: Names) -> Iterator[Problem]:
    """Files that are called after a person, such as an evidence."""
    for folder in FOLDERS if names.people else ():
        for path in sorted((project.root / folder).rglob("*")):
            people = [] if is_apart(project, path) else list(names.found(path.stem))
            if people and path.is_file():
                what = f"this file is called after {people[0]}"
                remedy = "Call it something else: names stay private."
                place = Place(f"{project.shown(path.parent)}/…{path.suffix}")
                yield Problem(place, what, remedy, "warning")


def names_for(project: Project, path: Path, names: Names) -> Names:
    """In the list of organisations every name is an organisation's."""
    return Names() if path == project.roster_path("organisations") else names


def said(kind: str, person: str) -> tuple[str, str]:
    """What stands somewhere, and the remedy."""
    if kind == "name":
        return f"the name of {person} stands here", f"Write the id {person}, or nobody: names stay private."
    return WHAT[kind]


def remedy(path: Path, told: str) -> str:
    """What prt writes itself is not for an editor: it is put right by a command."""
    return "prt privacy redact takes it out." if path.name == CORRECTIONS else told
