"""A person on the way through an import: the presences of a list become attendees, attendees become seats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from types import MappingProxyType

from prt.entry.person_names import ParsedName, name_key
from prt.entry.roster import NOBODY, Match, fold_email
from prt.imports.export import Presence, Stay
from prt.imports.reading.codes import AUDIENCE_NOTES
from prt.model.rows import Row
from prt.model.view import group_by
from prt.text import fold_text
from prt.values import NamedTuple

WHOLE_TIME = 10**6


class Attendee:
    """One person of a list, with all their connections; `match` says who it is, as far as that is certain.

    `key` tells this attendee from the others of an import, whatever order the lists come in. The text of a
    `joined` one speaks of several people; a `robot` takes notes.
    """

    __slots__ = ("emails", "joined", "key", "match", "names", "presences", "robot", "words")

    def __init__(
        self,
        match: Match,
        key: str,
        presences: list[Presence],
        names: list[str],
        emails: list[str],
        words: list[str],
        joined: bool = False,
        robot: bool = False,
    ) -> None:
        self.match, self.key, self.presences = match, key, presences
        self.names, self.emails, self.words = names, emails, words
        self.joined, self.robot = joined, robot

    @property
    def person(self) -> str:
        """The id, from the roster or from whoever was asked; empty for a new or an unnamed person."""
        return self.match.person

    @property
    def known_person(self) -> str:
        """The id, if the roster tells it."""
        return self.match.person if self.match.how else ""

    @property
    def text(self) -> str:
        """The name as it was exported first."""
        return " ".join(self.presences[0].name.split())

    @property
    def is_doubtful(self) -> bool:
        """Does the text hold the names of two people, so that it is nobody's name?"""
        return not self.known_person and (self.joined or len(self.names) > 1)

    @property
    def name(self) -> str:
        """The name as people write it, or the exported text if it holds none."""
        return self.names[0] if self.names and not self.is_doubtful else self.text

    @property
    def name_keys(self) -> frozenset[str]:
        """The full names as they are compared; empty if there is none."""
        keys = frozenset(map(name_key, self.names))
        return keys | {"+"} if self.joined else keys

    @property
    def mark(self) -> Mark:
        return Mark(self.name_keys, frozenset(self.emails), fold_text(self.text), bool(self.known_person))

    @property
    def organiser(self) -> bool:
        return any(one.organiser for one in self.presences)

    def split_days(self, day: dt.date) -> dict[dt.date, list[Presence]]:
        """The connections of each day; those without a date are of `day`."""
        if len(self.presences) == 1:
            return {presence_day(self.presences[0]) or day: self.presences}
        return dict(sorted(group_by(self.presences, lambda one: presence_day(one) or day).items()))

    def matched(self, match: Match) -> Attendee:
        """A copy of the attendee with the person who was found for it."""
        found = copy(self)
        found.match = match
        return found

    def absorb(self, other: Attendee) -> None:
        """Take in another row of the same person: each name and each e-mail once."""
        self.presences += other.presences
        known = set(map(name_key, self.names))
        self.names += [name for name in other.names if name_key(name) not in known]
        self.emails += [one for one in other.emails if one not in self.emails]
        self.words += other.words
        self.joined |= other.joined
        self.robot |= other.robot


class Mark(NamedTuple):
    """What an attendee is known by again in another list: full names and e-mails folded, else the text."""

    names: frozenset[str]
    emails: frozenset[str]
    text: str
    known: bool = False

    @property
    def words(self) -> Iterable[str]:
        """The words by which the mark is looked up."""
        return self.names | self.emails or {self.text}

    def compare(self, row: Mark) -> int:
        """How surely a row with that mark is this attendee: 3, 2, 1, or 0 for somebody else's."""
        if self.names and row.names:
            same = row.names <= self.names if self.known else row.names == self.names
            one_email = bool(self.emails & row.emails)
            clash = bool(self.emails and row.emails) and not one_email
            return 0 if clash or not same else 3 if one_email else 2
        if self.emails & row.emails:
            return 1
        return int(not (self.names or row.names or self.emails or row.emails) and self.text == row.text)


class Seat(NamedTuple):
    """One attendee on one day, as a row is to have it; `minutes` is None for the whole time.

    `row` is the row that is there already, and `changes` what is to change in it. `counted` is the audience
    (parents, students) of whom no name is kept; a `veiled` one may be somebody who was erased: no name is
    kept either, and the row is left as it is.
    """

    attendee: Attendee
    day: dt.date
    minutes: int | None
    stays: tuple[Stay, ...]
    role: str
    board: str
    row: Row | None = None
    changes: Mapping[str, str] = MappingProxyType({})
    counted: str = ""
    veiled: bool = False

    @property
    def person(self) -> str:
        """The id; empty for an unnamed person, and for a new one who has none yet."""
        return self.attendee.person

    @property
    def own_row(self) -> Row:
        """The row of a seat that is known to have one."""
        assert self.row is not None
        return self.row

    @property
    def is_new(self) -> bool:
        return self.attendee.match.is_new and not self.counted

    @property
    def is_unnamed(self) -> bool:
        match = self.attendee.match
        return not match.person and not (match.is_said and not self.counted)

    @property
    def keeps_name(self) -> bool:
        """May the exported name of an unnamed person be kept, to be asked about?"""
        return self.is_unnamed and not self.counted and not self.veiled


def seat_columns(seats: Sequence[Seat], session: str) -> dict[str, list[str]]:
    """The cells of rows of attendance, by column."""
    return {
        "session": [session] * len(seats),
        "date": [seat.day.isoformat() for seat in seats],
        "person": [seat.person for seat in seats],
        "role": [seat.role for seat in seats],
        "board": [seat.board for seat in seats],
        "minutes": ["" if seat.minutes is None else str(seat.minutes) for seat in seats],
        "note": [AUDIENCE_NOTES.get(seat.counted, "") for seat in seats],
    }


def make_attendee(presence: Presence, parsed: ParsedName) -> Attendee:
    """The attendee of one row, before it is compared with the other rows."""
    return Attendee(
        NOBODY,
        "",
        [presence],
        list(parsed.names),
        [fold_email(one) for one in dict.fromkeys((presence.email, parsed.email)) if one],
        [*filter(None, (presence.role, presence.board, *parsed.others))],
        parsed.joined,
        parsed.robot,
    )


def merge_attendees(one: Attendee, other: Attendee) -> Attendee:
    """Two attendees who turned out to be the same person, because somebody said so."""
    match = one.match if one.known_person else other.match
    said = one.match.is_said or other.match.is_said
    return Attendee(
        Match(match.person, match.how, match.several, is_said=said),
        one.key,
        [*one.presences, *other.presences],
        [*one.names, *other.names],
        [*one.emails, *other.emails],
        [*one.words, *other.words],
        one.joined or other.joined,
    )


def presence_day(presence: Presence) -> dt.date | None:
    return presence.day or (presence.stays[0].joined.date() if presence.stays else None)


def list_stays(presences: Iterable[Presence]) -> list[Stay]:
    return [stay for one in presences for stay in one.stays]


def time_present(minutes: int | None) -> int:
    """Minutes that can be compared: no number stands for the whole time."""
    return WHOLE_TIME if minutes is None else minutes
