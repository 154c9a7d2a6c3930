"""Revised results: what was sent against the same window of today, to the row; nothing else is in it."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prt.figures.evaluate import evaluate
from prt.figures.plan_diff.amendments import unexplained_changes
from prt.figures.restatement.compare import Comparison, Earlier, compare, turns, way
from prt.figures.restatement.row_changes import RowChange, Unread, recorded_since, row_changes
from prt.figures.status import Word
from prt.files.plan.plan import read_plan
from prt.model.cells import Known
from prt.model.plan import Amendment, Plan
from prt.model.records import Correction
from prt.model.text import LANGUAGES, Language, Text
from prt.model.view import Data
from prt.output.report.revised import Revising, revision_lines
from prt.output.status_json import drifted_figures, status_json
from prt.output.words import Words
from prt.problems import Place, Problem
from prt.text import wrap_text
from tests import support
from tests.conftest import FULL, only_in_ci, some
from tests.project import EACH_LINE, Prt
from tests.support import report

CUT_OFF = dt.date(2024, 11, 30)
SESSIONS = """
id | line | date       | title | format   | category | status  | participants | respondents | positive
w1 | 1.1  | 2024-10-16 | One   | full-day | a        | held    | 20           | 8           | 6
w2 | 1.1  | 2024-11-20 | Two   | half-day | b        | held    | 10           | 6           | 5
w3 | 1.1  | 2025-02-03 | Three | half-day | b        | held    | 12           |             |
"""
COUNT = "{kind: count, of: pd}"
RATIO = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"
LATE = "w9 | 1.1 | 2024-11-21 | Nine | half-day | a | held | 15 | 9 | 9\n"


def data(plan: Plan, tables: Mapping[str, str]) -> Data:
    found, problems = support.load(plan, tables)
    assert not [problem for problem in problems if problem.severity == "error"]
    return found


def compared(
    before: Mapping[str, str],
    after: Mapping[str, str],
    measure: str = COUNT,
    target: str = "null",
    now: tuple[str, str] | None = None,
    corrections: str = "",
    known: str = "",
    unread: Unread | None = None,
) -> Comparison:
    """The small plan with one indicator over two sets of tables; `now` is today's (measure, target).

    `known` are the corrections that the frozen folder has.
    """
    plan, today = support.plan(measure, target), support.plan(*(now or (measure, target)))
    sent = evaluate(plan, data(plan, before), CUT_OFF)
    notes, old = (support.rows(Correction, text, Known())[0] for text in (corrections, known))
    return compare(sent, today, data(today, after), recorded_since(notes, old), unread)


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


def said(found: Comparison, language: Language = "en") -> list[str]:
    """What the team reads, one text for each indicator."""
    words = Words(language, found.now.plan, found.now.data.organisations)
    text = "\n".join(revision_lines(found.revisions, Revising(found, words)))
    return text.replace("\n    ", "; ").splitlines()


@pytest.mark.parametrize(
    ("measure", "old", "new", "text"),
    [
        (COUNT, "", "", None),
        (COUNT, "w3 ", LATE + "w3 ", "1.1.it  P1: 2 → 3; entered since: w9 (Nine)"),
        (COUNT, "w2 | 1.1 ", "w2 | 1.4a", "1.1.it  P1: 2 → 1; corrected: w2 (Two; line: 1.1 → 1.4a; no reason recorded)\n1.4a.meetings  P1: 0 → 1; corrected: w2 (Two; line: 1.1 → 1.4a; no reason recorded)"),
        (COUNT, "2024-11-20", "2024-12-01", "1.1.it  P1: 2 → 1; corrected: w2 (Two; date: 20 Nov 2024 → 1 Dec 2024; no reason recorded)"),
        (COUNT, "| b        | held    | 10 ", "| b        | planned | 10 ", "1.1.it  P1: 2 → 1; corrected: w2 (Two; state: held → planned; no reason recorded)"),
        (COUNT, "| 6           | 5", "| 9           | 4", None),
        (COUNT, "| Two ", "| 2 ", None),
        (COUNT, "w3 | 1.1 ", "w3 | 1.4a", None),
        (RATIO, "| 6           | 5", "| 9           | 4", "1.1.it  P1: 78.6% (11 of 14) → 58.8% (10 of 17); corrected: w2 (Two; respondents: 6 → 9; positive answers: 5 → 4; no reason recorded)"),
        (RATIO, "| 20           |", "| 25           |", None),
    ],
)  # fmt: skip
def test_one_row_is_another(measure: str, old: str, new: str, text: str | None) -> None:
    found = compared({"sessions": SESSIONS}, {"sessions": changed(SESSIONS, old, new)}, measure)
    assert said(found) == (text.splitlines() if text else [])


def test_a_list_that_is_printed_as_it_was_sent_is_not_revised() -> None:
    """As in the next report: three rows of other categories are still two of them."""
    rows = LATE.replace("| a ", "| b ") + "w3 "
    categories = "{kind: list, columns: [category], of: pd, grouped: true}"
    found = compared({"sessions": SESSIONS}, {"sessions": changed(SESSIONS, "w3 ", rows)}, categories)
    saying = Revising(found, Words("en", found.now.plan, found.now.data.organisations))
    assert len(found.revisions) == 1 and not saying.printed() and not saying.table().rows


CORRECTIONS = """
id | when       | action  | file         | row | column   | old | new | why
c1 | 2025-01-02 | removed | sessions.csv | w1  |          | …   |     | never took place
c2 | 2025-01-02 | edited  | sessions.csv | w2  | positive | 5   | 3   | miscounted
c3 | 2025-01-03 | edited  | sessions.csv | w2  | positive | 3   | 4   | counted again
c4 | 2025-01-03 | edited  | sessions.csv | w2  | note     |     | x   | not about this
"""


SEATS = """
id  | session | date       | person | role | board
at1 | w1      | 2024-10-16 | p-aaaa | cda  | EMSB
at2 | w1      | 2024-10-16 | p-bbbb | cda  | EMSB
"""
UNNAMED = "at4 | w1 | 2024-10-16 | | cda | EMSB\n"
AGAIN = "at3 | w2 | 2024-11-20 | p-aaaa | cda | EMSB\n"
CAME_TWICE = (
    "{kind: reach, who: {anyone_in: {log: attendance}, by: person}, did: {log: attendance}, by: person, "
    "each: session.series, at_least: 2}"
)
HELPED = """
id | date       | staff  | kind    | hours | role | board | person | objective
c1 | 2024-10-10 | p-staf | contact | 1     | cda  | EMSB  | p-aaaa | skills
"""
WORKED_WITH = (
    "{kind: distinct, column: board, of: {log: accompaniment}, split_by: [kind], "
    "among: {anyone_in: {log: attendance}, by: board}}"
)


def test_a_row_that_moved_nothing_is_no_reason() -> None:
    tables = {"sessions": SESSIONS, "attendance": SEATS}
    later = {"sessions": SESSIONS, "attendance": SEATS + AGAIN + UNNAMED}
    found = compared(tables, later, CAME_TWICE).of("1.1.it")
    assert found is not None and [one.row.id for one in found.changes] == ["at3"]


def test_a_population_of_rows_of_another_log_has_no_breakdown() -> None:
    """Its rows lack the columns of the measure."""
    tables = {"sessions": SESSIONS, "attendance": SEATS, "accompaniment": HELPED}
    other = SEATS + UNNAMED.replace("EMSB", "RSB")
    found = compared(tables, tables | {"attendance": other}, WORKED_WITH).of("1.1.it")
    assert found is not None and [one.row.id for one in found.changes] == ["at4"]


def test_reasons_come_from_the_corrections() -> None:
    after = changed(SESSIONS, "| 6           | 5", "| 6           | 4").replace(
        SESSIONS.splitlines()[2] + "\n", ""
    )
    found = compared({"sessions": SESSIONS}, {"sessions": after}, RATIO, corrections=CORRECTIONS)
    [text] = said(found)
    assert "corrected: w2 (Two; positive answers: 5 → 4; “counted again”)" in text
    assert "removed: w1 (One; “never took place”)" in text
    assert said(found, "fr")[0].endswith("entrée retirée\u00a0: w1 (One; «\u00a0never took place\u00a0»)")


def test_a_reason_that_was_recorded_before_explains_an_earlier_change() -> None:
    after = changed(SESSIONS, "| 6           | 5", "| 6           | 4")
    before = {"sessions": SESSIONS}
    told = compared(before, {"sessions": after}, RATIO, corrections=CORRECTIONS, known=CORRECTIONS)
    assert said(told)[0].endswith("corrected: w2 (Two; positive answers: 5 → 4; no reason recorded)")


def test_a_figure_that_stays_is_not_in_it_although_its_rows_changed() -> None:
    after = changed(SESSIONS, "w2 |", "w8 |")
    assert compared({"sessions": SESSIONS}, {"sessions": after}).revisions == ()


@pytest.mark.parametrize(
    ("before", "after", "flags"),
    [
        ((COUNT, "{at_least: 4}"), (COUNT, "{at_least: 3}"), "target"),
        ((COUNT, "{at_least: 4}"), (COUNT, "{at_least: 4, by: {1: 2}}"), "target"),
        ((COUNT, "{at_least: 4}"), (COUNT, "{at_least: 4, says: four workshops}"), ""),
        ((COUNT, "{at_least: 4}"), (COUNT, "null"), "target"),
        ((COUNT, "null"), ("{kind: count, of: pd, split_by: [category]}", "null"), ""),
        ((COUNT, "null"), ("{kind: distinct, column: title, of: pd}", "null"), "measure"),
        ((COUNT, "null"), ("{kind: count, of: {selection: pd, where: {format: full-day}}}", "null"), "measure"),
        ((COUNT, "null"), ('{kind: count, of: {log: sessions, where: {format: [half-day, full-day], line: "1.1"}}}', "null"), ""),
    ],
)  # fmt: skip
def test_the_plan_is_another(before: tuple[str, str], after: tuple[str, str], flags: str) -> None:
    tables = {"sessions": SESSIONS}
    found = compared(tables, tables, *before, now=after)
    names = [name for one in found.revisions for name in ("target", "measure", "rules") if getattr(one, name)]
    assert " ".join(names) == flags


def test_thresholds_that_change_are_said_where_a_status_follows() -> None:
    plan = support.plan(COUNT, "{at_least: 10}")
    strict = plan.replace(status=plan.status.replace(at_risk=Fraction(0), on_track=Fraction(0)))
    rows = data(plan, {"sessions": SESSIONS})
    [one] = compare(evaluate(plan, rows, CUT_OFF), strict, rows, ()).revisions
    assert (one.shifts, one.rules, one.turned) == ((), True, True)
    many = plan.replace(privacy=plan.privacy.replace(minimum_minutes=31))
    assert compare(evaluate(plan, rows, CUT_OFF), many, rows, ()).revisions == ()


def test_a_new_label_revises_nothing() -> None:
    """Labels are ours, not the funder's phrases."""
    text = support.PLAN.format(measure=COUNT, target="{at_least: 4}")
    plan, _ = read_plan(text.encode(), "plan.yaml")
    other, _ = read_plan(changed(text, "fr: Ceci", "fr: Tout autre chose").encode(), "plan.yaml")
    assert plan and other and plan != other
    rows = data(plan, {"sessions": SESSIONS})
    found = compare(evaluate(plan, rows, CUT_OFF), other, rows, ())
    assert (found.revisions, list(turns(found.sent, found.now))) == ((), [])
    assert list(unexplained_changes(plan, other, "report 1", CUT_OFF)) == []


