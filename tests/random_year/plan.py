"""A plan drawn at random: every kind of measure, selection, condition, population and target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from tests.random_year.rows import ENDS, LINES, STARTS

VOCABULARIES = {
    "category": {
        "outcome-area": {"en": "Outcome area", "fr": "Axe ciblé"},
        "choice": {"en": "Our choice", "fr": "Thème au choix"},
    },
    "objective": {
        "skills": {"en": "Skills", "fr": "Compétences"},
        "challenges": {"en": "Hard", "fr": "Défis"},
    },
    "sessions.audience": {
        "cdas": {"en": "CDAs", "fr": "Des ADC"},
        "students": {"en": "Students", "fr": "Élèves"},
        "parents": {"en": "Parents", "fr": "Des parents"},
    },
    "tags": {"edi": {"en": "Equity", "fr": "Équité"}, "transitions": {"en": "Change", "fr": "Passages"}},
}

CONDITIONS: dict[str, dict[str, Sequence[Any]]] = {
    "sessions": {
        "line": ("1.1", ["1.1", "1.4a"], {"not": "2"}),
        "format": ("full-day", ["half-day", "two-day"], {"not": ["meeting"]}),
        "category": ("choice", {"not": "choice"}, {"present": True}),
        "tags": ("edi", {"not": "edi"}, {"present": False}),
        "boards": ("EMSB", ["RSB", "littoral"], {"not": "English Montréal"}, {"present": True}),
        "host": ("la Table", {"present": False}),
        "participants": ({"from": 7, "to": 12}, {"from": 1}, {"to": 7}, {"present": False}, 24),
        "answered": ({"from": 3}, {"present": True}),
        "date": ({"from": dt.date(2024, 10, 1), "to": dt.date(2025, 3, 1)}, {"to": dt.date(2025, 1, 1)}),
        "last_day": ({"present": True}, {"from": dt.date(2024, 12, 1)}),
        "status": ("planned", ["planned", "held"], {"not": "cancelled"}, "cancelled"),
        "audience": ("cdas", {"not": ["students", "parents"]}),
        "feedback_form": ({"not": "no"}, True, "no"),
        "mode": ("online", {"present": True}),
        "series": ({"present": True}, "S1"),
    },
    "attendance": {
        "session.line": ("1.1", ["1.1", "1.4a"], {"not": "2"}),
        "session.format": ("two-day", {"not": ["meeting"]}),
        "session.status": ({"not": "cancelled"}, ["planned", "held"]),
        "session.participants": ({"from": 5},),
        "session.boards": ("EMSB", {"not": "EMSB"}),
        "role": ("cda", ["cda", "principal"], {"not": "cda"}, {"present": True}),
        "board": ("EMSB", {"present": False}),
        "person": ({"present": True}, {"not": ["p-ann", "p-bob"]}, {"present": False}),
        "minutes": ({"from": 60}, {"present": False}, {"to": "1h"}),
        "date": ({"from": dt.date(2024, 10, 1)},),
    },
    "feedback": {
        "session.line": ("1.1", {"not": "1.1"}),
        "positive": (True, {"not": False}, {"present": True}),
    },
    "requests": {"role": ("cda", {"not": "cda"}), "objective": ("skills",), "person": ({"present": False},)},
    "accompaniment": {
        "kind": ("contact", {"not": "contact"}, ["travel", "follow-up"]),
        "hours": ({"from": "1h15"}, {"to": 1.5}, {"from": 1, "to": 3}),
        "role": (["cda", "principal"], {"present": True}),
        "board": ("EMSB", {"not": ["EMSB", "CSSL"]}),
        "objective": ("challenges", {"not": "Compétences"}),
        "centre": ("alpha", {"present": False}),
    },
    "partner-support": {"organisation": ("CHSSN", {"not": "CHSSN"}), "hours": ({"from": 1},)},
    "partnerships": {"event": ("seat", {"not": "seat"}), "new": (True, {"not": False}, {"present": True})},
    "tools": {
        "kind": (["capsule", "vignette"], "tool"),
        "audience": ("cda",),
        "work": ("new", "revamp"),
        "url": ({"present": True}, {"present": False}),
        "published": ({"from": dt.date(2025, 1, 1)}, {"present": False}),
    },
    "updates": {"section": ("alpha", {"present": True})},
    "surveys": {
        "role": ("cda", ["principal", "sb-rep"]),
        "campaign": ("year-end",),
        "invited": ({"from": 10},),
    },
    "journals": {"round": (1, [1, 2], {"from": 2}), "person": ({"not": "p-ann"},)},
    "deliverables": {"kind": ("progress-report", {"not": "other"}), "period": ({"present": True}, 2)},
}
"""Columns that a plan tests, with what it may write about each."""

WHEN = {
    "sessions": ("last_day", "date"),
    "attendance": ("date",),
    "tools": ("published",),
    "journals": ("feedback_on",),
    "deliverables": ("posted_on",),
}
NUMBERS = {
    "sessions": ("participants", "respondents", "answered", "positive"),
    "attendance": ("minutes", "session.participants"),
    "accompaniment": ("hours",),
    "partner-support": ("hours",),
    "surveys": ("invited", "completed"),
}
COLUMNS = {
    "sessions": ("title", "theme", "category", "tags", "format", "mode", "boards", "host", "line", "status"),
    "attendance": ("person", "role", "board", "session.line", "session.boards", "date", "minutes"),
    "feedback": ("positive", "answer", "session.category"),
    "requests": ("role", "board", "person", "objective"),
    "accompaniment": ("staff", "kind", "role", "board", "person", "objective", "centre", "hours"),
    "partner-support": ("staff", "organisation", "purpose"),
    "partnerships": ("organisation", "event", "level", "new"),
    "tools": ("kind", "title", "audience", "theme", "work", "published"),
    "updates": ("description", "section", "date"),
    "surveys": ("role", "campaign", "invited"),
    "journals": ("round", "person", "feedback_on"),
    "deliverables": ("kind", "title", "period"),
}
NAMING_PEOPLE = {
    "attendance": ("person",),
    "requests": ("person",),
    "accompaniment": ("person", "staff"),
    "journals": ("person",),
}
NAMING_ORGANISATIONS = {
    "sessions": ("boards", "host"),
    "attendance": ("board", "session.boards"),
    "requests": ("board",),
    "accompaniment": ("board",),
    "partnerships": ("organisation",),
}
EACH = {
    "sessions": ("series", "id", "title", "date"),
    "attendance": ("session.series", "session.id", "date", "session", "session.title"),
    "requests": ("date", "objective"),
    "accompaniment": ("date", "objective"),
    "journals": ("round",),
    "partnerships": ("event",),
}


def pick(rng: Random, table: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    """A log and one of its columns."""
    log = rng.choice(list(table))
    return log, rng.choice(table[log])


def draw_plan(rng: Random) -> dict[str, Any]:
    """A plan whose three lines have each kind of measure, with a target of every kind that fits it."""
    indicators: dict[str, list[dict[str, Any]]] = {line: [] for line in LINES}
    for number, draw in enumerate([*KINDS.values()] * 4):
        indicator = draw_indicator(rng, f"i{number}", draw(rng))
        indicators[rng.choice(LINES[:2]) if number > 1 else LINES[number]].append(indicator)
    for number in range(2):
        measure = {"kind": "typed"} | ({"percent": True} if number else {})
        indicators["2"].append(draw_indicator(rng, f"typed-{number}", measure))
    return {
        "year": "2024-2025",
        "title": both("A plan"),
        "funder": {"name": "DSREA", "languages": ["fr", "en"]},
        "starts": STARTS,
        "ends": ENDS,
        "pace_from": rng.choice((dt.date(2024, 9, 1), STARTS, dt.date(2024, 12, 10))),
        "periods": [
            {
                "id": 1,
                "from": STARTS,
                "to": dt.date(2024, 11, 30),
                "due": dt.date(2024, 12, 15),
                "expected": "30%",
            },
            {
                "id": 2,
                "from": dt.date(2024, 12, 1),
                "to": dt.date(2025, 3, 31),
                "due": dt.date(2025, 4, 15),
                "expected": "70%",
            },
            {
                "id": 3,
                "from": dt.date(2025, 4, 1),
                "to": ENDS,
                "due": dt.date(2025, 7, 15),
                "expected": "100%",
            },
        ],
        "rounds": [
            {"id": 1, "due": dt.date(2024, 11, 29)},
            {"id": 2, "due": dt.date(2025, 3, 14)},
            {"id": 3, "due": dt.date(2025, 5, 30)},
        ],
        "status": rng.choice(({"on_track": "85%", "at_risk": "60%"}, {"on_track": "90%", "at_risk": "50%"})),
        "privacy": {
            "smallest_group": 5,
            "minimum_minutes": rng.choice((0, 30)),
            "headcount_only": ["students", "parents"],
        },
        "vocabularies": VOCABULARIES,
        "selections": {f"named-{log}": {"log": log, **draw_where(rng, log)} for log in CONDITIONS},
        "volets": [
            {
                "id": "1",
                "title": both("One"),
                "lines": [{"id": line, "indicators": indicators[line]} for line in LINES],
            }
        ],
    }


def both(text: str) -> dict[str, str]:
    return {"en": text, "fr": text}


def draw_indicator(rng: Random, name: str, measure: dict[str, Any]) -> dict[str, Any]:
    """An indicator with a target that its measure may have, and sometimes a second reading."""
    indicator: dict[str, Any] = {"id": name, "label": both("It"), "measure": measure}
    if rng.random() < 0.15:
        indicator["also"] = {"label": both("Or"), "measure": rng.choice([*KINDS.values()])(rng)}
    target = draw_target(rng, measure)
    return indicator | ({"target": target} if target and rng.random() < 0.8 else {})


def draw_target(rng: Random, measure: dict[str, Any]) -> dict[str, Any]:
    kind = measure["kind"]
    if kind == "list":
        return {}
    if kind == "milestone":
        return {"due": STARTS + dt.timedelta(days=rng.randint(1, 364))}
    percent = (kind in ("ratio", "reach") and "unit" not in measure) or measure.get("percent")
    amounts = sorted(rng.sample(range(1, 101) if percent else range(1, 16), 3))
    low, middle, high = (f"{one}%" if percent else one for one in amounts)
    if rng.random() < 0.05:
        return {"to_be_set": STARTS + dt.timedelta(days=rng.randint(0, 364))}
    if kind in ("count", "sum", "distinct", "mean", "typed") and rng.random() < 0.2:
        return draw_periods(rng, low, high)
    if kind == "typed" and rng.random() < 0.4:
        return draw_below(rng, low, high)
    target: dict[str, Any] = rng.choice(
        (
            {"at_least": high},
            {"at_least": middle},
            {"at_least": high, "by": {1: low, 2: middle}},
            {"at_least": high, "by": {2: middle, 3: high}},
            {"at_most": middle},
            {"at_most": low, "by": {1: high, 2: middle}},
            {"at_least": high, "baseline": {"value": middle, "date": STARTS}},
            {"at_most": low, "baseline": {"value": high, "date": STARTS}},
            {"at_least": high, "by": {1: middle, 2: middle}, "baseline": {"value": low, "date": STARTS}},
            {"at_most": low, "by": {1: middle}, "baseline": {"value": high, "date": STARTS}},
            {"at_least": middle, "baseline": {"value": high, "date": STARTS}},
            {"at_most": high, "by": {1: middle}, "baseline": {"value": low, "date": STARTS}},
            {"exactly": low},
            {"between": [low, high]},
        )
    )
    return target | ({"pace": rng.choice(("steady", "at_end", "none"))} if rng.random() < 0.3 else {})


def draw_periods(rng: Random, low: Any, high: Any) -> dict[str, Any]:
    """Something of each period, alone or beside a target of the year."""
    year = rng.choice(({}, {"at_least": high}, {"at_most": high}))
    pace = {"pace": rng.choice(("steady", "at_end", "none"))} if rng.random() < 0.3 else {}
    return year | {"each_period": low} | pace


def draw_below(rng: Random, low: Any, high: Any) -> dict[str, Any]:
    """Numbers below 0, which a figure that is typed may have; percentages of more than all."""
    under, far = f"-{low}", f"-{high}"
    start = {"value": far, "date": STARTS}
    target: dict[str, Any] = rng.choice(
        (
            {"at_least": under},
            {"at_most": under},
            {"exactly": under},
            {"between": [far, low]},
            {"at_least": under, "baseline": start},
            {"at_most": far, "baseline": {"value": under, "date": STARTS}},
            {"at_least": "110%" if "%" in str(low) else 110},
            {"at_least": 0},
        )
    )
    return target | ({"pace": rng.choice(("steady", "at_end", "none"))} if rng.random() < 0.3 else {})


def draw_where(rng: Random, log: str, most: int = 2) -> dict[str, Any]:
    """Some conditions, which may leave all rows or none."""
    tests = CONDITIONS[log]
    columns = rng.sample(list(tests), min(len(tests), rng.randint(0, most)))
    return {"where": {column: rng.choice(tests[column]) for column in columns}} if columns else {}


def draw_selection(rng: Random, log: str) -> Any:
    """By name, inline, or a named one made narrower; placed by another date where the log has one."""
    when = {"when": rng.choice(WHEN[log])} if log in WHEN and rng.random() < 0.25 else {}
    written = rng.choice(("name", "inline", "inline", "narrowed"))
    if written == "name":
        return f"named-{log}"
    first = {"log": log} if written == "inline" else {"selection": f"named-{log}"}
    return first | draw_where(rng, log) | when


def draw_people_query(rng: Random) -> dict[str, Any]:
    asked: dict[str, Any] = rng.choice(
        (
            {"role": "cda"},
            {"role": ["cda", "principal"]},
            {"role": "cda", "new_in": "2024-2025"},
            {"board": "EMSB"},
        )
    )
    as_of = rng.choice((None, None, "end", "ever", dt.date(2024, 10, 1), dt.date(2025, 6, 1)))
    return {"people": asked} | ({"as_of": as_of} if as_of else {})


def draw_population(rng: Random, people: bool) -> dict[str, Any]:
    if rng.random() < 0.4:
        log, by = pick(rng, NAMING_PEOPLE if people else NAMING_ORGANISATIONS)
        return {"anyone_in": draw_selection(rng, log), "by": by}
    if people:
        return draw_people_query(rng)
    asked = rng.choice(
        ({"counts_as_board": True}, {"type": ["school-board", "partner"]}, {"code": {"not": "HA"}})
    )
    return {"organisations": asked}


def splits(rng: Random, *logs: str) -> dict[str, Any]:
    """Breakdowns by columns that every one of these logs has."""
    shared = [name for name in COLUMNS[logs[0]] if all(name in COLUMNS[log] for log in logs)]
    return split_by(rng, shared)


def split_by(rng: Random, columns: Sequence[str]) -> dict[str, Any]:
    found = rng.sample(columns, min(len(columns), rng.randint(0, 2)))
    return {"split_by": found} if found else {}


def draw_sources(rng: Random, log: str, *others: str) -> dict[str, Any]:
    """One selection of a log; or a list of some, of that log and of others; with breakdowns."""
    if rng.random() < 0.6:
        return {"of": draw_selection(rng, log), **splits(rng, log)}
    logs = [log, *rng.sample((log, *others), rng.randint(0, min(2, 1 + len(others))))]
    return {"of": [draw_selection(rng, one) for one in logs], **splits(rng, *logs)}


def having(column: str, *tables: Mapping[str, Sequence[str]]) -> list[str]:
    """The logs that have such a column."""
    return list(dict.fromkeys(log for table in tables for log in table if column in table[log]))


def draw_count(rng: Random) -> dict[str, Any]:
    log = rng.choice(list(CONDITIONS))
    return {"kind": "count", **draw_sources(rng, log, *CONDITIONS)}


def draw_sum(rng: Random) -> dict[str, Any]:
    log, column = pick(rng, NUMBERS)
    return {"kind": "sum", "column": column, **draw_sources(rng, log, *having(column, NUMBERS))}


def draw_distinct(rng: Random) -> dict[str, Any]:
    tables = COLUMNS | {"sessions": ("series", "boards", "title")}
    log, column = pick(rng, tables)
    return {"kind": "distinct", "column": column, **draw_sources(rng, log, *having(column, tables))}


def draw_among(rng: Random) -> dict[str, Any]:
    people = rng.random() < 0.5
    naming = NAMING_PEOPLE if people else NAMING_ORGANISATIONS
    log, column = pick(rng, naming)
    measure = {"kind": "distinct", "column": column, **draw_sources(rng, log, *having(column, naming))}
    return measure | {"among": draw_population(rng, people)}


def draw_mean(rng: Random) -> dict[str, Any]:
    """Of numbers, or of answers on a scale; sometimes the one in the middle."""
    take = rng.choice(({}, {"take": "mean"}, {"take": "median"}))
    if rng.random() < 0.4:
        scale = rng.choice((3, 4, 5, [0, 10], [2, 5]))
        return {"kind": "mean", "column": "answer", "scale": scale, **take, **draw_sources(rng, "feedback")}
    log, column = pick(rng, NUMBERS)
    return {"kind": "mean", "column": column, **take, **draw_sources(rng, log, *having(column, NUMBERS))}


def draw_pooled(rng: Random) -> dict[str, Any]:
    """Two sums over one selection, which enter together."""
    log = rng.choice(("sessions", "sessions", "surveys"))
    part, whole = rng.sample(NUMBERS[log], 2)
    selection = draw_selection(rng, log)
    other = backwards(selection)
    sides = {"part": {"sum": part, "of": selection}, "whole": {"sum": whole, "of": other}}
    return {"kind": "ratio", **sides, **splits(rng, log)}


def backwards(selection: Any) -> Any:
    """The same selection with its conditions in the opposite order."""
    if isinstance(selection, str) or "where" not in selection:
        return selection
    return selection | {"where": dict(reversed(selection["where"].items()))}


def draw_quantity(rng: Random) -> dict[str, Any]:
    kind = rng.choice(("count", "sum", "distinct"))
    if kind == "count":
        return {"count": draw_selection(rng, rng.choice(list(CONDITIONS)))}
    log, column = pick(rng, NUMBERS if kind == "sum" else COLUMNS)
    return {kind: column, "of": draw_selection(rng, log)}


def draw_ratio(rng: Random) -> dict[str, Any]:
    if rng.random() < 0.5:
        part, whole = draw_quantity(rng), draw_quantity(rng)
        logs = [log_of(one.get("count") or one["of"]) for one in (part, whole)]
        return {"kind": "ratio", "part": part, "whole": whole, **splits(rng, *logs)}
    people = rng.random() < 0.6
    log, column = pick(rng, NAMING_PEOPLE if people else NAMING_ORGANISATIONS)
    part = rng.choice(
        ({"distinct": column, "of": draw_selection(rng, log)}, {"count": draw_selection(rng, log)})
    )
    whole = draw_population(rng, people)
    return {"kind": "ratio", "part": part, "whole": whole, **splits_of_members(rng, log, part, whole)}


def splits_of_members(
    rng: Random, log: str, part: Mapping[str, Any], whole: Mapping[str, Any]
) -> dict[str, Any]:
    """By what the members have: of a roster the part needs the column too, unless it names members."""
    if "anyone_in" in whole:
        return splits(rng, log, log_of(whole["anyone_in"]))
    own = ("role", "board", "centre") if "people" in whole else ("type", "counts_as_board")
    return split_by(rng, [name for name in own if "distinct" in part or name in COLUMNS[log]])


def log_of(selection: Any) -> str:
    """The log of a selection that was drawn."""
    if isinstance(selection, str):
        return selection.removeprefix("named-")
    return str(selection.get("log") or selection["selection"].removeprefix("named-"))


def draw_rate(rng: Random) -> dict[str, Any]:
    """A ratio in a unit of its own."""
    return draw_ratio(rng) | {"unit": rng.choice(("hours a CDA", both("so many each"), "h"))}


def draw_reach(rng: Random) -> dict[str, Any]:
    """How often members came; inside one session, too."""
    people = rng.random() < 0.7
    naming = {
        log: columns
        for log, columns in (NAMING_PEOPLE if people else NAMING_ORGANISATIONS).items()
        if log in EACH
    }
    log, by = pick(rng, naming)
    measure = {
        "kind": "reach",
        "who": draw_population(rng, people),
        "did": draw_selection(rng, log),
        "by": by,
        "each": rng.choice(EACH[log]),
        "at_least": rng.randint(1, 3),
    }
    return measure | (
        {"within": "session", "each": "date"} if log == "attendance" and rng.random() < 0.4 else {}
    )


def draw_due(rng: Random) -> dict[str, Any]:
    """Every round that fell due."""
    did = draw_selection(rng, "journals")
    who = draw_population(rng, people=True)
    return {"kind": "reach", "who": who, "did": did, "by": "person", "each": "round", "at_least": "due"}


def draw_list(rng: Random) -> dict[str, Any]:
    log = rng.choice(list(COLUMNS))
    columns = rng.sample(COLUMNS[log], rng.randint(1, 2))
    grouped = {"grouped": True} if rng.random() < 0.5 else {}
    return {"kind": "list", "columns": columns, "of": draw_selection(rng, log), **grouped}


def draw_milestone(rng: Random) -> dict[str, Any]:
    return {"kind": "milestone", "of": draw_selection(rng, rng.choice(list(CONDITIONS)))}


KINDS: dict[str, Callable[[Random], dict[str, Any]]] = {
    "count": draw_count,
    "sum": draw_sum,
    "distinct": draw_distinct,
    "among": draw_among,
    "mean": draw_mean,
    "pooled": draw_pooled,
    "ratio": draw_ratio,
    "rate": draw_rate,
    "reach": draw_reach,
    "due": draw_due,
    "list": draw_list,
    "milestone": draw_milestone,
}
