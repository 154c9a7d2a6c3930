"""Who somebody is: by folded name, by e-mail exactly; less certain, or two that differ, is a suggestion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from prt.imports.people.names import name_key

SUGGESTED_LIKENESS = 75
"""From which likeness of two names, of 100, one is suggested for the other."""


class NameRow(Protocol):
    """A row of names.csv: `id`, `name`, `email`, `other_names`."""

    def __getitem__(self, column: str, /) -> Any: ...


@dataclass(frozen=True)
class Match:
    """`person` is an id where it is certain, `how` says by what; `several` are ids that it may be."""

    person: str = ""
    how: str = ""
    several: tuple[str, ...] = ()


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
        """Who has the name; where nobody surely has, who has one of the e-mails.

        The name first, for one e-mail may be on the rows of several people: who ordered their tickets.
        """
        by_email = self.with_email(emails)
        if person := self.named(names):
            return Match(person, "e-mail" if person in by_email else "name")
        if len(by_email) == 1:
            return Match(next(iter(by_email)), "e-mail")
        return Match(several=self.may_be(names, emails))

    def named(self, names: Iterable[str]) -> str:
        """Who has every one of the names, and alone; empty where that is nobody."""
        having = [self.keys.get(name_key(name), set()) for name in names]
        found = {person for persons in having for person in persons}
        return found.pop() if all(having) and len(found) == 1 else ""

    def with_email(self, emails: Iterable[str]) -> set[str]:
        return {person for email in emails for person in self.emails.get(fold_email(email), ())}

    def with_name(self, names: Iterable[str]) -> set[str]:
        return {person for name in names for person in self.keys.get(name_key(name), ())}

    def named_in(self, text: str) -> set[str]:
        """Whose full name stands in a longer text: `remplaçante de Yasmine Exemple`."""
        words = set(name_key(text).split())
        found = (persons for name, persons in self.keys.items() if " " in name and words >= {*name.split()})
        return {person for persons in found for person in persons}

    def may_be(self, names: Iterable[str], emails: Iterable[str]) -> tuple[str, ...]:
        """Everybody who has one of the e-mails or one of the names: a suggestion."""
        return tuple(sorted(self.with_email(emails) | self.with_name(names)))

    def suggestions(self, names: Iterable[str], most: int = 3) -> list[tuple[str, int]]:
        """(id, likeness of 100) of people who have names like these, the likeliest first."""
        from rapidfuzz import fuzz, process

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
    """Everybody of names.csv."""
    roster = Roster()
    for person, row in names.items():
        roster.names[person] = row["name"]
        roster.add(person, [text for text in (row["name"], row["email"], *row["other_names"]) if text])
    return roster


def fold_email(text: str) -> str:
    return text.strip().casefold()
