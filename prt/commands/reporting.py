"""The text of a report, with what became of those that were sent before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from prt.commands import here
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.figures.evaluate import Evaluation
    from prt.figures.revised import Comparison, Earlier
    from prt.files.project import Project, Year
    from prt.files.submission import Submission
    from prt.model.text import Language
    from prt.output.report import Sent


def text_of(
    year: Year,
    evaluation: Evaluation,
    language: Language,
    how: str,
    *,
    project: Project,
    earlier: Sequence[Earlier] = (),
    sent: Sent | None = None,
    annual: bool = False,
) -> str:
    """One report as `md` or `html`. `project` has the templates: a frozen plan year has none of its own."""
    from prt.commands.check import problems
    from prt.output import render
    from prt.output.report import report
    from prt.output.words import Words

    found = report(
        evaluation,
        language,
        problems=problems(year),
        left_out=year.left_out,
        sent=sent,
        earlier=earlier,
        annual=annual,
    )
    words = Words(language, year.plan, year.data.organisations)
    own = project.root / "templates"
    write_as = render.html if how == "html" else render.markdown
    return write_as(found, words, own if own.is_dir() else None)


def earlier(year: Year, submitted: Iterable[Submission], period: int, annual: bool = False) -> list[Earlier]:
    """The latest revision of each report that was sent before this one, or of which this is a correction.

    What cannot be read is said, and has no comparison.
    """
    from prt.files.submission import latest

    found = latest(list(submitted)).values()
    return [known for one in found for known in known_of(one, year) if before(known, period, annual)]


def before(one: Earlier, period: int, annual: bool) -> bool:
    return annual or (one.period <= period and not one.annual)


def known_of(one: Submission, year: Year) -> Iterator[Earlier]:
    from prt.figures.revised import Earlier

    try:
        manifest = one.manifest
    except PrtError as error:
        tell(error)
        return
    comparison = None
    try:
        comparison = compared(one, year)
    except PrtError as error:
        tell(error)
    yield Earlier(manifest.period, manifest.annual, one.revision, manifest.sent_on, comparison)


def compared(one: Submission, year: Year) -> Comparison:
    """What was sent, and the same figures of this plan year as its files are."""
    from prt.figures.evaluate import evaluate
    from prt.figures.revised import compare

    frozen = one.year
    sent = evaluate(frozen.plan, frozen.data, one.manifest.cut_off)
    return compare(sent, year.plan, year.data, year.corrections())


def tell(error: PrtError) -> None:
    for problem in error.problems:
        here.say(str(problem))
