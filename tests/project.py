"""A project in a temporary folder, and `prt("log workshop --line 1.1 …")` as it is typed."""

from __future__ import annotations

import gc
import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from filelock import FileLock

from prt.cli import main
from prt.files.yaml.words import read_topic

ROOT = Path(__file__).parent.parent
PLAN, ORGANISATIONS = "plan/2024-2025.yaml", "data/organisations.csv"
TODAY = "2025-02-14"
HEADER = "id,role,board,centre,start,end,new_in,note\n"
WORKSHOP = (
    'log workshop --line 1.1 --date 2024-10-16 --title "Back to basics" --format full-day '
    '--category outcome-area --boards "EMSB; English Montréal; littoral" '
    "--participants 24 --respondents 18 --positive 16"
)
"""The example of the issue: two boards, not three."""
EACH_LINE = (
    *("1.1.workshops", "1.2.sessions", "1.3a.workshops", "1.3b.workshops", "1.3c.webinar", "1.3d.webinars"),
    *("1.4a.meetings", "1.4b.meetings", "2a.tools-cda", "2b.updates", "3a.hours", "3b.hours", "4.reports"),
)
"""One indicator of each line of the plan, so that every log may have rows."""
SELECTION = re.compile(r"^(  ([\w-]+): \{(?:log|selection): .*\n)", re.MULTILINE)


def make_project(root: Path) -> Path:
    """The team's plan and organisations, and nobody yet."""
    root.mkdir(parents=True)
    (root / "plan").mkdir()
    (root / "data").mkdir()
    (root / PLAN).write_bytes(read_own(PLAN))
    (root / ORGANISATIONS).write_bytes(read_own(ORGANISATIONS))
    (root / "data" / "people.csv").write_bytes(HEADER.encode())
    return root


@cache
def read_own(name: str) -> bytes:
    """A file of this checkout."""
    return (ROOT / name).read_bytes()


@cache
def short_plan(text: str, names: frozenset[str]) -> str:
    """A plan with some of its indicators, and with the selections that these name."""
    head, _, volets = text.partition("\nvolets:\n")
    kept = ""
    for volet in pieces(volets, 2)[1:]:
        title, *lines = pieces(volet, 6)
        chosen = "".join(chosen_of(line, names) for line in lines)
        kept += title + chosen if chosen else ""
    selections = SELECTION.findall(head)
    while unused := [line for line, name in selections if not is_named(name, head.replace(line, "") + kept)]:
        for line in unused:
            head = head.replace(line, "\n")  # what follows stays on its line
        selections = SELECTION.findall(head)
    return f"{head}\nvolets:\n{kept}"


def shorten_plan_of(root: Path, *names: str) -> None:
    """Of its plan these indicators (1.1.workshops), or all of a line (1.1): a report of few takes less time."""
    path = root / "plan" / "2024-2025.yaml"
    path.write_text(short_plan(path.read_text(encoding="utf-8"), frozenset(names)), encoding="utf-8")


def chosen_of(line: str, names: frozenset[str]) -> str:
    """A line of a plan with those of its indicators that are named; nothing where none is."""
    top, *indicators = pieces(line, 10)
    name = id_of(top)
    own = [one for one in indicators if names & {name, f"{name}.{id_of(one)}"}]
    return top + "".join(own) if own else ""


def pieces(text: str, indent: int) -> list[str]:
    """What stands before the first item of a list that is indented so, and each item."""
    return re.split(rf"(?m)^(?= {{{indent}}}- id: )", text)


def id_of(piece: str) -> str:
    return str(re.findall(r"- id: \"?([\w.-]+)", piece)[0])


def is_named(name: str, text: str) -> bool:
    return re.search(rf"(of|selection|anyone_in|did): {name}[,}}\s]", text) is not None


def surroundings(**more: str) -> dict[str, str]:
    """What a process of its own finds around it: this checkout, and the plans that others of the run have kept."""
    inherited = {name: text for name, text in os.environ.items() if name != "PRT_NO_CACHE"}
    return inherited | {"PYTHONPATH": str(ROOT)} | more


class Prt:
    """Runs a command in this process. `out` and `err` are what the last one printed."""

    def __init__(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.root = make_project(root)
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        self.out = self.err = ""
        for name in ("PRT_PRIVATE", "PRT_LANG", "PRT_ME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.chdir(self.root.parent)
        monkeypatch.setenv("PRT_PROJECT", str(self.root))
        monkeypatch.setenv("PRT_TODAY", TODAY)

    def __call__(self, typed: str, code: int = 0) -> str:
        """What is printed on stdout; the exit code is asserted."""
        found = self.attempt(typed)
        assert found == code, f"exit {found}\n{self.out}{self.err}"
        return self.out

    def attempt(self, typed: str) -> int:
        """The exit code, whatever it is."""
        self.monkeypatch.setattr(sys, "argv", ["prt", *shlex.split(typed)])
        self.capsys.readouterr()
        found = 0
        try:
            main()
        except SystemExit as left:
            found = int(left.code or 0)
        finally:
            gc.enable()
        self.out, self.err = self.capsys.readouterr()
        return found

    def once(self, kept: Path, make: Callable[[], object]) -> None:
        """What `make` does to the project: the first test that needs it leaves a copy at `kept` for the others."""
        with FileLock(f"{kept}.lock"):
            if kept.exists():
                for path in [path for path in self.root.rglob("*") if not path.is_dir()]:
                    path.unlink()
                shutil.copytree(kept, self.root, dirs_exist_ok=True)
            else:
                make()
                shutil.copytree(self.root, kept)

    def shorten_plan(self, *names: str) -> None:
        shorten_plan_of(self.root, *names)

    def me(self, person: str) -> None:
        self.monkeypatch.setenv("PRT_ME", person)

    def path(self, log: str) -> Path:
        return self.root / "data" / "2024-2025" / f"{log}.csv"

    def lines(self, log: str) -> list[str]:
        """The lines of a log, without its header."""
        return self.path(log).read_text(encoding="utf-8-sig").splitlines()[1:]

    def write(self, log: str, text: str | bytes) -> None:
        self.path(log).parent.mkdir(exist_ok=True)
        self.path(log).write_bytes(text.encode() if isinstance(text, str) else text)

    def people(self, *rows: str) -> None:
        text = HEADER + "".join(f"{row}\n" for row in rows)
        (self.root / "data" / "people.csv").write_text(text, encoding="utf-8")

    def indicators(self, text: str) -> None:
        """More indicators, at the head of the plan's first line (1.1)."""
        plan = self.root / "plan" / "2024-2025.yaml"
        start = "        indicators:\n"
        written = plan.read_text(encoding="utf-8")
        plan.write_text(written.replace(start, start + text.lstrip("\n"), 1), encoding="utf-8")

    def words(self, text: str) -> None:
        """Words of the program while the test lasts: `measure.new: [in English, en français]`."""
        for key, forms in yaml.safe_load(text).items():
            for language, word in zip(("en", "fr"), forms, strict=True):
                self.monkeypatch.setitem(read_topic(key.partition(".")[0]), f"{key}.{language}", word)

    def last_id(self, log: str) -> str:
        """The id of the last row, which is the first column of a new file."""
        return self.lines(log)[-1].split(",")[0]
