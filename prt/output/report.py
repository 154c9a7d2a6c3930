"""A report: the funder's table of objectives, strategies, indicators, targets, with the results (spec §7)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import groupby
from typing import Any

from prt.figures.evaluate import Evaluation, Result, tally
from prt.figures.published import published
from prt.figures.revised import Earlier
from prt.figures.revised_groups import revised_cells
from prt.figures.status import Word
from prt.model.calendar import Period, Window
from prt.model.plan import Volet
from prt.model.rows import Row
from prt.model.selections import whole_log
from prt.model.text import Language, folded
from prt.output.annexes import BREAKDOWNS, annex_letters, annexes, to_come
from prt.output.document import Brief, Concern, Cover, Grid, LinePart, Report, VoletPart
from prt.output.figures import Figures
from prt.output.history import report_name, revised_parts, since
from prt.output.indicators import anchor, line_parts
from prt.output.listings import capital, footnote
from prt.output.method import method
from prt.output.numbers import day_text
from prt.output.tables import Heading, Table
from prt.output.words import Words
from prt.problems import Problem

WORDS: tuple[Word, ...] = ("met", "on_track", "at_risk", "behind", "not_due", "no_data")
AT_END: dict[Word, str] = {"at_risk": "partly_met", "behind": "not_met"}
CONCERNS: tuple[Word, ...] = ("behind", "at_risk")


@dataclass(frozen=True)
class Sent:
    """What is known of a report that was submitted."""

    on: dt.date
    prepared_by: str = ""
    approved_by: str = ""


def report(
    evaluation: Evaluation,
    language: Language,
    *,
    problems: Sequence[Problem] = (),
    left_out: int = 0,
    sent: Sent | None = None,
    earlier: Sequence[Earlier] = (),
    annual: bool = False,
) -> Report:
    """A report to the funder on the period of the cut-off, small groups withheld; a draft until it was sent.

    `problems` are those of the files, `left_out` how many rows no figure has because of them; `earlier` are
    the reports that were sent before.
    """
    words = Words(language, evaluation.plan, evaluation.data.organisations)
    edition = published(evaluation, BREAKDOWNS, revised_cells(earlier))
    evaluation, figures = edition.evaluation, Figures(edition.evaluation, words, edition.withheld)
    coming = evaluation.view.to_come(whole_log("sessions"))
    made = Report(
        language,
        cover(evaluation, words, sent, annual),
        brief(figures, coming, left_out),
        tuple(periods(evaluation, words)),
        tuple(words("report.period", n=str(period.id)) for period, _ in evaluation.windows),
        tuple(volet_parts(figures)),
        Grid(words("outlook.planned"), to_come(words, coming)) if coming else None,
        annexes(evaluation, words, edition.withheld),
        method(figures, problems, left_out),
        (),
        since(figures, earlier, annual),
        tuple(revised_parts(words, earlier, edition.withheld)),
    )
    return replace(made, acronyms=tuple(acronyms(made, words)))


def cover(evaluation: Evaluation, words: Words, sent: Sent | None, annual: bool = False) -> Cover:
    plan, period, language = evaluation.plan, evaluation.period, words.language
    whole: Window | Period = plan.window if annual else period
    return Cover(
        " ".join(plan.title.to(language)),
        words("report.for", funder=plan.funder.name),
        report_name(words, period.id, annual),
        span(words, whole.first, whole.last),
        words("report.cut_off", day=day_text(evaluation.cut_off, language)),
        words("report.updated", day=day_text(plan.updated, language)) if plan.updated else "",
        "" if sent else words("report.draft"),
        words("report.sent", day=day_text(sent.on, language)) if sent else "",
        tuple(people(words, sent)) if sent else (),
    )


def people(words: Words, sent: Sent) -> Iterator[str]:
    if sent.prepared_by:
        yield words("report.prepared_by", name=sent.prepared_by)
    if sent.approved_by:
        yield words("report.approved_by", name=sent.approved_by)


def span(words: Words, first: dt.date, last: dt.date) -> str:
    ends = (day_text(day, words.language) for day in (first, last))
    return words("report.span", **dict(zip(("first", "last"), ends, strict=True)))


def periods(evaluation: Evaluation, words: Words) -> Iterator[str]:
    """What the columns of the results are: `P1: July 1, 2024 to November 30, 2024`."""
    for period, window in evaluation.windows:
        yield words("report.period_is", n=str(period.id), span=span(words, window.first, window.last))
    yield words("report.to_date_is", day=day_text(evaluation.plan.starts, words.language))
    yield words("report.no_period")


def brief(figures: Figures, coming: list[Row], left_out: int) -> Brief:
    words, counts = figures.words, tally(figures.evaluation.results)
    targets = words.counted("tally.targets", sum(counts.values()))
    said = tuple(
        (word, words.counted(f"tally.{called(figures, word)}", counts[word]))
        for word in WORDS
        if counts[word]
    )
    concerned = tuple(concerns(figures))
    hidden = any(one.to_date.number == words("figure.withheld") for one in concerned)
    return Brief(
        targets,
        said,
        words("brief.summary", targets=targets, statuses=" · ".join(text for _, text in said)),
        words("brief.concerns_end" if figures.evaluation.at_end else "brief.concerns"),
        concerned,
        volets_grid(figures),
        tuple(highlights(figures, coming, left_out)),
        footnote(words) if hidden else "",
    )


def called(figures: Figures, word: Word) -> str:
    """When the year is over, *at risk* is *partly met* and *behind* is *not met*."""
    return AT_END.get(word, word) if figures.evaluation.at_end else word


def concerns(figures: Figures) -> Iterator[Concern]:
    """Targets behind, then those at risk, in the plan's order."""
    targets = figures.evaluation.targets()
    for result in (one for word in CONCERNS for one in targets if one.status.word == word):
        measure, target = result.indicator.measure, result.indicator.target
        assert target is not None
        yield Concern(
            anchor(result),
            result.line.id,
            capital(result.indicator.label.to(figures.language)),
            figures.cell(measure, result.to_date, target),
            figures.expected(result),
            figures.aim_number(target, measure.unit),
            figures.status(result),
            result.status.word,
        )


