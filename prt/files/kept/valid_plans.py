"""Validated plans, kept between runs: the same bytes are validated once.

What is kept is known by the plan's bytes and by the prt that validated it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from prt.files.kept.kept_bodies import NO_DATA, read_kept
from prt.files.kept.kept_files import keep_file, kept_path
from prt.files.kept.plain_data import as_json, from_json
from prt.model.base import is_same
from prt.model.cells import Known
from prt.model.measures import KINDS
from prt.model.plan import Plan
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.values import NamedTuple, dataclass


@dataclass(frozen=True)
class ValidPlan:
    """A plan without errors, its warnings, and how its conditions name organisations (folded)."""

    plan: Plan
    warnings: list[Problem]
    organisations: frozenset[str]


class KeptWarning(NamedTuple):
    """A warning of a plan, with what its words are made of."""

    where: Place
    code: str
    values: dict[str, object]
    value: str

    @classmethod
    def of(cls, warning: Problem) -> KeptWarning:
        """TypeError where it has words alone, and no mistake that they are made of."""
        if warning.mistake is None:
            raise TypeError(warning)
        return cls(warning.where, warning.mistake.code, warning.mistake.values, warning.value)

    def problem(self) -> Problem:
        return Problem.of(self.where, Mistake(self.code, **self.values), "warning", self.value)


class KeptPlan(NamedTuple):
    """A valid plan as it is kept."""

    plan: Plan
    warnings: tuple[KeptWarning, ...]
    organisations: tuple[str, ...]


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
    plan, warnings, organisations = from_json(body, KeptPlan)
    return ValidPlan(plan, [one.problem() for one in warnings], frozenset(organisations))


def keep_plan(path: Path, valid: ValidPlan) -> None:
    """Write what `from_body` reads; nothing where another plan would come back. One of `NO_DATA` where the
    disk refuses."""
    warnings = tuple(map(KeptWarning.of, valid.warnings))
    body = as_json(KeptPlan(valid.plan, warnings, (*sorted(valid.organisations),)))
    back = from_body(body)
    if is_same(back.plan, valid.plan) and back.warnings == valid.warnings:
        keep_file(path, body)
