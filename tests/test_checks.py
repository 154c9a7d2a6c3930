"""What is odd although every row can be read: each rule with a row that it names, and one that it does not."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from prt.figures.checks import RULES, check, count_odd
from prt.model.plan import Plan
from prt.model.view import Data
from prt.problems import Problem, count_problems, errors
from tests.project import Prt
from tests.support import load, plan

COUNT = "{kind: count, of: pd}"
TODAY = dt.date(2025, 2, 14)


def found(**tables: str) -> list[str]:
    """`file:line: column: what` of everything found, errors of loading included."""
    small = plan(COUNT)
    data, problems = load(small, tables)
    return [f"{one.where}: {one.where.path}: {one.what}" for one in [*problems, *checked(small, data)]]


def checked(small: Plan, data: Data) -> list[Problem]:
    """What the rules find, of which a report says only how much it is."""
    found = check(small, data, TODAY)
    assert count_problems(found) == (0, count_odd(small, data, TODAY))
    return found


def test_rows_that_are_not_told_are_counted() -> None:
    """Of days to come the first thousand are told one by one, in the order of the file."""
    days = [TODAY + dt.timedelta(days=1 + number % 30) for number in range(1200)]
    rows = "".join(f"\nr{at} | {day} | cda | EMSB | other" for at, day in enumerate(days))
    small = plan(COUNT)
    data, _ = load(small, {"requests": f"id | date | role | board | objective{rows}"})
    to_come = [one for one in checked(small, data) if one.where.path == "date"]
    assert [one.where.line for one in to_come] == [*range(2, 1002), 0]
    assert [one.times for one in to_come[-1:]] == [200]


SESSION = "id | line | date | title | format | status | participants | respondents\n"
PEOPLE = "id | role | board\np-ann | cda | EMSB\n"


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({"sessions": SESSION + "w1 | 1.1 | 2024-10-16 | A | full-day | held | 20 | 18"}, []),
        (
            {"sessions": SESSION + "w1 | 1.1 | 2024-10-16 | A | short | held | 20 | 18"},
            ["sessions.csv:2: line: this row counts in no indicator of the plan"],
        ),
        (
            {"sessions": SESSION + "w1 | 1.1 | 2024-10-16 | A | full-day | held | 20 | 21"},
            ["sessions.csv:2: respondents: 21 respondents of 20 participants"],
        ),
        (
            {"sessions": SESSION + "w1 | 1.1 | 2025-02-15 | A | full-day | held | |"},
            ["sessions.csv:2: date: a held session is still to come"],
        ),
        ({"sessions": SESSION + "w1 | 1.1 | 2025-02-14 | A | full-day | held | |"}, []),
        ({"deliverables": "id | kind | title | date\nd1 | other | Financial report | 2024-10-16"}, []),
        (
            {"deliverables": "id | kind | title | date\nd1 | action-plan | Plan | 2024-10-16"},
            ["deliverables.csv:2: : this row counts in no indicator of the plan"],
        ),
        (
            {"sessions": SESSION + "w1 | 1.1 | 2025-02-13 | A | full-day | planned | |"},
            ["sessions.csv:2: status: still planned, but 13 Feb 2025 is past"],
        ),
        (
            {"sessions": SESSION + " | 1.1 | 2024-10-16 | A | full-day | held | |"},
            ["sessions.csv:2: id: this row has no id yet; it counts"],
        ),
        (
            {
                "sessions": SESSION
                + "w1 | 1.1 | 2024-10-16 | A | full-day | held | |\nw1 | 1.1 | 2024-10-17 | B | full-day | held | |"
            },
            ['sessions.csv:3: id: "w1" is the id of line 2 too'],
        ),
        (
            {
                "sessions": SESSION
                + "w1 | 1.1 | 2024-10-16 | A | full-day | held | |\nW1 | 1.1 | 2024-10-17 | B | full-day | held | |"
            },
            ['sessions.csv:3: id: "W1" is the id of line 2 too'],
        ),
        (
            {"sessions": SESSION + "w1 | 1.1 | 2025-07-02 | A | full-day | cancelled | |"},
            [
                "sessions.csv:2: date: 2 July 2025 is outside the plan year 2024-2025; it counts on 30 June 2025"
            ],
        ),
        (
            {"sessions": SESSION + "w1 | 01-janv | 2024-10-16 | A | full-day | held | |"},
            ['sessions.csv:2: line: "01-janv" is a date that a spreadsheet made of a line such as 1.1'],
        ),
        (
            {"attendance": "id | session | date | person\na1 | w9 | 2024-10-16 | p-ann", "people": PEOPLE},
            ['attendance.csv:2: session: no session has the id "w9"'],
        ),
    ],
)
def test_a_rule(tables: dict[str, str], expected: list[str]) -> None:
    assert found(**tables) == expected


TEAM = "id | role | board\np-mar | prt-staff |\np-ann | cda | EMSB\np-eva | principal | EMSB\n"
HOURS = "date | staff | hours | role | board | objective\n"


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (
            {
                "sessions": SESSION.replace("respondents", "positive")
                + "w1 | 1.1 | 2024-10-16 | A | full-day | held | 4 | 9"
            },
            ["sessions.csv:2: positive: 9 positive of 4 participants"],
        ),
        (
            {
                "sessions": SESSION + "w1 | 1.1 | 2024-10-16 | A | full-day | held | |",
                "attendance": "id | session | date | person\na1 | w1 | 2024-10-17 | p-ann",
            },
            ["attendance.csv:2: date: 17 Oct 2024 is no day of w1 (16 Oct 2024)"],
        ),
        (
            {"accompaniment": HOURS + "2024-10-16 | p-eva | 2 | cda | EMSB | other"},
            [
                "accompaniment.csv:2: staff: p-eva gave these hours, and was not of the team that day (principal)"
            ],
        ),
        ({"accompaniment": HOURS + "2024-10-16 | p-mar | 20 | cda | EMSB | other"}, []),
        (
            {
                "accompaniment": HOURS + "2024-10-16 | p-mar | 20 | cda | EMSB | other",
                "partner-support": "date | staff | hours | organisation | purpose\n2024-10-16 | p-mar | 4.5 | EMSB | x",
            },
            ["partner-support.csv:2: hours: with this row p-mar gave 24.5 hours on 16 Oct 2024"],
        ),
    ],
)
def test_a_row_that_is_odd_beside_others(tables: dict[str, str], expected: list[str]) -> None:
    rest = ("no id yet", "counts in no indicator", "may be")
    said = [one for one in found(people=TEAM, **tables) if not any(words in one for words in rest)]
    assert said == expected


JOURNAL = "round | person | date\n"


def test_people_rounds_periods_and_requests_that_do_not_exist() -> None:
    said = found(
        people=PEOPLE,
        journals=JOURNAL + "4 | p-ann | 2024-11-20\n1 | p-anm | 2024-11-21",
        deliverables="kind | title | period | date\nprogress-report | R | 9 | 2024-12-10",
        accompaniment="date | staff | hours | request | person | role | board | objective\n"
        "2024-10-01 | p-ann | 2 | r-none | p-ann | cda | EMSB | plan",
    )
    assert "journals.csv:2: round: the plan has no round 4" in said
    assert 'journals.csv:3: person: "p-anm" is not in data/people.csv' in said
    assert "deliverables.csv:2: period: the plan has no period 9" in said
    assert 'accompaniment.csv:2: request: no request has the id "r-none"' in said


def test_a_row_with_an_error_is_in_no_figure() -> None:
    small = plan(COUNT)
    privacy = small.privacy.replace(headcount_only=("students", "parents"))
    data, problems = load(
        small.replace(privacy=privacy),
        {
            "people": PEOPLE,
            "sessions": "id | line | date | title | format | audience\n"
            "w1 | 1.1 | 2024-10-16 | A | full-day | parents\nw2 | 1.1 | 2024-10-17 | B | full-day | cda",
            "attendance": "id | session | date | person\n"
            "a1 | w1 | 2024-10-16 | p-ann\na2 | w2 | 2024-10-17 | p-ann",
            "journals": JOURNAL + "4 | p-ann | 2024-11-20\n1 | p-ann | 2024-11-21",
            "deliverables": "kind | title | period | date\n"
            "other | R | 9 | 2024-12-10\nother | S | 1 | 2024-12-10\nother | T | | 2024-12-10",
        },
    )
    assert sorted(str(one.where) for one in errors(problems)) == [
        "attendance.csv:2",
        "deliverables.csv:2",
        "journals.csv:2",
    ]
    assert [row.line for row in data.logs["attendance"]] == [3]
    assert [row.line for row in data.logs["journals"]] == [3]
    assert [row.line for row in data.logs["deliverables"]] == [3, 4]


def test_what_was_typed_wins_and_a_contradiction_is_said() -> None:
    sessions = SESSION + "w1 | 1.1 | 2024-10-16 | A | full-day | held | 3 |"
    attendance = "id | session | date | person | role | board\na1 | w1 | 2024-10-16 | p-ann | cda | EMSB"
    said = found(sessions=sessions, attendance=attendance, people=PEOPLE)
    assert said == ["sessions.csv:2: participants: 3 is typed, 1 is what the rows of persons or answers say"]


def test_what_is_only_counted_of_a_kind_counts_too() -> None:
    rows = "".join(f"w{one} | 1.1 | 2025-02-15 | A | full-day | held | |\n" for one in range(1_200))
    small = plan(COUNT)
    data, _ = load(small, {"sessions": SESSION + rows})
    assert count_problems(checked(small, data)).warnings == 1_200


def test_every_rule_is_listed_once() -> None:
    assert len(RULES) == len(set(RULES)) >= 5


FEEDBACK = "id | session | response | answer | positive\nf1 | w1 | 1 | 5 | yes\n"


@pytest.mark.parametrize(
    ("typed", "answered", "positive", "impossible"),
    [
        ("18 | | 16", 18, 16, False),  # empty `answered` is respondents: one feedback row is not another base
        ("| | ", 1, 1, False),  # both from the rows
        ("18 | | ", 1, 1, False),  # both from the rows, whatever was returned
        ("| | 16", None, 16, True),  # 16 of 1 enters no percentage
        ("18 | 17 | 16", 17, 16, False),
    ],
)
def test_positive_answers_and_their_base_never_come_from_two_places(
    typed: str, answered: int | None, positive: int, impossible: bool
) -> None:
    small = plan(COUNT)
    head = "id | line | date | title | format | respondents | answered | positive\n"
    row = f"w1 | 1.1 | 2024-10-16 | A | full-day | {typed}"
    data, problems = load(small, {"sessions": head + row, "feedback": FEEDBACK})
    session = data.logs["sessions"][0]
    assert (session["answered"], session["positive"]) == (answered, positive)
    assert any("is impossible" in one.what for one in problems) is impossible


HELD = "id,line,date,title,format,status,participants\n"
TO_COME = [f"w-202505{day:02}-aaaa,1.1,2025-05-{day:02},A,full-day,held,\n" for day in range(1, 16)]


def test_errors_of_a_file_are_told_from_its_first_line_to_its_last(prt: Prt) -> None:
    """Those of one row alone, of two rows, and of what names another row are found one after another."""
    rows = ["w-aaaa,1.1,2024-10-01,A,full-day,held,many", "w-bbbb,9,2024-10-02,B,full-day,held,"]
    rows += ["w-aaaa,1.1,2024-10-03,C,full-day,held,", "w-cccc,1.1,soon,D,full-day,held,"]
    prt.write("sessions", HELD + "".join(f"{row}\n" for row in rows))
    out = prt("check", code=1)
    found = [int(one) for one in re.findall(r"(?m)^data/2024-2025/sessions\.csv:(\d+).*: (?!warning)", out)]
    assert len(found) >= 4 and found == sorted(found)


def test_errors_come_first_and_one_of_those_that_are_alike_is_told(prt: Prt) -> None:
    prt.write("sessions", HELD + "".join(TO_COME) + "w-20240601-aaaa,1.1,2024-10-01,A,full-day,held,many\n")
    out = prt("check", code=1)
    assert out.startswith("data/2024-2025/sessions.csv:17")
    assert out.count("a held session is still to come") == 1
    assert "… and 14 more like it: sessions.csv:3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …\n" in out
    assert out.endswith("1 error, 15 warnings, of 2 kinds.\n")
    assert len(json.loads(prt("check --format json", code=1))) == 16
    assert "1 error, 15 warnings" in prt("todo") and "1 erreur, 15 avertissements" in prt("todo --lang fr")


def test_days_of_several_months_are_one_kind(prt: Prt) -> None:
    days = ("2025-03-18", "2025-05-01", "2025-06-30")
    rows = "".join(f"r-{day},{day},p-none,cda,EMSB,other\n" for day in days)
    prt.write("requests", "id,date,person,role,board,objective\n" + rows)
    out = prt("check")
    assert out.count("is still to come") == 1 and "… and 2 more like it: requests.csv:3, 4\n" in out


def test_rows_that_hang_on_one_error_are_counted_where_they_are_told(prt: Prt) -> None:
    prt.write("sessions", HELD + "w-20241001-aaaa,1.1,2024-10-01,A,full-day,held,many\n")
    prt.write(
        "attendance", "id,session,date\n" + "".join(f"at-{one},w-20241001-aaaa,2024-10-01\n" for one in "abc")
    )
    assert "… and 2 more like it: attendance.csv:3, 4\n" in prt("check", code=1)


def test_two_typed_figures_of_one_day_are_named() -> None:
    """Case F9."""
    figures = "id | indicator | date | value | evidence\nf1 | 1.1.it | 2025-01-01 | 5 | a\nf2 | 1.1.it | 2025-01-01 | 12 | b"
    small = plan("{kind: typed}")
    told = [str(one) for one in check(small, load(small, {"figures": figures})[0], TODAY)]
    assert told == [
        "figures.csv:3: warning: date: a second figure of 1.1.it for this day (the first: figures.csv:2); the one "
        "lower in the file holds\n    Two different days, or one figure too many? prt edit the date, or prt remove one."
    ]


def test_what_is_placed_in_another_year_is_named() -> None:
    """Case F2."""
    tools = "id | date | title | kind | audience | published\n"
    tools += "t1 | 2025-05-01 | A | tool | cda | 2025-06-30\nt2 | 2025-05-01 | B | tool | cda | 2025-09-10"
    small = plan("{kind: count, of: {log: tools, when: published}}")
    [told] = check(small, load(small, {"tools": tools})[0], TODAY)
    assert (told.where.line, told.where.path, told.severity) == (3, "published", "warning")
    assert (
        told.what
        == "it is placed by published, and 10 Sept 2025 is not in 2024-2025: there it counts in no figure"
    )


BROKEN = (
    SESSION + "w1 | 1.1 | 19/12/24 | A | full-day | held | |\nw2 | 1.1 | 2024-10-16 | B | full-day | held | |"
)
"""A session that cannot be read, and one that can."""


@pytest.mark.parametrize(
    ("tables", "path", "cause"),
    [
        (
            {"sessions": BROKEN, "attendance": "id | session | date\nat1 | w1 | 2024-12-19"},
            "session",
            "sessions.csv:2",
        ),
        (
            {"sessions": BROKEN, "feedback": "id | session | response\nfb1 | w1 | 1"},
            "session",
            "sessions.csv:2",
        ),
        (
            {
                "requests": "id | date | objective\nr1 | soon | curriculum",
                "accompaniment": "id | date | staff | hours | objective | role | board | request\nh1 | 2024-10-16 | p-ann | 2 | x | cda | EMSB | r1",
            },
            "request",
            "requests.csv:2",
        ),
        (
            {
                "people": "id | role | board\np-ann | cda | EMSB\np-bob | nobody | EMSB",
                "accompaniment": "id | date | staff | hours | objective | role | board\nh1 | 2024-10-16 | p-bob | 2 | x | cda | EMSB",
            },
            "staff",
            "people.csv:3",
        ),
        (
            {
                "organisations": "code | name_en | name_fr | type | counts_as_board\n"
                "EMSB | English | Anglaise | castle | yes",
                "sessions": SESSION.replace(" | title", " | host | title")
                + "w1 | 1.1 | 2024-10-16 | EMSB | A | full-day | held | |",
            },
            "host",
            "organisations.csv:2",
        ),
    ],
)
def test_a_row_that_names_one_with_an_error_is_counted_with_that_one(
    tables: dict[str, str], path: str, cause: str
) -> None:
    small = plan(COUNT)
    data, problems = load(small, tables)
    every = [*problems, *check(small, data, TODAY)]
    [one] = [one for one in every if one.where.path == path]
    assert f"({cause}) has an error itself" in one.what and one.times == 0
    assert [str(one.where) for one in errors(every) if one.times] in ([cause], [])


def test_the_rows_of_a_session_with_an_error_are_no_errors_of_their_own(prt: Prt) -> None:
    prt.write("sessions", "id,line,date,title,format\nw-1,1.1,19/12/24,A,full-day\n")
    rows = "".join(f"at-{one},w-1,2024-12-19\n" for one in range(24))
    prt.write("attendance", f"id,session,date\n{rows}")
    prt("check", code=1)
    assert "w-1 (data/2024-2025/sessions.csv:2) has an error itself" in prt.out
    assert "1 error" in prt.out and "24 rows more left out" in prt.err and "no session has" not in prt.out
    prt("log attendance --session w-1 --date 2024-12-19", code=2)
    assert "sessions.csv:2) has an error itself" in prt.err
    prt("", code=0)
    assert "1 error" in prt.out + prt.err


def test_a_mistake_of_many_indicators_is_told_once(prt: Prt) -> None:
    """Each has its path; what is wrong is the same. A command that such a plan stops tells no warnings."""
    wrong = "          - {{id: {0}, label: L, measure: {{kind: typed}}, target: {{at_least: {0}%}}}}\n"
    said = "          - {{id: s{0}, label: L, says: Words, measure: {{kind: typed}}}}\n"
    prt.indicators(
        "".join(said.format(one) + wrong.format(f'"{one}"').replace('"%', '%"') for one in range(1, 13))
    )
    out = prt("check", code=1)
    assert out.count("is a percentage") == 1 and "… and 11 more like it: 2024-2025.yaml:" in out
    assert out.count("in one language only") == 1 and out.endswith("12 errors, 12 warnings, of 2 kinds.\n")
    for command in ("status", "plan show"):
        prt(command, code=1)
        assert prt.err.count("is a percentage") == 12 and "one language only" not in prt.err
