"""A file with thousands of unknown names is answered at once: a thousand are named, the rest is counted; and twice the
people are twice the work."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prt.files.csv.reader import parse_csv
from prt.files.csv.rows import read_rows
from prt.files.plan.plan import read_plan
from prt.files.privacy.personal import Names, without_traces
from prt.model.cells import Known
from prt.model.records import LOGS
from prt.model.rows import Row
from prt.problems import count_problems, first_of_each_kind
from prt.text import did_you_mean
from tests.conftest import only_in_ci
from tests.project import HEADER, Prt

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


def test_the_first_thousand_of_a_kind_are_told_and_all_are_counted() -> None:
    """Case D14."""
    raw = b"id,date,description\n" + b"u1,x,\n" * 1_500
    rows, problems = read_rows(LOGS["updates"], parse_csv(raw, Path(), "u.csv"), Known())
    assert not rows and count_problems(problems) == (1_500 + 1_500 + 1_499, 0)
    assert [one.what for one in problems if one.times > 1] == [
        "500 more lines have the same problem",
        "500 more lines have the same problem",
        "499 more lines have the same problem",
    ]
    assert len(problems) == 3 * 1_001
    assert first_of_each_kind(problems) == problems


def test_the_check_counts_what_it_does_not_tell(prt: Prt) -> None:
    prt.write("updates", "id,date,description\n" + "".join(f"u{one},x,y\n" for one in range(1_500)))
    out = prt("check", code=1)
    assert "… and 1,499 more like it: updates.csv:3, 4, " in out
    assert "have the same problem" not in out  # the number stands below the one that is told
    assert out.endswith("1,500 errors, of 1 kind.\n")
    prt("status")
    assert "1,500 rows are left out of these figures because of errors: prt check" in prt.err
    assert prt("").splitlines()[2] == "  1,500 errors and 0 warnings in the files: prt check"
    assert "1,500 errors" in prt("todo")


def test_of_thousands_of_words_one_is_close_that_differs_by_a_slip() -> None:
    known = [f"p-{one:06}" for one in range(20_000)]
    assert did_you_mean("p-01234x", known) == 'Did you mean "p-012340"?'
    assert did_you_mean("p-0x12345", known) == 'Did you mean "p-012345"?'
    assert did_you_mean("q-x1234x", known) == ""


class Looked(frozenset[str]):
    """Words that may be looked up, and are never gone through."""

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("gone through")


def test_thousands_of_words_are_looked_up_for_each_of_thousands() -> None:
    known = Looked(f"p-{one:06}" for one in range(20_000))
    assert did_you_mean("p-01234x", known) == 'Did you mean "p-012340"?'


class Held(dict[str, Any]):
    """Keys that may be looked up, and are never gone through."""

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("gone through")


def test_thousands_of_names_are_looked_up_in_a_text() -> None:
    names = Names(people=Held())
    for number in range(1_000):
        names.add(f"p-{number}", f"Jo{number} Sample")
    names.add("p-x", "Ann O'Sample")
    assert without_traces("Jo7 Sample came, and O’Sample, Ann.", names) == "[…] came, and […], […]."
    assert without_traces("Nobody came.", names) == "Nobody came."


def test_days_to_come_are_one_kind_of_a_log(prt: Prt) -> None:
    """Also the feedback of a journal whose day is to come, and those beyond the first thousand."""
    rows = "".join(f"j{one},p-{one:04},1,2025-05-01,2025-06-01\n" for one in range(1_200))
    prt.write("journals", "id,person,round,date,feedback_on\n" + rows)
    told = [line for line in prt("check").splitlines() if "journals.csv" in line]
    assert [line for line in told if "still to come" in line or "same problem" in line] == told[:1]
    assert "data/2024-2025/journals.csv:2: warning: date: 1 May 2025 is still to come" in told[0]
    assert "… and 1,199 more like it: journals.csv:3, 4," in told[1]
    listed = json.loads(prt("check --format json"))
    assert [one["what"] for one in listed if one["line"] is None][-1:] == [
        "200 more lines have the same problem"
    ]


@only_in_ci
def test_twice_the_people_are_twice_the_work(prt: Prt, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case D14: cells that are looked at, by commands that say of each person who is missing."""
    looked = Counter[int]()
    look = Row.__getitem__

    def counted(row: Row, column: str) -> object:
        looked[number] += 1
        return look(row, column)

    prt.shorten_plan("4.journals", "1.4a.all-four")
    meetings = [f"w-{one},1.4a,2024-1{one}-01,M{one},meeting,held\n" for one in range(3)]
    prt.write("sessions", "id,line,date,title,format,status\n" + "".join(meetings))
    prt.write("attendance", "id,session,date,person,role,board\nat-1,w-0,2024-10-01,p-000,cda,EMSB\n")
    prt.write("journals", "id,round,person,date\nj-1,1,p-000,2024-11-20\n")
    private = prt.root / "data" / "private"
    private.mkdir(exist_ok=True)
    monkeypatch.setattr(Row, "__getitem__", counted)
    for number in (40, 80):
        ids = [f"p-{one:03}" for one in range(number)]
        text = HEADER + "".join(f"{one},cda,EMSB,,,,,\n" for one in ids)
        (prt.root / "data" / "people.csv").write_text(text, encoding="utf-8")
        text = "id,name,email\n" + "".join(f"{one},Jo Sample {one},{one}@emsb.example\n" for one in ids)
        (private / "names.csv").write_text(text, encoding="utf-8")
        prt("status --as-of 2025-02-14")
        for indicator in ("4.journals", "1.4a.all-four"):
            prt(f"people missing {indicator}")
            prt(f"people missing {indicator} --mail")
        prt("open")
        prt("todo")
    assert looked[40] > 40 and looked[80] < 2.2 * looked[40]
