"""git around a project: found upwards, and never the repository of a hook that called us."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from prt.console import context
from prt.console.git import ELSEWHERE, find_repository, run_git
from tests.project import WORKSHOP, Prt

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
NAMES = "id,name,email,other_names\np-aaaa,Anne Roy,anne@example.org,\n"


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    done = subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def below(prt: Prt) -> Prt:
    """A project in a subfolder of a repository, with a name."""
    context.config_of_git.cache_clear()
    git(prt.root.parent, "init", "--quiet")
    prt.people("p-aaaa,cda,EMSB,,,,,")
    write_names(prt.root / "data" / "private")
    return prt


def write_names(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o700)
    (folder / "names.csv").write_text(NAMES, encoding="utf-8")
    (folder / "names.csv").chmod(0o600)


def test_settings_of_a_repository_above_the_project(below: Prt, tmp_path: Path) -> None:
    """Case D12."""
    git(below.root.parent, "config", "prt.me", "p-aaaa")
    assert context.me(below.root) == "p-aaaa"
    git(below.root.parent, "config", "prt.private", "../drive")
    assert context.open_project().private == below.root / "../drive"  # wherever the command is typed


def test_names_that_a_repository_above_the_project_would_carry(below: Prt) -> None:
    assert "data/private: warning: git would carry the names" in below("check")
    assert "Write this line in .gitignore: data/private/" in below.out
    (below.root / ".gitignore").write_text("data/private/\n", encoding="utf-8")
    assert "git would carry" not in below("check")
    git(below.root.parent, "add", "--force", "--all")
    assert "data/private: git carries the names" in below("check", code=1)


def test_what_prt_keeps_for_a_laptop_is_not_for_git(below: Prt) -> None:
    """In a project that prt init did not make."""
    said = ".prt: warning: git has, or would take, what prt keeps for this laptop alone"
    assert said not in below("check")
    below(WORKSHOP)
    assert said in below("check") and "Write this line in .gitignore: .prt/" in below.out
    git(below.root.parent, "add", "--all")
    (below.root / ".gitignore").write_text(".prt/\n", encoding="utf-8")
    assert said in below("check", code=1)
    git(below.root, "rm", "-r", "--cached", "--quiet", ".prt")
    assert said not in below("check", code=1)


def test_a_private_folder_beside_the_project_in_the_same_repository(below: Prt) -> None:
    shutil.rmtree(below.root / "data" / "private")
    write_names(below.root.parent / "names")
    below.monkeypatch.setenv("PRT_PRIVATE", str(below.root.parent / "names"))
    assert "names: warning: git would carry the names" in below("check")
    assert "Write this line in .gitignore: names/" in below.out
    git(below.root.parent, "add", "--all")
    assert "names: git carries the names" in below("check", code=1)


def test_a_private_folder_that_is_a_link_out_of_the_repository(
    below: Prt, tmp_path_factory: pytest.TempPathFactory
) -> None:
    shutil.rmtree(below.root / "data" / "private")
    drive = tmp_path_factory.mktemp("drive") / "names"
    write_names(drive)
    (below.root / "data" / "private").symlink_to(drive)
    assert "git would carry" not in below("check")


def test_the_repository_of_a_hook_is_not_that_of_the_project(
    below: Prt, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "--quiet")
    git(other, "config", "prt.me", "p-bbbb")
    git(below.root.parent, "config", "prt.me", "p-aaaa")
    git(below.root, "add", "plan")
    git(below.root.parent, "commit", "--quiet", "--message", "A plan")
    below.monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    below.monkeypatch.setenv("GIT_WORK_TREE", str(other))
    below.monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git" / "index"))
    assert context.me(below.root) == "p-aaaa"
    assert "git would carry the names" in below("check")
    assert "Nothing changed" in below("plan diff")


def test_every_variable_that_names_a_repository_is_taken_away(tmp_path: Path) -> None:
    local = git(tmp_path, "rev-parse", "--local-env-vars").split()
    assert len(local) > 8
    assert {name for name in local if not name.startswith("GIT_CONFIG_")} <= ELSEWHERE


def test_settings_given_to_git_for_one_command_hold(below: Prt) -> None:
    below.monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    below.monkeypatch.setenv("GIT_CONFIG_KEY_0", "prt.me")
    below.monkeypatch.setenv("GIT_CONFIG_VALUE_0", "p-cccc")
    assert run_git(below.root, "config", "prt.me").stdout == b"p-cccc\n"


def test_the_nearest_repository(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert find_repository(inner) == tmp_path
    (tmp_path / "a" / ".git").write_text("gitdir: elsewhere", encoding="utf-8")  # a worktree, or a submodule
    assert find_repository(inner) == tmp_path / "a"
