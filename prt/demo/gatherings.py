"""Workshops and meetings of the table, with their ids; who came, and what they answered.

Beside the columns of the log the table has two of its own: `people`, how many persons are drawn as
attendance rows, and `answers`, how many forms are drawn as feedback rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from random import Random

from prt.demo.people import Cast, Cells, Post
from prt.model.ids import new_id

AUDIENCES = {
    "clc-teams": ("cda", "principal", "sb-rep"),
    "cdas": ("cda", "principal"),
    "principals": ("principal",),
    "sb-reps": ("sb-rep",),
    "transition-agents": ("transition-agent",),
}
FAVOURED = {"cda": 6.0, "principal": 0.6, "sb-rep": 0.6}
KEEN = (6, 60)
"""How much more often the keen ones come: to a workshop, to a meeting."""
MINUTES = {"full-day": 360, "half-day": 180, "two-day": 360, "meeting": 120, "short": 75}
ANSWERS = (  # answer, is it positive, how often
    ("Very useful", "yes", 26),
    ("Très utile", "yes", 14),
    ("Useful", "yes", 30),
    ("Utile", "yes", 12),
    ("Somewhat useful", "no", 9),
    ("Peu utile", "no", 5),
    ("", "", 4),
)


def sessions(table: Sequence[Cells], groups: int, draw: Random) -> Iterator[Cells]:
    """The rows of the table with ids, and again for each further group of a larger year."""
    taken: set[str] = set()
    for group in range(groups):
        for row in table:
            found = new_id("w", dt.date.fromisoformat(row["date"]), taken, draw)
            taken.add(found)
            yield {**row, "id": found} if group == 0 else {**row, "id": found, **of_group(row, group + 1)}


def of_group(row: Cells, group: int) -> Cells:
    series = {"series": f"{row['series']}-{group}"} if row.get("series") else {}
    return {"title": f"{row['title']} (group {group})", **series}


class Door:
    """Who came to the sessions."""

    def __init__(self, cast: Cast, draw: Random) -> None:
        self.cast = cast
        self.draw = draw
        self.seen: dict[str, set[str]] = {}

    def attendance(self, session: Cells) -> list[Cells]:
        if not session.get("people"):
            return []
        rows = self.orientation(session) if session["format"] == "two-day" else self.one_day(session)
        return [*rows, *self.staff(session)]

    def one_day(self, session: Cells) -> list[Cells]:
        people = self.drawn(session, int(session["people"]))
        rows = [row for person in people for row in self.presence(session, person)]
        return [*rows, *self.unnamed(session)] if session["mode"] != "in-person" else rows

    def drawn(self, session: Cells, count: int) -> list[Post]:
        """Nobody comes twice to a meeting that is offered twice."""
        day = dt.date.fromisoformat(session["date"])
        seen = self.seen.setdefault(session.get("series") or session["id"], set())
        invited = [
            one
            for role in AUDIENCES[session["audience"]]
            for one in self.cast.on(day, role)
            if one.id not in seen
        ]
        invited = list({one.id: one for one in invited}.values())
        found = weighted(invited, lambda one: self.weight(one, session), count, self.draw)
        seen.update(one.id for one in found)
        return found

    def weight(self, one: Post, session: Cells) -> float:
        at_home = 12 if session.get("host") == one.board else 1
        keen = KEEN[session["format"] == "meeting"] if one.id in self.cast.keen else 1
        return FAVOURED.get(one.role, 1) * keen * at_home

    def presence(self, session: Cells, one: Post, date: str = "") -> Iterator[Cells]:
        """One row, or two of somebody whose connection was lost for a while."""
        row = {
            "session": session["id"],
            "date": date or session["date"],
            "person": one.id,
            "role": one.role,
            "board": one.board,
        }
        if session["mode"] == "in-person":
            yield row
            return
        minutes = MINUTES[session["format"]] - self.draw.choice((0, 0, 0, 1, 2, 3, 5, 8, 15))
        chance = self.draw.random()
        if chance < 0.03:
            yield {**row, "minutes": str(self.draw.randint(4, 28)), "note": "Left at once"}
        elif chance < 0.07:
            yield {**row, "minutes": str(minutes // 3)}
            yield {**row, "minutes": str(minutes // 2)}
        else:
            yield {**row, "minutes": str(minutes)}

    def unnamed(self, session: Cells) -> Iterator[Cells]:
        """Connections that nobody could match with a person."""
        for _ in range(self.draw.choice((0, 0, 0, 1, 1, 2))):
            yield {
                "session": session["id"],
                "date": session["date"],
                "role": self.draw.choice(("teacher", "")),
                "minutes": str(MINUTES[session["format"]] - 20),
                "note": "Not matched with a person",
            }

    def staff(self, session: Cells) -> Iterator[Cells]:
        day = dt.date.fromisoformat(session["date"])
        for one in self.draw.sample(self.cast.on(day, "prt-staff"), k=2):
            yield from self.presence(session, one)

    def orientation(self, session: Cells) -> list[Cells]:
        """Both days: CDAs who are new since the last time, then others; one of the first misses a day."""
        first = dt.date.fromisoformat(session["date"])
        oriented = self.seen.setdefault(session["line"], set())
        new = [one for one in self.cast.on(first, "cda") if one.new_in and one.id not in oriented]
        others = [one for one in self.cast.on(first, "cda") if not one.new_in]
        people = new + self.draw.sample(others, k=max(0, int(session["people"]) - len(new)))
        absent = new[-1].id if not oriented and new else ""
        oriented.update(one.id for one in new)
        days = [(session["date"], people)]
        days.append((session["last_day"], [one for one in people if one.id != absent]))
        return [row for date, present in days for one in present for row in self.presence(session, one, date)]


def weighted(
    invited: Sequence[Post], weight: Callable[[Post], float], count: int, draw: Random
) -> list[Post]:
    """A draw without putting back: who weighs more comes more often."""
    lots = [(draw.random() ** (1 / weight(one)), place) for place, one in enumerate(invited)]
    return [invited[place] for _, place in sorted(lots, reverse=True)[:count]]


def feedback(session: Cells, draw: Random) -> Iterator[Cells]:
    weights = [weight for *_, weight in ANSWERS]
    for number in range(int(session.get("answers") or 0)):
        answer, positive, _ = draw.choices(ANSWERS, weights)[0]
        yield {
            "session": session["id"],
            "response": str(number + 1),
            "answer": answer,
            "positive": positive,
        }
