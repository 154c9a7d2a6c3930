"""A command reads each file of a project once: what the system was asked to open says so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from prt.cli import COMMANDS
from prt.commands import demo
from prt.console.signature import CommandGroup, load_command, module_of
from tests.conftest import some
from tests.faults import fill_a_little
from tests.project import EACH_LINE, Prt
from tests.test_import import SESSION, ZOOM, Team

EVENTS: list[tuple[str, Path]] = []
WATCHED: list[Path] = []
BEGINNINGS: list[str] = []
"""The folders whose files are noted, and their names; an audit hook cannot be taken away again."""


def note(event: str, args: tuple[object, ...]) -> None:
    if not WATCHED:
        return
    if event == "open" and isinstance(args[0], str) and isinstance(args[2], int):
        reads = args[2] & (os.O_WRONLY | os.O_RDWR) == 0
        note_file("read" if reads else "write", args[0])
    elif event == "os.rename":
        note_file("write", args[1])
    elif event == "os.truncate":
        note_file("write", args[0])


def note_file(what: str, named: object) -> None:
    if not isinstance(named, (str, os.PathLike)) or not os.fspath(named).startswith(tuple(BEGINNINGS)):
        return  # nearly every file that is opened is another one
    path = Path(os.fspath(named))
    if any(path.is_relative_to(folder) for folder in WATCHED) and (what == "write" or path.is_file()):
        EVENTS.append((what, path))


@cache
def ask_system() -> None:
    """From now on each opening of a file is noted. Not before a test needs it: the hook slows all others."""
    sys.addaudithook(note)


@contextmanager
def reading(*folders: Path) -> Iterator[Counter[Path]]:
    """How often each file of these folders was opened to be read, once the block is left."""
    ask_system()
    found: Counter[Path] = Counter()
    WATCHED[:], BEGINNINGS[:], EVENTS[:] = folders, map(str, folders), []
    try:
        yield found
    finally:
        WATCHED.clear()
        found.update(path for what, path in EVENTS if what == "read")


def read_again() -> set[Path]:
    """The files that the last block read a second time although nothing had been written into them since.

    Whoever replaces a file compares it first with what was read, under the lock: that reading stands right
    before the writing, and is none of these.
    """
    found = set[Path]()
    for path in {path for _, path in EVENTS}:
        own = [what for what, other in EVENTS if other == path]
        for before, now, after in zip(own, own[1:], [*own[2:], "end"], strict=False):
            if (before, now) == ("read", "read") and after != "write":
                found.add(path)
    return found


@pytest.fixture
def team(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Team:
    """A team with names, a session with its list, one that is to come, and a report that was submitted."""
    team = Team(tmp_path / "project", monkeypatch, capsys)
    team.once(kept, lambda: prepare(team))
    return team


def prepare(team: Team) -> None:
    team.shorten_plan("1.1", *EACH_LINE, "4.journals")
    team.settle()
    team.session()
    team(f"import {team.file('zoom.csv', ZOOM)} --yes")
    team(INCIDENT)
    team("submit --period 1 --anyway errors,actions,no-data")
    team.session(SESSION.replace("PLC 1", "PLC 2").replace("10-16", "11-20"))
    team("edit " + team.last_id("sessions") + " --title PLC-two --why spelling")
    team("notes --period 2")
    team("templates copy report.md.j2 --block outlook")


INCIDENT = "privacy incident add --known-on 2025-02-13 --happened Feb --data names --circumstances lost"
LATER = "2031-01-15"
"""After the retention date."""
READ_NOTHING = ("init", "demo", "completion", "plan schema", "templates list", "templates copy")
TYPED = {
    "prt": "",
    "log": "log tool --kind tool --audience cda --date 2024-10-17 --title Two",
    "import": "import FILE --yes",
    "sheet": "sheet tool",
    "status": "status --since-submitted",
    "todo": "todo",
    "list": "list sessions",
    "show": "show SESSION",
    "edit": "edit SESSION --title Three --why again",
    "remove": "remove SESSION --why twice",
    "undo": "undo",
    "check": "check",
    "explain": "explain 1.4a.meetings --submitted 1",
    "report": "report --period 2",
    "open": "open",
    "notes": "notes --period 2",
    "submit": "submit --period 1 --why again --anyway errors,actions,no-data",
    "submissions": "submissions",
    "completion": "completion bash",
    "init": "init other",
    "demo": "demo other --rows 2500",
    "plan show": "plan show",
    "plan diff": "plan diff period-1",
    "plan add": "plan add --line 1.1 --label A --label-fr A --count workshops --yes",
    "plan new": "plan new 2025-2026",
    "plan schema": "plan schema",
    "templates list": "templates list",
    "templates copy": "templates copy report.html.j2 --block outlook",
    "merge": "merge --yes",
    "git setup": "git setup",
    "git merge-driver": "git merge-driver BASE OURS THEIRS data/2024-2025/sessions.csv",
    "backup": "backup ELSEWHERE",
    "export package": "export package --team -o ELSEWHERE/made",
    "people add": "people add --role cda --board EMSB --name Kim-Sample",
    "people edit": "people edit p-zoe2 --name Zoe-Test --board EMSB --why moved",
    "people end": "people end p-zoe2 --on 2025-01-31",
    "people list": "people list",
    "people match": "people match --certain",
    "people import": "people import PEOPLE --role cda --yes",
    "people missing": "people missing 4.journals",
    "people show": "people show p-zoe2",
    "people merge": "people merge p-mar2 p-zoe2 --yes",
    "people erase": "people erase p-zoe2 --yes",
    "org add": "org add CHSSN --type other --name-en Network --name-fr Reseau",
    "privacy notice": "privacy notice",
    "privacy purge": "privacy purge --yes",
    "privacy redact": "privacy redact --yes",
    "privacy incident add": INCIDENT,
    "privacy incident edit": "privacy incident edit INCIDENT --people 3",
    "privacy incident list": "privacy incident list",
}

OTHERWISE = {
    "check --fix": "check --fix --yes",
    "list people of a log": "list attendance",
    "log hours": "log hours '1h30 12 feb emsb cda skills' --yes",
    "import rows": "import ROWS --into updates --yes",
    "open sessions of a sheet": "sheet update",
    "bilan": "report --annual --output ELSEWHERE/bilan.html",
    "first page": "report --for brief --output ELSEWHERE/brief.docx",
    "report for an audit": "report --for audit --output ELSEWHERE/audit.xlsx",
    "status as data": "status --format json --all",
}
"""Commands that do something else with other options."""
EVERY = TYPED | OTHERWISE

CHECKED = "the archive is read again for its digest, then for the checksum of each file in it"
KEPT = "every command reads which version the files are of; it is copied as any other"
FROZEN = "under the lock what is frozen is what the disk has; each frozen file is then read for its digest"
ERASED = "under the lock each file is read as it is now, its old digest verified; afterwards the name is looked for"
NOTED = "under the lock it is made sure that nobody has written since, before the note is taken out"
MERGED = "what was shown is computed again under the lock, and written only if it is still the same"
RENDERED = "Jinja reads a template itself, once that what a merge left was looked for in all of them"
STEPS = "a name and a role are two steps of one action, each noted behind the last"
VERIFIED = "frozen files, of any size, are not kept: seen for what can be restored, then for what is wrong"
SEARCHED = "frozen files, of any size, are not kept: searched for the name, then for the id"
RIGHT_TWICE: dict[str, dict[str, str]] = {
    "backup": {"../elsewhere/*": CHECKED, "data/format.json": KEPT},
    "merge": {"data/2024-2025/sessions*.csv": MERGED},
    "undo": {".prt/undo.jsonl": NOTED},
    "check --fix": {"data/*/submitted/*": VERIFIED},
    "people edit": {".prt/undo.jsonl": STEPS},
    "submit": {"data/*": FROZEN, "plan/*.yaml": FROZEN, ".prt/pending/*": FROZEN, "templates/*": RENDERED},
    "people show": {"data/*/submitted/*": SEARCHED},
    "people erase": dict.fromkeys(("data/*", "plan/*.yaml", "templates/*"), ERASED),
}
"""Where a second reading is right: the files by command, each with the reason."""


def leaf_commands() -> set[str]:
    """Every command of the program; those of `log` are one, for they differ in their columns alone."""
    found = {"prt"}
    for name in COMMANDS:
        group = load_command(module_of(name)) if name not in ("import", "list") else None
        many = isinstance(group, CommandGroup) and name != "log"
        found |= set(list_leaves(name, group)) if many and isinstance(group, CommandGroup) else {name}
    return found


def list_leaves(name: str, group: CommandGroup) -> Iterator[str]:
    for own in group.commands:
        found = group.command(own)
        yield from (
            list_leaves(f"{name} {own}", found) if isinstance(found, CommandGroup) else [f"{name} {own}"]
        )


def test_every_command_is_here() -> None:
    assert leaf_commands() == {*TYPED, "start"}, "prt start asks, and opens what it has made: test_start"


def copy_with_a_row(team: Team) -> None:
    """A copy of the sessions beside them, as a drive makes it, in which one more was logged."""
    path = team.path("sessions")
    copy = path.with_name("sessions (1).csv")
    before = path.read_bytes()
    team.session(SESSION.replace("PLC 1", "PLC 3").replace("10-16", "12-11"))
    copy.write_bytes(path.read_bytes())
    path.write_bytes(before)


def as_typed(team: Team, command: str) -> str:
    """The words of a command, once what it needs is there."""
    elsewhere = team.root.parent / "elsewhere"
    elsewhere.mkdir()
    texts = {
        "FILE": team.file("second.csv", ZOOM.replace("10/16/2024", "11/20/2024")),
        "ROWS": team.file("updates.csv", "Date,Description\n2024-10-16,New page\n"),
        "PEOPLE": team.file("people-to-add.csv", "Name,Board\nKim Sample,EMSB\n"),
        "ELSEWHERE": str(elsewhere),
        "INCIDENT": team.secrets("incidents")[0]["id"],
        "SESSION": team.last_id("sessions"),
    }
    for version in ("BASE", "OURS", "THEIRS"):
        texts[version] = team.file(f"{version}.csv", team.path("sessions").read_text(encoding="utf-8"))
    typed = EVERY[command]
    for word, text in texts.items():
        typed = typed.replace(word, text)
    if command == "merge":
        copy_with_a_row(team)
    if command.startswith("git"):
        subprocess.run(["git", "init", "-q", str(team.root)], check=True)
    if command == "log hours":
        team.monkeypatch.setenv("PRT_ME", "p-mar2")
    if command == "demo":
        team.monkeypatch.setattr(demo, "fill_year", fill_a_little)
    if command == "privacy purge":
        team.monkeypatch.setenv("PRT_TODAY", LATER)
    return typed


@pytest.mark.parametrize("command", some(EVERY, 24))
def test_every_command_opens_each_file_once(team: Team, command: str) -> None:
    typed = as_typed(team, command)
    with reading(team.root.parent):
        team(typed)
    reads = any(what == "read" for what, _ in EVENTS)
    assert reads or command in READ_NOTHING
    again = {os.path.relpath(path, team.root).replace(os.sep, "/") for path in read_again()}
    right = RIGHT_TWICE.get(command, {})
    assert {path for path in again if not any(fnmatch(path, pattern) for pattern in right)} == set()
    assert [pattern for pattern in right if not any(fnmatch(path, pattern) for path in again)] == []


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
    assert {path for path, times in opened.items() if times > 1} == set()


def test_what_was_written_is_read_again(prt: Prt) -> None:
    """A command that wrote a row says what moved: from the file as it is now."""
    prt("log tool --kind tool --audience cda --date 2024-10-16 --title One")
    with reading(prt.root) as opened:
        prt("log tool --kind tool --audience cda --date 2024-10-17 --title Two")
    assert opened[prt.path("tools")] > 1
