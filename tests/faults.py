"""A disk that fails: every command that writes, with a fault at every call, and what is left of the project.

`python -m tests.faults` runs all points and writes docs/faults.md; `python -m tests.faults people add` those of one
command. `tests/test_faults.py` runs some of them, and more in CI. What a kill would leave is noted as the command goes
on, for an exception would run the `finally`s that a kill does not.
"""

from __future__ import annotations

import datetime as dt
import errno
import gc
import io
import math
import os
import random
import re
import shlex
import shutil
import stat
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook

from prt.cli import main
from prt.commands import demo
from prt.console import context
from prt.demo import SMALLEST
from prt.demo.fill import FictionalYear, fill_year
from prt.files.new_project import starter_plan
from prt.files.project import Year
from prt.files.store import disk
from prt.values import replace
from tests.conftest import compile_each_template_once, read_each_plan_once, read_each_table_once

ROOT = Path(__file__).parent.parent
TODAY, TOMORROW, LATER = "2025-02-14", "2025-02-15", "2031-01-31"
ANOTHER = 1
"""The number of a process that is not this one."""
HOMES = ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")
PROJECT, BACKUPS = "project", "backups"
YEAR = "data/2024-2025"
TOOLS = "data/private/sheets/tools-marianne.xlsx"
TABLE = ROOT / "docs" / "faults.md"


# The faults


@dataclass(frozen=True)
class Ended:
    """How a command ended: as a killed process does where there is no code."""

    code: int | None
    said: str


Contents = dict[str, tuple[int, bytes | None]]
Left = tuple[Contents, Ended]
"""What a fault has left on the disk, and how its command ended."""


