"""What a target expects by a cut-off, and the status that follows: the first rule that fits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Any

from tests.oracle.figures import Figure
from tests.oracle.year import Year, as_amount, as_date

Indicator = Mapping[str, Any]
CAN_FALL = ("ratio", "mean", "reach", "typed")
AIMS = {"at_least", "at_most", "exactly", "between", "due"}


def bounds(target: Mapping[str, Any]) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most that a target allows; of a milestone it must be done."""
    if "due" in target:
        return Fraction(1), None
    if "between" in target:
        low, high = target["between"]
        return as_amount(low), as_amount(high)
    low, high = (target.get(name, target.get("exactly")) for name in ("at_least", "at_most"))
    return None if low is None else as_amount(low), None if high is None else as_amount(high)


def pace_of(indicator: Indicator) -> str:
    none = indicator["measure"]["kind"] in CAN_FALL and baseline(indicator["target"]) is None
    return str(indicator["target"].get("pace", "none" if none else "steady"))


def baseline(target: Mapping[str, Any]) -> Fraction | None:
    """Where the way to the target begins; None where no baseline is on the other side of it (case F3)."""
    if "baseline" not in target or "due" in target:
        return None
    start, (low, high) = as_amount(target["baseline"]["value"]), bounds(target)
    if "exactly" in target:
        return None if start == low else start
    if low is not None:
        return start if start < low else None
    return start if high is not None and start > high else None


def expected(year: Year, indicator: Indicator, figure: Figure, day: dt.date) -> Fraction | None:
    """What is expected by a day; 0 while nothing is; None without a target."""
    target, kind = indicator.get("target"), indicator["measure"]["kind"]
    if target is None:
        return None
    if "due" in target:
        return Fraction(day > as_date(target["due"]))
    low, high = bounds(target)
    goal, start = (high if low is None else low), baseline(target)
    if day >= year.ends or (low is not None and "baseline" in target and start is None):
        return goal
    if "by" in target:
        return expected_by(year, target, day)
    if goal is None or (low is None and start is None):
        return goal
    if pace_of(indicator) == "at_end":
        return start or Fraction(0)
    if low is not None and goal <= 0 and start is None:
        return goal
    if pace_of(indicator) == "steady":
        before = start or Fraction(0)
        way = (goal - before) * share_of_the_year(year, day)
        whole = kind in ("count", "distinct")
        return before + ((floor(way) if way > 0 else -floor(-way)) if whole else way)
    nothing = start or Fraction(0)
    if kind == "reach" and indicator["measure"]["at_least"] == "due":
        return goal if any(as_date(one["due"]) <= day for one in year.plan["rounds"]) else nothing
    possible = kind == "reach" and (figure.best is None or figure.best >= goal)
    return nothing if possible else goal


def expected_by(year: Year, target: Mapping[str, Any], day: dt.date) -> Fraction:
    """What was to be there when the last period ended; before the first one nothing, or the first ceiling."""
    over = [
        one["id"] for one in year.plan["periods"] if as_date(one["to"]) <= day and one["id"] in target["by"]
    ]
    if not over:
        return (
            as_amount(target["by"][min(target["by"])])
            if "at_most" in target
            else baseline(target) or Fraction(0)
        )
    return as_amount(target["by"][over[-1]])


def share_of_the_year(year: Year, day: dt.date) -> Fraction:
    """Nothing up to `pace_from`, then a line through the cut-offs of the periods."""
    before, low = as_date(year.plan.get("pace_from", year.starts)), Fraction(0)
    for period in year.plan["periods"]:
        after, high = as_date(period["to"]), as_amount(period["expected"])
        if day <= before:
            return low
        if before < day <= after:
            return low + (high - low) * Fraction((day - before).days, (after - before).days)
        if after > before:
            before, low = after, high
    return low


