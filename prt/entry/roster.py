"""The roster: people found by folded name or exact e-mail; anything less certain is a suggestion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from prt.entry.person_names import name_key
from prt.values import NamedTuple, dataclass, field

SUGGESTED_LIKENESS = 85
"""From which likeness of two names, of 100, one is suggested for the other."""


class NameRow(Protocol):
    """A row of names.csv: `id`, `name`, `email`, `other_names`."""

    def __getitem__(self, column: str, /) -> Any: ...


class Match(NamedTuple):
    """Who an attendee is: a `person`, if that is certain, and `how` the roster tells it; else `several` ids
    that it may be. With `is_said` somebody was asked: a new person has a `role`, and perhaps a `board`."""

    person: str = ""
    how: str = ""
    several: tuple[str, ...] = ()
    role: str = ""
    board: str = ""
    is_said: bool = False

    @classmethod
    def say(cls, person: str = "", role: str = "", board: str = "") -> Match:
        """What somebody said: who it is, or the role of a new person."""
        return cls(person, role=role, board=board, is_said=True)

    @property
    def is_new(self) -> bool:
        return self.is_said and not self.person


NOBODY = Match()


@dataclass
class Roster:
    """The people who have a name in the private folder, by every e-mail and every name folded."""

    names: dict[str, str] = field(default_factory=dict)
    emails: dict[str, set[str]] = field(default_factory=dict)
    keys: dict[str, set[str]] = field(default_factory=dict)

    def add(self, person: str, texts: Iterable[str]) -> None:
        for text in texts:
            found = self.emails if "@" in text else self.keys
            found.setdefault(fold_email(text) if "@" in text else name_key(text), set()).add(person)

    def match(self, names: Collection[str], emails: Collection[str]) -> Match:
        """The person who has the name, or the only one who has one of the e-mails; else several.

        The name first, for one e-mail may be on the rows of several people: who ordered their tickets.
        """
        by_email = self.with_email(emails)
        if person := self.find_by_names(names):
            return Match(person, "e-mail" if person in by_email else "name")
        if len(by_email) == 1:
            return Match(next(iter(by_email)), "e-mail")
        return Match(several=self.may_be(names, emails))

    def find_by_names(self, names: Iterable[str]) -> str:
        """The only person who has every one of the names; else empty."""
        if not self.keys:
            return ""
        having = [self.keys.get(name_key(name)) for name in names]
        if not all(having):
            return ""
        found = set().union(*filter(None, having))
        return found.pop() if len(found) == 1 else ""

    def with_email(self, emails: Iterable[str]) -> set[str]:
        return set().union(*[self.emails.get(fold_email(email), ()) for email in emails])

    def with_name(self, names: Iterable[str]) -> set[str]:
        return set().union(*[self.keys.get(name_key(name), ()) for name in names])

    def find_in_text(self, text: str) -> set[str]:
        """People whose full name stands in a longer text: `remplaçante de Yasmine Exemple`."""
        words = set(name_key(text).split())
        found = (persons for name, persons in self.keys.items() if " " in name and words >= {*name.split()})
        return {person for persons in found for person in persons}

    def may_be(self, names: Iterable[str], emails: Iterable[str]) -> tuple[str, ...]:
        """Everybody who has one of the e-mails or one of the names: a suggestion."""
        return tuple(sorted(self.with_email(emails) | self.with_name(names)))

    def suggestions(self, names: Iterable[str], most: int = 3) -> list[tuple[str, int]]:
        """(id, likeness of 100) of people who have names like these, the likeliest first."""
        from rapidfuzz import fuzz, process  # 10 ms, and most names are known

        likeness: dict[str, int] = {}
        for name in names:
            for spelt, score, _ in process.extract(
                name_key(name),
                list(self.keys),
                scorer=fuzz.WRatio,
                score_cutoff=SUGGESTED_LIKENESS,
                limit=most,
            ):
                for person in self.keys[spelt]:
                    likeness[person] = max(likeness.get(person, 0), int(score))
        return sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def make_roster(names: Mapping[str, NameRow]) -> Roster:
    """The roster of all rows of names.csv."""
    roster = Roster()
    for person, row in names.items():
        roster.names[person] = row["name"]
        roster.add(person, [text for text in (row["name"], row["email"], *row["other_names"]) if text])
    return roster


def fold_email(text: str) -> str:
    return text.strip().casefold()
