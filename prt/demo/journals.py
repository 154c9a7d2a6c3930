"""The online journals of the CDAs: most in time, some late, a few missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from prt.demo.days import find_school_day
from prt.demo.people import Cast, Cells

JOURNAL_ROUNDS = (  # due, share submitted, first day of feedback, share commented
    (1, "2024-11-29", 0.93, "2025-01-15", 1.0),
    (2, "2025-03-14", 0.96, "2025-04-10", 0.9),
    (3, "2025-05-30", 0.94, "2025-06-12", 0.6),
)
LATE_SHARE = 0.12


def draw_journals(cast: Cast, draw: Random) -> Iterator[Cells]:
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
