"""The team's plan is without a problem, its schema is current, and names of organisations are checked."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from prt.files.plan.plan import read_plan, value_problems
from prt.files.plan.schema import plan_schema
from prt.model.cells import Known
from prt.model.measures import KINDS, kind_name
from prt.model.plan import Plan, known_of
from prt.model.selections import as_cell
from prt.problems import errors

PROJECT = Path(__file__).parent.parent
RAW = (PROJECT / "plan" / "2024-2025.yaml").read_bytes()
MINIMAL = (PROJECT / "tests" / "gallery" / "plan" / "_minimal.yaml").read_text(encoding="utf-8")


def plan_of(raw: bytes) -> Plan:
    plan, problems = read_plan(raw, "plan/2024-2025.yaml")
    assert problems == []
    assert plan is not None
    return plan


def test_the_teams_plan_has_no_problem() -> None:
    plan = plan_of(RAW)
    assert len(list(plan.lines())) == 13
    assert len([one for _, _, one in plan.indicators() if one.target]) == 28


def test_numbers_are_exact() -> None:
    positive = next(one for _, _, one in plan_of(RAW).indicators() if one.id == "positive")
    assert positive.target
    assert positive.target.at_least == Fraction(3, 4)


def test_a_value_in_a_condition_is_what_a_cell_would_hold() -> None:
    plan = plan_of(
        MINIMAL.replace('where: {line: "1.1", ', "where: {line: 1.1, feedback_form: yes, ").encode()
    )
    where = plan.selections["pd"].where
    assert where["line"].any_of == ("1.1",)
    assert where["feedback_form"].any_of == ("yes",)
    assert [as_cell(value) for value in (True, False, 3, "x")] == ["yes", "no", "3", "x"]


def test_the_committed_schema_is_current() -> None:
    """`prt plan schema > docs/plan.schema.json` renews it."""
    assert (PROJECT / "docs" / "plan.schema.json").read_text(encoding="utf-8") == plan_schema()


def test_the_schema_knows_every_kind_and_no_other_key() -> None:
    schema = json.loads(plan_schema())
    kinds = {
        one["properties"]["kind"].get("const")
        for one in schema["$defs"].values()
        if "kind" in one.get("properties", {})
    }
    assert kinds == {kind_name(kind) for kind in KINDS}
    assert len(kinds) >= 8
    assert schema["additionalProperties"] is False


EMSB = {
    "code": "EMSB",
    "name_en": "English Montreal School Board",
    "name_fr": "CS English-Montréal",
    "aliases": ("CSEM",),
}
RSB = {
    "code": "RSB",
    "name_en": "Riverside School Board",
    "name_fr": "CS Riverside",
    "aliases": ("EMSB", "Rive"),
}


def test_a_spelling_stands_for_a_code_first_then_for_a_name_then_for_an_alias() -> None:
    known = known_of(plan_of(MINIMAL.encode()), [EMSB, RSB])
    assert known.organisations["emsb"] == "EMSB"
    assert known.organisations["cs english montreal"] == "EMSB"
    assert known.organisations["rive"] == "RSB"


def test_what_cells_may_name_comes_from_the_plan() -> None:
    known = known_of(plan_of(MINIMAL.encode()), [])
    assert known.lines == {"1.1"}
    assert known.indicators == {"1.1.workshops", "1.1.positive"}
    assert known.vocabularies["category"] == {
        "area": "area",
        "axe": "area",
        "choice": "choice",
        "of choice": "choice",
        "au choix": "choice",
    }


def test_an_organisation_of_the_plan_is_checked_once_the_organisations_are_known() -> None:
    raw = MINIMAL.replace('line: "1.1", ', 'line: "1.1", boards: [emsb, LBPSB], ').encode()
    plan = plan_of(raw)
    assert value_problems(plan, Known(), "p.yaml", lambda: raw) == []
    found = value_problems(plan, known_of(plan, [EMSB]), "p.yaml", lambda: raw)
    assert [str(problem).splitlines()[0] for problem in found] == [
        'p.yaml:15:59: selections.pd.where.boards.1: "LBPSB" is not an organisation of data/organisations.csv'
    ]


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to every value inside a value."""
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [path, *(one for key, child in children for one in paths(child, (*path, key)))]


ODD: list[Any] = [
    None,
    0,
    -1,
    1.5,
    True,
    "",
    "x",
    "75%",
    [],
    ["x"],
    [[]],
    {},
    {"x": 1},
    {"kind": "sum"},
    {"people": {}},
    {"log": "people"},
]
ODD += [{"from": 1}, 10**15, dt.date.max, "é" * 300]


@given(st.sampled_from(paths(yaml.safe_load(MINIMAL))[1:]), st.sampled_from(ODD))
def test_whatever_stands_in_a_plan_is_accepted_or_explained(path: tuple[Any, ...], odd: Any) -> None:
    plan = yaml.safe_load(MINIMAL)
    around = plan
    for step in path[:-1]:
        around = around[step]
    around[path[-1]] = odd
    found, problems = read_plan(yaml.safe_dump(plan).encode(), "p.yaml")
    assert found is not None or errors(problems)
    for problem in problems:
        assert problem.remedy and problem.where.line
        assert "another value" not in problem.remedy
