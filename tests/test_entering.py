"""Many rows entered at once come to what each comes to by itself: the same cells, values and mistakes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prt.files.project import Project, Year
from prt.model.records import LOGS
from prt.model.rows import Entry
from prt.tasks.entry.log_rows import complete_entry
from prt.tasks.entry.many_rows import Entering
from tests.conftest import some
from tests.project import HEADER, make_project

TODAY = dt.date(2025, 2, 14)
PEOPLE = """\
p-2222,cda,EMSB,,,,,
p-3333,cda,RSB,,,2024-12-31,,
p-3333,principal,ETSB,,2024-10-01,,,
p-4444,prt-staff,,,,,,
"""
SESSION = 'id,line,date,title,format,audience\nw-20241016-2222,1.1,2024-10-16,"Basics",full-day,students\n'
REQUEST = "id,date,role,board,objective\nr-20241016-2222,2024-10-16,cda,EMSB,skills\n"
TEXTS = {
    "date": ["2024-10-16", "2025-03-01", "yesterday", "oct 16", "03/04/2025", "2024-02-30", " "],
    "last_day": ["2024-10-17", "2024-10-01"],
    "session": ["w-20241016-2222", "w-20241016-2223"],
    "request": ["r-20241016-2222", "r-20241016-2223"],
    "person": ["p-2222", "p-3333", "p-4444", "p-5555", "Kim Example"],
    "staff": ["p-4444", "p-5555"],
    "role": ["cda", "ADC", "principal", "nobody"],
    "board": ["EMSB", "English Montréal", "XQ"],
    "boards": ["all", "EMSB; RSB", "XQ"],
    "line": ["1.1", "1,1", "9.9"],
    "format": ["half day", "long"],
    "objective": ["skills", "nothing"],
    "hours": ["1,5", "1h30", "20 min", "25", "0"],
    "minutes": ["90", "1h30", "much"],
    "round": ["1", "9"],
    "period": ["2", "9"],
    "participants": ["24", "1,400"],
    "note": ["a visit", " a visit ", "<<<<<<< ours", "\x07", "a\nb"],
}

RIGHT = {
    "accompaniment": {"date": "2024-10-16", "person": "p-2222", "objective": "skills", "hours": "1,5"},
    "requests": {"date": "oct 16", "role": "ADC", "board": "English Montréal", "objective": "skills"},
    "attendance": {"session": "w-20241016-2222", "date": "2024-10-16", "role": "cda", "board": "EMSB"},
    "sessions": {
        "line": "1.1",
        "date": "2024-10-16",
        "title": "Basics",
        "format": "half day",
        "boards": "all",
    },
    "journals": {"round": "1", "person": "p-2222", "date": "2024-11-20"},
    "deliverables": {"kind": "action-plan", "title": "Plan 2", "period": "2", "date": "2025-04-10"},
}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    root = make_project(tmp_path_factory.mktemp("year") / "project")
    (root / "data" / "people.csv").write_text(HEADER + PEOPLE, encoding="utf-8")
    (root / "data" / "2024-2025").mkdir()
    (root / "data" / "2024-2025" / "sessions.csv").write_text(SESSION, encoding="utf-8")
    (root / "data" / "2024-2025" / "requests.csv").write_text(REQUEST, encoding="utf-8")
    project = Project(root, root / "data" / "private")
    return project.load(Path(project.plan_paths[0]))


def said(entry: Entry) -> tuple[Any, ...]:
    mistakes = [(name, mistake.what, mistake.remedy) for name, mistake in entry.mistakes]
    return entry.cells, entry.row.values, mistakes


def changed(cells: dict[str, str]) -> st.SearchStrategy[dict[str, str]]:
    """The cells with others in a few columns, right or wrong, or left out."""
    columns = [name for name in (*cells, "last_day", "person", "request", "note", "staff") if name in TEXTS]
    cell = st.sampled_from(columns).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from([*TEXTS[name], ""]))
    )
    return st.lists(cell, max_size=2).map(lambda pairs: {**cells, **dict(pairs)})


def known_to(log: str, cells: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in cells.items() if text and LOGS[log].column_named(name)}


@pytest.mark.parametrize("log", some(RIGHT, 2))
@settings(max_examples=settings().max_examples // 6)  # of each log
@given(data=st.data(), me=st.sampled_from([None, "p-4444"]))
def test_rows_entered_together_come_to_what_each_comes_to(
    year: Year, log: str, data: st.DataObject, me: str | None
) -> None:
    entering = Entering(LOGS[log], year, TODAY, me)
    drawn = data.draw(st.lists(changed(RIGHT[log]), min_size=1, max_size=8))
    rows = [known_to(log, cells) for cells in drawn]
    expected = [said(complete_entry(LOGS[log], cells, year, TODAY, me)) for cells in rows]
    assert [said(entering.entered(cells)) for cells in rows] == expected
    columns = {name: [cells.get(name, "") for cells in rows] for name in {*RIGHT[log]}.union(*rows)}
    table = entering.entered_together(columns, ["a.csv"] * len(rows), range(len(rows)))
    assert list(map(said, table.entries())) == expected
    assert [(row.file, row.line) for row in table.rows] == [("a.csv", at) for at in range(len(rows))]


@pytest.mark.parametrize("log", RIGHT)
def test_a_right_row_is_not_looked_at_twice(year: Year, log: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entering = Entering(LOGS[log], year, TODAY, "p-4444")
    monkeypatch.setattr("prt.tasks.entry.many_rows.complete_entry", None)
    assert not entering.entered(RIGHT[log]).mistakes
