"""The bilan: last year beside this one, the year in pictures, what was learned and what changes next year."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from prt.figures.evaluate import evaluate
from prt.figures.withholding.published import published
from prt.files.notes import read_sections
from prt.files.plan.next_year import shift_plan
from prt.output.document.editions import edition_for
from prt.output.document.report_document import READERS, Report
from prt.output.renderers.excel import render_excel
from prt.output.report.annexes import annex_breakdowns
from prt.output.report.last_year import LastYear
from tests.conftest import only_in_ci
from tests.project import Prt
from tests.support import evaluation, load, plan, report
from tests.test_report import COUNT, HOURS, POSITIVE, SESSIONS, words
from tests.test_submission import on

HEAD = "id | line | date | title | format | status | participants | respondents | positive\n"
LAST = (
    HEAD
    + """
s1 | 1.1 | 2023-10-16 | One   | half-day | held | 24 | 18 | 16
s2 | 1.1 | 2024-01-20 | Two   | half-day | held | 12 | 10 | 8
"""
)
FEW = (
    HEAD
    + """
s1 | 1.1 | 2023-10-16 | One   | half-day | held | 24 | 3 | 2
"""
)
OTHER = "{kind: count, of: {log: sessions}}"
NEW = "{kind: distinct, column: person, of: {log: requests, where: {role: cda}}}"


def bilan(
    measure: str = COUNT,
    target: str = "{at_least: 10}",
    notes: str = "",
    last: LastYear | None = None,
    **tables: str,
) -> Report:
    found = evaluation(measure, target, "2025-06-30", **({"sessions": SESSIONS} | tables))
    return report(found, "en", annual=True, notes={"en": read_sections(notes)}, last_year=last)


def last_year(measure: str, sessions: str, sent: dt.date | None = None) -> LastYear:
    """The year before, of a plan with one indicator of the same id."""
    this = plan(measure)
    dates = {
        name: getattr(this, name).replace(year=getattr(this, name).year - 1) for name in ("starts", "ends")
    }
    periods = tuple(
        one.replace(
            first=one.first.replace(year=one.first.year - 1),
            last=one.last.replace(year=one.last.year - 1),
            due=one.due.replace(year=one.due.year - 1),
        )
        for one in this.periods
    )
    before = this.replace(year="2023-2024", periods=periods, pace_from=None, rounds=(), **dates)
    found = evaluate(before, load(before, {"sessions": sessions})[0], dt.date(2024, 6, 30))
    return LastYear(published(found, annex_breakdowns(found.plan)), sent)


@pytest.mark.parametrize(
    ("measure", "before", "sessions", "number", "base"),
    [
        (COUNT, COUNT, LAST, "2", ""),
        (POSITIVE, POSITIVE, LAST, "85.7%", "24 of 28"),
        (POSITIVE, POSITIVE, FEW, "x", ""),  # 2 of 3
        (COUNT, OTHER, LAST, "–", "computed otherwise"),
    ],
)
def test_last_year_stands_beside_the_same_indicator(
    measure: str, before: str, sessions: str, number: str, base: str
) -> None:
    found = bilan(
        measure,
        TARGET if measure == POSITIVE else "{at_least: 10}",
        last=last_year(before, sessions),
    )
    line = found.volets[0].lines[0]
    (part,) = line.indicators
    assert part.last_year and (part.last_year.number, part.last_year.base) == (number, base)
    assert found.last_year == "2023-2024" and ("confidential" in line.footnote) == (number == "x")


def test_where_last_year_is_not_known_there_is_no_column() -> None:
    found = bilan()
    assert (found.last_year, found.volets[0].lines[0].indicators[0].last_year) == ("", None)
    assert not any("2023" in text for text in found.periods)


def test_the_column_says_whether_it_was_sent_so() -> None:
    sent = bilan(last=last_year(COUNT, LAST, dt.date(2024, 7, 12))).periods[-1]
    assert sent == "2023-2024: to June 30, 2024, as submitted on July 12, 2024; –: another indicator, or none"
    assert "as it is entered" in bilan(last=last_year(COUNT, LAST)).periods[-1]


TARGET = "{at_least: 75%}"
OF_HOURS = "{kind: sum, column: hours, of: {log: accompaniment}}"
OF_PERSONS = "{kind: sum, column: participants, of: pd}"


@pytest.mark.parametrize(
    ("measure", "target", "first", "last"),
    [
        (COUNT, "{at_least: 10}", ("1.1\u00a0· It", "", "", "", "1", "", "", "1", "1"), "3"),
        (OF_HOURS, "{at_least: 10}", ("1.1\u00a0· It (h)",), "3.75"),
        (OF_PERSONS, "{at_least: 10}", None, ""),
        (POSITIVE, TARGET, None, ""),
    ],
)
def test_months_are_of_what_adds_up_and_tells_nothing_of_persons(
    measure: str, target: str, first: tuple[str, ...] | None, last: str
) -> None:
    found = bilan(measure, target, accompaniment=HOURS)
    assert found.year and found.year.portrait
    months = found.year.portrait.months
    assert (months is None) == (first is None)
    for row in months.table.rows if months else ():
        assert (row[: len(first or ())], row[-1]) == (first, last)


NOTES = """
## Gaps and corrective actions

