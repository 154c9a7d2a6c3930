"""From the people of a list to rows of attendance.csv: what is added, what changes, what is there already."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from prt.figures.entering import posts_of
from prt.imports import stays
from prt.imports.codes import Codes
from prt.imports.export import Presence, Stay
from prt.imports.gathering import Attendee, marks, stays_of
from prt.model.rows import Row
from prt.model.view import Data, in_post, named


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

    `names` has the folded names and e-mails of an unnamed row by its id, `stays` the times of any row;
    `sources` are those of earlier attendance lists.
    """

    rows: Sequence[Row] = ()
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    stays: Mapping[str, tuple[Stay, ...]] = field(default_factory=dict)
    sources: frozenset[str] = frozenset()

    def is_orphan(self, row: Row) -> bool:
        """An unnamed row of which nobody here knows any name."""
        return row["person"] is None and row.id not in self.names


@dataclass(frozen=True)
class Seat:
    """One attendee on one day, as a row is to have it; `minutes` is None for the whole time.

    `row` is the row that is there already, and `changes` what is to change in it.
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

    @property
    def person(self) -> str:
        """The id; empty of who is unnamed, or new and has none yet."""
        return self.attendee.person or (self.decision.person if self.decision else "")

    @property
    def is_new(self) -> bool:
        return self.decision is not None and self.decision.is_new

    def cells(self, session: str) -> dict[str, str]:
        cells = {
            "session": session,
            "date": self.day.isoformat(),
            "person": self.person,
            "role": self.role,
            "board": self.board,
            "minutes": "" if self.minutes is None else str(self.minutes),
        }
        return {name: text for name, text in cells.items() if text}


@dataclass(frozen=True)
class Attendance:
    """What a list comes to. `staff` and `hosts` are set apart: they are no participants.

    `left` are unnamed rows of an earlier export of the same list that are nobody of this one.
    """

    seats: tuple[Seat, ...]
    staff: tuple[Attendee, ...] = ()
    hosts: tuple[Attendee, ...] = ()
    left: tuple[Row, ...] = ()

    @property
    def added(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.row is None]

    @property
    def changed(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.changes]


class Seating:
    """Finds the row of each attendee. `presenters`: those whom nobody knows take part like others."""

    def __init__(
        self, session: Row, data: Data, codes: Codes, before: Before, sources: Iterable[str], presenters: bool
    ) -> None:
        self.session, self.data, self.codes, self.before = session, data, codes, before
        self.presenters = presenters
        self.staff_posts = named([post for post in data.people if post["role"] == "prt-staff"], "id")
        self.persons = {(row["date"], row["person"]): row for row in before.rows if row["person"]}
        self.unnamed: dict[tuple[dt.date, str], list[Row]] = {}
        for row in before.rows:
            for name in before.names.get(row.id, ()) if row["person"] is None else ():
                self.unnamed.setdefault((row["date"], name), []).append(row)
        same_list = bool(before.sources & set(sources))
        self.orphans = [row for row in before.rows if same_list and before.is_orphan(row)]
        self.taken: set[int] = set()

    def seat(self, attendees: Iterable[Attendee], decisions: Mapping[str, Decision]) -> Attendance:
        seats: list[Seat] = []
        staff: list[Attendee] = []
        hosts: list[Attendee] = []
        for attendee, decision in settled(attendees, decisions):
            person = attendee.person or (decision.person if decision else "")
            days = attendee.days(self.session["date"])
            if any(self.is_staff(person, day) for day in days):
                staff.append(attendee)
            elif attendee.organiser and not person and not decision and not self.presenters:
                hosts.append(attendee)
            else:
                seats += [self.new_seat(attendee, decision, day, rows) for day, rows in days.items()]
        found = [self.with_row(seat) for seat in seats]
        found = self.with_orphans(found)
        left = tuple(row for row in self.orphans if id(row) not in self.taken)
        return Attendance(tuple(found), tuple(staff), tuple(hosts), left)

    def is_staff(self, person: str, day: dt.date) -> bool:
        return any(in_post(post, day) for post in self.staff_posts.get(person, ()))

    def new_seat(
        self, attendee: Attendee, decision: Decision | None, day: dt.date, presences: Sequence[Presence]
    ) -> Seat:
        times = stays.union(stays_of(presences))
        minutes = stays.minutes(times, [one.minutes for one in presences if not one.stays])
        return Seat(attendee, decision, day, minutes, times, *self.post(attendee, decision, day))

    def post(self, attendee: Attendee, decision: Decision | None, day: dt.date) -> tuple[str, str]:
        """The role and the board that the person held that day; else what the file says, or nothing."""
        said = {name: self.codes.code(name, attendee.words) for name in ("role", "board")}
        if decision and decision.is_new:
            return decision.role, decision.board
        person = attendee.person or (decision.person if decision else "")
        held = posts_of(self.data, person, day, {}) if person else []
        if len(held) > 1:
            held = posts_of(self.data, person, day, said)
            return held[0] if len(held) == 1 else ("", "")
        return held[0] if held else (said["role"], said["board"])

    def with_row(self, seat: Seat) -> Seat:
        """The seat with the row that it has already: of the person, or of the same exported name."""
        row = self.persons.get((seat.day, seat.person)) if seat.person else None
        if row is None and self.unnamed:
            names = marks(seat.attendee.names, seat.attendee.emails, seat.attendee.text)
            found = (self.unnamed.get((seat.day, name), ()) for name in names)
            row = next((one for rows in found for one in rows if id(one) not in self.taken), None)
        return self.changing(seat, row) if row else seat

    def changing(self, seat: Seat, row: Row) -> Seat:
        """The seat in a row that is there, and what changes in it."""
        self.taken.add(id(row))
        known = self.before.stays.get(row.id, ())
        new = {"minutes": self.longer(seat, row, known)}
        if row["person"] is None and (seat.person or seat.is_new):
            new |= {"person": seat.person, "role": seat.role, "board": seat.board}
        old = {name: "" if row[name] is None else str(row[name]) for name in new}
        changes = {
            name: text for name, text in new.items() if text != old[name] and (text or name == "minutes")
        }
        fresh = () if stays.union((*known, *seat.stays)) == known else seat.stays
        return replace(seat, row=row, changes=changes, stays=fresh)

    def longer(self, seat: Seat, row: Row, known: tuple[Stay, ...]) -> str:
        """The minutes of the row with those of the seat: of the same times none counts twice."""
        if row["minutes"] is None or seat.minutes is None:
            return ""
        together = stays.length((*known, *seat.stays)) if known else 0
        return str(max(row["minutes"], seat.minutes, together))

    def with_orphans(self, seats: Sequence[Seat]) -> list[Seat]:
        """A longer export of a list whose names were not kept: who stayed longest then stays longest now."""
        free: dict[dt.date, deque[Row]] = {}
        for row in sorted(self.orphans, key=lambda row: -length_of(row["minutes"])):
            free.setdefault(row["date"], deque()).append(row)
        found = dict(enumerate(seats))
        waiting = [place for place, seat in found.items() if seat.row is None and seat.day in free]
        for place in sorted(waiting, key=lambda at: -length_of(seats[at].minutes)):
            seat, rows = seats[place], free[seats[place].day]
            while rows and length_of(rows[0]["minutes"]) > length_of(seat.minutes):
                rows.popleft()  # nobody who is left stayed as long
            if rows:
                found[place] = self.changing(seat, rows.popleft())
        return list(found.values())


WHOLE_TIME = 10**6


def length_of(minutes: int | None) -> int:
    return WHOLE_TIME if minutes is None else minutes


def settled(
    attendees: Iterable[Attendee], decisions: Mapping[str, Decision]
) -> list[tuple[Attendee, Decision | None]]:
    """Each attendee with what was decided; two who turned out to be one person put together."""
    found: dict[object, tuple[Attendee, Decision | None]] = {}
    for attendee in attendees:
        decision = None if attendee.person else decisions.get(attendee.key)
        person = attendee.person or (decision.person if decision else "")
        who: object = person or id(attendee)
        if who in found:
            attendee, decision = together(found[who][0], attendee), found[who][1] or decision
        found[who] = attendee, decision
    return list(found.values())


def together(one: Attendee, other: Attendee) -> Attendee:
    match = one.match if one.person else other.match
    return Attendee(
        match,
        max(one.until, other.until),
        [*one.presences, *other.presences],
        [*one.names, *other.names],
        [*one.emails, *other.emails],
        [*one.words, *other.words],
    )


def heads(attendance: Attendance, minimum: int) -> int:
    """How many different attendees were there long enough."""
    there = {id(seat.attendee) for seat in attendance.seats if length_of(seat.minutes) >= minimum}
    return len(there)
