"""A measure over several selections, of one log or of several: hours for teams and for partners."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.project import Prt
from tests.support import evaluation, report, result
from tests.test_explain_words import explained
from tests.test_means import text_of
from tests.test_rates import problems_of

HOURS = "{kind: sum, column: hours, of: [{log: accompaniment}, {log: partner-support}]%s}"
TABLES = {
    "accompaniment": """
id | date       | staff | hours | person | role | board | objective
a1 | 2024-10-16 | p-me  | 2     | p-ann  | cda  | EMSB  | skills
a2 | 2025-01-16 | p-me  | 1.5   | p-bob  | cda  | RSB   | skills
""",
    "partner-support": """
id | date       | staff | hours | organisation | purpose
s1 | 2024-10-20 | p-me  | 4     | CHSSN        | table
s2 | 2025-01-10 | p-you | 0.25  | CHSSN        | table
""",
    "requests": """
id | date       | person | role | board | objective
r1 | 2024-10-01 | p-ann  | cda  | EMSB  | skills
r2 | 2024-10-02 | p-cal  | cda  | RSB   | skills
""",
    "people": """
id    | role | board | start | end
p-ann | cda  | EMSB  |       |
p-bob | cda  | RSB   |       |
p-cal | cda  | RSB   |       |
p-dee | cda  | RSB   |       |
""",
}


def test_hours_of_two_logs_are_added_and_keep_their_unit() -> None:
    found = result(HOURS % "", "{at_least: 8}", "2025-06-30", **TABLES)
    assert (found.to_date.value, found.measure.unit, found.status.code) == (7.75, "h", "partly_met")
    assert [figure and figure.value for figure in found.periods] == [6, 1.75, 0]
    assert [row.id for row in found.to_date.rows] == ["a1", "s1", "s2", "a2"]
    assert result(HOURS % "", "{at_least: 7.75}", **TABLES).status.code == "met"


def test_people_count_once_over_logs() -> None:
    people = "{kind: distinct, column: person, of: [{log: requests}, {log: accompaniment}]%s}"
    assert result(people % "", **TABLES).to_date.value == 3
    found = result(people % ", among: {people: {role: cda}}", **TABLES).to_date
    assert (found.part, found.whole) == (3, 4)


def test_a_row_of_two_selections_counts_once() -> None:
    of = "[{log: requests, where: {role: cda}}, {log: requests, where: {board: EMSB}}, {log: requests}]"
    assert result(f"{{kind: count, of: {of}}}", **TABLES).to_date.value == 2
    assert result("{kind: count, of: [{log: requests}]}", **TABLES).to_date.value == 2


def test_one_log_in_use_is_enough() -> None:
    only = {"partner-support": TABLES["partner-support"]}
    assert result(HOURS % "", **only).to_date.value == 4.25
    assert result(HOURS % "", "null", "2024-10-16", **only).to_date.absent == "no_data"


def test_a_breakdown_is_over_all_logs() -> None:
    found = result(HOURS % ", split_by: [staff]", **TABLES).to_date
    assert {group.value: group.amount for _, groups in found.splits for group in groups} == {
        "p-me": 7.5,
        "p-you": 0.25,
    }


@pytest.mark.parametrize(
    ("measure", "said"),
    [
        (HOURS % ", split_by: [board]", 'partner-support has no column "board"'),
        (
            "{kind: sum, column: hours, of: [{log: accompaniment}, {log: requests}]}",
            'requests has no column "hours"',
        ),
        ("{kind: sum, column: board, of: [{log: accompaniment}]}", "board of accompaniment is not a number"),
        ("{kind: count, of: []}", "the list is empty"),
    ],
)
def test_each_log_has_the_column(measure: str, said: str) -> None:
    assert any(said in one for one in problems_of(measure)), problems_of(measure)


def test_rows_left_out_are_those_of_each_log() -> None:
    of = "[{log: requests, where: {role: principal}}, {log: accompaniment, where: {board: EMSB}}]"
    found = result(f"{{kind: count, of: {of}}}", **TABLES)
    assert {one.row.id for one in found.left_out} == {"r1", "r2", "a2"}
    assert [row.id for row in found.to_date.rows] == ["a1"]


def test_a_row_left_out_shows_what_its_own_log_alone_has() -> None:
    of = "[{log: requests}, {log: accompaniment, where: {board: EMSB}}]"
    among = "{anyone_in: {log: accompaniment, where: {board: EMSB}}, by: staff}"
    found = explained(f"{{kind: distinct, column: person, of: {of}, among: {among}}}", **TABLES)
    lines = ["".join(text for text, _ in line) for line in found.lines()]
    (left,) = [line for line in lines if " a2 " in line]
    assert re.split(r"  +", left.strip())[2:5] == ["skills", "p-bob", "p-me"]


def test_two_people_over_two_logs_are_withheld() -> None:
    share = (
        "{kind: distinct, column: person, of: [{log: requests}, {log: accompaniment}],"
        " among: {people: {role: cda}}}"
    )
    made = report(evaluation(share, **TABLES), "en")
    assert made.volets[0].lines[0].indicators[0].to_date.number == "x"


INDICATORS = """
          - {id: hours, label: {en: All hours, fr: Toutes les heures}, measure: {kind: sum, column: hours, of: [{log: accompaniment}, {log: partner-support}], split_by: [staff]}, target: {at_least: 8}}
          - {id: asked, label: {en: People helped, fr: Personnes aidées}, measure: {kind: distinct, column: person, of: [{log: requests}, {log: accompaniment}]}}
