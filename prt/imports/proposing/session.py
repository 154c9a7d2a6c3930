"""Which session a file belongs to: by the day, then by what the file says that it is of, then by its name."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from prt.imports.export import Export
from prt.imports.people.attendees import day_of
from prt.imports.reading.dates import Clock
from prt.imports.reading.dates_in_text import dates_in, without_dates
from prt.model.rows import Row
from prt.model.text import folded

ALIKE = 75
"""From which likeness, of 100, a topic and a title are of the same session."""
AHEAD = 10
"""How much more alike than the next one it must be."""
NEAR = 14
"""Days from a file's day within which a session that is called alike is offered."""
AFTER = 3
"""Days after a session in which answers to its form come."""
GENERIC = re.compile(
    r"(?:(?:my|new|zoom|teams|microsoft|google|personal|meeting|room|webinar|call|nouvelle|reunion|rencontre|"
    r"salle|personnelle|appel|general|channel|in|de|des|du|d|l|la|le|les|sans|titre|untitled|form|forms|formulaire|"
    r"list|liste|feuille|registre|presences?|attendance|attendees?|participants?|report|rapport|sheet|sign|"
    r"signatures?|emargement|of|the|export|file|fichier|responses?|reponses?|feedback|appreciation|retroaction|"
    r"csv|xlsx|[0-9]+)\b['s]* ?)*"
)
OWNED = re.compile(  # « Kim's Personal Meeting Room »
    r".*\w'(?:s)? (?:personal|zoom|teams|webinar|room|meeting room).*|\w+'s? meeting|"
    r"(?:salle|reunion|rencontre)(?: de reunion| zoom| teams)? (?:personnelle )?(?:de|d') ?\w.*"
)


@dataclass(frozen=True)
class Guess:
    """The session, if it is unambiguous, and how it was known; else those that it may be."""

    session: Row | None = None
    how: str = ""
    others: tuple[Row, ...] = ()


def guess(export: Export, sessions: Iterable[Row], name: str = "") -> Guess:
    """The session of a list of presences, or of the answers to a form; `name` is that of the file."""
    known = [row for row in sessions if row["status"] != "cancelled"]
    for days in days_tried(export, name):
        if there := [row for row in known if is_on(row, days)]:
            return among(there, topic_of(export), hint_of(name))
    if export.kind == "feedback" and (before := last_before(known, first_answered(export))):
        found = among(before, topic_of(export), hint_of(name))
        return replace(found, how=f"the last before the answers: {found.how}") if found.session else found
    return Guess(others=tuple(called_alike(known, days_of(export, name), topic_of(export) or hint_of(name))))


def among(there: Sequence[Row], topic: str, hint: str) -> Guess:
    """Which of the sessions of a day: by what the file says that it is of, else by its name."""
    likely = near(there, topic or hint)
    if len(likely) != 1 or (not topic and len(there) == 1):
        return Guess(others=tuple(there)) if topic else of_day(there)
    when = "on that day" if len(there) > 1 else f"on {spoken(likely[0]['date'])}"
    called = f'"{topic}"' if topic else "this file"
    return Guess(likely[0], f"the session {when} that is called like {called}")


def near(sessions: Iterable[Row], topic: str) -> list[Row]:
    """Those that are called alike, and none much more than another."""
    likeness = sorted(((alike(topic, row), row) for row in sessions), key=lambda pair: -pair[0])
    return [row for score, row in likeness if score >= ALIKE and score + AHEAD > likeness[0][0]]


def topic_of(export: Export) -> str:
    return "" if is_generic(export.topic) else export.topic


def is_generic(topic: str) -> bool:
    """Does it say nothing of what the meeting was about?"""
    plain = words(topic)
    return bool(GENERIC.fullmatch(plain) or OWNED.fullmatch(folded(topic)))


def hint_of(name: str) -> str:
    """The words of a file's name, without its dates."""
    stem = without_dates(name.rpartition(".")[0] or name)
    return "" if is_generic(stem) else stem


def last_before(sessions: Iterable[Row], days: Sequence[dt.date]) -> list[Row]:
    """The sessions of the last day that had any, of the three before the first answer."""
    first = min(days, default=None)
    ended = [row for row in sessions if first and 0 < (first - ends(row)).days <= AFTER]
    return [row for row in ended if ends(row) == max(map(ends, ended))]


def called_alike(sessions: Iterable[Row], days: Sequence[dt.date], topic: str) -> list[Row]:
    """Sessions of two weeks around that may be meant: a date may have been moved."""
    if not topic:
        return []
    return [
        row
        for row in sessions
        if alike(topic, row) >= ALIKE
        and (not days or any(abs((row["date"] - day).days) <= NEAR for day in days))
    ]


def nearest(sessions: Iterable[Row], day: dt.date, today: dt.date) -> list[Row]:
    """Those that were already first, by how near they are to a day: nobody attended one to come."""
    known = [row for row in sessions if row["status"] != "cancelled"]
    return sorted(known, key=lambda row: (row["date"] > today, abs((row["date"] - day).days)))


def of_day(there: Sequence[Row]) -> Guess:
    """Nothing but the day tells: it must have one session."""
    if len(there) != 1:
        return Guess(others=tuple(there))
    return Guess(there[0], f"the only session on {spoken(there[0]['date'])}")


def days_tried(export: Export, name: str) -> Iterator[list[dt.date]]:
    """The days that a file tells of; of a form then that of the first answer."""
    yield days_of(export, name)
    if export.kind == "feedback":
        yield first_answered(export)


def first_answered(export: Export) -> list[dt.date]:
    return sorted(one.submitted.date() for one in export.answers if one.submitted)[:1]


def days_of(export: Export, name: str = "") -> list[dt.date]:
    """The days that a file tells of, or else its name; of a form the one with most answers."""
    if export.kind == "feedback":
        counted = Counter(one.submitted.date() for one in export.answers if one.submitted)
        found = [max(counted, key=lambda day: (counted[day], -day.toordinal()))] if counted else []
    else:
        days = {day for one in export.presences if (day := day_of(one))}
        found = sorted(days | ({export.starts.date()} if export.starts else set()))
    return found or sorted({moment.date() for text in dates_in(name) if (moment := Clock().moment(text))})


def ends(session: Row) -> dt.date:
    last: dt.date = session["last_day"] or session["date"]
    return last


def is_on(session: Row, days: Iterable[dt.date]) -> bool:
    return any(session["date"] <= day <= ends(session) for day in days)


def alike(topic: str, session: Row) -> float:
    from rapidfuzz import fuzz

    return fuzz.token_set_ratio(words(topic), words(session["title"]))


def words(text: str) -> str:
    """Without the signs that titles are decorated with."""
    return " ".join(re.findall(r"\w+", folded(text)))


def spoken(day: dt.date) -> str:
    """`Wed 16 Oct 2024`"""
    return f"{day:%a} {day.day} {day:%b %Y}"