def test_an_indicator_that_is_gone() -> None:
    plan = support.plan(COUNT, "{at_least: 10}")
    less = plan.replace(volets=tuple(one.replace(lines=one.lines[1:]) for one in plan.volets))
    rows = data(plan, {"sessions": SESSIONS})
    found = compare(evaluate(plan, rows, CUT_OFF), less, rows, ())
    assert said(found) == ["1.1.it  P1: 2 → –; the plan no longer has this indicator"]


ATTENDANCE = """
id  | session | date       | person | role | board
at1 | w2      | 2024-11-20 | p-aaaa | cda  | EMSB
at2 | w2      | 2024-11-20 | p-bbbb | cda  | RSB
"""
PRESENT = "w2 | 1.1  | 2024-11-20 | Two   | half-day | b        | held    | 10           |"
DERIVED = changed(SESSIONS, PRESENT, PRESENT.replace("10 ", "   "))
PARTICIPANTS = "{kind: sum, column: participants, of: pd}"
PEOPLE = """
id     | role | board | start      | end
p-aaaa | cda  | EMSB  | 2024-08-01 |
p-bbbb | cda  | RSB   | 2024-08-01 |
"""
REACH = "{kind: reach, who: {people: {role: cda}}, did: {log: attendance, where: {session.line: '1.1'}}, by: person, each: session.series, at_least: 1}"


