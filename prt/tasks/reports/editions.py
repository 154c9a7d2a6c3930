"""The edition of a report: its figures as others see them, beside everything that the funder was sent.

Reports, notes, `--as-published` and `prt submit` all get it here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache

from prt.console import context
from prt.figures.evaluate import Evaluation
from prt.figures.restatement.compare import Comparison, Earlier, compare
from prt.figures.restatement.row_changes import recorded_since
from prt.figures.withholding.groups import TO_DATE
from prt.figures.withholding.published import Edition, hide, losing_cells, published
from prt.figures.withholding.revised_groups import revised_cells
from prt.figures.withholding.sent_report import SentReport
from prt.figures.withholding.withhold import Loser
from prt.files.project import Year
from prt.files.submissions.submission import Submission, known_submissions, latest_revisions, report_order
from prt.files.yaml.words import say_phrase
from prt.model.plan import Plan
from prt.output.report.annexes import annex_breakdowns
from prt.output.words import Phrases
from prt.problems import PrtError
from prt.values import dataclass, field, replace


@dataclass(frozen=True)
class Past:
    """What was sent before a report: what became of each, and what its readers know, in the order of sending.

    `earlier` has the latest revision of each report up to this one, `told` all that was sent. Of what is
    `damaged` nobody knows any more what it told of the days to `unknown_until`.
    """

    earlier: Sequence[Earlier] = ()
    told: Sequence[SentReport] = ()
    damaged: Sequence[Submission] = ()
    unknown_until: dt.date | None = None
    last_year: Sequence[Evaluation] = ()
    """The end of the year before, as others know it: asked for where a target is more than it."""

    def edition(self, evaluation: Evaluation) -> Edition:
        more, told, until = revised_cells(self.earlier), self.told, self.unknown_until
        return published(evaluation, annex_breakdowns(evaluation.plan), more, told, until, self.last_year)


MOST_SAID = 5
"""So many figures that give way are named; the others are counted."""


def tell_what_gives_way(past: Past, edition: Edition) -> None:
    for said in say_what_gives_way(past, edition):
        context.say(said)


def say_what_gives_way(past: Past, edition: Edition) -> Iterator[str]:
    """The figures that are withheld because of an earlier report: it is never said in the report."""
    found = losing_cells(edition, past.told)
    figures = [pair for pair in found if pair[0].key[0] == "figure"][:MOST_SAID]
    say = Phrases(context.session_language())
    for one, told in figures:
        yield loser_said(edition.evaluation, one, told, say)
    if others := len(found) - len(figures):
        yield say.counted("withheld.others", others)


def loser_said(evaluation: Evaluation, one: Loser, told: SentReport, say: Phrases) -> str:
    _, handle, reading, window = one.key
    number = [TO_DATE, *(period.id for period, _ in evaluation.windows)][int(str(window))]
    what = say(f"withheld.{'of_period' if window else 'to_date'}", id=str(handle), n=str(number))
    what = say("withheld.reading", what=what) if reading else what
    report = say(f"withheld.{'annual' if told.annual else 'report'}", n=str(told.period))
    whose = say.counted("withheld.answers", one.people)
    return say("withheld.figure", what=what, report=report, whose=whose)


def past_of(year: Year, period: int, annual: bool = False, live: Year | None = None) -> Past:
    """The past of the report on a period, made of this plan year. What cannot be read is said.

    `live` is given where the plan year is a frozen one, which has no submissions, and no year before it.
    """
    past = Reading(known_submissions(live or year)).past(year, period, annual)
    if not any(one.target and one.target.is_relative for _, _, one in year.plan.indicators()):
        return past
    before = open_before(live or year)
    ends = [one.evaluation for one in final_editions(before)] if before else []
    return replace(past, last_year=ends)


def open_before(year: Year) -> Year | None:
    """The plan year before, where the project has one; that it cannot be read is said once."""
    before = year.year_before
    if isinstance(before, PrtError):
        tell_unreadable(before, year.plan.year_later(-1))
        return None
    return before


@lru_cache(maxsize=1)
def tell_unreadable(error: PrtError, year: str) -> None:
    """Say that a year cannot be read: once for the reading that ended with this error."""
    context.say(say_phrase("last_year_unreadable", year=year))


def final_editions(year: Year) -> Iterator[Edition]:
    """The end of a plan year as others know it: what its last report said, and its rows as they are now."""
    reading, plan = Reading(known_submissions(year)), year.plan
    yield from (edition for edition, _ in reading.sent_ends())
    ends = year.evaluate(plan.ends)
    yield past_of(year, ends.period.id, annual=True).edition(ends)


def seen_by_others(year: Year, evaluation: Evaluation) -> Evaluation:
    """What the report on these days would show."""
    return past_of(year, evaluation.period.id).edition(evaluation).evaluation


@dataclass(frozen=True)
class Reading:
    """Submissions, each read once; what cannot be read is said once, and nothing is known of it."""

    submitted: Sequence[Submission]
    evaluated: dict[str, Evaluation | None] = field(default_factory=dict)

    def past(self, year: Year, period: int, annual: bool) -> Past:
        order = sorted(filter(self.evaluation, self.submitted), key=lambda one: one.manifest.number)
        told = [known for n, one in enumerate(order) for known in self.told(one, order[:n])]
        damaged = [one for one in self.submitted if one.damage]
        unknown = (last_day_told(one, year.plan) for one in damaged if not one.is_known)
        earlier = list(self.earlier(self.submitted, year, period, annual))
        return Past(earlier, told, damaged, max(unknown, default=None))

    def evaluation(self, one: Submission) -> Evaluation | None:
        """The figures of a submission as they were sent, computed once; None where it cannot be read."""
        if one.name not in self.evaluated:
            self.evaluated[one.name] = evaluate_submission(one) if one.is_known else None
            tell_damage(one)
        return self.evaluated[one.name]

    def sent_ends(self) -> Iterator[tuple[Edition, dt.date]]:
        """The reports on the end of the year as their readers know them, the last one first, with the days
        on which they were sent."""
        for one in reversed(self.submitted):
            sent = self.evaluation(one)
            if sent and sent.at_end and one.withholds:
                keys = frozenset(key for told in self.told(one, ()) for key in told.withheld)
                yield Edition(hide(sent, keys), keys), one.manifest.sent_on

    def told(self, one: Submission, before: Sequence[Submission]) -> Iterator[SentReport]:
        """What a submission told its readers, with the revised results of reports before it."""
        if evaluation := self.evaluation(one):
            manifest = one.manifest
            among = sorted(before, key=report_order)
            earlier = self.earlier(among, one.year, manifest.period, manifest.annual)
            more = revised_cells(earlier)
            yield SentReport.of(
                manifest.annual, evaluation, annex_breakdowns(evaluation.plan), more, one.withholds
            )

    def earlier(
        self, submitted: Sequence[Submission], year: Year, period: int, annual: bool
    ) -> Iterator[Earlier]:
        """The latest revision of each report that was sent before one, or of which that is a correction.

        What cannot be read has no comparison.
        """
        for one in latest_revisions(submitted).values():
            sent = self.evaluation(one)
            if is_readable(one) and is_earlier(one, period, annual):
                manifest = one.manifest
                comparison = compare_with(sent, one, year) if sent else None
                yield Earlier(manifest.period, manifest.annual, one.revision, manifest.sent_on, comparison)


def is_readable(one: Submission) -> bool:
    try:
        return bool(one.manifest)
    except PrtError:
        return False


def is_earlier(one: Submission, period: int, annual: bool) -> bool:
    return annual or (one.manifest.period <= period and not one.manifest.annual)


def evaluate_submission(one: Submission) -> Evaluation:
    """The evaluation of a submission at its cut-off. PrtError where its manifest or files cannot be read."""
    return one.year.evaluate(one.manifest.cut_off)


def compare_submission(one: Submission, year: Year) -> Comparison:
    """What was sent, and the same figures of this plan year as its files are."""
    return compare_with(evaluate_submission(one), one, year)


def compare_with(sent: Evaluation, one: Submission, year: Year) -> Comparison:
    corrections = recorded_since(year.corrections(), one.year.corrections())
    return compare(sent, year.plan, year.data, corrections, year.unreadable_rows())


def last_day_told(one: Submission, plan: Plan) -> dt.date:
    """Its name says of which period it is, where its manifest does not."""
    annual, number, _ = report_order(one)
    ends = [period.last for period in plan.periods if period.id == number and not annual]
    return max([*(ends or [plan.ends]), *([one.manifest.cut_off] if is_readable(one) else [])])


def tell_damage(one: Submission) -> None:
    """Tell what is wrong with a submission, and that it is not known what it told."""
    for problem in one.damage:
        context.say(str(problem))
    if not one.is_known:
        context.say(Phrases(context.session_language())("withheld.unknown", folder=one.shown))
