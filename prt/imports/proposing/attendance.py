"""From the people of a list to rows of attendance.csv: what is added, what changes, what is there already."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice

from prt.entry.roster import Match
from prt.figures.entering import posts_of
from prt.imports.export import Presence, Stay
from prt.imports.people.attendees import Attendee, Seat, list_stays, merge_attendees, time_present
from prt.imports.people.grouping import MOST_COMPARED
from prt.imports.proposing.history import ImportHistory
from prt.imports.reading.codes import AUDIENCE_NOTES, Codes, find_audience
from prt.imports.reading.durations import count_minutes, join_stays, minutes_present
from prt.model.ids import is_erased
from prt.model.records import STAFF
from prt.model.rows import Row
from prt.model.view import Data, in_post, rows_by_name
from prt.values import dataclass, replace


@dataclass(frozen=True)
class SeatedList:
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
    undecided: tuple[Attendee, ...] = ()

    @cached_property
    def added(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.row is None]

    @cached_property
    def changed(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.changes]

    def count_heads(self, minimum: int) -> int:
        """How many different attendees were there for at least `minimum` minutes."""
        there = {id(seat.attendee) for seat in self.seats if time_present(seat.minutes) >= minimum}
        return len(there)


class Seating:
    """Finds the row of each attendee. With `presenters` those whom nobody knows take part like others;
    `headcounts` are the audiences of whom no name is kept."""

    def __init__(
        self,
        session: Row,
        data: Data,
        codes: Codes,
        history: ImportHistory,
        sources: Iterable[str],
        presenters: bool,
        headcounts: Collection[str] = (),
    ) -> None:
        self.session, self.data, self.codes, self.history = session, data, codes, history
        self.presenters, self.headcounts = presenters, headcounts
        self.posts = rows_by_name(data.people, "id")
        self.staff_posts = rows_by_name([post for post in data.people if post["role"] == STAFF], "id")
        self.persons = {(row["date"], row["person"]): row for row in history.rows if row["person"]}
        self.marks = {
            row.id: history.unmatched[row.id].mark
            for row in history.rows
            if row["person"] is None and row.id in history.unmatched
        }
        self.unnamed: dict[tuple[dt.date, str], deque[Row]] = defaultdict(deque)
        for row in history.rows:
            for word in self.marks[row.id].words if row.id in self.marks else ():
                self.unnamed[row["date"], word].append(row)
        same_list = bool(history.sources & set(sources))
        self.orphans = [row for row in history.rows if same_list and history.is_orphan(row)]
        self.erased = [row for row in history.rows if same_list and is_erased(row["person"] or "")]
        self.taken: set[int] = set()
        self.undecided: list[Attendee] = []

    def seat(self, attendees: Iterable[Attendee], said: Mapping[str, Match]) -> SeatedList:
        seats: list[Seat] = []
        staff: list[Attendee] = []
        hosts: list[Attendee] = []
        robots: list[Attendee] = []
        for attendee in apply_answers(attendees, said):
            days = attendee.split_days(self.session["date"])
            if attendee.robot:
                robots.append(attendee)
            elif attendee.person and any(self.is_staff(attendee.person, day) for day in days):
                staff.append(attendee)
            elif attendee.organiser and not (attendee.person or attendee.match.is_said or self.presenters):
                hosts.append(attendee)
            else:
                seats += [self.make_seat(attendee, day, rows) for day, rows in days.items()]
        found = self.find_rows(seats)
        left = tuple(
            row for row in self.orphans if id(row) not in self.taken and not self.history.orphan_audience(row)
        )
        return SeatedList(
            tuple(found),
            tuple(staff),
            tuple(hosts),
            tuple(robots),
            left,
            tuple(self.erased),
            tuple(self.undecided),
        )

    def is_staff(self, person: str, day: dt.date) -> bool:
        return any(in_post(post, day) for post in self.staff_posts.get(person, ()))

    def make_seat(self, attendee: Attendee, day: dt.date, presences: Sequence[Presence]) -> Seat:
        times = join_stays(list_stays(presences))
        minutes = minutes_present(times, [one.minutes for one in presences if not one.stays])
        roles = [one.role for one in attendee.presences if one.role]
        counted = "" if attendee.person else find_audience(roles, self.headcounts)
        role, board = self.find_post(attendee, day, counted)
        return Seat(attendee, day, minutes, times, role, board, counted=counted)

    def find_post(self, attendee: Attendee, day: dt.date, counted: str) -> tuple[str, str]:
        """The role and the board that the person held that day, as far as several posts agree and the file
        does not tell which; else those of the file, or none."""
        words = attendee.words
        told = {name: self.codes.code(name, words) if words else "" for name in ("role", "board")}
        if attendee.match.is_new and not counted:
            return attendee.match.role, attendee.match.board
        person = attendee.person
        held = self.held_posts(person, day, {}) if person else []
        if len(held) > 1:
            held = self.held_posts(person, day, told) or held
        if len(held) > 1 and len({board for _, board in held}) > 1:
            self.undecided.append(attendee)
        if not held:
            return told["role"], told["board"]
        return only(role for role, _ in held), only(board for _, board in held)

    def held_posts(self, person: str, day: dt.date, told: Mapping[str, str]) -> list[tuple[str, str]]:
        """As `posts_of`, without looking at everybody's posts for each person of a list."""
        data, posts = self.data, self.posts.get(person, [])
        return posts_of(Data(data, data.known, {}, posts, ()), person, day, told)

    def find_rows(self, seats: Sequence[Seat]) -> list[Seat]:
        """The seats in the rows that are there already, the surest first."""
        if not self.history.rows:
            return list(seats)
        found = [self.seat_known(seat) for seat in seats]
        for surely in (3, 2, 1):
            found = [seat if seat.row else self.seat_marked(seat, surely) for seat in found]
        found = [seat if seat.row else self.seat_namesake(seat) for seat in found]
        return self.veil_erased(self.seat_in_orphans(found))

    def seat_known(self, seat: Seat) -> Seat:
        row = self.persons.get((seat.day, seat.person)) if seat.person else None
        return self.seat_in_row(seat, row) if row else seat

    def seat_marked(self, seat: Seat, surely: int) -> Seat:
        """A seat in the unnamed row of the same name or e-mail; of several that with the same times."""
        if seat.counted or not self.unnamed:
            return seat
        mark = seat.attendee.mark
        found = {id(row): row for word in mark.words for row in self.list_free(seat.day, word)}
        rows = [row for row in found.values() if mark.compare(self.marks[row.id]) == surely]
        row = min(rows, key=lambda row: not self.is_same_time(seat, row), default=None)
        return self.seat_in_row(seat, row) if row else seat

    def list_free(self, day: dt.date, word: str) -> list[Row]:
        """The unnamed rows of that name, e-mail or text that are still free; of very many the first."""
        rows = self.unnamed.get((day, word), deque())
        self.first_free(rows)
        return [row for row in islice(rows, MOST_COMPARED) if id(row) not in self.taken]

    def first_free(self, rows: deque[Row]) -> Row | None:
        """The first row that is still free; taken rows before it are removed from the queue."""
        while rows and id(rows[0]) in self.taken:
            rows.popleft()
        return rows[0] if rows else None

    def seat_namesake(self, seat: Seat) -> Seat:
        """A seat in the row of a person for whom an earlier import took this attendee, by the same times."""
        for person in seat.attendee.match.several if seat.is_unnamed else ():
            row = self.persons.get((seat.day, person))
            if row and id(row) not in self.taken and self.is_same_time(seat, row):
                return self.seat_in_row(seat, row)
        return seat

    def is_same_time(self, seat: Seat, row: Row) -> bool:
        joined = {stay.joined for stay in self.history.stays.get(row.id, ())}
        return any(stay.joined in joined for stay in seat.stays)

    def seat_in_row(self, seat: Seat, row: Row) -> Seat:
        """The seat in an existing row, with the cells that change: those too that were left empty."""
        self.taken.add(id(row))
        known = self.history.stays.get(row.id, ())
        is_named = row["person"] is None and bool(seat.person or seat.is_new)
        cells = {"person": seat.person, "role": seat.role, "board": seat.board}
        new = {name: text for name, text in cells.items() if is_named or row[name] is None}
        new["minutes"] = self.add_minutes(seat, row, known)
        old = {name: "" if row[name] is None else str(row[name]) for name in new}
        changes = {
            name: text for name, text in new.items() if text != old[name] and (text or name == "minutes")
        }
        fresh = () if join_stays((*known, *seat.stays)) == known else seat.stays
        return replace(seat, row=row, changes=changes, stays=fresh)

    def add_minutes(self, seat: Seat, row: Row, known: tuple[Stay, ...]) -> str:
        """The minutes of the row and the seat together; no minute counts twice. Empty for the whole time. A
        list that does not measure leaves what another one measured, before it or after."""
        if row["minutes"] is None or seat.minutes is None:
            measured = seat.minutes if row["minutes"] is None else row["minutes"]
            return "" if measured is None else str(measured)
        together = count_minutes((*known, *seat.stays)) if known else 0
        return str(max(row["minutes"], seat.minutes, together))

    def seat_in_orphans(self, seats: Sequence[Seat]) -> list[Seat]:
        """Seats in rows of an earlier export without names: by equal times, then by length of stay."""
        found = list(seats)
        for audience in ("", *AUDIENCE_NOTES):
            rows = [row for row in self.orphans if self.history.orphan_audience(row) == audience]
            waiting = [at for at, seat in enumerate(found) if seat.row is None and seat.counted == audience]
            by_time = self.index_joins(rows)
            for at in waiting:
                times = (by_time.get((found[at].day, stay.joined), deque()) for stay in found[at].stays)
                row = next(filter(None, map(self.first_free, times)), None)
                found[at] = self.seat_in_row(found[at], row) if row else found[at]
            waiting = [at for at in waiting if found[at].row is None]
            self.seat_by_length(found, waiting, [row for row in rows if id(row) not in self.taken])
        return found

    def index_joins(self, rows: Iterable[Row]) -> dict[tuple[dt.date, dt.datetime], deque[Row]]:
        """Rows by their day and each moment of joining."""
        found: dict[tuple[dt.date, dt.datetime], deque[Row]] = defaultdict(deque)
        for row in rows:
            for stay in self.history.stays.get(row.id, ()):
                found[row["date"], stay.joined].append(row)
        return found

    def seat_by_length(self, seats: list[Seat], waiting: Iterable[int], rows: Iterable[Row]) -> None:
        """Seats in order of length take rows in order of length: the longest stay first."""
        free: dict[dt.date, deque[Row]] = defaultdict(deque)
        for row in sorted(rows, key=lambda row: -time_present(row["minutes"])):
            free[row["date"]].append(row)
        for place in sorted(waiting, key=lambda at: -time_present(seats[at].minutes)):
            seat = seats[place]
            left = free[seat.day]
            while left and time_present(left[0]["minutes"]) > time_present(seat.minutes):
                left.popleft()  # nobody who is left stayed as long
            if left:
                seats[place] = self.seat_in_row(seat, left.popleft())

    def veil_erased(self, seats: Sequence[Seat]) -> list[Seat]:
        """Attendees with the minutes of an erased person are in that row; the exported name of others who may
        be that person is not kept."""
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


def only(texts: Iterable[str]) -> str:
    """The text that all of them are; empty where they differ."""
    found = set(texts)
    return found.pop() if len(found) == 1 else ""


def apply_answers(attendees: Iterable[Attendee], said: Mapping[str, Match]) -> list[Attendee]:
    """The attendees with what somebody said of those whom the roster does not know; two who turn out to be
    one person are merged."""
    found: dict[object, Attendee] = {}
    for attendee in attendees:
        if not attendee.person and attendee.key in said:
            attendee = attendee.matched(said[attendee.key])
        who: object = attendee.person or id(attendee)
        found[who] = merge_attendees(found[who], attendee) if who in found else attendee
    return list(found.values())
