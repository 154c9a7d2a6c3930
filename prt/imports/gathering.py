"""From the rows of attendance lists to the people who were there, each once: re-joins and lists of the same
session put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from prt.imports.export import Presence, Stay
from prt.imports.matching import Match, Roster, folded_email
from prt.imports.names import IsWord, Spelling, key, spelling
from prt.model.text import folded


@dataclass(eq=False)
class Attendee:
    """One person of a list, with all their connections; `match` says who it is, if that is certain."""

    match: Match
    until: dt.datetime = dt.datetime.min  # when the last connection ended, where that is known
    presences: list[Presence] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def person(self) -> str:
        return self.match.person

    @property
    def key(self) -> str:
        """What tells this attendee from the others of an import, whatever order the lists come in."""
        return self.person or next(iter(self.emails), "") or next(map(key, self.names), "") or self.text

    @property
    def text(self) -> str:
        """The name as it was exported first."""
        return " ".join(self.presences[0].name.split())

    @property
    def name(self) -> str:
        """The name as people write it; the exported text where it is none."""
        return self.names[0] if self.names else self.text

    @property
    def organiser(self) -> bool:
        return any(one.organiser for one in self.presences)

    def days(self, day: dt.date) -> dict[dt.date, list[Presence]]:
        """The connections of each day, those without a date on `day`."""
        found: dict[dt.date, list[Presence]] = {}
        for one in self.presences:
            found.setdefault(day_of(one) or day, []).append(one)
        return dict(sorted(found.items()))

    def add(self, presence: Presence, said: Spelling) -> None:
        self.presences.append(presence)
        self.until = max((self.until, *(stay.left for stay in presence.stays)))
        known = set(map(key, self.names))
        self.names += [name for name in said.names if key(name) not in known]
        self.emails += [one for one in emails_of(presence, said) if one not in self.emails]
        self.words += [text for text in (presence.role, presence.board, *said.others) if text]


MOST_COMPARED = 50
"""Of attendees with the same telephone or first name, how many may be the one who comes back."""


class Gathering:
    """Puts presences together. A full name twice in one session is one person, unless the e-mails differ; a
    telephone or a first name twice is one only where one connection ended before the other began."""

    def __init__(self, roster: Roster, is_word: IsWord) -> None:
        self.roster = roster
        self.is_word = is_word
        self.attendees: list[Attendee] = []
        self.by_person: dict[str, Attendee] = {}
        self.by_email: dict[str, Attendee] = {}
        self.by_name: dict[str, list[Attendee]] = {}
        self.by_text: dict[str, list[Attendee]] = {}
        self.spellings: dict[str, Spelling] = {}

    def add(self, presence: Presence) -> None:
        said = self.spelling(presence.name)
        emails = emails_of(presence, said)
        match = self.roster.match(said.names, emails)
        found = self.known(presence, said, emails, match)
        if found is None:
            found = Attendee(match)
            self.attendees.append(found)
        found.add(presence, said)
        self.note(found, said, emails)

    def spelling(self, text: str) -> Spelling:
        if text not in self.spellings:
            self.spellings[text] = spelling(text, self.is_word)
        return self.spellings[text]

    def known(self, presence: Presence, said: Spelling, emails: list[str], match: Match) -> Attendee | None:
        """The attendee of whom this is another connection."""
        if match.person:
            return self.by_person.get(match.person)
        for email in emails:
            if email in self.by_email:
                return self.by_email[email]
        if said.names:
            same = [one for one in self.by_name.get(key(said.names[0]), []) if not (emails and one.emails)]
            return same[0] if len(same) == 1 else None
        if emails:
            return None
        same = self.by_text.get(folded(presence.name), [])[-MOST_COMPARED:]
        return next((one for one in same if presence.stays and one.until <= presence.stays[0].joined), None)

    def note(self, attendee: Attendee, said: Spelling, emails: list[str]) -> None:
        if attendee.person:
            self.by_person[attendee.person] = attendee
        for email in emails:
            self.by_email.setdefault(email, attendee)
        keys = [(self.by_name, key(name)) for name in said.names[:1]]
        if not keys and not emails:
            keys = [(self.by_text, folded(attendee.text))]
        for index, one in keys:
            if not any(other is attendee for other in index.get(one, [])):
                index.setdefault(one, []).append(attendee)


def gathered(
    presences: Iterable[Presence],
    roster: Roster,
    is_word: IsWord,
    watched: Callable[[list[Presence]], Iterable[Presence]] = iter,
) -> list[Attendee]:
    """Everybody who was there, in the order of the lists.

    Rows with an e-mail are taken first, so that a row without one joins them whatever the order; then in the
    order of time, so that it is known which connection ended before another began.
    """
    rows = list(presences)
    places = {id(one): place for place, one in enumerate(rows)}
    gathering = Gathering(roster, is_word)
    for one in watched(sorted(rows, key=lambda one: (not one.email, joined(one)))):
        gathering.add(one)
    return sorted(gathering.attendees, key=lambda one: min(places[id(each)] for each in one.presences))


def marks(names: Iterable[str], emails: Iterable[str], text: str) -> list[str]:
    """What an unnamed attendee is known by again: e-mails, names folded; else the exported text."""
    return [*filter(None, map(folded_email, emails)), *map(key, names)] or [folded(text)]


def joined(presence: Presence) -> dt.datetime:
    return presence.stays[0].joined if presence.stays else dt.datetime.min


def emails_of(presence: Presence, said: Spelling) -> list[str]:
    """The e-mail of the row; one that stands in place of the name."""
    return [folded_email(one) for one in dict.fromkeys((presence.email, said.email)) if one]


def day_of(presence: Presence) -> dt.date | None:
    return presence.stays[0].joined.date() if presence.stays else presence.day


def stays_of(presences: Iterable[Presence]) -> list[Stay]:
    return [stay for one in presences for stay in one.stays]
