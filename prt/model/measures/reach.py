"""`{kind: reach, who: P, did: S, by: person, each: session.series, at_least: 4}`"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from prt.model.base import field
from prt.model.calendar import Round
from prt.model.facts import (
    EACH,
    INSIDE,
    MEMBER,
    About,
    Facts,
    Frequency,
    PlainFact,
    Side,
    by_known,
    by_member,
    of_persons,
    of_reach,
    of_share,
    of_side,
)
from prt.model.figure import Figure, LeftOut, Member, share
from prt.model.measures.base import Say, Share, left_out
from prt.model.populations import Path, Population
from prt.model.records import LOGS
from prt.model.rows import SESSION, Row
from prt.model.selections import Selected, Selection, is_person, log_of, several
from prt.model.view import Data, View, in_post
from prt.problems import Mistake


class Reach(Share):
    """Members of a population who were there often enough. To date only.

    It knows who is missing, and the best that is still possible. `at_least: due` asks for
    every round that fell due by the cut-off while the member was in post.
    """

    kind: Literal["reach"]
    who: Population = field(description="the population")
    did: Selected = field(description="the rows that say who was there: a selection")
    by: str = field(description="the column of those rows that names the person or the organisation")
    each: str = field(
        description="the column whose different values are counted for each of them, such as "
        "`session.series` or `date`"
    )
    at_least: int | Literal["due"] = field(
        description="how many times, or `due`: every round that fell due while the person was in post"
    )
    within: Literal["session"] | None = field(
        default=None, description="`session`: the times must be inside one session"
    )
    example = (
        "{kind: reach, who: {people: {role: cda}}, did: meetings, by: person, "
        "each: session.series, at_least: 4}"
    )
    facts_add_up = True
    shows_planned = True
    has_members = True

    def to_date_only(self, named: Mapping[str, Selection]) -> bool:
        return True

    @property
    def by_rounds(self) -> bool:
        return self.at_least == "due"

    @property
    def naming(self) -> str:
        return self.by

    @property
    def population(self) -> Population:
        return self.who

    def naming_columns(self, side: Side) -> tuple[str, ...]:
        return (self.by, self.each) if side == "part" else super().naming_columns(side)

    def selections(self) -> Iterator[tuple[Path, Selection]]:
        yield ("did",), self.did
        yield from self.who.selections(("who",))

    def columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("by",), self.did, self.by
        yield ("each",), self.did, self.each
        yield from self.who.columns(("who",))

    def member_columns(self) -> Iterator[tuple[Path, Selection, str]]:
        yield ("by",), self.did, self.by

    def mistakes(
        self, named: Mapping[str, Selection], rounds: Sequence[Round]
    ) -> Iterator[tuple[Path, Mistake]]:
        if self.at_least == "due":
            yield from self.round_mistakes(rounds)
        elif self.at_least < 1:
            yield ("at_least",), Mistake("times_below_one", number=self.at_least)
        log = log_of(self.did, named)
        if self.within and log and not LOGS[log].parent:
            yield ("within",), Mistake("rows_outside_sessions", log=log)

    def round_mistakes(self, rounds: Sequence[Round]) -> Iterator[tuple[Path, Mistake]]:
        if not rounds:
            yield ("at_least",), Mistake("no_rounds_due")
        if self.each != "round":
            yield ("each",), Mistake("only_rounds_are_due", each=self.each)

    def facts(self, data: Data, indicator_id: str) -> Iterator[PlainFact]:
        by, each = self.by, self.each
        for row, day in data.placed(self.did):
            inside = row["session"] if self.within else None
            for member in several(row[by]) or (None,):
                for one in several(row[each]) or (None,):
                    yield row, day, "part", None, None, member, one, inside, None
        yield from self.who.facts(data)

    def fold(self, facts: Facts, view: View) -> Figure:
        if not view.in_use(self.did):
            return Figure(None, "no_data")
        parts = of_side(facts, "part")
        done, population = by_member(parts), self.who.members(facts, view)
        everyone = list(self.everyone(parts, done, population, view))
        members = tuple(member for member in everyone if member.needed)
        unnamed = left_out(by_known(parts, MEMBER)[1], self.by)
        given, idle = self.giving(facts, members, population)
        whole = Fraction(len(members))
        return share(
            Fraction(sum(member.reached for member in members)),
            whole,
            facts=given,
            left_out=unnamed,
            idle=idle,
            unknown=len(unnamed),
            members=members,
            not_due=tuple(member.id for member in everyone if not member.needed),
            outside=tuple(sorted(done.keys() - set(population))),
            best=self.best(members, view),
        )

    def members(self, facts: Facts, view: View) -> tuple[Member, ...]:
        parts = of_side(facts, "part")
        everyone = self.everyone(parts, by_member(parts), self.who.members(facts, view), view)
        return tuple(member for member in everyone if member.needed)

    def giving(
        self, facts: Facts, members: Sequence[Member], population: Collection[str]
    ) -> tuple[Facts, tuple[LeftOut, ...]]:
        """The facts that give something to a member, or name one; why the others give nothing."""
        inside, others = self.naming_members(facts, "part", population)
        named, unnamed = self.naming_members(facts, "whole", population)
        asked = {member.id for member in members}
        times = {(member.id, fact[EACH]) for member in members for fact in member.facts}
        given = [fact for fact in inside if (fact[MEMBER], fact[EACH]) in times]
        given += [fact for fact in named if fact[MEMBER] in asked]
        empty = left_out(by_known(inside, EACH)[1], self.each)
        return given, others + unnamed + empty + left_out([*inside, *named], "", "not_due")

    def best(self, members: Sequence[Member], view: View) -> Fraction | None:
        """The best share still possible; None where nobody can know."""
        if not members or (not self.by_rounds and not self.knows_sessions(view)):
            return None
        return Fraction(sum(member.can_still for member in members), len(members))

    def everyone(
        self, parts: Facts, done: Mapping[str, Facts], population: Collection[str], view: View
    ) -> Iterator[Member]:
        """Each member's times so far, the best it can still come to, and what is asked of it."""
        foreseen = self.knows_sessions(view)
        coming = None if self.by_rounds or view.at_end or not foreseen else Coming.of(self, parts, view)
        least = self.needed if not (view.at_end or foreseen) else 0  # visits and requests may always come
        posts = self.who.posts(view.data)
        for member in sorted(population):
            own = [fact for fact in done.get(member, ()) if fact[EACH] is not None]
            different = {fact[EACH] for fact in own}
            if self.by_rounds:
                asked = self.rounds_due(view, member, posts)
                times = len(different.intersection(asked))
                yield Member(member, times, times, len(asked), [one for one in own if one[EACH] in asked])
            else:
                times = self.times(own)
                best = coming.best(times, different) if coming else max(times, least)
                yield Member(member, times, best, self.needed, own)

    @property
    def needed(self) -> int:
        """How often; 0 where rounds are asked for, as many as fell due."""
        return 0 if self.at_least == "due" else int(self.at_least)

    def knows_sessions(self, view: View) -> bool:
        """Are its rows sessions, or of sessions, so that those to come are known?"""
        log = view.data.flat(self.did).log
        return log == "sessions" or bool(LOGS[log].parent)

    def times(self, own: Facts) -> int:
        """How many different ones, or the most inside one session."""
        found: dict[Any, set[Any]] = {}
        for fact in own:
            found.setdefault(fact[INSIDE], set()).add(fact[EACH])
        return max(map(len, found.values()), default=0)

    def rounds_due(self, view: View, member: str, posts: Mapping[str, Sequence[Row]] | None) -> list[int]:
        """The rounds that fell due by the cut-off while the member was in post."""
        due = [one for one in view.data.calendar.rounds if one.due <= view.window.last]
        if posts is None:
            return [one.id for one in due]
        own = posts.get(member, ())
        return [one.id for one in due if any(in_post(post, one.due) for post in own)]

    def lacking(self, member: Member, view: View) -> list[Any]:
        """Rounds that fell due, or meetings or days held while the member was in post."""
        done = {fact[EACH] for fact in member.facts}
        if self.by_rounds:
            due = self.rounds_due(view, member.id, self.who.posts(view.data))
            return [one for one in due if one not in done]
        held = view.rows_named(self.did, self.each)
        missed = ((one, rows) for one, rows in held.items() if one not in done)
        return [one for one, rows in missed if self.was_there(member.id, rows, view)]

    def was_there(self, person: str, rows: Iterable[Row], view: View) -> bool:
        """Was the person in post on a day of these rows? Who came later did not miss them."""
        known = self.who.posts(view.data)
        posts = (view.data.posts if known is None else known).get(person, ())
        return not posts or any(in_post(post, row.day) for post in posts for row in rows)

    def people(self, facts: Facts, view: View) -> About:
        """Each member is among those who reached it, or among the others."""
        return self.people_of(self.fold(facts, view), facts, view)

    def people_of(self, figure: Figure, facts: Facts, view: View) -> About:
        if not is_person(view.data, view.data.flat(self.did).log, self.by):
            return About()
        members = figure.members
        if self.at_least == 1 and not self.within:
            return self.people_named(members, view)
        did = view.data.flat(self.did)
        what = repr((self.each, self.by_rounds, self.within))
        times = Frequency(did.log, repr((did, self.by)), what, self.needed or 1)
        return of_reach(((one.id, one.reached) for one in members), times)

    def people_named(self, members: Iterable[Member], view: View) -> About:
        """Who reached it once are those whom a row names, as other figures count them."""
        did = view.data.flat(self.did)
        part = of_persons(did.log, (one.id for one in members if one.reached))
        return of_share(part, of_persons(did.log, (one.id for one in members)), (did, self.by))

    def sentence(self, say: Say) -> str:
        who, did = say.population(self.who), say.rows(self.did)
        if self.by_rounds:
            return say("measure.reach_due", who=who, did=did, each=say.column(self.did, self.each))
        each = say.different(self.did, self.each)
        sentence = say("measure.reach", who=who, each=each, times=str(self.at_least))
        sentence += say("measure.within") if self.within else ""
        same = self.did in (selection for _, selection in self.who.selections(()))
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
    def of(cls, reach: Reach, parts: Facts, view: View) -> Coming:
        sessions = view.held(reach.did)
        held = {fact[EACH] for fact in parts} - {None}
        held = held.union(*(offered_values(session, reach.each) for session in sessions))
        return cls(reach, [offered_values(session, reach.each) for session in view.to_come(reach.did)], held)

    def best(self, times: int, done: set[Any]) -> int:
        """Times so far + sessions to come; unplanned ones make up what the plan still needs."""
        if not self.within:
            return len(done.union(*self.offers)) + self.unplanned
        inside = max((len(offer) for offer in self.offers), default=0)
        return max(times, inside, self.needed if self.unplanned else 0)


MOST_DAYS = 366
"""A slip in a year must not make a session of three million days."""


def offered_values(session: Row, each: str) -> set[Any]:
    """What one session to come adds: itself or its series, or each of its days."""
    if each == "session":
        return {session.id}
    if each.startswith(SESSION):
        return set(several(session[each.removeprefix(SESSION)]))
    if each == "date":
        first, last = session["date"], session["last_day"] or session["date"]
        days = min((last - first).days + 1, MOST_DAYS)
        return {first + dt.timedelta(days=day) for day in range(days)}
    return set(several(session[each])) if session.model.column_named(each) else set()
