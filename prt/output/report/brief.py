"""The first page of a report, which stands alone: where the targets are, and what is done about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from prt.figures.evaluate import Evaluation, Result, tally
from prt.figures.status import Word
from prt.model.plan import Volet
from prt.model.rows import Row
from prt.output.document.content import Grid, Prose
from prt.output.document.first_page import MANY, Brief, BriefTarget, Silent, StatusGroup, Tiles
from prt.output.figure_text import ORDER, tally_words, word_at_end
from prt.output.listings import capital, footnotes
from prt.output.notes.prose import Narrative, shorten_prose
from prt.output.numbers import day_text
from prt.output.report.indicators import anchor
from prt.output.report.results import Figures
from prt.output.tables import Heading, Table
from prt.values import replace

CONCERNS: tuple[Word, ...] = ("behind", "at_risk")
ROOM, LITTLE_ROOM = 420, 120
"""Characters of the highlights that the first page has room for."""
UNUSUAL: tuple[Word, ...] = ("withheld", "to_be_set")
"""A table has no column of these without a target of them."""
GOOD: tuple[Word, ...] = ("met", "on_track")


def brief(figures: Figures, coming: list[Row], left_out: int, narrative: Narrative) -> Brief:
    words, counts = figures.words, tally(figures.evaluation.results)
    targets, at_end = words.counted("tally.targets", sum(counts.values())), figures.evaluation.at_end
    said = tuple(Tiles(word, counts[word], text) for word, text in tally_words(words, counts, at_end))
    groups = tuple(group for word in CONCERNS if (group := status_group(figures, word, narrative)).targets)
    concerned = [one for group in groups for one in group.targets]
    hidden = any(one.to_date.number == words("figure.withheld") for one in concerned)
    good = tuple(brief_target(figures, one, None) for one in targets_with(figures, GOOD))
    return Brief(
        targets,
        words.counted("brief.standing", sum(counts.values())),
        said,
        words("brief.summary", targets=targets, statuses=" · ".join(one.text for one in said)),
        words.counted("brief.concerns_end" if at_end else "brief.concerns", len(concerned)),
        groups,
        tuple(list_silent(figures, narrative)),
        words.counted("brief.good_end" if at_end else "brief.good", len(good)),
        good,
        coming_text(figures),
        volets_grid(figures),
        narrative.highlights(),
        tuple(highlights(figures, coming, left_out)),
        footnotes(words, hidden, bool(counts["withheld"])),
        any(one.expected for one in concerned),
        narrative.first_highlights(ROOM if len(concerned) <= MANY else LITTLE_ROOM),
    )


def targets_with(figures: Figures, wanted: Sequence[Word]) -> list[Result]:
    """The targets of these statuses, one status after the other, in the plan's order."""
    targets = figures.evaluation.targets()
    return [one for word in wanted for one in targets if one.status.word == word]


def status_group(figures: Figures, word: Word, narrative: Narrative) -> StatusGroup:
    title = capital(figures.words(f"word.{word_at_end(word, figures.evaluation.at_end)}"))
    results = targets_with(figures, [word])
    return StatusGroup(word, title, tuple(concern(figures, one, narrative) for one in results))


def concern(figures: Figures, result: Result, narrative: Narrative) -> BriefTarget:
    """A target that needs attention, with the corrective action; in a bilan its periods and follow-up too."""
    found = brief_target(figures, result, narrative.action(result))
    if not narrative.annual:
        return found
    cells = (figures.of_period(result.measure, one, result.target) for one in result.periods)
    follow_up = narrative.follow_up(result)
    short = shorten_answer(follow_up)
    return replace(found, periods=tuple(cells), follow_up=short, cut=found.cut or short is not follow_up)


def shorten_answer(told: Prose | None) -> Prose | None:
    """What the first page has room for; itself where that is all of it."""
    return shorten_prose(told) if told and not told.gap else told


def brief_target(figures: Figures, result: Result, action: Prose | None) -> BriefTarget:
    target = result.promised
    assert target is not None
    short = shorten_answer(action)
    return BriefTarget(
        anchor(result),
        result.line.id,
        capital(result.indicator.label.to(figures.language)),
        figures.cell(result.measure, result.to_date, result.target),
        figures.expected(result),
        figures.aim_told(result),
        figures.told_status(result),
        target_note(figures, result),
        result.status.word,
        figures.bar(result),
        short,
        short is not action,
        amended=figures.told_status(result) != figures.status(result),
        due=due_text(figures, result) if target.due else "",
    )


def target_note(figures: Figures, result: Result) -> str:
    """That its line may have been forgotten, or what the period has from which its status follows."""
    words, judged = figures.words, result.judgement
    if result.is_untouched:
        return words("figure.untouched", line=result.line.id)
    if judged is None or judged.period is None:
        return ""
    number = figures.number(result.measure, judged.figure)
    return words("figure.in_period", number=number, n=str(judged.period.id))


def due_text(figures: Figures, result: Result) -> str:
    """`3 days late`, or the day that a milestone was to be done by."""
    late = result.status.days_late
    return figures.words.counted("brief.late", late) if late else figures.aim_of(result.indicator)


def coming_text(figures: Figures) -> str:
    """The targets of which nothing is due yet, on one line; nothing where there are none."""
    said = []
    for line, some in groupby(targets_with(figures, ["not_due"]), lambda one: one.line.id):
        labels = "; ".join(capital(one.indicator.label.to(figures.language)) for one in some)
        said.append(figures.words("brief.of_line", names=labels, id=line))
    return figures.words("brief.coming", names="; ".join(said)) if said else ""


def list_silent(figures: Figures, narrative: Narrative) -> Iterator[Silent]:
    """Targets without data, in the plan's order."""
    for result in targets_with(figures, ["no_data"]):
        yield Silent(anchor(result), figures.named(result), narrative.action(result))


def volets_grid(figures: Figures) -> Grid:
    """How many targets of each volet have each of the six words; after the year, of those that there are."""
    words, at_end = figures.words, figures.evaluation.at_end
    counts = tally(figures.evaluation.results)
    shown = [word for word in ORDER if counts[word] or not (at_end or word in UNUSUAL)]
    head = [Heading("volet", words("brief.volet"))]
    head += [Heading(word, capital(words(f"word.{word_at_end(word, at_end)}")), "right") for word in shown]
    rows = []
    for volet, results in by_volet(figures.evaluation):
        counts = tally(results)
        rows.append(
            (f"{volet.id} {volet.title.as_one(words.language)}", *(str(counts[word]) for word in shown))
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
