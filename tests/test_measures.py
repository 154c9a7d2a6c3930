"""Every kind of measure: lines that a user could write in a plan, over a log drawn as a table."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prt.output.words import Words
from tests.support import evaluation, plan, result

SESSIONS = """
id | line | date       | last_day   | title   | format   | category     | status    | boards      | participants | feedback_form | respondents | answered | positive | series
w1 | 1.1  | 2024-10-16 |            | One     | full-day | outcome-area |           | EMSB; CSSL  | 20           | yes           | 8           | 8        | 6        |
w2 | 1.1  | 2025-01-20 |            | Two     | half-day | choice       | held      | EMSB; CHSSN | 10           | yes           | 5           | 2        | 2        |
w3 | 1.1  | 2025-02-03 |            | Three   | half-day | choice       | held      |             | 12           | no            |             |          |          |
w4 | 1.1  | 2025-02-10 |            | Four    | full-day |              | cancelled | RSB         |              |               |             |          |          |
w5 | 1.1  | 2025-05-10 |            | Five    | full-day | choice       | planned   | RSB         |              |               |             |          |          |
w6 | 1.1  | 2025-02-11 |            | Short   | short    | choice       |           | RSB         | 9            |               |             |          |          |
m1 | 1.4a | 2024-10-01 |            | PLC 1   | meeting  |              |           |             |              |               |             |          |          | PLC-1
m2 | 1.4a | 2024-10-03 |            | PLC 1   | meeting  |              |           |             |              |               |             |          |          | PLC-1
m3 | 1.4a | 2025-02-01 |            | PLC 2   | meeting  |              |           |             |              |               |             |          |          |
"""
PD_RATIO = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"


def shown(measure: str, cut_off: str = "2025-06-30", **tables: str) -> str:
    """The figure as a short text: `2`, `8 of 10`, or why there is none."""
    figure = result(measure, cut_off=cut_off, **(tables or {"sessions": SESSIONS})).to_date
    if figure.absent:
        return figure.absent
    if figure.whole is not None:
        return f"{figure.part} of {figure.whole}"
    return str(figure.value)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("{kind: count, of: pd}", "3"),
        ("{kind: count, of: {log: sessions, where: {format: full-day}}}", "1"),
        ("{kind: count, of: {selection: pd, where: {category: choice}}}", "2"),
        ("{kind: count, of: {log: sessions, where: {line: '1.1', status: planned}}}", "1"),
        ("{kind: count, of: {log: sessions, where: {boards: EMSB}}}", "2"),
        ("{kind: count, of: {log: sessions, where: {boards: {not: EMSB}}}}", "5"),
        ("{kind: count, of: {log: sessions, where: {boards: {present: false}}}}", "4"),
        ("{kind: count, of: {log: sessions, where: {participants: {from: 10, to: 12}}}}", "2"),
        ("{kind: count, of: {log: sessions, where: {date: {from: 2025-02-01}}}}", "3"),
        ("{kind: sum, column: participants, of: pd}", "42"),
        ("{kind: distinct, column: boards, of: pd}", "3"),
        (
            "{kind: distinct, column: boards, of: pd, among: {organisations: {counts_as_board: yes}}}",
            "2 of 3",
        ),
        ("{kind: distinct, column: series, of: {log: sessions, where: {line: '1.4a'}}}", "2"),
        (PD_RATIO, "8 of 10"),
        ("{kind: ratio, part: {sum: respondents, of: pd}, whole: {sum: participants, of: pd}}", "13 of 30"),
        (
            "{kind: ratio, part: {count: {selection: pd, where: {mode: online}}}, whole: {count: pd}}",
            "0 of 3",
        ),
        (
            "{kind: ratio, part: {count: pd}, whole: {count: {selection: pd, where: {mode: online}}}}",
            "not_computable",
        ),
        (
            "{kind: distinct, column: boards, of: pd, split_by: [category], "
            "among: {anyone_in: {selection: pd, where: {mode: online}}, by: boards}}",
            "not_computable",
        ),
        ("{kind: list, columns: [category], of: pd, grouped: true}", "2"),
        ("{kind: milestone, of: pd}", "1"),
        ("{kind: sum, column: hours, of: {log: accompaniment}}", "no_data"),
    ],
)
def test_a_measure(measure: str, expected: str) -> None:
    assert shown(measure) == expected


def test_a_session_without_its_number_of_answers_does_not_enter_the_percentage() -> None:
    figure = result(PD_RATIO, sessions=SESSIONS).to_date
    assert [row.id for row in figure.rows] == ["w1", "w2"]
    assert [(left.row.id, left.reason, left.column) for left in figure.left_out] == [
        ("w3", "empty", "positive")
    ]


@pytest.mark.parametrize(
    "measure",
    [
        "{kind: distinct, column: title, of: pd}",
        "{kind: distinct, column: theme, of: pd}",
        "{kind: list, columns: [title, theme], of: pd}",
        "{kind: count, of: {selection: pd, where: {title: Café}}}",
        "{kind: count, of: {selection: pd, where: {theme: Cafe\u0301}}}",
    ],
)
def test_an_accent_is_the_same_however_it_was_written(measure: str) -> None:
    """A Mac writes the letter and its accent, Windows one sign for both."""
    rows = "".join(f"1.1 | 2024-10-16 | {name} | half-day | {name}\n" for name in ("Café", "Cafe\u0301"))
    found = result(measure, sessions="line | date | title | format | theme\n" + rows)
    assert found.to_date.value == (2 if "count" in measure else 1)


def test_an_id_stays_as_it_is_written() -> None:
    """Its row is found in its file by it."""
    table = "id | line | date | title | format\nse\u0301ance | 1.1 | 2024-10-16 | One | half-day\n"
    (row,) = result("{kind: count, of: pd}", sessions=table).to_date.rows
    assert row.id == "se\u0301ance"


def test_a_partner_among_the_boards_is_listed_not_counted() -> None:
    measure = "{kind: distinct, column: boards, of: pd, among: {organisations: {counts_as_board: yes}}}"
    figure = result(measure, sessions=SESSIONS).to_date
    assert (figure.value, figure.outside, figure.unknown) == (2, ("CHSSN",), 1)


def test_a_board_in_two_periods_counts_once_to_date() -> None:
    found = result("{kind: distinct, column: boards, of: pd}", sessions=SESSIONS)
    assert [figure and figure.value for figure in found.periods] == [2, 2, 0]
    assert found.to_date.value == 3


def test_planned_sessions_stand_beside_the_figure() -> None:
    held = result("{kind: count, of: pd}", cut_off="2025-01-31", sessions=SESSIONS)
    assert (held.to_date.value, held.planned) == (2, 2)  # w3 was to come then, whatever its status is now


def test_a_second_sitting_of_a_meeting_is_not_another_one_to_come() -> None:
    measure = "{kind: distinct, column: series, of: {log: sessions, where: {line: '1.4a'}}}"
    assert result(measure, cut_off="2024-10-02", sessions=SESSIONS).planned == 1


def test_a_split_shows_the_unknown_and_adds_up() -> None:
    figure = result("{kind: count, of: pd, split_by: [category, mode]}", sessions=SESSIONS).to_date
    splits = {column: {group.value: group.amount for group in groups} for column, groups in figure.splits}
    assert splits == {"category": {"choice": 2, "outcome-area": 1}, "mode": {None: 3}}


def test_hours_are_exact() -> None:
    table = """
    date       | staff | hours  | person | role | board | objective
    2024-10-01 | k     | 0,1    |        | cda  | EMSB  | a
    2024-10-02 | k     | 0.2    |        | cda  | EMSB  | a
    2024-10-03 | k     | 20 min |        | cda  | EMSB  | a
    2024-10-04 | k     | 1h15   |        | cda  | EMSB  | a
    """.replace("|  ", "| ")
    figure = result("{kind: sum, column: hours, of: {log: accompaniment}}", accompaniment=table).to_date
    assert figure.value == Fraction(3, 10) + Fraction(1, 3) + Fraction(5, 4)


def test_a_sum_of_empty_cells_only_is_no_data() -> None:
    table = "date | campaign | role | invited | completed\n2025-06-02 | year-end | cda | 40 |"
    measure = "{kind: sum, column: completed, of: {log: surveys}}"
    assert shown(measure, surveys=table) == "no_data"
    assert shown(measure, surveys=table + "\n2025-06-02 | year-end | principal | 9 | 3") == "3"


def test_a_row_is_placed_by_another_date_and_a_ratio_of_two_dates_has_no_period() -> None:
    table = """
    date       | kind | title | audience | published
    2024-10-01 | tool | A     | cda      | 2025-01-15
    2024-10-02 | tool | B     | cda      |
    """
    published = "{log: tools, when: published}"
    found = result(f"{{kind: count, of: {published}}}", tools=table)
    assert [figure and figure.value for figure in found.periods] == [0, 1, 0]
    share = result(
        f"{{kind: ratio, part: {{count: {published}}}, whole: {{count: {{log: tools}}}}}}", tools=table
    )
    assert (share.to_date.part, share.to_date.whole, share.period) == (1, 2, None)


def test_the_latest_typed_figure_holds() -> None:
    table = """
    indicator | date       | value | evidence
    1.1.it    | 2024-10-01 | 12    | a.pdf
    1.1.it    | 2025-02-01 | 15,5  | b.pdf
    1.4a.meetings | 2025-03-01 | 99 | c.pdf
    """
    assert shown("{kind: typed}", figures=table) == "31/2"
    assert shown("{kind: typed}", cut_off="2024-12-31", figures=table) == "12"


MEETINGS = """
id | line | date       | last_day | title | format  | status | series
m1 | 1.4a | 2024-10-01 |          | PLC 1 | meeting |        | PLC-1
m2 | 1.4a | 2024-10-03 |          | PLC 1 | meeting |        | PLC-1
m3 | 1.4a | 2025-02-01 |          | PLC 2 | meeting |        |
m4 | 1.4a | 2025-05-01 |          | PLC 3 | meeting | planned |
"""
PRESENT = """
session | date       | person | role  | board | minutes
m1      | 2024-10-01 | p-ann  | cda   | EMSB  | 120
m2      | 2024-10-03 | p-ann  | cda   | EMSB  |
m3      | 2025-02-01 | p-ann  | cda   | EMSB  | 60
m1      | 2024-10-01 | p-bob  | cda   | RSB   | 120
m3      | 2025-02-01 | p-bob  | cda   | RSB   | 20
m3      | 2025-02-01 | p-eve  | prt-staff |   |
m3      | 2025-02-01 |        |       |       | 50
"""
ALL = (
    "{kind: reach, who: {anyone_in: {log: attendance, where: {session.line: '1.4a'}}, by: person}, "
    "did: {log: attendance, where: {session.line: '1.4a'}}, by: person, each: session.series, at_least: 3}"
)


def test_a_reach_knows_who_who_not_and_who_can_still() -> None:
    figure = result(ALL, cut_off="2025-03-01", sessions=MEETINGS, attendance=PRESENT).to_date
    times = {member.id: (member.times, member.best, member.can_still) for member in figure.members}
    assert times == {
        "p-ann": (2, 3, True),
        "p-bob": (1, 2, False),
    }  # two sittings are one; 20 minutes are none
    assert (figure.part, figure.whole, figure.best, figure.unknown) == (0, 2, Fraction(1, 2), 1)


def test_what_the_plan_still_needs_may_still_be_planned() -> None:
    early = result(ALL, cut_off="2024-10-31", sessions=MEETINGS, attendance=PRESENT).to_date
    assert [(member.id, member.times, member.best) for member in early.members] == [
        ("p-ann", 1, 3),
        ("p-bob", 1, 3),
    ]
    end = result(ALL, sessions=MEETINGS, attendance=PRESENT).to_date
    assert [(member.id, member.best) for member in end.members] == [("p-ann", 2), ("p-bob", 1)]


ORIENTATION = """
id | line | date       | last_day   | title | format  | status
o1 | 1.1  | 2024-10-16 | 2024-10-17 | One   | two-day | held
o2 | 1.1  | 2025-02-12 | 2025-02-13 | Two   | two-day | {second}
"""
NEW = """
id    | role | board | start      | end        | new_in
p-ann | cda  | EMSB  | 2024-08-20 |            | 2024-2025
p-bob | cda  | RSB   | 2024-09-01 |            | 2024-2025
p-cat | cda  | RSB   | 2019-09-01 |            |
p-dan | cda  | RSB   | 2024-08-01 | 2024-09-30 | 2024-2025
"""
DAYS = """
session | date       | person | role | board
o1      | 2024-10-16 | p-ann  | cda  | EMSB
o1      | 2024-10-17 | p-ann  | cda  | EMSB
o1      | 2024-10-16 | p-bob  | cda  | RSB
o1      | 2024-10-16 | p-cat  | cda  | RSB
o1      | 2024-10-17 | p-cat  | cda  | RSB
"""
BOTH_DAYS = (
    "{kind: reach, who: {people: {role: cda, new_in: 2024-2025}}, did: {log: attendance, where: {session.line: '1.1'}}, "
    "by: person, each: date, at_least: 2, within: session}"
)


@pytest.mark.parametrize(
    ("second", "cut_off", "status", "best"),
    [
        ("planned", "2024-11-30", "not_due", 1),
        ("cancelled", "2024-11-30", "behind", Fraction(1, 2)),
        ("held", "2025-03-31", "behind", Fraction(1, 2)),
        ("held", "2025-06-30", "not_met", Fraction(1, 2)),
    ],
)
def test_both_days_of_one_orientation(second: str, cut_off: str, status: str, best: Fraction) -> None:
    found = result(
        BOTH_DAYS,
        "{at_least: 100%}",
        cut_off,
        sessions=ORIENTATION.format(second=second),
        people=NEW,
        attendance=DAYS,
    )
    assert (found.to_date.part, found.to_date.whole) == (1, 2)  # the veteran and who left are not counted
    assert (found.status.code, found.to_date.best) == (status, best)


JOURNALS = """
round | person | date
1     | p-ann  | 2024-11-20
2     | p-ann  | 2025-03-20
1     | p-bob  | 2024-11-28
"""
DUE = (
    "{kind: reach, who: {people: {role: cda}}, did: {log: journals}, by: person, each: round, at_least: due}"
)


@pytest.mark.parametrize(
    ("cut_off", "part", "whole", "status"),
    [
        ("2024-11-28", None, 0, "not_due"),  # no round is due
        ("2024-11-30", 2, 3, "behind"),
        ("2025-03-15", 0, 3, "behind"),
        ("2025-03-31", 1, 3, "behind"),  # late but submitted counts
    ],
)
def test_journals_are_asked_for_once_their_round_is_due(
    cut_off: str, part: int | None, whole: int, status: str
) -> None:
    people = NEW + "p-new | cda  | EMSB  | 2025-05-01 |            |\n"
    found = result(DUE, "{at_least: 100%}", cut_off, people=people, journals=JOURNALS)
    assert (found.to_date.whole, found.status.code) == (whole, status)
    assert part is None or found.to_date.part == part


def test_whoever_had_no_round_due_is_left_out_and_listed() -> None:
    people = NEW + "p-new | cda  | EMSB  | 2025-05-31 |            |\n"
    figure = result(DUE, cut_off="2025-06-30", people=people, journals=JOURNALS).to_date
    assert (figure.whole, figure.not_due) == (3, ("p-new",))


def test_a_person_with_two_roles_counts_once_and_in_the_post_of_that_day() -> None:
    people = """
    id    | role      | board | start      | end
    p-ann | cda       | EMSB  |            | 2025-01-31
    p-ann | cda       | RSB   | 2025-02-01 |
    p-bob | principal | RSB   |            |
    """
    measure = "{kind: ratio, part: {distinct: person, of: {log: journals}}, whole: {people: {role: cda}}}"
    assert shown(measure, people=people, journals=JOURNALS) == "1 of 1"


def test_thirty_and_seven_workshops_meet_one_target_and_miss_the_other() -> None:
    line = "1.1 | 2024-10-{day:02d} | A | half-day | {category}\n"
    table = "line | date | title | format | category\n"
    table += "".join(line.format(day=day % 28 + 1, category="outcome-area") for day in range(30))
    table += "".join(line.format(day=day + 1, category="choice") for day in range(7))
    assert result("{kind: count, of: pd}", "{at_least: 37}", sessions=table).status.code == "met"
    choice = "{kind: count, of: {selection: pd, where: {category: choice}}}"
    assert result(choice, "{at_least: 10}", sessions=table).status.code == "partly_met"


ROWS = st.lists(
    st.tuples(
        st.dates(dt.date(2024, 7, 1), dt.date(2025, 6, 30)),
        st.sampled_from(["EMSB", "RSB; EMSB", "CSSL", ""]),
        st.sampled_from(["", "5", "12"]),
        st.sampled_from(["held", "planned", "cancelled"]),
    ),
    max_size=12,
)


def drawn(cells: list[tuple[object, str, str, str]]) -> str:
    lines = [
        f"1.1 | {day} | A | half-day | {boards} | {number} | {status}"
        for day, boards, number, status in cells
    ]
    return "\n".join(["line | date | title | format | boards | participants | status", *lines])


@pytest.mark.parametrize(
    "measure",
    [
        "{kind: count, of: pd, split_by: [boards]}",
        "{kind: sum, column: participants, of: pd}",
        "{kind: distinct, column: boards, of: pd}",
    ],
)
@settings(max_examples=settings().max_examples // 4)  # of each kind
@given(cells=ROWS, seed=st.randoms())
def test_figures_do_not_depend_on_the_order_of_rows(
    measure: str, cells: list[tuple[object, str, str, str]], seed: Random
) -> None:
    mixed = list(cells)
    seed.shuffle(mixed)
    one, other = result(measure, sessions=drawn(cells)), result(measure, sessions=drawn(mixed))
    assert one.to_date.value == other.to_date.value
    assert [figure and figure.value for figure in one.periods] == [
        figure and figure.value for figure in other.periods
    ]


@settings(max_examples=settings().max_examples // 2)
@given(cells=ROWS)
def test_periods_add_up_for_counts_and_never_exceed_to_date(
    cells: list[tuple[object, str, str, str]],
) -> None:
    table = drawn(cells)
    count = result("{kind: count, of: pd}", sessions=table)
    if not count.to_date.absent:
        parts = [figure.value or Fraction(0) for figure in count.periods if figure]
        assert sum(parts) == count.to_date.value
    boards = result("{kind: distinct, column: boards, of: pd}", sessions=table)
    for figure in boards.periods:
        assert figure and (figure.value or 0) <= (boards.to_date.value or 0)


def test_children_of_a_session_count_on_its_last_day() -> None:
    table = "session | date | person | role | board\no1 | 2024-11-30 | p-ann | cda | EMSB"
    sessions = """
    id | line | date       | last_day   | title | format
    o1 | 1.1  | 2024-11-30 | 2024-12-01 | One   | two-day
    """
    found = evaluation(
        "{kind: distinct, column: person, of: {log: attendance}}", sessions=sessions, attendance=table
    ).results[0]
    assert [figure and figure.value for figure in found.periods] == [0, 1, 0]


def test_a_survey_sent_but_not_answered_is_no_data_and_not_zero() -> None:
    table = "date | campaign | role | invited | completed\n2025-05-01 | year-end | cda | 4 |"
    people = "id | role | board\np-1 | cda | EMSB\np-2 | cda | RSB"
    completed = "{sum: completed, of: {log: surveys}}"
    for whole in ("{people: {role: cda}}", "{sum: invited, of: {log: surveys, where: {role: cda}}}"):
        measure = f"{{kind: ratio, part: {completed}, whole: {whole}}}"
        assert shown(measure, surveys=table, people=people) == "no_data"
        assert shown(measure, surveys=table + "3", people=people).startswith("3 of")


def test_one_selection_is_one_however_it_is_written() -> None:
    inline = "{log: sessions, where: {line: '1.1', format: [full-day, half-day]}}"
    measure = f"{{kind: ratio, part: {{sum: positive, of: pd}}, whole: {{sum: answered, of: {inline}}}}}"
    assert shown(measure) == shown(PD_RATIO) == "8 of 10"


@pytest.mark.parametrize(
    "other",
    [
        "{log: sessions, where: {feedback_form: yes, line: '1.1', format: [half-day, full-day]}}",
        "{selection: pd, where: {feedback_form: yes}}",
        "{log: sessions, where: {format: [half-day, full-day], feedback_form: yes, line: ['1.1']}}",
    ],
)
def test_a_selection_means_the_same_in_any_order_of_its_conditions(other: str) -> None:
    """A row enters a share of two sums only if both its cells are known, however each side is written."""
    table = """
    id | line | date       | title | format   | feedback_form | answered | positive
    w1 | 1.1  | 2024-10-16 | One   | full-day | yes           | 10       | 8
    w2 | 1.1  | 2024-10-17 | Two   | half-day | yes           | 10       |
    """
    one = "{log: sessions, where: {line: '1.1', format: [full-day, half-day], feedback_form: yes}}"
    for part, whole in ((one, one), (one, other), (other, one)):
        measure = (
            f"{{kind: ratio, part: {{sum: positive, of: {part}}}, whole: {{sum: answered, of: {whole}}}}}"
        )
        assert shown(measure, sessions=table) == "8 of 10"


def test_a_row_without_a_date_is_done_on_the_day_of_its_session() -> None:
    feedback = "session | response | answer | positive\nw1 | 1 | good | yes"
    for cut_off, done_on in (("2024-10-15", None), ("2025-06-30", dt.date(2024, 10, 16))):
        found = result(
            "{kind: milestone, of: {log: feedback}}", cut_off=cut_off, sessions=SESSIONS, feedback=feedback
        )
        assert found.to_date.done_on == done_on


def test_a_session_held_without_a_list_was_held_all_the_same() -> None:
    """Three of four are over and one is attended: nobody can come to four any more."""
    sessions = "id | line | date | title | format\n" + "".join(
        f"m{month} | 1.4a | 2024-{month}-01 | PLC | meeting\n" for month in (10, 11, 12)
    )
    attendance = "session | date | person | role | board\nm10 | 2024-10-01 | p-1 | cda | EMSB"
    all_four = ALL.replace("at_least: 3", "at_least: 4")
    found = result(all_four, "{at_least: 50%}", "2025-01-15", sessions=sessions, attendance=attendance)
    assert [(member.times, member.best) for member in found.to_date.members] == [(1, 2)]
    assert found.status.code == "behind"


def test_of_two_typed_figures_of_one_day_the_one_written_last_holds() -> None:
    table = "id | indicator | date | value | evidence\nfg-z | 1.1.it | 2025-01-01 | 5 | a\nfg-a | 1.1.it | 2025-01-01 | 12 | b"
    assert shown("{kind: typed}", figures=table) == "12"


def test_a_slip_in_a_year_does_not_make_a_session_of_millions_of_days() -> None:
    sessions = "id | line | date | last_day | title | format | status\no1 | 1.1 | 0001-01-01 | 9999-12-31 | A | two-day | planned"
    assert (
        result(BOTH_DAYS, cut_off="2024-10-01", sessions=sessions, people=NEW, attendance="").to_date.absent
        == "no_data"
    )
    days = "session | date | person | role | board\no2 | 2024-09-10 | p-ann | cda | EMSB"
    held = sessions + "\no2 | 1.1 | 2024-09-10 | | B | full-day | held"
    assert result(BOTH_DAYS, cut_off="2024-10-01", sessions=held, people=NEW, attendance=days).to_date.members


def test_an_empty_value_is_no_item_of_a_list() -> None:
    """A tool without a theme is no theme (case F15); of several columns one that says something is enough."""
    table = """
    date       | kind | title | audience | theme
    2024-10-01 | tool | A     | cda      |
    2024-10-02 | tool | B     | cda      | Gouvernance
    2024-10-03 | tool | C     | cda      | Gouvernance
    """
    themes = result("{kind: list, columns: [theme], of: {log: tools}, grouped: true}", tools=table).to_date
    assert (themes.value, [(item.values, item.number) for item in themes.items]) == (
        1,
        [(("Gouvernance",), 2)],
    )
    assert [(left.row["title"], left.reason, left.column) for left in themes.left_out] == [
        ("A", "empty", "theme")
    ]
    titles = result("{kind: list, columns: [title, theme], of: {log: tools}}", tools=table).to_date
    assert titles.value == 3


ANN = "id | role | board | start\np-ann | cda | EMSB | 2024-08-01"


def test_a_reach_by_session_knows_the_sessions_to_come() -> None:
    """Case F1: `each: session` counts them as `each: session.id` does."""
    sessions = "id | line | date | title | format | status\n" + "".join(
        f"m{n} | 1.1 | 2024-{month}-01 | M{n} | half-day | {status}\n"
        for n, month, status in ((1, 10, "held"), (2, 11, "planned"), (3, 12, "planned"))
    )
    attendance = "session | date | person | role | board\nm1 | 2024-10-01 | p-ann | cda | EMSB"
    reach = (
        "{kind: reach, who: {people: {role: cda}}, did: {log: attendance}, by: person, each: %s, at_least: 2}"
    )
    for each in ("session", "session.id"):
        found = result(
            reach % each,
            "{at_least: 100%}",
            "2024-10-15",
            sessions=sessions,
            attendance=attendance,
            people=ANN,
        )
        assert {member.can_still for member in found.to_date.members} == {True}
        assert found.status.code == "not_due"


@pytest.mark.parametrize(
    ("cut_off", "aim", "expected"),
    [
        ("2024-10-15", "{at_least: 100%}", "not_due"),
        ("2025-06-29", "{at_least: 100%}", "not_due"),
        ("2025-06-30", "{at_least: 100%}", "not_met"),
        ("2024-11-30", "{at_least: 100%, by: {1: 50%}}", "behind"),
    ],
)
def test_a_reach_over_visits_is_never_out_of_reach(cut_off: str, aim: str, expected: str) -> None:
    """Case F7: nobody knows which visits are still to come."""
    visits = "date | staff | hours | person | role | board | objective\n2024-10-01 | p-k | 2 | p-ann | cda | EMSB | skills"
    reach = "{kind: reach, who: {people: {role: cda}}, did: {log: accompaniment}, by: person, each: date, at_least: 2}"
    found = result(reach, aim, cut_off, accompaniment=visits, people=ANN)
    assert found.status.code == expected
    assert found.to_date.best is None


def test_ever_is_up_to_the_cut_off() -> None:
    """Case F5: who is hired in January is nobody in December."""
    people = "id | role | board | start\np-a | cda | EMSB | 2024-08-01\np-b | cda | EMSB | 2025-01-06"
    among = "{kind: distinct, column: person, of: {log: requests}, among: {people: {role: cda}, as_of: ever}}"
    requests = "date | person | role | board | objective\n2024-10-01 | p-a | cda | EMSB | skills"
    for cut_off, everybody in (("2024-11-30", 1), ("2025-03-31", 2)):
        found = result(among, "null", cut_off, people=people, requests=requests)
        assert (found.to_date.part, found.to_date.whole) == (1, everybody)


def test_rows_placed_outside_the_year_count_nowhere() -> None:
    """Case F2: a capsule published after the plan's end is none of June's."""
    tools = "date | title | kind | audience | published\n" + "".join(
        f"2025-05-01 | T{n} | tool | cda | {day}\n"
        for n, day in enumerate(("2025-05-02", "2025-06-30", "2025-09-10"))
    )
    published = "{kind: count, of: {log: tools, when: published}}"
    found = result(published, "{at_least: 3}", "2025-06-30", tools=tools)
    assert (found.to_date.value, found.status.code) == (2, "partly_met")
    assert [(one.row["title"], one.reason) for one in found.left_out] == [("T2", "other_year")]
    assert (
        Words("en", plan("{kind: typed}"))("reason.other_year", column="published")
        == "not in this year: published"
    )


def test_where_no_presence_counts_nobody_knows_who_was_there() -> None:
    """Case F13: six respondents of nobody enter no pooled rate."""
    sessions = "id | line | date | title | format | respondents\nw1 | 1.1 | 2024-10-16 | A | half-day | 6"
    staff = "session | date | person | role | board\nw1 | 2024-10-16 | p-k | prt-staff | EMSB"
    rate = "{kind: ratio, part: {sum: respondents, of: pd}, whole: {sum: participants, of: pd}}"
    found = result(rate, sessions=sessions, attendance=staff)
    assert (found.to_date.absent, found.to_date.unknown) == ("no_data", 1)


def test_a_line_without_any_row_may_have_been_forgotten() -> None:
    """Case F12: 0 of 5 is behind, and it is said whether anything was entered."""
    sessions = "line | date | title | format | status\n1.4a | 2024-09-01 | M | meeting | held\n"
    late = result("{kind: count, of: pd}", "{at_least: 5}", "2025-03-31", sessions=sessions)
    assert (late.status.code, late.is_untouched) == ("behind", True)
    sessions += "1.1 | 2025-05-01 | A | full-day | planned"
    late = result("{kind: count, of: pd}", "{at_least: 5}", "2025-03-31", sessions=sessions)
    assert (late.status.code, late.is_untouched) == ("behind", False)