def test_a_cell_that_comes_from_other_rows_is_theirs() -> None:
    before = {"sessions": DERIVED, "attendance": ATTENDANCE}
    after = before | {"attendance": ATTENDANCE + "at3 | w2 | 2024-11-20 | p-cccc | cda | RSB\n"}
    assert said(compared(before, after, PARTICIPANTS)) == ["1.1.it  P1: 22 → 23; entered since: at3"]


ANSWERS = """
id  | session | response | answer | positive
fb1 | w2      | 1        | Good   | yes
fb2 | w2      | 2        | Good   | yes
fb3 | w1      | 1        | Fine   | no
"""
FILLED = """
id | line | date       | title | format
w1 | 1.1  | 2024-10-16 | One   | full-day
w2 | 1.1  | 2024-11-20 | Two   | half-day
w3 | 1.1  | 2025-02-03 | Three | half-day
"""
ROSTER = """
id     | role      | board | start      | end
p-aaaa | principal | EMSB  | 2024-08-01 |
"""


@pytest.mark.parametrize(
    ("measure", "log", "old", "new", "why"),
    [
        (RATIO, "feedback", "2        | Good   | yes", "2        | Good   | no", "corrected: fb2 (positive answers: yes → no; no reason recorded)"),
        (RATIO, "feedback", "fb2 | w2      | 2", "fb2 | w2      | 1", "corrected: fb2 (form: 2 → 1; no reason recorded)"),
        (RATIO, "feedback", "fb2 | w2", "fb2 | w3", "corrected: fb2 (session: w2 → w3; no reason recorded)"),
        (RATIO, "feedback", "fb2 | w2      | 2        | Good", "fb2 | w2      | 2        | Very", None),
        (RATIO, "feedback", "fb3", "fb4 | w2 | 3 | Bad | no\nfb3", "entered since: fb4"),
        (PARTICIPANTS, "feedback", "2        | Good   | yes", "2        | Good   | no", None),
        (PARTICIPANTS, "attendance", "at2 | w2", "at2 | w3", "corrected: at2 (session: w2 → w3; no reason recorded)"),
        (PARTICIPANTS, "attendance", "at2 | w2      | 2024-11-20 | p-bbbb", "at2 | w2      | 2024-11-20 | p-aaaa", "corrected: at2 (person; no reason recorded)"),
        (PARTICIPANTS, "attendance", "p-bbbb | cda  | RSB", "p-bbbb | cda  | EMSB", None),
        (PARTICIPANTS, "people", "principal", "prt-staff", "corrected: p-aaaa (role: principal → staff of the team; no reason recorded)"),
    ],
)  # fmt: skip
def test_the_row_behind_a_cell_of_a_session(
    measure: str, log: str, old: str, new: str, why: str | None
) -> None:
    before = {"sessions": FILLED, "attendance": ATTENDANCE, "feedback": ANSWERS, "people": ROSTER}
    found = said(compared(before, before | {log: changed(before[log], old, new)}, measure))
    assert [line.partition("; ")[2] for line in found] == ([why] if why else [])


