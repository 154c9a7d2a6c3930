"""Who somebody is: by e-mail exactly, then by folded name; less certain is a suggestion."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from prt.imports.names import key

CLOSE = 75
"""From which likeness of two names, of 100, one is suggested for the other."""


class NameRow(Protocol):
    """A row of names.csv: `id`, `name`, `email`, `other_names`."""

    def __getitem__(self, column: str, /) -> Any: ...


@dataclass(frozen=True)
class Match:
    """`person` is an id where it is certain, `how` says by what; `several` are ids that fit equally well."""

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
            found.setdefault(folded_email(text) if "@" in text else key(text), set()).add(person)

    def match(self, names: Iterable[str], emails: Collection[str]) -> Match:
        """Who has one of the e-mails; where nobody has, who has one of the names."""
        by_email = {person for email in emails for person in self.emails.get(folded_email(email), ())}
        by_name = {person for name in names for person in self.keys.get(key(name), ())}
        for found, how in ((by_email, "e-mail"), (by_name, "name")):
            if len(found) == 1:
                return Match(found.pop(), how)
            if found:
                return Match(several=tuple(sorted(found)))
        return Match()

    def suggestions(self, names: Iterable[str], most: int = 3) -> list[tuple[str, int]]:
        """(id, likeness of 100) of people who have names like these, the likeliest first."""
        from rapidfuzz import fuzz, process

        likeness: dict[str, int] = {}
        for name in names:
            for spelt, score, _ in process.extract(
                key(name), list(self.keys), scorer=fuzz.WRatio, score_cutoff=CLOSE, limit=most
            ):
                for person in self.keys[spelt]:
                    likeness[person] = max(likeness.get(person, 0), int(score))
        return sorted(likeness.items(), key=lambda pair: (-pair[1], pair[0]))[:most]


def roster_of(names: Mapping[str, NameRow]) -> Roster:
    """Everybody of names.csv."""
    roster = Roster()
    for person, row in names.items():
        roster.names[person] = row["name"]
        roster.add(person, [text for text in (row["name"], row["email"], *row["other_names"]) if text])
    return roster


def folded_email(text: str) -> str:
    return text.strip().casefold()
