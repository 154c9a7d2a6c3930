"""A report: the funder's table of objectives, strategies, indicators, targets, with the results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from prt.figures.evaluate import Evaluation, Result, tally
from prt.figures.plan_diff.amendments import changed
from prt.figures.restatement.compare import Earlier
from prt.figures.status import Word
from prt.figures.withholding.published import Edition
from prt.files.notes import Notes
from prt.model.plan import Volet
from prt.model.rows import Row
from prt.model.selections import whole_log
from prt.model.text import Language
from prt.output.figure_text import ORDER, tally_words, word_at_end
from prt.output.listings import capital, footnotes
from prt.output.numbers import day_text
from prt.output.report.annexes import annex_letters, annexes, to_come
from prt.output.report.cover import NOBODY, Sent, Signed, cover, periods
from prt.output.report.document import Brief, Concern, Grid, LinePart, Report, Silent, VoletPart
from prt.output.report.history import amendments, amendments_brief, revised_parts, since
from prt.output.report.indicators import anchor, line_parts
from prt.output.report.method import acronyms, concordance, method
from prt.output.report.prose import NO_NOTES, Narrative
from prt.output.report.results import Figures
from prt.output.tables import Heading, Table
from prt.output.words import Words
from prt.problems import Problem
from prt.values import replace

CONCERNS: tuple[Word, ...] = ("behind", "at_risk")


def report(
    edition: Edition,
    language: Language,
    *,
    problems: Sequence[Problem] = (),
    left_out: int = 0,
    sent: Sent | None = None,
    earlier: Sequence[Earlier] = (),
    annual: bool = False,
    notes: Mapping[Language, Notes] = NO_NOTES,
    signed: Signed = NOBODY,
    digest: str = "",
    damaged: Sequence[str] = (),
) -> Report:
    """A report to the funder on the period of the cut-off, in its edition; a draft until it was sent.

    `problems` are those of the files, `left_out` how many rows no figure has because of them; `earlier` are
    the reports that were sent before; `notes` are those of both languages, of which one is shown where the
    other says nothing; `digest` is that of the rows and the plan, as people read it; `damaged` names what was
    sent and is not as it was.
    """
    evaluation = edition.evaluation
    words = Words(language, evaluation.plan, evaluation.data.organisations)
    changes = changed(earlier, evaluation.plan)
    figures = Figures(evaluation, words, edition.withheld, changes)
    coming = list(evaluation.view.to_come(whole_log("sessions")))
    counted = annexes(evaluation, words, edition.withheld)
    narrative = Narrative(words, notes, draft=sent is None)
    replaced = next(
        (one for one in earlier if (one.period, one.annual) == (evaluation.period.id, annual)), None
    )
    to_date = words("report.year" if annual else "report.to_date")
    made = Report(
        language,
        cover(evaluation, words, sent, annual, signed, replaced, left_out, digest, damaged),
        brief(figures, coming, left_out, narrative),
        tuple(periods(evaluation, words, annual)),
        tuple(words("report.period", n=str(period.id)) for period, _ in evaluation.windows),
        to_date,
        "" if evaluation.at_end else words("report.legend"),
        tuple(volet_parts(figures, narrative, annual)),
        narrative.outlook(),
        outlook(words, coming, evaluation.cut_off),
        (*counted, *concordance(figures, len(counted), to_date, annual)),
        method(figures, problems, left_out, bool(earlier)),
        (),
        since(figures, earlier, annual, edition.withheld),
        tuple(revised_parts(words, earlier, edition.withheld)),
        amendments(words, changes),
        amendments_brief(words, changes),
    )
    return replace(made, acronyms=tuple(acronyms(made, words)))


def brief(figures: Figures, coming: list[Row], left_out: int, narrative: Narrative) -> Brief:
    words, counts = figures.words, tally(figures.evaluation.results)
    targets = words.counted("tally.targets", sum(counts.values()))
    said = tuple(tally_words(words, counts, figures.evaluation.at_end))
    concerned = tuple(list_concerns(figures, narrative))
    hidden = any(one.to_date.number == words("figure.withheld") for one in concerned)
    return Brief(
        targets,
        said,
        words("brief.summary", targets=targets, statuses=" · ".join(text for _, text in said)),
        words("brief.concerns_end" if figures.evaluation.at_end else "brief.concerns"),
        concerned,
        tuple(list_silent(figures, narrative)),
        volets_grid(figures),
        narrative.highlights(),
        tuple(highlights(figures, coming, left_out)),
        footnotes(words, hidden, bool(counts["withheld"])),
        any(one.expected for one in concerned),
    )


def outlook(words: Words, coming: list[Row], after: dt.date) -> Grid | None:
    """The sessions that are planned after a day."""
    caption = words("outlook.planned", day=day_text(after, words.language))
    return Grid(caption, to_come(words, coming)) if coming else None


def list_concerns(figures: Figures, narrative: Narrative) -> Iterator[Concern]:
    """Targets behind, then those at risk, in the plan's order."""
    targets = figures.evaluation.targets()
    for result in (one for word in CONCERNS for one in targets if one.status.word == word):
        measure, target = result.measure, result.target
        assert target is not None
        yield Concern(
            anchor(result),
            result.line.id,
            capital(result.indicator.label.to(figures.language)),
            figures.cell(measure, result.to_date, target),
            figures.expected(result),
            figures.aim_number(target, measure.unit),
            status_of_concern(figures, result),
            result.status.word,
            narrative.action(result),
        )


