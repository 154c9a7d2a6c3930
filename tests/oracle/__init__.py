"""An oracle: what `prt` should say of a project, computed a second time and as plainly as possible.

It is written from the words of the specification, reads CSV and YAML by itself, and imports nothing of
prt, so that a mistake would have to be made twice. Where prt knowingly does something else than the
specification, a comment names the case (F1 to F16).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.figures import Figure, figure_of, is_quantity, planned, source
from tests.oracle.selections import Window, resolve
from tests.oracle.status import AIMS, expected, status_of, statuses_of_periods, worst
from tests.oracle.year import Year, as_amount, as_date, read_year


@dataclass
class Answer:
    """What is known of an indicator at a cut-off; `periods` are those begun, None where there is no figure."""

    to_date: Figure
    periods: list[Figure | None]
    planned: int
    expected: Fraction | None
    status: str
    also: list[Figure] = field(default_factory=list)
    in_periods: list[str] = field(default_factory=list)


def ask_oracle(year: Year, day: dt.date) -> dict[str, Answer]:
    """Every indicator of the plan at a cut-off."""
    return {name: answer(year, name, indicator, day) for name, indicator in indicators(year)}


def indicators(year: Year) -> Iterator[tuple[str, dict[str, Any]]]:
    for volet in year.plan["volets"]:
        for line in volet["lines"]:
            for indicator in line["indicators"]:
                yield f"{line['id']}.{indicator['id']}", indicator


def answer(year: Year, name: str, indicator: dict[str, Any], day: dt.date) -> Answer:
    measure, window = indicator["measure"], Window(year.starts, day)
    to_date = figure_of(year, measure, window, name)
    indicator = against_last_year(year, name, indicator)
    target = indicator.get("target") or {}
    periods = [figure_of_period(year, measure, one, name) for one in periods_begun(year, day)]
    in_periods = statuses_of_periods(year, indicator, periods, day) if "each_period" in target else []
    if target.keys() & NOT_KNOWN:
        due, status = None, NOT_KNOWN[min(target.keys() & NOT_KNOWN)]
    elif target.keys() & AIMS or not target:
        due = expected(year, indicator, to_date, day)
        status = status_of(year, indicator, to_date, due, day)
    else:
        due, status = worst(in_periods) if day >= year.ends else in_periods[-1]
    also = indicator.get("also", [])
    return Answer(
        to_date,
        periods,
        planned(year, measure, window),
        due,
        status,
        [
            figure_of(year, one["measure"], window, name)
            for one in (also if isinstance(also, list) else [also])
        ],
        [status for _, status in in_periods],
    )


NOT_KNOWN = {"to_be_set": "to_be_set", "more_than_last_year": "no_last_year"}
"""Targets that are not known, with what is said in place of a status."""


def against_last_year(year: Year, name: str, indicator: dict[str, Any]) -> dict[str, Any]:
    """The indicator with the number that its target asks for, where that is more than the year before had."""
    target, before = indicator.get("target") or {}, year.before
    if "more_than_last_year" not in target or before is None:
        return indicator
    line = name.removesuffix(indicator["id"])
    known = dict(indicators(before)).get(line + indicator.get("was", indicator["id"]))
    had = known and figure_of(before, known["measure"], Window(before.starts, before.ends), name).value
    if not isinstance(had, Fraction):
        return indicator
    asked = had + abs(had) * as_amount(target["more_than_last_year"])
    rest = {key: value for key, value in target.items() if key != "more_than_last_year"}
    return indicator | {"target": rest | {"at_least": asked}}


def periods_begun(year: Year, day: dt.date) -> Iterator[Window]:
    for period in year.plan["periods"]:
        first, last = as_date(period["from"]), as_date(period["to"])
        if first <= day:
            yield Window(first, min(last, day))


def figure_of_period(year: Year, measure: dict[str, Any], window: Window, name: str) -> Figure | None:
    """None of a reach, and of a ratio whose part and whole are placed by different dates."""
    if measure["kind"] == "reach":
        return None
    if measure["kind"] == "ratio" and is_quantity(measure["whole"]):
        part, whole = (resolve(year, source(measure[name])) for name in ("part", "whole"))
        if part.when != whole.when:
            return None
    return figure_of(year, measure, window, name)


__all__ = ["Answer", "Figure", "Year", "ask_oracle", "indicators", "read_year"]
