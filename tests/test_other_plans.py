"""Plans of other kinds, each with a year of rows (docs/plans/): read, checked, explained, reported, and computed a
second time by the oracle. They need no Python of their own."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

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
NO_FIGURE = ("x", "no data", "aucune donnée saisie")


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
    """Its name and label, the figure and status of `prt status`, its rule, why it stands so, and its rows."""
    names = [name for name, _ in indicators(read_year(prt.root))]
    assert len(names) > 15
    figures = json.loads(prt(f"status --all --format json --lang {language}"))["indicators"]
    of_status = {one["id"]: one for one in figures}
    shown = {cells[0]: cells for cells in table_rows(prt(f"status --all --format md --lang {language}"))}
    for name in some(names, 4):
        told = json.loads(prt(f"explain {name} --format json --lang {language}"))
        assert (told["value"], told["status"]) == (
            of_status[name]["to_date"]["value"],
            of_status[name]["status"],
        )
        assert len(told["rows"]) == of_status[name]["to_date"]["rows"], name
        lines = prt(f"explain {name} --lang {language} --all").splitlines()
        text = " ".join(" ".join(lines).split())
        assert " ".join(lines[0].split()).startswith(" ".join(f"{name} {told['label']}".split()))
        for part in (told["rule"], told["why"], shown[name][3].strip("-*")):
            assert " ".join(part.split()) in text, (name, part)
        for row in told["rows"]:
            assert f"{Path(row['file']).name}:{row['line']}" in text, (name, row["id"])


def table_rows(page: str) -> list[list[str]]:
    """The rows of a table in Markdown, as texts."""
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines() if line[:1] == "|"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_report_says_for_which_team_prt_was_made(prt: Prt, other: str, language: str) -> None:
    for kind in ("--annual --for audit", "--period 1"):
        prt(f"report {kind} --lang {language} --output {prt.root.parent / 'report.md'}")
        text = (prt.root.parent / "report.md").read_text("utf-8")
        assert ("personnel de l’équipe" if language == "fr" else "the team’s staff") in text
        assert not re.search(r"\b(?:PRT|ERP|LEARN|CLC|CSC)\b|ressource provinciale|Resource Team", text)


def test_the_oracle_agrees(prt: Prt, other: str) -> None:
    year = read_year(prt.root)
    days = [*year.period_ends, year.starts + dt.timedelta(days=200)]
    found = ask_prt(prt.root, days)
    for day in days:
        assert not difference(found[day], ask_oracle(year, day)), day


def test_the_same_in_every_format(prt: Prt, other: str) -> None:
    """The figure to date of each indicator: on the screen, and in its row of each file."""
    said = json.loads(prt("status --all --as-published --format json"))["indicators"]
    made = {ending: prt.root.parent / f"report.{ending}" for ending in ("json", "html", "docx", "xlsx")}
    for path in made.values():
        prt(f"report --annual --output {path}")
    parts = {part["id"]: part for part in indicator_parts(json.loads(made["json"].read_text("utf-8")))}
    assert len(said) > 15 and parts.keys() == {one["id"] for one in said}
    page = html.unescape(made["html"].read_text("utf-8"))
    tables = [
        [cell.text for cell in row.cells] for one in Document(str(made["docx"])).tables for row in one.rows
    ]
    sheet = {row[-1]: row for row in load_workbook(made["xlsx"]).worksheets[1].iter_rows(values_only=True)}
    for one in said:
        part, value = parts[one["id"]], one["to_date"]["value"]
        number = part["to_date"]["number"]
        assert number["value"] == value or (number["unit"], value) == ("day", 1), one["id"]
        assert (value is None) == (number["text"] in NO_FIGURE), one["id"]
        (row,) = re.findall(rf'<tr id="{part["anchor"]}"[^>]*>.*?</tr>', page, re.DOTALL)
        shown = re.findall('<td class="right"><strong>(?:<span class="absent">)?([^<]*)', row)
        assert [text.strip(" ") for text in shown] == [number["text"]], one["id"]
        (cells,) = [row for row in tables if row[2:3] == [part["label"]]]
        told = cells[-3].split("\n")[0]  # a unit of words may stand below its number there
        assert told in (
            number["text"],
            number["text"].replace(f"\u00a0{number['unit']}", f" {number['unit']}"),
        )
        assert written(number) == sheet[one["id"]][-8], one["id"]


def indicator_parts(report: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for volet in report["volets"] for line in volet["lines"] for part in line["indicators"]]


def written(number: dict[str, Any]) -> object:
    """What a cell of a workbook holds of a figure: a number, a day, or the text where there is none."""
    if number["unit"] == "day":
        return dt.datetime.fromisoformat(number["value"])
    return number["text"] if number["value"] is None else pytest.approx(number["value"])
