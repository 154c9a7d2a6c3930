"""Which report is due: the one rule of `prt`, `status`, `todo`, `notes`, `report` and `submit`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from prt.console import context
from prt.figures.todo import DueReport, reports_sent, unsent_reports
from prt.files.project import Project, Year
from prt.files.rooms import report_stem, stem_of, submission_folders
from prt.files.yaml.words import say_phrase
from prt.model.calendar import Period
from prt.model.records import Deliverable
from prt.model.rows import Row
from prt.problems import Mistake, PrtError


def kept_periods(year: Year) -> set[int]:
    """The periods whose report is kept here, as it was submitted."""
    there = set(map(stem_of, submission_folders(year)))
    return {period.id for period in year.plan.periods if report_stem(period.id, annual=False) in there}


def sent_periods(year: Year) -> set[int]:
    """The periods whose report was sent: it is kept, or deliverables.csv says so."""
    return reports_sent(kept_periods(year), year.data.logs[Deliverable.log], context.today())


def due_report(year: Year, asked: str | None = None) -> DueReport | None:
    """The first report that was not sent, None where every one was."""
    return next(every_unsent(year, asked), None)


def every_unsent(year: Year, asked: str | None = None) -> Iterator[DueReport]:
    """The reports that were not sent, the earliest first: of the plan year `asked` for, else of `year` and
    those before it, for what was never sent stays due when the next year has begun."""
    for one in (*(() if asked else earlier_years(year)), year):
        yield from unsent_reports(one.plan, sent_periods(one))


def earlier_years(year: Year) -> Iterator[Year]:
    """The plan years before this one, the earliest first, with their deliverables.

    One whose plan cannot be read is said: what is due in it is not known.
    """
    for path in reversed(year.project.plan_paths):
        if path.name < year.path.name:
            try:
                yield year.project.load(path, (Deliverable.log,))
            except PrtError:
                context.say(say_phrase("year_unreadable", year=path.stem))


def open_reported_year(asked: str | None, period: int | None, annual: bool) -> Year:
    """The plan year of the report that is asked for; where none is, that of the report which is due."""
    return load_reported_year(context.open_project(), asked, period, annual)


def load_reported_year(project: Project, asked: str | None, period: int | None, annual: bool) -> Year:
    year = context.load_year(project, asked)
    due = due_report(year) if (asked, period, annual) == (None, None, False) else None
    return year if due is None or due.year == year.plan.year else context.load_year(year.project, due.year)


def say_if_late(due: DueReport) -> None:
    """Says of a report whose date is over that it was never submitted."""
    if due.is_late(context.today()):
        word = "never_sent_of" if due.is_of_past_year(context.today()) else "never_sent"
        context.say(say_phrase(word, number=due.period.id, year=due.year, due=due.period.due))


def period_cut_off(period: Period) -> dt.date:
    """The day that its figures stop at: today while the period lasts."""
    return max(period.first, min(period.last, context.today()))


def reported_period(year: Year) -> Period:
    """The period of the report which is due in a plan year, said aloud where its date is over; the last
    period where every report was sent."""
    due = due_report(year, year.plan.year)
    if due is None:
        return year.plan.periods[-1]
    say_if_late(due)
    return due.period


def report_cut_off(year: Year, period: int | None, annual: bool) -> dt.date:
    """The day that figures stop at: today while the period lasts. A bilan is of the whole year."""
    plan = year.plan
    last = plan.calendar.periods[-1].id
    if annual and period not in (None, last):
        raise PrtError(Mistake("annual_without_period"), code=2)
    if annual:
        return min(plan.ends, max(context.today(), plan.starts))
    if period is None:
        return period_cut_off(reported_period(year))
    chosen = plan.calendar.period(period)
    if chosen and chosen.first <= context.today() < chosen.last:
        return context.today()
    return context.cut_off(plan, period, None)


def typed_report_mistakes(year: Year, row: Row) -> Iterator[tuple[str, Mistake]]:
    """A progress report is logged by prt submit: a row that is typed would say that it was sent, and nothing
    of what was sent would be kept. Of one that is kept the row may be typed again."""
    cells, number = row.model.logged_by_submit, row[row.model.reports_on]
    if any(row[name] != value for name, value in cells.items()) or number in kept_periods(year):
        return
    report = "a progress report" if number is None else f"progress report {number}"
    command = "prt submit" if number is None else f"prt submit --period {number}"
    yield next(iter(cells)), Mistake("report_typed", report=report, command=command)
