"""A column is declared in its class: sessions and tools have one more here, through every command and report."""

from __future__ import annotations

from pathlib import Path

import pytest

from prt.model.cells import Whole, Word
from prt.model.columns import blank
from prt.model.records import LOGS, Session, Tool
from tests.conftest import some
from tests.project import WORKSHOP, Prt
from tests.support import plan as small_plan


class Placed(Session):
    """A workshop or a meeting, and where it was held."""

    venue: Word | None = blank("Kind of place it was held in")


class LongTool(Tool):
    """A tool, training capsule or video vignette, and how long it is."""

    shown = (*Tool.shown[:-1], "pages")

    pages: Whole | None = blank("Number of pages")


WORDS = """
column.venue: [venue, lieu]
column.pages: [page count, nombre de pages]
"""
INDICATORS = """
          - {id: venues, label: {en: Venues, fr: Lieux}, measure: {kind: count, of: {log: sessions, where: {line: "1.1"}}, split_by: [venue]}, target: {at_least: 10}}
          - {id: library, label: {en: In a library, fr: En bibliothèque}, measure: {kind: count, of: {log: sessions, where: {venue: library}}}}
          - {id: pages, label: {en: Pages, fr: Pages}, measure: {kind: sum, column: pages, of: {log: tools}}, target: {at_least: 100}}
"""
WHICH = ("--period 1", "--annual", "--annual --for audit")
REPORTS = [(which, form) for which in WHICH for form in ("md", "html")]


@pytest.fixture
def team(prt: Prt, kept: Path, monkeypatch: pytest.MonkeyPatch) -> Prt:
    """A project whose sessions have one more column as have tools, with indicators that read them."""
    monkeypatch.setitem(LOGS, "sessions", Placed)
    monkeypatch.setitem(LOGS, "tools", LongTool)
    prt.words(WORDS)
    prt.once(kept, lambda: fill(prt))
    return prt


def fill(prt: Prt) -> None:
    prt.shorten_plan("1.1", "2a.tools")
    prt.indicators(INDICATORS)
    prt(f"{WORKSHOP} --venue library")
    prt(WORKSHOP.replace("10-16", "10-17"))
    prt("log tool --date 2024-10-20 --kind tool --title Guide --audience cda --pages 37")


def test_it_is_an_option_and_moves_what_is_split_by_it(team: Prt) -> None:
    assert "Kind of place it was held in" in team("log workshop --help")
    out = team(f"{WORKSHOP.replace('10-16', '10-18')} --venue library")
    assert "1.1.library 1 → 2" in out
    out = team("log tool --date 2024-10-21 --kind tool --title Map --audience cda --pages 3")
    assert "1.1.pages  37 → 40 of 100" in out
    assert team.path("sessions").read_text(encoding="utf-8").splitlines()[0].endswith("venue,note,evidence")


def test_a_plan_is_asked_for_the_columns(team: Prt) -> None:
    plan = small_plan("{kind: count, of: {log: sessions, where: {venue: library}}}")
    assert [one.name for one in plan.columns("sessions")][-3:] == ["venue", "note", "evidence"]
    assert [one.name for one in plan.columns("people")][:2] == ["id", "role"]


def test_a_row_is_listed_shown_and_corrected(team: Prt) -> None:
    row = team.last_id("sessions")
    assert "venue" in team(f"show {row}")
    team(f"edit {row} --venue school --why forgotten")
    assert row in team("list workshop --where venue=school")
    assert "school" in team("list workshop --format csv")
    assert "1.1.library" in team(f"edit {row} --venue library --why slip")
    team("undo")
    assert "school" in team(f"show {row}")


def test_an_older_file_without_it_is_read_and_says_how_it_gets_it(team: Prt) -> None:
    header, *_ = team.path("sessions").read_text(encoding="utf-8").splitlines()
    team.write("sessions", header.replace(",venue", "") + "\n")
    team("check")
    team(WORKSHOP)
    team(f"{WORKSHOP.replace('10-16', '10-18')} --venue library", code=1)
    assert "write venue in the header" in team.err


def test_a_sheet_fills_it(team: Prt) -> None:
    sheet = team.root / "more.csv"
    sheet.write_text(
        "Date,Line,Title,Format,Venue\n2024-12-02,1.1,Third,full-day,library\n", encoding="utf-8"
    )
    team(f"import {sheet} --into sessions --yes")
    assert "library" in team.lines("sessions")[-1]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_figure_is_split_by_it(team: Prt, language: str) -> None:
    shown = team(f"explain 1.1.venues --as-of 2024-11-30 --lang {language}")
    assert {"en": "venue", "fr": "lieu"}[language] in shown and "library" in shown
    assert "library" in team(f"explain 1.1.library --lang {language}")
    assert team(f"plan show --lang {language}")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("which", "form"), some(REPORTS, 1))
def test_every_report_has_it(team: Prt, language: str, which: str, form: str) -> None:
    report = team.root.parent / f"report.{form}"
    team(f"report {which} --lang {language} --output {report}")
    text = report.read_text(encoding="utf-8")
    assert {"en": "In a library", "fr": "En bibliothèque"}[language] in text
    assert "library" in text.casefold()
    lists_rows = which != "--annual"
    assert ({"en": "Page count", "fr": "Nombre de pages"}[language] in text) == lists_rows
    assert "37" in text or not lists_rows


def test_what_changed_since_a_submission_names_it(team: Prt) -> None:
    team("submit --period 1 --on 2024-12-13 --anyway actions --anyway no-data")
    team(f"edit {team.last_id('sessions')} --venue library --why forgotten")
    told = team("status --since-submitted --period 2")
    assert "1.1.library" in told and "venue" in told
