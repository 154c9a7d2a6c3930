"""An indicator, or a line with one, added to a plan file: the old plan and what is new, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from prt.files.plan.pieces import WrongShape, read_piece
from prt.files.plan.plan import read_plan
from prt.files.plan.plan_text import TextInsertion, item_insertions
from prt.files.project import Year
from prt.model.base import is_same
from prt.model.plan import Indicator, Line, Plan, Volet
from prt.problems import Mistake, Place, Problem, PrtError, errors
from prt.values import dataclass

MARK = "\ufeff"

Item = Mapping[str, Any]
"""What the file is to hold, as plain values under the keys of the plan."""


@dataclass(frozen=True)
class PlanPlace:
    """The line that an indicator is added to; of a new line its volet, and the line itself."""

    volet: int
    line: int | None = None

    @property
    def path(self) -> tuple[str | int, ...]:
        """The list that grows."""
        lines = ("volets", self.volet, "lines")
        return lines if self.line is None else (*lines, self.line, "indicators")

    @property
    def piece(self) -> type[Line] | type[Indicator]:
        return Line if self.line is None else Indicator

    def last_of(self, plan: Plan) -> Line | Indicator:
        """What was added, in the plan that has it."""
        lines = plan.volets[self.volet].lines
        return lines[-1] if self.line is None else lines[self.line].indicators[-1]

    def without_last(self, plan: Plan) -> Plan:
        """The plan as it was before; the same one where it would be no plan."""
        volet = plan.volets[self.volet]
        if self.line is None:
            lines = volet.lines[:-1]
        else:
            line = volet.lines[self.line]
            lines = put(volet.lines, self.line, line.replace(indicators=line.indicators[:-1]))
        volets: Sequence[Volet] = put(plan.volets, self.volet, volet.replace(lines=lines))
        return plan.replace(volets=tuple(volets))


def put(items: Sequence[Any], at: int, item: Any) -> tuple[Any, ...]:
    return (*items[:at], item, *items[at + 1 :])


@dataclass(frozen=True)
class PlanAddition:
    """A plan file before and after; `problems` are the warnings that came with what is new."""

    handle: str
    before: bytes
    after: bytes
    inserted: TextInsertion
    plan: Plan
    problems: Sequence[Problem]

    @property
    def line(self) -> int:
        """The line of the file on which it begins."""
        return self.inserted.line_in(self.before.decode("utf-8-sig"))

    @property
    def span(self) -> tuple[int, int]:
        """Where what is new stands in the bytes of the file, and how many bytes it takes."""
        text = self.before.decode("utf-8")
        at = self.inserted.at + text.startswith(MARK)
        return len(text[:at].encode()), len(self.inserted.added.encode())


def add_to_year(year: Year, place: PlanPlace, item: Item) -> PlanAddition:
    """The plan file of a year, as it is now, with the item at the end of the list."""
    project = year.project
    return add_to_plan(project.cache.read_bytes(year.path), project.shown(year.path), place, item)


def add_to_plan(raw: bytes, shown: str, place: PlanPlace, item: Item) -> PlanAddition:
    """The file with the item at the end of the list. PrtError, with every mistake, where it would be no plan
    any more, or where the file reads back as anything but the old plan and the item."""
    old, known = read_plan(raw, shown)
    if old is None or errors(known):
        raise PrtError(*errors(known))
    text, mark = raw.decode("utf-8-sig"), MARK.encode() if raw.startswith(MARK.encode()) else b""
    wanted, wrong = read_item(place, item), list[Problem]()
    for inserted in item_insertions(text, place.path, item):
        after = mark + inserted.into(text).encode()
        plan, problems = read_plan(after, shown)
        wrong = errors(problems)
        if plan is None or not reads_back(old, plan, place, wanted):
            continue
        if not wrong:
            handle = handle_of(plan, place)
            return PlanAddition(handle, raw, after, inserted, plan, new_problems(known, problems))
    raise PrtError(*wrong or [Problem.of(Place(shown), Mistake("plan_not_extended"))])


def read_item(place: PlanPlace, item: Item) -> Line | Indicator | None:
    """What is to be read back; None where it is no such piece."""
    try:
        return read_piece(place.piece, item)
    except WrongShape:
        return None


def reads_back(old: Plan, new: Plan, place: PlanPlace, wanted: Line | Indicator | None) -> bool:
    """Is the new plan the old one with what is wanted at the end of its list, and nothing else?"""
    same = is_same(place.without_last(new), old)
    return same and wanted is not None and is_same(place.last_of(new), wanted)


def handle_of(plan: Plan, place: PlanPlace) -> str:
    lines = plan.volets[place.volet].lines
    line = lines[-1 if place.line is None else place.line]
    return f"{line.id}.{line.indicators[-1].id}"


def new_problems(known: Sequence[Problem], found: Sequence[Problem]) -> list[Problem]:
    """Those that were not there before; what stands below has another line by now."""
    before = {(one.where.path, one.what) for one in known}
    return [one for one in found if (one.where.path, one.what) not in before]
