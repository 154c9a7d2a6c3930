"""What a row gives is said once: every figure is the fold of its facts, and no fold looks at a row."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction
from random import Random
from types import new_class
from typing import Any, Literal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from prt.figures.evaluate import Evaluation, Result, evaluate
from prt.figures.withholding.groups import TO_DATE, figure_key
from prt.figures.withholding.published import hide
from prt.files.project import Project, Year
from prt.model.calendar import Window
from prt.model.facts import About, DatedFacts, Fact, Head, are_fewer, facts_within, people
from prt.model.figure import Figure
from prt.model.measures import KINDS, Measure
from prt.model.rows import Row, RowTable
from prt.output.screens.explain import Explanation
from prt.output.screens.status import StatusScreen
from prt.output.status_json import status_json
from prt.output.words import Words
from tests.conftest import only_in_ci, some
from tests.random_year import draw_days, write_random_year
from tests.support import result

SAID = ("facts", "fold", "people", "sentence")


class Unseen:
    """A row that nobody may look at."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"a fold looked at {name} of a row")

    def __getitem__(self, column: str) -> Any:
        raise AssertionError(f"a fold looked at {column} of a row")


@pytest.fixture(scope="module")
def year(small_demo: Any) -> Year:
    """The smallest fictional year."""
    project = Project(small_demo, small_demo / "data" / "private")
    return project.load(project.plan_path("2024-2025"))


@pytest.fixture(scope="module")
def found(year: Year) -> Evaluation:
    return evaluate(year.plan, year.data, year.plan.periods[1].last)


@pytest.mark.parametrize("missing", SAID)
def test_a_kind_that_does_not_say_its_people_cannot_be_defined(missing: str) -> None:
    """Nor one without facts, a fold or a sentence: it would be published unprotected (case P3)."""
    body: dict[str, Any] = {
        "facts": lambda self, data, indicator_id: iter(()),
        "fold": lambda self, facts, view: Figure(Fraction(0)),
        "people": lambda self, facts, view: About(),
        "sentence": lambda self, say: "",
        "__annotations__": {"kind": Literal["new"]},
    }
    del body[missing]
    with pytest.raises(TypeError, match=f"a kind of measure says its {missing}: New does not"):
        new_class("New", (Measure,), exec_body=lambda names: names.update(body))


def test_every_kind_says_all_four_itself() -> None:
    assert all(name in vars(kind) for kind in KINDS for name in SAID)


def numbers(figure: Figure) -> tuple[Any, ...]:
    items = sorted(((item.values, item.number) for item in figure.items), key=repr)
    members = [(one.id, one.times, one.best, one.needed) for one in figure.members]
    shares = figure.value, figure.absent, figure.part, figure.whole, figure.best, figure.done_on
    return *shares, figure.unknown, sorted(map(str, figure.outside)), items, members


def test_a_fold_never_looks_at_a_row_nor_at_the_order(found: Evaluation) -> None:
    for one in found.results:
        facts = list(one.seen[one.view])
        Random(1).shuffle(facts)
        unseen = [(Unseen(), *fact[1:]) for fact in facts]
        folded = one.measure.fold(unseen, one.view)  # type: ignore[arg-type]
        assert numbers(folded) == numbers(one.to_date), one.handle


def test_a_period_is_the_facts_of_its_days(found: Evaluation) -> None:
    seen = 0
    for one in found.results:
        for view, figure in zip(one.views, one.periods, strict=True):
            if figure is not None:
                inside = [fact for fact in one.facts if fact[1] in view.window]
                assert numbers(one.measure.fold(inside, view)) == numbers(figure)
                seen += 1
    assert seen > 100


