"""Workshops and meetings of the table, with their ids; who came, and what they answered.

Beside the columns of the log the table has some of its own: `people`, how many persons come, and `list`,
which lists of them there are; `answers`, how many forms come back, and `form`, whose (exports.py writes
both).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from random import Random

from prt.demo.cast import BOARD_SIZES, SURNAMES, Cast, CellTexts, Post
from prt.model.ids import new_id
from prt.values import dataclass, replace

ROLES_INVITED = {
    "clc-teams": ("cda", "principal", "sb-rep"),
    "cdas": ("cda", "principal"),
    "principals": ("principal",),
    "sb-reps": ("sb-rep",),
    "transition-agents": ("transition-agent",),
}
HEADCOUNTED = ("students", "parents")
"""Audiences of which only the number is kept."""
ROLE_FAVOURS = {"cda": 6.0, "principal": 0.6, "sb-rep": 0.6}
KEEN_FAVOURS = (6, 60)
"""How much more often the keen ones come: to a workshop, to a meeting."""
SESSION_MINUTES = {"full-day": 360, "half-day": 180, "two-day": 360, "meeting": 120, "short": 75}
ANSWER_WEIGHTS = (  # answer, how often
    ("Very useful", 26), ("Très utile", 14), ("Useful", 30), ("Utile", 12), ("Somewhat useful", 9),
    ("Peu utile", 5), ("", 4),
)  # fmt: skip
STRANGERS = (
    "Blanche", "Cédric", "Dalia", "Éloi", "Flora", "Gaspard", "Henriette", "Ivan", "Joséphine", "Karine",
    "Léonard", "Mathilde",
)  # fmt: skip
"""First names that nobody of the cast has."""


@dataclass(frozen=True)
class Visit:
    """Somebody on a list of one day. `stays` are minutes after the beginning; in a room there are none.

    `board` is what the list says of somebody who is not of the cast; `came` is false of people who only meant
    to.
    """

    name: str
    email: str
    day: str
    stays: tuple[tuple[int, int], ...] = ()
    board: str = ""
    hosts: bool = False
    came: bool = True

    @property
    def minutes(self) -> int:
        return sum(left - joined for joined, left in self.stays)


@dataclass(frozen=True)
class Gathering:
    """A session, the people on its lists, and the answers that came back."""

    session: CellTexts
    visits: tuple[Visit, ...]
    answers: tuple[str, ...]

    @property
    def last_day(self) -> str:
        return self.session.get("last_day") or self.session["date"]

    @property
    def minutes(self) -> int:
        return SESSION_MINUTES[self.session["format"]]

    @property
    def host(self) -> Visit:
        return next(one for one in self.visits if one.hosts)

    def at(self, minutes: int, day: str = "") -> dt.datetime:
        """So many minutes after the beginning: 9:00, or 15:30 for what is short."""
        begins = dt.time(15, 30) if self.session["format"] == "short" else dt.time(9)
        midnight = dt.date.fromisoformat(day or self.session["date"])
        return dt.datetime.combine(midnight, begins) + dt.timedelta(minutes=minutes)

    @property
    def rows(self) -> int:
        """How many rows its lists and forms make: of parents none, and none of the team."""
        came = [one for one in self.visits if one.came and not one.hosts]
        return len(self.answers) + (0 if self.session["audience"] in HEADCOUNTED else len(came))


def draw_session_ids(table: Sequence[CellTexts], draw: Random) -> Iterator[CellTexts]:
    """The rows of the table with ids; one that has a list is planned until the list says otherwise."""
    taken: set[str] = set()
    for row in table:
        found = new_id("w", dt.date.fromisoformat(row["date"]), taken, draw)
        taken.add(found)
        yield {**row, "id": found, **({"status": "planned"} if row.get("list") else {})}


def draw_gathering(session: CellTexts, door: Invitations, draw: Random) -> Gathering:
    visits = tuple(door.visits(session)) if session.get("list") else ()
    answers, weights = zip(*ANSWER_WEIGHTS, strict=True)
    return Gathering(
        session, visits, tuple(draw.choices(answers, weights, k=int(session.get("answers") or 0)))
    )


class Invitations:
    """Draws the people on the lists of the sessions."""

    def __init__(self, cast: Cast, draw: Random) -> None:
        self.cast = cast
        self.draw = draw
        self.seen: dict[str, set[str]] = {}

    def visits(self, session: CellTexts) -> list[Visit]:
        if session["format"] == "two-day":
            return [*self.orientation(session), *self.team(session)]
        if session["audience"] in HEADCOUNTED:
            return [*self.parents(session), *self.team(session)]
        visits = [self.visit(session, one) for one in self.drawn(session, int(session["people"]))]
        others = self.unnamed(session) if session["mode"] != "in-person" else self.absent(session, visits)
        return [*visits, *others, *self.team(session)]

    def drawn(self, session: CellTexts, count: int) -> list[Post]:
        """The people invited who come; nobody comes twice to a meeting that is offered twice."""
        day = dt.date.fromisoformat(session["date"])
        seen = self.seen.setdefault(session.get("series") or session["id"], set())
        invited = [
            one
            for role in ROLES_INVITED[session["audience"]]
            for one in self.cast.on(day, role)
            if one.id not in seen
        ]
        invited = list({one.id: one for one in invited}.values())
        found = draw_weighted(invited, lambda one: self.weight(one, session), count, self.draw)
        seen.update(one.id for one in found)
        return found

    def weight(self, one: Post, session: CellTexts) -> float:
        at_home = 12 if session.get("host") == one.board else 1
        keen = KEEN_FAVOURS[session["format"] == "meeting"] if one.id in self.cast.keen else 1
        return ROLE_FAVOURS.get(one.role, 1) * keen * at_home

    def visit(self, session: CellTexts, one: Post, day: str = "") -> Visit:
        found = Visit(*self.cast.names[one.id], day or session["date"])
        return found if session["mode"] == "in-person" else replace(found, stays=self.stays(session))

    def stays(self, session: CellTexts) -> tuple[tuple[int, int], ...]:
        """From the first minutes to the end; or somebody left at once, or lost the connection for a while."""
        end, late = SESSION_MINUTES[session["format"]], self.draw.choice((0, 0, 0, 1, 2, 3, 5, 8, 15))
        chance = self.draw.random()
        if chance < 0.03:
            return ((late, late + self.draw.randint(4, 28)),)
        if chance < 0.07:
            return ((late, end // 3), (end // 3 + 12, end))
        return ((late, end),)

    def unnamed(self, session: CellTexts) -> Iterator[Visit]:
        """Connections that nobody can match with a person of the roster."""
        number = self.draw.choice((0, 0, 0, 1, 1, 2))
        for first in self.draw.sample(STRANGERS, k=number):
            board = self.draw.choice(list(BOARD_SIZES))
            stay = (12, SESSION_MINUTES[session["format"]])
            yield Visit(f"{first} {self.draw.choice(SURNAMES)}", "", session["date"], (stay,), board)

    def absent(self, session: CellTexts, visits: Sequence[Visit]) -> Iterator[Visit]:
        """Two who had said that they would come."""
        there, day = {one.name for one in visits}, dt.date.fromisoformat(session["date"])
        others = [one for one in self.cast.on(day, "cda") if self.cast.names[one.id][0] not in there]
        for one in self.draw.sample(others, k=2):
            yield replace(self.visit(session, one), came=False)

    def parents(self, session: CellTexts) -> Iterator[Visit]:
        """Nobody of the roster: their number is all that will be kept."""
        for number in range(int(session["people"])):
            name = f"{STRANGERS[number % len(STRANGERS)]} {SURNAMES[number // len(STRANGERS)]}-Parent"
            yield Visit(name, f"parent{number + 1}@home.example", session["date"], self.stays(session))

    def team(self, session: CellTexts) -> Iterator[Visit]:
        """Two of the team, who are no participants."""
        day = dt.date.fromisoformat(session["date"])
        for one in self.draw.sample(self.cast.on(day, "prt-staff"), k=2):
            yield replace(self.visit(session, one), hosts=True)

    def orientation(self, session: CellTexts) -> Iterator[Visit]:
        """Both days: CDAs who are new since the last time, then others; one of the first misses a day."""
        first = dt.date.fromisoformat(session["date"])
        oriented = self.seen.setdefault(session["line"], set())
        new = [one for one in self.cast.on(first, "cda") if one.new_in and one.id not in oriented]
        others = [one for one in self.cast.on(first, "cda") if not one.new_in]
        people = new + self.draw.sample(others, k=max(0, int(session["people"]) - len(new)))
        absent = new[-1].id if not oriented and new else ""
        oriented.update(one.id for one in new)
        yield from (self.visit(session, one) for one in people)
        for one in people:
            yield replace(self.visit(session, one, session["last_day"]), came=one.id != absent)


def draw_weighted(
    invited: Sequence[Post], weight: Callable[[Post], float], count: int, draw: Random
) -> list[Post]:
    """A weighted draw without replacement."""
    lots = [(draw.random() ** (1 / weight(one)), place) for place, one in enumerate(invited)]
    return [invited[place] for _, place in sorted(lots, reverse=True)[:count]]
