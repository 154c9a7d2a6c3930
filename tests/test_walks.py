"""The four walks of ARCHITECTURE.md: each is walked, and every function that it names is called, in its order."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from tests.project import WORKSHOP, Prt
from tests.test_architecture import PLACE, read_page

ROOT = Path(__file__).parent.parent
TEAM = "p-team,prt-staff,,,2024-08-01,,,"
HOURS = "log accompaniment --hours 1h30 --date 2024-11-10 --staff p-team --role cda --board EMSB --objective skills"
ZOOM = (
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
    "Ada Exemple,ada@school.example,10/16/2024 01:00:00 PM,10/16/2024 04:00:00 PM,180,Yes\n"
)
WALKS = re.split(r"^\*\*\d\. ", read_page("ARCHITECTURE.md"), flags=re.MULTILINE)[1:]


@pytest.fixture
def walked(prt: Prt, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Prt:
    """A project with a workshop, hours, somebody of the team, a Zoom list, and a report that goes elsewhere."""
    prt.shorten_plan("1.1", "3a.hours", "4.reports")
    prt.people(TEAM)
    prt(WORKSHOP)
    names = prt.root / "data" / "private" / "names.csv"
    names.parent.mkdir()
    names.write_text("id,name,email\np-team,Kim Sample,\n", encoding="utf-8")
    (prt.root / "zoom.csv").write_text(ZOOM, encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return prt


def log_a_year_of_hours(prt: Prt) -> None:
    """So many that what they gave is worth keeping, and one that is logged, so that it is kept."""
    prt(HOURS.replace("2024-11-10", "2024-11-08"))
    (line,) = prt.lines("accompaniment")
    with prt.path("accompaniment").open("a", encoding="utf-8", newline="") as file:
        for number in range(10, 100):
            file.write(line.replace(line.partition(",")[0], f"a-20240903-aa{number}") + "\n")
    prt(HOURS.replace("2024-11-10", "2024-11-09"))


def names_in_order(walk: str) -> list[tuple[str, str]]:
    """The functions and methods that a walk names; the classes among them are walked through by these."""
    named = [(file, name) for file, name in PLACE.findall(walk) if name]
    return [(file, name) for file, name in named if name.rpartition(".")[2].islower()]


def calls_of(act: Callable[[], object], named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The calls of these functions, in order."""
    wanted, called = set(named), []

    def watch(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(ROOT)):
            call = code.co_filename[len(str(ROOT)) + 1 :].replace("\\", "/"), code.co_qualname
            if call in wanted:
                called.append(call)

    sys.setprofile(watch)
    try:
        act()
    finally:
        sys.setprofile(None)
    return called


def misspell_target(prt: Prt) -> None:
    plan = next((prt.root / "plan").glob("*.yaml"))
    plan.write_text(plan.read_text(encoding="utf-8").replace("target:", "targget:", 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "command", "code"),
    [
        (0, "report --output {outside}/report.html", 0),
        (1, HOURS, 0),
        (2, "check", 1),
        (3, "import {root}/zoom.csv --new-people --role cda --yes", 0),
    ],
)
def test_a_walk_is_what_happens(
    place: int, command: str, code: int, walked: Prt, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = names_in_order(WALKS[place])
    assert len(named) > 8
    if code:
        misspell_target(walked)
    if command == HOURS:
        monkeypatch.delenv("PRT_NO_CACHE")
        log_a_year_of_hours(walked)
    typed = command.format(root=walked.root, outside=walked.root.parent)
    called = calls_of(lambda: walked(typed, code), named)
    assert [one for one in named if one not in called] == [], "never called"
    later = iter(called)
    assert [one for one in named if one not in later] == [], "called, but not after those before it"