@settings(max_examples=max(settings().max_examples // 4, 8))
@given(st.lists(st.integers(0, 40)), st.integers(0, 40), st.integers(0, 40))
def test_facts_that_stand_in_any_order_are_found_by_their_days(
    numbers: list[int], first: int, last: int
) -> None:
    first_day = dt.date(2024, 7, 1)
    days = [first_day + dt.timedelta(days=number) for number in (*numbers, first, last)]
    facts = [Fact(None, day, "part", at, *[None] * 5) for at, day in enumerate(days)]  # type: ignore[arg-type]
    for every in (facts, sorted(facts, key=lambda fact: fact.day)):
        dated = DatedFacts(every)
        window = Window(days[-2], days[-1])
        assert dated.within(window) == facts_within(every, window)
        in_order, their_days = dated.by_day
        assert [fact[1] for fact in in_order] == list(their_days) == sorted(days)


HEADS = st.builds(
    Head,
    st.sampled_from("abcdefgh"),
    st.just("answered"),
    st.integers(0, 3),
    st.sampled_from(["", "", "p-1", "p-2", "p-3", "p-4", "p-5", "p-6"]),
)


@settings(max_examples=max(settings().max_examples // 4, 8))
@given(st.frozensets(HEADS), st.integers(1, 7))
def test_few_people_are_few_without_counting_all_of_them(heads: frozenset[Head], smallest: int) -> None:
    assert are_fewer(heads, smallest) == (0 < people(heads) < smallest)


def test_a_narrower_table_has_the_cells_of_its_rows(year: Year) -> None:
    rng = Random(1)
    for log, rows in year.data.logs.items():
        names = [*(rows[0].index if rows else ()), *(["session.line"] if log == "attendance" else [])]
        table = year.data.table(log)
        for _ in range(3):
            table = table.where([rng.random() < 0.8 for _ in table.rows])
            assert table.days == [row.day for row in table.rows]
            assert all([*table.cells(name)] == [row[name] for row in table.rows] for name in names), log


def test_a_table_of_several_logs_has_the_column_of_each(year: Year) -> None:
    rows: list[Row] = [*year.data.logs["requests"], *year.data.logs["accompaniment"]]
    assert RowTable(rows).cells("person") == [row["person"] for row in rows]


def test_the_rows_behind_a_withheld_figure_are_those_of_the_true_one(found: Evaluation) -> None:
    edition = hide(found, frozenset(figure_key(one.handle, 0, TO_DATE) for one in found.results))
    for true, shown in zip(found.results, edition.results, strict=True):
        assert shown.rows == shown.to_date.rows == true.to_date.rows
        assert shown.facts == true.facts
    for log, table in edition.rows_counted.items():
        rows = [row for one in found.results for row in one.to_date.rows if row.log == log]
        assert [*table.rows] == [*dict.fromkeys(rows)]


def test_the_running_sum_of_facts_ends_at_the_figure(found: Evaluation) -> None:
    seen = 0
    for one in found.results:
        if one.measure.adds_up and one.to_date.value is not None:
            given = [Fact(*fact) for fact in one.to_date.facts]
            assert sum(Fraction(fact.part) for fact in given) == one.to_date.value
            seen += 1
    assert seen > 20


def test_a_group_is_the_fold_of_its_facts(found: Evaluation) -> None:
    seen = 0
    for one in found.results:
        for _, groups in one.to_date.splits:
            for group in groups:
                assert one.measure.fold(group.facts, one.view).value == group.amount
                seen += 1
    assert seen > 10


def test_counted_and_left_out_are_every_row_of_the_log_each_once(found: Evaluation) -> None:
    """Also those that several conditions leave out, and those of another line (case F11)."""
    for one in found.results:
        logs = one.measure.logs(found.plan.selections)
        every = sorted(row.key for log in logs for row in found.data.logs[log])
        counted = [row.key for row in one.to_date.rows]
        assert sorted([*counted, *(left.row.key for left in one.left_out)]) == every, one.handle


def assert_every_row_is_said_once(found: Evaluation) -> None:
    """As text and as data: what counts gives something, is as many rows as the status says, and all others
    have their reason (case F11)."""
    words = Words("en", found.plan, found.data.organisations)
    screen = StatusScreen(found, words, found.cut_off)
    printed = json.loads(status_json(found, found.results))["indicators"]
    for one, status in zip(found.results, printed, strict=True):
        explanation = Explanation(found, one, screen, every=True)
        data, rows = explanation.as_json(), explanation.as_table().rows
        number = status["to_date"]["rows"]
        assert len(data["rows"]) == number == [row[3] for row in rows].count("yes"), one.handle
        said = [text for line in explanation.lines() for text, _ in line if text.startswith("Counts: ")]
        assert said == ([words.counted("explain.counts", number, log=logs_of(one))] if number else [])
        assert all(row[4] for row in rows if row[3] == "yes"), one.handle
        every = {row.key for log in one.measure.logs(found.plan.selections) for row in found.data.logs[log]}
        keys = [row.key for row in (*one.to_date.rows, *(left.row for left in one.left_out))]
        assert len(keys) == len(set(keys)) and set(keys) == every, one.handle
        if one.to_date.absent != "no_data":
            assert [left for left in one.left_out if left.reason == "no_figure"] == [], one.handle


def logs_of(result: Result) -> str:
    return ", ".join(dict.fromkeys(f"{row.log}.csv" for row in result.to_date.rows))


@only_in_ci
def test_every_figure_of_the_fictional_year_says_each_row_once(year: Year) -> None:
    for day in some((dt.date(2025, 2, 14), year.plan.ends), 1):
        assert_every_row_is_said_once(evaluate(year.plan, year.data, day))


@settings(max_examples=settings().max_examples // 8, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(seed=st.integers(0, 2**32))
def test_every_figure_of_a_random_year_says_each_row_once(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Populations of rows of another log, which lacks the columns of the measure, among them."""
    rng, root = Random(seed), tmp_path_factory.mktemp("year")
    write_random_year(root, rng)
    (path,) = (root / "plan").glob("*.yaml")
    year = Project(root, root / "data" / "private").load(path)
    day = rng.choice((*draw_days(rng, 1), year.plan.ends))
    assert_every_row_is_said_once(evaluate(year.plan, year.data, day))


def test_a_row_of_another_line_has_that_as_its_first_reason() -> None:
    table = """
    line | date       | title | format   | status    | participants
    1.1  | 2024-10-16 | One   | full-day |           | 20
    1.4a | 2025-05-10 | Two   | meeting  | cancelled |
    1.1  | 2025-05-10 | Three | meeting  |           |
    1.1  | 2025-05-10 | Four  | full-day | planned   |
    """
    one = result("{kind: count, of: pd}", cut_off="2025-03-31", sessions=table)
    assert [row["title"] for row in one.to_date.rows] == ["One"]
    assert {left.row["title"]: (left.reason, left.column) for left in one.left_out} == {
        "Two": ("condition", "line"),
        "Three": ("after", ""),
        "Four": ("after", ""),
    }
