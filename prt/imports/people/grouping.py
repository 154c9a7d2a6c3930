"""From the rows of attendance lists to the people who were there, each once: re-joins and lists of the same
session put together.

Every row is told first what it says for itself, then all rows together decide who is who, so that nothing
depends on their order.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from prt.imports.export import Presence, Stay
from prt.imports.people.attendees import Attendee, presence_emails
from prt.imports.people.matching import Match, Roster
from prt.imports.people.names import IsWord, ParsedName, parse_name
from prt.text import fold_text

Head = tuple[str, ...]
"""What all rows of one attendee have in common: a kind, and what tells it from others of that kind."""


@dataclass(slots=True)
class Heard:
    """One row, and what it says for itself. `who` is the person or the full names; empty where it has none.
    `mail` is one of its e-mails, the same for all rows that an e-mail joins."""

    presence: Presence
    said: ParsedName
    emails: list[str]
    who: Head
    mail: str = ""


class Gathering:
    """Puts rows together.

    - A full name is one person, unless its e-mails differ. Of somebody known two e-mails are two people if
      both were there at once: one of them only has the name.
    - An e-mail is one person, unless full names differ; it says who somebody is if nobody else has it.
    - A telephone or a first name is one person only where one connection ended before the other began.
    """

    def __init__(self, heard: Sequence[Heard], roster: Roster) -> None:
        self.roster = roster
        self.heard = heard
        join_emails(heard)
        self.owners: dict[str, set[str]] = defaultdict(set)  # by mail, who of the roster has it
        self.users: dict[str, set[Head]] = defaultdict(set)  # by mail, what its rows say
        for one in heard:
            if one.mail:
                self.owners[one.mail] |= roster.with_email(one.emails)
                self.users[one.mail] |= {one.who} - {()}
        self.there = {one.who[1] for one in heard if one.who[:1] == ("person",)}
        self.namesakes = self.strangers()
        self.of_name = self.heads_of_names()
        self.of_text = self.heads_of_texts()

    def strangers(self) -> dict[str, set[str]]:
        """By person, e-mails of others who have that name: two were there at once."""
        rows: dict[str, list[tuple[Presence, str]]] = defaultdict(list)
        for one in self.heard:
            if one.mail and one.who[:1] == ("person",):
                own = one.who[1] in self.owners[one.mail]
                rows[one.who[1]].append((one.presence, "" if own else one.mail))
        found = {person: find_simultaneous(pairs) - {""} for person, pairs in rows.items()}
        return {person: mails for person, mails in found.items() if mails}

    def heads_of_names(self) -> dict[Head, set[Head]]:
        """The heads of each name whose rows have e-mails."""
        found: dict[Head, set[Head]] = defaultdict(set)
        for one in self.heard:
            if one.mail and one.who:
                found[one.who].add(self.of_who(one.who, one.mail))
        return found

    def heads_of_texts(self) -> dict[int, Head]:
        """By row, the head of who has neither full name nor e-mail: the same text, one after the other."""
        rows = [one for one in self.heard if not one.who and not one.mail and not one.said.robot]
        ends: dict[str, list[dt.datetime]] = defaultdict(list)
        found: dict[int, Head] = {}
        for one in sorted(rows, key=lambda one: presence_span(one.presence)):
            text, (joined, left) = fold_text(one.presence.name), presence_span(one.presence)
            places = ends[text]
            near = range(max(0, len(places) - MOST_COMPARED), len(places))
            free = (at for at in near if one.presence.stays and places[at] <= joined)
            place = next(free, len(places))
            places[place:] = [left, *places[place + 1 :]]
            found[id(one)] = ("text", text, str(place))
        return found

    def head(self, one: Heard) -> Head:
        if one.said.robot:
            return "robot", fold_text(one.presence.name)
        if one.mail:
            return self.of_who(one.who, one.mail) if one.who else self.of_mail(one.mail)
        if not one.who:
            return self.of_text[id(one)]
        heads = self.of_name.get(one.who, set())
        if one.who in heads:
            return one.who
        return next(iter(heads)) if len(heads) == 1 else self.of_who(one.who, "")

    def of_who(self, who: Head, mail: str) -> Head:
        """The head of a full name with this e-mail."""
        if who[0] == "person":
            strangers = self.namesakes.get(who[1], set())
            sure = mail not in strangers if mail else not strangers
            return who if sure else ("namesake", who[1], mail)
        owner = self.owner(who, mail) if mail else ""
        return ("person", owner) if owner else (*who, mail)

    def owner(self, who: Head, mail: str) -> str:
        """Who has the e-mail, if it is nobody else's here; or has that name too."""
        persons = self.owners[mail]
        if len(persons) != 1 or who[0] == "joined":
            return ""
        person = next(iter(persons))
        is_namesake = len(who) == 2 and person in self.roster.keys.get(who[1], ())
        alone = self.users[mail] == {who} and person not in self.there
        return person if is_namesake or alone else ""

    def of_mail(self, mail: str) -> Head:
        """The head of an e-mail whose row has no full name: of the one person who has it."""
        if len(self.owners[mail]) == 1:
            return "person", next(iter(self.owners[mail]))
        users = self.users[mail]
        return self.of_who(next(iter(users)), mail) if len(users) == 1 else ("mail", mail)

    def match(self, head: Head, attendee: Attendee) -> Match:
        """Who it is; else who it may be: somebody who is there under their own name is not meant."""
        by_email = self.roster.with_email(attendee.emails)
        if head[0] == "person":
            return Match(head[1], "e-mail" if head[1] in by_email else "name")
        if head[0] == "robot":
            return Match()
        found = self.roster.with_name(attendee.names) | (by_email - self.there)
        return Match(several=tuple(sorted(found)))