def status_of_concern(figures: Figures, result: Result) -> str:
    """The status; of a line without any row that it may have been forgotten."""
    status = figures.status(result)
    if not result.is_untouched:
        return status
    return f"{status}, {figures.words('figure.untouched', line=result.line.id)}"


def list_silent(figures: Figures, narrative: Narrative) -> Iterator[Silent]:
    """Targets without data, in the plan's order."""
    for result in figures.evaluation.targets():
        if result.status.word == "no_data":
            label = capital(result.indicator.label.to(figures.language))
            said = figures.words("notes.explained", line=result.line.id, label=label)
            yield Silent(anchor(result), said, narrative.action(result))


def volets_grid(figures: Figures) -> Grid:
    """How many targets of each volet have each of the six words; after the year, of those that there are."""
    words, at_end = figures.words, figures.evaluation.at_end
    counts = tally(figures.evaluation.results)
    shown = [word for word in ORDER if counts[word] or not (at_end or word == "withheld")]
    head = [Heading("volet", words("brief.volet"))]
    head += [Heading(word, capital(words(f"word.{word_at_end(word, at_end)}")), "right") for word in shown]
    rows = []
    for volet, results in by_volet(figures.evaluation):
        counts = tally(results)
        rows.append(
            (f"{volet.id} {' '.join(volet.title.to(words.language))}", *(str(counts[word]) for word in shown))
        )
    return Grid(words("brief.volets"), Table(tuple(head), tuple(rows)))


def by_volet(evaluation: Evaluation) -> Iterator[tuple[Volet, list[Result]]]:
    for volet in evaluation.plan.volets:
        yield volet, [result for result in evaluation.results if result.volet is volet]


def highlights(figures: Figures, coming: list[Row], left_out: int) -> Iterator[str]:
    words = figures.words
    if coming:
        day = day_text(figures.evaluation.cut_off, words.language)
        yield words.counted("brief.planned", len(coming), day=day)
    elif not figures.evaluation.at_end:
        yield words("brief.no_planned")
    if left_out:
        yield words.counted("brief.left_out", left_out)


def volet_parts(figures: Figures, narrative: Narrative, annual: bool) -> Iterator[VoletPart]:
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
                    tuple(line_parts(figures, own, letters, narrative, annual)),
                    footnotes(
                        figures.words,
                        any(map(has_withheld, own)),
                        any(one.status.code == "withheld" for one in own),
                    ),
                    narrative.line(line.id),
                )
            )
        title = " ".join(volet.title.to(figures.language))
        yield VoletPart(volet.id, title, tuple(lines), narrative.volet(volet.id))


def has_withheld(result: Result) -> bool:
    """Is a figure of the indicator, or of its other readings, withheld?"""
    others = (figure for second in result.also for figure in (second.period, second.to_date))
    found = [*result.periods, result.to_date, *others]
    return any(figure is not None and figure.absent == "withheld" for figure in found)
