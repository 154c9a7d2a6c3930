"""What a command finds around it: the clock, the environment, the project, and who is asking.

Only this file and the commands ask for any of these; everything below gets them as arguments.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from prt.console.streams import fit_lines
from prt.figures.evaluate import Evaluation, evaluate
from prt.files.project import Project, Year, find_root, refuse_two_plans
from prt.model.calendar import read_day
from prt.problems import Mistake, PrtError

if TYPE_CHECKING:
    from prt.model.plan import Plan
    from prt.model.text import Language


def today() -> dt.date:
    """The clock's day; PRT_TODAY stands in for it in tests and demonstrations."""
    given = os.environ.get("PRT_TODAY")
    try:
        return dt.date.fromisoformat(given) if given else dt.date.today()
    except ValueError:
        what = f'PRT_TODAY is "{given}", which is not a date. Write a date such as 2024-10-16, or unset it.'
        raise PrtError(what, code=2) from None


def now() -> dt.datetime:
    """Day and time to the second, for the record of corrections."""
    clock = dt.datetime.now().astimezone().replace(microsecond=0)
    return clock if not os.environ.get("PRT_TODAY") else dt.datetime.combine(today(), clock.timetz())


def day(text: str) -> dt.date:
    """A date of the command line: 2024-10-16, yesterday, -2d, oct 16."""
    try:
        return read_day(text, today())
    except Mistake as mistake:
        raise PrtError(f"{mistake.what}. {mistake.remedy}", code=2) from None


def language(asked: str | None) -> Language:
    """The language of `--lang`, PRT_LANG, or English."""
    wanted = (asked or os.environ.get("PRT_LANG") or "en").lower()[:2]
    if wanted not in ("en", "fr"):
        raise PrtError(f'"{wanted}" is not a language of prt. Write --lang en or --lang fr.', code=2)
    return "fr" if wanted == "fr" else "en"


def open_project() -> Project:
    """The project of --project, PRT_PROJECT, or the nearest folder upwards."""
    given = os.environ.get("PRT_PROJECT")
    root = find_root(Path(given).resolve() if given else Path.cwd())
    named = os.environ.get("PRT_PRIVATE") or git_config("prt.private", root)
    private = Path(named) if named else root / "data" / "private"
    if (root / ".prt" / "pending.json").exists():
        complete_earlier(root, private)
    project = Project(root, private)
    refuse_two_plans(project)
    return project


def complete_earlier(root: Path, private: Path) -> None:
    """Complete what an earlier command left that was cut off; where that cannot be, say so.

    A command that only reads goes on; one that writes is refused.
    """
    from prt.files.store.journal import complete_pending  # 9 files, where an earlier command was cut off

    try:
        complete_pending(root, private)
    except PrtError as error:
        for problem in error.problems:
            say(f"warning: {problem}")


def open_year(year: str | None, on: dt.date | None = None, logs: Collection[str] | None = None) -> Year:
    """One plan year of the project around the command: see `load_year`."""
    return load_year(open_project(), year, on, logs)


def load_year(
    project: Project, year: str | None, on: dt.date | None = None, logs: Collection[str] | None = None
) -> Year:
    """One plan year with its rows, or those of `logs`: the one asked for, of a day, or the current one."""
    if year:
        path = project.plan_path(year)
    else:
        path = project.plan_path_of(on) if on else project.current_plan_path(today())
    return project.load(path) if logs is None else project.load(path, logs)


def cut_off(plan: Plan, period: int | None, as_of: str | None) -> dt.date:
    """The day that figures stop at; one still to come is warned of."""
    if period is not None and as_of is not None:
        raise PrtError("--period and --as-of both choose the cut-off: give one of them.", code=2)
    if period is not None:
        found = plan.calendar.period(period)
        if found is None:
            known = ", ".join(str(one.id) for one in plan.periods)
            raise PrtError(f"The plan has no period {period}. Periods: {known}.", code=2)
        chosen = found.last
    else:
        chosen = day(as_of) if as_of else min(max(today(), plan.starts), plan.ends)
    if not plan.starts <= chosen <= plan.ends:
        raise PrtError(f"{chosen} is outside the plan year {plan.year}.", code=2)
    if chosen > today():
        say(f"The cut-off {chosen} is still to come: these figures will change.")
    return chosen


def evaluated(year: Year, period: int | None = None, as_of: str | None = None) -> Evaluation:
    return evaluate(year.plan, year.data, cut_off(year.plan, period, as_of))


def me(root: Path) -> str | None:
    """Who is at the keyboard: PRT_ME, or `git config prt.me`."""
    return os.environ.get("PRT_ME") or git_config("prt.me", root)


@cache
def git_config(name: str, root: Path) -> str | None:
    """A setting of git, or None: nothing fails where git is missing. Asked once, for git takes its time."""
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(["git", "config", name], cwd=root, capture_output=True, text=True, timeout=5)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None


def editor() -> str | None:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR")


def stand_in(project: Path, private: Path, day: str) -> None:
    """From here on this project is used, and this is the day."""
    os.environ |= {"PRT_PROJECT": str(project), "PRT_PRIVATE": str(private), "PRT_TODAY": day}


def say(message: str) -> None:
    """A message to the person: stderr, so that results can be piped."""
    print(fit_lines(message, sys.stderr), file=sys.stderr)


def left_out_notice(year: Year) -> None:
    """Every output says how many rows are left out because of an error."""
    if year.left_out:
        rows = "1 row is" if year.left_out == 1 else f"{year.left_out} rows are"
        say(f"{rows} left out of these figures because of errors: prt check")
