"""Unnamed presences that get their person: who they may be, and what it changes (`prt people match`)."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from prt.figures.entering import posts_of
from prt.files.project import Year
from prt.files.store.store import Action, cell_of, column_of, find, read
from prt.imports.people.matching import Match, Roster, folded_email
from prt.imports.people.names import Spelling, is_full, key, spelling
from prt.imports.people.seats import Decision
from prt.imports.proposing.before import rows_of, stays_of
from prt.imports.reading import stays
from prt.imports.reading.codes import Codes
from prt.model.ids import new_id
from prt.model.provenance import UnmatchedRecord
from prt.model.records import NameRecord
from prt.model.rows import Row

WHY = "matched"


@dataclass(frozen=True)
class Unnamed:
    """An unnamed row of attendance with the name that it had in its file; `said` is what the name says."""

    row: Row
    text: str
    email: str
    said: Spelling
    match: Match

    @property
    def name(self) -> str:
        return self.said.names[0] if self.said.is_one else self.text

    @property
    def emails(self) -> list[str]:
        return [folded_email(one) for one in dict.fromkeys((self.email, self.said.email)) if one]


def unnamed(year: Year, roster: Roster) -> list[Unnamed]:
    """Every presence of the year whose exported name is kept, and that has no person yet."""
    codes = Codes(year.known)
    rows = {row.id: row for row in year.data.logs["attendance"] if row["person"] is None}
    found = []
    for line in rows_of(year, UnmatchedRecord):
        if line.id in rows:
            text, email = line["name"] or line["email"] or "", line["email"] or ""
            said = spelling(text, codes.is_word)
            emails = [one for one in (email, said.email) if one]
            match = roster.match(said.names, emails)
            if said.joined:
                match = Match(several=roster.may_be(said.names, emails))
            found.append(Unnamed(rows[line.id], text, email, said, match))
    taken = {(row["session"], row["date"], row["person"]) for row in year.data.logs["attendance"]}
    return [one if not one.match.person or is_sure(one, found, taken) else doubted(one) for one in found]


def is_sure(one: Unnamed, others: Iterable[Unnamed], taken: Container[tuple[object, ...]]) -> bool:
    """Nobody is sure to be two rows of one day: other names have that e-mail, or other e-mails that name."""
    when, person = (one.row["session"], one.row["date"]), one.match.person
    rivals = (
        other
        for other in others
        if (other.row["session"], other.row["date"], other.match.person) == (*when, person)
    )
    return (*when, person) not in taken and all(is_same(one, other) for other in rivals)


def is_same(one: Unnamed, other: Unnamed) -> bool:
    """Have they no two names, and no two e-mails?"""
    two_names = one.said.keys and other.said.keys and one.said.keys != other.said.keys
    two_emails = one.emails and other.emails and not {*one.emails} & {*other.emails}
    return not (two_names or two_emails)


def doubted(one: Unnamed) -> Unnamed:
    return replace(one, match=Match(several=(one.match.person,)))


def resolve(action: Action, pairs: Iterable[tuple[Unnamed, Decision]]) -> list[tuple[Unnamed, str]]:
    """Give each presence its person. Returns the ids."""
    done: list[tuple[Unnamed, str]] = []
    created: dict[tuple[str, str], str] = {}
    for one, decision in pairs:
        who = one.email, key(one.name)
        person = decision.person or created.get(who) or create(action, one, decision)
        created[who] = person
        year = action.year.again(("sessions", "attendance"))
        give(action, year, one, person, decision)
        learn(action, one, person)
        action.remove(UnmatchedRecord.log, [one.row.id], WHY)
        done.append((one, person))
    return done


def create(action: Action, one: Unnamed, decision: Decision) -> str:
    """A new person, with a name in the private folder."""
    taken = {*column_of(read(action.year, "people"), "id"), *column_of(read(action.year, "names"), "id")}
    person = new_id("p", None, taken, action.draw)
    cells = {"id": person, "name": one.name, "email": next(iter(one.emails), "")}
    action.add("names", [{name: text for name, text in cells.items() if text}])
    action.add("people", [{"id": person, "role": decision.role, "board": decision.board}])
    return person


def give(action: Action, year: Year, one: Unnamed, person: str, decision: Decision) -> None:
    """The row gets its person; a row that the person has already that day takes its minutes instead."""
    session, day = one.row["session"], one.row["date"]
    rows = [row for row in year.data.logs["attendance"] if (row["session"], row["date"]) == (session, day)]
    if twin := next((row for row in rows if row["person"] == person), None):
        minutes = together(year, twin, one.row)
        action.edit("attendance", twin.id, {"minutes": minutes}, WHY)
        action.remove("attendance", [one.row.id], WHY)
        return
    held = posts_of(year.data, person, day, {})
    role, board = held[0] if len(held) == 1 else (decision.role, decision.board)
    post = {name: text for name, text in (("role", role), ("board", board)) if text}
    action.edit("attendance", one.row.id, {"person": person, **post}, WHY)


def together(year: Year, twin: Row, row: Row) -> str:
    """The minutes of two rows of one person, of which none counts twice; empty for the whole time."""
    if twin["minutes"] is None or row["minutes"] is None:
        return ""
    known = stays_of(year, row["session"])
    times = [*known.get(twin.id, ()), *known.get(row.id, ())]
    return str(max(twin["minutes"], row["minutes"], stays.length(times)))


def learn(action: Action, one: Unnamed, person: str) -> None:
    """The person is known by this name and this e-mail the next time."""
    file = read(action.year, "names")
    if person not in column_of(file, "id"):
        return
    record = find(file, NameRecord, person)
    name, email, others = (cell_of(file, record, column) for column in ("name", "email", "other_names"))
    several = [part.strip() for part in others.split(";") if part.strip()]
    known = {key(name), *map(key, several), *map(folded_email, (email, *several))}
    new = [text for text in one.said.names if is_full(text) and key(text) not in known]
    new += [text for text in one.emails if text not in known]
    if new and (one.said.is_one or not one.said.names):
        action.edit("names", person, {"other_names": "; ".join([*several, *new])}, WHY)