TWO = """
id | line | date       | title | format   | category | status  | participants | respondents | positive
w1 | 1.1  | 2024-10-17 | Uno   | full-day | a        | held    | 20           | 8           | 6
w2 | 1.1  | 2024-11-20 | Two   | half-day | b        | held    | 10           | 6           | 4
"""


def test_a_correction_that_moves_nothing_is_not_a_reason_when_another_does() -> None:
    [text] = said(compared({"sessions": SESSIONS}, {"sessions": TWO}, RATIO))
    assert text.endswith("; corrected: w2 (Two; positive answers: 5 → 4; no reason recorded)")


def test_a_row_that_cannot_be_read_any_more_is_not_removed() -> None:
    problem = Problem(Place("sessions.csv", 3, path="positive"), '"five" is not a whole number')
    after = changed(SESSIONS, SESSIONS.splitlines()[3] + "\n", "")
    found = compared({"sessions": SESSIONS}, {"sessions": after}, unread={("sessions", "w2"): problem})
    assert said(found) == [
        '1.1.it  P1: 2 → 1; cannot be read any more: w2 (Two; sessions.csv:3: "five" is not a whole number)'
    ]


def test_what_ends_no_data_is_named_although_it_does_not_count() -> None:
    tools = "id | date | kind | title | audience\nt1 | 2024-10-02 | tool | Kit | cda\n"
    measure = "{kind: count, of: {log: tools, where: {kind: vignette}}}"
    [text] = said(compared({}, {"tools": tools}, measure))
    assert text == "1.1.it  P1: no data → 0; entered since: t1 (Kit)"


