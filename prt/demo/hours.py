"""Rows drawn on school days: hours given to CLC teams and to partners, the requests that some of them
answer, and the journals of the CDAs."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from random import Random

from prt.demo.cast import Cast, CellTexts, Post
from prt.model.cells import plain_number
from prt.model.ids import new_id

ACCOMPANIED_HOURS = 1525  # hours of the year, of which some 1,430 are not travel
SUPPORTED_HOURS = 1080
TEAM_MONTHS = {8: 2, 9: 9, 10: 11, 11: 11, 12: 7, 1: 10, 2: 11, 3: 11, 4: 11, 5: 11, 6: 6}
PARTNER_MONTHS = {8: 1, 9: 5, 10: 7, 11: 7, 12: 5, 1: 9, 2: 12, 3: 15, 4: 15, 5: 15, 6: 9}
KIND_WEIGHTS = {"": 60, "preparation": 18, "follow-up": 16, "travel": 6}
ROLE_WEIGHTS = {"cda": 74, "principal": 18, "sb-rep": 8}
OBJECTIVE_WEIGHTS = {
    "action-plan": 24, "monitoring-evaluation": 16, "partnerships": 22, "skills": 14, "challenges": 12,
    "onboarding": 8, "other": 4,
}  # fmt: skip
PURPOSES = (
    "Préparation d’une activité commune",
    "Rencontre de la table",
    "Rencontre de la table",
    "Jumelage d’écoles et de services",
    "Suivi de l’entente",
    "Conseil sur l’école comme partenaire",
    "Préparation d’une demande de subvention",
)
"""In one language, as the themes of the tables are: a report counts each once. It is that of the funder."""


def draw_durations(count: int, hours: int, draw: Random) -> list[str]:
    """`count` durations of quarter hours, each at least one, that add up to `hours` where they can."""
    more = max(0, hours * 4 - count)
    quarters = [1] * count
    for place in draw.choices(range(count), k=more):
        quarters[place] += 1
    texts = {one: plain_number(Fraction(one, 4)) for one in set(quarters)}
    return [texts[one] for one in quarters]


def draw_one(weights: dict[str, int], draw: Random) -> str:
    return draw.choices(list(weights), list(weights.values()))[0]


class Assistance:
    """Draws the help that the team gave, and the requests for it."""

    def __init__(self, cast: Cast, draw: Random) -> None:
        self.cast = cast
        self.draw = draw
        self.asked: dict[str, list[tuple[str, str, str]]] = {}

    def someone(self, day: dt.date) -> Post:
        return self.draw.choice(self.cast.on(day, draw_one(ROLE_WEIGHTS, self.draw)))

    def staff(self, day: dt.date) -> str:
        return self.draw.choice(self.cast.on(day, "prt-staff")).id

    def requests(self, count: int) -> Iterator[CellTexts]:
        taken: set[str] = set()
        for day in draw_days(count, TEAM_MONTHS, self.draw):
            one, objective = self.someone(day), draw_one(OBJECTIVE_WEIGHTS, self.draw)
            found = new_id("r", day, taken, self.draw)
            taken.add(found)
            self.asked.setdefault(one.id, []).append((day.isoformat(), found, objective))
            yield {"id": found, "date": day.isoformat(), **person_cells(one), "objective": objective}

    def accompaniment(self, count: int, hours: int) -> Iterator[CellTexts]:
        days = draw_days(count, TEAM_MONTHS, self.draw)
        for day, duration in zip(days, draw_durations(count, hours, self.draw), strict=True):
            one = self.someone(day)
            request, objective = self.request_of(one, day)
            yield {
                "date": day.isoformat(),
                "staff": self.staff(day),
                "hours": duration,
                "kind": draw_one(KIND_WEIGHTS, self.draw),
                "request": request,
                **(
                    person_cells(one)
                    if self.draw.random() < 0.95
                    else {"role": "teacher", "board": one.board}
                ),
                "centre": one.centre,
                "objective": objective,
            }

    def request_of(self, one: Post, day: dt.date) -> tuple[str, str]:
        """The person's last request, if there is one; else what the work is for."""
        asked = self.asked.get(one.id, [])
        before = bisect_right(asked, day.isoformat(), key=lambda request: request[0])
        if before and self.draw.random() < 0.6:
            return asked[before - 1][1:]
        return "", draw_one(OBJECTIVE_WEIGHTS, self.draw)

    def partner_support(self, partners: Sequence[str], count: int, hours: int) -> Iterator[CellTexts]:
        days = draw_days(count, PARTNER_MONTHS, self.draw)
        for day, duration in zip(days, draw_durations(count, hours, self.draw), strict=True):
            yield {
                "date": day.isoformat(),
                "staff": self.staff(day),
                "hours": duration,
                "organisation": self.draw.choice(partners),
                "purpose": self.draw.choice(PURPOSES),
            }


def person_cells(one: Post) -> CellTexts:
    return {"person": one.id, "role": one.role, "board": one.board}


# School days of the fictional year, and how they are drawn: August to June, quieter around the holidays.

FIRST_DAY, LAST_DAY = dt.date(2024, 8, 19), dt.date(2025, 6, 27)
HOLIDAYS = (
    ("2024-09-02", "2024-09-02"), ("2024-10-14", "2024-10-14"), ("2024-12-21", "2025-01-05"),
    ("2025-03-03", "2025-03-07"), ("2025-04-18", "2025-04-21"), ("2025-05-19", "2025-05-19"),
    ("2025-06-24", "2025-06-24"),
)  # fmt: skip


@cache
def list_school_days() -> tuple[dt.date, ...]:
    days = [FIRST_DAY + dt.timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]
    off = [tuple(map(dt.date.fromisoformat, pair)) for pair in HOLIDAYS]
    return tuple(day for day in days if day.weekday() < 5 and not any(a <= day <= b for a, b in off))


def draw_days(count: int, months: Mapping[int, int], draw: Random) -> list[dt.date]:
    """`count` school days in order; a month's weight is shared by its days."""
    sizes = Counter(day.month for day in list_school_days())
    weights = [months.get(day.month, 0) / sizes[day.month] for day in list_school_days()]
    return sorted(draw.choices(list_school_days(), weights, k=count))


def find_school_day(day: dt.date) -> dt.date:
    """The day itself, or the last school day before it."""
    return max(one for one in list_school_days() if one <= day)


# The online journals of the CDAs: most in time, some late, a few missing.

JOURNAL_ROUNDS = (  # due, share submitted, first day of feedback, share commented
    (1, "2024-11-29", 0.93, "2025-01-15", 1.0),
    (2, "2025-03-14", 0.96, "2025-04-10", 0.9),
    (3, "2025-05-30", 0.94, "2025-06-12", 0.6),
)
LATE_SHARE = 0.12


def draw_journals(cast: Cast, draw: Random) -> Iterator[CellTexts]:
    for number, due, submitted, feedback, commented in JOURNAL_ROUNDS:
        for one in cast.on(dt.date.fromisoformat(due), "cda"):
            if draw.random() < submitted:
                date = draw_submission(dt.date.fromisoformat(due), draw)
                answer = dt.date.fromisoformat(feedback) + dt.timedelta(days=draw.randint(0, 9))
                yield {
                    "round": str(number),
                    "person": one.id,
                    "date": date.isoformat(),
                    "feedback_on": find_school_day(answer).isoformat() if draw.random() < commented else "",
                }


def draw_submission(due: dt.date, draw: Random) -> dt.date:
    days = draw.randint(1, 9) if draw.random() < LATE_SHARE else -draw.randint(0, 10)
    return find_school_day(due + dt.timedelta(days=days))
