"""Next year's plan from this year's file: dates and the year itself are moved, every other byte stays."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

from prt.files.outputs import create_own_file
from prt.files.plan.plan import read_plan
from prt.files.plan.plan_text import last_index
from prt.files.project import Project
from prt.files.store.disk import make_folder
from prt.files.trace.disk_questions import is_on_disk
from prt.files.yaml.events import LOADER
from prt.files.yaml.scalars import DATE
from prt.model.plan import Plan
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.values import dataclass

PlanPath = tuple[str | int, ...]

KEPT = ("baseline", "amendments")
"""Under these keys a date is one of the past."""

TEXTS = ("says", "en", "fr", "label", "note", "title")
"""Keys whose text is nobody's date or year."""

CONDITIONS = ("where", "people", "organisations")
"""Under these keys the year itself may stand: `new_in`."""

YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True)
class TextEdit:
    """`old` stands at `at` (characters from 0) and becomes `new`; `path` is where in the plan."""

    path: PlanPath
    at: int
    old: str
    new: str


@dataclass(frozen=True)
class NextYearText:
    """The text of the new file, and what was moved in it."""

    text: str
    edits: tuple[TextEdit, ...]

    @property
    def dates(self) -> list[tuple[PlanPath, dt.date]]:
        """The dates of the new file that were moved."""
        found = ((edit.path, edit.new) for edit in self.edits if DATE.fullmatch(edit.new))
        return [(path, dt.date.fromisoformat(day)) for path, day in found]

    def earlier_years(self, first: int) -> list[int]:
        """The lines, in comments and phrases above all, that still name a year before `first`."""
        lines = enumerate(self.text.splitlines(), 1)
        return [number for number, line in lines if any(int(year) < first for year in YEAR.findall(line))]


def shift_plan(text: str, old: str, new: str, years: int, today: dt.date) -> NextYearText:
    """The plan of the year `old`, a text without mistakes, for the year `new`, so many years later."""
    root: Any = yaml.compose(text, Loader=LOADER)
    edits = [
        one
        for path, node in walk_scalars(root)
        for one in scalar_edits(path, node, text, old, new, years, today)
    ]
    edits += [*amendment_edits(root, text), *was_edits(root, text)]
    for edit in sorted(edits, key=lambda one: one.at, reverse=True):
        text = text[: edit.at] + edit.new + text[edit.at + len(edit.old) :]
    return NextYearText(text, tuple(edits))


def walk_scalars(node: Any, path: PlanPath = ()) -> Iterator[tuple[PlanPath, Any]]:
    """Every value that is no mapping and no list, with the path to it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from walk_scalars(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value):
            yield from walk_scalars(value, (*path, place))
    else:
        yield path, node


def scalar_edits(
    path: PlanPath, node: Any, text: str, old: str, new: str, years: int, today: dt.date
) -> Iterator[TextEdit]:
    """The edit of a date or of a year; of the plan's title the year in it."""
    start, end = node.start_mark.index, node.end_mark.index
    if path[0] == "title":
        yield from (TextEdit(path, found.start(), old, new) for found in occurrences(old, text, start, end))
    elif not any(key in (*KEPT, *TEXTS) for key in path):
        value = shift_value(path, node.value, old, new, years, today)
        if value != node.value:
            yield TextEdit(path, text.index(node.value, start, end), node.value, value)