def test_an_amendment_that_was_sent_explains_an_earlier_change() -> None:
    reason = Text(en="Two boards withdrew", fr="Two boards withdrew")
    old = Amendment(date=dt.date(2024, 11, 1), what=("1.1.it",), why=reason, approved_by="DSREA")
    new = old.replace(why=Text(en="A third one", fr="Une troisième"))
    plan, today = support.plan(COUNT, "{at_least: 4}"), support.plan(COUNT, "{at_least: 3}")
    rows = data(plan, {"sessions": SESSIONS})
    sent = evaluate(plan.replace(amendments=(old,)), rows, CUT_OFF)
    for entries, why in [
        ((old,), "the target changed in the plan"),
        ((old, new), "the target changed in the plan: A third one"),
    ]:
        found = compare(sent, today.replace(amendments=entries), rows, ())
        assert said(found)[0].endswith(f"; {why}")


def test_rows_that_came_with_their_session_are_not_named_one_by_one() -> None:
    before = {"sessions": changed(DERIVED, DERIVED.splitlines()[3] + "\n", "")}
    after = {"sessions": DERIVED, "attendance": ATTENDANCE}
    assert said(compared(before, after, PARTICIPANTS)) == ["1.1.it  P1: 20 → 22; entered since: w2 (Two)"]


def test_a_session_that_moved_took_its_people_with_it() -> None:
    before = {"sessions": DERIVED, "attendance": ATTENDANCE, "people": PEOPLE}
    after = before | {"sessions": changed(DERIVED, "w2 | 1.1 ", "w2 | 1.4a")}
    text = said(compared(before, after, REACH))[0]
    assert "corrected: w2 (Two; line: 1.1 → 1.4a" in text


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("p-bbbb |", "p-cccc | cda | RSB | 2024-08-01 |\np-bbbb |", "entered since: p-cccc"),
        ("2024-08-01 |\np-bbbb", "2024-08-01 | 2024-10-01\np-bbbb", "corrected: p-aaaa (last day in post: empty → 1 Oct 2024"),
        ("RSB   | 2024-08-01 |", "RSB   | 2024-08-02 |", None),
    ],
)  # fmt: skip
def test_a_population_that_is_another(old: str, new: str, why: str | None) -> None:
    before = {"sessions": SESSIONS, "attendance": ATTENDANCE, "people": PEOPLE}
    found = said(compared(before, before | {"people": changed(PEOPLE, old, new)}, REACH))
    assert why in found[0] if why else not found


@pytest.mark.parametrize(("few", "shown"), [("3", "P1: x"), ("8", "P1: 75.0% (6 of 8)")])
def test_a_report_withholds_small_groups_here_too(few: str, shown: str) -> None:
    one = "id | line | date | title | format | participants | respondents | positive\n"
    before = f"{one}w1 | 1.1 | 2024-10-16 | One | full-day | 20 | {few} | {int(few) * 3 // 4}\n"
    after = f"{before}w2 | 1.1 | 2024-11-16 | Two | full-day | 20 | 10 | 9\n"
    found = compared({"sessions": before}, {"sessions": after}, RATIO)
    earlier = Earlier(1, False, 1, dt.date(2024, 12, 13), found)
    [part] = report(evaluate(found.now.plan, found.now.data, CUT_OFF), "en", earlier=[earlier]).revised
    assert part.grid is not None
    assert part.grid.table.rows[0][1].startswith(f"1.1\u00a0· It, {shown} → ")


HOURS = """
id | date       | staff  | hours | person | role | board | objective
a1 | 2024-10-01 | p-k7k2 | 1.5   | p-aaaa | cda  | EMSB  | skills
a2 | 2024-10-02 | p-k7k2 | 2     | p-bbbb | cda  | RSB   | skills
"""
TWICE = """
id | when       | action  | file              | row | column | old | new | why
c1 | 2025-01-02 | removed | accompaniment.csv | a2  |        | …   |     | entered twice
"""


def test_a_report_has_the_reasons_of_rows_about_persons_but_not_the_rows() -> None:
    after = changed(HOURS, HOURS.splitlines()[3] + "\n", "")
    measure = "{kind: sum, column: hours, of: {log: accompaniment}}"
    found = compared({"accompaniment": HOURS}, {"accompaniment": after}, measure, corrections=TWICE)
    earlier = Earlier(1, False, 1, dt.date(2024, 12, 13), found)
    [part] = report(evaluate(found.now.plan, found.now.data, CUT_OFF), "fr", earlier=[earlier]).revised
    assert part.grid is not None
    why = part.grid.table.rows[0][0]
    assert why.endswith("(1; «\u00a0entered twice\u00a0»)") and "a2" not in why


