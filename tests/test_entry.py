"""What a person entered becomes cells as they are written; ids are drawn; the plan tells what is asked."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prt.figures.questions import (
    accepted_values,
    asked_for,
    columns_read,
    counting_test,
    counts_heads,
    questions,
)
from prt.files.plan.plan import read_plan
from prt.model.cells import Known
from prt.model.ids import LETTERS, new_id
from prt.model.plan import Plan, known_of
from prt.model.records import LOGS, ROSTERS, row_kinds
from prt.model.rows import read_entry
from tests import support
from tests.texts import any_text

SESSION = {"line": "1.1", "date": "2024-10-16", "title": "Basics", "format": "half day"}
DAY = dt.date(2024, 10, 16)


@pytest.fixture(scope="module")
def plan() -> Plan:
    path = Path(__file__).parent.parent / "plan" / "2024-2025.yaml"
    found, _ = read_plan(path.read_bytes(), "plan/2024-2025.yaml")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def known(plan: Plan) -> Known:
    rows, _ = support.rows(ROSTERS["organisations"], support.ORGANISATIONS, Known())
    return known_of(plan, rows)


@pytest.mark.parametrize(
    ("column", "typed", "written"),
    [
        ("boards", "EMSB; English Montréal; littoral", "EMSB; CSSL"),
        ("format", " Half Day ", "half-day"),
        ("category", "Axe ciblé", "outcome-area"),
        ("participants", "1 400", "1400"),
        ("feedback_form", "Oui", "yes"),
        ("status", "canceled", "cancelled"),
        ("title", "  Les   deux ", "Les   deux"),
    ],
)
def test_a_cell_is_written_in_one_way(known: Known, column: str, typed: str, written: str) -> None:
    entry = read_entry(LOGS["sessions"], {**SESSION, column: typed}, known)
    assert (entry.cells[column], entry.mistakes) == (written, ())


@pytest.mark.parametrize(("typed", "written"), [("1h15", "1.25"), ("75 min", "1.25"), ("50 min", "50 min")])
def test_hours_are_written_as_a_number_where_they_are_one(known: Known, typed: str, written: str) -> None:
    cells = {"date": "2024-10-16", "staff": "p-me", "hours": typed, "organisation": "CHSSN", "purpose": "x"}
    assert read_entry(LOGS["partner-support"], cells, known).cells["hours"] == written


def test_every_mistake_is_found_at_once(known: Known) -> None:
    cells = {"line": "9", "format": "long", "answered": "2", "positive": "3"}
    entry = read_entry(LOGS["sessions"], cells, known)
    assert sorted(name for name, _ in entry.mistakes) == ["date", "format", "line", "positive", "title"]


def test_what_cannot_be_read_stays_as_it_was_typed(known: Known) -> None:
    assert (
        read_entry(LOGS["sessions"], {**SESSION, "participants": "1,400"}, known).cells["participants"]
        == "1,400"
    )


def test_an_empty_text_is_no_cell(known: Known) -> None:
    assert "note" not in read_entry(LOGS["sessions"], {**SESSION, "note": "  "}, known).cells


@pytest.mark.parametrize("log", LOGS)
def test_nothing_entered_is_an_error_for_each_column_that_is_needed(known: Known, log: str) -> None:
    found = {name for name, _ in read_entry(LOGS[log], {}, known).mistakes}
    assert found >= {column.name for column in LOGS[log].columns() if column.required}


@given(st.dictionaries(st.sampled_from(LOGS["sessions"].header()), any_text()))
def test_what_is_written_reads_back_the_same(cells: dict[str, str]) -> None:
    once = read_entry(LOGS["sessions"], cells, Known())
    again = read_entry(LOGS["sessions"], once.cells, Known())
    good = {name for name in once.cells if name not in dict(once.mistakes)}
    assert {name: again.cells[name] for name in good} == {name: once.cells[name] for name in good}


def test_an_id_has_its_kind_its_date_and_four_characters() -> None:
    found = new_id("w", DAY, (), random.Random(1))
    assert found.startswith("w-20241016-")
    assert len(found) == len("w-20241016-7kq2")
    assert set(found.removeprefix("w-20241016-")) <= set(LETTERS)


def test_no_character_of_an_id_looks_like_another() -> None:
    assert not set(LETTERS) & set("01ilou")


def test_an_id_that_is_taken_is_drawn_again() -> None:
    first = new_id("p", None, (), random.Random(1))
    assert new_id("p", None, {first}, random.Random(1)) != first


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("1.1", "line date title format category focus boards participants respondents evidence"),
        ("1.2", "line date title format participants respondents evidence"),
        ("1.3c", "line date title format theme audience boards participants respondents evidence"),
        ("1.4a", "line date title format series boards participants respondents evidence"),
    ],
)
def test_a_line_is_asked_what_its_measures_read(plan: Plan, known: Known, line: str, asked: str) -> None:
    found = questions(LOGS["sessions"], plan, known, {"line": line}, planned=False, posted=False)
    assert [one.key for one in found] == asked.split()


def test_a_planned_session_is_asked_four_questions(plan: Plan, known: Known) -> None:
    found = questions(LOGS["sessions"], plan, known, {"line": "1.1"}, planned=True, posted=False)
    assert [one.key for one in found] == ["line", "date", "title", "format"]


@pytest.mark.parametrize(
    ("log", "values", "column", "asked"),
    [
        ("partnerships", {"event": "agreement"}, "new", True),
        ("partnerships", {"event": "seat"}, "new", False),
        ("partnerships", {"event": "agreement", "new": False}, "new", True),
        ("tools", {"kind": "capsule"}, "learning_objective", True),
        ("tools", {"kind": "tool"}, "learning_objective", False),
        ("sessions", {"line": "1.1", "format": "short"}, "category", False),
    ],
)
def test_a_column_is_asked_where_a_measure_can_still_read_it(
    plan: Plan, known: Known, log: str, values: dict[str, object], column: str, asked: bool
) -> None:
    assert (column in columns_read(plan, known, log, values)) is asked


def test_the_formats_that_a_line_counts_come_first(plan: Plan, known: Known) -> None:
    assert accepted_values(plan, known, "format", "sessions", {"line": "1.1"}) == ["full-day", "half-day"]
    assert accepted_values(plan, known, "format", "sessions", {"line": "1.2"}) == ["two-day"]
    assert accepted_values(plan, known, "format", "sessions", {"line": "1.3a"}) == []


def test_a_choice_knows_the_target_that_asks_for_it(plan: Plan, known: Known) -> None:
    assert asked_for(plan, known, "category", "choice", "sessions", {"line": "1.1"}) == "1.1.choice"
    assert asked_for(plan, known, "category", "choice", "sessions", {"line": "1.2"}) == ""


def test_where_the_plan_names_no_person_heads_are_counted(plan: Plan) -> None:
    assert counts_heads(plan, "1.3c")
    assert not counts_heads(plan, "1.4a")


@pytest.mark.parametrize(
    ("log", "cells", "counts"),
    [
        ("sessions", {**SESSION, "status": "planned"}, True),
        ("sessions", {**SESSION, "format": "short"}, False),
        ("sessions", {**SESSION, "line": "2a"}, False),
        (
            "figures",
            {"indicator": "1.1.workshops", "date": "2024-10-16", "value": "3", "evidence": "x"},
            False,
        ),
        ("tools", {"date": "2024-10-16", "kind": "vignette", "title": "A", "audience": "cda"}, True),
    ],
)
def test_a_row_counts_somewhere_or_nowhere(
    plan: Plan, known: Known, log: str, cells: dict[str, str], counts: bool
) -> None:
    entry = read_entry(LOGS[log], cells, known)
    assert entry.mistakes == ()
    assert counting_test(plan, known, log)(entry.row) is counts


def test_every_kind_has_its_first_questions(plan: Plan, known: Known) -> None:
    for log in set(row_kinds().values()):
        found = questions(LOGS[log], plan, known, {}, planned=False, posted=False)
        assert found
        assert all(one.columns and one.key in LOGS[log].header() for one in found)
