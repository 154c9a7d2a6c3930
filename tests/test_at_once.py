"""Many processes at once: logs, imports, an edit, a removal, a submission, an erasure. Nothing is lost or doubled, and
each tells what it moved itself."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from prt.files.project import Project, Year
from prt.files.submissions.submission import list_submissions
from tests.conftest import only_in_ci
from tests.faults import YEAR, contents, first_id, left_over, must, prepare
from tests.processes import run_at_once

pytestmark = only_in_ci
NUMBER = 32
SHEETS = NUMBER // 8
WORK = """
import importlib, pkgutil, sys
import prt
from prt.cli import main
for module in pkgutil.walk_packages(prt.__path__, "prt."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

def work(arguments):
    said, *words = arguments
    sys.stdout = sys.stderr = open(said, "w", encoding="utf-8", buffering=1)
    sys.argv = ["prt", *words]
    main()
"""
HOURS = "log accompaniment --hours 1 --staff p-mar2 --person p-mar2 --objective other"


def commands(root: Path) -> list[str]:
    """What the processes do. The removed session and the edited one are others than those of the imports."""
    imports = [f"import {root.parent / 'next.csv'} --yes --new-people --role cda"]
    imports += [f"import {sheet(root, number)} --into accompaniment --yes" for number in range(SHEETS)]
    once = [
        f"edit {first_id(root)} --positive 17 --why mistyped",
        f"remove {session_called(root, 'Gone')} --why mistyped",
        "submit --period 1 --on 2025-02-10 --why late --anyway errors,actions,no-data,personal",
        "people erase p-zoe2 --yes",
        "people add --role cda --board RSB --name 'Kim Sample'",
        "people add --role cda --board RSB --name 'Kim Sample'",
    ]
    logs = NUMBER - len(imports) - len(once)
    news = [f"log update --date 2025-01-10 --description 'News {number}'" for number in range(logs // 2)]
    hours = [
        f"{HOURS} --date 2024-11-{number % 10 + 11} --note 'Visit {number}'"  # a day has 24 hours
        for number in range(logs - logs // 2)
    ]
    return [*news, *once, *hours, *imports]


def sheet(root: Path, number: int) -> Path:
    """An export of hours, three rows of days of its own: of the same days it may be a later version."""
    path = root.parent / f"hours-{number}.csv"
    rows = [
        f"2024-10-{3 * number + day:02},0.5,p-mar2,p-mar2,other,Sheet {number} day {day}" for day in (1, 2, 3)
    ]
    path.write_text("\n".join(["date,hours,staff,person,objective,note", *rows]) + "\n", encoding="utf-8")
    return path


def session_called(root: Path, title: str) -> str:
    lines = (root / YEAR / "sessions.csv").read_text(encoding="utf-8-sig").splitlines()
    return next(line for line in lines if f",{title}," in line).partition(",")[0]


@dataclass(frozen=True)
class Done:
    """A command, its exit code, and what it said."""

    typed: str
    code: int
    said: str

    def moved(self) -> dict[str, tuple[float, float]]:
        """`  2.1.hours  6.5 → 7.5 of 100`, by figure."""
        lines = re.findall(r"^  (\d\S+) +(\d[\d.]*)\S* → (\d[\d.]*)", self.said, re.MULTILINE)
        return {figure: (float(before), float(after)) for figure, before, after in lines}


@dataclass(frozen=True)
class Story:
    """The project, and all that was done in it at once."""

    root: Path
    done: list[Done]

    @property
    def year(self) -> Year:
        project = Project(self.root, self.root / "data" / "private")
        return project.load(self.root / "plan" / "2024-2025.yaml")

    def of(self, beginning: str) -> list[Done]:
        return [one for one in self.done if one.typed.startswith(beginning)]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    if not hasattr(os, "fork"):
        pytest.skip("to start so many Pythons takes minutes")
    folder = tmp_path_factory.mktemp("at-once")
    root = folder / "kept" / "project"
    prepare(root)
    must(root, "log workshop --line 1.1 --date 2024-10-30 --title Gone --format half-day --boards EMSB")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("PRT_PROJECT", str(root)), ("PRT_TODAY", "2025-02-14"), ("PRT_ME", "p-mar2")):
            patch.setenv(name, value)
        typed = commands(root)
        files = [folder / f"said-{number}" for number in range(len(typed))]
        codes = run_at_once(
            WORK, [[str(file), *shlex.split(one)] for file, one in zip(files, typed, strict=True)]
        )
    said = (file.read_text(encoding="utf-8") for file in files)
    done = [Done(*one) for one in zip(typed, codes, said, strict=True)]
    print(*(one for one in done if one.code), sep="\n")  # shown where a test fails
    yield Story(root, done)


def test_every_command_was_done(story: Story) -> None:
    assert len(story.done) == NUMBER
    assert sorted(one.code for one in story.of("people add")) == [0, 2]  # one person, whoever came first
    assert [one for one in story.done if one.code and one not in story.of("people add")] == []


def test_nothing_is_lost_and_nothing_there_twice(story: Story) -> None:
    logs = story.year.data.logs
    news = [one.typed.split("'")[1] for one in story.of("log update")]
    visits = [one.typed.split("'")[1] for one in story.of(HOURS)]
    sheets = [f"Sheet {number} day {day}" for number in range(SHEETS) for day in (1, 2, 3)]
    assert sorted(row["description"] for row in logs["updates"]) == sorted(news)
    assert sorted(row["note"] for row in logs["accompaniment"] if row["note"]) == sorted([*visits, *sheets])
    assert {row.id: row for row in logs["sessions"]}[first_id(story.root)]["positive"] == 17
    assert "Gone" not in {row["title"] for row in logs["sessions"]}
    ids = [row.id for rows in logs.values() for row in rows]
    assert len(set(ids)) == len(ids)


def test_who_was_erased_is_gone_and_who_is_new_is_there_once(story: Story) -> None:
    names = (story.root / "data" / "private" / "names.csv").read_text(encoding="utf-8-sig")
    assert "Robin Sample" in names and names.count("Kim Sample") == 1
    kept = [path for path in story.root.rglob("*") if path.is_file() and ".prt" not in path.parts]
    assert len(kept) > 20
    assert [path for path in kept if b"p-zoe2" in path.read_bytes()] == []


def test_what_was_submitted_is_whole_and_no_file_is_left_over(story: Story) -> None:
    sent = list_submissions(story.year)
    assert [(one.name, one.verdict.whole) for one in sent] == [("period-1", True), ("period-1-r2", True)]
    assert left_over(contents(story.root.parent)) == []


def test_what_a_command_moved_is_its_own(story: Story) -> None:
    """Hours are a chain: what one process left is what the next one found."""
    steps = [(one.moved()["2.1.hours"], 1.5 if "--into" in one.typed else 1) for one in hours_of(story)]
    assert all(after - before == own for (before, after), own in steps)
    ends = sorted(before for (before, _), _ in steps)[1:], sorted(after for (_, after), _ in steps)[:-1]
    assert len(steps) > 5 and ends[0] == ends[1]
    assert not [one for one in story.done if one not in hours_of(story) and "2.1.hours" in one.moved()]
    assert [one.moved() for one in story.of("log update")] == [{}] * len(story.of("log update"))
    assert [set(one.moved()) for one in story.of("edit")] == [{"1.1.positive"}]


def hours_of(story: Story) -> list[Done]:
    return [one for one in story.done if one.typed.startswith(HOURS) or "--into" in one.typed]
