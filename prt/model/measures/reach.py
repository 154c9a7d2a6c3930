"""`{kind: reach, who: P, did: S, by: person, each: session.series, at_least: 4}`"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, ClassVar, Literal

from prt.model.figure import Figure, Member, share
from prt.model.heads import About, Head
from prt.model.measures.base import Measure, Pace, Path, Say, is_person, left_out
from prt.model.measures.population import Population, population_columns, population_selections
from prt.model.rows import SESSION, Row
from prt.model.selections import AnyoneIn, PeopleQuery, Selected, Selection, several
from prt.model.view import View, in_post, named


class Reach(Measure):
    """Members of a population who were there often enough. To date only.

    It knows who is missing, and the best that is still possible. `at_least: due` asks for
    every round that fell due by the cut-off while the member was in post.
    """

    kind: Literal["reach"]
    who: Population
    did: Selected
    by: str
    each: str
    at_least: int | Literal["due"]
    within: Literal["session"] | None = None
    pace: ClassVar[Pace] = "none"
    unit_name = "%"
    can_fall = True

    def to_date_only(self, named: Mapping[str, Selection]) -> bool:
        return True

    @property
    def by_rounds(self) -> bool:
        return self.at_least == "due"

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        yield ("did",), self.did
        yield from population_selections(self.who, ("who",))

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("by",), self.did, self.by
        yield ("each",), self.did, self.each
        yield from population_columns(self.who, ("who",))

    def figure(self, view: View, handle: str) -> Figure:
        if not view.in_use(self.did):
            return Figure(None, "no_data")
        rows = view.rows(self.did)
        done, population = named(rows, self.by), view.members(self.who)
        count = self.by_round if self.by_rounds else self.by_times
        everyone = count(view, done, population)
        members = [member for member in everyone if member.needed]
        unnamed = [row for row in rows if not several(row[self.by])]
        whole = Fraction(len(members))
        return share(
            Fraction(sum(member.reached for member in members)),
            whole,
            rows=tuple(row for row in rows if several(row[self.by])),
            left_out=left_out(unnamed, self.by),
            unknown=len(unnamed),
            members=tuple(members),
            not_due=tuple(member.id for member in everyone if not member.needed),
            outside=tuple(sorted(done.keys() - population.keys())),
            best=Fraction(sum(member.can_still for member in members)) / whole if whole else None,
        )

    def by_times(
        self, view: View, done: dict[str, list[Row]], population: dict[str, list[Row]]
    ) -> list[Member]:
        """Each member's times so far and the best it can still come to."""
        assert isinstance(self.at_least, int)
        coming = Coming.of(self, view)
        members = []
        for member in sorted(population):
            rows = done.get(member, [])
            times = self.times(rows)
            best = times if view.at_end else coming.best(times, set(named(rows, self.each)))
            members.append(Member(member, times, best, self.at_least, tuple(rows)))
        return members

    def times(self, rows: list[Row]) -> int:
        if self.within is None:
            return len(named(rows, self.each))
        sessions = named(rows, "session").values()
        return max((len(named(inside, self.each)) for inside in sessions), default=0)

    def by_round(
        self, view: View, done: dict[str, list[Row]], population: dict[str, list[Row]]
    ) -> list[Member]:
        members = []
        for member in sorted(population):
            asked, rows = self.rounds_due(view, member), done.get(member, [])
            times = len(set(asked) & {int(value) for value in named(rows, self.each)})
            members.append(Member(member, times, times, len(asked), tuple(rows)))
        return members

    def rounds_due(self, view: View, member: str) -> list[int]:
        """The rounds that fell due by the cut-off while the member was in post."""
        due = [one for one in view.data.calendar.rounds if one.due <= view.window.last]
        if not isinstance(self.who, PeopleQuery):
            return [one.id for one in due]
        own = [post for post in view.data.posts(self.who) if post["id"] == member]
        return [one.id for one in due if any(in_post(post, one.due) for post in own)]

    def about(self, figure: Figure, view: View) -> About:
        """Each member is among those who reached it, or among the others."""
        if not is_person(view.data.flat(self.did).log, self.by):
            return About()
        asked = repr((self.did, self.each, self.at_least, self.within))
        part = frozenset(Head(one.id, asked, int(one.reached), one.id) for one in figure.members)
        rest = (Head(one.id, f"not {asked}", int(not one.reached), one.id) for one in figure.members)
        return About(part, part.union(rest))

    def sentence(self, say: Say) -> str:
        who, did = say.population(self.who), say.rows(self.did)
        if self.by_rounds:
            return say("measure.reach_due", who=who, did=did, each=say.column(self.did, self.each))
        each = say.different(self.did, self.each)
        sentence = say("measure.reach", who=who, each=each, times=str(self.at_least))
        sentence += say("measure.within") if self.within else ""
        same = isinstance(self.who, AnyoneIn) and self.who.anyone_in == self.did
        return sentence if same else sentence + say("measure.did", did=did)


class Coming:
    """What the sessions to come can still give to a member of a reach."""

    def __init__(self, reach: Reach, offers: list[set[Any]], held: set[Any]) -> None:
        assert isinstance(reach.at_least, int)
        offered = set().union(*offers)
        self.needed = reach.at_least
        self.within = reach.within is not None
        self.offers = offers
        self.unplanned = max(0, reach.at_least - len(held | offered))

    @classmethod
    def of(cls, reach: Reach, view: View) -> Coming:
        sessions = view.held(reach.did)
        held = set(named(view.rows(reach.did), reach.each)).union(
            *(offered(session, reach.each) for session in sessions)
        )
        return cls(reach, [offered(session, reach.each) for session in view.to_come(reach.did)], held)

    def best(self, times: int, done: set[Any]) -> int:
        """Times so far + sessions to come; unplanned ones make up what the plan still needs."""
        if not self.within:
            return len(done.union(*self.offers)) + self.unplanned
        inside = max((len(offer) for offer in self.offers), default=0)
        return max(times, inside, self.needed if self.unplanned else 0)


MOST_DAYS = 366
"""A slip in a year must not make a session of three million days."""


def offered(session: Row, each: str) -> set[Any]:
    """What one session to come adds: itself or its series, or each of its days."""
    if each.startswith(SESSION):
        return set(several(session[each.removeprefix(SESSION)]))
    if each == "date":
        first, last = session["date"], session["last_day"] or session["date"]
        days = min((last - first).days + 1, MOST_DAYS)
        return {first + dt.timedelta(days=day) for day in range(days)}
    return set(several(session[each])) if session.model.column_named(each) else set()
