"""The plan year before, for a bilan: what its last report said, else its rows, as others see them."""

from __future__ import annotations

import datetime as dt

from prt.console import context
from prt.figures.evaluate import Evaluation, evaluate
from prt.figures.withholding.published import Edition, hide
from prt.files.project import Year
from prt.files.submissions.submission import known_submissions
from prt.files.yaml.words import say_phrase
from prt.output.report.last_year import LastYear
from prt.problems import PrtError
from prt.tasks.reports.editions import Reading


def last_year_of(year: Year, now: Evaluation) -> LastYear | None:
    """None where the project has no plan of that year, or no rows; one that cannot be read is said."""
    before = open_before(year)
    if before is None or not any(before.data.logs.values()):
        return None
    reading = Reading(known_submissions(before))
    for one in reversed(reading.submitted) if now.at_end else ():
        sent = reading.evaluation(one)
        if sent and sent.at_end and one.withholds:
            keys = frozenset(key for told in reading.told(one, ()) for key in told.withheld)
            return LastYear(Edition(hide(sent, keys), keys), one.manifest.sent_on)
    plan = before.plan
    evaluation = evaluate(plan, before.data, plan.ends if now.at_end else same_day(now, plan.starts))
    return LastYear(reading.past(before, evaluation.period.id, annual=True).edition(evaluation))


def open_before(year: Year) -> Year | None:
    project, name = year.project, year.plan.year_later(-1)
    path = project.root / "plan" / f"{name}.yaml"
    if path not in project.plan_paths:
        return None
    try:
        return project.load(path)
    except PrtError:
        context.say(say_phrase("last_year_unreadable", year=name))
        return None


def same_day(now: Evaluation, starts: dt.date) -> dt.date:
    """So many days after the first one as the cut-off of this year is."""
    return starts + (now.cut_off - now.plan.starts)
