"""Every text that git would carry or a report could print, and what has no place there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from prt.files.dialect import decode, split_lines
from prt.files.project import Project
from prt.model.personal import Names, names_of, traces
from prt.problems import Place, Problem

TEXTS = {".csv", ".md", ".yaml", ".yml", ".j2", ".txt", ".json"}
LARGEST = 50_000_000
WHAT = {
    "email": ("an e-mail address stands here", "Take it out: e-mail addresses stay in the private folder."),
    "phone": ("a telephone number stands here", "Take it out, and write it where the team keeps numbers."),
}


def text_files(project: Project) -> Iterator[Path]:
    """The plan, the data without the private folder and without what was submitted, and templates."""
    for folder in ("plan", "data", "templates"):
        for path in sorted((project.root / folder).rglob("*")):
            if path.suffix in TEXTS and path.is_file() and not is_apart(project, path):
                yield path


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
    """A warning for each line that has something personal; the name itself is not repeated."""
    names = known_names(project)
    return [
        Problem(Place(project.shown(path), number), *said(kind, person), "warning")
        for path in text_files(project)
        for number, line in enumerate(lines_of(path), 1)
        for kind, person in ((one.kind, one.person) for one in traces(line, names_for(project, path, names)))
    ]


def names_for(project: Project, path: Path, names: Names) -> Names:
    """In the list of organisations every name is an organisation's."""
    return Names() if path == project.roster_path("organisations") else names


def said(kind: str, person: str) -> tuple[str, str]:
    if kind == "name":
        return f"the name of {person} stands here", f"Write the id {person}, or nobody: names stay private."
    return WHAT[kind]
