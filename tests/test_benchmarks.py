"""Every line of the benchmarks runs to its end, tried on few rows: their figures are nobody's business here."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import lines, make
from benchmarks.measure import Contestant
from benchmarks.run import make_bench, run_line
from prt.demo import SMALLEST
from tests.conftest import made_once, only_in_ci

SIZES = {"REAL": SMALLEST, "LARGE": SMALLEST + 1, "HUGE": SMALLEST + 2, "FEW": 5, "MANY": 40}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("benchmarks")


@only_in_ci
@pytest.mark.parametrize("name", lines.LINES)
def test_a_line_runs_once_on_few_rows(
    name: str,
    folder: Path,
    small_demo: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for size, rows in SIZES.items():
        monkeypatch.setattr(lines, size, rows)
        if hasattr(make, size):
            monkeypatch.setattr(make, size, rows)
    few = {
        project: {file: (header, row, 20) for file, (header, row, _) in files.items()}
        for project, files in lines.NO_LOGS.items()
    }
    monkeypatch.setattr(lines, "NO_LOGS", few)
    bench = make_bench(sys.executable, folder)

    def make_data(root: Path) -> None:
        shutil.copytree(small_demo, root / "project")
        make.make_others(root, SMALLEST)

    def data(rows: int) -> Path:
        made = made_once(tmp_path_factory, "benchmarks/data", make_data)
        if not (folder / str(rows)).exists():  # whatever its size is said to be, it is the same data
            shutil.copytree(made, folder / str(rows))
        return folder / str(rows)

    run_line(name, replace(bench, data=data), turns=1, warming=0)
    assert capsys.readouterr().out.startswith(f"{name}: ")


def test_what_imports_a_module_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    query = Contestant("query", (sys.executable,), tmp_path)
    assert query.installed and not replace(query, module="no_such_module").installed
