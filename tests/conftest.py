"""What all tests share: golden files, which `pytest --update-golden` writes anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from prt.commands.demo import make
from prt.demo import REAL_SIZE, SMALLEST
from tests.project import Prt


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write the golden files anew.")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """A function of a file and a text: they are the same. The diff of an update is part of the review."""
    update = request.config.getoption("--update-golden")

    def compare(path: Path, text: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of `prt demo`, made once: to be read only. A test that writes copies it first."""
    return made_once(tmp_path_factory, REAL_SIZE)


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest fictional year: the same sessions, fewer rows of hours. To be read only."""
    return made_once(tmp_path_factory, SMALLEST)


def made_once(folders: pytest.TempPathFactory, rows: int) -> Path:
    """One for all processes of a run; each process has its own folder in that of the run."""
    run = folders.getbasetemp()
    run = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    root = run / f"demo-of-{rows}" / "prt-demo"
    with FileLock(run / f"demo-of-{rows}.lock"):
        if not root.exists():
            make(root, rows, seed=1)
    return root


@pytest.fixture
def prt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Prt:
    """A project of this test alone, and its commands as they are typed."""
    return Prt(tmp_path / "project", monkeypatch, capsys)
