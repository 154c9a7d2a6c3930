"""What a row gives is said once: every figure is the fold of its facts, and no fold looks at a row."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from types import new_class
from typing import Any, Literal

import pytest

from prt.figures.evaluate import Evaluation, evaluate
from prt.files.project import Project, Year
from prt.model.facts import About, Fact, rows_of
from prt.model.figure import Figure
from prt.model.measures import KINDS, Measure
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
        facts = list(one.measure.seen(one.facts, one.view))
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
        counted = [row.key for row in rows_of(one.counted)]
        assert sorted([*counted, *(left.row.key for left in one.left_out)]) == every, one.handle


def test_a_row_of_another_line_has_that_as_its_first_reason() -> None:
    table = """
    line | date       | title | format   | status    | participants
    1.1  | 2024-10-16 | One   | full-day |           | 20
    1.4a | 2025-05-10 | Two   | meeting  | cancelled |
    1.1  | 2025-05-10 | Three | meeting  |           |
    1.1  | 2025-05-10 | Four  | full-day | planned   |
    """
    one = result("{kind: count, of: pd}", cut_off="2025-03-31", sessions=table)
    assert [fact[0]["title"] for fact in one.counted] == ["One"]
    assert {left.row["title"]: (left.reason, left.column) for left in one.left_out} == {
        "Two": ("condition", "line"),
        "Three": ("after", ""),
        "Four": ("after", ""),
    }
