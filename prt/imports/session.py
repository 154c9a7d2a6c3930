"""Which session a file belongs to: by the day, then by what it is called."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prt.imports.export import Export
from prt.imports.gathering import day_of
from prt.model.rows import Row
from prt.model.text import folded

ALIKE = 75
"""From which likeness, of 100, a topic and a title are of the same session."""
AHEAD = 10
"""How much more alike than the next one it must be."""
GENERIC = re.compile(
    r"(?:(?:my|new|zoom|teams|microsoft|google|personal|meeting|room|webinar|call|nouvelle|reunion|rencontre|"
    r"salle|personnelle|appel|general|channel|in|de|sans|titre|untitled|form|formulaire)\b['s]* ?)*"
)


@dataclass(frozen=True)
class Guess:
    """The session, if it is unambiguous, and how it was known; else those that it may be."""

    session: Row | None = None
    how: str = ""
    others: tuple[Row, ...] = ()


def guess(export: Export, sessions: Iterable[Row]) -> Guess:
    """The session of a list of presences, or of the answers to a form."""
    days = days_of(export)
    there = [row for row in sessions if row["status"] != "cancelled" and is_on(row, days)]
    topic = "" if GENERIC.fullmatch(folded(export.topic)) else export.topic
    if not topic:
        return of_day(there)
    likeness = sorted(((alike(topic, row), row) for row in there), key=lambda pair: -pair[0])
    near = [row for score, row in likeness if score >= ALIKE and score + AHEAD > likeness[0][0]]
    if len(near) != 1:
        return Guess(others=tuple(there))
    when = "on that day" if len(there) > 1 else f"on {spoken(near[0]['date'])}"
    return Guess(near[0], f'the session {when} that is called like "{topic}"')


def of_day(there: Sequence[Row]) -> Guess:
    """Nothing but the day tells: it must have one session."""
    if len(there) != 1:
        return Guess(others=tuple(there))
    return Guess(there[0], f"the only session on {spoken(there[0]['date'])}")


def days_of(export: Export) -> list[dt.date]:
    """The days that a file tells of; of a form the one with most answers, for they come with the session."""
    if export.kind == "feedback":
        counted = Counter(one.submitted.date() for one in export.answers if one.submitted)
        return [max(counted, key=lambda day: (counted[day], -day.toordinal()))] if counted else []
    days = {day for one in export.presences if (day := day_of(one))}
    return sorted(days | ({export.starts.date()} if export.starts else set()))


def is_on(session: Row, days: Iterable[dt.date]) -> bool:
    last = session["last_day"] or session["date"]
    return any(session["date"] <= day <= last for day in days)


def alike(topic: str, session: Row) -> float:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(words(topic), words(session["title"]))


def words(text: str) -> str:
    """Without the signs that titles are decorated with."""
    return " ".join(re.findall(r"\w+", folded(text)))


def spoken(day: dt.date) -> str:
    """`Wed 16 Oct 2024`"""
    return f"{day:%a} {day.day} {day:%b %Y}"