@dataclass
class FailingDisk(disk.System):
    """The system's calls, of which those numbered `at` fail; only the calls that `kind` can touch are counted.
    `made` has all of them."""

    kind: str = "killed"
    at: Collection[int] = ()
    folder: Path = Path()
    made: Counter[str] = field(default_factory=Counter)
    count: int = 0
    fired: bool = False
    held: Path | None = None
    said: io.StringIO = field(default_factory=io.StringIO)
    left: dict[int, Left] = field(default_factory=dict)
    """By a kill at each call: what is done afterwards is no matter."""

    def reaches(self, call: str) -> bool:
        self.made[call] += 1
        if call not in FAULTS[self.kind]:
            return False
        self.count += 1
        fails = self.count in self.at
        self.fired |= fails
        return fails or (self.kind == "full" and self.fired)

    def fail(self, call: str, path: object = None) -> None:
        if not self.reaches(call):
            return
        if self.kind == "killed":
            self.kill()
            return
        number = {"full": errno.ENOSPC, "I/O error": errno.EIO}.get(self.kind, errno.EACCES)
        raise OSError(number, os.strerror(number), str(path))

    def kill(self) -> None:
        self.left[self.count] = contents(self.folder), Ended(None, self.said.getvalue())

    def open(self, path: Path, flags: int, mode: int = disk.ANYONE) -> int:
        self.fail("create" if flags & os.O_CREAT else "open", path)
        return super().open(path, flags, mode)

    def write(self, handle: int, data: bytes) -> int:
        if self.kind not in ("torn", "full"):
            self.fail("write")
        elif self.reaches("write"):
            written = super().write(handle, data[: len(data) // 2])
            if self.kind == "full":
                return written
            self.kill()
            return written + super().write(handle, data[written:])
        return super().write(handle, data)

    def sync(self, handle: int) -> None:
        self.fail("sync")  # nothing else: the process ends, not the power

    def truncate(self, handle: int, size: int) -> None:
        self.fail("truncate")
        super().truncate(handle, size)

    def replace(self, path: Path, target: Path) -> None:
        if self.held == target:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        if self.kind == "held" and self.count + 1 in self.at:
            self.held = target  # as long as the command runs: Excel has it
        self.fail("replace", target)
        super().replace(path, target)

    def unlink(self, path: Path) -> None:
        self.fail("unlink", path)
        super().unlink(path)

    def mkdir(self, path: Path) -> None:
        self.fail("mkdir", path)
        super().mkdir(path)

    def rmdir(self, path: Path) -> None:
        self.fail("rmdir", path)
        super().rmdir(path)

    def chmod(self, path: Path, mode: int) -> None:
        self.fail("chmod", path)
        super().chmod(path, mode)


CALLS = ("open", "create", "write", "sync", "truncate", "replace", "unlink", "mkdir", "rmdir", "chmod")
FAULTS: dict[str, tuple[str, ...]] = {
    "killed": CALLS,
    "torn": ("write",),
    "full": ("create", "write", "mkdir"),
    "I/O error": CALLS,
    "denied": ("open", "create", "replace", "unlink", "mkdir", "chmod"),
    "held": ("replace",),
}
"""The calls that each fault can touch."""
KILLS = ("killed", "torn")


# A command


def run(root: Path, typed: str, today: str = TODAY, failing: FailingDisk | None = None) -> Ended:
    """The command in this process. Where the disk fails it is another process to those who come afterwards, which
    would not make the files that it names by its number."""
    before, own = dict(os.environ), failing or FailingDisk()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(own.said), redirect_stderr(own.said):
        patch.setattr(disk, "system", own)
        if failing:
            patch.setattr(os, "getpid", lambda: ANOTHER)
        try:
            code = run_alike(root, typed, today, patch)
        finally:
            os.environ.clear()
            os.environ |= before
            gc.enable()
    return Ended(code, own.said.getvalue())


def run_alike(root: Path, typed: str, today: str, patch: pytest.MonkeyPatch) -> int:
    """Its exit code; it has the same ids and times whenever it is run, opens no page, and keeps no compiled
    template, which is none of the project's files and is written by the first command alone."""
    os.environ.pop("PRT_PRIVATE", None)
    os.environ |= {"PRT_PROJECT": str(root), "PRT_TODAY": today, "PRT_ME": "p-mar2", "COLUMNS": "200"}
    os.environ["BROWSER"] = "true"  # a command that does nothing
    os.environ["PRT_NO_CACHE"] = "1"  # nothing of an earlier run
    os.environ |= dict.fromkeys(
        HOMES, str(root.parent / "home")
    )  # that of whoever runs this is not erased from
    drawn = partial(random.Random, typed)
    patch.setattr(random, "SystemRandom", drawn)
    patch.setattr(random, "Random", drawn)
    patch.setattr(context, "now", lambda: dt.datetime.combine(context.today(), dt.time(12), dt.UTC))
    patch.setattr(demo, "fill_year", fill_a_little)
    patch.setattr(sys, "argv", ["prt", *shlex.split(typed)])
    patch.setattr(sys, "dont_write_bytecode", True)
    try:
        main()
    except SystemExit as left:
        return int(left.code or 0)
    except BaseException as error:
        print("TRACEBACK", type(error), error, file=sys.stderr)
        return 1
    return 0


def fill_a_little(year: Year, fictional: FictionalYear, draw: random.Random) -> None:
    """A year in which two sessions are imported: all others call the disk as they do."""
    fill_year(year, replace(fictional, gatherings=fictional.gatherings[:2]), draw)


# The project, and the commands


ZOOM = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Marianne Testut,m.testut@learn.example,11/20/2024 08:50:00 AM,11/20/2024 12:00:00 PM,190,No
"Tremblay-Sample, Zoé",zoe.ts@etsb.example,11/20/2024 09:00:00 AM,11/20/2024 09:40:00 AM,40,Yes
EMSB - Robin Sample,robin.sample@emsb.example,11/20/2024 09:00:00 AM,11/20/2024 11:00:00 AM,120,Yes
"""
SURVEYS = """id,date,campaign,role,invited,completed,note\r
s-1,13/11/2024,year-end,cda,40,,À la main\r
,16-oct,mid-year,cda,40,30,
""".encode()
FIRST = 'log workshop --line 1.1 --date 2024-10-16 --title "Back to basics" --format full-day '
FIRST += "--boards EMSB --participants 24 --respondents 18 --positive 16"
MEETING = (
    'log workshop --line 1.1 --date {day} --title "{title}" --format half-day --mode hybrid --status planned'
)
HOURS = "log accompaniment --date 2024-11-20 --hours 1 --staff p-mar2 --person p-zoe2 --objective other"


INCIDENT = (
    "privacy incident add --known-on 2025-02-02 --happened 2025-02-01 --data names --circumstances lost"
)


def prepare(root: Path) -> None:
    """A team with names, sessions, a list that was imported, a submission, and something for each command to do."""
    (root / "plan").mkdir(parents=True)
    (root / "data" / "private").mkdir(parents=True)
    kept = starter_plan(2024).replace(
        "minimum_minutes: 30", "minimum_minutes: 30, keep_names_until: 2025-12-31"
    )
    (root / "plan" / "2024-2025.yaml").write_text(kept, encoding="utf-8")
    shutil.copy(ROOT / "data" / "organisations.csv", root / "data")
    people = "id,role,board,centre,start,end,new_in,note\np-mar2,cda,EMSB,,,,,\np-zoe2,cda,ETSB,,,,,at home\n"
    (root / "data" / "people.csv").write_text(people, encoding="utf-8")
    names = "id,name,email,other_names\np-mar2,Marianne Testut,m.testut@learn.example,\n"
    names += "p-zoe2,Zoé Tremblay-Sample,zoe.ts@etsb.example,\n"
    (root / "data" / "private" / "names.csv").write_text(names, encoding="utf-8")
    must(root, FIRST)
    must(root, HOURS)
    must(root, "submit --period 1 --on 2024-12-10 --anyway errors,actions,no-data")
    must(root, MEETING.format(day="2024-11-20", title="PLC 1"))
    must(root, "log tool --kind tool --audience cda --date 2024-10-16 --title One")
    tool = last_id(root, "tools")
    must(root, f'edit {tool} --title Two --why "Zoé Tremblay-Sample typed it" --anyway')
    (root / YEAR / "surveys.csv").write_bytes(SURVEYS)
    (root.parent / BACKUPS).mkdir()
    (root.parent / "zoom.csv").write_text(ZOOM, encoding="utf-8")
    (root.parent / "next.csv").write_text(ZOOM.replace("11/20/", "12/18/"), encoding="utf-8")
    (root.parent / "list.csv").write_text("Name,Board\nKim Sample,EMSB\nLou Sample,RSB\n", encoding="utf-8")
    must(root, MEETING.format(day="2024-12-18", title="PLC 2"))
    (root / "reports").mkdir()
    must(root, INCIDENT)
    without_id(root / YEAR / "accompaniment.csv")
    must(root, "sheet tool")
    fill_workbook(root / TOOLS)
    copy_folder(root / YEAR)
    must(root, f"import {root.parent / 'zoom.csv'} --yes")


def copy_folder(year: Path) -> None:
    """What a program for shared folders leaves of another laptop, where a tool was edited, one added, one removed."""
    folder = year.with_name(f"{year.name} (1)")
    folder.mkdir()
    head, *rows = (year / "tools.csv").read_text(encoding="utf-8-sig").splitlines()
    known, added = (
        rows[0].replace("Two", "Four"),
        rows[0].replace(rows[0].partition(",")[0], "t-20241016-zzzz"),
    )
    (folder / "tools.csv").write_text("\n".join([head, known, added, ""]), encoding="utf-8")
    row = rows[0].partition(",")[0]
    note = f"c-20250214-zzzz,2025-02-14T13:00:00,,edited,{YEAR}/tools.csv,{row},title,Two,Four,better\n"
    text = (year / "corrections.csv").read_text(encoding="utf-8-sig")
    (folder / "corrections.csv").write_text(text + note, encoding="utf-8")


def fill_workbook(path: Path) -> None:
    """In the workbook of tools a title is another and a tool is new, the known one copied."""
    book = load_workbook(path)
    page = book.worksheets[0]
    known = [cell.value for cell in page[3]]
    for at, value in enumerate(known[1:], 2):
        page.cell(4, at, "Five" if value == "Two" else value)
    page.cell(3, known.index("Two") + 1, "Six")
    book.save(path)


def without_id(path: Path) -> None:
    """One row more, a copy of the last without its id."""
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    rows.append("," + rows[-1].partition(",")[2].replace("p-zoe2", "p-mar2"))
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def must(root: Path, typed: str) -> None:
    ended = run(root, typed)
    if ended.code:
        raise SystemExit(f"prt {typed}: {ended.code}\n{ended.said}")


def last_id(root: Path, log: str) -> str:
    return (root / YEAR / f"{log}.csv").read_text(encoding="utf-8").splitlines()[-1].partition(",")[0]


def first_id(root: Path) -> str:
    return (root / YEAR / "sessions.csv").read_text(encoding="utf-8").splitlines()[1].partition(",")[0]


def first_incident(root: Path) -> str:
    register = root / "data" / "private" / "incidents.csv"
    return register.read_text(encoding="utf-8-sig").splitlines()[1].partition(",")[0]


SHORT = ("log", "edit", "remove", "undo")
"""Commands of which the table has every call, whatever `--every` says."""
TYPED: dict[str, Callable[[Path], str]] = {
    "log": lambda root: "log tool --kind tool --audience cda --date 2024-10-17 --title Three",
    "edit": lambda root: f"edit {first_id(root)} --positive 17 --why mistyped",
    "remove": lambda root: f"remove {first_id(root)} --why mistyped",
    "undo": lambda root: "undo --yes",
    "people add": lambda root: 'people add --role cda --board RSB --name "Kim Sample"',
    "people import": lambda root: f"people import {root.parent / 'list.csv'} --role cda --yes",
    "people edit": lambda root: (
        'people edit p-zoe2 --name "Zoé Tremblay" --email zoe@etsb.example --board EMSB --why moved'
    ),
    "people end": lambda root: "people end p-zoe2 --on 2025-01-31",
    "people match": lambda root: f"people match {last_id(root, 'attendance')} --new --role cda --board EMSB",
    "people merge": lambda root: "people merge p-mar2 p-zoe2 --yes",
    "people erase": lambda root: "people erase p-zoe2 --yes",
    "org add": lambda root: "org add NEW --type other --name-en Network --name-fr Reseau",
    "check --fill-ids": lambda root: "check --fill-ids",
    "check --fix": lambda root: "check --fix --yes",
    "import": lambda root: f"import {root.parent / 'next.csv'} --yes --new-people --role cda",
    "import --gone": lambda root: f"import {root / TOOLS} --yes --gone",
    "sheet": lambda root: "sheet survey",
    "submit": lambda root: (
        "submit --period 1 --on 2025-02-10 --why late --anyway errors,actions,no-data,personal"
    ),
    "merge": lambda root: f'merge "{root / YEAR} (1)" --yes',
    "plan add": lambda root: "plan add --line 1.1 --label A --label-fr A --count workshops --yes",
    "plan new": lambda root: "plan new 2025-2026",
    "notes": lambda root: "notes --period 1 --lang en",
    "templates copy": lambda root: "templates copy report.md.j2",
    "report": lambda root: f"report --period 1 --lang en --output {root / 'reports' / 'draft.html'}",
    "open": lambda root: "open",
    "export package": lambda root: f"export package --team --output {root / 'reports' / 'package'}",
    "privacy notice": lambda root: f"privacy notice --output {root.parent / 'notice.md'}",
    "privacy incident add": lambda root: INCIDENT,
    "privacy incident edit": lambda root: f"privacy incident edit {first_incident(root)} --measures Locked",
    "privacy purge": lambda root: "privacy purge --yes",
    "privacy redact": lambda root: "privacy redact --yes",
    "backup": lambda root: f"backup {root.parent / BACKUPS} --with-names",
    "init": lambda root: f"init {root} --year 2024-2025",
    "demo": lambda root: f"demo {root} --rows {SMALLEST}",
}
NEW = ("init", "demo")
"""Commands that begin in an empty folder. Until one is done no other has a project there."""
FEW = {"demo": 60}
"""Commands that call the disk hundreds of times: one call of so many is tried."""
EXITS = {"check --fill-ids": (0, 1), "check --fix": (0, 1)}
AFTERWARDS = 'log update --date 2025-02-13 --description "Something else"'


# What is left


State = Mapping[str, bytes]
REPORTS = re.compile("/submitted/period-1-r2/|^reports/|^this-week")
"""What tells of the row that the command afterwards logs."""
UNDO = ".prt/undo.jsonl"
OWN = (".prt/lock", ".prt/publications", ".prt/cache", "updates.csv")


def state(root: Path) -> State:
    return state_of(contents(root.parent))


def state_of(found: Contents) -> State:
    """Every file but locks, what the command afterwards writes, and what no command may leave."""
    files = {
        called(name): data for name, (_, data) in found.items() if data is not None and is_looked_at(name)
    }
    return {name: data for name, data in files.items() if not name.endswith(OWN) and not is_left_over(name)}


def is_looked_at(name: str) -> bool:
    """What lies in the project, or beside it and is no list to be imported."""
    return name.startswith(f"{PROJECT}/") or not ("/" in name or name.endswith(".csv"))


def called(name: str) -> str:
    """As a file is called from the project."""
    return name.removeprefix(f"{PROJECT}/") if name.startswith(f"{PROJECT}/") else f"../{name}"


def contents(folder: Path) -> Contents:
    """Every file and folder below, with its mode, and the bytes of a file."""
    found, root = Contents(), str(folder)
    for at, folders, files in os.walk(root):
        inside = at[len(root) + 1 :].replace(os.sep, "/")
        for name in (*folders, *files):
            path = os.path.join(at, name)  # noqa: PTH118 — a thousand times, of hundreds of files
            held = None if name in folders else Path(path).read_bytes()
            found[f"{inside}/{name}" if inside else name] = os.stat(path).st_mode, held  # noqa: PTH116
    return found


def lay(folder: Path, wanted: Contents) -> None:
    """The folder holds this: what differs is put right."""
    found = contents(folder)
    for name in sorted((name for name in found if found[name] != wanted.get(name)), reverse=True):
        if found[name][1] is not None:
            (folder / name).unlink()
        elif name not in wanted or wanted[name][1] is not None:
            (folder / name).rmdir()
    for name in sorted(name for name in wanted if found.get(name) != wanted[name]):
        path, (mode, held) = folder / name, wanted[name]
        if held is None:
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(held)
        path.chmod(stat.S_IMODE(mode))


def is_left_over(name: str) -> bool:
    """A file that only a command that is still running may have."""
    inside = name.split("/")
    return name.endswith(".tmp") or any(
        part in (".import", "pending", "tmp", "pending.json", "import.json", "building", "built")
        for part in inside
    )


def left_over(found: Contents) -> list[str]:
    names = {called(name): data for name, (_, data) in found.items() if is_looked_at(name)}
    return [
        name
        for name, data in names.items()
        if "/submitted/." in name or (data is not None and is_left_over(name))
    ]


@dataclass
class Wrong:
    """What was found, as sentences; empty where all is as it must be."""

    mixed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        return [*self.mixed, *self.lost, *self.false, *self.left]


@dataclass
class Look(Wrong):
    """Of one disk: whether all is as before or as after, and of a backup whether its archive is there."""

    found: str = ""
    archived: bool = False


@dataclass
class Tally(Wrong):
    """Of the points of one fault."""

    points: int = 0

    def add(self, look: Look, where: str) -> None:
        self.points += 1
        for one, more in zip(
            (self.mixed, self.lost, self.false, self.left),
            (look.mixed, look.lost, look.false, look.left),
            strict=True,
        ):
            one += [f"{where}: {sentence}" for sentence in more]


class Bench:
    """A project that every point begins with, and what a command makes of it."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.root = folder / "tried" / PROJECT
        self.root.parent.mkdir()
        begun = {
            name: one
            for name, one in contents(kept.parent).items()
            if name.startswith((PROJECT + "/", BACKUPS)) or name == PROJECT or name.endswith(".csv")
        }
        empty = {name: one for name, one in begun.items() if not name.startswith(f"{PROJECT}/")}
        self.begun = {True: empty, False: begun}

    def fresh(self, command: str = "") -> Path:
        """The project as it was: what the last point has changed is put back."""
        lay(self.root.parent, self.begun[command in NEW])
        return self.root

    def start(self, command: str) -> Trial:
        root = self.fresh(command)
        typed = TYPED[command](root)
        today = LATER if command == "privacy purge" else TODAY
        before, unharmed = state(root), FailingDisk()
        ended = run(root, typed, today, unharmed)
        if ended.code not in EXITS.get(command, (0,)):
            raise SystemExit(f"prt {typed}: {ended.code}\n{ended.said}")
        return Trial(self, command, typed, today, unharmed.made, before, state(root))


@dataclass
class Trial:
    """One command, the calls that it makes of the disk, its project before and after."""

    bench: Bench
    command: str
    typed: str
    today: str
    made: Counter[str]
    before: State
    after: State
    looked: dict[frozenset[object], Look] = field(default_factory=dict)
    """What was found on each disk that a fault has left."""

    def points(self, kind: str, step: int = 1) -> Tally:
        """One of so many calls that the fault can touch: that in the middle of each stretch."""
        tally, calls = Tally(), self.calls(kind)
        number = math.ceil(calls / max(step, FEW.get(self.command, 1)))
        points = [(2 * at + 1) * calls // (2 * number) + 1 for at in range(number)]
        for together in [points] if kind in KILLS else [[at] for at in points]:
            left = self.left(kind, together)
            for at in together:
                where = f"{self.command}, {kind} at {at}"
                if at in left:
                    self.point(*left[at], where, tally)
                else:
                    tally.false.append(f"{where}: the fault did not come up")
        return tally

    def calls(self, kind: str) -> int:
        return sum(self.made[call] for call in FAULTS[kind])

    def left(self, kind: str, points: Collection[int]) -> dict[int, Left]:
        """What the fault leaves at each of these calls, all of which are made in one run."""
        root = self.bench.fresh(self.command)
        failing = FailingDisk(kind, points, root.parent)
        ended = run(root, self.typed, self.today, failing)
        if kind not in KILLS and failing.fired:
            failing.left = dict.fromkeys(points, (contents(root.parent), ended))
        return failing.left

    def point(self, left: Contents, ended: Ended, where: str, tally: Tally) -> None:
        key = frozenset(left.items())
        if key not in self.looked:
            self.looked[key] = self.look(left)
        look = self.looked[key]
        tally.add(look, where)
        if "TRACEBACK" in ended.said:
            tally.false.append(f"{where}: {ended.said[-400:]}")
        self.judge(look.found, ended, where, tally)
        if self.command == "backup" and ended.code == 0 and not look.archived:
            tally.lost.append(f"{where}: exit 0, and there is no archive")

    def look(self, left: Contents) -> Look:
        """What is found by those who come afterwards: where the disk holds the same, they find the same."""
        look, root = Look(), self.bench.root
        lay(root.parent, left)
        checked = run(root, "check")
        pending = f"{PROJECT}/.prt/pending.json" in left
        if pending and f"prt {self.command.partition(' --')[0]}" not in checked.said:
            look.false.append(f"what was cut off is not named: {checked.said[:200]}")
        look.found = found = self.name(state(root))
        written = run(root, AFTERWARDS)
        refused = written.code and not (self.command in NEW and found == "before")
        if "TRACEBACK" in checked.said + written.said or refused:
            look.false.append(f"{written.code} {(checked.said + written.said)[-400:]}")
        now = contents(root.parent)
        if (then := self.name(state_of(now))) != found:
            look.found = f"{found}, then {then}"
        look.left += [f"{name} is left" for name in left_over(now)]
        if look.found == "before":
            self.again(root, look)
        if self.command == "backup":
            self.judge_archives(root, look)
        return look

    def judge(self, found: str, ended: Ended, where: str, tally: Tally) -> None:
        done = ended.code in EXITS.get(self.command, (0,))
        if found not in ("before", "after"):
            tally.mixed.append(f"{where}: {found}")
        if done and found != "after" and self.acknowledges(ended):
            tally.lost.append(f"{where}: exit {ended.code}, {found}")
        if "Nothing was" in ended.said and found != "before":
            tally.false.append(f"{where}: said that nothing was written, {found}")
        if "It is safe" in ended.said and found != "after":
            tally.false.append(f"{where}: said that it is safe, {found}")

    def judge_archives(self, root: Path, look: Look) -> None:
        """None is half there, the register knows of each, and the next backup leaves nothing behind."""
        run(root, self.typed, today=TOMORROW)
        found = sorted((root.parent / BACKUPS).iterdir())
        archives = [path for path in found if path.suffix == ".zip"]
        register = (root / "data" / "private" / "backups.csv").read_text(encoding="utf-8-sig")
        look.left += [f"{path.name} is left" for path in found if path not in archives]
        look.mixed += [f"{path.name} is not whole" for path in archives if not is_whole(path)]
        look.mixed += [f"{path.name} is not registered" for path in archives if path.name not in register]
        if not any(path.name.startswith(f"project-backup-{TOMORROW}") for path in archives):
            look.lost.append("no backup is made any more")
        look.archived = any(TODAY in path.name for path in archives)

    def acknowledges(self, ended: Ended) -> bool:
        return self.command not in EXITS or "Nothing was" not in ended.said

    def name(self, found: State) -> str:
        """before, after, or which files are neither."""
        for skipped in ("", UNDO) if self.command == "log" else ("",):  # log notes first: a note too many
            now = without(found, skipped)
            for name, wanted in (("before", self.before), ("after", self.after)):
                if now == without(wanted, skipped):
                    return name
                if without(now, UNDO) == without(wanted, UNDO) and self.only_more(now, wanted):
                    return name
        return "mixed: " + ", ".join(
            f"{file} {'as before' if found.get(file) == self.before.get(file) else 'as after' if found.get(file) == self.after.get(file) else 'neither'}"
            for file in sorted(found.keys() | self.before.keys() | self.after.keys())
            if self.before.get(file) != self.after.get(file) or found.get(file) != self.before.get(file)
        )

    def only_more(self, now: State, wanted: State) -> bool:
        """The command that came afterwards noted its own step, or that it can note none."""
        found, old = now.get(UNDO, b""), wanted.get(UNDO, b"")
        return (
            found.startswith(old)
            and found[len(old) :].count(b"\n") == 1
            and b'"updates"' in found[len(old) :]
        )

    def again(self, root: Path, look: Look) -> None:
        """The same command once more does all of it, once."""
        if self.command == "undo":
            return  # it takes back what was written afterwards
        ended = run(root, self.typed, today=self.today)
        if self.outside(state(root)) != self.outside(self.after):
            look.mixed.append(f"done again it is not as after: {ended.said[-300:]}")

    @staticmethod
    def outside(found: State) -> State:
        """Without what knows of the command that came between: the note for undo, a report that has its row."""
        return without({name: b"" if REPORTS.search(name) else data for name, data in found.items()}, UNDO)


def without(found: State, name: str) -> State:
    return {file: data for file, data in found.items() if file != name}


def is_whole(archive: Path) -> bool:
    try:
        with zipfile.ZipFile(archive) as found:
            return found.testzip() is None and "data/private/names.csv" in found.namelist()
    except zipfile.BadZipFile:
        return False


def tallies(bench: Bench, command: str, step: int = 1) -> Iterator[tuple[str, Tally]]:
    trial = bench.start(command)
    for kind in FAULTS:
        yield kind, trial.points(kind, step)


HEAD = """# Commands on a disk that fails

Made by `python -m tests.faults`, which runs a command again and again, and each time lets another call that it
makes of the disk fail. Then come `prt check`, another command, and the same command again.

The faults: *killed* before the call; *torn*: half of the bytes are written, then it is killed; *full* from this call
on; an *I/O error*, once; *denied*, once; *held*: a program such as Excel has the file open, which cannot be replaced.

*Points* are the calls that failed; *mixed*: files that are neither all as before nor all as after; *lost*: a command said that
it was done, and was not; *false*: it said that nothing was written, or that all is safe, and that was not so, or what
was cut off was not named by the next command; *left*: files that no command may leave.

{tried}

| command | fault | points | mixed | lost | false | left |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
"""


def row_of(command: str, kind: str, tally: Tally) -> str:
    numbers = (tally.points, len(tally.mixed), len(tally.lost), len(tally.false), len(tally.left))
    return f"| {command} | {kind} | {' | '.join(map(str, numbers))} |"


def make_table(words: list[str]) -> None:
    """Of all commands, or the one that is named; `--every 5` tries every fifth call of those that make many."""
    every = int(words[1]) if words[:1] == ["--every"] else 1
    named = words[2:] if words[:1] == ["--every"] else words
    rows: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "made", "project")
        prepare(kept)
        bench = Bench(Path(folder), kept)
        for command in [" ".join(named)] if named else TYPED:
            for kind, tally in tallies(bench, command, 1 if command in SHORT else every):
                rows.append(row_of(command, kind, tally))
                print(rows[-1], *tally.wrong[:3], sep="\n  ", flush=True)
    if not named:
        TABLE.write_text(table(rows, every), encoding="utf-8")


def table(rows: list[str], every: int) -> str:
    short, few = ", ".join(SHORT), f"every {every}th call of the others"
    tried = "Every call was tried" if every == 1 else f"Tried were every call of {short}, and {few}"
    tried += "".join(f"; of {name}, which makes hundreds, every {step}th." for name, step in FEW.items())
    return HEAD.format(tried=tried) + "\n".join(rows) + "\n"


def begin(words: list[str]) -> None:
    read_each_plan_once()
    read_each_table_once()
    compile_each_template_once()
    sys.stdin = io.StringIO()  # nobody is asked
    make_table(words)


if __name__ == "__main__":
    begin(sys.argv[1:])
