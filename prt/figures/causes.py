"""Which changed rows are why a figure is another: those that it counted, and those that these depend on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from prt.figures.evaluate import Result
from prt.figures.rowchanges import KINDS, Change
from prt.model.figure import Figure
from prt.model.measures import Measure, Reach
from prt.model.rows import SESSION, Row
from prt.model.selections import OrganisationsQuery, PeopleQuery, Selection
from prt.model.view import CHILDREN, View

PLACING: dict[str, frozenset[str]] = {
    "sessions": frozenset({"date", "last_day", "status"}),
    "attendance": frozenset({"session", "person", "role", "minutes"}),
    "feedback": frozenset({"session", "response"}),
    "deliverables": frozenset({"date", "period"}),
    "figures": frozenset({"date", "indicator", "value"}),
}
"""Columns by which a row counts, or not, whatever the measure; of other logs it is the date."""
DERIVED = {
    "attendance": frozenset({"participants", "boards"}),
    "feedback": frozenset({"respondents", "answered", "positive"}),
}
"""Columns of a session that come from these rows where they are empty."""


@dataclass(frozen=True)
class Sides:
    """The rows behind some figures of one indicator, as they were and as they are, by their identity."""

    sent: Mapping[int, Row]
    now: Mapping[int, Row]

    @classmethod
    def of(cls, sent: Iterable[Figure], now: Iterable[Figure]) -> Sides:
        sides = ({id(row): row for figure in some for row in figure.rows} for some in (sent, now))
        return cls(*sides)

    def counted(self, change: Change) -> tuple[bool, bool]:
        """Did the row count then, and does it now?"""
        return id(change.sent) in self.sent, id(change.now) in self.now

    @cached_property
    def sessions(self) -> Sides:
        """The sessions that child rows among them belong to."""
        found = ((row.session for row in side.values() if row.session) for side in (self.sent, self.now))
        return Sides(*({id(row): row for row in some} for some in found))

    def persons(self) -> set[str]:
        """Those named by rows that count on one side only: their own role may be why."""
        sent, now = ({(row.log, row.key): row for row in side.values()} for side in (self.sent, self.now))
        one_sided = [(sent.get(key) or now[key]) for key in sent.keys() ^ now.keys()]
        return {row["person"] for row in one_sided if "person" in row.index and row["person"]}


def causes(
    sent: Result, now: Result, figures: tuple[Sequence[Figure], Sequence[Figure]], changes: Iterable[Change]
) -> tuple[Change, ...]:
    """Of all changes those that move these figures, `(as sent, now)`; only the cells that matter."""
    sides, columns = Sides.of(*figures), matter(sent) | matter(now)
    members = moved_members(sent, now) | sides.persons()
    found = [one for change in changes if (one := relevant(change, sides, columns, members))]
    kept = without_children(found)
    return tuple(sorted(kept, key=lambda one: (KINDS.index(one.kind), one.row.day, one.row.key)))


def without_children(found: Sequence[Change]) -> list[Change]:
    """Rows that came or went with their session are not named one by one."""
    sessions = {(one.kind, one.row.key) for one in found if one.row.log == "sessions"}
    return [
        one for one in found if one.row.session is None or (one.kind, one.row.session.key) not in sessions
    ]


def relevant(change: Change, sides: Sides, columns: set[tuple[str, str]], members: set[str]) -> Change | None:
    """The change with the edits that matter, or None where it moves nothing here."""
    log = change.row.log
    if log in ("people", "organisations"):
        return change if change.row.id in members else None
    wanted = change.of(name for of, name in columns if of == log)
    before, after = sides.counted(change)
    inside = before or after or any(sides.sessions.counted(change)) or fills(change, sides, columns)
    if change.kind != "corrected":
        return change if inside else None
    if before != after and not wanted.edits:
        return change
    return wanted if inside and wanted.edits else None


def fills(change: Change, sides: Sides, columns: set[tuple[str, str]]) -> bool:
    """Is it a row that a counted session takes an empty cell from?"""
    wanted = {name for log, name in columns if log == "sessions"} & DERIVED.get(change.row.log, frozenset())
    sessions = [
        row.session
        for row, side in ((change.sent, sides.sent), (change.now, sides.now))
        if row and row.session and id(row.session) in side
    ]
    return any(wanted & set(session.derived) for session in sessions)


def matter(result: Result) -> set[tuple[str, str]]:
    """(log, column) of every cell that the indicator's figures depend on."""
    named = result.view.data.selections
    found: set[tuple[str, str]] = set()
    for _, measure in result.indicator.measures():
        for _, of, name in measure.columns():
            found.add(owned(of.flat(named).log, name))
        for of in (measure.main, *(selection for _, selection in measure.selections())):
            found |= set(read_by(of, named))
    return found | ({("sessions", "respondents")} if ("sessions", "answered") in found else set())


def read_by(selection: Selection, named: Mapping[str, Selection]) -> Iterator[tuple[str, str]]:
    flat = selection.flat(named)
    names = [*(name for name, _ in flat.conditions), *([flat.when] if flat.when else [])]
    for name in (*names, *PLACING.get(flat.log, {"date"})):
        yield owned(flat.log, name)
    if flat.log in CHILDREN:
        yield from (("sessions", name) for name in PLACING["sessions"])


def owned(log: str, name: str) -> tuple[str, str]:
    return ("sessions", name.removeprefix(SESSION)) if name.startswith(SESSION) else (log, name)


def moved_members(sent: Result, now: Result) -> set[str]:
    """Who is in the population on one side only, or of whom another number is asked."""
    found: set[str] = set()
    for before, after in zip(populations(sent), populations(now), strict=False):
        found |= members(before, sent.view).keys() ^ members(after, now.view).keys()
    if isinstance(sent.indicator.measure, Reach) and isinstance(now.indicator.measure, Reach):
        needed = ({(one.id, one.needed) for one in result.to_date.members} for result in (sent, now))
        before, after = needed
        found |= {one for one, _ in before ^ after}
    return found


def populations(result: Result) -> list[Any]:
    """The people or organisations that its measure asks for, if it does."""
    of = (population_of(measure) for _, measure in result.indicator.measures())
    return [one for one in of if isinstance(one, (PeopleQuery, OrganisationsQuery))]


def population_of(measure: Measure) -> Any:
    """`who` of a reach, `among` of a distinct, `whole` of a ratio."""
    return next(
        (getattr(measure, name) for name in ("who", "among", "whole") if hasattr(measure, name)), None
    )


def members(population: PeopleQuery | OrganisationsQuery, view: View) -> Mapping[str, Any]:
    return view.members(population)
