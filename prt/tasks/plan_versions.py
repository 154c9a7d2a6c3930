"""A plan by what the user calls it: a submission, a file, or a revision of git."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prt.files.plan.plan import plan_bytes, read_plan
from prt.files.submissions.submission import NAME
from prt.problems import Place, Problem, PrtError, errors

if TYPE_CHECKING:
    from prt.files.project import Project
    from prt.model.plan import Plan

WITHOUT_GIT = "Compare two files (prt plan diff OLD.yaml NEW.yaml), or name a submission: period-1."
SECONDS = 30
FATAL = 128
"""git's exit code where it could not even look: no repository, or one of another user."""


@dataclass(frozen=True)
class Source:
    """The bytes of a plan file. `name` is what the user called it, `shown` where mistakes in it are."""

    name: str
    shown: str
    raw: bytes


def find_source(project: Project, path: Path, asked: str) -> Source:
    """Submissions first, then files, then revisions; `path` is the plan file that is compared."""
    if NAME.fullmatch(asked):
        return submitted_source(project, path, asked)
    if Path(asked).suffix == ".yaml" or Path(asked).is_file():
        return read_source(project, Path(asked), asked)
    return revision_source(project, path, asked)


def read_source(project: Project, path: Path, name: str) -> Source:
    return Source(name, project.shown(path.resolve()), plan_bytes(path))


def submitted_source(project: Project, path: Path, name: str) -> Source:
    """The plan as it was sent, from the frozen folder of that name."""
    folder = project.root / "data" / path.stem / "submitted"
    frozen = folder / name / "plan" / path.name
    if not frozen.is_file():
        known = ", ".join(sorted(one.name for one in folder.glob("[a-z]*"))) or "none"
        raise PrtError(f'"{name}" was not submitted in {path.stem}. Submissions: {known}.', code=2)
    return read_source(project, frozen, name)


def revision_source(project: Project, path: Path, name: str) -> Source:
    """The file as a commit has it. Nothing else of prt needs git."""
    shown = project.shown(path)
    asked = run_git(
        project.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
    )
    if asked.returncode == FATAL:
        said = asked.stderr.decode("utf-8", "replace").strip().splitlines()
        problem = Problem(Place(str(project.root)), f"git says: {said[0] if said else 'no'}", WITHOUT_GIT)
        raise PrtError(problem, code=2)
    if asked.returncode:
        raise PrtError(
            f'"{name}" is no submission, no file, and no revision that git knows.\n'
            "    A revision is a branch, a tag or a commit, such as HEAD~1; git log shows them.",
            code=2,
        )
    commit = asked.stdout.decode().strip()
    found = run_git(project.root, "cat-file", "blob", f"{commit}:./{shown}")
    if found.returncode:
        remedy = f"See in which it does: git log --oneline -- {shown}"
        raise PrtError(Problem(Place(shown), f"the file does not exist in {name}", remedy), code=2)
    return Source(name, f"{name}:{shown}", found.stdout)


def run_git(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """What git answers. PrtError where there is none."""
    try:
        return subprocess.run(["git", *words], cwd=root, capture_output=True, timeout=SECONDS)
    except OSError:
        raise PrtError(Problem(Place("git"), "is not installed, or not found", WITHOUT_GIT), code=2) from None
    except subprocess.TimeoutExpired:
        raise PrtError(Problem(Place("git"), f"did not answer in {SECONDS} seconds", WITHOUT_GIT)) from None


def read_plans(*sources: Source) -> list[Plan]:
    """Each as a plan; the errors of all of them at once."""
    read = [read_plan(one.raw, one.shown) for one in sources]
    wrong = [problem for _, problems in read for problem in errors(problems)]
    if wrong:
        raise PrtError(*wrong)
    return [plan for plan, _ in read if plan]
