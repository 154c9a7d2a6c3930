"""Unnamed presences that get their person: who they may be, and what it changes (`prt people match`)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from prt.figures.entering import posts_of
from prt.files.project import Year
from prt.files.store.store import Action, find_record
from prt.imports.people.matching import Match, Roster, fold_email
from prt.imports.people.names import ParsedName, is_full_name, name_key, parse_name
from prt.imports.people.seats import Decision
from prt.imports.proposing.history import read_record_rows, read_stays
from prt.imports.reading.codes import Codes
from prt.imports.reading.durations import count_minutes
from prt.model.ids import new_id
from prt.model.provenance import UnmatchedRecord
from prt.model.records import NameRecord
from prt.model.rows import Row

MATCH_REASON = "matched"


@dataclass(frozen=True)
class Unnamed:
    """An unnamed row of attendance with the name that it had in its file; `said` is what the name says."""

    row: Row
    text: str
    email: str
    said: ParsedName
    match: Match

    @property
    def name(self) -> str:
        return self.said.names[0] if self.said.is_one else self.text

    @property
    def emails(self) -> list[str]:
        return [fold_email(one) for one in dict.fromkeys((self.email, self.said.email)) if one]


def find_unnamed(year: Year, roster: Roster) -> list[Unnamed]:
    """Every presence of the year whose exported name is kept, and that has no person yet."""
    codes = Codes(year.known)
    rows = {row.id: row for row in year.data.logs["attendance"] if row["person"] is None}
    found = []
    for line in read_record_rows(year, UnmatchedRecord):
        if line.id in rows:
            text, email = line["name"] or line["email"] or "", line["email"] or ""
            said = parse_name(text, codes.is_word)
            emails = [one for one in (email, said.email) if one]
            match = roster.match(said.names, emails)
            if said.joined:
                match = Match(several=roster.may_be(said.names, emails))
            found.append(Unnamed(rows[line.id], text, email, said, match))
    taken = {(row["session"], row["date"], row["person"]) for row in year.data.logs["attendance"]}
    return [
        one if not one.match.person or is_certain_match(one, found, taken) else doubt_match(one)
        for one in found
    ]


def is_certain_match(one: Unnamed, others: Iterable[Unnamed], taken: Container[tuple[object, ...]]) -> bool:
    """Nobody is sure to be two rows of one day: other names have that e-mail, or other e-mails that name."""
    when, person = (one.row["session"], one.row["date"]), one.match.person
    rivals = (
        other
        for other in others
        if (other.row["session"], other.row["date"], other.match.person) == (*when, person)
    )
    return (*when, person) not in taken and all(may_be_same(one, other) for other in rivals)


def may_be_same(one: Unnamed, other: Unnamed) -> bool:
    """Have they no two names, and no two e-mails?"""
    two_names = one.said.keys and other.said.keys and one.said.keys != other.said.keys
    two_emails = one.emails and other.emails and not {*one.emails} & {*other.emails}
    return not (two_names or two_emails)


def doubt_match(one: Unnamed) -> Unnamed:
    return replace(one, match=Match(several=(one.match.person,)))


def match_rows(action: Action, pairs: Iterable[tuple[Unnamed, Decision]]) -> list[tuple[Unnamed, str]]:
    """Give each presence its person. Returns the ids."""
    done: list[tuple[Unnamed, str]] = []
    created: dict[tuple[str, str], str] = {}
    for one, decision in pairs:
        who = one.email, name_key(one.name)
        person = decision.person or created.get(who) or create_person(action, one, decision)
        created[who] = person
        year = action.year.again(("sessions", "attendance"))
        assign_person(action, year, one, person, decision)
        learn_name(action, one, person)
        action.remove(UnmatchedRecord.log, [one.row.id], MATCH_REASON)
        done.append((one, person))
    return done


def create_person(action: Action, one: Unnamed, decision: Decision) -> str:
    """A new person, with a name in the private folder."""
    taken = {*action.year.read_table("people").column("id"), *action.year.read_table("names").column("id")}
    person = new_id("p", None, taken, action.draw)
    cells = {"id": person, "name": one.name, "email": next(iter(one.emails), "")}
    action.add("names", [{name: text for name, text in cells.items() if text}])
    action.add("people", [{"id": person, "role": decision.role, "board": decision.board}])
    return person


def assign_person(action: Action, year: Year, one: Unnamed, person: str, decision: Decision) -> None:
    """The row gets its person; a row that the person has already that day takes its minutes instead."""
    session, day = one.row["session"], one.row["date"]
    rows = [row for row in year.data.logs["attendance"] if (row["session"], row["date"]) == (session, day)]
    if twin := next((row for row in rows if row["person"] == person), None):
        minutes = merge_minutes(year, twin, one.row)
        action.edit("attendance", twin.id, {"minutes": minutes}, MATCH_REASON)
        action.remove("attendance", [one.row.id], MATCH_REASON)
        return
    held = posts_of(year.data, person, day, {})
    role, board = held[0] if len(held) == 1 else (decision.role, decision.board)
    post = {name: text for name, text in (("role", role), ("board", board)) if text}
    action.edit("attendance", one.row.id, {"person": person, **post}, MATCH_REASON)


def merge_minutes(year: Year, twin: Row, row: Row) -> str:
    """The minutes of two rows of one person, of which none counts twice; empty for the whole time."""
    if twin["minutes"] is None or row["minutes"] is None:
        return ""
    known = read_stays(year, row["session"])
    times = [*known.get(twin.id, ()), *known.get(row.id, ())]
    return str(max(twin["minutes"], row["minutes"], count_minutes(times)))


def learn_name(action: Action, one: Unnamed, person: str) -> None:
    """The person is known by this name and this e-mail the next time."""
    file = action.year.read_table("names")
    if person not in file.column("id"):
        return
    record = find_record(file, NameRecord, person)
    name, email, others = (file.cell(record, column) for column in ("name", "email", "other_names"))
    several = [part.strip() for part in others.split(";") if part.strip()]
    known = {name_key(name), *map(name_key, several), *map(fold_email, (email, *several))}
    new = [text for text in one.said.names if is_full_name(text) and name_key(text) not in known]
    new += [text for text in one.emails if text not in known]
    if new and (one.said.is_one or not one.said.names):
        action.edit("names", person, {"other_names": "; ".join([*several, *new])}, MATCH_REASON)
