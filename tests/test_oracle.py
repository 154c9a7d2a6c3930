"""What prt says is what an oracle says that knows nothing of prt (tests/oracle/)."""

from __future__ import annotations

import ast
import datetime as dt
import json
import sys
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from prt.figures.evaluate import Evaluation, Result, evaluate
from prt.files.project import Project
from prt.model.figure import Figure as PrtFigure
from tests import oracle
from tests.conftest import only_in_ci, some
from tests.oracle import Answer, Figure, ask_oracle, read_year
from tests.project import Prt
from tests.random_year import KINDS, draw_days, shuffle_rows, write_random_year

ROOT = Path(__file__).parent
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A smaller seed is not a smaller year. An example is some forty indicators on three days, so a sixth are enough."""


def ask_prt(root: Path, days: list[dt.date]) -> dict[dt.date, dict[str, Answer]]:
    """What prt says of a project on some days, in the words of the oracle: all that is known of prt here."""
    plan = max((root / "plan").glob("*.yaml"))
    year = Project(root, root / "data" / "private").load(plan)
    return {day: answers_of(evaluate(year.plan, year.data, day)) for day in days}


def answers_of(evaluation: Evaluation) -> dict[str, Answer]:
    return {result.handle: answer_of(result) for result in evaluation.results}


def answer_of(result: Result) -> Answer:
    return Answer(
        figure_of(result.to_date),
        [None if one is None else figure_of(one) for one in result.periods],
        result.planned,
        result.expected,
        result.status.code,
        [figure_of(second.to_date) for second in result.also],
        [one.status.code for one in result.of_periods],
    )


def figure_of(found: PrtFigure) -> Figure:
    if found.absent == "no_data":
        return Figure(None, "no_data")
    return Figure(
        found.value,
        found.absent,
        found.part,
        found.whole,
        sorted(f"{row.log} {row.id}" for row in found.rows),
        found.unknown,
        {
            column: {group.value: (group.amount or Fraction(0), len(group.rows)) for group in groups}
            for column, groups in found.splits
        },
        sorted(found.outside, key=str),
        {item.values: item.number or 0 for item in found.items},
        {one.id: (one.times, one.best, one.needed) for one in found.members},
        sorted(found.not_due),
        found.best,
    )


def difference(found: dict[str, Answer], wanted: dict[str, Answer]) -> str:
    """The first indicator of which prt and the oracle say two things, with both; empty where they agree."""
    for name, answer in wanted.items():
        if found.get(name) != answer:
            return f"{name}\n  prt:    {found.get(name)}\n  oracle: {answer}"
    return "" if found.keys() == wanted.keys() else f"{sorted(found.keys() ^ wanted.keys())}"


def test_the_oracle_imports_nothing_of_prt() -> None:
    files = [file for room in ("oracle", "random_year") for file in sorted((ROOT / room).glob("*.py"))]
    trees = [ast.walk(ast.parse(file.read_text(encoding="utf-8"))) for file in files]
    imported = {name for tree in trees for node in tree for name in names_imported(node)}
    foreign = {name for name in imported if not name.startswith(("tests.oracle", "tests.random_year"))}
    assert len(files) > 7
    assert {name.split(".")[0] for name in foreign} <= sys.stdlib_module_names | {"yaml"}


def names_imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_every_kind_of_measure_is_drawn() -> None:
    schema = json.loads((ROOT.parent / "docs" / "plan.schema.json").read_text(encoding="utf-8"))
    fields = [one.get("properties", {}) for one in schema["$defs"].values()]
    kinds = {one["kind"]["const"] for one in fields if "kind" in one}
    assert kinds == {draw(Random(0))["kind"] for draw in KINDS.values()} | {"typed"}


@settings(max_examples=settings().max_examples // 6, phases=WITHOUT_SHRINKING)
@given(seed=st.integers(0, 2**32))
def test_a_random_year_agrees_in_any_order_of_its_rows(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng, root = Random(seed), tmp_path_factory.mktemp("year")
    write_random_year(root, rng)
    year = read_year(root)
    days = [rng.choice(year.period_ends), *draw_days(rng, 2)]
    if shuffled := rng.random() < 0.5:
        shuffle_rows(root, rng)
    found = ask_prt(root, days)
    for day in days:
        assert not difference(found[day], ask_oracle(year, day)), f"{day}, rows shuffled: {shuffled}"


SEVEN_DAYS = [dt.date(2024, 7, 20) + dt.timedelta(days=87 * number) for number in range(3)] + [
    dt.date(2024, 11, 30),
    dt.date(2025, 3, 31),
    dt.date(2025, 5, 30),
    dt.date(2025, 6, 30),
]


@pytest.fixture(scope="module")
def demo_year(fictional: Path) -> oracle.Year:
    return read_year(fictional)


def test_the_fictional_year_agrees(fictional: Path, demo_year: oracle.Year) -> None:
    days = some(SEVEN_DAYS, 1)
    found = ask_prt(fictional, days)
    assert len(found[days[0]]) > 50
    for day in days:
        assert not difference(found[day], ask_oracle(demo_year, day)), day


@only_in_ci
def test_the_command_prints_what_the_oracle_says(
    prt: Prt, fictional: Path, demo_year: oracle.Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRT_PROJECT", str(fictional))
    printed = json.loads(prt("status --as-of 2025-02-14 --all --format json"))["indicators"]
    wanted = ask_oracle(demo_year, dt.date(2025, 2, 14))
    assert [one["id"] for one in printed] == list(wanted)
    for one in printed:
        answer = wanted[one["id"]]
        assert one["status"] == answer.status
        assert one["expected"] == number(answer.expected)
        assert one["to_date"]["planned"] == answer.planned
        assert_printed(one["to_date"], answer.to_date)
        if answer.periods[-1] is None:
            assert one["period"] is None
        else:
            assert_printed(one["period"], answer.periods[-1])


def assert_printed(printed: dict[str, Any], figure: Figure) -> None:
    assert (printed["value"], printed.get("absent")) == (number(figure.value), figure.absent)
    assert printed["rows"] == len(figure.rows)
    if figure.absent != "no_data":
        assert (printed.get("part"), printed.get("whole")) == (number(figure.part), number(figure.whole))
    for column, groups in printed.get("splits", {}).items():
        found = {str(group["value"]): (group["amount"], group["rows"]) for group in groups}
        assert found == {
            str(value): (number(amount), rows) for value, (amount, rows) in figure.splits[column].items()
        }


def number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
