"""Which session a file belongs to: by the day, then by what the file says that it is of, then by its name."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from prt import spoken
from prt.files.yaml.words import say_phrase, say_weekday
from prt.imports.export import Export
from prt.imports.people.attendees import presence_day
from prt.imports.reading.dates import Clock, find_dates, remove_dates
from prt.model.rows import Row
from prt.text import compile_later, fold_text
from prt.values import dataclass, replace

ALIKE_TITLES = 75
"""From which likeness, of 100, a topic and a title are of the same session."""
CLEARLY_AHEAD = 10
"""How much more alike than the next one it must be."""
NEAR_DAYS = 14
"""Days from a file's day within which a session that is called alike is offered."""
ANSWER_DAYS = 3
"""Days after a session in which answers to its form come."""
GENERIC_TOPIC = compile_later(
    r"(?:(?:my|new|zoom|teams|microsoft|google|personal|meeting|room|webinar|call|nouvelle|reunion|rencontre|"
    r"salle|personnelle|appel|general|channel|in|de|des|du|d|l|la|le|les|sans|titre|untitled|form|forms|formulaire|"
    r"list|liste|feuille|registre|presences?|attendance|attendees?|participants?|report|rapport|sheet|sign|"
    r"signatures?|emargement|of|the|export|file|fichier|responses?|reponses?|feedback|appreciation|retroaction|"
    r"csv|xlsx|[0-9]+)\b['s]* ?)*"
)
OWNED_ROOM = compile_later(  # « Kim's Personal Meeting Room »
    r".*\w'(?:s)? (?:personal|zoom|teams|webinar|room|meeting room).*|\w+'s? meeting|"
    r"(?:salle|reunion|rencontre)(?: de reunion| zoom| teams)? (?:personnelle )?(?:de (?!l[a'])|d') ?\w.*"
)


@dataclass(frozen=True)
class SessionGuess:
    """The session, if it is unambiguous, and how it was known; else those that it may be."""

    session: Row | None = None
    how: str = ""
    others: tuple[Row, ...] = ()


def guess_session(export: Export, sessions: Iterable[Row], name: str = "") -> SessionGuess:
    """The session of a list of presences, or of the answers to a form; `name` is that of the file."""
    known = [row for row in sessions if row["status"] != "cancelled"]
    for days in list_likely_days(export, name):
        if there := [row for row in known if is_session_on(row, days)]:
            return choose_among(there, telling_topic(export), name_hint(name))
    if export.kind == "feedback" and (before := sessions_before(known, first_answer_day(export))):
        found = choose_among(before, telling_topic(export), name_hint(name))
        return replace(found, how=say_phrase("last_before", how=found.how)) if found.session else found
    return SessionGuess(
        others=tuple(
            sessions_called_alike(
                known, list_export_days(export, name), telling_topic(export) or name_hint(name)
            )
        )
    )


def choose_among(there: Sequence[Row], topic: str, hint: str) -> SessionGuess:
    """Which of the sessions of a day: by what the file says that it is of, else by its name."""
    likely = find_alike(there, topic or hint)
    if len(likely) != 1 or (not topic and len(there) == 1):
        return SessionGuess(others=tuple(there)) if topic else choose_only(there)
    when = "called_like_that_day" if len(there) > 1 else "called_like_then"
    called = say_phrase("quoted", text=topic) if topic else say_phrase("this_file")
    return SessionGuess(likely[0], say_phrase(when, day=format_weekday(likely[0]["date"]), called=called))


def find_alike(sessions: Iterable[Row], topic: str) -> list[Row]:
    """The sessions with a title like this topic, as long as no other one is clearly more alike."""
    likeness = sorted(((title_likeness(topic, row), row) for row in sessions), key=lambda pair: -pair[0])
    return [
        row for score, row in likeness if score >= ALIKE_TITLES and score + CLEARLY_AHEAD > likeness[0][0]
    ]


def telling_topic(export: Export) -> str:
    return "" if is_generic_topic(export.topic) else export.topic


def is_generic_topic(topic: str) -> bool:
    """Does it say nothing of what the meeting was about?"""
    plain = title_words(topic)
    return bool(GENERIC_TOPIC.fullmatch(plain) or OWNED_ROOM.fullmatch(fold_text(topic)))


def name_hint(name: str) -> str:
    """The words of a file's name, without its dates."""
    stem = remove_dates(name.rpartition(".")[0] or name)
    return "" if is_generic_topic(stem) else stem


def sessions_before(sessions: Iterable[Row], days: Sequence[dt.date]) -> list[Row]:
    """The sessions of the last day that had any, of the three before the first answer."""
    first = min(days, default=None)
    ended = [row for row in sessions if first and 0 < (first - last_day_of(row)).days <= ANSWER_DAYS]
    return [row for row in ended if last_day_of(row) == max(map(last_day_of, ended))]


def sessions_called_alike(sessions: Iterable[Row], days: Sequence[dt.date], topic: str) -> list[Row]:
    """Sessions of two weeks around that may be meant: a date may have been moved."""
    if not topic:
        return []
    return [
        row
        for row in sessions
        if title_likeness(topic, row) >= ALIKE_TITLES
        and (not days or any(abs((row["date"] - day).days) <= NEAR_DAYS for day in days))
    ]


def nearest_sessions(sessions: Iterable[Row], day: dt.date, today: dt.date) -> list[Row]:
    """The sessions by how near they are to a day, those to come last: nobody attended one of them."""
    known = [row for row in sessions if row["status"] != "cancelled"]
    return sorted(known, key=lambda row: (row["date"] > today, abs((row["date"] - day).days)))


def choose_only(there: Sequence[Row]) -> SessionGuess:
    """Nothing but the day tells: it must have one session."""
    if len(there) != 1:
        return SessionGuess(others=tuple(there))
    return SessionGuess(there[0], say_phrase("only_session", day=format_weekday(there[0]["date"])))


def list_likely_days(export: Export, name: str) -> Iterator[list[dt.date]]:
    """The days that a file tells of; of a form then that of the first answer."""
    yield list_export_days(export, name)
    if export.kind == "feedback":
        yield first_answer_day(export)


def first_answer_day(export: Export) -> list[dt.date]:
    return sorted(one.submitted.date() for one in export.answers if one.submitted)[:1]


def list_export_days(export: Export, name: str) -> list[dt.date]:
    """The days that a file tells of, or else its name; of a form the one with most answers."""
    if export.kind == "feedback":
        counted = Counter(one.submitted.date() for one in export.answers if one.submitted)
        found = [max(counted, key=lambda day: (counted[day], -day.toordinal()))] if counted else []
    else:
        days = {day for one in export.presences if (day := presence_day(one))}
        found = sorted(days | ({export.starts.date()} if export.starts else set()))
    return found or sorted({moment.date() for text in find_dates(name) if (moment := Clock().moment(text))})


def last_day_of(session: Row) -> dt.date:
    last: dt.date = session["last_day"] or session["date"]
    return last


def is_session_on(session: Row, days: Iterable[dt.date]) -> bool:
    return any(session["date"] <= day <= last_day_of(session) for day in days)


def title_likeness(topic: str, session: Row) -> float:
    return fuzz.token_set_ratio(title_words(topic), title_words(session["title"]))


def title_words(text: str) -> str:
    """Without the signs that titles are decorated with."""
    return " ".join(re.findall(r"\w+", fold_text(text)))


def format_weekday(day: dt.date) -> str:
    """`Wed 16 Oct 2024`, `mer. 16 oct. 2024`"""
    return say_weekday(day, spoken.language)
