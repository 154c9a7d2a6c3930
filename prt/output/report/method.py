"""The method note of a report: how figures are computed, how statuses follow, what acronyms mean; and the
annex that leads from each phrase of the plan to the indicator that answers it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_uppercase
from typing import get_args

from prt.figures.evaluate import Result
from prt.figures.status import RARE, Code
from prt.figures.withholding.published import numbers
from prt.output.document.content import Grid
from prt.output.document.report_document import Annex, Method, Report, list_texts
from prt.output.listings import capital, footnotes
from prt.output.numbers import day_text, format_exact, join_phrases
from prt.output.report.results import Figures
from prt.output.tables import Heading, Table
from prt.output.words import Words
from prt.problems import ProblemCount
from prt.text import fold_text


def method(figures: Figures, problems: ProblemCount, left_out: int, after_others: bool = False) -> Method:
    """Rules, what each status means, and the computation of each figure in one sentence; `after_others`: a
    report was sent before this one.
    """
    said = (
        *rules(figures, after_others),
        figures.words("method.audit"),
        problems_said(figures, problems, left_out),
    )
    return Method(said, statuses_grid(figures), definitions(figures) if figures.lists_rows else None)


def rules(figures: Figures, after_others: bool) -> Iterator[str]:
    words, plan, language = figures.words, figures.evaluation.plan, figures.language
    first, last = (day_text(day, language) for day in (plan.starts, figures.evaluation.cut_off))
    yield words("method.windows", first=first, last=last)
    yield words("method.rounding")
    yield words("method.sessions")
    smallest = str(plan.privacy.smallest_group)
    yield words.counted("method.withheld", numbers(figures.withheld), smallest=smallest)
    if after_others:
        yield words("method.sent")
    minutes = plan.privacy.minimum_minutes
    yield words("method.minutes", n=str(minutes)) if minutes else words("method.presence")
    shares = [
        words(
            "method.share",
            share=format_exact(period.expected, "%", language),
            day=day_text(period.last, language),
        )
        for period in plan.periods
    ]
    yield words("method.expected", shares=join_phrases(shares, language))


def problems_said(figures: Figures, problems: ProblemCount, left_out: int) -> str:
    return figures.words(
        "method.problems",
        errors=figures.words.counted("method.errors", problems.errors),
        warnings=figures.words.counted("method.warnings", problems.warnings),
        left_out=figures.words.counted("method.rows_left_out", left_out) if left_out else "",
    )


def statuses_grid(figures: Figures) -> Grid:
    """Every status with what it means; the shares are those of the plan."""
    words, thresholds = figures.words, figures.evaluation.plan.status
    shares = {
        "on_track": format_exact(thresholds.on_track, "%", figures.language),
        "at_risk": format_exact(thresholds.at_risk, "%", figures.language),
    }
    head = (Heading("status", words("report.status")), Heading("meaning", words("method.meaning")))
    told = {one.status.code for one in figures.evaluation.results}
    rows = (
        (capital(words(f"status.{code}")), words(f"method.status.{code}", **shares))
        for code in get_args(Code)
        if code != "withheld" and (code in told or code not in RARE)
    )
    return Grid(words("method.statuses"), Table(head, tuple(rows)))


def definitions(figures: Figures) -> Grid:
    words = figures.words
    head = (
        Heading("line", capital(words("column.line"))),
        Heading("indicator", words("report.indicator")),
        Heading("definition", words("method.definition")),
    )
    return Grid(words("method.definitions"), Table(head, tuple(sentences(figures))))


def sentences(figures: Figures) -> Iterator[tuple[str, str, str]]:
    """(line, indicator, rule) of every indicator and of its other readings."""
    words = figures.words
    for _, line, indicator in figures.evaluation.plan.indicators():
        label = capital(indicator.label.to(figures.language))
        yield line.id, label, capital(indicator.measure.sentence(words))
        for other in indicator.also:
            named = words("method.other_reading", label=label, other=other.label.to(figures.language))
            yield line.id, named, capital(other.measure.sentence(words))


def acronyms(made: Report, words: Words) -> Iterator[str]:
    """The acronyms that the report uses, with their meanings: `CLC: Community Learning Centre`."""
    used = " ".join(list_texts(made))
    for short, said in sorted(known_acronyms(words).items(), key=lambda pair: fold_text(pair[0])):
        written = re.escape(short)
        if short in used and re.search(rf"(?<!\w){written}s?(?!\w)", used):
            yield said


def known_acronyms(words: Words) -> dict[str, str]:
    """The meanings of acronyms; the plan's go first, each in the languages in which the plan has it."""
    found = {said.partition(":")[0].strip(): said for said in words.topic("acronym")}
    for short, meaning in words.plan.acronyms.items():
        if words.language not in meaning.missing():
            found[short] = words("report.acronym", short=short, meaning=meaning.to(words.language))
    return found


def concordance(figures: Figures, before: int, to_date: str, annual: bool = False) -> tuple[Annex, ...]:
    """The annex after the `before` others; none where a plan quotes no phrase.

    `to_date` heads the column of figures.
    """
    words, rows = (
        figures.words,
        [row for result in figures.evaluation.results for row in phrase_rows(figures, result)],
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
    return (Annex(letter, f"annex-{letter.lower()}", title, note, (grid,), "audit"),)


def phrase_rows(figures: Figures, result: Result) -> Iterator[tuple[str, ...]]:
    """The indicator's phrases, then the target's, each with the column of the plan that it stands in."""
    words, indicator, target = figures.words, result.indicator, result.promised
    figure = figures.one_text(figures.cell(indicator.measure, result.to_date, result.target))
    told = (capital(indicator.label.to(words.language)), figure, figures.status(result))
    for phrase in indicator.quoted.to(words.language):
        yield result.line.id, phrase, words("report.indicator"), *told
    if target:
        column = words("report.strategy" if target.stands_in else "report.target")
        for phrase in target.quoted.to(words.language):
            yield result.line.id, phrase, column, *told
