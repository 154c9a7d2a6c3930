"""Rows of attendance lists grouped to the people who were there, each once: re-joins and lists of the same
session put together.

Every row is first read by itself, then all rows together decide who is who, so that nothing depends on
their order.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from prt.entry.person_names import IsWord, ParsedName, name_key, parse_name
from prt.entry.roster import NOBODY, Match, Roster
from prt.imports.export import Presence, Stay
from prt.imports.people.attendees import Attendee, make_attendee
from prt.text import fold_text

GroupKey = tuple[str, ...]
"""What all rows of one attendee have in common: a kind, and what tells it from others of that kind."""
MOST_COMPARED = 50
"""At most so many attendees of one telephone or first name are tried as the one who comes back."""


class Grouping:
    """The group of each row; a row is an attendee with one presence.

    - A full name is one person, unless its e-mails differ. Of somebody known two e-mails are two people if
      both were there at once: one of them only has the name.
    - An e-mail is one person, unless full names differ; it says who somebody is if nobody else has it.
    - A telephone or a first name is one person only where one connection ended before the other began.
    """

    def __init__(self, rows: Sequence[Attendee], roster: Roster) -> None:
        self.roster, self.rows = roster, rows
        self.mails = join_emails(rows)
        self.names = [identify_row(row, roster) for row in rows]
        self.owners: dict[str, set[str]] = defaultdict(set)  # by mail, who of the roster has it
        self.users: dict[str, set[GroupKey]] = defaultdict(set)  # by mail, the names of its rows
        for row, name, mail in self.table():
            if mail:
                self.owners[mail] |= roster.with_email(row.emails)
                if name:
                    self.users[mail].add(name)
        self.present = {name[1] for name in self.names if name[:1] == ("person",)}
        self.namesakes = self.find_namesakes()
        self.of_name = self.group_names()
        self.of_shared = self.group_shared_names()
        self.of_text = self.group_texts()

    def table(self) -> Iterator[tuple[Attendee, GroupKey, str]]:
        """Each row with the name and the e-mail that it is grouped by."""
        return zip(self.rows, self.names, self.mails, strict=True)

    def find_namesakes(self) -> dict[str, set[str]]:
        """The e-mails that are not the person's own, by person: two with that name were there at once."""
        rows: dict[str, list[tuple[Presence, str]]] = defaultdict(list)
        for row, name, mail in self.table():
            if mail and name[:1] == ("person",):
                rows[name[1]].append((row.presences[0], "" if name[1] in self.owners[mail] else mail))
        found = {person: find_simultaneous(pairs) - {""} for person, pairs in rows.items()}
        return {person: mails for person, mails in found.items() if mails}

    def group_names(self) -> dict[GroupKey, set[GroupKey]]:
        """The groups of each name whose rows have e-mails."""
        found: dict[GroupKey, set[GroupKey]] = defaultdict(set)
        for name, mail in zip(self.names, self.mails, strict=True):
            if mail and name:
                found[name].add(self.key_of_name(name, mail))
        return found

    def group_texts(self) -> dict[int, GroupKey]:
        """By place, the group of rows with neither full name nor e-mail: the same text, one after the
        other."""
        rows = enumerate(self.table())
        texts = {
            at: fold_text(row.presences[0].name)
            for at, (row, name, mail) in rows
            if not (name or mail or row.robot)
        }
        return self.group_in_turn("text", texts)

    def group_shared_names(self) -> dict[int, GroupKey]:
        """By place, the group of rows without an e-mail whose name several people of the roster have: the
        same name, one after the other, for those who were there at once are two."""
        names = {
            at: "|".join(name[1:])
            for at, (row, name, mail) in enumerate(self.table())
            if not mail and name[:1] == ("name",) and len(self.roster.with_name(row.names)) > 1
        }
        return self.group_in_turn("shared", names)

    def group_in_turn(self, kind: str, words: Mapping[int, str]) -> dict[int, GroupKey]:
        """Rows, by their places, with the same word as one attendee for as long as none of them overlaps."""
        ends: dict[str, list[dt.datetime]] = defaultdict(list)
        found: dict[int, GroupKey] = {}
        spans = {at: presence_span(self.rows[at].presences[0]) for at in words}
        for at in sorted(words, key=spans.__getitem__):
            text, (joined, left) = words[at], spans[at]
            places, has_times = ends[text], self.rows[at].presences[0].stays
            near = range(max(0, len(places) - MOST_COMPARED), len(places))
            free = (place for place in near if has_times and places[place] <= joined)
            chosen = next(free, len(places))
            places[chosen:] = [left, *places[chosen + 1 :]]
            found[at] = (kind, text, str(chosen))
        return found

    def key(self, at: int) -> GroupKey:
        """The group of the row at this place."""
        row, name, mail = self.rows[at], self.names[at], self.mails[at]
        if row.robot:
            return "robot", fold_text(row.presences[0].name)
        if mail:
            return self.key_of_name(name, mail) if name else self.key_of_mail(mail)
        if not name:
            return self.of_text[at]
        if at in self.of_shared:
            return self.of_shared[at]
        keys = self.of_name.get(name, ())
        if name in keys:
            return name
        return next(iter(keys)) if len(keys) == 1 else self.key_of_name(name, "")

    def key_of_name(self, name: GroupKey, mail: str) -> GroupKey:
        """The group of a full name with this e-mail."""
        if name[0] == "person":
            strangers = self.namesakes.get(name[1], set())
            sure = mail not in strangers if mail else not strangers
            return name if sure else ("namesake", name[1], mail)
        owner = self.find_owner(name, mail) if mail else ""
        return ("person", owner) if owner else (*name, mail)

    def find_owner(self, name: GroupKey, mail: str) -> str:
        """The person who has the e-mail, if nobody else uses it here, or if the name is theirs too."""
        persons = self.owners[mail]
        if len(persons) != 1 or name[0] == "joined":
            return ""
        person = next(iter(persons))
        is_namesake = len(name) == 2 and person in self.roster.keys.get(name[1], ())
        alone = self.users[mail] == {name} and person not in self.present
        return person if is_namesake or alone else ""

    def key_of_mail(self, mail: str) -> GroupKey:
        """The group of an e-mail whose row has no full name: of the one person who has it."""
        if len(self.owners[mail]) == 1:
            return "person", next(iter(self.owners[mail]))
        users = self.users[mail]
        return self.key_of_name(next(iter(users)), mail) if len(users) == 1 else ("mail", mail)

    def match(self, key: GroupKey, attendee: Attendee) -> Match:
        """The person of a group, or those that it may be, but nobody who is there under their own name."""
        by_email = self.roster.with_email(attendee.emails)
        if key[0] == "person":
            return Match(key[1], "e-mail" if key[1] in by_email else "name")
        found = self.roster.with_name(attendee.names) | (by_email - self.present)
        return Match(several=tuple(sorted(found))) if found and key[0] != "robot" else NOBODY


