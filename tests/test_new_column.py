"""A column is declared in its class, or by a plan: sessions and tools have one more, through every command and report."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import pytest
from openpyxl import load_workbook

from prt.model.cells import Number, OneOf
from prt.model.columns import LogRecord, blank
from prt.model.plan import Plan
from prt.model.records import LOGS, Accompaniment, Session, Tool
from tests.answers import sit_down
from tests.conftest import some
from tests.project import WORKSHOP, Prt
from tests.support import plan as small_plan
from tests.test_sheet import Page

Venue = Annotated[str, OneOf(("library", "school"))]


class Placed(Session):
    """A workshop or a meeting, and where it was held."""

    venue: Venue | None = blank("Kind of place it was held in")


class LongTool(Tool):
    """A tool, training capsule or video vignette, and how long it is."""

    shown = (*Tool.shown[:-1], "pages")

    pages: Number | None = blank("Number of pages")


class LongHours(Accompaniment):
    """Coaching, consulting or support given to a CLC team: hours of PRT staff, and where."""

    venue: Venue | None = blank("Kind of place")


MORE: dict[str, type[LogRecord]] = {"sessions": Placed, "tools": LongTool, "accompaniment": LongHours}
WORDS = """
column.venue: [venue, lieu]
column.pages: [page count, nombre de pages]
value.venue.library: [library, bibliothèque]
value.venue.school: [school, école]
"""
INDICATORS = """
          - {id: venues, label: {en: Venues, fr: Lieux}, measure: {kind: count, of: {log: sessions, where: {line: "1.1"}}, split_by: [venue]}, target: {at_least: 10}}
          - {id: library, label: {en: In a library, fr: En bibliothèque}, measure: {kind: count, of: {log: sessions, where: {venue: library}}}}
          - {id: pages, label: {en: Pages, fr: Pages}, measure: {kind: sum, column: pages, of: {log: tools}}, target: {at_least: 100}}
"""
LIBRARY = {"en": "library", "fr": "bibliothèque"}
WHICH = ("--period 1", "--annual", "--annual --for audit")
REPORTS = [(which, form) for which in WHICH for form in ("md", "html")]


@pytest.fixture(params=some(["plan", "class"], 1))
def team(prt: Prt, kept: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Prt:
    """A project whose sessions have one more column as have tools, with indicators that read them."""
    if request.param == "class":
        for log, model in MORE.items():
            monkeypatch.setitem(LOGS, log, model)
    else:
        declare_in_plan(monkeypatch)
    prt.words(WORDS)
    prt.once(kept.with_name(f"{kept.name}-{request.param}"), lambda: fill(prt))
    return prt


def declare_in_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan of 2024-2025, and no other, has the columns."""
    of_class = Plan.record_of

    def record_of(plan: Plan, log: str) -> type[LogRecord]:
        own = of_class(plan, log)
        return MORE.get(log, own) if plan.year == "2024-2025" else own

    monkeypatch.setattr(Plan, "record_of", record_of)


def fill(prt: Prt) -> None:
    prt.shorten_plan("1.1", "2a.tools")
    prt.indicators(INDICATORS)
    prt(f"{WORKSHOP} --venue library")
    prt(WORKSHOP.replace("10-16", "10-17"))
    prt("log tool --date 2024-10-20 --kind tool --title Guide --audience cda --pages 37")


def test_it_is_an_option_and_moves_what_is_split_by_it(team: Prt) -> None:
    assert "Kind of place it was held in" in team("log workshop --help")
    assert "--venue" in team("import --help") and "--venue" in team("edit w-20241016-aaaa --help")
    out = team(f"{WORKSHOP.replace('10-16', '10-18')} --venue library")
    assert "1.1.library 1 → 2" in out
    out = team("log tool --date 2024-10-21 --kind tool --title Map --audience cda --pages 3")
    assert "1.1.pages  37 → 40 of 100" in out
    assert team.path("sessions").read_text(encoding="utf-8").splitlines()[0].endswith("venue,note,evidence")


def test_a_plan_is_asked_for_the_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    declare_in_plan(monkeypatch)
    plan = small_plan("{kind: count, of: {log: sessions, where: {venue: library}}}")
    assert [one.name for one in plan.record_of("sessions").columns()][-3:] == ["venue", "note", "evidence"]


def test_a_row_is_listed_shown_and_corrected(team: Prt) -> None:
    row = team.last_id("sessions")
    assert "venue" in team(f"show {row}")
    team(f"edit {row} --venue school --why forgotten")
    assert row in team("list workshop --where venue=school")
    assert "school" in team("list workshop --format csv")
    assert "1.1.library" in team(f"edit {row} --venue library --why slip")
    team("undo")
    assert "school" in team(f"show {row}")


def test_an_older_file_without_it_is_read_and_gets_it_when_a_row_fills_it(team: Prt) -> None:
    header, *_ = team.path("sessions").read_text(encoding="utf-8").splitlines()
    team.write("sessions", header.replace(",venue", "") + "\n")
    team("check")
    team(WORKSHOP)
    assert "venue" not in team.path("sessions").read_text(encoding="utf-8").splitlines()[0]
    team(f"{WORKSHOP.replace('10-16', '10-18')} --venue library")
    head, first, second = team.path("sessions").read_text(encoding="utf-8").splitlines()
    assert head.endswith(",evidence,venue") and first.endswith(",") and second.endswith(",library")
    assert team("check")


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
    assert {"en": "venue", "fr": "lieu"}[language] in shown and LIBRARY[language] in shown
    assert LIBRARY[language] in team(f"explain 1.1.library --lang {language}")
    assert team(f"plan show --lang {language}")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("which", "form"), some(REPORTS, 1))