def status_of(year: Year, indicator: Indicator, figure: Figure, due: Fraction | None, day: dt.date) -> str:
    """The first of the eight rules that fits."""
    target, kind = indicator.get("target"), indicator["measure"]["kind"]
    if target is None:
        return "monitored"
    (low, high), value, at_end = bounds(target), figure.value, day >= year.ends
    start = baseline(target)
    assert due is not None
    ceiling = due if "by" in target and "at_most" in target else high
    if (
        value is not None
        and ceiling is not None
        and value > ceiling
        and not ("at_most" in target and start is not None)
    ):
        return "over_limit"
    if value is not None and (low is None or value >= low) and (high is None or value <= high):
        return "met_so_far" if (kind in CAN_FALL or high is not None) and not at_end else "met"
    goal = high if low is None else low
    worse = (
        start is not None and value is not None and goal is not None and (value - start) * (goal - start) < 0
    )
    if (due == start if start is not None else due == 0 and low) and not worse:
        return "not_due"
    if value is None:
        return str(figure.absent)
    on_track, at_risk = (as_amount(year.plan["status"][name]) for name in ("on_track", "at_risk"))
    if at_end:
        return "partly_met" if walked(value, goal, start) >= at_risk else "not_met"
    if "at_most" in target and start is None:
        return "on_track"
    strict = pace_of(indicator) == "none" and "by" not in target
    if strict and kind == "reach" and indicator["measure"]["at_least"] != "due":
        return "behind"
    reached = walked(value, due, start)
    if reached >= on_track:
        return "at_risk" if strict else "on_track"
    return "at_risk" if reached >= at_risk and not strict else "behind"


def walked(value: Fraction, due: Fraction | None, start: Fraction | None) -> Fraction:
    """The share of the way from the baseline, or from 0; of a goal of 0 or less there is none."""
    if start is None and due is not None and due <= 0:
        return Fraction(0)
    before = start or Fraction(0)
    return (value - before) / (due - before) if due is not None and due != before else Fraction(0)


def statuses_of_periods(
    year: Year, indicator: Indicator, figures: list[Figure | None], day: dt.date
) -> list[tuple[Fraction, str]]:
    """What is expected in each period begun, and the status of its figure: as if it were a year of its own."""
    found = []
    for period, figure in zip(year.plan["periods"], figures, strict=False):
        if figure is not None:
            due = expected_in_period(year, indicator, period, day)
            found.append((due, status_in_period(year, indicator, figure, due, day >= as_date(period["to"]))))
    return found


def expected_in_period(year: Year, indicator: Indicator, period: Mapping[str, Any], day: dt.date) -> Fraction:
    """Day by day from its first one, or from `pace_from`, to its last."""
    goal, first, last = (
        as_amount(indicator["target"]["each_period"]),
        *map(as_date, (period["from"], period["to"])),
    )
    if day >= last or "at_most" in indicator["target"]:
        return goal
    if pace_of(indicator) == "at_end":
        return Fraction(0)
    if goal <= 0 or pace_of(indicator) == "none":
        return goal
    first = min(max(first, as_date(year.plan.get("pace_from", year.starts))), last)
    if day <= first:
        return Fraction(0)
    share = goal * Fraction((day - first).days, (last - first).days)
    return Fraction(floor(share)) if indicator["measure"]["kind"] in ("count", "distinct") else share


def status_in_period(year: Year, indicator: Indicator, figure: Figure, due: Fraction, over: bool) -> str:
    goal, value = as_amount(indicator["target"]["each_period"]), figure.value
    on_track, at_risk = (as_amount(year.plan["status"][name]) for name in ("on_track", "at_risk"))
    if "at_most" in indicator["target"]:
        if value is None:
            return str(figure.absent)
        return "over_limit" if value > goal else "met" if over else "met_so_far"
    if value is not None and value >= goal:
        return "met_so_far" if indicator["measure"]["kind"] in CAN_FALL and not over else "met"
    if due == 0 and goal != 0:
        return "not_due"
    if value is None:
        return str(figure.absent)
    reached = value / due if goal > 0 else Fraction(0)
    if over:
        return "partly_met" if reached >= at_risk else "not_met"
    if pace_of(indicator) == "none":
        return "at_risk" if reached >= on_track else "behind"
    return "on_track" if reached >= on_track else "at_risk" if reached >= at_risk else "behind"


def worst(found: list[tuple[Fraction, str]]) -> tuple[Fraction, str]:
    """Of periods that are over the first of the worst ones."""
    for code in ("not_met", "no_data", "not_computable", "partly_met"):
        for due, status in found:
            if status == code:
                return due, status
    return found[0]
