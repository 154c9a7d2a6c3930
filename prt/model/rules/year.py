"""The calendar of a plan, its shares and its rules on privacy agree with each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from prt.model.calendar import Period
from prt.model.cells import plain_number
from prt.model.plan import Plan
from prt.model.rules.rule import Path, Rule, name_choices, wrong
from prt.text import did_you_mean

ONE_DAY = dt.timedelta(days=1)


def year_rules(plan: Plan) -> Iterator[Rule]:
    if plan.starts >= plan.ends:
        yield wrong(("ends",), "the year ends before it starts", "Correct starts or ends.")
        return
    yield from span_rules(plan)
    yield from period_rules(plan)
    yield from round_rules(plan)
    yield from share_rules(plan)
    yield from privacy_rules(plan)


def span_rules(plan: Plan) -> Iterator[Rule]:
    year = "-".join(str(number) for number in sorted({plan.starts.year, plan.ends.year}))
    if plan.year != year:
        what = f'"{plan.year}" is not the year of {plan.starts} to {plan.ends}'
        yield wrong(("year",), what, f'Write "{year}".')
    if plan.pace_from:
        yield from inside_rules(("pace_from",), plan.pace_from, plan)


def inside_rules(path: Path, day: dt.date, plan: Plan) -> Iterator[Rule]:
    if day not in plan.window:
        yield wrong(path, f"{day} is outside the year", f"Write a day from {plan.starts} to {plan.ends}.")


def period_rules(plan: Plan) -> Iterator[Rule]:
    """Periods follow each other without a gap, from the first day of the year to the last."""
    first, last = plan.periods[0], plan.periods[-1]
    if first.first != plan.starts:
        what = f"{first.first} is not the first day of the year"
        yield wrong(("periods", 0, "from"), what, f"Write {plan.starts}.")
    for place, period in enumerate(plan.periods):
        yield from one_period(("periods", place), period, place + 1)
    for place, (before, after) in enumerate(pairwise(plan.periods), 1):
        yield from next_period(("periods", place), before, after)
    path: Path = ("periods", len(plan.periods) - 1)
    if last.last != plan.ends:
        yield wrong((*path, "to"), f"{last.last} is not the last day of the year", f"Write {plan.ends}.")
    if last.expected < 1:
        yield wrong((*path, "expected"), "not all is expected by the end of the year", "Write 100%.")


def one_period(path: Path, period: Period, number: int) -> Iterator[Rule]:
    if period.id != number:
        yield wrong((*path, "id"), f"period {period.id} is number {number}", f"Write {number}.")
    if period.last < period.first:
        yield wrong((*path, "to"), "the period ends before it begins", "Correct from or to.")
    if period.due <= period.last:
        what = f"the report is due on {period.due}, before the period is over"
        yield wrong((*path, "due"), what, f"Write a day after {period.last}.")


def next_period(path: Path, before: Period, after: Period) -> Iterator[Rule]:
    if after.first - before.last != ONE_DAY:
        what = f"{after.first} is not the day after period {before.id}"
        yield wrong((*path, "from"), what, f"Period {before.id} ends on {before.last}.")
    if after.expected < before.expected <= 1:
        remedy = "Shares are those of the whole year, to date: they rise to 100%."
        yield wrong((*path, "expected"), f"less is expected than by period {before.id}", remedy)


def round_rules(plan: Plan) -> Iterator[Rule]:
    for place, one in enumerate(plan.rounds):
        if one.id != place + 1:
            what = f"round {one.id} is number {place + 1}"
            yield wrong(("rounds", place, "id"), what, f"Write {place + 1}.")
        yield from inside_rules(("rounds", place, "due"), one.due, plan)
    for place, (before, after) in enumerate(pairwise(plan.rounds), 1):
        if after.due <= before.due:
            what = f"{after.due} is not after round {before.id}"
            yield wrong(("rounds", place, "due"), what, "Write the rounds in order.")


def share_rules(plan: Plan) -> Iterator[Rule]:
    shares: list[tuple[Path, Fraction]] = [
        (("status", "on_track"), plan.status.on_track),
        (("status", "at_risk"), plan.status.at_risk),
        *((("periods", place, "expected"), period.expected) for place, period in enumerate(plan.periods)),
    ]
    for path, share in shares:
        if not 0 <= share <= 1:
            number = plain_number(share)
            remedy = f"Write {number}%." if 1 < share <= 100 else "Write a percentage from 0% to 100%."
            yield wrong(path, f"{number} is not between 0% and 100%", remedy)
    if 1 >= plan.status.at_risk > plan.status.on_track:
        yield wrong(("status", "at_risk"), "at_risk is above on_track", "Exchange the two.")


def privacy_rules(plan: Plan) -> Iterator[Rule]:
    privacy = plan.privacy
    for name, least in (("smallest_group", 1), ("minimum_minutes", 0)):
        if getattr(privacy, name) < least:
            yield wrong(("privacy", name), f"{getattr(privacy, name)} is too few", f"Write {least} or more.")
    words = plan.vocabularies.get("sessions.audience") or plan.vocabularies.get("audience") or {}
    for place, code in enumerate(privacy.headcount_only):
        if words and code not in words:
            path: Path = ("privacy", "headcount_only", place)
            remedy = name_choices(did_you_mean(code, words), "Words", words)
            yield wrong(path, f'"{code}" is no word of the vocabulary of audiences', remedy)
