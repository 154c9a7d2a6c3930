"""Unnamed presences that get their person: who they may be, and what it changes (`prt people match`)."""

from __future__ import annotations

from collections.abc import Container, Iterable

from prt.entry.person_names import name_key
from prt.entry.roster import Match, Roster
from prt.figures.entering import posts_of
from prt.files.csv.rows import find_record
from prt.files.project import Year
from prt.files.provenance import UnmatchedRecord
from prt.files.store.store import Action
from prt.imports.people.attendees import Attendee, Seat
from prt.imports.proposing.history import read_stays, read_unmatched
from prt.imports.proposing.write import new_spellings
from prt.imports.reading.codes import Codes
from prt.imports.reading.durations import count_minutes
from prt.model.ids import new_id
from prt.model.records import NameRecord
from prt.model.rows import Row

MATCH_REASON = "matched"


def find_unnamed(year: Year, roster: Roster) -> list[Seat]:
    """Every presence of the year whose exported name is kept, and that has no person yet."""
    rows = {row.id: row for row in year.data.logs["attendance"] if row["person"] is None}
    kept = read_unmatched(year, Codes(year.known).is_word, lambda row: row.id in rows)
    for attendee in kept.values():
        attendee.match = match_attendee(attendee, roster)
    found = ((rows[name], attendee) for name, attendee in kept.items())
    seats = [
        Seat(attendee, row["date"], row["minutes"], (), row["role"] or "", row["board"] or "", row)
        for row, attendee in found
    ]
    taken = {(row["session"], row["date"], row["person"]) for row in year.data.logs["attendance"]}
    uncertain = [one for one in seats if one.person and not is_certain_match(one, seats, taken)]
    for one in uncertain:
        one.attendee.match = Match(several=(one.person,))
    return seats


def match_attendee(attendee: Attendee, roster: Roster) -> Match:
    """The person of an exported name; a text that speaks of several people is nobody's for certain."""
    if attendee.joined:
        return Match(several=roster.may_be(attendee.names, attendee.emails))
    return roster.match(attendee.names, attendee.emails)


def is_certain_match(one: Seat, others: Iterable[Seat], taken: Container[tuple[object, ...]]) -> bool:
    """Is the match certain? Not if the person has a row of that day, or fits another name or e-mail too."""
    place = place_of_seat(one)
    rivals = (other for other in others if place_of_seat(other) == place)
    return place not in taken and all(may_be_same(one.attendee, other.attendee) for other in rivals)


def place_of_seat(seat: Seat) -> tuple[object, ...]:
    """Session, day and person, which only one row may have."""
    row = seat.own_row
    return row["session"], row["date"], seat.person


def may_be_same(one: Attendee, other: Attendee) -> bool:
    """Have they no two names, and no two e-mails?"""
    two_names = one.name_keys and other.name_keys and one.name_keys != other.name_keys
    two_emails = one.emails and other.emails and not {*one.emails} & {*other.emails}
    return not (two_names or two_emails)


def choose_name(attendee: Attendee) -> str:
    """The full name of an exported text, or the text if it holds none, or several."""
    is_one = len(attendee.names) == 1 and not attendee.joined
    return attendee.names[0] if is_one else attendee.text


def match_seats(action: Action, pairs: Iterable[tuple[Seat, Match]]) -> list[tuple[Seat, str]]:
    """Give each row the person whom somebody said, or a new one. Returns the ids."""
    done: list[tuple[Seat, str]] = []
    created: dict[tuple[str, str], str] = {}
    for seat, said in pairs:
        who = seat.attendee.presences[0].email, name_key(choose_name(seat.attendee))
        person = said.person or created.get(who) or create_person(action, seat.attendee, said)
        created[who] = person
        assign_person(action, seat, person, said)
        learn_name(action, seat.attendee, person)
        action.remove(UnmatchedRecord.log, [seat.own_row.id], MATCH_REASON)
        done.append((seat, person))
    return done


def create_person(action: Action, attendee: Attendee, said: Match) -> str:
    """A new person, with a name in the private folder."""
    taken = {*action.year.read_table("people").column("id"), *action.year.read_table("names").column("id")}
    person = new_id("p", None, taken, action.draw)
    cells = {"id": person, "name": choose_name(attendee), "email": next(iter(attendee.emails), "")}
    action.add("names", [{name: text for name, text in cells.items() if text}])
    action.add("people", [{"id": person, "role": said.role, "board": said.board}])
    return person


def assign_person(action: Action, seat: Seat, person: str, said: Match) -> None:
    """The row gets its person; a row that the person has already that day takes its minutes instead."""
    year, row = action.year.again(("sessions", "attendance")), seat.own_row
    place = row["session"], row["date"], person
    rows = year.data.logs["attendance"]
    if twin := next((one for one in rows if (one["session"], one["date"], one["person"]) == place), None):
        action.edit("attendance", twin.id, {"minutes": merge_minutes(year, twin, row)}, MATCH_REASON)
        action.remove("attendance", [row.id], MATCH_REASON)
    else:
        held = posts_of(year.data, person, row["date"], {})
        role, board = held[0] if len(held) == 1 else (said.role, said.board)
        post = {name: text for name, text in (("role", role), ("board", board)) if text}
        action.edit("attendance", row.id, {"person": person, **post}, MATCH_REASON)


def merge_minutes(year: Year, twin: Row, row: Row) -> str:
    """The minutes of two rows of one person, of which none counts twice; empty for the whole time."""
    if twin["minutes"] is None or row["minutes"] is None:
        return ""
    known = read_stays(year, row["session"])
    times = [*known.get(twin.id, ()), *known.get(row.id, ())]
    return str(max(twin["minutes"], row["minutes"], count_minutes(times)))


def learn_name(action: Action, attendee: Attendee, person: str) -> None:
    """The person is known by this name and this e-mail the next time; a text of several people tells none."""
    file = action.year.read_table("names")
    if person not in file.column("id") or attendee.joined or len(attendee.names) > 1:
        return
    record = find_record(file, NameRecord, person)
    name, email, others = (file.cell(record, column) for column in ("name", "email", "other_names"))
    several = [part.strip() for part in others.split(";") if part.strip()]
    if new := new_spellings(attendee, name, email, several):
        action.edit("names", person, {"other_names": "; ".join([*several, *new])}, MATCH_REASON)