def volets_grid(figures: Figures) -> Grid:
    """How many targets of each volet have each of the six words."""
    words = figures.words
    head = [Heading("volet", words("brief.volet"))]
    head += [Heading(word, capital(words(f"word.{called(figures, word)}")), "right") for word in WORDS]
    rows = []
    for volet, results in by_volet(figures.evaluation):
        counts = tally(results)
        rows.append((volet_title(words, volet), *(str(counts[word]) for word in WORDS)))
    return Grid(words("brief.volets"), Table(tuple(head), tuple(rows)))


def by_volet(evaluation: Evaluation) -> Iterator[tuple[Volet, list[Result]]]:
    for volet in evaluation.plan.volets:
        yield volet, [result for result in evaluation.results if result.volet is volet]


def volet_title(words: Words, volet: Volet) -> str:
    return f"{volet.id} {' '.join(volet.title.to(words.language))}"


def highlights(figures: Figures, coming: list[Row], left_out: int) -> Iterator[str]:
    words = figures.words
    monitored = sum(result.indicator.target is None for result in figures.evaluation.results)
    if monitored:
        yield words.counted("tally.monitored", monitored) + "."
    yield words.counted("brief.planned", len(coming)) if coming else words("brief.no_planned")
    if left_out:
        yield words.counted("brief.left_out", left_out)


def volet_parts(figures: Figures) -> Iterator[VoletPart]:
    """Volets and lines in the plan's order; a line without an objective has that of the line above."""
    letters = annex_letters(figures.evaluation, figures.words)
    for volet, results in by_volet(figures.evaluation):
        lines, objective = [], ()
        for line, some in groupby(results, key=lambda result: result.line):
            own = list(some)
            objective = line.objective.to(figures.language) if line.objective else objective
            lines.append(
                LinePart(
                    line.id,
                    objective,
                    line.strategy.to(figures.language) if line.strategy else (),
                    line.note.to(figures.language) if line.note else "",
                    tuple(line_parts(figures, own, letters)),
                    footnote(figures.words) if any(map(has_withheld, own)) else "",
                )
            )
        yield VoletPart(volet.id, " ".join(volet.title.to(figures.language)), tuple(lines))


def has_withheld(result: Result) -> bool:
    """Is a figure of the indicator, or of its other readings, withheld?"""
    others = (figure for second in result.also for figure in (second.period, second.to_date))
    found = [*result.periods, result.to_date, *others]
    return any(figure is not None and figure.absent == "withheld" for figure in found)


def acronyms(made: Report, words: Words) -> Iterator[str]:
    """Those of the words' acronyms that the report uses: `CLC: Community Learning Centre`."""
    used = " ".join(texts(made))
    for said in sorted(words.topic("acronym"), key=folded):
        short = said.partition(":")[0].strip()
        if re.search(rf"\b{re.escape(short)}s?\b", used):
            yield said


def texts(value: Any) -> Iterator[str]:
    """Every text of a report, to the last cell."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