### 1.1.it

Two halls were closed.

#### What becomes of it

Pursued.

## What we learned

Autumn fills better.

## Adjustments for 2025-2026

Dates are set in June.

### 1.1.it

Eight instead of ten.

### 1.1

Of the line.

### Volet 1.1

Of the volet.
"""


TOOLS = """
title | kind | audience | date       | published
One   | tool | cda      | 2024-09-01 |
Two   | tool | cda      | 2025-02-01 |
Three | tool | cda      | 2025-02-02 |
"""


def test_an_annex_has_the_numbers_of_each_period_in_place_of_a_list() -> None:
    made = bilan("{kind: count, of: {log: tools}}", tools=TOOLS)
    annex = next(one for one in made.annexes if "Tools" in one.title)
    counted, listed = annex.grids
    assert [one.title for one in counted.table.headings] == ["Kind", "P1", "P2", "P3", "Year"]
    assert counted.table.rows == (("Tool", "1", "2", "0", "3"), ("Total", "1", "2", "0", "3"))
    assert listed.retraced and len(listed.table.rows) == 3 and "Report no. 3" in annex.note
    funder = next(one for one in edition_for(made, "funder").annexes if "Tools" in one.title)
    assert funder.grids == (counted,)


def test_hours_have_their_share_of_the_year() -> None:
    made = bilan("{kind: sum, column: hours, of: {log: accompaniment}}", accompaniment=HOURS)
    annex = next(one for one in made.annexes if "Accompaniment" in one.title)
    by_role = next(one.table for one in annex.grids if one.caption == "By role")
    assert by_role.headings[-1].title == "Share of the hours"
    assert [cells[-2:] for cells in by_role.rows] == [("1.75", "46.7%"), ("2", "53.3%"), ("3.75", "100%")]


@pytest.mark.parametrize(
    ("target", "rate"),
    [("{at_least: 6}", "50.0% of the target"), ("{at_least: 3}", "100% of the target"), ("{at_most: 4}", "")],
)
def test_an_amount_has_its_rate_of_the_target(target: str, rate: str) -> None:
    (part,) = bilan(COUNT, target).volets[0].lines[0].indicators
    assert part.expected == rate


def test_what_becomes_of_a_target_stands_beside_its_action() -> None:
    (one,) = bilan(notes=NOTES).brief.concerns
    assert one.action and one.action.text == "Two halls were closed."
    assert one.follow_up and one.follow_up.text == "Pursued."
    assert [cell.number for cell in one.periods] == ["1", "2", "0"]


def test_what_becomes_of_a_target_is_cut_on_the_first_page_and_whole_in_the_results() -> None:
    whole = "Two more workshops will be given each month. " * 6
    made = bilan(notes=f"## Gaps and corrective actions\n\n### 1.1.it\n\nLate.\n\n#### What next\n\n{whole}")
    (one,) = made.brief.concerns
    assert one.cut and one.follow_up and len(one.follow_up.text) < 120
    (part,) = made.volets[0].lines[0].indicators
    assert part.remark and whole.strip() in part.remark.text and "Late." in part.remark.text


def test_what_was_learned_and_what_changes_next_year() -> None:
    found = bilan(notes=NOTES)
    assert found.year and found.year.learned and found.year.learned.text == "Autumn fills better."
    assert found.year.changes == "Adjustments for 2025-2026"
    assert [(one.label, one.standing, one.told.text) for one in found.year.adjustments] == [
        ("", "", "Dates are set in June."),
        ("1.1\u00a0· It", "3 for a target of 10: not met", "Eight instead of ten."),
        ("Line 1.1", "", "Of the line."),
        ("Volet 1.1: Workshops", "", "Of the volet."),
    ]
    line = found.volets[0].lines[0]
    assert (line.narrative, found.volets[0].narrative) == (None, None)


@only_in_ci
def test_a_workbook_has_what_becomes_of_a_target_and_what_changes() -> None:
    found, of = bilan(notes=NOTES), evaluation(COUNT, "{at_least: 10}", sessions=SESSIONS)
    book = load_workbook(io.BytesIO(render_excel(found, words(of, "en"))))
    told = [[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()]
    assert any({"Two halls were closed.", "Pursued."} <= set(row) for row in told)
    assert ["1.1\u00a0· It", "3 for a target of 10: not met", "Eight instead of ten."] in told


def test_the_outlook_of_an_older_file_is_what_changes() -> None:
    found = bilan(notes="## Outlook\n\nMore online.\n")
    assert found.year and [one.told.text for one in found.year.adjustments] == ["More online."]
    assert (found.outlook_told, found.outlook) == (None, None)


def test_a_draft_says_what_is_still_to_be_written() -> None:
    found = bilan()
    assert found.year and found.year.learned and found.year.learned.gap
    assert [one.told.gap for one in found.year.adjustments] == [True]
    assert [one.follow_up and one.follow_up.gap for one in found.brief.concerns] == [True]


def test_who_was_at_a_meeting_is_for_who_retraces_figures() -> None:
    """Of a board it is often one person."""
    meeting = (
        HEAD.replace("positive", "positive | boards")
        + """
