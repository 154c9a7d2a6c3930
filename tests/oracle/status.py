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
CAN_FALL = ("ratio", "reach", "typed")


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
    # Typed percentages and levels are steady still; a baseline is printed only (case F3).
    default = "none" if indicator["measure"]["kind"] in ("ratio", "reach") else "steady"
    return str(indicator["target"].get("pace", default))


def expected(year: Year, indicator: Indicator, figure: Figure, day: dt.date) -> Fraction | None:
    """What is expected by a day; 0 while nothing is; None without a target."""
    target, kind = indicator.get("target"), indicator["measure"]["kind"]
    if target is None:
        return None
    if "due" in target:
        return Fraction(day > as_date(target["due"]))
    if "by" in target:  # beside an at_most it is no ceiling yet (case F4)
        return expected_by(year, target, day)
    low, high = bounds(target)
    if low is None or day >= year.ends:
        return high if low is None else low
    if pace_of(indicator) == "at_end":
        return Fraction(0)
    if pace_of(indicator) == "steady":
        steady = low * share_of_the_year(year, day)
        return Fraction(floor(steady)) if kind in ("count", "distinct") else steady
    if kind == "reach" and indicator["measure"]["at_least"] == "due":
        return low if any(as_date(one["due"]) <= day for one in year.plan["rounds"]) else Fraction(0)
    possible = kind == "reach" and (figure.best is None or figure.best >= low)
    return Fraction(0) if possible else low


def expected_by(year: Year, target: Mapping[str, Any], day: dt.date) -> Fraction:
    """What was to be there when the last period ended; before the first one nothing."""
    over = [
        one["id"] for one in year.plan["periods"] if as_date(one["to"]) <= day and one["id"] in target["by"]
    ]
    return as_amount(target["by"][over[-1]]) if over else Fraction(0)


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
    if value is not None and high is not None and value > high:
        return "over_limit"
    if value is not None and (low is None or value >= low):
        return "met_so_far" if (kind in CAN_FALL or high is not None) and not at_end else "met"
    if due == 0 and low:
        return "not_due"
    if value is None:
        return str(figure.absent)
    on_track, at_risk = (as_amount(year.plan["status"][name]) for name in ("on_track", "at_risk"))
    if at_end:
        return "partly_met" if low and value / low >= at_risk else "not_met"
    strict = pace_of(indicator) == "none" and "by" not in target
    if strict and kind == "reach" and indicator["measure"]["at_least"] != "due":
        return "behind"
    reached = value / due if due else Fraction(0)
    if reached >= on_track:
        return "at_risk" if strict else "on_track"
    return "at_risk" if reached >= at_risk and not strict else "behind"
