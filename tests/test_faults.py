"""A disk that fails at a call of a command: all of it is there, or nothing, and what was said is true.

Here a command meets one fault, in the middle of its calls; `pytest tests/every_fault.py`, which is CI's,
tries each command with each fault at every call, or at every 25th; `python -m tests.faults` tries all.
"""

from __future__ import annotations

import re
import shutil
from itertools import cycle
from pathlib import Path

import pytest

from tests.faults import FAULTS, TABLE, TYPED, Bench, FailingDisk, Trial, contents

SAMPLE = list(zip([*TYPED][:: len(TYPED) // len(FAULTS)], cycle(FAULTS), strict=False))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, project_of_faults: Path) -> Bench:
    return Bench(tmp_path_factory.mktemp("faults"), project_of_faults)


@pytest.fixture(scope="module")
def trials(bench: Bench) -> dict[str, Trial]:
    return {}


def trial(command: str, bench: Bench, trials: dict[str, Trial]) -> Trial:
    if command not in trials:
        trials[command] = bench.start(command)
    return trials[command]


@pytest.mark.parametrize(("command", "kind"), SAMPLE)
def test_all_or_none(command: str, kind: str, bench: Bench, trials: dict[str, Trial]) -> None:
    found = trial(command, bench, trials).sample(kind)
    assert not found.wrong, "\n".join(found.wrong)
    assert found.points


def test_every_fault_is_met() -> None:
    assert {kind for _, kind in SAMPLE} == FAULTS.keys()


@pytest.mark.parametrize("kind", FAULTS)
def test_a_fault_reaches_a_call_that_there_is(kind: str) -> None:
    assert all(hasattr(FailingDisk, call) for call in FAULTS[kind])


def test_a_trial_sees_what_is_neither_before_nor_after(bench: Bench, trials: dict[str, Trial]) -> None:
    one = trial("edit", bench, trials)
    root = bench.fresh()
    assert one.name(root) == "before"
    changed = next(root / name for name, data in one.after.items() if name.endswith("corrections.csv"))
    changed.write_bytes(one.after[changed.relative_to(root).as_posix()])
    assert one.name(root).startswith("mixed: ")


@pytest.mark.parametrize("command", ["edit", "init"])
def test_every_point_begins_with_the_same_disk(command: str, bench: Bench) -> None:
    """Whatever the one before has changed: bytes, modes, files that are gone, others, and a folder for a file."""
    root = bench.fresh(command)
    before = contents(root.parent)
    bench.fresh("init" if command == "edit" else "edit")
    shutil.rmtree(bench.fresh("edit") / "plan")
    (root / "data" / "people.csv").write_text("id\n", encoding="utf-8")
    (root / "data" / "organisations.csv").chmod(0o600)
    (root / "new" / "folder").mkdir(parents=True)
    (root / "new" / "folder" / "file").touch()
    (root.parent / "list.csv").unlink()
    (root.parent / "list.csv").mkdir()
    bench.fresh(command)
    assert contents(root.parent) == before and len(before) > 4


def test_the_table_of_the_docs_has_every_command_and_only_zeros() -> None:
    rows = [line.strip("| ").split(" | ") for line in Path(TABLE).read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if re.fullmatch(r"\d+", row[-1])]
    assert [(row[0], row[1]) for row in rows] == [(command, kind) for command in TYPED for kind in FAULTS]
    assert all(int(row[2]) > 0 and row[3:] == ["0"] * 4 for row in rows)
