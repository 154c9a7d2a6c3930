"""The earlier row that a new one is like, by log, and the cells that it lends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from prt.entry.similar import offered_cells, repeated_cells, similar_row
from prt.model.records import LOGS
from tests import support
from tests.hours_lines import read_real_plan

TABLES = {
    "organisations": support.ORGANISATIONS,
    "sessions": """
id  | line | date       | title              | format   | mode      | audience  | category     | focus          | host  | boards    | participants
w-1 | 1.1  | 2024-11-20 | EDI basics         | half-day | online    | clc-teams | outcome-area | back-to-basics | EMSB  | EMSB; RSB | 12
w-2 | 1.1  | 2024-12-05 | Mental health      | full-day | in-person | cdas      | choice       | mental-health  | RSB   | RSB       | 9
w-3 | 1.4a | 2025-01-15 | PLC January        | meeting  | online    | cdas      |              |                |       |           | 30
""",
    "tools": """
id  | date       | kind    | title           | audience | theme   | learning_objective
t-1 | 2024-10-01 | tool    | Planner         | cda      | Plans   |
t-2 | 2024-12-01 | capsule | Reading a graph | clc-team | Numbers | Read one
""",
    "partnerships": """
id   | date       | organisation | event     | level    | new
pa-1 | 2024-10-01 | CHSSN        | contacted | regional |
""",
}


@pytest.mark.parametrize(
    ("log", "values", "row", "cells", "offered"),
    [
        ("sessions", {"line": "1.1"}, "w-2", {"format": "full-day", "mode": "in-person", "audience": "cdas"}, {}),
        ("sessions", {"line": "1.1", "title": "EDI Basic"}, "w-1", {"format": "half-day", "mode": "online", "audience": "clc-teams", "focus": "back-to-basics"}, {"category": "outcome-area"}),
        ("sessions", {"line": "1.1", "title": "Something new"}, "w-2", {"format": "full-day", "mode": "in-person", "audience": "cdas"}, {}),
        ("sessions", {"line": "1.1", "date": dt.date(2024, 12, 4)}, "w-1", {"format": "half-day", "mode": "online", "audience": "clc-teams"}, {}),
        ("sessions", {"line": "1.1", "date": dt.date(2024, 11, 4)}, "w-2", {"format": "full-day", "mode": "in-person", "audience": "cdas"}, {}),
        ("sessions", {"line": "1.4a"}, "w-3", {"format": "meeting", "mode": "online", "audience": "cdas"}, {}),
        ("sessions", {"line": "1.3a"}, None, {}, {}),
        ("sessions", {"title": "EDI basics"}, None, {}, {}),
        ("tools", {"kind": "tool"}, "t-1", {}, {}),
        ("tools", {"kind": "tool", "title": "Planner"}, "t-1", {"audience": "cda", "theme": "Plans"}, {}),
        ("tools", {"kind": "capsule", "title": "Planner"}, "t-2", {}, {}),
        ("partnerships", {"organisation": "CHSSN"}, "pa-1", {"level": "regional"}, {}),
        ("journals", {"round": 1}, None, {}, {}),
    ],
)  # fmt: skip
def test_a_new_row_is_like_an_earlier_one(
    log: str, values: Mapping[str, Any], row: str | None, cells: Mapping[str, str], offered: Mapping[str, str]
) -> None:
    """Who was there and who was the host is of one day: no other lends it. What both are about, one of nearly
    the same title lends."""
    data, problems = support.load(read_real_plan(), TABLES)
    assert problems == []
    found = similar_row(LOGS[log], data.logs[log], values)
    assert (found.id if found else None) == row
    title = values.get("title", "")
    assert (repeated_cells(found, title) if found else {}) == cells
    assert (offered_cells(found, title) if found else {}) == offered


@pytest.mark.parametrize("model", LOGS.values(), ids=str)
def test_no_number_date_or_target_is_lent(model: Any) -> None:
    lent = (*model.repeated, *model.repeated_if_titled)
    assert all(model.column_named(name) for name in (*lent, *model.offered_if_titled))
    of_a_day = {"date", "evidence", "published", "note", "boards", "host", *model.chain, *model.similar}
    kept = {"category", "kind", "new", *of_a_day}
    assert kept.isdisjoint(lent)
    assert of_a_day.isdisjoint(model.offered_if_titled)
