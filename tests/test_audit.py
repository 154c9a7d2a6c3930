"""What only the audit edition shows: where each row stands, what has no document, is left out, was corrected, was sent."""

from __future__ import annotations

import datetime as dt

import pytest

from prt.files.submissions.manifest import Manifest
from prt.model.cells import Known
from prt.model.records import Correction
from prt.model.rows import Row
from prt.output import listings
from prt.output.document.indicator_parts import Behind
from prt.output.document.report_document import Annex, Report, list_texts
from prt.output.numbers import NBSP
from prt.output.report import audit
from prt.output.report.audit import Records
from tests import support
from tests.support import evaluation, report

SESSIONS = """
id  | line | date       | last_day   | title   | format   | status    | participants | answered | positive | evidence
w-1 | 1.1  | 2024-10-16 | 2024-10-17 | One     | half-day |           | 24           | 18       | 16       | lists/one.pdf
w-2 | 1.1  | 2024-11-16 |            | Two     | half-day |           | 20           |          |          |
w-3 | 1.1  | 2024-11-18 |            | Three   | half-day | cancelled |              |          |          |
w-4 | 1.1  | 2024-11-20 |            | Four    | meeting  |           | 9            |          |          |
w-5 | 1.1  | 2025-05-16 |            | Not yet | half-day | planned   |              |          |          |
"""
REQUESTS = "id | date | person | role | board | objective\nr-1 | 2024-10-10 | p-ann | cda | EMSB | skills\n"
CORRECTIONS = """
id  | when             | who   | action   | file                         | row | column   | old | new | why
c-1 | 2024-11-01 10:00 | p-zoe | edited   | data/2024-2025/sessions.csv  | w-1 | positive | 15  | 16  | counted again
c-2 | 2024-11-02 10:00 | p-zoe | edited   | data/2024-2025/sessions.csv  | w-1 | title    | Un  | One |
c-3 | 2024-11-03 10:00 | p-zoe | removed  | data/2024-2025/sessions.csv  | w-9 |          | w-9,1.1,2024-10-01,x,half-day,,4,3 | | a double
c-4 | 2024-11-04 10:00 | p-zoe | edited   | data/2024-2025/requests.csv  | r-1 | role     | cda | principal | no CDA
c-5 | 2024-11-05 10:00 | p-zoe | edited   | data/people.csv              | p-ann | board  | A   | B   | another post
c-6 | some day         | p-zoe | restored | data/2024-2025/sessions.csv  | w-9 |          |     |     | it was
"""
SHARE = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"


def corrections() -> list[Row]:
    found, problems = support.rows(Correction, CORRECTIONS, Known())
    assert not problems
    return found


SENT = Manifest(
    prt="0.1.0",
    year="2024-2025",
    period=1,
    cut_off=dt.date(2024, 11, 30),
    sent_on=dt.date(2024, 12, 13),
    frozen_on=dt.date(2024, 12, 13),
    languages=("fr",),
    rows="7f3a91c02be4d05a" + "0" * 48,
    files={"plan/2024-2025.yaml": "0"},
)


@pytest.fixture(scope="module")
def made() -> Report:
    again = SENT.replace(number=1, revision=2, why="late rows")
    found = evaluation(SHARE, cut_off="2025-03-31", sessions=SESSIONS, requests=REQUESTS)
    return report(found, "en", records=Records(corrections(), [again, SENT]))


def annex(made: Report, title: str) -> Annex:
    (found,) = (one for one in made.annexes if one.title.endswith(f": {title}"))
    return found


def lines(made: Report, title: str) -> list[tuple[str, ...]]:
    return [plain(row) for grid in annex(made, title).grids for row in grid.table.rows]


def plain(row: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text.replace(NBSP, " ") for text in row)


