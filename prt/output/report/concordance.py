"""The annex that leads from each phrase of the plan to the indicator that answers it, and its figure."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from prt.figures.evaluate import Result
from prt.output.listings import capital, footnotes
from prt.output.report.document import Annex, Grid
from prt.output.report.results import Figures
from prt.output.tables import Heading, Table


def concordance(figures: Figures, before: int, to_date: str, annual: bool = False) -> tuple[Annex, ...]:
    """The annex after the `before` others; none where a plan quotes no phrase.

    `to_date` heads the column of figures.
    """
    words, rows = (
        figures.words,
        [row for result in figures.evaluation.results for row in phrases(figures, result)],
    )
    if not rows:
        return ()
    letter = ascii_uppercase[before]
    title = words("report.annex", letter=letter, title=words("concordance.title"))
    head = (
        Heading("line", words("brief.line")),
        Heading("phrase", words("concordance.phrase")),
        Heading("column", words("concordance.column")),
        Heading("indicator", words("report.indicator")),
        Heading("to_date", to_date, "right"),
        Heading("status", words("report.status")),
    )
    number = any(words("figure.withheld") == row[4] for row in rows)
    status = any(words("status.withheld") == row[5] for row in rows)
    grid = Grid("", Table(head, tuple(rows)), footnotes(words, number, status))
    note = words.counted("concordance.year" if annual else "concordance.note", len(rows))
    return (Annex(letter, f"annex-{letter.lower()}", title, note, (grid,)),)


def phrases(figures: Figures, result: Result) -> Iterator[tuple[str, ...]]:
    """The indicator's phrases, then the target's, each with the column of the plan that it stands in."""
    words, indicator, target = figures.words, result.indicator, result.indicator.target
    figure = figures.one_text(figures.cell(indicator.measure, result.to_date, target))
    told = (capital(indicator.label.to(words.language)), figure, figures.status(result))
    for phrase in indicator.quoted.to(words.language):
        yield result.line.id, phrase, words("report.indicator"), *told
    if target:
        column = words("report.strategy" if target.stands_in else "report.target")
        for phrase in target.quoted.to(words.language):
            yield result.line.id, phrase, column, *told
