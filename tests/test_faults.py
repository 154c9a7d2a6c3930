"""A disk that fails at a call of a command: all of it is there, or nothing, and what was said is true.

Here a command meets one fault, in the middle of its calls; in CI each command meets each fault at one
call of so many; `python -m tests.faults` tries all.
"""

from __future__ import annotations

import re
import shutil
from itertools import cycle, product
from pathlib import Path

import pytest

from tests.conftest import FULL
from tests.faults import CALLS, FAULTS, TABLE, TYPED, YEAR, Bench, Trial, contents, make_table, state

SAMPLE = list(zip([*TYPED][:: len(TYPED) // len(FAULTS)], cycle(FAULTS), strict=False))
STEPS = {**dict.fromkeys(TYPED, 40), "log": 1, "edit": 1, "undo": 5, "demo": 200}
"""In CI one call of so many of each command fails."""
WHOLE = 1000
"""No command makes so many calls: the one in the middle fails."""


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


@pytest.mark.parametrize(("command", "kind"), [*product(TYPED, FAULTS)] if FULL else SAMPLE)
def test_all_or_none(command: str, kind: str, bench: Bench, trials: dict[str, Trial]) -> None:
    """Case D5."""
    found = trial(command, bench, trials).points(kind, STEPS[command] if FULL else WHOLE)
    assert not found.wrong, "\n".join(found.wrong)
    assert found.points


def test_every_fault_is_met() -> None:
    assert {kind for _, kind in SAMPLE} == FAULTS.keys()


def test_a_fault_reaches_calls_that_commands_make(bench: Bench, trials: dict[str, Trial]) -> None:
    made = {call for name in ("log", "people erase") for call in trial(name, bench, trials).made}
    assert made == {*CALLS} and {call for calls in FAULTS.values() for call in calls} == made


def test_a_trial_sees_what_is_neither_before_nor_after(bench: Bench, trials: dict[str, Trial]) -> None:
    one = trial("edit", bench, trials)
    root = bench.fresh()
    assert one.name(state(root)) == "before"
    corrections = f"{YEAR}/corrections.csv"
    (root / corrections).write_bytes(one.after[corrections])
    assert one.name(state(root)).startswith("mixed: ")


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


def test_the_table_is_made_of_the_command_that_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    make_table(["--every", "20", "sheet"])
    rows = capsys.readouterr().out.splitlines()
    assert [row.rpartition(" | 1 | ")[0] for row in rows] == [f"| sheet | {kind}" for kind in FAULTS]
