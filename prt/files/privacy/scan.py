"""What is personal in a text that git would carry or a report could print, where it has no place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from prt.files.privacy.personal import Names, Trace, as_read, names_of, traces
from prt.files.privacy.walk import FOLDERS, HeldFile, every_file, every_text
from prt.files.project import Project
from prt.problems import Place, Problem

CORRECTIONS = "corrections.csv"
WHAT = {
    "email": ("an e-mail address stands here", "Take it out: e-mail addresses stay in the private folder."),
    "phone": ("a telephone number stands here", "Take it out, and write it where the team keeps numbers."),
}


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
    for file in every_text(project, "open"):
        for number, one in traces_in(file, names):
            what, told = trace_message(one.kind, one.person)
            found.append(Problem(Place(file.shown, number), what, remedy(file.path, told), "warning"))
    return [*found, *named_files(project, names)]


def traces_in(file: HeldFile, names: Names) -> Iterator[tuple[int, Trace]]:
    """(line, what is personal in it); of a page only what is read on it."""
    meant = Names() if file.is_organisations else names
    for number, line in enumerate(file.lines(), 1):
        text = as_read(line) if file.is_page else line
        yield from ((number, one) for one in traces(text, meant))


def named_files(project: Project, names: Names) -> Iterator[Problem]:
    """Files that are called after a person, such as an evidence."""
    files = [file for file in every_file(project, "open") if file.folder in FOLDERS] if names.people else []
    for file in sorted(files, key=lambda file: (FOLDERS.index(file.folder), file.path)):
        if people := list(names.found(file.path.stem)):
            what = f"this file is called after {people[0]}"
            remedy = "Call it something else: names stay private."
            place = Place(f"{project.shown(file.path.parent)}/…{file.path.suffix}")
            yield Problem(place, what, remedy, "warning")


def trace_message(kind: str, person: str) -> tuple[str, str]:
    """What stands somewhere, and the remedy."""
    if kind == "name":
        return f"the name of {person} stands here", f"Write the id {person}, or nobody: names stay private."
    return WHAT[kind]


def remedy(path: Path, told: str) -> str:
    """What prt writes itself is not for an editor: it is put right by a command."""
    return "prt privacy redact takes it out." if path.name == CORRECTIONS else told
