"""An empty project: it works at once, and nothing that stood there is overwritten."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from prt.cli import app
from prt.commands.init import begins_in
from prt.figures.evaluate import evaluate
from prt.files.new_project import first_school_year, starter_plan
from prt.files.plan.plan import read_plan
from prt.files.project import Project, Year
from prt.files.store.new_folder import build_project, complete_new
from prt.files.store.refusals import with_sentence, write_refusal
from prt.problems import Mistake, PrtError


@pytest.fixture(autouse=True)
def in_autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRT_TODAY", "2025-10-01")


def init(folder: Path) -> Result:
    return CliRunner().invoke(app(["init"]), ["init", str(folder)])


def opened(root: Path) -> Year:
    project = Project(root, root / "data" / "private")
    return project.load(project.plan_path("2025-2026"))


def test_a_new_project_has_no_problem_and_every_figure_waits_for_rows(tmp_path: Path) -> None:
    assert init(tmp_path / "new").exit_code == 0
    year = opened(tmp_path / "new")
    assert year.problems == []
    evaluation = evaluate(year.plan, year.data, year.plan.ends)
    assert {result.status.code for result in evaluation.results} == {"no_data", "monitored"}


def test_it_says_what_to_do_next(tmp_path: Path) -> None:
    done = init(tmp_path / "new")
    assert "plan/2025-2026.yaml" in done.stdout and "prt status" in done.stdout


def test_its_files(tmp_path: Path) -> None:
    init(tmp_path)
    found = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file())
    assert found == [
        ".gitattributes",
        ".gitignore",
        "data/format.json",
        "data/organisations.csv",
        "data/people.csv",
        "data/private/README.md",
        "plan/2025-2026.yaml",
    ]
    assert (tmp_path / "templates").is_dir() and (tmp_path / "data/2025-2026").is_dir()


def test_git_never_sees_the_private_folder_and_never_changes_a_log(tmp_path: Path) -> None:
    init(tmp_path)
    assert "data/private/" in (tmp_path / ".gitignore").read_text().splitlines()
    assert "*.csv -text" in (tmp_path / ".gitattributes").read_text().splitlines()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_private_folder_is_its_owner_s(tmp_path: Path) -> None:
    init(tmp_path)
    assert stat.S_IMODE((tmp_path / "data/private").stat().st_mode) == 0o700


def test_the_eleven_boards_are_there(tmp_path: Path) -> None:
    init(tmp_path)
    boards = opened(tmp_path).data.organisations
    assert len(boards) == 11 and all(row["counts_as_board"] for row in boards)


@pytest.mark.parametrize("first", [2023, 2024, 2025, 2030])
def test_the_starter_plan_is_right_in_any_year(first: int) -> None:
    plan, problems = read_plan(starter_plan(first).encode(), "plan.yaml")
    assert plan and problems == []
    assert plan.year == f"{first}-{first + 1}"


@pytest.mark.parametrize(("day", "first"), [("2025-06-30", 2024), ("2025-07-01", 2025), ("2026-01-15", 2025)])
def test_a_school_year_begins_in_july(day: str, first: int) -> None:
    assert first_school_year(dt.date.fromisoformat(day)) == first


def test_another_year_may_be_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(app(["init"]), ["init", str(tmp_path / "new"), "--year", "2031-2032"])
    assert "A project for 2031-2032" in done.output
    assert (tmp_path / "new" / "plan" / "2031-2032.yaml").exists()


@pytest.mark.parametrize("year", ["2025", "2025-2027", "next"])
def test_what_is_no_school_year_is_refused(year: str) -> None:
    with pytest.raises(PrtError, match="Write it as 2025-2026"):
        begins_in(year)


def test_a_project_is_not_made_twice(tmp_path: Path) -> None:
    init(tmp_path)
    plan = tmp_path / "plan/2025-2026.yaml"
    plan.write_text("mine")
    done = init(tmp_path)
    assert isinstance(done.exception, PrtError) and "is a project already" in str(done.exception)
    assert plan.read_text() == "mine"


def test_a_folder_with_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "budget.xlsx").write_bytes(b"")
    done = init(tmp_path)
    assert isinstance(done.exception, PrtError) and "budget.xlsx" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["budget.xlsx"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("")
    done = init(tmp_path / "notes")
    assert isinstance(done.exception, PrtError) and "is a file" in str(done.exception)


def test_a_fresh_git_repository_is_welcome(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert init(tmp_path).exit_code == 0


FILES = {"plan/2024-2025.yaml": "year", "data/people.csv": "id", ".prt/undo.jsonl": "{}"}


def lie(root: Path, where: str, names: Iterable[str] = FILES) -> None:
    for name in names:
        path = root / where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FILES[name], encoding="utf-8")


def found_in(root: Path) -> dict[str, str]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in found}


@pytest.mark.parametrize(
    ("built", "put", "wanted"),
    [
        ("building", [], {}),
        ("built", [], FILES),
        ("built", [".prt/undo.jsonl", "data/people.csv"], FILES),
        ("built", list(FILES), FILES),
    ],
)
def test_what_was_cut_off_is_completed_or_cleared_away(
    tmp_path: Path, built: str, put: list[str], wanted: dict[str, str]
) -> None:
    lie(tmp_path, ".", put)
    lie(tmp_path, f".prt/{built}", FILES.keys() - set(put))
    (tmp_path / "notes").mkdir()
    complete_new(tmp_path / "notes")
    assert found_in(tmp_path) == wanted
    assert not (tmp_path / ".prt" / built).exists()


def test_what_came_in_between_is_not_overwritten(tmp_path: Path) -> None:
    lie(tmp_path, ".prt/built")
    (tmp_path / "data").write_text("mine", encoding="utf-8")
    with pytest.raises(PrtError, match="not empty"):
        complete_new(tmp_path)
    assert (tmp_path / "data").read_text(encoding="utf-8") == "mine"


def test_of_a_project_that_fails_nothing_is_said_to_be_safe(tmp_path: Path) -> None:
    """An action in it may have been about to be completed: it goes with all the rest."""
    full = OSError(errno.ENOSPC, "full")
    failed = with_sentence(write_refusal("data/people.csv", tmp_path, full), Mistake("safe"))
    with pytest.raises(PrtError, match="Nothing was written") as said, build_project(tmp_path / "new"):
        raise failed
    assert "It is safe" not in str(said.value)
    assert list(tmp_path.iterdir()) == []
