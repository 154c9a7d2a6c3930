"""The error gallery: one small plan for each mistake, and beside it the exact text that a user sees."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from prt.files.plan.plan import read_plan
from prt.problems import errors

PLANS = Path(__file__).parent / "gallery" / "plan"
MISTAKES = sorted(path for path in PLANS.glob("*.yaml") if not path.name.startswith("_"))


def read(path: Path) -> str:
    plan, problems = read_plan(path.read_bytes(), path.name)
    assert plan is not None or errors(problems), "no plan, and nobody says why"
    return "".join(f"{problem}\n" for problem in problems)


def test_the_gallery_is_there() -> None:
    assert len(MISTAKES) >= 125


def test_the_plan_that_all_mistakes_are_made_in_has_none() -> None:
    assert read(PLANS / "_minimal.yaml") == ""


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_named(path: Path, golden: Callable[[Path, str], None]) -> None:
    text = read(path)
    assert text.startswith(f"{path.name}:"), "no mistake was found"
    golden(path.with_suffix(".txt"), text)


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_message_is_written_for_people(path: Path) -> None:
    """Neither the library's words nor the names of classes; a place, and what to do."""
    _, problems = read_plan(path.read_bytes(), path.name)
    for problem in problems:
        assert problem.remedy, problem
        assert problem.where.line or path.stem == "empty-file", problem
        assert not any(
            word in str(problem) for word in ("pydantic", "Input should", "ctx", "Error", "None", "Fraction")
        )


def test_every_text_has_its_plan() -> None:
    assert {path.stem for path in PLANS.glob("*.txt")} == {path.stem for path in MISTAKES}
