"""Who is meant by what somebody wrote: one answer for options, prompts, lines of hours, PRT_ME and sheets.

Certain is an id, an e-mail, a whole name or a spelling that is kept, in any order, with or without accents.
At entry a first or last name alone, or an initial and the last name, is enough where one person in post that
day has it. Several, a beginning, and what is nearly a name are candidates: offered, never taken.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Literal

from prt.entry.person_names import name_words, parse_name
from prt.entry.roster import NameRow, Roster, make_roster
from prt.figures.entering import say_post
from prt.model.records import STAFF
from prt.model.rows import Row
from prt.model.view import in_post
from prt.problems import Mistake, ValueInWords
from prt.text import join_labels
from prt.values import dataclass, field

SHORTEST_NAME_BEGINNING = 2
NEARLY = 0.85
"""How much of two words of a name must agree."""


@dataclass(frozen=True)
class Resolution:
    """Who a text means: one person who is certain, or enough at entry; several candidates; or nobody."""

    kind: Literal["certain", "enough", "candidates", "nobody"]
    persons: tuple[str, ...] = ()

    @property
    def certain(self) -> str:
        """The id of the one person who is meant for certain; else empty."""
        return self.persons[0] if self.kind == "certain" else ""

    @property
    def taken(self) -> str:
        """The id of the one person who is meant, as far as entry needs to know; else empty."""
        return self.persons[0] if self.kind in ("certain", "enough") else ""


MOST_OFFERED = 9
BRACKETS = "()[]"

NOBODY_MEANT = Resolution("nobody")


@dataclass(frozen=True)
class PersonFinder:
    """The people of a project: `names` are rows of names.csv by id, `posts` those of people.csv."""

    names: Mapping[str, NameRow]
    posts: Mapping[str, Sequence[Row | Mapping[str, Any]]]
    roles: Mapping[str, Any] = field(default_factory=dict)
    """What the plan calls the roles that it adds."""

    @cached_property
    def roster(self) -> Roster:
        return make_roster(self.names)

    @cached_property
    def ids(self) -> dict[str, str]:
        """Every id, by itself folded."""
        return {one.casefold(): one for one in (*self.names, *self.posts)}

    def find(
        self, text: str, day: dt.date | None = None, board: str = "", *, team: bool = False
    ) -> Resolution:
        """Who is meant, of those in post on a `day`, at a `board`, where these are known.

        Of the `team`, where the column is of who did the work; elsewhere others go before them.
        """
        found = self.find_certain(text)
        here = [one for one in found.persons if board and self.serves(one, day, board)]
        if found.kind == "candidates" and len(here) == 1:
            return Resolution("enough", (here[0],))
        if found.kind != "nobody":
            return found
        wanted = name_words(text)
        called = self.of_column(self.short_forms.get(" ".join(wanted), ()), team)
        having = [one for one in called if self.serves(one, day, board)]
        parts = [one for one in self.of_column(self.with_words(wanted), team) if self.serves(one, day, board)]
        if having and set(parts) <= set(having):
            return Resolution("enough" if len(having) == 1 else "candidates", tuple(sorted(having)))
        near = {*having, *parts} or self.of_column({*called, *self.may_be(text, wanted)}, team)
        return Resolution("candidates", tuple(sorted(near))) if near else NOBODY_MEANT

    def person_may_be(self, text: str, found: Resolution) -> Mistake:
        """Why a text is not taken as one person: who may be meant, with role and board."""
        return Mistake("person_may_be", text=text, people=PersonsInWords(found.persons, self))

    def of_column(self, people: Iterable[str], team: bool) -> set[str]:
        """The people who may be in a column, of the `team` or others. Whoever has no post may be in both."""
        fit = {one for one in people if self.is_staff(one) in (None, team)}
        return fit or (set() if team else set(people))

    def is_staff(self, person: str) -> bool | None:
        """Is one of the posts, or none of them, at the team? None where none is known."""
        posts = self.posts.get(person, ())
        return any(post["role"] == STAFF for post in posts) if posts else None

    def find_certain(self, text: str) -> Resolution:
        """The person of an id, an e-mail, a whole name; candidates where several people have it."""
        if person := self.ids.get(text.strip().casefold()):
            return Resolution("certain", (person,))
        for names in ((text,), parse_name(text, lambda _: False).names):  # as written, or last name first
            match = self.roster.match(names, [text])
            if match.person:
                return Resolution("certain", (match.person,))
            if match.several:
                return Resolution("candidates", match.several)
        return NOBODY_MEANT

    def has_name(self, text: str) -> bool:
        """Has somebody this name, or a part of it, word by word? A beginning is none, nor are numbers.

        Each text is looked up once: every line is read several times, and lines share their words.
        """
        if text not in self.looked_up:
            self.looked_up[text] = self.names_somebody(text)
        return self.looked_up[text]

    @cached_property
    def looked_up(self) -> dict[str, bool]:
        """Answers of `has_name`, kept by the text that was asked about."""
        return {}

    def names_somebody(self, text: str) -> bool:
        if any(one.isdigit() or one in BRACKETS for one in text) and "@" not in text:
            return text.casefold() in self.ids
        wanted = name_words(text)
        short = wanted and (" ".join(wanted) in self.short_forms or self.with_words(wanted))
        return bool(short) or self.find_certain(text).kind != "nobody"

    def serves(self, person: str, day: dt.date | None, board: str) -> bool:
        """Has the person a post that day, at that board? Whoever has none in the list is not in post.

        Anybody does where neither is known.
        """
        return (day is None and not board) or any(
            (day is None or in_post(post, day)) and (not board or post["board"] == board)
            for post in self.posts.get(person, ())
        )

    @cached_property
    def short_forms(self) -> dict[str, set[str]]:
        """The persons by short forms of their names, folded: first name, last name, initial and last name."""
        return self.persons_by(short_forms_of)

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """For each word of a name, or half of a double name, the ids of those who have it."""
        return self.persons_by(name_words)

    def persons_by(self, parts_of: Callable[[str], Iterable[str]]) -> dict[str, set[str]]:
        """For each part of a name, as `parts_of` cuts it, the ids of those with that part in any spelling."""
        found: dict[str, set[str]] = {}
        for person, name in self.spellings():
            for part in parts_of(name):
                found.setdefault(part, set()).add(person)
        return found

    def spellings(self) -> Iterator[tuple[str, str]]:
        """(id, name) of every spelling of every person."""
        for person, row in self.names.items():
            yield from ((person, one) for one in (row["name"], *row["other_names"]) if one and "@" not in one)

    def with_words(self, wanted: Sequence[str]) -> set[str]:
        """The persons whose names have all of these words."""
        having = [self.words.get(word, set()) for word in wanted]
        return set.intersection(*having) if having else set()

    def may_be(self, text: str, wanted: Sequence[str]) -> set[str]:
        """The persons whose names have words that begin so; if none has, those with a similar name."""
        having = [
            {person for word, persons in self.words.items() if word.startswith(one) for person in persons}
            for one in wanted
            if len(one) >= SHORTEST_NAME_BEGINNING
        ]
        begun = set.intersection(*having) if having else set()
        if begun or not any(char.isalpha() for char in text) or "@" in text:
            return begun
        close = get_close_matches(wanted[0], self.words, cutoff=NEARLY) if len(wanted) == 1 else ()
        near = {person for word in close for person in self.words[word]}
        if len(wanted) == 1:
            return near  # a piece out of the middle of a name is nobody's
        return {person for person, _ in self.roster.suggestions([text])}


def short_forms_of(name: str) -> Iterable[str]:
    """`zoe`, `tremblay sample`, `z tremblay sample` of Zoé Tremblay-Sample: all but the whole name."""
    parts = [" ".join(name_words(part)) for part in name.split()]
    for first, last in ((parts[:at], parts[at:]) for at in range(1, len(parts))):
        whole = " ".join(last)
        yield from (" ".join(first), whole, f"{first[0][:1]} {whole}", f"{whole} {first[0][:1]}")


class PersonsInWords(ValueInWords):
    """Persons as a value of a mistake: `p-zoe2 Zoé Tremblay, CDA, ETSB; p-jor2`; of very many the first."""

    def __init__(self, persons: Iterable[str], finder: PersonFinder, most: int = MOST_OFFERED) -> None:
        self.persons, self.finder, self.most = list(persons), finder, most

    def text(self, language: str) -> str:
        said = (name_and_post(one, self.finder, language) for one in self.persons)
        return join_labels(said, self.most, by="; ")


def name_and_post(person: str, finder: PersonFinder, language: str) -> str:
    """`p-zoe2 Zoé Tremblay, CDA, ETSB`: the id, and the name and the latest post where they are known."""
    row, posts = finder.names.get(person), finder.posts.get(person, ())
    held = [say_post(post["role"], post["board"], language, finder.roles) for post in posts[-1:]]
    return ", ".join(filter(None, (f"{person} {row['name']}" if row else person, *held)))
