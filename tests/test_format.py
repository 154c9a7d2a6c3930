"""The version of a project's files: who writes states it, and an older prt reads on and writes nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from prt import __version__
from prt.cli import COMMANDS
from prt.console.signature import CommandGroup, load_command, module_of
from prt.files.store import project_format
from tests.conftest import some
from tests.faults import LATER, TODAY, TYPED, Ended, run, state
from tests.project import ROOT, WORKSHOP, Prt

REPAIRS = ("check --fill-ids", "check --fix")
"""What a command that reads writes where it is asked to."""
OUTPUTS = ("report", "open", "privacy notice", "export package")
"""Those that write a file of its own, outside of what prt keeps."""
AGAIN = ("import --gone",)
"""The same command with something else to do."""
READS = {
    "status": "status",
    "todo": "todo",
    "list": "list sessions",
    "show": "show {row}",
    "check": "check",
    "explain": "explain 1.1.workshops",
    "report": "report --period 1",
    "open": "open",
    "export package": "export package --team -o package.zip",
    "submissions": "submissions",
    "plan show": "plan show",
    "plan diff": "plan diff period-1",
    "templates list": "templates list",
    "people list": "people list",
    "people missing": "people missing requests",
    "people show": "people show p-mar2",
    "privacy notice": "privacy notice",
    "privacy incident list": "privacy incident list",
}
"""Every command that reads one."""
NEW = ("init", "demo")
"""Those that make a project."""
WRITES = {name: typed for name, typed in TYPED.items() if name not in (*REPAIRS, *OUTPUTS, *AGAIN, *NEW)}
"""Every command that writes into a project."""
EXITS = {"check": 1, "people missing": 2}
"""Cells that cannot be read; a plan that asks nobody for anything."""
NEITHER = {*NEW, "start", "completion", "plan schema", "git setup", "git merge-driver"}
"""Those that make a project, need none, or write what is git's own."""


def every_command() -> Iterator[str]:
    for name in COMMANDS:
        found = load_command(module_of(name))
        yield from names(name, found) if name != "log" else [name]


def names(name: str, found: object) -> Iterator[str]:
    if isinstance(found, CommandGroup):
        for one in found.commands:
            yield from names(f"{name} {one}", found.command(one))
    else:
        yield name


def test_each_command_is_one_that_writes_or_one_that_reads() -> None:
    assert sorted(every_command()) == sorted([*WRITES, *READS, *NEITHER])


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory, project_of_faults: Path) -> Path:
    """A project in which a colleague's newer prt has written."""
    root = tmp_path_factory.mktemp("newer") / "project"
    shutil.copytree(project_of_faults.parent, root.parent, dirs_exist_ok=True)
    (root / "data" / "format.json").write_text('{"format": 2, "prt": "0.9.0"}', encoding="utf-8")
    return root


@pytest.fixture
def project(newer: Path, tmp_path: Path) -> Path:
    shutil.copytree(newer.parent, tmp_path / "copied")
    return tmp_path / "copied" / "project"


@pytest.mark.parametrize("name", some([*WRITES, *REPAIRS], 2))
def test_a_command_that_writes_is_refused_and_changes_nothing(name: str, project: Path) -> None:
    typed = {**WRITES, **TYPED}[name](project)
    before = state(project)
    ended = run(project, typed, today=LATER if name == "privacy purge" else TODAY)
    assert ended.code == 1 and state(project) == before, ended.said
    assert "the files of this project have format 2, of prt 0.9.0 or later" in ended.said
    assert f"this is prt {__version__}, which writes format {project_format.FORMAT}" in ended.said
    assert "Update prt the way it was installed" in ended.said


@pytest.mark.parametrize("name", some(READS, 2))
def test_a_command_that_reads_goes_on_with_one_warning(name: str, project: Path) -> None:
    row = (
        (project / "data/2024-2025/sessions.csv")
        .read_text(encoding="utf-8-sig")
        .splitlines()[1]
        .split(",")[0]
    )
    ended = run(project, READS[name].format(row=row))
    assert ended.code == EXITS.get(name, 0), ended.said
    assert ended.said.count("A colleague has written in this project with a newer prt (0.9.0 or later") == 1


