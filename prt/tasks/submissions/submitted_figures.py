"""`prt explain ID --submitted 2`: a figure as it was sent, from the frozen rows, and what today's give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from prt.console import context, screen
from prt.console.options import check_format
from prt.figures.evaluate import Result
from prt.figures.restatement.compare import Comparison, old_handle
from prt.files.project import Year
from prt.files.submissions.digest import printed_digest
from prt.files.submissions.manifest import Verdict
from prt.files.submissions.submission import Submission, submission_named
from prt.model.text import Language
from prt.output.numbers import day_text
from prt.output.report.results import Figures
from prt.output.report.revised import Revising, revision_json, revision_lines
from prt.output.screens.explain import Explanation
from prt.output.screens.status import Line, StatusScreen
from prt.output.status_json import drifted_figures
from prt.output.tables import Table, render
from prt.output.words import Words
from prt.problems import Mistake, PrtError
from prt.tasks.explanations import print_explanations
from prt.tasks.find.find_indicator import find_results
from prt.tasks.reports.editions import compare_submission
from prt.text import command_with, escape_markdown, wrap_text
from prt.values import dataclass, field


def explain_submitted(
    what: str, wanted: str, year: str | None, lang: str | None, form: str, every: bool
) -> int:
    """Print it; the exit code is 1 if a frozen file is not what was submitted."""
    how, language = check_format(form), context.screen_language(lang)
    opened = context.open_year(year)
    one = submission_named(opened, wanted)
    comparison = compare_submission(one, opened)
    results = find_submitted_results(opened, one, comparison, what, language)
    if not results:
        raise PrtError(Mistake("not_of_submitted", what=what), code=2)
    words = Words(language, opened.plan, opened.data.organisations)
    in_force = {"year": year, "lang": lang}
    found = [AsSubmitted(one, comparison, result, words, every, in_force) for result in results]
    if how == "md":
        print_markdown(found)
    else:
        print_explanations(found, how)
    for problem in found[0].verdict.problems:
        context.say(str(problem))
    return int(not found[0].verdict.whole)


def find_submitted_results(
    opened: Year, one: Submission, comparison: Comparison, what: str, language: Language
) -> list[Result]:
    """What is asked for, by its id of today too: that it had another is said."""
    known = {result.handle for result in comparison.sent.results}
    old = old_handle(comparison, what)
    if what in known or old is None:
        return find_results(comparison.sent, what, opened.project, opened.plan.year)
    words = Words(language, comparison.now.plan)
    context.say(words("submitted.called", id=what, old=old, name=one.name))
    return find_results(comparison.sent, old, opened.project, opened.plan.year)


@dataclass(frozen=True)
class AsSubmitted:
    """One result as it was sent; `words` are today's."""

    submission: Submission
    comparison: Comparison
    result: Result
    words: Words
    every: bool = False
    options: Mapping[str, object] = field(default_factory=dict)
    """The options in force, which a command that is named here gets too."""

    @cached_property
    def verdict(self) -> Verdict:
        return self.submission.verdict

    @cached_property
    def sent(self) -> Figures:
        """Figures in the words of the frozen project."""
        sent = self.comparison.sent
        return Figures(sent, Words(self.words.language, sent.plan, sent.data.organisations))

    @cached_property
    def explanation(self) -> Explanation:
        sent = self.comparison.sent
        view = StatusScreen(
            sent, self.sent.words, context.today(), screen.width(), screen.glyphs(), self.options
        )
        return Explanation(sent, self.result, view, self.every)

    def lines(self) -> Iterator[Line]:
        told = (self.head(), *verification_lines(self.submission, self.verdict, self.words), *self.today())
        yield from ([(text, "")] for line in told for text in wrap_text(line, screen.width()))
        yield [("", "")]
        yield from self.explanation.lines()
        what = f"prt explain {self.result.handle} --submitted {self.submission.name} --format csv"
        yield [(self.words("submitted.rows", command=command_with(what, **self.options)), "dim")]

    def head(self) -> str:
        return submission_sentence(
            self.submission, self.words, "submitted.as", figure=self.figure(self.sent, self.result)
        )

    def figure(self, figures: Figures, result: Result) -> str:
        """`80.3% (248 of 309), met so far`"""
        target, measure = result.indicator.target, result.indicator.measure
        text = figures.one_text(figures.cell(measure, result.to_date, target))
        return f"{text}, {figures.status(result)}" if target else text

    def today(self) -> Iterator[str]:
        """What today's data would give, and why it is another figure."""
        yield from drift_lines(self.submission, self.comparison, self.words, self.result.handle)
        found = self.comparison.of(self.result.handle)
        if found is None:
            yield self.words("submitted.same")
            return
        now = self.words("revised.gone")
        if found.now:
            now = self.figure(Figures(self.comparison.now, self.words), found.now)
        yield self.words("submitted.today", figure=now)
        yield from (f"  {line}" for line in revision_lines([found], Revising(self.comparison, self.words)))

    def as_table(self) -> Table:
        return self.explanation.as_table()

    def as_json(self) -> dict[str, Any]:
        found = self.comparison.of(self.result.handle)
        said = Revising(self.comparison, self.words)
        today = revision_json(found, said) if found else None
        return self.explanation.as_json() | {
            "submitted": submission_json(self.submission, self.verdict) | {"revised": today}
        }


