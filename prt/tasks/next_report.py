"""Which report is next: the one rule of `prt`, `todo`, `notes`, `report` and `submit`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from prt.console import context
from prt.figures.todo import next_report as first_unsent
from prt.figures.todo import reports_sent
from prt.files.submissions.submission import list_submissions, report_stem
from prt.problems import PrtError

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.model.calendar import Period


def sent_periods(year: Year) -> set[int]:
    """The periods whose report was sent: it is frozen, or deliverables.csv says so."""
    there = {one.stem for one in list_submissions(year)}
    frozen = [period.id for period in year.plan.periods if report_stem(period.id, annual=False) in there]
    return reports_sent(frozen, year.data.logs["deliverables"], context.today())


def next_report(year: Year) -> Period | None:
    """The first that was not sent; None where every one was."""
    return first_unsent(year.plan, sent_periods(year))


def never_sent(period: Period) -> str:
    """What is said of a report whose date is over; nothing of one that is still to come."""
    if period.due >= context.today():
        return ""
    return f"Report {period.id} was never submitted. It was due on {period.due}."


def period_cut_off(period: Period) -> dt.date:
    """The day that its figures stop at: today while the period lasts."""
    return max(period.first, min(period.last, context.today()))


def due_report(year: Year) -> Period:
    """The next report, said aloud where its date is over; the last one where every one was sent."""
    found = next_report(year)
    if found and (said := never_sent(found)):
        context.say(said)
    return found or year.plan.periods[-1]


def report_cut_off(year: Year, period: int | None, annual: bool) -> dt.date:
    """The day that figures stop at: today while the period lasts. A bilan is of the whole year."""
    plan = year.plan
    last = plan.calendar.periods[-1].id
    if annual and period not in (None, last):
        raise PrtError("--annual is of the whole year: leave --period out.", code=2)
    if annual:
        return min(plan.ends, max(context.today(), plan.starts))
    if period is None:
        return period_cut_off(due_report(year))
    chosen = plan.calendar.period(period)
    if chosen and chosen.first <= context.today() < chosen.last:
        return context.today()
    return context.cut_off(plan, period, None)