def test_long_lines_end_between_words() -> None:
    line = "    2 corrected: w1 (Ateliers\u00a0: un; participants: 19 → 21), w2 (no reason recorded)"
    assert wrap_text(line, 40) == [
        "    2 corrected: w1 (Ateliers\u00a0: un;",
        "        participants: 19 → 21), w2 (no",
        "        reason recorded)",
    ]
    assert wrap_text(line, None) == [line]


def test_a_row_that_got_an_id_since_is_the_same_row() -> None:
    before = changed(SESSIONS, "w2 |", "   |")
    assert compared({"sessions": before}, {"sessions": SESSIONS}).revisions == ()


def test_who_a_person_is_is_nobodys_business() -> None:
    row = "a1 | 2024-10-01 | p-k7k2 | 1.5 | p-aaaa | cda | EMSB | skills"
    head = "id | date | staff | hours | person | role | board | objective\n"
    measure = "{kind: distinct, column: person, of: {log: accompaniment}}"
    more = f"{head}{row}\n{row.replace('a1', 'a2')}"
    found = compared(
        {"accompaniment": more},
        {"accompaniment": changed(more, "a2", "a2").replace("p-aaaa", "p-bbbb", 1)},
        measure,
    )
    [text] = said(found)
    assert "corrected: a1 (skills; person; no reason recorded)" in text and "p-bbbb" not in text.lower()


IDS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)


@given(IDS, IDS)
def test_every_row_is_late_or_removed_or_there(old: list[str], new: list[str]) -> None:
    plan = support.plan(COUNT)
    before, after = (data(plan, {"sessions": sessions(ids)}) for ids in (old, new))
    found = row_changes(before, after, ())
    assert ids_of(found, "late") == set(new) - set(old)
    assert ids_of(found, "removed") == set(old) - set(new)
    assert not ids_of(found, "corrected")


def sessions(ids: list[str]) -> str:
    rows = "".join(f"{one} | 1.1 | 2024-10-16 | {one} | full-day\n" for one in ids)
    return f"id | line | date | title | format\n{rows}"


def ids_of(found: list[RowChange], kind: str) -> set[str]:
    return {one.row.id for one in found if one.kind == kind}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("behind", "on_track", "up"),
        ("on_track", "at_risk", "down"),
        ("not_due", "behind", "begun"),
        ("not_due", "on_track", "begun"),
        ("no_data", "behind", "across"),
        ("met", "at_risk", "down"),
    ],
)
def test_which_way_a_status_turned(before: Word, after: Word, expected: str) -> None:
    assert way(before, after) == expected


def test_targets_that_turned_since() -> None:
    plan = support.plan(COUNT, "{at_least: 4}")
    rows = data(plan, {"sessions": SESSIONS})
    sent, now = evaluate(plan, rows, CUT_OFF), evaluate(plan, rows, dt.date(2025, 6, 30))
    [turn] = turns(sent, now)
    assert (turn.sent.status.code, turn.now.status.code, turn.way) == ("on_track", "partly_met", "down")
    assert list(turns(sent, sent)) == []


def test_a_prt_that_computes_otherwise_says_so() -> None:
    plan = support.plan(RATIO, "{at_least: 75%}")
    found = evaluate(plan, data(plan, {"sessions": SESSIONS}), CUT_OFF)
    kept = json.loads(status_json(found, found.results))
    assert list(drifted_figures(kept, found)) == []
    kept["indicators"][0]["to_date"] |= {"part": 10, "value": 0.7143}
    assert list(drifted_figures(kept, found)) == [
        ("1.1.it", "0.7143 (10 of 14), met_so_far", "0.7857142857142857 (11 of 14), met_so_far")
    ]
    assert list(drifted_figures(None, found)) == list(drifted_figures({"indicators": [1]}, found)) == []


LATE_ONES = ("Family nights", "Community mapping", "Volunteers")
CORRECTED, REMOVED = "Back to Basics: What Makes a CLC?", "Mental Health in Community Schools"
SENT = "data/2024-2025/submitted/period-1"


@pytest.fixture
def story(prt: Prt, kept: Path, fictional: Path) -> Prt:
    """Report 1 of the fictional year is sent; then rows are late, corrected, removed, and a target lowered."""
    prt.once(kept, lambda: tell(prt, fictional))
    prt.monkeypatch.setenv("PRT_TODAY", "2025-04-10")
    return prt


