"""The plan year before, found beside this one, or in a submission as it was kept there."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Protocol

from prt.figures.evaluate import Evaluation
from prt.figures.targets.year_before import FiguresBefore, RowsBefore, figures_kept
from prt.files.store.disk import is_file
from prt.model.plan import Plan
from prt.model.view import Data, FigureBefore, YearBefore
from prt.problems import PrtError


class PlanYear(Protocol):
    """A plan with the figures of its year."""

    plan: Plan

    def evaluate(self, cut_off: dt.date, /) -> Evaluation: ...


LAST_YEAR = "last-year.json"
"""What a submission keeps of the year before, beside its rows: the figures that its targets ask for."""


def find_year_before(
    plan: Plan, load: Callable[[], PlanYear | PrtError | None], kept: Path, read: Callable[[Path], bytes]
) -> YearBefore | None:
    """The rows of the year before a plan, as `load` finds them; else what a submission kept of them."""
    before = load()
    if isinstance(before, PrtError):
        return FiguresBefore(plan.year_later(-1), {}, "unreadable")
    if before:
        return RowsBefore(before.plan, before.evaluate, plan)
    return read_kept(plan.year_later(-1), read(kept)) if is_file(kept) else None


def read_kept(year: str, raw: bytes) -> FiguresBefore:
    try:
        figures = {name: figure_of(told) for name, told in json.loads(raw)["figures"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError, RecursionError):
        return FiguresBefore(year, {}, "unreadable")
    return FiguresBefore(year, figures, "no_indicator")


def figure_of(told: dict[str, str | None]) -> FigureBefore:
    value = told["value"]
    return FigureBefore(None if value is None else Fraction(value), str(told["why"] or ""))


def kept_bytes(plan: Plan, data: Data) -> bytes | None:
    """What a submission of a year keeps of the one before; None where no target asks for it."""
    found = figures_kept(data, plan)
    if not found:
        return None
    figures = {
        name: {"value": None if one.value is None else str(one.value), "why": one.why}
        for name, one in found.items()
    }
    return (json.dumps({"year": plan.year_later(-1), "figures": figures}, indent=1) + "\n").encode()
