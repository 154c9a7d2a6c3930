"""Every command of the program, run with nothing kept and with what is kept of the plan, the logs and the answers of others: it
prints the same, and leaves the same bytes."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from prt.console import context
from prt.files.kept import folded_logs, log_tables
from tests.conftest import some
from tests.test_import import Team
from tests.test_one_reading import EVERY, as_typed, team

__all__ = ["team"]
SINCE = dt.datetime(2025, 2, 13, 9, tzinfo=dt.UTC)
CACHES = "caches"
ANOTHER_MOMENT = ("docProps/core.xml",)
"""Members of an archive that say when it was made."""


def files(folder: Path) -> dict[str, object]:
    """Every file of a folder and what it holds; nothing of what prt keeps."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: content(path) for name, path in found.items() if not name.startswith(CACHES)}


def content(path: Path) -> object:
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return {one: archive.read(one) for one in archive.namelist() if one not in ANOTHER_MOMENT}


def put_back(copy: Path, folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(copy, folder, dirs_exist_ok=True, symlinks=True)


@pytest.fixture
def alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids are drawn, and it is the time, as the run before."""
    drawn, clock = random.Random, context.now
    monkeypatch.setattr(random, "Random", lambda *seed: drawn(*(seed or (7,))))
    monkeypatch.setattr(random, "SystemRandom", lambda: drawn(7))
    monkeypatch.setattr(context, "now", lambda: clock() and SINCE)
    for module in (log_tables, folded_logs):
        monkeypatch.setattr(module, "SMALLEST", 0)
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.mark.parametrize("command", some(EVERY, 8))
def test_every_command_is_the_same_whether_something_is_kept_or_not(
    team: Team, command: str, alike: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    typed, folder = as_typed(team, command), team.root.parent
    before, caches = tmp_path_factory.mktemp("before") / "all", tmp_path_factory.mktemp("caches")
    shutil.copytree(folder, before, symlinks=True)
    team.monkeypatch.setenv("XDG_CACHE_HOME", str(caches))

    def run(*earlier: str) -> tuple[object, ...]:
        put_back(before, folder)
        team.monkeypatch.setenv("PRT_PROJECT", str(team.root))  # `demo` shows the one that it made
        for one in earlier:
            team(one)
        assert not earlier or any(caches.rglob("log-*" if len(earlier) == 1 else "year-*"))
        return team.attempt(typed), team.out, team.err, files(folder)

    without = run()
    team.monkeypatch.delenv("PRT_NO_CACHE")
    first, again = run("status"), run("status", "status --all")
    assert first[:3] == again[:3] == without[:3]
    assert first[3] == again[3] == without[3]
    assert without[0] == 0
