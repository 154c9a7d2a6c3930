"""Workbooks and archives with names that lie in the project outside its private folder, where git would take
them; and the walk through all that is the project's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from prt.files.privacy.walk import files_ending
from prt.files.project import Project
from prt.files.submissions.manifest import is_left_behind
from prt.files.trace.disk_questions import is_link, is_on_disk, walk_folders
from prt.problems import Mistake, Place, Problem

SHEETS = "sheets"
"""The folder of the private folder in which workbooks with names are."""
WITH_NAMES = "-with-names.zip"
"""How the name of an archive ends that the private folder is in."""
OF_PROGRAMS = {"__pycache__", "node_modules"}


def sheets_elsewhere(project: Project) -> Iterator[Problem]:
    """A warning for each workbook with names in the project that is not in its private folder."""
    books = [path for path in files_ending(project, "") if path.suffix.casefold() == ".xlsx"]
    if not books:
        return
    from prt.files.workbook.filled_book import has_names  # 7 ms, where there is a workbook

    for path in books:
        if has_names(path):
            mistake = Mistake("sheet_with_names_elsewhere", folder=project.shown(project.private / SHEETS))
            yield Problem.of(Place(project.shown(path)), mistake, "warning")


def backups_inside(project: Project) -> Iterator[Problem]:
    """A warning for each archive with names that somebody put into the project, where git would take it."""
    for path in walk(project.root):
        if path.name.endswith(WITH_NAMES) and not path.is_relative_to(project.private):
            yield Problem.of(Place(project.shown(path)), Mistake("backup_with_names_here"), "warning")


def walk(folder: Path) -> Iterator[Path]:
    """Every file and every link, but for what programs keep for themselves: hidden folders, such as git's,
    and Python's environments."""
    for here, folders, files in walk_folders(folder):
        links = [name for name in folders if is_link(here / name)]
        folders[:] = sorted(name for name in folders if not is_of_programs(here / name))
        paths = (here / name for name in (*files, *links))
        yield from (path for path in paths if not is_left_behind(path))


def is_of_programs(folder: Path) -> bool:
    return folder.name[0] == "." or folder.name in OF_PROGRAMS or is_on_disk(folder / "pyvenv.cfg")