def group_presences(
    presences: Iterable[Presence],
    roster: Roster,
    is_word: IsWord,
    watched: Callable[[list[Presence]], Iterable[Presence]] = iter,
) -> list[Attendee]:
    """Everybody who was there, in the order of the lists; each is called as a row with an e-mail says."""
    rows = list(read_rows_alone(watched(list(presences)), is_word))
    grouping = Grouping(rows, roster)
    found: dict[GroupKey, Attendee] = {}
    first: dict[GroupKey, int] = {}  # of each, the place of the row that stands before its others
    for at in sorted(range(len(rows)), key=[telling_first(row) for row in rows].__getitem__):
        key = grouping.key(at)
        if key in found:
            found[key].absorb(rows[at])
            first[key] = min(first[key], at)
        else:
            found[key], first[key] = rows[at], at
            rows[at].key = key[1] if key[0] == "person" else " ".join(key)
    for key, attendee in found.items():
        attendee.match = grouping.match(key, attendee)
    return [found[key] for key in sorted(found, key=first.__getitem__)]


def read_rows_alone(presences: Iterable[Presence], is_word: IsWord) -> Iterator[Attendee]:
    """Each row as an attendee of its own; equal names are parsed once."""
    known: dict[str, ParsedName] = {}
    for one in presences:
        if one.name not in known:
            known[one.name] = parse_name(one.name, is_word)
        yield make_attendee(one, known[one.name])


def telling_first(row: Attendee) -> tuple[bool, tuple[dt.datetime, dt.datetime], str]:
    """The order in which rows give an attendee their names: rows with an e-mail first."""
    presence = row.presences[0]
    return not presence.email, presence_span(presence), presence.name


def identify_row(row: Attendee, roster: Roster) -> GroupKey:
    """The person who has the names of a row, or the names as they are compared; empty if it has none."""
    if not row.names:
        return ()
    if row.joined:
        return "joined", *sorted(row.name_keys)
    if person := roster.find_by_names(row.names):
        return "person", person
    if len(row.names) == 1:
        return "name", name_key(row.names[0])
    return "name", *sorted({*map(name_key, row.names)})


def join_emails(rows: Sequence[Attendee]) -> list[str]:
    """Of each row one of its e-mails, the same for all rows that an e-mail joins; empty if it has none."""
    same: dict[str, str] = {}

    def root(mail: str) -> str:
        while mail in same:
            mail = same[mail]
        return mail

    for row in rows:
        if len(row.emails) > 1 and not row.robot:
            first, *others = sorted({root(mail) for mail in row.emails})
            same |= dict.fromkeys(others, first)
    return [root(min(row.emails)) if row.emails and not row.robot else "" for row in rows]


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
    if len(presence.stays) == 1:  # as nearly all have
        return presence.stays[0]
    return presence.stays[0].joined, max(stay.left for stay in presence.stays)
