"""From the people of a list to rows of attendance.csv: what is added, what changes, what is there already."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from prt.figures.entering import posts_of
from prt.imports.export import Presence, Stay
from prt.imports.people.attendees import Attendee, Mark, list_stays
from prt.imports.people.grouping import MOST_COMPARED
from prt.imports.people.seats import Attendance, Before, Decision, Seat, apply_decisions, time_present
from prt.imports.reading.codes import AUDIENCE_NOTES, Codes, find_audience
from prt.imports.reading.durations import count_minutes, join_stays, minutes_present
from prt.model.ids import is_erased
from prt.model.rows import Row
from prt.model.view import Data, in_post, named


class Seating:
    """Finds the row of each attendee. `presenters`: those whom nobody knows take part like others;
    `headcounts`: the audiences of whom no name is kept."""

    def __init__(
        self,
        session: Row,
        data: Data,
        codes: Codes,
        before: Before,
        sources: Iterable[str],
        presenters: bool,
        headcounts: Collection[str] = (),
    ) -> None:
        self.session, self.data, self.codes, self.before = session, data, codes, before
        self.presenters, self.headcounts = presenters, headcounts
        self.staff_posts = named([post for post in data.people if post["role"] == "prt-staff"], "id")
        self.persons = {(row["date"], row["person"]): row for row in before.rows if row["person"]}
        self.unnamed: dict[tuple[dt.date, str], deque[Row]] = defaultdict(deque)
        for row in before.rows:
            mark = before.marks.get(row.id) if row["person"] is None else None
            for word in mark_words(mark) if mark else ():
                self.unnamed[row["date"], word].append(row)
        same_list = bool(before.sources & set(sources))
        self.orphans = [row for row in before.rows if same_list and before.is_orphan(row)]
        self.erased = [row for row in before.rows if same_list and is_erased(row["person"] or "")]
        self.taken: set[int] = set()

    def seat(self, attendees: Iterable[Attendee], decisions: Mapping[str, Decision]) -> Attendance:
        seats: list[Seat] = []
        staff: list[Attendee] = []
        hosts: list[Attendee] = []
        robots: list[Attendee] = []
        for attendee, decision in apply_decisions(attendees, decisions):
            person = attendee.person or (decision.person if decision else "")
            days = attendee.days(self.session["date"])
            if attendee.robot:
                robots.append(attendee)
            elif any(self.is_staff(person, day) for day in days):
                staff.append(attendee)
            elif attendee.organiser and not person and not decision and not self.presenters:
                hosts.append(attendee)
            else:
                seats += [self.new_seat(attendee, decision, day, rows) for day, rows in days.items()]
        found = self.with_rows(seats)
        left = tuple(
            row for row in self.orphans if id(row) not in self.taken and not self.before.audience(row)
        )
        return Attendance(tuple(found), tuple(staff), tuple(hosts), tuple(robots), left, tuple(self.erased))

    def is_staff(self, person: str, day: dt.date) -> bool:
        return any(in_post(post, day) for post in self.staff_posts.get(person, ()))

    def new_seat(
        self, attendee: Attendee, decision: Decision | None, day: dt.date, presences: Sequence[Presence]
    ) -> Seat:
        times = join_stays(list_stays(presences))
        minutes = minutes_present(times, [one.minutes for one in presences if not one.stays])
        person = attendee.person or (decision.person if decision else "")
        counted = "" if person else find_audience((one.role for one in attendee.presences), self.headcounts)
        said = None if counted else decision
        return Seat(attendee, said, day, minutes, times, *self.post(attendee, said, day), counted=counted)

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

    def with_rows(self, seats: Sequence[Seat]) -> list[Seat]:
        """The seats with the rows that they have already, the surest first."""
        found = [self.with_own(seat) for seat in seats]
        for surely in (3, 2, 1):
            found = [seat if seat.row else self.with_marked(seat, surely) for seat in found]
        found = [seat if seat.row else self.with_namesake(seat) for seat in found]
        return self.with_erased(self.with_orphans(found))

    def with_own(self, seat: Seat) -> Seat:
        row = self.persons.get((seat.day, seat.person)) if seat.person else None
        return self.changing(seat, row) if row else seat

    def with_marked(self, seat: Seat, surely: int) -> Seat:
        """The unnamed row of the same exported name or e-mail; of several that with the same times."""
        if seat.counted or not self.unnamed:
            return seat
        mark = seat.attendee.mark
        found = {id(row): row for word in mark_words(mark) for row in self.free(seat.day, word)}
        rows = [row for row in found.values() if mark.fits(self.before.marks[row.id]) == surely]
        row = min(rows, key=lambda row: not self.is_same_time(seat, row), default=None)
        return self.changing(seat, row) if row else seat

    def free(self, day: dt.date, word: str) -> list[Row]:
        """Unnamed rows of that name, e-mail or text that are nobody's yet; of very many the first."""
        rows = self.unnamed.get((day, word), deque())
        self.first(rows)
        return [row for row in islice(rows, MOST_COMPARED) if id(row) not in self.taken]

    def first(self, rows: deque[Row]) -> Row | None:
        """The first that is nobody's yet; those before it are left out from now on."""
        while rows and id(rows[0]) in self.taken:
            rows.popleft()
        return rows[0] if rows else None

    def with_namesake(self, seat: Seat) -> Seat:
        """Who may be somebody, and was taken for them by an earlier import: the row with the same times."""
        for person in seat.attendee.match.several if seat.is_unnamed else ():
            row = self.persons.get((seat.day, person))
            if row and id(row) not in self.taken and self.is_same_time(seat, row):
                return self.changing(seat, row)
        return seat

    def is_same_time(self, seat: Seat, row: Row) -> bool:
        joined = {stay.joined for stay in self.before.stays.get(row.id, ())}
        return any(stay.joined in joined for stay in seat.stays)

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
        fresh = () if join_stays((*known, *seat.stays)) == known else seat.stays
        return replace(seat, row=row, changes=changes, stays=fresh)

    def longer(self, seat: Seat, row: Row, known: tuple[Stay, ...]) -> str:
        """The minutes of the row with those of the seat: of the same times none counts twice."""
        if row["minutes"] is None or seat.minutes is None:
            return ""
        together = count_minutes((*known, *seat.stays)) if known else 0
        return str(max(row["minutes"], seat.minutes, together))

    def with_orphans(self, seats: Sequence[Seat]) -> list[Seat]:
        """A longer export of a list whose names were not kept: the same times, then who stayed longest."""
        found = list(seats)
        for audience in ("", *AUDIENCE_NOTES):
            rows = [row for row in self.orphans if self.before.audience(row) == audience]
            waiting = [at for at, seat in enumerate(found) if seat.row is None and seat.counted == audience]
            by_time = self.by_time(rows)
            for at in waiting:
                times = (by_time.get((found[at].day, stay.joined), deque()) for stay in found[at].stays)
                row = next(filter(None, map(self.first, times)), None)
                found[at] = self.changing(found[at], row) if row else found[at]
            waiting = [at for at in waiting if found[at].row is None]
            self.by_length(found, waiting, [row for row in rows if id(row) not in self.taken])
        return found

    def by_time(self, rows: Iterable[Row]) -> dict[tuple[dt.date, dt.datetime], deque[Row]]:
        """Rows by their day and each moment at which somebody joined."""
        found: dict[tuple[dt.date, dt.datetime], deque[Row]] = defaultdict(deque)
        for row in rows:
            for stay in self.before.stays.get(row.id, ()):
                found[row["date"], stay.joined].append(row)
        return found

    def by_length(self, seats: list[Seat], waiting: Iterable[int], rows: Iterable[Row]) -> None:
        """Who stayed longest then stays longest now."""
        free: dict[dt.date, deque[Row]] = defaultdict(deque)
        for row in sorted(rows, key=lambda row: -time_present(row["minutes"])):
            free[row["date"]].append(row)
        for place in sorted(waiting, key=lambda at: -time_present(seats[at].minutes)):
            seat = seats[place]
            left = free[seat.day]
            while left and time_present(left[0]["minutes"]) > time_present(seat.minutes):
                left.popleft()  # nobody who is left stayed as long
            if left:
                seats[place] = self.changing(seat, left.popleft())

    def with_erased(self, seats: Sequence[Seat]) -> list[Seat]:
        """Whoever has the minutes of somebody erased is in their row; who may be them keeps no name."""
        found = list(seats)
        for row in self.erased:
            waiting = [
                at
                for at, seat in enumerate(found)
                if seat.row is None and seat.is_unnamed and not seat.counted and seat.day == row["date"]
            ]
            same = [at for at in waiting if found[at].minutes == row["minutes"]]
            if same:
                found[same[0]] = replace(found[same[0]], row=row, stays=(), veiled=True)
            if len(same) != 1:
                for at in same or waiting:
                    if time_present(found[at].minutes) >= time_present(row["minutes"]):
                        found[at] = replace(found[at], veiled=True)
        return found


def mark_words(mark: Mark) -> Iterable[str]:
    """By which of its words a mark is looked up."""
    return mark.names | mark.emails or {mark.text}