m1 | 1.1 | 2024-10-16 | Meeting | meeting | held | | | | EMSB;RSB
"""
    )
    found = bilan(sessions=meeting)
    shown = {}
    for reader in READERS:
        year = edition_for(found, reader).year
        shown[reader] = bool(year and year.portrait and year.portrait.matrix)
    assert shown == {"brief": False, "funder": False, "audit": True}


def test_last_year_is_what_its_last_report_said(prt: Prt) -> None:
    """Rows that were changed since tell nothing: who has both reports has no difference to look at."""
    prt.shorten_plan("1.1.workshops", "4.reports")
    text = (prt.root / "plan" / "2024-2025.yaml").read_text(encoding="utf-8")
    before = shift_plan(text, "2024-2025", "2023-2024", -1, dt.date(2023, 9, 1)).text
    (prt.root / "plan" / "2023-2024.yaml").write_text(before, encoding="utf-8")
    prt.write(
        "sessions", "id,line,date,title,format,status,participants\nw1,1.1,2024-10-16,Now,half-day,held,9\n"
    )
    folder = prt.root / "data" / "2023-2024"
    folder.mkdir()
    head = "id,line,date,title,format,category,status,participants\n"
    rows = [f"w{day},1.1,2023-10-{day},Then {day},half-day,choice,held,20\n" for day in (16, 17, 18)]
    (folder / "sessions.csv").write_text(head + "".join(rows[:2]), encoding="utf-8")
    seen = []
    for sent in (False, True):
        if sent:
            on(
                prt,
                "2024-07-12",
                "submit --annual --year 2023-2024 --on 2024-07-12 --anyway actions,no-data,errors",
            )
            (folder / "sessions.csv").write_text(head + "".join(rows), encoding="utf-8")
        on(prt, "2025-07-12", "report --annual --year 2024-2025 --lang en")
        seen += [line for line in prt.out.splitlines() if line.startswith("| **Workshops delivered")]
    assert [line.split(" | ")[1:3] for line in seen] == [["2", "1"], ["2", "1"]]
    assert "2023-2024: to June 30, 2024, as submitted on July 12, 2024" in prt.out
