"""What is to do next: rows that miss something, targets that miss something, dates to come. Pure.

A task names its rows or its target and the command that settles it; the words are the output's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from typing import Any, Literal

from prt.figures.evaluate import Evaluation, Result
from prt.figures.status import Judgement
from prt.model.calendar import Period
from prt.model.figure import Member
from prt.model.plan import Plan
from prt.model.records import LOGS, PROGRESS_REPORT
from prt.model.rows import Row
from prt.model.selections import is_person
from prt.values import dataclass

Group = Literal["rows", "targets", "report"]
SHORT = ("behind", "at_risk", "no_data")
"""The statuses of a target that asks for something."""


@dataclass(frozen=True)
class Task:
    """`about` is a key of the words; `command` settles it.

    Of a target `judgement` says what of it is asked for, by the year or by a period, `number` how many
    sessions are planned for it, and `weekly` what each week to its end must bring, beside `so_far`, what a
    week brought until now.
    """

    group: Group
    about: str
    command: str
    row: Row | None = None
    result: Result | None = None
    number: int = 0
    weekly: Fraction | None = None
    so_far: Fraction | None = None
    judgement: Judgement | None = None


@dataclass(frozen=True)
class DueReport:
    """A report that was not sent yet, and the plan that it is of."""

    plan: Plan
    period: Period

    @property
    def year(self) -> str:
        return self.plan.year

    def is_late(self, today: dt.date) -> bool:
        return self.period.due < today

    def is_of_past_year(self, today: dt.date) -> bool:
        return self.plan.ends < today


@dataclass(frozen=True)
class Due:
    """A date that the team answers to: a report, or a round of the journals."""

    kind: Literal["report", "round"]
    number: int
    day: dt.date


def tasks(
    evaluation: Evaluation,
    today: dt.date,
    reported: Evaluation | None,
    explained: frozenset[str] = frozenset(),
) -> list[Task]:
    """All tasks in the order of the groups.

    `reported` is the evaluation at the cut-off of the next report, None where every one was sent;
    `explained` are targets whose gap its notes explain.
    """
    found = [*unlogged(evaluation), *row_tasks(evaluation, today), *missing_people(evaluation)]
    found += target_tasks(evaluation, today)
    return [*found, *report_tasks(reported, explained)] if reported else found


def reports_sent(submitted: Collection[int], deliverables: Iterable[Row], today: dt.date) -> set[int]:
    """The periods whose report was submitted, or stands in deliverables.csv as sent by today."""
    logged = (row for row in deliverables if row["kind"] == PROGRESS_REPORT and row["date"] <= today)
    return {*submitted, *(row["period"] for row in logged)}


def unsent_reports(plan: Plan, sent: Collection[int]) -> list[DueReport]:
    """The reports of a plan that were not sent, in the order of their periods."""
    return [DueReport(plan, period) for period in plan.periods if period.id not in sent]


def dates(evaluation: Evaluation, today: dt.date, sent: Collection[int] = ()) -> list[Due]:
    """Reports that were not sent and rounds, those that are not over yet, the nearest first."""
    plan = evaluation.plan
    found = [Due("report", one.period.id, one.period.due) for one in unsent_reports(plan, sent)]
    found += [Due("round", one.id, one.due) for one in plan.rounds]
    return sorted((one for one in found if one.day >= today), key=lambda one: (one.day, one.kind))


def unlogged(evaluation: Evaluation) -> Iterator[Task]:
    """How many targets no row tells anything of: what happened is to be logged before anything else."""
    found = [one for one in evaluation.targets() if has_no_row(one, evaluation.cut_off)]
    if found:
        yield Task("rows", "no_data", "prt log", result=found[0], number=len(found))


def has_no_row(result: Result, until: dt.date) -> bool:
    """Is a target without data for want of rows? Of a row that is there its cells are asked for."""
    if result.status.word != "no_data":
        return False
    data = result.view.data
    flats = [data.flat(one) for one in result.measure.sources]
    rows = (data.table(one.log).passing(one.tests(data, data.known)).rows for one in flats)
    return not any(row.day <= until for some in rows for row in some)


def row_tasks(evaluation: Evaluation, today: dt.date) -> Iterator[Task]:
    """What rows that were held lack, such as participants; rows that are planned although past; the latest
    first."""
    until = min(today, evaluation.cut_off)
    for log, rows in evaluation.data.logs.items():
        if not LOGS[log].plannable:
            continue
        needless = LOGS[log].missed_if_counted - columns_named(evaluation.plan, log)
        for row in reversed(rows):
            if row.day <= until:
                for about, options in missing_of(row, until):
                    if about in needless:
                        continue
                    yield Task("rows", about, f"prt edit {row.id or 'ID'} {options}", row=row)


def columns_named(plan: Plan, log: str) -> set[str]:
    """The columns of a log that a figure of the plan, or a breakdown of one, is made of."""
    named = (
        (selection.flat(plan.selections).log, name)
        for _, _, indicator in plan.indicators()
        for _, measure in indicator.measures()
        for _, selection, name in measure.columns()
    )
    return {name for of, name in named if of == log}


def missing_of(row: Row, until: dt.date) -> Iterator[tuple[str, str]]:
    """What is asked of one row that may be planned ahead, and the options that tell it."""
    if row["status"] == "planned" and row.day < until:
        yield "was_it_held", "--status held"
    if row["status"] == "held":
        yield from LOGS[row.log].gaps(row)


def missing_people(evaluation: Evaluation) -> Iterator[Task]:
    """Rounds that fell due, with how many have not handed in."""
    for result in evaluation.targets():
        measure = result.indicator.measure
        if measure.by_rounds:
            missing = sum(not member.reached for member in result.members)
            if missing:
                command = f"prt explain {result.handle} --all"
                if is_of_people(evaluation, result):
                    command = f"prt people missing {result.handle}"
                yield Task("rows", "people", command, result=result, number=missing)


def is_of_people(evaluation: Evaluation, result: Result) -> bool:
    """Does it ask who was there, or who handed in what? `prt people missing` tells who has not."""
    measure, data = result.measure, evaluation.data
    return measure.has_members and is_person(data, data.flat(measure.main).log, measure.naming)


def target_tasks(evaluation: Evaluation, today: dt.date) -> Iterator[Task]:
    """Amounts whose target is not covered by what is done and planned; targets that were to be set."""
    for result in evaluation.targets():
        target = result.indicator.target
        if target and target.to_be_set and target.to_be_set < today:
            yield Task("rows", "to_be_set", f"prt explain {result.handle}", result=result)
        for one in asked_now(result):
            missing, planned = missing_amount(one), planned_for(result, one)
            if missing is not None and missing > planned:
                weekly, so_far = pace(one, missing, today)
                command = f"prt explain {result.handle}"
                yield Task("targets", "target", command, None, result, planned, weekly, so_far, one)


def asked_now(result: Result) -> Iterator[Judgement]:
    """What the target asks for of the year, and of the current period while that is not over."""
    if result.judgement and result.judgement.period is None:
        yield result.judgement
    yield from (one for one in result.of_periods[-1:] if not result.view.at_end)


def missing_amount(one: Judgement) -> Fraction | None:
    """How much of an amount is missing; None of what is no amount, or is not late."""
    lower = None if one.target.due else one.target.lower
    if lower is None or one.indicator.measure.is_level or one.status.word not in SHORT:
        return None
    return Fraction(lower - (one.figure.value or 0))


def planned_for(result: Result, one: Judgement) -> int:
    """The sessions to come that would count; for a period those in it."""
    if one.period is None:
        return result.planned
    return sum(row.day <= one.calendar.ends for row in result.measure.to_come(result.view))


def pace(one: Judgement, missing: Fraction, today: dt.date) -> tuple[Fraction | None, Fraction | None]:
    """The hours that each week to the end must bring, and those that a week brought so far."""
    calendar = one.calendar
    left = (calendar.ends - max(today, calendar.starts)).days
    gone = (min(today, calendar.ends) - calendar.pace_from).days
    if not one.indicator.measure.grows or left < 7 or gone < 7:
        return None, None
    return missing * 7 / left, (one.figure.value or Fraction(0)) * 7 / gone


def report_tasks(evaluation: Evaluation, explained: Iterable[str]) -> Iterator[Task]:
    """What the next report will be asked: gaps without explanation, what was published without a link."""
    known = frozenset(explained)
    gaps = [
        result
        for result in evaluation.targets()
        if result.status.word in SHORT and result.handle not in known
    ]
    if gaps:
        yield Task("report", "explanations", "prt notes", number=len(gaps))
    for log, rows in evaluation.data.logs.items():
        if linked := LOGS[log].linked:
            day, link = linked
            if number := sum(row[day] is not None and row[link] is None for row in rows):
                command = f"prt list {LOGS[log].kinds[0]} --filled {day} --missing {link}"
                yield Task("report", f"links.{log}", command, number=number)


@dataclass(frozen=True)
class Missing:
    """A member who has not reached it; `lacks` are rounds that fell due, or meetings or days held while in
    post without."""

    member: Member
    lacks: tuple[Any, ...]


def lacking_members(result: Result) -> list[Missing]:
    """Everybody who lacks something, or can reach it no more, by id; who missed nothing so far is no one."""
    found = [
        Missing(member, tuple(result.measure.lacking(member, result.view)))
        for member in result.members
        if not member.reached
    ]
    return [one for one in found if one.lacks or not one.member.can_still]
