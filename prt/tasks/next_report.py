"""Which report is next: the one rule of `prt`, `todo`, `notes`, `report` and `submit`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from prt.console import context

if TYPE_CHECKING:
    from prt.files.project import Year
    from prt.model.calendar import Period


def sent_reports(year: Year) -> set[int]:
    """The periods whose report was sent: it is frozen, or deliverables.csv says so."""
    from prt.figures.todo import reports_sent
    from prt.files.submissions.submission import stem_of, submissions

    there = {one.stem for one in submissions(year)}
    frozen = [period.id for period in year.plan.periods if stem_of(period.id, annual=False) in there]
    return reports_sent(frozen, year.data.logs["deliverables"], context.today())


def next_report(year: Year) -> Period | None:
    """The first that was not sent; None where every one was."""
    from prt.figures.todo import next_report

    return next_report(year.plan, sent_reports(year))


def never_sent(period: Period) -> str:
    """What is said of a report whose date is over; nothing of one that is still to come."""
    if period.due >= context.today():
        return ""
    return f"Report {period.id} was never submitted. It was due on {period.due}."


def cut_off_of(period: Period) -> dt.date:
    """The day that its figures stop at: today while the period lasts."""
    return max(period.first, min(period.last, context.today()))
