"""Charts of figures: the course of a target over the year, the periods of a percentage.

Each has a sentence with its numbers (`says`), so that nothing is only in the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from prt.figures.course import course, expected_course, may_be_drawn
from prt.figures.evaluate import Result
from prt.output.document.year_pages import NamedChart
from prt.output.report.last_year import LastYearColumn
from prt.output.report.results import Figures
from prt.output.shapes import EDGE, LARGE, SMALL, Chart, Frame, Point, Shape

ROOM_ABOVE = Fraction(5, 4)
"""Above the highest column its number has room."""


def result_chart(
    figures: Figures,
    result: Result,
    size: tuple[int, int] = SMALL,
    before: LastYearColumn | None = None,
) -> Chart | None:
    """The curve of a target that grows, the columns of a level; None where only a bar can be drawn.

    A figure that is withheld has none, nor has one of persons, whose steps may be single persons.
    """
    target, measure = result.target, result.measure
    if target is None or target.due or result.to_date.value is None or target.full <= 0:
        return None
    if measure.is_level:
        return columns(figures, result, size) if any(figure for figure in result.periods) else None
    if not measure.adds_up or target.full <= 1 or not may_be_drawn(result):
        return None
    return curve(figures, result, size, before)


def course_charts(
    figures: Figures, results: Sequence[Result], before: LastYearColumn | None = None
) -> Iterator[NamedChart]:
    """The course over the year of each target that grows, with a line at what the year before had."""
    for result in results:
        chart = None if result.measure.is_level else result_chart(figures, result, LARGE, before)
        if chart:
            yield NamedChart(figures.named(result), result.status.word, chart)


def curve(
    figures: Figures, result: Result, size: tuple[int, int], before: LastYearColumn | None = None
) -> Chart:
    """To date in steps, ending in a dot at the cut-off; what is expected dashed; the target dotted; a line
    at the figure of the year before.
    """
    assert result.target is not None
    calendar, target = result.view.data.calendar, result.target
    steps, due = course(result), expected_course(result)
    past = before.value(result) if before else None
    most = max([target.full, past or Fraction(0), *(value for _, value in (*steps, *due))])
    frame = Frame(size, calendar.starts, calendar.ends, most)
    points = tuple(stepped([(frame.x(day), frame.y(value)) for day, value in steps]))
    shapes = [
        *frame.axis([(f"P{period.id}", period.last) for period in calendar.periods]),
        *frame.goal(target.full, figures.aim_number(target, result.measure.unit)),
        Shape("line", "due", tuple((frame.x(day), frame.y(value)) for day, value in due)),
        Shape("line", "now", points),
        Shape("dot", "now", points[-1:]),
    ]
    told = says(figures, result)
    if before and past is not None:
        shapes += before_line(frame, past, text := before.line(result))
        told = f"{told}; {text}"
    return Chart(tuple(shapes), *size, told)


def before_line(frame: Frame, amount: Fraction, text: str) -> Iterator[Shape]:
    """`2023-2024: 31`, and how high that is."""
    y = frame.y(amount)
    yield Shape("line", "tick", ((EDGE, y), (frame.right, y)))
    yield Shape("text", "tick", ((frame.right // 2, y - EDGE // 2),), text)


def stepped(points: Iterable[Point]) -> Iterator[Point]:
    """A stair: along, then up."""
    found = list(points)
    yield found[0]
    for (_, before), (x, y) in pairwise(found):
        if y != before:
            yield from ((x, before), (x, y))
    yield (found[-1][0], found[-1][1])


def columns(figures: Figures, result: Result, size: tuple[int, int]) -> Chart:
    """A column for each period that has a figure, below its number; the target dotted."""
    assert result.target is not None
    calendar, target = result.view.data.calendar, result.target
    values = [figure.value if figure else None for figure in result.periods]
    known, least = (value for value in values if value is not None), Fraction(result.measure.is_percentage)
    most = max([least, target.full, *known])
    frame = Frame(size, calendar.starts, calendar.ends, most * ROOM_ABOVE)
    shapes = [*frame.axis([]), *frame.goal(target.full, figures.aim_number(target, result.measure.unit))]
    wide = (frame.right - EDGE) // len(calendar.periods)
    for place, period in enumerate(calendar.periods):
        left = EDGE + place * wide + wide // 4
        shapes.append(Shape("text", "tick", ((left + wide // 4, frame.height - EDGE),), f"P{period.id}"))
        figure = result.periods[place] if place < len(result.periods) else None
        if figure is not None and figure.value is not None:
            number = figures.number(result.measure, figure, target)
            top = frame.y(max(figure.value, Fraction(0)))
            shapes.append(Shape("rect", "now", ((left, top), (left + wide // 2, frame.bottom))))
            shapes.append(Shape("text", "now", ((left + wide // 4, top - EDGE // 2),), number))
    return Chart(tuple(shapes), *size, says(figures, result))


def says(figures: Figures, result: Result) -> str:
    """`12 in P1, 15 in P2; 27 to date; target 37; expected by now 25`"""
    words, target = figures.words, result.target
    assert target is not None
    told = [
        words("chart.period", n=str(number), value=figures.number(result.measure, figure, target))
        for number, figure in enumerate(result.periods, 1)
        if figure
    ]
    now = figures.number(result.measure, result.to_date, target)
    parts = [", ".join(told), words("chart.to_date", value=now)]
    parts.append(words("chart.target", value=figures.aim_number(target, result.measure.unit)))
    if expected := figures.expected(result):
        parts.append(words("chart.expected", value=expected))
    return "; ".join(filter(None, parts))
