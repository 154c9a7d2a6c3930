"""Validated plans, kept between runs: the same bytes are validated once.

What is kept is known by the plan's bytes and by the prt that validated it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from prt.files.kept.kept_bodies import NO_DATA, read_kept
from prt.files.kept.kept_files import keep_file, kept_path
from prt.files.plan.plain_data import from_plain, is_same, to_plain
from prt.model.cells import Known
from prt.model.measures import KINDS
from prt.model.plan import Plan
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.values import dataclass


@dataclass(frozen=True)
class ValidPlan:
    """A plan without errors, its warnings, and how its conditions name organisations (folded)."""

    plan: Plan
    warnings: list[Problem]
    organisations: frozenset[str]


def read_valid_plan(raw: bytes, shown: str, folder: Path | None) -> ValidPlan:
    """A plan from its bytes, or as it was kept in the folder. PrtError where it has errors."""
    path = kept_path(folder, "plan", kinds(), shown, raw)
    with suppress(*NO_DATA):
        if path:
            return from_body(read_kept(path))
    # 35 ms of rules, and 100 of pydantic with them, for a plan that is new
    from prt.files.plan.plan import organisation_names, read_plan

    plan, problems = read_plan(raw, shown)
    if plan is None or errors(problems):
        raise PrtError(*problems)
    valid = ValidPlan(plan, problems, organisation_names(plan))
    with suppress(*NO_DATA):
        if path:
            keep_plan(path, valid)
    return valid


def organisation_problems(
    valid: ValidPlan, known: Known, shown: str, read: Callable[[], bytes]
) -> list[Problem]:
    """Names in the plan that are no organisation; nothing where none is known."""
    if not known.organisations or valid.organisations <= known.organisations.keys():
        return []
    from prt.files.plan.plan import value_problems  # 35 ms, to say where such a name stands

    return value_problems(valid.plan, known, shown, read)


def kinds() -> str:
    """The kinds of measure with their fields: a test may declare one of its own."""
    return "\n".join(f"{kind.__qualname__} {' '.join(kind.fields)}" for kind in KINDS)


def from_body(body: bytes) -> ValidPlan:
    """The plan that was kept. One of `NO_DATA` where it is no plan."""
    kept = json.loads(body)
    plan = from_plain(kept["plan"])
    if not isinstance(plan, Plan):
        raise TypeError(plan)
    return ValidPlan(plan, list(map(as_problem, kept["warnings"])), frozenset(kept["organisations"]))


def keep_plan(path: Path, valid: ValidPlan) -> None:
    """Write what `from_body` reads; nothing where another plan would come back. One of `NO_DATA` where the
    disk refuses."""
    kept: dict[str, Any] = {
        "plan": to_plain(valid.plan),
        "warnings": list(map(plain_problem, valid.warnings)),
        "organisations": sorted(valid.organisations),
    }
    body = json.dumps(kept, separators=(",", ":")).encode()
    back = json.loads(body)
    if not is_same(from_plain(back["plan"]), valid.plan):
        return
    if list(map(as_problem, back["warnings"])) == valid.warnings:
        keep_file(path, body)


def plain_problem(problem: Problem) -> dict[str, Any]:
    """A warning with what its words were made of. TypeError where that is no plain data."""
    where, mistake = problem.where, problem.mistake
    if mistake is None:
        raise TypeError(problem)
    if not all(type(value) in (str, int) for value in mistake.values.values()):
        raise TypeError(problem)
    place = [where.file, where.line, where.column, where.path]
    return {
        "code": mistake.code,
        "values": mistake.values,
        "where": place,
        "severity": problem.severity,
        "value": problem.value,
    }


def as_problem(kept: dict[str, Any]) -> Problem:
    mistake = Mistake(kept["code"], **kept["values"])
    return Problem.of(Place(*kept["where"]), mistake, kept["severity"], kept["value"])
