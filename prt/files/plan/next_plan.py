"""A new plan file made from that of an earlier year; no file that stands there is ever overwritten."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from prt.files.new_project import write_new
from prt.files.plan.next_year import NextYearText, shift_plan
from prt.files.plan.plan import read_plan
from prt.files.project import Project
from prt.files.store.disk import make_folder, write_refusal
from prt.model.plan import Plan
from prt.problems import Place, Problem, PrtError, errors


@dataclass(frozen=True)
class NextPlan:
    """The new file and the one it was made from, with the plans of both."""

    path: Path
    source: Path
    old: Plan
    new: Plan
    copied: NextYearText


def write_next_plan(project: Project, year: str, source: str | None, today: dt.date) -> NextPlan:
    """Write the plan of `year`, made from that of `source` or the latest before it; and make its folder."""
    path = project.root / "plan" / f"{year}.yaml"
    if path.exists():
        remedy = "Change it there, or remove it first. Nothing was written."
        raise PrtError(Problem(Place(project.shown(path)), "exists already", remedy), code=2)
    before = project.plan_path(source) if source else latest_before(project, year)
    old, _ = project.plan(before)
    years = years_between(old, year)
    copied = shift_plan(before.read_bytes().decode("utf-8-sig"), old.year, year, years, today)
    plan, problems = read_plan(copied.text.encode(), project.shown(path))
    if plan is None or errors(problems):
        raise PrtError(*problems, "Nothing was written.")
    try:
        write_new(path, copied.text)
        make_folder(project.root / "data" / year)
    except OSError as error:
        raise write_refusal(project.shown(path), path, error) from error
    return NextPlan(path, before, old, plan, copied)


def latest_before(project: Project, year: str) -> Path:
    earlier = [path for path in project.plan_paths if path.stem < year]
    if not earlier:
        years = ", ".join(sorted(path.stem for path in project.plan_paths))
        raise PrtError(f'There is no plan of a year before "{year}". Plans: {years}.', code=2)
    return earlier[0]


def years_between(old: Plan, year: str) -> int:
    """How many years later; the name of a year is that of its days."""
    years = int(year[:4]) - old.starts.year if year[:4].isdecimal() else 0
    if years < 1 or year != year_name(old, years):
        raise PrtError(f'"{year}" is no year after {old.year}. Write {year_name(old, 1)}.', code=2)
    return years


def year_name(old: Plan, years: int) -> str:
    return "-".join(str(number + years) for number in sorted({old.starts.year, old.ends.year}))
