"""The plan year before, found beside this one, or in a submission as it was kept there."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from prt.figures.year_before import FiguresBefore, RowsBefore, figures_kept
from prt.files.store.disk import is_file
from prt.model.view import FigureBefore, YearBefore
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.files.project import Year

LAST_YEAR = "last-year.json"
"""What a submission keeps of the year before, beside its rows: the figures that its targets ask for."""


def kept_path(year: Year) -> Path:
    return year.folder / LAST_YEAR


def find_year_before(year: Year) -> YearBefore | None:
    """The rows of the year before; else what a submission kept of them."""
    try:
        if before := year.year_before:
            return RowsBefore(before.plan, before.data, year.plan)
    except PrtError:
        return FiguresBefore(year.plan.year_later(-1), {}, "unreadable")
    return read_kept(year, kept_path(year)) if is_file(kept_path(year)) else None


def read_kept(year: Year, path: Path) -> FiguresBefore:
    name = year.plan.year_later(-1)
    try:
        found = json.loads(year.project.cache.read_bytes(path))["figures"]
        return FiguresBefore(name, {one: figure_of(told) for one, told in found.items()}, "no_indicator")
    except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError, RecursionError):
        return FiguresBefore(name, {}, "unreadable")


def figure_of(told: dict[str, str | None]) -> FigureBefore:
    value = told["value"]
    return FigureBefore(None if value is None else Fraction(value), str(told["why"] or ""))


def kept_bytes(year: Year) -> bytes | None:
    """What a submission of this year keeps of the one before; None where no target asks for it."""
    found = figures_kept(year.data, year.plan)
    if not found:
        return None
    figures = {
        name: {"value": None if one.value is None else str(one.value), "why": one.why}
        for name, one in found.items()
    }
    return (json.dumps({"year": year.plan.year_later(-1), "figures": figures}, indent=1) + "\n").encode()
