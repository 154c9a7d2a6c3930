"""The earlier row that a new one is like, by log, and the cells that it lends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from prt.entry.similar import repeated_cells, similar_row
from prt.model.records import LOGS
from tests import support
from tests.hours_lines import read_real_plan

TABLES = {
    "organisations": support.ORGANISATIONS,
    "sessions": """
id  | line | date       | title              | format   | mode      | audience  | category     | participants
w-1 | 1.1  | 2024-11-20 | EDI basics         | half-day | online    | clc-teams | outcome-area | 12
w-2 | 1.1  | 2024-12-05 | Mental health      | full-day | in-person | cdas      | choice       | 9
w-3 | 1.4a | 2025-01-15 | PLC January        | meeting  | online    | cdas      |              | 30
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
    ("log", "values", "row", "cells"),
    [
        ("sessions", {"line": "1.1"}, "w-2", {"format": "full-day", "mode": "in-person", "audience": "cdas"}),
        ("sessions", {"line": "1.1", "title": "EDI Basic"}, "w-1", {"format": "half-day", "mode": "online", "audience": "clc-teams"}),
        ("sessions", {"line": "1.1", "title": "Something new"}, "w-2", {"format": "full-day", "mode": "in-person", "audience": "cdas"}),
        ("sessions", {"line": "1.1", "date": dt.date(2024, 12, 4)}, "w-1", {"format": "half-day", "mode": "online", "audience": "clc-teams"}),
        ("sessions", {"line": "1.1", "date": dt.date(2024, 11, 4)}, "w-2", {"format": "full-day", "mode": "in-person", "audience": "cdas"}),
        ("sessions", {"line": "1.4a"}, "w-3", {"format": "meeting", "mode": "online", "audience": "cdas"}),
        ("sessions", {"line": "1.3a"}, None, {}),
        ("sessions", {"title": "EDI basics"}, None, {}),
        ("tools", {"kind": "tool"}, "t-1", {"audience": "cda", "theme": "Plans"}),
        ("tools", {"kind": "capsule", "title": "Planner"}, "t-2", {"audience": "clc-team", "theme": "Numbers"}),
        ("partnerships", {"organisation": "CHSSN"}, "pa-1", {"level": "regional"}),
        ("journals", {"round": 1}, None, {}),
    ],
)  # fmt: skip
def test_a_new_row_is_like_an_earlier_one(
    log: str, values: Mapping[str, Any], row: str | None, cells: Mapping[str, str]
) -> None:
    data, problems = support.load(read_real_plan(), TABLES)
    assert problems == []
    found = similar_row(LOGS[log], data.logs[log], values)
    assert (found.id if found else None) == row
    assert (repeated_cells(found) if found else {}) == cells


@pytest.mark.parametrize("model", LOGS.values(), ids=str)
def test_no_number_date_or_target_is_lent(model: Any) -> None:
    columns = [model.column_named(name) for name in model.repeated]
    assert all(columns)
    kept = {"date", "category", "kind", "new", "evidence", "published", "note", *model.chain, *model.similar}
    assert kept.isdisjoint(model.repeated)
