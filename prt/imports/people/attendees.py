"""One person of a list, with all their connections, and what tells them again in another list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from prt.imports.export import Presence, Stay
from prt.imports.people.matching import Match, fold_email
from prt.imports.people.names import ParsedName, name_key
from prt.text import fold_text


@dataclass(eq=False)
class Attendee:
    """One person of a list, with all their connections; `match` says who it is, if that is certain.

    `key` tells this attendee from the others of an import, whatever order the lists come in. Of one that
    is `joined` the text speaks of several people; a `robot` takes notes.
    """

    match: Match
    key: str
    presences: list[Presence] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    joined: bool = False
    robot: bool = False

    @property
    def person(self) -> str:
        return self.match.person

    @property
    def text(self) -> str:
        """The name as it was exported first."""
        return " ".join(self.presences[0].name.split())

    @property
    def is_doubtful(self) -> bool:
        """Does the text hold the names of two people, so that it is nobody's name?"""
        return not self.person and (self.joined or len(self.names) > 1)

    @property
    def name(self) -> str:
        """The name as people write it; the exported text where it is none."""
        return self.names[0] if self.names and not self.is_doubtful else self.text

    @property
    def mark(self) -> Mark:
        names = ParsedName(tuple(self.names), joined=self.joined).keys
        return Mark(names, frozenset(self.emails), fold_text(self.text), bool(self.person))

    @property
    def organiser(self) -> bool:
        return any(one.organiser for one in self.presences)

    def days(self, day: dt.date) -> dict[dt.date, list[Presence]]:
        """The connections of each day, those without a date on `day`."""
        found: dict[dt.date, list[Presence]] = {}
        for one in self.presences:
            found.setdefault(presence_day(one) or day, []).append(one)
        return dict(sorted(found.items()))

    def add(self, presence: Presence, said: ParsedName) -> None:
        self.presences.append(presence)
        known = set(map(name_key, self.names))
        self.names += [name for name in said.names if name_key(name) not in known]
        self.emails += [one for one in presence_emails(presence, said) if one not in self.emails]
        self.words += [text for text in (presence.role, presence.board, *said.others) if text]
        self.joined |= said.joined
        self.robot |= said.robot


@dataclass(frozen=True)
class Mark:
    """What an attendee is known by again in another list: full names and e-mails folded; else the text."""

    names: frozenset[str]
    emails: frozenset[str]
    text: str
    known: bool = False

    def fits(self, row: Mark) -> int:
        """How surely a row with that mark is this attendee: 3, 2, 1, or 0 where it is another."""
        if self.names and row.names:
            same = row.names <= self.names if self.known else row.names == self.names
            one_email = bool(self.emails & row.emails)
            clash = bool(self.emails and row.emails) and not one_email
            return 0 if clash or not same else 3 if one_email else 2
        if self.emails & row.emails:
            return 1
        return int(not (self.names or row.names or self.emails or row.emails) and self.text == row.text)


def presence_emails(presence: Presence, said: ParsedName) -> list[str]:
    """The e-mail of the row; one that stands in place of the name."""
    return [fold_email(one) for one in dict.fromkeys((presence.email, said.email)) if one]


def presence_day(presence: Presence) -> dt.date | None:
    return presence.day or (presence.stays[0].joined.date() if presence.stays else None)


def list_stays(presences: Iterable[Presence]) -> list[Stay]:
    return [stay for one in presences for stay in one.stays]
