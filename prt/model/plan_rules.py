"""What a plan must keep beyond the shape of its pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prt.model.cells import Known
from prt.model.plan import Plan
from prt.problems import Mistake, Severity

Path = tuple[str | int, ...]
Rule = tuple[Path, Mistake, Severity]
Written = Callable[[Path], str]


def plan_rules(plan: Plan, known: Known, written: Written) -> Iterator[Rule]:
    yield from ()


def organisation_rules(plan: Plan, known: Known) -> Iterator[Rule]:
    yield from ()
