"""What a bilan says that no report says: the year in pictures, what was learned, what changes next year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from prt.figures.course import figures_of_months, may_be_drawn, months
from prt.figures.evaluate import Evaluation, Result
from prt.figures.restatement.compare import Earlier, Turn, turns
from prt.files.notes import Section
from prt.output.charts import course_charts
from prt.output.document.content import Grid
from prt.output.document.first_page import Moved, Since
from prt.output.document.year_pages import Adjustment, ChartGroup, Portrait, YearPages
from prt.output.meetings import matrix
from prt.output.notes.prose import Narrative
from prt.output.numbers import format_figure
from prt.output.report.brief import by_volet
from prt.output.report.history import SIGNS, as_sent, report_name, revised_brief
from prt.output.report.last_year import LastYearColumn
from prt.output.report.results import Figures
from prt.output.report.revised_reasons import Withheld
from prt.output.tables import Heading, Table


def year_course(figures: Figures, earlier: Sequence[Earlier], withheld: Withheld) -> Since | None:
    """How the year went: how many targets turned from one report to the next, and which are newly met."""
    sent = [one for one in earlier if not one.annual and one.comparison]
    if not sent or sent[-1].comparison is None:
        return None
    words = figures.words
    steps = [(report_name(words, one.period), as_sent(one, withheld)) for one in sent]
    steps.append((words("revised.annual"), figures.evaluation))
    found = ((name, list(turns(one, now))) for (_, one), (name, now) in pairwise(steps))
    moved = (moves_of_step(figures, name, some) for name, some in found if some)
    report = words("since.report", n=str(sent[-1].period))
    revised = revised_brief(words, earlier, sent[-1].comparison, report, withheld)
    return Since(words("since.year"), (), tuple(moved), "", revised)


def moves_of_step(figures: Figures, report: str, found: Sequence[Turn]) -> Moved:
    """`Report no. 2: 4 risen, 1 fallen; newly met`, and which are."""
    words = figures.words
    counts = Counter(one.way for one in found)
    told = [words.counted(f"since.moved.{way}", counts[way]) for way in SIGNS if counts[way]]
    met = tuple(figures.named(one.now) for one in found if one.now.status.word == "met")
    said = "; ".join(filter(None, [", ".join(told), words("since.newly_met") if met else ""]))
    return Moved("", words("since.in", report=report, moved=said), met)


def course_grid(figures: Figures, earlier: Sequence[Earlier], withheld: Withheld) -> Grid | None:
    """The status of each target in the reports of the year, as they were sent, and in the bilan."""
    words, sent = figures.words, [one for one in earlier if not one.annual and one.comparison]
    if not sent:
        return None
    told = [(words("report.period", n=str(one.period)), as_sent(one, withheld)) for one in sent]
    told.append((words("report.year"), figures.evaluation))
    head = (Heading("indicator", words("report.indicator")), *(Heading(name, name) for name, _ in told))
    rows = (
        (figures.named(one), *(status_in(figures, found, one.handle) for _, found in told))
        for one in figures.evaluation.targets()
    )
    return Grid(words("bilan.course"), Table(head, tuple(rows)))


def status_in(figures: Figures, evaluation: Evaluation, handle: str) -> str:
    """A dash where a report had no such target."""
    found = evaluation.result(handle)
    return figures.status(found) if found and found.promised else figures.words("figure.none")


def year_pages(
    figures: Figures, narrative: Narrative, course: Grid | None, before: LastYearColumn
) -> YearPages:
    plan = figures.words.plan
    return YearPages(
        portrait(figures, course, before),
        narrative.learned(),
        figures.words("notes.adjustments", year=plan.year_later(1)),
        tuple(adjustments(figures, narrative)),
    )


def portrait(figures: Figures, course: Grid | None, before: LastYearColumn) -> Portrait:
    charts, seats = tuple(chart_groups(figures, before)), matrix(figures.evaluation, figures.words)
    return Portrait(charts, months_grid(figures), course, seats)


def chart_groups(figures: Figures, before: LastYearColumn) -> Iterator[ChartGroup]:
    """The courses of the targets that grow, by volet."""
    for volet, results in by_volet(figures.evaluation):
        charts = tuple(course_charts(figures, [one for one in results if one.target], before))
        if charts:
            title = volet.title.as_one(figures.language)
            yield ChartGroup(figures.words("report.volet", id=volet.id, title=title), charts)


def months_grid(figures: Figures) -> Grid | None:
    """A row for each target that adds up and tells nothing of persons, a column for each month."""
    words, evaluation = figures.words, figures.evaluation
    rows = [one for one in evaluation.targets() if has_months(one)]
    if not rows:
        return None
    spans = list(months(evaluation.plan.calendar, evaluation.cut_off))
    head = [Heading("indicator", words("report.indicator"))]
    head += [Heading(one.first.isoformat(), words(f"month.{one.first.month}"), "right") for one in spans]
    head.append(Heading("year", words("report.year"), "right"))
    return Grid(words("bilan.months"), Table(tuple(head), tuple(month_cells(figures, one) for one in rows)))


def has_months(result: Result) -> bool:
    added = result.measure.adds_up and not result.measure.is_percentage and result.to_date.value is not None
    return added and may_be_drawn(result)


def month_cells(figures: Figures, result: Result) -> tuple[str, ...]:
    """`1.1 Workshops delivered`, the figure of each month, and that of the year; the label has the unit."""
    unit, language = result.measure.unit, figures.language
    label = figures.named(result)
    named = figures.words("bilan.unit", label=label, unit=unit) if unit else label
    amounts = [*figures_of_months(result), result.to_date.value]
    return (named, *(format_figure(one, "", language) if one else "" for one in amounts))


def adjustments(figures: Figures, narrative: Narrative) -> Iterator[Adjustment]:
    """Each with the figure of the year that it is about."""
    for about, told in narrative.adjustments():
        result = figures.evaluation.result(about.about) if about else None
        label = figures.named(result) if result else place_named(figures, about) if about else ""
        yield Adjustment(label, standing(figures, result) if result else "", told)


def standing(figures: Figures, result: Result) -> str:
    """`2 of a target of 5: not met`"""
    words, target = figures.words, result.target
    now = figures.one_text(figures.cell(result.measure, result.to_date, target))
    if target is None:
        return words("bilan.figure", value=now)
    aim = figures.aim_number(target, result.measure.unit)
    return words("bilan.standing", value=now, target=aim, status=figures.told_status(result))


def place_named(figures: Figures, about: Section) -> str:
    """A line or a volet, as a report calls it; what the plan has not stays as it was written."""
    words, name = figures.words, about.about
    if about.is_volet:
        titles = {one.id: one.title.as_one(words.language) for one in words.plan.volets}
        return words("report.volet", id=name, title=titles[name]) if name in titles else about.title
    known = name in [one.id for one in words.plan.lines()]
    return words("report.line", id=name) if known else about.title