"""


@pytest.fixture
def team(prt: Prt, kept: Path) -> Prt:
    prt.once(kept, lambda: fill(prt))
    return prt


def fill(prt: Prt) -> None:
    prt.shorten_plan("1.1", "3a", "3b")
    prt.indicators(INDICATORS)
    prt.people("p-aaaa,cda,EMSB,,2024-08-01,,,", "p-meme,prt-staff,,,,,,")
    prt("log accompaniment --staff p-meme --hours 2 --person p-aaaa --date 2024-10-16 --objective skills")
    prt("org add CHSSN --type partner --name-en CHSSN --name-fr RCSSS")
    prt("log partner-support --staff p-meme --hours 3 --organisation CHSSN --date 2024-10-17 --purpose table")


def test_every_screen_knows_both_logs(team: Prt) -> None:
    out = team(
        "log partner-support --staff p-meme --hours 4 --organisation CHSSN --date 2024-11-17 --purpose x"
    )
    assert "1.1.hours  5 → 9 of 8" in out
    assert "1.1.hours" in team("status --all")
    out = " ".join(team("explain 1.1.hours --all").split())
    assert "accompaniment.csv" in out
    assert "partner-support.csv" in out
    assert "accompaniment entries and" in out
    assert " et " in team("explain 1.1.hours --lang fr").split("Règle")[1].split("\n")[0]
    found = json.loads(team("status --all --format json"))
    one = next(one for one in found["indicators"] if one["id"] == "1.1.hours")
    assert (one["to_date"]["value"], one["unit"], one["status"]) == (9, "h", "met")
    team("log request --person p-aaaa --date 2024-10-01 --objective skills")
    assert "1.1.asked  1" not in team.out
    assert team("check") == "No problems in the files.\n"
    for form in ("md", "html", "json", "xlsx", "docx"):
        made = team.root.parent / f"r.{form}"
        team(f"report --period 1 --for audit --lang en --format {form} -o {made} --force")
        text = " ".join(text_of(made).replace("\u00a0", " ").split())
        assert "All hours" in text, form
        assert re.search(r"\b9 h\b" if form != "xlsx" else r"<v>9</v>", text), form
        assert re.search(r"accompaniment entries and [^.|<]*partner", text), form
    team(f"export package --team -o {team.root.parent}/package")
    with (team.root.parent / "package" / "facts.csv").open(encoding="utf-8-sig", newline="") as file:
        facts = [one for one in csv.DictReader(file) if "1.1.hours" in one.values()]
    given = [(one["log"], float(one["part"])) for one in facts if one["part"]]
    assert sorted(given) == [("accompaniment", 2), ("partner-support", 3), ("partner-support", 4)]
    assert "1.1.hours" not in team("todo")  # its target is met