def test_what_a_newer_prt_left_is_left_to_it(project: Path) -> None:
    """What is in its journal is not for an older one to complete."""
    (project / ".prt" / "pending.json").write_text("{}", encoding="utf-8")
    ended = run(project, "status")
    assert ended.code == 0 and "A colleague has written" in ended.said
    assert (project / ".prt" / "pending.json").read_text(encoding="utf-8") == "{}"


def test_it_is_said_in_french(prt: Prt) -> None:
    newer_format(prt)
    prt.monkeypatch.setenv("PRT_LANG", "fr")
    prt("status")
    assert "Une personne de l’équipe a écrit dans ce projet avec un prt plus récent (0.9.0" in prt.err
    assert "mettez d’abord prt à jour (data/format.json)" in prt.err


def newer_format(prt: Prt) -> None:
    (prt.root / "data" / "format.json").write_text('{"format": 99, "prt": "0.9.0"}', encoding="utf-8")


def test_a_project_without_one_is_of_version_1_and_gets_it_when_something_is_written(prt: Prt) -> None:
    prt("status")
    assert not (prt.root / "data" / "format.json").exists()
    prt(WORKSHOP + " --dry-run")
    assert not (prt.root / "data" / "format.json").exists()
    prt(WORKSHOP)
    assert json.loads((prt.root / "data" / "format.json").read_bytes()) == {"format": 1, "prt": "0.1.0"}
    prt("undo")
    prt("check")
    assert "format.json" not in prt.out


def test_who_writes_with_a_newer_prt_raises_it(prt: Prt) -> None:
    prt(WORKSHOP)
    prt.monkeypatch.setattr(project_format, "FORMAT", 2)
    prt("status")
    assert json.loads((prt.root / "data" / "format.json").read_bytes())["format"] == 1
    prt(WORKSHOP + " --anyway")
    assert json.loads((prt.root / "data" / "format.json").read_bytes())["format"] == 2


def test_the_teams_own_project_states_it() -> None:
    assert project_format.read_format(ROOT) == project_format.StatedFormat()
    assert (ROOT / "data" / "format.json").read_text(encoding="utf-8") == project_format.format_text()


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "{",
        "[]",
        '{"format": 0, "prt": ""}',
        '{"format": "1", "prt": ""}',
        '{"format": true, "prt": ""}',
        "<<<<<<< ours\n",
    ],
)
def test_where_it_is_damaged_nothing_is_written(prt: Prt, damaged: str) -> None:
    (prt.root / "data" / "format.json").write_text(damaged, encoding="utf-8")
    prt(WORKSHOP, code=1)
    assert "does not say which format the files of this project have" in prt.err
    assert '{"format": 1, "prt": "0.1.0"}' in prt.err
    assert not prt.path("sessions").exists()
    prt("status")
    assert prt.err.count("does not say which format") == 1
    assert "data/format.json: does not say which format" in prt("check", code=1)


@pytest.mark.skipif(os.name == "nt", reason="has no devices in its folders")
@pytest.mark.parametrize("what", ["a device", "a pipe", "a folder", "a large file"])
def test_of_what_is_no_small_file_nothing_is_read(prt: Prt, what: str) -> None:
    path = prt.root / "data" / "format.json"
    if what == "a device":
        path.symlink_to("/dev/zero")
    elif what == "a pipe":
        os.mkfifo(path)
    elif what == "a folder":
        path.mkdir()
    else:
        path.write_text(project_format.format_text() + " " * 5000, encoding="utf-8")
    prt(WORKSHOP, code=1)
    assert "does not say which format the files of this project have" in prt.err
    prt("status")
    assert prt.err.count("does not say which format") == 1


def test_a_copy_of_it_is_named(prt: Prt) -> None:
    prt(WORKSHOP)
    shutil.copy(prt.root / "data" / "format.json", prt.root / "data" / "format-LAPTOP.json")
    assert "data/format-LAPTOP.json" in prt("check")


def test_two_laptops(project: Path) -> None:
    """Said before an answer is typed, and again where it is refused."""
    ended: Ended = run(project, "log tool --kind tool --audience cda --date 2024-10-17 --title Three")
    assert ended.said.index("A colleague has written") < ended.said.index("have format 2")
