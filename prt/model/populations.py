"""Who or what a share is of: people, organisations, or anyone in a selection of rows."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from prt.model.base import Base, ByKey
from prt.model.facts import NOBODY, Facts, Heads, PlainFact, by_member, of_persons, of_side
from prt.model.rows import Row
from prt.model.selections import (
    Condition,
    Selected,
    Selection,
    Where,
    is_person,
    several,
    whole_log,
)
from prt.model.view import Data, View, in_post

Path = tuple[str | int, ...]


class Members(Base):
    """What all populations share: their members at a cut-off, and what the plan says of them."""

    @abstractmethod
    def members(self, facts: Facts, view: View) -> Collection[str]:
        """The ids of all members; `facts` are those of the measure."""

    @abstractmethod
    def as_people(self, members: Collection[str], log: str, view: View) -> Heads:
        """The members as rows of `log` name them; nobody where they are no people."""

    @property
    def naming_columns(self) -> tuple[str, ...]:
        """The columns by which rows name its members; none where they are taken from a roster."""
        return ()

    def facts(self, data: Data) -> Iterator[PlainFact]:
        """What rows give to it: whom they name."""
        yield from ()

    def posts(self, data: Data) -> Mapping[str, Sequence[Row]] | None:
        """The rows of people.csv that make members, at any time, by person; None where they are others."""
        return None

    def by_value(self, column: str, view: View) -> Mapping[Any, Collection[str]]:
        """The members of each value of a column of their roster; none where they are not taken from one."""
        return {}

    def selections(self, path: Path) -> Iterator[tuple[Path, Selection]]:
        """The selections of rows that it is made of, with the path to each in the plan."""
        yield from ()

    def columns(self, path: Path) -> Iterator[tuple[Path, Selection, str]]:
        """The columns that it names, of whose rows, with the path to each."""
        yield from ()

    def conditions(self) -> tuple[str, Mapping[str, Condition]]:
        """The roster that it is taken from, and what its rows must be; no conditions where there is none."""
        return "", {}


class PeopleQuery(Members):
    """Persons of people.csv; a person counts once, however many roles match."""

    people: Where
    as_of: dt.date | Literal["end", "ever"] = "end"

    def members(self, facts: Facts, view: View) -> Collection[str]:
        return {post["id"]: None for post in self.posts_seen(view)}.keys()

    def posts_seen(self, view: View) -> list[Row]:
        """The rows of people.csv that make members at the cut-off."""
        posts = view.data.of_roster("people", self.people)
        if self.as_of == "ever":
            return [post for post in posts if post["start"] is None or post["start"] <= view.window.last]
        day = view.window.last if self.as_of == "end" else self.as_of
        return [post for post in posts if in_post(post, day)]

    def by_value(self, column: str, view: View) -> Mapping[Any, Collection[str]]:
        return names_by_value(self.posts_seen(view), "id", column)

    def as_people(self, members: Collection[str], log: str, view: View) -> Heads:
        return of_persons(log, members)

    def posts(self, data: Data) -> Mapping[str, Sequence[Row]]:
        return data.posts_with(self.people)

    def columns(self, path: Path) -> Iterator[tuple[Path, Selection, str]]:
        for name in self.people:
            yield (*path, "people", name), whole_log("people"), name

    def conditions(self) -> tuple[str, Mapping[str, Condition]]:
        return "people", self.people


class OrganisationsQuery(Members):
    """Organisations of organisations.csv."""

    organisations: Where

    def members(self, facts: Facts, view: View) -> Collection[str]:
        rows = view.data.of_roster("organisations", self.organisations)
        return {row["code"]: None for row in rows}.keys()

    def as_people(self, members: Collection[str], log: str, view: View) -> Heads:
        return NOBODY

    def by_value(self, column: str, view: View) -> Mapping[Any, Collection[str]]:
        rows = view.data.of_roster("organisations", self.organisations)
        return names_by_value(rows, "code", column)

    def columns(self, path: Path) -> Iterator[tuple[Path, Selection, str]]:
        for name in self.organisations:
            yield (*path, "organisations", name), whole_log("organisations"), name

    def conditions(self) -> tuple[str, Mapping[str, Condition]]:
        return "organisations", self.organisations


def names_by_value(rows: Iterable[Row], name: str, column: str) -> Mapping[Any, Collection[str]]:
    """The names of the rows of each value, each once; somebody with two posts may be in two groups."""
    found: dict[Any, dict[str, None]] = {}
    for row in rows:
        found.setdefault(row[column], {})[row[name]] = None
    return {value: names.keys() for value, names in found.items()}


class MembersOfValue(Members):
    """Those members of a population who have one value in a column of their roster."""

    of: Members
    column: str
    value: Any

    def members(self, facts: Facts, view: View) -> Collection[str]:
        return self.of.by_value(self.column, view).get(self.value, {}.keys())

    def as_people(self, members: Collection[str], log: str, view: View) -> Heads:
        return self.of.as_people(members, log, view)


class AnyoneIn(Members):
    """Whoever is named by the column `by` in a selection of rows."""

    anyone_in: Selected
    by: str

    @property
    def naming_columns(self) -> tuple[str, ...]:
        return (self.by,)

    def members(self, facts: Facts, view: View) -> Collection[str]:
        return by_member(of_side(facts, "whole")).keys()

    def as_people(self, members: Collection[str], log: str, view: View) -> Heads:
        own = view.data.flat(self.anyone_in).log
        return of_persons(own, members) if is_person(view.data, own, self.by) else NOBODY

    def facts(self, data: Data) -> Iterator[PlainFact]:
        for row, day in data.placed(self.anyone_in):
            for member in several(row[self.by]) or (None,):
                yield row, day, "whole", None, None, member, None, None, None

    def selections(self, path: Path) -> Iterator[tuple[Path, Selection]]:
        yield (*path, "anyone_in"), self.anyone_in

    def columns(self, path: Path) -> Iterator[tuple[Path, Selection, str]]:
        yield (*path, "by"), self.anyone_in, self.by


Population = Annotated[
    PeopleQuery | OrganisationsQuery | AnyoneIn,
    ByKey("a population has one of: people, organisations, anyone_in"),
]
