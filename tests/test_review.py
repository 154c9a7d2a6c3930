"""What docs/review.md hands out works: the hook, the amendment, and the job of a pull request."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from prt.cli import COMMANDS
from tests.conftest import only_in_ci
from tests.project import ROOT, Prt
from tests.test_amendments import missing
from tests.test_plan_diff import RAISED, SMALL, commit, edited, git, repository, rewrite

PAGE = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)

__all__ = ["repository"]


def block(key: str) -> str:
    found: list[str] = [text for text in BLOCKS if text.startswith(f"{key}:")]
    assert len(found) == 1
    return found[0]


def test_the_hook_runs_a_command_that_exists_on_files_that_matter() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (hook,) = hooks
    prt, command = hook["entry"].split()
    assert (prt, command in COMMANDS, hook["pass_filenames"]) == ("prt", True, False)
    pattern = re.compile(hook["files"])
    for path in (
        "plan/2024-2025.yaml",
        "data/people.csv",
        "data/2024-2025/sessions.csv",
        "our/plan/2024.yaml",
    ):
        assert pattern.search(path), path
    assert not pattern.search("prt/cli.py")
    assert f"id: {hook['id']}" in block("repos")


def test_the_amendment_of_the_page_is_one() -> None:
    lowered = edited(SMALL, ("at_least: 37", "at_least: 35"))
    assert len(missing(SMALL, lowered)) == 1
    assert missing(SMALL, lowered + block("amendments")) == []


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(block("name"))["jobs"]["review"]["steps"]
    return found


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with a `prt` that is this one, and a `gh` that keeps what it would have posted."""
    folder = tmp_path / "bin"
    folder.mkdir()
    scripts = {
        "prt": f'PYTHONPATH="{ROOT}" exec "{sys.executable}" -m prt "$@"',
        "gh": f'echo "$@" > "{folder}/asked"; cp "$5" "{folder}/posted"',
    }
    for name, text in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@only_in_ci
@pytest.mark.skipif(not shutil.which("bash"), reason="the job runs in bash")
def test_the_job_posts_what_changed(repository: Prt, tools: Path) -> None:
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    plan = repository.root / "plan" / "2024-2025.yaml"
    text = plan.read_text(encoding="utf-8").replace('year: "2024-2025"', 'year: "2025-2026"')
    plan.with_name("2025-2026.yaml").write_text(text, encoding="utf-8")
    rewrite(repository, RAISED)
    commit(repository)
    run(repository, tools)
    asked = (tools / "asked").read_text(encoding="utf-8").strip()
    assert asked == "pr comment 7 --body-file changes.md --edit-last --create-if-none"
    assert (tools / "posted").read_text(encoding="utf-8").splitlines() == [
        "### Plan 2024-2025, origin/main → working tree: 1 change",
        "",
        "- target 1.1.workshops 37 → 40",
        "",
    ]


@pytest.mark.skipif(not shutil.which("bash"), reason="the job runs in bash")
def test_the_job_posts_nothing_where_no_plan_changed(repository: Prt, tools: Path) -> None:
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    run(repository, tools)
    assert not (tools / "posted").exists()


def run(prt: Prt, tools: Path) -> None:
    """The step of the job that says what changed, as GitHub's runner would run it."""
    (script,) = (step["run"] for step in steps() if step.get("name") == "Say what changed")
    environment = os.environ | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_BASE_REF": "main",
        "NUMBER": "7",
    }
    subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=prt.root, env=environment, check=True)