def verification_lines(one: Submission, verdict: Verdict, words: Words) -> Iterator[str]:
    """How many digests agree, and whether a person was erased since."""
    yield words("submitted.verified", agree=str(verdict.agree), total=str(verdict.total))
    for problem in verdict.problems:
        yield f"  {problem.where}: {problem.what}"
    if one.manifest.rows:
        yield words("report.digest", digest=printed_digest(one.manifest.rows))
    erased = one.manifest.erased
    if erased:
        days = ", ".join(sorted({str(erasure.date) for erasure in erased}))
        yield words.counted("submitted.erased", len(erased), days=days)


def submission_sentence(one: Submission, words: Words, word: str, **more: str) -> str:
    """A sentence on a submission: which report, when it was sent, by which prt it was frozen."""
    manifest = one.manifest
    return words(
        word,
        report=words("since.annual") if manifest.annual else words("since.report", n=str(manifest.period)),
        day=day_text(manifest.sent_on, words.language),
        name=one.name,
        prt=manifest.prt,
        **more,
    )


def drift_lines(one: Submission, comparison: Comparison, words: Words, handle: str = "") -> Iterator[str]:
    """Figures of the frozen rows that this prt computes otherwise than the one that froze them."""
    for name, sent, now in drifted_figures(one.figures(), comparison.sent):
        if handle in ("", name):
            yield words("submitted.drift", id=name, sent=sent, now=now)


def submission_json(one: Submission, verdict: Verdict) -> dict[str, Any]:
    """A submission as data."""
    manifest = one.manifest
    digests = {"agree": verdict.agree, "total": verdict.total, "problems": list(map(str, verdict.problems))}
    return {
        "name": one.name,
        "period": manifest.period,
        "annual": manifest.annual,
        "revision": one.revision,
        "cut_off": manifest.cut_off.isoformat(),
        "sent_on": manifest.sent_on.isoformat(),
        "prt": manifest.prt,
        "digests": digests,
    }


def print_markdown(found: list[AsSubmitted]) -> None:
    """Print each figure as it was sent, how its files were verified, and the rows behind it, as Markdown."""
    for one in found:
        said = [one.head(), *verification_lines(one.submission, one.verdict, one.words), *one.today()]
        print(f"### {one.result.handle}\n")
        print("\n".join(f"- {escape_markdown(text)}" for text in said) + "\n")
        print(render(one.as_table(), "md") + "\n")
