"""One indicator of a report: its phrase and figures, its other readings, remarks, breakdowns and rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from prt.figures.evaluate import Result, Second
from prt.figures.withholding.groups import rows_key
from prt.model.plan import Target
from prt.model.text import unit_text
from prt.output.charts import result_chart
from prt.output.document.content import Prose
from prt.output.document.indicator_parts import Behind, IndicatorPart
from prt.output.figure_text import period_statuses
from prt.output.listings import behind, capital, cell, figure_grids
from prt.output.notes.notes_outline import NEEDS_WORDS
from prt.output.notes.prose import Narrative, shorten_prose
from prt.output.numbers import NBSP, Value
from prt.output.report.last_year import LastYearColumn
from prt.output.report.results import Figures
from prt.values import replace

LONG_LIST = 8
"""A longer list is in the annex of its log, where that annex has all its columns."""

SHORT_ITEM = 24
"""What a narrow column has room for."""


def line_parts(
    figures: Figures,
    results: Iterable[Result],
    letters: dict[str, str],
    narrative: Narrative,
    annual: bool,
    before: LastYearColumn,
) -> Iterator[IndicatorPart]:
    """The indicators of one line; `letters` are those of the annexes, by log."""
    seen: dict[frozenset[int], str] = {}
    for result in results:
        part = indicator_part(figures, result, letters, seen, remark_on(narrative, result), annual)
        yield replace(part, last_year=before.cell(result))


def remark_on(narrative: Narrative, result: Result) -> Prose | None:
    """What the notes say of it, unless the first page has all of it."""
    if result.status.word not in NEEDS_WORDS:
        return narrative.remark(result)
    said, next_ = narrative.explanation(result), narrative.follow_up(result)
    if result.status.word == "no_data":
        return None
    if next_ and not next_.gap and shorten_prose(next_) is not next_:
        return narrative.explanation(result, whole=True)
    return None if said and shorten_prose(said) is said else said


def indicator_part(
    figures: Figures,
    result: Result,
    letters: dict[str, str],
    seen: dict[frozenset[int], str],
    remark: Prose | None,
    annual: bool,
) -> IndicatorPart:
    words, indicator = figures.words, result.indicator
    measure, target = indicator.measure, result.target
    letter, label = annex_letter(figures, result, letters), capital(indicator.label.to(words.language))
    hidden = rows_key(result.handle) in figures.withheld or result.to_date.absent == "withheld"
    to_date, only = figures.cell(measure, result.to_date, target), only_item(figures, result)
    said_in_full = letter or (only and not measure.counts_items)
    return IndicatorPart(
        result.handle,
        anchor(result),
        label,
        unit_text(measure.unit, words.language),
        indicator.quoted.to(words.language),
        indicator.implied,
        tuple(figures.of_period(measure, figure, target) for figure in result.periods),
        replace(to_date, number=to_date.number.printed(only)) if only else to_date,
        planned_text(figures, result),
        figures.aim(result),
        figures.status(result),
        result.status.word,
        figures.rate(result) if annual else figures.expected_told(result),
        figures.alert(result),
        tuple(remark_lines(figures, result, letter, annual)),
        () if said_in_full else figure_grids(words, measure, result.to_date),
        behind(words, label, result, seen, figures.withheld) if figures.lists_rows else Behind(""),
        remark,
        None if result.to_date.absent == "withheld" else figures.due(result),
        None if hidden else len(result.rows),
        chart=result_chart(figures, result),
    )


def only_item(figures: Figures, result: Result) -> str:
    """The item of a list that has no other to date, where it is short: it stands in place of `1`."""
    measure, words = result.measure, figures.words
    if not measure.has_items or len(result.to_date.items) != 1:
        return ""
    log, names = words.flat(measure.main).log, measure.naming_columns("part")
    values = result.to_date.items[0].values
    said = (cell(words, log, *pair) for pair in zip(names, values, strict=True) if pair[1])
    only = " / ".join(said).replace(NBSP, " ")
    return only if len(only) <= SHORT_ITEM else ""


def planned_text(figures: Figures, result: Result) -> str:
    """Sessions to come, beside the figure of a target that they move."""
    if not result.planned or not result.target or not result.measure.shows_planned:
        return ""
    return Value(figures.words.counted("figure.planned", result.planned), Fraction(result.planned))


def remark_lines(figures: Figures, result: Result, letter: str, annual: bool) -> Iterator[str]:
    """Other readings, what is to be known of the figure, where a long list is, and the plan's note."""
    words, indicator = figures.words, result.indicator
    for second in result.also:
        yield reading(figures, second, result.target, annual)
    yield from figures.baseline(result)
    if told := period_statuses(words, result):
        yield words("remark.periods", told=told)
    yield from figures.remarks(result)
    if letter:
        items, report = capital(figures.items(result.measure, result.to_date)), figures.evaluation.period
        where = "in_report" if annual else "in_annex"  # the annexes of a bilan have numbers
        yield words(f"remark.{where}", items=items, letter=letter, n=str(report.id))
    if indicator.note:
        yield words("report.note", note=indicator.note.to(words.language))


def anchor(result: Result) -> str:
    """The name of an indicator inside one HTML page."""
    return "i-" + result.handle.replace(".", "-")


def annex_letter(figures: Figures, result: Result, letters: dict[str, str]) -> str:
    """The letter of the annex that shows a long list in full, or nothing."""
    measure = result.measure
    if measure.counts_items or len(result.to_date.items) <= LONG_LIST:
        return ""
    log = figures.words.flat(measure.main).log
    columns = set(measure.naming_columns("part"))
    return letters.get(log, "") if columns <= set(figures.words.plan.record_of(log).shown) else ""


def reading(figures: Figures, second: Second, target: Target | None, annual: bool) -> str:
    """`Another reading, different titles: 15 (P2: 6)`; it has no status. A bilan has the year alone."""
    measure = second.reading.measure
    parts = {
        "label": second.reading.label.to(figures.language),
        "figure": figures.one_text(figures.cell(measure, second.to_date, target)),
    }
    if second.period is None or annual:
        return figures.words("report.reading", **parts)
    period = figures.one_text(figures.cell(measure, second.period, target))
    number = str(figures.evaluation.period.id)
    return figures.words("report.reading_period", n=number, period=period, **parts)
