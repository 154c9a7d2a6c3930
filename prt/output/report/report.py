"""A report: the funder's table of objectives, strategies, indicators, targets, with the results."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from prt.figures.evaluate import Result
from prt.figures.plan_diff.amendments import changes_since
from prt.figures.restatement.compare import Earlier
from prt.figures.withholding.published import Edition
from prt.files.notes import Notes
from prt.model.rows import Row
from prt.model.selections import whole_log
from prt.model.text import Language
from prt.output.document.content import Grid
from prt.output.document.editions import edition_for, has_records, has_results
from prt.output.document.indicator_parts import LinePart, VoletPart
from prt.output.document.report_document import Annex, Reader, Report
from prt.output.listings import footnotes
from prt.output.notes.prose import NO_NOTES, Narrative
from prt.output.numbers import day_text
from prt.output.report.annexes import annex_letters, annexes, to_come
from prt.output.report.annual import course_grid, year_course, year_pages
from prt.output.report.audit import NO_RECORDS, Records, audit_annexes
from prt.output.report.brief import brief, by_volet
from prt.output.report.cover import NOBODY, Sent, Signed, cover, periods
from prt.output.report.history import amendments, amendments_brief, revised_parts, since
from prt.output.report.indicators import line_parts
from prt.output.report.last_year import LastYear, LastYearColumn
from prt.output.report.method import acronyms, concordance, method
from prt.output.report.results import Figures
from prt.output.report.year_annexes import year_annexes
from prt.output.words import Words
from prt.problems import NO_PROBLEMS, ProblemCount
from prt.values import replace


def report(
    edition: Edition,
    language: Language,
    *,
    problems: ProblemCount = NO_PROBLEMS,
    left_out: int = 0,
    sent: Sent | None = None,
    earlier: Sequence[Earlier] = (),
    annual: bool = False,
    notes: Mapping[Language, Notes] = NO_NOTES,
    signed: Signed = NOBODY,
    digest: str = "",
    damaged: Sequence[str] = (),
    reader: Reader = "audit",
    last_year: LastYear | None = None,
    records: Records = NO_RECORDS,
) -> Report:
    """A report to the funder on the period of the cut-off, in its edition; a draft until it was `sent`.

    `left_out` is how many rows the `problems` take from every figure; `earlier` is what was sent before, and
    `damaged` names what of it is not as it was; `notes` of the other language stand in for missing ones;
    `digest` is that of the rows and the plan; `last_year` is for a bilan, `records` for who retraces.
    """
    evaluation = edition.evaluation
    words = Words(language, evaluation.plan, evaluation.data.organisations)
    changes = changes_since(earlier, evaluation.plan)
    figures = Figures(evaluation, words, edition.withheld, changes, has_records(reader))
    narrative = Narrative(words, notes, draft=sent is None, annual=annual)
    before, replaced = LastYearColumn(words, last_year), same_report(earlier, evaluation.period.id, annual)
    to_date = words("report.year" if annual else "report.to_date")
    made = Report(
        language,
        cover(evaluation, words, sent, annual, signed, replaced, left_out, digest, damaged),
        brief(figures, list(evaluation.view.to_come(whole_log("sessions"))), left_out, narrative),
        (*periods(evaluation, words, annual), *before.legend()),
        tuple(words("report.period", n=str(period.id)) for period, _ in evaluation.windows),
        to_date,
        "" if evaluation.at_end else words("report.legend"),
        tuple(volet_parts(figures, narrative, annual, before)) if has_results(reader) else (),
        None,
        None,
        tuple(annexes_for(reader, figures, to_date, annual, records)),
        method(figures, problems, left_out, bool(earlier)),
        (),
        last_year=before.title,
    )
    told = partial(told_of_year, before=before) if annual else told_of_period
    shown = edition_for(told_of_before(told(made, figures, narrative, earlier), figures, earlier), reader)
    return replace(shown, acronyms=tuple(acronyms(shown, words)))


def same_report(earlier: Sequence[Earlier], period: int, annual: bool) -> Earlier | None:
    """The report of the same period that was sent before, which a new one replaces; None if there is none."""
    return next((one for one in earlier if (one.period, one.annual) == (period, annual)), None)


def told_of_before(made: Report, figures: Figures, earlier: Sequence[Earlier]) -> Report:
    """A report with what is another of those that were sent, and what the plan changed."""
    words, changes = figures.words, changes_since(earlier, figures.evaluation.plan)
    return replace(
        made,
        revised=tuple(revised_parts(words, earlier, figures.withheld)),
        amendments=amendments(words, changes),
        amended=amendments_brief(words, changes),
    )


def annexes_for(
    reader: Reader, figures: Figures, to_date: str, annual: bool, records: Records
) -> Iterator[Annex]:
    """What an edition does not show is not made: that would take long."""
    if not has_results(reader):
        return
    of = figures.evaluation, figures.words, figures.withheld
    counted = tuple(year_annexes(*of, listed=has_records(reader))) if annual else annexes(*of)
    yield from counted
    if has_records(reader):
        listed = concordance(figures, len(counted), to_date, annual)
        yield from listed
        yield from audit_annexes(figures, len(counted) + len(listed), records)


def told_of_year(
    made: Report,
    figures: Figures,
    narrative: Narrative,
    earlier: Sequence[Earlier],
    before: LastYearColumn,
) -> Report:
    """A bilan with how the year went."""
    course = course_grid(figures, earlier, figures.withheld)
    pages = year_pages(figures, narrative, course, before)
    return replace(made, since=year_course(figures, earlier, figures.withheld), year=pages)


def told_of_period(
    made: Report, figures: Figures, narrative: Narrative, earlier: Sequence[Earlier]
) -> Report:
    """A report with what changed since the last one, and what is to come."""
    evaluation = figures.evaluation
    coming = list(evaluation.view.to_come(whole_log("sessions")))
    return replace(
        made,
        since=since(figures, earlier, figures.withheld),
        outlook_told=narrative.outlook(),
        outlook=outlook(figures.words, coming, evaluation.cut_off),
    )


def outlook(words: Words, coming: list[Row], after: dt.date) -> Grid | None:
    """The sessions that are planned after a day, and how many there are in each month."""
    caption = words("outlook.planned", day=day_text(after, words.language))
    months = Counter((row["date"].year, row["date"].month) for row in coming)
    said = (
        words("outlook.month", month=words(f"month.{month}"), n=str(number))
        for (_, month), number in sorted(months.items())
    )
    note = words("outlook.months", months=" · ".join(said))
    return Grid(caption, to_come(words, coming), note) if coming else None


def volet_parts(
    figures: Figures, narrative: Narrative, annual: bool, before: LastYearColumn
) -> Iterator[VoletPart]:
    """Volets and lines in the plan's order; a line without an objective has that of the line above."""
    letters = annex_letters(figures.evaluation, figures.words)
    for volet, results in by_volet(figures.evaluation):
        lines, objective = [], ()
        for line, some in groupby(results, key=lambda result: result.line):
            own = list(some)
            objective = line.objective.to(figures.language) if line.objective else objective
            parts = tuple(line_parts(figures, own, letters, narrative, annual, before))
            lines.append(
                LinePart(
                    line.id,
                    objective,
                    line.strategy.to(figures.language) if line.strategy else (),
                    line.note.to(figures.language) if line.note else "",
                    parts,
                    footnotes(
                        figures.words,
                        any(map(has_withheld, own)) or any(map(before.is_withheld, parts)),
                        any(one.status.code == "withheld" for one in own),
                    ),
                    narrative.line(line.id),
                )
            )
        title = volet.title.as_one(figures.language)
        yield VoletPart(volet.id, title, tuple(lines), narrative.volet(volet.id))


def has_withheld(result: Result) -> bool:
    """Is a figure of the indicator, or of its other readings, withheld?"""
    others = (figure for second in result.also for figure in (second.period, second.to_date))
    found = [*result.periods, result.to_date, *others]
    return any(figure is not None and figure.absent == "withheld" for figure in found)
