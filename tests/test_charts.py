"""Charts: what is drawn of a target, what is said of it, and that no step tells of a person."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import pytest

from prt.figures.course import course, expected_course
from prt.figures.evaluate import Result
from prt.output.charts import result_chart
from prt.output.renderers.svg import svg
from prt.output.report.results import Figures
from prt.output.shapes import Chart
from prt.output.words import Words
from tests.test_report import COUNT, HOURS, POSITIVE, evaluated, made

REQUESTS = """
id | date       | role | person | objective
r1 | 2024-10-01 | cda  | p-aaaa | skills
r2 | 2024-11-05 | cda  | p-bbbb | skills
r3 | 2025-01-14 | cda  | p-cccc | skills
"""


def result_of(measure: str, target: str, **tables: str) -> tuple[Result, Figures]:
    found = evaluated(measure, target, **tables)
    result = found.result("1.1.it")
    assert result is not None
    return result, Figures(found, Words("en", found.plan, found.data.organisations))


def chart_of(measure: str, target: str, **tables: str) -> Chart | None:
    result, figures = result_of(measure, target, **tables)
    return result_chart(figures, result)


def test_a_course_ends_in_the_figure_and_never_falls_of_what_adds_up() -> None:
    result, _ = result_of(COUNT, "{at_least: 10}")
    values = [value for _, value in course(result)]
    assert values == sorted(values) and values[-1] == result.to_date.value == 3
    due = [value for _, value in expected_course(result)]
    assert due[0] == 0 and due[-1] == 10 and due == sorted(due)


def test_a_curve_has_its_numbers_beside_it_in_words() -> None:
    chart = chart_of(COUNT, "{at_least: 10}")
    assert chart and chart.says == "1 in P1, 2 in P2; 3 to date; target 10; expected by now 7"
    assert {(one.kind, one.role) for one in chart.shapes} >= {
        ("line", "now"),
        ("dot", "now"),
        ("line", "due"),
    }


@pytest.mark.parametrize(
    ("measure", "target", "tables"),
    [
        ("{kind: count, of: {log: requests}}", "{at_least: 10}", {"requests": REQUESTS}),  # persons
        ("{kind: distinct, column: person, of: {log: requests}}", "{at_least: 10}", {"requests": REQUESTS}),
        ("{kind: sum, column: participants, of: pd}", "{at_least: 100}", {}),  # who came
        (COUNT, "{at_least: 1}", {}),  # done or not
        (COUNT, "null", {}),  # no target
    ],
)
def test_no_curve_of_persons_nor_where_there_is_nothing_to_follow(
    measure: str, target: str, tables: dict[str, str]
) -> None:
    assert chart_of(measure, target, **tables) is None


def test_hours_are_drawn_as_reports_always_tell_them() -> None:
    chart = chart_of(
        "{kind: sum, column: hours, of: {log: accompaniment}}", "{at_least: 100}", accompaniment=HOURS
    )
    assert chart and "3.75" in chart.says


def test_a_percentage_has_a_column_for_each_period_that_has_one() -> None:
    chart = chart_of(POSITIVE, "{at_least: 75%}")
    assert chart and [one.kind for one in chart.shapes].count("rect") == 2
    result, _ = result_of(POSITIVE, "{at_least: 75%}")
    shown = [figure.value for figure in result.periods if figure]
    heights = [one.points[1][1] - one.points[0][1] for one in chart.shapes if one.kind == "rect"]
    assert [Fraction(height, heights[1]) for height in heights] == pytest.approx(
        [value / shown[1] for value in shown if value is not None and shown[1]], abs=0.01
    )


def test_a_column_has_its_number_above_it_and_on_the_chart() -> None:
    chart = chart_of(POSITIVE, "{at_least: 75%}")
    assert chart
    columns = [one.points for one in chart.shapes if one.kind == "rect"]
    numbers = [one for one in chart.shapes if (one.kind, one.role) == ("text", "now")]
    assert len(numbers) == 2 and [one.text for one in numbers] == [
        part.split(" in ")[0] for part in chart.says.split(";")[0].split(", ")
    ]
    for one, (start, end) in zip(numbers, columns, strict=True):
        ((x, y),) = one.points
        assert start[0] < x < end[0] and 80 < y < start[1]


def test_svg_is_well_formed_and_escapes_what_it_says() -> None:
    chart = chart_of(COUNT, "{at_least: 10}")
    assert chart
    hostile = Chart(chart.shapes, chart.width, chart.height, '"><script>alert(1)</script>')
    picture = ElementTree.fromstring(svg(hostile, "behind"))
    assert picture.get("aria-label") == hostile.says and picture.get("role") == "img"
    assert len(picture) == len(chart.shapes)


def test_a_report_has_the_chart_beside_its_target() -> None:
    (part,) = made(target="{at_least: 10}").volets[0].lines[0].indicators
    assert part.chart and part.chart.says.startswith("1 in P1")