def tell(prt: Prt, fictional: Path) -> None:
    shutil.rmtree(prt.root)
    shutil.copytree(fictional, prt.root)
    if not FULL:
        prt.shorten_plan("1.1", *EACH_LINE)
    prt.monkeypatch.setenv("PRT_TODAY", "2024-12-13")
    prt("submit --period 1 --anyway actions,no-data")
    prt.monkeypatch.setenv("PRT_TODAY", "2025-02-10")
    for number, title in enumerate(LATE_ONES):
        prt(
            f'log workshop --line 1.1 --date 2024-11-2{number} --title "{title}" --format half-day '
            "--category choice --participants 20 --respondents 10 --positive 9"
        )
    prt(f'edit {session(prt.root, CORRECTED)} --participants 21 --why "sign-in sheet"')
    prt(f'remove {session(prt.root, REMOVED)} --with-rows --why "entered twice"')
    plan = prt.root / "plan" / "2024-2025.yaml"
    plan.write_text(changed(plan.read_text(encoding="utf-8"), "at_least: 37", "at_least: 35"), "utf-8")


def session(root: Path, title: str) -> str:
    """The id of a session."""
    path = root / "data" / "2024-2025" / "sessions.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(line.split(",")[0] for line in lines if title in line)


def late(prt: Prt) -> list[str]:
    return [line.split(",")[0] for line in prt.lines("sessions") if any(one in line for one in LATE_ONES)]


