"""The logs of a year drawn at random: cells as people write them, and some that cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

STARTS, ENDS = dt.date(2024, 7, 1), dt.date(2025, 6, 30)
LINES = ("1.1", "1.4a", "2")
BOARDS = (
    "EMSB",
    "emsb",
    "English Montréal",
    "RSB",
    "rsb",
    "CSS du Littoral",
    "littoral",
    "CHSSN",
    "la Table",
)
PERSONS = ("p-ann", "p-bob", "p-cat", "p-dan", "p-eve", "p-fay", "p-staff")
ROLES = ("cda", "ADC", "principal", "direction", "sb-rep", "teacher", "other")
HOURS = ("1h30", "1,25", "1.25", "0.5", "90 min", "2", "1h", "3h15", "7,5", "1/2", "25")
TEXTS = ("alpha", "Bêta", "gamma, delta", "alpha", "")
WORDS = {
    "category": ("outcome-area", "Outcome-Area", "Axe ciblé", "choice", "Thème au choix", ""),
    "objective": ("skills", "Compétences", "challenges", "Défis"),
    "audience": ("cdas", "CDAs", "students", "Parents", ""),
    "tags": ("edi", "transitions", "edi; transitions", "EDI ; edi", ""),
}
Table = list[dict[str, str]]


def draw_tables(rng: Random) -> dict[str, Table]:
    sessions = drawn(rng, 14, draw_session, "w")
    known = [row["id"] for row in sessions if row["id"]] + ["w-unknown"]
    held_by = {row["id"]: row for row in sessions}

    def draw_attendance(rng: Random) -> dict[str, str]:
        session = rng.choice(known)
        first = held_by.get(session, {}).get("date", "2024-10-16")
        person = rng.choice((*PERSONS, "", ""))
        return {
            "session": session,
            "date": rng.choice([first, first, draw_day(rng)]),
            "person": person,
            "role": rng.choice((*ROLES, "", "prt-staff")),
            "board": rng.choice((*BOARDS, "")),
            "minutes": rng.choice(("", "", "90", "1h30", "20", "15", "29", "30", "10 min")),
        }

    def draw_feedback(rng: Random) -> dict[str, str]:
        positive = rng.choice(("yes", "oui", "x", "no", "non", ""))
        answer = rng.choice(("great", "Très bien", "", "5", "4", "4 - bien", "3", "1", "0", "4,5", "11"))
        return {"session": rng.choice(known), "response": "", "answer": answer, "positive": positive}

    tables = {"sessions": sessions, "attendance": drawn(rng, 40, draw_attendance, "at")}
    tables["feedback"] = drawn(rng, 20, draw_feedback, "fb")
    for number, row in enumerate(tables["feedback"]):
        row["response"] = str(number)
    for log, (prefix, most, draw) in DRAWS.items():
        tables[log] = drawn(rng, most, draw, prefix)
    # Of one indicator and one day the later row of the file holds: figures that no order changes have one.
    figures = {(row["indicator"].lower(), row["date"]): row for row in tables["figures"]}
    return tables | {"figures": list(figures.values())}


def drawn(rng: Random, most: int, draw: Callable[[Random], dict[str, str]], prefix: str) -> Table:
    """Some rows, or none: most with an id, some typed in a spreadsheet without one."""
    number = rng.choice((0, 1, most // 3, most, most, most, most))
    rows = [{"id": f"{prefix}-{place}"} | draw(rng) for place in range(number)]
    for row in rows:
        if rng.random() < 0.08:
            row["id"] = ""
        if rng.random() < 0.06:
            row[rng.choice(list(row)[1:])] = rng.choice(("", "1.400", "2024-02-30"))
    return rows


def draw_day(rng: Random) -> str:
    """A day of the year; sometimes one before or after it."""
    span = (ENDS - STARTS).days
    days = rng.randint(-20, span + 20) if rng.random() < 0.1 else rng.randint(0, span)
    return (STARTS + dt.timedelta(days=days)).isoformat()


def maybe(rng: Random, *choices: str) -> str:
    return rng.choice(choices) if rng.random() < 0.6 else ""


def number_up_to(rng: Random, most: str | int) -> str:
    return str(rng.randint(0, int(most))) if most != "" else str(rng.randint(0, 9))


def draw_session(rng: Random) -> dict[str, str]:
    first = draw_day(rng)
    later = (dt.date.fromisoformat(first) + dt.timedelta(days=rng.choice((0, 1, 2, 60)))).isoformat()
    respondents = number_up_to(rng, 12) if rng.random() < 0.5 else ""
    answered = number_up_to(rng, respondents or 9) if rng.random() < 0.4 else ""
    positive = number_up_to(rng, answered or respondents or 6) if rng.random() < 0.5 else ""
    return {
        "line": rng.choice((*LINES, "1,1", "1.4A")),
        "date": first,
        "last_day": rng.choice(("", "", later)),
        "title": rng.choice(("One", "Deux", "Three")),
        "theme": rng.choice(TEXTS),
        "category": rng.choice(WORDS["category"]),
        "tags": rng.choice(WORDS["tags"]),
        "audience": rng.choice(WORDS["audience"]),
        "format": rng.choice(("full-day", "Half-day", "half-day", "two-day", "meeting")),
        "mode": maybe(rng, "online", "in-person"),
        "status": rng.choice(("", "", "", "held", "held", "planned", "planned", "cancelled", "canceled")),
        "series": maybe(rng, "S1", "S2", "S3"),
        "host": maybe(rng, *BOARDS),
        "boards": maybe(rng, *BOARDS, "EMSB; rsb", "RSB;EMSB;emsb", "littoral; CHSSN"),
        "participants": maybe(rng, "24", "7", "0", "12"),
        "feedback_form": rng.choice(("yes", "oui", "no", "")),
        "respondents": respondents,
        "answered": answered,
        "positive": positive,
    }


def draw_person(rng: Random) -> dict[str, str]:
    """Somebody with an id, or somebody of whom only the role and the board are known; or neither."""
    person = rng.choice((*PERSONS, "", ""))
    return {
        "person": person,
        "role": rng.choice((*ROLES, "") if person else (*ROLES, *ROLES, "")),
        "board": rng.choice((*BOARDS, "") if person else BOARDS),
    }


def draw_hours(rng: Random) -> dict[str, str]:
    return {"date": draw_day(rng), "staff": rng.choice(PERSONS), "hours": rng.choice(HOURS)}


def draw_request(rng: Random) -> dict[str, str]:
    return {"date": draw_day(rng), **draw_person(rng), "objective": rng.choice(WORDS["objective"])}


def draw_accompaniment(rng: Random) -> dict[str, str]:
    kind = rng.choice(("", "contact", "preparation", "Follow-up", "travel"))
    more = {"kind": kind, "centre": rng.choice(TEXTS), "objective": rng.choice(WORDS["objective"])}
    return draw_hours(rng) | draw_person(rng) | more


def draw_support(rng: Random) -> dict[str, str]:
    return draw_hours(rng) | {"organisation": rng.choice(BOARDS), "purpose": rng.choice(("a", "b"))}


def draw_partnership(rng: Random) -> dict[str, str]:
    return {
        "date": draw_day(rng),
        "organisation": rng.choice(BOARDS),
        "event": rng.choice(("contacted", "agreement", "seat")),
        "level": maybe(rng, "local", "regional"),
        "new": rng.choice(("yes", "non", "")),
    }


def draw_tool(rng: Random) -> dict[str, str]:
    return {
        "date": draw_day(rng),
        "kind": rng.choice(("tool", "capsule", "vignette")),
        "title": rng.choice(("A", "B", "C")),
        "audience": rng.choice(("cda", "clc-team")),
        "theme": rng.choice(TEXTS),
        "learning_objective": maybe(rng, "to know"),
        "work": rng.choice(("new", "revamp", "")),
        "published": maybe(rng, draw_day(rng)),
        "url": maybe(rng, "https://example.org"),
    }


def draw_update(rng: Random) -> dict[str, str]:
    return {"date": draw_day(rng), "description": rng.choice(("a", "b")), "section": rng.choice(TEXTS)}


def draw_survey(rng: Random) -> dict[str, str]:
    invited = number_up_to(rng, 40)
    completed = maybe(rng, number_up_to(rng, invited), "41")
    campaign = rng.choice(("year-end", "other"))
    role = rng.choice(ROLES)
    return {
        "date": draw_day(rng),
        "campaign": campaign,
        "role": role,
        "invited": invited,
        "completed": completed,
    }


def draw_journal(rng: Random) -> dict[str, str]:
    return {
        "round": rng.choice(("1", "2", "3", "9")),
        "person": rng.choice(PERSONS),
        "date": draw_day(rng),
        "feedback_on": maybe(rng, draw_day(rng)),
    }


def draw_deliverable(rng: Random) -> dict[str, str]:
    return {
        "kind": rng.choice(("progress-report", "action-plan", "other")),
        "title": rng.choice(("A", "B")),
        "period": rng.choice(("", "1", "2", "3", "7")),
        "date": draw_day(rng),
        "posted_on": maybe(rng, draw_day(rng)),
    }


def draw_figure(rng: Random) -> dict[str, str]:
    return {
        "indicator": rng.choice(("2.typed-0", "2.typed-1", "2.TYPED-1", "1.1.nothing")),
        "date": (STARTS + dt.timedelta(days=rng.randint(0, 364))).isoformat(),
        "value": rng.choice(("12", "1,5", "0.75", "75%", "37,5 %", "3", "-2", "-7,5", "-12%", "112 %")),
        "evidence": "a.pdf",
    }


DRAWS: dict[str, tuple[str, int, Callable[[Random], dict[str, str]]]] = {
    "requests": ("r", 12, draw_request),
    "accompaniment": ("a", 30, draw_accompaniment),
    "partner-support": ("ps", 9, draw_support),
    "partnerships": ("pa", 9, draw_partnership),
    "tools": ("t", 15, draw_tool),
    "updates": ("u", 6, draw_update),
    "surveys": ("s", 9, draw_survey),
    "journals": ("j", 15, draw_journal),
    "deliverables": ("d", 9, draw_deliverable),
    "figures": ("fg", 9, draw_figure),
}


def draw_people(rng: Random) -> Table:
    """Posts that begin and end in the year, and some persons with two; one of them is PRT staff for a time."""
    rows = []
    for person in (*PERSONS, *rng.sample(PERSONS, 3)):
        start, end = sorted((draw_day(rng), draw_day(rng)))
        rows.append(
            {
                "id": person,
                "role": rng.choice(("cda", "cda", "principal", "sb-rep")),
                "board": rng.choice(BOARDS),
                "start": rng.choice(("", start)),
                "end": rng.choice(("", "", end)),
                "new_in": rng.choice(("", "2024-2025")),
            }
        )
    rows[6] |= {"role": "prt-staff", "end": rng.choice(("", "2025-01-15"))}
    if rows[6]["end"] and rows[6]["start"] > rows[6]["end"]:
        rows[6]["start"] = ""
    return rows
