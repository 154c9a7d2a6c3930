"""What was promised is not changed in silence: the plan against the one last submitted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from prt.figures.plan_diff.match import Placed, match_plans, placed_indicators, same_arithmetic
from prt.figures.restatement.compare import Earlier, aim
from prt.model.cells import plain_number
from prt.model.plan import Amendment, Indicator, Plan, Target
from prt.model.rules.rule import Path, Rule, indicators_of, wrong
from prt.problems import Mistake
from prt.values import dataclass


def unexplained_changes(sent: Plan, now: Plan, report: str, today: dt.date) -> Iterator[Rule]:
    """Every target or measure of `now` that differs from the plan `sent`, and that no entry explains.

    An entry that the submitted plan has already explains an earlier change, and not this one.
    """
    if sent == now:
        return
    matches = match_plans(sent, now)
    new = [one for one in now.amendments if one not in sent.amendments]
    paths = {id(indicator): path for path, _, indicator in indicators_of(now)}
    for old, one in matches.indicators:
        if not is_explained(new, old, one):
            for key, mistake in list_unexplained(old, one, report):
                yield ask_amendment((*paths[id(one.indicator)], key), mistake, one, today, now)
    kept = {id(old.indicator) for old, _ in matches.indicators}
    for old in placed_indicators(sent):
        if old.indicator.target and id(old.indicator) not in kept and not is_explained(new, old):
            mistake = Mistake("target_gone", indicator=old.handle, report=report)
            yield ask_amendment(("volets",), mistake, old, today, now)


def is_explained(amendments: list[Amendment], *indicators: Placed) -> bool:
    """Does an entry name the indicator, as it is called or was, or its line?"""
    return any(entry.covers(one.line.id, one.handle) for entry in amendments for one in indicators)


def list_unexplained(old: Placed, new: Placed, report: str) -> Iterator[tuple[str, Mistake]]:
    """(key of the indicator, what is wrong)"""
    name = new.handle
    if aim(old.indicator) != aim(new.indicator):
        before, after = aim_text(old.indicator), aim_text(new.indicator)
        if before == after:
            yield "target", Mistake("target_changed", indicator=name, report=report)
        else:
            values = {"indicator": name, "report": report, "before": before, "after": after}
            yield "target", Mistake("target_changed_aim", **values)
    if not same_arithmetic(old.indicator.measure, old.named, new.indicator.measure, new.named):
        yield "measure", Mistake("measure_changed", indicator=name, report=report)


AIMS = {"at_least": "", "at_most": "at most ", "exactly": "exactly ", "between": "between "}


def aim_text(indicator: Indicator) -> str:
    """`1,190 h`, `at most 5`, `between 70% and 80%`, `due 2024-09-30`, `none`"""
    target, unit = indicator.target, indicator.measure.unit
    if target is None:
        return "none"
    if target.due:
        return f"due {target.due}"
    if target.to_be_set:
        return f"to be set by {target.to_be_set}"
    each = "" if target.each_period is None else f"{amount(target.each_period, unit)} each period"
    if target.is_of_periods:
        return each
    return ", ".join(filter(None, (own_aim(target, unit), each)))


def own_aim(target: Target, unit: str) -> str:
    """What it asks for of the year."""
    if target.more_than_last_year is not None:
        return f"{amount(target.more_than_last_year, '%')} more than last year"
    values = (value for path, value in target.amounts() if path[0] == target.aim)
    return AIMS[target.aim] + " and ".join(amount(value, unit) for value in values)


def amount(value: Fraction, unit: str) -> str:
    if unit == "%":
        return f"{plain_number(value * 100)}%"
    whole, point, decimals = plain_number(abs(value)).partition(".")
    return f"{'-' * (value < 0)}{int(whole):,}{point}{decimals}{' ' * bool(unit)}{unit}"


def ask_amendment(path: Path, mistake: Mistake, one: Placed, today: dt.date, now: Plan) -> Rule:
    """The remedy is an entry to paste: with its key where the plan has none."""
    name = one.handle
    if now.amendments:
        return wrong(path, Mistake("amendment_needed", mistake=mistake, day=str(today), indicator=name))
    if "amendments" in now.given:
        return wrong(path, Mistake("first_amendment_needed", mistake=mistake, day=str(today), indicator=name))
    return wrong(path, Mistake("amendments_needed", mistake=mistake, day=str(today), indicator=name))


@dataclass(frozen=True)
class Changed:
    """The target of one indicator that an amendment changed; `handle` is what it is called since."""

    amendment: Amendment
    handle: str
    before: Indicator
    after: Indicator


def changes_since(earlier: Sequence[Earlier], plan: Plan) -> list[Changed]:
    """In the order of the reports. What no report had promised before is not known here."""
    sent = [one.comparison.sent.plan for one in earlier if one.comparison]
    return [one for old, new in pairwise([*sent, plan]) for one in changes_between(old, new)]


def changes_between(old: Plan, new: Plan) -> Iterator[Changed]:
    entries = [entry for entry in new.amendments if entry not in old.amendments]
    if not entries:
        return
    for was, now in match_plans(old, new).indicators:
        if aim(was.indicator) != aim(now.indicator):
            for entry in entries:
                if any(entry.covers(one.line.id, one.handle) for one in (was, now)):
                    yield Changed(entry, now.handle, was.indicator, now.indicator)
