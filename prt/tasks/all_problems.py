"""Every problem of a plan year: of its files, its rows, what was promised, and what is personal."""

from __future__ import annotations

import subprocess

from prt.console import context
from prt.figures.checks import check as rules
from prt.files.privacy.private_folder import private_problems
from prt.files.privacy.walk import personal_problems
from prt.files.project import Project, Year
from prt.files.submissions.checks import amendment_problems, submission_problems
from prt.problems import Mistake, Place, Problem


def all_problems(year: Year) -> list[Problem]:
    """What loading found, what the rules find, and changes of what was promised that nobody explained."""
    today = context.today()
    found = [*year.problems, *rules(year.plan, year.data, today)]
    return [*found, *submission_problems(year), *amendment_problems(year, today)]


def privacy_problems(year: Year) -> list[Problem]:
    """Names and addresses where they do not belong, and who could read the private folder.

    No figure depends on them, and no report counts them: they differ with who has the private folder.
    """
    project = year.project
    return [*tracked_problems(project), *private_problems(year, context.today()), *personal_problems(project)]


def tracked_problems(project: Project) -> list[Problem]:
    """An error where git has names already, a warning where it would take them."""
    if not (project.root / ".git").exists() or not project.private.is_relative_to(project.root):
        return []
    shown = project.shown(project.private)
    place = Place(shown)
    if ask_git(project, "ls-files", "--", f"{shown}/*.csv"):
        return [Problem.of(place, Mistake("git_has_names", folder=shown))]
    ignored = ask_git(project, "check-ignore", "--no-index", f"{shown}/names.csv")
    if ignored is None or ignored:
        return []
    return [Problem.of(place, Mistake("git_would_take_names", folder=shown), "warning")]


def ask_git(project: Project, *words: str) -> str | None:
    """What git prints, empty where it says no; None where there is no git."""
    try:
        done = subprocess.run(["git", *words], cwd=project.root, capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() if done.returncode in (0, 1) else None
