"""The plan year before: its figure of an indicator of today, on the day that is compared, and at its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from prt.figures.evaluate import Evaluation, Result
from prt.figures.plan_diff.match import same_definition
from prt.model.plan import Indicator, Line, Plan, handles_before
from prt.model.view import Data, FigureBefore
from prt.values import dataclass


def result_before(
    evaluation: Evaluation, line: Line, indicator: Indicator, plan: Plan
) -> tuple[Result | None, str]:
    """The result of the year before of an indicator of this `plan`; or why there is none: that year has no
    such indicator, or computes it otherwise.
    """
    names = handles_before(line, indicator)
    found = next((one for name in names if (one := evaluation.result(name))), None)
    if found is None:
        return None, "no_indicator"
    if not same_definition(found.measure, evaluation.plan, indicator.measure, plan):
        return None, "other_measure"
    return found, ""


@dataclass(frozen=True)
class RowsBefore:
    """The plan of the year before, and its figures on a day; `now` is the plan that is compared with it."""

    plan: Plan
    evaluate: Callable[[dt.date], Evaluation]
    now: Plan

    @property
    def year(self) -> str:
        return self.plan.year

    def final(self, line: Line, indicator: Indicator) -> FigureBefore:
        ends = self.plan.calendar.same_day(self.now.ends, self.now.calendar)
        found, why = result_before(self.evaluate(ends), line, indicator, self.now)
        if found is None:
            return FigureBefore(why=why)
        value = found.to_date.value
        return FigureBefore(value, "" if value is not None else "no_figure")


@dataclass(frozen=True)
class FiguresBefore:
    """What a submission keeps of the year before: its final figures, under the ids of today. Of any other
    indicator `why` says that nothing is known.
    """

    year: str
    figures: Mapping[str, FigureBefore]
    why: str = "no_year"

    def final(self, line: Line, indicator: Indicator) -> FigureBefore:
        return self.figures.get(f"{line.id}.{indicator.id}", FigureBefore(why=self.why))


def figures_kept(data: Data, plan: Plan) -> dict[str, FigureBefore]:
    """What a plan's targets ask of the year before: the figure of each that asks for more than it."""
    before = data.before
    return {
        f"{line.id}.{one.id}": before.final(line, one)
        for _, line, one in plan.indicators()
        if before and one.target and one.target.is_relative
    }
