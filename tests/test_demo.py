"""The fictional year: the same every time, of the size asked for, and everything a report can meet in it."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path
from random import Random
from typing import get_args

import pytest
from typer.testing import CliRunner

from prt.cli import app
from prt.commands.demo import make_demo
from prt.demo import REAL_SIZE, SMALLEST
from prt.demo.exports import FORM_WRITERS, LIST_WRITERS
from prt.demo.fill import DEMO_TABLES, SLIPS, draw_year, export_gathering, read_generated
from prt.figures.checks import check
from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.status import Code
from prt.files.new_project import read_example_table
from prt.files.project import Project, Year
from prt.files.provenance import ImportRecord
from prt.imports.proposing.session import guess_session
from prt.model.records import LOGS
from tests.conftest import only_in_ci

pytestmark = only_in_ci
CUT_OFFS = ("2024-09-12", "2024-10-02", "2024-11-30", "2025-02-14", "2025-03-31", "2025-06-30")
SUFFIXES = {"workbook": "xlsx", "microsoft": "xlsx"}
YEAR_AFTER = dt.date(2025, 9, 1)


def opened(root: Path) -> Year:
    project = Project(root, root / "data" / "private")
    return project.load(project.plan_path("2024-2025"))


@pytest.fixture(scope="module")
def year(demo: Path) -> Year:
    return opened(demo)


def at(year: Year, cut_off: str) -> Evaluation:
    return evaluate(year.plan, year.data, dt.date.fromisoformat(cut_off))


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def logged(root: Path) -> int:
    """Rows of all logs, whatever their cells hold."""
    paths = [root / "data" / "2024-2025" / f"{log}.csv" for log in LOGS]
    return sum(sum(1 for _ in csv.reader(path.open(encoding="utf-8"))) - 1 for path in paths if path.exists())


def test_another_seed_makes_another_year_of_the_same_shape_with_as_many_rows_as_asked(
    small_demo: Path, tmp_path: Path
) -> None:
    rows = 2 * REAL_SIZE + 345
    make_demo(tmp_path / "other", rows, 2)
    other = opened(tmp_path / "other")
    assert logged(tmp_path / "other") == rows
    assert other.problems and not other.left_out
    assert (tmp_path / "other/data/people.csv").read_bytes() != (small_demo / "data/people.csv").read_bytes()
    found = at(other, "2025-02-14").result("1.1.workshops")
    assert found and found.to_date.value == 21


def test_it_has_as_many_rows_as_it_can_do_with(small_demo: Path) -> None:
    assert logged(small_demo) == SMALLEST


def test_it_has_the_size_of_a_real_year(demo: Path) -> None:
    assert logged(demo) == REAL_SIZE


def test_check_has_warnings_that_are_meant_and_no_error(year: Year) -> None:
    problems = [*year.problems, *check(year.plan, year.data, YEAR_AFTER)]
    assert {problem.severity for problem in problems} == {"warning"}
    assert Counter(problem.where.file.rpartition("/")[2] for problem in problems) == {
        "sessions.csv": 4,  # a contradiction, two that stayed planned, one that no indicator counts
        "surveys.csv": 1,  # sent in July
    }


def test_every_status_occurs_that_can(year: Year) -> None:
    """No target of the plan has an upper end, is still to be set, or more than last year; what the team sees is
    never withheld."""
    found = {result.status.code for cut_off in CUT_OFFS for result in at(year, cut_off).results}
    assert found == set(get_args(Code)) - {"over_limit", "to_be_set", "no_last_year", "withheld"}


@pytest.mark.parametrize("cut_off", ["2024-11-30", "2025-02-14", "2025-03-31"])
def test_every_report_before_the_last_has_something_behind_at_risk_on_track_and_met(
    year: Year, cut_off: str
) -> None:
    words = {result.status.word for result in at(year, cut_off).results}
    assert words >= {"behind", "at_risk", "on_track", "met", "not_due", "no_target"}


@pytest.mark.parametrize(
    ("cut_off", "indicator", "code"),
    [
        ("2024-09-12", "1.1.positive", "not_computable"),  # a form without answers
        ("2024-10-02", "4.plan", "no_data"),  # due on 30 September, and no deliverable yet
        ("2024-11-30", "4.plan", "met"),
        ("2025-02-14", "1.1.choice", "behind"),
        ("2025-02-14", "1.2.positive", "no_data"),  # the forms were not kept
        ("2025-02-14", "3b.hours", "at_risk"),
        ("2025-03-31", "1.2.new-cdas", "behind"),  # one CDA missed it, and no session is to come
        ("2025-06-30", "1.3a.workshops", "not_met"),
        ("2025-06-30", "3a.hours", "met"),
        ("2025-06-30", "3b.hours", "partly_met"),
    ],
)
def test_the_story_of_the_year(year: Year, cut_off: str, indicator: str, code: str) -> None:
    found = at(year, cut_off).result(indicator)
    assert found and found.status.code == code


def test_the_action_plan_was_three_days_late(year: Year) -> None:
    found = at(year, "2025-06-30").result("4.plan")
    assert found and found.status.days_late == 3


def test_names_are_in_the_private_folder_alone(demo: Path) -> None:
    names = (demo / "data/private/names.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(names.splitlines()))
    assert len(rows) == len({row["name"] for row in rows}) > 90
    assert all(row["name"].endswith((" Sample", " Exemple")) for row in rows)
    for path, data in files(demo).items():
        if not path.startswith("data/private/"):
            text = data.decode()
            assert not [row["name"] for row in rows if row["name"] in text], path
            assert "@" not in text, path


def test_every_link_leads_nowhere(demo: Path) -> None:
    links = [
        link for data in files(demo).values() for link in re.findall(r"https?://([^/\s,\"]+)", data.decode())
    ]
    assert links and all(link.endswith(".example") for link in links)


def test_it_says_in_both_languages_that_it_is_fictional(demo: Path, year: Year) -> None:
    assert "FICTIONAL" in year.plan.title.to("en")[0] and "FICTIVE" in year.plan.title.to("fr")[0]
    readme = (demo / "README.md").read_text(encoding="utf-8")
    assert "FICTIONAL" in readme and "FICTIF" in readme
    assert all(row["note"] == "Fictional" for row in year.data.organisations if row["type"] == "partner")


def test_its_plan_is_the_real_one_but_for_the_title(year: Year) -> None:
    project = Project(Path(__file__).parent.parent, Path())
    real, _ = project.plan(project.plan_path("2024-2025"))
    assert year.plan.replace(title=real.title) == real


def test_corrections_tell_what_was_wrong_and_why(year: Year) -> None:
    rows = [row for row in year.corrections() if row["why"] != "imported"]
    assert [row["why"] for row in rows] == [slip.why for slip in sorted(SLIPS, key=lambda slip: slip.when)]
    assert [row["action"] for row in rows if not row["column"]] == ["removed"]
    assert all(row["old"] and row["old"] != row["new"] for row in rows)


def test_people_change_board_leave_and_hold_two_roles(year: Year) -> None:
    posts: dict[str, list[tuple[str, str]]] = {}
    for row in year.data.people:
        posts.setdefault(row.id, []).append((row["role"], row["board"]))
    several = sorted(found for found in posts.values() if len(found) > 1)
    assert several == [[("cda", "RSB"), ("cda", "ETSB")], [("principal", "HA"), ("sb-rep", "HA")]]
    assert len([row for row in year.data.people if row["end"]]) == 2
    assert len([row for row in year.data.people if row["new_in"] == "2024-2025"]) == 9


def test_attendance_has_short_visits_and_unnamed_presences_and_none_of_the_team(year: Year) -> None:
    rows = year.data.logs["attendance"]
    assert {row.left_out for row in rows} == {"", "short"}
    assert any(row["person"] is None for row in rows)
    heads = [row for row in rows if row["session.audience"] in year.plan.privacy.headcount_only]
    assert heads == []


def test_the_command_makes_the_same_bytes_and_prints_where_the_year_stood(
    small_demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PRT_PROJECT", "PRT_PRIVATE", "PRT_TODAY", "PRT_LANG"):
        monkeypatch.setenv(name, "")  # what the command sets is undone with it
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app(["demo"]), ["demo", "--rows", str(SMALLEST)])
    assert done.exit_code == 0
    assert "to 14 Feb 2025" in done.stdout and "1.1.choice" in done.stdout
    assert "FICTIONAL" in done.stderr and "cd prt-demo" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["prt-demo"]
    assert files(tmp_path / "prt-demo") == files(small_demo)
    assert len(files(small_demo)) > 20


def test_a_folder_with_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "budget.xlsx").write_bytes(b"ours")
    before = files(tmp_path)
    done = CliRunner().invoke(app(["demo"]), ["demo", str(tmp_path)])
    assert done.exit_code != 0 and "not empty" in str(done.exception)
    assert files(tmp_path) == before


def test_every_kind_of_export_goes_to_its_session_or_tells_none(year: Year) -> None:
    """What a team would drop on `prt import`: a room's list without date and title is of no session by itself."""
    fictional = draw_year(
        {name: read_example_table(f"demo/{name}") for name in DEMO_TABLES}, REAL_SIZE, Random(1)
    )
    sessions = year.data.logs["sessions"]
    ids = {(row["date"].isoformat(), row["title"]): row.id for row in sessions}
    found: dict[str, set[bool]] = {}
    for one in fictional.gatherings:
        own = ids[one.session["date"], one.session["title"]]
        for name, raw in export_gathering(one, Random(1)):
            guessed = guess_session(read_generated(name, raw, one).export, sessions).session
            found.setdefault(name[len("2024-09-18-") :], set()).add(guessed is not None)
            assert guessed is None or guessed.id == own, name
    assert set(found) == {f"{kind}.{SUFFIXES.get(kind, 'csv')}" for kind in (*LIST_WRITERS, *FORM_WRITERS)}
    assert {name for name, known in found.items() if True not in known} == {
        "sheet.csv",
        "workbook.xlsx",
        "eventbrite.csv",
    }


def test_every_list_and_form_is_told_in_imports_and_no_row_is_lost(year: Year) -> None:
    imports = year.read_rows(ImportRecord)[0]
    assert Counter(row["kind"] for row in imports) == {"attendance": 51, "feedback": 37}
    assert {row["source"] for row in imports} == {"zoom", "teams", "forms", "eventbrite", "sheet"}
    fictional = draw_year(
        {name: read_example_table(f"demo/{name}") for name in DEMO_TABLES}, REAL_SIZE, Random(1)
    )
    brought = sum(one.rows for one in fictional.gatherings)
    assert sum(row["rows"] or 0 for row in imports) == brought
    assert brought == len(year.data.logs["attendance"]) + len(year.data.logs["feedback"])
