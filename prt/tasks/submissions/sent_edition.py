"""The edition of a report as it was sent: the frozen rows, without what its report withheld."""

from __future__ import annotations

from prt.figures.withholding.published import Edition, sent_edition
from prt.files.project import Year
from prt.files.submissions.submission import (
    Submission,
    list_submissions,
    readable_submissions,
    submission_named,
)
from prt.output.status_json import drifted_figures
from prt.problems import Mistake, Place, Problem, PrtError
from prt.tasks.reports.editions import Reading


def choose_submission(year: Year, period: int | None) -> Submission:
    """The latest revision of the report on a period; without one the report that was sent last."""
    if period is not None:
        return submission_named(year, str(period))
    found = readable_submissions(list_submissions(year))
    if not found:
        raise PrtError(Mistake("package_nothing_sent", year=year.plan.year), code=2)
    return max(found, key=lambda one: one.manifest.number)


def edition_as_sent(year: Year, one: Submission) -> Edition:
    """The edition of a report as its readers have it, and no more. PrtError where nobody knows that: its rows
    or what it withheld are not those of then, or this prt computes its figures otherwise.
    """
    if not one.is_known:
        raise PrtError(*one.damage)
    place = Place(one.shown)
    if one.withholds is None:
        raise PrtError(Problem.of(place, Mistake("package_unknown_withheld")))
    number = one.manifest.number
    before = [
        other for other in readable_submissions(list_submissions(year)) if other.manifest.number < number
    ]
    (told,) = Reading([one, *before]).told(one, before)
    if drifted := list(drifted_figures(one.figures(), told.evaluation)):
        names = ", ".join(name for name, *_ in drifted)
        raise PrtError(Problem.of(place, Mistake("package_drifted", prt=one.manifest.prt, figures=names)))
    return sent_edition(told)
