"""git, where it is there: a project may stand below the root of a repository, and be checked by a hook."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prt.files.trace.disk_questions import is_on_disk, is_stored_file, read_stored
from prt.files.trace.trace import end_trace, noted
from prt.problems import Mistake, Place, Problem, PrtError

if TYPE_CHECKING:
    import subprocess

ELSEWHERE = frozenset(
    {
        *("GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"),
        *("GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_QUARANTINE_PATH"),
        *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE"),
        *("GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_REF_STORAGE_FORMAT", "GIT_CONFIG"),
        *("GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
    }
)
"""What git tells a hook of the repository that it works on, which need not be that of the project: those of
`git rev-parse --local-env-vars` but the settings of `git -c`, and how a path is meant."""


def commits_merged(label: str = "") -> list[str]:
    """The commits that git is merging when it calls a driver: each in a variable `GITHEAD_…`; of a rebase in
    the file of what it has done; of a cherry-pick in what it calls their version, from git 2.44 on.
    """
    named = [name.removeprefix("GITHEAD_") for name in os.environ if name.startswith("GITHEAD_")]
    done = None if named else ask_git(Path.cwd(), "rev-parse", "--git-path", "rebase-merge/done")
    path = Path.cwd() / (done or "")
    lines = read_stored(path).decode("utf-8", "replace").splitlines() if is_stored_file(path) else []
    picked = [word for line in lines[-1:] for word in line.split()[1:2]]  # such as `pick 1f3a… subject`
    return [*named, *picked, *label.split()[:1]]


def find_repository(folder: Path) -> Path | None:
    """The nearest folder upwards that git keeps; None where there is none."""
    return next((one for one in (folder, *folder.parents) if is_on_disk(one / ".git")), None)


def run_git(folder: Path, *words: str, objects: str = "") -> subprocess.CompletedProcess[bytes]:
    """What git answers in a folder. PrtError where there is none, or it takes longer than half a minute.

    `objects` is where another repository keeps what this one may lack.
    """
    end_trace()
    return start_git(folder, words, seconds=30, objects=objects)


def start_git(
    folder: Path, words: Sequence[str], seconds: float, objects: str = ""
) -> subprocess.CompletedProcess[bytes]:
    import subprocess  # 7 ms, which a project without a repository does not need

    own = {name: text for name, text in os.environ.items() if name.upper() not in ELSEWHERE}
    own |= {"GIT_ALTERNATE_OBJECT_DIRECTORIES": objects} if objects else {}
    try:
        return subprocess.run(["git", *words], cwd=folder, env=own, capture_output=True, timeout=seconds)
    except OSError:
        raise PrtError(Problem.of(Place("git"), Mistake("git_not_found")), code=2) from None
    except subprocess.TimeoutExpired:
        raise PrtError(Problem.of(Place("git"), Mistake("git_too_slow", seconds=seconds))) from None


def ask_git(folder: Path, *words: str) -> str | None:
    """The text that git prints, empty where it says no; None where it cannot answer. A trace has it."""
    return noted(("git", str(folder), *words), answer_of_git(folder, *words))


def answer_of_git(folder: Path, *words: str) -> str | None:
    try:
        done = start_git(folder, words, seconds=10)
    except PrtError:
        return None
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode in (0, 1) else None
