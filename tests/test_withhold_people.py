"""Small groups of people who are counted in several ways: by rows, by persons, by sessions they came to.

Each test is a year in which a reader could compute a withheld number from another figure of the same report.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from random import Random

import pytest

from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.withholding.links import links_of_rest
from prt.figures.withholding.published import published
from prt.figures.withholding.terms import Terms
from prt.files.plan.plan import read_plan
from prt.model.facts import NOT_AMONG, About, Frequency, Head, of_reach
from prt.output.renderers.html import render_html
from prt.output.renderers.markdown import render_markdown
from prt.output.report.annexes import annex_breakdowns
from prt.output.status_json import indicator_json
from prt.output.words import Words
from tests.attack.people import draw_people
from tests.conftest import some
from tests.support import PLAN, load, report

LINE = '      - id: "1.4a"\n'


def year_of(measures: dict[str, str], day: str = "2025-06-30", **tables: str) -> Evaluation:
    """A year at that day, whose indicators have these measures, by their ids."""
    more = "".join(
        f"          - {{id: {name}, label: {{en: {name}, fr: {name}}}, measure: {measure}}}\n"
        for name, measure in measures.items()
    )
    text = PLAN.format(measure="{kind: count, of: pd}", target="null").replace(LINE, more + LINE)
    found, problems = read_plan(text.encode(), "plan.yaml")
    assert found is not None, problems
    return evaluate(found, load(found, tables)[0], dt.date.fromisoformat(day))


def printed(found: Evaluation) -> str:
    return render_markdown(report(found, "en"), Words("en", found.plan, found.data.organisations))


def lines(found: Evaluation, *words: str) -> list[str]:
    """The lines of the report that have one of these words."""
    return [line for line in printed(found).splitlines() if any(word in line for word in words)]


def withheld(found: Evaluation) -> set[str]:
    """The indicators of which the figure to date is withheld."""
    hidden = published(found, annex_breakdowns(found.plan)).withheld
    return {str(key[1]).removeprefix("1.1.") for key in hidden if key[0] == "figure" and key[2:] == (0, 0)}


def requests(*groups: tuple[str, int]) -> str:
    """Requests of so many persons of each role, one each."""
    return "id | date | person | role | board | objective\n" + "".join(
        f"r-{role}-{number} | 2024-10-10 | p-{role}-{number} | {role} | EMSB | x\n"
        for role, many in groups
        for number in range(many)
    )


POSITIVE = "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}"
SESSIONS = """
id | line | date       | title | format   | boards | participants | respondents | positive
1  | 1.1  | 2024-10-16 | One   | half-day | EMSB   | 12           | 10          | 8
2  | 1.1  | 2024-10-20 | Two   | half-day | EMSB   | 6            | 3           | 2
"""
SURVEYS = """
id | date       | campaign | role    | invited | completed
1  | 2024-10-10 | year-end | cda     | 30      | 20
2  | 2024-10-10 | year-end | teacher | 30      | 20
"""


def test_the_same_id_in_another_log_changes_nothing() -> None:
    measures = {"positive": POSITIVE, "surveys": "{kind: count, of: {log: surveys}}"}
    alone, both = (year_of(measures, sessions=SESSIONS, surveys=some) for some in ("", SURVEYS))
    assert lines(both, "| One", "| Two") == lines(alone, "| One", "| Two")
    assert any("| x |" in line for line in lines(both, "| Two"))


def test_rows_of_two_logs_with_the_same_ids_are_not_the_same_rows() -> None:
    measures = {"pd": "{kind: count, of: {log: sessions}}", "surveys": "{kind: count, of: {log: surveys}}"}
    found = report(year_of(measures, sessions=SESSIONS, surveys=SURVEYS), "en")
    one, two, three = (part.behind.says for part in found.volets[0].lines[0].indicators)
    assert "the same as for" in two and "the same as for" not in one + three


POSTS = """
id     | role    | board | start | end
p-aaaa | cda     | EMSB  |       |
p-bbbb | cda     | EMSB  |       |
p-cccc | cda     | EMSB  |       |
p-dddd | cda     | EMSB  |       |
"""
SIX = """
id | date       | person | role    | board | objective
r1 | 2024-10-10 | p-aaaa | cda     | EMSB  | x
r2 | 2024-10-10 | p-bbbb | cda     | EMSB  | x
r3 | 2024-10-10 | p-cccc | cda     | EMSB  | x
r4 | 2024-10-10 | p-eeee | teacher | RSB   | x
r5 | 2024-10-10 | p-ffff | teacher | RSB   | x
r6 | 2024-10-10 | p-gggg | teacher | RSB   | x
"""
PEOPLE = "{kind: distinct, column: person, of: {log: requests}}"
AMONG = "{kind: distinct, column: person, of: {log: requests}, among: {people: {role: cda}}}"
REACH = "{kind: reach, who: {people: {role: cda}}, did: {log: requests}, by: person, each: date, at_least: 1}"


@pytest.mark.parametrize("measure", [AMONG, REACH])
def test_who_is_outside_a_group_is_not_said_beside_a_withheld_figure(measure: str) -> None:
    found = year_of({"people": PEOPLE, "some": measure}, requests=SIX, people=POSTS)
    assert "some" in withheld(found) and "people" not in withheld(found)
    assert "outside the population" not in printed(found)


def test_who_is_outside_a_group_is_a_number_of_its_own() -> None:
    """Beside the group that is shown it would tell the rest of another breakdown."""
    by_role = f"{PEOPLE[:-1]}, split_by: [role]}}"
    posts = POSTS + "p-hhhh | cda | EMSB | |\np-iiii | cda | EMSB | |\n"
    many = SIX + "".join(f"s{one} | 2024-10-10 | {one} | cda | EMSB | x\n" for one in ("p-hhhh", "p-iiii"))
    found = year_of({"roles": by_role, "some": AMONG}, requests=many, people=posts)
    assert [line.split("|")[2].strip() for line in lines(found, "| Teacher")] == ["x"]
    assert "outside the population" not in printed(found)


@pytest.mark.parametrize("part", ["{count: %s}", "{distinct: person, of: %s}"])
def test_people_as_a_part_of_sessions_are_people(part: str) -> None:
    few = part % "{log: requests, where: {role: principal}}"
    measures = {
        "roles": "{kind: %s, of: {log: requests}, split_by: [role]}"
        % ("count" if "count" in part else "distinct, column: person"),
        "each": f"{{kind: ratio, part: {few}, whole: {{count: {{log: sessions}}}}}}",
    }
    table = requests(("cda", 9), ("sb-rep", 6), ("principal", 2))
    found = year_of(measures, requests=table, sessions=SESSIONS)
    assert [line.split("|")[2].strip() for line in lines(found, "| Principal")] == ["x"]
    assert "each" in withheld(found)


@pytest.mark.parametrize("grouped", ["true", "false"])
@pytest.mark.parametrize("columns", ["[person, objective]", "[role, id]"])
def test_a_report_names_no_person_in_a_list_or_a_breakdown(columns: str, grouped: str) -> None:
    measures = {
        "list": f"{{kind: list, columns: {columns}, of: {{log: requests}}, grouped: {grouped}}}",
        "rows": "{kind: count, of: {log: requests}, split_by: [person, id, role]}",
        "people": PEOPLE,
    }
    found = year_of(measures, requests=SIX.replace("r1 |", "r-aaaa |"), people=POSTS)
    assert not re.search("p-aaaa|r-aaaa", printed(found).lower())
    html = render_html(report(found, "en"), Words("en", found.plan, found.data.organisations))
    assert not re.search("p-aaaa|r-aaaa", html.lower())
    shown = published(found, annex_breakdowns(found.plan)).evaluation.result("1.1.rows")
    assert shown is not None and not re.search("p-aaaa|r-aaaa", json.dumps(indicator_json(shown)))
    assert lines(found, "| CDA") and not withheld(found)


@pytest.mark.parametrize("columns", ["[person]", "[person, objective]", "[id]", "[date, id]"])
def test_as_many_items_as_people_are_a_number_of_people(columns: str) -> None:
    measures = {
        "roles": "{kind: distinct, column: person, of: {log: requests}, split_by: [role]}"
        if "person" in columns
        else "{kind: count, of: {log: requests}, split_by: [role]}",
        "list": f"{{kind: list, columns: {columns}, of: {{log: requests, where: {{role: principal}}}}}}",
    }
    found = year_of(measures, requests=requests(("cda", 9), ("sb-rep", 6), ("principal", 2)))
    shown = published(found, annex_breakdowns(found.plan)).evaluation.result("1.1.list")
    assert "list" in withheld(found) and shown is not None and not shown.to_date.items


def kinds_of(role: str) -> str:
    return f"{{kind: distinct, column: person, of: {{log: requests, where: {{role: {role}}}}}}}"


ROWS = "{kind: count, of: {log: requests}, split_by: [role]}"


def test_as_many_rows_as_people_are_one_each() -> None:
    """17 requests of 17 people, of whom 2 are principals: these made 2."""
    measures = {"rows": ROWS} | {role: kinds_of(role) for role in ("cda", "sb-rep", "principal")}
    found = year_of(measures, requests=requests(("cda", 9), ("sb-rep", 6), ("principal", 2)))
    hidden = published(found, annex_breakdowns(found.plan)).withheld
    assert ("group", "1.1.rows", "role", "principal") in hidden
    shown = {"rows", "cda", "sb-rep", "principal"} - withheld(found)
    assert not {"rows", "cda", "sb-rep", "principal"} <= shown


def test_where_people_have_several_rows_their_number_tells_no_rows() -> None:
    measures = {"rows": ROWS, "principals": kinds_of("principal"), "people": PEOPLE}
    again = (
        "r1 | 2024-10-11 | p-cda-1 | cda | EMSB | x\nr2 | 2024-10-11 | p-principal-1 | principal | EMSB | x\n"
    )
    table = requests(("cda", 9), ("sb-rep", 6), ("principal", 2)) + again
    found = year_of(measures, requests=table)
    assert withheld(found) == set()


def roster(**groups: int) -> str:
    """So many people in post with each role."""
    return "id | role | board | start | end\n" + "".join(
        f"p-{role}-{number} | {role} | EMSB | |\n" for role, many in groups.items() for number in range(many)
    )


def test_who_did_it_once_is_who_is_named() -> None:
    """9 of 12 came, of whom 7 are CDAs of 9: so 2 of the 3 principals came."""
    measures = {
        "everybody": REACH.replace("role: cda", "role: [cda, principal]"),
        "some": AMONG,
        "principals": REACH.replace("role: cda", "role: principal"),
    }
    table, people = requests(("cda", 7), ("principal", 2)), roster(cda=9, principal=3)
    found = year_of(measures, requests=table, people=people)
    assert "principals" in withheld(found) and len(withheld(found)) > 1


@pytest.mark.parametrize("least", [1, 2])
def test_once_is_once_whatever_is_told_apart(least: int) -> None:
    """Who asked on some day asked for some objective; only who asked on some day asked for two of them."""
    members = [("p-a", True), ("p-b", False)]
    day = of_reach(members, Frequency("requests", "rule", "day"))
    objective = of_reach(members, Frequency("requests", "rule", "objective", least))
    write = Terms([day, objective]).write
    assert (write(day.part) == write(objective.part)) == (least == 1)
    assert write(objective.part).keys() <= write(day.part).keys()


def test_one_row_that_tells_of_several_times_is_one_row() -> None:
    row = Head("r1", "requests", 1, "p-a", "requests")
    named = Head("p-a", "requests", 1, "p-a")
    twice = of_reach([("p-a", True)], Frequency("requests", "rule", "objective", 2))
    abouts = [About(frozenset({row})), About(frozenset({named})), twice]
    write = Terms(abouts).write
    assert [sum(n * term.number for term, n in write(one.part).items()) for one in abouts] == [1, 1, 1]


def test_where_each_person_has_one_row_nobody_did_it_oftener() -> None:
    """6 people made 6 requests: none of the 4 teachers made three, those who made none neither."""
    measures = {
        "everybody": REACH.replace("role: cda", "role: [cda, teacher]"),
        "rows": ROWS,
        "people": PEOPLE,
        "teachers": REACH.replace("role: cda", "role: teacher").replace("at_least: 1", "at_least: 3"),
    }
    table, people = requests(("cda", 4), ("teacher", 2)), roster(cda=10, teacher=4)
    found = year_of(measures, requests=table, people=people)
    assert "teachers" in withheld(found) and len(withheld(found)) > 1


@pytest.mark.parametrize("counted", ["{kind: ratio, part: {distinct: person, of: %s}, whole: %s}", AMONG])
def test_nobody_of_a_group_is_nobody_of_its_parts(counted: str) -> None:
    """0 of 9 people have travelled: so has none of the 3 principals, in whatever words it is asked."""
    travelled = "{log: requests, where: {objective: travel}}"
    everybody = "{people: {role: [cda, principal]}}"
    some = (
        counted % (travelled, everybody) if "%" in counted else counted.replace("{log: requests}", travelled)
    )
    measures = {
        "everybody": some.replace("{people: {role: cda}}", everybody),
        "principals": AMONG.replace("{log: requests}", travelled).replace("role: cda", "role: principal"),
    }
    table, people = requests(("cda", 6), ("principal", 3)), roster(cda=6, principal=3)
    assert withheld(year_of(measures, requests=table, people=people)) == {"everybody", "principals"}


def test_a_group_of_a_breakdown_is_what_the_others_leave_of_a_share() -> None:
    """19 of 25 came: 9 CDAs, 8 of school boards, and so 2 principals."""
    everybody = AMONG.replace("role: cda", "role: [cda, principal, teacher]")
    table = requests(("cda", 9), ("principal", 2), ("teacher", 8))
    people = roster(cda=12, principal=3, teacher=10)
    measures = {"some": f"{everybody[:-1]}, split_by: [role]}}"}
    found = year_of(measures, day="2024-11-30", requests=table, people=people)
    assert [line.split("|")[2].strip() for line in lines(found, "| Teacher", "| Principal")] == ["x", "x"]


def test_a_number_of_people_is_the_part_of_a_share() -> None:
    """2 principals asked, of 3 in post."""
    measures = {
        "principals": kinds_of("principal"),
        "share": "{kind: ratio, part: {distinct: person, of: {log: requests}},"
        " whole: {people: {role: principal}}}",
        "posts": "{kind: ratio, part: {distinct: person, of: {log: requests, where: {objective: none}}},"
        " whole: {people: {role: [principal, cda]}}}",
    }
    found = year_of(measures, requests=requests(("principal", 2)), people=roster(principal=3, cda=9))
    assert "share" in withheld(found) and "principals" in withheld(found)


def test_answers_that_fill_a_session_are_those_that_are_counted_by_rows() -> None:
    """20 of 25 are positive, 18 of 22 of one session: so 2 of the 3 of the other."""
    answers = [("w1", 18, 22), ("w2", 2, 3)]
    feedback = "id | session | response | positive\n" + "".join(
        f"{one}-{n} | {one} | {n} | {'yes' if n < positive else 'no'}\n"
        for one, positive, all_of_them in answers
        for n in range(all_of_them)
    )
    sessions = re.sub(r"(?m)^([12]) ", r"w\1", SESSIONS)
    sessions = re.sub(r"\|[ \d]+\|[ \d]+\|[ \d]+$", "| 30 | |", sessions, flags=re.M)
    share = "{kind: ratio, part: {count: {log: feedback, where: {positive: yes}}}, whole: {count: {log: feedback}}}"
    measures = {"positive": share, "sessions": "{kind: count, of: {log: sessions}}"}
    found = year_of(measures, sessions=sessions, feedback=feedback)
    one, two = (line.count("| x |") for line in lines(found, "| One", "| Two")[:2])
    assert two and (one or "positive" in withheld(found))


@pytest.mark.parametrize("seed", some(range(40), 1))
def test_neither_ids_nor_the_order_of_rows_decide_what_is_withheld(seed: int) -> None:
    year, rng = draw_people(seed), Random(seed)
    names: dict[str, str] = {}

    def renamed(table: str) -> str:
        head, *lines = re.sub(
            r"\b(p-|r|a)\d*(\w\w)?\d+(-\d+)?\b",
            lambda found: names.setdefault(found[0], f"{found[1]}{rng.randrange(10**9)}"),
            table,
        ).splitlines()
        return "\n".join([head, *rng.sample(lines, len(lines))]) + "\n"

    other = year.evaluated({log: renamed(table) for log, table in year.tables().items()})
    assert len(names) > len(year.persons)
    assert published(other, annex_breakdowns(other.plan)).withheld == year.edition.withheld


def test_who_is_in_a_whole_alone_is_nobody_by_the_rule_of_this_share() -> None:
    """Beside its rows stand people by the rules of other shares, too: no order of a set chooses among them."""
    people = [f"p-{number}" for number in range(20)]
    own, *others = (
        {Head(one, f"{NOT_AMONG}{rule}", 0, one) for one in people} for rule in ("own", "another", "third")
    )
    named = {Head(one, "requests", 1, one) for one in people}
    about = About(frozenset(own.union(*others)), frozenset(own | named))
    links = dict(links_of_rest([about], {}, {}))
    assert {links[head][1] for head in named} == own