def occurrences(year: str, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return re.compile(re.escape(year)).finditer(text, start, end)


def shift_value(path: PlanPath, value: str, old: str, new: str, years: int, today: dt.date) -> str:
    """A value of the old plan as the new one has it: dates move by years; `updated` is today."""
    if path == ("updated",):
        return today.isoformat()
    if DATE.fullmatch(value):
        return shift_day(dt.date.fromisoformat(value), years).isoformat()
    named = path == ("year",) or any(key in CONDITIONS for key in path)
    return new if named and value == old else value


def shift_day(day: dt.date, years: int) -> dt.date:
    """The same day some years later; the last of February stays the last, so that periods still meet."""
    if (day + dt.timedelta(days=1)).month != day.month == 2:
        return dt.date(day.year + years, 3, 1) - dt.timedelta(days=1)
    return day.replace(year=day.year + years)


def amendment_edits(root: Any, text: str) -> Iterator[TextEdit]:
    """Amendments are of the year that they were made in."""
    for key, value in root.value:
        if key.value == "amendments" and isinstance(value, yaml.SequenceNode) and value.value:
            start, end = value.start_mark.index, last_index(value)
            yield TextEdit(("amendments",), start, text[start:end], "[]")


PLACE_OF_INDICATORS = ("volets", "lines", "indicators")


def was_edits(root: Any, text: str) -> Iterator[TextEdit]:
    """What an indicator `was` is of the year before this one: next year it was what it is called now."""
    holders = [root]
    for name in PLACE_OF_INDICATORS:
        lists = [value for holder in holders for key, value in holder.value if key.value == name]
        holders = [one for some in lists for one in some.value]
    for holder in holders:
        for key, value in holder.value:
            if key.value == "was":
                yield without_entry(holder, key, value, text)


def without_entry(node: Any, key: Any, value: Any, text: str) -> TextEdit:
    """The edit that takes an entry out of its mapping, with its line or its comma."""
    at, end = key.start_mark.index, last_index(value)
    first = node.value[0][0] is key
    if first:  # the next entry takes its place
        end = node.value[1][0].start_mark.index
    elif node.flow_style:
        at = text.rindex(",", 0, at)
    else:
        at, end = text.rindex("\n", 0, at), next_line(text, end) - 1
    return TextEdit(("was",), at, text[at:end], "")


def next_line(text: str, at: int) -> int:
    """Where the line after this place begins, or after the end of the text."""
    found = text.find("\n", at)
    return len(text) + 1 if found < 0 else found + 1


@dataclass(frozen=True)
class NextPlan:
    """The new file and the one it was made from, with the plans of both."""

    path: Path
    source: Path
    old: Plan
    new: Plan
    copied: NextYearText


def write_next_plan(project: Project, year: str, source: str | None, when: dt.datetime) -> NextPlan:
    """Write the plan of `year`, made from that of `source` or the latest before it."""
    path = project.root / "plan" / f"{year}.yaml"
    if is_on_disk(path):
        raise PrtError(Problem.of(Place(project.shown(path)), Mistake("plan_exists")), code=2)
    before = project.plan_path(source) if source else latest_before(project, year)
    old, _ = project.plan(before)
    years = years_between(old, year)
    text = project.cache.read_bytes(before).decode("utf-8-sig")
    copied = shift_plan(text, old.year, year, years, when.date())
    plan, problems = read_plan(copied.text.encode(), project.shown(path))
    if plan is None or errors(problems):
        raise PrtError(*problems, Mistake("unwritten"))
    create_own_file(project, path, copied.text.encode("utf-8"), "prt plan new", when)
    with suppress(OSError):  # the first row of the year makes it too, and says what is wrong
        make_folder(project.root / "data" / year)
    return NextPlan(path, before, old, plan, copied)


def latest_before(project: Project, year: str) -> Path:
    earlier = [path for path in project.plan_paths if path.stem < year]
    if not earlier:
        years = ", ".join(sorted(path.stem for path in project.plan_paths))
        raise PrtError(Mistake("no_earlier_plan", year=year, years=years), code=2)
    return earlier[0]


def years_between(old: Plan, year: str) -> int:
    """How many years later; the name of a year is that of its days."""
    years = int(year[:4]) - old.starts.year if year[:4].isdecimal() else 0
    if years < 1 or year != old.year_later(years):
        raise PrtError(Mistake("not_a_later_year", year=year, old=old.year, next=old.year_later(1)), code=2)
    return years