MOST_COMPARED = 50
"""Of attendees with the same telephone or first name, how many may be the one who comes back."""


def group_presences(
    presences: Iterable[Presence],
    roster: Roster,
    is_word: IsWord,
    watched: Callable[[list[Presence]], Iterable[Presence]] = iter,
) -> list[Attendee]:
    """Everybody who was there, in the order of the lists; each is called as a row with an e-mail says."""
    heard = list(all_heard(watched(list(presences)), roster, is_word))
    places = {id(one.presence): place for place, one in enumerate(heard)}
    gathering = Gathering(heard, roster)
    found: dict[Head, Attendee] = {}
    for one in sorted(
        heard, key=lambda one: (not one.presence.email, presence_span(one.presence), one.presence.name)
    ):
        head = gathering.head(one)
        if head not in found:
            found[head] = Attendee(Match(), head[1] if head[0] == "person" else " ".join(head))
        found[head].add(one.presence, one.said)
    for head, attendee in found.items():
        attendee.match = gathering.match(head, attendee)
    return sorted(found.values(), key=lambda one: min(places[id(each)] for each in one.presences))


def all_heard(presences: Iterable[Presence], roster: Roster, is_word: IsWord) -> Iterator[Heard]:
    known: dict[str, ParsedName] = {}
    for one in presences:
        if one.name not in known:
            known[one.name] = parse_name(one.name, is_word)
        said = known[one.name]
        emails = [] if said.robot else presence_emails(one, said)
        yield Heard(one, said, emails, identify_row(said, roster), min(emails, default=""))


def identify_row(said: ParsedName, roster: Roster) -> Head:
    """The person who has the names, or the names as they are compared."""
    if not said.names:
        return ()
    if said.joined:
        return "joined", *sorted(said.keys)
    person = roster.named(said.names)
    return ("person", person) if person else ("name", *sorted(said.keys))


def join_emails(heard: Iterable[Heard]) -> None:
    """Give rows with several e-mails, and all rows with one of them, the same `mail`."""
    same: dict[str, str] = {}

    def root(mail: str) -> str:
        while mail in same:
            mail = same[mail]
        return mail

    for one in heard:
        first, *others = sorted({root(mail) for mail in one.emails}) or [""]
        same |= dict.fromkeys(others, first)
    if same:
        for one in heard:
            one.mail = root(one.mail)


def find_simultaneous(rows: Iterable[tuple[Presence, str]]) -> set[str]:
    """The mails of which another was there at the same time. Two rows of one day without times are: a list
    names each person once."""
    timed: list[tuple[Stay, str]] = []
    days: dict[dt.date | None, set[str]] = defaultdict(set)
    for presence, mail in rows:
        timed += [(stay, mail) for stay in presence.stays]
        if not presence.stays:
            days[presence.day].add(mail)
    found = {mail for mails in days.values() if len(mails) > 1 for mail in mails}
    timed.sort(key=lambda pair: (pair[0].joined, pair[0].left, pair[1]))
    ends: dict[str, dt.datetime] = {}  # of the two that last longest, for one of them is another's
    for stay, mail in timed:
        met = {other for other, left in ends.items() if other != mail and left > stay.joined}
        found |= {*met, mail} if met else set()
        ends[mail] = max(stay.left, ends.get(mail, stay.left))
        ends = dict(sorted(ends.items(), key=lambda end: end[1])[-2:])
    return found


def presence_span(presence: Presence) -> tuple[dt.datetime, dt.datetime]:
    """From the first join to the last leave; without times it never ends."""
    if not presence.stays:
        return dt.datetime.max, dt.datetime.max
    return presence.stays[0].joined, max(stay.left for stay in presence.stays)