def test_every_report_has_it(team: Prt, language: str, which: str, form: str) -> None:
    report = team.root.parent / f"report.{form}"
    team(f"report {which} --lang {language} --output {report}")
    text = report.read_text(encoding="utf-8")
    assert {"en": "In a library", "fr": "En bibliothèque"}[language] in text
    assert LIBRARY[language] in text.casefold()
    lists_rows = which != "--annual"
    assert ({"en": "Page count", "fr": "Nombre de pages"}[language] in text) == lists_rows
    assert "37" in text or not lists_rows


def test_what_changed_since_a_submission_names_it(team: Prt) -> None:
    team("submit --period 1 --on 2024-12-13 --anyway actions --anyway no-data")
    team(f"edit {team.last_id('sessions')} --venue library --why forgotten")
    told = team("status --since-submitted --period 2")
    assert "1.1.library" in told and "venue" in told


def test_the_dialogue_asks_for_it(team: Prt) -> None:
    """It is asked for because a measure reads it, and its words are taken in both languages."""
    typed = WORKSHOP.replace("10-16", "10-19").replace("--format full-day ", "")
    person = sit_down(team.monkeypatch, "full-day", "", "bibliothèque", "", "", "n")
    team.attempt(typed)
    assert "Venue? (optional)" in person.screen and "library" in team.lines("sessions")[2]


def test_a_line_of_hours_takes_its_words(team: Prt) -> None:
    team.people("p-k7k2,prt-staff,,,,,,")
    team.me("p-k7k2")
    team("log hours '2h EMSB cda skills library 2024-10-03' --yes")
    assert team.lines("accompaniment")[0].endswith(",library,,")


def test_check_names_what_it_may_be(team: Prt) -> None:
    text = team.path("sessions").read_text(encoding="utf-8")
    team.write("sessions", text.replace("library", "barn"))
    assert 'venue: "barn" is not a venue\n    One of: library, school.' in team("check", code=1)


def test_a_workbook_has_it_and_brings_it_back(team: Prt) -> None:
    (team.root / "data" / "private").mkdir()
    team("sheet workshop")
    path = team.root / "data" / "private" / "sheets" / "sessions.xlsx"
    book, row = load_workbook(path), team.last_id("sessions")
    Page(book, "sessions").set(row, venue="School")
    book.save(path)
    assert "venue" in team(f"import {path} --yes")
    assert "school" in team.lines("sessions")[-1]


def test_a_selection_of_the_plan_reads_it(team: Prt) -> None:
    team("status --all")
    plan = team.root / "plan" / "2024-2025.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("venue: library", "venue: barn"), encoding="utf-8")
    assert '"barn" is not a venue' in team("check", code=1)
    plan.write_text(text.replace("venue: library", "venues: library"), encoding="utf-8")
    assert """Did you mean "venue"?""" in team("check", code=1)


def test_packages_have_it(team: Prt) -> None:
    team("submit --period 1 --lang en --anyway errors,actions,no-data,personal")
    for option, folder in (("--team --as-of 2024-11-30", "ours"), ("", "theirs")):
        made = team.root.parent / folder
        team(f"export package {option} -o {made}")
        header, *rows = next(made.rglob("sessions.csv")).read_text(encoding="utf-8").splitlines()
        assert "venue" in header and any("library" in row for row in rows)


def test_it_stays_when_somebody_is_erased_and_when_a_copy_is_merged(team: Prt) -> None:
    (team.root / "data" / "private").mkdir()
    team.people("p-aaaa,cda,EMSB,,,,,", "p-k7k2,prt-staff,,,,,,")
    other = team.root.parent / "other"
    shutil.copytree(team.root, other)
    team.monkeypatch.setenv("PRT_PROJECT", str(other))
    team(f"{WORKSHOP.replace('10-16', '10-21')} --venue school")
    added = team_lines(other)[-1]
    team.monkeypatch.setenv("PRT_PROJECT", str(team.root))
    team(f"merge {other} --yes")
    assert added in team.lines("sessions") and "school" in added
    team("people erase p-aaaa --yes")
    assert added in team.lines("sessions")


def test_a_number_of_a_copy_with_decimal_commas_is_written_as_ours_are(team: Prt) -> None:
    other, row = team.root.parent / "other", team.last_id("tools")
    shutil.copytree(team.root, other)
    path = other / "data" / "2024-2025" / "tools.csv"
    header, tool = path.read_text(encoding="utf-8-sig").splitlines()
    added = tool.replace(row, "t-20241020-zzzz").replace("Guide", "Map").replace(",37,", ",37.5,")
    lines = [line.replace(",", ";").replace(".5", ",5") for line in (header, tool, added)]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    team(f"merge {other} --yes")
    assert team.lines("tools") == [tool, added]


def team_lines(root: Path) -> list[str]:
    return (root / "data" / "2024-2025" / "sessions.csv").read_text(encoding="utf-8-sig").splitlines()
