"""The calendar of a plan, its shares and its rules on privacy agree with each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from prt.model.calendar import Period
from prt.model.cells import plain_number
from prt.model.plan import Plan
from prt.model.rules.rule import Path, Rule, hint_at, name_choices, wrong
from prt.problems import Mistake

ONE_DAY = dt.timedelta(days=1)


def year_rules(plan: Plan) -> Iterator[Rule]:
    if plan.starts >= plan.ends:
        yield wrong(("ends",), Mistake("year_ends_before_start"))
        return
    yield from span_rules(plan)
    yield from period_rules(plan)
    yield from round_rules(plan)
    yield from share_rules(plan)
    yield from privacy_rules(plan)


def span_rules(plan: Plan) -> Iterator[Rule]:
    year = "-".join(str(number) for number in sorted({plan.starts.year, plan.ends.year}))
    if plan.year != year:
        mistake = Mistake(
            "not_the_year", text=plan.year, starts=str(plan.starts), ends=str(plan.ends), year=year
        )
        yield wrong(("year",), mistake)
    if plan.pace_from:
        yield from inside_rules(("pace_from",), plan.pace_from, plan)


def inside_rules(path: Path, day: dt.date, plan: Plan) -> Iterator[Rule]:
    if day not in plan.window:
        yield wrong(
            path, Mistake("outside_the_year", day=str(day), starts=str(plan.starts), ends=str(plan.ends))
        )


def period_rules(plan: Plan) -> Iterator[Rule]:
    """Periods follow each other without a gap, from the first day of the year to the last."""
    first, last = plan.periods[0], plan.periods[-1]
    if first.first != plan.starts:
        mistake = Mistake("not_the_first_day", day=str(first.first), starts=str(plan.starts))
        yield wrong(("periods", 0, "from"), mistake)
    for place, period in enumerate(plan.periods):
        yield from one_period(("periods", place), period, place + 1)
    for place, (before, after) in enumerate(pairwise(plan.periods), 1):
        yield from next_period(("periods", place), before, after)
    path: Path = ("periods", len(plan.periods) - 1)
    if last.last != plan.ends:
        yield wrong((*path, "to"), Mistake("not_the_last_day", day=str(last.last), ends=str(plan.ends)))
    if last.expected < 1:
        yield wrong((*path, "expected"), Mistake("not_all_expected"))


def one_period(path: Path, period: Period, number: int) -> Iterator[Rule]:
    if period.id != number:
        yield wrong((*path, "id"), Mistake("period_of_other_number", period=period.id, number=number))
    if period.last < period.first:
        yield wrong((*path, "to"), Mistake("period_ends_before_begin"))
    if period.due <= period.last:
        yield wrong((*path, "due"), Mistake("due_before_end", due=str(period.due), last=str(period.last)))


def next_period(path: Path, before: Period, after: Period) -> Iterator[Rule]:
    if after.first - before.last != ONE_DAY:
        mistake = Mistake("not_the_day_after", day=str(after.first), period=before.id, last=str(before.last))
        yield wrong((*path, "from"), mistake)
    if after.expected < before.expected <= 1:
        yield wrong((*path, "expected"), Mistake("less_expected", period=before.id))


def round_rules(plan: Plan) -> Iterator[Rule]:
    for place, one in enumerate(plan.rounds):
        if one.id != place + 1:
            mistake = Mistake("round_of_other_number", round=one.id, number=place + 1)
            yield wrong(("rounds", place, "id"), mistake)
        yield from inside_rules(("rounds", place, "due"), one.due, plan)
    for place, (before, after) in enumerate(pairwise(plan.rounds), 1):
        if after.due <= before.due:
            yield wrong(
                ("rounds", place, "due"), Mistake("rounds_out_of_order", due=str(after.due), round=before.id)
            )


def share_rules(plan: Plan) -> Iterator[Rule]:
    shares: list[tuple[Path, Fraction]] = [
        (("status", "on_track"), plan.status.on_track),
        (("status", "at_risk"), plan.status.at_risk),
        *((("periods", place, "expected"), period.expected) for place, period in enumerate(plan.periods)),
    ]
    for path, share in shares:
        if not 0 <= share <= 1:
            yield wrong(path, not_a_share(share))
    if 1 >= plan.status.at_risk > plan.status.on_track:
        yield wrong(("status", "at_risk"), Mistake("at_risk_above_on_track"))


def not_a_share(share: Fraction) -> Mistake:
    number = plain_number(share)
    if 1 < share <= 100:
        return Mistake("share_without_percent", number=number)
    return Mistake("not_a_share", number=number)


def privacy_rules(plan: Plan) -> Iterator[Rule]:
    privacy = plan.privacy
    for name, least in (("smallest_group", 1), ("minimum_minutes", 0)):
        if getattr(privacy, name) < least:
            yield wrong(("privacy", name), Mistake("too_few", number=getattr(privacy, name), least=least))
    words = plan.words_of("sessions", "audience")
    for place, code in enumerate(privacy.headcount_only):
        if words and code not in words:
            path: Path = ("privacy", "headcount_only", place)
            hint, known = hint_at(code, words), name_choices(words)
            yield wrong(path, Mistake("not_an_audience", text=code, hint=hint, words=known))
