"""Small groups: what a report withholds, and that nobody can compute it from what is shown.

The attacker of these tests is not the program's own: it tries every year that would print the same report, or
solves the sums by itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from prt.cli import app
from prt.figures.evaluate import evaluate
from prt.figures.withholding.cell import Cell
from prt.figures.withholding.equations import Key, Sum
from prt.figures.withholding.nobody_else import cells
from prt.figures.withholding.published import published
from prt.figures.withholding.withhold import withhold
from prt.files.project import Project, Year
from prt.model.facts import About, Head
from prt.model.text import LANGUAGES, Language
from prt.output.document.content import Grid
from prt.output.document.indicator_parts import IndicatorPart
from prt.output.document.report_document import Report
from prt.output.renderers.html import render_html
from prt.output.renderers.markdown import render_markdown
from prt.output.report.annexes import annex_breakdowns
from prt.output.screens.status import StatusScreen
from prt.output.words import Words
from prt.problems import PrtError
from tests.conftest import only_in_ci, some
from tests.support import evaluation, report

# Breakdowns


def of(groups: dict[str, int]) -> dict[Key, Cell]:
    """A breakdown of people with its total beside it."""
    heads = {name: frozenset(Head(f"{name}{one}", "row") for one in range(n)) for name, n in groups.items()}
    found: dict[Key, Cell] = {(name,): Cell(About(some), family=("all",)) for name, some in heads.items()}
    return found | {("total",): Cell(About(frozenset().union(*heads.values())), listed=False)}


@pytest.mark.parametrize(
    ("groups", "withheld"),
    [
        ({"a": 12, "b": 8, "c": 7}, ""),
        ({"a": 12, "b": 8, "c": 3}, "b c"),
        ({"a": 12, "b": 3, "c": 2}, "b c"),
        ({"a": 12, "b": 8, "c": 1, "d": 1}, "b c d"),  # 1 + 1 = 2 would be a small group too
        ({"a": 12, "b": 2, "c": 2}, "a b c"),
        ({"a": 12, "b": 8, "c": 5}, ""),
        ({"a": 12, "b": 8, "c": 0}, ""),  # nobody is no group
        ({"a": 3}, "a total"),
        ({"a": 2, "b": 1}, "a b total"),
    ],
)
def test_a_small_cell_and_the_next_smallest(groups: dict[str, int], withheld: str) -> None:
    assert withheld.split() == sorted(str(key[0]) for key in withhold(of(groups), 5))


def test_the_plan_says_what_is_small() -> None:
    assert withhold(of({"a": 12, "b": 8, "c": 7}), 10) == {("a",), ("b",), ("c",)} - {("a",)}
    assert withhold(of({"a": 12, "b": 1}), 1) == frozenset()


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=1))
def test_no_withheld_cell_of_a_breakdown_can_be_computed(groups: dict[str, int]) -> None:
    told = of(groups)
    hidden = withhold(told, 5)
    assert {(name,) for name, n in groups.items() if 0 < n < 5} <= hidden
    assert_not_solved(told, hidden)
    together = sum(groups[str(key[0])] for key in hidden if key != ("total",))
    assert ("total",) in hidden or together == 0 or together >= 5


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), min_size=1), st.randoms())
def test_the_order_of_the_cells_changes_nothing(groups: dict[str, int], draw: object) -> None:
    told = list(of(groups).items())
    draw.shuffle(told)  # type: ignore[attr-defined]
    assert withhold(dict(told), 5) == withhold(of(groups), 5)


# Solving the sums: a plain elimination, written apart from the program's


def assert_not_solved(told: dict[Key, Cell], hidden: Iterable[Key]) -> None:
    """No number that is withheld is a combination of those that are shown."""
    hidden = set(hidden)
    known = [one for key, cell in told.items() if key not in hidden for one in cell.tells()]
    basis = echelon(known)
    for key in hidden:
        secret = told[key].number()
        assert not secret or left_of(secret, basis), f"{key} can be computed"


PRIME = 2**61 - 1
Basis = list[tuple[Head, dict[Head, int]]]


def modular(found: Sum) -> dict[Head, int]:
    return {
        head: one.numerator * pow(one.denominator, -1, PRIME) % PRIME for head, one in found.items() if one
    }


def left_of(found: Sum, basis: Basis) -> dict[Head, int]:
    row = modular(found)
    for pivot, other in basis:
        if times := row.get(pivot, 0):
            row = {head: (row.get(head, 0) - times * other.get(head, 0)) % PRIME for head in row | other}
    return {head: one for head, one in row.items() if one}


def echelon(known: Iterable[Sum]) -> Basis:
    basis: Basis = []
    for one in known:
        if row := left_of(one, basis):
            pivot = max(row)
            inverse = pow(row[pivot], -1, PRIME)
            basis.append((pivot, {head: number * inverse % PRIME for head, number in row.items()}))
    return basis


# Percentages of sessions in a report


SESSIONS = """
id | line | date       | title | format   | boards | participants | respondents | positive
w1 | 1.1  | 2024-10-16 | One   | half-day | EMSB   | 12           | 10          | 8
w2 | 1.1  | 2025-01-20 | Two   | half-day | EMSB   | 6            | 3           | 2
"""
POSITIVE = (
    "{kind: ratio, part: {sum: positive, of: pd}, whole: {sum: answered, of: pd}}\n"
    "            also:\n"
    "              label: {en: of participants, fr: des participants}\n"
    "              measure: {kind: ratio, part: {sum: positive, of: pd}, whole: {sum: participants, of: pd}}"
)
TARGET = "{at_least: 75%}"
ONE_OF_THREE = SESSIONS.replace("w1 | 1.1 ", "w1 | 1.4a").replace("| 2\n", "| 1\n")
"""Behind, as 0 of 3 would be."""


def made(sessions: str = SESSIONS, language: Language = "en", cut_off: str = "2025-03-31") -> Report:
    return report(evaluation(POSITIVE, TARGET, cut_off, sessions=sessions), language)


def part(found: Report) -> IndicatorPart:
    return found.volets[0].lines[0].indicators[0]


def column(grid: Grid, key: str) -> list[str]:
    at = [heading.key for heading in grid.table.headings].index(key)
    return [row[at] for row in grid.table.rows]


@pytest.mark.parametrize(
    ("language", "footnote"),
    [
        ("en", "x: confidential (fewer than 5 people"),
        ("fr", "x\u00a0: donnée confidentielle (moins de 5 personnes"),
    ],
)
def test_a_percentage_of_three_respondents_prints_x_and_its_status_stays(
    language: Language, footnote: str
) -> None:
    found = made(ONE_OF_THREE, language)
    assert (part(found).to_date.number, part(found).to_date.base) == ("x", "")
    assert part(found).status == ("behind" if language == "en" else "en retard")
    assert part(found).aim is not None and part(found).aim.bar is None  # type: ignore[union-attr]
    assert column(found.annexes[0].grids[0], "positive") == ["x"]
    assert found.annexes[0].grids[0].note.startswith(footnote)
    assert found.volets[0].lines[0].footnote.startswith(footnote)
    assert [one.to_date.number for one in found.brief.concerns] == ["x"]
    assert found.brief.footnote.startswith(footnote)
    for form in (render_markdown, render_html):
        text = form(found, Words(language, evaluation(POSITIVE).plan))
        assert "33.3" not in text and "33,3" not in text and footnote in text.replace("\\", "")


def test_a_period_beside_to_date_and_an_annex_beside_its_total() -> None:
    """P2 has 3 answers: P1 would tell them, and so would each session."""
    found = made()
    assert [cell.number for cell in part(found).periods] == ["x", "x"]
    assert (part(found).to_date.number, part(found).to_date.base) == ("76.9%", "10 of 13")
    (annex,) = found.annexes[0].grids
    assert column(annex, "positive") == ["x", "x"]
    assert column(annex, "participants") == ["12", "6"]
    assert column(part(found).behind.grids[0], "positive") == ["x", "x"]
    reading, *_ = part(found).said
    assert reading == "Alternative calculation (of participants): 55.6% (10 of 18); P2: x"


def test_all_or_none_of_a_group_is_everybody_in_it() -> None:
    """13 of 13 to date would tell 3 of 3; so would 0 of 13 tell 0 of 3."""
    for one, two, shown in (("10", "3", "100%"), ("0", "0", "0%")):
        table = SESSIONS.replace("| 8\n", f"| {one}\n").replace("| 2\n", f"| {two}\n")
        found = part(made(table))
        assert [cell.number for cell in (*found.periods, found.to_date)] == [shown, "x", "x"]


@pytest.mark.parametrize("kind", ["contact", "travel"])
@pytest.mark.parametrize("counted", ["{count: %s}", "{distinct: person, of: %s}"])
def test_none_or_all_of_a_group_of_rows_tells_its_small_periods(kind: str, counted: str) -> None:
    """0 of 6 to date tells 0 of the 3 of each period, and 6 of 6 tells 3 of 3."""
    table = "id | date | staff | hours | role | board | objective | kind | person\n" + "".join(
        f"a{n} | {day} | p-k | 2 | cda | EMSB | skills | {kind} | p-{n}\n"
        for n, day in enumerate(["2024-10-01"] * 3 + ["2025-02-01"] * 3)
    )
    part_of = counted % "{log: accompaniment, where: {kind: travel}}"
    whole = counted % "{log: accompaniment}"
    evaluated = evaluation(f"{{kind: ratio, part: {part_of}, whole: {whole}}}", accompaniment=table)
    found = part(report(evaluated, "en"))
    assert [cell.number for cell in (*found.periods[:2], found.to_date)] == ["x", "x", "x"]


def test_numbers_of_activities_hours_and_boards_are_always_shown() -> None:
    one_of_each = "id | line | date | title | format | boards\nw1 | 1.1 | 2024-10-16 | A | half-day | EMSB"
    hours = "id | date | staff | hours | role | board | objective\na1 | 2024-10-01 | p-k | 2 | cda | EMSB | skills"
    for measure, text in (
        ("{kind: count, of: pd, split_by: [format]}", "1"),
        ("{kind: distinct, column: boards, of: pd}", "1"),
        ("{kind: sum, column: hours, of: {log: accompaniment}, split_by: [role]}", "2\u00a0h"),
    ):
        found = part(report(evaluation(measure, sessions=one_of_each, accompaniment=hours), "en"))
        assert found.to_date.number == text
        assert [row[-1] for grid in found.grids for row in grid.table.rows] in ([], [text])


def test_what_is_withheld_has_no_place_in_the_order_of_a_list() -> None:
    rows = [("cda", 9), ("principal", 2), ("teacher", 8), ("sb-rep", 6)]
    table = "id | date | role | board | objective\n" + "".join(
        f"r-{role}-{n} | 2024-10-01 | {role} | EMSB | skills\n" for role, times in rows for n in range(times)
    )
    measure = "{kind: list, columns: [role], of: {log: requests}, grouped: true}"
    (grid,) = part(report(evaluation(measure, requests=table), "en")).grids
    assert grid.table.rows == (
        ("CDA", "9"),
        ("Teacher", "8"),
        ("Principal", "x"),
        ("School board representative", "x"),
    )


def test_the_method_says_how_many_and_the_rule() -> None:
    rules = " ".join(made().method.rules)
    assert "7 numbers are withheld (x): percentages and breakdowns about fewer than 5 people" in rules
    assert "0 numbers are withheld" in " ".join(made("id | line | date | title | format").method.rules)


# Every year that would print the same report

DAYS = ("2024-10-16", "2025-01-20", "2025-05-06")
Session = tuple[str, int, int, int]
"""Day, participants, answers, positive answers."""
Name = tuple[str, int]
"""What a reader calls something printed, and of which session or period it is."""


@st.composite
def sessions(draw: st.DrawFn) -> list[Session]:
    found = []
    for _ in range(draw(st.integers(2, 3))):
        people = draw(st.integers(1, 7))
        answers = draw(st.integers(0, people))
        found.append((draw(st.sampled_from(DAYS)), people, answers, draw(st.integers(0, answers))))
    return found


def table_of(year: list[Session]) -> str:
    head = "id | line | date | title | format | participants | respondents | positive\n"
    return head + "".join(
        f"w{n} | 1.1 | {day} | T{n} | half-day | {people} | {answers} | {positive}\n"
        for n, (day, people, answers, positive) in enumerate(year)
    )


@given(sessions())
@settings(max_examples=settings().max_examples // 2, phases=[Phase.explicit, Phase.generate])
def test_another_year_with_another_value_prints_the_same_report(year: list[Session]) -> None:
    """A reader who knows every session's participants, and tries everything, still does not know a share of a
    small group, nor the numbers of any that is withheld: 100 % of five or of six says nothing of the sixth.
    """
    found = evaluation(POSITIVE, TARGET, "2025-06-30", sessions=table_of(year))
    withheld = published(found, annex_breakdowns(found.plan)).withheld
    hidden = {name for name, _ in of_each(year) if key_of(name) in withheld}
    hidden |= {name for name, _ in in_all(year) if key_of(name) in withheld}
    printed = [(name, value) for name, value in in_all(year) if name not in hidden]
    values: dict[Name, set[object]] = {name: set() for name in hidden}
    for world in worlds(year, hidden):
        there = dict(in_all(world))
        if all(there[name] == value for name, value in printed):
            for name, value in (*of_each(world), *there.items()):
                if name in hidden:
                    values[name].add(value)
    assert [name for name, some in values.items() if len(some) < 2] == []
    small = {("share", n) for n, (_, _, answers, _) in enumerate(year) if 0 < answers < 5}
    assert [name for name in small & hidden if len(set(map(share_of, values[name]))) < 2] == []


def share_of(pair: object) -> object:
    """All, or none, of a group whose number is not known."""
    return pair and Fraction(*pair)  # type: ignore[misc]


def of_each(year: list[Session]) -> Iterator[tuple[Name, object]]:
    """What the report prints, or would print, of each session."""
    for n, (_, people, answers, positive) in enumerate(year):
        yield ("respondents", n), answers
        yield ("response", n), Fraction(answers, people)
        yield ("positive", n), positive
        yield ("share", n), (positive, answers) if answers else None


def in_all(year: list[Session]) -> Iterator[tuple[Name, object]]:
    """What it prints of each period and to date (0); of its second reading only of the last period."""
    for window, days in enumerate((DAYS, *((day,) for day in DAYS))):
        some = [one[1:] for one in year if one[0] in days]
        people, answers, positive = (sum(one[at] for one in some) for at in range(3))
        yield ("figure", window), (positive, answers) if answers else None
        if window in (0, 3):
            yield ("reading", window), (positive, people) if people else None


def key_of(name: Name) -> Key:
    what, at = name
    row = ("row", "sessions", f"w{at}")
    return {
        "respondents": (*row, "respondents", ""),
        "response": (*row, "respondents", "participants"),
        "positive": (*row, "positive", ""),
        "share": (*row, "positive", "answered"),
        "figure": ("figure", "1.1.it", 0, at),
        "reading": ("figure", "1.1.it", 1, at),
    }[what]


def worlds(year: list[Session], hidden: set[Name]) -> Iterator[list[Session]]:
    """Every year with the same participants whose sessions look the same one by one."""
    choices = []
    for n, one in enumerate(year):
        day, people = one[:2]
        others = [(day, people, a, p) for a in range(people + 1) for p in range(a + 1)]
        printed = {(name[0], value) for name, value in of_each([one]) if (name[0], n) not in hidden}
        choices.append(
            [other for other in others if printed <= {(name[0], value) for name, value in of_each([other])}]
        )
    yield from map(list, product(*choices))


# The fictional year


@pytest.fixture(scope="module")
def year(small_demo: Path) -> Year:
    """The smallest fictional year: its groups are the smallest."""
    project = Project(small_demo, small_demo / "data" / "private")
    return project.load(project.plan_path("2024-2025"))


@pytest.mark.parametrize("period", some([2, 1, 3], 1))
@only_in_ci
def test_no_withheld_number_of_the_year_can_be_computed(year: Year, period: int) -> None:
    found = evaluate(year.plan, year.data, year.plan.periods[period - 1].last)
    told, hidden = (
        cells(found, annex_breakdowns(found.plan)),
        published(found, annex_breakdowns(found.plan)).withheld,
    )
    assert len(told) > 100 and hidden
    assert {key for key, cell in told.items() if cell.is_small(5)} <= hidden
    assert_not_solved(told, hidden)


@pytest.mark.parametrize("language", some(LANGUAGES, 1))
@pytest.mark.parametrize("period", some([2, 1, 3], 1))
@only_in_ci
def test_no_table_of_the_year_can_be_subtracted(year: Year, period: int, language: Language) -> None:
    """Of a breakdown with its total at least two numbers are withheld, and together they are 5 or more."""
    found = report(evaluate(year.plan, year.data, year.plan.periods[period - 1].last), language)
    seen = 0
    for grid in (grid for annex in found.annexes for grid in annex.grids):
        numbers = column(grid, "number") if grid.table.headings[1].key == "number" else []
        withheld = numbers[:-1].count("x")
        if withheld and numbers[-1] != "x":
            rest = int(numbers[-1]) - sum(int(one) for one in numbers[:-1] if one != "x")
            assert withheld > 1 and rest >= 5
            seen += 1
    assert seen


@only_in_ci
def test_both_languages_withhold_the_same(year: Year) -> None:
    found = evaluate(year.plan, year.data, year.plan.ends)
    english, french = (
        render_markdown(report(found, language), Words(language, year.plan, year.data.organisations))
        for language in LANGUAGES
    )
    assert english.count("| x |") == french.count("| x |") > 4


# `--as-published`


@pytest.fixture
def prt(year: Year, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """`prt("status --period 1")` → what is printed."""
    monkeypatch.setenv("PRT_PROJECT", str(year.project.root))
    monkeypatch.setenv("PRT_TODAY", "2025-07-01")
    monkeypatch.delenv("PRT_LANG", raising=False)

    def run(typed: str) -> str:
        done = CliRunner().invoke(app([typed.split()[0]]), typed.split())
        assert done.exit_code == 0 or done.exception is None, done.exception
        return done.output

    return run


def test_the_team_sees_true_values_and_others_what_reports_show(prt: Callable[[str], str]) -> None:
    typed, group = (
        "explain 3a.requests --period 1",
        re.compile(r"^ +(\S+)  (?:CDA|principal|school.*)$", re.M),
    )
    assert group.findall(prt(typed)) == ["49", "8", "4"] and "r-2024" in prt(typed)
    shown = prt(f"{typed} --as-published")
    assert group.findall(shown) == ["x", "8", "x"] and "r-2024" not in shown


def test_the_status_of_a_withheld_figure_stays() -> None:
    found = evaluation(POSITIVE, TARGET, "2025-03-31", sessions=ONE_OF_THREE)
    result = published(found, annex_breakdowns(found.plan)).evaluation.targets()[0]
    assert (result.to_date.value, result.to_date.absent) == (None, "withheld")
    assert result.status == found.targets()[0].status and result.status.code == "behind"
    words = Words("en", found.plan, found.data.organisations)
    screen = StatusScreen(published(found, annex_breakdowns(found.plan)).evaluation, words, found.cut_off)
    assert [screen.texts.to_date(result), screen.texts.this_period(result), screen.texts.bar(result)] == [
        "x",
        "x",
        "",
    ]


def test_the_json_that_is_published_has_no_withheld_number(prt: Callable[[str], str]) -> None:
    typed = "status --period 1 --format json"
    requests, published_ones = (
        next(one for one in json.loads(prt(more))["indicators"] if one["id"] == "3a.requests")
        for more in (typed, f"{typed} --as-published")
    )
    assert [one["amount"] for one in requests["to_date"]["splits"]["role"]] == [49, 8, 4]
    assert [one["amount"] for one in published_ones["to_date"]["splits"]["role"]] == [None, 8, None]
    assert "rows" in requests["to_date"] and "rows" not in published_ones["to_date"]


@pytest.mark.parametrize("how", some(["json", "table", "csv", "md"], 1))
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("explain 3a.requests --submitted 1", "--submitted shows true numbers"),
        ("status --since-submitted", "--since-submitted shows true numbers"),
        ("explain {row}", "Rows are never published"),
    ],
)
@only_in_ci
def test_what_has_only_true_numbers_is_not_shown_as_published(
    year: Year, monkeypatch: pytest.MonkeyPatch, typed: str, said: str, how: str
) -> None:
    monkeypatch.setenv("PRT_PROJECT", str(year.project.root))
    typed = f"{typed.format(row=year.data.logs['requests'][0].id)} --as-published --format {how}"
    done = CliRunner().invoke(app([typed.split()[0]]), typed.split())
    assert isinstance(done.exception, PrtError) and done.stdout == ""
    assert (done.exception.code, said in str(done.exception)) == (2, True)