def test_each_row_of_a_total_has_its_id_its_days_its_document_and_its_place(made: Report) -> None:
    behind: Behind = made.volets[0].lines[0].indicators[0].behind
    (grid,) = behind.grids
    row = dict(zip((one.key for one in grid.table.headings), plain(grid.table.rows[0]), strict=True))
    assert (row["id"], row["day"], row["date"]) == ("w-1", "Oct. 17, 2024", "Oct. 16, 2024")
    assert (row["evidence"], row["place"]) == ("lists/one.pdf", "sessions.csv:2")


def test_rows_that_count_and_name_no_document(made: Report) -> None:
    found = evaluation("{kind: count, of: pd}", cut_off="2025-03-31", sessions=SESSIONS, requests=REQUESTS)
    counted = report(found, "en")
    title = "Entries without a document"
    assert lines(counted, title) == [("w-2", "Nov. 16, 2024", "Two", "sessions.csv:3")]
    assert annex(counted, title).note.startswith("1 of 2 entries that count names no document.")
    assert lines(made, title) == []


def test_rows_beyond_a_limit_are_counted_and_told_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (listings, audit):
        monkeypatch.setattr(module, "MOST_LISTED", 1)
    found = evaluation("{kind: count, of: pd}", cut_off="2025-03-31", sessions=SESSIONS, requests=REQUESTS)
    made = report(found, "en")
    behind = made.volets[0].lines[0].indicators[0].behind
    (grid,), (left_out,) = behind.grids, annex(made, "Entries left out").grids
    assert behind.says == "2 entries behind this figure"
    assert [row[0] for row in grid.table.rows] == ["w-1"] and [row[0] for row in left_out.table.rows] == [
        "w-3"
    ]
    more = "The first 1 are listed; 1 more, of"
    assert grid.note == f"{more} November 16, 2024: prt explain 1.1.it --as-of 2025-03-31 --all"
    assert left_out.note == f"{more} November 20, 2024: prt list workshop"
    assert "2 entries count in no indicator" in annex(made, "Entries left out").note


def test_rows_left_out_up_to_the_cut_off_each_with_its_reason(made: Report) -> None:
    assert [(row[0], row[3]) for row in lines(made, "Entries left out")] == [
        ("w-2", "1.1 · It: empty: positive answers"),
        ("w-3", "cancelled"),
        ("w-4", "no indicator counts it"),
    ]


def test_corrections_without_numbers_of_people_and_of_no_person(made: Report) -> None:
    """Nor the line of a row that was removed, which has them all."""
    assert [(row[0], *row[2:]) for row in lines(made, "Corrections")] == [
        ("Nov. 1, 2024", "w-1", "positive answers", "“counted again”"),
        ("Nov. 2, 2024", "w-1", "title: Un → One", "no reason recorded"),
        ("Nov. 3, 2024", "w-9", "entry removed", "“a double”"),
        ("some day", "w-9", "entry restored", "“it was”"),
    ]


def test_reports_that_were_sent_in_their_order(made: Report) -> None:
    rows = lines(made, "Reports submitted")
    assert rows[0] == (
        "Progress report no. 1",
        "Dec. 13, 2024",
        "Nov. 30, 2024",
        "7F3A-91C0-2BE4-D05A",
        "1",
        "0.1.0",
    )
    assert [row[0] for row in rows[1:]] == ["Progress report no. 1 (correction 1)"]


def test_nobody_is_in_it(made: Report) -> None:
    texts = "\n".join(list_texts(made))
    assert not any(name in texts for name in ("p-ann", "p-zoe", "r-1", "no CDA", "another post"))


@pytest.mark.parametrize("reader", ["funder", "brief"])
def test_the_other_editions_have_none_of_it(reader: str) -> None:
    found = evaluation(SHARE, cut_off="2025-03-31", sessions=SESSIONS)
    other = report(found, "en", reader=reader, records=Records(corrections(), [SENT]))
    texts = "\n".join(list_texts(other))
    assert not any(
        text in texts for text in ("sessions.csv:", "w-1", "counted again", "7F3A", "lists/one.pdf")
    )