class TestTheStory:
    def test_the_next_report_names_exactly_those(self, story: Prt) -> None:
        text = story("report --period 2")
        part = text.partition("## Révision de résultats déjà transmis")[2].partition("\n## ")[0]
        assert "### Rapport d’étape nº\u00a01, transmis le 13 décembre 2024" in part
        ids = set(re.findall(r"\b\w{1,2}-\d{8}-\w{4}\b", part))
        removed = session(story.root / SENT, REMOVED)
        assert ids == {*late(story), session(story.root, CORRECTED), removed} and len(ids) == 5
        assert "participations\u00a0: 19 → 21" in part and "«\u00a0sign-in sheet\u00a0»" in part
        assert "«\u00a0entered twice\u00a0»" in part
        assert "cible\u00a0: 37 → 35" in part

    @only_in_ci
    def test_figures_untouched_by_them_are_not_in_it(self, story: Prt) -> None:
        found = json.loads(story("status --since-submitted 1 --format json"))
        ids = {one["id"] for one in found["revised"]}
        assert ids == {
            "1.1.workshops",
            "1.1.outcome-areas",
            "1.1.choice",
            "1.1.participants",
            "1.1.responses",
            "1.1.positive",
        }
        by_id = {one["id"]: one for one in found["revised"]}
        assert [row["kind"] for row in by_id["1.1.outcome-areas"]["rows"]] == ["removed"]
        assert by_id["1.1.workshops"]["target"] == {"sent": {"at_least": 37}, "now": {"at_least": 35}}
        assert by_id["1.1.workshops"]["figures"][0]["sent"]["value"] == 12
        assert by_id["1.1.workshops"]["figures"][0]["now"]["value"] == 14

    def test_the_figure_as_it_was_sent(self, story: Prt) -> None:
        sent = story("explain 1.1.positive --submitted 1")
        assert "(report no. 1, period-1, prt 0.1.0): 87.3% (103 of 118), met so far" in sent
        assert "digests agree." in sent and "Today’s data would give " in sent
        assert all(one in sent for one in late(story))
        removed = session(story.root / SENT, REMOVED)
        assert f"removed: {removed} (Mental Health in Community Schools; “entered twice”)" in sent
        assert "87.3%   103 of 118   target: at least 75%" in sent
        same = story("explain 3a.hours --submitted period-1")
        assert "Today’s data give the same." in same

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("--format md", ["| 1.1.workshops | P1: 12;"]),
            (
                "--format md --lang fr",
                ["**Résultats révisés, à sa date d’arrêt des données (30 novembre 2024)**"],
            ),
            ("--format csv", ["indicator,sent,now,why"]),
            (
                "",
                [
                    "Since report no. 1, submitted on December 13, 2024 (period-1, prt 0.1.0)",
                    ": behind → ",
                ],
            ),
        ],
    )
    def test_as_table_markdown_and_csv(self, story: Prt, typed: str, said: list[str]) -> None:
        text = story(f"status --since-submitted {typed}")
        assert [one for one in said if one not in text] == []

    def test_the_rows_as_they_were(self, story: Prt) -> None:
        rows = story("explain 1.1.workshops --submitted 1 --format csv").splitlines()
        counted = [row for row in rows if ",yes," in row]
        removed = session(story.root / SENT, REMOVED)
        assert len(counted) == 12 and any(row.startswith(f"{removed},") for row in counted)

    @only_in_ci
    def test_an_indicator_that_was_renamed_answers_to_its_name_of_today(self, story: Prt) -> None:
        plan = story.root / "plan" / "2024-2025.yaml"
        plan.write_text(changed(plan.read_text("utf-8"), "- id: choice\n", "- id: themes\n"), "utf-8")
        sent = story("explain 1.1.themes --submitted 1 --lang en")
        assert "1.1.themes was called 1.1.choice in period-1." in story.err
        assert sent.startswith("Result submitted on December 13, 2024") and "prt explain 1.1.choice" in sent

    @pytest.mark.parametrize("language", some(LANGUAGES, 1))
    @only_in_ci
    def test_the_first_page_says_what_turned(self, story: Prt, language: Language) -> None:
        text = story(f"report --period 2 --lang {language} --format html")
        title, change, revised = {
            "en": (
                "Since report no. 1",
                r"\(behind → on track\)",
                "6 results already submitted are revised<",
            ),
            "fr": (
                "Depuis le rapport n<sup>o</sup>\u00a01",
                r"\(en retard → en bonne voie\)",
                "6 résultats déjà transmis sont révisés<",
            ),
        }[language]
        assert f">{title}</h2>" in text and revised in text
        assert re.search(f"<li><b>↑ [^<]+</b>[^<]+{change}", text)
        assert '<section id="revised" ' in text

    @only_in_ci
    def test_a_changed_byte_is_named_and_the_answer_fails(self, story: Prt) -> None:
        frozen = story.root / "data/2024-2025/submitted/period-1/data/2024-2025/tools.csv"
        frozen.write_bytes(frozen.read_bytes() + b" ")
        story("explain 1.1.positive --submitted 1", code=1)
        assert "period-1/data/2024-2025/tools.csv: the file is not the one" in story.err

    @only_in_ci
    def test_a_newer_prt_is_named_where_it_computes_otherwise(self, story: Prt) -> None:
        path = story.root / "data/2024-2025/submitted/period-1/figures.json"
        kept = json.loads(path.read_text(encoding="utf-8"))
        [one] = [one for one in kept["indicators"] if one["id"] == "1.1.positive"]
        one["to_date"]["value"] = 0.9
        path.write_text(json.dumps(kept), encoding="utf-8")
        story("explain 1.1.positive --submitted 1", code=1)
        assert "This prt computes 1.1.positive of the frozen rows as 0.87" in story.out

    @only_in_ci
    def test_what_this_prt_cannot_read_is_named_and_the_next_report_is_made(self, story: Prt) -> None:
        plan = story.root / "data/2024-2025/submitted/period-1/plan/2024-2025.yaml"
        plan.write_text('year: "2024-2025"\nshape: of another prt\n')
        text = story("report --period 2 --lang en")
        assert "It could not be compared: this version of the program cannot read" in text
        assert "frozen by prt 0.1.0, and this prt cannot read it" in story.err
        assert "figures.json" in story.err and "period-1/plan" not in text

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            (
                "explain 1.1.positive --submitted 2",
                '"2" was not submitted in 2024-2025. Submissions: period-1.',
            ),
            ("explain w-20241003-7kq2 --submitted 1", "prt show w-20241003-7kq2"),
            ("status 1", "A report is named after --since-submitted."),
            ("status --since-submitted annual", '"annual" was not submitted'),
        ],
    )
    def test_what_cannot_be_asked(self, story: Prt, typed: str, said: str) -> None:
        story(typed, code=2)
        assert said in story.err


def test_nothing_changed_is_said(prt: Prt) -> None:
    prt.shorten_plan("1.1.workshops", "4.reports")
    prt.monkeypatch.setenv("PRT_TODAY", "2024-12-13")
    prt("submit --period 1 --anyway actions,no-data")
    assert "Nothing changed since it was submitted." in prt("status --since-submitted")
    assert "Nothing changed since it was submitted." in prt("report --period 2 --lang en")
    assert "Rien n’a changé depuis sa transmission." in prt("report --period 2")


def test_nothing_was_sent_yet(prt: Prt) -> None:
    prt("status --since-submitted", code=2)
    assert "Nothing was submitted in 2024-2025 yet" in prt.err
