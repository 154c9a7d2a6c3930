"""A file with thousands of unknown names is answered at once: a thousand are named, the rest is counted."""

from __future__ import annotations

from pathlib import Path

from prt.files.csv.reader import parse_csv
from prt.files.csv.rows import read_rows
from prt.files.plan.plan import read_plan
from prt.model.cells import Known
from prt.model.records import LOGS
from prt.text import did_you_mean

MINIMAL = Path(__file__).parent / "gallery" / "plan" / "_minimal.yaml"


def test_unknown_columns() -> None:
    header = ",".join(["id", "date", "description", *(f"unknown{number}" for number in range(3_000))])
    _, problems = read_rows(LOGS["updates"], parse_csv(f"{header}\n".encode(), Path(), "u.csv"), Known())
    assert len(problems) == 1_001
    assert problems[-1].what == "2000 more columns are not of updates"


def test_unknown_keys_of_a_plan() -> None:
    keys = "".join(f"unknown{number}: 1\n" for number in range(1_500))
    _, problems = read_plan(MINIMAL.read_bytes() + keys.encode(), "plan.yaml")
    assert len(problems) == 1_001
    assert problems[0].what == "more than 1000 mistakes, 500 of them not named"


def test_no_word_is_like_one_of_thousands_of_letters() -> None:
    assert did_you_mean("workshop" * 10_000, ["workshop" * 10_000]) == ""
