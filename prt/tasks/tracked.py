"""Would git carry the private folder? Asked of git itself, where there is one."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from prt.problems import Place, Problem

if TYPE_CHECKING:
    from prt.files.project import Project


def tracked_problems(project: Project) -> list[Problem]:
    """An error where git has names already, a warning where it would take them."""
    if not (project.root / ".git").exists() or not project.private.is_relative_to(project.root):
        return []
    shown = project.shown(project.private)
    place = Place(shown)
    if git(project, "ls-files", "--", f"{shown}/*.csv"):
        remedy = f"git rm -r --cached {shown}, then commit; earlier versions keep the names: ask for help."
        return [Problem(place, "git carries the names", remedy)]
    ignored = git(project, "check-ignore", "--no-index", f"{shown}/names.csv")
    if ignored is None or ignored:
        return []
    return [
        Problem(place, "git would carry the names", f"Write this line in .gitignore: {shown}/", "warning")
    ]


def git(project: Project, *words: str) -> str | None:
    """What git prints, empty where it says no; None where there is no git."""
    try:
        done = subprocess.run(["git", *words], cwd=project.root, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode in (0, 1) else None
