"""What an attendance list comes to: each attendee on each day, as a row is to have it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from prt.imports.export import Stay
from prt.imports.people.attendees import Attendee, Mark
from prt.imports.reading.codes import AUDIENCE_NOTES
from prt.model.rows import Row


@dataclass(frozen=True)
class Decision:
    """What somebody said about one attendee: the id of a person, or the role of a new one."""

    person: str = ""
    role: str = ""
    board: str = ""

    @property
    def is_new(self) -> bool:
        return not self.person


@dataclass(frozen=True)
class Before:
    """What is there of a session: its rows, and what the private folder knows of those without a person.

    `marks` tells by what an unnamed row is known again, by its id; `stays` has the times of any row that an
    import wrote, `written` the ids of rows that it wrote without keeping a name or times. `sources` are
    those of earlier attendance lists.
    """

    rows: Sequence[Row] = ()
    marks: Mapping[str, Mark] = field(default_factory=dict)
    stays: Mapping[str, tuple[Stay, ...]] = field(default_factory=dict)
    written: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    def is_orphan(self, row: Row) -> bool:
        """An unnamed row of an import, of which nobody here knows any name; one typed by hand never is."""
        imported = row.id in self.written or row.id in self.stays
        return row["person"] is None and row.id not in self.marks and imported

    def audience(self, row: Row) -> str:
        """Whom an orphan counts: `parents`, `students`, or empty: somebody who may get a name."""
        return next((audience for audience, note in AUDIENCE_NOTES.items() if row["note"] == note), "")


@dataclass(frozen=True)
class Seat:
    """One attendee on one day, as a row is to have it; `minutes` is None for the whole time.

    `row` is the row that is there already, and `changes` what is to change in it. `counted` is the audience
    (parents, students) of whom no name is kept; `veiled` may be somebody who was erased: of them neither.
    """

    attendee: Attendee
    decision: Decision | None
    day: dt.date
    minutes: int | None
    stays: tuple[Stay, ...]
    role: str
    board: str
    row: Row | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    counted: str = ""
    veiled: bool = False

    @property
    def person(self) -> str:
        """The id; empty of who is unnamed, or new and has none yet."""
        return self.attendee.person or (self.decision.person if self.decision else "")

    @property
    def is_new(self) -> bool:
        return self.decision is not None and self.decision.is_new

    @property
    def is_unnamed(self) -> bool:
        return not self.person and not self.is_new

    @property
    def keeps_name(self) -> bool:
        """May the exported name of this unnamed one be kept, to be asked about?"""
        return self.is_unnamed and not self.counted and not self.veiled

    def cells(self, session: str) -> dict[str, str]:
        cells = {
            "session": session,
            "date": self.day.isoformat(),
            "person": self.person,
            "role": self.role,
            "board": self.board,
            "minutes": "" if self.minutes is None else str(self.minutes),
            "note": AUDIENCE_NOTES.get(self.counted, ""),
        }
        return {name: text for name, text in cells.items() if text}


@dataclass(frozen=True)
class Attendance:
    """What a list comes to. `staff`, `hosts` and `robots` are set apart: they are no participants.

    `left` are unnamed rows of an earlier export of the same list that are nobody of this one; `erased` rows
    of that list are of somebody who was erased since.
    """

    seats: tuple[Seat, ...]
    staff: tuple[Attendee, ...] = ()
    hosts: tuple[Attendee, ...] = ()
    robots: tuple[Attendee, ...] = ()
    left: tuple[Row, ...] = ()
    erased: tuple[Row, ...] = ()

    @property
    def added(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.row is None]

    @property
    def changed(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.changes]


WHOLE_TIME = 10**6


def time_present(minutes: int | None) -> int:
    return WHOLE_TIME if minutes is None else minutes


def apply_decisions(
    attendees: Iterable[Attendee], decisions: Mapping[str, Decision]
) -> list[tuple[Attendee, Decision | None]]:
    """Each attendee with what was decided; two who turned out to be one person put together."""
    found: dict[object, tuple[Attendee, Decision | None]] = {}
    for attendee in attendees:
        decision = None if attendee.person else decisions.get(attendee.key)
        person = attendee.person or (decision.person if decision else "")
        who: object = person or id(attendee)
        if who in found:
            attendee, decision = merge_attendees(found[who][0], attendee), found[who][1] or decision
        found[who] = attendee, decision
    return list(found.values())


def merge_attendees(one: Attendee, other: Attendee) -> Attendee:
    match = one.match if one.person else other.match
    return Attendee(
        match,
        one.key,
        [*one.presences, *other.presences],
        [*one.names, *other.names],
        [*one.emails, *other.emails],
        [*one.words, *other.words],
        one.joined or other.joined,
    )


def count_heads(attendance: Attendance, minimum: int) -> int:
    """How many different attendees were there long enough."""
    there = {id(seat.attendee) for seat in attendance.seats if time_present(seat.minutes) >= minimum}
    return len(there)
