"""A format is one entry among the renderers: a new one, made here, goes through every command that writes reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from prt.output.document.report_document import Report
from prt.output.renderers import RENDERERS, Renderer
from prt.output.words import Words
from tests.conftest import only_in_ci, some
from tests.project import WORKSHOP, Prt

PERIODS = ("--period 1", "--period 2", "--annual")


def render_new(report: Report, words: Words, templates: Path | None) -> str:
    """The title of a report, and its language."""
    return f"NEW {report.cover.title} ({words.language})\n"


@pytest.fixture
def team(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> Prt:
    monkeypatch.setitem(RENDERERS, "new", Renderer(render_new, ("newer",)))
    prt.shorten_plan("1.1")
    prt(WORKSHOP)
    return prt


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("which", some(PERIODS, 1))
def test_a_report_is_written_in_it(team: Prt, which: str, language: str) -> None:
    printed = team(f"report {which} --lang {language} --format new")
    assert printed.startswith("NEW ") and printed.endswith(f"({language})\n")
    for ending in ("new", "newer", "NEW"):
        file = team.root.parent / f"report.{ending}"
        team(f"report {which} --lang {language} -o {file}")
        assert file.read_text(encoding="utf-8") == printed


def test_another_one_is_a_mistake(team: Prt) -> None:
    team("report --format other", code=2)
    assert '"other" is not a format here. One of: md, html, docx, xlsx, pdf, json, new.' in team.err
    team("report -o report.other", code=2)
    assert "Name it .md or .html or .docx or .xlsx or .pdf or .json or .new, or add --format." in team.err
    assert not list(team.root.parent.glob("report.*"))


@pytest.mark.parametrize("language", ["en", "fr"])
@only_in_ci
def test_a_submission_keeps_it(team: Prt, language: str) -> None:
    team(f"submit --period 1 --lang {language} --on 2024-12-13 --anyway actions --anyway no-data")
    (kept,) = team.root.rglob("*.new")
    assert kept.name == f"report-1.{language}.new"
    assert kept.read_text(encoding="utf-8").startswith("NEW ")
    assert "agree" in team("status --since-submitted --period 2")
