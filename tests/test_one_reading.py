"""A command reads each file of a project once: what the system was asked to open says so."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.project import Prt
from tests.test_import import SESSION, ZOOM, Team

OPENED: list[Path] = []
WATCHED: list[Path] = []
"""The folders whose files are noted; an audit hook cannot be taken away again."""


def note(event: str, args: tuple[object, ...]) -> None:
    if WATCHED and event == "open" and isinstance(args[0], str) and isinstance(args[2], int):
        path = Path(args[0])
        reads = args[2] & (os.O_WRONLY | os.O_RDWR) == 0
        if reads and any(path.is_relative_to(folder) for folder in WATCHED) and path.is_file():
            OPENED.append(path)


sys.addaudithook(note)


@contextmanager
def reading(*folders: Path) -> Iterator[Counter[Path]]:
    """How often each file of these folders was opened to be read, once the block is left."""
    found: Counter[Path] = Counter()
    WATCHED[:], OPENED[:] = folders, []
    try:
        yield found
    finally:
        WATCHED.clear()
        found.update(OPENED)


@pytest.fixture
def team(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Team:
    """A team with names, a session with its list, one that is to come, and a report that was submitted."""
    team = Team(tmp_path / "project", monkeypatch, capsys)
    team.once(kept, lambda: prepare(team))
    return team


def prepare(team: Team) -> None:
    team.settle()
    team.session()
    team(f"import {team.file('zoom.csv', ZOOM)} --yes")
    team("submit --period 1 --anyway errors,actions,no-data")
    team.session(SESSION.replace("PLC 1", "PLC 2").replace("10-16", "11-20"))
    team("edit " + team.last_id("sessions") + " --title PLC-two --why spelling")


@pytest.mark.parametrize(
    "command", ["status", "check --strict", "todo", "explain 1.4a.meetings", "list sessions", "people list"]
)
def test_a_command_reads_each_file_once(team: Team, command: str) -> None:
    with reading(team.root) as opened:
        team(command, code=1 if "strict" in command else 0)
    read = {path.relative_to(team.root).as_posix() for path in opened}
    assert {"plan/2024-2025.yaml", "data/2024-2025/sessions.csv", "data/people.csv"} <= read
    assert {path for path, times in opened.items() if times > 1} == set()


def test_a_list_is_imported_with_one_reading_of_each_file(team: Team) -> None:
    export = team.file("second.csv", ZOOM.replace("10/16/2024", "11/20/2024"))
    with reading(team.root, team.root.parent / "second.csv") as opened:
        team(f"import {export} --dry-run")
    read = {path.name for path in opened}
    assert {"second.csv", "names.csv", "people.csv", "sessions.csv", "imports.csv", "unmatched.csv"} <= read
    originals = Counter({path: times for path, times in opened.items() if ".import" not in path.parts})
    assert {path for path, times in originals.items() if times > 1} == set()  # an import works on copies


def test_what_was_written_is_read_again(prt: Prt) -> None:
    """A command that wrote a row says what moved: from the file as it is now."""
    prt("log tool --kind tool --audience cda --date 2024-10-16 --title One")
    with reading(prt.root) as opened:
        prt("log tool --kind tool --audience cda --date 2024-10-17 --title Two")
    assert opened[prt.path("tools")] > 1
