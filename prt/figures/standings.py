"""What a change of rows does to the figures: each indicator before and after, to date."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from prt.figures.evaluate import Evaluation
from prt.model.cells import RowIdCell
from prt.model.figure import Figure
from prt.model.plan import Indicator
from prt.model.records import LOGS, related_logs
from prt.values import dataclass


@dataclass(frozen=True)
class Standing:
    """Where one indicator stands to date; `planned` as beside the figure."""

    handle: str
    indicator: Indicator
    figure: Figure
    planned: int

    @property
    def value(self) -> Fraction | None:
        """The figure; an amount of a log that has no row yet is 0 here, so that its first row moves it."""
        if self.figure.absent == "no_data" and self.indicator.measure.starts_at_zero:
            return Fraction(0)
        return self.figure.value

    @property
    def seen(self) -> tuple[object, ...]:
        """What a reader would see change; where there is no figure, that there is none."""
        parts = (self.figure.part, self.figure.whole) if self.value is not None else ()
        return self.value, parts, self.coming

    @property
    def coming(self) -> int | None:
        """What is planned, of an indicator that counts what is planned."""
        return self.planned if self.indicator.measure.whole_numbers else None


Standings = Mapping[str, Standing]


def standings(evaluation: Evaluation, *names: str) -> Standings:
    """The indicators that rows of these logs move."""
    logs, named = set[str]().union(*map(logs_moved, names)), evaluation.plan.selections
    moved = (one for one in evaluation.results if not logs.isdisjoint(one.measure.logs(named)))
    return {one.handle: Standing(one.handle, one.judged, one.to_date, one.planned) for one in moved}


def logs_moved(log: str) -> set[str]:
    """The logs whose figures a row of this log can move: a session and its child rows count together."""
    return set(related_logs(log)) if log in LOGS else set(LOGS)


def logs_needed(log: str) -> set[str]:
    """The logs that must be read to write a row of this one: what it moves, what it may name, and for hours
    the other logs of hours: a day has 24."""
    columns = LOGS[log].columns() if log in LOGS else ()
    of_hours = log in LOGS and LOGS[log].gives_hours()
    same_day = {name for name, model in LOGS.items() if of_hours and model.gives_hours()}
    named = {column.cell.log for column in columns if isinstance(column.cell, RowIdCell)}
    return logs_moved(log) | same_day | named


def moves(before: Standings, after: Standings) -> list[tuple[Standing, Standing]]:
    """The indicators whose figure has changed, those with a target first; in the plan's order."""
    found = [(before[name], now) for name, now in after.items() if before[name].seen != now.seen]
    return sorted(found, key=lambda pair: pair[1].indicator.target is None)
