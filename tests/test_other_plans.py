"""Plans of other kinds, each with a year of rows (docs/plans/): read, checked, explained, reported, and computed a
second time by the oracle. They need no Python of their own."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.make import DOCS
from prt.model.measures import KINDS, kind_name
from tests.conftest import some
from tests.oracle import ask_oracle, indicators, read_year
from tests.project import Prt
from tests.test_oracle import ask_prt, difference

GOLDEN = Path(__file__).parent / "golden"
PLANS = {"youth-programme": "2026-01-10", "departmental-results": "2025-05-10"}
"""Each with a day soon after its year is over."""
ASKED = ("split_by", "more_than_last_year", "each_period", "to_be_set", "baseline", "was", "columns", "scale")
"""What a plan may write that the plan of 2024-2025 does not."""


@pytest.fixture(params=PLANS)
def other(request: pytest.FixtureRequest, prt: Prt, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a plan, which is that of the project that `prt` runs in."""
    name = str(request.param)
    shutil.rmtree(prt.root)
    shutil.copytree(DOCS / "plans" / name, prt.root)
    monkeypatch.setenv("PRT_TODAY", PLANS[name])
    return name


def test_every_folder_of_plans_is_here() -> None:
    assert {path.name for path in (DOCS / "plans").iterdir() if path.is_dir()} == PLANS.keys()


def test_they_use_every_kind_and_what_a_plan_may_ask() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (DOCS / "plans").glob("*/plan/*.yaml")]
    assert len(texts) == 4
    for kind in map(kind_name, KINDS):
        assert any(f"kind: {kind}" in text for text in texts), kind
    for key in ASKED:
        assert any(f"{key}:" in text for text in texts), key


def test_check_warns_of_what_a_team_would_look_at(
    prt: Prt, other: str, golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / "plans" / f"{other}.check.txt", prt("check"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_report(prt: Prt, other: str, language: str, golden: Callable[[Path, str], None]) -> None:
    prt(f"report --annual --lang {language} --output {prt.root.parent / 'report.md'}")
    golden(GOLDEN / "plans" / f"{other}.{language}.md", (prt.root.parent / "report.md").read_text("utf-8"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_status_of_all_figures(
    prt: Prt, other: str, language: str, golden: Callable[[Path, str], None]
) -> None:
    golden(GOLDEN / "plans" / f"{other}.status.{language}.txt", prt(f"status --wide --all --lang {language}"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_figure_is_explained(prt: Prt, other: str, language: str) -> None:
    names = [name for name, _ in indicators(read_year(prt.root))]
    assert len(names) > 15
    for name in some(names, 4):
        assert prt(f"explain {name} --lang {language}").startswith(name)


def test_the_oracle_agrees(prt: Prt, other: str) -> None:
    year = read_year(prt.root)
    days = [*year.period_ends, year.starts + dt.timedelta(days=200)]
    found = ask_prt(prt.root, days)
    for day in days:
        assert not difference(found[day], ask_oracle(year, day)), day


def test_the_same_in_every_format(prt: Prt, other: str) -> None:
    figures = {
        one["id"]: one["to_date"] for one in json.loads(prt("status --all --format json"))["indicators"]
    }
    assert len(figures) > 15
    for ending in ("html", "docx", "xlsx", "json"):
        prt(f"report --output {prt.root.parent}/report.{ending}")
        assert (prt.root.parent / f"report.{ending}").stat().st_size > 10_000
