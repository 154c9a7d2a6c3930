"""`prt status --since-submitted 2`: what changed since a report was sent, in statuses and in its results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from prt.console import context
from prt.console.messages import print_line
from prt.console.screen import width
from prt.figures.evaluate import Evaluation
from prt.figures.restatement.compare import Comparison, Turn, turns
from prt.files.project import Year
from prt.files.submissions.manifest import Verdict
from prt.files.submissions.submission import (
    Submission,
    list_submissions,
    readable_submissions,
    submission_named,
)
from prt.output.numbers import day_text
from prt.output.report.history import turned_target
from prt.output.report.results import Figures
from prt.output.report.revised import Revising, revision_lines, revisions_json
from prt.output.tables import render
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.reports.editions import compare_submission
from prt.tasks.submissions.submitted_figures import (
    drift_lines,
    submission_json,
    submission_sentence,
    verification_lines,
)
from prt.text import escape_markdown, wrap_text
from prt.values import dataclass


def show_since_submitted(
    year: Year, evaluation: Evaluation, words: Words, wanted: str | None, how: str
) -> int:
    """Print it; the exit code is 1 if a frozen file is not what was submitted."""
    one = find_submission(year, wanted)
    comparison = compare_submission(one, year)
    found = tuple(turns(comparison.sent, evaluation))
    since = SinceSubmitted(one, comparison, evaluation, found, words, one.verdict)
    for line in getattr(since, how)():
        for text in wrap_text(line, width() if how == "table" else None):
            print_line(text)
    for problem in since.verdict.problems:
        context.say(str(problem))
    return int(not since.verdict.whole)


def find_submission(year: Year, wanted: str | None) -> Submission:
    """The one asked for, else the last report that was sent."""
    if wanted is not None:
        return submission_named(year, wanted)
    found = readable_submissions(list_submissions(year))
    if not found:
        raise PrtError(Mistake("none_submitted", year=year.plan.year), code=2)
    return max(found, key=lambda one: (one.manifest.cut_off, one.stem == "annual", one.revision))


@dataclass(frozen=True)
class SinceSubmitted:
    """One submission and what changed since; a method for each format gives its lines."""

    submission: Submission
    comparison: Comparison
    evaluation: Evaluation
    turned: tuple[Turn, ...]
    words: Words
    verdict: Verdict

    def head(self) -> Iterator[str]:
        yield submission_sentence(self.submission, self.words, "submitted.head")
        yield from verification_lines(self.submission, self.verdict, self.words)
        yield from drift_lines(self.submission, self.comparison, self.words)

    def statuses(self) -> list[str]:
        figures = Figures(self.evaluation, self.words)
        return [turned_target(figures, one).text for one in self.turned] or [self.words("since.nothing")]

    def revised(self) -> str:
        day = day_text(self.submission.manifest.cut_off, self.words.language)
        return self.words("submitted.revised", day=day)

    def table(self) -> Iterable[str]:
        said = Revising(self.comparison, self.words)
        revised = list(revision_lines(said.printed(), said)) or [self.words("revised.nothing")]
        return [*self.head(), "", *self.statuses(), "", self.revised(), *(f"  {line}" for line in revised)]

    def md(self) -> Iterable[str]:
        first, *more = (escape_markdown(line) for line in self.head())
        statuses = [f"- {escape_markdown(line)}" for line in self.statuses()]
        table = Revising(self.comparison, self.words).table()
        revised = render(table, "md") if table.rows else self.words("revised.nothing")
        return [f"### {first}", "", *more, "", *statuses, "", f"**{self.revised()}**", "", revised]

    def csv(self) -> Iterable[str]:
        return [render(Revising(self.comparison, self.words).table(), "csv")]

    def json(self) -> Iterable[str]:
        return [
            json.dumps(
                {
                    "schema": 1,
                    "submission": submission_json(self.submission, self.verdict),
                    "statuses": [
                        {
                            "id": one.now.handle,
                            "sent": one.sent.status.code,
                            "now": one.now.status.code,
                            "way": one.way,
                        }
                        for one in self.turned
                    ],
                    "revised": revisions_json(self.comparison, self.words),
                },
                ensure_ascii=False,
                indent=1,
            )
        ]
