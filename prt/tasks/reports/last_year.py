"""The plan year before, beside this one: what its last report said, or its rows."""

from __future__ import annotations

import datetime as dt

from prt.figures.evaluate import Evaluation
from prt.files.project import Year
from prt.files.submissions.submission import Submission, known_submissions
from prt.output.report.last_year import LastYear
from prt.output.screens.last_year import LastYearSeen
from prt.tasks.reports.editions import Reading, open_before, past_of


def last_year_of(year: Year, now: Evaluation) -> LastYear | None:
    """What others know of it. None where the project has no plan of that year, or no rows; one that cannot be
    read is said."""
    before = open_before(year)
    if before is None or not any(before.data.logs.values()):
        return None
    if now.at_end and (sent := next(Reading(known_submissions(before)).sent_ends(), None)):
        return LastYear(*sent)
    evaluation = before.evaluate(same_day(before, now))
    return LastYear(past_of(before, evaluation.period.id, annual=True).edition(evaluation))


def same_day(before: Year, now: Evaluation) -> dt.date:
    """The day of the year before that the cut-off is compared with."""
    return before.plan.calendar.same_day(now.cut_off, now.plan.calendar)


def last_year_on_screen(year: Year, now: Evaluation, *, published: bool) -> LastYearSeen | None:
    """For the team its rows, and what was sent of that day; else what others know of it."""
    if published:
        known = last_year_of(year, now)
        final = last_year_of(year, year.evaluate(year.plan.ends)) if known else None
        return LastYearSeen(known.edition.evaluation, final.edition.evaluation) if known and final else None
    before = open_before(year)
    if before is None or not any(before.data.logs.values()):
        return None
    day, ends = same_day(before, now), before.plan.ends
    found = before.evaluate(day), before.evaluate(ends)
    return LastYearSeen(*found, sent_on_day(before, day), sent_on_day(before, ends))


def sent_on_day(before: Year, day: dt.date) -> Evaluation | None:
    """The figures of the last report with exactly this cut-off."""
    reading = Reading(known_submissions(before))
    of_day = (one for one in reversed(reading.submitted) if has_cut_off(one, day))
    return next(filter(None, map(reading.evaluation, of_day)), None)


def has_cut_off(one: Submission, day: dt.date) -> bool:
    return one.is_known and one.manifest.cut_off == day
